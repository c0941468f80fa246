/* Warnings: the messages of CAP and of the national centre, a relay's table, and what rules make of
 * them. */
#include <config.h>

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/notice.h"
#include "zhiban/wire/cap_act.h"
#include "zhiban/wire/pack.h"

enum { OFFSET = 480 };

static int64_t at(const char *words)
{
	int64_t ms = 0;

	assert_int_equal(civil_parse(words, OFFSET, &ms, NULL), ERR_OK);
	return ms;
}

/* --- reading --------------------------------------------------------------------------------- */

#define HEAD                                                                                   \
	"<identifier>I1</identifier><sender>S</sender><sent>2026-11-22T10:00:00+08:00</sent>"  \
	"<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>"
#define CAP(inside) "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">" inside "</alert>"

static const struct {
	const char *text, *words; /* of the refusal; NULL: it is read */
} heads[] = {
	{ CAP(HEAD), NULL },
	{ "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.1\">" HEAD "</alert>", NULL },
	{ "<c:alert xmlns:c=\"urn:oasis:names:tc:emergency:cap:1.2\"><c:identifier>1</c:identifier>"
	  "<c:sender>S</c:sender><c:sent>2026-11-22T10:00:00Z</c:sent><c:status>test</c:status>"
	  "<c:msgType>CANCEL</c:msgType><c:scope>Private</c:scope></c:alert>", NULL },
	{ "<alert>" HEAD "</alert>", "no CAP message" },
	{ "<feed xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"/>", "no CAP message" },
	{ CAP("<sender>S</sender>"), "identifier is missing" },
	{ CAP("<identifier>I</identifier>"), "sender is missing" },
	{ CAP("<identifier>I</identifier><sender>S</sender>"), "sent is missing" },
	{ CAP("<identifier>I</identifier><sender>S</sender><sent>today</sent>"), "sent: \"today\"" },
	{ CAP("<identifier>I</identifier><sender>S</sender><sent>2026-01-01</sent>"), "status" },
	{ CAP("<identifier>I</identifier><sender>S</sender><sent>2026-01-01</sent>"
	      "<status>Real</status>"), "\"Real\"" },
	{ CAP("<identifier>I</identifier><sender>S</sender><sent>2026-01-01</sent>"
	      "<status>Actual</status><msgType>x</msgType>"), "msgType" },
	{ CAP("<identifier>I</identifier><sender>S</sender><sent>2026-01-01</sent>"
	      "<status>Actual</status><msgType>Alert</msgType>"), "scope is missing" },
	{ CAP(HEAD "<references>nonsense</references>"), "references" },
	{ CAP(HEAD "<info><expires>soon</expires></info>"), "expires" },
};

static void heads_are_checked(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		struct arena arena = ARENA_INIT;
		struct error err = ERROR_INIT;
		struct cap_alert alert;
		enum err code = cap_decode(heads[i].text, strlen(heads[i].text), OFFSET, &arena, &alert,
					   &err);

		if (code != (heads[i].words != NULL ? ERR_INPUT : ERR_OK) ||
		    (heads[i].words != NULL && strstr(err.text, heads[i].words) == NULL))
			fail_msg("%s: %s", heads[i].text, err.text);
		arena_release(&arena);
	}
}

static const char national[] =
	"<alert xmlns=\"http://com.icss.amp\"><identifier>N1</identifier><sender>省气象局</sender>"
	"<sendTime>2026-11-22 09:15:58+08:00</sendTime><status>Actual</status><msgType>Alert</msgType>"
	"<scope>Public</scope><references></references><info><language>zh-CN</language>"
	"<eventType>11B01</eventType><severity>Orange</severity><expires>2026-11-22 21:00:00+08:00</expires>"
	"<headline>省气象局发布台风橙色预警</headline><area><areaDesc>某省北部</areaDesc>"
	"<geocode>330205004001,330205004002</geocode></area></info></alert>";

static void the_national_message(void **unused)
{
	struct arena arena = ARENA_INIT;
	struct cap_alert alert;

	(void)unused;
	assert_int_equal(cap_decode(national, strlen(national), OFFSET, &arena, &alert, NULL), ERR_OK);
	assert_int_equal(alert.sent, at("2026-11-22T09:15:58+08:00"));
	assert_string_equal(alert.infos[0].level, "orange");
	assert_string_equal(alert.infos[0].event, "台风");
	assert_string_equal(alert.infos[0].code, "11B01");
	assert_string_equal(alert.infos[0].areas[0].codes[1], "330205004002");
	assert_null(alert.infos[0].areas[0].codes[2]);
	arena_release(&arena);
}

static const struct {
	const char *severity, *headline, *level;
} levels[] = {
	{ "Extreme", "", "red" },    { "Severe", "", "orange" },	{ "Moderate", "", "yellow" },
	{ "Minor", "", "blue" },     { "Unknown", "", "none" },		{ "", "", "none" },
	{ "Red", "", "red" },	     { "黄色", "", "yellow" },		{ "Severe", "发布暴雨红色预警", "red" },
	{ "Minor", "由橙色变更为蓝色", "orange" }, { "nonsense", "x", "none" },
};

static void levels_by_colour_then_severity(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		assert_string_equal(cap_level(levels[i].severity, levels[i].headline),
				    levels[i].level);
}

static void a_table_of_a_relay(void **unused)
{
	static const char text[] =
		"adcode,name,type,color,level,issued,expires,last_seen\n"
		"320402,天宁区,高温,橙色,Ⅱ,2026-07-11T16:00:00+08:00,,2026-07-11T20:00:00+08:00\n"
		"320402,天宁区,高温,黄色,Ⅲ,2026-07-11T14:00:00+08:00,2026-07-14T14:00:00+08:00,\n"
		"320402,天宁区,高温,黄色,Ⅲ,2026-07-20T14:00:00+08:00,,\n"
		",,高温,黄色,Ⅲ,2026-07-20T14:00:00+08:00,,\n"
		"320402,天宁区,高温,黄色,Ⅲ,someday,,\n";
	struct arena arena = ARENA_INIT;
	struct cap_table table;

	(void)unused;
	assert_false(cap_is_message(text, strlen(text)));
	assert_true(cap_is_message("\xEF\xBB\xBF <a/>", 8));
	assert_int_equal(cap_table(text, strlen(text), OFFSET, &arena, &table, NULL), ERR_OK);
	assert_int_equal(table.n, 3);
	assert_int_equal(table.n_bad, 2);
	assert_int_equal(table.bad[0].line, 5);
	assert_string_equal(table.alerts[0].message, "alert"); /* by time, not as they stand */
	assert_string_equal(table.alerts[1].message, "update");
	assert_string_equal(table.alerts[1].refs[0].identifier, table.alerts[0].identifier);
	assert_string_equal(table.alerts[1].infos[0].level, "orange");
	assert_int_equal(table.alerts[1].infos[0].expires, at("2026-07-11T20:00:00+08:00"));
	assert_string_equal(table.alerts[2].message, "alert"); /* the one before was over */
	assert_int_equal(table.alerts[2].infos[0].expires, at("2026-07-21T14:00:00+08:00"));
	arena_release(&arena);
}

/* --- rules ----------------------------------------------------------------------------------- */

static const struct org orgs[] = {
	{ .code = "zx", .name = "天宁区联动指挥中心", .tier = "district" },
	{ .code = "sw", .name = "区水务局", .brief = "水务局", .tier = "department", .parent = "zx" },
	{ .code = "320402003", .name = "茶山街道", .brief = "茶山", .tier = "street", .parent = "zx" },
	{ .code = "320402004", .name = "红梅街道", .brief = "红梅", .tier = "street", .parent = "zx" },
	{ .code = "320402005", .name = "旧街道", .tier = "street", .parent = "zx", .ends = 1 },
};
static const struct warning_area areas[] = { { "320402", "天宁区" }, { "320400", "常州市" } };

static const struct {
	const char *code, *desc;
	bool ours;
} places[] = {
	{ "320402", "", true },		{ "320402003", "", true },	{ "320402003000", "", true },
	{ "320402999000", "", true },	{ "320400", "", true },		{ "320000000000", "", true },
	{ "32", "", true },		{ "320404", "天宁区", false },	{ "330000", "", false },
	{ "330205004001", "", false },	{ NULL, "江苏省常州市天宁区", true }, { NULL, "常州市", true },
	{ NULL, "茶山", true },		{ NULL, "浙江省", false },	{ NULL, "", false },
};

static void whose_an_area_is(void **unused)
{
	const struct rules rules = { .offset_min = OFFSET, .centre = "zx", .orgs = orgs,
				     .n_orgs = ARRAY_LEN(orgs), .warnings = { .areas = areas, .n_areas = ARRAY_LEN(areas) } };

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		const char *const codes[] = { places[i].code, NULL };
		const struct cap_area area = { places[i].desc, codes };

		if (cap_area_is_ours(&rules, &area) != places[i].ours)
			fail_msg("%s %s", places[i].code, places[i].desc);
	}
}

static const char *const test_statuses[] = { "test", "exercise", NULL };
static const char *const oranges[] = { "orange", NULL }, *const rain[] = { "暴雨", "11B03", NULL };
static const char *const to_streets[] = { "area", "tier street", NULL }, *const to_area[] = { "area", NULL };
static const struct warning_rule warnings[] = {
	{ .id = "test", .statuses = test_statuses, .makes = WARNING_NOTHING, .anywhere = true },
	{ .id = "rain", .levels = oranges, .events = rain, .makes = WARNING_INCIDENT, .category = "15",
	  .urgency = 2 },
	{ .id = "red", .levels = (const char *const[]){ "red", NULL }, .makes = WARNING_NOTICE,
	  .to = to_streets },
	{ .id = "other", .makes = WARNING_NOTICE, .class = "usual", .to = to_area },
};

struct past { /* what came in before: messages A (a notice) and B (an incident) */
	bool asked;
};

static bool known(void *ctx, const char *sender, const char *identifier, struct target *ret_target)
{
	struct past *past = ctx;

	past->asked = true;
	if (strcmp(sender, "S") != 0)
		return false;
	if (strcmp(identifier, "A") == 0)
		*ret_target = (struct target){ KIND_NOTICE, notice_id("S", "A"), 3 };
	else if (strcmp(identifier, "B") == 0)
		*ret_target = (struct target){ KIND_INCIDENT, uuid_named("b"), 2 };
	else
		return false;
	return true;
}

static const struct {
	const char *id, *status, *message, *refs, *severity, *event, *code, *expires;
	enum cap_outcome outcome;
	const char *rule, *recipients; /* of the act, "" or codes with spaces */
} made[] = {
	{ "X", "Actual", "Alert", "", "Extreme", "大风", "320402003", "", CAP_POST, "red",
	  "320402003 320402004" },
	{ "X", "Actual", "Alert", "", "Minor", "大风", "320402003", "", CAP_POST, "other", "320402003" },
	{ "X", "Actual", "Alert", "", "Unknown", "大风", "320402", "", CAP_POST, "other", "" },
	{ "X", "Actual", "Alert", "", "Severe", "特大暴雨", "320402", "", CAP_REGISTER, "rain", "" },
	{ "X", "Actual", "Alert", "", "Severe", "大风", "320402", "", CAP_POST, "other", "" },
	{ "X", "Actual", "Alert", "", "Extreme", "大风", "320404", "", CAP_NOTHING, NULL, "" },
	{ "X", "Test", "Alert", "", "Extreme", "大风", "320402", "", CAP_NOTHING, "test", "" },
	{ "X", "System", "Alert", "", "Extreme", "大风", "320402", "", CAP_NOTHING, NULL, "" },
	{ "X", "Actual", "Ack", "", "Extreme", "大风", "320402", "", CAP_NOTHING, NULL, "" },
	{ "X", "Actual", "Alert", "", "Extreme", "大风", "320402", "2026-11-22T09:00:00Z", CAP_NOTHING, "red",
	  "" },
	{ "A", "Actual", "Alert", "", "Extreme", "大风", "320402", "", CAP_KNOWN, NULL, "" },
	{ "X", "Actual", "Update", "S,A,2026-11-22T10:00:00Z", "Extreme", "大风", "320402003", "", CAP_AMEND,
	  "red", "320402003 320402004" },
	{ "X", "Actual", "Update", "S,Q,t S,A,t", "Minor", "大风", "320404", "", CAP_AMEND, NULL, "" },
	{ "X", "Actual", "Update", "S,A,t", "Minor", "大风", "320402", "2026-11-22T09:00:00Z", CAP_LIFT,
	  "other", "" },
	{ "X", "Actual", "Update", "S,Q,t", "Minor", "大风", "320402", "", CAP_POST, "other", "" },
	{ "X", "Actual", "Update", "S,B,t", "Severe", "暴雨", "320402", "", CAP_NOTE, "rain", "" },
	{ "X", "Actual", "Cancel", "S,A,t", "Minor", "大风", "320402", "", CAP_LIFT, NULL, "" },
	{ "X", "Actual", "Cancel", "T,A,t", "Minor", "大风", "320402", "", CAP_NOTHING, NULL, "" },
	{ "X", "Test", "Cancel", "S,A,t", "Minor", "大风", "320402", "", CAP_NOTHING, NULL, "" },
	{ "X", "Actual", "Cancel", "S,B,t", "Minor", "大风", "320402", "", CAP_NOTE, NULL, "" },
};

static void recipients_of(const struct act *act, struct str *out)
{
	str_clear(out);
	for (size_t i = 0; value_is_set(act_value(act, "recipient", i)); i++)
		str_addf(out, "%s%s", i > 0 ? " " : "", act_value(act, "recipient", i).text);
}

static void rules_decide(void **unused)
{
	const struct rules rules = { .offset_min = OFFSET, .centre = "zx", .orgs = orgs,
				     .n_orgs = ARRAY_LEN(orgs), .warnings = { warnings, ARRAY_LEN(warnings), areas,
						   ARRAY_LEN(areas), NULL } };
	struct str text = STR_INIT, to = STR_INIT;

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(made); i++) {
		struct past past = { false };
		struct cap_ctx ctx = { .rules = &rules, .actor = { "system", "zx", "system" },
				       .now = at("2026-11-22T20:00:00+08:00"), .known = known,
				       .ctx = &past };
		struct arena arena = ARENA_INIT;
		struct error err = ERROR_INIT;
		struct cap_verdict verdict;
		struct cap_alert alert;

		str_clear(&text);
		str_addf(&text, CAP("<identifier>%s</identifier><sender>S</sender>"
				    "<sent>2026-11-22T19:00:00+08:00</sent><status>%s</status>"
				    "<msgType>%s</msgType><scope>Public</scope><references>%s</references>"
				    "<info><event>%s</event><severity>%s</severity><expires>%s</expires>"
				    "<headline>H</headline><area><areaDesc/><geocode><valueName/>"
				    "<value>%s</value></geocode></area></info>"),
			 made[i].id, made[i].status, made[i].message, made[i].refs, made[i].event,
			 made[i].severity, made[i].expires, made[i].code);
		assert_int_equal(cap_decode(text.s, text.len, OFFSET, &arena, &alert, &err), ERR_OK);
		if (cap_act(&ctx, &alert, &arena, &verdict, &err) != ERR_OK)
			fail_msg("%zu: %s", i, err.text);
		recipients_of(&verdict.act, &to);
		if (verdict.outcome != made[i].outcome || !str_eq(verdict.rule, made[i].rule) ||
		    strcmp(str_get(&to), made[i].recipients) != 0)
			fail_msg("%zu: %s by %s to \"%s\"", i, cap_outcome_name(verdict.outcome),
				 verdict.rule != NULL ? verdict.rule : "-", str_get(&to));
		assert_true(past.asked);
		assert_true(verdict.outcome >= CAP_POST || verdict.outcome == CAP_KNOWN ||
			    verdict.why != NULL);
		arena_release(&arena);
	}
	str_release(&text);
	str_release(&to);
}

/* Of several languages Chinese; infos of one language are one warning. */
static void languages_and_parts(void **unused)
{
	static const char text[] = CAP(HEAD
		"<info><language>en</language><event>Rain</event><severity>Minor</severity>"
		"<headline>Rain</headline><description>en</description></info>"
		"<info><language>zh-CN</language><event>暴雨</event><severity>Minor</severity>"
		"<expires>2026-11-22T23:00:00+08:00</expires><headline>发布暴雨蓝色预警</headline>"
		"<description>甲</description><area><areaDesc>天宁区</areaDesc></area></info>"
		"<info><language>zh-CN</language><event>大风</event><severity>Severe</severity>"
		"<expires>2026-11-23T05:00:00+08:00</expires><headline>h2</headline>"
		"<description>乙</description></info>");
	static const struct warning_rule all = { .id = "all", .makes = WARNING_NOTICE };
	const struct rules rules = { .offset_min = OFFSET, .centre = "zx",
				     .warnings = { &all, 1, areas, 2, NULL } };
	struct past past = { false };
	struct cap_ctx ctx = { .rules = &rules, .actor = { "system", "zx", "system" }, .now = 1,
			       .known = known, .ctx = &past };
	struct arena arena = ARENA_INIT;
	struct cap_verdict verdict;
	struct cap_alert alert;

	(void)unused;
	assert_int_equal(cap_decode(text, strlen(text), OFFSET, &arena, &alert, NULL), ERR_OK);
	assert_int_equal(cap_act(&ctx, &alert, &arena, &verdict, NULL), ERR_OK);
	assert_int_equal(verdict.outcome, CAP_POST);
	assert_string_equal(act_text(&verdict.act, "title"), "发布暴雨蓝色预警");
	assert_string_equal(act_text(&verdict.act, "level"), "orange"); /* the most severe */
	assert_string_equal(act_text(&verdict.act, "text"), "甲\n\n乙");
	assert_string_equal(act_text(&verdict.act, "event"), "暴雨, 大风");
	assert_int_equal(act_value(&verdict.act, "expires_at", 0).num, at("2026-11-23T05:00:00+08:00"));
	arena_release(&arena);
}

/* --- real messages --------------------------------------------------------------------------- */

static const struct { /* those that are not read, and why */
	const char *file, *words;
} refused[] = {
	{ "invalid.cap", "scope" },
	{ "xee.cap", "document type" },
	{ "cma_yuanshi_20260826.xml", "status" },
};

static void read_real(const char *folder, const char *name, size_t *n)
{
	struct arena arena = ARENA_INIT;
	struct packed_file *file = NULL;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;
	struct cap_alert alert;
	const char *words = NULL;
	char piece[16384];
	size_t len = 1;
	enum err code;

	assert_int_equal(packed_open(arena_printf(&arena, "%s/%s", folder, name), &file, NULL), ERR_OK);
	while (len > 0) {
		assert_int_equal(packed_read(file, piece, sizeof piece, &len, NULL), ERR_OK);
		str_add_bytes(&text, piece, len);
	}
	packed_close(file);
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		if (strcmp(refused[i].file, name) == 0)
			words = refused[i].words;
	code = cap_decode(text.s, text.len, OFFSET, &arena, &alert, &err);
	if (words != NULL ? code != ERR_INPUT || strstr(err.text, words) == NULL : code != ERR_OK)
		fail_msg("%s: %s", name, err.text);
	(*n)++;
	str_release(&text);
	arena_release(&arena);
}

static void real_messages(void **unused)
{
	static const char *const folders[] = { "google", "oasiscap", "cn" };
	const char *shared = getenv("ZHIBAN_SHARED");
	size_t n = 0;

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		char path[512];
		DIR *dir;
		struct dirent *entry;

		snprintf(path, sizeof path, "%s/data/cap/%s", shared != NULL ? shared : "../shared",
			 folders[i]);
		dir = opendir(path);
		while (dir != NULL && (entry = readdir(dir)) != NULL)
			if (strstr(entry->d_name, ".cap") != NULL || strstr(entry->d_name, ".xml") != NULL)
				read_real(path, entry->d_name, &n);
		if (dir != NULL)
			closedir(dir);
	}
	if (n == 0)
		skip();
	assert_int_equal(n, 29);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_are_checked),
		cmocka_unit_test(the_national_message),
		cmocka_unit_test(levels_by_colour_then_severity),
		cmocka_unit_test(a_table_of_a_relay),
		cmocka_unit_test(whose_an_area_is),
		cmocka_unit_test(rules_decide),
		cmocka_unit_test(languages_and_parts),
		cmocka_unit_test(real_messages),
	};

	return cmocka_run_group_tests_name("wire/cap", tests, NULL, NULL);
}
