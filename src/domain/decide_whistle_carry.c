/* Whistles carried over when a profile or a calendar is adopted: organisations that ended, kinds and
 * classes of another name, deadlines that are computed again.  Their steps are no profile's. */
#include <config.h>

#include <string.h>

#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/carry.h"

/* --- kind and class -------------------------------------------------------------------------- */

/* The act's line "KIND:CLASS=KIND:CLASS" for this one; NULL: it keeps its own. */
static const char *new_kind(const struct whistling *w)
{
	const char *own = carry_kind(w->before, w->arena);

	for (size_t i = 0;; i++) {
		const struct value line = act_value(w->act, "map", i);
		const char *words;

		if (!value_is_set(line))
			return NULL;
		words = carry_line(line.text, own);
		if (words != NULL)
			return words;
	}
}

static enum err carry_to_kind(struct whistling *w, struct error *err)
{
	const char *words = new_kind(w);
	char *code, *cls;

	if (words == NULL)
		return ERR_OK;
	if (!carry_kind_stands(w->rules, words))
		return error_set(err, ERR_INPUT,
				 _("%.40s is no kind and class of whistles in the new profile"),
				 words);
	cls = arena_strdup(w->arena, words);
	code = strsep(&cls, ":");
	w->after->summons = code;
	w->after->cls = *cls != '\0' ? cls : NULL;
	w->summons = whistle_summons(w->rules, w->after);
	w->cls = summons_class(w->summons, w->after->cls);
	return ERR_OK;
}

/* --- two that became one --------------------------------------------------------------------- */

/* How far a share has come; of two as far the one about which more is said, then the lead. */
static int reached(const struct summoned *share)
{
	return (int)share_state(share) * 8 + (share->content != NULL) * 4 +
	       (share->judged != NULL) * 2 + str_eq(share->role, "lead");
}

static bool is_further(const struct summoned *shares, size_t i, size_t than)
{
	int a = reached(&shares[i]), b = reached(&shares[than]);

	return a != b ? a > b : i < than;
}

static const char *name_before(const struct whistling *w, const struct summoned *share)
{
	const struct summoned *before = children_find((struct children *)&w->before->shares,
						      child_desc(CHILD_SUMMONED), &share->id);

	return whistling_org_name(w, before != NULL ? before->org : share->org);
}

static void free_second(struct whistling *w, struct summoned *second, const struct summoned *kept)
{
	second->freed_at = w->eff;
	second->freed_for = arena_printf(w->arena, _("%s and %s are one organisation now"),
					 name_before(w, second), name_before(w, kept));
	second->instead = kept->org;
	whistling_drop(w, &second->id);
}

/* One organisation has one share: the further one goes on.  Whether there were two. */
static bool join_shares(struct whistling *w)
{
	struct summoned *shares = w->after->shares.items;
	bool joined = false;

	for (size_t i = 0; i < w->after->shares.n; i++)
		for (size_t k = 0; k < w->after->shares.n && shares[i].freed_at == 0; k++)
			if (k != i && shares[k].freed_at == 0 &&
			    str_eq(shares[k].org, shares[i].org) && is_further(shares, k, i)) {
				free_second(w, &shares[i], &shares[k]);
				joined = true;
			}
	return joined;
}

static void carry_orgs(struct whistling *w)
{
	carry_whistle_orgs_each(w->after, carry_heir, (void *)w->act);
	carry_claims_each(w->after, carry_heir, (void *)w->act);
	if (!w->after->open || !join_shares(w))
		return;
	if (w->after->lead != NULL)
		whistling_lead(w, w->after->lead); /* the one of the two that goes on */
	/* who is asked nothing any more may have been the last to wait for */
	if (w->from == WHISTLE_ISSUED)
		whistling_verified(w);
	else if (w->from == WHISTLE_RATE)
		whistling_said(w);
	if (!str_eq(w->before->step, w->after->step)) {
		w->after->moved_at = w->eff;
		w->after->moved_by = w->act->desc->verb;
	}
}

/* --- deadlines ------------------------------------------------------------------------------- */

/* Deadlines that came out the same are nothing to write down. */
static void compute_dues(struct whistling *w)
{
	if (act_value(w->act, "redue", 0).num == 0)
		return;
	if (act_value(w->act, "provisional", 0).num != 0)
		whistling_settle(w);
	else
		whistling_refit(w);
	w->again = entity_eq(w->before, w->after);
	if (w->again)
		w->note = _("no deadline has moved");
}

enum err whistle_carry(struct whistling *w, struct error *err)
{
	enum err code = carry_to_kind(w, err);

	if (code != ERR_OK)
		return code;
	carry_orgs(w);
	compute_dues(w);
	return ERR_OK;
}
