/* A department's share in a whistle, from its signature to what it feeds back: who comes, that he has
 * come and how that is proved, what was done. */
#include <config.h>

#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* A kind whose class knows no report-in is answered from one's desk (直通车). */
static bool must_come(const struct whistling *w)
{
	return w->cls == NULL || w->cls->limits[SUMMONS_REPORT_IN].unit != LIMIT_NONE;
}

static bool needs_confirming(const struct whistling *w)
{
	return w->summons != NULL && w->summons->confirmed;
}

bool whistle_unsigned(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->signed_at == 0;
}

bool whistle_uncontacted(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->contacted_at == 0;
}

bool whistle_unarrived(const struct whistling *w, const struct summoned *share)
{
	return must_come(w) && share->arrived_at == 0;
}

bool whistle_unreported(const struct whistling *w, const struct summoned *share)
{
	return must_come(w) && share->reported_at == 0;
}

bool whistle_unconfirmed(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->reported_at != 0 && share->confirmed_at == 0;
}

bool whistle_deniable(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->reported_at != 0 && share->handled_at == 0;
}

bool whistle_at_hand(const struct whistling *w, const struct summoned *share)
{
	bool come = share->reported_at != 0 && (!needs_confirming(w) || share->confirmed_at != 0);

	return share->handled_at == 0 && (come || !must_come(w));
}

bool whistle_unhandled(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->handled_at == 0;
}

bool whistle_unreplied(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->handled_at != 0 && share->replied_at == 0;
}

/* --- on the way ------------------------------------------------------------------------------ */

/* Who comes, where the act says so; whether it says anything. */
static bool take_comer(struct whistling *w, struct summoned *share)
{
	const struct {
		const char *arg;
		const char **field;
	} texts[] = {
		{ "comer", &share->comer },
		{ "comer_post", &share->comer_post },
		{ "comer_phone", &share->comer_phone },
	};
	int64_t comes_at = act_value(w->act, "comes_at", 0).num;
	bool said = comes_at != 0;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *text = act_text(w->act, texts[i].arg);

		if (text == NULL)
			continue;
		*texts[i].field = text;
		said = true;
	}
	if (comes_at != 0)
		share->comes_at = comes_at;
	return said;
}

static void sign(struct whistling *w, struct summoned *share)
{
	if (share->signed_at != 0)
		return;
	share->signed_at = w->eff;
	share->signed_by = w->act->actor.officer;
	whistling_stop(w, SUMMONS_SIGN, share);
}

static void contact(struct whistling *w, struct summoned *share)
{
	if (share->contacted_at == 0)
		share->contacted_at = w->eff;
	whistling_stop(w, SUMMONS_CONTACT, share);
}

/* Whoever stands before the street has had the whistle and has found it. */
static void arrive(struct whistling *w, struct summoned *share)
{
	sign(w, share);
	contact(w, share);
	if (share->arrived_at == 0)
		share->arrived_at = w->eff;
	whistling_stop(w, SUMMONS_ARRIVE, share);
}

/* Who comes may be named, or be another, after the signature. */
enum err whistle_sign(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);

	if (share->signed_at == 0) {
		take_comer(w, share);
		sign(w, share);
		return ERR_OK;
	}
	if (share->reported_at != 0 || !take_comer(w, share))
		return whistling_done(w, share->signed_by, share->signed_at, err);
	w->note = arena_printf(w->arena, _("%s has signed already, %s; who comes is noted"),
			       share->signed_by != NULL ? officer_show(share->signed_by) : "-",
			       whistling_when(w, share->signed_at));
	return ERR_OK;
}

enum err whistle_contact(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);

	if (share->contacted_at != 0)
		return whistling_done(w, whistling_org_name(w, share->org), share->contacted_at,
				      err);
	contact(w, share);
	return ERR_OK;
}

enum err whistle_arrive(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);

	if (share->arrived_at != 0)
		return whistling_done(w, share->comer != NULL ? share->comer
							      : whistling_org_name(w, share->org),
				      share->arrived_at, err);
	arrive(w, share);
	return ERR_OK;
}

/* --- reporting in ---------------------------------------------------------------------------- */

static enum err check_code(const struct whistling *w, struct error *err)
{
	if (w->summons == NULL || !w->summons->coded)
		return error_set(err, ERR_INPUT, _("%s: no codes are used here, leave it out"),
				 whistling_label(w));
	switch (w->state->proof) {
	case PROOF_UNKNOWN:
	case PROOF_RIGHT:
		return ERR_OK;
	case PROOF_WRONG:
		return error_set(err, ERR_REFUSED,
				 _("the code is wrong: ask for the one that the street's console "
				   "shows now, or report in without it"));
	case PROOF_USED:
		return error_set(err, ERR_REFUSED,
				 _("this code was used already: ask for the one that the street's "
				   "console shows now"));
	case PROOF_BARRED:
		return error_set(err, ERR_REFUSED,
				 _("too many wrong codes: report in without one and let the street "
				   "confirm it, or wait ten minutes"));
	}
	return ERR_OK;
}

/* What the street need not say any more: the code has. */
static void prove(struct whistling *w, struct summoned *share)
{
	bool coded = act_text(w->act, "code") != NULL;

	bool right = coded && w->state->proof == PROOF_RIGHT;

	share->proof = right ? "code" : coded ? "unverified" : "none";
	if (right) {
		share->proof_step = w->state->proof_step;
		share->confirmed_at = w->recv;
	} else if (!needs_confirming(w)) {
		share->confirmed_at = w->eff;
		share->confirmed_by = w->act->actor.officer;
	}
}

enum err whistle_report_in(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);
	enum err code = ERR_OK;

	if (share->reported_at != 0)
		return error_set(err, ERR_REFUSED, _("%s has reported in already, %s"),
				 share->comer != NULL ? share->comer : officer_show(share->reported_by),
				 whistling_when(w, share->reported_at));
	if (act_text(w->act, "code") != NULL)
		code = check_code(w, err);
	if (code != ERR_OK)
		return code;
	take_comer(w, share);
	arrive(w, share);
	share->reported_at = w->eff;
	share->reported_by = w->act->actor.officer;
	whistling_stop(w, SUMMONS_REPORT_IN, share);
	prove(w, share);
	return ERR_OK;
}

/* The latest clock of a kind about the share stopped then. */
static void stopped_at(struct whistling *w, const char *kind, const struct summoned *share,
		       int64_t at)
{
	const struct clock *found = whistle_clock_of(w->after, &share->id, kind);
	struct clock *clock;

	if (found == NULL || found->stopped_at == 0)
		return;
	clock = children_find(&w->after->clocks, child_desc(CHILD_CLOCK), &found->id);
	clock->stopped_at = at > clock->started_at ? at : clock->started_at;
}

/* The street saw him at another time than he said: that counts, for the clocks too. */
static enum err seen_at(struct whistling *w, struct summoned *share, struct error *err)
{
	int64_t at = act_value(w->act, "seen_at", 0).num;

	if (at == 0)
		return ERR_OK;
	if (at > w->recv + MINUTE_MS || at < share->asked_at)
		return error_set(err, ERR_INPUT,
				 _("he can have come only between %s, when it was issued, and now"),
				 whistling_when(w, share->asked_at));
	stopped_at(w, summons_clock_code(SUMMONS_ARRIVE), share, at);
	stopped_at(w, summons_clock_code(SUMMONS_REPORT_IN), share, at);
	share->arrived_at = share->reported_at = at;
	return ERR_OK;
}

enum err whistle_confirm_in(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);
	const char *comer = act_text(w->act, "comer");
	enum err code;

	if (share->reported_at == 0)
		return error_set(err, ERR_REFUSED, _("%s has not reported in yet"),
				 whistling_org_name(w, share->org));
	if (share->confirmed_at != 0) {
		w->note = arena_printf(w->arena, _("it is confirmed already, by %s, %s"),
				       share->confirmed_by != NULL
					       ? officer_show(share->confirmed_by)
					       : _("the code"),
				       whistling_when(w, share->confirmed_at));
		w->again = act_text(w->act, "note") == NULL;
		return ERR_OK;
	}
	code = seen_at(w, share, err);
	if (code != ERR_OK)
		return code;
	if (comer != NULL)
		share->comer = comer;
	share->confirmed_at = w->eff;
	share->confirmed_by = w->act->actor.officer;
	share->proof = "street";
	return ERR_OK;
}

/* Its clocks run on from where they were, as if nobody had reported in. */
enum err whistle_deny_in(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);

	if (share->reported_at == 0)
		return error_set(err, ERR_REFUSED, _("%s has not reported in yet"),
				 whistling_org_name(w, share->org));
	if (share->handled_at != 0)
		return error_set(err, ERR_REFUSED, _("%s has reported the result already, %s"),
				 whistling_org_name(w, share->org),
				 whistling_when(w, share->handled_at));
	if (str_eq(share->proof, "code") || str_eq(share->proof, "street"))
		return error_set(err, ERR_REFUSED, _("it is confirmed already, by %s, %s"),
				 share->confirmed_by != NULL ? officer_show(share->confirmed_by)
							     : _("the code"),
				 whistling_when(w, share->confirmed_at));
	share->reported_at = share->arrived_at = share->confirmed_at = 0;
	share->reported_by = share->confirmed_by = NULL;
	share->proof = "denied";
	whistling_resume(w, SUMMONS_ARRIVE, share);
	whistling_resume(w, SUMMONS_REPORT_IN, share);
	return ERR_OK;
}

/* --- together -------------------------------------------------------------------------------- */

enum err whistle_consult(struct whistling *w, struct error *err)
{
	const char *lead = act_text(w->act, "lead_org"), *present = act_text(w->act, "present");
	int64_t held_at = act_value(w->act, "held_at", 0).num;
	const struct summoned *share;

	if (held_at > w->recv + MINUTE_MS)
		return error_set(err, ERR_INPUT, _("a consultation that was held cannot lie ahead"));
	if (lead != NULL) {
		const struct org *org = rules_org_named(w->rules, lead);

		share = org != NULL ? whistle_share_of(w->after, org->code) : NULL;
		if (share == NULL)
			return error_set(err, ERR_INPUT, _("%.80s has no share in it"), lead);
		whistling_lead(w, share->org);
	}
	w->after->consulted_at = held_at != 0 ? held_at : w->eff;
	w->after->plan = act_text(w->act, "plan");
	if (present != NULL)
		w->after->present = present;
	return ERR_OK;
}

/* --- what was done --------------------------------------------------------------------------- */

enum err whistle_handle(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);

	if (share->handled_at != 0)
		return whistling_done(w, share->handled_by, share->handled_at, err);
	if (must_come(w) && share->reported_at == 0)
		return error_set(err, ERR_REFUSED, _("%s has not reported in yet"),
				 whistling_org_name(w, share->org));
	if (must_come(w) && needs_confirming(w) && share->confirmed_at == 0)
		return error_set(err, ERR_REFUSED,
				 _("%s has not confirmed yet that %s has come"),
				 whistling_org_name(w, w->after->origin),
				 share->comer != NULL ? share->comer
						      : whistling_org_name(w, share->org));
	share->handled_at = w->eff;
	share->handled_by = w->act->actor.officer;
	share->result = act_text(w->act, "result");
	whistling_stop(w, SUMMONS_HANDLE, share);
	whistling_start(w, SUMMONS_FEEDBACK, share);
	return ERR_OK;
}

enum err whistle_feedback(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);

	if (share->replied_at != 0)
		return whistling_done(w, whistling_org_name(w, share->org), share->replied_at, err);
	if (share->handled_at == 0)
		return error_set(err, ERR_REFUSED, _("%s has not reported the result yet"),
				 whistling_org_name(w, share->org));
	share->replied_at = w->eff;
	share->reply = act_text(w->act, "reply");
	whistling_stop(w, SUMMONS_FEEDBACK, share);
	whistling_start(w, SUMMONS_VERIFY, share);
	return ERR_OK;
}
