/* Rooms: booked by hand and by meetings; what overlaps is refused, with who has it. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "meetings.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

#define ROOM "研判室"
#define BOOK "room_name=" ROOM "\nbooked_for=碰头\nfrom_at=2026-11-25 "

static const struct room *room(struct meetings *m, const char *name)
{
	return meetings_entity(m, KIND_ROOM, name);
}

/* "11-25 14:30-16:30 联席工作例会;…" */
static const char *booked(struct meetings *m, const char *name)
{
	const struct room *there = room(m, name);
	struct str out = STR_INIT;
	const char *ret;

	for (size_t i = 0; there != NULL && i < there->bookings.n; i++) {
		const struct booking *booking = room_booking(there, i);
		char from[CIVIL_TEXT], to[CIVIL_TEXT];

		civil_format(booking->from_at, CIVIL_CHINA, "m-d H:M", from, sizeof from);
		civil_format(booking->to_at, CIVIL_CHINA, "H:M", to, sizeof to);
		str_addf(&out, "%s-%s %s;", from, to, booking->title);
	}
	ret = arena_strdup(&m->fx.arena, str_get(&out));
	str_release(&out);
	return ret;
}

/* ---- by hand ---- */

static void what_overlaps_is_refused(void **unused)
{
	static const struct {
		const char *args;
		enum err code;
		const char *words;
	} cases[] = {
		{ BOOK "09:00\nto_at=2026-11-25 10:00", ERR_OK, NULL },
		{ BOOK "10:00\nto_at=2026-11-25 11:00", ERR_OK, NULL }, /* end to end */
		{ BOOK "08:00\nto_at=2026-11-25 09:00", ERR_OK, NULL },
		{ BOOK "09:30\nto_at=2026-11-25 09:45", ERR_REFUSED,
		  ROOM " is taken from 11-25 09:00 to 11-25 10:00: 碰头 (李敏)" },
		{ BOOK "08:30\nto_at=2026-11-25 09:01", ERR_REFUSED, "is taken from 11-25 09:00" },
		{ BOOK "10:59\nto_at=2026-11-25 12:00", ERR_REFUSED, "is taken from 11-25 10:00" },
		{ BOOK "07:00\nto_at=2026-11-25 12:00", ERR_REFUSED, "is taken from 11-25" },
		{ BOOK "11:00\nto_at=2026-11-25 11:00", ERR_INPUT, "not behind the beginning" },
		{ "room_name=" ROOM "\nbooked_for=x\nfrom_at=2026-11-22 09:00\nto_at=2026-11-22 10:00",
		  ERR_INPUT, "over already" },
		{ "room_name=厨房\nbooked_for=x\nfrom_at=2026-11-25 11:00\nto_at=2026-11-25 12:00",
		  ERR_INPUT, "厨房 is no room of this profile" },
		{ "room_name=一号会议室\nbooked_for=x\nfrom_at=2026-11-25 11:00\n"
		  "to_at=2026-11-25 12:00",
		  ERR_INPUT, "this is another room" },
		{ BOOK "11:00\nto_at=2026-11-25 12:00\nmeeting_id=&m", ERR_INPUT,
		  "arranged in the meeting" },
		{ BOOK "11:00\nto_at=2026-11-25 12:00\norg=none", ERR_INPUT, "no organisation" },
	};
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (cases[i].code == ERR_OK)
			meetings_must(&m, KIND_ROOM, "book", "duty", ROOM, cases[i].args);
		else
			meetings_refuse(&m, KIND_ROOM, "book", "duty", ROOM, cases[i].args,
					cases[i].code, cases[i].words);
	assert_int_equal(room(&m, ROOM)->bookings.n, 3);
	assert_int_equal(room(&m, ROOM)->booked_until, fixture_time("2026-11-25 11:00"));
	assert_string_equal(room(&m, ROOM)->org, "zx");
	meetings_release(&m);
}

static void whose_room_it_is(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_refuse(&m, KIND_ROOM, "book", "water", ROOM, BOOK "09:00\nto_at=2026-11-25 10:00\norg=zx",
			ERR_DENIED, "only 联动指挥中心 may do this");
	meetings_refuse(&m, KIND_ROOM, "book", "auditor", ROOM, BOOK "09:00\nto_at=2026-11-25 10:00",
			ERR_DENIED, "");
	/* a room of that name in the street is another room; its own and the centre book it */
	meetings_must(&m, KIND_ROOM, "book", "duty", ROOM, BOOK "09:00\nto_at=2026-11-25 10:00");
	meetings_must(&m, KIND_ROOM, "book", "street", "ll " ROOM, BOOK "09:00\nto_at=2026-11-25 10:00");
	meetings_refuse(&m, KIND_ROOM, "book", "green", "ll " ROOM,
			BOOK "11:00\nto_at=2026-11-25 12:00\norg=ll", ERR_DENIED, "only 兰陵街道");
	meetings_must(&m, KIND_ROOM, "book", "duty", "ll " ROOM,
		      BOOK "11:00\nto_at=2026-11-25 12:00\norg=ll");
	meetings_release(&m);
}

static void freed_by_hand(void **unused)
{
	struct meetings m;
	char id[UUID_TEXT];
	const char *args;

	(void)unused;
	meetings_init(&m);
	meetings_refuse(&m, KIND_ROOM, "free", "duty", ROOM, "reason=x", ERR_NOT_FOUND,
			"nothing is booked there");
	meetings_must(&m, KIND_ROOM, "book", "duty", ROOM, BOOK "09:00\nto_at=2026-11-25 10:00");
	uuid_text(&room_booking(room(&m, ROOM), 0)->id, id);
	args = arena_printf(&m.fx.arena, "booking=%s", id);
	meetings_refuse(&m, KIND_ROOM, "free", "water", ROOM, args, ERR_DENIED, "only");
	meetings_refuse(&m, KIND_ROOM, "free", "duty", ROOM, "", ERR_INPUT, "no such booking");
	meetings_refuse(&m, KIND_ROOM, "free", "duty", ROOM, "booking=x", ERR_INPUT,
			"no such booking");
	meetings_must(&m, KIND_ROOM, "free", "duty", ROOM, args);
	assert_int_equal(room(&m, ROOM)->bookings.n, 0);
	assert_int_equal(room(&m, ROOM)->booked_until, 0);
	meetings_must(&m, KIND_ROOM, "free", "other", ROOM, args); /* it is free already */
	assert_int_equal(m.decision.n_effects, 0);
	meetings_release(&m);
}

/* ---- by meetings ---- */

static void a_meeting_has_its_room(void **unused)
{
	static const struct {
		const char *verb, *args, *there, *other, *line;
	} cases[] = {
		{ "arrange", "starts=2026-11-25 15:00", "11-25 15:00-17:00 联席工作例会;", "", "" },
		{ "arrange", "starts=2026-11-25 15:30\nends=2026-11-25 17:00",
		  "11-25 15:30-17:00 联席工作例会;", "", "" },
		{ "arrange", "starts=2026-11-25 15:00\nends=2026-11-25 17:00",
		  "11-25 15:00-17:00 联席工作例会;", "", "" },
		{ "arrange", "title=例会", "11-25 15:00-17:00 例会;", "", "" },
		{ "arrange", "room=一号会议室", "", "11-25 15:00-17:00 例会;", "" },
		{ "arrange", "line=会议专线", "", "11-25 15:00-17:00 例会;", "11-25 15:00-17:00 例会;" },
		{ "arrange", "room=食堂", "", "", "11-25 15:00-17:00 例会;" }, /* only told */
		{ "arrange", "room=" ROOM "\nline=13813800000", "11-25 15:00-17:00 例会;", "", "" },
		{ "cancel", "reason=x", "", "", "" },
	};
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	assert_string_equal(booked(&m, ROOM), "11-25 14:30-16:30 联席工作例会;");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		meetings_must(&m, KIND_MEETING, cases[i].verb, "duty", "m", cases[i].args);
		assert_string_equal(booked(&m, ROOM), cases[i].there);
		assert_string_equal(booked(&m, "一号会议室"), cases[i].other);
		assert_string_equal(booked(&m, "会议专线"), cases[i].line);
	}
	meetings_release(&m);
}

static void a_room_that_is_taken_refuses_the_meeting(void **unused)
{
	struct meetings m;
	char id[UUID_TEXT];

	(void)unused;
	meetings_init(&m);
	meetings_to(&m, "drawn");
	meetings_refuse(&m, KIND_MEETING, "convene", "duty", "n",
			"series=double\nstarts=2026-11-25 16:00\nroom=" ROOM, ERR_REFUSED,
			ROOM " is taken from 11-25 14:30 to 11-25 16:30: 联席工作例会 (李敏)");
	assert_null(meetings_entity(&m, KIND_MEETING, "n"));
	meetings_must(&m, KIND_MEETING, "convene", "duty", "n",
		      "series=double\nstarts=2026-11-25 16:30\nroom=" ROOM);
	meetings_refuse(&m, KIND_MEETING, "arrange", "duty", "m", "ends=2026-11-25 17:00",
			ERR_REFUSED, "is taken from 11-25 16:30");
	assert_int_equal(meetings_meeting(&m)->ends, fixture_time("2026-11-25 16:30"));
	uuid_text(&room_booking(room(&m, ROOM), 0)->id, id);
	meetings_refuse(&m, KIND_ROOM, "free", "duty", ROOM,
			arena_printf(&m.fx.arena, "booking=%s", id), ERR_REFUSED,
			"arranged in the meeting");
	meetings_refuse(&m, KIND_ROOM, "free", "duty", ROOM, "meeting_id=&m", ERR_INPUT,
			"no such booking");
	meetings_release(&m);
}

/* Bookings of long ago are forgotten with the next. */
static void what_is_long_past_goes(void **unused)
{
	struct meetings m;

	(void)unused;
	meetings_init(&m);
	meetings_must(&m, KIND_ROOM, "book", "duty", ROOM, BOOK "09:00\nto_at=2026-11-25 10:00");
	m.fx.now = fixture_time("2027-11-25 09:00");
	meetings_must(&m, KIND_ROOM, "book", "duty", ROOM,
		      "room_name=" ROOM "\nbooked_for=x\nfrom_at=2027-12-01 09:00\nto_at=2027-12-01 10:00");
	assert_int_equal(room(&m, ROOM)->bookings.n, 2);
	m.fx.now = fixture_time("2028-01-05 09:00");
	meetings_must(&m, KIND_ROOM, "book", "duty", ROOM,
		      "room_name=" ROOM "\nbooked_for=x\nfrom_at=2028-12-01 09:00\nto_at=2028-12-01 10:00");
	assert_int_equal(room(&m, ROOM)->bookings.n, 2);
	meetings_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_overlaps_is_refused),
		cmocka_unit_test(whose_room_it_is),
		cmocka_unit_test(freed_by_hand),
		cmocka_unit_test(a_meeting_has_its_room),
		cmocka_unit_test(a_room_that_is_taken_refuses_the_meeting),
		cmocka_unit_test(what_is_long_past_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
