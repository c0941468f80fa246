/* Calls that were made, and call-backs that are owed. */
#include <config.h>

#include <string.h>

#include "speaking.h"
#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* The same name, whatever blanks are around it. */
static bool same_name(const char *a, const char *b)
{
	size_t len_a, len_b;

	if (a == NULL || b == NULL)
		return false;
	a += strspn(a, " ");
	b += strspn(b, " ");
	for (len_a = strlen(a); len_a > 0 && a[len_a - 1] == ' '; len_a--)
		;
	for (len_b = strlen(b); len_b > 0 && b[len_b - 1] == ' '; len_b--)
		;
	return len_a == len_b && strncmp(a, b, len_a) == 0;
}

/* Whoever was rung is owed no call any more, whichever officer had promised it. */
static void keep_promises(struct draft *draft, const char *rung, int64_t at)
{
	struct promise *promises = draft->after->promises.items;

	for (size_t i = 0; i < draft->after->promises.n; i++) {
		if (promises[i].kept_at != 0 || !same_name(promises[i].whom, rung))
			continue;
		promises[i].kept_at = at;
		promises[i].kept_by = draft->act->actor.officer;
		draft_clock_drop(draft, &promises[i].id);
	}
}

enum err call_note(const struct act *act, int64_t eff, int64_t recv, struct children *calls,
		   struct arena *arena, struct phonecall **ret_call, struct error *err)
{
	const char *rung = act_text(act, "rung");
	int64_t at = act_value(act, "called_at", 0).num;
	struct uuid id = uuid_child(&act->id, "phonecall", 0);
	struct phonecall *call;

	if (same_name(rung, ""))
		return error_set(err, ERR_INPUT, _("%s is missing"), _("Who was rung"));
	if (at > recv + MINUTE_MS) /* clocks of two machines differ a little */
		return error_set(err, ERR_INPUT, _("a call that was made cannot lie ahead"));
	call = children_add(calls, child_desc(CHILD_PHONECALL), &id, arena);
	call->at = at != 0 ? at : eff;
	call->by = act->actor.officer;
	call->rung = rung;
	call->answered = act_text(act, "answered");
	call->gist = act_text(act, "gist");
	if (ret_call != NULL)
		*ret_call = call;
	return ERR_OK;
}

enum err apply_call(struct draft *draft, struct error *err)
{
	struct phonecall *call = NULL;
	enum err code = call_note(draft->act, draft->eff, draft->recv, &draft->after->calls,
				  draft->arena, &call, err);

	if (code == ERR_OK)
		keep_promises(draft, call->rung, call->at);
	return code;
}

/* "+40m" was counted when it was said: with the line cut the moment may be past when it gets here,
 * and then it is overdue at once. */
enum err apply_call_later(struct draft *draft, struct error *err)
{
	const struct act *act = draft->act;
	const char *whom = act_text(act, "whom");
	int64_t at = act_value(act, "call_at", 0).num;
	int64_t said = act->at != 0 && act->at < draft->eff ? act->at : draft->eff;
	struct uuid id = uuid_child(&act->id, "promise", 0);
	struct promise *promise;

	if (same_name(whom, ""))
		return error_set(err, ERR_INPUT, _("%s is missing"), _("Whom"));
	if (at <= said)
		return error_set(err, ERR_INPUT, _("the time to call back must lie ahead"));
	promise =
	    children_add(&draft->after->promises, child_desc(CHILD_PROMISE), &id, draft->arena);
	promise->at = at;
	promise->whom = whom;
	promise->note = act_text(act, "note");
	promise->by = act->actor.officer;
	promise->org = act->actor.org;
	draft_clock_until(draft, "callback", &id, act->actor.org, at);
	return ERR_OK;
}
