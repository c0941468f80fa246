/* Clocks of an incident: when they start and stop, shares, limits by mode, organisation, calendar. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "clocks_help.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/env.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/mark.h"

/* --- when a clock starts --------------------------------------------------------------------- */

static const struct {
	const char *step, *verb, *actor, *args, *phone; /* who was on the telephone */
	const char *clock;
	bool at_once; /* from the claimed moment; else from when the server has it */
} starts[] = {
	/* the centre's own next clock, the holder's, and the holder's who was told by telephone */
	{ "accept", "accept", "duty", "", NULL, "assign", true },
	{ "assign", "assign", "duty", "holder=sw", NULL, "sign", false },
	{ "sign", "sign", "water", "", NULL, "handle", true },
	{ "sign", "sign", "duty", "", NULL, "handle", false },
	{ "sign", "sign", "duty", "", "sw", "handle", true },
	{ "handle", "handle", "water", "result=好了", NULL, "verify", false },
	{ "handle", "handle", "duty", "result=好了", "sw", "verify", true }, /* the centre wrote it */
	{ NULL, "register", "street", "title=积水", NULL, "accept", false },
	{ NULL, "register", "duty", "title=积水", NULL, "accept", true },
};

static void no_clock_starts_before_it_can_be_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
		const struct clock *clock;
		struct world w;

		world_begin(&w, starts[i].step);
		world_at(&w, "2026-11-24 05:00"); /* the line was cut from 02:00 on */
		w.eff = fixture_time("2026-11-24 02:00");
		w.phone.org = starts[i].phone;
		w.phone.rung = starts[i].phone != NULL ? "老王" : NULL;
		world_must(&w, starts[i].verb, starts[i].actor, starts[i].args);
		clock = world_clock(&w, starts[i].clock, NULL);
		assert_non_null(clock);
		if (clock->started_at != (starts[i].at_once ? w.eff : w.fx.now))
			fail_msg("%zu: %s by %s", i, starts[i].verb, starts[i].actor);
		assert_true(clock->due > clock->started_at);
		for (size_t c = 0; c < w.incident->clocks.n; c++) {
			clock = incident_clock(w.incident, c);
			assert_true(clock->stopped_at == 0 || clock->stopped_at >= clock->started_at);
		}
		world_end(&w);
	}
}

/* A clock that starts at night, at lunch, on a holiday has all its time before it. */
static void a_start_outside_working_hours_is_no_zero(void **state)
{
	static const struct {
		const char *when, *due;
	} cases[] = {
		{ "2026-11-23 22:00", "2026-11-24 13:30" }, { "2026-11-23 12:30", "2026-11-23 17:00" },
		{ "2026-11-21 10:00", "2026-11-23 13:30" }, { "2026-10-01 10:00", "2026-10-08 13:30" },
		{ "2026-11-23 17:30", "2026-11-24 13:30" }, { "2026-11-23 05:00", "2026-11-23 13:30" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world w;

		world_begin(&w, "accept");
		world_at(&w, cases[i].when);
		world_must(&w, "accept", "duty", "");
		world_due(&w, "assign", cases[i].due); /* 240wm */
		world_end(&w);
	}
}

/* --- verbs inside a step, clocks beside --------------------------------------------------------- */

static void verbs_start_and_stop_clocks(void **state)
{
	static const char *const contact[] = { "contact", NULL }, *const arrive[] = { "arrive", NULL };
	static const char *const dispatch[] = { "dispatch", NULL };
	struct clock_rule *rule;
	struct world w;

	(void)state;
	world_begin(&w, NULL);
	world_rule(&w, "handle", "contact")->stops = contact;
	rule = world_add_rule(&w, "handle", "arrive", "1h", WHO_HOLDER);
	rule->starts = dispatch;
	rule->stops = arrive;
	w.incident = fixture_incident(&w.fx, "handle");
	assert_non_null(world_clock(&w, "contact", NULL));
	assert_null(world_clock(&w, "arrive", NULL));
	assert_string_equal(w.incident->due_clock, "contact");
	w.fx.now += 10 * MINUTE_MS;
	world_must(&w, "contact", "water", "");
	assert_null(world_clock(&w, "contact", NULL));
	assert_string_equal(w.incident->due_clock, "handle");
	world_must(&w, "dispatch", "water", "unit=抢修队");
	world_due(&w, "arrive", "2026-11-23 11:10");
	w.fx.now += 10 * MINUTE_MS;
	world_must(&w, "dispatch", "water", "unit=二队");
	world_due(&w, "arrive", "2026-11-23 11:10"); /* it runs already */
	/* the class changes: what was done is not asked again */
	world_must(&w, "fix", "duty", "urgency=特急");
	assert_null(world_clock(&w, "contact", NULL));
	world_must(&w, "arrive", "water", "");
	assert_null(world_clock(&w, "arrive", NULL));
	world_end(&w);
}

/* Nobody waits for a signature that was given: by the act that leads here, or before a rework. */
static void what_was_done_is_not_waited_for(void **state)
{
	static const char *const sign[] = { "sign", NULL };
	struct world w;

	(void)state;
	world_begin(&w, NULL);
	world_add_rule(&w, "handle", "signed", "30m", WHO_HOLDER)->stops = sign;
	world_add_rule(&w, "handle", "watched", "30m", WHO_CENTRE)->stops = sign;
	w.incident = fixture_incident(&w.fx, "handle"); /* by signing */
	assert_null(world_clock(&w, "signed", NULL));
	assert_null(world_clock(&w, "watched", NULL));
	world_must(&w, "handle", "water", "result=好了");
	world_must(&w, "verify_no", "other", "reason=没好");
	assert_string_equal(w.incident->step, "handle");
	assert_null(world_clock(&w, "signed", NULL));
	assert_non_null(world_clock(&w, "handle", NULL));
	world_end(&w);
	world_begin(&w, NULL); /* but a new holder has not */
	world_add_rule(&w, "handle", "signed", "30m", WHO_HOLDER)->stops = sign;
	world_act(&w, "assign", "assign")->to = "handle";
	w.incident = fixture_incident(&w.fx, "assign");
	world_must(&w, "assign", "duty", "holder=sw");
	assert_non_null(world_clock(&w, "signed", NULL));
	world_end(&w);
}

static void clocks_beside_run_on(void **state)
{
	static const char *const close[] = { "close", NULL };
	struct world w;

	(void)state;
	world_begin(&w, NULL);
	/* one over several steps, one that ends with its step */
	world_add_rule(&w, "accept", "whole", "1m", WHO_CENTRE)->stops = close;
	world_rule(&w, "accept", "whole")->side = true;
	world_add_rule(&w, "accept", "short", "1m", WHO_CENTRE)->side = true;
	w.incident = fixture_incident(&w.fx, "accept");
	assert_non_null(world_clock(&w, "whole", NULL));
	assert_non_null(world_clock(&w, "short", NULL));
	assert_string_equal(w.incident->due_clock, "accept"); /* those beside do not count */
	world_must(&w, "accept", "duty", "");
	assert_non_null(world_clock(&w, "whole", NULL));
	assert_null(world_clock(&w, "short", NULL));
	world_must(&w, "assign", "duty", "holder=sw");
	world_must(&w, "sign", "water", "");
	assert_non_null(world_clock(&w, "whole", NULL));
	assert_true(w.incident->due != world_clock(&w, "whole", NULL)->due);
	world_must(&w, "handle", "water", "result=好了");
	world_must(&w, "verify_ok", "other", "");
	world_must(&w, "close", "duty", "satisfaction=满意");
	assert_null(world_clock(&w, "whole", NULL));
	world_end(&w);
}

/* --- shares ---------------------------------------------------------------------------------- */

/* The step "handle" as work of several departments. */
static void share_world(struct world *w)
{
	struct step *step;

	world_begin(w, NULL);
	step = (struct step *)(uintptr_t)rules_step(&w->fx.rules, "handle");
	step->shares = true;
	step->n_clocks = 0;
	world_add_rule(w, "handle", "sign", "30m", WHO_SHARE);
	world_add_rule(w, "handle", "handle", "5wd", WHO_SHARE);
	world_act(w, "assign", "assign")->to = "handle";
	world_act(w, "handle", "handle")->who = WHO_SHARE;
	fixture_allow(&w->fx, "pause coassign contact note sign");
	((struct flow_act *)(uintptr_t)w->fx.rules.always.acts)[4].who = WHO_SHARE;
	w->incident = fixture_incident(&w->fx, "assign");
	world_must(w, "assign", "duty", "holder=sw\nassist=zj");
}

static void each_share_has_its_clocks(void **state)
{
	const struct clock *clock;
	struct world w;

	(void)state;
	share_world(&w);
	assert_non_null(world_clock(&w, "sign", "sw"));
	assert_non_null(world_clock(&w, "sign", "zj"));
	clock = world_clock(&w, "handle", "zj");
	assert_non_null(clock);
	assert_non_null(clock->about);
	w.fx.now += 5 * MINUTE_MS;
	world_must(&w, "sign", "roads", "");
	assert_null(world_clock(&w, "sign", "zj"));
	assert_non_null(world_clock(&w, "sign", "sw"));
	world_must(&w, "sign", "water", "");
	assert_null(world_clock(&w, "sign", "sw"));
	world_must(&w, "handle", "roads", "result=好了");
	assert_null(world_clock(&w, "handle", "zj"));
	assert_non_null(world_clock(&w, "handle", "sw"));
	/* one that comes later has its own time */
	w.fx.now += 5 * MINUTE_MS;
	world_must(&w, "coassign", "duty", "assist=ll");
	clock = world_clock(&w, "sign", "ll");
	assert_non_null(clock);
	assert_int_equal(clock->started_at, w.fx.now);
	assert_string_equal(w.incident->due_clock, "sign");
	/* a change of class starts nothing that is done */
	world_must(&w, "fix", "duty", "urgency=特急");
	assert_null(world_clock(&w, "handle", "zj"));
	assert_null(world_clock(&w, "sign", "sw"));
	world_end(&w);
}

static void a_share_done_again_has_its_clock_again(void **state)
{
	struct world w;
	struct flow_act *no;

	(void)state;
	share_world(&w);
	no = world_act(&w, "verify", "verify_no");
	no->guards = NULL;
	no->n_guards = 0;
	((struct step *)(uintptr_t)rules_step(&w.fx.rules, "verify"))->shares = true;
	world_must(&w, "sign", "roads", "");
	world_must(&w, "sign", "water", "");
	world_must(&w, "handle", "roads", "result=好了");
	world_must(&w, "handle", "water", "result=好了");
	assert_string_equal(w.incident->step, "verify");
	assert_null(world_clock(&w, "handle", NULL));
	w.fx.now += HOUR_MS;
	world_must(&w, "verify_no", "other", "reason=没好\nshare=zj");
	assert_string_equal(w.incident->step, "handle");
	assert_non_null(world_clock(&w, "handle", "zj"));
	assert_int_equal(world_clock(&w, "handle", "zj")->started_at, w.fx.now);
	assert_null(world_clock(&w, "handle", "sw")); /* the work of the other stands */
	assert_null(world_clock(&w, "sign", "zj"));
	world_end(&w);
}

/* --- limits: modes, organisations, calendars of their own ----------------------------------------- */

static void modes_hurry_clocks_that_start(void **state)
{
	static const struct {
		const char *mode, *urgency, *due, *row;
	} cases[] = {
		{ NULL, "平", "2026-11-23 10:30", "30m" },
		{ "war2", "平", "2026-11-23 10:15", "30m; 战时Ⅲ 50%" },
		{ "war1", "平", "2026-11-23 10:12", "战时Ⅰ 12m" },
		{ "war1", "特急", "2026-11-23 10:10", "10m" }, /* sooner as it is */
		{ "peace", "平", "2026-11-23 10:30", "30m" },
	};
	static struct mode_limit half[] = { { "sign", 50, { LIMIT_NONE, 0, -1 } } };
	static struct mode_limit short_[] = { { "sign", 0, { LIMIT_MINUTES, 12, -1 } } };
	static const struct mode_rule modes[] = {
		{ .code = "peace", .label = "平时" },
		{ .code = "war2", .label = "战时Ⅲ", .limits = half, .n_limits = 1 },
		{ .code = "war1", .label = "战时Ⅰ", .limits = short_, .n_limits = 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world w;

		world_begin(&w, NULL);
		w.fx.rules.modes = modes;
		w.fx.rules.n_modes = ARRAY_LEN(modes);
		w.incident = fixture_incident(&w.fx, "accept");
		world_must(&w, "fix", "duty",
		     arena_printf(&w.fx.arena, "urgency=%s", cases[i].urgency));
		world_must(&w, "accept", "duty", "");
		w.mode = cases[i].mode;
		world_must(&w, "assign", "duty", "holder=sw");
		world_due(&w, "sign", cases[i].due);
		assert_string_equal(world_clock(&w, "sign", NULL)->row, cases[i].row);
		/* running dues stand when the mode changes, also when the class is looked at again */
		w.mode = "war1";
		world_must(&w, "fix", "duty", "category=0301");
		world_due(&w, "sign", cases[i].due);
		world_end(&w);
	}
}

static void rows_choose_by_organisation_and_own_calendar(void **state)
{
	static const struct calendar_day naadam[] = { { 20781, false, "那达慕" } }; /* 2026-11-24 */
	static struct named_calendar calendars[] = { { .name = "banner",
						       .days = { .days = naadam, .n_days = 1 } } };
	static struct named_hours hours[] = {
		{ "window", { .span = { { 9 * 60, 11 * 60 }, { 14 * 60, 16 * 60 } }, .n = 2 } },
	};
	struct limit_row *rows;
	struct clock_rule *rule;
	const struct clock *clock;
	struct world w;

	(void)state;
	world_begin(&w, NULL);
	calendars[0].days.under = w.fx.rules.calendar;
	w.fx.rules.calendars = calendars;
	w.fx.rules.n_calendars = 1;
	w.fx.rules.hours_sets = hours;
	w.fx.rules.n_hours_sets = 1;
	rule = world_rule(&w, "handle", "handle");
	rows = arena_array(&w.fx.arena, 2, sizeof *rows);
	rows[0] = (struct limit_row){ .category = "", .org = "sw", .words = "org=sw 1wd",
				      .limit = { LIMIT_WORK_DAYS, 1, -1 } };
	rows[1] = (struct limit_row){ .category = "", .words = "9wd",
				      .limit = { LIMIT_WORK_DAYS, 9, -1 } };
	rule->rows = rows;
	rule->n_rows = 2;
	rule->calendar = "banner";
	rule->hours = "window";
	w.incident = fixture_incident(&w.fx, "handle");
	clock = world_clock(&w, "handle", NULL);
	assert_string_equal(clock->row, "org=sw 1wd");
	assert_string_equal(clock->calendar, "banner");
	assert_string_equal(clock->hours, "window");
	world_due(&w, "handle", "2026-11-25 16:00"); /* not the 24th, and to the end of the window */
	/* what is a holiday, what working time, is by its own calendar and hours too */
	rows[0] = (struct limit_row){ .category = "", .words = "holiday 1h", .period = PERIOD_HOLIDAY,
				      .limit = { LIMIT_MINUTES, 60, -1 } };
	rows[1] = (struct limit_row){ .category = "", .words = "work 2h", .period = PERIOD_WORK,
				      .limit = { LIMIT_MINUTES, 120, -1 } };
	world_at(&w, "2026-11-24 10:00");
	w.incident = fixture_incident(&w.fx, "handle");
	world_due(&w, "handle", "2026-11-24 11:00");
	world_at(&w, "2026-11-25 10:00");
	w.incident = fixture_incident(&w.fx, "handle");
	world_due(&w, "handle", "2026-11-25 12:00");
	world_at(&w, "2026-11-25 11:30"); /* the window is closed */
	w.incident = fixture_incident(&w.fx, "handle");
	assert_null(world_clock(&w, "handle", NULL));
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_clock_starts_before_it_can_be_known),
		cmocka_unit_test(a_start_outside_working_hours_is_no_zero),
		cmocka_unit_test(verbs_start_and_stop_clocks),
		cmocka_unit_test(what_was_done_is_not_waited_for),
		cmocka_unit_test(clocks_beside_run_on),
		cmocka_unit_test(each_share_has_its_clocks),
		cmocka_unit_test(a_share_done_again_has_its_clock_again),
		cmocka_unit_test(modes_hurry_clocks_that_start),
		cmocka_unit_test(rows_choose_by_organisation_and_own_calendar),
	};

	return cmocka_run_group_tests_name("domain/clocks", tests, NULL, NULL);
}
