/* Gathers what the finder of slots needs: people, rooms, working hours. */
#include <config.h>

#include "zhiban/model/slots.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/due.h"
#include "zhiban/model/meeting_order.h"
#include "zhiban/model/roster_words.h"

struct gathering {
	struct client *client;
	const struct rules *rules;
	const struct slots_ask *ask;
	struct arena *arena;
	struct slots *slots;
	const struct attendee *attendees; /* as a list of structs */
	size_t n_attendees;
	int64_t item_minutes;
};

static const char *filled(const char *text)
{
	return text != NULL && *text != '\0' ? text : NULL;
}

/* ---- the meeting, or the items that would make one ---- */

static enum err take_meeting(struct gathering *g, struct error *err)
{
	struct client_meeting found;
	struct client_item *items;
	struct slots *slots = g->slots;
	size_t n = 0;
	enum err code = client_meeting_get(g->client, g->ask->meeting, g->arena, &found, err);

	if (code == ERR_OK)
		code = client_meeting_items(g->client, found.meeting, g->arena, &items, &n, err);
	if (code != ERR_OK)
		return code;
	slots->meeting = found.meeting;
	slots->series = rules_series(g->rules, found.meeting->series);
	slots->org = found.meeting->org;
	slots->title = found.meeting->title;
	slots->n_items = found.meeting->agenda.n;
	if (meeting_state(found.meeting) > MEETING_CALLED)
		return error_set(
		    err, ERR_REFUSED, _("%s is %s: there is no time to be found for it"),
		    found.meeting->title, meeting_state_label(meeting_state(found.meeting)));
	for (size_t i = 0; i < found.meeting->agenda.n; i++) {
		const struct agenda *entry = meeting_entry(found.meeting, i);
		int64_t minutes = entry->minutes;

		for (size_t k = 0; k < n && minutes == 0; k++) {
			char id[UUID_TEXT];

			uuid_text(&items[k].item->head.id, id);
			if (str_eq(entry->item, id))
				minutes = items[k].item->minutes;
		}
		g->item_minutes += minutes;
	}
	g->attendees = (const struct attendee *)found.meeting->attendees.items;
	g->n_attendees = found.meeting->attendees.n;
	return ERR_OK;
}

static bool is_asked(const struct gathering *g, const struct item *item)
{
	for (size_t i = 0; i < g->ask->n_items; i++)
		if (uuid_eq(&g->ask->items[i], &item->head.id))
			return true;
	return g->ask->n_items == 0 && str_eq(item->org, g->slots->org) &&
	       item_state(item) == ITEM_APPROVED && filled(item->meeting) == NULL;
}

/* So that the fewest departments sit longest. */
static void put_in_order(struct gathering *g, const struct item **items, size_t n)
{
	struct order_row *rows = arena_array(g->arena, n + 1, sizeof *rows);
	size_t *order = arena_array(g->arena, n + 1, sizeof *order);
	const struct item **given = arena_dup(g->arena, items, (n + 1) * sizeof *items);
	int usual = g->slots->series->item_min;

	for (size_t i = 0; i < n; i++) {
		const char **orgs = arena_array(g->arena, given[i]->concerned.n + 1, sizeof *orgs);

		rows[i].orgs = orgs;
		rows[i].minutes = given[i]->minutes > 0 ? (int)given[i]->minutes : usual;
		if (filled(given[i]->lead) != NULL)
			orgs[rows[i].n_orgs++] = given[i]->lead;
		for (size_t k = 0; k < given[i]->concerned.n; k++)
			orgs[rows[i].n_orgs++] = item_concerned(given[i], k)->org;
	}
	meeting_order(rows, n, order, NULL, NULL);
	for (size_t i = 0; i < n; i++)
		items[i] = given[order[i]];
}

static enum err take_items(struct gathering *g, struct error *err)
{
	const struct actor *actor = client_actor(g->client);
	const char *org = actor != NULL ? actor->org : g->rules->centre;
	struct slots *slots = g->slots;
	struct attendee *attendees = NULL;
	struct client_item *all;
	const struct item **items;
	size_t n_all = 0, n = 0;
	enum err code = client_items(g->client, 0, g->arena, &all, &n_all, err);

	if (code != ERR_OK)
		return code;
	slots->series = g->ask->series != NULL ? rules_series(g->rules, g->ask->series)
					       : rules_series_of(g->rules, org, 0);
	if (slots->series == NULL)
		slots->series = rules_series_of(g->rules, g->rules->centre, 0);
	if (slots->series == NULL)
		return error_set(err, ERR_REFUSED, "%s",
				 _("this district's profile has no such meetings"));
	slots->org = rules_series_of(g->rules, org, 0) != NULL ? org : g->rules->centre;
	slots->title = slots->series->label;
	items = arena_array(g->arena, n_all + 1, sizeof *items);
	for (size_t i = 0; i < n_all; i++)
		if (is_asked(g, all[i].item))
			items[n++] = all[i].item;
	for (size_t i = 0; i < n; i++)
		g->item_minutes += items[i]->minutes;
	put_in_order(g, items, n);
	slots->items = items;
	slots->n_items = n;
	meeting_follow_items(g->rules, slots->series, slots->org, items, n, g->arena, &attendees,
			     &g->n_attendees);
	g->attendees = attendees;
	return ERR_OK;
}

/* ---- who ---- */

static bool is_out(const struct gathering *g, const struct slots_person *person)
{
	for (size_t i = 0; i < g->ask->n_without; i++)
		if (str_eq(g->ask->without[i], person->key) ||
		    str_eq(g->ask->without[i], person->org) ||
		    (person->name != NULL && str_eq(g->ask->without[i], person->name)))
			return true;
	return false;
}

static void add_person(struct gathering *g, const char *org, const char *name,
		       enum attendee_role role)
{
	struct slots_person *person = &g->slots->people[g->slots->n_people++];

	*person = (struct slots_person){
	    .org = org,
	    .name = name,
	    .label = name == NULL ? org_brief(g->rules, org)
		     : str_eq(org, g->slots->org)
			 ? name
			 : arena_printf(g->arena, "%s %s", org_brief(g->rules, org), name),
	    .key = name != NULL ? arena_printf(g->arena, "%s/%s", org, name) : org,
	    .role = role,
	    .answer = ANSWERS,
	    .must = role == ATTEND_CHAIR || role == ATTEND_MUST,
	};
	person->out = !person->must && is_out(g, person);
}

static bool is_there(const struct slots *slots, const char *name)
{
	for (size_t i = 0; i < slots->n_people; i++)
		if (str_eq(slots->people[i].name, name))
			return true;
	return false;
}

/* Attendees; and who chairs and writes, when nobody has entered them as such. */
static void take_people(struct gathering *g)
{
	struct slots *slots = g->slots;
	const struct meeting *meeting = slots->meeting;

	slots->people = arena_array(g->arena, g->n_attendees + 4, sizeof *slots->people);
	for (size_t i = 0; i < g->n_attendees; i++) {
		const struct attendee *attendee = &g->attendees[i];
		enum attendee_answer answer = attendee_answer(attendee);
		const char *name = answer == ANSWER_DELEGATED ? filled(attendee->delegate)
							      : filled(attendee->name);

		add_person(g, attendee->org, name, attendee_role(attendee));
		slots->people[i].attendee = attendee->id;
		slots->people[i].answer = answer;
		slots->people[i].excused = answer == ANSWER_LEAVE && attendee->leave_ok;
	}
	if (meeting == NULL)
		return;
	const struct {
		const char *name;
		enum attendee_role role;
	} others[] = {{filled(meeting->chair), ATTEND_CHAIR},
		      {filled(meeting->chair2), ATTEND_CHAIR},
		      {filled(meeting->secretary), ATTEND_SECRETARY}};

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (others[i].name != NULL && !is_there(slots, others[i].name))
			add_person(g, meeting->org, others[i].name, others[i].role);
}

static enum err take_busy(struct gathering *g, struct error *err)
{
	const struct uuid *except = g->slots->meeting != NULL ? &g->slots->meeting->head.id : NULL;
	enum err code = ERR_OK;

	for (size_t i = 0; i < g->slots->n_people && code == ERR_OK; i++) {
		struct slots_person *person = &g->slots->people[i];
		struct busy *busy = NULL;

		code = client_busy(g->client, person->org, person->name, g->slots->from,
				   g->slots->to, except, g->arena, &busy, &person->n_busy, err);
		person->busy = busy;
	}
	return code;
}

static void put_people(struct gathering *g)
{
	struct slots *slots = g->slots;
	struct slot_side *sides = arena_array(g->arena, slots->n_people + 1, sizeof *sides);
	size_t n = 0;

	for (size_t i = 0; i < slots->n_people; i++) {
		struct slots_person *person = &slots->people[i];

		person->at = SIZE_MAX;
		if (person->out || person->excused)
			continue;
		person->at = n;
		slots->must += person->must;
		sides[n++] = (struct slot_side){.label = person->label,
						.must = person->must,
						.weight = person->role == ATTEND_SECRETARY ? 2 : 1,
						.busy = person->busy,
						.n_busy = person->n_busy};
	}
	slots->problem.people = sides;
	slots->problem.n_people = n;
	slots->problem.quorum = slots->meeting != NULL && slots->meeting->quorum > 0
				    ? (size_t)slots->meeting->quorum
				    : series_quorum(slots->series, g->n_attendees);
}

/* ---- rooms ---- */

static enum err room_busy(struct gathering *g, struct slots_room *room, struct error *err)
{
	const struct room *booked;
	struct busy *busy;
	char own[UUID_TEXT] = "";
	enum err code =
	    client_room(g->client, g->rules->centre, room->name, g->arena, &booked, err);

	if (code != ERR_OK)
		return code;
	if (g->slots->meeting != NULL)
		uuid_text(&g->slots->meeting->head.id, own);
	busy = arena_array(g->arena, booked->bookings.n + 1, sizeof *busy);
	for (size_t i = 0; i < booked->bookings.n; i++) {
		const struct booking *booking = room_booking(booked, i);

		if (booking->to_at <= g->slots->from || booking->from_at >= g->slots->to ||
		    (*own != '\0' && str_eq(booking->meeting, own)))
			continue;
		busy[room->n_busy++] = (struct busy){.from = booking->from_at,
						     .to = booking->to_at,
						     .sort = BUSY_BOOKED,
						     .words = booking->title};
	}
	room->busy = busy;
	return ERR_OK;
}

static void put_rooms(struct gathering *g)
{
	struct slots *slots = g->slots;
	struct slot_side *sides = arena_array(g->arena, slots->n_rooms + 1, sizeof *sides);
	size_t n = 0;

	slots->room_at = arena_array(g->arena, slots->n_rooms + 1, sizeof *slots->room_at);
	for (int wanted = 1; wanted >= 0;
	     wanted--) /* the one that the meeting names stands first */
		for (size_t i = 0; i < slots->n_rooms; i++) {
			const struct slots_room *room = &slots->rooms[i];

			if (room->wanted != (wanted != 0) || (room->small && !room->wanted))
				continue;
			slots->room_at[n] = i;
			sides[n++] = (struct slot_side){
			    .label = room->name, .busy = room->busy, .n_busy = room->n_busy};
		}
	slots->problem.rooms = sides;
	slots->problem.n_rooms = n;
}

/* Those of the profile; none when the meeting sits where the profile knows nothing of, or by a line
 * alone: then nobody can say whether that is free. */
static enum err take_rooms(struct gathering *g, struct error *err)
{
	const struct meeting_rules *plan = &g->rules->meetings;
	const struct meeting *meeting = g->slots->meeting;
	const char *wanted = meeting != NULL ? filled(meeting->room) : NULL;
	bool by_line = meeting != NULL && wanted == NULL && filled(meeting->line) != NULL;
	enum err code = ERR_OK;

	g->slots->rooms = arena_array(g->arena, plan->n_rooms + 1, sizeof *g->slots->rooms);
	if (by_line || (wanted != NULL && rules_room(g->rules, wanted) == NULL))
		return ERR_OK;
	for (size_t i = 0; i < plan->n_rooms && code == ERR_OK; i++) {
		const struct meeting_room *room = &plan->rooms[i];
		bool is_wanted = wanted != NULL && str_eq(room->name, wanted);

		if (room->is_line && !is_wanted)
			continue;
		struct slots_room *own = &g->slots->rooms[g->slots->n_rooms++];

		*own = (struct slots_room){.name = room->name,
					   .seats = room->seats,
					   .wanted = is_wanted,
					   .small = room->seats > 0 &&
						    (size_t)room->seats < g->slots->n_people};
		code = room_busy(g, own, err);
	}
	if (code == ERR_OK)
		put_rooms(g);
	return code;
}

/* ---- when ---- */

static int64_t after(const struct gathering *g, const struct limit *limit, int64_t now)
{
	return limit->unit == LIMIT_NONE ? 0
					 : due_compute(g->rules->calendar, &g->rules->hours,
						       g->rules->offset_min, now, limit, NULL)
					       .at;
}

static int32_t work_day_on(const struct rules *rules, int32_t day, int n)
{
	return rules->calendar != NULL ? calendar_add_workdays(rules->calendar, day, n)
				       : day + n * 7 / 5;
}

static void take_span(struct gathering *g)
{
	struct slots *slots = g->slots;
	int64_t now = client_now(g->client), papers = 0, answer = 0;

	slots->from = g->ask->from > 0 ? g->ask->from : now;
	slots->since = g->ask->from > 0 ? SLOTS_SAID : SLOTS_NOW;
	if (g->ask->from == 0 && slots->series != NULL) {
		papers = after(g, &slots->series->papers, now);
		answer = after(g, &slots->series->limits[MEETING_ANSWER], now);
	}
	if (answer > slots->from) {
		slots->from = answer;
		slots->since = SLOTS_ANSWER;
	}
	if (papers > slots->from) {
		slots->from = papers;
		slots->since = SLOTS_PAPERS;
	}
	slots->to =
	    g->ask->to > 0
		? g->ask->to
		: civil_ms_of_day(work_day_on(g->rules,
					      civil_day_of_ms(slots->from, g->rules->offset_min),
					      SLOTS_DAYS) +
				      1,
				  g->rules->offset_min);
}

static void take_length(struct gathering *g)
{
	const struct meeting *meeting = g->slots->meeting;
	const struct meeting_series *series = g->slots->series;
	int64_t minutes = g->ask->length_min;

	if (minutes == 0 && meeting != NULL && meeting->starts > 0 &&
	    meeting->ends > meeting->starts)
		minutes = (meeting->ends - meeting->starts) / MINUTE_MS;
	if (minutes == 0 && series != NULL)
		minutes = series->length_min;
	if (minutes == 0)
		minutes = g->item_minutes;
	if (minutes == 0 && series != NULL)
		minutes = (int64_t)g->slots->n_items * series->item_min;
	if (minutes == 0)
		minutes = 60;
	if (g->ask->length_min == 0)
		minutes = (minutes + SLOTS_STEP - 1) / SLOTS_STEP * SLOTS_STEP;
	g->slots->length_min = (int)minutes;
	g->slots->problem.length = minutes * MINUTE_MS;
	g->slots->problem.step = SLOTS_STEP * MINUTE_MS;
}

static enum err take_windows(struct gathering *g, struct error *err)
{
	struct busy *windows = NULL;
	enum err code = client_windows(g->client, g->slots->from, g->slots->to, g->arena, &windows,
				       &g->slots->problem.n_windows, err);

	g->slots->problem.windows = windows;
	return code;
}

static void find(struct gathering *g)
{
	enum { USUAL_MOST = 60 };
	struct slots *slots = g->slots;
	int64_t *usual = arena_array(g->arena, USUAL_MOST, sizeof *usual);
	int offset = g->rules->offset_min;

	slots->problem.n_usual =
	    series_usual(g->rules, slots->series, civil_day_of_ms(slots->from, offset),
			 civil_day_of_ms(slots->to, offset) + 1, usual, USUAL_MOST);
	slots->problem.usual = usual;
	slots->beginnings = slot_beginnings(&slots->problem);
	slots->n_best = slot_find(&slots->problem, g->ask->most > 0 ? g->ask->most : SLOTS_BEST,
				  g->arena, &slots->best);
	if (slots->n_best == 0)
		slots->n_blockers = slot_blockers(&slots->problem, g->arena, &slots->blockers);
}

enum err slots_of(struct client *client, const struct slots_ask *ask, struct arena *arena,
		  struct slots *ret_slots, struct error *err)
{
	struct slots slots = {.meeting = NULL};
	struct gathering g = {.client = client,
			      .rules = client_rules(client),
			      .ask = ask,
			      .arena = arena,
			      .slots = &slots};
	enum err code;

	if (!client_has_rules(client))
		return error_set(err, ERR_OFFLINE, "%s",
				 _("the rules are not here yet: zhiban sync"));
	code = ask->meeting != NULL ? take_meeting(&g, err) : take_items(&g, err);
	if (code != ERR_OK)
		return code;
	take_span(&g);
	if (slots.to <= slots.from)
		return error_set(err, ERR_INPUT, "%s",
				 _("the time to look at is over before it begins"));
	take_length(&g);
	take_people(&g);
	if (slots.n_people == 0)
		return error_set(
		    err, ERR_REFUSED, "%s",
		    slots.meeting != NULL
			? _("nobody is to attend yet: set the agenda or the attendees first")
			: _("no item waits for a meeting: nobody is to attend"));
	code = take_busy(&g, err);
	if (code == ERR_OK)
		code = take_rooms(&g, err);
	if (code == ERR_OK)
		code = take_windows(&g, err);
	if (code != ERR_OK)
		return code;
	put_people(&g);
	find(&g);
	*ret_slots = slots;
	return ERR_OK;
}
