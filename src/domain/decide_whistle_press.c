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

/* Which organisation must answer: that of the share; of the whole its lead. */
static const char *answering_org(struct whistling *w)
{
	const struct summoned *share = whistling_share(w);

	return share != NULL ? share->org : w->after->lead;
}

static bool has_role(void *ctx, const char *role)
{
	return whistling_role(ctx, role);
}

static void until(void *ctx, const struct uuid *about, const char *org, int64_t due)
{
	whistling_beside_until(ctx, "answer", about, org, due);
}

static int64_t beside(void *ctx, const struct uuid *about, const char *org,
		      const struct limit *limit)
{
	return whistling_beside(ctx, "answer", about, org, limit);
}

static void drop(void *ctx, const struct uuid *about)
{
	whistling_drop(ctx, about);
}

static struct supervising supervising_of(struct whistling *w)
{
	return (struct supervising){ .rules = w->rules, .act = w->act, .eff = w->eff,
				     .arena = w->arena, .list = &w->after->supervisions,
				     .supervised = &w->after->supervised,
				     .proposed_at = &w->after->proposed_at,
				     .listed_at = &w->after->listed_at, .has_role = has_role,
				     .until = until, .beside = beside, .drop = drop, .ctx = w };
}

enum err whistle_supervise(struct whistling *w, struct error *err)
{
	const struct supervising s = supervising_of(w);

	return supervising_issue(&s, answering_org(w), true, err);
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
	const struct supervising s = supervising_of(w);
	struct supervision *one = to_answer(w);
	enum err code;

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no supervision to answer"));
	code = may_answer(w, one, err);
	if (code == ERR_OK)
		supervising_answer(&s, one);
	return code;
}

enum err whistle_lift(struct whistling *w, struct error *err)
{
	const struct summoned *share = act_text(w->act, "share") != NULL ? whistling_share(w) : NULL;
	const struct supervising s = supervising_of(w);

	return supervising_lift(&s, share != NULL ? share->org : NULL, err);
}

/* --- marks ----------------------------------------------------------------------------------- */

enum err whistle_waive(struct whistling *w, struct error *err)
{
	const struct supervising s = supervising_of(w);

	return supervising_waive(&s, err);
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
