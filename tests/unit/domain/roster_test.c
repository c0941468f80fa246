/* Plans of rosters, what there is to be filled, months, cells, classes of days, when a week is filed. */
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

static int32_t day_of(const char *text)
{
	return civil_day_of_ms(fixture_time(text), CIVIL_CHINA);
}

/* ---- plans ---- */

static const struct {
	const char *org, *plans;
	bool reads;
} plans_of[] = {
	{ "zx", "centre;", true }, { "ll", "street;", true },	 { "ql", "street;", true },
	{ "sw", "", false },	   { "ll01", "", false },	 { "nowhere", "", false },
};

static void whose_plans(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(plans_of); i++) {
		const struct roster_plan *plan;
		struct str got = STR_INIT;

		for (size_t p = 0; (plan = rules_plan_of(&r.fx.rules, plans_of[i].org, p)); p++)
			str_addf(&got, "%s;", roster_plan_code(plan));
		if (strcmp(str_get(&got), plans_of[i].plans) != 0 ||
		    roster_reader(&r.fx.rules, plans_of[i].org) != plans_of[i].reads)
			fail_msg("%s: %s", plans_of[i].org, str_get(&got));
		str_release(&got);
	}
	rosters_release(&r);
}

/* A plan that names an organisation comes before that of its tier, in whatever order they stand. */
static void named_before_tier(void **unused)
{
	struct rosters r;
	struct roster_plan *plans;

	(void)unused;
	rosters_init(&r);
	plans = arena_array(&r.fx.arena, 3, sizeof *plans);
	plans[0] = *rosters_plan(&r, "street");
	plans[1] = *rosters_plan(&r, "centre");
	plans[2] = plans[0];
	plans[2].code = "patrol";
	plans[2].of = "ll";
	r.fx.rules.plans = plans;
	r.fx.rules.n_plans = 3;
	assert_string_equal(rules_plan_of(&r.fx.rules, "ll", 0)->code, "patrol");
	assert_string_equal(rules_plan_of(&r.fx.rules, "ll", 1)->code, "street");
	assert_null(rules_plan_of(&r.fx.rules, "ll", 2));
	assert_string_equal(rules_plan_of(&r.fx.rules, "ql", 0)->code, "street");
	((struct org *)(uintptr_t)rules_org(&r.fx.rules, "ql"))->managed = 0;
	assert_null(rules_plan_of(&r.fx.rules, "ql", 0));
	rosters_release(&r);
}

/* ---- what there is to be filled ---- */

static const struct {
	const char *plan, *day, *mode, *needs;
} needs_of[] = {
	{ "centre", "2026-12-01", NULL,
	  "day main1 12-01 08:30-12-01 17:30;day desk1 12-01 08:30-12-01 17:30;"
	  "day desk2 12-01 08:30-12-01 17:30;night leader1 12-01 17:30-12-02 08:30;"
	  "night chief1 12-01 17:30-12-02 08:30;night main1 12-01 17:30-12-02 08:30;"
	  "night fire1 12-01 17:30-12-02 08:30;night standby1? 12-01 17:30-12-02 08:30;" },
	/* the flood season instead of that of fires; the last day of a month */
	{ "centre", "2026-06-30", NULL,
	  "day main1 06-30 08:30-06-30 17:30;day desk1 06-30 08:30-06-30 17:30;"
	  "day desk2 06-30 08:30-06-30 17:30;night leader1 06-30 17:30-07-01 08:30;"
	  "night chief1 06-30 17:30-07-01 08:30;night main1 06-30 17:30-07-01 08:30;"
	  "night flood1 06-30 17:30-07-01 08:30;night standby1? 06-30 17:30-07-01 08:30;" },
	/* a mode has shifts of its own, and a post; fire seat: over the new year */
	{ "centre", "2026-01-15", "war",
	  "w1 main1 01-15 00:00-01-15 08:00;w1 war1 01-15 00:00-01-15 08:00;"
	  "w2 main1 01-15 08:00-01-15 16:00;w2 war1 01-15 08:00-01-15 16:00;"
	  "w3 main1 01-15 16:00-01-16 00:00;w3 war1 01-15 16:00-01-16 00:00;" },
	/* a mode that has none keeps the usual ones */
	{ "street", "2026-12-31", "war",
	  "whole lead1 12-31 08:00-01-01 08:00;whole main1 12-31 08:00-01-01 08:00;" },
};

static void add_time(struct str *out, int64_t at)
{
	char when[CIVIL_TEXT];

	civil_format(at, CIVIL_CHINA, "m-d H:M", when, sizeof when);
	str_add(out, when);
}

static void what_is_to_be_filled(void **unused)
{
	struct rosters r;
	struct need needs[NEEDS_MOST];

	(void)unused;
	rosters_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(needs_of); i++) {
		size_t n = roster_needs(&r.fx.rules, rosters_plan(&r, needs_of[i].plan),
					day_of(needs_of[i].day), needs_of[i].mode, needs);
		struct str got = STR_INIT;

		for (size_t k = 0; k < n; k++) {
			str_addf(&got, "%s %s%d%s ", needs[k].shift->code, needs[k].post->code,
				 needs[k].seat, needs[k].may_be_empty ? "?" : "");
			add_time(&got, needs[k].starts);
			str_add_char(&got, '-');
			add_time(&got, needs[k].ends);
			str_add_char(&got, ';');
		}
		assert_string_equal(str_get(&got), needs_of[i].needs);
		str_release(&got);
	}
	rosters_release(&r);
}

static const struct {
	const char *post, *day;
	bool manned;
} seasons[] = {
	{ "flood", "2026-04-30", false }, { "flood", "2026-05-01", true },
	{ "flood", "2026-09-30", true },  { "flood", "2026-10-01", false },
	/* over the new year, and at 清明 (04-04..04-06 off) with the day before and behind */
	{ "fire", "2026-10-31", false },  { "fire", "2026-11-01", true },
	{ "fire", "2026-12-31", true },	  { "fire", "2027-01-01", true },
	{ "fire", "2026-04-02", true },	  { "fire", "2026-04-03", true },
	{ "fire", "2026-04-06", true },	  { "fire", "2026-04-07", true },
	{ "fire", "2026-04-08", false },  { "fire", "2027-04-05", false }, /* no calendar */
	{ "main", "2026-07-01", true },
};

static void seasons_of_posts(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(seasons); i++)
		if (season_has(&r.fx.rules, plan_post(rosters_plan(&r, "centre"), seasons[i].post),
			       day_of(seasons[i].day)) != seasons[i].manned)
			fail_msg("%s %s", seasons[i].post, seasons[i].day);
	rosters_release(&r);
}

/* Its days off alone, wherever else in the year it is worked for. */
static void a_festival_with_days_worked(void **unused)
{
	static const struct {
		const char *day;
		bool manned;
	} days[] = { { "2026-09-20", false }, { "2026-09-21", false }, { "2026-09-29", false },
		     { "2026-09-30", true },  { "2026-10-07", true },  { "2026-10-08", true },
		     { "2026-10-09", false }, { "2026-10-10", false } };
	static const struct season national[] = { { 0, 0, 0, 0, "国庆" } };
	const struct duty_post post = { .code = "x", .seasons = national, .n_seasons = 1 };
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(days); i++)
		if (season_has(&r.fx.rules, &post, day_of(days[i].day)) != days[i].manned)
			fail_msg("%s", days[i].day);
	rosters_release(&r);
}

/* ---- months ---- */

static const struct {
	const char *month;
	int days; /* 0: it is none */
} months[] = {
	{ "2026-12", 31 }, { "2026-02", 28 }, { "2028-02", 29 }, { "2026-13", 0 }, { "2026-00", 0 },
	{ "2026-1", 0 },   { "2026/12", 0 },  { "202612", 0 },	 { "", 0 },	   { "2026-12-01", 0 },
	{ " 026-12", 0 },  { "2026-+1", 0 },  { NULL, 0 },
};

static void months_of_rosters(void **unused)
{
	char month[ROSTER_MONTH];

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(months); i++) {
		int32_t first = 0, end = 0;
		bool is = month_days(months[i].month, &first, &end);

		if (is != (months[i].days != 0) || end - first != months[i].days)
			fail_msg("\"%s\": %d days", months[i].month, end - first);
		if (!is)
			continue;
		month_of_day(first, month);
		assert_string_equal(month, months[i].month);
		month_of_day(end - 1, month);
		assert_string_equal(month, months[i].month);
	}
}

static void ids_of_rosters(void **unused)
{
	struct uuid a = roster_id("zx", "centre", "2026-12"), b = roster_id("zx", "centre", "2026-12");
	struct uuid others[] = { roster_id("ll", "centre", "2026-12"),
				 roster_id("zx", "street", "2026-12"),
				 roster_id("zx", "centre", "2026-11"),
				 roster_id("zxc", "entre", "2026-12") };
	char words[40];

	(void)unused;
	assert_true(uuid_eq(&a, &b));
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		assert_false(uuid_eq(&a, &others[i]));
	uuid_words(&a, words);
	b = staff_uuid(words);
	assert_true(uuid_eq(&a, &b));
	a = staff_uuid("nobody");
	assert_true(uuid_is_nil(&a));
	uuid_words(&a, words);
	assert_string_equal(words, "-");
}

/* ---- cells ---- */

#define ID "0190163d-8694-739b-aea5-966c26f8ad91"
static const struct {
	const char *words, *again; /* NULL: refused */
} cells[] = {
	{ "2026-12-01 night main 1 - " ID, "2026-12-01 night main 1 - " ID },
	{ "  2026-12-01  night main 1 " ID " -  fixed ", "2026-12-01 night main 1 " ID " - fixed" },
	{ "2026-12-01 night main 1 - -", "2026-12-01 night main 1 - -" },
	{ "2026-12-01 night main 1 -", NULL },
	{ "2026-12-01 night main 0 - -", NULL },
	{ "2026-12-01 night main one - -", NULL },
	{ "2026-12-41 night main 1 - -", NULL },
	{ "12-01 night main 1 - -", NULL },
	{ "2026-12-01 dusk main 1 - -", NULL },
	{ "2026-12-01 night watch 1 - -", NULL },
	{ "2026-12-01 night main 1 - nobody", NULL },
	{ "2026-12-01 night main 1 - - loose", NULL },
	{ "2026-12-01 night main 1 - - fixed too", NULL },
	{ "", NULL },
};

static void cells_of_acts(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		struct cell cell;
		struct error err = ERROR_INIT;
		enum err code = cell_parse(rosters_plan(&r, "centre"), cells[i].words, &cell, &err);

		if (code != (cells[i].again != NULL ? ERR_OK : ERR_INPUT))
			fail_msg("\"%s\": %s", cells[i].words, err.text);
		if (code == ERR_OK)
			assert_string_equal(cell_words(&cell, &r.fx.arena), cells[i].again);
	}
	rosters_release(&r);
}

/* ---- classes of days ---- */

static const struct {
	const char *day;
	enum day_class cls;
} classes[] = {
	{ "2026-12-01", DAY_WEEKDAY }, { "2026-12-05", DAY_WEEKEND }, { "2026-12-06", DAY_WEEKEND },
	{ "2026-10-01", DAY_HOLIDAY }, { "2026-10-10", DAY_WEEKDAY }, /* a Saturday that is worked */
	{ "2026-02-17", DAY_SPRING },  { "2026-02-14", DAY_WEEKDAY }, { "2026-02-28", DAY_WEEKDAY },
	{ "2026-04-05", DAY_HOLIDAY }, /* a Sunday of 清明 */
	{ "2027-02-06", DAY_WEEKEND }, /* no calendar */
};

static void classes_of_days(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
		enum day_class cls = day_class_of(&r.fx.rules, day_of(classes[i].day));
		if (cls != classes[i].cls)
			fail_msg("%s: %s", classes[i].day, day_class_code(cls));
	}
	rosters_release(&r);
}

/* ---- filing ---- */

static const struct {
	const char *file, *week, *due; /* due NULL: it is not filed */
} filings[] = {
	{ "weekly 5 16:00", "2026-12-07", "2026-12-04 16:00" },
	{ "weekly 7 09:00", "2026-12-07", "2026-12-06 09:00" },
	{ "weekly 1 09:00", "2026-12-07", "2026-11-30 09:00" },
	{ "daily 16:00", "2026-12-07", "2026-12-06 16:00" },
	{ "monthly 25 16:00", "2026-12-07", "2026-11-25 16:00" },
	{ "monthly -1 16:00", "2026-03-30", "2026-02-28 16:00" },
	{ NULL, "2026-12-07", NULL },
	{ "sometimes", "2026-12-07", NULL },
};

static void when_a_week_is_due(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(filings); i++) {
		struct roster_plan plan = *rosters_plan(&r, "street");
		int64_t due;

		plan.file = filings[i].file;
		due = filing_due(&r.fx.rules, &plan, day_of(filings[i].week));
		if (due != (filings[i].due != NULL ? fixture_time(filings[i].due) : 0))
			fail_msg("%s", filings[i].file);
	}
	assert_int_equal(week_of_day(day_of("2026-12-06")), day_of("2026-11-30"));
	assert_int_equal(week_of_day(day_of("2026-12-07")), day_of("2026-12-07"));
	rosters_release(&r);
}

/* What tables and pages call the codes; a code that nobody knows stays as it is. */
static const struct {
	enum kind kind;
	enum child child; /* or CHILD_COUNT */
	const char *field, *code, *words;
} called[] = {
	{ KIND_SWAP, CHILD_COUNT, "plan", "centre", "中心值班表" },
	{ KIND_SWAP, CHILD_COUNT, "state", "accepted", "Accepted, to be approved" },
	{ KIND_HANDOVER, CHILD_COUNT, "state", "taken", "to be witnessed" },
	{ KIND_HANDOVER, CHILD_COUNT, "shift", "night", "夜班" },
	{ KIND_RECORD, CHILD_COUNT, "sort", "paper", "Paper" },
	{ KIND_RECORD, CHILD_COUNT, "rung_post", "main", "主班" },
	{ KIND_HANDOVER, CHILD_HANDED, "sort", "paper", "Calls and papers" },
	{ KIND_HANDOVER, CHILD_EQUIPMENT, "found", "missing", "missing" },
	{ KIND_ROSTER, CHILD_TURN, "post", "main", "主班" },
	{ KIND_ROSTER, CHILD_TURN, "how", "takeover", "taken over in an emergency" },
	{ KIND_ROSTER, CHILD_TURN, "how", "dreamt", "dreamt" },
	{ KIND_SWAP, CHILD_COUNT, "plan", "elsewhere", "elsewhere" },
};

static void what_codes_are_called(void **unused)
{
	struct rosters r;

	(void)unused;
	rosters_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(called); i++) {
		const struct kind_desc *kind = kind_desc(called[i].kind);
		const struct child_desc *child =
			called[i].child != CHILD_COUNT ? child_desc(called[i].child) : NULL;
		const struct field *field =
			child != NULL ? field_find(child->fields, child->n_fields, called[i].field)
				      : field_find(kind->fields, kind->n_fields, called[i].field);
		struct value value = { .is_text = true, .text = called[i].code };
		char buf[64];

		assert_string_equal(rules_show(&r.fx.rules, field, value, buf, sizeof buf),
				    called[i].words);
	}
	rosters_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whose_plans),
		cmocka_unit_test(named_before_tier),
		cmocka_unit_test(what_is_to_be_filled),
		cmocka_unit_test(seasons_of_posts),
		cmocka_unit_test(a_festival_with_days_worked),
		cmocka_unit_test(months_of_rosters),
		cmocka_unit_test(ids_of_rosters),
		cmocka_unit_test(cells_of_acts),
		cmocka_unit_test(classes_of_days),
		cmocka_unit_test(when_a_week_is_due),
		cmocka_unit_test(what_codes_are_called),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
