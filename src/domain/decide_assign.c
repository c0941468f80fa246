/* Assigning: who holds it, who assists. */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

/* Whether it is given to the same one by the same act: to be given again is news too. */
static bool same_lead(const struct incident *a, const struct incident *b)
{
	const struct part *lead_a = incident_lead(a), *lead_b = incident_lead(b);

	if (!str_eq(a->holder, b->holder) || (lead_a == NULL) != (lead_b == NULL))
		return false;
	return lead_a == NULL || uuid_eq(&lead_a->id, &lead_b->id);
}

/* The first wins: an author who had not seen that it was given away is told who has it. */
enum err draft_first(const struct draft *draft, struct error *err)
{
	const struct incident *before = draft->before;
	const struct incident *base = draft->state->base_entity;
	const struct part *lead = incident_lead(before);
	const struct org *org = rules_org(draft->rules, before->holder);
	char when[CIVIL_TEXT];

	if (draft->act->target.base >= before->head.version || before->holder == NULL)
		return ERR_OK;
	/* without the state the author saw, any holder may be news to him */
	if (base != NULL && same_lead(base, before))
		return ERR_OK;
	civil_format(lead != NULL ? lead->assigned_at : before->moved_at, draft->rules->offset_min,
		     "m-d H:M", when, sizeof when);
	return error_set(err, ERR_REFUSED, _("%s has it already, since %s"),
			 org != NULL ? org->name : before->holder, when);
}

const struct org *draft_org_named(const struct draft *draft, const char *words, struct error *err)
{
	const struct org *org = rules_org_named(draft->rules, words);
	const struct org *next;
	char when[CIVIL_TEXT];

	if (org == NULL) {
		error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
			  words);
		return NULL;
	}
	if (org->begins > draft->eff) {
		civil_format(org->begins, draft->rules->offset_min, "Y-m-d", when, sizeof when);
		error_set(err, ERR_INPUT, _("%s is there from %s only"), org->name, when);
		return NULL;
	}
	if (org->ends == 0 || org->ends > draft->eff)
		return org;
	next = rules_org(draft->rules, org->successor);
	error_set(err, ERR_INPUT, _("%s is there no more; its successor: %s"), org->name,
		  next != NULL ? next->name : org->successor != NULL ? org->successor : "-");
	return NULL;
}

/* Whether the act names the organisation among those who assist. */
static bool is_named(const struct draft *draft, const char *code)
{
	for (size_t i = 0;; i++) {
		struct value words = act_value(draft->act, "assist", i);
		const struct org *org;

		if (!value_is_set(words))
			return false;
		org = rules_org_named(draft->rules, words.text);
		if (org != NULL && str_eq(org->code, code))
			return true;
	}
}

/* Who has signed stays in the record as having had a share; who has not is no longer asked.  Who
 * assisted and is to assist again keeps what he has done. */
static void retire_parts(struct draft *draft, const struct org *lead)
{
	const struct child_desc *desc = child_desc(CHILD_PART);
	struct children *parts = &draft->after->parts;

	for (size_t i = parts->n; i-- > 0;) {
		struct part *part = (struct part *)parts->items + i;
		struct uuid id = part->id;

		if (!part_is_live(part) ||
		    (lead != NULL && !is_lead(part) && !str_eq(part->org, lead->code) &&
		     part->signed_at != 0 && is_named(draft, part->org)))
			continue;
		if (part->signed_at != 0)
			part->role = "past";
		else
			children_remove(parts, desc, &part->id);
		draft_clock_drop(draft, &id);
	}
}

/* Gives a share to each that has none; returns how many got one. */
static enum err add_assists(struct draft *draft, const char *role, unsigned *ret_n,
			    struct error *err)
{
	unsigned n = 0;

	for (size_t i = 0;; i++) {
		struct value words = act_value(draft->act, "assist", i);
		const struct org *org;

		if (!value_is_set(words))
			break;
		org = draft_org_named(draft, words.text, err);
		if (org == NULL)
			return ERR_INPUT;
		if (incident_share(draft->after, org->code) != NULL)
			continue;
		draft_part(draft, org, role);
		n++;
	}
	*ret_n = n;
	return ERR_OK;
}

enum err apply_assign(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const struct org *org = draft_org_named(draft, act_text(draft->act, "holder"), err);
	unsigned n;

	if (org == NULL)
		return ERR_INPUT;
	retire_parts(draft, org);
	after->holder = org->code;
	after->signer = NULL;
	draft_part(draft, org, "lead");
	return add_assists(draft, "assist", &n, err);
}

/* More departments for what is under way: their clocks run from now. */
static enum err add_more(struct draft *draft, const char *role, struct error *err)
{
	size_t old = draft->after->parts.n;
	unsigned n = 0;
	enum err code = add_assists(draft, role, &n, err);

	if (code != ERR_OK)
		return code;
	if (n == 0)
		return error_set(err, ERR_REFUSED, _("they all have a share in it already"));
	if (draft->flow->way == WAY_STAYS)
		for (size_t i = old; i < draft->after->parts.n; i++)
			draft_clock_share(draft, incident_part(draft->after, i));
	return ERR_OK;
}

enum err apply_coassign(struct draft *draft, struct error *err)
{
	return add_more(draft, "assist", err);
}

enum err apply_summon(struct draft *draft, struct error *err)
{
	return add_more(draft, "summoned", err);
}

enum err apply_recall(struct draft *draft, struct error *err)
{
	(void)err;
	if (draft->flow->way == WAY_BACK || draft->flow->way == WAY_AGAIN)
		return ERR_OK; /* from the loop above: its parts go as it goes down */
	retire_parts(draft, NULL);
	draft->after->holder = NULL;
	draft->after->signer = NULL;
	return ERR_OK;
}
