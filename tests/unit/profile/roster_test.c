/* Rosters and the duty log in a profile: every key in the plans, every wrong word with its place and what
 * may stand there, and what each shipped district asks for on chosen days, against rosters/NAME.txt
 * (GENERATE=1 writes them anew). */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "full.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/roster.h"

/* Behind the 208 lines of full.h, so that its lines are told from theirs. */
static const char rosters[] =
	"roster \"r\" {\n"							/* 209 */
	"	label = \"表\"\n"						/* 210 */
	"	of = \"street\"\n"
	"	rest = \"1d\"\n"
	"	nights = 2\n"
	"	week_most = 4\n"
	"	file = \"weekly 5 16:00\"\n"					/* 215 */
	"	third = \"chief\"\n"
	"	third_within = \"12h\"\n"
	"	approve = \"leader\"\n"
	"	half_at = \"01:30\"\n"
	"	equipment = {\"电台\", \"车 钥匙\"}\n"				/* 220 */
	"	shift \"w\" { label = \"战\" from = \"00:00\" to = \"12:00\" mode = \"war\" }\n"
	"	shift \"day\" { label = \"白\" from = \"08:30\" to = \"17:30\" }\n"
	"	shift \"night\" { label = \"夜\" from = \"17:30\" to = \"08:30\" night = true }\n"
	"	post \"lead\" { label = \"带\" shifts = {\"night\"} phone = true leader = true rung = 3 }\n"
	"	post \"chief\" { label = \"长\" fit = true chief = true }\n"	/* 225 */
	"	post \"main\" { label = \"主\" pool = {\"s\", \"c\"} seats = 2 rung = 1 }\n"
	"	post \"fire\" { label = \"火\" standby = true rung = 2\n"
	"		seasons = {\"11-01..04-30\", \"02-29\", \"清明\"} }\n"
	"	post \"war\" { label = \"会\" shifts = {\"day\", \"w\"} mode = \"war\" }\n"
	"	post \"desk\" { label = \"窗\" shifts = {\"day\"} workdays = true }\n" /* 230 */
	"}\n"
	"roster \"c\" { label = \"心\" of = \"centre\" shift \"whole\" { label = \"全\" from = \"08:00\" "
	"to = \"08:00\" }\n"
	"	post \"one\" { label = \"一\" } }\n"
	"log {\n"
	"	acts = {\"incident.register\", \"mode\", \"roster.takeover\", \"incident.register\"}\n" /* 235 */
	"	emphasis = {\"mode.mode\", \"roster\"}\n"
	"}\n";

/* Of a base: one that the profile has itself, one that fits, and those that speak of what it has not. */
static const char base_rosters[] =
	"roster \"r\" { label = \"底\" of = \"grid\" shift \"a\" { label = \"甲\" from = \"08:00\" "
	"to = \"20:00\" } post \"a\" { label = \"甲\" } }\n"
	"roster \"b\" { label = \"底\" of = \"grid\" shift \"a\" { label = \"甲\" from = \"08:00\" "
	"to = \"20:00\" } post \"a\" { label = \"甲\" } }\n"
	"roster \"x\" { label = \"底\" of = \"town\" }\n"
	"roster \"y\" { label = \"底\" of = \"grid\" third = \"king\" }\n"
	"roster \"z\" { label = \"底\" of = \"grid\" shift \"a\" { label = \"甲\" from = \"08:00\" "
	"to = \"20:00\" mode = \"siege\" } }\n"
	"log { acts = {\"notice.post\"} }\n";

static enum err parse(const char *own, const char *base, struct jurisdiction **ret_profile,
		      struct error *err)
{
	struct str conf = STR_INIT, below = STR_INIT;
	enum err code;

	str_addf(&conf, "%s%s", full_conf, own);
	str_addf(&below, "%s%s", full_base, base);
	{
		const struct bundle_part parts[] = { { "full.conf", conf.s },
					      { "orgs.csv", full_orgs },
					      { "duties.csv", full_duties },
					      { "base.conf", below.s } };

		code = parse_parts(parts, ARRAY_LEN(parts), ret_profile, err);
	}
	str_release(&conf);
	str_release(&below);
	return code;
}

static int load(void **state)
{
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;

	if (parse(rosters, base_rosters, &profile, &err))
		fail_msg("%s", err.text);
	*state = profile;
	return 0;
}

static int unload(void **state)
{
	profile_free(*state);
	return 0;
}

static const struct rules *rules_of(void **state)
{
	return &((struct jurisdiction *)*state)->rules;
}

static void test_plan(void **state)
{
	const struct roster_plan *plan = rules_plan(rules_of(state), "r");
	const struct roster_plan *other = rules_plan(rules_of(state), "c");

	assert_string_equal(plan->label, "表");
	assert_string_equal(plan->of, "street");
	assert_int_equal(plan->rest_min, 24 * 60);
	assert_int_equal(plan->nights, 2);
	assert_int_equal(plan->week_most, 4);
	assert_string_equal(plan->file, "weekly 5 16:00");
	assert_string_equal(plan->third, "chief");
	assert_int_equal(plan->third_min, 12 * 60);
	assert_string_equal(plan->approve, "leader");
	assert_int_equal(plan->half_at, 90);
	assert_string_equal(plan->equipment[1], "车 钥匙");
	assert_null(plan->equipment[2]);
	assert_int_equal(plan->n_shifts, 3);
	assert_string_equal(plan->shifts[0].mode, "war");
	assert_int_equal(plan->shifts[2].from, 17 * 60 + 30);
	assert_int_equal(plan->shifts[2].to, 8 * 60 + 30);
	assert_true(plan->shifts[2].night && !plan->shifts[1].night);
	assert_int_equal(other->rest_min, 0);
	assert_int_equal(other->half_at, -1);
	assert_null(other->file);
	assert_null(other->third);
	assert_null(other->approve);
	assert_null(other->equipment);
	assert_int_equal(other->third_min, 24 * 60);
}

static void test_posts(void **state)
{
	const struct roster_plan *plan = rules_plan(rules_of(state), "r");
	const struct duty_post *lead = plan_post(plan, "lead"), *main_ = plan_post(plan, "main");
	const struct duty_post *fire = plan_post(plan, "fire"), *war = plan_post(plan, "war");

	assert_int_equal(plan->n_posts, 6);
	assert_string_equal(lead->shifts[0], "night");
	assert_null(lead->shifts[1]);
	assert_true(lead->phone && lead->leader && !lead->fit && !lead->chief && !lead->standby);
	assert_int_equal(lead->rung, 3);
	assert_true(plan_post(plan, "chief")->fit && plan_post(plan, "chief")->chief);
	assert_null(plan_post(plan, "chief")->shifts);
	assert_null(plan_post(plan, "chief")->pool);
	assert_int_equal(main_->seats, 2);
	assert_string_equal(main_->pool[1], "c");
	assert_null(main_->pool[2]);
	assert_true(fire->standby);
	assert_int_equal(fire->n_seasons, 3);
	assert_int_equal(fire->seasons[0].from_month, 11);
	assert_int_equal(fire->seasons[0].to_day, 30);
	assert_null(fire->seasons[0].festival);
	assert_int_equal(fire->seasons[1].to_month, 2);
	assert_int_equal(fire->seasons[1].to_day, 29);
	assert_string_equal(fire->seasons[2].festival, "清明");
	assert_string_equal(war->mode, "war");
	assert_true(plan_post(plan, "desk")->workdays && !war->workdays);
}

static void test_base(void **state)
{
	const struct jurisdiction *profile = *state;
	const struct rules *rules = &profile->rules;

	assert_int_equal(rules->n_plans, 3); /* r and c of its own, then b */
	assert_string_equal(rules->plans[2].code, "b");
	assert_string_equal(rules_plan(rules, "r")->of, "street");
	assert_non_null(strstr(profile->left_out, "roster x, roster y, roster z"));
}

static void test_log(void **state)
{
	const struct rules *rules = rules_of(state);
	const struct logged *mode = NULL;
	size_t modes = 0;

	assert_string_equal(rules->logged[0].act->verb, "register");
	assert_false(rules->logged[0].emphasis);
	for (size_t i = 0; i < rules->n_logged; i++) {
		modes += rules->logged[i].act->target == KIND_MODE;
		if (rules->logged[i].act == act_desc_of(KIND_MODE, "mode"))
			mode = &rules->logged[i];
	}
	assert_true(modes > 1); /* the kind alone: all its acts */
	assert_int_equal(rules->n_logged, modes + 2); /* what is named twice stands once */
	assert_true(mode && mode->emphasis);
	assert_true(rules->logged[rules->n_logged - 1].emphasis); /* roster.takeover */
	assert_string_equal(rules->logged[rules->n_logged - 1].act->verb, "takeover");
}

/* A profile that says nothing of the log has its base's. */
static void test_log_of_base(void **state)
{
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;

	(void)state;
	if (parse("", base_rosters, &profile, &err))
		fail_msg("%s", err.text);
	assert_int_equal(profile->rules.n_logged, 1);
	assert_string_equal(profile->rules.logged[0].act->verb, "post");
	profile_free(profile);
	if (parse("", "", &profile, &err))
		fail_msg("%s", err.text);
	assert_int_equal(profile->rules.n_logged, 0);
	assert_int_equal(profile->rules.n_plans, 0);
	profile_free(profile);
}

struct wrong {
	const char *from, *to;		    /* a piece of rosters, and what is put there */
	const char *place, *word, *allowed; /* what the sentence must name */
};

static void assert_all_wrong(const struct wrong *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct jurisdiction *profile = NULL;
		struct error err = ERROR_INIT;
		char *text = replaced(rosters, cases[i].from, cases[i].to);

		if (!parse(text, "", &profile, &err))
			fail_msg("%s was taken", cases[i].to);
		if (getenv("SHOW"))
			print_message("%s\n", err.text);
		assert_null(profile);
		if (!strstr(err.text, cases[i].place) || !strstr(err.text, cases[i].word) ||
		    !strstr(err.text, cases[i].allowed))
			fail_msg("%s: %s", cases[i].to, err.text);
		free(text);
	}
}

static void test_wrong(void **state)
{
	static const struct wrong cases[] = {
		{ "roster \"r\"", "roster \"r r\"", "full.conf:209", "r r", "letters" },
		{ "	label = \"表\"\n", "\n", "full.conf:209", "label", "" },
		{ "\"street\"", "\"town\"", "full.conf:211", "town", "centre, district, street, grid" },
		{ "\"1d\"", "\"1wd\"", "full.conf:212", "1wd", "24h" },
		{ "\"1d\"", "\"9d\"", "full.conf:212", "9d", "7d" },
		{ "\"1d\"", "\"soon\"", "full.conf:212", "rest", "30m" },
		{ "nights = 2", "nights = 40", "full.conf:213", "nights", "31" },
		{ "week_most = 4", "week_most = 22", "full.conf:214", "week_most", "21" },
		{ "weekly 5 16:00", "daily 16:00", "full.conf:215", "daily 16:00", "weekly 5 16:00" },
		{ "weekly 5 16:00", "weekly 8 16:00", "full.conf:215", "weekly 8", "weekly 5 16:00" },
		{ "third = \"chief\"", "third = \"king\"", "full.conf:216", "king", "chief" },
		{ "\"12h\"", "\"12wm\"", "full.conf:217", "12wm", "24h" },
		{ "approve = \"leader\"", "approve = \"king\"", "full.conf:218", "king", "leader" },
		{ "\"01:30\"", "\"1:30\"", "full.conf:219", "1:30", "17:30" },
		{ "\"01:30\"", "\"25:30\"", "full.conf:219", "25:30", "17:30" },
		{ "	shift \"w\" { label = \"战\" from = \"00:00\"",
		  "	shift \"w\" { label = \"战\" from = \"0:00\"", "full.conf:221", "0:00", "17:30" },
		{ "\"车 钥匙\"", "\"电台\"", "full.conf:220", "电台", "already" },
		{ "\"车 钥匙\"", "\"\"", "full.conf:220", "", "thing" },
		{ "mode = \"war\" }\n	shift \"day\"", "mode = \"was\" }\n	shift \"day\"",
		  "full.conf:221", "was", "is war meant?" },
		{ "mode = \"war\" }\n	shift \"day\"", "mode = \"peace\" }\n	shift \"day\"",
		  "full.conf:221", "peace", "peacetime" },
		{ "\"08:30\" to = \"17:30\" }", "\"18:30\" to = \"19:30\" }", "full.conf:223", "night",
		  "order of the day" },
		{ "shift \"day\" {", "shift \"night\" {", "full.conf", "night", "" },
		{ "shifts = {\"night\"}", "shifts = {\"nigth\"}", "full.conf:224", "nigth",
		  "is night meant?" },
		{ "shifts = {\"night\"}", "shifts = {\"night\", \"night\"}", "full.conf:224", "night",
		  "already" },
		{ "rung = 3", "rung = 1 }\n post \"too\" { label = \"x\" rung = 1", "full.conf:225", "rung",
		  "lead" },
		{ "rung = 3", "rung = 10", "full.conf:224", "rung", "9" },
		{ "chief = true", "chief = true standby = true", "full.conf:225", "chief", "standby" },
	};

	(void)state;
	assert_all_wrong(cases, ARRAY_LEN(cases));
}

static void test_wrong_posts(void **state)
{
	static const struct wrong cases[] = {
		{ "\"s\", \"c\"", "\"s\", \"nowhere\"", "full.conf:226", "nowhere",
		  "centre, district, street, grid, and the code of no organisation" },
		{ "seats = 2", "seats = 0", "full.conf:226", "seats", "1" },
		{ "seats = 2", "seats = 31", "full.conf:226", "seats", "30" },
		{ "11-01..04-30", "11-01..04-31", "full.conf:228", "11-01..04-31", "05-01..09-30" },
		{ "11-01..04-30", "11-01-04-30", "full.conf:228", "11-01-04-30", "05-01..09-30" },
		{ "02-29", "02-30", "full.conf:228", "02-30", "festival" },
		{ "\"清明\"", "\"\"", "full.conf:228", "seasons", "festival" },
		{ "{\"day\", \"w\"} mode = \"war\"", "{\"day\", \"w\"} mode = \"wars\"", "full.conf:229",
		  "wars", "war" },
		{ "post \"desk\" { label", "post \"desk\" { name", "full.conf:230", "name", "workdays" },
		{ "post \"one\" { label = \"一\"", "shift \"x\" { label = \"x\" from = \"09:00\" to = \"10:00\" } "
		  "post \"one\" { label = \"一\" shifts = {\"whole\"}", "full.conf:233", "\"x\"", "no post" },
		{ "	post \"one\" { label = \"一\" } }", "	}", "full.conf:232", "\"c\"", "1 to 48 posts" },
		{ "shift \"whole\" { label = \"全\" from = \"08:00\" to = \"08:00\" }", "", "full.conf:232",
		  "\"c\"", "1 to 12 shifts" },
		{ "to = \"08:00\" }", "to = \"08:00\" mode = \"war\" }", "full.conf:232", "\"c\"",
		  "peacetime" },
		{ "to = \"08:00\" }", "to = \"20:00\" } half_at = \"21:00\"", "full.conf:232", "21:00",
		  "within no shift" },
		{ "{ label = \"一\" }", "{ label = \"一\" seats = 30 } post \"b\" { label = \"x\" seats = 30 "
		  "} post \"c\" { label = \"x\" seats = 30 } post \"d\" { label = \"x\" seats = 30 } "
		  "post \"e\" { label = \"x\" seats = 9 }", "full.conf:232", "129", "at most 128" },
		{ "\"incident.register\", \"mode\"", "\"incidents.register\", \"mode\"", "full.conf:235",
		  "incidents.register", "is incident meant?" },
		{ "\"incident.register\", \"mode\"", "\"incident.registre\", \"mode\"", "full.conf:235",
		  "incident.registre", "is register meant?" },
		{ "\"mode.mode\"", "\"swap.approve\"", "full.conf:236", "swap.approve", "does not show" },
		{ "\"roster\"}", "\"roaster\"}", "full.conf:236", "roaster", "is roster meant?" },
	};

	(void)state;
	assert_all_wrong(cases, ARRAY_LEN(cases));
}

/* A post that an emergency's own shifts never reach is a mistake. */
static void test_never_manned(void **state)
{
	struct jurisdiction *profile = NULL;
	struct error err = ERROR_INIT;
	char *two = replaced(full_base, "mode \"war\"", "mode \"alert\" { label = \"备\" } mode \"war\"");
	char *text = replaced(rosters, "shifts = {\"day\", \"w\"} mode = \"war\"",
			      "shifts = {\"w\"} mode = \"alert\"");
	struct str conf = STR_INIT;

	(void)state;
	str_addf(&conf, "%s%s", full_conf, text);
	{
		const struct bundle_part parts[] = { { "full.conf", conf.s },
					      { "orgs.csv", full_orgs },
					      { "duties.csv", full_duties },
					      { "base.conf", two } };

		assert_int_equal(parse_parts(parts, ARRAY_LEN(parts), &profile, &err), ERR_INPUT);
	}
	assert_non_null(strstr(err.text, "full.conf:229"));
	assert_non_null(strstr(err.text, "never manned"));
	str_release(&conf);
	free(two);
	free(text);
}

/* Letters of swaps, handovers, records, meetings, items and tasks are nobody else's. */
static void test_letters(void **state)
{
	static const char *const letters[] = { "S", "J", "R", "T", "M", "K", "A" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(letters); i++) {
		struct jurisdiction *profile = NULL;
		struct error err = ERROR_INIT;
		struct str text = STR_INIT;

		str_addf(&text, "summons \"own\" { label = \"x\" letter = \"%s\" blowers = {\"street\"} "
				"role = \"duty\" class \"a\" { label = \"x\" } }\n", letters[i]);
		assert_int_equal(parse(str_get(&text), "", &profile, &err), ERR_INPUT);
		assert_non_null(strstr(err.text, "swaps"));
		str_release(&text);
	}
}

/* --- the districts ---------------------------------------------------------------------------- */

static const char *const days[] = { "2026-01-15", "2026-02-17", "2026-04-03", "2026-04-14",
				    "2026-04-15", "2026-05-01", "2026-07-05", "2026-09-30",
				    "2026-10-10", "2026-10-15", "2026-10-16", "2026-11-01",
				    "2026-11-23", "2026-12-31" };

/* The seats of a day, shift by shift; equal neighbours as POST*N. */
static void say_day(const struct rules *rules, const struct roster_plan *plan, int32_t day,
		    const char *mode, struct str *out)
{
	struct need needs[NEEDS_MOST];
	size_t n = roster_needs(rules, plan, day, mode, needs);

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || needs[i].shift != needs[i - 1].shift)
			str_addf(out, "%s      %s %02d:%02d-%02d:%02d%s:", i ? "\n" : "",
				 needs[i].shift->label, needs[i].shift->from / 60,
				 needs[i].shift->from % 60, needs[i].shift->to / 60,
				 needs[i].shift->to % 60, needs[i].shift->night ? " night" : "");
		if (needs[i].seat > 1)
			continue;
		str_addf(out, " %s", needs[i].post->label);
		if (needs[i].post->seats > 1)
			str_addf(out, "*%d", needs[i].post->seats);
		if (needs[i].may_be_empty)
			str_add(out, "?");
		assert_true(needs[i].ends > needs[i].starts);
	}
	str_add(out, n ? "\n" : "      -\n");
}

static int32_t day_of(const char *words)
{
	int32_t first, end;
	long long day;
	char month[ROSTER_MONTH] = "";

	memcpy(month, words, ROSTER_MONTH - 1);
	assert_true(month_days(month, &first, &end) && str_int(words + ROSTER_MONTH, 1, 31, &day));
	return first + (int32_t)day - 1;
}

/* Days that ask for the same stand together. */
static void say_plan(const struct rules *rules, const struct roster_plan *plan, const char *mode,
		     struct str *out)
{
	struct str text[ARRAY_LEN(days)];
	bool said[ARRAY_LEN(days)] = { false };

	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		text[i] = (struct str)STR_INIT;
		say_day(rules, plan, day_of(days[i]), mode, &text[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		if (said[i])
			continue;
		str_add(out, "   ");
		for (size_t k = i; k < ARRAY_LEN(days); k++)
			if (strcmp(text[k].s, text[i].s) == 0) {
				said[k] = true;
				str_addf(out, " %s", days[k]);
			}
		str_addf(out, "\n%s", text[i].s);
	}
	for (size_t i = 0; i < ARRAY_LEN(days); i++)
		str_release(&text[i]);
}

static void say_profile(const struct rules *rules, struct str *out)
{
	for (size_t i = 0; i < rules->n_plans; i++)
		for (size_t m = 0; m < rules->n_modes; m++) {
			const char *mode = m > 0 ? rules->modes[m].code : NULL;

			str_addf(out, "%s %s, %s\n", rules->plans[i].code, rules->plans[i].label,
				 rules->modes[m].label);
			say_plan(rules, &rules->plans[i], mode, out);
		}
}

static void assert_file(const char *name, const struct str *text)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct str expected = STR_INIT;
	const char *path = arena_printf(&arena, "%s/tests/unit/profile/rosters/%s.txt", top ? top : ".",
					name);

	if (getenv("GENERATE"))
		assert_int_equal(file_write(path, text->s, text->len, 0644, NULL), ERR_OK);
	if (file_read(path, 1 << 20, &expected, NULL))
		fail_msg("%s is missing", path);
	if (strcmp(str_get(&expected), text->s) != 0)
		fail_msg("%s asks for something else:\n%s", name, text->s);
	str_release(&expected);
	arena_release(&arena);
}

static void test_district(void **state)
{
	const char *name = *state, *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct jurisdiction *profile;
	struct workdays *workdays;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	if (profile_load(arena_printf(&arena, "%s/profiles/%s.conf", top ? top : ".", name), &profile,
			 &workdays, &err))
		fail_msg("%s", err.text);
	say_profile(&profile->rules, &text);
	assert_file(name, &text);
	str_release(&text);
	profile_free(profile);
	workdays_free(workdays);
	arena_release(&arena);
}

int main(void)
{
	static const char *const names[] = { "tianning", "xingan", "huicheng", "pukou", "city", "example" };
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_plan, load, unload),
		cmocka_unit_test_setup_teardown(test_posts, load, unload),
		cmocka_unit_test_setup_teardown(test_base, load, unload),
		cmocka_unit_test_setup_teardown(test_log, load, unload),
		cmocka_unit_test(test_log_of_base),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_wrong_posts),
		cmocka_unit_test(test_never_manned),
		cmocka_unit_test(test_letters),
		{ "tianning", test_district, NULL, NULL, (void *)(uintptr_t)names[0] },
		{ "xingan", test_district, NULL, NULL, (void *)(uintptr_t)names[1] },
		{ "huicheng", test_district, NULL, NULL, (void *)(uintptr_t)names[2] },
		{ "pukou", test_district, NULL, NULL, (void *)(uintptr_t)names[3] },
		{ "city", test_district, NULL, NULL, (void *)(uintptr_t)names[4] },
		{ "example", test_district, NULL, NULL, (void *)(uintptr_t)names[5] },
	};

	return cmocka_run_group_tests_name("profile/roster", tests, NULL, NULL);
}
