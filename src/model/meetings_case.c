/* Meetings, items and tasks as cases, for the filter; whose they are. */
#include <config.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/rules.h"
#include "zhiban/model/meetings.h"

/* All are within the centre: of its own it has its own alone. */
static bool is_within(const struct rules *rules, const char *code, const char *org)
{
	if (!code || !org)
		return false;
	return str_eq(org, rules->centre) ? str_eq(code, org) : rules_org_within(rules, code, org);
}

const struct attendee *meeting_own_attendee(const struct rules *rules, const struct meeting *meeting,
					    const char *org)
{
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (is_within(rules, attendee->org, org))
			return attendee;
	}
	return NULL;
}

bool meeting_is_of(const struct rules *rules, const struct meeting *meeting, const char *org)
{
	return is_within(rules, meeting->org, org) ||
	       meeting_own_attendee(rules, meeting, org) != NULL;
}

bool item_is_of(const struct rules *rules, const struct item *item, const char *org)
{
	bool of = is_within(rules, item->org, org) || is_within(rules, item->by_org, org) ||
		  is_within(rules, item->lead, org);

	for (size_t i = 0; !of && i < item->concerned.n; i++)
		of = is_within(rules, item_concerned(item, i)->org, org);
	return of;
}

static const struct concerned *assist_at(const struct action *action, size_t i)
{
	return children_at(&action->assists, child_desc(CHILD_CONCERNED), i);
}

bool action_is_of(const struct rules *rules, const struct action *action, const char *org)
{
	bool of = is_within(rules, action->org, org) || is_within(rules, action->lead, org);

	for (size_t i = 0; !of && i < action->assists.n; i++)
		of = is_within(rules, assist_at(action, i)->org, org);
	return of;
}

static struct incident *begin(const struct uuid *id, bool mine, const struct filter_ctx *ctx,
			      struct arena *arena)
{
	struct incident *incident = entity_new(KIND_INCIDENT, id, arena);

	if (mine)
		incident->registrar = ctx->actor->officer;
	return incident;
}

static void add_part(struct incident *incident, const struct uuid *id, const char *org,
		     const char *role, struct arena *arena)
{
	struct part *part = children_add(&incident->parts, child_desc(CHILD_PART), id, arena);

	part->org = org;
	part->role = role;
}

void meeting_as_case(const struct meeting *meeting, const struct filter_ctx *ctx, struct arena *arena,
		     struct incident *ret_incident)
{
	bool mine = ctx->actor && meeting_is_of(ctx->rules, meeting, ctx->actor->org);
	struct incident *incident = begin(&meeting->head.id, mine, ctx, arena);

	incident->number = meeting->number;
	incident->title = meeting->title;
	incident->address = arena_printf(
		arena, "%s %s %s %s %s", meeting_series_label(ctx->rules, meeting->series),
		meeting_state_label(meeting_state(meeting)), meeting->room ? meeting->room : "",
		meeting->chair ? meeting->chair : "", meeting->doc_no ? meeting->doc_no : "");
	incident->holder = meeting->org;
	incident->open = meeting->open;
	incident->due = meeting->due;
	incident->reported_at = incident->registered_at =
		meeting->starts ? meeting->starts : meeting->moved_at;
	incident->moved_at = meeting->moved_at;
	incident->closed_at = meeting->issued_at ? meeting->issued_at : meeting->closed_at;
	incident->owed = meeting->owed;
	incident->clocks = meeting->clocks;
	for (size_t i = 0; i < meeting->attendees.n; i++)
		add_part(incident, &meeting_attendee(meeting, i)->id,
			 meeting_attendee(meeting, i)->org, "assist", arena);
	*ret_incident = *incident;
}

void item_as_case(const struct item *item, const struct filter_ctx *ctx, struct arena *arena,
		  struct incident *ret_incident)
{
	bool mine = ctx->actor && item_is_of(ctx->rules, item, ctx->actor->org);
	struct incident *incident = begin(&item->head.id, mine, ctx, arena);

	incident->number = item->number;
	incident->title = item->title;
	incident->address = arena_printf(arena, "%s %s %s %s", item_state_label(item_state(item)),
				      item->why ? item->why : "", item->about_no ? item->about_no : "",
				      item->words ? item->words : "");
	incident->holder = item->lead ? item->lead : item->org;
	incident->open = item->open;
	incident->due = item->missing ? item->papers_due : 0;
	incident->reported_at = incident->registered_at = item->brought_at;
	incident->moved_at = item->brought_at;
	incident->closed_at = item->settled_at;
	incident->owed = item->owed;
	for (size_t i = 0; i < item->concerned.n; i++)
		add_part(incident, &item_concerned(item, i)->id, item_concerned(item, i)->org,
			 "assist", arena);
	*ret_incident = *incident;
}

void action_as_case(const struct action *action, const struct filter_ctx *ctx, struct arena *arena,
		    struct incident *ret_incident)
{
	bool mine = ctx->actor && action_is_of(ctx->rules, action, ctx->actor->org);
	struct incident *incident = begin(&action->head.id, mine, ctx, arena);

	incident->number = action->number;
	incident->title = action->title;
	incident->address =
		arena_printf(arena, "%s %s %s %s", action_state_label(action_state(action)),
			     action->words ? action->words : "",
			     action->meeting_no ? action->meeting_no : "",
			     action->about_no ? action->about_no : "");
	incident->holder = action->lead;
	incident->origin = action->org;
	incident->open = action->open;
	incident->due = action->due;
	incident->reported_at = incident->registered_at = action->given_at;
	incident->moved_at = action->moved_at;
	incident->closed_at = action->closed_at;
	incident->proposed_at = action->proposed_at;
	incident->listed_at = action->listed_at;
	incident->supervised = action->supervised;
	incident->owed = action->owed;
	incident->clocks = action->clocks;
	incident->asked = action->asked_more;
	incident->behalves = action->behalves;
	incident->supervisions = action->supervisions;
	for (size_t i = 0; i < action->assists.n; i++)
		add_part(incident, &assist_at(action, i)->id, assist_at(action, i)->org, "assist",
			 arena);
	*ret_incident = *incident;
}
