/* What is done beside the course of a meeting: calls, notes, countersignatures. */
#include <config.h>

#include <string.h>

#include "behalf_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

enum err confer_call(struct conferring *c, struct error *err)
{
	const struct act *act = c->act;
	const char *rung = act_text(act, "rung");
	int64_t at = act_value(act, "called_at", 0).num;
	struct uuid id = uuid_child(&act->id, "phonecall", 0);
	struct phonecall *call;

	if (rung[strspn(rung, " ")] == '\0')
		return error_set(err, ERR_INPUT, _("%s is missing"), _("Who was rung"));
	if (at > c->recv + MINUTE_MS) /* clocks of two machines differ a little */
		return error_set(err, ERR_INPUT, _("a call that was made cannot lie ahead"));
	call = children_add(&c->after->calls, child_desc(CHILD_PHONECALL), &id, c->arena);
	call->at = at != 0 ? at : c->eff;
	call->by = act->actor.officer;
	call->rung = rung;
	call->answered = act_text(act, "answered");
	call->gist = act_text(act, "gist");
	return ERR_OK;
}

enum err confer_note(struct conferring *c, struct error *err)
{
	(void)c; /* it stands in the timeline */
	(void)err;
	return ERR_OK;
}

/* An officer of the unit; of an approval one of that role or higher, of whoever convenes or above. */
static bool is_his(const void *ctx, const struct behalf *behalf)
{
	const struct conferring *c = ctx;
	const struct actor *actor = &c->act->actor;
	bool role = behalf->role == NULL ||
		    rules_role_reaches(c->rules, actor->role, behalf->role);

	if (behalf->org != NULL)
		return role && conferring_is_of(c->rules, actor->org, behalf->org);
	return role && (conferring_is_of(c->rules, actor->org, c->after->org) ||
			rules_org_within(c->rules, c->after->org, actor->org));
}

static void signed_now(void *ctx, const struct behalf *behalf)
{
	struct conferring *c = ctx;

	conferring_drop(c, &behalf->id);
	if (behalf->due != 0 && c->after->owed > 0)
		c->after->owed--;
}

enum err confer_countersign(struct conferring *c, struct error *err)
{
	const struct countersigning signing = { .rules = c->rules,
						.act = c->act,
						.eff = c->eff,
						.arena = c->arena,
						.records = &c->after->behalves,
						.is_his = is_his,
						.done = signed_now,
						.ctx = c };

	return countersign(&signing, &c->note, &c->again, err);
}
