/* What follows from an act: admitted right behind it, in entries of its own, all or nothing. */
#include <config.h>

#include "rules_help.h"

#include "zhiban/server/bulk.h"

static const char *id_text(struct world *world, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&world->arena, text);
}

static struct act_answer merge(struct world *world, struct desk *duty, const struct uuid *child,
			       const struct uuid *lead)
{
	struct act act = say(world, duty, "merge", KIND_INCIDENT, child,
			     arena_printf(&world->arena, "lead=%s", id_text(world, lead)));

	return send_act(world, duty, &act);
}

/* The entry behind that of an answer, as the officer gets it in his feed. */
static struct entry behind(struct world *world, const struct desk *desk, int64_t seq)
{
	struct feed_answer feed = feed_of(world, desk, seq, "");

	assert_true(feed.n > 0);
	assert_int_equal(feed.items[0].kind, FEED_ENTRY);
	return feed.items[0].entry;
}

static void test_merge(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid lead = open_case(world, &crew.duty, "hole", 2);
	struct uuid child = open_case(world, &crew.duty, "the same hole", 2);
	struct act_answer answer = merge(world, &crew.duty, &child, &lead);
	struct entry entry;

	assert_int_equal(answer.verdict, VERDICT_APPLIED);
	assert_true(answer.version == incident_seen(world, &crew.duty, &child)->head.version);
	assert_int_equal(incident_seen(world, &crew.duty, &lead)->merged, 1);
	entry = behind(world, &crew.duty, answer.seq);
	assert_true(entry.seq == answer.seq + 1);
	assert_string_equal(entry.act.desc->verb, "absorb");
	assert_true(uuid_eq(&entry.act.after, &answer.id));
	assert_true(uuid_is_nil(&entry.act.console));
	assert_int_equal(entry.act.n, 0);
	assert_string_equal(entry.act.actor.officer, "Du");
	/* the next act of the console finds its place as ever */
	does(world, &crew.duty, "note", &lead, "note=two callers");
	verified(world);
	world_restart(world);
	verified(world);
}

/* The lead cannot take it: nothing of the merging stands, and the author is told why. */
static void test_refused(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid first = open_case(world, &crew.duty, "one", 2);
	struct uuid second = open_case(world, &crew.duty, "two", 2);
	struct uuid third = open_case(world, &crew.duty, "three", 2);
	struct act_answer answer;
	const struct incident *child;
	int64_t before;

	assert_int_equal(merge(world, &crew.duty, &second, &first).verdict, VERDICT_APPLIED);
	before = feed_of(world, &crew.duty, 0, "").next;
	answer = merge(world, &crew.duty, &third, &second); /* it is merged itself */
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	assert_int_equal(answer.code, ERR_REFUSED);
	assert_non_null(answer.sentence);
	child = answer.state;
	assert_non_null(child);
	assert_int_equal(child->head.version, 1);
	assert_null(child->merged_into);
	assert_string_equal(child->step, "accept");
	assert_true(feed_of(world, &crew.duty, 0, "").next == before);
	assert_int_equal(incident_seen(world, &crew.duty, &third)->head.version, 1);
	verified(world);
	/* the chain of hashes goes on behind it */
	does(world, &crew.duty, "accept", &third, "");
	verified(world);
}

/* Sent again it is answered alike, and nothing follows a second time. */
static void test_again(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid lead = open_case(world, &crew.duty, "one", 2);
	struct uuid child = open_case(world, &crew.duty, "two", 2);
	struct act act = say(world, &crew.duty, "merge", KIND_INCIDENT, &child,
			     arena_printf(&world->arena, "lead=%s", id_text(world, &lead)));
	struct act_answer first = send_act(world, &crew.duty, &act), again;

	again = send_act(world, &crew.duty, &act);
	assert_int_equal(again.verdict, VERDICT_APPLIED);
	assert_true(again.seq == first.seq);
	assert_int_equal(incident_seen(world, &crew.duty, &lead)->merged, 1);
	verified(world);
}

/* A reply to the lead's caller goes to the child's too, and both ways back are open. */
static void test_answered(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid lead = open_case(world, &crew.duty, "one", 2);
	struct uuid child = open_case(world, &crew.duty, "two", 2);
	struct uuid other = open_case(world, &crew.duty, "three", 2);

	merge(world, &crew.duty, &child, &lead);
	merge(world, &crew.duty, &other, &lead);
	does(world, &crew.duty, "unmerge", &other, "reason=another hole");
	assert_int_equal(incident_seen(world, &crew.duty, &lead)->merged, 1);
	assert_string_equal(incident_seen(world, &crew.duty, &other)->step, "accept");
	hand_over(world, &crew.duty, &crew.roads, &lead);
	does(world, &crew.roads, "handle", &lead, "result=mended");
	does(world, &crew.duty, "feedback", &lead, "reply=mended, thank you");
	assert_string_equal(incident_seen(world, &crew.duty, &child)->reply, "mended, thank you");
	assert_null(incident_seen(world, &crew.duty, &other)->reply);
	does(world, &crew.duty, "close", &lead, "");
	verified(world);
}

/* No console may send an act that only follows. */
static void test_not_by_hand(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid lead = open_case(world, &crew.duty, "one", 2);
	struct uuid child = open_case(world, &crew.duty, "two", 2);
	struct act act = say(world, &crew.duty, "absorb", KIND_INCIDENT, &lead,
			     arena_printf(&world->arena, "child=%s", id_text(world, &child)));

	act.after = child;
	assert_int_equal(send_act(world, &crew.duty, &act).code, ERR_DENIED);
	assert_int_equal(incident_seen(world, &crew.duty, &lead)->merged, 0);
}

/* In a bulk too: the one that is refused leaves nothing behind, those beside it stand. */
static void test_bulk(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid lead = open_case(world, &crew.duty, "one", 2);
	struct uuid child = open_case(world, &crew.duty, "two", 2);
	struct uuid third = open_case(world, &crew.duty, "three", 2);
	struct desk nobody = { .officer = "system", .org = "centre", .role = "system", .n = -1 };
	const struct uuid *const pairs[][2] = { { &child, &lead }, { &third, &child } };
	struct bulk_result results[2];
	struct act acts[2];

	for (size_t i = 0; i < 2; i++)
		acts[i] = say(world, &nobody, "merge", KIND_INCIDENT, pairs[i][0],
			      arena_printf(&world->arena, "lead=%s", id_text(world, pairs[i][1])));
	OK(service_bulk(world->service, acts, NULL, 2, results, NULL));
	assert_int_equal(results[0].code, ERR_OK);
	assert_int_equal(results[1].code, ERR_REFUSED);
	assert_int_equal(incident_seen(world, &crew.duty, &lead)->merged, 1);
	assert_int_equal(incident_seen(world, &crew.duty, &third)->head.version, 1);
	verified(world);
}

int main(void)
{
#define RULES_TEST(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
	const struct CMUnitTest tests[] = {
		RULES_TEST(test_merge),	   RULES_TEST(test_refused),	 RULES_TEST(test_again),
		RULES_TEST(test_answered), RULES_TEST(test_not_by_hand), RULES_TEST(test_bulk),
	};

	return cmocka_run_group_tests_name("server follow", tests, NULL, NULL);
}
