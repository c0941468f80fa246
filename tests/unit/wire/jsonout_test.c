#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "random_help.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/incident.h"
#include "zhiban/wire/jsonout.h"

/* Whatever the text, JSON holds it exactly, and nothing of it steers a terminal. */
static void assert_safe(const char *text)
{
	struct str out = STR_INIT, clean = STR_INIT, wrapped = STR_INIT;
	json_t *json;

	json_text(&out, text);
	str_addf(&wrapped, "[%s]", out.s);
	json = json_loads(wrapped.s, 0, NULL);
	assert_non_null(json);
	assert_string_equal(json_string_value(json_array_get(json, 0)), text);
	text_clean(&clean, out.s, out.len, false);
	assert_string_equal(clean.s, out.s);
	json_decref(json);
	str_release(&out);
	str_release(&clean);
	str_release(&wrapped);
}

static void test_json_text(void **state)
{
	static const char *const texts[] = {
		"", "plain", "清凉新村", "\"\\/", "a\nb\tc\rd", "\x1b[31mred\x1b[0m", "\x7f",
		"\xC2\x9B" "31m", "a\xE2\x80\xAE" "b", "\xE2\x80\x8B", "\xEF\xBB\xBF", "😀",
		"\xF3\xA0\x80\x81", "\\u202e",
	};
	struct random r;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_safe(texts[i]);
	for (uint64_t seed = 1; seed < 200; seed++) {
		random_init(&r, seed);
		assert_safe(random_value(&r, act_arg_field(act_desc_find("note"), "note")).text);
		random_release(&r);
	}
}

static void test_csv_cell(void **state)
{
	static const struct {
		const char *text, *cell;
	} cases[] = {
		{ "", "" },
		{ "a b", "a b" },
		{ "a,b", "\"a,b\"" },
		{ "说\"好\"", "\"说\"\"好\"\"\"" },
		{ "a\nb", "\"a\nb\"" },
		{ " a", "\" a\"" },
		{ "\x1b[0m", "<U+001B>[0m" },
		{ "a\xE2\x80\xAE", "a<U+202E>" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		csv_cell(&out, cases[i].text);
		assert_string_equal(str_get(&out), cases[i].cell);
		str_release(&out);
	}
}

/* Nothing of a title can become markup; for a spreadsheet nothing becomes a formula. */
static void test_html(void **state)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *title = field_find(kind->fields, kind->n_fields, "title");
	struct incident a = { .title = "<b>\"x\" & 'y'</b>\x1b[0m" };
	struct out_rows rows = { .format = OUT_HTML, .fields = &title, .n_fields = 1, .title = "<T>",
				 .note = "a < b" };
	struct str out = STR_INIT;

	(void)state;
	out_rows_begin(&rows, &out);
	out_rows_add(&rows, &a.head.id, &a, &out);
	out_rows_end(&rows, &out);
	assert_non_null(strstr(out.s, "<h1>&lt;T&gt;</h1>"));
	assert_non_null(strstr(out.s, "<p>a &lt; b</p>"));
	assert_non_null(strstr(out.s, "<td>&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;&lt;U+001B&gt;[0m"
				      "</td>"));
	assert_non_null(strstr(out.s, "</html>\n"));
	str_clear(&out);
	rows = (struct out_rows){ .format = OUT_CSV, .fields = &title, .n_fields = 1, .sheet = true,
				  .guard = true };
	a.title = "=1+1";
	out_rows_begin(&rows, &out);
	out_rows_add(&rows, &a.head.id, &a, &out);
	assert_int_equal(strncmp(out.s, "\xEF\xBB\xBFid,Title\r\n", 13), 0);
	assert_non_null(strstr(out.s, ",'=1+1\r\n"));
	str_release(&out);
}

static void test_file_names(void **state)
{
	static const struct {
		const char *path;
		enum err code;
		enum out_format format;
	} cases[] = {
		{ "a.csv", ERR_OK, OUT_CSV },	     { "x/b.html", ERR_OK, OUT_HTML },
		{ "c.htm", ERR_OK, OUT_HTML },	     { "d.md", ERR_OK, OUT_MARKDOWN },
		{ "e.json", ERR_OK, OUT_JSON },	     { "f.g.jsonl", ERR_OK, OUT_JSONL },
		{ "noend", ERR_USAGE, OUT_JSON },    { "x.xls", ERR_USAGE, OUT_JSON },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		enum out_format format = OUT_JSON;

		assert_int_equal(out_format_of_file(cases[i].path, &format, &err), cases[i].code);
		assert_int_equal(format, cases[i].format);
	}
}

static void test_rows(void **state)
{
	static const char *const expected[] = {
		[OUT_JSON] = "[\n"
			     "{\"id\":\"%s\",\"title\":\"a,b\",\"due\":1790000000000,\"lat\":-500000},\n"
			     "{\"id\":\"%s\",\"title\":null,\"due\":null,\"lat\":null}\n]\n",
		[OUT_JSONL] = "{\"id\":\"%s\",\"title\":\"a,b\",\"due\":1790000000000,\"lat\":-500000}\n"
			      "{\"id\":\"%s\",\"title\":null,\"due\":null,\"lat\":null}\n",
		[OUT_CSV] = "id,Title,Due,Latitude\n%s,\"a,b\",2026-09-21 22:13:20,-0.500000\n%s,,,\n",
		[OUT_MARKDOWN] = "# T\\#1\n\n| Title | Due | Latitude |\n| --- | --- | --- |\n"
				 "| a,b | 2026-09-21 22:13 | -500000 |\n|  |  |  |\n\n2 in all\n",
	};
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *fields[3];
	struct arena arena = ARENA_INIT;
	struct incident a = { .title = "a,b", .due = 1790000000000, .lat = -500000 }, b = { 0 };

	(void)state;
	fields[0] = field_find(kind->fields, kind->n_fields, "title");
	fields[1] = field_find(kind->fields, kind->n_fields, "due");
	fields[2] = field_find(kind->fields, kind->n_fields, "lat");
	a.head.id = uuid_named("a");
	b.head.id = uuid_named("b");
	for (size_t f = 0; f < ARRAY_LEN(expected); f++) {
		struct out_rows rows = { .format = (enum out_format)f, .fields = fields,
					 .n_fields = 3, .offset_min = 480, .title = "T#1" };
		char id_a[UUID_TEXT], id_b[UUID_TEXT];
		struct str out = STR_INIT, want = STR_INIT;
		const char *s = expected[f];

		if (!s)
			continue; /* HTML: see test_html */
		uuid_text(&a.head.id, id_a);
		uuid_text(&b.head.id, id_b);
		for (const char *id = id_a; *s; s++) {
			if (strncmp(s, "%s", 2) != 0) {
				str_add_char(&want, *s);
				continue;
			}
			str_add(&want, id);
			id = id_b;
			s++;
		}
		out_rows_begin(&rows, &out);
		out_rows_add(&rows, &a.head.id, &a, &out);
		out_rows_add(&rows, &b.head.id, &b, &out);
		out_rows_end(&rows, &out);
		assert_string_equal(out.s, want.s);
		str_release(&out);
		str_release(&want);
	}
	arena_release(&arena);
}

static void test_no_rows(void **state)
{
	struct out_rows rows = { .format = OUT_JSON };
	struct str out = STR_INIT;

	(void)state;
	out_rows_begin(&rows, &out);
	out_rows_end(&rows, &out);
	assert_string_equal(out.s, "[]\n");
	str_release(&out);
}

static void test_show(void **state)
{
	struct str out = STR_INIT;
	struct entry entries[3];
	json_t *json, *timeline;
	struct entity *entity;
	struct random r;

	(void)state;
	random_init(&r, 77);
	entity = random_entity(&r, KIND_INCIDENT);
	for (int i = 0; i < 3; i++)
		random_entry(&r, &entries[i]);
	random_act(&r, act_desc_find("assign"), &entries[0].act);
	show_json(entity, NULL, entries, 3, &out);
	assert_int_equal(strncmp(out.s, "{\"id\":\"", 7), 0);
	json = json_loads(out.s, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	assert_int_equal(json_integer_value(json_object_get(json, "version")), entity->version);
	assert_int_equal(json_array_size(json_object_get(json, "clock")),
			 ((struct incident *)entity)->clocks.n);
	timeline = json_object_get(json, "timeline");
	assert_int_equal(json_array_size(timeline), 3);
	assert_string_equal(json_string_value(json_object_get(json_array_get(timeline, 0), "verb")),
			    "assign");
	json_decref(json);
	str_release(&out);
	random_release(&r);
}

static void test_status(void **state)
{
	const struct console_status status = {
		.online = true, .server = "https://a:1", .epoch = "ef", .link = "weak",
		.reason = "slow", .since = 7, .unsent = 8, .sent = 9, .cursor = 1, .pending = 2,
		.refused = 3, .data_age_s = 4, .bytes_in = 5, .bytes_out = 6,
		.console_version = "0.1", .server_version = "", .protocol = 1 };
	struct str out = STR_INIT;

	(void)state;
	status_json(&status, &out);
	assert_string_equal(out.s,
		"{\"online\":true,\"server\":\"https://a:1\",\"epoch\":\"ef\",\"cursor\":1,"
		"\"pending\":2,\"refused\":3,\"unread\":0,\"data_age_s\":4,\"link\":\"weak\","
		"\"reason\":\"slow\",\"since\":7,\"unsent\":8,\"sent\":9,"
		"\"bytes_in\":5,\"bytes_out\":6,"
		"\"versions\":{\"console\":\"0.1\",\"server\":\"\",\"protocol\":1}}\n");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_text), cmocka_unit_test(test_csv_cell),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_file_names),	  cmocka_unit_test(test_no_rows),
		cmocka_unit_test(test_show),	  cmocka_unit_test(test_status),
	};

	return cmocka_run_group_tests_name("wire/jsonout", tests, NULL, NULL);
}
