/* The shares of a whistle, and the steps it goes through. */
#include <config.h>

#include <string.h>

#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { SHARES_MAX = 60 }; /* with what is above them they fit into a party list */

size_t whistling_live(const struct whistle *whistle)
{
	size_t n = 0;

	for (size_t i = 0; i < whistle->shares.n; i++)
		n += share_is_live(whistle_share(whistle, i));
	return n;
}

static enum err may_not_call(const struct whistling *w, const struct org *org, struct error *err)
{
	return error_set(err, ERR_REFUSED, _("%s cannot be called by %s"), org->name,
			 w->summons->label);
}

enum err whistling_add_share(struct whistling *w, const char *words, const char *role,
			     struct uuid *ret_id, struct error *err)
{
	const struct org *org = rules_org_named(w->rules, words);
	struct summoned *share;
	struct uuid id;

	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (!summons_may_call(w->rules, w->summons, w->after->origin, org->code))
		return may_not_call(w, org, err);
	share = whistle_share_of(w->after, org->code);
	if (share != NULL)
		return error_set(err, ERR_REFUSED, _("%s has a share in it already"), org->name);
	if (w->after->shares.n >= SHARES_MAX)
		return error_set(err, ERR_INPUT, _("at most %d departments"), (int)SHARES_MAX);
	id = uuid_child(&w->act->id, "summoned", w->n_shares++);
	share = children_add(&w->after->shares, child_desc(CHILD_SUMMONED), &id, w->arena);
	share->org = org->code;
	share->role = role;
	if (ret_id != NULL)
		*ret_id = id;
	return ERR_OK;
}

void whistling_ask(struct whistling *w, struct summoned *share)
{
	static const enum summons_clock asked[] = { SUMMONS_SIGN, SUMMONS_CONTACT, SUMMONS_ARRIVE,
						    SUMMONS_REPORT_IN, SUMMONS_HANDLE };

	share->asked_at = w->eff;
	for (size_t i = 0; i < ARRAY_LEN(asked); i++)
		whistling_start(w, asked[i], share);
}

void whistling_lead(struct whistling *w, const char *org)
{
	struct summoned *shares = w->after->shares.items;

	for (size_t i = 0; i < w->after->shares.n; i++)
		if (shares[i].freed_at == 0)
			shares[i].role = str_eq(shares[i].org, org) ? "lead" : "assist";
	w->after->lead = org;
}

void whistling_free(struct whistling *w, struct summoned *share, const char *reason)
{
	share->freed_at = w->eff;
	share->freed_for = reason;
	whistling_drop(w, &share->id);
	if (!str_eq(w->after->lead, share->org))
		return;
	for (size_t i = 0; i < w->after->shares.n; i++)
		if (share_is_live(whistle_share(w->after, i))) {
			whistling_lead(w, whistle_share(w->after, i)->org);
			return;
		}
}

/* --- steps ----------------------------------------------------------------------------------- */

static void ask_all(struct whistling *w)
{
	struct summoned *shares = w->after->shares.items;

	w->after->issued_at = w->eff;
	w->after->issued_by = w->act->actor.officer;
	if (w->summons != NULL && w->summons->listed)
		w->after->listed_at = w->eff;
	for (size_t i = 0; i < w->after->shares.n; i++)
		if (shares[i].asked_at == 0 && shares[i].freed_at == 0)
			whistling_ask(w, &shares[i]);
}

static void rate_all(struct whistling *w)
{
	whistling_start(w, SUMMONS_RATE, NULL);
	for (size_t i = 0; w->summons != NULL && w->summons->judged && i < w->after->shares.n; i++)
		if (share_is_live(whistle_share(w->after, i)))
			whistling_start(w, SUMMONS_JUDGE, whistle_share(w->after, i));
}

void whistling_go(struct whistling *w, enum whistle_step step)
{
	struct whistle *after = w->after;

	after->step = whistle_step_code(step);
	after->open = (1U << step & AT_OPEN) != 0;
	if (step != WHISTLE_APPROVE)
		whistling_stop(w, SUMMONS_APPROVE, NULL);
	if (step != WHISTLE_CHECK)
		whistling_stop(w, SUMMONS_CHECK, NULL);
	if (!after->open) {
		after->closed_at = w->eff;
		whistling_stop_all(w);
	}
	switch (step) {
	case WHISTLE_APPROVE:
		whistling_start(w, SUMMONS_APPROVE, NULL);
		break;
	case WHISTLE_CHECK:
		whistling_start(w, SUMMONS_CHECK, NULL);
		break;
	case WHISTLE_ISSUED:
		ask_all(w);
		break;
	case WHISTLE_RATE:
		rate_all(w);
		break;
	case WHISTLE_DRAFT:
	case WHISTLE_RETURNED:
	case WHISTLE_CLOSED:
	case WHISTLE_WITHDRAWN:
	case WHISTLE_REFUSED:
	case WHISTLE_STEPS:
		break;
	}
}
