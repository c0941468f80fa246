/* Whose act on a meeting it is, and for which attendee it is done. */
#include <config.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"

/* --- who ------------------------------------------------------------------------------------- */

bool conferring_is_of(const struct rules *rules, const char *own, const char *org)
{
	if (own == NULL || org == NULL)
		return false;
	if (str_eq(org, rules->centre))
		return str_eq(own, org);
	return rules_org_within(rules, own, org);
}

bool meeting_is_secretary(const struct rules *rules, const struct actor *actor, const char *org)
{
	const struct role_rule *role = rules_role(rules, actor->role);

	return !role->read_only && role->manage == MANAGE_NOTHING &&
	       conferring_is_of(rules, actor->org, org);
}

/* Who writes down what somebody said on the telephone: the secretary, and at the centre whoever is on
 * duty. */
static bool may_record(const struct conferring *c)
{
	const struct actor *actor = &c->act->actor;
	const struct rules *rules = c->rules;

	return conferring_is_of(rules, actor->org, c->after->org) ||
	       (str_eq(actor->org, rules->centre) &&
		(rules_role_reaches(rules, actor->role, "duty") ||
		 choices_find(&rules->roles, "duty") == NULL));
}

bool conferring_role(const struct conferring *c, const char *role)
{
	if (role == NULL || choices_find(&c->rules->roles, role) == NULL ||
	    rules_role_reaches(c->rules, c->act->actor.role, role))
		return true;
	return rules_role_reaches(c->rules, c->act->by_phone.role, role) && may_record(c);
}

/* Who may say that an organisation did something: it or one within it, whoever stands above it, the
 * centre, and the secretary of the meeting. */
enum err conferring_find_org(struct conferring *c, struct error *err)
{
	const char *own = c->act->actor.org, *words = c->act->by_phone.org;
	const struct org *org;

	c->org = own;
	if (words == NULL)
		return ERR_OK;
	org = rules_org_named(c->rules, words);
	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (!str_eq(own, c->rules->centre) && !conferring_is_of(c->rules, own, org->code) &&
	    !rules_org_within(c->rules, org->code, own) &&
	    !conferring_is_of(c->rules, own, c->before->org))
		return error_set(err, ERR_DENIED, _("you cannot record what %s did"), org->name);
	c->org = org->code;
	return ERR_OK;
}

static enum err not_yours(const struct conferring *c, const char *org, struct error *err)
{
	return error_set(err, ERR_DENIED, _("%s: only %s may do this here"), conferring_label(c),
			 conferring_org_name(c->rules, org));
}

static enum err role_missing(const struct conferring *c, const char *role, struct error *err)
{
	return error_set(err, ERR_DENIED, _("%s needs at least the role %s"), conferring_label(c),
			 rules_role_label(c->rules, role));
}

/* An officer of the organisation with the role that the series asks; for one that was rung, whoever
 * recorded it answers. */
static enum err check_secretary(const struct conferring *c, struct error *err)
{
	const char *role = c->series != NULL ? c->series->role : NULL;

	if (!conferring_is_of(c->rules, c->org, c->before->org))
		return not_yours(c, c->before->org, err);
	if (str_eq(c->org, c->act->actor.org) && !conferring_role(c, role))
		return role_missing(c, role, err);
	return ERR_OK;
}

static bool is_chair(const struct conferring *c)
{
	const char *officer = c->act->actor.officer;

	return officer != NULL && (str_eq(officer, c->before->chair) ||
				   str_eq(officer, c->before->chair2)) &&
	       rules_org(c->rules, c->act->actor.org) != NULL;
}

/* His own, or for him the secretary or the centre. */
static enum err check_attendee(struct conferring *c, struct error *err)
{
	const struct attendee *attendee = conferring_attendee(c);
	const char *org = attendee != NULL ? attendee->org : NULL;

	if (conferring_is_of(c->rules, c->org, org))
		return ERR_OK;
	if (!conferring_is_of(c->rules, c->org, c->before->org) &&
	    !str_eq(c->org, c->rules->centre))
		return error_set(err, ERR_DENIED,
				 _("%s: only %s, or the secretary for it, may do this"),
				 conferring_label(c), conferring_org_name(c->rules, org));
	c->should = org;
	return ERR_OK;
}

/* Of the organisation or above it; by telephone also who records it. */
static enum err check_approver(const struct conferring *c, struct error *err)
{
	const char *role = c->series != NULL ? c->series->minutes_role : NULL;

	if (!conferring_is_of(c->rules, c->org, c->before->org) &&
	    !rules_org_within(c->rules, c->before->org, c->act->actor.org))
		return not_yours(c, c->before->org, err);
	return conferring_role(c, role) ? ERR_OK : role_missing(c, role, err);
}

enum err conferring_check_who(struct conferring *c, const struct meeting_row *row,
			      struct error *err)
{
	if (actor_is_system(&c->act->actor) || act_follows(c->act))
		return ERR_OK;
	switch (row->who) {
	case BY_CONVENER:
		return ERR_OK; /* its organisation is not known before the act is read */
	case BY_PARTY:
		if (rules_org(c->rules, c->org) != NULL)
			return ERR_OK;
		return error_set(err, ERR_DENIED, _("%s is no organisation of this jurisdiction"),
				 c->org != NULL ? c->org : "-");
	case BY_CHAIR:
		return is_chair(c) ? ERR_OK : check_secretary(c, err);
	case BY_SECRETARY:
		return check_secretary(c, err);
	case BY_ATTENDEE:
		return check_attendee(c, err);
	case BY_APPROVER:
		return check_approver(c, err);
	}
	return not_yours(c, c->before->org, err);
}

/* --- for whom -------------------------------------------------------------------------------- */

struct attendee *conferring_attendee(struct conferring *c)
{
	if (uuid_is_nil(&c->attendee))
		return NULL;
	return children_find(&c->after->attendees, child_desc(CHILD_ATTENDEE), &c->attendee);
}

struct choice_of { /* attendees of one organisation, or all (org NULL) */
	const struct attendee *only, *fit, *named;
	size_t n, n_fit;
	struct str names; /* of those that fit */
};

static void look(const struct conferring *c, const struct meeting_row *row, const char *org,
		 struct choice_of *found)
{
	for (size_t i = 0; i < c->after->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(c->after, i);

		if (org != NULL && !str_eq(org, attendee->org))
			continue;
		found->only = attendee;
		found->n++;
		if (org != NULL && attendee->name != NULL &&
		    str_eq(attendee->name, conferring_doer(c)))
			found->named = attendee;
		if (!row->fits(c, attendee))
			continue;
		found->fit = attendee;
		found->n_fit++;
		str_addf(&found->names, "%s%s", found->names.len > 0 ? _(", ") : "",
			 conferring_name(c, attendee));
	}
}

/* Of an organisation: who does it by his name, the only one, the only one it can be done to. */
static enum err take(struct conferring *c, const struct choice_of *found, struct error *err)
{
	if (found->named != NULL)
		c->attendee = found->named->id;
	else if (found->n == 1)
		c->attendee = found->only->id;
	else if (found->n_fit == 1)
		c->attendee = found->fit->id;
	else if (found->n_fit == 0)
		return error_set(err, ERR_REFUSED,
				 _("%s: there is nobody now that it could be done for"),
				 conferring_label(c));
	else
		return error_set(err, ERR_INPUT, _("%s: say for whom: %.300s"), conferring_label(c),
				 str_get(&found->names));
	return ERR_OK;
}

static enum err find_of(struct conferring *c, const struct meeting_row *row, const char *org,
			struct error *err)
{
	struct choice_of found = { .names = STR_INIT };
	enum err code;

	look(c, row, org, &found);
	code = found.n == 0 ? error_set(err, ERR_REFUSED, _("%s is not among those who attend"),
					conferring_org_name(c->rules, org))
			    : take(c, &found, err);
	str_release(&found.names);
	return code;
}

/* The organisation itself, or the nearest above it that attends. */
static const char *attends(const struct conferring *c, const char *org)
{
	for (const struct org *at = rules_org(c->rules, org); at != NULL;
	     at = rules_org(c->rules, at->parent))
		if (meeting_attendee_of(c->after, at->code, NULL) != NULL &&
		    conferring_is_of(c->rules, org, at->code))
			return at->code;
	return NULL;
}

static enum err find_id(struct conferring *c, const char *words, struct error *err)
{
	struct uuid id;

	if (uuid_parse(words, &id) != ERR_OK || meeting_attendee_find(c->after, &id) == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is not among those who attend"), words);
	c->attendee = id;
	return ERR_OK;
}

/* Whom the act names, whose organisation it names, one's own, the only one. */
enum err conferring_find_attendee(struct conferring *c, const struct meeting_row *row,
				  struct error *err)
{
	const char *id = act_text(c->act, "attendee"), *words = act_text(c->act, "share"), *own;
	const struct org *org = words != NULL ? rules_org_named(c->rules, words) : NULL;

	if (row->pick == PICK_NOBODY)
		return ERR_OK;
	if (id != NULL)
		return find_id(c, id, err);
	if (words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (org != NULL)
		return find_of(c, row, org->code, err);
	own = row->who == BY_ATTENDEE ? attends(c, c->org) : NULL;
	if (own != NULL)
		return find_of(c, row, own, err);
	if (row->who == BY_ATTENDEE && !conferring_is_of(c->rules, c->org, c->before->org) &&
	    !str_eq(c->org, c->rules->centre))
		return error_set(err, ERR_DENIED, _("%s is not among those who attend"),
				 conferring_org_name(c->rules, c->org));
	return row->pick == PICK_SOME ? ERR_OK : find_of(c, row, NULL, err);
}

/* --- without arguments ----------------------------------------------------------------------- */

static bool has_attendee(const struct conferring *c, const struct meeting_row *row)
{
	bool all = row->who != BY_ATTENDEE || str_eq(c->org, c->rules->centre) ||
		   conferring_is_of(c->rules, c->org, c->before->org);

	for (size_t i = 0; i < c->after->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(c->after, i);

		if (row->fits(c, attendee) &&
		    (all || conferring_is_of(c->rules, c->org, attendee->org)))
			return true;
	}
	return false;
}

/* Whether he could convene any: an officer of an organisation that has a series; the centre also others. */
static enum err may_convene(const struct conferring *c, struct error *err)
{
	const char *role = NULL;

	for (size_t i = 0; i < c->rules->meetings.n_series; i++) {
		const struct meeting_series *series = &c->rules->meetings.series[i];

		if (series_convener(c->rules, series, c->org) == NULL)
			continue;
		if (conferring_role(c, series->role))
			return ERR_OK;
		role = series->role;
	}
	if (role != NULL)
		return role_missing(c, role, err);
	if (str_eq(c->org, c->rules->centre))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s: %s convenes no meetings"), conferring_label(c),
			 conferring_org_name(c->rules, c->org));
}

static bool is_there(const struct conferring *c, const struct meeting_row *row)
{
	if (row->apply == confer_stage)
		return c->series != NULL && c->series->n_stages > 0;
	if (row->apply == confer_countersign)
		return c->before->owed > 0;
	if (row->apply == confer_approve || row->apply == confer_disapprove)
		return c->from != MEETING_SIGNING ||
		       (c->series != NULL && c->series->minutes_role != NULL);
	return row->fits == NULL || has_attendee(c, row);
}

enum err conferring_could(struct conferring *c, const struct meeting_row *row, struct error *err)
{
	enum err code = ERR_OK;

	if (row->who == BY_CONVENER)
		return may_convene(c, err);
	if (row->who == BY_APPROVER && may_record(c))
		code = ERR_OK; /* whom he rings he can record */
	else if (row->who != BY_ATTENDEE)
		code = conferring_check_who(c, row, err);
	if (code == ERR_OK && !is_there(c, row))
		code = error_set(err, ERR_REFUSED, _("%s does not apply here"), conferring_label(c));
	return code;
}
