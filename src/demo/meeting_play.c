/* Meetings from being drawn up to the answers: those of the past weeks, the one that is called, the
 * one that is being prepared, one that was cancelled; and rooms. */
#include <config.h>

#include "meeting_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { PAST = 4, ITEMS_EACH = 3 };

const struct meeting *sitting_meeting(const struct affairs *a, const struct sitting *s)
{
	return book_find(&a->book, KIND_MEETING, &s->id);
}

/* Rooms in turn, as far as they hold a meeting. */
static const char *room_of(const struct affairs *a, size_t nth)
{
	enum { SEATS = 16 };
	const struct meeting_rules *meetings = &a->book.demo->rules->meetings;
	const char *fits[8];
	size_t n = 0;

	for (size_t i = 0; i < meetings->n_rooms && n < ARRAY_LEN(fits); i++)
		if (!meetings->rooms[i].is_line && meetings->rooms[i].seats >= SEATS)
			fits[n++] = meetings->rooms[i].name;
	if (n == 0) /* words, that are booked nowhere */
		return "\xE4\xBC\x9A\xE8\xAE\xAE\xE5\xAE\xA4";
	return fits[nth % n];
}

/* --- drawing up and calling ---------------------------------------------------------------------
 */

/* The how-many-th of the year: of weekly ones as the weeks go, of monthly ones the month. */
static int64_t session_of(const struct affairs *a, const struct sitting *s)
{
	struct civil civil;

	civil_of_ms(s->starts, a->book.demo->rules->offset_min, &civil);
	return str_starts(s->series->when, "monthly") ? civil.month : 36 + (int64_t)s->nth;
}

static bool convene(struct affairs *a, struct sitting *s, int64_t at)
{
	const char *centre = a->book.demo->rules->centre;
	struct act act;

	s->id = uuid_v7(&a->book.demo->env);
	act = affair_act(a, KIND_MEETING, "convene", &s->id, centre, at);
	book_text(&a->book, &act, "series", s->series->code);
	if (s->series->when == NULL)
		book_text(&a->book, &act, "title", affair_pick(a, DEMO_SPECIALS));
	book_num(&a->book, &act, "starts", s->starts);
	book_text(&a->book, &act, "room", room_of(a, s->nth));
	if (s->series->when != NULL)
		book_num(&a->book, &act, "session", session_of(a, s));
	for (size_t i = 0; i < s->n_items; i++)
		book_text(&a->book, &act, "entry",
			  arena_printf(a->book.arena, "%s %zu %d",
				       book_id(&a->book, &s->items[i].id), i + 1,
				       s->series->item_min));
	if (!book_done(&a->book, &act))
		return false;
	s->ends = sitting_meeting(a, s)->ends;
	return true;
}

static void call_papers(struct affairs *a, const struct sitting *s, int64_t at)
{
	int64_t until = affair_by_day(a, s->starts - 22 * HOUR_MS);
	struct act act =
	    affair_act(a, KIND_MEETING, "collect", &s->id, a->book.demo->rules->centre, at);

	if (until <= at || until > s->starts)
		until = at + (s->starts - at) / 2;
	book_num(&a->book, &act, "until", until);
	book_text(&a->book, &act, "words", affair_pick(a, DEMO_MEET_NOTES));
	(void)book_done(&a->book, &act);
	for (size_t i = 0; i < s->n_items; i++)
		item_papers(a, &s->items[i], at);
}

static bool invite(struct affairs *a, const struct sitting *s, int64_t at)
{
	struct act act =
	    affair_act(a, KIND_MEETING, "invite", &s->id, a->book.demo->rules->centre, at);

	book_text(&a->book, &act, "note", affair_pick(a, DEMO_MEET_NOTES));
	return book_done(&a->book, &act);
}

/* --- answers ---------------------------------------------------------------------------------- */

static struct act share_act(struct affairs *a, const struct sitting *s, const char *verb,
			    const struct attendee *attendee, const char *org, int64_t at)
{
	struct act act = affair_act(a, KIND_MEETING, verb, &s->id, org, at);

	if (act_arg_field(act.desc, "attendee") != NULL)
		book_text(&a->book, &act, "attendee", book_id(&a->book, &attendee->id));
	else
		book_text(&a->book, &act, "share", attendee->org);
	return act;
}

void sitting_answer(struct affairs *a, const struct sitting *s, const struct attendee *attendee,
		    size_t course, int64_t at)
{
	static const char *const answers[] = {"accepted", "accepted", "leave", "accepted",
					      "delegated"};
	const char *answer =
	    attendee->name != NULL ? "accepted" : answers[course % ARRAY_LEN(answers)];
	struct act act = share_act(a, s, "answer", attendee, attendee->org, at);

	book_text(&a->book, &act, "answer", answer);
	if (str_eq(answer, "leave"))
		book_text(&a->book, &act, "reason", affair_pick(a, DEMO_LEAVES));
	if (str_eq(answer, "delegated")) {
		book_text(&a->book, &act, "comer", demo_name(a->book.demo, a->book.arena));
		book_text(&a->book, &act, "comer_post", affair_pick(a, DEMO_POSTS));
	}
	(void)affair_try(a, &act);
}

/* A copy of who attends: acts move the children. */
static struct attendee *attendees_of(const struct affairs *a, const struct sitting *s,
				     size_t *ret_n)
{
	const struct meeting *meeting = sitting_meeting(a, s);
	struct attendee *list = arena_array(a->book.arena, meeting->attendees.n + 1, sizeof *list);

	for (size_t i = 0; i < meeting->attendees.n; i++)
		list[i] = *meeting_attendee(meeting, i);
	*ret_n = meeting->attendees.n;
	return list;
}

/* Leave is granted, and one time in three refused: then somebody comes. */
static void decide_leave(struct affairs *a, const struct sitting *s,
			 const struct attendee *attendee, size_t course, int64_t at)
{
	bool insists = course % 3 == 0;
	struct act act = share_act(a, s, insists ? "insist" : "grant", attendee,
				   a->book.demo->rules->centre, at);

	if (insists)
		book_text(&a->book, &act, "reason", affair_pick(a, DEMO_INSISTS));
	if (affair_try(a, &act) && insists)
		sitting_answer(a, s, attendee, 4, at + affair_minutes(a, 60, 200));
}

/* All answered in good time, but one whom nobody reached. */
static void answers(struct affairs *a, const struct sitting *s, int64_t at)
{
	size_t n;
	const struct attendee *list = attendees_of(a, s, &n);

	for (size_t i = 0; i < n; i++) {
		int64_t then = affair_by_day(a, at + affair_minutes(a, 20, 500));
		const struct attendee *now;

		if (attendee_role(&list[i]) == ATTEND_SECRETARY || then + 6 * HOUR_MS > s->starts)
			continue;
		sitting_answer(a, s, &list[i], i + s->nth, then);
		now = meeting_attendee_find(sitting_meeting(a, s), &list[i].id);
		if (now != NULL && attendee_answer(now) == ANSWER_LEAVE && now->leave_at == 0)
			decide_leave(a, s, &list[i], i + s->nth, then + affair_minutes(a, 20, 120));
	}
}

/* Of the one that is called some have answered, some have seen it, some are chased. */
static void some_answers(struct affairs *a, const struct sitting *s, int64_t at)
{
	size_t n;
	const struct attendee *list = attendees_of(a, s, &n);

	for (size_t i = 0; i < n; i++) {
		int64_t then = at + affair_minutes(a, 5, 20) * (int64_t)(i + 1);
		struct act act;

		if (attendee_role(&list[i]) == ATTEND_SECRETARY || then >= a->now)
			continue;
		if (i % 4 != 3) {
			sitting_answer(a, s, &list[i], i + 1, then);
			continue;
		}
		act = share_act(a, s, i % 8 == 3 ? "see" : "chase", &list[i],
				i % 8 == 3 ? list[i].org : a->book.demo->rules->centre, then);
		if (i % 8 != 3)
			book_text(&a->book, &act, "note", affair_pick(a, DEMO_MEET_CHASES));
		(void)affair_try(a, &act);
	}
}

/* --- those of the past --------------------------------------------------------------------------
 */

static void take_item(struct sitting *s, const struct item_plan *item)
{
	if (s->n_items < AGENDA_MOST)
		s->items[s->n_items++] = *item;
}

/* Brought and approved. */
static void take_cases(struct affairs *a, struct sitting *s, size_t first, size_t n, int64_t at)
{
	for (size_t i = first; i < first + n && i < a->n_hard; i++) {
		struct item_plan item = {.about = &a->hard[i]};

		if (item_brought(a, &item, affair_by_day(a, at + affair_minutes(a, 5, 180)), true))
			take_item(s, &item);
	}
}

/* Behind the one before, of which an item may be left. */
static void one_of_past(struct affairs *a, struct sitting *s, size_t first, bool last,
			int64_t before)
{
	int64_t at = affair_day_before(a, s->starts, 4, 10 * 60);

	if (at <= before)
		at = before + HOUR_MS;
	take_cases(a, s, first, ITEMS_EACH, affair_day_before(a, s->starts, 5, 9 * 60));
	if (s->n_items == 0)
		return;
	s->items[s->n_items - 1].deferred = !last && s->nth % 2 == 0;
	if (!convene(a, s, at))
		return;
	call_papers(a, s, at + 90 * (int64_t)MINUTE_MS);
	if (!invite(a, s, affair_day_before(a, s->starts, 3, 9 * 60 + 30)))
		return;
	answers(a, s, affair_day_before(a, s->starts, 3, 10 * 60));
	sitting_held(a, s);
	sit_minutes(a, s, !last);
	for (size_t i = 0; !last && i < s->n_items; i++)
		if (!s->items[i].deferred)
			hard_settled(a, s->items[i].about, s->ends + 2 * HOUR_MS);
}

void meetings_past(struct affairs *a, const struct meeting_series *series)
{
	struct item_plan over = {.about = NULL};
	int64_t before = 0;

	for (size_t i = 0; i < PAST; i++) {
		struct sitting s = {
		    .series = series, .nth = i, .starts = series_time(a, series, -(int)(PAST - i))};

		if (over.about != NULL)
			take_item(&s, &over);
		over.about = NULL;
		one_of_past(a, &s, i * ITEMS_EACH, i + 1 == PAST, before);
		before = s.ends;
		for (size_t k = 0; k < s.n_items; k++)
			if (s.items[k].deferred) {
				over = s.items[k];
				over.deferred = false;
			}
	}
}

/* --- those to come ------------------------------------------------------------------------------
 */

static void called(struct affairs *a, const struct meeting_series *series)
{
	struct sitting s = {.series = series, .nth = PAST, .starts = series_time(a, series, 1)};

	take_cases(a, &s, HARD_OF_PAST, 4, affair_day_before(a, a->now, 4, 9 * 60));
	if (s.n_items == 0 || !convene(a, &s, affair_day_before(a, a->now, 3, 9 * 60 + 30)))
		return;
	call_papers(a, &s, affair_day_before(a, a->now, 3, 11 * 60));
	if (invite(a, &s, affair_day_before(a, a->now, 2, 10 * 60)))
		some_answers(a, &s, affair_day_before(a, a->now, 2, 10 * 60 + 20));
}

/* The next one of another series, else of this one: an agenda, and nobody is invited yet. */
static void drawn(struct affairs *a, const struct meeting_series *series)
{
	const struct rules *rules = a->book.demo->rules;
	const struct meeting_series *other = rules_series_of(rules, rules->centre, 1);
	bool same = other == NULL || other->when == NULL;
	struct sitting s = {.series = same ? series : other, .nth = PAST + 1};
	struct item_plan waits = {.about = NULL};

	s.starts = series_time(a, s.series, same ? 2 : 1);
	take_cases(a, &s, HARD_OF_PAST + 4, 2, affair_day_before(a, a->now, 2, 9 * 60));
	(void)convene(a, &s, affair_day_before(a, a->now, 1, 14 * 60 + 30));
	if (HARD_OF_PAST + 6 < a->n_hard) {
		waits.about = &a->hard[HARD_OF_PAST + 6];
		(void)item_brought(a, &waits, affair_day_before(a, a->now, 1, 16 * 60), false);
	}
}

/* A single one that did not take place. */
static void cancelled(struct affairs *a)
{
	const struct rules *rules = a->book.demo->rules;
	struct sitting s = {.nth = PAST + 2};
	struct act act;

	for (size_t i = 0; rules_series_of(rules, rules->centre, i) != NULL; i++)
		if (rules_series_of(rules, rules->centre, i)->when == NULL)
			s.series = rules_series_of(rules, rules->centre, i);
	s.starts = affair_day_before(a, a->now, 6, 10 * 60);
	if (s.series == NULL || !convene(a, &s, affair_day_before(a, a->now, 8, 15 * 60)))
		return;
	act = affair_act(a, KIND_MEETING, "cancel", &s.id, rules->centre,
			 affair_day_before(a, a->now, 7, 17 * 60));
	book_text(&a->book, &act, "reason", affair_pick(a, DEMO_CANCELS));
	(void)book_done(&a->book, &act);
}

/* Rooms are also booked without a meeting. */
static void bookings(struct affairs *a)
{
	const struct rules *rules = a->book.demo->rules;

	for (size_t i = 0; i < 4; i++) {
		const char *name = room_of(a, i + 1);
		struct uuid id = room_id(rules->centre, name);
		int64_t day = affair_by_day(a, a->now + (int64_t)(i + 1) * DAY_MS);
		int64_t from = affair_day_at(a, civil_day_of_ms(day, rules->offset_min),
					     i % 2 ? 15 * 60 : 9 * 60);
		struct act act = affair_act(a, KIND_ROOM, "book", &id, rules->centre,
					    a->now - (40 - 3 * (int64_t)i) * HOUR_MS);

		book_text(&a->book, &act, "org", rules->centre);
		book_text(&a->book, &act, "room_name", name);
		book_num(&a->book, &act, "from_at", from);
		book_num(&a->book, &act, "to_at", from + 2 * HOUR_MS);
		book_text(&a->book, &act, "booked_for", affair_pick(a, DEMO_SPECIALS));
		(void)affair_try(a, &act);
	}
}

void meetings_next(struct affairs *a, const struct meeting_series *series)
{
	cancelled(a);
	called(a, series);
	drawn(a, series);
	bookings(a);
}
