#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/ui/arrange.h"

static const struct arrange_item items[] = {
	{ "Left", "left", NULL },   { "Number", "number", NULL }, { "Matter", "title", NULL },
	{ "Holder", "holder", NULL }, { "Step", "step", "no room" },
};

static struct key key_of(char c)
{
	static const struct {
		char c;
		uint32_t code;
	} named[] = {
		{ '^', UIKEY_UP },   { 'v', UIKEY_DOWN }, { 'h', UIKEY_HOME }, { 'e', UIKEY_END },
		{ '\n', UIKEY_ENTER }, { '!', UIKEY_ESC },
	};

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (named[i].c == c)
			return (struct key){ .code = named[i].code };
	return (struct key){ .code = (uint32_t)c };
}

static const char *chosen(const struct arrange *arrange, struct str *out)
{
	size_t n;
	const size_t *which = arrange_chosen(arrange, &n);

	str_clear(out);
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%zu", which[i]);
	return str_get(out);
}

/* Begins with number and title (1, 2); at most four. */
static void keys_choose_and_move(void **state)
{
	static const struct {
		const char *keys, *chosen;
		size_t current;
	} cases[] = {
		{ "", "12", 1 },
		{ "v", "12", 2 },
		{ "vv", "12", 0 },
		{ "^", "12", 1 },
		{ "e", "12", 4 },
		{ "vv ", "120", 3 },	/* chosen last; the cursor goes on */
		{ "vv  ", "1203", 4 },
		{ "vv   ", "1203", 4 }, /* no more than four */
		{ " ", "2", 2 },	/* taken away; the cursor stays on its line */
		{ "  ", "2", 2 },	/* one must stay */
		{ ">", "21", 1 },
		{ ">>", "21", 1 },
		{ ">h ", "1", 1 },
		{ "<", "12", 1 },
		{ "v<", "21", 2 },
		{ "e<", "12", 4 },	/* only the chosen ones have an order */
		{ "e h>", "214", 1 },
	};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const size_t first[] = { 1, 2 };
		struct arrange *arrange = arrange_new("Columns", items, ARRAY_LEN(items), first,
						      ARRAY_LEN(first), 4);

		for (const char *c = cases[i].keys; *c; c++)
			assert_int_not_equal(arrange_key(arrange, key_of(*c)), ARRANGE_IGNORED);
		if (strcmp(chosen(arrange, &out), cases[i].chosen) != 0 ||
		    arrange_current(arrange) != cases[i].current)
			fail_msg("%s: %s, at %zu", cases[i].keys, str_get(&out),
				 arrange_current(arrange));
		assert_int_equal(arrange_key(arrange, key_of('s')), ARRANGE_IGNORED);
		assert_int_equal(arrange_key(arrange, key_of('\n')), ARRANGE_DONE);
		assert_int_equal(arrange_key(arrange, key_of('!')), ARRANGE_LEFT);
		arrange_free(arrange);
	}
	str_release(&out);
}

static void others_can_be_put_in(void **state)
{
	const size_t first[] = { 1, 2 }, odd[] = { 4, 4, 99, 0 };
	struct arrange *arrange = arrange_new("Columns", items, ARRAY_LEN(items), first, 2, 4);
	struct str out = STR_INIT;

	(void)state;
	arrange_choose(arrange, odd, ARRAY_LEN(odd));
	assert_string_equal(chosen(arrange, &out), "40");
	assert_int_equal(arrange_current(arrange), 4);
	arrange_free(arrange);
	str_release(&out);
}

static void the_box_shows_what_is_chosen(void **state)
{
	const size_t first[] = { 4, 0 };
	struct arrange *arrange = arrange_new("Columns", items, ARRAY_LEN(items), first, 2, 4);
	struct canvas *canvas = canvas_new(6, 48);
	struct str out = STR_INIT;

	(void)state;
	arrange_tell(arrange, "so it is");
	arrange_draw(arrange, canvas, (struct area){ 0, 0, 6, 48 });
	canvas_dump(canvas, &out);
	assert_string_equal(str_get(&out),
			    "+- Columns ------------------------------------+\n"
			    "|>  1 Step             step             no room|\n"
			    "|   2 Left             left                    |\n"
			    "|     Number           number                  |\n"
			    "|so it is                                      |\n"
			    "+----------------------------------------------+\n");
	assert_int_equal(arrange_rows(arrange), 8);
	arrange_key(arrange, key_of('e'));
	arrange_draw(arrange, canvas, (struct area){ 0, 0, 6, 48 });
	str_clear(&out);
	canvas_dump(canvas, &out);
	assert_non_null(strstr(str_get(&out), ">    Holder"));
	assert_null(strstr(str_get(&out), "Step"));
	canvas_free(canvas);
	arrange_free(arrange);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_choose_and_move),
		cmocka_unit_test(others_can_be_put_in),
		cmocka_unit_test(the_box_shows_what_is_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
