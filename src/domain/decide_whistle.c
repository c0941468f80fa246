/* Whistles: what becomes of an act on one.  One table says which act is possible in which step, and
 * whose it is. */
#include <config.h>

#include <string.h>

#include "behalf_priv.h"
#include "speaking.h"
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
	{ "handle", AT(ISSUED), BY_SHARE, whistle_at_hand, whistle_handle },
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
	{ "supervise", AT(ISSUED) | AT(RATE), BY_CENTRE, NULL, whistle_supervise },
	{ "respond", AT_ANY, BY_PARTY, NULL, whistle_respond },
	{ "lift", AT_ANY, BY_CENTRE, NULL, whistle_lift },
	{ "waive", AT_ANY, BY_CENTRE, NULL, whistle_waive },
	{ "propose", AT_ANY, BY_BLOWER_OR_CENTRE, NULL, whistle_propose },
	{ "call", AT_ANY, BY_PARTY, NULL, whistle_call },
	{ "note", AT_ANY, BY_PARTY, NULL, whistle_note },
	{ "countersign", AT_ANY, BY_PARTY, NULL, whistle_countersign },
	{ "fire", AT_ANY, BY_SYSTEM, NULL, whistle_fire },
	{ "table", AT_ANY, BY_SYSTEM, NULL, whistle_table },
	{ "resolved", AT_ANY, BY_SYSTEM, NULL, whistle_resolved },
	{ "tasked", AT_ANY, BY_SYSTEM, NULL, whistle_tasked },
	{ "carry", AT_ANY, BY_SYSTEM, NULL, whistle_carry },
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
	return org_called(w->rules, org);
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
	/* who closes it settles nothing, and then there is nothing left to settle */
	after->disputed += after->open && share->claimed_at != 0 && share->settled_at == 0;
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

/* What role, kind and step alone say. */
static enum err check_step(const struct whistling *w, const struct whistle_row *row,
			   struct error *err)
{
	enum err code = actor_may_write(w->rules, &w->act->actor, w->act->desc, err);

	if (code != ERR_OK || w->state->entity == NULL)
		return code;
	if (!(row->steps & (1U << w->from)))
		return not_in_step(w, err);
	/* it can always be taken back */
	if (w->cls == NULL && row->who != BY_PARTY && row->who != BY_SYSTEM &&
	    row->apply != whistle_withdraw)
		return error_set(err, ERR_REFUSED,
				 _("the profile in force has no such kind of whistle any more"));
	return ERR_OK;
}

static enum err judge(struct whistling *w, const struct whistle_row *row, struct error *err)
{
	enum err code = check_step(w, row, err);
	bool of_share = row->who == BY_SHARE; /* else whose share it is decides nothing about who */

	if (code == ERR_OK)
		code = whistling_find_org(w, err);
	if (code == ERR_OK && !of_share)
		code = whistling_check_who(w, row, err);
	if (code == ERR_OK)
		code = whistling_find_share(w, row, err);
	if (code == ERR_OK && of_share)
		code = whistling_check_who(w, row, err);
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

static struct whistling begin(const struct rules *rules, const struct state *state,
			      const struct act *act, const struct moment *moment,
			      struct arena *arena)
{
	struct whistling w = { .rules = rules, .state = state, .act = act, .eff = moment->eff,
			       .recv = moment->recv, .arena = arena };

	w.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_WHISTLE, &act->target.id, arena);
	w.after = entity_copy(w.before, arena);
	w.from = whistle_step(w.before);
	w.summons = whistle_summons(rules, w.before);
	w.cls = summons_class(w.summons, w.before->cls);
	/* of a class that the profile has no longer: the one it would have now */
	if (w.cls == NULL && w.summons != NULL && w.before->cls != NULL)
		w.cls = summons_class_by(w.summons, w.before->important, w.before->pressing);
	return w;
}

enum err decide_whistle(const struct rules *rules, const struct state *state, const struct act *act,
			const struct moment *moment, struct arena *arena,
			struct decision *ret_decision, struct error *err)
{
	const struct whistle_row *row = row_of(act->desc);
	struct whistling w = begin(rules, state, act, moment, arena);
	enum err code;

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

enum err whistle_possible(const struct rules *rules, const struct whistle *whistle,
			  const struct act_desc *desc, const struct actor *actor, struct error *err)
{
	const struct whistle_row *row = row_of(desc);
	struct act act = { .desc = desc, .actor = *actor };
	const struct state state = { .entity = whistle };
	const struct moment now = { 0, 0 };
	struct arena arena = ARENA_INIT;
	struct whistling w;
	enum err code;

	if (desc->target != KIND_WHISTLE || row == NULL || desc->flags & ACT_SYSTEM ||
	    (whistle == NULL) != (desc->conflict == CONFLICT_CREATES))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	w = begin(rules, &state, &act, &now, &arena);
	w.org = actor->org;
	code = check_step(&w, row, err);
	if (code == ERR_OK)
		code = whistle == NULL ? whistling_may_blow(&w, err)
				       : whistling_could(&w, row, err);
	arena_release(&arena);
	return code;
}

const struct summoned *whistle_act_share(const struct rules *rules, const struct whistle *whistle,
					 const struct act *act)
{
	const struct whistle_row *row = row_of(act->desc);
	const struct state state = { .entity = whistle };
	const struct moment now = { 0, 0 };
	const struct summoned *share = NULL;
	struct arena arena = ARENA_INIT;
	struct whistling w = begin(rules, &state, act, &now, &arena);

	if (row != NULL && whistling_find_org(&w, NULL) == ERR_OK &&
	    whistling_find_share(&w, row, NULL) == ERR_OK && !uuid_is_nil(&w.share))
		share = children_find(&whistle->shares, child_desc(CHILD_SUMMONED), &w.share);
	arena_release(&arena);
	return share;
}
