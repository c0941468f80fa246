#include <config.h>

#include "zhiban/model/sitting.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/model/meeting_words.h"

static const char *kept(struct str *text, struct arena *arena)
{
	const char *copy = arena_strdup(arena, str_get(text));

	str_release(text);
	return copy;
}

/* --- loading --------------------------------------------------------------------------------- */

static const struct client_item *find_item(const struct client_item *items, size_t n,
					   const char *words)
{
	for (size_t i = 0; i < n; i++) {
		char id[UUID_TEXT];

		uuid_text(&items[i].item->head.id, id);
		if (str_eq(id, words))
			return &items[i];
	}
	return NULL;
}

/* What was left over waits for another meeting: it is got by itself. */
static void find_apart(struct client *client, struct sitting_item *to, struct arena *arena)
{
	struct client_item found;
	struct uuid id;

	if (to->entry->item == NULL || uuid_parse(to->entry->item, &id) != ERR_OK ||
	    client_item_get(client, &id, arena, &found, NULL) != ERR_OK)
		return;
	to->item = found.item;
	to->marks = found.marks;
}

static bool is_of(const struct item *item, const struct meeting *meeting)
{
	char id[UUID_TEXT];

	uuid_text(&meeting->head.id, id);
	return str_eq(item->meeting, id);
}

static void fill(struct client *client, const struct sitting *sitting, struct sitting_item *to,
		 const struct client_item *items, size_t n, struct arena *arena)
{
	const struct client_item *found = find_item(items, n, to->entry->item);
	int64_t used;

	if (found != NULL) {
		to->item = found->item;
		to->marks = found->marks;
	} else {
		find_apart(client, to, arena);
	}
	to->said = meeting_said(sitting->meeting, to->entry, to->item);
	to->planned = to->entry->minutes;
	used = to->said.used_s * 1000;
	if (to->item != NULL && to->item->begun_at != 0 && is_of(to->item, sitting->meeting)) {
		to->running = true;
		used += sitting->now > to->item->begun_at ? sitting->now - to->item->begun_at : 0;
	}
	to->used_min = used / MINUTE_MS;
	for (size_t i = 0; i < sitting->n_actions; i++)
		to->tasks += str_eq(sitting->actions[i].action->item, to->entry->item) &&
			     action_state(sitting->actions[i].action) != ACTION_WITHDRAWN;
}

static void fill_items(struct client *client, struct sitting *sitting,
		       const struct client_item *items, size_t n, struct arena *arena)
{
	const struct meeting *meeting = sitting->meeting;

	sitting->items = arena_array(arena, meeting->agenda.n + 1, sizeof *sitting->items);
	for (size_t i = 0; i < meeting->agenda.n; i++) {
		const struct agenda *entry = meeting_entry(meeting, i);
		size_t at = sitting->n++;

		for (; at > 0 && sitting->items[at - 1].entry->order > entry->order; at--)
			sitting->items[at] = sitting->items[at - 1];
		sitting->items[at] = (struct sitting_item){ .entry = entry };
		fill(client, sitting, &sitting->items[at], items, n, arena);
	}
}

static int64_t place_of(const struct rules *rules, const struct attendee *attendee)
{
	const struct org *org = rules_org(rules, attendee->org);

	return org != NULL ? org - rules->orgs : (int64_t)rules->n_orgs;
}

static void fill_people(const struct rules *rules, struct sitting *sitting, struct arena *arena)
{
	const struct meeting *meeting = sitting->meeting;

	sitting->people = arena_array(arena, meeting->attendees.n + 1, sizeof *sitting->people);
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		size_t at = sitting->n_people++;

		for (; at > 0 && place_of(rules, sitting->people[at - 1]) > place_of(rules, attendee);
		     at--)
			sitting->people[at] = sitting->people[at - 1];
		sitting->people[at] = attendee;
	}
}

enum err sitting_load(struct client *client, const struct uuid *id, struct arena *arena,
		      struct sitting *ret_sitting, struct error *err)
{
	struct sitting sitting = { .now = client_now(client) };
	struct client_item *items = NULL;
	size_t n = 0;
	enum err code = client_meeting_get(client, id, arena, &sitting.shown, err);

	if (code != ERR_OK)
		return code;
	sitting.meeting = sitting.shown.meeting;
	sitting.series = rules_series(client_rules(client), sitting.meeting->series);
	code = client_meeting_items(client, sitting.meeting, arena, &items, &n, err);
	if (code == ERR_OK)
		code = client_actions_of(client, KIND_MEETING, id, arena, &sitting.actions,
					 &sitting.n_actions, err);
	if (code != ERR_OK)
		return code;
	fill_items(client, &sitting, items, n, arena);
	fill_people(client_rules(client), &sitting, arena);
	*ret_sitting = sitting;
	return ERR_OK;
}

/* --- in words -------------------------------------------------------------------------------- */

bool sitting_is_settled(const struct sitting_item *item)
{
	enum item_outcome outcome = outcome_find(item->said.outcome);

	return outcome != OUTCOMES && outcome != OUTCOME_DEFERRED;
}

const struct sitting_item *sitting_running(const struct sitting *sitting)
{
	for (size_t i = 0; i < sitting->n; i++)
		if (sitting->items[i].running)
			return &sitting->items[i];
	return NULL;
}

int64_t sitting_minutes(const struct sitting *sitting)
{
	const struct meeting *meeting = sitting->meeting;
	int64_t to = meeting->closed_at != 0 ? meeting->closed_at : sitting->now;

	return meeting->opened_at != 0 && to > meeting->opened_at
		       ? (to - meeting->opened_at) / MINUTE_MS
		       : 0;
}

bool sitting_is_enough(const struct sitting *sitting)
{
	return meeting_sheet(sitting->meeting).enough;
}

const char *sitting_missing(const struct rules *rules, const struct sitting *sitting,
			    struct arena *arena)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < sitting->n_people; i++)
		if (attendee_is_must(sitting->people[i]) && !attendee_is_there(sitting->people[i]))
			str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
				 attendee_who(rules, sitting->people[i], arena));
	return kept(&names, arena);
}

const char *sitting_quorum(const struct sitting *sitting, struct arena *arena)
{
	const struct attendance sheet = meeting_sheet(sitting->meeting);
	struct str text = STR_INIT;
	size_t settled = 0;
	int64_t used = 0, planned = 0;

	str_addf(&text, _("there %zu of %zu"), sheet.here, sheet.invited);
	if (sheet.need > 0)
		str_addf(&text, sheet.here >= sheet.need ? _(", quorum %zu reached")
							  : _(", quorum %zu not reached"),
			 sheet.need);
	for (size_t i = 0; i < sitting->n; i++) {
		settled += sitting_is_settled(&sitting->items[i]);
		used += sitting->items[i].used_min;
		planned += sitting->items[i].planned;
	}
	if (sitting->n > 0)
		str_addf(&text, _("; items settled %zu of %zu, %lld of %lld min used"), settled,
			 sitting->n, (long long)used, (long long)planned);
	return kept(&text, arena);
}

const char *sitting_unsettled(const struct sitting *sitting, struct arena *arena)
{
	struct str titles = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < sitting->n; i++)
		if (!sitting_is_settled(&sitting->items[i]))
			str_addf(&titles, "%s%zu. %s", n++ > 0 ? _("; ") : "", i + 1,
				 sitting->items[i].entry->title != NULL
					 ? sitting->items[i].entry->title
					 : "");
	if (n == 0) {
		str_release(&titles);
		return "";
	}
	return arena_printf(arena, _("not settled, for the next meeting (%zu): %s"), n,
			    kept(&titles, arena));
}
