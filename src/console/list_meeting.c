/* zhiban list meetings, items, actions, rooms, candidates. */
#include <config.h>

#include <string.h>

#include "list.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/nominees.h"
#include "zhiban/model/roster_words.h"

/* People see labels and numbers, programs codes and ids. */
static bool for_people(const struct list *list)
{
	return list->as_table || list->rows.format > OUT_JSONL;
}

static bool wants_longs(const struct list *list)
{
	for (size_t i = 0; i < list->n_columns; i++)
		if (list->columns[i]->flags & F_LONG)
			return true;
	return false;
}

static char *text(const char *words)
{
	return (char *)(uintptr_t)words; /* only read */
}

/* ---- meetings ---- */

enum err list_meetings(struct list *list, struct error *err)
{
	struct arena *arena = &list->console->arena;
	struct client *client = list->console->client;
	struct client_meeting *meetings = NULL;
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_meetings(client, SIZE_MAX, arena, &meetings, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		struct client_meeting whole = meetings[i];

		if (!meetings[i].meeting->open && wants_longs(list))
			rc = client_meeting_get(client, &meetings[i].meeting->head.id, arena, &whole,
						err);
		if (rc == ERR_OK && small_fits(list, &filter, whole.meeting)) {
			struct meeting *shown = arena_dup(arena, whole.meeting, sizeof *shown);
			char mark[48];

			if (for_people(list) && shown->number == NULL)
				shown->number = arena_strdup(arena, client_meeting_mark(&whole, mark));
			small_add(&rows, &shown->head.id, whole.meeting, shown);
		}
	}
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}

/* ---- items ---- */

/* The number of the meeting in whose agenda it stands, or that settled it. */
static const char *meeting_number(struct list *list, const char *id)
{
	struct client_meeting meeting;
	struct uuid uuid;
	char mark[48];

	if (id == NULL || uuid_parse(id, &uuid) != ERR_OK ||
	    client_meeting_get(list->console->client, &uuid, &list->console->arena, &meeting, NULL) !=
		    ERR_OK)
		return NULL;
	return arena_strdup(&list->console->arena, client_meeting_mark(&meeting, mark));
}

static const struct item *item_in_words(struct list *list, const struct client_item *item)
{
	struct arena *arena = &list->console->arena;
	struct item *shown = arena_dup(arena, item->item, sizeof *shown);
	char mark[48];

	if (!for_people(list))
		return shown;
	if (shown->number == NULL)
		shown->number = arena_strdup(arena, client_item_mark(item, mark));
	shown->meeting = meeting_number(list, shown->meeting);
	shown->settled_in = meeting_number(list, shown->settled_in);
	return shown;
}

enum err list_items(struct list *list, struct error *err)
{
	struct client *client = list->console->client;
	struct arena *arena = &list->console->arena;
	struct client_item *items = NULL;
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_items(client, SIZE_MAX, arena, &items, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		struct client_item whole = items[i];

		if (!items[i].item->open && wants_longs(list))
			rc = client_item_get(client, &items[i].item->head.id, arena, &whole, err);
		if (rc == ERR_OK && small_fits(list, &filter, whole.item))
			small_add(&rows, &whole.item->head.id, whole.item, item_in_words(list, &whole));
	}
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}

/* ---- actions ---- */

enum err list_actions(struct list *list, struct error *err)
{
	struct client *client = list->console->client;
	struct arena *arena = &list->console->arena;
	struct client_action *actions = NULL;
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_actions(client, SIZE_MAX, arena, &actions, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		struct client_action whole = actions[i];

		if (!actions[i].action->open && wants_longs(list))
			rc = client_action_get(client, &actions[i].action->head.id, arena, &whole, err);
		if (rc == ERR_OK && small_fits(list, &filter, whole.action)) {
			struct action *shown = arena_dup(arena, whole.action, sizeof *shown);
			char mark[48];

			if (for_people(list) && shown->number == NULL)
				shown->number = arena_strdup(arena, client_action_mark(&whole, mark));
			small_add(&rows, &shown->head.id, whole.action, shown);
		}
	}
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}

/* ---- rooms: a row for each booking that is not over, one for a room without any ---- */

struct room_row {
	struct uuid id;
	char *name, *line, *title, *org, *by;
	int64_t seats, from_at, to_at;
};

#define ROOM(name, type, title) \
	FIELD_DESC(offsetof(struct room_row, name), name, type, #name, #name, title, 0, PUBLIC, 0)
static const struct field room_fields[] = {
	ROOM(name, TEXT, N_("Room")),	      ROOM(seats, INT, N_("Seats")),
	ROOM(line, TEXT, N_("Conference line")), ROOM(from_at, TIME, N_("From when")),
	ROOM(to_at, TIME, N_("Until when")),  ROOM(title, TEXT, N_("What for")),
	ROOM(org, ORG, N_("Booked for")),	      ROOM(by, PERSON, N_("Booked by")),
};

const struct kind_desc *list_rooms_desc(void)
{
	static const struct kind_desc desc = {
		.kind = KIND_COUNT,
		.name = "room",
		.plural = "rooms",
		.fields = room_fields,
		.n_fields = ARRAY_LEN(room_fields),
		.size = sizeof(struct room_row),
	};

	return &desc;
}

static void add_room(struct list *list, const struct small_filter *filter, struct small_rows *rows,
		     const struct room_row *made)
{
	struct room_row *row;

	if (!small_fits(list, filter, made))
		return;
	row = arena_dup(&list->console->arena, made, sizeof *made);
	small_add(rows, &row->id, row, row);
}

static void add_bookings(struct list *list, const struct small_filter *filter,
			 struct small_rows *rows, const struct meeting_room *of,
			 const struct room *room)
{
	struct room_row row = { .id = room->head.id, .name = text(of->name), .line = text(of->line),
				.seats = of->seats };
	size_t n = 0;

	for (size_t i = 0; i < room->bookings.n; i++) {
		const struct booking *booking = room_booking(room, i);
		struct room_row booked = row;

		if (booking->to_at <= list->ctx.now)
			continue;
		booked.id = booking->id;
		booked.title = text(booking->title);
		booked.org = text(booking->org);
		booked.by = text(booking->by);
		booked.from_at = booking->from_at;
		booked.to_at = booking->to_at;
		add_room(list, filter, rows, &booked);
		n++;
	}
	if (n == 0)
		add_room(list, filter, rows, &row);
}

enum err list_rooms(struct list *list, struct error *err)
{
	const struct rules *rules = list->ctx.rules;
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	enum err rc = small_read(list, &filter, err);

	for (size_t i = 0; rc == ERR_OK && i < rules->meetings.n_rooms; i++) {
		const struct meeting_room *of = &rules->meetings.rooms[i];
		const struct room *room;

		rc = client_room(list->console->client, rules->centre, of->name,
				 &list->console->arena, &room, err);
		if (rc == ERR_OK)
			add_bookings(list, &filter, &rows, of, room);
	}
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}

/* ---- candidates ---- */

struct candidate_row {
	struct uuid id;
	char *kind, *number, *title, *step, *why, *lead, *orgs;
	int64_t since, due;
};

#define CANDIDATE(name, type, title)                                                               \
	FIELD_DESC(offsetof(struct candidate_row, name), name, type, #name, #name, title, 0,       \
		   PUBLIC, 0)
static const struct field candidate_fields[] = {
	CANDIDATE(number, TEXT, N_("Number")),	 CANDIDATE(kind, TEXT, N_("Kind")),
	CANDIDATE(title, TEXT, N_("Title")),	 CANDIDATE(step, TEXT, N_("Step")),
	CANDIDATE(why, TEXT, N_("Why for the meeting")), CANDIDATE(lead, ORG, N_("Lead")),
	CANDIDATE(orgs, TEXT, N_("Concerned")), CANDIDATE(since, TIME, N_("Waiting since")),
	CANDIDATE(due, TIME, N_("Due")),
};

const struct kind_desc *list_candidates_desc(void)
{
	static const struct kind_desc desc = {
		.kind = KIND_COUNT,
		.name = "candidate",
		.plural = "candidates",
		.fields = candidate_fields,
		.n_fields = ARRAY_LEN(candidate_fields),
		.size = sizeof(struct candidate_row),
	};

	return &desc;
}

static const char *orgs_words(struct list *list, const struct nominee *nominee)
{
	struct arena *arena = &list->console->arena;
	const char *words = "";

	for (size_t i = 0; i < nominee->n_orgs; i++)
		words = arena_printf(arena, "%s%s%s", words, i == 0 ? "" : for_people(list) ? _(", ")
											  : " ",
				     for_people(list) ? org_brief(list->ctx.rules, nominee->orgs[i])
						      : nominee->orgs[i]);
	return words;
}

static void add_candidate(struct list *list, const struct small_filter *filter,
			  struct small_rows *rows, const struct nominee *nominee)
{
	struct arena *arena = &list->console->arena;
	struct candidate_row made = {
		.id = nominee->id,
		.kind = text(!for_people(list)		   ? kind_desc(nominee->kind)->name
			     : nominee->kind == KIND_WHISTLE ? _("whistle")
							     : _("case")),
		.number = arena_strdup(arena, nominee->number),
		.title = arena_strdup(arena, nominee->title),
		.step = arena_strdup(arena, nominee->step),
		.why = arena_strdup(arena, nominee->why),
		.lead = text(nominee->n_orgs > 0 ? nominee->orgs[0] : NULL),
		.orgs = text(orgs_words(list, nominee)),
		.since = nominee->since,
		.due = nominee->due,
	}, *row;

	if (!small_fits(list, filter, &made))
		return;
	row = arena_dup(arena, &made, sizeof made);
	small_add(rows, &row->id, row, row);
}

enum err list_candidates(struct list *list, struct error *err)
{
	enum { BUDGET = 2000 };
	struct nominees *nominees = nominees_new(list->console->client);
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = nominees_begin(nominees, err);
	while (rc == ERR_OK && !nominees_done(nominees))
		rc = nominees_step(nominees, BUDGET, err);
	for (size_t i = 0; rc == ERR_OK && i < nominees_n(nominees); i++)
		add_candidate(list, &filter, &rows, nominees_at(nominees, i));
	if (rc == ERR_OK)
		rc = small_write(list, &rows, err);
	nominees_free(nominees);
	return rc;
}
