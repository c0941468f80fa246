/* Whose business it is (责任争议): a department disputes its share, the centre settles it; departments
 * that take another's place or come along.  Who was asked first keeps it meanwhile: nothing stops. */
#include <config.h>

#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

bool whistle_undisputed(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->claimed_at == 0 && share->handled_at == 0;
}

bool whistle_disputing(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->claimed_at != 0 && share->settled_at == 0;
}

bool whistle_at_work(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->verified_at == 0;
}

enum err whistle_dispute(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);
	const char *words = act_text(w->act, "claim_for");
	const struct org *rather = rules_org_named(w->rules, words);
	enum err code = ERR_OK;

	if (share->settled_at != 0)
		return error_set(err, ERR_REFUSED, _("%s has settled the dispute already, %s"),
				 officer_show(share->settled_by),
				 whistling_when(w, share->settled_at));
	if (share->claimed_at != 0)
		return whistling_done(w, whistling_org_name(w, share->org), share->claimed_at, err);
	if (share->handled_at != 0)
		return error_set(err, ERR_REFUSED, _("%s has reported the result already, %s"),
				 whistling_org_name(w, share->org),
				 whistling_when(w, share->handled_at));
	if (words != NULL && rather == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	code = whistling_word(w, "claim", &share->claim, err);
	if (code != ERR_OK)
		return code;
	share->claim_for = rather != NULL ? rather->code : NULL;
	share->claim_reason = act_text(w->act, "reason");
	share->claimed_at = w->eff;
	whistling_start(w, SUMMONS_SETTLE, share);
	return ERR_OK;
}

/* --- rulings --------------------------------------------------------------------------------- */

/* A verified share stays in it; and somebody must. */
static enum err check_leaves(const struct whistling *w, const struct summoned *share, bool alone,
			     struct error *err)
{
	if (share->verified_at != 0)
		return error_set(err, ERR_REFUSED, _("the share of %s is verified already, %s"),
				 whistling_org_name(w, share->org),
				 whistling_when(w, share->verified_at));
	if (alone && whistling_live(w->after) <= 1)
		return error_set(err, ERR_REFUSED,
				 _("%s is the last department: put another in its place, or let it "
				   "be withdrawn"),
				 whistling_org_name(w, share->org));
	return ERR_OK;
}

/* A department more, asked at once. */
static enum err add(struct whistling *w, const char *words, struct uuid *ret_id, struct error *err)
{
	enum err code = whistling_add_share(w, words, "assist", ret_id, err);

	if (code == ERR_OK)
		whistling_ask(w, children_find(&w->after->shares, child_desc(CHILD_SUMMONED),
					       ret_id));
	return code;
}

/* Another in the place of the act's share; the lead's place leads. */
static enum err put_instead(struct whistling *w, const char *words, struct error *err)
{
	const struct summoned *old = whistling_share(w);
	bool leads = str_eq(w->after->lead, old->org);
	struct summoned *share;
	struct uuid id = { { 0 } };
	const char *org;
	enum err code = check_leaves(w, old, false, err);

	if (code == ERR_OK)
		code = add(w, words, &id, err);
	if (code != ERR_OK)
		return code;
	share = children_find(&w->after->shares, child_desc(CHILD_SUMMONED), &id);
	org = share->org;
	share = whistling_share(w);
	share->instead = org;
	whistling_free(w, share, act_text(w->act, "reason"));
	if (leads)
		whistling_lead(w, org);
	return ERR_OK;
}

typedef enum err rule_fn(struct whistling *w, const char *org, struct error *err);

static enum err rule_stays(struct whistling *w, const char *org, struct error *err)
{
	(void)w, (void)org, (void)err;
	return ERR_OK;
}

static enum err rule_freed(struct whistling *w, const char *org, struct error *err)
{
	struct summoned *share = whistling_share(w);
	enum err code = check_leaves(w, share, true, err);

	(void)org;
	if (code == ERR_OK)
		whistling_free(w, share, act_text(w->act, "reason"));
	return code;
}

static enum err rule_replaced(struct whistling *w, const char *org, struct error *err)
{
	if (org == NULL)
		return error_set(err, ERR_INPUT, _("say which department takes its place"));
	return put_instead(w, org, err);
}

/* The one that is named, also one that was not called before; else the disputing one itself. */
static enum err rule_lead(struct whistling *w, const char *org, struct error *err)
{
	const struct org *named = rules_org_named(w->rules, org);
	const struct summoned *share;
	struct uuid id;
	enum err code;

	if (org == NULL) {
		whistling_lead(w, whistling_share(w)->org);
		return ERR_OK;
	}
	share = named != NULL ? whistle_share_of(w->after, named->code) : NULL;
	if (share == NULL && w->from != WHISTLE_ISSUED) /* all is done: nobody new is asked */
		return error_set(err, ERR_REFUSED, _("%.80s has no share in it"), org);
	if (share == NULL) {
		code = add(w, org, &id, err);
		if (code != ERR_OK)
			return code;
		share = children_find(&w->after->shares, child_desc(CHILD_SUMMONED), &id);
	}
	whistling_lead(w, share->org);
	return ERR_OK;
}

static enum err rule_meeting(struct whistling *w, const char *org, struct error *err)
{
	(void)org, (void)err;
	w->after->candidate = 1;
	return ERR_OK;
}

static const struct {
	const char *code;
	rule_fn *rule;
} rulings[] = {
	{ "stays", rule_stays }, { "freed", rule_freed },     { "replaced", rule_replaced },
	{ "lead", rule_lead },	 { "meeting", rule_meeting },
};

/* Whom the ruling names, else whom the department would rather have. */
static const char *named_org(const struct whistling *w, const struct summoned *share)
{
	const char *org = act_text(w->act, "unit_org");

	return org != NULL ? org : share->claim_for;
}

enum err whistle_settle(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);
	const char *ruling = NULL;
	enum err code;

	if (share->settled_at != 0)
		return error_set(err, ERR_REFUSED, _("%s has settled the dispute already, %s"),
				 officer_show(share->settled_by),
				 whistling_when(w, share->settled_at));
	if (share->claimed_at == 0)
		return error_set(err, ERR_REFUSED, _("%s does not dispute it"),
				 whistling_org_name(w, share->org));
	code = whistling_word(w, "ruling", &ruling, err);
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(rulings); i++)
		if (str_eq(rulings[i].code, ruling))
			code = rulings[i].rule(w, named_org(w, share), err);
	if (code != ERR_OK)
		return code;
	share = whistling_share(w);
	share->ruling = ruling;
	share->settled_at = w->eff;
	share->settled_by = w->act->actor.officer;
	whistling_stop(w, SUMMONS_SETTLE, share);
	if (w->from == WHISTLE_ISSUED) /* who is freed may have been the last to wait for */
		whistling_verified(w);
	return ERR_OK;
}

/* --- others ---------------------------------------------------------------------------------- */

enum err whistle_replace(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);
	bool disputed = whistle_disputing(w, share);
	enum err code = put_instead(w, act_text(w->act, "unit_org"), err);

	if (code != ERR_OK || !disputed)
		return code;
	share = whistling_share(w);
	share->ruling = "replaced";
	share->settled_at = w->eff;
	share->settled_by = w->act->actor.officer;
	return ERR_OK;
}

enum err whistle_coassign(struct whistling *w, struct error *err)
{
	for (unsigned i = 0;; i++) {
		struct value words = act_value(w->act, "assist", i);
		struct uuid id;
		enum err code;

		if (!value_is_set(words))
			return ERR_OK;
		code = add(w, words.text, &id, err);
		if (code != ERR_OK)
			return code;
	}
}
