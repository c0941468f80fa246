/* Peacetime and emergency: who may change it, who sees it, what it does to decisions. */
#include <config.h>

#include "rules_help.h"

static const struct uuid *of_mode(struct world *world)
{
	const struct uuid id = uuid_named("mode");

	return arena_dup(&world->arena, &id, sizeof id);
}

static struct act_answer change(struct world *world, struct desk *desk, const char *args,
				const char *rung)
{
	struct act act = say(world, desk, "mode", KIND_MODE, of_mode(world), args);

	if (rung != NULL)
		act.by_phone = (struct by_phone){ .role = "leader", .rung = rung };
	return send_act(world, desk, &act);
}

static void test_who(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	const struct mode *mode;

	assert_int_equal(change(world, &crew.duty, "mode=war&reason=flood", NULL).code, ERR_DENIED);
	assert_int_equal(change(world, &crew.roads, "mode=war&reason=flood", "Chen").code,
			 ERR_DENIED);
	assert_int_equal(change(world, &crew.duty, "mode=war&reason=flood", "").code, ERR_REFUSED);
	assert_int_equal(change(world, &crew.duty, "mode=nowhere&reason=flood", "Chen").code,
			 ERR_INPUT);
	assert_int_equal(change(world, &crew.duty, "mode=peace&reason=flood", "Chen").code,
			 ERR_REFUSED);
	assert_int_equal(change(world, &crew.duty, "mode=war&reason=flood", "Chen").verdict,
			 VERDICT_APPLIED);
	mode = entity_seen(world, &crew.mains, of_mode(world)); /* everybody sees it */
	assert_string_equal(mode->mode, "war");
	assert_string_equal(mode->approved_by, "Chen");
	assert_string_equal(mode->by, "Du");
	assert_true(mode->since == world->clock.now);
	verified(world);
}

static void test_end(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	const struct mode *mode;

	assert_int_equal(change(world, &crew.leader, "mode=war&reason=flood", NULL).verdict,
			 VERDICT_APPLIED);
	assert_int_equal(change(world, &crew.leader, "mode=war&reason=flood", NULL).code,
			 ERR_REFUSED);
	assert_int_equal(change(world, &crew.leader, "mode=peace&reason=over", NULL).code,
			 ERR_REFUSED);
	assert_int_equal(
		change(world, &crew.leader, "mode=peace&reason=over&summary=held", NULL).verdict,
		VERDICT_APPLIED);
	mode = entity_seen(world, &crew.roads, of_mode(world));
	assert_string_equal(mode->mode, "peace");
	assert_string_equal(mode->summary, "held");
	assert_int_equal(mode->head.version, 2);
	verified(world);
}

/* What starts in an emergency has its limits; what ran before keeps its own. */
static void test_limits(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid before = open_case(world, &crew.duty, "before", 2), after;
	int64_t due;

	hand_over(world, &crew.duty, &crew.roads, &before);
	due = incident_seen(world, &crew.duty, &before)->due;
	assert_true(due == world->clock.now + 24 * HOUR);
	change(world, &crew.leader, "mode=war&reason=flood", NULL);
	world_restart(world);
	assert_true(incident_seen(world, &crew.duty, &before)->due == due);
	after = open_case(world, &crew.duty, "after", 2);
	hand_over(world, &crew.duty, &crew.roads, &after);
	assert_true(incident_seen(world, &crew.duty, &after)->due == world->clock.now + 12 * HOUR);
	verified(world);
}

/* In snapshot and feed of everybody; a console that comes later sees it too. */
static void test_seen(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct feed_answer feed = feed_of(world, &crew.mains, 0, "");
	int64_t since = feed.next;
	struct desk late;

	change(world, &crew.leader, "mode=war&reason=flood", NULL);
	feed = feed_of(world, &crew.mains, since, "");
	assert_int_equal(feed.n, 1);
	late = enroll(world, "southa", "street", "So");
	assert_non_null(entity_seen(world, &late, of_mode(world)));
}

int main(void)
{
#define RULES_TEST(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
	const struct CMUnitTest tests[] = {
		RULES_TEST(test_who),
		RULES_TEST(test_end),
		RULES_TEST(test_limits),
		RULES_TEST(test_seen),
	};

	return cmocka_run_group_tests_name("server mode", tests, NULL, NULL);
}
