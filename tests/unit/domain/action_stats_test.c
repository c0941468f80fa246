/* Figures of tasks: each number is the list behind it, and every task is in one of four. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tasks.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/action_stats.h"

static const struct {
	const char *lead, *given, *state, *due; /* of its handling, running while it is not answered */
	bool replied, in_time;
	int reworks;
	bool extended, carded;
	const char *bits; /* besides "given", but for one that was withdrawn */
} tasks[] = {
	{ "sw", "2026-11-02 10:00", "done", "2026-11-10 17:30", true, true, 0, false, false, "owed timely done" },
	{ "sw", "2026-11-03 10:00", "done", "2026-11-10 17:30", true, false, 1, true, false,
	  "owed late done reworked extended" },
	{ "sw", "2026-11-04 10:00", "replied", "2026-11-10 17:30", true, true, 0, false, true,
	  "owed timely carded" },
	{ "sw", "2026-11-05 10:00", "signed", "2026-11-20 17:30", false, false, 0, false, false, "owed overdue" },
	{ "sw", "2026-11-06 10:00", "signed", "2026-11-30 17:30", false, false, 2, false, false, "open reworked" },
	{ "sw", "2026-11-06 10:00", "given", NULL, false, false, 0, false, false, "open" },
	{ "sw", "2026-11-07 10:00", "withdrawn", "2026-11-10 17:30", false, false, 0, false, false, "withdrawn" },
	{ "zj", "2026-11-02 10:00", "signed", "2026-11-30 17:30", false, false, 0, false, false, "open" },
	{ "ll", "2026-10-02 10:00", "done", "2026-10-10 17:30", true, true, 0, false, false, "owed timely done" },
	{ "gone", "2026-11-02 10:00", "done", "2026-11-10 17:30", true, true, 0, false, false,
	  "owed timely done" },
};

static struct action *make(struct meetings *m, size_t i)
{
	struct uuid id = uuid_child(&(struct uuid){ { 9 } }, "task", (unsigned)i);
	struct action *action = entity_new(KIND_ACTION, &id, &m->fx.arena);
	struct clock *clock;

	action->org = "zx";
	action->lead = tasks[i].lead;
	action->given_at = fixture_time(tasks[i].given);
	action->state = tasks[i].state;
	action->open = action_state(action) < ACTION_DONE;
	action->replied_at = tasks[i].replied ? action->given_at + 1 : 0;
	action->in_time = tasks[i].in_time;
	action->reworks = tasks[i].reworks;
	if (tasks[i].due != NULL) {
		clock = children_add(&action->clocks, child_desc(CHILD_CLOCK), &id, &m->fx.arena);
		clock->kind = "handle";
		clock->due = fixture_time(tasks[i].due);
		clock->stopped_at = tasks[i].replied || !action->open ? action->given_at + 1 : 0;
	}
	if (tasks[i].extended)
		((struct extension *)children_add(&action->asked_more, child_desc(CHILD_EXTENSION), &id,
						  &m->fx.arena))->granted = "2wd";
	if (tasks[i].carded)
		children_add(&action->supervisions, child_desc(CHILD_SUPERVISION), &id, &m->fx.arena);
	return action;
}

static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; (at = strstr(at, word)) != NULL; at += len)
		if ((at == list || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

static void what_each_counts_in(void **unused)
{
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	for (size_t i = 0; i < ARRAY_LEN(tasks); i++) {
		const struct action *action = make(&m, i);
		bool withdrawn = strcmp(tasks[i].state, "withdrawn") == 0;

		for (int k = 0; k < ACTION_STATS; k++) {
			const struct action_stats_what what = { .stat = (enum action_stat)k };
			bool expected = k == ACTION_STAT_GIVEN
						? !withdrawn
						: has_word(tasks[i].bits, action_stat_code(what.stat));

			if (action_stats_has(&what, action, m.fx.now) != expected)
				fail_msg("%zu %s", i, action_stat_code(what.stat));
		}
	}
	meetings_release(&m);
}

static void whose_and_when(void **unused)
{
	static const struct {
		const char *lead, *org, *since, *until;
		int n; /* given */
	} cases[] = {
		{ NULL, NULL, NULL, NULL, 9 },
		{ "sw", NULL, NULL, NULL, 6 },
		{ "sw", "zx", NULL, NULL, 6 },
		{ "sw", "ll", NULL, NULL, 0 },
		{ NULL, NULL, "2026-11-01 00:00", NULL, 8 },
		{ NULL, NULL, NULL, "2026-11-02 10:00", 1 }, /* the end is not in it */
		{ "sw", NULL, "2026-11-03 10:00", "2026-11-05 10:00", 2 },
	};
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct action_stats_what what = {
			.stat = ACTION_STAT_GIVEN, .lead = cases[i].lead, .org = cases[i].org,
			.window = { cases[i].since != NULL ? fixture_time(cases[i].since) : 0,
				    cases[i].until != NULL ? fixture_time(cases[i].until) : 0 },
		};
		int n = 0;

		for (size_t k = 0; k < ARRAY_LEN(tasks); k++)
			n += action_stats_has(&what, make(&m, k), m.fx.now);
		if (n != cases[i].n)
			fail_msg("%zu: %d", i, n);
	}
	meetings_release(&m);
}

/* A number of a row is the list behind it; four make all. */
static void rows_and_lists(void **unused)
{
	const struct action_stats_row **rows;
	struct action_stats stats;
	struct meetings m;
	size_t n;

	(void)unused;
	tasks_init(&m);
	action_stats_init(&stats, &m.fx.rules, "zx", (struct stats_window){ 0, 0 }, m.fx.now);
	for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
		action_stats_add(&stats, make(&m, i));
	rows = action_stats_rows(&stats, STATS_PROTOCOL, &m.fx.arena, &n);
	assert_int_equal(n, 4);
	assert_string_equal(rows[0]->org, "sw");
	assert_string_equal(rows[3]->org, ""); /* one that is no more */
	for (size_t i = 0; i < n; i++) {
		const int64_t *at = rows[i]->n;

		assert_int_equal(at[ACTION_STAT_GIVEN],
				 at[ACTION_STAT_TIMELY] + at[ACTION_STAT_LATE] + at[ACTION_STAT_OVERDUE] +
					 at[ACTION_STAT_OPEN]);
		for (int k = 0; k < ACTION_STATS; k++) {
			const struct action_stats_what what = { .stat = (enum action_stat)k,
								.lead = rows[i]->org };
			int64_t list = 0;

			for (size_t t = 0; t < ARRAY_LEN(tasks); t++)
				list += action_stats_has(&what, make(&m, t), m.fx.now);
			if (*rows[i]->org != '\0')
				assert_int_equal(at[k], list);
		}
	}
	assert_int_equal(action_stats_permille(rows[0], ACTION_STAT_TIMELY, ACTION_STAT_OWED), 500);
	assert_int_equal(action_stats_permille(rows[1], ACTION_STAT_TIMELY, ACTION_STAT_OWED), -1);
	assert_int_equal(stats.all.n[ACTION_STAT_GIVEN], 9);
	assert_int_equal(stats.all.n[ACTION_STAT_WITHDRAWN], 1);
	/* the lowest rate first, who owes nothing last */
	rows = action_stats_rows(&stats, STATS_WORST, &m.fx.arena, &n);
	assert_string_equal(rows[0]->org, "sw");
	assert_string_equal(rows[1]->org, "ll");
	assert_string_equal(rows[2]->org, "");
	assert_string_equal(rows[3]->org, "zj");
	action_stats_release(&stats);
	/* of another giver there is nothing */
	action_stats_init(&stats, &m.fx.rules, "ll", (struct stats_window){ 0, 0 }, m.fx.now);
	for (size_t i = 0; i < ARRAY_LEN(tasks); i++)
		action_stats_add(&stats, make(&m, i));
	rows = action_stats_rows(&stats, STATS_WORST, &m.fx.arena, &n);
	assert_int_equal(n, 0);
	action_stats_release(&stats);
	meetings_release(&m);
}

static void codes(void **unused)
{
	enum action_stat stat = ACTION_STATS;

	(void)unused;
	for (int i = 0; i < ACTION_STATS; i++) {
		assert_true(action_stat_find(action_stat_code((enum action_stat)i), &stat));
		assert_int_equal(stat, i);
		assert_true(*action_stat_title((enum action_stat)i) != '\0');
	}
	assert_false(action_stat_find("other", &stat));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_each_counts_in),
		cmocka_unit_test(whose_and_when),
		cmocka_unit_test(rows_and_lists),
		cmocka_unit_test(codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
