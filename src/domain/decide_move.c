/* Moving: from step to step, up into the loop of a higher tier and down again.
 *
 * The incident is in one step at a time.  Where it went up, the loop below waits as a level: a
 * stack, the newest on top.  Steps know their tiers; a profile with one tier has no levels. */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { TREE_DEPTH = 32 };

const char *incident_seat(const struct rules *rules, const struct incident *incident)
{
	return incident != NULL && incident->seat != NULL ? incident->seat : rules->centre;
}

const struct level *incident_level(const struct incident *incident)
{
	const struct level *levels = incident->levels.items;

	return incident->levels.n > 0 ? &levels[incident->levels.n - 1] : NULL;
}

const char *org_of_tier(const struct rules *rules, const char *code, const char *tier)
{
	const struct org *org = rules_org(rules, code);

	for (int depth = 0; org != NULL && depth < TREE_DEPTH; depth++) {
		if (str_eq(org->tier, tier))
			return org->code;
		org = rules_org(rules, org->parent);
	}
	return NULL;
}

/* 0 is the highest; n for one that is not in the list. */
static size_t tier_rank(const struct rules *rules, const char *tier)
{
	const struct choice *choice = choices_find(&rules->tiers, tier);

	return choice != NULL ? (size_t)(choice - rules->tiers.items) : rules->tiers.n;
}

/* What a closed case no longer needs, and an open one has not yet. */
static void open_or_close(struct draft *draft, bool open)
{
	struct incident *after = draft->after;

	if (open) {
		after->closed_at = 0;
		after->archived_at = 0;
		return;
	}
	if (after->closed_at == 0)
		after->closed_at = draft->eff;
	after->proposed_at = after->listed_at = after->offered_at = 0;
}

void draft_enter(struct draft *draft, const struct step *step)
{
	struct incident *after = draft->after;

	after->step = step->id;
	after->tier = step->tier;
	after->open = step->open;
	if (after->response < step->response)
		after->response = step->response;
	draft->entered = true;
	draft_clock_enter(draft, step);
}

/* Live parts become past ones; those of a loop that waits below know what they were (their clocks
 * are stopped with the step's). */
static void park_parts(struct draft *draft, const struct level *level)
{
	struct part *parts = draft->after->parts.items;
	char id[UUID_TEXT];

	if (level != NULL)
		uuid_text(&level->id, id);
	for (size_t i = 0; i < draft->after->parts.n; i++) {
		if (!part_is_live(&parts[i]))
			continue;
		if (level != NULL) {
			parts[i].waits = arena_strdup(draft->arena, id);
			parts[i].was = parts[i].role;
		} else {
			draft_clock_drop(draft, &parts[i].id);
		}
		parts[i].role = "past";
	}
}

/* Those that waited are live again; two that have become one organisation meanwhile have one share,
 * the lead's or the first. */
static void wake_parts(struct draft *draft, const struct level *level)
{
	struct part *parts = draft->after->parts.items;
	char id[UUID_TEXT];

	uuid_text(&level->id, id);
	for (size_t i = 0; i < draft->after->parts.n; i++) {
		struct part *other;

		if (!str_eq(parts[i].waits, id))
			continue;
		other = incident_share(draft->after, parts[i].org);
		if (other == NULL || str_eq(parts[i].was, "lead"))
			parts[i].role = parts[i].was;
		if (other != NULL && is_lead(&parts[i]))
			other->role = "past";
		parts[i].waits = parts[i].was = NULL;
	}
}

static bool was_tried(const struct incident *incident)
{
	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);
		if (part_is_live(part) && part->signed_at != 0)
			return true;
	}
	return false;
}

void draft_push(struct draft *draft, const char *stay, const char *back)
{
	struct incident *after = draft->after;
	const char *reason = act_text(draft->act, "reason");
	struct uuid id = uuid_child(&draft->act->id, "level", (unsigned)after->levels.n);
	struct level *level = children_add(&after->levels, child_desc(CHILD_LEVEL), &id,
					   draft->arena);

	level->tier = after->tier;
	level->step = stay != NULL ? stay : after->step;
	level->back = back != NULL ? back : level->step;
	level->seat = incident_seat(draft->rules, after);
	level->holder = after->holder;
	level->up_at = draft->eff;
	level->up_by = draft->act->actor.officer;
	level->reason = reason;
	level->tried = was_tried(after);
	park_parts(draft, level);
}

enum err draft_pop(struct draft *draft, bool again, struct error *err)
{
	struct incident *after = draft->after;
	const struct level *newest = incident_level(after);
	const struct step *step;
	struct level level;

	if (newest == NULL)
		return error_set(err, ERR_REFUSED, _("no loop of a lower tier waits for it"));
	level = *newest;
	step = rules_step(draft->rules, again ? level.step : level.back);
	if (step == NULL)
		return error_set(err, ERR_REFUSED, _("the step %s is not in the profile in force"),
				 again ? level.step : level.back);
	park_parts(draft, NULL);
	wake_parts(draft, &level);
	children_remove(&after->levels, child_desc(CHILD_LEVEL), &level.id);
	after->seat = level.seat;
	after->holder = level.holder;
	after->signer = NULL;
	if (step->open != (bool)after->open)
		open_or_close(draft, step->open);
	draft_enter(draft, step);
	return ERR_OK;
}

static void go_up(struct draft *draft, const struct step *step)
{
	const struct rules *rules = draft->rules;
	struct incident *after = draft->after;
	const struct flow_act *flow = draft->flow;
	const char *seat = org_of_tier(rules, incident_seat(rules, after), step->tier);

	draft_push(draft, flow != NULL ? flow->stay : NULL, flow != NULL ? flow->back : NULL);
	after->seat = seat != NULL ? seat : rules->centre;
	after->holder = NULL;
	after->signer = NULL;
}

const char *seat_below(const struct rules *rules, const struct incident *incident, const char *tier)
{
	const char *const places[] = { incident->holder, incident->grid, incident->community,
				       incident->street };
	const char *seat = NULL;

	for (size_t i = 0; seat == NULL && i < ARRAY_LEN(places); i++)
		seat = org_of_tier(rules, places[i], tier);
	return seat;
}

static void go_down(struct draft *draft, const struct step *step)
{
	const char *seat = seat_below(draft->rules, draft->after, step->tier);

	if (seat != NULL)
		draft->after->seat = seat;
}

void draft_go(struct draft *draft, const struct step *step)
{
	const struct rules *rules = draft->rules;
	struct incident *after = draft->after;
	size_t tiers = rules->tiers.n;
	size_t now = tier_rank(rules, after->tier), then = tier_rank(rules, step->tier);

	if (now < tiers && then < now && step->open) /* what is closed leaves no loop open below */
		go_up(draft, step);
	else if (then < tiers && then > now)
		go_down(draft, step);
	if (step->open != (bool)after->open)
		open_or_close(draft, step->open);
	draft_enter(draft, step);
}

struct act *draft_follow(struct draft *draft, const char *verb, const struct uuid *incident)
{
	struct act *follow = follow_add(&draft->follow, &draft->n_follow, &draft->cap_follow,
					draft->act, draft->eff, draft->arena);

	follow->desc = act_desc_of(KIND_INCIDENT, verb);
	follow->target = (struct target){ .kind = KIND_INCIDENT, .id = *incident };
	return follow;
}

void draft_follow_give(struct draft *draft, struct act *follow, const char *arg, const char *text)
{
	if (text != NULL)
		act_give(follow, act_arg_field(follow->desc, arg),
			 (struct value){ .is_text = true, .text = text }, draft->arena);
}
