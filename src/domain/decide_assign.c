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

static const struct org *org_named(const struct draft *draft, const char *words, struct error *err)
{
	const struct org *org = rules_org_named(draft->rules, words);

	if (org == NULL)
		error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"), words);
	return org;
}

/* Who has signed stays in the record as having had a share; who has not is no longer asked. */
static void retire_parts(struct draft *draft)
{
	const struct child_desc *desc = child_desc(CHILD_PART);
	struct children *parts = &draft->after->parts;

	for (size_t i = parts->n; i-- > 0;) {
		struct part *part = (struct part *)parts->items + i;
		if (part->signed_at != 0)
			part->role = "past";
		else
			children_remove(parts, desc, &part->id);
	}
}

static struct part *part_of(struct children *parts, const char *org)
{
	struct part *items = parts->items;

	for (size_t i = 0; i < parts->n; i++)
		if (!str_eq(items[i].role, "past") && str_eq(items[i].org, org))
			return &items[i];
	return NULL;
}

static void add_part(struct draft *draft, const struct org *org, const char *role, unsigned index)
{
	struct uuid id = uuid_child(&draft->act->id, "part", index);
	struct part *part = children_add(&draft->after->parts, child_desc(CHILD_PART), &id,
					 draft->arena);

	part->org = org->code;
	part->role = role;
	part->assigned_at = draft->eff;
}

enum err apply_assign(struct draft *draft, struct error *err)
{
	struct incident *after = draft->after;
	const struct org *org = org_named(draft, act_text(draft->act, "holder"), err);

	if (org == NULL)
		return ERR_INPUT;
	retire_parts(draft);
	after->holder = org->code;
	after->signer = NULL;
	add_part(draft, org, "lead", 0);
	for (unsigned i = 0;; i++) {
		struct value words = act_value(draft->act, "assist", i);
		if (!value_is_set(words))
			return ERR_OK;
		org = org_named(draft, words.text, err);
		if (org == NULL)
			return ERR_INPUT;
		if (part_of(&after->parts, org->code) == NULL)
			add_part(draft, org, "assist", i + 1);
	}
}
