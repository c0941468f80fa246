/* Whistles by the shipped profiles: each district's own way from the draft to the end, who of its
 * roles may do what, and the moments its limits give. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "play.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

struct line { /* who does what; words NULL: it is done, else refused with these */
	const char *at; /* NULL: a minute after the one before */
	const char *org, *role, *verb;
	const char *args; /* "name=words" separated by ';' */
	const char *words;
	const char *step; /* of the whistle afterwards */
};

static void run(struct play *play, const struct line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct actor actor = { "某人", lines[i].org, lines[i].role };
		struct error err = ERROR_INIT;
		struct act act;
		enum err code;

		play->now += MINUTE_MS;
		if (lines[i].at)
			assert_int_equal(civil_parse(lines[i].at, 480, &play->now, NULL), ERR_OK);
		act = play_act(play, &actor, lines[i].verb, lines[i].args);
		code = play_try(play, &act, &play->whistle, &err);
		if (!lines[i].words && code)
			fail_msg("%zu %s: %s", i, lines[i].verb, err.text);
		if (lines[i].words && (!code || !strstr(err.text, lines[i].words)))
			fail_msg("%zu %s: %s", i, lines[i].verb, code ? err.text : "was done");
		if (lines[i].step && strcmp(play->whistle->step, lines[i].step) != 0)
			fail_msg("%zu %s: %s", i, lines[i].verb, play->whistle->step);
	}
}

/* "02-14 17:30" of when the running clock of a kind ends, of the first share or of the whole; "". */
static const char *runs(struct play *play, const char *kind, char text[20])
{
	text[0] = '\0';
	for (size_t i = 0; i < play->whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(play->whistle, i);

		if (strcmp(clock->kind, kind) == 0 && clock->stopped_at == 0)
			civil_format(clock->due, 480, "m-d H:M", text, 20);
	}
	return text;
}

static void assert_runs(struct play *play, const char *const (*dues)[2], size_t n)
{
	char text[20];

	for (size_t i = 0; i < n; i++)
		if (strcmp(runs(play, dues[i][0], text), dues[i][1]) != 0)
			fail_msg("%s: %s, not %s", dues[i][0], text, dues[i][1]);
}

/* Friday evening before a Saturday that is worked and the Spring Festival: a 较大 whistle is drafted by the
 * street, approved by its leader in charge and by nobody of less rank, checked, issued. */
static void test_tianning(void **state)
{
	static const struct line before[] = {
		{ "2026-02-13 17:30", "chengguan", "dept", "blow",
		  "summons=whistle;title=油烟;ground=多部门协同;assist=住建局", "may not blow", NULL },
		{ NULL, "kaifaqu", "street", "blow",
		  "title=油烟;ground=多部门协同;important=yes;assist=开发区", "cannot be called", NULL },
		{ NULL, "kaifaqu", "street", "blow", "title=油烟;important=yes;assist=城管局",
		  "Ground is missing", NULL },
		{ NULL, "kaifaqu", "street", "blow",
		  "title=油烟;ground=多部门协同;important=yes;assist=城管局;report_by=2026-02-13 18:00",
		  "2026-02-13 19:33 and 2026-02-27 17:30", NULL },
		{ NULL, "kaifaqu", "street", "blow",
		  "title=油烟;ground=多部门协同;important=yes;assist=城管局;report_by=2026-03-15 18:00",
		  "is not between", NULL },
		{ "2026-02-13 17:38", "kaifaqu", "street", "blow",
		  "title=夜市油烟;ground=多部门协同;important=yes;assist=城管局;assist=12345平台", NULL,
		  "approve" },
		{ NULL, "kaifaqu", "street", "approve", "", "街镇分管领导", "approve" },
		{ NULL, "kaifaqu", "street_chief", "approve", "", "街镇分管领导", "approve" },
		{ NULL, "zhongxin", "chief", "approve", "", "街镇分管领导", "approve" },
		{ NULL, "zhongxin", "duty", "issue", "", "", "approve" },
		{ "2026-02-13 17:39", "kaifaqu", "street", "approve", "phone_role=street_deputy", NULL,
		  "check" },
		{ NULL, "kaifaqu", "street_head", "issue", "", "", "check" },
		{ "2026-02-13 17:40", "zhongxin", "duty", "issue", "", NULL, "issued" },
	};
	static const char *const dues[][2] = {
		{ "sign", "02-13 18:40" },	{ "contact", "02-13 21:40" },
		{ "arrive", "02-14 17:30" },	{ "report_in", "02-14 17:30" },
		{ "handle", "03-02 17:30" },	{ "check", "" },
		{ "approve", "" },
	};
	struct play play;

	(void)state;
	play_begin(&play, "tianning");
	run(&play, before, ARRAY_LEN(before));
	assert_string_equal(play.whistle->cls, "major");
	assert_string_equal(play.whistle->number, "20260213-W001");
	assert_string_equal(play.whistle->approved_by, "书记");
	assert_int_equal(play.whistle->listed_at, 0);
	assert_runs(&play, dues, ARRAY_LEN(dues));
	play_end(&play);
}

/* Neither important nor pressing: 一般, for the head of the street's centre; the centre returns it, it is
 * handed in once more, and no third time. */
static void test_tianning_returned(void **state)
{
	static const struct line lines[] = {
		{ "2026-11-23 10:00", "kaifaqu", "street_chief", "blow",
		  "title=井盖;ground=职责交叉;assist=住建局", NULL, "check" },
		{ NULL, "zhongxin", "duty", "return", "reason=部门不对", NULL, "returned" },
		{ NULL, "kaifaqu", "street_chief", "submit", "", NULL, "check" },
		{ NULL, "zhongxin", "duty", "return", "reason=仍不对", NULL, "refused" },
		{ NULL, "kaifaqu", "street_chief", "submit", "", "", "refused" },
	};
	struct play play;

	(void)state;
	play_begin(&play, "tianning");
	run(&play, lines, ARRAY_LEN(lines));
	assert_string_equal(play.whistle->cls, "minor");
	play_end(&play);
}

/* 直通车: by the head of the street alone, past the centre's check, at once on the leader's list; nobody
 * comes, it is answered. */
static void test_huicheng_direct(void **state)
{
	static const struct line lines[] = {
		{ "2026-11-23 10:00", "441302001", "street", "blow",
		  "summons=直通车;title=旧改;ground=久拖未决;assist=住建局", "cannot be called", NULL },
		{ NULL, "441302001", "street", "blow",
		  "summons=直通车;title=旧改;ground=久拖未决;assist=wangge", NULL, "approve" },
		{ NULL, "441302001", "street_deputy", "approve", "", "镇街书记", "approve" },
		{ "2026-11-23 10:30", "441302001", "street_head", "approve", "", NULL, "issued" },
		{ NULL, "441302001", "street", "verify_ok", "", "", "issued" },
		{ NULL, "wangge", "leader", "handle", "result=同意，本周专题研究", NULL, "issued" },
		{ NULL, "wangge", "leader", "feedback", "reply=本周专题研究", NULL, "issued" },
		{ NULL, "441302001", "street", "verify_ok", "", NULL, "rate" },
		{ NULL, "441302001", "street", "rate", "content=content", NULL, "closed" },
	};
	static const char *const dues[][2] = { { "handle", "11-24 17:30" }, { "report_in", "" } };
	struct play play;

	(void)state;
	play_begin(&play, "huicheng");
	run(&play, lines, 4);
	assert_string_equal(play.whistle->number, "20261123-Z001");
	assert_true(play.whistle->listed_at == play.whistle->issued_at &&
		    play.whistle->listed_at != 0);
	assert_runs(&play, dues, ARRAY_LEN(dues));
	run(&play, lines + 4, ARRAY_LEN(lines) - 4);
	play_end(&play);
}

/* 约请 is the usual one there, and somebody must come. */
static void test_huicheng_invite(void **state)
{
	static const struct line lines[] = {
		{ "2026-11-23 10:00", "441302001", "street_chief", "blow",
		  "title=占道;ground=需多部门办理;assist=住建局", NULL, "check" },
		{ NULL, "wangge", "duty", "issue", "", NULL, "issued" },
		{ NULL, "zhujian", "dept", "sign", "comer=张工", NULL, "issued" },
		{ NULL, "zhujian", "dept", "handle", "result=好了", "has not reported in", "issued" },
		{ NULL, "zhujian", "dept", "report_in", "comer=张工;comer_post=科长;comer_phone=1", NULL,
		  "issued" },
		{ NULL, "zhujian", "dept", "handle", "result=好了", "has not confirmed", "issued" },
		{ NULL, "441302001", "street", "confirm_in", "", NULL, "issued" },
		{ NULL, "zhujian", "dept", "handle", "result=好了", NULL, "issued" },
	};
	struct play play;

	(void)state;
	play_begin(&play, "huicheng");
	run(&play, lines, 2);
	assert_string_equal(play.whistle->summons, "whistle");
	assert_string_equal(play.whistle->number, "20261123-Y001");
	assert_int_equal(play.whistle->listed_at, 0);
	run(&play, lines + 2, ARRAY_LEN(lines) - 2);
	play_end(&play);
}

/* 响应令: the centre's own goes out at once; a street asks, and the centre decides. */
static void test_pukou(void **state)
{
	static const struct line own[] = {
		{ "2026-11-23 10:00", "zhihui", "duty", "blow",
		  "title=违建;ground=缺专业;important=yes;pressing=yes;assist=fayuan;assist=gongan", NULL, "issued" },
	};
	static const struct line asked[] = {
		{ "2026-11-23 10:00", "320111001", "street", "blow",
		  "title=违建;ground=无权限;assist=gongan", NULL, "check" },
		{ NULL, "gongan", "dept", "issue", "", "", "check" },
		{ "2026-11-23 11:00", "zhihui", "duty", "issue", "cls=急", NULL, "issued" },
	};
	static const char *const at_once[][2] = { { "sign", "11-23 10:15" },
						  { "report_in", "11-23 10:30" },
						  { "handle", "11-23 18:00" } };
	static const char *const urgent[][2] = { { "sign", "11-23 12:00" },
						 { "report_in", "11-23 13:00" },
						 { "handle", "11-25 11:00" } };
	struct play play;

	(void)state;
	play_begin(&play, "pukou");
	run(&play, own, ARRAY_LEN(own));
	assert_string_equal(play.whistle->cls, "flash");
	assert_string_equal(play.whistle->number, "20261123-X001");
	assert_runs(&play, at_once, ARRAY_LEN(at_once));
	play_end(&play);
	play_begin(&play, "pukou");
	run(&play, asked, ARRAY_LEN(asked));
	assert_runs(&play, urgent, ARRAY_LEN(urgent));
	play_end(&play);
}

/* 联合处置 by a banner; a department of the league is given more time by the ranks of the class. */
static void test_xingan(void **state)
{
	static const struct line lines[] = {
		{ "2026-11-23 10:00", "152201", "street_head", "blow",
		  "title=草场纠纷;ground=跨旗县市;important=yes;assist=meng_wb", NULL, "check" },
		{ "2026-11-23 10:30", "zhongxin", "duty", "issue", "", NULL, "issued" },
		{ NULL, "meng_wb", "dept", "extend_ask", "extend_by=5wd;reason=等待勘界", NULL, NULL },
		{ NULL, "zhongxin", "chief", "extend_ok", "", "", NULL },
		{ NULL, "zhongxin", "leader", "extend_ok", "", NULL, NULL },
	};
	static const char *const before[][2] = { { "report_in", "11-24 17:30" },
						 { "handle", "12-02 17:30" } };
	static const char *const after[][2] = { { "handle", "12-09 17:30" } };
	struct play play;

	(void)state;
	play_begin(&play, "xingan");
	run(&play, lines, 2);
	assert_string_equal(play.whistle->number, "20261123-L001");
	assert_runs(&play, before, ARRAY_LEN(before));
	run(&play, lines + 2, ARRAY_LEN(lines) - 2);
	assert_runs(&play, after, ARRAY_LEN(after));
	play_end(&play);
}

/* 会办: the plain class needs no approval, the pressing one does. */
static void test_city(void **state)
{
	static const struct line lines[] = {
		{ "2026-11-23 10:00", "990101001", "street", "blow",
		  "title=施工;ground=清单未列;assist=990101_zj", NULL, "check" },
		{ NULL, "990101001", "street", "revise", "cls=紧急会办", NULL, "approve" },
		{ NULL, "990101001", "street_deputy", "approve", "", NULL, "check" },
		{ "2026-11-23 10:30", "zhongxin", "duty", "issue", "", NULL, "issued" },
	};
	static const char *const dues[][2] = { { "sign", "11-23 11:30" },
					       { "report_in", "11-23 14:30" },
					       { "handle", "11-26 10:30" } };
	struct play play;

	(void)state;
	play_begin(&play, "city");
	run(&play, lines, ARRAY_LEN(lines));
	assert_runs(&play, dues, ARRAY_LEN(dues));
	play_end(&play);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tianning),	cmocka_unit_test(test_tianning_returned),
		cmocka_unit_test(test_huicheng_direct), cmocka_unit_test(test_huicheng_invite),
		cmocka_unit_test(test_pukou),		cmocka_unit_test(test_xingan),
		cmocka_unit_test(test_city),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
