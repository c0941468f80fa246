/* What the check says of a profile, and the example that the manual prints. */
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
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"

static const char *source(struct arena *arena, const char *name)
{
	const char *top = getenv("ZHIBAN_SRCDIR");

	return path_join(arena, top ? top : ".", name);
}

static void assert_says(const struct str *out, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strstr(out->s, words[i]))
			fail_msg("\"%s\" is not said in:\n%s", words[i], out->s);
}

static void test_example(void **state)
{
	static const char *const words[] = {
		"example  示范区社会治理联动指挥中心  (示范区)\n",
		"base: common.conf; taken from it: offset, ",
		"; summonses: 1; names of acts: ",
		"role 14",
		"organisations: 15 (区 1, 部门 4, 街镇 4, 村社区 2, 网格 3)\n",
		"not run from here: 开发区\n",
		"layer police: 1, over 2 links\n",
		"西街街道 ends 2026-10-01 → 城北\n",
		"城北街道 begins 2026-10-01\n",
		"    矛盾纠纷, → 交办 assign\n    → 受理 accept\n",
		"step accept 受理 (待受理), tier 区\n",
		"    不予受理 decline            the centre          → 办结 archive if role_at_least chief\n",
		"    改派 assign                 the centre          stays\n",
		"特急: 10 minutes; 急: 1 hour; else: 240 working minutes; stops with sign\n",
		"at night: 2 hours from the next 08:30; else: 2 hours",
		"at 75%: urge; at 100%: propose supervision; at 150%: on the leader's list",
		"extension 1 by 值班长, at most 5 working days; extension 2 by 带班领导\n",
		"in every open step:\n",
		"(closed ones too)\n",
		"clocks stopped only by 带班领导; sign 50%; contact 50%; receipt 30 minutes; "
		"办结 if role_at_least leader; columns trapped, moved",
		"card_red 红牌, by 带班领导; answer: 5 working days; signed within 1 working day; points: 10; "
		"rung 3; sheet 红牌督办通知, copies to 政法委, 组织部\n",
		"  whistle 吹哨, numbers with W, sheet 吹哨单\n"
		"    blown by: 街镇 (4 organisations), drafted by 街镇值班 and above; calls: 部门\n"
		"    checked by the centre; who came is confirmed by the blower, or proved by six digits; "
		"judged by the departments; after a return handed in again at most: 1\n"
		"    grounds: 职责交叉 多部门协同 处置权限不足 阶段性突出问题\n"
		"    class minor 一般, neither important nor pressing; approved by 街镇中心主任; 科室负责人 "
		"must come\n",
		"Contacting 24 hours, Arrival 3 working days, 报到 3 working days, 办理 7 working days, "
		"Feedback 1 working day,",
		"        report-in time as the blower states it: 1 working day to 5 working days\n"
		"        extension 1 by 值班长, at most 5 working days; extension 2 by 带班领导\n"
		"    class major 较大, important or pressing; approved by 街镇分管领导;",
		"    clock report_in 报到; at 75%: urge; at 100%: propose supervision; at 150%: on the "
		"leader's list\n",
		"joint meetings:\n"
		"  weekly 联席工作例会, 指挥中心; drawn up by 秘书 and above; weekly 3 14:30; chaired by "
		"指挥中心主任\n"
		"    15 minutes an item, at most 8 items, 120 minutes in all; quorum 60%\n"
		"    items approved by 带班领导; minutes countersigned, approved by 带班领导, numbered with "
		"联纪\n"
		"        papers so long before: 1 working day, Answer to the invitation 1 day, Hand in the "
		"minutes 2 working days,",
		"  rooms (1): 会议室, 20 seats, line 0000-00001901\n"
		"  put to the meeting: hand, hard, returned 3, escalated, shelved, overdue 3, reworked 2, "
		"disputed, unanswered\n"
		"  tasks: 签收 1 working day, 办理 10 working days, 核查 2 working days; extension 1 by ",
		"no step allows:",
		"  transfer_out is allowed, but nowhere outcome\n",
	};
	struct arena arena = ARENA_INIT;
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	if (profile_check(source(&arena, "profiles/example.conf"), &out, &err))
		fail_msg("%s", err.text);
	assert_says(&out, words, ARRAY_LEN(words));
	str_release(&out);
	arena_release(&arena);
}

/* The example, with one piece put in place of another, in a folder of its own: what is said then. */
static void assert_warned(const char *from, const char *to, const char *words)
{
	static const char *const beside[] = { "common.conf", "example-orgs.csv", "calendar-cn.conf" };
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT, out = STR_INIT;
	struct error err = ERROR_INIT;
	char dir[] = "/tmp/zhiban-check-XXXXXX", *changed;
	const char *path;

	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < ARRAY_LEN(beside); i++) {
		str_clear(&text);
		assert_int_equal(file_read(source(&arena, arena_printf(&arena, "profiles/%s",
								       beside[i])),
					   1 << 20, &text, NULL),
				 ERR_OK);
		assert_int_equal(file_write(path_join(&arena, dir, beside[i]), text.s, text.len,
					    0600, NULL),
				 ERR_OK);
	}
	str_clear(&text);
	assert_int_equal(file_read(source(&arena, "profiles/example.conf"), 1 << 20, &text, NULL),
			 ERR_OK);
	changed = replaced(text.s, from, to);
	path = path_join(&arena, dir, "example.conf");
	assert_int_equal(file_write(path, changed, strlen(changed), 0600, NULL), ERR_OK);
	if (profile_check(path, &out, &err))
		fail_msg("%s", err.text);
	assert_says(&out, &words, 1);
	for (size_t i = 0; i < ARRAY_LEN(beside); i++)
		unlink(path_join(&arena, dir, beside[i]));
	unlink(path);
	rmdir(dir);
	free(changed);
	str_release(&text);
	str_release(&out);
	arena_release(&arena);
}

static void test_warnings(void **state)
{
	static const struct {
		const char *from, *to, *words;
	} cases[] = {
		{ "	act \"resume\" { who = \"holder\" }\n", "", "pause is allowed, but nowhere resume" },
		{ "\"flash 30m\", \"urgent 2h\", \"1wd\"", "\"flash 30m\", \"urgent 2h\"",
		  "step verify, clock verify: no row holds for every 平 case" },
		{ "\"flash 30m\", \"urgent 2h\", \"1wd\"", "\"1wd\", \"flash 30m\"",
		  "step verify, clock verify: the row \"flash 30m\" is never reached" },
		{ "	clock \"verify\" { label = \"核查\" who = \"centre\" limits = {\"flash 30m\", "
		  "\"urgent 2h\", \"1wd\"} }\n",
		  "", "open steps without a clock: verify\n" },
		{ "base = \"common.conf\"",
		  "base = \"common.conf\"\nrole \"keeper\" { label = \"管\" manage = \"security\" }\n"
		  "role \"duty\" { label = \"值\" }\nrole \"chief\" { label = \"长\" }\n"
		  "role \"leader\" { label = \"领\" }\n",
		  "roles that administer and see cases too: keeper\n" },
		{ "base = \"common.conf\"",
		  "base = \"common.conf\"\nrole \"duty\" { label = \"值\" }\n"
		  "role \"chief\" { label = \"长\" }\nrole \"leader\" { label = \"领\" }\n",
		  "not taken, for want of what it speaks of: summons whistle, mode war1 contact 50%, mode war2 "
		  "contact 15m, roster street, roster department, meeting weekly, meeting "
		  "single\n" },
		{ "base = \"common.conf\"",
		  "base = \"common.conf\"\nmeeting \"m\" { label = \"会\" of = \"resident\" length = 30 "
		  "items_most = 4 signed = true }\ntask { sign = \"1wd\" }\n",
		  "  meeting m: no organisation convenes it\n"
		  "  meeting m: 4 items of 10 minutes take more than its 30 minutes\n"
		  "  meeting m: an invitation has no limit of answer\n"
		  "  meeting m: countersigning has no limit\n"
		  "  tasks of meetings have no limit of handle\n" },
		{ "base = \"common.conf\"",
		  "base = \"common.conf\"\nsummons \"whistle\" { label = \"哨\" role = \"street\" "
		  "blowers = {\"resident\"} class \"a\" { label = \"甲\" } }\n",
		  "  summons whistle: no organisation may blow it\n"
		  "  summons whistle: class a has no limit of handle\n" },
		{ "base = \"common.conf\"",
		  "base = \"common.conf\"\nsummons \"whistle\" { label = \"哨\" role = \"street\" "
		  "blowers = {\"street\"} calls = {\"resident\"} class \"a\" { label = \"甲\" "
		  "limits = {\"handle 7wd\"} } }\n",
		  "  summons whistle: no organisation may be called by it\n" },
		{ "base = \"common.conf\"",
		  "base = \"common.conf\"\nroster \"centre\" { label = \"表\" of = \"community\" "
		  "shift \"a\" { label = \"甲\" from = \"08:00\" to = \"20:00\" } "
		  "post \"a\" { label = \"甲\" seasons = {\"清明\"} } "
		  "post \"b\" { label = \"乙\" seasons = {\"七夕\"} } }\n",
		  "  roster centre: no post answers for a shift\n"
		  "  roster centre: post b: the calendar names no \"七夕\"\n" },
		{ "base = \"common.conf\"",
		  "base = \"common.conf\"\nroster \"centre\" { label = \"表\" of = \"resident\" "
		  "shift \"a\" { label = \"甲\" from = \"08:00\" to = \"20:00\" } "
		  "post \"a\" { label = \"甲\" } }\n",
		  "  roster centre: no organisation has it\n" },
		{ "step = \"assign\" }	#", "step = \"rest\" }\n"
		  "step \"rest\" { label = \"歇\" waiting = \"歇\" tier = \"district\"\n"
		  "	act \"handle\" { who = \"holder\" to = \"verify\" }\n"
		  "	clock \"rest\" { label = \"歇\" who = \"holder\" limits = {\"1h\"} } }	#",
		  "step rest waits for a holder, but a case may come there without one\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_warned(cases[i].from, cases[i].to, cases[i].words);
}

/* The shipped profiles are sound: every case gets a holder and a limit, and what it needs to go on. */
static void test_shipped(void **state)
{
	static const char *const names[] = { "tianning", "xingan",  "huicheng",
					     "pukou",	 "city",    "example" };
	static const char *const not_said[] = { "waits for a holder", "no row holds", "never reached",
						"no emergency can be declared",
						"a tier that no organisation has", "may blow it",
						"may be called by it", "has no limit of handle",
						"no organisation has it", "no post answers for",
						"the calendar names no" };
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *name = arena_printf(&arena, "profiles/%s.conf", names[i]);
		struct str out = STR_INIT;
		struct error err = ERROR_INIT;

		if (profile_check(source(&arena, name), &out, &err))
			fail_msg("%s", err.text);
		for (size_t k = 0; k < ARRAY_LEN(not_said); k++)
			if (strstr(out.s, not_said[k]))
				fail_msg("%s: %s", names[i], strstr(out.s, not_said[k]));
		str_release(&out);
	}
	arena_release(&arena);
}

/* Nothing is said of a profile that cannot be loaded. */
static void test_no_profile(void **state)
{
	struct str out = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(profile_check("/nowhere/x.conf", &out, &err), ERR_NOT_FOUND);
	assert_int_equal(out.len, 0);
	str_release(&out);
}

/* A new district is small. */
static void test_sixty_lines(void **state)
{
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	size_t lines = 0;

	(void)state;
	assert_int_equal(file_read(source(&arena, "profiles/example.conf"), 1 << 20, &text, NULL),
			 ERR_OK);
	for (const char *s = text.s; *s; s++)
		lines += *s == '\n';
	assert_true(lines <= 60);
	str_release(&text);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_example),
		cmocka_unit_test(test_warnings),
		cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_no_profile),
		cmocka_unit_test(test_sixty_lines),
	};

	return cmocka_run_group_tests_name("profile/check", tests, NULL, NULL);
}
