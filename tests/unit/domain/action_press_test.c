/* Pressing for a task: extensions, urges, supervision, time marks, calls. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tasks.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/action_fire.h"
#include "zhiban/domain/deadline.h"

/* ---- extensions ---- */

static void extended(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ACTION, "extend_ok", "chief", "t", "", ERR_REFUSED, "nobody waits for an extension" },
		{ KIND_ACTION, "extend_ask", "roads", "t", "extend_by=2wd\nreason=r", ERR_DENIED, "only 区水务局" },
		{ KIND_ACTION, "extend_ask", "water", "t", "extend_by=soon\nreason=r", ERR_INPUT, "" },
		{ KIND_ACTION, "extend_ask", "water", "t", "extend_by=2wd\nreason=管材未到", ERR_OK, NULL },
		{ KIND_ACTION, "extend_ask", "water", "t", "extend_by=3wd\nreason=r", ERR_REFUSED,
		  "asked for already" },
		{ KIND_ACTION, "extend_ok", "water", "t", "", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ACTION, "extend_ok", "duty", "t", "", ERR_REFUSED, "only 值班长" },
		{ KIND_ACTION, "extend_ok", "chief", "t", "granted=4wd", ERR_REFUSED, "only 带班领导" },
		{ KIND_ACTION, "extend_ok", "chief", "t", "", ERR_OK, NULL },
		{ KIND_ACTION, "extend_ok", "chief", "t", "", ERR_REFUSED, "has granted it already" },
		{ KIND_ACTION, "extend_ask", "water", "t", "extend_by=1wd\nreason=r", ERR_OK, NULL },
		{ KIND_ACTION, "extend_ok", "chief", "t", "", ERR_REFUSED, "only 带班领导" },
		{ KIND_ACTION, "extend_no", "duty", "t", "reason=不予延期", ERR_OK, NULL },
		{ KIND_ACTION, "feedback", "water", "t", "reply=r", ERR_OK, NULL },
		{ KIND_ACTION, "extend_ask", "water", "t", "extend_by=1wd\nreason=r", ERR_REFUSED,
		  "the task is fed back" },
	};
	struct deadline deadlines[DEADLINES_MOST];
	struct meetings m;
	size_t n, asked = 0;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	tasks_run(&m, steps, 4);
	n = deadlines_of(tasks_action(&m), deadlines);
	for (size_t i = 0; i < n; i++)
		if (deadlines[i].sort == DEADLINE_EXTENSION) {
			asked++;
			assert_string_equal(deadlines[i].org, "zx");
		}
	assert_int_equal(asked, 1);
	tasks_run(&m, steps + 4, 6);
	assert_string_equal(tasks_runs(&m, "handle"), "12-04 17:30");
	assert_int_equal(tasks_action(&m)->due, fixture_time("2026-11-26 17:30"));
	tasks_run(&m, steps + 10, ARRAY_LEN(steps) - 10);
	assert_true(tasks_action(&m)->in_time);
	meetings_release(&m);
	/* of a date that the meeting said: from there */
	tasks_init(&m);
	tasks_to(&m, "sitting");
	meetings_must(&m, KIND_ACTION, "task", "duty", "t",
		      "item_id=@a\nmeeting_id=&m\ntitle=x\nlead_org=sw\nhandle_by=2026-12-01 12:00");
	meetings_must(&m, KIND_ACTION, "extend_ask", "water", "t", "extend_by=1d\nreason=r");
	meetings_must(&m, KIND_ACTION, "extend_ok", "chief", "t", "");
	assert_string_equal(tasks_runs(&m, "handle"), "12-02 12:00");
	m.fx.rules.meetings.n_extensions = 0;
	meetings_refuse(&m, KIND_ACTION, "extend_ask", "water", "t", "extend_by=1d\nreason=r",
			ERR_REFUSED, "no clock runs here");
	meetings_release(&m);
}

/* ---- urges, supervision ---- */

static void pressed(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ACTION, "urge", "water", "t", "", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ACTION, "urge", "duty", "t", "", ERR_OK, NULL },
		{ KIND_ACTION, "waive", "chief", "t", "reason=r", ERR_REFUSED, "nothing is proposed" },
		{ KIND_ACTION, "respond", "water", "t", "words=w", ERR_REFUSED, "no supervision to answer" },
		{ KIND_ACTION, "supervise", "duty", "t", "channel=黄牌\nwords=w", ERR_DENIED, "黄牌 needs at least" },
		{ KIND_ACTION, "supervise", "duty", "t", "channel=红牌\nwords=w", ERR_INPUT, "no way of supervision" },
		{ KIND_ACTION, "supervise", "duty", "t", "channel=sheet\nwords=w\nanswer_by=2026-11-01 09:00",
		  ERR_INPUT, "must lie ahead" },
		{ KIND_ACTION, "supervise", "duty", "t", "channel=督办单\nwords=限期办结", ERR_OK, NULL },
		{ KIND_ACTION, "supervise", "duty", "t", "channel=督办单\nwords=w", ERR_REFUSED, "is in force" },
		{ KIND_ACTION, "supervise", "chief", "t", "channel=黄牌\nwords=警告", ERR_OK, NULL },
		{ KIND_ACTION, "respond", "roads", "t", "words=w", ERR_DENIED, "only 区水务局" },
		{ KIND_ACTION, "respond", "water", "t", "words=已整改", ERR_OK, NULL }, /* the newest */
		{ KIND_ACTION, "respond", "duty", "t", "words=来电答复\nchannel=sheet", ERR_OK, NULL },
		{ KIND_ACTION, "lift", "water", "t", "reason=r\nchannel=sheet", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ACTION, "waive", "water", "t", "reason=r", ERR_DENIED, "only 联动指挥中心" },
		{ KIND_ACTION, "lift", "duty", "t", "reason=r\nchannel=yellow", ERR_DENIED, "黄牌 needs at least" },
		{ KIND_ACTION, "lift", "chief", "t", "reason=r\nchannel=yellow", ERR_OK, NULL },
	};
	const struct supervision *list;
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	tasks_run(&m, steps, 10);
	assert_int_equal(tasks_action(&m)->urges, 1);
	assert_string_equal(tasks_action(&m)->supervised, "yellow");
	assert_string_equal(tasks_runs(&m, "answer"), "11-27 14:30");
	tasks_run(&m, steps + 10, ARRAY_LEN(steps) - 10);
	list = tasks_action(&m)->supervisions.items;
	assert_int_equal(tasks_action(&m)->supervisions.n, 2);
	assert_string_equal(list[0].org, "sw");
	assert_string_equal(list[1].answer, "已整改");
	assert_string_equal(list[0].answer, "来电答复");
	assert_int_equal(tasks_action(&m)->owed, 1); /* the secretary wrote it down for him */
	assert_string_equal(tasks_runs(&m, "answer"), "");
	assert_string_equal(tasks_action(&m)->supervised, "sheet");
	meetings_release(&m);
}

/* ---- time marks ---- */

static void fires(struct meetings *m, size_t n, int64_t at)
{
	struct firing firings[FIRINGS_MAX];
	size_t got = action_fires(&m->fx.rules, tasks_action(m), NULL, at, firings);
	struct arena arena = ARENA_INIT;

	if (got != n)
		fail_msg("%zu fire, not %zu", got, n);
	for (size_t i = 0; i < n; i++) {
		struct act act = action_firing_act(&m->fx.rules, tasks_action(m), &firings[i], at, &arena);
		const struct state state = { .entity = tasks_action(m) };
		struct decision decision;
		struct error err = ERROR_INIT;

		if (decide(&m->fx.rules, &state, &act, &(struct moment){ at, at }, &m->fx.arena, &decision,
			   &err) != ERR_OK)
			fail_msg("%s", err.text);
		assert_int_equal(evolve(meetings_entity(m, KIND_ACTION, "t"), &decision.effects[0], 1,
					&m->fx.arena, NULL), ERR_OK);
	}
	arena_release(&arena);
}

static void time_marks(void **unused)
{
	const int64_t due = fixture_time("2026-12-02 17:30");
	struct meetings m;
	int64_t until;

	(void)unused;
	tasks_init(&m);
	m.fx.rules.quiet_from = 22 * 60;
	m.fx.rules.quiet_to = 7 * 60;
	m.fx.rules.modes = (const struct mode_rule[]){ { .code = "peace", .label = "平时", .quiet = true } };
	m.fx.rules.n_modes = 1;
	tasks_given(&m);
	assert_int_equal(action_next_fire(&m.fx.rules, tasks_action(&m), NULL, m.fx.now), due);
	fires(&m, 0, due - 1);
	/* in the quiet hours it waits for their end */
	fires(&m, 0, fixture_time("2026-12-02 23:00"));
	assert_true(action_is_quiet(&m.fx.rules, tasks_action(&m), NULL, fixture_time("2026-12-02 23:00"),
				    &until));
	assert_int_equal(until, fixture_time("2026-12-03 07:00"));
	fires(&m, 1, fixture_time("2026-12-03 08:00"));
	assert_int_equal(tasks_action(&m)->urges, 1);
	assert_true(tasks_action(&m)->proposed_at != 0);
	assert_int_equal(tasks_action(&m)->listed_at, 0);
	fires(&m, 0, fixture_time("2026-12-03 08:01")); /* once */
	assert_string_equal(tasks_action(&m)->moved_by, "task"); /* nothing of it moves the task */
	/* set aside by who could issue what was proposed */
	m.fx.now = fixture_time("2026-12-03 09:00");
	meetings_must(&m, KIND_ACTION, "waive", "duty", "t", "reason=r");
	assert_int_equal(tasks_action(&m)->proposed_at, 0);
	fires(&m, 1, fixture_time("2026-12-08 12:00"));
	assert_true(tasks_action(&m)->listed_at != 0);
	/* answered: nothing fires any more */
	meetings_must(&m, KIND_ACTION, "feedback", "water", "t", "reply=r");
	assert_int_equal(action_next_fire(&m.fx.rules, tasks_action(&m), NULL, m.fx.now), 0);
	meetings_release(&m);
}

/* ---- calls ---- */

static void calls(void **unused)
{
	static const struct tasks_step steps[] = {
		{ KIND_ACTION, "call", "duty", "t", "rung= \ngist=g", ERR_INPUT, "Who was rung is missing" },
		{ KIND_ACTION, "call", "duty", "t", "rung=刘工\ngist=g\ncalled_at=2026-12-30 09:00", ERR_INPUT,
		  "cannot lie ahead" },
		{ KIND_ACTION, "call", "duty", "t", "rung=刘工\ngist=催问进度", ERR_OK, NULL },
	};
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	tasks_run(&m, steps, ARRAY_LEN(steps));
	assert_int_equal(tasks_action(&m)->calls.n, 1);
	assert_string_equal(((const struct phonecall *)tasks_action(&m)->calls.items)->gist, "催问进度");
	meetings_release(&m);
}

/* What is not in time does not take the place of what came later. */
static void progress_that_comes_late(void **unused)
{
	struct meetings m;

	(void)unused;
	tasks_init(&m);
	tasks_given(&m);
	meetings_must(&m, KIND_ACTION, "progress", "water", "t", "note=later");
	m.eff = m.fx.now - 30 * MINUTE_MS;
	meetings_must(&m, KIND_ACTION, "progress", "water", "t", "note=earlier");
	assert_string_equal(tasks_action(&m)->progress, "later");
	assert_non_null(strstr(m.decision.note, "a later one is there"));
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(extended),
		cmocka_unit_test(pressed),
		cmocka_unit_test(time_marks),
		cmocka_unit_test(calls),
		cmocka_unit_test(progress_that_comes_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
