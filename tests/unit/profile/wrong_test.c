/* Wrong profiles: every one is refused with the place, the word and what may stand there, and nothing
 * of it is loaded. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"
#include "full.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"

enum which { CONF, ORGS, DUTIES, BASE, FILES };

struct wrong {
	enum which file;
	const char *from, *to;		    /* a piece of the right file, and what is put there */
	const char *place, *word, *allowed; /* what the sentence must name */
};

static void assert_wrong(const struct wrong *wrong)
{
	const char *const texts[FILES] = { full_conf, full_orgs, full_duties, full_base };
	struct bundle_part parts[FILES] = { { "full.conf", full_conf },
				     { "orgs.csv", full_orgs },
				     { "duties.csv", full_duties },
				     { "base.conf", full_base } };
	struct jurisdiction *profile = NULL;
	struct error err = ERROR_INIT;
	char *text = replaced(texts[wrong->file], wrong->from, wrong->to);

	parts[wrong->file].text = text;
	if (!parse_parts(parts, FILES, &profile, &err))
		fail_msg("%s was taken", wrong->to);
	if (getenv("SHOW"))
		print_message("%s\n", err.text);
	assert_null(profile);
	if (!strstr(err.text, wrong->place) || !strstr(err.text, wrong->word) ||
	    !strstr(err.text, wrong->allowed))
		fail_msg("%s: %s", wrong->to, err.text);
	free(text);
}

static void assert_all(const struct wrong *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_wrong(&cases[i]);
}

static void test_settings(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "\"base.conf\"", "\"other.conf\"", "full.conf:4", "other.conf", "not there" },
		{ CONF, "\"base.conf\"", "\"full.conf\"", "full.conf:4", "full.conf", "" },
		{ BASE, "hours =", "base = \"x.conf\" hours =", "base.conf:1", "base", "allowed" },
		{ BASE, "hours =", "step \"x\" { } hours =", "base.conf:1", "step", "allowed" },
		{ BASE, "hours = \"09:00-17:00\"\n", "", "full.conf", "hours", "missing" },
		{ BASE, "night = \"18:00-06:00\"\n", "", "full.conf", "night", "missing" },
		{ BASE, "other_category = \"99\"\n", "", "full.conf", "other_category", "missing" },
		{ BASE, "sees = \"all\"", "sees = \"most\"", "base.conf:10", "most", "own, all, none" },
		{ BASE, "manage = \"audit\"", "manage = \"audits\"", "base.conf:10", "audits",
		  "is audit meant?" },
		{ BASE, "read_only = true", "read_only = maybe", "base.conf:10", "maybe", "" },
		{ BASE, "\"60\", \"100\"", "\"60\", \"50\"", "base.conf:4", "\"50\"", "above" },
		{ BASE, "\"60\", \"100\"", "\"60%\"", "base.conf:4", "60%", "percentages" },
		{ BASE, "22:00-07:00", "22-7", "base.conf:5", "22-7", "17:30-08:30" },
		{ BASE, "lock_at_most = 45m", "lock_at_most = 7wd", "base.conf:6", "7wd", "30m" },
		{ BASE, "alarm_urgency = \"urgent\"", "alarm_urgency = \"loud\"", "base.conf:6", "loud",
		  "flash, urgent, plain" },
		{ BASE, "alarm_red = \"flash\"", "alarm_red = \"loud\"", "base.conf:6", "loud",
		  "flash, urgent, plain" },
		{ BASE, "\"new\", \"red\"", "\"new\", \"blue\"", "base.conf:6", "blue", "new, given, red" },
		{ BASE, "alarm_louder = \"5m\"", "alarm_louder = \"7wd\"", "base.conf:6", "7wd", "30m" },
		{ BASE, "alarm_check = \"1h\"", "alarm_check = \"soon\"", "base.conf:6", "soon", "" },
		{ BASE, "\"值班长\", \"leader\"", "\"nobody\"", "base.conf:6", "nobody", "no role" },
		{ BASE, "\"shares\"", "\"everybody\"", "base.conf:6", "everybody", "holder, shares, none" },
		{ BASE, "\"8h\"", "\"1wd\"", "base.conf:6", "1wd", "hours or days" },
		{ BASE, "personal 30d", "persons 30d", "base.conf:6", "persons", "personal, audit, answers" },
		{ BASE, "personal 30d", "personal 30m", "base.conf:6", "personal 30m", "1095d" },
		{ CONF, "\"1wd\"", "\"1w\"", "full.conf:8", "countersign", "7wd" },
		{ CONF, "\"80\", \"4\"", "\"4\"", "full.conf:9", "targets", "three" },
		{ CONF, "\"80\", \"4\"", "\"80\", \"400\"", "full.conf:9", "400", "percentage" },
		{ CONF, "quiet_urgency = \"urgent\"", "quiet_urgency = \"calm\"", "full.conf:10", "calm",
		  "flash, urgent, plain" },
		{ CONF, "2026-08-03 本地", "2026-08-32 本地", "full.conf:11", "2026-08-32", "NAME" },
		{ CONF, "\"2026-08-08\"", "\"2026-08-03\"", "full.conf", "2026-08-03", "twice" },
		{ CONF, "09:00-12:00,13", "09:00-12:00,11", "full.conf:13", "11:30", "follow" },
		{ CONF, "2026-07-05..2026-07-07", "2026-07-07..2026-07-05", "full.conf:14",
		  "2026-07-07..2026-07-05", "in order" },
		{ BASE, "urgency \"plain\"", "urgency \"calm\" { label = \"x\" } urgency \"plain\"",
		  "base.conf:19", "urgency", "3" },
		{ CONF, "object \"0101\"", "object \"01 01\"", "full.conf:17", "01 01", "letters" },
		{ CONF, "type \"dispute\" {", "type \"event\" {", "full.conf:16", "event", "15" },
		{ CONF, "role = \"leader\"", "role = \"king\"", "full.conf:118", "king", "leader" },
		{ CONF, "answer = \"5wd\"", "answer = \"5\"", "full.conf:118", "answer", "7wd" },
		{ CONF, "limit = \"10m\"", "limit = \"soon\"", "full.conf:119", "soon", "30m" },
	};

	(void)state;
	assert_all(cases, ARRAY_LEN(cases));
}

static void test_acts(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "step = \"window\"", "step = \"door\"", "full.conf:20", "door",
		  "window, s_handle" },
		{ CONF, "step = \"share\"", "step = \"closed\"", "full.conf:22", "closed",
		  "no case begins" },
		{ CONF, "start \"1\" { tier = \"street\"", "start \"1\" { tier = \"town\"", "full.conf:20",
		  "town", "district, street, grid" },
		{ CONF, "type = \"dispute\" step", "type = \"quarrel\" step", "full.conf:20", "quarrel",
		  "event, dispute" },
		{ CONF, "act \"close\" { who", "act \"register\" { who", "full.conf:73", "register",
		  "where cases begin" },
		{ CONF, "act \"contact\"", "act \"fire\"", "full.conf:84", "fire", "sign" },
		{ CONF, "who = \"seat_or_holder\"", "who = \"boss\"", "full.conf:43", "boss",
		  "seat_or_holder" },
		{ CONF, "set = {\"response=1\"}", "set = {\"response=3\"}", "full.conf:35", "response=3",
		  "0, 1, 2" },
		{ CONF, "set = {\"response=1\"}", "set = {\"holder=s\"}", "full.conf:35", "holder=s",
		  "response" },
		{ CONF, "set = {\"response=1\"}", "set = {\"type=fire\"}", "full.conf:35", "fire",
		  "event, dispute" },
		{ CONF, "\"severity=major\"", "\"severity=huge\"", "full.conf:34", "huge", "较大" },
		{ CONF, "\"type_is dispute\"", "\"type_is quarrel\"", "full.conf:33", "quarrel", "type" },
		{ CONF, "\"reason_given\"", "\"reason_given x\"", "full.conf:47", "reason_given",
		  "no argument" },
		{ CONF, "\"reason_given\"", "\"reason_taken\"", "full.conf:47", "reason_taken",
		  "reason_given" },
		{ CONF, "act \"call\" { }", "act \"sing\" { }", "full.conf:25", "sing", "call_later" },
		{ CONF, "who = \"share\" to = \"check\"", "who = \"share\" to = \"check\" closed = true",
		  "full.conf:85", "closed", "always" },
	};

	(void)state;
	assert_all(cases, ARRAY_LEN(cases));
}

static void test_ways(void **state)
{
	static const struct wrong cases[] = {
		/* names */
		{ CONF, "to = \"share\"\n", "to = \"shore\"\n", "full.conf:44", "shore", "is share meant?" },
		{ CONF, "stay = \"s_wait\"", "stay = \"moon\"", "full.conf:45", "moon", "s_wait" },
		{ CONF, "back = \"s_feedback\"", "back = \"moon\"", "full.conf:46", "moon", "s_feedback" },
		{ CONF, "back = \"closed\" }", "back = \"moon\" }", "full.conf:106", "moon", "closed" },
		{ CONF, "step \"s_wait\"", "step \"below\"", "full.conf:68", "below", "loop" },
		/* tiers */
		{ CONF, "tier = \"street\"\n	response = 0", "tier = \"town\"\n	response = 0",
		  "full.conf:31", "town", "street" },
		{ CONF, "stay = \"s_wait\"", "stay = \"check\"", "full.conf:45", "check", "street" },
		{ CONF, "back = \"s_feedback\"", "back = \"s_closed\"", "full.conf:46", "s_closed", "open" },
		{ CONF, "to = \"s_feedback\"", "to = \"s_feedback\" stay = \"s_wait\"", "full.conf:49",
		  "stay", "higher tier" },
		{ CONF, "act \"close\" { who = \"seat\"", "act \"close\" { stay = \"s_wait\" who = \"seat\"",
		  "full.conf:73", "stay", "higher tier" },
		{ CONF, "act \"assign\" { who = \"centre\"", "act \"assign\" { back = \"check\" who = \"centre\"",
		  "full.conf:82", "back", "to" },
		{ CONF, "to = \"s_closed\" guards", "to = \"closed\" guards", "full.conf:73", "closed",
		  "own tier" },
		/* loops below */
		{ CONF, "		to = \"share\"\n		stay = \"s_wait\"\n		back = \"s_feedback\"\n",
		  "		to = \"s_wait\"\n", "full.conf:84", "district", "no loop below" },
		/* whether it holds together */
		{ CONF, "start \"3\" { step = \"share\" }\n", "step \"lost\" { label = \"x\" waiting = \"x\" "
		  "tier = \"grid\" }\n", "full.conf:22", "lost", "ever be closed" },
		{ CONF, "step \"s_closed\" {", "step \"lost\" { label = \"x\" waiting = \"x\" tier = \"grid\" }\n"
		  "step \"s_closed\" {", "full.conf:75", "lost", "leads to it" },
		{ CONF, "back = \"closed\" }", "}", "full.conf:110", "closed", "leads to it" },
		{ CONF, "to = \"s_closed\" guards = {\"no_level_below\"} }", "}", "full.conf:68", "s_wait",
		  "closed" },
	};

	(void)state;
	assert_all(cases, ARRAY_LEN(cases));
}

static void test_clocks(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "mode=war ", "mode=peaces ", "full.conf:54", "peaces", "peace, war" },
		{ CONF, "org=s ", "org=x ", "full.conf:55", "\"x\"", "organisation" },
		{ CONF, "type=dispute ", "type=quarrel ", "full.conf:56", "quarrel", "event, dispute" },
		{ CONF, "severity>=major ", "severity>=huge ", "full.conf:57", "huge", "minor, major" },
		{ CONF, "category=01 ", "category=02 ", "full.conf:58", "02", "beginning" },
		{ CONF, "night urgent 1h", "evening urgent 1h", "full.conf:59", "evening", "org=" },
		{ CONF, "\"5wd\"\n", "\"5\"\n", "full.conf:60", "\"5\"", "7wd" },
		{ CONF, "calendar = \"fair\"", "calendar = \"unfair\"", "full.conf:62", "unfair", "fair" },
		{ CONF, "hours = \"window\"", "hours = \"door\"", "full.conf:63", "door", "window" },
		{ CONF, "\"75 urge\"", "\"75% urge\"", "full.conf:64", "75%", "propose" },
		{ CONF, "\"75 urge\"", "\"75 shout\"", "full.conf:64", "shout", "propose" },
		{ CONF, "\"5wd chief\"", "\"5wd king\"", "full.conf:65", "king", "chief" },
		{ CONF, "\"5wd chief\"", "\"5w chief\"", "full.conf:65", "5w", "7wd" },
		{ CONF, "clock \"receipt\"", "clock \"receit\"", "full.conf:25", "receit",
		  "countersign, review, answer, receipt, callback" },
		{ CONF, "\"150 list\"} }", "\"150 lists\"} }", "full.conf:25", "lists", "propose" },
		{ CONF, "label = \"收条\"", "label = \"收条\" limits = {\"1h\"}", "full.conf:25",
		  "limits", "" },
		{ BASE, "clock \"review\"", "clock \"sign\"", "base.conf:29", "sign", "in a step" },
		{ CONF, "stops = {\"sign\"}", "stops = {\"sing\"}", "full.conf:91", "sing", "is sign meant? there are accept" },
		{ CONF, "stops = {\"sign\"}", "stops = {\"close\"}", "full.conf:91", "close",
		  "nobody can do" },
		{ CONF, "starts = {\"sign\"}", "starts = {\"merge\"}", "full.conf:97", "merge",
		  "nobody can do" },
		{ CONF, "who = \"centre\" limits", "who = \"any\" limits", "full.conf:108", "any", "share" },
		{ CONF, "who = \"centre\" limits", "who = \"share\" limits", "full.conf:108", "share",
		  "shares = true" },
		{ CONF, "tier = \"district\" open = false }",
		  "tier = \"district\" open = false clock \"w\" { label = \"x\" who = \"seat\" limits = "
		  "{\"1h\"} } }", "full.conf:110", "closed", "no clock" },
		{ CONF, "	act \"assign\" { who = \"centre\" }\n	act \"sign\" { who = \"share\" }\n"
		  "	act \"contact\" { who = \"share\" }\n	act \"handle\" { who = \"share\" to = "
		  "\"check\" }\n	act \"return\" { who = \"seat\" to = \"below again\" back = \"check\" "
		  "}\n",
		  "	act \"assign\" { who = \"centre\" to = \"check\" }\n", "full.conf:80", "shares",
		  "sign, handle" },
	};

	(void)state;
	assert_all(cases, ARRAY_LEN(cases));
}

static void test_own_ways(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "override \"s\"", "override \"x\"", "full.conf:111", "\"x\"", "organisation" },
		{ CONF, "{\"0101\", \"99\"}", "{\"0101\", \"98\"}", "full.conf:112", "98", "categories" },
		{ CONF, "act \"assign\" { label", "act \"sing\" { label", "full.conf:113", "sing", "assign" },
		{ CONF, "step \"s_handle\" { label = \"镇办\"", "step \"moon\" { label = \"镇办\"",
		  "full.conf:114", "moon", "s_handle" },
		{ CONF, "weekly 7 21:00", "weekly 8 21:00", "full.conf:115", "weekly 8", "monthly -1" },
		{ CONF, "monthly -1 17:00", "yearly", "full.conf:115", "yearly", "daily" },
		{ CONF, "monthly -1 17:00", "monthly 32 17:00", "full.conf:115", "monthly 32", "monthly -1" },
		{ CONF, "monthly -1 17:00", "monthly 0 17:00", "full.conf:115", "monthly 0", "monthly -1" },
		{ CONF, "monthly -1 17:00", "monthly 17:00", "full.conf:115", "monthly 17", "monthly -1" },
		{ CONF, "daily 21:00", "daily 24:00", "full.conf:115", "24:00", "daily 21:00" },
		{ CONF, "daily 21:00", "daily 21:60", "full.conf:115", "21:60", "daily 21:00" },
		{ CONF, "daily 21:00", "daily 21:00 22:00", "full.conf:115", "22:00", "daily 21:00" },
		{ CONF, "weekly 7 21:00\", \"月 检查 monthly -1 17:00", "weekly 7 21:00\", \"周排查 weekly 7 21:00",
		  "full.conf:115", "周排查", "already" },
		{ CONF, "日巡查 daily", " daily", "full.conf:115", "\" daily", "a name and when" },
		{ BASE, "label = \"平时\" }", "label = \"平时\" emergency = true }", "base.conf:23", "peace",
		  "first mode" },
		{ BASE, "emergency = true limits", "pause = \"king\" limits", "base.conf:24", "king",
		  "leader" },
		{ BASE, "\"sign 50%\"", "\"sign half\"", "base.conf:24", "half", "50%" },
		{ BASE, "\"sign 50%\"", "\"sign 50% 5m\"", "base.conf:24", "5m", "one limit" },
		{ BASE, "emergency = true limits", "columns = {\"moon\"} limits", "base.conf:24", "moon",
		  "trapped" },
		{ BASE, "emergency = true limits", "guards = {\"close moon\"} limits", "base.conf:24",
		  "moon", "no_level_below" },
		{ BASE, "emergency = true limits", "guards = {\"sing reason_given\"} limits",
		  "base.conf:24", "sing", "close" },
		{ CONF, "start \"3\"", "mode \"war\" { label = \"m\" limits = {\"moon 5m\"} } start \"3\"",
		  "full.conf:22", "moon", "handle" },
	};

	(void)state;
	assert_all(cases, ARRAY_LEN(cases));
}

static void test_tables(void **state)
{
	static const struct wrong cases[] = {
		{ ORGS, ",begins,ends", ",begin,ends", "orgs.csv:1", "begin", "successor" },
		{ ORGS, ",begins,ends", ",begins,begins", "orgs.csv:1", "begins", "twice" },
		{ ORGS, "2026-11-01,s u", "2026-13-01,s u", "orgs.csv:4", "2026-13-01", "" },
		{ ORGS, "yes,,2026-11-01,s u", "yes,2026-12-01,2026-11-01,s u", "orgs.csv:4", "ends",
		  "begins" },
		{ ORGS, "2026-11-01,s u", ",s u", "orgs.csv:4", "successor", "does not end" },
		{ ORGS, "2026-11-01,s u", "2026-11-01,s v", "orgs.csv:4", "\"v\"", "organisation" },
		{ ORGS, "2026-11-01,s u", "2026-11-01,s t", "orgs.csv:4", "\"t\"", "itself" },
		{ ORGS, "no,2026-11-01,,,", "no,,2026-11-01,t,", "orgs.csv:4", "successor", "ring" },
		{ ORGS, "police,g h", "police,g x", "orgs.csv:8", "\"x\"", "organisation" },
		{ ORGS, "police,g h", "police,g p", "orgs.csv:8", "\"p\"", "overlay" },
		{ ORGS, "police,g h", ",g h", "orgs.csv:8", "\"p\"", "layer" },
		{ ORGS, "g,一格", "g g,一格", "orgs.csv:6", "g g", "spaces" },
		{ DUTIES, "version\n", "when\n", "duties.csv:1", "when", "version" },
		{ DUTIES, "line,category", "category,category", "duties.csv:1", "category", "twice" },
		{ DUTIES, "role,basis,version\n", "basis,version\n", "duties.csv:1", "role", "missing" },
		{ DUTIES, "1,0101,s,u", ",0101,s,u", "duties.csv:2", "line", "missing" },
		{ DUTIES, "1,0101,s,u", "1,02,s,u", "duties.csv:2", "02", "begins" },
		{ DUTIES, "1,0101,s,u", "1,0101,x,u", "duties.csv:2", "area", "\"x\"" },
		{ DUTIES, "1,0101,s,u", "1,0101,s,x", "duties.csv:2", "unit", "\"x\"" },
		{ DUTIES, "u,lead", "u,主办", "duties.csv:2", "主办", "lead, assist" },
		{ DUTIES, "条例,2026", "条例", "duties.csv:2", "6", "7" },
		{ CONF, "\"duties.csv\"", "\"duty.csv\"", "full.conf:7", "duty.csv", "not there" },
	};

	(void)state;
	assert_all(cases, ARRAY_LEN(cases));
}

/* --- on disk ---------------------------------------------------------------------------------- */

static void put(struct arena *arena, const char *dir, const char *name, const char *text)
{
	assert_int_equal(file_write(path_join(arena, dir, name), text, strlen(text), 0600, NULL),
			 ERR_OK);
}

/* The base and both tables are in the bundle of the files, each once. */
static void test_disk(void **state)
{
	static const char *const names[] = { "full.conf", "orgs.csv", "duties.csv", "base.conf" };
	const char *const texts[] = { full_conf, full_orgs, full_duties, full_base };
	struct arena arena = ARENA_INIT;
	struct str bundle = STR_INIT;
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;
	char dir[] = "/tmp/zhiban-profile-XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		put(&arena, dir, names[i], texts[i]);
	assert_int_equal(bundle_read(path_join(&arena, dir, "full.conf"), &bundle, &err), ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *mark = arena_printf(&arena, "%%%%file %s\n", names[i]);
		const char *at = strstr(bundle.s, mark);

		assert_non_null(at);
		assert_null(strstr(at + 1, mark));
	}
	assert_int_equal(profile_parse(bundle.s, bundle.len, &profile, &err), ERR_OK);
	profile_free(profile);
	str_clear(&bundle);
	put(&arena, dir, "base.conf", "duties = \"../x.csv\"\n");
	put(&arena, dir, "full.conf", "name = \"a\" title = \"a\" brief = \"a\" centre = \"c\" orgs = "
				      "\"orgs.csv\" base = \"base.conf\"\n");
	assert_int_equal(bundle_read(path_join(&arena, dir, "full.conf"), &bundle, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "base.conf:1"));
	unlink(path_join(&arena, dir, "base.conf"));
	assert_int_equal(bundle_read(path_join(&arena, dir, "full.conf"), &bundle, &err),
			 ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "base.conf"));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		unlink(path_join(&arena, dir, names[i]));
	rmdir(dir);
	assert_int_equal(bundle.len, 0);
	str_release(&bundle);
	arena_release(&arena);
}

static void test_open311(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "show = {\"12345\"}", "show = {\"app\"}", "full.conf:125", "app", "12345" },
		{ CONF, "address = \"full\"", "address = \"half\"", "full.conf:127", "half",
		  "none, area, full" },
		{ CONF, "rate = 7", "rate = 0", "full.conf:132", "rate", "1" },
		{ CONF, "offer = \"listed\"", "offer = \"most\"", "full.conf:133", "most", "all, listed" },
		{ CONF, "service \"0101\"", "service \"0109\"", "full.conf:134", "0109", "0101" },
		{ CONF, "type = \"batch\"", "type = \"bach\"", "full.conf:137", "bach",
		  "is batch meant?" },
		{ CONF, "attribute \"k\"", "attribute \"a b\"", "full.conf:139", "a b", "1 to 20" },
		{ CONF, "			description = \"哪种\"\n", "\n", "full.conf:139", "description",
		  "" },
		{ CONF, "singlevaluelist", "list", "full.conf:141", "list", "multivaluelist" },
		{ CONF, "singlevaluelist", "string", "full.conf:144", "values", "only a list" },
		{ CONF, "			values = {\"x=甲\", \"y=乙=丙\"}\n", "\n", "full.conf:139",
		  "values", "needs some" },
		{ CONF, "\"x=甲\"", "\"甲\"", "full.conf:144", "甲", "KEY=NAME" },
		{ CONF, "\"x=甲\"", "\"=甲\"", "full.conf:144", "=甲", "KEY=NAME" },
		{ CONF, "\"x=甲\"", "\"x=\"", "full.conf:144", "x=", "KEY=NAME" },
		{ CONF, "\"x=甲\"", "\"y=甲\"", "full.conf:144", "\"y\"", "twice" },
		{ CONF, "variable = false", "variable = false required = true", "full.conf:146",
		  "required", "read" },
		{ CONF, "	rate = 7\n", "	colour = 7\n", "full.conf:132", "colour", "allowed" },
	};

	(void)state;
	assert_all(cases, ARRAY_LEN(cases));
}

static void test_templates(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "template \"lamp\"", "template \"la mp\"", "full.conf:162", "la mp", "1 to 20" },
		{ CONF, "act = \"return\" reason", "act = \"retrn\" reason", "full.conf:164", "retrn",
		  "return" },
		{ CONF, "act = \"return\" reason", "act = \"fire\" reason", "full.conf:164", "fire",
		  "there are" },
		{ CONF, "reason = \"不归", "title = \"不归", "full.conf:164", "title", "return" },
		{ CONF, "category = \"0101\"\n	urgency = \"urgent\" }",
		  "category = \"月亮\"\n	urgency = \"urgent\" }", "full.conf:162", "月亮", "0101" },
		{ CONF, "urgency = \"urgent\" }", "urgency = \"soon\" }", "full.conf:163", "soon",
		  "urgent" },
		{ CONF, "label = \"灯\"", "", "full.conf:162", "label", "" },
	};

	(void)state;
	assert_all(cases, ARRAY_LEN(cases));
}

static void test_warnings(void **state)
{
	static const struct wrong cases[] = {
		{ CONF, "\"320402 甲区\"", "\"x 甲区\"", "full.conf:149", "x 甲区", "digits" },
		{ CONF, "\"320400 甲市\"", "\"320400\"", "full.conf:149", "320400", "name" },
		{ CONF, "warning_source = \"12345\"", "warning_source = \"radio\"", "full.conf:150",
		  "radio", "12345" },
		{ CONF, "\"red\", \"orange\"", "\"red\", \"pink\"", "full.conf:152", "pink", "orange" },
		{ CONF, "messages = {\"alert\"}", "messages = {\"alarm\"}", "full.conf:154", "alarm",
		  "alert" },
		{ CONF, "{\"exercise\"}", "{\"drill\"}", "full.conf:155", "drill", "exercise" },
		{ CONF, "area = \"any\"", "area = \"all\"", "full.conf:156", "all", "own or any" },
		{ CONF, "makes = \"incident\"", "makes = \"noise\"", "full.conf:157", "noise", "notice" },
		{ CONF, "category = \"0101\"\n	urgency", "category = \"77\"\n	urgency",
		  "full.conf:158", "77", "0101" },
		{ CONF, "urgency = \"urgent\"\n}", "urgency = \"soon\"\n}", "full.conf:159", "soon",
		  "urgent" },
		{ CONF, "class = \"red\" to", "class = \"pink\" to", "full.conf:161", "pink", "class" },
		{ CONF, "\"tier street\", \"s\"", "\"tier moon\", \"s\"", "full.conf:161", "tier moon",
		  "tier" },
		{ CONF, "\"tier street\", \"s\"", "\"tier street\", \"x\"", "full.conf:161", "\"x\"",
		  "organisation" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_wrong(&cases[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_settings), cmocka_unit_test(test_acts),
		cmocka_unit_test(test_ways),	 cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_own_ways), cmocka_unit_test(test_tables),
		cmocka_unit_test(test_warnings), cmocka_unit_test(test_open311),
		cmocka_unit_test(test_templates),	 cmocka_unit_test(test_disk),
	};

	return cmocka_run_group_tests_name("profile/wrong", tests, NULL, NULL);
}
