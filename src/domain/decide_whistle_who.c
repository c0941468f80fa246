/* Whose act on a whistle it is, and whose share it is done to. */
#include <config.h>

#include "speaking.h"
#include "whistle_priv.h"
#include "zhiban/base/i18n.h"

/* --- who ------------------------------------------------------------------------------------- */

bool whistling_is_of(const struct whistling *w, const char *own, const char *org)
{
	return officer_is_of(w->rules, own, org);
}

bool whistling_role(const struct whistling *w, const char *role)
{
	return officer_has_role(w->rules, w->act, w->after->origin, role);
}

/* Who may say that an organisation did something: it or one within it, and the centre. */
enum err whistling_find_org(struct whistling *w, struct error *err)
{
	return officer_acts_as(w->rules, w->act, NULL, &w->org, err);
}

static enum err not_yours(const struct whistling *w, const char *org, bool also, struct error *err)
{
	if (also && !str_eq(org, w->rules->centre))
		return error_set(err, ERR_DENIED,
				 _("%s: only %s, or the centre for it, may do this"),
				 whistling_label(w), whistling_org_name(w, org));
	return error_set(err, ERR_DENIED, _("%s: only %s may do this here"), whistling_label(w),
			 whistling_org_name(w, org));
}

/* It, or the centre for it: whose act it then was is kept for the record on behalf. */
static enum err check_its(struct whistling *w, const char *org, struct error *err)
{
	if (!whistling_is_of(w, w->org, org) && !str_eq(w->org, w->rules->centre))
		return not_yours(w, org, true, err);
	w->should = whistling_is_of(w, w->org, org) ? NULL : org;
	return ERR_OK;
}

/* An officer of the blower's organisation or of one above it; by telephone also who records it. */
static enum err check_leader(struct whistling *w, struct error *err)
{
	const char *origin = w->before->origin, *own = w->act->actor.org;

	if (whistling_is_of(w, w->org, origin) || rules_org_within(w->rules, origin, own))
		return ERR_OK;
	return not_yours(w, origin, true, err);
}

enum err whistling_check_who(struct whistling *w, const struct whistle_row *row,
			     struct error *err)
{
	const struct summoned *share = whistling_share(w);
	bool centre = str_eq(w->org, w->rules->centre);

	switch (row->who) {
	case BY_SYSTEM:
		return ERR_OK; /* decide has asked */
	case BY_PARTY:
		if (rules_org(w->rules, w->org) != NULL)
			return ERR_OK;
		return error_set(err, ERR_DENIED, _("%s is no organisation of this jurisdiction"),
				 w->org != NULL ? w->org : "-");
	case BY_LEADER:
		return check_leader(w, err);
	case BY_CENTRE:
		return centre ? ERR_OK : not_yours(w, w->rules->centre, false, err);
	case BY_SHARE:
		return check_its(w, share != NULL ? share->org : NULL, err);
	case BY_BLOWER:
		return check_its(w, w->before->origin, err);
	case BY_BLOWER_OR_CENTRE:
		return centre || whistling_is_of(w, w->org, w->before->origin)
			       ? ERR_OK
			       : not_yours(w, w->before->origin, true, err);
	}
	return not_yours(w, w->rules->centre, false, err);
}

/* --- whose share ----------------------------------------------------------------------------- */

struct summoned *whistling_share(struct whistling *w)
{
	if (uuid_is_nil(&w->share))
		return NULL;
	return children_find(&w->after->shares, child_desc(CHILD_SUMMONED), &w->share);
}

/* The share of the organisation, or of the nearest above it that has one. */
static struct summoned *share_above(const struct whistling *w, const char *org)
{
	for (const struct org *at = rules_org(w->rules, org); at != NULL;
	     at = rules_org(w->rules, at->parent)) {
		struct summoned *share = whistle_share_of(w->after, at->code);
		if (share != NULL && whistling_is_of(w, org, at->code))
			return share;
	}
	return NULL;
}

static enum err several(const struct whistling *w, const struct whistle_row *row, struct error *err)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < w->after->shares.n; i++) {
		const struct summoned *share = whistle_share(w->after, i);
		if (share_is_live(share) && (row->fits == NULL || row->fits(w, share)))
			str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
				 whistling_org_name(w, share->org));
	}
	error_set(err, ERR_INPUT, _("%s: say whose share: %.300s"), whistling_label(w),
		  str_get(&names));
	str_release(&names);
	return ERR_INPUT;
}

/* The only live share that the act can be done to; without one the only live one. */
static enum err only_share(struct whistling *w, const struct whistle_row *row, struct error *err)
{
	const struct summoned *fit = NULL, *live = NULL;
	size_t n_fit = 0, n_live = 0;

	for (size_t i = 0; i < w->after->shares.n; i++) {
		const struct summoned *share = whistle_share(w->after, i);
		if (!share_is_live(share))
			continue;
		live = share;
		n_live++;
		if (row->fits == NULL || !row->fits(w, share))
			continue;
		fit = share;
		n_fit++;
	}
	if (n_fit == 1 || n_live == 1)
		w->share = n_fit == 1 ? fit->id : live->id;
	else if (row->fits != NULL && n_fit == 0)
		return error_set(err, ERR_REFUSED,
				 _("%s: there is no share now that it could be done to"),
				 whistling_label(w));
	else if (row->fits != NULL)
		return several(w, row, err);
	return ERR_OK;
}

/* Whose share: the argument, whom the telephone named, one's own, the only one. */
enum err whistling_find_share(struct whistling *w, const struct whistle_row *row,
			      struct error *err)
{
	const char *words = act_text(w->act, "share");
	const struct org *org = words != NULL ? rules_org_named(w->rules, words) : NULL;
	const struct summoned *share = NULL;

	if (!(w->act->desc->flags & ACT_SHARE))
		return ERR_OK;
	if (words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (org != NULL)
		share = whistle_share_of(w->after, org->code);
	else if (row->who == BY_SHARE || row->who == BY_PARTY)
		share = share_above(w, w->org);
	if (org != NULL && share == NULL)
		return error_set(err, ERR_REFUSED, _("%s has no share in this"), org->name);
	if (share != NULL) {
		w->share = share->id;
		return ERR_OK;
	}
	return only_share(w, row, err);
}

/* --- without arguments ----------------------------------------------------------------------- */

/* Whether it can be done to a share of his, or for the centre and the blower to any. */
static bool has_share(const struct whistling *w, const struct whistle_row *row)
{
	bool all = row->who != BY_SHARE || str_eq(w->org, w->rules->centre);

	for (size_t i = 0; i < w->after->shares.n; i++) {
		const struct summoned *share = whistle_share(w->after, i);
		if (share_is_live(share) && (row->fits == NULL || row->fits(w, share)) &&
		    (all || whistling_is_of(w, w->org, share->org)))
			return true;
	}
	return false;
}

/* What the shares alone do not say: whether there is anything to decide. */
static bool is_there(struct whistling *w, const struct whistle_row *row)
{
	if (row->apply == whistle_extend_ok || row->apply == whistle_extend_no)
		return whistling_waits(w);
	return true;
}

enum err whistling_could(struct whistling *w, const struct whistle_row *row, struct error *err)
{
	const char *approver = w->cls != NULL ? w->cls->approver : NULL;
	enum err code = row->who == BY_SHARE ? ERR_OK : whistling_check_who(w, row, err);

	if (code != ERR_OK)
		return code;
	if (row->who == BY_LEADER && approver != NULL && !whistling_role(w, approver) &&
	    !officer_may_record(w->rules, &w->act->actor, w->after->origin))
		return error_set(err, ERR_DENIED, _("%s needs at least the role %s"),
				 whistling_label(w), rules_role_label(w->rules, approver));
	if (!is_there(w, row) ||
	    ((row->who == BY_SHARE || row->fits != NULL) && !has_share(w, row)))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 whistling_label(w));
	return ERR_OK;
}

enum err whistling_may_blow(struct whistling *w, struct error *err)
{
	for (size_t i = 0; i < w->rules->n_summonses; i++) {
		w->summons = &w->rules->summonses[i];
		w->after->origin = summons_blower(w->rules, w->summons, w->org);
		if (w->after->origin != NULL &&
		    (w->summons->role == NULL || whistling_role(w, w->summons->role)))
			return ERR_OK;
	}
	return error_set(err, ERR_DENIED, _("%s: %s may not blow it"), whistling_label(w),
			 whistling_org_name(w, w->org));
}
