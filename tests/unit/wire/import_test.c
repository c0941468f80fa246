/* Import files: reading, encodings, columns, rows as acts. */
#include <config.h>

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/import.h"

/* --- reading ----------------------------------------------------------------------------------- */

/* All rows as "line: NAME=VALUE;…" lines; what is bad as "line: !". */
static void read_rows(struct import_file *file, struct str *out)
{
	for (;;) {
		struct import_row row = { 0 };
		struct error err = ERROR_INIT;
		bool end = false;
		enum err code = import_next(file, &row, &end, &err);

		if (code && code != ERR_INPUT) {
			str_addf(out, "STOP %s\n", err.text);
			return;
		}
		if (!code && end)
			return;
		str_addf(out, "%lld:", (long long)row.line);
		if (code) {
			str_add(out, " !\n");
			continue;
		}
		for (size_t i = 0; i < row.n; i++)
			str_addf(out, " %s=%s;", row.names[i], row.values[i]);
		str_add(out, "\n");
	}
}

static void rows_of_text(const char *text, size_t len, struct str *out)
{
	struct import_file *file = NULL;
	struct error err = ERROR_INIT;

	if (import_open_text("test", text, len, &file, &err)) {
		str_addf(out, "STOP %s\n", err.text);
		return;
	}
	read_rows(file, out);
	import_close(file);
}

static void test_rows(void **state)
{
	static const struct {
		const char *text, *rows;
	} cases[] = {
		{ "", "" },
		{ "a,b\n", "" },
		{ "a,b\n1,2\n", "2: a=1; b=2;\n" },
		{ "\n a , b\n1,2", "3: a=1; b=2;\n" },
		{ "a\tb\n1\t2,3\n", "2: a=1; b=2,3;\n" },
		{ "a;b\n1;2,3\n", "2: a=1; b=2,3;\n" },
		{ "\"x,y\"\tb\n1\t2\n", "2: x,y=1; b=2;\n" },
		{ "a,b\n\"1\r\n1\",2\r\n3,4\r\n", "2: a=1\n1; b=2;\n4: a=3; b=4;\n" },
		{ "a,b\n1\n\n2,3,,\n4,5,6\n7,8\n",
		  "2: a=1; b=;\n4: a=2; b=3;\n5: !\n6: a=7; b=8;\n" },
		{ "a,b\n1,\"2\n3,4\n", "2: !\n3: a=3; b=4;\n" },
		{ "a,,b\n1,2,3\n", "2: a=1; column 2=2; b=3;\n" },
		{ "{\"a\":1,\"b\":\"x\\r\\ny\"}\n\n{\"a\":null,\"b\":true}",
		  "1: a=1; b=x\ny;\n3: a=; b=true;\n" },
		{ "{\"a\":1.5,\"b\":[1,{\"c\":2}]}\n", "1: a=1.5; b=[1,{\"c\":2}];\n" },
		{ "{\"a\":1}\n{oops\n[1]\n{\"a\":1,\"a\":2}\n{\"a\":3}\n",
		  "1: a=1;\n2: !\n3: !\n4: !\n5: a=3;\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str got = STR_INIT;

		rows_of_text(cases[i].text, strlen(cases[i].text), &got);
		assert_string_equal(str_get(&got), cases[i].rows);
		str_release(&got);
	}
}

static void test_long_row(void **state)
{
	struct str text = STR_INIT, got = STR_INIT;

	(void)state;
	str_add(&text, "a,b\n1,");
	str_add_repeat(&text, 'x', IMPORT_ROW_MAX + 10);
	str_add(&text, "\n2,y\n");
	rows_of_text(text.s, text.len, &got);
	assert_string_equal(got.s, "2: !\n3: a=2; b=y;\n");
	str_clear(&text);
	str_clear(&got);
	str_add(&text, "{\"a\":\"");
	str_add_repeat(&text, 'x', IMPORT_ROW_MAX + 10);
	str_add(&text, "\"}\n{\"a\":2}\n");
	rows_of_text(text.s, text.len, &got);
	assert_string_equal(got.s, "1: !\n2: a=2;\n");
	str_release(&text);
	str_release(&got);
}

/* --- encodings --------------------------------------------------------------------------------- */

static const char sample[] = "编号,主题,内容\n"
			     "1,清凉新村自来水发黄,\"多户反映，\"\"很急\"\"。\n请处理\"\n"
			     "2,路面塌陷㐀,青龙\n";

static void convert(const char *to, const char *mark, size_t mark_len, bool crlf, struct str *out)
{
	iconv_t cd = iconv_open(to, "UTF-8");
	struct str text = STR_INIT;
	char buf[4096], *in, *at = buf;
	size_t left, room = sizeof buf;

	for (const char *s = sample; *s; s++)
		str_addf(&text, "%s%c", crlf && *s == '\n' ? "\r" : "", *s);
	in = text.s;
	left = text.len;
	assert_true(cd != (iconv_t)-1);
	assert_true(iconv(cd, &in, &left, &at, &room) != (size_t)-1);
	str_add_bytes(out, mark, mark_len);
	str_add_bytes(out, buf, (size_t)(at - buf));
	iconv_close(cd);
	str_release(&text);
}

static void test_encodings(void **state)
{
	static const struct {
		const char *to, *mark;
		size_t mark_len;
		bool crlf;
		const char *told;
	} cases[] = {
		{ "UTF-8", "", 0, false, "UTF-8" },
		{ "UTF-8", "\xEF\xBB\xBF", 3, true, "UTF-8" },
		{ "GB18030", "", 0, true, "GB18030" },
		{ "UTF-16LE", "\xFF\xFE", 2, false, "UTF-16LE" },
		{ "UTF-16BE", "\xFE\xFF", 2, true, "UTF-16BE" },
		{ "UTF-16LE", "", 0, false, "UTF-16LE" },
		{ "UTF-16BE", "", 0, false, "UTF-16BE" },
	};
	struct str want = STR_INIT;

	(void)state;
	rows_of_text(sample, strlen(sample), &want);
	assert_non_null(strstr(want.s, "很急"));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str bytes = STR_INIT, got = STR_INIT;
		struct import_file *file;

		convert(cases[i].to, cases[i].mark, cases[i].mark_len, cases[i].crlf, &bytes);
		assert_int_equal(import_open_text("t", bytes.s, bytes.len, &file, NULL), ERR_OK);
		assert_string_equal(import_encoding(file), cases[i].told);
		read_rows(file, &got);
		assert_string_equal(got.s, want.s);
		import_close(file);
		str_release(&bytes);
		str_release(&got);
	}
	str_release(&want);
}

/* One bad byte costs its row, not the whole file its encoding. */
static void test_bad_byte(void **state)
{
	static const char bytes[] = "编号,标题\n1,路灯不亮\n2,井\xC3\x28盖\n3,河道有异味\n";
	struct import_file *file;
	struct str got = STR_INIT;

	(void)state;
	assert_int_equal(import_open_text("t", bytes, sizeof bytes - 1, &file, NULL), ERR_OK);
	assert_string_equal(import_encoding(file), "UTF-8");
	read_rows(file, &got);
	assert_non_null(strstr(str_get(&got), "路灯不亮"));
	assert_non_null(strstr(str_get(&got), "河道有异味"));
	import_close(file);
	str_release(&got);
}

static bool shared_path(const char *name, struct arena *arena, const char **ret_path)
{
	const char *shared = getenv("ZHIBAN_SHARED");

	if (!shared)
		return false;
	*ret_path = arena_printf(arena, "%s/data/%s", shared, name);
	return file_exists(*ret_path);
}

/* The same 300 real rows in four encodings. */
static void test_real_variants(void **state)
{
	static const char *const names[] = { "utf8_lf.csv", "utf8bom_crlf.csv", "gb18030_crlf.csv",
					     "utf16le_bom_tab.txt" };
	struct str first = STR_INIT;
	struct arena arena = ARENA_INIT;
	const char *path = NULL;

	(void)state;
	if (!shared_path("import_variants/reply300_utf8_lf.csv", &arena, &path)) {
		print_message("the real import files are not here\n");
		skip();
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct import_file *file;
		struct str got = STR_INIT;
		size_t rows = 0;

		assert_true(shared_path(arena_printf(&arena, "import_variants/reply300_%s", names[i]),
					&arena, &path));
		assert_int_equal(import_open(path, &file, NULL), ERR_OK);
		for (bool end = false;;) {
			struct import_row row;

			assert_int_equal(import_next(file, &row, &end, NULL), ERR_OK);
			if (end)
				break;
			rows++;
			for (size_t k = 0; k < row.n; k++)
				str_addf(&got, "%s=%s;", row.names[k], row.values[k]);
		}
		assert_int_equal(rows, 300);
		if (i == 0)
			str_add(&first, got.s);
		assert_string_equal(first.s, got.s);
		import_close(file);
		str_release(&got);
	}
	str_release(&first);
	arena_release(&arena);
}

/* --- rows as acts ------------------------------------------------------------------------------ */

static const char words[] = "field \"title\" { columns = {\"主题\"} }\n"
			    "field \"text\" { columns = {\"内容\"} }\n"
			    "field \"src_no\" { columns = {\"编号\", \"id\"} }\n"
			    "field \"category\" { columns = {\"类别\", \"type\", \"kind\"} }\n"
			    "field \"reported_at\" { columns = {\"时间\", \"created\"} }\n"
			    "field \"closed_at\" { columns = {\"closed\", \"replied\"} }\n"
			    "field \"phone\" { columns = {\"电话\"} }\n";

struct intake {
	struct arena arena;
	struct rules rules;
	struct import_map *map;
	struct import_ctx ctx;
	struct import_file *file;
	struct act act;
	struct error err;
};

static const char *const closed_words[] = { "已办理", NULL };
static const struct choice sources[] = { { "12345", "热线", NULL } };
static const struct choice urgencies[] = { { "flash", "特急", NULL }, { "urgent", "急", NULL } };

static void intake_init(struct intake *in, const char *map)
{
	*in = (struct intake){ .rules = { .offset_min = 480, .closed_words = closed_words,
					  .sources = { sources, 1 }, .urgencies = { urgencies, 2 } } };
	if (import_map_new(words, strlen(words), map, &in->arena, &in->map, &in->err))
		fail_msg("%s", in->err.text);
	in->ctx = (struct import_ctx){ .rules = &in->rules, .map = in->map, .file = "leaf",
				       .now = 1790000000000,
				       .actor = { "system", "zhongxin", "system" } };
}

/* The first row of the text as an act. */
static enum err intake_row(struct intake *in, const char *text)
{
	struct import_row row;
	enum err code;
	bool end;

	import_close(in->file);
	in->err = (struct error)ERROR_INIT;
	assert_int_equal(import_open_text("t", text, strlen(text), &in->file, NULL), ERR_OK);
	assert_int_equal(import_next(in->file, &row, &end, NULL), ERR_OK);
	assert_false(end);
	code = import_act(&in->ctx, &row, &in->arena, &in->act, &in->err);
	if (!code)
		assert_int_equal(act_check(&in->act, &in->err), ERR_OK);
	return code;
}

static void intake_release(struct intake *in)
{
	import_close(in->file);
	arena_release(&in->arena);
}

/* All arguments as NAME=VALUE; in the act's order. */
static const char *args_of(struct intake *in)
{
	const char *all = "";

	for (size_t i = 0; i < in->act.n_given; i++) {
		const struct given *given = &in->act.given[i];
		const char *value = given->value.is_text
					    ? given->value.text
					    : arena_printf(&in->arena, "%lld",
							   (long long)given->value.num);

		if (strcmp(given->field->name, "historic") != 0)
			all = arena_printf(&in->arena, "%s%s=%s; ", all, given->field->name, value);
	}
	return all;
}

static void test_acts(void **state)
{
	static const struct {
		const char *text, *args;
	} cases[] = {
		{ "编号,主题,时间\n7,漏水,2026-09-21 08:00\n",
		  "source=leaf; src_no=7; title=漏水; reported_at=1789948800000; " },
		{ "source,title,created\n12345,t,2026/9/21\n",
		  "source=12345; title=t; reported_at=1789920000000; " },
		{ "source,title,created\n热线,t,2026-09-21T00:00:00Z\n",
		  "source=12345; title=t; reported_at=1789948800000; " },
		{ "id,title,weather\n1,t,rain=yes\n",
		  "attr=weather=rain=yes; source=leaf; src_no=1; title=t; reported_at=1790000000000; " },
		{ "id,title,a=b\n1,t,x\n",
		  "attr=a-b=x; source=leaf; src_no=1; title=t; reported_at=1790000000000; " },
		{ "id,title,kind,类别,type\n1,t,K,L,T\n",
		  "attr=kind=K; attr=type=T; source=leaf; src_no=1; title=t; category=L; "
		  "reported_at=1790000000000; " },
		{ "id,title,status,closed\n1,t,已办理,2026-09-21\n",
		  "source=leaf; src_no=1; title=t; status=已办理; closed_at=1789920000000; "
		  "reported_at=1790000000000; " },
		{ "id,title,status,replied\n1,t,办理中,2026-09-21\n",
		  "attr=replied=2026-09-21; source=leaf; src_no=1; title=t; status=办理中; "
		  "reported_at=1790000000000; " },
		{ "id,title,urgency\n1,t,特急\n",
		  "source=leaf; src_no=1; title=t; urgency=1; reported_at=1790000000000; " },
		{ "id,title,urgency\n1,t,whenever\n",
		  "source=leaf; src_no=1; title=t; attr=urgency=whenever; reported_at=1790000000000; " },
		{ "id,title,lat\n1,t,31.7719\n",
		  "source=leaf; src_no=1; title=t; lat=31771900; reported_at=1790000000000; " },
		{ "id,title,lat\n1,t,unknown\n",
		  "source=leaf; src_no=1; title=t; attr=lat=unknown; reported_at=1790000000000; " },
		{ "id,title,text\n1,\" a\tb\n c\",\"　 x\n\n y 　\"\n",
		  "source=leaf; src_no=1; title=a b c; text=x\n\n y; reported_at=1790000000000; " },
		{ "id,text\n1,short\n",
		  "source=leaf; src_no=1; text=short; title=short; reported_at=1790000000000; " },
		{ "id,type\n1,Street Light\n",
		  "source=leaf; src_no=1; category=Street Light; title=Street Light; "
		  "reported_at=1790000000000; " },
		{ "weather\nrain\n", "attr=weather=rain; source=leaf; title=leaf; reported_at=1790000000000; " },
		{ "due,title\n2026-01-01,t\n",
		  "attr=due=2026-01-01; source=leaf; title=t; reported_at=1790000000000; " },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct intake in;

		intake_init(&in, NULL);
		if (intake_row(&in, cases[i].text))
			fail_msg("%s: %s", cases[i].text, in.err.text);
		assert_string_equal(args_of(&in), cases[i].args);
		assert_int_equal(act_value(&in.act, "historic", 0).num, 1);
		assert_true(in.act.at == act_value(&in.act, "reported_at", 0).num);
		assert_string_equal(in.act.actor.role, "system");
		intake_release(&in);
	}
}

static void test_title_of_text(void **state)
{
	struct intake in;
	struct str text = STR_INIT;

	(void)state;
	intake_init(&in, NULL);
	str_add(&text, "内容\n\"　尊敬的领导\n");
	for (int i = 0; i < 9000; i++)
		str_add(&text, "水");
	str_add(&text, "\"\n");
	if (intake_row(&in, text.s))
		fail_msg("%s", in.err.text);
	assert_int_equal(text_chars(act_text(&in.act, "title")), 40);
	assert_int_equal(strncmp(act_text(&in.act, "title"), "尊敬的领导 水水", 19), 0);
	assert_int_equal(text_chars(act_text(&in.act, "text")), 9006);
	intake_release(&in);
	str_release(&text);
}

/* Never cut: refused, with the line and the reason. */
static void test_rejected(void **state)
{
	static const struct {
		const char *head, *cell;
		size_t times;
		const char *sentence;
	} cases[] = {
		{ "title", "水", 201, "200" },
		{ "text", "水", 20001, "20000" },
		{ "weather", "x", 20001, "20000" },
		{ "电话", "1", 31, "30" },
		{ "时间", "soon", 1, "时间" },
		{ "closed_at", "2026-13-01", 1, "closed_at" },
		{ "title", "\xff", 1, "text" },
		{ "weather", "a\xE6\xB0", 1, "text" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str text = STR_INIT;
		struct intake in;

		intake_init(&in, NULL);
		/* the mark keeps bad bytes from being taken for GB18030 */
		str_addf(&text, "\xEF\xBB\xBF" "id,%s\n1,", cases[i].head);
		for (size_t k = 0; k < cases[i].times; k++)
			str_add(&text, cases[i].cell);
		str_add(&text, "\n");
		assert_int_equal(intake_row(&in, text.s), ERR_INPUT);
		if (!strstr(in.err.text, "line 2") || !strstr(in.err.text, cases[i].sentence))
			fail_msg("%s: %s", cases[i].head, in.err.text);
		intake_release(&in);
		str_release(&text);
	}
}

/* The same row is the same incident whenever it is read; another number is another one. */
static void test_ids(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "id,title\n1,t\n", "id,title\n1,other\n", true },
		{ "id,title\n1,t\n", "id,title\n2,t\n", false },
		{ "src_no,title,source\n1,t,热线\n", "src_no,title,source\n1,t,12345\n", true },
		{ "src_no,title,source\n1,t,热线\n", "src_no,title,source\n1,t,网格\n", false },
		{ "title,x\nt,1\n", "title,x\nt,1\n", true },
		{ "title,x\nt,1\n", "title,x\nt,2\n", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct intake in;
		struct act first;

		intake_init(&in, NULL);
		assert_int_equal(intake_row(&in, cases[i].a), ERR_OK);
		first = in.act;
		in.ctx.now++;
		assert_int_equal(intake_row(&in, cases[i].b), ERR_OK);
		assert_int_equal(uuid_eq(&first.target.id, &in.act.target.id), cases[i].same);
		assert_int_equal(uuid_eq(&first.id, &in.act.id), cases[i].same);
		intake_release(&in);
	}
}

static void test_asked(void **state)
{
	struct intake in;
	struct import_map *map;
	struct import_row row;
	bool end;

	(void)state;
	intake_init(&in, "title=what,text=主题,source=channel");
	assert_int_equal(intake_row(&in, "id,主题,what,channel\n1,a,b,热线\n"), ERR_OK);
	assert_string_equal(args_of(&in),
			    "source=12345; src_no=1; title=b; text=a; reported_at=1790000000000; ");
	in.ctx.source = "drill";
	assert_int_equal(intake_row(&in, "id,主题,what,channel\n1,a,b,热线\n"), ERR_OK);
	assert_string_equal(args_of(&in), "attr=channel=热线; source=drill; src_no=1; title=b; text=a; "
					  "reported_at=1790000000000; ");
	import_close(in.file);
	assert_int_equal(import_open_text("t", "a,what\n1,2\n", 11, &in.file, NULL), ERR_OK);
	assert_int_equal(import_next(in.file, &row, &end, NULL), ERR_OK);
	assert_int_equal(import_map_check(in.map, &row, &in.err), ERR_USAGE);
	assert_non_null(strstr(in.err.text, "主题"));
	assert_int_equal(import_map_new(NULL, 0, "dragon=x", &in.arena, &map, &in.err), ERR_USAGE);
	assert_non_null(strstr(in.err.text, "reported_at"));
	assert_int_equal(import_map_new(NULL, 0, "step=x", &in.arena, &map, &in.err), ERR_USAGE);
	assert_int_equal(import_map_new(NULL, 0, "title", &in.arena, &map, &in.err), ERR_USAGE);
	assert_int_equal(import_map_new("field \"step\" { columns = {\"x\"} }\n", 34, NULL,
					&in.arena, &map, &in.err), ERR_INPUT);
	intake_release(&in);
}

static void test_shipped_columns(void **state)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;
	struct import_map *map;

	(void)state;
	if (!top)
		skip();
	assert_int_equal(file_read(path_join(&arena, top, "profiles/import-columns.conf"), 1 << 20,
				   &text, NULL), ERR_OK);
	if (import_map_new(text.s, text.len, NULL, &arena, &map, &err))
		fail_msg("%s", err.text);
	str_release(&text);
	arena_release(&arena);
}

static void test_file_names(void **state)
{
	static const char *const cases[][2] = {
		{ "a/b/boston311_2011.csv.gz", "boston311_2011" }, { "taidi-hot.jsonl.gz", "taidi-hot" },
		{ "x.TXT", "x" }, { "-", "import" }, { "noext", "noext" }, { ".csv", ".csv" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(import_file_name(cases[i][0], &arena), cases[i][1]);
	arena_release(&arena);
}

static void test_rejects_file(void **state)
{
	const char *names[] = { "a" }, *values[] = { "x\n\"y\"" };
	struct import_row row = { 12, names, values, 1 };
	struct str out = STR_INIT;

	(void)state;
	import_reject_header(&out);
	import_reject(&row, "line 12: too, long", &out);
	assert_string_equal(out.s, "line,reason,row\n12,\"line 12: too, long\","
				   "\"{\"\"a\"\":\"\"x\\n\\\"\"y\\\"\"\"\"}\"\n");
	str_release(&out);
}

/* What is rejected and read again: the same rows, with their source and the name of their file. */
static void rejects_of(const char *text, struct str *out)
{
	struct import_file *file = NULL;
	bool begun = false, end = false;

	assert_int_equal(import_open_text("t", text, strlen(text), &file, NULL), ERR_OK);
	for (;;) {
		struct import_row row = { 0 };
		enum err code = import_next(file, &row, &end, NULL);

		if (code == ERR_OK && end)
			break;
		if (!begun)
			import_rejects_begin(file, out);
		begun = true;
		import_rejects_add(file, &row, "why, \"so\"", "12345", "cases", out);
	}
	import_close(file);
}

static void test_rejects_again(void **state)
{
	static const struct {
		const char *text, *rejects, *again;
	} cases[] = {
		{ "a,b\n1,\"x\ny\"\n",
		  "reject_line,reject_reason,reject_source,reject_file,a,b\n"
		  "2,\"why, \"\"so\"\"\",12345,cases,1,\"x\ny\"\n", "2: a=1; b=x\ny;\n" },
		{ "a,b\n1,2,3\n", "reject_line,reject_reason,reject_source,reject_file,a,b\n"
		  "2,\"why, \"\"so\"\"\",12345,cases,1,2,3\n", "2: !\n" },
		{ "a,b\n1,\xFF\n", "reject_line,reject_reason,reject_source,reject_file,a,b\n"
		  "2,\"why, \"\"so\"\"\",12345,cases,1,\xEF\xBF\xBD\n", "2: !\n" },
		{ "{\"a\":\"1\"}\n{\"b\":2}\n",
		  "reject_line,reject_reason,reject_source,reject_file,row\n"
		  "1,\"why, \"\"so\"\"\",12345,cases,\"{\"\"a\"\":\"\"1\"\"}\"\n"
		  "2,\"why, \"\"so\"\"\",12345,cases,\"{\"\"b\"\":\"\"2\"\"}\"\n",
		  "2: a=1;\n3: b=2;\n" },
		{ "{\"a\":1}\nnone\n", "reject_line,reject_reason,reject_source,reject_file,row\n"
		  "1,\"why, \"\"so\"\"\",12345,cases,\"{\"\"a\"\":\"\"1\"\"}\"\n"
		  "2,\"why, \"\"so\"\"\",12345,cases,none\n", "2: a=1;\n3: !\n" },
	};
	struct str rejects = STR_INIT, twice = STR_INIT, rows = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&rejects);
		str_clear(&twice);
		str_clear(&rows);
		rejects_of(cases[i].text, &rejects);
		assert_string_equal(rejects.s, cases[i].rejects);
		rows_of_text(rejects.s, rejects.len, &rows);
		assert_string_equal(rows.s, cases[i].again);
		rejects_of(rejects.s, &twice); /* source, file and columns stay, lines are new */
		assert_int_equal(twice.len, rejects.len);
	}
	str_release(&rejects);
	str_release(&twice);
	str_release(&rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_long_row),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_bad_byte),
		cmocka_unit_test(test_real_variants),
		cmocka_unit_test(test_acts),
		cmocka_unit_test(test_title_of_text),
		cmocka_unit_test(test_rejected),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_asked),
		cmocka_unit_test(test_shipped_columns),
		cmocka_unit_test(test_file_names),
		cmocka_unit_test(test_rejects_file),
		cmocka_unit_test(test_rejects_again),
	};

	return cmocka_run_group_tests_name("wire/import", tests, NULL, NULL);
}
