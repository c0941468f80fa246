/* Meetings, items and tasks as lists have them: order, filter, what comes next; the order of an agenda. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/meeting_order.h"
#include "zhiban/model/meeting_page.h"
#include "zhiban/model/meetings.h"

struct stage_of {
	struct world world;
	struct client *client;
	struct arena arena;
};

static void begin(struct stage_of *at, const char *name)
{
	*at = (struct stage_of){ .client = NULL };
	assert_true(world_make(&at->world, name));
	assert_int_equal(client_open(&(struct client_options){ .dir = at->world.dir,
							       .env = &at->world.env },
				     &at->client, NULL),
			 ERR_OK);
}

static void end(struct stage_of *at)
{
	arena_release(&at->arena);
	client_close(at->client);
	world_free(&at->world);
}

static const struct filter *parsed(struct stage_of *at, const char *words)
{
	struct filter_ctx ctx = client_filter_ctx(at->client);
	struct filter_error problem;
	struct filter *filter;

	assert_int_equal(filter_parse(words, &ctx, &at->arena, &filter, &problem), ERR_OK);
	return filter;
}

/* ---- lists ---- */

static void test_meetings(void **state)
{
	static const struct {
		const char *filter;
		size_t n, open;
	} cases[] = {
		{ "", 4, 4 },	       { "清淤", 1, 1 },    { "dept:城管局", 2, 2 },
		{ "!清淤", 3, 3 },     { "研判室", 2, 2 },  { "countersigned", 1, 1 },
		{ "清淤 | 专班", 2, 2 }, { "none of it", 0, 0 },
	};
	struct stage_of at;
	struct meeting_list list;

	(void)state;
	begin(&at, "meeting");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(meeting_list_load(at.client, parsed(&at, cases[i].filter), 50,
						   &at.arena, &list, NULL),
				 ERR_OK);
		if (list.n != cases[i].n)
			print_error("%s: %zu\n", cases[i].filter, list.n);
		assert_int_equal(list.n, cases[i].n);
		assert_int_equal(list.open, cases[i].open);
		assert_int_equal(list.total, 4);
	}
	end(&at);
}

/* By when they begin; those without a time last; what each needs next. */
static void test_next(void **state)
{
	static const char *const next[] = { "minutes to be signed", "1 silent", "11 silent",
					    "put items on the agenda" };
	struct stage_of at;
	struct meeting_list list;

	(void)state;
	begin(&at, "meeting");
	assert_int_equal(meeting_list_load(at.client, NULL, 50, &at.arena, &list, NULL), ERR_OK);
	assert_int_equal(list.n, ARRAY_LEN(next));
	for (size_t i = 0; i < list.n; i++)
		assert_string_equal(list.rows[i].next.words, next[i]);
	assert_string_equal(list.rows[2].answers, "3/15 -1");
	assert_int_equal(list.asking, 0); /* who convenes is not asked */
	end(&at);
}

static void test_asked(void **state)
{
	struct stage_of at;
	struct meeting_list list;

	(void)state;
	begin(&at, "meeting-dept");
	assert_int_equal(meeting_list_load(at.client, NULL, 50, &at.arena, &list, NULL), ERR_OK);
	assert_int_equal(list.asking, 1);
	assert_true(list.rows[2].asks_me);
	assert_false(list.rows[1].asks_me); /* it has answered that one */
	assert_int_equal(meeting_list_load(at.client, parsed(&at, "mine"), 50, &at.arena, &list, NULL),
			 ERR_OK);
	assert_int_equal(list.n, 3);
	end(&at);
}

static void test_items_and_tasks(void **state)
{
	struct stage_of at;
	struct item_list items;
	struct action_list actions;

	(void)state;
	begin(&at, "meeting");
	assert_int_equal(item_list_load(at.client, NULL, 50, &at.arena, &items, NULL), ERR_OK);
	assert_int_equal(items.listed, 1);
	assert_int_equal(items.waiting, 0);
	assert_int_equal(item_list_load(at.client, parsed(&at, "open dept:水务局"), 50, &at.arena,
					&items, NULL),
			 ERR_OK);
	assert_int_equal(items.n, 2);
	assert_int_equal(action_list_load(at.client, NULL, 50, &at.arena, &actions, NULL), ERR_OK);
	assert_int_equal(actions.n, 2);
	assert_int_equal(actions.overdue, 1);
	assert_int_equal(action_list_load(at.client, parsed(&at, "!overdue"), 50, &at.arena, &actions,
					  NULL),
			 ERR_OK);
	assert_int_equal(actions.n, 1);
	assert_false(actions.rows[0].overdue);
	end(&at);
}

/* ---- the page ---- */

static void test_page(void **state)
{
	struct uuid called = uuid_named("M next"), drawn = uuid_named("M force");
	struct stage_of at;
	struct meeting_page page;

	(void)state;
	begin(&at, "meeting");
	assert_int_equal(meeting_page_load(at.client, &called, &at.arena, &page, NULL), ERR_OK);
	assert_int_equal(page.n_items, 3);
	assert_int_equal(page.planned, 50);
	assert_int_equal(page.sat, 115); /* one department waits through another's item */
	assert_int_equal(page.least, 100);
	assert_int_equal(page.ask_leave, 1);
	assert_int_equal(page.n_actions, 0);
	assert_int_equal(page.n_carried, 2); /* of the meeting of the week before */
	assert_true(meeting_page_begins(&page, 1) - page.meeting->starts == INT64_C(15) * 60000);
	assert_string_equal(meeting_page_lacks(client_rules(at.client), &page, &at.arena), "");
	assert_int_equal(meeting_page_load(at.client, &drawn, &at.arena, &page, NULL), ERR_OK);
	assert_string_equal(meeting_page_lacks(client_rules(at.client), &page, &at.arena),
			    "no item; no time; neither room nor line");
	assert_int_equal(page.n_carried, 0); /* another series */
	end(&at);
}

/* What stands against it: another meeting that it has said it comes to; not the meeting itself. */
static void test_clash(void **state)
{
	struct uuid called = uuid_named("M next");
	struct stage_of at;
	struct meeting_page page;
	const struct attendee *water, *city;

	(void)state;
	begin(&at, "meeting");
	assert_int_equal(meeting_page_load(at.client, &called, &at.arena, &page, NULL), ERR_OK);
	water = meeting_attendee_of(page.meeting, "shuiwu", NULL);
	city = meeting_attendee_of(page.meeting, "chengguan", NULL);
	assert_non_null(water);
	assert_non_null(city);
	assert_non_null(strstr(meeting_clash(at.client, page.meeting, water, &at.arena),
			       "入冬清淤专题会"));
	assert_string_equal(meeting_clash(at.client, page.meeting, city, &at.arena), "");
	end(&at);
}

/* ---- the order ---- */

static void test_order(void **state)
{
	static const char *const ab[] = { "a", "b" }, *const c[] = { "c" }, *const a[] = { "a" },
			  *const twice[] = { "a", "a" };
	const struct order_row apart[] = { { ab, 2, 10, 0 }, { c, 1, 10, 0 }, { a, 1, 10, 0 } };
	const struct order_row fixed[] = { { ab, 2, 10, 0 }, { c, 1, 10, 2 }, { a, 1, 10, 0 } };
	const struct order_row one[] = { { twice, 2, 10, 0 } };
	size_t order[3];
	int64_t before, after;

	(void)state;
	meeting_order(apart, 3, order, &before, &after);
	assert_int_equal(before, 50); /* a sits through c */
	assert_int_equal(after, 40);
	assert_true(order[0] == 1 || order[2] == 1);
	meeting_order(fixed, 3, order, &before, &after);
	assert_int_equal(after, 50); /* c stays in the middle */
	assert_int_equal(order[1], 1);
	meeting_order(one, 1, order, &before, &after);
	assert_int_equal(before, 10); /* counted once */
	meeting_order(NULL, 0, order, &before, &after);
	assert_int_equal(after, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_meetings), cmocka_unit_test(test_next),
		cmocka_unit_test(test_asked),	 cmocka_unit_test(test_items_and_tasks),
		cmocka_unit_test(test_page),	 cmocka_unit_test(test_clash),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests_name("model/meetings", tests, NULL, NULL);
}
