/* Answers to an invitation: he comes, asks for leave, sends somebody; leave granted and refused. */
#include <config.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- answering ------------------------------------------------------------------------------- */

static enum err take_accepted(struct conferring *c, struct attendee *attendee, struct error *err)
{
	(void)err;
	attendee->clash = act_text(c->s.act, "clash");
	attendee->why = act_text(c->s.act, "reason"); /* why he comes all the same */
	return ERR_OK;
}

/* Who need not come need not ask. */
static enum err take_leave(struct conferring *c, struct attendee *attendee, struct error *err)
{
	attendee->why = act_text(c->s.act, "reason");
	if (attendee->why == NULL)
		return error_set(err, ERR_INPUT, _("leave needs a reason"));
	if (attendee_role(attendee) != ATTEND_MAY)
		return ERR_OK;
	attendee->leave_ok = 1;
	attendee->leave_at = c->s.eff;
	return ERR_OK;
}

static enum err take_delegated(struct conferring *c, struct attendee *attendee, struct error *err)
{
	attendee->delegate = act_text(c->s.act, "comer");
	attendee->delegate_post = act_text(c->s.act, "comer_post");
	attendee->delegate_phone = act_text(c->s.act, "comer_phone");
	attendee->clash = act_text(c->s.act, "clash"); /* of whom he sends */
	attendee->why = act_text(c->s.act, "reason");
	if (attendee->delegate == NULL)
		return error_set(err, ERR_INPUT, _("say who comes for him (comer)"));
	return ERR_OK;
}

static const struct {
	enum err (*take)(struct conferring *c, struct attendee *attendee, struct error *err);
} takes[ANSWERS] = {
	[ANSWER_ACCEPTED] = { take_accepted },
	[ANSWER_LEAVE] = { take_leave },
	[ANSWER_DELEGATED] = { take_delegated },
};

static enum err check_answer(const struct conferring *c, const struct attendee *attendee,
			     struct error *err)
{
	if (!attendee_is_asked(c, attendee))
		return error_set(err, ERR_REFUSED, _("%s was not asked"),
				 conferring_name(c, attendee));
	if (c->s.eff >= c->before->starts)
		return error_set(err, ERR_REFUSED,
				 _("it has begun, %s: who is there signs in"),
				 speak_when(&c->s, c->before->starts));
	return ERR_OK;
}

enum err confer_answer(struct conferring *c, struct error *err)
{
	struct attendee *attendee = conferring_attendee(c);
	struct attendee said = { .answer = act_text(c->s.act, "answer") };
	enum attendee_answer answer = attendee_answer_find(said.answer);
	enum err code = check_answer(c, attendee, err);

	if (code == ERR_OK && answer == ANSWERS)
		code = error_set(err, ERR_INPUT, _("\"%.40s\" is no answer; there are %s"),
				 said.answer, "accepted, leave, delegated");
	if (code != ERR_OK)
		return code;
	attendee->why = attendee->clash = attendee->leave_by = NULL;
	attendee->delegate = attendee->delegate_post = attendee->delegate_phone = NULL;
	attendee->leave_at = attendee->leave_ok = 0;
	code = takes[answer].take(c, attendee, err);
	if (code != ERR_OK)
		return code;
	attendee->answer = attendee_answer_code(answer);
	attendee->answered_at = c->s.eff;
	attendee->answered_by = conferring_doer(c);
	if (attendee->seen_at == 0) {
		attendee->seen_at = c->s.eff;
		attendee->seen_by = attendee->answered_by;
	}
	conferring_stop(c, MEETING_ANSWER, attendee);
	return ERR_OK;
}

/* --- leave ----------------------------------------------------------------------------------- */

bool attendee_asks_leave(const struct conferring *c, const struct attendee *attendee)
{
	(void)c;
	return attendee_answer(attendee) == ANSWER_LEAVE && attendee->leave_at == 0;
}

static enum err check_asks(const struct conferring *c, const struct attendee *attendee,
			   struct error *err)
{
	if (attendee_asks_leave(c, attendee))
		return ERR_OK;
	if (attendee->leave_at != 0)
		return speak_done(&c->s, attendee->leave_by, attendee->leave_at, err);
	return error_set(err, ERR_REFUSED, _("%s does not ask for leave"),
			 conferring_name(c, attendee));
}

static void decided(struct conferring *c, struct attendee *attendee, bool granted)
{
	attendee->leave_at = c->s.eff;
	attendee->leave_by = conferring_doer(c);
	attendee->leave_ok = granted;
}

enum err confer_grant(struct conferring *c, struct error *err)
{
	struct attendee *attendee = conferring_attendee(c);
	enum err code = check_asks(c, attendee, err);

	if (code == ERR_OK)
		decided(c, attendee, true);
	return code;
}

/* He is as silent as before, and is asked anew. */
enum err confer_insist(struct conferring *c, struct error *err)
{
	struct attendee *attendee = conferring_attendee(c);
	enum err code = check_asks(c, attendee, err);

	if (code != ERR_OK)
		return code;
	decided(c, attendee, false);
	attendee->answer = NULL;
	attendee->answered_at = 0;
	attendee->answered_by = NULL;
	conferring_start(c, MEETING_ANSWER, attendee, 0, c->after->starts);
	return ERR_OK;
}
