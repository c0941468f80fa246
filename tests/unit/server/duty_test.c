/* Duty on the server: numbers of swaps, handovers and records, who sees what of them, what a decision
 * looks at beside its target. */
#include "duty_help.h"

/* --- numbers ----------------------------------------------------------------------------------- */

static const char *log_number(struct world *world, struct desk *desk)
{
	struct uuid id = new_id(world);

	return duty_does(world, desk, "log", KIND_RECORD, &id, "title=quiet").number;
}

/* Each sort counts by its own letter, beside incidents and notices; each day begins anew. */
static void test_numbers(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid first = handover_id("centre", "desk", &(struct uuid){ { 0 } });
	struct uuid id = new_id(world);

	assert_string_equal(log_number(world, &desks.duty), "20261118-R001");
	assert_string_equal(log_number(world, &desks.north), "20261118-R002");
	assert_string_equal(duty_does(world, &desks.duty, "hand_over", KIND_HANDOVER, &first,
				      "words=quiet").number,
			    "20261118-J001");
	assert_string_equal(register_one(world, &desks.duty, &id, "e").number, "20261118-0001");
	/* a refused one takes none */
	id = new_id(world);
	assert_int_equal(duty_says(world, &desks.duty, "log", KIND_RECORD, &id,
				   "title=x&sort=nothing").code,
			 ERR_INPUT);
	assert_string_equal(log_number(world, &desks.duty), "20261118-R003");
	world->clock.now += DAY;
	assert_string_equal(log_number(world, &desks.duty), "20261119-R001");
	verified(world);
}

/* --- who sees it ------------------------------------------------------------------------------- */

static void expect_seen(struct world *world, const struct desk *desk, const struct uuid *id,
			bool seen)
{
	const char *text = id_words(world, id);
	const char *path = arena_printf(&world->arena, "/v1/entities/%s", text);

	ask(world, seen ? 200 : 404, "GET", path, NULL, desk->token, NULL);
	assert_int_equal(strstr(ask(world, 200, "GET", "/v1/snapshot", NULL, desk->token, NULL),
				text) != NULL,
			 seen);
	assert_int_equal(strstr(ask(world, 200, "GET", "/v1/feed", "since=0", desk->token, NULL),
				text) != NULL,
			 seen);
}

/* Handovers and the log are whose they are, and the centre's. */
static void test_seen(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid line = logged_line(world, &desks.north, "title=quiet");
	struct uuid first = handover_id("north", "street", &(struct uuid){ { 0 } });

	duty_does(world, &desks.north, "hand_over", KIND_HANDOVER, &first, "words=quiet");
	expect_seen(world, &desks.north, &line, true);
	expect_seen(world, &desks.duty, &line, true);
	expect_seen(world, &desks.south, &line, false);
	expect_seen(world, &desks.north, &first, true);
	expect_seen(world, &desks.duty, &first, true);
	expect_seen(world, &desks.south, &first, false);
	verified(world);
}

/* Ids of first handovers can be guessed: whoever may not make one hears the same, there or not. */
static void test_guessed(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid first = handover_id("north", "street", &(struct uuid){ { 0 } });
	struct act_answer before, after;

	before = duty_says(world, &desks.south, "hand_over", KIND_HANDOVER, &first,
			   "org=north&words=x");
	duty_does(world, &desks.north, "hand_over", KIND_HANDOVER, &first, "words=quiet");
	after = duty_says(world, &desks.south, "hand_over", KIND_HANDOVER, &first,
			  "org=north&words=x");
	assert_int_equal(before.verdict, VERDICT_REFUSED);
	assert_int_equal(before.code, after.code);
	assert_string_equal(before.sentence, after.sentence);
	assert_null(after.state);
}

/* --- what is looked at beside ------------------------------------------------------------------ */

/* The one before is found by the next one; of another's desk it is as if it were not there. */
static void test_before(void **state)
{
	struct world *world = *state;
	struct desks desks = desks_make(world);
	struct uuid first = handed_on(world, &desks.duty, &desks.relief, "desk", NULL), second, id;
	struct uuid theirs = handed_on(world, &desks.north, &desks.second, "street", NULL);
	struct uuid nothing = uuid_named("nothing at all");
	struct act_answer other, none;
	const struct handover *one, *two;

	second = handed_on(world, &desks.relief, &desks.duty, "desk", &first);
	one = entity_seen(world, &desks.duty, &first);
	two = entity_seen(world, &desks.duty, &second);
	assert_string_equal(one->number, "20261118-J001");
	assert_string_equal(two->chain, one->hash);
	assert_int_equal(handover_chain(two, one), CHAIN_WHOLE);
	id = handover_id("south", "street", &theirs);
	other = duty_says(world, &desks.south, "hand_over", KIND_HANDOVER, &id,
			  arena_printf(&world->arena, "words=x&before=%s",
				       id_words(world, &theirs)));
	id = handover_id("south", "street", &nothing);
	none = duty_says(world, &desks.south, "hand_over", KIND_HANDOVER, &id,
			 arena_printf(&world->arena, "words=x&before=%s",
				      id_words(world, &nothing)));
	assert_int_equal(other.code, ERR_NOT_FOUND);
	assert_int_equal(none.code, ERR_NOT_FOUND);
	assert_string_equal(other.sentence, none.sentence);
	verified(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, rules_make, world_free)
		T(test_numbers), T(test_seen), T(test_guessed), T(test_before),
	};

	setenv("LANGUAGE", "en", 1);
	return cmocka_run_group_tests_name("duty", tests, NULL, NULL);
}
