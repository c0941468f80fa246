/* Marks: what fires when, quiet hours, what a mark leads to, and how a clock is explained. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/mark.h"

struct world {
	struct fixture fx;
	struct incident *incident;
	struct error err;
};

static const struct timeout_row timeouts[] = {
	{ 100, TIMEOUT_PROPOSE }, { 75, TIMEOUT_URGE }, { 150, TIMEOUT_LIST }, { 100, TIMEOUT_OFFER },
};

static struct clock_rule *rule_of(struct world *w, const char *step, const char *kind)
{
	const struct step *in = rules_step(&w->fx.rules, step);

	for (size_t i = 0; i < in->n_clocks; i++)
		if (strcmp(in->clocks[i].kind, kind) == 0)
			return (struct clock_rule *)(uintptr_t)&in->clocks[i];
	fail_msg("%s in %s", kind, step);
	return NULL;
}

/* In the step "handle" since Monday 10:00: 5wd, due Monday 11-30 17:30; the caller is to be contacted
 * in 90wm. */
static void begin(struct world *w)
{
	static const struct extension_row any[] = { { { LIMIT_NONE, 0, -1 }, "duty" } };
	struct clock_rule *rule;

	*w = (struct world){ .incident = NULL };
	fixture_init(&w->fx);
	fixture_allow(&w->fx, "pause shelve extend_ask extend_ok waive note");
	rule = rule_of(w, "handle", "handle");
	rule->timeouts = timeouts;
	rule->n_timeouts = ARRAY_LEN(timeouts);
	rule->extensions = any;
	rule->n_extensions = 1;
	w->incident = fixture_incident(&w->fx, "handle");
}

static void must(struct world *w, const char *verb, const char *actor, const char *args)
{
	if (fixture_do(&w->fx, &w->incident, verb, actor, args, &w->err) != ERR_OK)
		fail_msg("%s %s: %s", verb, args, w->err.text);
}

static const struct clock *handle_clock(const struct world *w)
{
	for (size_t i = 0; i < w->incident->clocks.n; i++)
		if (strcmp(incident_clock(w->incident, i)->kind, "handle") == 0)
			return incident_clock(w->incident, i);
	return NULL;
}

static size_t fires(const struct world *w, const char *when, struct firing firings[FIRINGS_MAX])
{
	return clock_fires(&w->fx.rules, w->incident, NULL, fixture_time(when), firings);
}

/* The server's act for the i-th thing that fires now. */
static enum err fire(struct world *w, size_t i)
{
	struct firing firings[FIRINGS_MAX];
	struct act act;

	assert_true(clock_fires(&w->fx.rules, w->incident, NULL, w->fx.now, firings) > i);
	act = firing_act(&w->fx.rules, w->incident, &firings[i], w->fx.now, &w->fx.arena);
	assert_true(uuid_eq(&act.id, &firings[i].act));
	return fixture_apply(&w->fx, &w->incident, &act, &w->err);
}

/* 5 working days of 8 hours: 75 % is after 30 hours, on Friday; 150 % is 20 hours behind the due. */
static void marks_fire_in_order(void **state)
{
	static const struct {
		const char *when;
		size_t n;
		int first;
	} cases[] = {
		{ "2026-11-27 15:29", 0, 0 }, { "2026-11-27 15:30", 1, 75 },
		{ "2026-11-30 17:29", 1, 75 }, { "2026-11-30 17:30", 2, 75 },
		{ "2026-12-03 13:29", 2, 75 }, { "2026-12-03 13:30", 3, 75 },
	};
	struct firing firings[FIRINGS_MAX];
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t n = fires(&w, cases[i].when, firings);
		char at[CIVIL_TEXT];

		civil_iso(clock_mark(&w.fx.rules, w.incident, handle_clock(&w), 75), CIVIL_CHINA, at);
		if (n != cases[i].n)
			fail_msg("%s: %zu fire; 75%% is %s", cases[i].when, n, at);
		if (n > 0)
			assert_int_equal(firings[0].threshold, cases[i].first);
		if (n > 1) {
			assert_int_equal(firings[1].threshold, 100);
			assert_int_equal(firings[1].effects, 1U << TIMEOUT_PROPOSE | 1U << TIMEOUT_OFFER);
			assert_int_equal(firings[1].at, fixture_time("2026-11-30 17:30"));
		}
	}
	fixture_release(&w.fx);
}

static void each_fires_once(void **state)
{
	struct firing firings[FIRINGS_MAX];
	struct world w;
	struct act late;

	(void)state;
	begin(&w);
	w.fx.now = fixture_time("2026-11-30 18:00");
	assert_int_equal(fires(&w, "2026-11-30 18:00", firings), 2);
	late = firing_act(&w.fx.rules, w.incident, &firings[0], w.fx.now, &w.fx.arena);
	assert_int_equal(fire(&w, 0), ERR_OK);
	assert_int_equal(w.incident->urges, 1);
	assert_int_equal(handle_clock(&w)->fired, 75);
	assert_int_equal(w.incident->proposed_at, 0);
	/* another node comes with the same act: its id is known, and decide refuses it as well */
	assert_int_equal(fixture_apply(&w.fx, &w.incident, &late, &w.err), ERR_REFUSED);
	assert_int_equal(fires(&w, "2026-11-30 18:00", firings), 1);
	assert_int_equal(fire(&w, 0), ERR_OK);
	assert_int_equal(w.incident->proposed_at, w.fx.now);
	assert_int_equal(w.incident->offered_at, w.fx.now);
	assert_int_equal(w.incident->listed_at, 0);
	assert_string_equal(w.incident->holder, "sw"); /* nothing automatic moves a case */
	assert_string_equal(w.incident->step, "handle");
	assert_int_equal(fires(&w, "2026-11-30 18:00", firings), 0);
	must(&w, "waive", "chief", "reason=已在办");
	assert_int_equal(w.incident->proposed_at, 0);
	assert_int_equal(w.incident->offered_at, 0);
	assert_int_equal(fixture_do(&w.fx, &w.incident, "waive", "chief", "reason=x", &w.err), ERR_REFUSED);
	fixture_release(&w.fx);
}

static void what_is_not_reached_is_refused(void **state)
{
	static const struct {
		const char *when, *args;
		enum err code;
	} cases[] = {
		{ "2026-11-27 15:29", "threshold=75\neffect=urge", ERR_REFUSED },
		{ "2026-11-27 15:30", "threshold=0\neffect=urge", ERR_INPUT },
		{ "2026-11-30 17:29", "threshold=100\neffect=propose", ERR_REFUSED },
		{ "2026-11-27 15:30", "threshold=75\neffect=urge", ERR_OK },
	};
	struct world w;
	char id[UUID_TEXT];
	struct act act;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uuid_text(&handle_clock(&w)->id, id);
		w.fx.now = fixture_time(cases[i].when);
		act = fixture_act(&w.fx, "fire", w.incident, "system",
				  arena_printf(&w.fx.arena, "clock_id=%s\n%s", id, cases[i].args));
		if (fixture_apply(&w.fx, &w.incident, &act, &w.err) != cases[i].code)
			fail_msg("%s %s: %s", cases[i].when, cases[i].args, w.err.text);
	}
	/* nobody but the server itself, and not when it has stopped */
	w.fx.now = fixture_time("2026-12-20 10:00");
	act = fixture_act(&w.fx, "fire", w.incident, "duty",
			  arena_printf(&w.fx.arena, "clock_id=%s\nthreshold=100\neffect=urge", id));
	assert_int_equal(fixture_apply(&w.fx, &w.incident, &act, &w.err), ERR_DENIED);
	must(&w, "handle", "water", "result=好了");
	act = fixture_act(&w.fx, "fire", w.incident, "system",
			  arena_printf(&w.fx.arena, "clock_id=%s\nthreshold=100\neffect=urge", id));
	assert_int_equal(fixture_apply(&w.fx, &w.incident, &act, &w.err), ERR_REFUSED);
	fixture_release(&w.fx);
}

/* More time, and the marks lie ahead again: they are passed anew, under ids of their own. */
static void an_extension_lets_marks_fire_again(void **state)
{
	struct firing first[FIRINGS_MAX], second[FIRINGS_MAX];
	struct world w;

	(void)state;
	begin(&w);
	w.fx.now = fixture_time("2026-11-30 17:30");
	assert_int_equal(clock_fires(&w.fx.rules, w.incident, NULL, w.fx.now, first), 2);
	assert_int_equal(fire(&w, 0), ERR_OK);
	assert_int_equal(fire(&w, 0), ERR_OK);
	assert_int_equal(handle_clock(&w)->fired, 100);
	must(&w, "extend_ask", "water", "extend_by=5wd\nreason=缺件");
	must(&w, "extend_ok", "chief", "");
	assert_int_equal(handle_clock(&w)->fired, 50);
	assert_int_equal(clock_fires(&w.fx.rules, w.incident, NULL, w.fx.now, second), 0);
	w.fx.now = fixture_time("2026-12-07 17:30");
	assert_int_equal(clock_fires(&w.fx.rules, w.incident, NULL, w.fx.now, second), 2);
	assert_int_equal(second[1].threshold, 100);
	assert_false(uuid_eq(&first[1].act, &second[1].act));
	fixture_release(&w.fx);
}

static void pauses_and_the_shelf_hold_marks_back(void **state)
{
	struct firing firings[FIRINGS_MAX];
	struct world w;

	(void)state;
	begin(&w);
	w.fx.now = fixture_time("2026-11-24 10:00");
	must(&w, "pause", "water", "until=2026-11-26 18:00\nreason=等");
	assert_int_equal(fires(&w, "2026-11-27 15:30", firings), 0);
	assert_int_equal(clock_next_fire(&w.fx.rules, w.incident, NULL, w.fx.now),
			 clock_mark(&w.fx.rules, w.incident, handle_clock(&w), 75));
	w.fx.now = fixture_time("2026-11-27 10:00");
	must(&w, "shelve", "duty", "review_at=2027-03-01\nreason=待拆迁");
	assert_int_equal(fires(&w, "2027-12-31 10:00", firings), 0);
	assert_int_equal(clock_next_fire(&w.fx.rules, w.incident, NULL, w.fx.now), 0);
	fixture_release(&w.fx);
}

/* --- quiet hours ------------------------------------------------------------------------------ */

static const struct mode_rule modes[] = {
	{ .code = "peace", .label = "平时", .quiet = true },
	{ .code = "war1", .label = "战时", .quiet = false },
};

static const struct {
	const char *when;
	int urgency;
	const char *mode;
	const char *until; /* NULL: it is not quiet */
} quiets[] = {
	{ "2026-11-23 21:59", 3, NULL, NULL },
	{ "2026-11-23 22:00", 3, NULL, "2026-11-24 07:00" },
	{ "2026-11-23 23:59", 3, NULL, "2026-11-24 07:00" },
	{ "2026-11-24 00:00", 3, NULL, "2026-11-24 07:00" },
	{ "2026-11-24 06:59", 3, NULL, "2026-11-24 07:00" },
	{ "2026-11-24 07:00", 3, NULL, NULL },
	{ "2026-11-24 02:00", 2, NULL, NULL },
	{ "2026-11-24 02:00", 1, NULL, NULL },
	{ "2026-11-24 02:00", 0, NULL, "2026-11-24 07:00" }, /* plain, unless it is said */
	{ "2026-11-24 02:00", 3, "peace", "2026-11-24 07:00" },
	{ "2026-11-24 02:00", 3, "war1", NULL },
};

static void quiet_hours_are_for_the_minor(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	w.fx.rules.modes = modes;
	w.fx.rules.n_modes = ARRAY_LEN(modes);
	w.fx.rules.quiet_from = 22 * 60;
	w.fx.rules.quiet_to = 7 * 60;
	w.fx.rules.quiet_urgency = URGENCY_PLAIN;
	for (size_t i = 0; i < ARRAY_LEN(quiets); i++) {
		int64_t until = 0;

		w.incident->urgency = quiets[i].urgency;
		if (clock_is_quiet(&w.fx.rules, w.incident, quiets[i].mode,
				   fixture_time(quiets[i].when), &until) != (quiets[i].until != NULL))
			fail_msg("%s", quiets[i].when);
		if (quiets[i].until != NULL)
			assert_int_equal(until, fixture_time(quiets[i].until));
	}
	fixture_release(&w.fx);
}

/* No reminder at midnight: what is passed in quiet hours is said when they end, all of it. */
static void no_reminder_at_midnight(void **state)
{
	struct firing firings[FIRINGS_MAX];
	struct clock_rule *rule;
	struct world w;

	(void)state;
	begin(&w);
	w.fx.rules.modes = modes;
	w.fx.rules.n_modes = ARRAY_LEN(modes);
	w.fx.rules.quiet_from = 22 * 60;
	w.fx.rules.quiet_to = 7 * 60;
	rule = rule_of(&w, "handle", "handle");
	((struct limit_row *)(uintptr_t)rule->rows)[rule->n_rows - 1].limit =
		(struct limit){ LIMIT_MINUTES, 16 * 60, -1 };
	w.incident = fixture_incident(&w.fx, "handle"); /* 10:00: 75 % at 22:00, due at 02:00 */
	assert_int_equal(fires(&w, "2026-11-23 22:00", firings), 0);
	assert_int_equal(fires(&w, "2026-11-24 06:59", firings), 0);
	assert_int_equal(clock_next_fire(&w.fx.rules, w.incident, NULL, w.fx.now),
			 fixture_time("2026-11-24 07:00"));
	/* it came to be looked at in the night: it waits, and does not ask again at once */
	assert_int_equal(clock_next_fire(&w.fx.rules, w.incident, NULL,
					 fixture_time("2026-11-24 03:00")),
			 fixture_time("2026-11-24 07:00"));
	assert_int_equal(fires(&w, "2026-11-24 07:00", firings), 2);
	assert_true(firings[0].held && firings[1].held);
	assert_int_equal(firings[1].at, fixture_time("2026-11-24 02:00"));
	/* in an emergency it is not quiet */
	assert_int_equal(clock_fires(&w.fx.rules, w.incident, "war1", fixture_time("2026-11-24 02:00"),
				     firings), 2);
	assert_false(firings[0].held);
	assert_int_equal(clock_next_fire(&w.fx.rules, w.incident, "war1", w.fx.now),
			 fixture_time("2026-11-23 22:00"));
	/* nor for what is urgent */
	w.incident->urgency = URGENCY_URGENT;
	assert_int_equal(fires(&w, "2026-11-24 02:00", firings), 2);
	fixture_release(&w.fx);
}

static void history_presses_nobody(void **state)
{
	struct firing firings[FIRINGS_MAX];
	struct world w;

	(void)state;
	begin(&w);
	w.incident->imported = 1;
	w.incident->registered_at = handle_clock(&w)->started_at;
	assert_int_equal(fires(&w, "2027-01-04 10:00", firings), 0);
	assert_int_equal(clock_next_fire(&w.fx.rules, w.incident, NULL, w.fx.now), 0);
	/* but what is done with it now does */
	w.incident->registered_at = handle_clock(&w)->started_at - 1;
	assert_int_equal(fires(&w, "2026-11-30 18:00", firings), 2);
	fixture_release(&w.fx);
}

static void used_goes_with_the_due(void **state)
{
	static const struct {
		const char *when;
		int used;
	} cases[] = {
		{ "2026-11-23 09:00", 0 },   { "2026-11-24 08:30", 0 },	  { "2026-11-24 12:30", 8 },
		{ "2026-11-24 17:30", 20 },  { "2026-11-28 12:00", 80 },  { "2026-11-30 17:29", 99 },
		{ "2026-11-30 17:30", 100 }, { "2026-12-01 17:30", 120 },
	};
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int used = clock_used(&w.fx.rules, w.incident, handle_clock(&w),
				      fixture_time(cases[i].when));
		if (used != cases[i].used)
			fail_msg("%s: %d%%", cases[i].when, used);
	}
	w.fx.now = fixture_time("2026-11-24 17:30");
	must(&w, "handle", "water", "result=好了");
	assert_int_equal(clock_used(&w.fx.rules, w.incident, handle_clock(&w),
				    fixture_time("2026-12-24 17:30")), 20);
	fixture_release(&w.fx);
}

/* --- in words -------------------------------------------------------------------------------- */

static void a_stored_clock_is_explained(void **state)
{
	struct str text = STR_INIT;
	struct world w;

	(void)state;
	begin(&w);
	w.fx.now = fixture_time("2026-11-24 10:00");
	must(&w, "pause", "water", "until=2026-11-24 18:00\nreason=等");
	must(&w, "extend_ask", "water", "extend_by=1wd\nreason=缺件");
	must(&w, "extend_ok", "chief", "");
	clock_explain(&w.fx.rules, w.incident, handle_clock(&w), &text);
	assert_string_equal(str_get(&text),
			    "handle 水务局: 5wd from 2026-11-23 10:00, due 2026-12-02 17:30\n"
			    "chosen by: 5wd\n"
			    "2026-11-23 Mon  10:00 begins; counted from the next working day\n"
			    "2026-11-24 Tue  paused until 2026-11-24 18:00\n"
			    "2026-11-25 Wed  work day 1\n"
			    "2026-11-26 Thu  work day 2\n"
			    "2026-11-27 Fri  work day 3\n"
			    "2026-11-28 Sat  skipped: weekend\n"
			    "2026-11-29 Sun  skipped: weekend\n"
			    "2026-11-30 Mon  work day 4\n"
			    "2026-12-01 Tue  work day 5\n"
			    "2026-12-01 Tue  17:30 due so far; extended by 1wd\n"
			    "2026-12-02 Wed  work day 1\n"
			    "2026-12-02 Wed  17:30 due: the end of working time\n");
	/* other working hours come: a running due stands, and so the last line does */
	assert_int_equal(hours_parse("09:00-17:00", &w.fx.rules.hours, NULL), ERR_OK);
	str_clear(&text);
	clock_explain(&w.fx.rules, w.incident, handle_clock(&w), &text);
	assert_non_null(strstr(str_get(&text), "17:00 due: the end of working time\nthe rules in force"));
	assert_non_null(strstr(str_get(&text), "\n2026-12-02 17:30 due\n"));
	str_release(&text);
	fixture_release(&w.fx);
}

/* --- clocks that no step starts --------------------------------------------------------------- */

static const struct timeout_row late_receipt[] = { { 100, TIMEOUT_URGE }, { 150, TIMEOUT_LIST } };
static const struct clock_rule always[] = {
	{ .kind = "receipt", .label = "签收单", .timeouts = late_receipt, .n_timeouts = 2 },
	{ .kind = "callback", .label = "回话", .timeouts = late_receipt, .n_timeouts = 1 },
	{ .kind = "review", .label = "再看", .timeouts = late_receipt, .n_timeouts = 1 },
	{ .kind = "countersign", .label = "补签", .timeouts = late_receipt, .n_timeouts = 1 },
};

static const struct receipt_rule usual[] = { { "usual", "一般", { LIMIT_MINUTES, 60, -1 } } };

static void allow_beside(struct world *w)
{
	begin(w);
	fixture_allow(&w->fx, "pause shelve extend_ask extend_ok waive note notify call call_later fix");
	w->fx.rules.always.clocks = always;
	w->fx.rules.always.n_clocks = ARRAY_LEN(always);
	w->fx.rules.receipts = usual;
	w->fx.rules.n_receipts = ARRAY_LEN(usual);
}

static const struct clock *clock_of(const struct world *w, const char *kind)
{
	for (size_t i = 0; i < w->incident->clocks.n; i++)
		if (strcmp(incident_clock(w->incident, i)->kind, kind) == 0)
			return incident_clock(w->incident, i);
	fail_msg("no clock %s", kind);
	return NULL;
}

/* What is declared for all steps fires; the same without the declaration does not. */
static void what_is_owed_beside_the_flow_fires(void **state)
{
	static const struct {
		const char *verb, *args, *kind, *due;
	} cases[] = {
		{ "notify", "recipient=zj\nwords=有雨", "receipt", "2026-11-23 11:00" },
		{ "call_later", "whom=老王\ncall_at=2026-11-23 10:40", "callback", "2026-11-23 10:40" },
		{ "shelve", "reason=等料\nreview_at=2026-11-24 10:00", "review", "2026-11-24 10:00" },
	};
	struct firing firings[FIRINGS_MAX];
	struct world w;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int64_t due = fixture_time(cases[i].due);

		allow_beside(&w);
		must(&w, cases[i].verb, "chief", cases[i].args);
		assert_true(clock_of(&w, cases[i].kind)->due == due);
		assert_int_equal(clock_fires(&w.fx.rules, w.incident, NULL, due - 1, firings), 0);
		assert_true(clock_next_fire(&w.fx.rules, w.incident, NULL, w.fx.now) == due);
		assert_int_equal(clock_fires(&w.fx.rules, w.incident, NULL, due, firings), 1);
		assert_ptr_equal(firings[0].clock, clock_of(&w, cases[i].kind));
		w.fx.now = due;
		assert_int_equal(fire(&w, 0), ERR_OK);
		assert_int_equal(w.incident->urges, 1);
		assert_string_equal(clock_label(&w.fx.rules, cases[i].kind), always[i].label);
		/* what concerns the limits of steps does not concern them */
		if (strcmp(cases[i].kind, "review") != 0) {
			must(&w, "fix", "chief", "urgency=flash");
			assert_true(clock_of(&w, cases[i].kind)->due == due);
			assert_true(clock_of(&w, cases[i].kind)->stopped_at == 0);
		}
		w.fx.rules.always.n_clocks = 0;
		assert_int_equal(clock_fires(&w.fx.rules, w.incident, NULL, due, firings), 0);
		fixture_release(&w.fx);
	}
}

/* The case is closed, the receipt is still owed; what the steps' clocks wanted is over. */
static void it_is_owed_when_closed_too(void **state)
{
	struct firing firings[FIRINGS_MAX];
	struct world w;

	(void)state;
	allow_beside(&w);
	must(&w, "notify", "chief", "recipient=zj\nwords=有雨");
	w.incident->open = false;
	assert_int_equal(fires(&w, "2026-12-01 18:00", firings), 2);
	assert_string_equal(firings[1].clock->kind, "receipt");
	w.fx.now = fixture_time("2026-11-23 11:30");
	assert_true(clock_next_fire(&w.fx.rules, w.incident, NULL, w.fx.now) == w.fx.now);
	assert_int_equal(fire(&w, 0), ERR_OK);
	assert_int_equal(fire(&w, 0), ERR_OK);
	assert_true(w.incident->listed_at == w.fx.now);
	assert_int_equal(fires(&w, "2026-12-01 18:00", firings), 0);
	assert_int_equal(clock_next_fire(&w.fx.rules, w.incident, NULL, w.fx.now), 0);
	fixture_release(&w.fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_fire_in_order),
		cmocka_unit_test(each_fires_once),
		cmocka_unit_test(what_is_not_reached_is_refused),
		cmocka_unit_test(an_extension_lets_marks_fire_again),
		cmocka_unit_test(pauses_and_the_shelf_hold_marks_back),
		cmocka_unit_test(quiet_hours_are_for_the_minor),
		cmocka_unit_test(no_reminder_at_midnight),
		cmocka_unit_test(history_presses_nobody),
		cmocka_unit_test(used_goes_with_the_due),
		cmocka_unit_test(a_stored_clock_is_explained),
		cmocka_unit_test(what_is_owed_beside_the_flow_fires),
		cmocka_unit_test(it_is_owed_when_closed_too),
	};

	return cmocka_run_group_tests_name("domain/mark", tests, NULL, NULL);
}
