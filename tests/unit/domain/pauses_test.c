/* Pauses, the shelf, extensions, and that a change of class keeps them. */
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

/* --- pauses ---------------------------------------------------------------------------------- */

static void a_pause_moves_the_due_at_once(void **state)
{
	struct world w;

	(void)state;
	world_begin(&w, "handle"); /* Monday 11-23 10:00, 5wd: Monday 11-30 */
	world_due(&w, "handle", "2026-11-30 17:30");
	world_at(&w, "2026-11-23 16:00");
	world_must(&w, "pause", "water", "until=2026-11-25 09:00\nreason=等来件人");
	world_due(&w, "handle", "2026-12-01 17:30"); /* the 24th does not count */
	assert_int_equal(w.incident->paused_until, fixture_time("2026-11-25 09:00"));
	/* the other clock, in working minutes, stands too: 10:00 to 11:30 was over already */
	world_due(&w, "contact", "2026-11-23 11:30");
	world_at(&w, "2026-11-24 08:30");
	world_must(&w, "resume", "water", "");
	world_due(&w, "handle", "2026-11-30 17:30"); /* but now it does */
	assert_int_equal(w.incident->paused_until, 0);
	/* it ends by itself */
	world_at(&w, "2026-11-24 10:00");
	world_must(&w, "pause", "water", "until=2026-11-24 18:00\nreason=等来件人");
	world_due(&w, "handle", "2026-12-01 17:30");
	world_at(&w, "2026-11-25 10:00");
	assert_int_equal(world_try(&w, "resume", "water", ""), ERR_REFUSED);
	world_must(&w, "pause", "water", "until=2026-11-25 18:00\nreason=又等");
	world_due(&w, "handle", "2026-12-02 17:30");
	world_end(&w);
}

static void pauses_are_refused(void **state)
{
	static const struct {
		const char *args, *word;
		enum err code;
	} cases[] = {
		{ "until=2026-11-23 09:59\nreason=x", "ahead", ERR_INPUT },
		{ "until=2028-01-01\nreason=x", "366", ERR_INPUT },
		{ "reason=x", "Until", ERR_INPUT },
		{ "until=2026-11-25", "Reason", ERR_INPUT },
		{ "until=2026-11-25\nreason=x", "", ERR_OK },
		{ "until=2026-11-26\nreason=x", "11-25 00:00", ERR_REFUSED }, /* again */
	};
	struct world w;

	(void)state;
	world_begin(&w, "handle");
	assert_int_equal(world_try(&w, "resume", "water", ""), ERR_REFUSED);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum err code = world_try(&w, "pause", "water", cases[i].args);
		if (code != cases[i].code || strstr(w.err.text, cases[i].word) == NULL)
			fail_msg("%s: %d %s", cases[i].args, code, w.err.text);
	}
	world_end(&w);
}

static void the_mode_says_who_may_pause(void **state)
{
	static const struct mode_rule modes[] = {
		{ .code = "peace", .label = "平时", .quiet = true },
		{ .code = "war2", .label = "战时Ⅲ", .pause = "leader" },
		{ .code = "war1", .label = "战时Ⅰ", .pause = "-" },
	};
	static const struct {
		const char *mode, *role; /* rung */
		enum err code;
	} cases[] = {
		{ "war1", NULL, ERR_REFUSED },	 { "war1", "leader", ERR_REFUSED },
		{ "war2", NULL, ERR_REFUSED },	 { "war2", "chief", ERR_REFUSED },
		{ "war2", "leader", ERR_OK },	 { "peace", NULL, ERR_OK },
		{ NULL, NULL, ERR_OK },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct world w;

		world_begin(&w, "handle");
		w.fx.rules.modes = modes;
		w.fx.rules.n_modes = ARRAY_LEN(modes);
		w.mode = cases[i].mode;
		w.phone.role = cases[i].role;
		w.phone.rung = cases[i].role != NULL ? "周区长" : NULL;
		assert_int_equal(world_try(&w, "pause", "duty", "until=2026-11-25\nreason=x"),
				 cases[i].code);
		world_end(&w);
	}
}

static void the_shelf_takes_the_dues_away(void **state)
{
	struct world w;

	(void)state;
	world_begin(&w, "handle");
	world_at(&w, "2026-11-23 16:00");
	assert_int_equal(world_try(&w, "shelve", "duty", "review_at=2026-11-23 15:00\nreason=x"), ERR_INPUT);
	world_must(&w, "shelve", "duty", "review_at=2027-03-01 09:00\nreason=待拆迁");
	world_due(&w, "handle", NULL);
	world_due(&w, "contact", NULL);
	world_due(&w, "review", "2027-03-01 09:00");
	assert_int_equal(w.incident->due, fixture_time("2027-03-01 09:00"));
	assert_string_equal(w.incident->due_clock, "review");
	assert_int_equal(w.incident->shelved_at, w.fx.now);
	assert_int_equal(world_try(&w, "shelve", "duty", "review_at=2027-04-01\nreason=x"), ERR_REFUSED);
	assert_int_equal(world_try(&w, "pause", "duty", "until=2026-11-25\nreason=x"), ERR_REFUSED);
	assert_int_equal(world_try(&w, "resume", "duty", ""), ERR_REFUSED);
	/* a correction of the class does not bring a due back */
	world_must(&w, "fix", "duty", "urgency=急");
	world_due(&w, "handle", NULL);
	world_at(&w, "2026-11-25 10:00");
	world_must(&w, "unshelve", "duty", "reason=已定");
	world_due(&w, "handle", "2026-12-01 17:30"); /* one working day ended on the shelf */
	assert_null(world_clock(&w, "review", NULL));
	assert_int_equal(w.incident->shelved_at, 0);
	assert_int_equal(w.incident->review_at, 0);
	assert_int_equal(world_try(&w, "unshelve", "duty", "reason=x"), ERR_REFUSED);
	world_end(&w);
}

static void a_new_step_is_not_paused(void **state)
{
	struct world w;

	(void)state;
	world_begin(&w, "handle");
	world_at(&w, "2026-11-23 16:00");
	world_must(&w, "pause", "water", "until=2026-11-27 09:00\nreason=等来件人");
	world_at(&w, "2026-11-24 10:00");
	world_must(&w, "handle", "water", "result=好了");
	assert_int_equal(w.incident->paused_until, 0);
	world_due(&w, "verify", "2026-11-25 17:30");
	world_end(&w);
}

/* --- paused time lost on a change of class ----------------------------------------------------- */

static void a_change_of_class_keeps_pauses_and_extensions(void **state)
{
	struct world w;

	(void)state;
	world_begin(&w, "handle");
	world_at(&w, "2026-11-23 16:00");
	world_must(&w, "pause", "water", "until=2026-11-25 09:00\nreason=等来件人");
	world_at(&w, "2026-11-25 10:00");
	world_must(&w, "extend_ask", "water", "extend_by=2wd\nreason=缺件");
	world_must(&w, "extend_ok", "chief", "");
	world_due(&w, "handle", "2026-12-03 17:30"); /* 5wd, one paused, 2wd more */
	world_must(&w, "fix", "duty", "category=0301"); /* 3wd */
	world_due(&w, "handle", "2026-12-01 17:30");
	assert_string_equal(world_clock(&w, "handle", NULL)->extended, "2wd");
	assert_int_equal(w.incident->pauses.n, 1);
	world_must(&w, "fix", "duty", "urgency=特急"); /* 4h from 10:00 of the 23rd, then 2wd */
	world_due(&w, "handle", "2026-11-26 17:30");
	world_must(&w, "fix", "duty", "urgency=平\ncategory=99");
	world_due(&w, "handle", "2026-12-03 17:30");
	assert_int_equal(world_clock(&w, "handle", NULL)->started_at, fixture_time("2026-11-23 10:00"));
	world_end(&w);
}

/* By chance: whatever is done, the stored due is that of the stored limit, pauses, extensions; the
 * explanation ends with it; a class changed and changed back is as if nothing had been. */
static void dues_are_the_sum_of_what_is_stored(void **state)
{
	static const char *const classes[] = { "urgency=特急", "urgency=平", "urgency=急",
					       "category=0301", "category=99", "severity=重大" };
	struct env_fixed seed = { .seed = 7 };
	struct env env = env_fixed(&seed);

	(void)state;
	for (int i = 0; i < 60; i++) {
		struct world w;

		world_begin(&w, "handle");
		for (int n = 0; n < 12; n++) {
			const char *args = NULL;
			const struct clock *clock;
			struct str text = STR_INIT;
			char due[CIVIL_TEXT];
			size_t pauses = w.incident->pauses.n;
			int64_t before;

			w.fx.now += (int64_t)env_below(&env, 1200) * MINUTE_MS;
			switch (env_below(&env, 5)) {
			case 0:
				civil_iso(w.fx.now + (1 + (int64_t)env_below(&env, 3000)) * MINUTE_MS,
					  CIVIL_CHINA, due);
				args = arena_printf(&w.fx.arena, "until=%s\nreason=x", due);
				before = world_clock(&w, "handle", NULL)->due;
				if (world_try(&w, "pause", "water", args) == ERR_OK)
					assert_true(world_clock(&w, "handle", NULL)->due >= before);
				break;
			case 1:
				(void)world_try(&w, "resume", "water", "");
				break;
			case 2:
				before = world_clock(&w, "handle", NULL)->due;
				world_must(&w, "extend_ask", "water", "extend_by=1wd\nreason=x");
				w.phone = (struct by_phone){ .role = "leader", .rung = "周区长" };
				world_must(&w, "extend_ok", "duty", "");
				w.phone = (struct by_phone){ .role = NULL };
				assert_true(world_clock(&w, "handle", NULL)->due > before);
				break;
			default:
				args = classes[env_below(&env, ARRAY_LEN(classes))];
				world_must(&w, "fix", "duty", args);
				assert_int_equal(w.incident->pauses.n, pauses);
				break;
			}
			clock = world_clock(&w, "handle", NULL);
			assert_int_equal(clock->due, clock_due(&w.fx.rules, w.incident, clock).at);
			clock_explain(&w.fx.rules, w.incident, clock, &text);
			civil_format(clock->due, CIVIL_CHINA, "Y-m-d", due, sizeof due);
			text.s[text.len - 1] = '\0';
			assert_non_null(strstr(strrchr(text.s, '\n') + 1, due));
			str_release(&text);
		}
		world_end(&w);
	}
}

/* --- extensions ------------------------------------------------------------------------------ */

static void extensions_need_a_rank(void **state)
{
	static const struct {
		const char *verb, *actor, *rung, *args;
		enum err code;
		const char *word; /* in the refusal; else the due */
	} cases[] = {
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "nobody waits" },
		{ "extend_ask", "water", NULL, "extend_by=x\nreason=缺件", ERR_INPUT, "x" },
		{ "extend_ask", "water", NULL, "extend_by=2h@08:30\nreason=缺件", ERR_INPUT, "3wd" },
		{ "extend_ask", "water", NULL, "extend_by=6wd\nreason=缺件", ERR_OK, "2026-11-30 17:30" },
		{ "extend_ask", "water", NULL, "extend_by=1wd\nreason=缺件", ERR_REFUSED, "6wd" },
		{ "extend_ok", "duty", NULL, "granted=2wd", ERR_REFUSED, "值班长" },
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "带班领导" },
		{ "extend_ok", "chief", NULL, "granted=8d", ERR_REFUSED, "带班领导" },
		{ "extend_ok", "chief", NULL, "granted=2wd", ERR_OK, "2026-12-02 17:30" },
		{ "extend_ask", "water", NULL, "extend_by=1wd\nreason=还缺", ERR_OK, "2026-12-02 17:30" },
		{ "extend_ok", "chief", NULL, "", ERR_REFUSED, "带班领导" }, /* the second */
		{ "extend_no", "chief", NULL, "reason=够了", ERR_OK, "2026-12-02 17:30" },
		{ "extend_no", "chief", NULL, "reason=够了", ERR_REFUSED, "has refused it already" },
		{ "extend_ask", "water", NULL, "extend_by=1wd\nreason=还缺", ERR_OK, "2026-12-02 17:30" },
		{ "extend_ok", "duty", "leader", "granted=10wd", ERR_OK, "2026-12-16 17:30" },
	};
	struct world w;

	(void)state;
	world_begin(&w, "handle");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum err code;

		w.phone = (struct by_phone){ .role = cases[i].rung,
					     .rung = cases[i].rung != NULL ? "周区长" : NULL };
		code = world_try(&w, cases[i].verb, cases[i].actor, cases[i].args);
		if (code != cases[i].code)
			fail_msg("%zu: %s", i, w.err.text);
		if (code == ERR_OK)
			world_due(&w, "handle", cases[i].word);
		else if (strstr(w.err.text, cases[i].word) == NULL)
			fail_msg("%zu: %s", i, w.err.text);
	}
	assert_int_equal(w.incident->extensions, 2);
	assert_int_equal(w.incident->asked_at, 0);
	assert_int_equal(w.incident->asked.n, 3);
	assert_string_equal(world_clock(&w, "handle", NULL)->extended, "2wd 10wd");
	world_end(&w);
}

static void what_was_asked_ends_with_the_clock(void **state)
{
	struct world w;

	(void)state;
	world_begin(&w, "handle");
	world_must(&w, "extend_ask", "water", "extend_by=2wd\nreason=缺件");
	assert_int_equal(w.incident->asked_at, w.fx.now);
	world_must(&w, "handle", "water", "result=好了");
	assert_int_equal(w.incident->asked_at, 0);
	assert_int_equal(world_try(&w, "extend_ok", "chief", ""), ERR_REFUSED);
	assert_int_equal(world_try(&w, "extend_ask", "water", "extend_by=2wd\nreason=x"), ERR_REFUSED);
	world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pause_moves_the_due_at_once),
		cmocka_unit_test(pauses_are_refused),
		cmocka_unit_test(the_mode_says_who_may_pause),
		cmocka_unit_test(the_shelf_takes_the_dues_away),
		cmocka_unit_test(a_new_step_is_not_paused),
		cmocka_unit_test(a_change_of_class_keeps_pauses_and_extensions),
		cmocka_unit_test(dues_are_the_sum_of_what_is_stored),
		cmocka_unit_test(extensions_need_a_rank),
		cmocka_unit_test(what_was_asked_ends_with_the_clock),
	};

	return cmocka_run_group_tests_name("domain/pauses", tests, NULL, NULL);
}
