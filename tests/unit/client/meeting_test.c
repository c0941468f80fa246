/* Joint meetings at the consoles of centre and department: what each shows while acts travel, and a sitting
 * with the line cut. */
#include <config.h>

#include "consoles.h"

#include "zhiban/base/civil.h"
#include "zhiban/client/deadlines.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/meeting.h"
#include "zhiban/client/roster.h"
#include "zhiban/client/timeline.h"

/* 2026-11-23 10:20 there, a Monday */
#define NOW INT64_C(1795400400000)
#define AT(day, hour, minute) (NOW + (day) * DAY_MS + ((hour) - 10) * HOUR_MS + ((minute) - 20) * MINUTE_MS)

static struct uuid must(struct console *console, enum kind kind, const char *verb,
			const struct uuid *target, const char *words)
{
	struct client_done done = { .n = 0 };
	struct error err = ERROR_INIT;

	if (act(console, kind, verb, target, words, &done, &err) != ERR_OK)
		fail_msg("%s: %s", verb, err.text);
	return done.target;
}

/* As the leader said on the telephone. */
static void by_phone(struct console *console, enum kind kind, const char *verb,
		     const struct uuid *target)
{
	struct by_phone phone = { .role = "leader", .rung = "张书记" };
	struct error err = ERROR_INIT;
	struct client_done done;

	if (client_act_phone(console->client, act_desc_of(kind, verb), target, NULL, 0, &phone, &done,
			     &err) != ERR_OK)
		fail_msg("%s: %s", verb, err.text);
}

static struct client_meeting meeting_of(struct world *world, unsigned who, const struct uuid *id)
{
	struct client_meeting meeting;

	OK(client_meeting_get(world->all[who].client, id, &world->arena, &meeting, NULL));
	return meeting;
}

static struct client_item item_of(struct world *world, unsigned who, const struct uuid *id)
{
	struct client_item item;

	OK(client_item_get(world->all[who].client, id, &world->arena, &item, NULL));
	return item;
}

struct drawn { /* a meeting of two items */
	struct uuid items[2], meeting;
};

static struct drawn draw(struct world *world)
{
	struct console *centre = &world->all[CENTRE];
	struct drawn drawn;
	char words[400], a[UUID_TEXT], b[UUID_TEXT];

	settle_all(world);
	drawn.items[0] = must(centre, KIND_ITEM, "bring", NULL,
			      "title=a pipe\nlead_org=shuiwu\nminutes=20");
	drawn.items[1] = must(centre, KIND_ITEM, "bring", NULL, "title=a road\nlead_org=zhujian");
	for (size_t i = 0; i < 2; i++)
		by_phone(centre, KIND_ITEM, "approve", &drawn.items[i]);
	uuid_text(&drawn.items[0], a);
	uuid_text(&drawn.items[1], b);
	snprintf(words, sizeof words,
		 "series=weekly\ntitle=the week\nstarts=2026-11-25 14:30\nends=2026-11-25 16:00\n"
		 "room=研判室\nentry=%s\nentry=%s", a, b);
	drawn.meeting = must(centre, KIND_MEETING, "convene", NULL, words);
	return drawn;
}

/* ---- shown ---- */

/* What follows from an act is shown with it, before the server knows: the items stand in the agenda, and
 * the room is taken; and from saving to folded there is one meeting, never none or two. */
static void what_follows_is_shown_at_once(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct drawn drawn = draw(world);
	struct client_meeting *meetings;
	struct client_item *items;
	const struct room *room;
	size_t n = 0;
	char id[UUID_TEXT], mark[48];

	uuid_text(&drawn.meeting, id);
	assert_int_equal(meeting_of(world, CENTRE, &drawn.meeting).marks, ROW_PENDING | ROW_NEW);
	assert_string_equal(item_of(world, CENTRE, &drawn.items[0]).item->meeting, id);
	OK(client_meeting_items(centre->client, meeting_of(world, CENTRE, &drawn.meeting).meeting,
				&world->arena, &items, &n, NULL));
	assert_int_equal(n, 2);
	assert_string_equal(items[0].item->title, "a pipe");
	assert_string_equal(items[1].item->title, "a road");
	OK(client_room(centre->client, "zhongxin", "研判室", &world->arena, &room, NULL));
	assert_int_equal(room->bookings.n, 1);
	assert_true(room_booking(room, 0)->from_at == AT(2, 14, 30));
	for (int i = 0; i < 60; i++) {
		OK(client_meetings(centre->client, 10, &world->arena, &meetings, &n, NULL));
		assert_int_equal(n, 1);
		assert_string_equal(item_of(world, CENTRE, &drawn.items[1]).item->meeting, id);
		step(world, centre);
	}
	assert_true(worker_in_step(centre->worker));
	OK(client_meetings(centre->client, 10, &world->arena, &meetings, &n, NULL));
	assert_int_equal(meetings[0].marks, 0);
	assert_int_equal(meetings[0].meeting->session, 1); /* the first of its year */
	assert_non_null(strstr(client_meeting_mark(&meetings[0], mark), "-M0"));
	assert_int_equal(meetings[0].meeting->agenda.n, 2);
	assert_int_equal(meeting_entry(meetings[0].meeting, 0)->minutes, 20);
}

static void each_is_found_by_its_names(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct drawn drawn = draw(world);
	struct client_meeting meeting;
	struct uuid id;
	enum kind kind;
	char mark[48], hex[UUID_TEXT];

	OK(client_find_kind(centre->client, KIND_ITEM, "-1", &id, NULL));
	assert_true(uuid_eq(&id, &drawn.items[0]));
	settle_all(world);
	meeting = meeting_of(world, CENTRE, &drawn.meeting);
	uuid_text(&drawn.meeting, hex);
	hex[8] = '\0';
	for (int i = 0; i < 3; i++) {
		const char *const names[] = { meeting.meeting->number,
					      client_meeting_mark(&meeting, mark), hex };

		OK(client_find_any(centre->client, names[i], &kind, &id, NULL));
		assert_int_equal(kind, KIND_MEETING);
		assert_true(uuid_eq(&id, &drawn.meeting));
	}
	OK(client_find_any(centre->client, "研判室", &kind, &id, NULL));
	assert_int_equal(kind, KIND_ROOM);
}

/* ---- said as people say it ---- */

static void attendees_are_named(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct drawn drawn = draw(world);
	struct error err = ERROR_INIT;
	const struct meeting *meeting;

	must(centre, KIND_MEETING, "attend", &drawn.meeting, "attend=公安分局/may/周强/副局长");
	meeting = meeting_of(world, CENTRE, &drawn.meeting).meeting;
	assert_string_equal(meeting_attendee_of(meeting, "gongan", "周强")->post, "副局长");
	must(centre, KIND_MEETING, "invite", &drawn.meeting, NULL);
	must(centre, KIND_MEETING, "chase", &drawn.meeting, "attendee=周强");
	must(centre, KIND_MEETING, "chase", &drawn.meeting, "attendee=shuiwu");
	meeting = meeting_of(world, CENTRE, &drawn.meeting).meeting;
	assert_int_equal(meeting_attendee_of(meeting, "gongan", "周强")->chased, 1);
	assert_int_equal(meeting_attendee_of(meeting, "shuiwu", NULL)->chased, 1);
	assert_int_equal(act(centre, KIND_MEETING, "chase", &drawn.meeting, "attendee=nobody", NULL,
			     &err),
			 ERR_INPUT);
	assert_non_null(strstr(err.text, "周强")); /* it says who there is */
	world->server.lose = 4; /* the feed tells before the answer does */
	for (int i = 0; i < 80; i++) { /* counted once all the same */
		step(world, centre);
		meeting = meeting_of(world, CENTRE, &drawn.meeting).meeting;
		assert_int_equal(meeting_attendee_of(meeting, "shuiwu", NULL)->chased, 1);
	}
	assert_int_equal(meeting_of(world, CENTRE, &drawn.meeting).marks, 0);
}

static void a_case_is_brought_once(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct error err = ERROR_INIT;
	struct client_done done;
	char words[100], id[UUID_TEXT];

	settle_all(world);
	OK(act(centre, KIND_INCIDENT, "register",
	       NULL, "title=a hole in the road\naddress=here\nsource=phone110\ntext=a hole", &done, NULL));
	uuid_text(&done.target, id);
	snprintf(words, sizeof words, "incident=%s", id);
	must(centre, KIND_ITEM, "bring", NULL, words); /* also of a case that is only here */
	assert_int_equal(act(centre, KIND_ITEM, "bring", NULL, words, NULL, &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "a hole in the road"));
	settle_all(world);
	assert_int_equal(act(centre, KIND_ITEM, "bring", NULL, words, NULL, &err), ERR_REFUSED);
}

static void a_room_is_taken_once(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct uuid room = room_id("zhongxin", "研判室");
	struct error err = ERROR_INIT;

	draw(world);
	assert_int_equal(act(centre, KIND_MEETING, "convene", NULL,
			     "series=weekly\ntitle=another\nstarts=2026-11-25 15:00\n"
			     "ends=2026-11-25 17:00\nroom=研判室", NULL, &err),
			 ERR_REFUSED);
	assert_non_null(strstr(err.text, "the week")); /* who has it */
	must(centre, KIND_ROOM, "book", NULL,
	     "room_name=研判室\nfrom_at=2026-11-25 16:00\nto_at=2026-11-25 17:00\nbooked_for=a drill");
	settle_all(world);
	must(centre, KIND_ROOM, "free", &room,
	     "booking=2026-11-25 16:00");
	settle_all(world);
}

/* ---- a sitting with the line cut ---- */

static void sit(struct world *world, const struct drawn *drawn, struct uuid *ret_action)
{
	struct console *centre = &world->all[CENTRE];
	char words[300], item[UUID_TEXT];

	uuid_text(&drawn->items[0], item);
	must(centre, KIND_MEETING, "open", &drawn->meeting, "reason=it cannot wait");
	must(centre, KIND_MEETING, "sign_in", &drawn->meeting, "attendee=shuiwu\npresence=present");
	must(centre, KIND_ITEM, "begin", &drawn->items[0], NULL);
	world->fixed.now += 5 * MINUTE_MS;
	must(centre, KIND_ITEM, "discuss", &drawn->items[0], "discussion=whose pipe it is");
	must(centre, KIND_ITEM, "discuss", &drawn->items[0], "discussion=whose pipe it is, and since when");
	must(centre, KIND_ITEM, "resolve", &drawn->items[0], "outcome=agreed\nresolution=mend it");
	must(centre, KIND_ITEM, "rest", &drawn->items[0], NULL);
	snprintf(words, sizeof words, "item_id=%s\ntitle=mend the pipe\nlead_org=shuiwu\nlimit=3wd", item);
	*ret_action = must(centre, KIND_ACTION, "task", NULL, words);
	must(centre, KIND_MEETING, "adjourn", &drawn->meeting, NULL);
}

static void check_held(struct world *world, const struct drawn *drawn, const struct uuid *action,
		       bool waits)
{
	const struct meeting *meeting = meeting_of(world, CENTRE, &drawn->meeting).meeting;
	struct client_item settled = item_of(world, CENTRE, &drawn->items[0]);
	struct client_item left = item_of(world, CENTRE, &drawn->items[1]);
	struct client_action *actions;
	size_t n = 0;

	assert_int_equal(meeting_state(meeting), MEETING_HELD);
	assert_int_equal(meeting->present, 1);
	assert_int_equal(item_state(settled.item), ITEM_SETTLED);
	assert_int_equal(outcome_find(settled.item->outcome), OUTCOME_AGREED);
	assert_string_equal(settled.item->discussion, "whose pipe it is, and since when");
	assert_true(!waits || settled.item->used_s >= 300); /* that server counts from when it hears */
	assert_int_equal(item_state(left.item), ITEM_APPROVED);
	assert_null(left.item->meeting);
	assert_int_equal(left.item->times, 1);
	OK(client_actions_of(world->all[CENTRE].client, KIND_ITEM, &drawn->items[0], &world->arena,
			     &actions, &n, NULL));
	assert_int_equal(n, 1);
	assert_true(uuid_eq(&actions[0].action->head.id, action));
	assert_int_equal(actions[0].marks, waits ? ROW_PENDING | ROW_NEW : 0);
	assert_int_equal(settled.marks, waits ? ROW_PENDING : 0);
	assert_true(actions[0].action->due != 0);
}

/* From opening to closing: shown as it will be, and in step afterwards nothing has changed. */
static void a_sitting_with_the_line_cut(void **state)
{
	struct world *world = *state;
	struct drawn drawn = draw(world);
	struct uuid action;
	struct client_link link;
	struct client_action there;

	settle_all(world);
	must(&world->all[CENTRE], KIND_MEETING, "invite", &drawn.meeting, NULL);
	settle_all(world);
	world->server.down = true;
	sit(world, &drawn, &action);
	for (int i = 0; i < 20; i++) {
		step(world, &world->all[CENTRE]);
		check_held(world, &drawn, &action, true);
	}
	world->server.down = false;
	world->fixed.now += 10 * MINUTE_MS; /* it tries again */
	settle_all(world);
	check_held(world, &drawn, &action, false);
	client_link(world->all[CENTRE].client, &link);
	assert_int_equal(link.refused, 0);
	OK(client_action_get(world->all[WATER].client, &action, &world->arena, &there, NULL));
	assert_int_equal(action_state(there.action), ACTION_GIVEN);
}

/* Somebody else wrote the same item meanwhile: one's own words lie on the desk, those of another item are
 * in. */
static void the_second_who_writes_hears_of_the_first(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct drawn drawn = draw(world);
	const struct act_desc *desc = act_desc_of(KIND_ITEM, "discuss");
	struct act other = { .desc = desc, .actor = { "zhao", "zhongxin", "chief" } };
	struct act_answer answer = { .seq = 0 };
	struct client_waiting *rows;
	size_t n = 0;

	settle_all(world);
	must(centre, KIND_MEETING, "invite", &drawn.meeting, NULL);
	must(centre, KIND_MEETING, "open", &drawn.meeting, "reason=it cannot wait");
	settle_all(world);
	world->server.down = true;
	must(centre, KIND_ITEM, "discuss", &drawn.items[0], "discussion=li wrote this");
	must(centre, KIND_ITEM, "discuss", &drawn.items[1], "discussion=and this");
	other.id = uuid_v7(&world->env);
	other.target = (struct target){ KIND_ITEM, drawn.items[0], 0 };
	act_give(&other, act_arg_field(desc, "discussion"),
		 (struct value){ .is_text = true, .text = "zhao was first" }, &world->arena);
	act_give(&other, act_arg_field(desc, "rev"), (struct value){ .num = 0 }, &world->arena);
	server_judge(&world->server, &other, &answer);
	assert_int_equal(answer.verdict, VERDICT_APPLIED);
	world->server.down = false;
	world->fixed.now += 10 * MINUTE_MS;
	settle_all(world);
	assert_string_equal(item_of(world, CENTRE, &drawn.items[0]).item->discussion, "zhao was first");
	assert_true(item_of(world, CENTRE, &drawn.items[0]).marks & ROW_REFUSED);
	assert_string_equal(item_of(world, CENTRE, &drawn.items[1]).item->discussion, "and this");
	OK(client_outbox(centre->client, true, &world->arena, &rows, &n, NULL));
	assert_int_equal(n, 1);
	assert_non_null(strstr(rows[0].sentence, "zhao"));
}

/* ---- when ---- */

static const struct busy *busy_of(const struct busy *busy, size_t n, enum busy_sort sort)
{
	for (size_t i = 0; i < n; i++)
		if (busy[i].sort == sort)
			return &busy[i];
	return NULL;
}

static void what_keeps_somebody_away(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct drawn drawn = draw(world);
	const struct busy *found;
	struct busy *busy;
	size_t n = 0;
	struct uuid li;

	li = must(centre, KIND_STAFF, "engage", NULL, "name=李敏\norg=zhongxin\nposts=main");
	must(centre, KIND_STAFF, "timeoff", &li, "from_at=2026-11-26 00:00\nto_at=2026-11-27 00:00\nreason=ill");
	must(centre, KIND_ROSTER, "roster", NULL, "month=2026-11\ncell=2026-11-23 night main 1 李敏");
	must(centre, KIND_MEETING, "attend", &drawn.meeting, "attend=zhongxin/may/李敏");
	OK(client_busy(centre->client, "zhongxin", "李敏", NOW, NOW + 5 * DAY_MS, NULL, &world->arena, &busy,
		       &n, NULL));
	found = busy_of(busy, n, BUSY_DUTY);
	assert_non_null(found);
	assert_false(found->doubt);
	assert_true(found->from < AT(1, 0, 0) && found->to > AT(1, 0, 0));
	assert_non_null(busy_of(busy, n, BUSY_REST));
	assert_true(busy_of(busy, n, BUSY_REST)->doubt);
	assert_true(busy_of(busy, n, BUSY_REST)->from == found->to);
	found = busy_of(busy, n, BUSY_LEAVE);
	assert_non_null(found);
	assert_true(found->from == AT(3, 0, 0));
	found = busy_of(busy, n, BUSY_MEETING);
	assert_non_null(found);
	assert_string_equal(found->words, "the week");
	/* of that meeting itself nothing stands in its way; nor for another of that name elsewhere */
	OK(client_busy(centre->client, "zhongxin", "李敏", NOW, NOW + 5 * DAY_MS, &drawn.meeting,
		       &world->arena, &busy, &n, NULL));
	assert_null(busy_of(busy, n, BUSY_MEETING));
	OK(client_busy(centre->client, "shuiwu", "李敏", NOW, NOW + 5 * DAY_MS, NULL, &world->arena, &busy,
		       &n, NULL));
	assert_int_equal(n, 0);
	/* the department as a whole: its other meetings alone */
	OK(client_busy(centre->client, "shuiwu", NULL, NOW, NOW + 5 * DAY_MS, NULL, &world->arena, &busy,
		       &n, NULL));
	assert_int_equal(n, 1);
	assert_true(busy[0].from == AT(2, 14, 30));
}

static void windows_are_working_hours(void **state)
{
	struct world *world = *state;
	struct busy *windows;
	size_t n = 0;

	settle_all(world);
	/* from Friday to Monday, with a weekend between */
	OK(client_windows(world->all[CENTRE].client, AT(4, 0, 0), AT(8, 0, 0), &world->arena, &windows, &n,
			  NULL));
	assert_true(n >= 2);
	for (size_t i = 0; i < n; i++) {
		assert_true(windows[i].from < windows[i].to);
		assert_true(i == 0 || windows[i].from >= windows[i - 1].to);
		assert_true(windows[i].to <= AT(5, 0, 0) || windows[i].from >= AT(7, 0, 0));
	}
	/* what is past is none */
	OK(client_windows(world->all[CENTRE].client, NOW - DAY_MS, AT(0, 18, 0), &world->arena, &windows,
			  &n, NULL));
	assert_true(n >= 1);
	assert_true(windows[0].from >= NOW);
}

/* ---- what runs out ---- */

static size_t due(struct world *world, unsigned who, enum deadline_sort sort)
{
	struct client_deadline_filter filter = { .sorts = 1u << sort };
	struct client_deadlines page;

	OK(client_deadlines_page(world->all[who].client, &filter, NULL, 50, &world->arena, &page, NULL));
	return page.n;
}

static void what_runs_out_is_on_the_list(void **state)
{
	struct world *world = *state;
	struct drawn drawn = draw(world);
	struct uuid action;
	size_t invited;

	must(&world->all[CENTRE], KIND_MEETING, "invite", &drawn.meeting, NULL);
	invited = due(world, CENTRE, DEADLINE_MEETING); /* of what only waits as well */
	assert_true(invited >= 2);
	settle_all(world);
	assert_int_equal(due(world, CENTRE, DEADLINE_MEETING), invited);
	sit(world, &drawn, &action);
	settle_all(world);
	assert_int_equal(due(world, CENTRE, DEADLINE_MEETING), 1); /* the minutes */
	assert_int_equal(due(world, WATER, DEADLINE_TASK), 2);	   /* to be signed, to be handled */
	must(&world->all[WATER], KIND_ACTION, "sign", &action, NULL);
	assert_int_equal(due(world, WATER, DEADLINE_TASK), 1);
	settle_all(world);
	assert_int_equal(due(world, WATER, DEADLINE_TASK), 1);
}

/* What an act carried is told by names, not by ids. */
static void a_timeline_names_what_was_meant(void **state)
{
	struct world *world = *state;
	struct drawn drawn = draw(world);
	struct client_timeline timeline;
	const char *text = "";
	char id[UUID_TEXT];

	settle_all(world);
	must(&world->all[CENTRE], KIND_MEETING, "invite", &drawn.meeting, NULL);
	must(&world->all[CENTRE], KIND_MEETING, "chase", &drawn.meeting, "attendee=shuiwu");
	OK(client_timeline(world->all[CENTRE].client, &drawn.meeting, &world->arena, &timeline, NULL));
	for (size_t i = 0; i < timeline.n; i++)
		if (timeline.lines[i].act == act_desc_of(KIND_MEETING, "chase"))
			text = timeline.lines[i].text;
	assert_non_null(strstr(text, rules_org(client_rules(world->all[CENTRE].client), "shuiwu")->brief));
	OK(client_timeline(world->all[CENTRE].client, &drawn.items[0], &world->arena, &timeline, NULL));
	uuid_text(&drawn.meeting, id);
	for (size_t i = 0; i < timeline.n; i++)
		assert_null(strstr(timeline.lines[i].text, id));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_follows_is_shown_at_once, world_make, world_free),
		cmocka_unit_test_setup_teardown(each_is_found_by_its_names, world_make, world_free),
		cmocka_unit_test_setup_teardown(attendees_are_named, world_make, world_free),
		cmocka_unit_test_setup_teardown(a_case_is_brought_once, world_make, world_free),
		cmocka_unit_test_setup_teardown(a_room_is_taken_once, world_make, world_free),
		cmocka_unit_test_setup_teardown(a_sitting_with_the_line_cut, world_make, world_free),
		cmocka_unit_test_setup_teardown(the_second_who_writes_hears_of_the_first, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(what_keeps_somebody_away, world_make, world_free),
		cmocka_unit_test_setup_teardown(windows_are_working_hours, world_make, world_free),
		cmocka_unit_test_setup_teardown(what_runs_out_is_on_the_list, world_make, world_free),
		cmocka_unit_test_setup_teardown(a_timeline_names_what_was_meant, world_make, world_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
