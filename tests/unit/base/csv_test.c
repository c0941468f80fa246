#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/csv.h"
#include "zhiban/base/mem.h"

static const struct {
	char sep;
	const char *text;
	const char *cells; /* cells end with |, records with ; */
} cases[] = {
	{ ',', "", "" },
	{ ',', "a", "a|;" },
	{ ',', "a,b\nc,d\n", "a|b|;c|d|;" },
	{ ',', "a,b\r\nc,d\r\n", "a|b|;c|d|;" },
	{ ',', "a,b\rc,d", "a|b|;c|d|;" },
	{ ',', "\n\nx", "|;|;x|;" },
	{ ',', ",\n", "||;" },
	{ ',', "\"a,b\",c\n", "a,b|c|;" },
	{ ',', "\"a\"\"b\"\n", "a\"b|;" },
	{ ',', "\"\"\n", "|;" },
	{ ',', "\"\"\"\"\n", "\"|;" },
	{ ',', "\"a\nb\",c\n", "a\nb|c|;" },
	{ ',', "\"a\r\nb\"\n", "a\r\nb|;" },
	{ ',', "a\"b,c\n", "a\"b|c|;" },
	{ ',', "\"a\"b,c\n", "ab|c|;" },
	{ '\t', "a\tb,c\n", "a|b,c|;" },
	{ ';', "街镇;事由\n", "街镇|事由|;" },
};

static void add_record(const struct csv_record *record, struct str *out)
{
	for (size_t i = 0; i < record->n; i++)
		str_addf(out, "%s|", csv_cell_at(record, i));
	str_add(out, ";");
}

static void test_records(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct csv csv = { cases[i].sep, 1 };
		struct csv_record record = { 0 };
		const char *s = cases[i].text;
		struct str got = STR_INIT;

		for (size_t used; *s; s += used) {
			assert_int_equal(csv_next(&csv, s, strlen(s), true, &record, &used, NULL),
					 ERR_OK);
			assert_true(used > 0);
			add_record(&record, &got);
		}
		assert_string_equal(str_get(&got), cases[i].cells);
		csv_record_release(&record);
		str_release(&got);
	}
}

/* Text that comes byte by byte gives the same records. */
static void test_in_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = strlen(cases[i].text), from = 0, to = 0;
		struct csv csv = { cases[i].sep, 1 };
		struct csv_record record = { 0 };
		struct str got = STR_INIT;

		while (from < len) {
			size_t used;
			bool last = to == len;

			assert_int_equal(csv_next(&csv, cases[i].text + from, to - from, last,
						  &record, &used, NULL), ERR_OK);
			if (used > 0)
				add_record(&record, &got);
			else
				assert_false(last);
			from += used;
			to += to < len && used == 0;
		}
		assert_string_equal(str_get(&got), cases[i].cells);
		csv_record_release(&record);
		str_release(&got);
	}
}

static void test_lines(void **state)
{
	const char *s = "a\n\"b\nb\nb\"\r\nc\rd";
	static const int64_t lines[] = { 1, 2, 5, 6 };
	struct csv csv = { ',', 1 };
	struct csv_record record = { 0 };

	(void)state;
	for (size_t i = 0, used; *s; i++, s += used) {
		assert_int_equal(csv_next(&csv, s, strlen(s), true, &record, &used, NULL), ERR_OK);
		assert_int_equal(record.line, lines[i]);
	}
	csv_record_release(&record);
}

static void test_open_quote(void **state)
{
	struct csv csv = { ',', 41 };
	struct csv_record record = { 0 };
	struct error err = ERROR_INIT;
	size_t used = 99;

	(void)state;
	assert_int_equal(csv_next(&csv, "a,\"b\nc", 6, false, &record, &used, &err), ERR_OK);
	assert_int_equal(used, 0);
	assert_int_equal(csv_next(&csv, "a,\"b\nc", 6, true, &record, &used, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "line 41"));
	csv_record_release(&record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_in_pieces),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_open_quote),
	};

	return cmocka_run_group_tests_name("base/csv", tests, NULL, NULL);
}
