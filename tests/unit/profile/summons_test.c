/* Summonses: what each district says of its own, what a profile takes from its base, and every wrong
 * line with the place, the word and what may stand there. */
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
#include "zhiban/domain/whistle.h"

/* --- a small profile that says everything ----------------------------------------------------- */

static struct jurisdiction *full_loaded(void)
{
	const struct bundle_part parts[] = { { "full.conf", full_conf },
					     { "orgs.csv", full_orgs },
					     { "duties.csv", full_duties },
					     { "base.conf", full_base } };
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;

	if (parse_parts(parts, ARRAY_LEN(parts), &profile, &err))
		fail_msg("%s", err.text);
	return profile;
}

static const char *words_of_limit(const struct limit *limit, char text[24])
{
	limit_text(limit, text);
	return text;
}

static void test_full(void **state)
{
	struct jurisdiction *profile = full_loaded();
	const struct rules *rules = &profile->rules;
	const struct summons *whistle = rules_summons(rules, "whistle");

	(void)state;
	assert_non_null(whistle);
	assert_ptr_equal(whistle, &rules->summonses[0]);
	assert_string_equal(whistle->label, "吹哨");
	assert_string_equal(whistle->noun, "哨件");
	assert_string_equal(whistle->paper, "吹哨单");
	assert_string_equal(whistle->letter, "X");
	assert_string_equal(whistle->blowers[0], "street");
	assert_string_equal(whistle->blowers[1], "centre");
	assert_null(whistle->blowers[2]);
	assert_string_equal(whistle->role, "duty");
	assert_string_equal(whistle->calls[1], "grid");
	assert_true(whistle->checked && whistle->coded && whistle->judged && whistle->listed);
	assert_false(whistle->confirmed || whistle->alone);
	assert_int_equal(whistle->again, 2);
	assert_int_equal(whistle->grounds.n, 2);
	assert_string_equal(choices_named(&whistle->grounds, "职责交叉")->code, "overlap");
	assert_int_equal(whistle->n_classes, 2);
	assert_int_equal(whistle->n_clocks, 2);
	profile_free(profile);
}

static void test_full_class(void **state)
{
	static const char *const limits[SUMMONS_CLOCKS] = { "1d",  "240wm", "1h", "24h", "2wd", "3wd",
							    "7wd", "-",	    "1wd", "2wd", "3d",	 "-" };
	struct jurisdiction *profile = full_loaded();
	const struct summons *whistle = rules_summons(&profile->rules, "whistle");
	const struct summons_class *minor = summons_class(whistle, "minor");
	char text[24], wanted[24];

	(void)state;
	assert_string_equal(minor->approver, "chief");
	assert_string_equal(minor->approver_words, "主任");
	assert_string_equal(minor->come, "科长");
	for (size_t i = 0; i < SUMMONS_CLOCKS; i++) {
		struct limit limit;

		assert_int_equal(limit_parse(limits[i], &limit, NULL), ERR_OK);
		if (strcmp(words_of_limit(&minor->limits[i], text),
			   words_of_limit(&limit, wanted)) != 0)
			fail_msg("%s: %s, not %s", summons_clock_code((enum summons_clock)i), text,
				 wanted);
	}
	assert_string_equal(words_of_limit(&minor->least, text), "2wd");
	assert_string_equal(words_of_limit(&minor->most, text), "5wd");
	assert_int_equal(minor->n_extensions, 2);
	assert_string_equal(minor->extensions[0].role, "chief");
	assert_int_equal(minor->extensions[0].most.amount, 5);
	assert_int_equal(minor->extensions[1].most.unit, LIMIT_NONE);
	/* What a class does not say. */
	minor = summons_class(whistle, "serious");
	assert_null(minor->approver);
	assert_null(minor->approver_words);
	assert_null(minor->come);
	assert_int_equal(minor->least.unit, LIMIT_NONE);
	assert_int_equal(minor->limits[SUMMONS_REPORT_IN].unit, LIMIT_NONE);
	assert_int_equal(minor->limits[SUMMONS_SETTLE].unit, LIMIT_MINUTES);
	profile_free(profile);
}

static void test_full_words(void **state)
{
	struct jurisdiction *profile = full_loaded();
	const struct rules *rules = &profile->rules;
	const struct summons *whistle = rules_summons(rules, "whistle");
	const struct clock_rule *clock = summons_clock_rule(whistle, "report_in");

	(void)state;
	assert_string_equal(summons_act_label(rules, whistle, act_desc_of(KIND_WHISTLE, "blow")),
			    "响哨");
	assert_string_equal(summons_act_label(rules, whistle, act_desc_of(KIND_WHISTLE, "close")),
			    "销哨");
	assert_string_equal(summons_step_label(rules, whistle, "issued"), "已下达");
	assert_string_equal(summons_clock_label(rules, whistle, "handle"), "办");
	assert_int_equal(clock->n_timeouts, 2);
	assert_int_equal(clock->timeouts[1].percent, 150);
	assert_int_equal(clock->timeouts[1].what, TIMEOUT_LIST);
	assert_string_equal(rules_channel(rules, "sheet")->paper, "督办单");
	assert_string_equal(rules_channel(rules, "sheet")->office, "督查办");
	assert_string_equal(rules_channel(rules, "sheet")->text, "限期答复");
	assert_string_equal(rules_channel(rules, "sheet")->copies[1], "乙");
	assert_int_equal(rules_channel(rules, "sheet")->sign.unit, LIMIT_WORK_DAYS);
	assert_string_equal(rules_channel(rules, "yellow")->paper, "黄牌");
	assert_null(rules_channel(rules, "yellow")->office);
	assert_null(rules_channel(rules, "yellow")->copies[0]);
	profile_free(profile);
}

/* The base's of the same code is gone, with its letter; its other one stands behind one's own. */
static void test_base(void **state)
{
	struct jurisdiction *profile = full_loaded();
	const struct rules *rules = &profile->rules;

	(void)state;
	assert_int_equal(rules->n_summonses, 3);
	assert_string_equal(rules->summonses[0].code, "whistle");
	assert_string_equal(rules->summonses[1].code, "direct");
	assert_string_equal(rules->summonses[2].code, "order");
	assert_null(summons_class(&rules->summonses[0], "base"));
	/* What is not said: */
	assert_string_equal(rules->summonses[2].noun, "响应令");
	assert_string_equal(rules->summonses[2].paper, "响应令");
	assert_true(rules->summonses[2].checked && rules->summonses[2].confirmed);
	assert_true(rules->summonses[2].alone);
	assert_null(rules->summonses[2].calls);
	assert_int_equal(rules->summonses[2].again, 1);
	profile_free(profile);
}

/* --- wrong lines ------------------------------------------------------------------------------ */

enum which { CONF, BASE };
struct wrong {
	enum which file;
	const char *from, *to;
	const char *place, *word, *allowed; /* what the sentence must name */
};

static void assert_wrong(const struct wrong *wrong)
{
	struct bundle_part parts[] = { { "full.conf", full_conf },
				       { "base.conf", full_base },
				       { "orgs.csv", full_orgs },
				       { "duties.csv", full_duties } };
	struct jurisdiction *profile = NULL;
	struct error err = ERROR_INIT;
	char *text = replaced(parts[wrong->file].text, wrong->from, wrong->to);

	parts[wrong->file].text = text;
	if (!parse_parts(parts, ARRAY_LEN(parts), &profile, &err))
		fail_msg("%s was taken", wrong->to);
	if (getenv("SHOW"))
		print_message("%s\n", err.text);
	assert_null(profile);
	if (!strstr(err.text, wrong->place) || !strstr(err.text, wrong->word) ||
	    !strstr(err.text, wrong->allowed))
		fail_msg("%s: %s", wrong->to, err.text);
	free(text);
}

static void test_wrong_kinds(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "	letter = \"X\"", "	letter = \"x\"", "full.conf:174", "\"x\"",
		  "capital letters" },
		{ CONF, "	letter = \"X\"", "	letter = \"XYZ\"", "full.conf:174", "\"XYZ\"",
		  "one or two" },
		{ CONF, "	letter = \"X\"", "	letter = \"T\"", "full.conf:174", "\"T\"",
		  "notices" },
		{ CONF, "letter = \"Z\"", "letter = \"X\"", "full.conf:207", "\"X\"", "\"whistle\"" },
		{ BASE, "letter = \"O\"", "letter = \"Z\"", "base.conf:33", "\"Z\"", "\"direct\"" },
		{ CONF, "{\"street\", \"centre\"}", "{\"street\", \"town\"}", "full.conf:175", "\"town\"",
		  "centre, district, street, grid" },
		{ CONF, "	calls = {\"street\", \"grid\"}", "	calls = {\"dept\"}",
		  "full.conf:177", "\"dept\"", "centre, district, street, grid" },
		{ CONF, "	blowers = {\"street\", \"centre\"}\n", "", "full.conf:170", "blowers",
		  "missing" },
		{ CONF, "	role = \"duty\"\n	calls", "	role = \"dutty\"\n	calls",
		  "full.conf:176", "\"dutty\"", "eye, duty, chief, leader" },
		{ CONF, "	again = 2", "	again = -1", "full.conf:184", "again", "0" },
		{ CONF, "	listed = true", "	listed = perhaps", "full.conf:183", "perhaps", "" },
		{ CONF, "	noun =", "	nouns =", "full.conf:172", "nouns", "" },
		{ CONF, "summons \"direct\"", "summons \"di rect\"", "full.conf:207", "di rect",
		  "1 to 20 letters" },
		{ CONF, "summons \"direct\"", "summons \"whistle\"", "full.conf:207", "whistle", "" },
		{ CONF, "ground \"several\"", "ground \"over lap\"", "full.conf:186", "over lap",
		  "1 to 20 letters" },
		{ CONF, "{ label = \"直\" }", "{ label = \"直\" } ground \"overlap\" { label = \"别\" }",
		  "full.conf:208", "别", "one code, one name" },
		{ CONF, "class \"straight\"", "class \"minor\"", "full.conf:208", "一般",
		  "one code, one name" },
		{ CONF, "	class \"straight\"",
		  "	class \"a\" { label = \"a\" } class \"b\" { label = \"b\" } class \"c\" { label = \"c\" }\n"
		  "	class \"d\" { label = \"d\" } class \"e\" { label = \"e\" } class \"f\" { label = \"f\" }\n"
		  "	class \"g\" { label = \"g\" } class \"h\" { label = \"h\" } class \"i\" { label = \"i\" }\n"
		  "	class \"j\" { label = \"j\" } class \"k\" { label = \"k\" } class \"l\" { label = \"l\" }\n"
		  "	class \"straight\"",
		  "full.conf:212", "direct", "at most 12" },
		{ CONF, "	class \"straight\" { label = \"直\" } }", "}", "full.conf:207", "direct",
		  "at least one class" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_wrong(&cases[i]);
}

static void test_wrong_classes(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "		approver = \"chief\"", "		approver = \"boss\"",
		  "full.conf:189", "\"boss\"", "eye, duty, chief, leader" },
		{ CONF, "		approver = \"chief\"\n", "\n", "full.conf:190", "approver_words",
		  "no approver" },
		{ CONF, "\"report_in 3wd\"", "\"report 3wd\"", "full.conf:194", "\"report\"",
		  "approve, check, sign, contact, arrive, report_in, handle" },
		{ CONF, "\"report_in 3wd\"", "\"repot_in 3wd\"", "full.conf:194", "\"repot_in\"",
		  "is report_in meant?" },
		{ CONF, "\"report_in 3wd\"", "\"report_in 3w\"", "full.conf:194", "3w", "" },
		{ CONF, "\"report_in 3wd\"", "\"report_in\"", "full.conf:194", "report_in", "" },
		{ CONF, "\"report_in 3wd\"", "\"report_in 3wd chief\"", "full.conf:194", "chief", "" },
		{ CONF, "\"judge 3d\"", "\"sign 3d\"", "full.conf:195", "sign", "already" },
		{ CONF, "	checked = true", "	checked = false", "full.conf:193", "check 240wm",
		  "does not check" },
		{ CONF, "	judged = true", "	judged = false", "full.conf:195", "judge 3d",
		  "do not judge" },
		{ CONF, "{\"settle 1h\"}", "{\"approve 1h\"}", "full.conf:200", "approve 1h",
		  "nobody approves" },
		{ CONF, "\"2wd..5wd\"", "\"2wd-5wd\"", "full.conf:197", "2wd-5wd", "30m..1wd" },
		{ CONF, "\"2wd..5wd\"", "\"2wd..\"", "full.conf:197", "2wd..", "30m..1wd" },
		{ CONF, "\"2wd..5wd\"", "\"..5wd\"", "full.conf:197", "..5wd", "30m..1wd" },
		{ CONF, "\"2wd..5wd\"", "\"-..5wd\"", "full.conf:197", "-..5wd", "30m..1wd" },
		{ CONF, "\"2wd..5wd\"", "\"4wd..5wd\"", "full.conf:197", "4wd..5wd", "3wd" },
		{ CONF, "\"2wd..5wd\"", "\"1h..2wd\"", "full.conf:197", "1h..2wd", "3wd" },
		{ CONF, "\"2wd..5wd\"", "\"2wd..300wd\"", "full.conf:197", "300wd", "366 days" },
		/* Friday afternoon is what tells a day from a working day. */
		{ CONF, "\"2wd..5wd\"", "\"1h..4d\"", "full.conf:197", "1h..4d", "3wd" },
		{ CONF, "			\"report_in 3wd\",\n", "\n", "full.conf:197", "2wd..5wd",
		  "no report_in" },
		{ CONF, "		extensions = {\"5wd chief\", \"leader\"}\n	}\n	class",
		  "		extensions = {\"5wd boss\"}\n	}\n	class", "full.conf:198",
		  "5wd boss", "eye, duty, chief, leader" },
		{ CONF, "		extensions = {\"5wd chief\", \"leader\"}\n	}\n	class",
		  "		extensions = {\"5x chief\"}\n	}\n	class", "full.conf:198",
		  "5x chief", "" },
		{ CONF, "	class \"serious\" {", "	class \"se rious\" {", "full.conf:200", "se rious",
		  "1 to 20 letters" },
		{ CONF, "	class \"serious\" {", "	class \"minor\" {", "full.conf:200", "minor", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_wrong(&cases[i]);
}

static void test_wrong_words(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "	act \"blow\"", "	act \"accept\"", "full.conf:201", "\"accept\"",
		  "blow, revise, submit" },
		{ CONF, "	act \"blow\"", "	act \"report\"", "full.conf:201", "\"report\"",
		  "report_in" },
		{ CONF, "	act \"blow\"", "	act \"fire\"", "full.conf:201", "\"fire\"",
		  "a whistle has no act" },
		{ CONF, "	step \"issued\"", "	step \"issue\"", "full.conf:203", "\"issue\"",
		  "is issued meant?" },
		{ CONF, "	clock \"handle\" { label = \"办\" }\n", "	clock \"hand\" { label = \"办\" }\n",
		  "full.conf:205", "\"hand\"", "handle" },
		{ CONF, "{ label = \"办\" }\n}\nsummons", "{ label = \"办\" timeouts = {\"100 offer\"} }\n}\nsummons",
		  "full.conf:205", "100 offer", "urge, propose or list" },
		{ CONF, "{ label = \"办\" }\n}\nsummons", "{ label = \"办\" timeouts = {\"0 urge\"} }\n}\nsummons",
		  "full.conf:205", "0 urge", "percentage" },
		{ CONF, "	sign = \"1wd\"", "	sign = \"soon\"", "full.conf:167", "soon", "sign" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_wrong(&cases[i]);
}

/* --- the districts ---------------------------------------------------------------------------- */

static struct jurisdiction *district(const char *name, struct workdays **ret_days)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;

	if (profile_load(path_join(&arena, top ? top : ".",
				   arena_printf(&arena, "profiles/%s.conf", name)),
			 &profile, ret_days, &err))
		fail_msg("%s", err.text);
	arena_release(&arena);
	return profile;
}

struct said { /* one class of one kind of one district */
	const char *profile, *summons, *label, *letter, *paper;
	const char *class, *class_label, *approver, *come, *bounds;
	const char *limits; /* as in the profile, in the order of the clocks */
	const char *extensions;
};

static void add_limits(const struct summons_class *class, struct str *out)
{
	char text[24];

	for (size_t i = 0; i < SUMMONS_CLOCKS; i++)
		if (class->limits[i].unit != LIMIT_NONE)
			str_addf(out, "%s%s %s", out->len ? ", " : "",
				 summons_clock_code((enum summons_clock)i),
				 words_of_limit(&class->limits[i], text));
}

static void add_extensions(const struct summons_class *class, struct str *out)
{
	char text[24];

	for (size_t i = 0; i < class->n_extensions; i++) {
		str_add(out, i ? ", " : "");
		if (class->extensions[i].most.unit != LIMIT_NONE)
			str_addf(out, "%s ", words_of_limit(&class->extensions[i].most, text));
		str_add(out, class->extensions[i].role);
	}
}

static void assert_same(const char *what, const struct said *said, const char *got, const char *wanted)
{
	if (strcmp(got, wanted) != 0)
		fail_msg("%s, %s, %s: %s is %s, not %s", said->profile, said->summons, said->class,
			 what, got, wanted);
}

static void assert_said(const struct said *said)
{
	struct workdays *days;
	struct jurisdiction *profile = district(said->profile, &days);
	const struct summons *summons = rules_summons(&profile->rules, said->summons);
	const struct summons_class *class = summons_class(summons, said->class);
	struct str words = STR_INIT;
	char least[24], most[24];

	if (!class)
		fail_msg("%s has no %s %s", said->profile, said->summons, said->class);
	assert_same("label", said, summons->label, said->label);
	assert_same("letter", said, summons->letter, said->letter);
	assert_same("paper", said, summons->paper, said->paper);
	assert_same("class", said, class->label, said->class_label);
	assert_same("approver", said, class->approver ? class->approver : "", said->approver);
	assert_same("come", said, class->come ? class->come : "", said->come);
	add_limits(class, &words);
	assert_same("limits", said, str_get(&words), said->limits);
	str_clear(&words);
	add_extensions(class, &words);
	assert_same("extensions", said, str_get(&words), said->extensions);
	str_clear(&words);
	if (class->least.unit != LIMIT_NONE)
		str_addf(&words, "%s..%s", words_of_limit(&class->least, least),
			 words_of_limit(&class->most, most));
	assert_same("bounds", said, str_get(&words), said->bounds);
	str_release(&words);
	profile_free(profile);
	workdays_free(days);
}

static void test_districts(void **state)
{
	static const struct said all[] = {
		{ "tianning", "whistle", "吹哨", "W", "吹哨单", "minor", "一般", "street_chief",
		  "科室负责人", "1wd..5wd",
		  "approve 1wd, check 240wm, sign 1h, contact 24h, arrive 3wd, report_in 3wd, handle 7wd, "
		  "feedback 1wd, verify 1wd, rate 1wd, judge 1wd, settle 1wd",
		  "5wd chief, 5wd leader" },
		{ "tianning", "whistle", "吹哨", "W", "吹哨单", "major", "较大", "street_deputy", "分管领导",
		  "2h..5wd",
		  "approve 2h, check 1h, sign 1h, contact 4h, arrive 1wd, report_in 1wd, handle 7wd, "
		  "feedback 1wd, verify 1wd, rate 1wd, judge 1wd, settle 1wd",
		  "7wd leader" },
		{ "tianning", "whistle", "吹哨", "W", "吹哨单", "serious", "重大", "street_head", "主要领导",
		  "30m..1wd",
		  "approve 30m, check 30m, sign 30m, contact 1h, arrive 4h, report_in 4h, handle 7wd, "
		  "feedback 1wd, verify 1wd, rate 1wd, judge 1wd, settle 1wd",
		  "leader" },
		{ "xingan", "whistle", "联合处置", "L", "联合处置单", "major", "较大", "street_deputy",
		  "分管领导", "4h..5wd",
		  "approve 2h, check 1h, sign 1h, contact 4h, report_in 1wd, handle 7wd, feedback 1wd, "
		  "verify 2wd, rate 3wd, settle 1wd",
		  "7wd leader" },
		{ "huicheng", "whistle", "约请", "Y", "约请函", "usual", "一般约请", "street_chief",
		  "业务股室负责人", "1wd..5wd",
		  "approve 1wd, check 240wm, sign 240wm, contact 1wd, report_in 2wd, handle 7wd, verify 2wd, "
		  "rate 2wd, settle 1wd",
		  "5wd chief, leader" },
		{ "huicheng", "direct", "直通车", "Z", "直通车呈报单", "direct", "直通", "street_head", "",
		  "", "approve 2h, handle 1wd, verify 1wd, rate 1wd", "leader" },
		{ "pukou", "whistle", "响应令", "X", "联合执法响应令", "plain", "平", "", "业务科室人员",
		  "2h..3wd",
		  "check 240wm, sign 240wm, report_in 1wd, handle 7wd, verify 1wd, rate 3wd, settle 1wd",
		  "5wd chief, leader" },
		{ "pukou", "whistle", "响应令", "X", "联合执法响应令", "urgent", "急", "", "带队负责人",
		  "30m..1d",
		  "check 30m, sign 1h, report_in 2h, handle 48h, verify 4h, rate 2d, settle 1wd",
		  "24h chief, leader" },
		{ "pukou", "whistle", "响应令", "X", "联合执法响应令", "flash", "特急", "",
		  "分管领导带队", "15m..4h",
		  "check 10m, sign 15m, report_in 30m, handle 8h, verify 1h, rate 1d, settle 4h",
		  "leader" },
		{ "city", "whistle", "会办", "H", "会办单", "usual", "普通会办", "", "科室负责人", "1wd..5wd",
		  "check 240wm, sign 240wm, contact 1wd, report_in 2wd, handle 5wd, verify 2wd, rate 2wd, "
		  "settle 1wd",
		  "5wd chief, leader" },
		{ "example", "whistle", "吹哨", "W", "吹哨单", "major", "较大", "street_deputy", "分管领导",
		  "2h..5wd",
		  "approve 2h, check 1h, sign 1h, contact 4h, arrive 1wd, report_in 1wd, handle 7wd, "
		  "feedback 1wd, verify 1wd, rate 1wd, judge 1wd, settle 1wd",
		  "7wd leader" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		assert_said(&all[i]);
}

/* Who may blow and who may be called. */
static void test_parties(void **state)
{
	static const struct {
		const char *profile, *summons, *org;
		bool blows, called;
	} cases[] = {
		{ "tianning", "whistle", "zhongxin", false, false },
		{ "tianning", "whistle", "zongzhi", false, true },
		{ "huicheng", "whistle", "wangge", false, false },
		{ "huicheng", "whistle", "zy-shijian", false, true },
		{ "huicheng", "direct", "wangge", false, true },
		{ "huicheng", "direct", "zy-shijian", false, false },
		{ "pukou", "whistle", "zhihui", true, false },
		{ "pukou", "whistle", "lianqinban", false, true },
		{ "pukou", "whistle", "fayuan", false, true },
		{ "city", "whistle", "zhongxin", true, false },
		{ "xingan", "whistle", "zhongxin", true, false },
		{ "example", "whistle", "dongjie", true, false },
		{ "example", "whistle", "shuiwu", false, true },
		{ "example", "whistle", "dongjie-1", false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct workdays *days;
		struct jurisdiction *profile = district(cases[i].profile, &days);
		const struct rules *rules = &profile->rules;
		const struct summons *summons = rules_summons(rules, cases[i].summons);

		if (!rules_org(rules, cases[i].org) ||
		    summons_may_blow(rules, summons, cases[i].org) != cases[i].blows ||
		    summons_may_call(rules, summons, "", cases[i].org) != cases[i].called)
			fail_msg("%s, %s: %s", cases[i].profile, cases[i].summons, cases[i].org);
		profile_free(profile);
		workdays_free(days);
	}
}

/* The words of each district for what all have. */
static void test_district_words(void **state)
{
	static const struct {
		const char *profile, *summons;
		enum { STEP, CLOCK, ACT } what;
		const char *code, *label;
	} cases[] = {
		{ "tianning", "whistle", ACT, "close", "销哨" },
		{ "tianning", "whistle", ACT, "judge", "评哨" },
		{ "tianning", "whistle", STEP, "check", "中心审核" },
		{ "tianning", "whistle", CLOCK, "verify", "街镇核查" },
		{ "xingan", "whistle", ACT, "report_in", "到位" },
		{ "xingan", "whistle", CLOCK, "report_in", "到位" },
		{ "huicheng", "whistle", ACT, "blow", "约请" },
		{ "huicheng", "whistle", ACT, "propose", "提请跨部门联席会议" },
		{ "huicheng", "direct", ACT, "handle", "答复" },
		{ "huicheng", "direct", CLOCK, "handle", "区领导答复" },
		{ "pukou", "whistle", ACT, "report_in", "集结报到" },
		{ "pukou", "whistle", ACT, "issue", "启动二级响应" },
		{ "pukou", "whistle", CLOCK, "report_in", "集结" },
		{ "pukou", "whistle", STEP, "check", "待启动" },
		{ "city", "whistle", ACT, "blow", "发起会办" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct workdays *days;
		struct jurisdiction *profile = district(cases[i].profile, &days);
		const struct rules *rules = &profile->rules;
		const struct summons *summons = rules_summons(rules, cases[i].summons);
		const struct act_desc *act = act_desc_of(KIND_WHISTLE, cases[i].code);
		const char *got = cases[i].what == ACT ? summons_act_label(rules, summons, act)
				  : cases[i].what == STEP
					  ? summons_step_label(rules, summons, cases[i].code)
					  : summons_clock_label(rules, summons, cases[i].code);

		if (strcmp(got, cases[i].label) != 0)
			fail_msg("%s, %s: %s is %s", cases[i].profile, cases[i].summons,
				 cases[i].code, got);
		profile_free(profile);
		workdays_free(days);
	}
}

/* Supervision: ladders and channels side by side. */
static void test_supervision(void **state)
{
	static const struct {
		const char *profile, *code, *label, *role, *sign, *answer;
		int points, rank;
	} cases[] = {
		{ "tianning", "sheet", "督办单", "chief", "1wd", "3wd", 0, 1 },
		{ "tianning", "card_yellow", "黄牌", "leader", "1wd", "5wd", 5, 2 },
		{ "tianning", "card_red", "红牌", "leader", "1wd", "5wd", 10, 3 },
		{ "huicheng", "wangge", "网格中心督办", "chief", "1wd", "5wd", 2, 0 },
		{ "huicheng", "quwei", "区委督查办督办", "leader", "1wd", "5wd", 2, 0 },
		{ "huicheng", "zhengfu", "区政府督查办督办", "leader", "1wd", "5wd", 2, 0 },
		{ "huicheng", "daibiao", "人大代表约请", "chief", "1wd", "5wd", 0, 0 },
		{ "huicheng", "yuetan", "人大常委会约谈提醒", "leader", "1wd", "5wd", 5, 0 },
		{ "huicheng", "pingyi", "一事一评议", "leader", "1wd", "5wd", 0, 0 },
		{ "huicheng", "jiwei", "纪委监委", "leader", "1wd", "5wd", 0, 0 },
		{ "xingan", "supervise", "督办", "chief", "1wd", "5wd", 0, 1 },
		{ "xingan", "circular", "通报", "leader", "-", "5wd", 2, 2 },
		{ "xingan", "talk", "约谈", "leader", "1wd", "3wd", 2, 3 },
		{ "xingan", "points", "扣分", "leader", "-", "-", 5, 4 },
		{ "pukou", "order", "督办", "chief", "1wd", "3wd", 0, 1 },
		{ "pukou", "circular", "通报", "leader", "-", "3wd", 2, 2 },
		{ "pukou", "deduct", "考核扣分", "leader", "-", "5wd", 5, 3 },
		{ "city", "supervise", "督办", "chief", "1wd", "5wd", 0, 1 },
		{ "city", "law", "执法监督", "chief", "1wd", "5wd", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct workdays *days;
		struct jurisdiction *profile = district(cases[i].profile, &days);
		const struct channel *channel = rules_channel(&profile->rules, cases[i].code);
		char sign[24], answer[24];

		if (!channel || strcmp(channel->label, cases[i].label) != 0 ||
		    strcmp(channel->role, cases[i].role) != 0 ||
		    strcmp(words_of_limit(&channel->sign, sign), cases[i].sign) != 0 ||
		    strcmp(words_of_limit(&channel->answer, answer), cases[i].answer) != 0 ||
		    channel->points != cases[i].points || channel->rank != cases[i].rank ||
		    !*channel->paper)
			fail_msg("%s: %s", cases[i].profile, cases[i].code);
		profile_free(profile);
		workdays_free(days);
	}
}

/* The leaders of a street stand above the shift of the centre and below the leader on duty. */
static void test_roles(void **state)
{
	static const char *const order[] = { "street", "duty", "chief", "street_chief", "street_deputy",
					     "street_head", "leader" };
	struct workdays *days;
	struct jurisdiction *profile = district("tianning", &days);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		for (size_t k = 0; k < ARRAY_LEN(order); k++)
			assert_int_equal(rules_role_reaches(&profile->rules, order[i], order[k]),
					 i >= k);
	profile_free(profile);
	workdays_free(days);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_full),	      cmocka_unit_test(test_full_class),
		cmocka_unit_test(test_full_words),    cmocka_unit_test(test_base),
		cmocka_unit_test(test_wrong_kinds),   cmocka_unit_test(test_wrong_classes),
		cmocka_unit_test(test_wrong_words),   cmocka_unit_test(test_districts),
		cmocka_unit_test(test_parties),	      cmocka_unit_test(test_district_words),
		cmocka_unit_test(test_supervision),   cmocka_unit_test(test_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
