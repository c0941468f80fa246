/* Pressing for a whistle: urges, supervision by ladder and by parallel channels, answers, lifting;
 * proposals; calls; time marks, quiet hours. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "whistles.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/whistle_fire.h"

static const struct channel channels[] = {
	{ .code = "sheet", .label = "督办单", .role = "chief", .answer = { LIMIT_WORK_DAYS, 3, -1 },
	  .rank = 1 },
	{ .code = "card", .label = "黄牌", .role = "leader", .points = 5, .rank = 2 },
	{ .code = "talk", .label = "约谈", .role = "chief", .answer = { LIMIT_DAYS, 1, -1 } },
	{ .code = "press", .label = "一事一评议", .role = "chief" },
};

static const struct timeout_row report_in[] = {
	{ 75, TIMEOUT_URGE }, { 100, TIMEOUT_PROPOSE }, { 150, TIMEOUT_LIST }
};
static const struct timeout_row sign[] = { { 100, TIMEOUT_URGE } };
static const struct clock_rule clocks[] = {
	{ .kind = "sign", .label = "签收", .timeouts = sign, .n_timeouts = ARRAY_LEN(sign) },
	{ .kind = "report_in", .label = "报到", .timeouts = report_in,
	  .n_timeouts = ARRAY_LEN(report_in) },
};

static int setup(void **state)
{
	static struct whistles w;

	whistles_init(&w);
	w.fx.rules.channels = channels;
	w.fx.rules.n_channels = ARRAY_LEN(channels);
	whistles_summons(&w, "whistle")->clocks = clocks;
	whistles_summons(&w, "whistle")->n_clocks = ARRAY_LEN(clocks);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	whistles_release(*state);
	return 0;
}

static const struct supervision *paper(const struct whistles *w, size_t i)
{
	return (const struct supervision *)w->whistle->supervisions.items + i;
}

/* --- supervision ----------------------------------------------------------------------------- */

static void a_ladder_rises_department_by_department(void **state)
{
	static const struct whistles_step steps[] = {
		{ "supervise", "chief", "channel=none\nwords=x\nshare=sw", ERR_INPUT,
		  "督办单, 黄牌, 约谈, 一事一评议" },
		{ "supervise", "duty", "channel=sheet\nwords=x\nshare=sw", ERR_DENIED,
		  "督办单 needs at least the role 值班长" },
		{ "supervise", "mayor", "channel=sheet\nwords=x\nshare=sw", ERR_DENIED,
		  "联动指挥中心" },
		{ "supervise", "chief", "channel=sheet\nwords=x\nshare=jt", ERR_REFUSED, "区交通局" },
		{ "supervise", "chief",
		  "channel=sheet\nwords=x\nshare=sw\nanswer_by=2026-11-20 10:00", ERR_INPUT,
		  "must lie ahead" },
		{ "supervise", "chief", "channel=督办单\nwords=限期报到\nshare=sw", ERR_OK, NULL },
		{ "supervise", "chief", "channel=sheet\nwords=再办\nshare=sw", ERR_REFUSED,
		  "督办单 is in force" },
		/* another department's ladder is another */
		{ "supervise", "chief", "channel=sheet\nwords=限期\nshare=zj", ERR_OK, NULL },
		{ "supervise", "chief", "channel=card\nwords=黄牌\nshare=sw", ERR_DENIED, "带班领导" },
		{ "supervise", "leader", "channel=card\nwords=黄牌\nshare=sw", ERR_OK, NULL },
		{ "supervise", "chief", "channel=sheet\nwords=降\nshare=sw", ERR_REFUSED, "in force" },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->supervisions.n, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(paper(w, i)->number, i + 1);
	assert_string_equal(paper(w, 0)->org, "sw");
	assert_string_equal(paper(w, 1)->org, "zj");
	assert_int_equal(paper(w, 2)->points, 5);
	assert_true(paper(w, 0)->due == fixture_time("2026-11-26 17:30"));
	assert_int_equal(paper(w, 2)->due, 0); /* a card asks for no answer */
	assert_string_equal(w->whistle->supervised, "card");
}

static void parallel_channels_stand_beside_each_other(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "supervise", "chief", "channel=talk\nwords=x\nshare=sw");
	whistles_must(w, "supervise", "chief", "channel=press\nwords=x\nshare=sw");
	whistles_must(w, "supervise", "chief", "channel=talk\nwords=x\nshare=sw");
	whistles_must(w, "supervise", "chief", "channel=sheet\nwords=x"); /* of the whole: its lead */
	assert_int_equal(w->whistle->supervisions.n, 4);
	assert_string_equal(paper(w, 3)->org, "sw");
}

static void answered_and_lifted(void **state)
{
	static const struct whistles_step steps[] = {
		{ "respond", "water", "words=x", ERR_REFUSED, "no supervision to answer" },
		{ "supervise", "chief", "channel=sheet\nwords=x\nshare=sw", ERR_OK, NULL },
		{ "respond", "roads", "words=x", ERR_REFUSED, "no supervision to answer" },
		{ "respond", "street", "words=x\nshare=sw", ERR_DENIED, "区水务局" },
		{ "respond", "water", "words=已派员", ERR_OK, NULL },
		{ "respond", "water", "words=x", ERR_REFUSED, "no supervision to answer" },
		{ "lift", "duty", "reason=x", ERR_DENIED, "值班长" },
		{ "lift", "chief", "reason=x\nchannel=card", ERR_REFUSED, "to lift" },
		{ "lift", "chief", "reason=x\nshare=zj", ERR_REFUSED, "to lift" },
		{ "lift", "chief", "reason=已报到", ERR_OK, NULL },
		{ "lift", "chief", "reason=x", ERR_REFUSED, "to lift" },
		{ "supervise", "chief", "channel=sheet\nwords=x\nshare=sw", ERR_OK, NULL },
		{ "respond", "duty", "words=水务局来电答复\nshare=sw", ERR_OK, NULL },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_run(w, steps, 5);
	assert_string_equal(paper(w, 0)->answer, "已派员");
	assert_string_equal(paper(w, 0)->answered_by, "王芳");
	whistles_run(w, steps + 5, 5);
	assert_null(w->whistle->supervised);
	assert_int_equal(w->whistle->owed, 0);
	whistles_run(w, steps + 10, 3);
	assert_string_equal(w->whistle->supervised, "sheet");
	assert_int_equal(w->whistle->owed, 1); /* the centre wrote it down for the bureau */
	for (size_t i = 0; i < w->whistle->clocks.n; i++)
		if (strcmp(whistle_clock(w->whistle, i)->kind, "answer") == 0)
			assert_int_not_equal(whistle_clock(w->whistle, i)->stopped_at, 0);
}

/* --- urges, proposals, calls ----------------------------------------------------------------- */

static void urged_called_put_to_the_meeting(void **state)
{
	static const struct whistles_step steps[] = {
		{ "urge", "water", "", ERR_DENIED, "兰陵街道" },
		{ "urge", "street", "share=sw", ERR_OK, NULL },
		{ "urge", "duty", "", ERR_OK, NULL },
		{ "propose", "water", "reason=x", ERR_DENIED, "兰陵街道" },
		{ "propose", "street", "reason=久拖不决", ERR_OK, NULL },
		{ "propose", "duty", "reason=x", ERR_OK, NULL },
		{ "waive", "duty", "reason=x", ERR_DENIED, "值班长" }, /* who may issue what was proposed */
		{ "waive", "chief", "reason=x", ERR_REFUSED, "nothing is proposed" },
		{ "call", "street", "rung= \ngist=x", ERR_INPUT, "Who was rung" },
		{ "call", "street", "rung=王芳\ngist=x\ncalled_at=2026-11-24 10:00", ERR_INPUT,
		  "cannot lie ahead" },
		{ "call", "water", "rung=孙丽\nanswered=孙丽\ngist=路上", ERR_OK, NULL },
		{ "note", "roads", "note=材料已收", ERR_OK, NULL },
		{ "note", "stranger", "note=x", ERR_DENIED, "no organisation" },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->urges, 2);
	assert_true(w->whistle->candidate);
	assert_int_equal(w->whistle->calls.n, 1);
	assert_string_equal(w->whistle->moved_by, "note");
	whistles_must(w, "propose", "duty", "reason=x\noff=yes");
	assert_false(w->whistle->candidate);
}

/* --- time marks ------------------------------------------------------------------------------ */

static enum err fire(struct whistles *w, const struct firing *firing, struct error *err)
{
	struct act act = whistle_firing_act(&w->fx.rules, w->whistle, firing, w->fx.now,
					    &w->fx.arena);
	const struct state state = { .entity = w->whistle };
	const struct moment moment = { w->fx.now, w->fx.now };
	enum err code = decide(&w->fx.rules, &state, &act, &moment, &w->fx.arena, &w->decision, err);

	if (code != ERR_OK)
		return code;
	assert_int_equal(act.desc->target, KIND_WHISTLE);
	return evolve(w->whistle, &w->decision.effects[0], 0, &w->fx.arena, err);
}

/* Fires all there is at a moment; returns how many. */
static size_t fire_all(struct whistles *w, const char *when)
{
	struct firing firings[FIRINGS_MAX];
	struct error err = ERROR_INIT;
	size_t n, all = 0;

	w->fx.now = fixture_time(when);
	while ((n = whistle_fires(&w->fx.rules, w->whistle, w->mode, w->fx.now, firings)) > 0) {
		if (fire(w, &firings[0], &err) != ERR_OK)
			fail_msg("%s", err.text);
		assert_int_equal(fire(w, &firings[0], &err), ERR_REFUSED); /* once */
		all++;
	}
	return all;
}

static void marks_fire_once_each(void **state)
{
	static const struct {
		const char *when;
		size_t fired;
		int64_t urges;
		bool proposed, listed;
	} cases[] = {
		{ "2026-11-23 10:30", 0, 0, false, false },
		{ "2026-11-23 11:02", 3, 3, false, false },  /* three did not sign */
		{ "2026-11-24 15:30", 3, 6, false, false },  /* 75 % of the working time */
		{ "2026-11-24 17:29", 0, 6, false, false },
		{ "2026-11-24 17:30", 3, 6, true, false },
		{ "2026-11-25 17:30", 3, 6, true, true },
		{ "2026-11-26 17:30", 0, 6, true, true },
	};
	struct whistles *w = *state;
	const char *moved;

	whistles_issued(w, "major");
	moved = w->whistle->moved_by;
	assert_true(whistle_next_fire(&w->fx.rules, w->whistle, NULL, w->fx.now) ==
		    fixture_time("2026-11-23 11:02"));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t fired = fire_all(w, cases[i].when);

		if (fired != cases[i].fired || w->whistle->urges != cases[i].urges)
			fail_msg("%s: %zu fired, %d urges", cases[i].when, fired,
				 (int)w->whistle->urges);
		assert_int_equal(w->whistle->proposed_at != 0, cases[i].proposed);
		assert_int_equal(w->whistle->listed_at != 0, cases[i].listed);
	}
	assert_string_equal(w->whistle->moved_by, moved); /* nothing of it moves a whistle */
	whistles_must(w, "waive", "chief", "reason=x");
	assert_int_equal(w->whistle->proposed_at, 0);
	/* of one that is withdrawn nothing fires any more */
	whistles_must(w, "withdraw", "street", "reason=x");
	assert_int_equal(whistle_next_fire(&w->fx.rules, w->whistle, NULL, w->fx.now), 0);
}

static void what_was_done_presses_nobody(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "sign", "water", "");
	whistles_must(w, "sign", "roads", "");
	assert_int_equal(fire_all(w, "2026-11-23 11:30"), 1);
}

static const struct mode_rule modes[] = {
	{ .code = "peace", .label = "平时", .quiet = true },
	{ .code = "war", .label = "战时", .quiet = false },
};

/* The lowest class alone is kept quiet at night, and waits for its end. */
static void quiet_hours_are_for_the_lowest(void **state)
{
	static const struct {
		const char *cls, *mode;
		size_t at_night;
	} cases[] = {
		{ "minor", NULL, 0 }, { "major", NULL, 3 }, { "grave", NULL, 6 }, { "minor", "war", 3 },
	};
	struct whistles *w = *state;
	struct firing firings[FIRINGS_MAX];

	w->fx.rules.modes = modes;
	w->fx.rules.n_modes = ARRAY_LEN(modes);
	w->fx.rules.quiet_from = 22 * 60;
	w->fx.rules.quiet_to = 7 * 60;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		w->whistle = NULL;
		w->mode = NULL;
		w->fx.now = fixture_time("2026-11-23 21:30");
		whistles_issued(w, cases[i].cls);
		w->mode = cases[i].mode;
		assert_int_equal(fire_all(w, "2026-11-24 01:00"), cases[i].at_night);
		if (cases[i].at_night > 0)
			continue;
		assert_true(whistle_next_fire(&w->fx.rules, w->whistle, w->mode, w->fx.now) ==
			    fixture_time("2026-11-24 07:00"));
		assert_int_equal(whistle_fires(&w->fx.rules, w->whistle, w->mode,
					       fixture_time("2026-11-24 07:00"), firings),
				 3);
		assert_true(firings[0].held);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_ladder_rises_department_by_department),
		TEST(parallel_channels_stand_beside_each_other),
		TEST(answered_and_lifted),
		TEST(urged_called_put_to_the_meeting),
		TEST(marks_fire_once_each),
		TEST(what_was_done_presses_nobody),
		TEST(quiet_hours_are_for_the_lowest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
