/* Pressing for a whistle's shares: urges, supervision; calls, notes, countersignatures, the meeting. */
#include <config.h>

#include <string.h>

#include "behalf_priv.h"
#include "speaking.h"
#include "supervision_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum err whistle_note(struct whistling *w, struct error *err)
{
	(void)w, (void)err;
	return ERR_OK;
}

enum err whistle_urge(struct whistling *w, struct error *err)
{
	(void)err;
	w->after->urges++;
	return ERR_OK;
}

/* --- supervision ----------------------------------------------------------------------------- */

static enum err check_role(const struct whistling *w, const struct channel *channel,
			   struct error *err)
{
	if (channel->role == NULL || whistling_role(w, channel->role))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s needs at least the role %s"), channel->label,
			 rules_role_label(w->rules, channel->role));
}

/* Which organisation must answer: that of the share; of the whole its lead. */
static const char *answering_org(struct whistling *w)
{
	const struct summoned *share = whistling_share(w);

	return share != NULL ? share->org : w->after->lead;
}

static void issue(struct whistling *w, const struct channel *channel, int64_t answer_by)
{
	struct supervision *new = supervision_add(&w->after->supervisions, channel, w->act,
						  answering_org(w), w->eff, w->arena);

	if (answer_by != 0)
		whistling_beside_until(w, "answer", &new->id, new->org, answer_by);
	new->due = answer_by != 0 ? answer_by
				  : whistling_beside(w, "answer", &new->id, new->org,
						     &channel->answer);
	w->after->supervised = channel->code;
	w->after->proposed_at = 0;
}

enum err whistle_supervise(struct whistling *w, struct error *err)
{
	const char *words = act_text(w->act, "channel");
	const struct channel *channel = channel_named(w->rules, words);
	int64_t answer_by = act_value(w->act, "answer_by", 0).num;
	enum err code;

	if (channel == NULL)
		return channel_unknown(w->rules, words, err);
	code = check_role(w, channel, err);
	if (code == ERR_OK)
		code = channel_rises(w->rules, channel, &w->after->supervisions, answering_org(w),
				     err);
	if (code == ERR_OK && answer_by != 0 && answer_by <= w->eff)
		code = error_set(err, ERR_INPUT, _("the time to answer must lie ahead"));
	if (code == ERR_OK)
		issue(w, channel, answer_by);
	return code;
}

static enum err may_answer(struct whistling *w, const struct supervision *one, struct error *err)
{
	if (whistling_is_of(w, w->org, one->org))
		return ERR_OK;
	if (!str_eq(w->org, w->rules->centre))
		return error_set(err, ERR_DENIED,
				 _("%s: only %s, or the centre for it, may do this"),
				 whistling_label(w), whistling_org_name(w, one->org));
	w->should = one->org;
	return ERR_OK;
}

/* Of the share that is said; of one's own; whoever has several is answered newest first. */
static struct supervision *to_answer(struct whistling *w)
{
	const struct summoned *share = whistling_share(w);
	const char *org = act_text(w->act, "share") != NULL || !str_eq(w->org, w->rules->centre)
				  ? (share != NULL ? share->org : w->org)
				  : NULL;

	return supervision_newest(w->rules, &w->after->supervisions, act_text(w->act, "channel"),
				  org, true);
}

enum err whistle_respond(struct whistling *w, struct error *err)
{
	struct supervision *one = to_answer(w);
	enum err code;

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no supervision to answer"));
	code = may_answer(w, one, err);
	if (code != ERR_OK)
		return code;
	one->answer = act_text(w->act, "words");
	one->answered_at = w->eff;
	one->answered_by = w->act->actor.officer;
	whistling_drop(w, &one->id);
	return ERR_OK;
}

enum err whistle_lift(struct whistling *w, struct error *err)
{
	const struct summoned *share = act_text(w->act, "share") != NULL ? whistling_share(w) : NULL;
	struct children *list = &w->after->supervisions;
	struct supervision *one = supervision_newest(w->rules, list, act_text(w->act, "channel"),
						     share != NULL ? share->org : NULL, false);
	const struct channel *channel;
	enum err code = ERR_OK;

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no supervision to lift"));
	channel = rules_channel(w->rules, one->channel);
	if (channel != NULL)
		code = check_role(w, channel, err);
	if (code != ERR_OK)
		return code;
	one->lifted_at = w->eff;
	one->lifted_by = w->act->actor.officer;
	whistling_drop(w, &one->id);
	one = supervision_newest(w->rules, list, NULL, NULL, false);
	w->after->supervised = one != NULL ? one->channel : NULL;
	return ERR_OK;
}

/* --- marks ----------------------------------------------------------------------------------- */

/* Who could issue what was proposed may set it aside. */
static bool may_press(const struct whistling *w)
{
	const struct rules *rules = w->rules;

	for (size_t i = 0; i < rules->n_channels; i++)
		if (rules->channels[i].role == NULL || whistling_role(w, rules->channels[i].role))
			return true;
	return rules->n_channels == 0;
}

enum err whistle_waive(struct whistling *w, struct error *err)
{
	if (!may_press(w))
		return error_set(err, ERR_DENIED, _("%s needs at least the role %s"),
				 whistling_label(w),
				 rules_role_label(w->rules, w->rules->channels[0].role));
	if (w->after->proposed_at == 0 && w->after->listed_at == 0)
		return error_set(err, ERR_REFUSED, _("nothing is proposed here"));
	w->after->proposed_at = w->after->listed_at = 0;
	return ERR_OK;
}

enum err whistle_propose(struct whistling *w, struct error *err)
{
	int64_t on = act_value(w->act, "off", 0).num == 0;

	(void)err;
	if (w->after->candidate == on)
		w->note = arena_printf(w->arena, on ? _("%s: it was marked already")
						    : _("%s: it was not marked"),
				       _("For the meeting"));
	w->after->candidate = on;
	return ERR_OK;
}

/* --- calls ----------------------------------------------------------------------------------- */

enum err whistle_call(struct whistling *w, struct error *err)
{
	return call_note(w->act, w->eff, w->recv, &w->after->calls, w->arena, NULL, err);
}

/* --- countersigning -------------------------------------------------------------------------- */

/* An officer of the unit; of an approval one of that role or higher, of the blower's organisation or
 * the centre. */
static bool is_his(const void *ctx, const struct behalf *behalf)
{
	const struct whistling *w = ctx;
	const struct actor *actor = &w->act->actor;
	bool role = behalf->role == NULL ||
		    rules_role_reaches(w->rules, actor->role, behalf->role);

	if (behalf->org != NULL)
		return role && whistling_is_of(w, actor->org, behalf->org);
	return role && (whistling_is_of(w, actor->org, w->after->origin) ||
			str_eq(actor->org, w->rules->centre));
}

static void signed_now(void *ctx, const struct behalf *behalf)
{
	struct whistling *w = ctx;

	whistling_drop(w, &behalf->id);
	if (behalf->due != 0 && w->after->owed > 0)
		w->after->owed--;
}

enum err whistle_countersign(struct whistling *w, struct error *err)
{
	const struct countersigning signing = { .rules = w->rules,
						.act = w->act,
						.eff = w->eff,
						.arena = w->arena,
						.records = &w->after->behalves,
						.is_his = is_his,
						.done = signed_now,
						.ctx = w };

	return countersign(&signing, &w->note, &w->again, err);
}
