/* Whistles: what becomes of an act on one.  One table says which act is possible in which step, and
 * whose it is. */
#include <config.h>

#include <string.h>

#include "behalf_priv.h"
#include "decide_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct whistle_row rows[] = {
	{ "blow", AT_ANY, BY_PARTY, NULL, whistle_blow },
	{ "revise", AT(DRAFT) | AT(APPROVE) | AT(CHECK) | AT(RETURNED), BY_BLOWER, NULL,
	  whistle_revise },
	{ "submit", AT(DRAFT) | AT(RETURNED), BY_BLOWER, NULL, whistle_submit },
	{ "approve", AT(APPROVE), BY_LEADER, NULL, whistle_approve },
	{ "disapprove", AT(APPROVE), BY_LEADER, NULL, whistle_disapprove },
	{ "issue", AT(CHECK), BY_CENTRE, NULL, whistle_issue },
	{ "return", AT(CHECK), BY_CENTRE, NULL, whistle_return },
	{ "withdraw", AT_OPEN & ~AT(RATE), BY_BLOWER, NULL, whistle_withdraw },
	{ "sign", AT(ISSUED), BY_SHARE, whistle_unsigned, whistle_sign },
	{ "contact", AT(ISSUED), BY_SHARE, whistle_uncontacted, whistle_contact },
	{ "arrive", AT(ISSUED), BY_SHARE, whistle_unarrived, whistle_arrive },
	{ "report_in", AT(ISSUED), BY_SHARE, whistle_unreported, whistle_report_in },
	{ "confirm_in", AT(ISSUED) | AT(RATE), BY_BLOWER, whistle_unconfirmed, whistle_confirm_in },
	{ "deny_in", AT(ISSUED), BY_BLOWER, whistle_deniable, whistle_deny_in },
	{ "consult", AT(ISSUED), BY_BLOWER_OR_CENTRE, NULL, whistle_consult },
	{ "handle", AT(ISSUED), BY_SHARE, whistle_unhandled, whistle_handle },
	{ "feedback", AT(ISSUED), BY_SHARE, whistle_unreplied, whistle_feedback },
	{ "verify_ok", AT(ISSUED), BY_BLOWER, whistle_unverified, whistle_verify_ok },
	{ "verify_no", AT(ISSUED), BY_BLOWER, whistle_unverified, whistle_verify_no },
	{ "rate", AT(RATE), BY_BLOWER, whistle_unrated, whistle_rate },
	{ "judge", AT(RATE), BY_SHARE, whistle_unjudged, whistle_judge },
	{ "close", AT(RATE), BY_CENTRE, NULL, whistle_close },
	{ "dispute", AT(ISSUED), BY_SHARE, whistle_undisputed, whistle_dispute },
	{ "settle", AT(ISSUED) | AT(RATE), BY_CENTRE, whistle_disputing, whistle_settle },
	{ "replace", AT(ISSUED), BY_CENTRE, whistle_at_work, whistle_replace },
	{ "coassign", AT(ISSUED), BY_CENTRE, NULL, whistle_coassign },
	{ "extend_ask", AT(ISSUED), BY_SHARE, whistle_unhandled, whistle_extend_ask },
	{ "extend_ok", AT(ISSUED), BY_CENTRE, NULL, whistle_extend_ok },
	{ "extend_no", AT(ISSUED), BY_CENTRE, NULL, whistle_extend_no },
	{ "urge", AT(ISSUED) | AT(RATE), BY_BLOWER_OR_CENTRE, NULL, whistle_urge },
	{ "supervise", AT(ISSUED) | AT(RATE), BY_BLOWER_OR_CENTRE, NULL, whistle_supervise },
	{ "respond", AT_ANY, BY_PARTY, NULL, whistle_respond },
	{ "lift", AT_ANY, BY_BLOWER_OR_CENTRE, NULL, whistle_lift },
	{ "waive", AT_ANY, BY_CENTRE, NULL, whistle_waive },
	{ "propose", AT_ANY, BY_BLOWER_OR_CENTRE, NULL, whistle_propose },
	{ "call", AT_ANY, BY_PARTY, NULL, whistle_call },
	{ "note", AT_ANY, BY_PARTY, NULL, whistle_note },
	{ "countersign", AT_ANY, BY_PARTY, NULL, whistle_countersign },
	{ "fire", AT_ANY, BY_SYSTEM, NULL, whistle_fire },
};

static const struct whistle_row *row_of(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, desc->verb) == 0)
			return &rows[i];
	return NULL;
}

/* --- words ----------------------------------------------------------------------------------- */

const char *whistling_when(const struct whistling *w, int64_t at)
{
	char when[CIVIL_TEXT];

	civil_format(at, w->rules->offset_min, "m-d H:M", when, sizeof when);
	return arena_strdup(w->arena, when);
}

const char *whistling_org_name(const struct whistling *w, const char *org)
{
	const struct org *named = rules_org(w->rules, org);

	return named != NULL ? named->name : org != NULL ? org : "-";
}

const char *whistling_label(const struct whistling *w)
{
	return summons_act_label(w->rules, w->summons, w->act->desc);
}

enum err whistling_done(const struct whistling *w, const char *who, int64_t at, struct error *err)
{
	return error_set(err, ERR_REFUSED, _("%s: done already by %s, %s"), whistling_label(w),
			 who != NULL ? who : "-", whistling_when(w, at));
}

/* The step does not allow the act: say where it stands, and what brought it there. */
static enum err not_in_step(const struct whistling *w, struct error *err)
{
	const struct whistle *before = w->before;
	const char *step = summons_step_label(w->rules, w->summons, before->step);
	const struct act_desc *moved =
		before->moved_by != NULL ? act_desc_of(KIND_WHISTLE, before->moved_by) : NULL;

	if (moved == NULL)
		return error_set(err, ERR_REFUSED, _("%s is not possible in the step %s"),
				 whistling_label(w), step);
	return error_set(err, ERR_REFUSED,
			 _("%s is not possible: it is in the step %s now (latest: %s, %s)"),
			 whistling_label(w), step,
			 summons_act_label(w->rules, w->summons, moved),
			 whistling_when(w, before->moved_at));
}

/* --- who ------------------------------------------------------------------------------------- */

bool whistling_is_of(const struct whistling *w, const char *own, const char *org)
{
	if (own == NULL || org == NULL)
		return false;
	if (str_eq(org, w->rules->centre))
		return str_eq(own, org);
	return rules_org_within(w->rules, own, org);
}

static bool may_record_role(const struct whistling *w)
{
	const struct actor *actor = &w->act->actor;
	const struct rules *rules = w->rules;

	if (whistling_is_of(w, actor->org, w->after->origin) &&
	    !str_eq(w->after->origin, rules->centre))
		return true;
	return str_eq(actor->org, rules->centre) &&
	       (rules_role_reaches(rules, actor->role, "duty") ||
		(choices_find(&rules->roles, "duty") == NULL &&
		 choices_find(&rules->roles, actor->role) != NULL));
}

bool whistling_role(const struct whistling *w, const char *role)
{
	if (rules_role_reaches(w->rules, w->act->actor.role, role))
		return true;
	return rules_role_reaches(w->rules, w->act->by_phone.role, role) && may_record_role(w);
}

/* Who may say that an organisation did something: it or one within it, and the centre. */
static enum err find_org(struct whistling *w, struct error *err)
{
	const char *own = w->act->actor.org, *words = w->act->by_phone.org;
	const struct org *org;

	w->org = own;
	if (words == NULL)
		return ERR_OK;
	org = rules_org_named(w->rules, words);
	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (!str_eq(own, w->rules->centre) && !whistling_is_of(w, own, org->code))
		return error_set(err, ERR_DENIED, _("you cannot record what %s did"), org->name);
	w->org = org->code;
	return ERR_OK;
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

static enum err check_who(struct whistling *w, const struct whistle_row *row, struct error *err)
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
		if (share_is_live(share) && (row->fits == NULL || row->fits(share)))
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
		if (row->fits == NULL || !row->fits(share))
			continue;
		fit = share;
		n_fit++;
	}
	if (n_fit == 1 || n_live == 1)
		w->share = n_fit == 1 ? fit->id : live->id;
	else if (row->fits != NULL)
		return several(w, row, err);
	return ERR_OK;
}

/* Whose share: the argument, whom the telephone named, one's own, the only one. */
static enum err find_share(struct whistling *w, const struct whistle_row *row, struct error *err)
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

/* --- on behalf ------------------------------------------------------------------------------- */

/* As of incidents (decide_behalf.c): the organisation whose act it was and whose officer did not do
 * it himself; NULL: his own. */
static const char *done_for(const struct whistling *w)
{
	const struct act *act = w->act;

	if (act->by_phone.org != NULL)
		return w->org;
	if (act->by_phone.role != NULL)
		return NULL;
	if (w->rules->countersign.unit == LIMIT_NONE && !by_phone_is(&act->by_phone))
		return NULL;
	return w->should;
}

static void record_behalf(struct whistling *w)
{
	const struct act *act = w->act;
	const char *org = done_for(w);
	struct behalf *behalf;
	struct uuid id;

	if (actor_is_system(&act->actor) || act->desc->flags & ACT_SYSTEM || act_follows(act) ||
	    (org == NULL && act->by_phone.role == NULL))
		return;
	id = uuid_child(&act->id, "behalf", 0);
	behalf = children_add(&w->after->behalves, child_desc(CHILD_BEHALF), &id, w->arena);
	behalf_fill(behalf, w->rules, act, org, w->eff);
	if (w->rules->countersign.unit == LIMIT_NONE)
		return;
	behalf->due = whistling_beside(w, "countersign", &id, org != NULL ? org : w->after->origin,
				       &w->rules->countersign);
	w->after->owed++;
}

/* --- what lists show ------------------------------------------------------------------------- */

/* The worst that a share was rated. */
static const char *worst(const char *a, const char *b)
{
	static const char *const words[] = { "poor", "fair", "content" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(a, words[i]) || str_eq(b, words[i]))
			return words[i];
	return NULL;
}

static void count_share(struct whistle *after, const struct summoned *share, int *balance)
{
	if (!share_is_live(share))
		return;
	after->asked++;
	after->signatures += share->signed_at != 0;
	after->reported += share->reported_at != 0;
	after->replied += share->replied_at != 0;
	after->verified += share->verified_at != 0;
	after->disputed += share->claimed_at != 0 && share->settled_at == 0;
	after->content = worst(after->content, share->content);
	*balance += str_eq(share->judged, "regular") - str_eq(share->judged, "irregular");
	if (share->judged != NULL && after->judged == NULL)
		after->judged = "irregular"; /* as many say so as say the contrary */
}

static void count(struct whistle *after)
{
	const struct clock *next = whistle_next_clock(after);
	int balance = 0;

	after->asked = after->signatures = after->reported = after->replied = after->verified = 0;
	after->disputed = 0;
	after->content = after->judged = NULL;
	for (size_t i = 0; i < after->shares.n; i++)
		count_share(after, whistle_share(after, i), &balance);
	if (after->judged != NULL && balance > 0)
		after->judged = "regular";
	after->due = next != NULL ? next->due : 0;
	after->due_clock = next != NULL ? next->kind : NULL;
	after->due_org = next != NULL ? next->org : NULL;
}

/* --- all of it ------------------------------------------------------------------------------- */

static enum err judge(struct whistling *w, const struct whistle_row *row, struct error *err)
{
	enum err code = actor_may_write(w->rules, &w->act->actor, w->act->desc, err);

	if (code == ERR_OK && w->state->entity != NULL && !(row->steps & (1U << w->from)))
		code = not_in_step(w, err);
	if (code == ERR_OK)
		code = find_org(w, err);
	if (code == ERR_OK)
		code = find_share(w, row, err);
	if (code == ERR_OK)
		code = check_who(w, row, err);
	if (code == ERR_OK)
		code = row->apply(w, err);
	return code;
}

static void finish(struct whistling *w)
{
	record_behalf(w);
	count(w->after);
	if (w->act->desc->flags & ACT_STILL)
		return;
	w->after->moved_at = w->eff;
	w->after->moved_by = w->act->desc->verb;
}

enum err decide_whistle(const struct rules *rules, const struct state *state, const struct act *act,
			const struct moment *moment, struct arena *arena,
			struct decision *ret_decision, struct error *err)
{
	const struct whistle_row *row = row_of(act->desc);
	struct whistling w = { .rules = rules, .state = state, .act = act, .eff = moment->eff,
			       .recv = moment->recv, .arena = arena };
	enum err code;

	w.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_WHISTLE, &act->target.id, arena);
	w.after = entity_copy(w.before, arena);
	w.from = whistle_step(w.before);
	w.summons = whistle_summons(rules, w.before);
	w.cls = summons_class(w.summons, w.before->cls);
	if (row == NULL)
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 whistling_label(&w));
	code = judge(&w, row, err);
	if (code != ERR_OK)
		return code;
	if (w.again) {
		*ret_decision = (struct decision){ .note = w.note };
		return ERR_OK;
	}
	finish(&w);
	code = decision_of(w.before, w.after, arena, w.note, ret_decision);
	ret_decision->follow = w.follow;
	ret_decision->n_follow = w.n_follow;
	return code;
}
