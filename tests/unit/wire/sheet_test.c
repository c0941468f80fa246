/* Sheets: each format word for word, and what comes from outside does no harm in any. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/sheet.h"

static void fill(struct sheet *sheet)
{
	static const char *const titles[] = { "部门", "时限", "说明" };
	static const char *const rows[][3] = {
		{ "水务局", "02-27 08:30", "=SUM(A1)" },
		{ "城管局", NULL, "a|b <c> & \"d\", *e*" },
	};

	sheet_init(sheet, "吹哨单 20260213-W001");
	sheet_note(sheet, "2026-02-13 17:40  李敏");
	sheet_fact(sheet, "事由", "红梅夜市油烟\n噪声");
	sheet_fact(sheet, "编号", "W-1");
	sheet_fact(sheet, "无", "");
	sheet_fact(sheet, "无", NULL);
	sheet_section(sheet, "各部门");
	sheet_table(sheet, titles, 3);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		sheet_row(sheet, rows[i]);
	sheet_sign(sheet, "签字");
}

static void assert_written(enum sheet_format format, const char *expected)
{
	struct str out = STR_INIT;
	struct sheet sheet;

	fill(&sheet);
	sheet_write(&sheet, format, &out);
	assert_string_equal(str_get(&out), expected);
	sheet_release(&sheet);
	str_release(&out);
}

static void text(void **state)
{
	(void)state;
	assert_written(SHEET_TEXT,
		       "                              吹哨单 20260213-W001\n"
		       "======================================="
		       "=========================================\n"
		       "2026-02-13 17:40  李敏\n"
		       "事由  红梅夜市油烟\n"
		       "      噪声\n"
		       "编号  W-1\n"
		       "\n"
		       "各部门\n"
		       "------\n"
		       "部门    时限         说明\n"
		       "---------------------------------------\n"
		       "水务局  02-27 08:30  =SUM(A1)\n"
		       "城管局               a|b <c> & \"d\", *e*\n"
		       "\n"
		       "签字 ______________________________\n");
}

static void markdown(void **state)
{
	(void)state;
	assert_written(SHEET_MARKDOWN,
		       "# 吹哨单 20260213-W001\n"
		       "\n"
		       "2026-02-13 17:40  李敏\n"
		       "\n"
		       "- **事由** 红梅夜市油烟  \n"
		       "噪声\n"
		       "- **编号** W-1\n"
		       "\n"
		       "## 各部门\n"
		       "\n"
		       "| 部门 | 时限 | 说明 |\n"
		       "| --- | --- | --- |\n"
		       "| 水务局 | 02-27 08:30 | =SUM(A1) |\n"
		       "| 城管局 |  | a\\|b \\<c\\> & \"d\", \\*e\\* |\n"
		       "\n"
		       "签字 \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"
		       "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n");
}

static void csv(void **state)
{
	(void)state;
	assert_written(SHEET_CSV, "\xef\xbb\xbf"
				  "部门,时限,说明\r\n"
				  "水务局,02-27 08:30,'=SUM(A1)\r\n"
				  "城管局,,\"a|b <c> & \"\"d\"\", *e*\"\r\n");
}

static void html(void **state)
{
	struct str out = STR_INIT;
	const char *body;
	struct sheet sheet;

	(void)state;
	fill(&sheet);
	sheet_write(&sheet, SHEET_HTML, &out);
	body = strstr(str_get(&out), "<body>");
	assert_non_null(body);
	assert_string_equal(
		body,
		"<body>\n<h1>吹哨单 20260213-W001</h1>\n"
		"<p>2026-02-13 17:40  李敏</p>\n"
		"<table>\n"
		"<tr><th style=\"width:9em\">事由</th><td>红梅夜市油烟<br>\n噪声</td></tr>\n"
		"<tr><th style=\"width:9em\">编号</th><td>W-1</td></tr>\n"
		"</table>\n"
		"<h2>各部门</h2>\n"
		"<table>\n"
		"<thead><tr><th>部门</th><th>时限</th><th>说明</th></tr></thead>\n"
		"<tr><td>水务局</td><td>02-27 08:30</td><td>=SUM(A1)</td></tr>\n"
		"<tr><td>城管局</td><td></td><td>a|b &lt;c&gt; &amp; &quot;d&quot;, *e*</td></tr>\n"
		"</table>\n"
		"<p>签字 <span style=\"display:inline-block;width:18em;"
		"border-bottom:1px solid #000\">&nbsp;</span></p>\n"
		"</body>\n</html>\n");
	sheet_release(&sheet);
	str_release(&out);
}

/* What is wider than the paper is wrapped, in its own column; control characters become visible. */
static void wide(void **state)
{
	static const char *const titles[] = { "部门", "办理结果", "反馈" };
	const char *cells[3] = { "区市场监督管理局" };
	struct str out = STR_INIT, long_text = STR_INIT;
	struct sheet sheet;

	(void)state;
	for (int i = 0; i < 60; i++)
		str_add(&long_text, i % 7 == 6 ? "，已" : "办理");
	cells[1] = str_get(&long_text);
	cells[2] = "red \x1b[31m\nsecond line";
	sheet_init(&sheet, str_get(&long_text));
	sheet_fact(&sheet, "一个很长很长很长很长很长的名称", str_get(&long_text));
	sheet_table(&sheet, titles, 3);
	sheet_row(&sheet, cells);
	sheet_text(&sheet, str_get(&long_text));
	sheet_write(&sheet, SHEET_TEXT, &out);
	for (const char *s = str_get(&out); *s != '\0';) {
		size_t len = strcspn(s, "\n");
		struct str line = STR_INIT;

		str_add_bytes(&line, s, len);
		if (text_columns(str_get(&line)) > SHEET_COLUMNS)
			fail_msg("%d columns: %s", text_columns(str_get(&line)), str_get(&line));
		str_release(&line);
		s += len + (s[len] == '\n');
	}
	assert_null(strchr(str_get(&out), 0x1b));
	assert_non_null(strstr(str_get(&out), "red <U+001B>[31m\n"));
	sheet_release(&sheet);
	str_release(&out);
	str_release(&long_text);
}

static void formats(void **state)
{
	static const struct {
		const char *path;
		enum err code;
		enum sheet_format format;
	} cases[] = {
		{ "a.txt", ERR_OK, SHEET_TEXT },  { "dir/a.md", ERR_OK, SHEET_MARKDOWN },
		{ "a.html", ERR_OK, SHEET_HTML }, { "a.htm", ERR_OK, SHEET_HTML },
		{ "a.csv", ERR_OK, SHEET_CSV },	  { "a.doc", ERR_USAGE, SHEET_TEXT },
		{ ".csv", ERR_USAGE, SHEET_TEXT }, { "", ERR_USAGE, SHEET_TEXT },
	};
	enum sheet_format format = SHEET_TEXT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		format = SHEET_TEXT;
		if (sheet_format_of_file(cases[i].path, &format, NULL) != cases[i].code ||
		    format != cases[i].format)
			fail_msg("%s", cases[i].path);
	}
	assert_int_equal(sheet_format_find("html", &format), ERR_OK);
	assert_int_equal(format, SHEET_HTML);
	assert_int_equal(sheet_format_find("json", &format), ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text), cmocka_unit_test(markdown), cmocka_unit_test(csv),
		cmocka_unit_test(html), cmocka_unit_test(wide),	    cmocka_unit_test(formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
