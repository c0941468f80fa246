/* Official documents: the text word for word, what HTML and Markdown must hold, how headings count, and
 * what comes from outside does no harm in any. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/dirs.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/official.h"

static void speak(const char *language)
{
	struct arena arena = ARENA_INIT;

	i18n_init(language, dirs_locale(&arena));
	arena_release(&arena);
}

static void fill(struct official *official)
{
	static const char *const titles[] = { "任务", "牵头", "时限" };
	static const char *const rows[][3] = {
		{ "更换清凉新村老旧管网", "水务局", "2026-12-01" },
		{ "a|b <c> & \"d\", *e*", "城管局", NULL },
	};

	official_init(official);
	official_set(official, OFFICIAL_MARK, "天宁区联席会议纪要");
	official_set(official, OFFICIAL_DRAFT, "草稿");
	official_set(official, OFFICIAL_NUMBER, "天联纪〔2026〕3号");
	official_set(official, OFFICIAL_TITLE, "联席工作例会（第3次）纪要");
	official_set(official, OFFICIAL_MAIN_TO, "各镇街，区各部门");
	official_text(official, "2026年11月22日，区委政法委召开会议，研究清凉新村自来水发黄等"
				"疑难事项。现将议定事项纪要如下。\n\n会议认为，要尽快办结。");
	official_heading(official, 1, "关于清凉新村自来水发黄");
	official_heading(official, 2, "讨论情况");
	official_heading(official, 3, "水务局");
	official_heading(official, 3, "住建局");
	official_heading(official, 2, "决议");
	official_text(official, "同意。");
	official_heading(official, 1, "关于<b>夜市</b>");
	official_heading(official, 2, "决议");
	official_names(official, "出席", "王建国（区委政法委）、李敏（联动中心）、赵晓东（水务局）、"
					 "钱卫平（城管局）");
	official_names(official, "缺席", "");
	official_names(official, "请假", NULL);
	official_attach(official, "任务清单", titles, ARRAY_LEN(titles));
	official_row(official, rows[0]);
	official_row(official, rows[1]);
	official_set(official, OFFICIAL_SIGNED, "天宁区社会治理联席会议办公室");
	official_set(official, OFFICIAL_DATE, "2026年11月23日");
	official_set(official, OFFICIAL_COPIES, "区委办，区政府办。");
	official_set(official, OFFICIAL_PRINTER, "天宁区联动指挥中心");
	official_set(official, OFFICIAL_PRINTED, "2026年11月24日印发");
}

static char *written(enum sheet_format format, struct arena *arena)
{
	struct official official;
	struct str out = STR_INIT;
	char *text;

	fill(&official);
	official_write(&official, format, &out);
	text = arena_strdup(arena, str_get(&out));
	official_release(&official);
	str_release(&out);
	return text;
}

static void text(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	speak("zh");
	assert_string_equal(
		written(SHEET_TEXT, &arena),
		"                   天宁区联席会议纪要\n"
		"                        （草稿）\n"
		"\n"
		"                   天联纪〔2026〕3号\n"
		"========================================================\n"
		"\n"
		"               联席工作例会（第3次）纪要\n"
		"\n"
		"各镇街，区各部门：\n"
		"    2026年11月22日，区委政法委召开会议，研究清凉新村自来\n"
		"水发黄等疑难事项。现将议定事项纪要如下。\n"
		"    会议认为，要尽快办结。\n"
		"    一、关于清凉新村自来水发黄\n"
		"    （一）讨论情况\n"
		"    1. 水务局\n"
		"    2. 住建局\n"
		"    （二）决议\n"
		"    同意。\n"
		"    二、关于<b>夜市</b>\n"
		"    （一）决议\n"
		"\n"
		"    附件：任务清单\n"
		"\n"
		"    出席：王建国（区委政法委）、李敏（联动中心）、赵晓东\n"
		"          （水务局）、钱卫平（城管局）\n"
		"\n"
		"                    天宁区社会治理联席会议办公室\n"
		"                           2026年11月23日\n"
		"\n"
		"--------------------------------------------------------\n"
		"附件\n"
		"                        任务清单\n"
		"\n"
		"任务：更换清凉新村老旧管网\n"
		"牵头：水务局\n"
		"时限：2026-12-01\n"
		"\n"
		"任务：a|b <c> & \"d\", *e*\n"
		"牵头：城管局\n"
		"\n"
		"--------------------------------------------------------\n"
		"  抄送：区委办，区政府办。\n"
		"--------------------------------------------------------\n"
		"  天宁区联动指挥中心                2026年11月24日印发\n"
		"--------------------------------------------------------\n");
	arena_release(&arena);
}

static void assert_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

/* Each part is there, in the order of the page, and outside text is escaped. */
static void assert_in_order(const char *text, const char *const *parts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_holds(text, parts[i]);
		text = strstr(text, parts[i]) + strlen(parts[i]);
	}
}

static void html(void **state)
{
	static const char *const parts[] = {
		"<title>联席工作例会（第3次）纪要</title>",
		"@page{size:A4",
		"<p class=\"mark\">天宁区联席会议纪要</p>",
		"<p class=\"draft\">（草稿）</p>",
		"<p class=\"number\">天联纪〔2026〕3号</p>",
		"<hr class=\"red\">",
		"<h1>联席工作例会（第3次）纪要</h1>",
		"<p class=\"to\">各镇街，区各部门：</p>",
		"<h2>一、关于清凉新村自来水发黄</h2>",
		"<h3>（一）讨论情况</h3>",
		"<h4>1. 水务局</h4>",
		"<h4>2. 住建局</h4>",
		"<h3>（二）决议</h3>",
		"<h2>二、关于&lt;b&gt;夜市&lt;/b&gt;</h2>",
		"<h3>（一）决议</h3>",
		"<p class=\"attached\">附件：任务清单</p>",
		"<p class=\"names first\"><b>出席：</b>王建国",
		"天宁区社会治理联席会议办公室<br>\n2026年11月23日</p>",
		"<section class=\"attachment\">",
		"<h1>任务清单</h1>",
		"<tr><th>任务</th><th>牵头</th><th>时限</th></tr>",
		"<td>更换清凉新村老旧管网</td>",
		"<tr><td>a|b &lt;c&gt; &amp; &quot;d&quot;, *e*</td><td>城管局</td><td></td></tr>",
		"<div>抄送：区委办，区政府办。</div>",
		"<span>天宁区联动指挥中心</span>",
		"<span>2026年11月24日印发</span>",
		"</html>",
	};
	struct arena arena = ARENA_INIT;
	const char *out;

	(void)state;
	speak("zh");
	out = written(SHEET_HTML, &arena);
	assert_in_order(out, parts, ARRAY_LEN(parts));
	assert_null(strstr(out, "<b>夜市"));
	assert_null(strstr(out, "缺席"));
	arena_release(&arena);
}

static void markdown(void **state)
{
	static const char *const parts[] = {
		"天宁区联席会议纪要\n\n（草稿）\n\n天联纪〔2026〕3号\n\n# 联席工作例会",
		"各镇街，区各部门：\n\n",
		"## 一、关于清凉新村自来水发黄\n\n### （一）讨论情况\n\n#### 1",
		"## 二、关于",
		"附件：任务清单\n\n",
		"**出席：**王建国",
		"天宁区社会治理联席会议办公室\n\n2026年11月23日\n\n",
		"## 附件  任务清单\n\n| 任务 | 牵头 | 时限 |\n| --- | --- | --- |\n"
		"| 更换清凉新村老旧管网 | 水务局 | 2026-12-01 |\n",
		"**抄送：**区委办",
	};
	struct arena arena = ARENA_INIT;
	const char *out;

	(void)state;
	speak("zh");
	out = written(SHEET_MARKDOWN, &arena);
	assert_in_order(out, parts, ARRAY_LEN(parts));
	assert_null(strstr(out, "<b>"));
	assert_null(strstr(out, "a|b"));
	arena_release(&arena);
}

static void counts(void **state)
{
	static const struct {
		int n;
		const char *zh;
	} cases[] = {
		{ 1, "一" },	   { 2, "二" },	    { 9, "九" },	{ 10, "十" },
		{ 11, "十一" },	   { 20, "二十" },  { 21, "二十一" },	{ 30, "三十" },
		{ 99, "九十九" },  { 100, "100" },  { 0, "0" },		{ 12, "十二" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	speak("zh");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(official_count(cases[i].n, &arena), cases[i].zh);
	speak("en");
	assert_string_equal(official_count(3, &arena), "3");
	assert_string_equal(official_count(21, &arena), "21");
	speak("zh");
	arena_release(&arena);
}

/* Several attachments are numbered where they are named, and each keeps its rows. */
static void attachments(void **state)
{
	static const char *const titles[] = { "名称" }, *const one[] = { "甲" }, *const two[] = { "乙" };
	static const char *const parts[] = { "附件：1. 任务清单\n", "          2. 会签情况\n", "任务清单\n\n名称：甲\n",
					     "会签情况\n\n名称：乙\n" };
	struct official official;
	struct str out = STR_INIT;

	(void)state;
	speak("zh");
	official_init(&official);
	official_set(&official, OFFICIAL_TITLE, "纪要");
	official_attach(&official, "任务清单", titles, 1);
	official_row(&official, one);
	official_attach(&official, "会签情况", titles, 1);
	official_row(&official, two);
	official_write(&official, SHEET_TEXT, &out);
	assert_in_order(str_get(&out), parts, ARRAY_LEN(parts));
	assert_null(strstr(str_get(&out), "抄送"));
	official_release(&official);
	str_release(&out);
}

static void outside(void **state)
{
	static const char bad[] = "甲\x1b[31m\xe2\x80\xae乙";
	static const char *const titles[] = { bad }, *const cells[] = { bad };

	(void)state;
	for (enum sheet_format format = SHEET_TEXT; format <= SHEET_HTML; format++) {
		struct official official;
		struct str out = STR_INIT;

		official_init(&official);
		for (int part = 0; part < OFFICIAL_PARTS; part++)
			official_set(&official, (enum official_part)part, bad);
		official_heading(&official, 1, bad);
		official_text(&official, bad);
		official_names(&official, bad, bad);
		official_attach(&official, bad, titles, 1);
		official_row(&official, cells);
		official_write(&official, format, &out);
		assert_null(strchr(str_get(&out), '\x1b'));
		assert_null(strstr(str_get(&out), "\xe2\x80\xae"));
		official_release(&official);
		str_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text),	  cmocka_unit_test(html),	 cmocka_unit_test(markdown),
		cmocka_unit_test(counts), cmocka_unit_test(attachments), cmocka_unit_test(outside),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
