#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/model/draft.h"

static const char *const names[] = { "reason", "holder" };

static void put(struct drafts *drafts, const char *verb, const struct uuid *id, const char *reason)
{
	const char *values[] = { reason, "shuiwu" };

	assert_int_equal(drafts_put(drafts, verb, id, 1000, names, values, 2, NULL), ERR_OK);
}

static void test_kept_by_act_and_incident(void **state)
{
	struct drafts *drafts = drafts_new(NULL, "李敏");
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
	struct drafts *drafts = drafts_new(NULL, "李敏");
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

/* What two consoles of one officer keep is the same; another officer has nothing of it. */
static void test_kept_beside_the_acts(void **state)
{
	static const char *const fields[] = { "title", "text" };
	const char *values[] = { "a\tb \\n", "one\ntwo\\\n" };
	struct world world = { .profile_name = NULL };
	struct client *client;
	struct drafts *drafts, *other, *his;
	const struct draft *list[DRAFTS_MAX];
	struct uuid a = uuid_named("a"), b = uuid_named("b");

	(void)state;
	assert_true(world_make(&world, "board"));
	assert_int_equal(client_open(&(struct client_options){ .dir = world.dir, .env = &world.env },
				     &client, NULL),
			 ERR_OK);
	drafts = drafts_new(client, "李敏");
	assert_int_equal(drafts_put(drafts, "register", &a, 1000, fields, values, 2, NULL), ERR_OK);
	values[0] = "second";
	assert_int_equal(drafts_put(drafts, "register", &b, 2000, fields, values, 2, NULL), ERR_OK);
	other = drafts_new(client, "李敏");
	his = drafts_new(client, "王建国");
	assert_string_equal(drafts_get(other, "register", &a, "title"), "a\tb \\n");
	assert_string_equal(drafts_get(other, "register", &a, "text"), "one\ntwo\\\n");
	assert_int_equal(drafts_latest(other, "register")->at, 2000);
	assert_null(drafts_latest(other, "note"));
	assert_int_equal(drafts_list(other, list), 2);
	assert_true(uuid_eq(&list[0]->id, &b) && uuid_eq(&list[1]->id, &a));
	assert_int_equal(drafts_list(his, list), 0);
	drafts_drop(drafts, "register", &b);
	drafts_refresh(other);
	assert_int_equal(drafts_list(other, list), 1);
	assert_true(uuid_eq(&list[0]->id, &a));
	drafts_free(drafts);
	drafts_free(other);
	drafts_free(his);
	client_close(client);
	world_free(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kept_by_act_and_incident),
		cmocka_unit_test(test_the_oldest_goes_first),
		cmocka_unit_test(test_kept_beside_the_acts),
	};

	return cmocka_run_group_tests_name("model/draft", tests, NULL, NULL);
}
