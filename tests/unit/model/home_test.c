/* What needs the officer, and how it is gathered. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"
#include "zhiban/model/home.h"

struct fixture {
	struct world world;
	struct client *client;
	struct home *home;
};

static int set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);
	struct client_options options = { 0 };

	assert_true(world_make(&f->world, "board"));
	options.dir = f->world.dir;
	options.env = &f->world.env;
	assert_int_equal(client_open(&options, &f->client, NULL), ERR_OK);
	f->home = home_new(f->client);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	home_free(f->home);
	client_close(f->client);
	world_free(&f->world);
	free(f);
	return 0;
}

/* ---- who is in which group ---- */

#define H HOUR_MS
#define M MINUTE_MS

static const struct {
	const char *name;
	const char *org, *role; /* of the officer */
	const char *step, *holder, *signer, *moved_by;
	int64_t due;   /* from now; INT64_MAX: none */
	int64_t moved; /* before now */
	int urgency;
	bool watched, share;
	int64_t paused, asked;
	enum home_group group;
} cases[] = {
	{ "to be accepted, far", "zhongxin", "duty", "accept", NULL, NULL, "register", 5 * H, H, 3,
	  false, false, 0, 0, HOME_NEXT },
	{ "to be accepted, within the hour", "zhongxin", "duty", "accept", NULL, NULL, "register",
	  59 * M, H, 3, false, false, 0, 0, HOME_ACT },
	{ "an alarm", "zhongxin", "duty", "accept", NULL, NULL, "register", 5 * H, H, 1, false,
	  false, 0, 0, HOME_ACT },
	{ "not for the department yet", "shuiwu", "dept", "accept", NULL, NULL, "register", 5 * H,
	  H, 3, false, false, 0, 0, HOME_NONE },
	{ "given to another, not signed for", "zhongxin", "duty", "sign", "shuiwu", NULL, "assign",
	  5 * H, H, 3, false, false, 0, 0, HOME_WAIT },
	{ "the same, soon", "zhongxin", "duty", "sign", "shuiwu", NULL, "assign", 119 * M, H, 3,
	  false, false, 0, 0, HOME_NEXT },
	{ "the same, for him who is to sign", "shuiwu", "dept", "sign", "shuiwu", NULL, "assign",
	  5 * H, H, 3, false, false, 0, 0, HOME_ACT },
	{ "another's, signed for, far", "zhongxin", "duty", "handle", "shuiwu", "zhou", "sign",
	  5 * H, H, 3, false, false, 0, 0, HOME_NONE },
	{ "the same, watched", "zhongxin", "duty", "handle", "shuiwu", "zhou", "sign", 5 * H, H, 3,
	  true, false, 0, 0, HOME_WATCH },
	{ "the same, a share not signed for", "zhongxin", "duty", "handle", "shuiwu", "zhou", "sign",
	  5 * H, H, 3, true, true, 0, 0, HOME_WAIT },
	{ "ran out, another's", "zhongxin", "duty", "handle", "shuiwu", "zhou", "sign", -M, H, 3,
	  false, false, 0, 0, HOME_ACT },
	{ "ran out, urged since", "zhongxin", "duty", "handle", "shuiwu", "zhou", "urge", -2 * H, H,
	  3, false, false, 0, 0, HOME_WAIT },
	{ "urged, and ran out after", "zhongxin", "duty", "handle", "shuiwu", "zhou", "urge", -M, H,
	  3, false, false, 0, 0, HOME_ACT },
	{ "ran out, urged, ours", "shuiwu", "dept", "handle", "shuiwu", "zhou", "urge", -2 * H, H, 3,
	  false, false, 0, 0, HOME_ACT },
	{ "ours, far", "shuiwu", "dept", "handle", "shuiwu", "zhou", "sign", 90 * H, H, 3, false,
	  false, 0, 0, HOME_NEXT },
	{ "ours, stands still for days", "shuiwu", "dept", "handle", "shuiwu", "zhou", "pause",
	  90 * H, H, 3, false, false, 90 * H, 0, HOME_NONE },
	{ "ran out while it stands still", "shuiwu", "dept", "handle", "shuiwu", "zhou", "pause", -H,
	  H, 3, false, false, 90 * H, 0, HOME_NONE },
	{ "stands still till tomorrow", "zhongxin", "duty", "handle", "shuiwu", "zhou", "pause",
	  90 * H, H, 3, false, false, 20 * H, 0, HOME_WAIT },
	{ "more time is asked for: the duty officer waits", "zhongxin", "duty", "handle", "shuiwu",
	  "zhou", "extend_ask", 90 * H, H, 3, false, false, 0, 1, HOME_WAIT },
	{ "and the chief decides", "zhongxin", "chief", "handle", "shuiwu", "zhou", "extend_ask",
	  90 * H, H, 3, false, false, 0, 1, HOME_ACT },
	{ "to be verified by the centre, whose clock runs", "zhongxin", "duty", "verify", "shuiwu",
	  "zhou", "handle", 90 * H, H, 3, false, false, 0, 0, HOME_NEXT },
	{ "and not by the department", "shuiwu", "dept", "verify", "shuiwu", "zhou", "handle",
	  90 * H, H, 3, false, false, 0, 0, HOME_NONE },
	{ "without a deadline, ours", "zhongxin", "duty", "accept", NULL, NULL, "register",
	  INT64_MAX, H, 3, false, false, 0, 0, HOME_NEXT },
};

static void each_case_has_one_group(void **state)
{
	struct fixture *f = *state;
	const int64_t now = f->world.fixed.now;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct actor actor = { "li", cases[i].org, cases[i].role };
		struct home_facts facts = { .rules = client_rules(f->client), .actor = &actor,
					    .now = now, .watched = cases[i].watched,
					    .unsigned_share = cases[i].share };
		struct incident incident = {
			.open = 1,
			.step = cases[i].step,
			.holder = cases[i].holder,
			.signer = cases[i].signer,
			.moved_by = cases[i].moved_by,
			.urgency = cases[i].urgency,
			.registered_at = now - 10 * H,
			.moved_at = now - cases[i].moved,
			.due = cases[i].due == INT64_MAX ? 0 : now + cases[i].due,
			.paused_until = cases[i].paused ? now + cases[i].paused : 0,
			.asked_at = cases[i].asked,
		};

		if (home_group(&facts, &incident) != cases[i].group)
			fail_msg("%s: %d", cases[i].name, (int)home_group(&facts, &incident));
		incident.open = 0;
		assert_int_equal(home_group(&facts, &incident),
				 cases[i].watched ? HOME_WATCH : HOME_NONE);
		facts.actor = NULL;
		assert_int_equal(home_group(&facts, &incident), HOME_NONE);
	}
}

/* ---- gathering ---- */

static unsigned work(struct fixture *f)
{
	unsigned done = 0;

	for (int i = 0; i < 1000 && home_next(f->home) <= f->world.fixed.now; i++)
		done |= home_step(f->home);
	return done;
}

static void take_changes(struct fixture *f)
{
	struct client_change change;

	assert_int_equal(client_poll(f->client, &change, NULL), ERR_OK);
	home_changed(f->home, &change);
	f->world.fixed.now += 1000; /* it rests between two gatherings */
}

/* "2: 22-0404 1: …": the groups that have rows, and short numbers of theirs. */
static const char *shown(struct fixture *f, struct arena *arena)
{
	struct str out = STR_INIT;
	size_t n;
	const struct home_row *rows = home_rows(f->home, &n);
	const char *text;

	for (size_t i = 0; i < n; i++) {
		struct incident *incident;
		char mark[48];

		assert_int_equal(client_get(f->client, &rows[i].id, arena, &incident, NULL), ERR_OK);
		if (i == 0 || rows[i].group != rows[i - 1].group)
			str_addf(&out, "%s%d:", i ? " " : "", (int)rows[i].group);
		str_addf(&out, " %s", client_mark(f->client, incident, mark));
	}
	text = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return text;
}

static void rows_are_gathered_once_each_by_need(void **state)
{
	struct fixture *f = *state;
	struct arena arena = ARENA_INIT;

	assert_false(home_is_whole(f->home));
	assert_true(work(f) & HOME_ROWS);
	assert_true(home_is_whole(f->home));
	assert_string_equal(shown(f, &arena),
			    "0: 22-0404 1: 22-0402 22-0407 21-0403 20-0405 2: 22-0401");
	assert_int_equal(home_counter(f->home, HOME_UNSIGNED), 2);
	assert_int_equal(home_counter(f->home, HOME_SOON), 2);
	assert_int_equal(home_counter(f->home, HOME_OVERDUE), 0);
	assert_int_equal(home_next(f->home), INT64_MAX); /* it rests */
	arena_release(&arena);
}

static void a_change_is_taken_in_and_the_old_rows_stay_till_then(void **state)
{
	struct fixture *f = *state;
	struct arena arena = ARENA_INIT;

	work(f);
	assert_true(world_change(&f->world, "elsewhere"));
	take_changes(f);
	assert_int_equal(home_group_count(f->home, HOME_ACT), 1);
	assert_true(work(f) & HOME_ROWS);
	assert_string_equal(shown(f, &arena),
			    "0: 22-0408 22-0404 1: 22-0402 22-0407 21-0403 20-0405 2: 22-0401");
	f->world.fixed.now += 3 * MINUTE_MS;
	home_minute(f->home);
	assert_true(work(f) & HOME_ROWS); /* time alone moves cases */
	assert_int_equal(home_group_count(f->home, HOME_ACT), 3);
	assert_int_equal(home_counter(f->home, HOME_OVERDUE), 2);
	arena_release(&arena);
}

static void what_is_watched_stands_in_the_last_group_alone(void **state)
{
	struct fixture *f = *state;
	struct arena arena = ARENA_INIT;
	struct client_change change = { .bits = CHANGE_MARKS };
	static const char *const names[] = { "17-0406", "22-0402" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct uuid id;

		assert_int_equal(client_find(f->client, names[i], &id, NULL), ERR_OK);
		assert_int_equal(client_mark_set(f->client, &id, MARK_WATCH, 1, NULL), ERR_OK);
	}
	home_changed(f->home, &change);
	work(f);
	assert_string_equal(shown(f, &arena), "0: 22-0404 1: 22-0402 22-0407 21-0403 20-0405 "
					      "2: 22-0401 3: 17-0406");
	assert_int_equal(home_counter(f->home, HOME_WATCHED), 2);
	arena_release(&arena);
}

static void another_officer_begins_with_nothing(void **state)
{
	struct fixture *f = *state;

	work(f);
	home_clear(f->home);
	assert_int_equal(home_group_count(f->home, HOME_NEXT), 0);
	assert_false(home_is_whole(f->home));
	assert_int_equal(outbox_logout(f->world.outbox, NULL), ERR_OK);
	take_changes(f);
	work(f);
	assert_true(home_is_whole(f->home));
	assert_int_equal(home_group_count(f->home, HOME_ACT), 0);
	assert_int_equal(home_counter(f->home, HOME_UNSIGNED), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_case_has_one_group, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rows_are_gathered_once_each_by_need, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_change_is_taken_in_and_the_old_rows_stay_till_then,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_watched_stands_in_the_last_group_alone,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_officer_begins_with_nothing, set_up,
						tear_down),
	};

	return cmocka_run_group_tests_name("model/home", tests, NULL, NULL);
}
