/* What rings: urgent cases that nobody has answered. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/alarm.h"
#include "zhiban/model/alarm.h"

static void an_alarm_is_urgent_fresh_and_unanswered(void **state)
{
	static const struct {
		const char *name;
		int urgency;
		bool open, imported;
		int64_t acked_at;
		const char *moved_by, *holder, *signer;
		const char *org; /* of the officer */
		bool rings;
	} cases[] = {
		{ "registered", 1, true, false, 0, "register", NULL, NULL, "zhongxin", true },
		{ "less urgent", 2, true, false, 0, "register", NULL, NULL, "zhongxin", false },
		{ "of no urgency", 0, true, false, 0, "register", NULL, NULL, "zhongxin", false },
		{ "closed", 1, false, false, 0, "register", NULL, NULL, "zhongxin", false },
		{ "imported", 1, true, true, 0, "register", NULL, NULL, "zhongxin", false },
		{ "acknowledged", 1, true, false, 5, "register", NULL, NULL, "zhongxin", false },
		{ "accepted", 1, true, false, 0, "accept", NULL, NULL, "zhongxin", false },
		{ "given to us", 1, true, false, 0, "assign", "shuiwu", NULL, "shuiwu", true },
		{ "given to others", 1, true, false, 0, "assign", "zhujian", NULL, "shuiwu", false },
		{ "seen by the centre", 1, true, false, 0, "assign", "shuiwu", NULL, "zhongxin",
		  false },
		{ "signed", 1, true, false, 0, "assign", "shuiwu", "zhou", "shuiwu", false },
		{ "under way", 1, true, false, 0, "dispatch", "shuiwu", NULL, "shuiwu", false },
	};
	const struct rules rules = { .alarm_urgency = 1, .alarms = ALARM_ALL, .centre = "zhongxin" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct incident incident = { .urgency = cases[i].urgency,
					     .open = cases[i].open,
					     .imported = cases[i].imported,
					     .acked_at = cases[i].acked_at,
					     .moved_by = cases[i].moved_by,
					     .holder = cases[i].holder,
					     .signer = cases[i].signer };
		const struct actor actor = { "li", cases[i].org, "duty" };

		if (alarm_is(&rules, &actor, &incident) != cases[i].rings)
			fail_msg("%s", cases[i].name);
	}
}

static void they_are_counted_where_somebody_is(void **state)
{
	struct world world = { .seq = 0 };
	struct client_options options = { .env = &world.env };
	struct client_change change;
	struct client *client;

	(void)state;
	assert_true(world_make(&world, "board"));
	options.dir = world.dir;
	assert_int_equal(client_open(&options, &client, NULL), ERR_OK);
	assert_int_equal(alarms_count(client), 0); /* the urgent one is under way */
	assert_true(world_change(&world, "elsewhere"));
	assert_int_equal(client_poll(client, &change, NULL), ERR_OK);
	assert_int_equal(alarms_count(client), 1);
	assert_int_equal(outbox_logout(world.outbox, NULL), ERR_OK);
	assert_int_equal(client_poll(client, &change, NULL), ERR_OK);
	assert_int_equal(alarms_count(client), 0);
	client_close(client);
	world_free(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_alarm_is_urgent_fresh_and_unanswered),
		cmocka_unit_test(they_are_counted_where_somebody_is),
	};

	return cmocka_run_group_tests_name("model/alarm", tests, NULL, NULL);
}
