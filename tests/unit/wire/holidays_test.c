/* Holidays in JSON: what is taken, what is refused, and the real years. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/holidays.h"

#define DAY(date, off) "{\"date\":\"" date "\",\"isOffDay\":" off ",\"name\":\"元旦\"}"

static void a_year_is_read(void **state)
{
	static const char text[] = "\xef\xbb\xbf {\"$schema\":\"x\",\"papers\":[],\"year\":2027,\"days\":["
				   DAY("2027-01-01", "true") "," DAY("2026-12-27", "false") "]}";
	struct arena arena = ARENA_INIT;
	struct holidays holidays;
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(holidays_is_json(text, strlen(text)));
	if (holidays_decode(text, strlen(text), &arena, &holidays, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_int_equal(holidays.year, 2027);
	assert_int_equal(holidays.n, 2);
	assert_int_equal(holidays.days[0].day, civil_day(2026, 12, 27));
	assert_true(holidays.days[0].work);
	assert_int_equal(holidays.days[1].day, civil_day(2027, 1, 1));
	assert_false(holidays.days[1].work);
	assert_string_equal(holidays.days[1].name, "元旦");
	arena_release(&arena);
}

static void own_texts_are_told_apart(void **state)
{
	static const struct {
		const char *text;
		bool json;
	} cases[] = {
		{ "{}", true },	       { " \n\t{", true }, { "name = \"cn\"\n", false }, { "", false },
		{ "# {\n", false },    { "[1]", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(holidays_is_json(cases[i].text, strlen(cases[i].text)),
				 cases[i].json);
}

static void bad_years_are_refused(void **state)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{ "{\"year\":2027", "" },
		{ "{\"days\":[" DAY("2027-01-01", "true") "]}", "year" },
		{ "{\"year\":\"2027\",\"days\":[]}", "year" },
		{ "{\"year\":27,\"days\":[]}", "27" },
		{ "{\"year\":2027}", "days" },
		{ "{\"year\":2027,\"days\":[]}", "2027" },
		{ "{\"year\":2027,\"days\":[1]}", "isOffDay" },
		{ "{\"year\":2027,\"days\":[" DAY("2027-1-1", "true") "]}", "2027-1-1" },
		{ "{\"year\":2027,\"days\":[" DAY("2027-02-29", "true") "]}", "2027-02-29" },
		{ "{\"year\":2027,\"days\":[" DAY("2027-01-01T00", "true") "]}", "2027-01-01T00" },
		{ "{\"year\":2027,\"days\":[" DAY("2025-12-31", "true") "]}", "2025-12-31" },
		{ "{\"year\":2027,\"days\":[" DAY("2027-01-01", "1") "]}", "isOffDay" },
		{ "{\"year\":2027,\"days\":[" DAY("2027-01-01", "true") ","
		  DAY("2027-01-01", "false") "]}", "2027-01-01" },
		{ "{\"year\":2027,\"days\":[{\"date\":\"2027-01-01\",\"isOffDay\":true}]}", "name" },
		{ "{\"year\":2027,\"days\":[{\"date\":\"2027-01-01\",\"isOffDay\":true,"
		  "\"name\":\"a\\u0022b\"}]}", "2027-01-01" },
		{ "{\"year\":2027,\"days\":[{\"date\":\"2027-01-01\",\"isOffDay\":true,"
		  "\"name\":\"\"}]}", "name" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = ARENA_INIT;
		struct holidays holidays = { .year = -5 };
		struct error err = ERROR_INIT;

		if (holidays_decode(cases[i].text, strlen(cases[i].text), &arena, &holidays, &err) !=
		    ERR_INPUT)
			fail_msg("taken: %s", cases[i].text);
		if (strstr(err.text, cases[i].word) == NULL)
			fail_msg("%s: %s", cases[i].text, err.text);
		assert_int_equal(holidays.year, -5);
		arena_release(&arena);
	}
}

static void real_years_are_read(void **state)
{
	static const int years[] = { 2024, 2025, 2026 };
	const char *root = getenv("ZHIBAN_SHARED");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(years); i++) {
		struct arena arena = ARENA_INIT;
		struct str text = STR_INIT;
		struct holidays holidays;
		const char *path = arena_printf(&arena, "%s/data/holidays/%d.json",
						root != NULL ? root : ".", years[i]);

		if (file_read(path, 1 << 20, &text, NULL) != ERR_OK) {
			arena_release(&arena);
			print_message("# SKIP: %d.json is not here\n", years[i]);
			skip();
		}
		assert_int_equal(holidays_decode(str_get(&text), text.len, &arena, &holidays, NULL),
				 ERR_OK);
		assert_int_equal(holidays.year, years[i]);
		assert_in_range(holidays.n, 25, 60);
		str_release(&text);
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_year_is_read),
		cmocka_unit_test(own_texts_are_told_apart),
		cmocka_unit_test(bad_years_are_refused),
		cmocka_unit_test(real_years_are_read),
	};

	return cmocka_run_group_tests_name("wire/holidays", tests, NULL, NULL);
}
