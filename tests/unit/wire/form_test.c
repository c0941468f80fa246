/* Bodies of forms: what is read, and what is refused. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/wire/form.h"

/* "name=value;…", or "!" and the code's name. */
static void show(const char *bytes, size_t len, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct form form;
	enum err code = form_decode(bytes, len, &arena, &form, &err);

	if (code != ERR_OK) {
		str_addf(out, "!%s", err_name(code));
		assert_true(err.text[0] != '\0');
	}
	for (size_t i = 0; code == ERR_OK && i < form.n; i++)
		str_addf(out, "%s=%s;", form.pairs[i].name, form.pairs[i].value);
	arena_release(&arena);
}

static void test_table(void **state)
{
	static const struct {
		const char *body, *shown;
	} cases[] = {
		{ "", "" },
		{ "a=1", "a=1;" },
		{ "a=1&b=2", "a=1;b=2;" },
		{ "&&a=1&&b=2&", "a=1;b=2;" },
		{ "a", "a=;" },
		{ "=x", "=x;" },
		{ "a=b=c", "a=b=c;" },
		{ "a=1+2", "a=1 2;" },
		{ "a=1%2B2", "a=1+2;" },
		{ "a=+1+", "a=1;" }, /* white space at the ends is gone, in the middle it stays */
		{ "a=%0A1%0D%0A2%0a", "a=1\r\n2;" },
		{ "attribute%5Bx%5D=1&attribute[x]=2", "attribute[x]=1;attribute[x]=2;" },
		{ "a=%E4%BA%95", "a=井;" },
		{ "a=井", "a=井;" },
		{ "a=%26%3d", "a=&=;" },
		{ "a=%", "!INPUT" },
		{ "a=%4", "!INPUT" },
		{ "a=%4g", "!INPUT" },
		{ "a=%%41", "!INPUT" },
		{ "a=%00", "!INPUT" },	  /* no NUL */
		{ "a%00b=1", "!INPUT" },
		{ "a=%E4%BA", "!INPUT" }, /* half a character */
		{ "a=%C0%AF", "!INPUT" }, /* a slash in disguise */
		{ "a=%ED%A0%80", "!INPUT" },
		{ "{\"a\":1}", "!INPUT" },
		{ "<a/>", "!INPUT" },
		{ "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--", "!INPUT" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str shown = STR_INIT;

		show(cases[i].body, strlen(cases[i].body), &shown);
		assert_string_equal(str_get(&shown), cases[i].shown);
		str_release(&shown);
	}
}

static void expect_size(const char *what, size_t pairs, size_t name, size_t value, bool fits)
{
	struct str body = STR_INIT, shown = STR_INIT;

	for (size_t i = 0; i < pairs; i++) {
		str_add_repeat(&body, 'n', name);
		str_add_char(&body, '=');
		str_add_repeat(&body, 'v', value);
		str_add_char(&body, '&');
	}
	show(body.s, body.len, &shown);
	if ((strcmp(str_get(&shown), "!TOO_LARGE") != 0) != fits)
		fail_msg("%s", what);
	str_release(&body);
	str_release(&shown);
}

static void test_bounds(void **state)
{
	(void)state;
	expect_size("all pairs", FORM_PAIRS, 1, 1, true);
	expect_size("one more", FORM_PAIRS + 1, 1, 1, false);
	expect_size("longest name", 1, FORM_NAME, 1, true);
	expect_size("longer name", 1, FORM_NAME + 1, 1, false);
	expect_size("longest value", 1, 1, FORM_VALUE, true);
	expect_size("longer value", 1, 1, FORM_VALUE + 1, false);
}

static void test_value(void **state)
{
	static const char body[] = "a=1&b=&a=2&c=+";
	struct arena arena = ARENA_INIT;
	struct form form;

	(void)state;
	assert_int_equal(form_decode(body, strlen(body), &arena, &form, NULL), ERR_OK);
	assert_string_equal(form_value(&form, "a"), "1");
	assert_null(form_value(&form, "b"));
	assert_null(form_value(&form, "c"));
	assert_null(form_value(&form, "d"));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_value),
	};

	return cmocka_run_group_tests_name("wire/form", tests, NULL, NULL);
}
