/* Whose act on a meeting it is, and for which attendee it is done. */
#include <config.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"

/* --- who ------------------------------------------------------------------------------------- */

bool meeting_is_secretary(const struct rules *rules, const struct actor *actor, const char *org)
{
	const struct role_rule *role = rules_role(rules, actor->role);

	return !role->read_only && role->manage == MANAGE_NOTHING &&
	       officer_is_of(rules, actor->org, org);
}

bool conferring_role(const struct conferring *c, const char *role)
{
	return role == NULL || choices_find(&c->s.rules->roles, role) == NULL ||
	       secretary_has_role(c->s.rules, c->s.act, c->s.home, role);
}

static enum err role_missing(const struct conferring *c, const char *role, struct error *err)
{
	return error_set(err, ERR_DENIED, _("%s needs at least the role %s"), conferring_label(c),
			 rules_role_label(c->s.rules, role));
}

/* With the role that the series asks; for one that was rung, whoever recorded it answers. */
static enum err check_secretary(struct conferring *c, struct error *err)
{
	const char *role = c->series != NULL ? c->series->role : NULL;
	enum err code = speak_secretary(&c->s, err);

	if (code == ERR_OK && str_eq(c->s.org, c->s.act->actor.org) && !conferring_role(c, role))
		code = role_missing(c, role, err);
	return code;
}

static bool is_chair(const struct conferring *c)
{
	const char *officer = c->s.act->actor.officer;

	return officer != NULL && (str_eq(officer, c->before->chair) ||
				   str_eq(officer, c->before->chair2)) &&
	       rules_org(c->s.rules, c->s.act->actor.org) != NULL;
}

/* Of the organisation or above it; by telephone also who records it. */
static enum err check_approver(struct conferring *c, struct error *err)
{
	const char *role = c->series != NULL ? c->series->minutes_role : NULL;

	if (!officer_is_of(c->s.rules, c->s.org, c->before->org) &&
	    !rules_org_within(c->s.rules, c->before->org, c->s.act->actor.org))
		return speak_secretary(&c->s, err);
	return conferring_role(c, role) ? ERR_OK : role_missing(c, role, err);
}

enum err conferring_check_who(struct conferring *c, const struct meeting_row *row,
			      struct error *err)
{
	const struct attendee *attendee = conferring_attendee(c);

	if (actor_is_system(&c->s.act->actor) || act_follows(c->s.act))
		return ERR_OK;
	switch (row->who) {
	case BY_CONVENER:
		return ERR_OK; /* its organisation is not known before the act is read */
	case BY_PARTY:
		return speak_any(&c->s, err);
	case BY_CHAIR:
		return is_chair(c) ? ERR_OK : check_secretary(c, err);
	case BY_SECRETARY:
		return check_secretary(c, err);
	case BY_ATTENDEE:
		return speak_its(&c->s, attendee != NULL ? attendee->org : NULL, err);
	case BY_APPROVER:
		return check_approver(c, err);
	}
	return speak_any(&c->s, err);
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
					org_called(c->s.rules, org))
			    : take(c, &found, err);
	str_release(&found.names);
	return code;
}

/* The organisation itself, or the nearest above it that attends. */
static const char *attends(const struct conferring *c, const char *org)
{
	for (const struct org *at = rules_org(c->s.rules, org); at != NULL;
	     at = rules_org(c->s.rules, at->parent))
		if (meeting_attendee_of(c->after, at->code, NULL) != NULL &&
		    officer_is_of(c->s.rules, org, at->code))
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
	const char *id = act_text(c->s.act, "attendee"), *words = act_text(c->s.act, "share"), *own;
	const struct org *org = words != NULL ? rules_org_named(c->s.rules, words) : NULL;

	if (row->pick == PICK_NOBODY)
		return ERR_OK;
	if (id != NULL)
		return find_id(c, id, err);
	if (words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (org != NULL)
		return find_of(c, row, org->code, err);
	own = row->who == BY_ATTENDEE ? attends(c, c->s.org) : NULL;
	if (own != NULL)
		return find_of(c, row, own, err);
	if (row->who == BY_ATTENDEE && !officer_is_of(c->s.rules, c->s.org, c->before->org) &&
	    !str_eq(c->s.org, c->s.rules->centre))
		return error_set(err, ERR_DENIED, _("%s is not among those who attend"),
				 org_called(c->s.rules, c->s.org));
	return row->pick == PICK_SOME ? ERR_OK : find_of(c, row, NULL, err);
}

/* --- without arguments ----------------------------------------------------------------------- */

static bool has_attendee(const struct conferring *c, const struct meeting_row *row)
{
	bool all = row->who != BY_ATTENDEE || str_eq(c->s.org, c->s.rules->centre) ||
		   officer_is_of(c->s.rules, c->s.org, c->before->org);

	for (size_t i = 0; i < c->after->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(c->after, i);

		if (row->fits(c, attendee) &&
		    (all || officer_is_of(c->s.rules, c->s.org, attendee->org)))
			return true;
	}
	return false;
}

/* Whether he could convene any: an officer of an organisation that has a series; the centre also
 * others. */
static enum err may_convene(const struct conferring *c, struct error *err)
{
	const char *role = NULL;

	for (size_t i = 0; i < c->s.rules->meetings.n_series; i++) {
		const struct meeting_series *series = &c->s.rules->meetings.series[i];

		if (series_convener(c->s.rules, series, c->s.org) == NULL)
			continue;
		if (conferring_role(c, series->role))
			return ERR_OK;
		role = series->role;
	}
	if (role != NULL)
		return role_missing(c, role, err);
	if (str_eq(c->s.org, c->s.rules->centre))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s: %s convenes no meetings"), conferring_label(c),
			 org_called(c->s.rules, c->s.org));
}

static bool is_there(const struct conferring *c, const struct meeting_row *row)
{
	if (row->apply == confer_stage)
		return c->series != NULL && c->series->n_stages > 0;
	if (row->apply == confer_open) /* once it sits, only a second secretary without a line does */
		return c->from == MEETING_CALLED;
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
	if (row->who == BY_APPROVER && secretary_may_record(c->s.rules, &c->s.act->actor, c->s.home))
		code = ERR_OK; /* whom he rings he can record */
	else if (row->apply == confer_stage &&
		 officer_may_record(c->s.rules, &c->s.act->actor, c->s.home))
		code = ERR_OK; /* villages have no console: they tell the centre */
	else if (row->who != BY_ATTENDEE)
		code = conferring_check_who(c, row, err);
	if (code == ERR_OK && !is_there(c, row))
		code = error_set(err, ERR_REFUSED, _("%s does not apply here"), conferring_label(c));
	return code;
}
