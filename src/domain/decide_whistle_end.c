/* The end of a whistle: the blower verifies each share, both sides say what they think, and with the
 * last word it is closed. */
#include <config.h>

#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

bool whistle_unverified(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->replied_at != 0 && share->verified_at == 0;
}

bool whistle_unrated(const struct whistling *w, const struct summoned *share)
{
	(void)w;
	return share->content == NULL;
}

static bool is_judged(const struct whistling *w)
{
	return w->summons != NULL && w->summons->judged;
}

bool whistle_unjudged(const struct whistling *w, const struct summoned *share)
{
	return is_judged(w) && share->judged == NULL;
}

/* --- verifying ------------------------------------------------------------------------------- */

/* Whoever did it does not say that it was done, whomever he records for. */
static enum err check_verifier(const struct whistling *w, const struct summoned *share,
			       struct error *err)
{
	if (!whistling_is_of(w, w->org, share->org))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s: %s has done it; another must"), whistling_label(w),
			 whistling_org_name(w, share->org));
}

static enum err find_replied(struct whistling *w, struct summoned **ret_share, struct error *err)
{
	struct summoned *share = whistling_share(w);
	enum err code = check_verifier(w, share, err);

	if (code != ERR_OK)
		return code;
	if (share->verified_at != 0)
		return whistling_done(w, share->verified_by, share->verified_at, err);
	if (share->replied_at == 0)
		return error_set(err, ERR_REFUSED, _("%s has not fed back yet"),
				 whistling_org_name(w, share->org));
	*ret_share = share;
	return ERR_OK;
}

void whistling_verified(struct whistling *w)
{
	for (size_t i = 0; i < w->after->shares.n; i++) {
		const struct summoned *share = whistle_share(w->after, i);

		if (share_is_live(share) && share->verified_at == 0)
			return;
	}
	if (whistling_live(w->after) > 0)
		whistling_go(w, WHISTLE_RATE);
}

enum err whistle_verify_ok(struct whistling *w, struct error *err)
{
	struct summoned *share = NULL;
	enum err code = find_replied(w, &share, err);

	if (code != ERR_OK)
		return code;
	share->verified_at = w->eff;
	share->verified_by = w->act->actor.officer;
	whistling_stop(w, SUMMONS_VERIFY, share);
	whistling_verified(w);
	return ERR_OK;
}

/* What it had done is to be done again; the words of before stand in the timeline. */
enum err whistle_verify_no(struct whistling *w, struct error *err)
{
	struct summoned *share = NULL;
	enum err code = find_replied(w, &share, err);

	if (code != ERR_OK)
		return code;
	share->handled_at = share->replied_at = 0;
	share->handled_by = share->result = share->reply = NULL;
	share->reworks++;
	whistling_stop(w, SUMMONS_VERIFY, share);
	whistling_start(w, SUMMONS_HANDLE, share);
	return ERR_OK;
}

/* --- what each side thinks ------------------------------------------------------------------- */

enum err whistling_word(const struct whistling *w, const char *arg, const char **ret_code,
			struct error *err)
{
	const struct field *field = act_arg_field(w->act->desc, arg);
	const struct choices *choices = rules_choices_in(w->rules, field, w->arena);
	const char *words = act_text(w->act, arg);
	const struct choice *choice = choices_named(choices, words);
	struct str list = STR_INIT;

	if (choice != NULL) {
		*ret_code = choice->code;
		return ERR_OK;
	}
	for (size_t i = 0; i < choices->n; i++)
		str_addf(&list, "%s%s", i > 0 ? _(", ") : "", choices->items[i].label);
	error_set(err, ERR_INPUT, _("%s: \"%.60s\" is not one of %s"), _(field->title), words,
		  str_get(&list));
	str_release(&list);
	return ERR_INPUT;
}

/* No live share waits for that word. */
static bool all_said(const struct whistling *w, whistle_fit *waits)
{
	for (size_t i = 0; i < w->after->shares.n; i++)
		if (share_is_live(whistle_share(w->after, i)) &&
		    waits(w, whistle_share(w->after, i)))
			return false;
	return true;
}

void whistling_said(struct whistling *w)
{
	if (all_said(w, whistle_unrated))
		whistling_stop(w, SUMMONS_RATE, NULL);
	if (all_said(w, whistle_unrated) && all_said(w, whistle_unjudged))
		whistling_go(w, WHISTLE_CLOSED);
}

enum err whistle_rate(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);
	enum err code = check_verifier(w, share, err);

	if (code == ERR_OK && share->content != NULL)
		code = whistling_done(w, share->rated_by, share->rated_at, err);
	if (code == ERR_OK)
		code = whistling_word(w, "content", &share->content, err);
	if (code != ERR_OK)
		return code;
	share->content_note = act_text(w->act, "note");
	share->rated_at = w->eff;
	share->rated_by = w->act->actor.officer;
	whistling_said(w);
	return ERR_OK;
}

enum err whistle_judge(struct whistling *w, struct error *err)
{
	struct summoned *share = whistling_share(w);
	enum err code = ERR_OK;

	if (!is_judged(w))
		return error_set(err, ERR_REFUSED, _("%s: departments do not judge it here"),
				 whistling_label(w));
	if (share->judged != NULL)
		code = whistling_done(w, share->judged_by, share->judged_at, err);
	if (code == ERR_OK)
		code = whistling_word(w, "judged", &share->judged, err);
	if (code != ERR_OK)
		return code;
	share->judged_note = act_text(w->act, "note");
	share->judged_at = w->eff;
	share->judged_by = w->act->actor.officer;
	whistling_stop(w, SUMMONS_JUDGE, share);
	whistling_said(w);
	return ERR_OK;
}

/* --- without the last word ------------------------------------------------------------------- */

/* Whoever is silent has had his time. */
static enum err check_time(struct whistling *w, struct error *err)
{
	struct clock *clocks = w->after->clocks.items;

	for (size_t i = 0; i < w->after->clocks.n; i++) {
		enum summons_clock kind = summons_clock_find(clocks[i].kind);

		if (clocks[i].stopped_at != 0 || clocks[i].due <= w->eff ||
		    (kind != SUMMONS_RATE && kind != SUMMONS_JUDGE))
			continue;
		return error_set(err, ERR_REFUSED, _("%s has time to say what it thinks until %s"),
				 whistling_org_name(w, clocks[i].org),
				 whistling_when(w, clocks[i].due));
	}
	return ERR_OK;
}

enum err whistle_close(struct whistling *w, struct error *err)
{
	const char *reason = act_text(w->act, "close_reason");
	enum err code = check_time(w, err);

	if (code != ERR_OK)
		return code;
	if (reason == NULL)
		return error_set(err, ERR_INPUT, _("say why it is closed without the last word"));
	w->after->close_reason = reason;
	whistling_go(w, WHISTLE_CLOSED);
	return ERR_OK;
}
