/* What of a personal value may be seen, who may hold the whole of it, and that the mask is never taken
 * for the value. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/env.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/incident.h"
#include "zhiban/domain/party.h"

static void test_masks(void **state)
{
	static const struct {
		const char *text, *masked;
	} cases[] = {
		{ "陈晓华", "陈**" },
		{ "13912348821", "139****8821" },
		{ "0519-86680000", "051****0000" },
		{ "+8613912348821", "+86****8821" },
		{ "A0182491", "A**" },
		{ "1234567", "123****4567" },
		{ "123456", "1**" },
		{ "", "**" },
		{ "*", "***" },
		{ "139123488é1", "139****8é1" },	/* four bytes end there */
		{ "1391234882é", "139****82é" },
		{ "139123488电1", "139****电1" },
		{ "13912348电12", "139****12" },	/* not inside a character */
		{ "é13912348821", "é1****8821" },
		{ "13电912348821", "13****8821" },
		{ "****", "****" },
		{ "张**", "张**" },
		{ "139****8821", "139****8821" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str once = STR_INIT, twice = STR_INIT;

		mask_text(&once, cases[i].text);
		assert_string_equal(once.s, cases[i].masked);
		mask_text(&twice, once.s);
		if (cases[i].text[0] != '\0')
			assert_string_equal(twice.s, once.s);
		str_release(&once);
		str_release(&twice);
	}
}

static void test_is_mask(void **state)
{
	static const struct {
		const char *text;
		bool mask;
	} cases[] = {
		{ "139****8821", true }, { "张**", true },	 { "****", true },
		{ "1****", true },	 { "", false },		 { "张三", false },
		{ "13912348821", false }, { "张三**", false },	 { "1391****8821", false },
		{ "139****88213", false }, { "**", false },	 { "a*", false },
		{ "139***8821", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (mask_is(cases[i].text) != cases[i].mask)
			fail_msg("%s", cases[i].text);
}

/* Of any text: valid UTF-8, a mask, the same again, and not the value itself when that is longer. */
static void test_any_text(void **state)
{
	static const char *const pieces[] = { "1", "9", "0", "-", "+", "a", "é", "电", "😀",
					      "*", "*", " ", "\xCC\x81", "5", "7" };
	struct env_fixed world = { .now = 1, .seed = 5 };
	struct env env = env_fixed(&world);

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct str text = STR_INIT, once = STR_INIT, twice = STR_INIT;

		for (uint64_t n = 1 + env_below(&env, 16); n > 0; n--)
			str_add(&text, pieces[env_below(&env, ARRAY_LEN(pieces))]);
		mask_text(&once, text.s);
		mask_text(&twice, once.s);
		if (!text_valid(once.s, once.len) || !mask_is(once.s) ||
		    strcmp(once.s, twice.s) != 0)
			fail_msg("%s: %s: %s", text.s, once.s, twice.s);
		assert_true(!str_eq(once.s, text.s) || mask_is(text.s));
		str_release(&text);
		str_release(&once);
		str_release(&twice);
	}
}

static void test_who_may_hold(void **state)
{
	static const struct {
		const char *org, *role;
		bool open;
		const char *holder, *origin;
		bool may;
		enum holds holds;
		bool share;
	} cases[] = {
		{ "centre", "duty", true, NULL, "centre", true },
		{ "centre", "duty", false, NULL, "centre", false },
		{ "centre", "duty", true, "water", "centre", false },
		{ "centre", "chief", true, "water", "centre", false },
		{ "water", "dept", true, "water", "centre", true },
		{ "water", "dept", false, "water", "centre", false },
		{ "water", "dept", true, NULL, "centre", false },
		{ "roads", "dept", true, "water", "centre", false },
		{ "centre", "duty", true, NULL, NULL, false },
		{ NULL, "duty", true, NULL, NULL, false },
		{ NULL, NULL, true, NULL, "centre", false },
		{ "centre", "auditor", false, "water", "water", false },
		{ "centre", "admin", false, "water", "water", false },
		{ "centre", "system", false, "water", "water", true },
		{ "roads", "dept", true, "water", "centre", false, HOLDS_HOLDER, true },
		{ "roads", "dept", true, "water", "centre", true, HOLDS_SHARES, true },
		{ "roads", "dept", true, "water", "centre", false, HOLDS_SHARES, false },
		{ "roads", "dept", false, "water", "centre", false, HOLDS_SHARES, true },
		{ "water", "dept", true, "water", "centre", true, HOLDS_SHARES, false },
		{ "water", "dept", true, "water", "centre", false, HOLDS_NONE, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct hold_ask ask = { .holds = cases[i].holds,
					      .org = cases[i].org,
					      .role = cases[i].role,
					      .open = cases[i].open,
					      .share = cases[i].share,
					      .holder = cases[i].holder,
					      .origin = cases[i].origin };

		if (party_may_hold(&ask) != cases[i].may)
			fail_msg("case %zu", i);
	}
}

static void test_mask_is_no_value(void **state)
{
	static const struct {
		const char *args, *said; /* NULL: accepted */
	} cases[] = {
		{ "phone=139****8821", "139****8821" },
		{ "reporter=张**", "张**" },
		{ "title=水管爆裂\nphone=138****0000", "138****0000" },
		{ "phone=13900000000", NULL },
		{ "title=**** 水管", NULL },
		{ "phone=", NULL },
	};
	struct fixture fx;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		struct incident *incident;
		enum err code;

		fixture_init(&fx);
		incident = fixture_incident(&fx, "accept");
		code = fixture_do(&fx, &incident, "fix", "duty", cases[i].args, &err);
		if ((code == ERR_OK) != (cases[i].said == NULL))
			fail_msg("%s: %s", cases[i].args, err.text);
		if (cases[i].said != NULL)
			assert_non_null(strstr(err.text, cases[i].said));
		fixture_release(&fx);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_masks),	     cmocka_unit_test(test_is_mask),
		cmocka_unit_test(test_any_text),     cmocka_unit_test(test_who_may_hold),
		cmocka_unit_test(test_mask_is_no_value),
	};

	return cmocka_run_group_tests_name("domain mask", tests, NULL, NULL);
}
