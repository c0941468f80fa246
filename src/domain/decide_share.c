/* Shares: the departments that have a part in an incident, and how far each has come.
 *
 * In a step that works by shares an act is done to one of them, and the incident goes on when all
 * have come as far.  Elsewhere the lead moves the incident; others sign for themselves. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { TREE_DEPTH = 32 };

static const char *const states[] = { "assigned", "signed", "handled", "verified" };

static const struct share_act { /* what is done to a share */
	const char *verb;
	const char *in;	     /* states in which it is done */
	const char *reaches; /* the state it comes to; NULL: it stays */
	size_t mark;	     /* else the time that says it was done */
} share_acts[] = {
	{ "verify_ok", "handled", "verified", 0 },
	{ "handle", "signed", "handled", 0 },
	{ "sign", "assigned", "signed", 0 },
	{ "verify_no", "handled verified", "signed", 0 },
	{ "return", "assigned signed", "returned", 0 },
	{ "contact", "assigned signed handled", NULL, offsetof(struct part, contacted_at) },
	{ "arrive", "assigned signed handled", NULL, offsetof(struct part, arrived_at) },
	{ "feedback", "signed handled verified", NULL, offsetof(struct part, replied_at) },
	{ "extend_ask", "assigned signed", NULL, 0 },
};

static const struct share_act *share_act(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(share_acts); i++)
		if (strcmp(share_acts[i].verb, desc->verb) == 0)
			return &share_acts[i];
	return NULL;
}

static size_t state_rank(const char *state)
{
	size_t i = 0;

	while (i < ARRAY_LEN(states) && !str_eq(states[i], state))
		i++;
	return i;
}

bool is_lead(const struct part *part)
{
	return str_eq(part->role, "lead");
}

struct part *incident_share(const struct incident *incident, const char *org)
{
	struct part *parts = incident->parts.items;

	for (size_t i = 0; i < incident->parts.n; i++)
		if (part_is_live(&parts[i]) && str_eq(parts[i].org, org))
			return &parts[i];
	return NULL;
}

struct part *incident_lead(const struct incident *incident)
{
	struct part *part = incident_share(incident, incident->holder);

	return part != NULL && is_lead(part) ? part : NULL;
}

/* The live share of an organisation or of the nearest one above it. */
static struct part *share_of(const struct rules *rules, const struct incident *incident,
			     const char *code)
{
	const struct org *org = rules_org(rules, code);

	for (int depth = 0; org != NULL && depth < TREE_DEPTH; depth++) {
		struct part *part = incident_share(incident, org->code);
		if (part != NULL)
			return part;
		org = rules_org(rules, org->parent);
	}
	return NULL;
}

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (; *words != '\0'; words += strspn(words, " ")) {
		size_t n = strcspn(words, " ");
		if (n == len && strncmp(words, word, len) == 0)
			return true;
		words += n;
	}
	return false;
}

/* A share that came later is handled without a signature where the step asks for none. */
static bool state_fits(const struct share_act *act, const struct step *step,
		       const struct part *part)
{
	if (act == NULL || has_word(act->in, part_state(part)))
		return true;
	return strcmp(act->verb, "handle") == 0 && str_eq(part_state(part), "assigned") &&
	       step_act(step, act_desc_find("sign")) == NULL;
}

/* Whether the share is that of the actor, and not one that somebody else judges. */
static bool acts_on_own(enum who who)
{
	switch (who) {
	case WHO_ANY:
	case WHO_HOLDER:
	case WHO_CENTRE_OR_HOLDER:
	case WHO_SEAT_OR_HOLDER:
	case WHO_SHARE:
		return true;
	case WHO_CENTRE:
	case WHO_SEAT:
	case WHO_ORIGIN:
	case WHO_BELOW:
		break;
	}
	return false;
}

static const char *share_list(const struct ask *ask, struct str *out)
{
	const struct incident *incident = ask->incident;

	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);
		const struct org *org = rules_org(ask->rules, part->org);

		if (!part_is_live(part))
			continue;
		if (out->len > 0)
			str_add(out, _(", "));
		str_add(out, org != NULL ? org->name : part->org);
	}
	return out->len > 0 ? str_get(out) : _("nobody");
}

static enum err no_share(const struct ask *ask, const struct step *step, struct error *err)
{
	struct str list = STR_INIT;
	enum err code = error_set(err, ERR_REFUSED, _("%s: say whose share it is (%s)"),
				  rules_act_label_at(ask->rules, step, ask->desc, ask->actor->org),
				  share_list(ask, &list));

	str_release(&list);
	return code;
}

static enum err not_so_far(const struct ask *ask, const struct step *step, const struct part *part,
			   struct error *err)
{
	const struct child_desc *desc = child_desc(CHILD_PART);
	const struct org *org = rules_org(ask->rules, part->org);
	const struct value state = { .is_text = true, .text = part_state(part) };
	char buf[40];

	return error_set(err, ERR_REFUSED, _("%s: the share of %s is %s"),
			 rules_act_label_at(ask->rules, step, ask->desc, ask->actor->org),
			 org != NULL ? org->name : part->org,
			 rules_show(ask->rules, field_find(desc->fields, desc->n_fields, "state"),
				    state, buf, sizeof buf));
}

/* The only live share the act can be done to; several: NULL. */
static struct part *only_share(const struct incident *incident, const struct share_act *act,
			       const struct step *step, size_t *ret_n)
{
	struct part *parts = incident->parts.items, *only = NULL;

	*ret_n = 0;
	for (size_t i = 0; i < incident->parts.n; i++) {
		if (!part_is_live(&parts[i]) || !state_fits(act, step, &parts[i]))
			continue;
		only = &parts[i];
		++*ret_n;
	}
	return *ret_n == 1 ? only : NULL;
}

static enum err no_own_share(const struct ask *ask, const struct step *step, struct error *err)
{
	const struct org *org = rules_org(ask->rules, ask_org(ask));

	return error_set(err, ERR_DENIED, _("%s: %s has no share in it"),
			 rules_act_label_at(ask->rules, step, ask->desc, ask->actor->org),
			 org != NULL ? org->name : "-");
}

/* Nobody's is meant: the only one that it can be done to, for those who act for others. */
static enum err share_left(const struct ask *ask, const struct step *step, enum who who,
			   const struct part **ret_part, struct error *err)
{
	const struct share_act *act = share_act(ask->desc);
	const char *org = ask->actor->org;
	const struct part *part;
	bool own = acts_on_own(who) && who != WHO_ANY;
	size_t n, all;

	if (own && !actor_is_system(ask->actor) && !str_eq(org, ask->rules->centre) &&
	    !str_eq(org, incident_seat(ask->rules, ask->incident)))
		return no_own_share(ask, step, err);
	part = only_share(ask->incident, act, step, &n);
	if (n == 0) /* the only one, though it is not as far */
		part = only_share(ask->incident, NULL, step, &all);
	if (part == NULL && (n == 0 || ask->act != NULL) &&
	    (act == NULL || act->reaches != NULL || act->mark == 0 || own))
		return no_share(ask, step, err);
	*ret_part = part; /* none: asked without arguments, or done for all of them */
	return ERR_OK;
}

enum err ask_share(const struct ask *ask, const struct step *step, enum who who,
		   const struct part **ret_part, struct error *err)
{
	const struct incident *incident = ask->incident;
	const char *words = ask->act != NULL ? act_text(ask->act, "share") : NULL;
	const struct org *org = rules_org_named(ask->rules, words);
	const struct part *part = NULL;
	enum err code = ERR_OK;

	if (words != NULL)
		part = org != NULL ? incident_share(incident, org->code) : NULL;
	else if (acts_on_own(who))
		part = share_of(ask->rules, incident, ask_org(ask));
	if (part == NULL &&
	    (words != NULL || (acts_on_own(who) && ask_org(ask) != ask->actor->org)))
		return no_share(ask, step, err);
	if (part == NULL)
		code = share_left(ask, step, who, &part, err);
	if (code != ERR_OK)
		return code;
	if (part != NULL && !state_fits(share_act(ask->desc), step, part))
		return not_so_far(ask, step, part, err);
	*ret_part = part;
	return ERR_OK;
}

const struct part *ask_part(const struct ask *ask, enum who who)
{
	const struct rules *rules = ask->rules;
	const struct incident *incident = ask->incident;
	const char *words = ask->act != NULL ? act_text(ask->act, "share") : NULL;
	const struct org *org = rules_org_named(rules, words);
	const char *acting = ask_org(ask);
	const struct part *part;

	if (words != NULL)
		return org != NULL ? incident_share(incident, org->code) : NULL;
	if (!acts_on_own(who) || rules_org_within(rules, acting, incident->holder) ||
	    str_eq(acting, rules->centre) || str_eq(acting, incident_seat(rules, incident)))
		return incident_lead(incident);
	part = share_of(rules, incident, acting);
	return part != NULL ? part : incident_lead(incident);
}

struct part *draft_share(struct draft *draft)
{
	return children_find(&draft->after->parts, child_desc(CHILD_PART), &draft->share);
}

struct part *draft_part(struct draft *draft, const struct org *org, const char *role)
{
	struct children *parts = &draft->after->parts;
	struct uuid id = uuid_child(&draft->act->id, "part", draft->n_parts++);
	struct part *part = children_add(parts, child_desc(CHILD_PART), &id, draft->arena);

	part->org = org->code;
	part->role = role;
	part->state = "assigned";
	part->assigned_at = draft->eff;
	return part;
}

static bool has_reached(const struct share_act *act, const struct part *part)
{
	const int64_t *mark = (const void *)((const char *)part + act->mark);

	if (act->reaches == NULL)
		return act->mark != 0 && *mark != 0;
	return state_rank(part_state(part)) >= state_rank(act->reaches);
}

bool share_all_did(const struct incident *incident, const struct act_desc *desc)
{
	const struct share_act *act = share_act(desc);
	size_t n = 0;

	if (act == NULL)
		return true;
	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);
		if (!part_is_live(part))
			continue;
		n++;
		if (!has_reached(act, part))
			return false;
	}
	return n > 0;
}
