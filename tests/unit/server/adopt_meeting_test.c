/* Adoption and joint meetings: what it would strand, and what it carries over. */
#include <config.h>

#include "meeting_help.h"

/* --- series ------------------------------------------------------------------------------------
 */

static const char *const renamed[][2] = {
    {"meeting \"weekly\" {", "meeting \"standing\" {"},
    {NULL, NULL},
};

/* A meeting that is not over needs its series: who may what in it is said there. */
static void test_series(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called over = called_make(world, &hall, "hall"), open;
	const char *bundle = bundle_with(world, renamed);

	held(world, &hall, &over, "agreed");
	does_on(world, &hall.duty, "issue", KIND_MEETING, &over.meeting, "");
	open.meeting = convened(world, &hall.duty, "weekly", "&room=den");
	expect_words(adopt_it(world, 409, bundle, "reason=new"),
		     (const char *[]){"1 meetings of weekly (weekly), say 20261119-M001", NULL});
	does_on(world, &hall.duty, "cancel", KIND_MEETING, &open.meeting, "reason=rain");
	adopt_it(world, 200, bundle, "reason=new");
	assert_string_equal(meeting_seen(world, &hall.duty, &over.meeting)->series, "weekly");
	verified(world);
}

/* A resolution in stages needs those that were held; one that lies ahead may be another. */
static const char *const talkless[][2] = {
	{ "stage \"talk\" { label = \"talk\"", "stage \"debate\" { label = \"debate\"" },
	{ NULL, NULL },
};
static const char *const voteless[][2] = {
	{ "stage \"vote\" { label = \"vote\"", "stage \"ballot\" { label = \"ballot\"" },
	{ NULL, NULL },
};

static void test_stages(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct desk village = enroll(world, "northa", "street", "Vi");
	struct uuid id = new_id(world);
	int64_t before;

	does_on(world, &village, "convene", KIND_MEETING, &id, "series=village&title=a road&org=northa");
	does_on(world, &village, "stage", KIND_MEETING, &id,
		"stage=talk&entitled=9&present_n=7&agreed=6&against=1");
	before = feed_of(world, &hall.duty, 0, "").head_seq;
	expect_words(adopt_it(world, 409, bundle_with(world, talkless), "reason=new"),
		     (const char *[]){ "or stages that they passed",
				       "1 meetings of resolution (village), say 20261118-M001", NULL });
	assert_true(feed_of(world, &hall.duty, 0, "").head_seq == before);
	adopt_it(world, 200, bundle_with(world, voteless), "reason=new");
	assert_int_equal(says_on(world, &village, "stage", KIND_MEETING, &id,
				 "stage=vote&entitled=60&present_n=40&agreed=39&against=1").verdict,
			 VERDICT_REFUSED);
	does_on(world, &village, "stage", KIND_MEETING, &id,
		"stage=ballot&entitled=60&present_n=40&agreed=39&against=1");
	verified(world);
}

/* --- rooms ------------------------------------------------------------------------------------- */

static const char *const hallless[][2] = {
	{ "room \"hall\" { seats = 20 }", "room \"attic\" { seats = 20 }" },
	{ NULL, NULL },
};

/* Who booked a room that is gone has it still, and is told. */
static void test_rooms(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall");
	struct uuid room = room_id("centre", "hall");

	expect_words(adopt_it(world, 200, bundle_with(world, hallless), "reason=new"),
		     (const char *[]){ "the profile has no room hall any more: 1 meetings to come are "
				       "there, say 20261118-M001; their bookings stay",
				       NULL });
	assert_int_equal(((const struct room *)entity_seen(world, &hall.duty, &room))->bookings.n, 1);
	does_on(world, &hall.duty, "cancel", KIND_MEETING, &called.meeting, "reason=rain");
	verified(world);
}

/* --- organisations ----------------------------------------------------------------------------- */

/* Water and its mains end, roads take over. */
static const char *const merged[][2] = {
    {"water,Water department,Water,department,centre,3,yes,,,",
     "water,Water department,Water,department,centre,3,yes,,2026-11-01,roads"},
    {"mains,Water mains,Mains,department,water,4,yes,,,",
     "mains,Water mains,Mains,department,water,4,yes,,2026-11-01,water"},
    {"must = {\"water\"}", "must = {\"roads\"}"},
    {NULL, NULL},
};

static size_t attendees_of(const struct meeting *meeting, const char *org)
{
	size_t n = 0;

	for (size_t i = 0; i < meeting->attendees.n; i++)
		n += str_eq(meeting_attendee(meeting, i)->org, org);
	return n;
}

/* Who takes over attends once, owes the papers, leads the task, and can go on with all of it. */
static void test_heirs(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called past = called_make(world, &hall, "den"), called;
	struct uuid task = new_id(world);
	const struct meeting *meeting;
	const struct item *item;
	const struct action *action;

	held(world, &hall, &past, "agreed");
	does_on(world, &hall.duty, "task", KIND_ACTION, &task,
		arena_printf(&world->arena,
			     "item_id=%s&title=mend&lead_org=water&assist=roads&assist=mains",
			     words_of(world, &past.item)));
	called.item =
	    brought(world, &hall.duty, "title=pipes&lead_org=water&assist=roads&assist=mains");
	called.meeting = convened(world, &hall.duty, "weekly", "&room=hall");
	entered(world, &hall.duty, &called.meeting, &called.item);
	does_on(world, &hall.duty, "invite", KIND_MEETING, &called.meeting, "");
	does_on(
	    world, &hall.duty, "collect", KIND_ITEM, &called.item,
	    arena_printf(&world->arena, "until=%lld", (long long)(world->clock.now + 2 * HOUR)));
	does_on(world, &hall.water, "answer", KIND_MEETING, &called.meeting, "answer=accepted");
	meeting = meeting_seen(world, &hall.duty, &called.meeting);
	assert_int_equal(attendees_of(meeting, "water") + attendees_of(meeting, "mains") +
			     attendees_of(meeting, "roads"),
			 3);
	expect_words(adopt_it(world, 200, bundle_with(world, merged), "reason=merged"),
		     (const char *[]){"Water department -> Road department: 0 cases, 0 whistles, "
				      "1 officers, and 4 meetings, items and tasks",
				      NULL});
	meeting = meeting_seen(world, &hall.roads, &called.meeting);
	assert_int_equal(attendees_of(meeting, "roads"), 1);
	assert_int_equal(attendees_of(meeting, "water") + attendees_of(meeting, "mains"), 0);
	assert_int_equal(meeting->accepted, 1); /* what water said counts */
	item = entity_seen(world, &hall.roads, &called.item);
	assert_string_equal(item->lead, "roads");
	assert_int_equal(item->concerned.n, 1);
	assert_int_equal(item->missing, 1);
	action = entity_seen(world, &hall.roads, &task);
	assert_string_equal(action->lead, "roads");
	assert_string_equal(action->due_org, "roads");
	assert_int_equal(action->assists.n, 0);
	does_on(world, &hall.roads, "sign", KIND_ACTION, &task, "");
	does_on(world, &hall.roads, "hand_in", KIND_ITEM, &called.item, "words=all of it");
	item = entity_seen(world, &hall.roads, &called.item);
	assert_int_equal(item->missing, 0);
	held(world, &hall, &called, "agreed");
	verified(world);
	world_restart(world);
	run_on(world, 100 * HOUR);
	verified(world);
}

/* Without a successor it stands against an adoption; nothing of it is written. */
static const char *const ended[][2] = {
    {"water,Water department,Water,department,centre,3,yes,,,",
     "water,Water department,Water,department,centre,3,yes,,2026-11-01,"},
    {"mains,Water mains,Mains,department,water,4,yes,,,",
     "mains,Water mains,Mains,department,centre,4,yes,,,"},
    {"must = {\"water\"}", "must = {\"roads\"}"},
    {NULL, NULL},
};

static void test_homeless(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall");
	int64_t before = feed_of(world, &hall.duty, 0, "").head_seq;

	expect_words(
	    adopt_it(world, 409, bundle_with(world, ended), "reason=new"),
	    (const char *[]){"1 officers with Water department (water), say 20261118-M001, and 1 "
			     "meetings, items and tasks",
			     NULL});
	assert_true(feed_of(world, &hall.duty, 0, "").head_seq == before);
	assert_int_equal(attendees_of(meeting_seen(world, &hall.duty, &called.meeting), "water"),
			 1);
	verified(world);
}

/* A department under another one: who is above it now sees what it was called to. */
static const char *const moved[][2] = {
    {"mains,Water mains,Mains,department,water,4,yes,,,",
     "mains,Water mains,Mains,department,roads,4,yes,,,"},
    {NULL, NULL},
};

static void test_sight(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = {.item = brought(world, &hall.duty, "title=pipes&lead_org=mains")};
	const char *path;

	called.meeting = convened(world, &hall.duty, "weekly", "&room=hall");
	entered(world, &hall.duty, &called.meeting, &called.item);
	does_on(world, &hall.duty, "invite", KIND_MEETING, &called.meeting, "");
	path = arena_printf(&world->arena, "/v1/entities/%s", words_of(world, &called.meeting));
	ask(world, 404, "GET", path, NULL, hall.roads.token, NULL);
	expect_words(adopt_it(world, 200, bundle_with(world, moved), "reason=moved"),
		     (const char *[]){
			 "2 meetings, items and tasks are seen by more organisations now", NULL});
	ask(world, 200, "GET", path, NULL, hall.roads.token, NULL);
	path = arena_printf(&world->arena, "/v1/entities/%s", words_of(world, &called.item));
	ask(world, 200, "GET", path, NULL, hall.roads.token, NULL);
	verified(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_series, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_stages, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_rooms, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_heirs, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_homeless, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_sight, rules_make, world_free),
	};

	return cmocka_run_group_tests_name("server/adopt_meeting", tests, NULL, NULL);
}
