/* A task is signed for, or returned; done, verified, done again. */
#include <config.h>

#include "action_priv.h"
#include "zhiban/base/i18n.h"

/* Who did it: the officer, or whom he had on the telephone. */
static const char *doer(const struct acting *a)
{
	const struct by_phone *phone = &a->s.act->by_phone;

	return phone->org != NULL && phone->answered_by != NULL ? phone->answered_by
								: a->s.act->actor.officer;
}

static void sign_now(struct acting *a)
{
	a->after->signed_at = a->s.eff;
	a->after->signed_by = doer(a);
	a->after->returned_for = NULL;
	acting_stop(a, ACTION_SIGN);
}

enum err action_sign(struct acting *a, struct error *err)
{
	(void)err;
	sign_now(a);
	a->after->state = action_state_code(ACTION_SIGNED);
	return ERR_OK;
}

/* It keeps it, and its time runs on, until the secretary has corrected it or asks once more. */
enum err action_return(struct acting *a, struct error *err)
{
	struct action *after = a->after;

	if (a->before->returned_for != NULL)
		return error_set(err, ERR_REFUSED, _("it was returned already: %.300s"),
				 a->before->returned_for);
	after->returned_for = act_text(a->s.act, "reason");
	after->state = action_state_code(ACTION_GIVEN);
	after->signed_at = 0;
	after->signed_by = NULL;
	acting_stop(a, ACTION_SIGN);
	return ERR_OK;
}

/* What comes late does not take the place of a later one. */
enum err action_progress(struct acting *a, struct error *err)
{
	(void)err;
	if (a->s.eff < a->before->progress_at) {
		a->s.note = arena_printf(a->s.arena, _("a later one is there, of %s"),
					 speak_when(&a->s, a->before->progress_at));
		return ERR_OK;
	}
	a->after->progress = act_text(a->s.act, "note");
	a->after->progress_at = a->s.eff;
	return ERR_OK;
}

enum err action_assisted(struct acting *a, struct error *err)
{
	struct concerned *one = action_assist_of(a->after, a->department);

	if (one->done_at != 0)
		return speak_done(&a->s, org_called(a->s.rules, one->org), one->done_at, err);
	one->done_at = a->s.eff;
	one->words = act_text(a->s.act, "words");
	return ERR_OK;
}

/* Nothing that the lead had to do took longer than it was given, also when it was done once more. */
static bool in_time(const struct acting *a)
{
	const struct clock *clocks = a->after->clocks.items;

	for (size_t i = 0; i < a->after->clocks.n; i++) {
		int64_t end = clocks[i].stopped_at != 0 ? clocks[i].stopped_at : a->s.eff;

		if (action_clock_find(clocks[i].kind) == ACTION_HANDLE && clocks[i].due != 0 &&
		    str_eq(clocks[i].org, a->after->lead) && end > clocks[i].due)
			return false;
	}
	return true;
}

/* Who answers has signed for it. */
enum err action_feedback(struct acting *a, struct error *err)
{
	struct action *after = a->after;

	(void)err;
	if (after->signed_at == 0)
		sign_now(a);
	after->reply = act_text(a->s.act, "reply");
	after->replied_at = a->s.eff;
	after->replied_by = doer(a);
	after->in_time = in_time(a);
	after->state = action_state_code(ACTION_REPLIED);
	acting_stop(a, ACTION_HANDLE);
	acting_start(a, ACTION_VERIFY);
	acting_tell(a, after->reply);
	return ERR_OK;
}

enum { REASON_CHARS = 2000 };

enum err action_verify_ok(struct acting *a, struct error *err)
{
	struct action *after = a->after;

	(void)err;
	after->verified_at = after->closed_at = a->s.eff;
	after->verified_by = a->s.act->actor.officer;
	after->close_reason = speak_short(&a->s, act_text(a->s.act, "note"), REASON_CHARS);
	after->state = action_state_code(ACTION_DONE);
	after->open = 0;
	acting_stop_all(a);
	acting_tell(a, after->close_reason);
	return ERR_OK;
}

/* What it had done is to be done again: a new time by the profile's limit; the words of before stand in
 * the timeline. */
enum err action_verify_no(struct acting *a, struct error *err)
{
	struct action *after = a->after;

	(void)err;
	after->state = action_state_code(ACTION_SIGNED);
	after->reworks++;
	after->reply = NULL;
	after->replied_at = after->in_time = 0;
	after->replied_by = NULL;
	acting_stop(a, ACTION_VERIFY);
	if (after->handle_by > a->s.eff)
		acting_start(a, ACTION_HANDLE);
	else
		acting_start_limit(a, ACTION_HANDLE, &a->s.rules->meetings.handle,
				   action_clock_label(a->s.rules, "handle"));
	return ERR_OK;
}
