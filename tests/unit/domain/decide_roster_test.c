/* Rosters as they are set, covered, taken over, moved, filed and chased; their people. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rosters.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

#define ZX "zx centre 2026-12"
#define LL "ll street 2026-12"

static void set(struct rosters *r, const char *args)
{
	rosters_must(r, KIND_ROSTER, "roster", "李敏", ZX, args);
}

static void set_street(struct rosters *r, const char *args)
{
	char words[600];

	snprintf(words, sizeof words, "month=2026-12\n%s", args);
	rosters_must(r, KIND_ROSTER, "roster", "孙丽", LL, words);
}

static void refuse(struct rosters *r, const char *verb, const char *actor, const char *args,
		   enum err code, const char *words)
{
	rosters_refuse(r, KIND_ROSTER, verb, actor, ZX, args, code, words);
}

#define M "month=2026-12\n"

/* ---- setting ---- */

static void a_month_is_begun(void **unused)
{
	struct rosters r;
	const struct roster *roster;
	const struct turn *turn;

	(void)unused;
	rosters_init(&r);
	set(&r, M "cell=2026-12-01 night main 1 - @李敏\ncell=2026-12-01 night chief 1 - @周强 fixed");
	roster = rosters_month(&r, ZX);
	assert_string_equal(roster->org, "zx");
	assert_string_equal(roster->plan, "centre");
	assert_string_equal(roster->month, "2026-12");
	assert_int_equal(roster->starts, fixture_time("2026-12-01"));
	assert_int_equal(roster->ends, fixture_time("2027-01-01"));
	assert_string_equal(roster->set_by, "李敏");
	turn = rosters_turn(&r, "2026-12-01 night main 1");
	assert_string_equal(turn->name, "李敏");
	assert_string_equal(turn->unit, "zx");
	assert_string_equal(turn->how, "hand");
	assert_int_equal(turn->starts, fixture_time("2026-12-01 17:30"));
	assert_int_equal(turn->ends, fixture_time("2026-12-02 08:30"));
	assert_false(turn->locked);
	assert_true(rosters_turn(&r, "2026-12-01 night chief 1")->locked);
	/* once more changes nothing, and only what is named is written */
	set(&r, "month=2026-12\ncell=2026-12-01 night main 1 - @李敏");
	assert_int_equal(r.decision.n_effects, 0);
	set(&r, "month=2026-12\ncell=2026-12-03 night main 1 - @陈静");
	assert_int_equal(r.decision.effects[0].n_children, 1);
	rosters_release(&r);
}

static const struct {
	const char *actor, *target, *args;
	enum err code;
	const char *words;
} first_refused[] = {
	{ "李敏", ZX, "month=2026-11\ncell=2026-11-30 night main 1 - @李敏", ERR_INPUT, "not the roster" },
	{ "李敏", ZX, "month=2026-12\ncell=2027-01-01 night main 1 - @李敏", ERR_INPUT, "no day of" },
	{ "李敏", ZX, "month=12月\ncell=2026-12-01 night main 1 - @李敏", ERR_INPUT, "no month" },
	{ "李敏", ZX, M "cell=2026-12-01 night main 2 - @李敏", ERR_INPUT, "no seat 2" },
	{ "李敏", ZX, M "cell=2026-12-01 day chief 1 - @周强", ERR_INPUT, "no seat 1" },
	{ "李敏", ZX, M "cell=2026-12-01 dusk main 1 - @李敏", ERR_INPUT, "no shift" },
	{ "李敏", ZX, M "cell=2026-12-01 night main 1 - @鬼", ERR_INPUT, "nobody of the people" },
	{ "李敏", ZX, M "cell=2026-12-01 night main 1 @陈静 @李敏", ERR_REFUSED, "nobody stands there" },
	{ "孙丽", ZX, M "org=zx\ncell=2026-12-01 night main 1 - @李敏", ERR_DENIED, "only 联动指挥中心" },
	{ "孙丽", "ql street 2026-12", M "org=ql\ncell=2026-12-01 whole main 1 - @何青", ERR_DENIED,
	  "only 青龙街道" },
	{ "auditor", ZX, M "cell=2026-12-01 night main 1 - @李敏", ERR_DENIED, "" },
	{ "王芳", "sw street 2026-12", M "cell=2026-12-01 whole main 1 - @王芳", ERR_REFUSED, "no roster" },
	{ "李敏", ZX, M "plan_code=other\ncell=2026-12-01 night main 1 - @李敏", ERR_INPUT, "no roster other" },
	{ "李敏", ZX, M "cell=2026-12-01 night chief 1 - @李敏", ERR_REFUSED, "not fit" },
	{ "李敏", ZX, M "cell=2026-12-01 night main 1 - @赵军", ERR_REFUSED, "units that man" },
	{ "李敏", ZX, M "cell=2026-12-01 night main 1 - @李敏\ncell=2026-12-01 night fire 1 - @李敏",
	  ERR_REFUSED, "at that time" },
	{ "李敏", ZX,
	  M "despite=无人可用\ncell=2026-12-01 night main 1 - @李敏\ncell=2026-12-01 night fire 1 - @李敏",
	  ERR_REFUSED, "at that time" },
	{ "李敏", ZX, M "cell=2026-12-01 night main 1 - @李敏\ncell=2026-12-02 day main 1 - @李敏", ERR_REFUSED,
	  "too little rest" },
};

static void what_is_no_roster(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(first_refused); i++) {
		struct rosters r;

		rosters_init(&r);
		rosters_refuse(&r, KIND_ROSTER, "roster", first_refused[i].actor,
			       first_refused[i].target, first_refused[i].args,
			       first_refused[i].code, first_refused[i].words);
		assert_null(rosters_month(&r, first_refused[i].target));
		rosters_release(&r);
	}
}

/* The centre a street's too; whoever found another there is told who it is, and by whom. */
static void another_was_first(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	set_street(&r, "cell=2026-12-01 whole main 1 - @孙丽");
	rosters_must(&r, KIND_ROSTER, "roster", "李敏", LL,
		     "cell=2026-12-01 whole main 1 @孙丽 @沈一");
	rosters_refuse(&r, KIND_ROSTER, "roster", "孙丽", LL,
		       "cell=2026-12-01 whole main 1 @孙丽 -", ERR_REFUSED,
		       "沈一 stands there already, set by 李敏, 11-23 10:02");
	rosters_refuse(&r, KIND_ROSTER, "roster", "孙丽", LL,
		       "cell=2026-12-01 whole main 1 - @孙丽", ERR_REFUSED, "沈一 stands there");
	rosters_must(&r, KIND_ROSTER, "roster", "孙丽", LL, "cell=2026-12-01 whole main 1 @沈一 -");
	assert_string_equal(rosters_who(&r, "ll:2026-12-01 whole main 1"), "-");
	rosters_refuse(&r, KIND_ROSTER, "roster", "李敏", LL,
		       "cell=2026-12-01 whole main 1 @沈一 @孙丽", ERR_REFUSED, "nobody stands there");
	rosters_release(&r);
}

static void despite_the_rules(void **unused)
{
	struct rosters r;
	const struct turn *turn;

	(void)unused;
	rosters_init(&r);
	rosters_staff(&r, "李敏")->weekdays = "12345";
	set(&r, M "cell=2026-12-04 night main 1 - @李敏");
	refuse(&r, "roster", "李敏", "cell=2026-12-05 day main 1 - @李敏", ERR_REFUSED,
	       "too little rest between it and 12-04 夜班; it can be done with a reason");
	set(&r, "cell=2026-12-05 day main 1 - @李敏\ndespite=全员外出");
	turn = rosters_turn(&r, "2026-12-05 day main 1");
	assert_string_equal(turn->despite, "rest shift");
	assert_string_equal(turn->why, "全员外出");
	/* what is set anew and breaks nothing says so no more */
	set(&r, "cell=2026-12-05 day main 1 @李敏 @陈静");
	assert_null(rosters_turn(&r, "2026-12-05 day main 1")->despite);
	rosters_release(&r);
}

static void rules_over_the_border_of_months(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	rosters_must(&r, KIND_ROSTER, "roster", "李敏", "zx centre 2026-11",
		     "month=2026-11\ncell=2026-11-30 night main 1 - @李敏");
	rosters_must(&r, KIND_ROSTER, "roster", "李敏", "zx centre 2027-01",
		     "month=2027-01\ncell=2027-01-01 day main 1 - @陈静");
	refuse(&r, "roster", "李敏", M "cell=2026-12-01 night main 1 - @李敏", ERR_REFUSED,
	       "too little rest between it and 11-30 夜班");
	refuse(&r, "roster", "李敏", M "cell=2026-12-31 night main 1 - @陈静", ERR_REFUSED,
	       "too little rest between it and 01-01 白班");
	set(&r, M "cell=2026-12-02 night main 1 - @李敏\ncell=2026-12-30 night main 1 - @陈静");
	rosters_release(&r);
}

static void the_past_is_corrected_with_a_reason(void **unused)
{
	struct rosters r;
	const struct turn *turn;

	(void)unused;
	rosters_init(&r);
	set(&r, M "cell=2026-12-01 night main 1 - @李敏\ncell=2026-12-02 night main 1 - @陈静");
	r.fx.now = fixture_time("2026-12-02 09:00");
	refuse(&r, "roster", "李敏", "cell=2026-12-01 night main 1 @李敏 @王芳", ERR_REFUSED,
	       "has begun: it is corrected with a reason");
	refuse(&r, "roster", "李敏", "cell=2026-12-01 night fire 1 - @王芳", ERR_REFUSED, "has begun");
	set(&r, "cell=2026-12-01 night main 1 @李敏 @王芳\nreason=临时替班");
	turn = rosters_turn(&r, "2026-12-01 night main 1");
	assert_string_equal(turn->name, "王芳");
	assert_string_equal(turn->was, "李敏");
	assert_string_equal(turn->why, "临时替班");
	assert_string_equal(turn->how, "hand");
	/* what happened is no breach to be excused, but it stands there */
	set(&r, "cell=2026-12-01 night fire 1 - @赵军\nreason=他来了");
	assert_string_equal(rosters_turn(&r, "2026-12-01 night fire 1")->despite, "pool");
	/* what has not begun needs none */
	set(&r, "cell=2026-12-02 night main 1 @陈静 -");
	rosters_release(&r);
}

static void built_and_fixed(void **unused)
{
	struct rosters r;
	const struct roster *roster;
	const struct carried *carried;

	(void)unused;
	rosters_init(&r);
	set(&r, M "cell=2026-12-01 night main 1 - @李敏\nscore=12\nbound=9\n"
		  "opening=@李敏 8 2 1 0 4");
	roster = rosters_month(&r, ZX);
	assert_int_equal(roster->score, 12);
	assert_int_equal(roster->bound, 9);
	assert_int_equal(roster->built_at, r.fx.now);
	assert_string_equal(rosters_turn(&r, "2026-12-01 night main 1")->how, "built");
	assert_int_equal(roster->opening.n, 1);
	carried = roster->opening.items;
	assert_string_equal(carried->name, "李敏");
	assert_int_equal(carried->weekday, 8);
	assert_int_equal(carried->nights, 4);
	/* the same again is another value of the same */
	set(&r, "cell=2026-12-03 night main 1 - @陈静\nopening=@李敏 9 2 1 0 4");
	assert_int_equal(rosters_month(&r, ZX)->opening.n, 1);
	refuse(&r, "roster", "李敏", "cell=2026-12-01 night main 1 @李敏 @李敏\nopening=@李敏 9 2 1 0",
	       ERR_INPUT, "five numbers");
	refuse(&r, "roster", "李敏", "cell=2026-12-01 night main 1 @李敏 @李敏\nopening=@李敏 1 2 3 4 5 6",
	       ERR_INPUT, "five numbers");
	rosters_must(&r, KIND_ROSTER, "fix_seat", "李敏", ZX, "turn_id=#2026-12-01 night main 1");
	assert_true(rosters_turn(&r, "2026-12-01 night main 1")->locked);
	rosters_must(&r, KIND_ROSTER, "fix_seat", "李敏", ZX, "turn_id=#2026-12-01 night main 1");
	assert_int_equal(r.decision.n_effects, 0);
	rosters_must(&r, KIND_ROSTER, "fix_seat", "李敏", ZX,
		     "turn_id=#2026-12-01 night main 1\noff=1");
	assert_false(rosters_turn(&r, "2026-12-01 night main 1")->locked);
	rosters_release(&r);
}

/* ---- cover, take-over ---- */

static void covered(void **unused)
{
	struct rosters r;
	const struct turn *turn;

	(void)unused;
	rosters_init(&r);
	set(&r, M "cell=2026-12-01 night main 1 - @李敏\ncell=2026-12-01 night fire 1 - @王芳");
	refuse(&r, "cover", "李敏", "turn_id=#2026-12-01 night main 1\nwho=@王芳\nreason=病", ERR_REFUSED,
	       "at that time");
	rosters_must(&r, KIND_ROSTER, "cover", "李敏", ZX,
		     "turn_id=#2026-12-01 night main 1\nwho=@陈静\nreason=病");
	turn = rosters_turn(&r, "2026-12-01 night main 1");
	assert_string_equal(turn->name, "陈静");
	assert_string_equal(turn->was, "李敏");
	assert_string_equal(turn->how, "cover");
	assert_string_equal(turn->why, "病");
	refuse(&r, "cover", "李敏", "turn_id=2026\nwho=@陈静\nreason=病", ERR_REFUSED, "not in the roster");
	refuse(&r, "cover", "孙丽", "turn_id=#2026-12-01 night main 1\nwho=@王芳\nreason=病", ERR_DENIED, "");
	rosters_must(&r, KIND_ROSTER, "cover", "李敏", ZX,
		     "turn_id=#2026-12-01 night main 1\nwho=@陈静\nreason=病");
	assert_int_equal(r.decision.n_effects, 0);
	rosters_release(&r);
}

static void taken_over(void **unused)
{
	struct rosters r;
	const struct turn *turn;

	(void)unused;
	rosters_init(&r);
	set(&r, M "cell=2026-12-01 night main 1 - @李敏");
	r.fx.now = fixture_time("2026-12-01 05:29");
	refuse(&r, "takeover", "陈静", "turn_id=#2026-12-01 night main 1\nwho=@陈静\nreason=急病",
	       ERR_REFUSED, "more than twelve hours");
	r.fx.now = fixture_time("2026-12-02 08:30");
	refuse(&r, "takeover", "陈静", "turn_id=#2026-12-01 night main 1\nwho=@陈静\nreason=急病",
	       ERR_REFUSED, "is over");
	r.fx.now = fixture_time("2026-12-02 02:00");
	/* what would be a breach is none in need, but it stands there */
	rosters_must(&r, KIND_ROSTER, "takeover", "陈静", ZX,
		     "turn_id=#2026-12-01 night main 1\nwho=@赵军\nreason=急病");
	turn = rosters_turn(&r, "2026-12-01 night main 1");
	assert_string_equal(turn->name, "赵军");
	assert_string_equal(turn->was, "李敏");
	assert_string_equal(turn->how, "takeover");
	assert_string_equal(turn->despite, "pool");
	assert_int_equal(turn->ok_at, 0);
	/* approved afterwards, by the chief or one who rang him */
	refuse(&r, "allow", "李敏", "turn_id=#2026-12-01 night main 1", ERR_DENIED, "needs at least");
	r.phone = (struct by_phone){ .role = "chief", .rung = "周强", .answered_by = "周强" };
	rosters_must(&r, KIND_ROSTER, "allow", "李敏", ZX, "turn_id=#2026-12-01 night main 1");
	turn = rosters_turn(&r, "2026-12-01 night main 1");
	assert_int_equal(turn->ok_at, r.fx.now);
	assert_string_equal(turn->ok_by, "李敏");
	assert_int_equal(rosters_month(&r, ZX)->behalves.n, 1);
	rosters_must(&r, KIND_ROSTER, "allow", "周强", ZX, "turn_id=#2026-12-01 night main 1");
	assert_int_equal(r.decision.n_effects, 0);
	assert_non_null(strstr(r.decision.note, "approved already by 李敏"));
	rosters_release(&r);
}

/* Who approves is not asked once more; what nobody took over needs no approval. */
static void taken_over_by_the_chief(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	set(&r, M "cell=2026-12-01 night main 1 - @李敏\ncell=2026-12-03 night main 1 - @李敏");
	r.fx.now = fixture_time("2026-12-01 05:30");
	rosters_must(&r, KIND_ROSTER, "takeover", "周强", ZX,
		     "turn_id=#2026-12-01 night main 1\nwho=@赵军\nreason=急病");
	assert_string_equal(rosters_turn(&r, "2026-12-01 night main 1")->ok_by, "周强");
	/* nor is a rule in the way of what is urgent, before the shift begins */
	assert_string_equal(rosters_turn(&r, "2026-12-01 night main 1")->despite, "pool");
	refuse(&r, "allow", "周强", "turn_id=#2026-12-03 night main 1", ERR_REFUSED, "nobody took it over");
	rosters_release(&r);
}

/* ---- moving ---- */

static void moved(void **unused)
{
	struct rosters r;
	const struct turn *turn;
	struct uuid id;

	(void)unused;
	rosters_init(&r);
	set(&r, M "cell=2026-12-01 night main 1 - @李敏\ncell=2026-12-05 night main 1 - @陈静\n"
		  "cell=2026-12-08 night fire 1 - @李敏");
	id = rosters_turn(&r, "2026-12-01 night main 1")->id;
	refuse(&r, "move", "李敏", "turn_id=#2026-12-01 night main 1\nday=2026-12-05\nreason=调整",
	       ERR_REFUSED, "陈静 stands there already");
	refuse(&r, "move", "李敏", "turn_id=#2026-12-01 night main 1\nday=2027-01-05\nreason=调整",
	       ERR_REFUSED, "within its month");
	refuse(&r, "move", "李敏", "turn_id=#2026-12-01 night main 1\nday=2026-12-09\nshift=day\nreason=调整",
	       ERR_REFUSED, "too little rest");
	refuse(&r, "move", "李敏", "turn_id=#2026-12-01 night main 1\nday=2026-12-03\nshift=dusk\nreason=调整",
	       ERR_INPUT, "no shift dusk");
	refuse(&r, "move", "李敏", "turn_id=#2026-12-08 night fire 1\nday=2026-12-08\nshift=day\nreason=调整",
	       ERR_INPUT, "no seat 1");
	rosters_must(&r, KIND_ROSTER, "move", "李敏", ZX,
		     "turn_id=#2026-12-01 night main 1\nday=2026-12-03\nshift=白班\nreason=调整");
	turn = rosters_turn(&r, "2026-12-03 day main 1");
	assert_true(uuid_eq(&turn->id, &id));
	assert_string_equal(turn->how, "moved");
	assert_int_equal(turn->starts, fixture_time("2026-12-03 08:30"));
	assert_int_equal(turn->ends, fixture_time("2026-12-03 17:30"));
	assert_string_equal(rosters_who(&r, "2026-12-01 night main 1"), "-");
	rosters_release(&r);
}

/* ---- filing ---- */

static const struct filing *filing(struct rosters *r, const char *target, const char *week)
{
	return roster_filing(&r->fx.rules, rosters_month(r, target),
			     civil_day_of_ms(fixture_time(week), CIVIL_CHINA));
}

static void filed(void **unused)
{
	struct rosters r;
	const struct filing *week;

	(void)unused;
	rosters_init(&r);
	r.fx.now = fixture_time("2026-12-04 15:00");
	set_street(&r, "cell=2026-12-07 whole main 1 - @孙丽\ncell=2026-12-07 whole lead 1 - @沈一");
	rosters_refuse(&r, KIND_ROSTER, "file", "孙丽", LL, "month=2026-12\nweek=2026-12-09", ERR_REFUSED,
		       "empty seats in that week of 2026-12: 12");
	rosters_must(&r, KIND_ROSTER, "file", "孙丽", LL,
		     "month=2026-12\nweek=2026-12-09\nreason=人手不足");
	week = filing(&r, LL, "2026-12-07");
	assert_int_equal(week->gaps, 12);
	assert_string_equal(week->why, "人手不足");
	assert_string_equal(week->filed_by, "孙丽");
	assert_false(week->late);
	assert_int_equal(week->due, fixture_time("2026-12-04 16:00"));
	rosters_must(&r, KIND_ROSTER, "file", "孙丽", LL, "month=2026-12\nweek=2026-12-07");
	assert_int_equal(r.decision.n_effects, 0);
	assert_non_null(strstr(r.decision.note, "filed already by 孙丽"));
	/* a change after it counts, and what was there stands beside */
	rosters_must(&r, KIND_ROSTER, "roster", "孙丽", LL,
		     "cell=2026-12-07 whole main 1 @孙丽 -\ncell=2026-12-08 whole main 1 - @孙丽\n"
		     "cell=2026-12-15 whole main 1 - @孙丽");
	week = filing(&r, LL, "2026-12-07");
	assert_int_equal(week->changes, 2);
	assert_int_equal(week->changed_at, r.fx.now);
	assert_int_equal(rosters_month(&r, LL)->changes, 3);
	rosters_must(&r, KIND_ROSTER, "roster", "孙丽", LL, "cell=2026-12-08 whole main 1 @孙丽 @沈一");
	assert_string_equal(rosters_turn(&r, "ll:2026-12-08 whole main 1")->was, "孙丽");
	/* late is late */
	r.fx.now = fixture_time("2026-12-11 16:01");
	rosters_must(&r, KIND_ROSTER, "file", "孙丽", LL, "month=2026-12\nweek=2026-12-14\nreason=略");
	assert_true(filing(&r, LL, "2026-12-14")->late);
	rosters_refuse(&r, KIND_ROSTER, "file", "李敏", ZX, M "week=2026-12-07", ERR_REFUSED,
		       "is not filed");
	rosters_refuse(&r, KIND_ROSTER, "file", "何青", LL, M "week=2026-12-21", ERR_DENIED, "only 兰陵");
	rosters_release(&r);
}

/* A week of two months: filed with its Monday's, and in the next by what follows. */
static void filed_over_the_month(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	rosters_refuse(&r, KIND_ROSTER, "file", "孙丽", LL, M "week=2026-12-01\nreason=略", ERR_INPUT,
		       "its Monday");
	rosters_must(&r, KIND_ROSTER, "file", "孙丽", "ll street 2026-11",
		     "month=2026-11\nweek=2026-12-01\nreason=略");
	assert_int_equal(filing(&r, "ll street 2026-11", "2026-11-30")->gaps, 2);
	assert_int_equal(filing(&r, LL, "2026-11-30")->gaps, 12);
	rosters_must(&r, KIND_ROSTER, "roster", "孙丽", LL, "cell=2026-12-02 whole main 1 - @孙丽");
	assert_int_equal(filing(&r, LL, "2026-11-30")->changes, 1);
	assert_int_equal(filing(&r, "ll street 2026-11", "2026-11-30")->changes, 0);
	rosters_refuse(&r, KIND_ROSTER, "file", "孙丽", LL, M "week=2027-01-05\nreason=略", ERR_INPUT,
		       "not in the month");
	rosters_release(&r);
}

static void chased(void **unused)
{
	struct rosters r;
	const struct filing *week;

	(void)unused;
	rosters_init(&r);
	rosters_refuse(&r, KIND_ROSTER, "chase", "孙丽", LL, "org=ll\n" M "week=2026-12-07", ERR_DENIED,
		       "your own roster");
	rosters_must(&r, KIND_ROSTER, "chase", "李敏", LL, "org=ll\n" M "week=2026-12-07");
	rosters_must(&r, KIND_ROSTER, "chase", "陈静", LL, "org=ll\n" M "week=2026-12-08");
	week = filing(&r, LL, "2026-12-07");
	assert_int_equal(week->chases, 2);
	assert_string_equal(week->chased_by, "陈静");
	assert_int_equal(week->chased_at, r.fx.now);
	assert_int_equal(week->filed_at, 0);
	assert_int_equal(rosters_month(&r, LL)->filings.n, 1);
	rosters_must(&r, KIND_ROSTER, "file", "孙丽", LL, M "week=2026-12-07\nreason=略");
	assert_int_equal(filing(&r, LL, "2026-12-07")->chases, 2);
	rosters_refuse(&r, KIND_ROSTER, "chase", "李敏", LL, "org=ll\n" M "week=2026-12-07", ERR_REFUSED,
		       "孙丽 has filed it");
	rosters_release(&r);
}

/* ---- people ---- */

static void people_come_and_go(void **unused)
{
	struct rosters r;
	const struct staff *staff;

	(void)unused;
	rosters_init(&r);
	rosters_must(&r, KIND_STAFF, "engage", "孙丽", "新人",
		     "name=新人\norg=兰陵\nphone=13800000000\nposts=带班 main\nshifts=全天\nweekdays=67\nmost=4");
	staff = rosters_staff(&r, "新人");
	assert_string_equal(staff->org, "ll");
	assert_string_equal(staff->posts, "lead main");
	assert_string_equal(staff->shifts, "whole");
	assert_true(staff->active);
	assert_int_equal(staff->since, r.fx.now);
	rosters_refuse(&r, KIND_STAFF, "engage", "孙丽", "别人", "name=别人\norg=青龙", ERR_DENIED, "only 青龙");
	rosters_refuse(&r, KIND_STAFF, "engage", "孙丽", "别人", "name=别人\norg=兰陵\nposts=厨师", ERR_INPUT,
		       "no roster has 厨师");
	rosters_refuse(&r, KIND_STAFF, "engage", "孙丽", "别人", "name=别人\norg=兰陵\nweekdays=18", ERR_INPUT,
		       "digits from 1");
	rosters_refuse(&r, KIND_STAFF, "engage", "孙丽", "新人", "name=新人\norg=兰陵", ERR_EXISTS, "");
	rosters_must(&r, KIND_STAFF, "fix", "孙丽", "新人", "phone=13900000000\nmost=6");
	assert_string_equal(rosters_staff(&r, "新人")->phone, "13900000000");
	rosters_refuse(&r, KIND_STAFF, "fix", "何青", "新人", "most=6", ERR_DENIED, "only 兰陵");
	rosters_refuse(&r, KIND_STAFF, "fix", "孙丽", "新人", "org=青龙", ERR_DENIED, "only 青龙");
	rosters_refuse(&r, KIND_STAFF, "fix", "孙丽", "鬼", "most=6", ERR_NOT_FOUND, "no such person");
	rosters_must(&r, KIND_STAFF, "dismiss", "李敏", "新人", "reason=调走");
	assert_false(rosters_staff(&r, "新人")->active);
	assert_string_equal(rosters_staff(&r, "新人")->ended_for, "调走");
	rosters_refuse(&r, KIND_STAFF, "dismiss", "李敏", "新人", "reason=调走", ERR_REFUSED, "taken out already");
	rosters_release(&r);
}

/* What another changed since the author looked stays, and he is told. */
static void two_correct_one_person(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	r.base = entity_copy(rosters_staff(&r, "孙丽"), &r.fx.arena);
	rosters_staff(&r, "孙丽")->phone = "13900000001";
	rosters_must(&r, KIND_STAFF, "fix", "沈一", "孙丽", "phone=13900000002\nmost=3");
	assert_string_equal(rosters_staff(&r, "孙丽")->phone, "13900000001");
	assert_int_equal(rosters_staff(&r, "孙丽")->most, 3);
	assert_non_null(strstr(r.decision.note, "kept so: Duty phone"));
	rosters_release(&r);
}

static void away_and_back(void **unused)
{
	struct rosters r;
	const struct timeoff *off;

	(void)unused;
	rosters_init(&r);
	rosters_must(&r, KIND_STAFF, "timeoff", "孙丽", "沈一",
		     "from_at=2026-12-01 00:00\nto_at=2026-12-08 00:00\nreason=培训");
	off = rosters_staff(&r, "沈一")->timeoffs.items;
	assert_int_equal(off->to_at, fixture_time("2026-12-08"));
	assert_string_equal(off->by, "孙丽");
	rosters_refuse(&r, KIND_ROSTER, "roster", "孙丽", LL, M "cell=2026-12-07 whole main 1 - @沈一",
		       ERR_REFUSED, "is not available");
	rosters_refuse(&r, KIND_STAFF, "timeoff", "孙丽", "沈一",
		       "from_at=2026-12-08 00:00\nto_at=2026-12-01 00:00\nreason=培训", ERR_INPUT,
		       "ends before");
	rosters_must(&r, KIND_STAFF, "timeon", "孙丽", "沈一", "");
	rosters_must(&r, KIND_STAFF, "timeon", "孙丽", "沈一", "");
	assert_int_equal(r.decision.n_effects, 0);
	set_street(&r, "cell=2026-12-07 whole main 1 - @沈一");
	rosters_refuse(&r, KIND_STAFF, "timeon", "孙丽", "孙丽", "", ERR_REFUSED, "not recorded as away");
	rosters_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_month_is_begun),
		cmocka_unit_test(what_is_no_roster),
		cmocka_unit_test(another_was_first),
		cmocka_unit_test(despite_the_rules),
		cmocka_unit_test(rules_over_the_border_of_months),
		cmocka_unit_test(the_past_is_corrected_with_a_reason),
		cmocka_unit_test(built_and_fixed),
		cmocka_unit_test(covered),
		cmocka_unit_test(taken_over),
		cmocka_unit_test(taken_over_by_the_chief),
		cmocka_unit_test(moved),
		cmocka_unit_test(filed),
		cmocka_unit_test(filed_over_the_month),
		cmocka_unit_test(chased),
		cmocka_unit_test(people_come_and_go),
		cmocka_unit_test(two_correct_one_person),
		cmocka_unit_test(away_and_back),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("decide_roster", tests, NULL, NULL);
}
