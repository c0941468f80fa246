/* What the officer can do here, in which order, and for whom he would record it. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/acts.h"
#include "zhiban/model/page.h"

struct stage {
	struct world world;
	struct client *client;
	struct arena arena;
};

static void open_stage(struct stage *stage, const char *name)
{
	struct client_options options = { 0 };

	memset(stage, 0, sizeof *stage);
	assert_true(world_make(&stage->world, name));
	options.dir = stage->world.dir;
	options.env = &stage->world.env;
	assert_int_equal(client_open(&options, &stage->client, NULL), ERR_OK);
}

static void close_stage(struct stage *stage)
{
	client_close(stage->client);
	arena_release(&stage->arena);
	world_free(&stage->world);
}

static struct incident *incident_of(struct stage *stage, const char *name)
{
	struct uuid id = uuid_named(name);
	struct incident *incident;

	assert_int_equal(client_get(stage->client, &id, &stage->arena, &incident, NULL), ERR_OK);
	return incident;
}

static int place_of(const struct act_desc *const *acts, size_t n, const char *verb)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(acts[i]->verb, verb) == 0)
			return (int)i;
	return -1;
}

/* The step's own acts come before what is always allowed; each is possible; none twice. */
static void test_order(void **state)
{
	const struct act_desc *acts[ACTS_HERE_MOST];
	struct stage stage;
	struct incident *gas;
	size_t n;

	(void)state;
	open_stage(&stage, "city");
	gas = incident_of(&stage, "gas");
	n = acts_here(stage.client, gas, acts);
	assert_true(n > 10 && n < ACTS_HERE_MOST);
	assert_int_equal(place_of(acts, n, "assign"), 0); /* the first of its step */
	assert_true(place_of(acts, n, "return") < place_of(acts, n, "note"));
	assert_true(place_of(acts, n, "note") >= 0);
	assert_int_equal(place_of(acts, n, "register"), -1);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(client_possible(stage.client, gas, acts[i], NULL), ERR_OK);
		assert_int_equal(place_of(acts, n, acts[i]->verb), i);
	}
	close_stage(&stage);
}

/* What has nothing to be done to is not offered. */
static void test_objects(void **state)
{
	static const struct {
		const char *incident, *verb;
		bool here;
	} cases[] = {
		{ "gas", "resume", false },	 { "tree", "resume", true },
		{ "gas", "unshelve", false },	 { "fence", "unshelve", true },
		{ "gas", "countersign", false }, { "fence", "countersign", true },
		{ "gas", "extend_ok", false },	 { "gas", "lift", false },
		{ "gas", "receipt", false },	 { "flood", "receipt", true },
		{ "gas", "depart", false },	 { "gas", "unmerge", false },
	};
	struct stage stage;

	(void)state;
	open_stage(&stage, "city");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct act_desc *acts[ACTS_HERE_MOST];
		size_t n = acts_here(stage.client, incident_of(&stage, cases[i].incident), acts);

		if ((place_of(acts, n, cases[i].verb) >= 0) != cases[i].here)
			fail_msg("%s on %s", cases[i].verb, cases[i].incident);
	}
	close_stage(&stage);
}

/* An act of the holder's is recorded for him by who is not of his house; the seat's own is its own;
 * of several shares it must be said. */
static void test_for_whom(void **state)
{
	struct stage stage;
	struct incident *gas, *heat;

	(void)state;
	open_stage(&stage, "city");
	gas = incident_of(&stage, "gas");
	assert_string_equal(acts_for_whom(stage.client, gas, act_desc_find("sign")), gas->holder);
	assert_null(acts_for_whom(stage.client, gas, act_desc_find("recall")));
	assert_null(acts_for_whom(stage.client, gas, act_desc_find("note")));
	assert_string_equal(acts_label(client_rules(stage.client), gas, act_desc_find("sign")),
			    "自办");
	close_stage(&stage);
	open_stage(&stage, "league");
	heat = incident_of(&stage, "heat");
	assert_null(acts_for_whom(stage.client, heat, act_desc_find("sign")));
	close_stage(&stage);
}

/* Whatever was noted stands on the page: each name and each word of each child. */
static void test_notes_on_the_page(void **state)
{
	static const enum child noted[] = { CHILD_LEVEL, CHILD_PART, CHILD_FORCE, CHILD_FILE,
					    CHILD_PHONECALL, CHILD_PROMISE, CHILD_BEHALF,
					    CHILD_SUPERVISION, CHILD_INSTRUCTION, CHILD_RECEIPT,
					    CHILD_EXTENSION, CHILD_PAUSE };
	static const char *const incidents[] = { "flood", "fence", "tree", "gas" };
	struct stage stage;
	size_t seen = 0;

	(void)state;
	open_stage(&stage, "city");
	for (size_t w = 0; w < ARRAY_LEN(incidents); w++) {
		struct incident *incident = incident_of(&stage, incidents[w]);
		struct str text = STR_INIT;
		struct page page;

		assert_int_equal(page_build(stage.client, &incident->head.id, 132, &stage.arena,
					    &page, NULL), ERR_OK);
		for (size_t s = 0; s < page.n; s++)
			for (size_t i = 0; i < page.sections[s].n; i++)
				str_addf(&text, "%s|%s\n", page.sections[s].lines[i].label
								   ? page.sections[s].lines[i].label
								   : "",
					 page.sections[s].lines[i].text);
		for (size_t c = 0; c < ARRAY_LEN(noted); c++) {
			const struct child_desc *desc = child_desc(noted[c]);
			const struct children *all = entity_children_const(incident, desc);

			for (size_t i = 0; i < all->n; i++)
				for (size_t f = 0; f < desc->n_fields; f++) {
					const struct field *field = &desc->fields[f];
					struct value value = field_get(field,
								       children_at(all, desc, i));

					if (!value_is_set(value) || !value.is_text ||
					    field->flags & F_HIDDEN || field->type == FIELD_CODE ||
					    field->type == FIELD_ORG ||
					    strcmp(field->name, "hash") == 0)
						continue;
					seen++;
					if (!strstr(text.s, value.text))
						fail_msg("%s: %s.%s \"%s\" is not on its page",
							 incidents[w], desc->name, field->name,
							 value.text);
				}
		}
		str_release(&text);
	}
	assert_true(seen > 25);
	close_stage(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_objects),
		cmocka_unit_test(test_for_whom),
		cmocka_unit_test(test_notes_on_the_page),
	};

	return cmocka_run_group_tests_name("model/acts", tests, NULL, NULL);
}
