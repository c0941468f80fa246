#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "zhiban/model/draft.h"

static const char *const names[] = { "reason", "holder" };

static void put(struct drafts *drafts, const char *verb, const struct uuid *id, const char *reason)
{
	const char *values[] = { reason, "shuiwu" };

	drafts_put(drafts, verb, id, names, values, 2);
}

static void test_kept_by_act_and_incident(void **state)
{
	struct drafts *drafts = drafts_new();
	struct uuid a = uuid_named("a"), b = uuid_named("b"), none = { { 0 } };

	(void)state;
	assert_null(drafts_get(drafts, "assign", &a, "reason"));
	put(drafts, "assign", &a, "one");
	put(drafts, "assign", &b, "two");
	put(drafts, "register", &none, "three");
	assert_string_equal(drafts_get(drafts, "assign", &a, "reason"), "one");
	assert_string_equal(drafts_get(drafts, "assign", &a, "holder"), "shuiwu");
	assert_string_equal(drafts_get(drafts, "assign", &a, "unknown"), "");
	assert_string_equal(drafts_get(drafts, "assign", &b, "reason"), "two");
	assert_string_equal(drafts_get(drafts, "register", &none, "reason"), "three");
	assert_null(drafts_get(drafts, "note", &a, "reason"));
	put(drafts, "assign", &a, "again");
	assert_string_equal(drafts_get(drafts, "assign", &a, "reason"), "again");
	drafts_drop(drafts, "assign", &a);
	assert_null(drafts_get(drafts, "assign", &a, "reason"));
	assert_string_equal(drafts_get(drafts, "assign", &b, "reason"), "two");
	drafts_free(drafts);
}

static void test_the_oldest_goes_first(void **state)
{
	struct drafts *drafts = drafts_new();
	struct uuid ids[DRAFTS_MAX + 1];
	char name[16];

	(void)state;
	for (int i = 0; i <= DRAFTS_MAX; i++) {
		snprintf(name, sizeof name, "%d", i);
		ids[i] = uuid_named(name);
		put(drafts, "note", &ids[i], name);
	}
	assert_null(drafts_get(drafts, "note", &ids[0], "reason"));
	assert_string_equal(drafts_get(drafts, "note", &ids[1], "reason"), "1");
	assert_string_equal(drafts_get(drafts, "note", &ids[DRAFTS_MAX], "reason"), name);
	drafts_free(drafts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kept_by_act_and_incident),
		cmocka_unit_test(test_the_oldest_goes_first),
	};

	return cmocka_run_group_tests_name("model/draft", tests, NULL, NULL);
}
