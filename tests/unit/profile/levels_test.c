/* Levels are data: a profile of five, up through all of them and down again; and the shipped profiles,
 * as large as they say. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/profile/profile.h"

static const int64_t NOW = INT64_C(1795286460000); /* 2026-11-22 02:41 +08:00 */

static void must(enum err rc, const struct error *err)
{
	if (rc != ERR_OK)
		fail_msg("%s", err->text);
}

/* --- five levels: 市 县 镇 村 网格 ------------------------------------------------------------------ */

static const char orgs[] = "code,name,tier,parent\n"
			   "hz,杭城市中心,shi,\n"
			   "yh,余河县中心,xian,hz\n"
			   "lz,良渚镇,zhen,yh\n"
			   "dq,大桥村,cun,lz\n"
			   "g1,大桥村第1网格,ge,dq\n"
			   "xh,西湖县中心,xian,hz\n";

static const char lists[] =
	"name = \"five\"\n"
	"title = \"五级\"\n"
	"brief = \"五级\"\n"
	"centre = \"hz\"\n"
	"orgs = \"five-orgs.csv\"\n"
	"hours = \"09:00-17:00\"\n"
	"night = \"18:00-06:00\"\n"
	"other_category = \"99\"\n"
	"tier \"shi\" { label = \"市\" }\n"
	"tier \"xian\" { label = \"县\" }\n"
	"tier \"zhen\" { label = \"镇\" }\n"
	"tier \"cun\" { label = \"村\" }\n"
	"tier \"ge\" { label = \"网格\" }\n"
	"role \"duty\" { label = \"值班员\" }\n"
	"source \"grid\" { label = \"网格\" }\n"
	"category \"99\" { label = \"其他\" }\n"
	"urgency \"flash\" { label = \"特急\" }\n"
	"urgency \"urgent\" { label = \"急\" }\n"
	"urgency \"plain\" { label = \"平\" }\n"
	"severity \"minor\" { label = \"一般\" }\n";

static const struct level_row {
	const char *tier, *up, *org;
} levels[] = { /* from below */
	{ "ge", "cun", "g1" },	{ "cun", "zhen", "dq" }, { "zhen", "xian", "lz" },
	{ "xian", "shi", "yh" }, { "shi", NULL, "hz" },
};
enum { TOP = ARRAY_LEN(levels) - 1 };

static void add_step(struct str *out, size_t i)
{
	const struct level_row *row = &levels[i];

	str_addf(out, "start \"%s\" { tier = \"%s\" step = \"%s\" }\n", row->tier, row->tier,
		 row->tier);
	str_addf(out, "step \"%s\" { label = \"%s\" waiting = \"%s\" tier = \"%s\"\n", row->tier,
		 row->tier, row->tier, row->tier);
	if (row->up != NULL)
		str_addf(out, "act \"escalate\" { who = \"seat\" to = \"%s\" }\n", row->up);
	if (i > 0)
		str_add(out, "act \"feedback\" { who = \"seat\" to = \"below\" }\n"
			     "act \"return\" { who = \"seat\" to = \"below again\" }\n");
	str_add(out, "act \"close\" { who = \"seat\" to = \"done\" guards = {\"no_level_below\"} }\n"
		     "clock \"handle\" { label = \"办理\" who = \"seat\" limits = {\"5wd\"} } }\n");
}

static struct jurisdiction *five(void)
{
	struct str bundle = STR_INIT;
	struct error err = ERROR_INIT;
	struct jurisdiction *j = NULL;

	str_addf(&bundle, "%%%%file five.conf\n%s", lists);
	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		add_step(&bundle, i);
	str_add(&bundle, "step \"done\" { label = \"完\" waiting = \"已完\" tier = \"ge\" open = false }\n");
	str_addf(&bundle, "%%%%file five-orgs.csv\n%s", orgs);
	must(profile_parse(bundle.s, bundle.len, &j, &err), &err);
	str_release(&bundle);
	return j;
}

struct run {
	struct jurisdiction *j;
	struct arena arena;
	struct incident *incident;
	int64_t n;
};

/* The act of an officer of an organisation, with one argument. */
static enum err try(struct run *run, const char *org, const char *verb, const char *arg,
		    const char *words, struct error *err)
{
	struct act act = { .id = uuid_named(verb), .desc = act_desc_find(verb),
			   .actor = { "张三", org, "duty" }, .at = NOW + run->n };
	const struct moment moment = { NOW + run->n, NOW + run->n };
	const struct state state = { .entity = run->incident, .serial = 1 };
	struct decision decision;
	enum err rc;

	act.id.b[15] = (uint8_t)++run->n;
	act.target = (struct target){ KIND_INCIDENT, uuid_named("case"), run->n - 1 };
	act_give(&act, act_arg_field(act.desc, arg), (struct value){ .is_text = true, .text = words },
		 &run->arena);
	rc = decide(&run->j->rules, &state, &act, &moment, &run->arena, &decision, err);
	if (rc != ERR_OK)
		return rc;
	if (run->incident == NULL)
		run->incident = entity_new(KIND_INCIDENT, &act.target.id, &run->arena);
	return evolve(run->incident, &decision.effects[0], run->n, &run->arena, err);
}

static void act(struct run *run, const char *org, const char *verb, const char *arg,
		const char *words)
{
	struct error err = ERROR_INIT;

	must(try(run, org, verb, arg, words, &err), &err);
}

static void assert_at(const struct run *run, size_t level, size_t below)
{
	assert_string_equal(run->incident->step, levels[level].tier);
	assert_string_equal(run->incident->tier, levels[level].tier);
	assert_string_equal(run->incident->seat, levels[level].org);
	assert_int_equal(run->incident->levels.n, below);
}

static void test_five_levels(void **state)
{
	struct run run = { .j = five() };
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(run.j->rules.tiers.n, ARRAY_LEN(levels));
	act(&run, "g1", "register", "title", "河道漂浮物");
	assert_at(&run, 0, 0);
	for (size_t i = 0; i < TOP; i++) {
		/* the level that does not run it may not send it up */
		assert_int_equal(try(&run, "xh", "escalate", "reason", "无权限", &err), ERR_DENIED);
		run.n--;
		act(&run, levels[i].org, "escalate", "reason", "无权限");
		assert_at(&run, i + 1, i + 1);
	}
	assert_int_equal(try(&run, "hz", "close", "close_reason", "办了", &err), ERR_REFUSED);
	run.n--;
	act(&run, "hz", "return", "reason", "属县里");
	assert_at(&run, TOP - 1, TOP - 1);
	for (size_t i = TOP - 1; i > 0; i--) {
		act(&run, levels[i].org, "feedback", "reply", "已打捞");
		assert_at(&run, i - 1, i - 1);
	}
	act(&run, "g1", "close", "close_reason", "已打捞");
	assert_false(run.incident->open);
	profile_free(run.j);
	arena_release(&run.arena);
}

/* Each level may be where a case begins and ends. */
static void test_each_level_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		struct run run = { .j = five() };

		act(&run, levels[i].org, "register", "title", "路灯不亮");
		assert_at(&run, i, 0);
		act(&run, levels[i].org, "close", "close_reason", "已修");
		assert_false(run.incident->open);
		profile_free(run.j);
		arena_release(&run.arena);
	}
}

/* --- the shipped profiles --------------------------------------------------------------------- */

static const struct size_row {
	const char *profile, *tier;
	size_t n;
} sizes[] = {
	{ "xingan", "league", 1 },    { "xingan", "section", 6 },    { "xingan", "seven", 6 },
	{ "xingan", "unit", 58 },     { "xingan", "banner", 6 },     { "xingan", "mediation", 7 },
	{ "xingan", "street", 90 },   { "xingan", "community", 1120 }, { "xingan", "grid", 4580 },
	{ "city", "city", 1 },	      { "city", "district", 3 },     { "city", "merged", 15 },
	{ "city", "street", 15 },     { "city", "community", 90 },   { "city", "grid", 360 },
	{ "city", "zhian", 30 },      { "city", "an", 30 },	     { "city", "xiao", 30 },
	{ "city", "jiao", 30 },	      { "city", "triple", 90 },
	{ "tianning", "resident", 9 }, { "tianning", "street", 8 },  { "tianning", "community", 125 },
	{ "tianning", "grid", 7 },    { "tianning", "police", 7 },
	{ "huicheng", "professional", 4 }, { "huicheng", "street", 21 },
	{ "huicheng", "community", 283 }, { "huicheng", "grid", 2434 },
	{ "pukou", "department", 55 }, { "pukou", "street", 15 },    { "pukou", "brigade", 15 },
	{ "pukou", "community", 125 }, { "pukou", "grid", 456 },
};

static void load(struct arena *arena, const char *name, struct jurisdiction **ret_j,
		 struct workdays **ret_days)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct error err = ERROR_INIT;
	const char *path = path_join(arena, top ? top : ".",
				     arena_printf(arena, "profiles/%s.conf", name));

	must(profile_load(path, ret_j, ret_days, &err), &err);
}

static size_t count(const struct rules *rules, const char *tier)
{
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++)
		n += str_eq(rules->orgs[i].tier, tier);
	return n;
}

/* An overlay is no part of the tree of places, and covers grids that are there. */
static void check_overlay(const struct rules *rules, const struct org *org)
{
	struct arena arena = ARENA_INIT;
	char *copy = arena_strdup(&arena, org->over), *rest = copy, *code;

	while ((code = strsep(&rest, " ")) != NULL) {
		const struct org *grid = rules_org(rules, code);

		if (grid == NULL || !str_eq(grid->tier, "grid"))
			fail_msg("%s lies over %s, which is no grid", org->code, code);
	}
	assert_non_null(org->contact);
	arena_release(&arena);
}

static void test_sizes(void **state)
{
	static const char *const names[] = { "xingan", "city", "tianning", "huicheng", "pukou" };
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t p = 0; p < ARRAY_LEN(names); p++) {
		struct jurisdiction *j;
		struct workdays *days;

		load(&arena, names[p], &j, &days);
		for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
			if (strcmp(sizes[i].profile, names[p]) == 0 &&
			    count(&j->rules, sizes[i].tier) != sizes[i].n)
				fail_msg("%s: %s: %zu, not %zu", names[p], sizes[i].tier,
					 count(&j->rules, sizes[i].tier), sizes[i].n);
		for (size_t i = 0; i < j->rules.n_orgs; i++)
			if (j->rules.orgs[i].over != NULL)
				check_overlay(&j->rules, &j->rules.orgs[i]);
		assert_int_equal(j->rules.n_modes, 3);
		assert_true(j->rules.modes[2].emergency);
		profile_free(j);
		workdays_free(days);
	}
	arena_release(&arena);
}

/* Units that another zone runs have their communities in the tree, but no grid of this district, and
 * no case is given to them. */
static void test_run_elsewhere(void **state)
{
	static const struct {
		const char *profile;
		size_t streets, n;
	} cases[] = { { "huicheng", 7, 63 }, { "pukou", 6, 59 } };
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t p = 0; p < ARRAY_LEN(cases); p++) {
		size_t streets = 0, n = 0;
		struct jurisdiction *j;
		struct workdays *days;

		load(&arena, cases[p].profile, &j, &days);
		for (size_t i = 0; i < j->rules.n_orgs; i++) {
			const struct org *org = &j->rules.orgs[i];

			if (org->managed)
				continue;
			n++;
			streets += str_eq(org->tier, "street");
			assert_string_not_equal(org->tier, "grid");
			assert_string_not_equal(org->tier, "department");
		}
		assert_int_equal(streets, cases[p].streets);
		assert_int_equal(n, cases[p].n);
		profile_free(j);
		workdays_free(days);
	}
	arena_release(&arena);
}

/* By category and area; more particular lines come before their group; some are on nobody's. */
static void test_duty_list(void **state)
{
	static const struct {
		const char *category, *area, *unit;
	} cases[] = {
		{ "120101", "990101001", "990101_xfj" }, { "120101", "990103002", "990103_xfj" },
		{ "1202", "990101001", "shi_rq" },	 { "060102", "990102001", "990102_gafj" },
		{ "0601", "990102001", "990102_hj" },	 { "1701", "990101001", NULL },
		{ "99", "990101001", NULL },
	};
	struct arena arena = ARENA_INIT;
	struct jurisdiction *j;
	struct workdays *days;

	(void)state;
	load(&arena, "city", &j, &days);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct duty *duty = rules_duty(&j->rules, cases[i].category, cases[i].area);

		if (!str_eq(duty != NULL ? duty->unit : NULL, cases[i].unit))
			fail_msg("%s in %s: %s", cases[i].category, cases[i].area,
				 duty != NULL ? duty->unit : "nobody");
	}
	profile_free(j);
	workdays_free(days);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_five_levels),
		cmocka_unit_test(test_each_level_alone),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_run_elsewhere),
		cmocka_unit_test(test_duty_list),
	};

	return cmocka_run_group_tests_name("levels", tests, NULL, NULL);
}
