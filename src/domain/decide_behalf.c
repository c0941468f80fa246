/* On behalf (代录): what was done by telephone is written down by the centre or the seat, with who
 * was rung and what was said, and countersigned (补签) by whose act it was. */
#include <config.h>

#include <string.h>

#include "behalf_priv.h"
#include "decide_priv.h"

/* The organisation whose act it was and whose officer did not do it himself; NULL: his own. */
static const char *done_for(struct draft *draft)
{
	const struct act *act = draft->act;
	const struct flow_act *flow = draft->flow;
	const struct part *part = draft_share(draft);
	const char *should;

	if (act->by_phone.org != NULL)
		return draft_org(draft);
	if (act->by_phone.role != NULL)
		return NULL;
	/* nobody asks for countersignatures here, and nothing was said of a call */
	if (draft->rules->countersign.unit == LIMIT_NONE && !by_phone_is(&act->by_phone))
		return NULL;
	should = who_should(draft->rules, draft->before, flow != NULL ? flow->who : WHO_SHARE, part,
			    act->actor.org);
	return rules_org_within(draft->rules, act->actor.org, should) ? NULL : should;
}

void draft_behalf(struct draft *draft)
{
	const struct act *act = draft->act;
	const struct by_phone *phone = &act->by_phone;
	struct incident *after = draft->after;
	struct behalf *behalf;
	struct uuid id;
	const char *org;

	if (actor_is_system(&act->actor) || act->desc->flags & ACT_SYSTEM || act_follows(act))
		return;
	org = done_for(draft);
	if (org == NULL && phone->role == NULL)
		return;
	id = uuid_child(&act->id, "behalf", 0);
	behalf = children_add(&after->behalves, child_desc(CHILD_BEHALF), &id, draft->arena);
	behalf_fill(behalf, draft->rules, act, org, draft->eff);
	if (draft->rules->countersign.unit == LIMIT_NONE)
		return;
	behalf->due = draft_clock_side(draft, "countersign", &id,
				       org != NULL ? org
						   : incident_seat(draft->rules, draft->before),
				       &draft->rules->countersign);
	after->owed++;
}

static bool has_role(const struct draft *draft, const char *role)
{
	return role == NULL ||
	       rules_role_reaches(draft->rules, draft->act->actor.role, role);
}

/* Whoever is within a unit may sign for it, as he may act for it; for a seat or the centre, within
 * which there are departments and streets, only its own officers. */
static bool is_officer_of(const struct draft *draft, const char *org)
{
	const struct incident *before = draft->before;
	const struct level *levels = before->levels.items;
	const char *own = draft->act->actor.org;
	bool seat = str_eq(org, draft->rules->centre) ||
		    str_eq(org, incident_seat(draft->rules, before));

	for (size_t i = 0; i < before->levels.n; i++)
		seat = seat || str_eq(org, levels[i].seat);
	return seat ? str_eq(own, org) : rules_org_within(draft->rules, own, org);
}

/* Whether it was this officer's act, or his superior's to confirm: an officer of the unit; of an
 * approval, one of that role or higher, of the centre or the seat where no unit is named. */
static bool is_his(const void *ctx, const struct behalf *behalf)
{
	const struct draft *draft = ctx;
	const struct rules *rules = draft->rules;
	const char *own = draft->act->actor.org;

	if (behalf->org != NULL)
		return is_officer_of(draft, behalf->org) && has_role(draft, behalf->role);
	return (str_eq(own, rules->centre) || str_eq(own, incident_seat(rules, draft->before))) &&
	       has_role(draft, behalf->role);
}

static void signed_now(void *ctx, const struct behalf *behalf)
{
	struct draft *draft = ctx;

	draft_clock_drop(draft, &behalf->id);
	if (behalf->due != 0 && draft->after->owed > 0)
		draft->after->owed--;
}

enum err apply_countersign(struct draft *draft, struct error *err)
{
	const struct countersigning signing = { .rules = draft->rules,
						.act = draft->act,
						.eff = draft->eff,
						.arena = draft->arena,
						.records = &draft->after->behalves,
						.is_his = is_his,
						.done = signed_now,
						.ctx = draft };

	return countersign(&signing, &draft->note, &draft->again, err);
}
