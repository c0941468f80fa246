#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/page.h"

static void test_masks(void **state)
{
	static const struct {
		const char *text, *masked;
	} cases[] = {
		{ "陈晓华", "陈**" },		{ "13912348821", "139****8821" },
		{ "0519-86680000", "051****0000" }, { "A0182491", "A**" },
		{ "", "**" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(page_masked(cases[i].text, &arena), cases[i].masked);
	arena_release(&arena);
}

static void all_text(const struct page *page, struct str *out)
{
	for (size_t s = 0; s < page->n; s++)
		for (size_t i = 0; i < page->sections[s].n; i++) {
			const struct page_line *line = &page->sections[s].lines[i];

			str_addf(out, "%s|%s\n", line->label ? line->label : "", line->text);
		}
}

/* Every field that is set is on the page; personal ones are not there in clear. */
static void test_every_field(void **state)
{
	static const int widths[] = { 60, 80, 132, 200 };
	struct world world = { 0 };
	struct client *client;
	struct client_options options = { 0 };
	struct uuid id = uuid_named("water");

	(void)state;
	assert_true(world_make(&world, "board"));
	options.dir = world.dir;
	options.env = &world.env;
	assert_int_equal(client_open(&options, &client, NULL), ERR_OK);
	for (size_t w = 0; w < ARRAY_LEN(widths); w++) {
		const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
		struct arena arena = ARENA_INIT;
		struct str text = STR_INIT;
		struct page page;

		assert_int_equal(page_build(client, &id, widths[w], &arena, &page, NULL), ERR_OK);
		all_text(&page, &text);
		for (size_t f = 0; f < kind->n_fields; f++) {
			const struct field *field = &kind->fields[f];
			struct value value = field_get(field, page.incident);

			if (field->flags & F_HIDDEN || !value_is_set(value))
				continue;
			if (field->flags & F_LONG)
				assert_non_null(strstr(text.s, value.text));
			else
				assert_non_null(strstr(text.s, page_value(client_rules(client), field,
									  value, world.fixed.now,
									  &arena)));
			if (field->flags & F_MASK)
				assert_null(strstr(text.s, value.text));
		}
		str_release(&text);
		arena_release(&arena);
	}
	client_close(client);
	world_free(&world);
}

static void test_explains_each_clock(void **state)
{
	struct world world = { 0 };
	struct client *client;
	struct client_options options = { 0 };
	struct uuid id = uuid_named("water");
	struct str text = STR_INIT;
	size_t due = 0;

	(void)state;
	assert_true(world_make(&world, "board"));
	options.dir = world.dir;
	options.env = &world.env;
	assert_int_equal(client_open(&options, &client, NULL), ERR_OK);
	assert_int_equal(page_explain(client, &id, &text, NULL), ERR_OK);
	for (const char *at = text.s; (at = strstr(at, "2026-11-22")) != NULL; at++)
		due++;
	assert_true(due >= 4);
	str_release(&text);
	client_close(client);
	world_free(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_masks),
		cmocka_unit_test(test_every_field),
		cmocka_unit_test(test_explains_each_clock),
	};

	return cmocka_run_group_tests_name("model/page", tests, NULL, NULL);
}
