/* Profiles: the shipped one, the bundle, and errors that name file, line, word and what may stand. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/clock_limit.h"
#include "zhiban/domain/decide.h"
#include "zhiban/profile/profile.h"

/* A small jurisdiction; each line is a place where something can be wrong. */
static const char conf[] =
	"name = \"small\"\n"						/* 1 */
	"title = \"小区\"\n"
	"brief = \"小\"\n"
	"centre = \"c\"\n"
	"orgs = \"small-orgs.csv\"\n"					/* 5 */
	"hours = \"09:00-17:00\"\n"
	"night = \"18:00-06:00\"\n"
	"other_category = \"99\"\n"
	"tier \"district\" { label = \"区\" }\n"
	"role \"duty\" { label = \"值班员\" }\n"			/* 10 */
	"source \"12345\" { label = \"热线\" }\n"
	"category \"99\" { label = \"其他\" }\n"
	"urgency \"flash\" { label = \"特急\" }\n"
	"severity \"minor\" { label = \"一般\" }\n"
	"act \"close\" { label = \"办结\" }\n"				/* 15 */
	"step \"accept\" {\n"
	"	label = \"受理\"\n"
	"	waiting = \"待受理\"\n"
	"	tier = \"district\"\n"
	"	act \"accept\" {\n"					/* 20 */
	"		who = \"centre\"\n"
	"		to = \"end\"\n"
	"		guards = {\"actor_not register\"}\n"
	"	}\n"
	"	clock \"accept\" {\n"					/* 25 */
	"		label = \"受理\"\n"
	"		who = \"centre\"\n"
	"		limits = {\n"
	"			\"flash 10m\",\n"
	"			\"night 2h@08:30\",\n"			/* 30 */
	"			\"severity>=minor category=9 1wd\",\n"
	"			\"-\"\n"
	"		}\n"
	"	}\n"
	"}\n"								/* 35 */
	"step \"end\" { label = \"完\" waiting = \"已完\" tier = \"district\" open = false }\n";

static const char orgs[] = "code,name,brief,tier,parent,phone,managed\n"
			   "c,中心,,district,,1,yes\n"
			   "d,水务局,水务,district,c,,no\n";

static enum err parse(const char *conf_text, const char *orgs_text, struct jurisdiction **ret,
		      struct error *err)
{
	const struct bundle_part parts[] = { { "small.conf", conf_text }, { "small-orgs.csv", orgs_text } };

	return parse_parts(parts, ARRAY_LEN(parts), ret, err);
}

static void test_small(void **state)
{
	struct jurisdiction *j;
	struct error err = ERROR_INIT;
	const struct clock_rule *clock;
	const struct flow_act *act;

	(void)state;
	if (parse(conf, orgs, &j, &err))
		fail_msg("%s", err.text);
	assert_string_equal(j->rules.title, "小区");
	assert_int_equal(j->rules.offset_min, 480);
	assert_true(j->rules.night_from == 18 * 60 && j->rules.night_to == 6 * 60);
	assert_int_equal(j->rules.n_orgs, 2);
	assert_string_equal(rules_org(&j->rules, "d")->name, "水务局");
	assert_string_equal(rules_org(&j->rules, "c")->brief, "中心");
	assert_int_equal(rules_org(&j->rules, "d")->managed, 0);
	assert_int_equal(rules_org(&j->rules, "d")->order, 2);
	act = &j->rules.steps[0].acts[0];
	assert_int_equal(act->who, WHO_CENTRE);
	assert_string_equal(act->to, "end");
	assert_string_equal(act->guards[0].arg, "register");
	clock = &j->rules.steps[0].clocks[0];
	assert_int_equal(clock->n_rows, 4);
	assert_int_equal(clock->rows[0].urgency, 1);
	assert_int_equal(clock->rows[1].period, PERIOD_NIGHT);
	assert_int_equal(clock->rows[1].limit.from_clock, 8 * 60 + 30);
	assert_int_equal(clock->rows[2].severity, 1);
	assert_string_equal(clock->rows[2].category, "9");
	assert_int_equal(clock->rows[2].limit.unit, LIMIT_WORK_DAYS);
	assert_int_equal(clock->rows[3].limit.unit, LIMIT_NONE);
	assert_false(j->rules.steps[1].open);
	assert_false(calendar_knows(j->rules.calendar, 20000)); /* provisional without a calendar */
	profile_free(j);
}

static void test_conf_errors(void **state)
{
	static const struct {
		const char *from, *to;
		const char *place, *word, *allowed;
	} cases[] = {
		{ "name = \"small\"\n", "nome = \"small\"\n", "small.conf:1", "nome", "" },
		{ "brief = \"小\"\n", "offset = \"8\" brief = \"小\"\n", "small.conf:3", "\"8\"", "+08:00" },
		{ "\"09:00-17:00\"", "\"09:00\"", "small.conf:6", "09:00", "" },
		{ "\"18:00-06:00\"", "\"18:00\"", "small.conf:7", "18:00", "17:30-08:30" },
		{ "\"99\"\n", "\"98\"\n", "small.conf:8", "98", "none of 99" },
		{ "centre = \"c\"", "centre = \"x\"", "small", "c", "" },
		{ "tier \"district\" {", "tier \"dis trict\" {", "small.conf:9", "dis trict", "letters" },
		{ "act \"close\"", "act \"explode\"", "small.conf:15", "explode", "register" },
		{ "tier = \"district\"\n", "tier = \"moon\"\n", "small.conf:19", "moon", "district" },
		{ "	act \"accept\"", "	act \"explode\"", "small.conf:20", "explode", "verify_ok" },
		{ "	act \"accept\"", "	act \"enlist\"", "small.conf:20", "enlist", "verify_ok" },
		{ "who = \"centre\"\n		to", "who = \"moon\"\n		to", "small.conf:21", "moon",
		  "centre_or_holder" },
		{ "to = \"end\"", "to = \"moon\"", "small.conf:22", "moon", "accept, end" },
		{ "actor_not register", "moon register", "small.conf:23", "moon", "actor_not" },
		{ "actor_not register", "actor_not moon", "small.conf:23", "moon", "verify_ok" },
		{ "actor_not register", "field_set moon", "small.conf:23", "moon", "field" },
		{ "actor_not register", "role_at_least moon", "small.conf:23", "moon", "role" },
		{ "actor_not register", "actor_not", "small.conf:23", "actor_not", "verify_ok" },
		{ "who = \"centre\"\n		limits", "who = \"any\"\n		limits", "small.conf:27",
		  "any", "centre, seat" },
		{ "flash 10m", "flesh 10m", "small.conf:29", "flesh", "flash" },
		{ "flash 10m", "flash 10x", "small.conf:29", "10x", "" },
		{ "flash 10m", "", "small.conf:29", "", "" },
		{ "severity>=minor", "severity>=moon", "small.conf:31", "moon", "severity>=" },
		{ "category=9 ", "category=8 ", "small.conf:31", "category=8", "category=" },
		{ "open = false", "open = true", "small.conf", "step", "open = false" },
		{ "to = \"end\"", "to = \"accept\"", "small.conf:36", "end", "leads" },
		{ "role \"duty\"", "tier \"duty\"", "small.conf", "role", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct jurisdiction *j = NULL;
		struct error err = ERROR_INIT;
		char *text;

		text = replaced(conf, cases[i].from, cases[i].to);
		if (!parse(text, orgs, &j, &err))
			fail_msg("%s was taken", cases[i].to);
		if (!strstr(err.text, cases[i].place) || !strstr(err.text, cases[i].word) ||
		    !strstr(err.text, cases[i].allowed))
			fail_msg("%s: %s", cases[i].to, err.text);
		assert_null(j);
		free(text);
	}
}

static void test_org_errors(void **state)
{
	static const struct {
		const char *from, *to;
		const char *place, *word, *allowed;
	} cases[] = {
		{ ",phone", ",telephone", "small-orgs.csv:1", "telephone", "managed" },
		{ ",phone", ",order", "small-orgs.csv:1", "order", "managed" },
		{ "c,中心", ",中心", "small-orgs.csv:2", "code", "missing" },
		{ "c,中心", "c,", "small-orgs.csv:2", "name", "missing" },
		{ "district,,1", "district,d,1", "small-orgs.csv:2", "c", "centre" },
		{ "district,,1", "moon,,1", "small-orgs.csv:2", "moon", "district" },
		{ "d,水务局", "c,水务局", "small-orgs.csv:3", "\"c\"", "already" },
		{ "district,c", "district,x", "small-orgs.csv:3", "\"x\"", "earlier line" },
		{ "district,c", "district,", "small-orgs.csv:3", "\"d\"", "parent" },
		{ "c,,no", "c,,perhaps", "small-orgs.csv:3", "perhaps", "" },
		{ "c,,no", "c", "small-orgs.csv:3", "5", "7" },
		{ "d,水务局", "d,\"水务局", "small-orgs.csv", "quote", "closed" },
		{ "d,水务局", "d,\xff", "small-orgs.csv", "UTF-8", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct jurisdiction *j = NULL;
		struct error err = ERROR_INIT;
		char *text = replaced(orgs, cases[i].from, cases[i].to);

		if (!parse(conf, text, &j, &err))
			fail_msg("%s was taken", cases[i].to);
		if (!strstr(err.text, cases[i].place) || !strstr(err.text, cases[i].word) ||
		    !strstr(err.text, cases[i].allowed))
			fail_msg("%s: %s", cases[i].to, err.text);
		free(text);
	}
}

static void test_bundle_errors(void **state)
{
	static const char *const cases[] = {
		"",
		"name = \"x\"\n",
		"%%file a/b\nname = 1\n",
		"%%file ..\n",
		"%%file \n",
		"%%file a\n%%file a\n",
		"%%file 1\n%%file 2\n%%file 3\n%%file 4\n%%file 5\n%%file 6\n%%file 7\n%%file 8\n%%file 9\n",
		"%%file small.conf",
	};
	struct str bundle = STR_INIT;
	struct jurisdiction *j = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (!profile_parse(cases[i], strlen(cases[i]), &j, NULL))
			fail_msg("%s", cases[i]);
	str_addf(&bundle, "%%%%file small.conf\n%s", conf); /* without its table */
	assert_int_equal(profile_parse(bundle.s, bundle.len, &j, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "small-orgs.csv"));
	str_release(&bundle);
}

/* Many organisations: the index grows, order is kept, each is found. */
static void test_many_orgs(void **state)
{
	struct str text = STR_INIT;
	struct jurisdiction *j;
	struct error err = ERROR_INIT;
	char code[20];

	(void)state;
	str_add(&text, "\xEF\xBB\xBF" "code,name,tier,parent\r\nc,中心,district,\r\n# streets\r\n");
	for (int i = 0; i < 3000; i++)
		str_addf(&text, "o%d,\"org, %d\",district,%s\r\n", i, i, i ? "o0" : "c");
	if (parse(conf, text.s, &j, &err))
		fail_msg("%s", err.text);
	assert_int_equal(j->rules.n_orgs, 3001);
	for (int i = 0; i < 3000; i++) {
		snprintf(code, sizeof code, "o%d", i);
		assert_int_equal(rules_org(&j->rules, code)->order, i + 2);
	}
	profile_free(j);
	str_release(&text);
}

/* --- the shipped profile ---------------------------------------------------------------------- */

struct shipped {
	struct arena arena;
	struct jurisdiction *j;
	struct workdays *days;
	const char *path;
};

static int load_shipped(void **state)
{
	struct shipped *s = mem_alloc(sizeof *s);
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct error err = ERROR_INIT;

	s->path = path_join(&s->arena, top ? top : ".", "profiles/tianning.conf");
	if (profile_load(s->path, &s->j, &s->days, &err)) {
		print_message("%s\n", err.text);
		return -1;
	}
	*state = s;
	return 0;
}

static int free_shipped(void **state)
{
	struct shipped *s = *state;

	profile_free(s->j);
	workdays_free(s->days);
	arena_release(&s->arena);
	free(s);
	return 0;
}

static size_t count_tier(const struct rules *rules, const char *tier)
{
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++)
		n += str_eq(rules->orgs[i].tier, tier);
	return n;
}

static void test_tianning_orgs(void **state)
{
	static const char *const residents[] = { "总值班室", "网格中心", "城管指挥中心", "劳动监察",
						 "水利防汛", "应急指挥", "12345平台", "市监局席",
						 "森林防火" };
	const struct rules *rules = &((struct shipped *)*state)->j->rules;
	size_t r = 0;

	assert_string_equal(rules->orgs[0].code, rules->centre);
	assert_int_equal(count_tier(rules, "street"), 8); /* seven and the development zone */
	assert_int_equal(count_tier(rules, "community"), 125);
	assert_int_equal(count_tier(rules, "resident"), 9);
	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (str_eq(org->tier, "resident"))
			assert_string_equal(org->brief, residents[r++]);
		assert_true(rules_org_within(rules, org->code, rules->centre));
		assert_int_equal(org->order, i + 1);
	}
	assert_string_equal(rules_org_named(rules, "茶山")->name, "茶山街道");
	assert_string_equal(rules_org_named(rules, "朝阳花园社区")->parent, "320402001");
	assert_non_null(rules_org_named(rules, "水务局"));
}

static const struct clock_rule *clock_of(const struct step *step, const char *kind)
{
	for (size_t i = 0; i < step->n_clocks; i++)
		if (strcmp(step->clocks[i].kind, kind) == 0)
			return &step->clocks[i];
	fail_msg("step %s has no clock %s", step->id, kind);
	return NULL;
}

/* Every limit of every clock is there for the three urgencies, day and night. */
static void test_tianning_clocks(void **state)
{
	static const struct {
		const char *step, *limits[3], *night[3], *clock;
	} cases[] = {
		{ "register", { "5m", "10m", "30m" }, { "5m", "10m", "30m" }, NULL },
		{ "accept", { "10m", "30m", "2h" }, { "10m", "30m", "2h@08:30" }, NULL },
		{ "assign", { "10m", "30m", "240wm" }, { "10m", "30m", "240wm" }, NULL },
		{ "sign", { "10m", "30m", "240wm" }, { "10m", "1h", "240wm" }, NULL },
		{ "handle", { "4h", "24h", "5wd" }, { "4h", "24h", "5wd" }, NULL },
		{ "handle", { "30m", "2h", "1wd" }, { "30m", "2h", "1wd" }, "contact" },
		{ "verify", { "30m", "2h", "1wd" }, { "30m", "2h", "1wd" }, NULL },
		{ "close", { "1wd", "1wd", "1wd" }, { "1wd", "1wd", "1wd" }, NULL },
		{ "track", { "1h", "4h", "1d" }, { "1h", "4h", "1d" }, NULL },
	};
	const struct rules *rules = &((struct shipped *)*state)->j->rules;
	const int64_t noon = 1789963200000, night = noon + 12 * INT64_C(3600000);

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *kind = cases[i].clock ? cases[i].clock : cases[i].step;
		const struct clock_rule *clock = clock_of(rules_step(rules, cases[i].step), kind);

		for (int u = 0; u < 3; u++) {
			struct incident incident = { .urgency = u + 1, .category = "0302" };
			struct limit want;
			const struct limit_row *row;

			row = clock_rule_row(rules, clock,
					     &(struct limit_ask){ .incident = &incident, .at = noon });
			assert_int_equal(limit_parse(cases[i].limits[u], &want, NULL), ERR_OK);
			assert_memory_equal(&row->limit, &want, sizeof want);
			row = clock_rule_row(rules, clock,
					     &(struct limit_ask){ .incident = &incident, .at = night });
			assert_int_equal(limit_parse(cases[i].night[u], &want, NULL), ERR_OK);
			assert_memory_equal(&row->limit, &want, sizeof want);
		}
	}
}

static void test_tianning_flow(void **state)
{
	static const char *const path[][2] = {
		{ "register", "escalate" }, { "accept", "accept" }, { "assign", "assign" },
		{ "sign", "sign" }, { "handle", "handle" }, { "verify", "verify_ok" }, { "close", "close" },
		{ "archive", "archive" },
	};
	const struct rules *rules = &((struct shipped *)*state)->j->rules;
	const struct step *step = &rules->steps[0];

	for (size_t i = 0; i < ARRAY_LEN(path); i++) {
		const struct flow_act *act = step_act(step, act_desc_find(path[i][1]));

		assert_string_equal(step->id, path[i][0]);
		assert_non_null(act);
		assert_non_null(act->to);
		step = rules_step(rules, act->to);
	}
	assert_string_equal(step->id, "archived");
	assert_false(step->open);
	assert_string_equal(rules_act_label(rules, act_desc_find("assign")), "交办");
	for (size_t i = 0; i < act_desc_count(); i++)
		assert_true(*rules_act_label(rules, act_desc_at(i)) != '\0');
}

static void test_tianning_lists(void **state)
{
	const struct rules *rules = &((struct shipped *)*state)->j->rules;

	assert_int_equal(rules->sources.n, 14);
	assert_string_equal(choices_named(&rules->sources, "12345平台")->code, "12345");
	assert_string_equal(rules->urgencies.items[0].label, "特急");
	assert_string_equal(rules->severities.items[3].label, "特别重大");
	for (size_t i = 0; i < rules->categories.n; i++) {
		const struct choice *c = &rules->categories.items[i];
		char group[3] = { c->code[0], c->code[1], '\0' };

		assert_non_null(choices_find(&rules->categories, group));
		assert_ptr_equal(choices_named(&rules->categories, c->label), c);
	}
	for (size_t i = 0; i < rules->sources.n; i++)
		assert_ptr_equal(choices_named(&rules->sources, rules->sources.items[i].label),
				 &rules->sources.items[i]);
	assert_string_equal(rules->rooms[0], "研判室");
}

/* Each district fills in what its own lists have; its own words go before the base's. */
static void test_templates(void **state)
{
	static const struct {
		const char *profile, *code, *category;
		size_t least;
	} cases[] = {
		{ "tianning", "fumes", "0602", 17 }, { "xingan", "heat", "0401", 14 },
		{ "huicheng", "typhoon", "1501", 17 }, { "city", "charge", "120101", 14 },
		{ "pukou", "river", "1501", 17 },
	};
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *path = path_join(&arena, top ? top : ".",
					     arena_printf(&arena, "profiles/%s.conf",
							  cases[i].profile));
		struct jurisdiction *j;
		struct workdays *days;
		size_t filled = 0;

		assert_int_equal(profile_load(path, &j, &days, NULL), ERR_OK);
		assert_string_equal(j->rules.templates[0].code, cases[i].code);
		for (size_t t = 0; t < j->rules.n_templates; t++) {
			const struct template *template = &j->rules.templates[t];
			const char *category = NULL;

			for (size_t v = 0; v < template->n_values; v++)
				if (strcmp(template->values[v].field, "category") == 0)
					category = template->values[v].value;
			filled += category != NULL;
			if (t == 0)
				assert_string_equal(category, cases[i].category);
		}
		if (filled < cases[i].least)
			fail_msg("%s: %zu", cases[i].profile, filled);
		workdays_free(days);
		profile_free(j);
	}
	arena_release(&arena);
}

/* The bundle of the files on disk is the profile; a change anywhere changes its hash. */
static void test_bundle(void **state)
{
	struct shipped *s = *state;
	struct str bundle = STR_INIT;
	struct jurisdiction *j;
	char hash[SHA256_HEX];

	assert_int_equal(bundle_read(s->path, &bundle, NULL), ERR_OK);
	bundle_hash(bundle.s, bundle.len, hash);
	assert_string_equal(hash, s->j->rules.hash);
	assert_string_equal(s->j->rules.calendar_hash, s->days->hash);
	assert_int_equal(profile_parse(bundle.s, bundle.len, &j, NULL), ERR_OK);
	assert_string_equal(j->rules.hash, hash);
	assert_int_equal(j->rules.n_orgs, s->j->rules.n_orgs);
	profile_free(j);
	str_add(&bundle, "# one more\n");
	assert_int_equal(profile_parse(bundle.s, bundle.len, &j, NULL), ERR_OK);
	assert_string_not_equal(j->rules.hash, hash);
	profile_free(j);
	str_release(&bundle);
}

static void test_check(void **state)
{
	struct shipped *s = *state;
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(profile_check(s->path, &out, &err), ERR_OK);
	assert_non_null(strstr(out.s, "天宁区社会治理联动指挥中心"));
	assert_non_null(strstr(out.s, "verify_no"));
	assert_int_equal(profile_check("/nowhere/x.conf", &out, &err), ERR_NOT_FOUND);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_conf_errors),
		cmocka_unit_test(test_org_errors),
		cmocka_unit_test(test_bundle_errors),
		cmocka_unit_test(test_many_orgs),
		cmocka_unit_test_setup_teardown(test_tianning_orgs, load_shipped, free_shipped),
		cmocka_unit_test_setup_teardown(test_tianning_clocks, load_shipped, free_shipped),
		cmocka_unit_test_setup_teardown(test_tianning_flow, load_shipped, free_shipped),
		cmocka_unit_test_setup_teardown(test_tianning_lists, load_shipped, free_shipped),
		cmocka_unit_test(test_templates),
		cmocka_unit_test_setup_teardown(test_bundle, load_shipped, free_shipped),
		cmocka_unit_test_setup_teardown(test_check, load_shipped, free_shipped),
	};

	return cmocka_run_group_tests_name("profile/profile", tests, NULL, NULL);
}
