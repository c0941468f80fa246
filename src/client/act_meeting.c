/* Acts on meetings, their items, tasks and rooms, as people give them: numbers and names for ids, which
 * words an edit saw, which meeting of a series it is. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "act_priv.h"
#include "thing_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"
#include "zhiban/client/roster.h"
#include "zhiban/client/value.h"

enum { SERIES_LOOK = 400 };

struct meaning { /* an act, with what it is done to */
	struct client *client;
	struct arena *arena;
	struct act *act;
	const void *target; /* as shown; NULL: a new one, or it is not here */
};

static const char *text_of(const struct meaning *mean, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(mean->arena, text);
}

/* ---- what is named by its number ---- */

static const struct {
	const char *name;
	enum kind kind;
} tickets[] = {
	{ "item_id", KIND_ITEM },
	{ "meeting_id", KIND_MEETING },
	{ "action_id", KIND_ACTION },
	{ "whistle", KIND_WHISTLE },
};

static enum err name_tickets(const struct meaning *mean, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(tickets); i++) {
		struct given *given = act_given(mean->act, tickets[i].name);
		struct uuid id;
		enum err code;

		if (given == NULL || given->value.text == NULL ||
		    uuid_parse(given->value.text, &id) == ERR_OK)
			continue;
		code = client_find_kind(mean->client, tickets[i].kind, given->value.text, &id, err);
		if (code != ERR_OK)
			return code;
		given->value.text = text_of(mean, &id);
	}
	return ERR_OK;
}

/* ---- entries of an agenda: "22-K001", "22-K001 2", "22-K001 2 15" ---- */

static int64_t last_place(const struct meeting *meeting)
{
	int64_t last = 0;

	for (size_t i = 0; meeting != NULL && i < meeting->agenda.n; i++)
		if (meeting_entry(meeting, i)->order > last)
			last = meeting_entry(meeting, i)->order;
	return last;
}

static const struct agenda *entry_of(const struct meeting *meeting, const char *item)
{
	for (size_t i = 0; meeting != NULL && i < meeting->agenda.n; i++)
		if (str_eq(meeting_entry(meeting, i)->item, item))
			return meeting_entry(meeting, i);
	return NULL;
}

/* Without a place it stays where it is, or comes behind the others; without minutes it has those that
 * were thought of for it. */
static enum err name_entry(const struct meaning *mean, struct given *given, int64_t *last,
			   struct error *err)
{
	const struct meeting *meeting = mean->act->target.kind == KIND_MEETING ? mean->target : NULL;
	const char *words = given->value.text, *rest = words + strcspn(words, " ,");
	const char *said = arena_strndup(mean->arena, words, (size_t)(rest - words));
	const struct agenda *there;
	struct client_item item;
	struct uuid id;
	enum err code = ERR_OK;

	if (uuid_parse(said, &id) != ERR_OK)
		code = client_find_kind(mean->client, KIND_ITEM, said, &id, err);
	if (code != ERR_OK)
		return code;
	rest += strspn(rest, " ,");
	there = entry_of(meeting, text_of(mean, &id));
	if (*rest != '\0') {
		given->value.text = arena_printf(mean->arena, "%s %s", text_of(mean, &id), rest);
		return ERR_OK;
	}
	if (there != NULL) {
		given->value.text = agenda_words(there, mean->arena);
		return ERR_OK;
	}
	code = client_item_get(mean->client, &id, mean->arena, &item, err);
	if (code == ERR_OK)
		given->value.text = arena_printf(mean->arena, "%s %lld %lld", text_of(mean, &id),
						 (long long)++*last, (long long)item.item->minutes);
	return code;
}

/* ---- who attends: "水务局", "水务局/必到/周强/副局长/138…"; tabs part it as well ---- */

static void name_attend(const struct meaning *mean, struct given *given)
{
	char *words = arena_strdup(mean->arena, given->value.text);

	for (char *at = words; strchr(words, '\t') == NULL && (at = strchr(at, '/')) != NULL;)
		*at = '\t';
	for (char *at = words; (at = strchr(at, '/')) != NULL;) /* the first made a tab of it */
		*at = '\t';
	given->value.text = words;
}

static enum err unknown_attendee(const struct meeting *meeting, const struct rules *rules,
				 const char *words, struct error *err)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		const struct org *org = rules_org(rules, attendee->org);

		str_addf(&names, "%s%s", i > 0 ? _(", ") : "",
			 attendee->name != NULL ? attendee->name
			 : org != NULL		? (org->brief != NULL ? org->brief : org->name)
						: attendee->org);
	}
	error_set(err, ERR_INPUT, _("nobody called \"%s\" attends: there are %s"), words,
		  names.len > 0 ? str_get(&names) : "-");
	str_release(&names);
	return ERR_INPUT;
}

/* By name, or by organisation. */
static enum err name_attendee(const struct meaning *mean, struct given *given, struct error *err)
{
	const struct meeting *meeting = mean->target;
	const struct rules *rules = mean->client->rules;
	const struct attendee *found = NULL;
	const char *words = given->value.text;
	const struct org *org;
	struct uuid id;

	if (words == NULL || uuid_parse(words, &id) == ERR_OK || meeting == NULL ||
	    mean->act->target.kind != KIND_MEETING)
		return ERR_OK;
	for (size_t i = 0; found == NULL && i < meeting->attendees.n; i++)
		if (str_eq(meeting_attendee(meeting, i)->name, words))
			found = meeting_attendee(meeting, i);
	org = rules_org_named(rules, words);
	if (found == NULL && org != NULL)
		found = meeting_attendee_of(meeting, org->code, NULL);
	if (found == NULL)
		return unknown_attendee(meeting, rules, words, err);
	given->value.text = text_of(mean, &found->id);
	return ERR_OK;
}

/* Of an item: a department is meant by its name. */
static void name_share(const struct meaning *mean, struct given *given)
{
	const struct org *org = given->value.text != NULL
					? rules_org_named(mean->client->rules, given->value.text)
					: NULL;

	if (org != NULL)
		given->value.text = org->code;
}

static enum err name_each(const struct meaning *mean, struct error *err)
{
	int64_t last = last_place(mean->act->desc->target == KIND_MEETING ? mean->target : NULL);
	enum err code = ERR_OK;

	for (size_t i = 0; i < mean->act->n_given && code == ERR_OK; i++) {
		struct given *given = &mean->act->given[i];

		if (given->value.text == NULL || !given->value.is_text)
			continue;
		if (strcmp(given->field->name, "entry") == 0)
			code = name_entry(mean, given, &last, err);
		else if (strcmp(given->field->name, "attend") == 0)
			name_attend(mean, given);
		else if (strcmp(given->field->name, "attendee") == 0)
			code = name_attendee(mean, given, err);
		else if (strcmp(given->field->name, "share") == 0)
			name_share(mean, given);
	}
	return code;
}

/* ---- what is filled in ---- */

static void give_num(const struct meaning *mean, const char *name, int64_t num)
{
	const struct field *field = act_arg_field(mean->act->desc, name);

	if (field != NULL && act_given(mean->act, name) == NULL)
		act_give(mean->act, field, (struct value){ .num = num }, mean->arena);
}

/* Whoever did not say which words he saw has seen those that are shown. */
static void say_rev(const struct meaning *mean)
{
	if (mean->target == NULL)
		return;
	if (mean->act->target.kind == KIND_ITEM)
		give_num(mean, "rev", ((const struct item *)mean->target)->rev);
	else if (mean->act->target.kind == KIND_MEETING)
		give_num(mean, "rev", ((const struct meeting *)mean->target)->rev);
}

/* A task is of the meeting in which its item is dealt with, or was. */
static void say_meeting(const struct meaning *mean)
{
	const struct given *given = act_given(mean->act, "item_id");
	struct client_item item;
	struct uuid id;

	if (given == NULL || uuid_parse(given->value.text, &id) != ERR_OK ||
	    client_item_get(mean->client, &id, mean->arena, &item, NULL) != ERR_OK)
		return;
	if (item.item->meeting != NULL || item.item->settled_in != NULL)
		act_give_text(mean->act, "meeting_id",
			      item.item->meeting != NULL ? item.item->meeting : item.item->settled_in,
			      mean->arena);
}

static int year_of(const struct rules *rules, int64_t at)
{
	struct civil civil;

	civil_of_ms(at, rules->offset_min, &civil);
	return civil.year;
}

/* The one behind the last of its year. */
static enum err say_session(const struct meaning *mean, struct error *err)
{
	const struct rules *rules = mean->client->rules;
	const struct given *series = act_given(mean->act, "series");
	const struct given *starts = act_given(mean->act, "starts");
	const struct meeting_series *of =
		series != NULL ? rules_series(rules, series->value.text) : NULL;
	int year = year_of(rules, starts != NULL ? starts->value.num : client_now(mean->client));
	struct client_meeting *meetings;
	int64_t last = 0;
	size_t n = 0;
	enum err code;

	if (of == NULL || of->when == NULL || act_given(mean->act, "session") != NULL)
		return ERR_OK;
	code = client_meetings(mean->client, SERIES_LOOK, mean->arena, &meetings, &n, err);
	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		const struct meeting *meeting = meetings[i].meeting;
		int64_t at = meeting->starts != 0 ? meeting->starts : meeting->moved_at;

		if (str_eq(meeting->series, of->code) && year_of(rules, at) == year &&
		    meeting_state(meeting) != MEETING_CANCELLED && meeting->session > last)
			last = meeting->session;
	}
	if (code == ERR_OK)
		give_num(mean, "session", last + 1);
	return code;
}

/* One and the same case is put there once; the server says the same. */
static enum err refuse_second(const struct meaning *mean, struct error *err)
{
	const struct given *about = act_given(mean->act, "incident");
	struct client_item *items;
	size_t n = 0;
	enum err code;

	if (about == NULL)
		about = act_given(mean->act, "whistle");
	if (about == NULL || about->value.text == NULL)
		return ERR_OK;
	code = client_items(mean->client, 0, mean->arena, &items, &n, err);
	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		const struct item *item = items[i].item;
		char mark[48];

		if (str_eq(item->about, about->value.text))
			return error_set(err, ERR_REFUSED, _("it is on the list already: %s %s"),
					 client_item_mark(&items[i], mark),
					 item->title != NULL ? item->title : "");
	}
	return code;
}

/* ---- rooms ---- */

/* A room of the profile is the centre's, whoever convenes. */
static enum err aim_room(const struct meaning *mean, const struct uuid *target, struct error *err)
{
	const struct rules *rules = mean->client->rules;
	const struct given *name = act_given(mean->act, "room_name");
	const struct given *org = act_given(mean->act, "org");
	const char *whose = org != NULL ? org->value.text : mean->act->actor.org;

	if (target != NULL) {
		mean->act->target.id = *target;
		return ERR_OK;
	}
	if (name == NULL || name->value.text == NULL)
		return error_set(err, ERR_USAGE, "%s", _("which room?"));
	if (rules_room(rules, name->value.text) != NULL)
		whose = rules->centre;
	act_give_text(mean->act, "org", whose, mean->arena);
	mean->act->target.id = room_id(whose, name->value.text);
	return ERR_OK;
}

/* A booking by when it begins; the only one that he made himself, when none is said. */
static enum err name_booking(const struct meaning *mean, struct error *err)
{
	const struct room *room = mean->target;
	struct given *given = act_given(mean->act, "booking");
	const struct booking *only = NULL;
	struct value when = { .num = 0 };
	struct uuid id;
	size_t fits = 0;

	if (room == NULL || act_given(mean->act, "meeting_id") != NULL ||
	    (given != NULL && uuid_parse(given->value.text, &id) == ERR_OK))
		return ERR_OK;
	if (given != NULL && client_value(mean->client, &(struct field){ .name = "from_at",
				.title = N_("From when"), .type = FIELD_TIME }, given->value.text,
				mean->arena, &when, err) != ERR_OK)
		return ERR_INPUT;
	for (size_t i = 0; i < room->bookings.n; i++) {
		const struct booking *booking = room_booking(room, i);

		if (given != NULL ? booking->from_at != when.num
				  : booking->to_at <= client_now(mean->client) ||
					    !str_eq(booking->by, mean->act->actor.officer))
			continue;
		only = booking;
		fits++;
	}
	if (fits != 1)
		return error_set(err, ERR_INPUT, "%s",
				 _("which booking? Give the moment at which it begins"));
	if (given != NULL)
		given->value.text = text_of(mean, &only->id);
	else
		act_give_text(mean->act, "booking", text_of(mean, &only->id), mean->arena);
	return ERR_OK;
}

static void look(struct meaning *mean, const struct uuid *target)
{
	struct thing thing;

	if (target != NULL && thing_get(mean->client, mean->act->desc->target, target, "", mean->arena,
					&thing, NULL) == ERR_OK)
		mean->target = thing.shown;
}

enum err act_aim_meeting(struct client *client, const struct uuid *target, struct arena *arena,
			 struct act *act, struct error *err)
{
	struct meaning mean = { .client = client, .arena = arena, .act = act };
	bool creates = act->desc->conflict == CONFLICT_CREATES;
	enum err code = ERR_OK;

	if (act->desc->target == KIND_ROOM) {
		code = aim_room(&mean, target, err);
		target = &act->target.id;
	}
	if (code == ERR_OK && !creates)
		look(&mean, target);
	if (code == ERR_OK)
		code = name_tickets(&mean, err);
	if (code == ERR_OK)
		code = name_each(&mean, err);
	if (code == ERR_OK && act->desc->target == KIND_ROOM && strcmp(act->desc->verb, "free") == 0)
		code = name_booking(&mean, err);
	if (code != ERR_OK)
		return code;
	say_rev(&mean);
	if (creates && act->desc->target == KIND_ACTION)
		say_meeting(&mean);
	if (creates && act->desc->target == KIND_MEETING)
		return say_session(&mean, err);
	return creates && act->desc->target == KIND_ITEM ? refuse_second(&mean, err) : ERR_OK;
}
