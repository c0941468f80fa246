/* Meetings and duties in one calendar. */
#include <config.h>

#include "zhiban/model/meeting_calendar.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/roster_words.h"

struct known { /* what keeps somebody away in all the time, read once */
	const char *org, *name;
	const struct busy *busy;
	size_t n;
};
struct making {
	struct client *client;
	const struct rules *rules;
	struct arena *arena;
	int64_t from, to;
	const char *org, *name;
	struct client_meeting *meetings;
	size_t n_meetings;
	struct known *known;
	size_t n_known, cap_known;
	struct calendar_entry *entries;
	size_t n, cap;
};

static const char *filled(const char *text)
{
	return text != NULL && *text != '\0' ? text : NULL;
}

const char *calendar_hour(const struct rules *rules, int64_t at, struct arena *arena)
{
	char text[CIVIL_TEXT];

	civil_format(at, rules->offset_min, "H:M", text, sizeof text);
	return arena_strdup(arena, text);
}

static int64_t ends_of(const struct meeting *meeting)
{
	return meeting->ends > meeting->starts ? meeting->ends : meeting->starts + HOUR_MS;
}

/* Whoever it is that comes: himself, or whom he sends. */
static const char *comes(const struct attendee *attendee)
{
	switch (attendee_answer(attendee)) {
	case ANSWER_LEAVE:
		return attendee->leave_ok ? NULL : filled(attendee->name);
	case ANSWER_DELEGATED:
		return filled(attendee->delegate);
	case ANSWER_ACCEPTED:
	case ANSWERS:
		break;
	}
	return filled(attendee->name);
}

const struct attendee *meeting_seat_of(const struct meeting *meeting, const char *org,
				       const char *name)
{
	for (size_t i = 0; name != NULL && i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (str_eq(attendee->org, org) && str_eq(comes(attendee), name))
			return attendee;
	}
	return NULL;
}

static bool is_mine(const struct making *making, const struct meeting *meeting)
{
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (!str_eq(attendee->org, making->org))
			continue;
		if (making->name == NULL || filled(attendee->name) == NULL ||
		    str_eq(comes(attendee), making->name))
			return true;
	}
	return false;
}

/* ---- what keeps people away ---- */

static enum err know(struct making *making, const char *org, const char *name,
		     const struct known **ret_known, struct error *err)
{
	struct known known = {.org = org, .name = name};
	struct busy *busy;
	enum err code;

	for (size_t i = 0; i < making->n_known; i++)
		if (str_eq(making->known[i].org, org) && str_eq(making->known[i].name, name)) {
			*ret_known = &making->known[i];
			return ERR_OK;
		}
	code = client_busy(making->client, org, name, making->from, making->to, NULL, making->arena,
			   &busy, &known.n, err);
	if (code != ERR_OK)
		return code;
	known.busy = busy;
	MEM_GROW(making->known, making->n_known, making->cap_known);
	making->known[making->n_known] = known;
	*ret_known = &making->known[making->n_known++];
	return ERR_OK;
}

static bool stands(const struct busy *busy, int64_t from, int64_t to)
{
	return (busy->sort == BUSY_DUTY || busy->sort == BUSY_LEAVE) && !busy->doubt &&
	       busy->from < to && busy->to > from;
}

/* ---- meetings ---- */

static void say(struct str *words, const char *who, const char *what)
{
	str_addf(words, "%s%s (%s)", words->len > 0 ? _(", ") : "", who, what);
}

/* Another meeting at the time in which he must sit too. */
static const struct meeting *other_of(const struct making *making, const struct meeting *meeting,
				      const char *org, const char *name)
{
	for (size_t i = 0; i < making->n_meetings; i++) {
		const struct meeting *other = making->meetings[i].meeting;
		const struct attendee *seat = meeting_seat_of(other, org, name);

		if (other != meeting && seat != NULL && attendee_role(seat) != ATTEND_MAY &&
		    other->starts < ends_of(meeting) && ends_of(other) > meeting->starts)
			return other;
	}
	return NULL;
}

static enum err weigh(struct making *making, const struct meeting *meeting, struct str *words,
		      struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; i < meeting->attendees.n && code == ERR_OK; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		const char *name = comes(attendee);
		const struct known *known = NULL;
		const struct meeting *other;

		if (name == NULL || attendee_role(attendee) == ATTEND_MAY)
			continue;
		code = know(making, attendee->org, name, &known, err);
		for (size_t k = 0; code == ERR_OK && k < known->n; k++)
			if (stands(&known->busy[k], meeting->starts, ends_of(meeting)))
				say(words, name, known->busy[k].words);
		other = other_of(making, meeting, attendee->org, name);
		if (other != NULL)
			say(words, name, other->title);
	}
	return code;
}

static void add(struct making *making, const struct calendar_entry *entry)
{
	MEM_GROW(making->entries, making->n, making->cap);
	making->entries[making->n] = *entry;
	making->entries[making->n++].day = civil_day_of_ms(
	    entry->from > making->from ? entry->from : making->from, making->rules->offset_min);
}

static enum err add_meeting(struct making *making, const struct meeting *meeting, struct error *err)
{
	struct calendar_entry entry = {
	    .sort = CALENDAR_MEETING,
	    .from = meeting->starts,
	    .to = ends_of(meeting),
	    .title = meeting->title,
	    .place = filled(meeting->room) != NULL ? meeting->room : filled(meeting->line),
	    .meeting = meeting,
	    .mine = is_mine(making, meeting)};
	struct str words = STR_INIT;
	enum err code = ERR_OK;

	if (meeting_state(meeting) <= MEETING_SITTING) /* what was held is not to be helped */
		code = weigh(making, meeting, &words, err);
	if (words.len > 0)
		entry.clash = arena_strdup(making->arena, str_get(&words));
	str_release(&words);
	if (code == ERR_OK)
		add(making, &entry);
	return code;
}

/* ---- the duties of one ---- */

static const char *in_the_way(const struct making *making, const struct busy *busy)
{
	for (size_t i = 0; i < making->n_meetings; i++) {
		const struct meeting *meeting = making->meetings[i].meeting;

		if (stands(busy, meeting->starts, ends_of(meeting)) &&
		    meeting_state(meeting) <= MEETING_SITTING &&
		    meeting_seat_of(meeting, making->org, making->name) != NULL)
			return arena_printf(
			    making->arena, "%s %s",
			    calendar_hour(making->rules, meeting->starts, making->arena),
			    meeting->title);
	}
	return NULL;
}

static enum err add_duties(struct making *making, struct error *err)
{
	static const enum calendar_sort sorts[BUSY_SORTS] = {
	    [BUSY_DUTY] = CALENDAR_DUTY, [BUSY_REST] = CALENDAR_REST, [BUSY_LEAVE] = CALENDAR_AWAY};
	const struct known *known = NULL;
	enum err code = ERR_OK;

	if (making->name != NULL)
		code = know(making, making->org, making->name, &known, err);
	for (size_t i = 0; known != NULL && code == ERR_OK && i < known->n; i++) {
		const struct busy *busy = &known->busy[i];
		struct calendar_entry entry = {.sort = sorts[busy->sort],
					       .from = busy->from,
					       .to = busy->to,
					       .title = busy->words,
					       .clash = in_the_way(making, busy)};

		if (entry.sort != CALENDAR_MEETING)
			add(making, &entry);
	}
	return code;
}

/* ---- days ---- */

/* Meetings of a day before duties. */
static int by_day(const void *a, const void *b)
{
	const struct calendar_entry *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->sort != y->sort)
		return (int)x->sort - (int)y->sort;
	return x->from < y->from ? -1 : x->from > y->from;
}

static void put_days(struct making *making, int32_t from, int32_t to,
		     struct meeting_calendar *calendar)
{
	const struct rules *rules = making->rules;
	int32_t today = civil_day_of_ms(client_now(making->client), rules->offset_min);
	size_t at = 0;

	calendar->n_days = (size_t)(to - from);
	calendar->days = arena_array(making->arena, calendar->n_days + 1, sizeof *calendar->days);
	for (int32_t day = from; day < to; day++) {
		struct calendar_slot *slot = &calendar->days[day - from];
		const struct calendar_day *named =
		    rules->calendar != NULL ? calendar_exception(rules->calendar, day) : NULL;

		*slot = (struct calendar_slot){
		    .day = day,
		    .off = rules->calendar != NULL && !calendar_is_workday(rules->calendar, day),
		    .makeup = named != NULL && named->work,
		    .festival = named != NULL && !named->work ? named->name : NULL,
		    .today = day == today,
		    .first = at,
		};
		for (; at < making->n && making->entries[at].day <= day; at++) {
			slot->n++;
			slot->clashes += making->entries[at].clash != NULL;
		}
		calendar->clashes += slot->clashes;
	}
}

static void finish(struct making *making, int32_t from, int32_t to,
		   struct meeting_calendar *ret_calendar)
{
	struct meeting_calendar calendar = {.org = making->org, .name = making->name};

	if (making->n > 0)
		qsort(making->entries, making->n, sizeof *making->entries, by_day);
	put_days(making, from, to, &calendar);
	calendar.entries = arena_array(making->arena, making->n + 1, sizeof *calendar.entries);
	if (making->n > 0)
		memcpy(calendar.entries, making->entries, making->n * sizeof *making->entries);
	calendar.n_entries = making->n;
	for (size_t i = 0; i < making->n; i++)
		calendar.meetings += making->entries[i].sort == CALENDAR_MEETING;
	*ret_calendar = calendar;
}

enum err meeting_calendar_of(struct client *client, const char *org, const char *name, int32_t from,
			     int32_t to, struct arena *arena, struct meeting_calendar *ret_calendar,
			     struct error *err)
{
	const struct rules *rules = client_rules(client);
	struct making making = {.client = client,
				.rules = rules,
				.arena = arena,
				.org = org,
				.name = filled(name),
				.from = civil_ms_of_day(from, rules->offset_min),
				.to = civil_ms_of_day(to, rules->offset_min)};
	enum err code = client_meetings_between(client, making.from, making.to, arena,
						&making.meetings, &making.n_meetings, err);

	for (size_t i = 0; i < making.n_meetings && code == ERR_OK; i++)
		code = add_meeting(&making, making.meetings[i].meeting, err);
	if (code == ERR_OK)
		code = add_duties(&making, err);
	if (code == ERR_OK)
		finish(&making, from, to, ret_calendar);
	free(making.known);
	free(making.entries);
	return code;
}

/* ---- in the roster ---- */

static void mark(const struct rules *rules, struct grid_cell *cell, const struct meeting *meeting,
		 struct arena *arena)
{
	const char *unit = filled(cell->turn->unit) != NULL ? cell->turn->unit : cell->roster->org;

	if (cell->turn->starts >= ends_of(meeting) || cell->turn->ends <= meeting->starts ||
	    meeting_seat_of(meeting, unit, cell->turn->name) == NULL)
		return;
	cell->marks |= GRID_MEETING;
	cell->meeting =
	    arena_printf(arena, "%s-%s %s", calendar_hour(rules, meeting->starts, arena),
			 calendar_hour(rules, ends_of(meeting), arena), meeting->title);
}

void roster_grid_meetings(const struct rules *rules, struct roster_grid *grid,
			  const struct client_meeting *meetings, size_t n, struct arena *arena)
{
	for (size_t i = 0; i < grid->n_rows * grid->n_days; i++)
		for (size_t m = 0; m < n && grid->cells[i].turn != NULL; m++)
			if (meeting_state(meetings[m].meeting) <= MEETING_SITTING)
				mark(rules, &grid->cells[i], meetings[m].meeting, arena);
}
