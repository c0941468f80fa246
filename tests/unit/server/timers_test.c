/* Clocks that pass a mark: once, also what was missed, a bounded number at a time; quiet hours. */
#include <config.h>

#include "rules_help.h"

#include "zhiban/server/bulk.h"


static void test_once(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "hole", 2);
	struct incident *incident;

	hand_over(world, &crew.duty, &crew.roads, &id);
	assert_true(service_tick(world->service) > 0);
	run_on(world, 18 * HOUR - 1000);
	assert_int_equal(incident_seen(world, &crew.duty, &id)->urges, 0);
	run_on(world, 1000); /* 75 % of 24 hours */
	incident = incident_seen(world, &crew.duty, &id);
	assert_int_equal(incident->urges, 1);
	assert_int_equal(incident->proposed_at, 0);
	world_restart(world);
	run_on(world, 0);
	assert_int_equal(incident_seen(world, &crew.duty, &id)->urges, 1);
	run_on(world, 6 * HOUR);
	incident = incident_seen(world, &crew.duty, &id);
	assert_true(incident->proposed_at == world->clock.now);
	assert_int_equal(incident->listed_at, 0);
	verified(world);
}

/* While nothing ran three marks were passed: all three are made good, in their order. */
static void test_missed(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "hole", 2);
	struct incident *incident;
	int64_t version;

	hand_over(world, &crew.duty, &crew.roads, &id);
	version = incident_seen(world, &crew.duty, &id)->head.version;
	service_stop(world->service);
	service_close(world->service);
	world->clock.now += 37 * HOUR; /* 23:00 of the next day: an urgent case does not wait */
	world_open(world);
	run_on(world, 0);
	incident = incident_seen(world, &crew.duty, &id);
	assert_int_equal(incident->head.version, version + 3);
	assert_int_equal(incident->urges, 1);
	assert_true(incident->proposed_at == world->clock.now);
	assert_true(incident->listed_at == world->clock.now);
	world_restart(world);
	run_on(world, DAY);
	assert_int_equal(incident_seen(world, &crew.duty, &id)->head.version, version + 3);
	verified(world);
}

/* What is handled in time fires nothing. */
static void test_stopped(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "hole", 2);
	int64_t version;

	hand_over(world, &crew.duty, &crew.roads, &id);
	does(world, &crew.roads, "handle", &id, "result=mended");
	version = incident_seen(world, &crew.duty, &id)->head.version;
	run_on(world, 100 * HOUR);
	assert_int_equal(incident_seen(world, &crew.duty, &id)->head.version, version);
}

/* Many at once come in several transactions, and then there is nothing more to do. */
static void test_bounded(void **state)
{
	enum { MANY = 150 };
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid ids[MANY];
	int turns;

	for (int i = 0; i < MANY; i++)
		ids[i] = open_case(world, &crew.duty, "hole", 1);
	turns = run_on(world, HOUR);
	assert_in_range(turns, 3, 4);
	for (int i = 0; i < MANY; i++)
		assert_true(incident_seen(world, &crew.duty, &ids[i])->proposed_at != 0);
	assert_int_equal(run_on(world, HOUR), 0);
	verified(world);
}

static const struct mode *mode_seen(struct world *world, const struct desk *desk)
{
	const struct uuid id = uuid_named("mode");

	return entity_seen(world, desk, &id);
}

/* A plain case's mark at night waits for the morning, and one act says how many there were. */
static void test_quiet(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid early = open_case(world, &crew.duty, "plain", 3), flash, plain;
	const struct mode *mode;

	hand_over(world, &crew.duty, &crew.roads, &early);
	world->clock.now += 11 * HOUR; /* 21:00 */
	plain = open_case(world, &crew.duty, "plain", 3);
	does(world, &crew.duty, "accept", &plain, "");
	does(world, &crew.duty, "assign", &plain, "holder=roads"); /* sign: 2 h, 23:00 */
	flash = open_case(world, &crew.duty, "flash", 1);
	run_on(world, 2 * HOUR + 60000); /* 23:01 */
	assert_true(incident_seen(world, &crew.duty, &flash)->proposed_at != 0);
	assert_int_equal(incident_seen(world, &crew.duty, &plain)->urges, 0);
	run_on(world, 8 * HOUR - 61000); /* 06:59:59 */
	assert_int_equal(incident_seen(world, &crew.duty, &plain)->urges, 0);
	assert_int_equal(run_on(world, 0), 0); /* no busy waiting either */
	run_on(world, 1000);
	assert_int_equal(incident_seen(world, &crew.duty, &plain)->urges, 1);
	assert_true(incident_seen(world, &crew.duty, &plain)->listed_at != 0); /* 01:00: 200 % */
	mode = mode_seen(world, &crew.mains);
	assert_true(mode->digest_from == WEDNESDAY + 12 * HOUR);
	assert_true(mode->digest_to == WEDNESDAY + 21 * HOUR);
	assert_int_equal(mode->urges, 1);
	assert_int_equal(mode->overdue, 1);
	assert_int_equal(mode->listed, 1);
	assert_int_equal(mode->head.version, 1);
	world_restart(world);
	run_on(world, HOUR);
	assert_int_equal(mode_seen(world, &crew.mains)->head.version, 1);
	verified(world);
}

/* An emergency knows no quiet hours: what they held back fires when it begins. */
static void test_loud(void **state)
{
	const struct uuid of_mode = uuid_named("mode");
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid plain;
	struct act act;

	world->clock.now += 11 * HOUR;
	plain = open_case(world, &crew.duty, "plain", 3);
	run_on(world, 3 * HOUR); /* midnight */
	assert_int_equal(incident_seen(world, &crew.duty, &plain)->proposed_at, 0);
	act = say(world, &crew.leader, "mode", KIND_MODE, &of_mode, "mode=war&reason=flood");
	assert_int_equal(send_act(world, &crew.leader, &act).verdict, VERDICT_APPLIED);
	run_on(world, 0);
	assert_true(incident_seen(world, &crew.duty, &plain)->proposed_at != 0);
	verified(world);
}

static void sql_do(struct world *world, const char *sql)
{
	service_stop(world->service);
	service_close(world->service);
	assert_true(data_sql(world->data, sql) >= 0);
	world_open(world);
}

/* Data of a program that knew no timers, or of other rules: the moments are found again. */
static void test_rebuilt(void **state)
{
	static const char *const losses[] = {
		"DELETE FROM timer; DELETE FROM meta WHERE name = 'timers'",
		"DELETE FROM timer; UPDATE meta SET value = '1 other' WHERE name = 'timers'",
	};
	struct world *world = *state;
	struct crew crew = crew_make(world);

	for (size_t i = 0; i < ARRAY_LEN(losses); i++) {
		struct uuid id = open_case(world, &crew.duty, "flash", 1);

		sql_do(world, losses[i]);
		run_on(world, HOUR);
		assert_true(incident_seen(world, &crew.duty, &id)->proposed_at != 0);
	}
}

/* An officer cannot fire, and what has fired does not fire again. */
static void test_not_by_hand(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = open_case(world, &crew.duty, "flash", 1);
	const struct clock *clock = incident_seen(world, &crew.duty, &id)->clocks.items;
	char text[UUID_TEXT];
	struct act act;

	uuid_text(&clock->id, text);
	act = say(world, &crew.duty, "fire", KIND_INCIDENT, &id,
		  arena_printf(&world->arena, "clock_id=%s&threshold=100&effect=propose", text));
	assert_int_equal(send_act(world, &crew.duty, &act).code, ERR_DENIED);
}

/* A past that is made has its marks where they fell, not all at the end. */
static void test_past(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct desk nobody = { .officer = "system", .org = "centre", .role = "system", .n = -1 };
	struct uuid ids[2] = { uuid_named("one"), uuid_named("two") };
	int64_t moments[2] = { WEDNESDAY - 2 * DAY, WEDNESDAY - DAY };
	struct bulk_result results[2];
	struct act acts[2];

	for (size_t i = 0; i < 2; i++) {
		acts[i] = say(world, &nobody, "register", KIND_INCIDENT, &ids[i],
			      "title=hole&urgency=2");
		acts[i].target.base = 0;
		acts[i].at = moments[i];
	}
	OK(service_bulk(world->service, acts, moments, 2, results, NULL));
	assert_int_equal(results[1].code, ERR_OK);
	assert_true(incident_seen(world, &crew.duty, &ids[0])->proposed_at ==
		    moments[0] + 2 * HOUR);
	assert_int_equal(incident_seen(world, &crew.duty, &ids[1])->proposed_at, 0);
	run_on(world, 0);
	assert_true(incident_seen(world, &crew.duty, &ids[1])->proposed_at == world->clock.now);
	verified(world);
}

int main(void)
{
#define RULES_TEST(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
	const struct CMUnitTest tests[] = {
		RULES_TEST(test_once),	  RULES_TEST(test_missed), RULES_TEST(test_stopped),
		RULES_TEST(test_bounded), RULES_TEST(test_quiet),  RULES_TEST(test_loud),
		RULES_TEST(test_rebuilt), RULES_TEST(test_not_by_hand), RULES_TEST(test_past),
	};

	return cmocka_run_group_tests_name("server timers", tests, NULL, NULL);
}
