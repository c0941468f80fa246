/* Several nodes on one data base: what one does the others serve.  Over PostgreSQL alone. */
#include <config.h>

#include "rules_help.h"

enum { EVERY = 300 };

struct pair { /* the first node is the world's own */
	struct world *one, two;
};

static int pair_make(void **state)
{
	struct pair *pair = mem_alloc(sizeof *pair);
	void *world = NULL;

	if (data_url() == NULL) {
		*state = NULL;
		free(pair);
		return 0;
	}
	(void)rules_make(&world);
	pair->one = world;
	pair->two = *pair->one;
	pair->two.log = (struct str)STR_INIT;
	pair->two.arena = (struct arena)ARENA_INIT;
	pair->two.n_woken = 0;
	pair->two.clock.seed = 8; /* ids of its own */
	world_open(&pair->two);
	*state = pair;
	return 0;
}

static int pair_free(void **state)
{
	struct pair *pair = *state;
	void *world;

	if (pair == NULL)
		return 0;
	service_stop(pair->two.service);
	service_close(pair->two.service);
	arena_release(&pair->two.arena);
	str_release(&pair->two.log);
	world = pair->one;
	free(pair);
	return world_free(&world);
}

#define PAIR(pair)                                                                             \
	struct pair *pair = *state;                                                            \
	if (pair == NULL) {                                                                    \
		print_message("# skipped: over PostgreSQL alone\n");                          \
		skip();                                                                        \
	}

/* Time passes on both; each looks at the counter. */
static void both_run(struct pair *pair, int64_t ms)
{
	pair->one->clock.now += ms;
	pair->two.clock.now = pair->one->clock.now;
	for (int n = 0; service_tick(pair->one->service) == 0; n++)
		assert_true(n < 1000);
	for (int n = 0; service_tick(pair->two.service) == 0; n++)
		assert_true(n < 1000);
}

static int64_t feed_next(struct world *world, const struct desk *desk)
{
	return feed_of(world, desk, 0, "").next;
}

/* When the last entry of an incident counts as done. */
static int64_t last_eff(struct world *world, const struct desk *desk, const struct uuid *id)
{
	struct timeline_answer answer;
	char text[UUID_TEXT];
	const char *body;

	uuid_text(id, text);
	body = ask(world, 200, "GET", "/v1/timeline",
		   arena_printf(&world->arena, "entity=%s", text), desk->token, NULL);
	OK(timeline_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	return answer.entries[answer.n - 1].eff;
}

/* Any node answers any request, and acts of one console go by turns through both. */
static void test_turns(void **state)
{
	PAIR(pair);
	struct crew crew = crew_make(pair->one);
	struct uuid id = open_case(pair->one, &crew.duty, "burst pipe", 2);

	assert_string_equal(incident_seen(&pair->two, &crew.duty, &id)->title, "burst pipe");
	for (int i = 0; i < 6; i++) {
		struct world *world = i % 2 == 0 ? &pair->two : pair->one;

		does(world, &crew.duty, "note", &id,
		     arena_printf(&world->arena, "note=word %d", i));
	}
	assert_int_equal(incident_seen(pair->one, &crew.duty, &id)->head.version, 7);
	assert_int_equal(incident_seen(&pair->two, &crew.duty, &id)->head.version, 7);
	verified(pair->one);
}

/* The same act through both is answered once. */
static void test_twice(void **state)
{
	PAIR(pair);
	struct crew crew = crew_make(pair->one);
	struct uuid id = open_case(pair->one, &crew.duty, "burst pipe", 2);
	struct act act = say(pair->one, &crew.duty, "note", KIND_INCIDENT, &id, "note=once");
	struct act_answer first = send_act(pair->one, &crew.duty, &act);
	struct act_answer again = send_act(&pair->two, &crew.duty, &act);

	assert_true(first.seq == again.seq && first.seq > 0);
	verified(pair->one);
}

/* A read parked here wakes for what was done there, and only its organisation's. */
static void test_wakes(void **state)
{
	PAIR(pair);
	struct crew crew = crew_make(pair->one);
	struct world *two = &pair->two;
	struct request request;
	struct reply reply;
	struct uuid id;

	both_run(pair, EVERY);
	request_make(two, &request, "GET", "/v1/feed",
		     arena_printf(&two->arena, "since=%lld&wait=50",
				  (long long)feed_next(two, &crew.mains)),
		     crew.mains.token, NULL);
	reply_init(&reply);
	assert_int_equal(service_handle(two->service, &request, &reply), SERVICE_PARKED);
	id = open_case(pair->one, &crew.duty, "burst pipe", 2); /* none of the mains' */
	both_run(pair, EVERY);
	assert_int_equal(two->n_woken, 0);
	hand_over(pair->one, &crew.duty, &crew.mains, &id);
	assert_int_equal(two->n_woken, 0);
	both_run(pair, EVERY);
	both_run(pair, EVERY);
	assert_int_equal(two->n_woken, 1);
	assert_int_equal(service_handle(two->service, &request, &reply), SERVICE_DONE);
	assert_non_null(strstr(str_get(&reply.body), "burst pipe"));
	reply_release(&reply);
}

/* A profile adopted there is in force here with the next act, and with the next look. */
static void test_rules(void **state)
{
	PAIR(pair);
	const struct rules *rules;
	struct rulebook *book;
	struct str before = STR_INIT;

	book = service_rules(pair->two.service, &rules);
	str_add(&before, rules->hash);
	service_rules_done(pair->two.service, book);
	(void)ask(pair->one, 200, "POST", "/v1/admin/adopt", "reason=new", NULL,
		  arena_printf(&pair->one->arena, "%s\n# another\n",
			       bundle_with(pair->one, NULL)));
	both_run(pair, EVERY);
	book = service_rules(pair->two.service, &rules);
	assert_string_not_equal(rules->hash, before.s);
	service_rules_done(pair->two.service, book);
	str_release(&before);
}

/* A clock fires once, whoever is first. */
static void test_fires_once(void **state)
{
	PAIR(pair);
	struct crew crew = crew_make(pair->one);
	struct uuid id = open_case(pair->one, &crew.duty, "flash", 1);
	int64_t version;

	both_run(pair, EVERY);
	both_run(pair, HOUR);
	version = incident_seen(&pair->two, &crew.duty, &id)->head.version;
	assert_true(incident_seen(&pair->two, &crew.duty, &id)->proposed_at != 0);
	both_run(pair, HOUR);
	both_run(pair, HOUR);
	assert_int_equal(incident_seen(pair->one, &crew.duty, &id)->head.version, version);
	verified(pair->one);
}

/* A session that is closed here is closed there. */
static void test_revoked(void **state)
{
	PAIR(pair);
	struct crew crew = crew_make(pair->one);

	(void)ask(&pair->two, 200, "GET", "/v1/session", NULL, crew.mains.token, NULL);
	(void)ask(pair->one, 200, "POST", "/v1/admin/officers", NULL, NULL,
		  "op=disable\nname=Ma\n");
	(void)ask(&pair->two, 401, "GET", "/v1/session", NULL, crew.mains.token, NULL);
}

/* A console that was away and comes back by another node may claim the time it was away, and one that
 * was heard of all the while may not. */
static void test_claims(void **state)
{
	PAIR(pair);
	struct crew crew = crew_make(pair->one);
	struct uuid id = open_case(pair->one, &crew.duty, "burst pipe", 2);
	struct act act;
	int64_t claimed;

	for (int i = 0; i < 10; i++) { /* heard of by the first node only */
		both_run(pair, 30000);
		(void)ask(pair->one, 200, "GET", "/v1/session", NULL, crew.duty.token, NULL);
		both_run(pair, EVERY);
	}
	act = say(&pair->two, &crew.duty, "note", KIND_INCIDENT, &id, "note=a");
	act.at = pair->two.clock.now - 200000; /* while it was in touch */
	assert_int_equal(send_act(&pair->two, &crew.duty, &act).verdict, VERDICT_APPLIED);
	assert_true(last_eff(&pair->two, &crew.duty, &id) > act.at + 60000);

	both_run(pair, 10 * 60000); /* silent */
	claimed = pair->two.clock.now - 5 * 60000;
	(void)ask(pair->one, 200, "GET", "/v1/session", NULL, crew.duty.token, NULL);
	both_run(pair, EVERY);
	act = say(&pair->two, &crew.duty, "note", KIND_INCIDENT, &id, "note=b");
	act.at = claimed;
	assert_int_equal(send_act(&pair->two, &crew.duty, &act).verdict, VERDICT_APPLIED);
	assert_int_equal(last_eff(&pair->two, &crew.duty, &id), claimed);
}

#define PAIR_TEST(fn) cmocka_unit_test_setup_teardown(fn, pair_make, pair_free)
int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR_TEST(test_turns),	 PAIR_TEST(test_twice),	     PAIR_TEST(test_wakes),
		PAIR_TEST(test_rules),	 PAIR_TEST(test_fires_once), PAIR_TEST(test_revoked),
		PAIR_TEST(test_claims),
	};

	return cmocka_run_group_tests_name("server nodes", tests, NULL, NULL);
}
