/* Joint meetings on the server: numbers, who sees what and from when, what follows from what, the
 * rooms, and that all of it is written or nothing. */
#include "meeting_help.h"
#include "zhiban/domain/incident.h"

/* --- numbers -----------------------------------------------------------------------------------
 */

static void test_numbers(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall");
	const struct item *item = entity_seen(world, &hall.duty, &called.item);
	struct uuid id = new_id(world);

	assert_string_equal(meeting_seen(world, &hall.duty, &called.meeting)->number,
			    "20261118-M001");
	assert_string_equal(item->number, "20261118-K001");
	assert_string_equal(does_on(world, &hall.duty, "bring", KIND_ITEM, &id, "title=x").number,
			    "20261118-K002");
	held(world, &hall, &called, "agreed");
	id = new_id(world);
	assert_string_equal(
	    does_on(world, &hall.duty, "task", KIND_ACTION, &id,
		    arena_printf(&world->arena, "item_id=%s&title=mend&lead_org=roads",
				 words_of(world, &called.item)))
		.number,
	    "20261119-A001");
	verified(world);
}

static const char *issued_no(struct world *world, struct hall *hall, const char *args)
{
	struct called called = called_make(world, hall, "hall");

	held(world, hall, &called, "agreed");
	does_on(world, &hall->duty, "issue", KIND_MEETING, &called.meeting, args);
	return meeting_seen(world, &hall->duty, &called.meeting)->doc_no;
}

/* By organisation, word and year; one that was said by hand moves the counter on. */
static void test_documents(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called;

	assert_string_equal(issued_no(world, &hall, ""), "CTR〔2026〕1号");
	assert_string_equal(issued_no(world, &hall, ""), "CTR〔2026〕2号");
	assert_string_equal(issued_no(world, &hall, "doc_no=CTR[2026]第07号"), "CTR[2026]第07号");
	assert_string_equal(issued_no(world, &hall, ""), "CTR〔2026〕8号");
	called = called_make(world, &hall, "hall");
	held(world, &hall, &called, "agreed");
	assert_int_equal(says_on(world, &hall.duty, "issue", KIND_MEETING, &called.meeting,
				 "doc_no=CTR〔2026〕7号")
			     .verdict,
			 VERDICT_REFUSED);
	assert_string_equal(issued_no(world, &hall, "doc_no=by hand 3"), "by hand 3");
	assert_string_equal(issued_no(world, &hall, ""), "CTR〔2026〕9号");
	verified(world);
	world_restart(world);
	world->clock.now += 45 * DAY;
	assert_string_equal(issued_no(world, &hall, ""), "CTR〔2027〕1号");
	verified(world);
}

/* --- who sees it -------------------------------------------------------------------------------
 */

static void expect_seen(struct world *world, const struct desk *desk, const struct uuid *id,
			bool seen)
{
	const char *path = arena_printf(&world->arena, "/v1/entities/%s", words_of(world, id));
	const char *text = arena_printf(&world->arena, "\"id\":\"%s\"", words_of(world, id));

	ask(world, seen ? 200 : 404, "GET", path, NULL, desk->token, NULL);
	if ((strstr(ask(world, 200, "GET", "/v1/snapshot", NULL, desk->token, NULL), text) !=
	     NULL) != seen)
		fail_msg("the snapshot of %s, %s", desk->officer, seen ? "not there" : "there");
	assert_int_equal(
	    strstr(ask(world, 200, "GET", "/v1/feed", "since=0", desk->token, NULL), text) != NULL,
	    seen);
}

/* Whom an item concerns sees it once it stands in an agenda, the meeting when he is invited; who
 * sits in the meeting sees all its items from then on, and its tasks. */
static void test_seen(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct uuid item = brought(world, &hall.duty, "title=puddles&lead_org=roads"),
		    task = new_id(world);
	struct uuid meeting = convened(world, &hall.duty, "weekly", "&room=hall");
	struct called called = {meeting, item};

	expect_seen(world, &hall.roads, &item, false);
	entered(world, &hall.duty, &meeting, &item);
	expect_seen(world, &hall.roads, &item, true);
	expect_seen(world, &hall.roads, &meeting, false);
	expect_seen(world, &hall.water, &item, false);
	does_on(world, &hall.duty, "invite", KIND_MEETING, &meeting, "");
	expect_seen(world, &hall.roads, &meeting, true);
	expect_seen(world, &hall.water, &meeting, true);
	expect_seen(world, &hall.water, &item, true); /* it sits, and is not concerned */
	expect_seen(world, &hall.south, &meeting, false);
	expect_seen(world, &hall.south, &item, false);
	/* one who is called later reads all of it too */
	does_on(world, &hall.duty, "attend", KIND_MEETING, &meeting, "attend=north\tmay");
	expect_seen(world, &hall.north, &meeting, true);
	expect_seen(world, &hall.north, &item, true);
	held(world, &hall, &called, "agreed");
	does_on(world, &hall.duty, "task", KIND_ACTION, &task,
		arena_printf(&world->arena, "item_id=%s&title=mend&lead_org=roads",
			     words_of(world, &item)));
	expect_seen(world, &hall.roads, &task, true);
	expect_seen(world, &hall.water, &task, true);
	expect_seen(world, &hall.south, &task, false);
	verified(world);
}

/* What is not his is to him as what is not there, whatever he tries. */
static void test_guessed(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall");
	struct uuid nothing = uuid_named("nothing at all"), task = new_id(world);

	held(world, &hall, &called, "agreed");
	does_on(world, &hall.duty, "task", KIND_ACTION, &task,
		arena_printf(&world->arena, "item_id=%s&title=mend&lead_org=roads",
			     words_of(world, &called.item)));
	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *desc = act_desc_at(i);
		const struct uuid *id = desc->target == KIND_MEETING  ? &called.meeting
					: desc->target == KIND_ITEM   ? &called.item
					: desc->target == KIND_ACTION ? &task
								      : NULL;
		struct act act;
		struct act_answer it, other;

		if (id == NULL || desc->conflict == CONFLICT_CREATES)
			continue;
		act = act_begin(world, &hall.south, "note", id, 3);
		act.desc = desc;
		act.target.kind = desc->target;
		it = send_act(world, &hall.south, &act);
		act = act_begin(world, &hall.south, "note", &nothing, 3);
		act.desc = desc;
		act.target.kind = desc->target;
		other = send_act(world, &hall.south, &act);
		if (it.verdict != VERDICT_REFUSED || it.code != other.code || it.state != NULL ||
		    strcmp(it.sentence, other.sentence) != 0)
			fail_msg("%s: \"%s\", not \"%s\"", desc->verb, it.sentence, other.sentence);
	}
	verified(world);
}

/* --- what follows ------------------------------------------------------------------------------
 */

static const struct link *link_of(const struct incident *incident, const char *role)
{
	const struct link *links = incident->links.items;

	for (size_t i = 0; i < incident->links.n; i++)
		if (str_eq(links[i].role, role))
			return &links[i];
	return NULL;
}

/* From the case to the list, to the resolution, to the task, and back to the case. */
static void test_written_back(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct uuid incident = open_case(world, &hall.duty, "water in the street", 3),
		    task = new_id(world);
	struct called called;
	const struct incident *seen;
	struct act_answer answer;

	called.item = brought(
	    world, &hall.duty,
	    arena_printf(&world->arena, "incident=%s&lead_org=roads", words_of(world, &incident)));
	seen = incident_seen(world, &hall.duty, &incident);
	assert_true(seen->candidate);
	assert_non_null(link_of(seen, "item"));
	/* one item of a case: the second hears of the first */
	answer = says_on(world, &hall.second, "bring", KIND_ITEM, &(struct uuid){{9}},
			 arena_printf(&world->arena, "incident=%s", words_of(world, &incident)));
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	assert_non_null(strstr(answer.sentence, "K001"));
	called.meeting = convened(world, &hall.duty, "weekly", "&room=hall");
	entered(world, &hall.duty, &called.meeting, &called.item);
	does_on(world, &hall.duty, "invite", KIND_MEETING, &called.meeting, "");
	held(world, &hall, &called, "agreed");
	seen = incident_seen(world, &hall.duty, &incident);
	assert_false(seen->candidate);
	does_on(world, &hall.duty, "task", KIND_ACTION, &task,
		arena_printf(&world->arena, "item_id=%s&title=mend&lead_org=roads",
			     words_of(world, &called.item)));
	seen = incident_seen(world, &hall.duty, &incident);
	assert_non_null(link_of(seen, "action"));
	does_on(world, &hall.roads, "sign", KIND_ACTION, &task, "");
	does_on(world, &hall.roads, "feedback", KIND_ACTION, &task, "reply=mended");
	does_on(world, &hall.duty, "verify_ok", KIND_ACTION, &task, "");
	assert_false(((const struct action *)entity_seen(world, &hall.duty, &task))->open);
	verified(world);
}

/* An item without a resolution goes on to the next meeting; of what was settled nothing is open. */
static void test_carried_over(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall"), next;
	const struct item *item;

	held(world, &hall, &called, NULL);
	item = entity_seen(world, &hall.duty, &called.item);
	assert_true(item->open);
	assert_null(item->meeting);
	assert_int_equal(item->times, 1);
	next = (struct called){convened(world, &hall.duty, "weekly", "&room=hall"), called.item};
	entered(world, &hall.duty, &next.meeting, &next.item);
	does_on(world, &hall.duty, "invite", KIND_MEETING, &next.meeting, "");
	held(world, &hall, &next, "noted");
	item = entity_seen(world, &hall.duty, &called.item);
	assert_false(item->open);
	verified(world);
}

/* --- rooms -------------------------------------------------------------------------------------
 */

static size_t booked(struct world *world, const struct desk *desk, const char *name)
{
	struct uuid id = room_id("centre", name);

	return ((const struct room *)entity_seen(world, desk, &id))->bookings.n;
}

/* A meeting takes its room along, and gives it back; one that is taken refuses the meeting as a
 * whole. */
static void test_rooms(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct uuid first = convened(world, &hall.duty, "weekly", "&room=hall"),
		    second = new_id(world);
	int64_t starts = world->clock.now + DAY;
	struct act_answer answer;

	assert_int_equal(booked(world, &hall.duty, "hall"), 1);
	answer = says_on(world, &hall.second, "convene", KIND_MEETING, &second,
			 arena_printf(&world->arena,
				      "series=weekly&title=other&room=hall&starts=%lld&ends=%lld",
				      (long long)(starts + HOUR / 2), (long long)(starts + HOUR)));
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	expect_seen(world, &hall.second, &second, false);
	assert_int_equal(booked(world, &hall.duty, "hall"), 1);
	does_on(world, &hall.duty, "arrange", KIND_MEETING, &first, "room=den");
	assert_int_equal(booked(world, &hall.duty, "hall"), 0);
	assert_int_equal(booked(world, &hall.duty, "den"), 1);
	does_on(world, &hall.second, "convene", KIND_MEETING, &second,
		arena_printf(&world->arena,
			     "series=weekly&title=other&room=hall&starts=%lld&ends=%lld",
			     (long long)(starts + HOUR / 2), (long long)(starts + HOUR)));
	does_on(world, &hall.duty, "cancel", KIND_MEETING, &first, "reason=rain");
	assert_int_equal(booked(world, &hall.duty, "den"), 0);
	verified(world);
}

/* --- two at once -------------------------------------------------------------------------------
 */

/* Two secretaries with the line cut: other items merge, the same one goes back to the second. */
static void test_two_secretaries(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall");
	struct uuid other = brought(world, &hall.duty, "title=parking&lead_org=water");
	struct act one, two, three;
	struct act_answer answer;

	does_on(world, &hall.duty, "agenda", KIND_MEETING, &called.meeting,
		arena_printf(&world->arena, "entry=%s 2", words_of(world, &other)));
	world->clock.now += DAY;
	does_on(world, &hall.duty, "open", KIND_MEETING, &called.meeting, "reason=as planned");
	one = say(world, &hall.duty, "discuss", KIND_ITEM, &called.item, "discussion=by the first");
	two = say(world, &hall.second, "discuss", KIND_ITEM, &called.item,
		  "discussion=by the second");
	three = say(world, &hall.second, "discuss", KIND_ITEM, &other, "discussion=by the second");
	one.target.base = two.target.base =
	    ((const struct entity *)entity_seen(world, &hall.duty, &called.item))->version;
	three.target.base =
	    ((const struct entity *)entity_seen(world, &hall.duty, &other))->version;
	assert_int_equal(send_act(world, &hall.duty, &one).verdict, VERDICT_APPLIED);
	answer = send_act(world, &hall.second, &two);
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	assert_non_null(strstr(answer.sentence, "Du"));
	three.n = hall.second.n + 1;
	assert_int_equal(send_act(world, &hall.second, &three).verdict, VERDICT_APPLIED);
	assert_string_equal(
	    ((const struct item *)entity_seen(world, &hall.duty, &called.item))->discussion,
	    "by the first");
	/* read, and written again; that somebody began with it meanwhile is no other text */
	two = say(world, &hall.second, "discuss", KIND_ITEM, &called.item,
		  "discussion=by both&rev=1");
	two.target.base =
	    ((const struct entity *)entity_seen(world, &hall.duty, &called.item))->version;
	does_on(world, &hall.duty, "begin", KIND_ITEM, &called.item, "");
	assert_int_equal(send_act(world, &hall.second, &two).verdict, VERDICT_APPLIED);
	/* what he saw is known also where he does not say it */
	three =
	    say(world, &hall.second, "discuss", KIND_ITEM, &called.item, "discussion=once more");
	three.target.base =
	    ((const struct entity *)entity_seen(world, &hall.duty, &called.item))->version;
	does_on(world, &hall.duty, "rest", KIND_ITEM, &called.item, "");
	assert_int_equal(send_act(world, &hall.second, &three).verdict, VERDICT_APPLIED);
	verified(world);
}

/* --- who may -----------------------------------------------------------------------------------
 */

/* What follows is done in the name of who began it: it opens no door that is closed to him. */
static void test_no_way_round(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall");
	struct uuid id = new_id(world);
	struct act_answer answer;
	static const struct {
		const char *verb, *args;
	} own[] = {
	    /* the server's alone */
	    {"place", "off=1&meeting_id="},
	    {"settle", "meeting_id="},
	    {"tasked", "state=done&action_id="},
	};

	answer =
	    says_on(world, &hall.water, "bring", KIND_ITEM, &id,
		    arena_printf(&world->arena, "title=mine first&lead_org=water&meeting_id=%s",
				 words_of(world, &called.meeting)));
	assert_int_equal(answer.verdict, VERDICT_REFUSED);
	assert_int_equal(meeting_seen(world, &hall.duty, &called.meeting)->agenda.n, 1);
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		assert_int_equal(says_on(world, &hall.duty, own[i].verb, KIND_ITEM, &called.item,
					 arena_printf(&world->arena, "%s%s", own[i].args,
						      words_of(world, &called.meeting)))
				     .code,
				 ERR_DENIED);
	verified(world);
}

/* --- clocks ------------------------------------------------------------------------------------
 */

static void test_clocks_fire(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall");
	struct uuid task = new_id(world);
	const struct action *action;

	held(world, &hall, &called, "agreed");
	does_on(world, &hall.duty, "task", KIND_ACTION, &task,
		arena_printf(&world->arena, "item_id=%s&title=mend&lead_org=roads",
			     words_of(world, &called.item)));
	run_on(world, 3 * HOUR);
	action = entity_seen(world, &hall.duty, &task);
	assert_int_equal(action->urges, 1);
	does_on(world, &hall.roads, "sign", KIND_ACTION, &task, "");
	run_on(world, 7 * DAY);
	action = entity_seen(world, &hall.duty, &task);
	assert_int_equal(action->urges, 1);
	assert_true(action->proposed_at != 0);
	verified(world);
}

/* --- calendars ---------------------------------------------------------------------------------
 */

static const char *calendar_of_any(struct world *world, struct desk *desk, const char *what,
				   const char *id)
{
	struct address_ask msg = {.what = what, .id = id};
	struct address_answer answer;
	struct str body = STR_INIT;
	const char *text;

	address_ask_encode(&msg, &body);
	text = ask(world, 200, "POST", "/v1/ical", NULL, desk->token, str_get(&body));
	str_release(&body);
	OK(address_answer_decode(text, strlen(text), &world->arena, &answer, NULL));
	return ask(world, 200, "GET", answer.path, NULL, NULL, NULL);
}

static const char *calendar_of(struct world *world, struct desk *desk, const char *org)
{
	return calendar_of_any(world, desk, "org", org);
}

/* Drawn it stands in the convener's calendar alone; called in those of who is called. */
static void test_calendars(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct uuid item = brought(world, &hall.duty, "title=puddles&lead_org=roads");
	struct uuid meeting = convened(world, &hall.duty, "weekly", "&room=hall");
	const char *uid = arena_printf(&world->arena, "UID:%s@zhiban", words_of(world, &meeting)),
		   *text;

	entered(world, &hall.duty, &meeting, &item);
	text = calendar_of(world, &hall.duty, "centre");
	assert_non_null(strstr(text, uid));
	assert_non_null(strstr(text, "STATUS:TENTATIVE"));
	assert_null(strstr(calendar_of(world, &hall.water, "water"), uid));
	does_on(world, &hall.duty, "invite", KIND_MEETING, &meeting, "");
	text = calendar_of(world, &hall.water, "water");
	assert_non_null(strstr(text, uid));
	assert_non_null(strstr(text, "STATUS:CONFIRMED"));
	assert_null(strstr(text, "ATTENDEE"));
	assert_null(strstr(calendar_of(world, &hall.south, "south"), uid));
	does_on(world, &hall.duty, "cancel", KIND_MEETING, &meeting, "reason=rain");
	text = calendar_of(world, &hall.water, "water");
	assert_non_null(strstr(text, uid));
	assert_non_null(strstr(text, "STATUS:CANCELLED"));
	/* what nobody was called to need not be called off */
	meeting = convened(world, &hall.duty, "weekly", "&room=hall");
	uid = arena_printf(&world->arena, "UID:%s@zhiban", words_of(world, &meeting));
	assert_non_null(strstr(calendar_of(world, &hall.duty, "centre"), uid));
	does_on(world, &hall.duty, "cancel", KIND_MEETING, &meeting, "reason=rain");
	assert_null(strstr(calendar_of(world, &hall.duty, "centre"), uid));
	verified(world);
}

/* A person's has those that he sits in, and not when he sends somebody: then it is in that one's.
 */
static void test_own_calendars(void **state)
{
	struct world *world = *state;
	struct hall hall = hall_make(world);
	struct called called = called_make(world, &hall, "hall");
	struct uuid wang = new_id(world), qian = new_id(world), id;
	const char *uid =
	    arena_printf(&world->arena, "UID:%s@zhiban", words_of(world, &called.meeting));

	does_on(world, &hall.roads, "engage", KIND_STAFF, &wang, "name=Wang&org=roads");
	does_on(world, &hall.roads, "engage", KIND_STAFF, &qian, "name=Qian&org=roads");
	does_on(world, &hall.duty, "attend", KIND_MEETING, &called.meeting,
		"attend=roads\tmust\tWang");
	id = attendee_id(&called.meeting, "roads", "Wang");
	assert_non_null(
	    strstr(calendar_of_any(world, &hall.roads, "person", words_of(world, &wang)), uid));
	assert_null(
	    strstr(calendar_of_any(world, &hall.roads, "person", words_of(world, &qian)), uid));
	does_on(world, &hall.roads, "answer", KIND_MEETING, &called.meeting,
		arena_printf(&world->arena, "answer=delegated&comer=Qian&attendee=%s",
			     words_of(world, &id)));
	assert_null(
	    strstr(calendar_of_any(world, &hall.roads, "person", words_of(world, &wang)), uid));
	assert_non_null(
	    strstr(calendar_of_any(world, &hall.roads, "person", words_of(world, &qian)), uid));
	verified(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_numbers, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_documents, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_seen, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_guessed, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_written_back, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_carried_over, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_rooms, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_two_secretaries, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_no_way_round, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_clocks_fire, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_calendars, rules_make, world_free),
	    cmocka_unit_test_setup_teardown(test_own_calendars, rules_make, world_free),
	};

	return cmocka_run_group_tests_name("server/meeting", tests, NULL, NULL);
}
