/* Rows of other systems: how they are read, how they are answered. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/wire/intake.h"

/* "LINE:name=value,…;" for each row, "LINE!;" for one that could not be read, or "!CODE". */
static void show(const char *body, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct intake_ask ask;
	enum err code = intake_ask_decode(body, strlen(body), &arena, &ask, &err);

	if (code != ERR_OK) {
		assert_true(err.text[0] != '\0');
		str_addf(out, "!%s", err_name(code));
	}
	for (size_t i = 0; code == ERR_OK && i < ask.n; i++) {
		const struct import_row *row = &ask.rows[i].row;

		str_addf(out, "%lld%s", (long long)row->line, ask.rows[i].bad != NULL ? "!" : ":");
		for (size_t k = 0; k < row->n; k++)
			str_addf(out, "%s%s=%s", k > 0 ? "," : "", row->names[k], row->values[k]);
		str_add(out, ";");
	}
	arena_release(&arena);
}

static void test_ask(void **state)
{
	static const struct {
		const char *body, *shown;
	} cases[] = {
		{ "{\"rows\":[{\"a\":\"1\",\"b\":2},{\"a\":null,\"c\":true}]}",
		  "1:a=1,b=2;2:a=,c=true;" },
		{ "{\"rows\":[{\"a\":{\"x\":[1]}}]}", "1:a={\"x\":[1]};" },
		{ "{\"rows\":[1,{\"a\":\"b\"},[],\"x\"]}", "1!;2:a=b;3!;4!;" },
		{ "{\"a\":\"1\"}\n\n{\"a\":\"2\"}\n", "1:a=1;3:a=2;" },
		{ "{\"a\":\"1\"}\n{nonsense}\n{\"a\":\"3\"}", "1:a=1;2!;3:a=3;" },
		{ "{\"a\":\"1\",\"a\":\"2\"}\n{\"b\":\"\"}", "1!;2:b=;" },
		{ "{\"rows\":1}", "1:rows=1;" }, /* a row of its own */
		{ "a,b\n1,2\n3\n", "2:a=1,b=2;3:a=3,b=;" },
		{ "a\tb\n1\t\"x\ny\"\n", "2:a=1,b=x\ny;" },
		{ "a,b\n1,2,3\n4,5\n", "2!;3:a=4,b=5;" },
		{ "{\"rows\":[]}", "!INPUT" },
		{ "", "!INPUT" },
		{ "a,b\n", "!INPUT" },
		{ "[1,2]", "!INPUT" },
		{ "{\"rows\":[{\"a\":\"\\ud800\"}]}", "1!;" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str shown = STR_INIT;

		show(cases[i].body, &shown);
		assert_string_equal(str_get(&shown), cases[i].shown);
		str_release(&shown);
	}
}

static void test_many(void **state)
{
	struct str list = STR_INIT, lines = STR_INIT, shown = STR_INIT;

	(void)state;
	str_add(&list, "{\"rows\":[{\"a\":\"1\"}");
	str_add(&lines, "{\"a\":\"1\"}\n");
	for (int i = 1; i < INTAKE_ROWS; i++) {
		str_add(&list, ",{\"a\":\"1\"}");
		str_add(&lines, "{\"a\":\"1\"}\n");
	}
	show(lines.s, &shown);
	assert_int_equal(shown.s[0], '1');
	str_clear(&shown);
	str_add(&lines, "{\"a\":\"1\"}\n");
	show(lines.s, &shown);
	assert_string_equal(shown.s, "!TOO_LARGE");
	str_clear(&shown);
	str_add(&list, ",{\"a\":\"1\"}]}");
	show(list.s, &shown);
	assert_string_equal(shown.s, "!TOO_LARGE");
	str_cut(&list, list.len - strlen(",{\"a\":\"1\"}]}"));
	str_add(&list, "]}");
	str_clear(&shown);
	show(list.s, &shown);
	assert_int_equal(shown.s[0], '1');
	str_release(&list);
	str_release(&lines);
	str_release(&shown);
}

static void test_answer(void **state)
{
	static const char *const kept[] = { "楼栋", "x", NULL };
	const struct answer_head head = { "0123456789abcdef0123456789abcdef", 5, 1 };
	struct uuid id = uuid_named("x");
	char text[UUID_TEXT];
	const struct intake_result results[] = {
		{ .verdict = INTAKE_OK, .src_no = "A", .number = "20261122-0001", .id = &id,
		  .kept = kept },
		{ .verdict = INTAKE_EXISTS, .src_no = "B", .number = "7", .id = &id },
		{ .verdict = INTAKE_REJECTED, .field = "电话", .sentence = "too \"long\"" },
		{ .verdict = INTAKE_REJECTED, .sentence = "no" },
	};
	struct str out = STR_INIT, wanted = STR_INIT;

	(void)state;
	uuid_text(&id, text);
	intake_answer_encode(&head, results, ARRAY_LEN(results), &out);
	str_addf(&wanted,
		 "{\"epoch\":\"0123456789abcdef0123456789abcdef\",\"exists\":1,\"now\":5,\"ok\":1,"
		 "\"rejected\":2,\"rows\":[{\"id\":\"%s\",\"kept\":[\"楼栋\",\"x\"],"
		 "\"number\":\"20261122-0001\",\"row\":1,\"src_no\":\"A\",\"verdict\":\"ok\"},"
		 "{\"id\":\"%s\",\"number\":\"7\",\"row\":2,\"src_no\":\"B\",\"verdict\":\"exists\"},"
		 "{\"field\":\"电话\",\"row\":3,\"sentence\":\"too \\\"long\\\"\","
		 "\"verdict\":\"rejected\"},"
		 "{\"row\":4,\"sentence\":\"no\",\"verdict\":\"rejected\"}],\"version\":1}",
		 text, text);
	assert_string_equal(out.s, wanted.s);
	str_release(&out);
	str_release(&wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ask),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_answer),
	};

	return cmocka_run_group_tests_name("wire/intake", tests, NULL, NULL);
}
