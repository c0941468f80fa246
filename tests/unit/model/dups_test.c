/* What may be the same, as shown; and which of several leads. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/dups.h"

/* ---- which one leads ---- */

struct ticket {
	int64_t reported, merged;
	bool open, in_another;
};
static const struct {
	const char *what;
	struct ticket tickets[4];
	size_t n, lead;
} leads[] = {
	{ "none at all", { { 0 } }, 0, 0 },
	{ "the oldest", { { 30, 0, true, false }, { 10, 0, true, false }, { 20, 0, true, false } },
	  3, 1 },
	{ "one that leads already", { { 10, 0, true, false }, { 30, 1, true, false } }, 2, 1 },
	{ "the one with the most",
	  { { 10, 1, true, false }, { 30, 5, true, false }, { 20, 2, true, false } }, 3, 1 },
	{ "not a closed one", { { 10, 9, false, false }, { 30, 0, true, false } }, 2, 1 },
	{ "not a merged one", { { 10, 0, true, true }, { 30, 0, true, false } }, 2, 1 },
	{ "nobody", { { 10, 0, false, false }, { 20, 0, true, true } }, 2, 2 },
	{ "without a time the last", { { 0, 0, true, false }, { 30, 0, true, false } }, 2, 1 },
};

static void one_leads(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(leads); i++) {
		struct incident incidents[4];
		const struct incident *list[4];
		size_t lead;

		memset(incidents, 0, sizeof incidents);
		for (size_t k = 0; k < leads[i].n; k++) {
			incidents[k].reported_at = leads[i].tickets[k].reported;
			incidents[k].merged = leads[i].tickets[k].merged;
			incidents[k].open = leads[i].tickets[k].open;
			incidents[k].merged_into = leads[i].tickets[k].in_another ? "x" : NULL;
			list[k] = &incidents[k];
		}
		lead = dups_lead(list, leads[i].n);
		if (lead != leads[i].lead)
			fail_msg("%s: %zu, not %zu", leads[i].what, lead, leads[i].lead);
	}
}

/* ---- what is like it ---- */

struct stage {
	struct world world;
	struct client *client;
	struct arena arena;
};

static void set_up(struct stage *stage)
{
	struct client_options options = { .read_only = false };

	*stage = (struct stage){ .arena = ARENA_INIT };
	assert_true(world_make(&stage->world, "same"));
	options.dir = stage->world.dir;
	options.env = &stage->world.env;
	assert_int_equal(client_open(&options, &stage->client, NULL), ERR_OK);
}

static void tear_down(struct stage *stage)
{
	client_close(stage->client);
	arena_release(&stage->arena);
	world_free(&stage->world);
}

static struct dups like(struct stage *stage, const char *name)
{
	struct uuid id = uuid_named(name);
	struct incident *incident;
	struct dups dups;

	assert_int_equal(dups_of(stage->client, &id, &stage->arena, &incident, &dups, NULL),
			 ERR_OK);
	assert_true(uuid_eq(&incident->head.id, &id));
	return dups;
}

static bool has(const struct dups *dups, const char *name)
{
	struct uuid id = uuid_named(name);

	for (size_t i = 0; i < dups->n; i++)
		if (uuid_eq(&dups->items[i].id, &id))
			return true;
	return false;
}

static void the_like_are_found(void **state)
{
	struct stage stage;
	struct dups dups;

	(void)state;
	set_up(&stage);
	dups = like(&stage, "water");
	assert_int_equal(dups.n, 2);
	assert_true(has(&dups, "water2"));
	assert_true(has(&dups, "water3"));
	assert_true(dups.items[0].score >= dups.items[1].score);
	assert_true(dups.items[1].score >= SIMILAR_LIKELY);
	dups = like(&stage, "water3");
	assert_true(has(&dups, "water") && has(&dups, "water2") && !has(&dups, "water3"));
	dups = like(&stage, "lamp");
	assert_int_equal(dups.n, 0);
	tear_down(&stage);
}

/* While it is typed: from a few characters on. */
static void a_report_that_is_typed(void **state)
{
	static const struct {
		const char *title;
		size_t n;
	} typed[] = { { "", 0 }, { "清凉", 0 }, { "清凉新村水发黄", 3 }, { "路灯坏了请来修", 0 } };
	struct stage stage;

	(void)state;
	set_up(&stage);
	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		struct similar_report report = { .title = typed[i].title,
						 .at = stage.world.fixed.now };
		struct dups dups;

		assert_int_equal(dups_like(stage.client, &report, NULL, &stage.arena, &dups, NULL),
				 ERR_OK);
		if (dups.n != typed[i].n)
			fail_msg("\"%s\": %zu, not %zu", typed[i].title, dups.n, typed[i].n);
	}
	tear_down(&stage);
}

static void act(struct stage *stage, const char *name, const char *verb, const char *field,
		const char *value)
{
	const struct act_desc *desc = act_desc_find(verb);
	struct given given = { .field = act_arg_field(desc, field),
			       .value = { .is_text = true, .text = value } };
	struct uuid id = uuid_named(name);
	struct client_change change;
	struct client_done done;
	struct error err = ERROR_INIT;

	if (client_act(stage->client, desc, &id, &given, 1, &done, &err) != ERR_OK)
		fail_msg("%s: %s", verb, err.text);
	assert_int_equal(client_poll(stage->client, &change, NULL), ERR_OK);
}

/* A ticket that was merged is not offered again: its lead stands for it. */
static void a_lead_stands_for_its_tickets(void **state)
{
	struct stage stage;
	struct uuid lead = uuid_named("water");
	char text[UUID_TEXT];
	struct dups dups;

	(void)state;
	set_up(&stage);
	uuid_text(&lead, text);
	act(&stage, "water2", "merge", "lead", text);
	dups = like(&stage, "water3");
	assert_int_equal(dups.n, 1);
	assert_true(has(&dups, "water"));
	dups = like(&stage, "water");
	assert_int_equal(dups.n, 1);
	assert_true(has(&dups, "water3"));
	tear_down(&stage);
}

static void words_for_people(void **state)
{
	struct stage stage;
	struct dups dups;

	(void)state;
	set_up(&stage);
	dups = like(&stage, "water");
	for (size_t i = 0; i < dups.n; i++) {
		const char *tail = dups_tail(stage.client, &dups.items[i], &stage.arena);

		assert_non_null(strstr(tail, "22-04"));
		assert_non_null(strchr(dups_percent(&dups.items[i], &stage.arena), '%'));
	}
	tear_down(&stage);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_leads),
		cmocka_unit_test(the_like_are_found),
		cmocka_unit_test(a_report_that_is_typed),
		cmocka_unit_test(a_lead_stands_for_its_tickets),
		cmocka_unit_test(words_for_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
