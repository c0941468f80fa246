/* Joint meetings: what becomes of an act on one.  One table says which act is possible in which state,
 * and whose it is. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#define AT_SHEET (AT(CALLED) | AT(SITTING) | AT(HELD))
#define AT_SIGNING (AT(SIGNING) | AT(APPROVING))

static const struct meeting_row rows[] = {
	{ "convene", AT_ANY, BY_CONVENER, PICK_NOBODY, NULL, false, confer_convene },
	{ "arrange", AT_BEFORE | AT(SITTING), BY_SECRETARY, PICK_NOBODY, NULL, false,
	  confer_arrange },
	{ "agenda", AT_BEFORE | AT(SITTING), BY_SECRETARY, PICK_NOBODY, NULL, false, confer_agenda },
	{ "attend", AT_BEFORE | AT(SITTING), BY_SECRETARY, PICK_NOBODY, NULL, false, confer_attend },
	{ "collect", AT_BEFORE, BY_SECRETARY, PICK_NOBODY, NULL, false, confer_collect },
	{ "invite", AT(DRAWN), BY_SECRETARY, PICK_NOBODY, NULL, true, confer_invite },
	{ "see", AT_ANY, BY_ATTENDEE, PICK_ONE, attendee_is_asked, false, confer_see },
	{ "answer", AT(CALLED), BY_ATTENDEE, PICK_ONE, attendee_is_asked, true, confer_answer },
	{ "grant", AT(CALLED) | AT(SITTING), BY_CHAIR, PICK_ONE, attendee_asks_leave, true,
	  confer_grant },
	{ "insist", AT(CALLED), BY_CHAIR, PICK_ONE, attendee_asks_leave, true, confer_insist },
	{ "chase", AT(CALLED) | AT(SIGNING), BY_SECRETARY, PICK_SOME, attendee_owes, true,
	  confer_chase },
	{ "open", AT(CALLED) | AT(SITTING), BY_SECRETARY, PICK_NOBODY, NULL, true, confer_open },
	{ "sign_in", AT_SHEET, BY_SECRETARY, PICK_NOBODY, NULL, true, confer_sign_in },
	{ "adjourn", AT(SITTING), BY_SECRETARY, PICK_NOBODY, NULL, true, confer_adjourn },
	{ "cancel", AT_BEFORE, BY_SECRETARY, PICK_NOBODY, NULL, false, confer_cancel },
	{ "stage", AT(DRAWN) | AT(SITTING), BY_SECRETARY, PICK_NOBODY, NULL, false, confer_stage },
	{ "compose", AT(SITTING) | AT(HELD) | AT(SIGNING), BY_SECRETARY, PICK_NOBODY, NULL, true,
	  confer_compose },
	{ "submit", AT(HELD) | AT(SIGNING), BY_SECRETARY, PICK_NOBODY, NULL, true, confer_submit },
	{ "sign", AT(SIGNING), BY_ATTENDEE, PICK_ONE, attendee_may_sign, true, confer_sign },
	{ "object", AT(SIGNING), BY_ATTENDEE, PICK_ONE, attendee_may_sign, true, confer_object },
	{ "approve", AT_SIGNING, BY_APPROVER, PICK_NOBODY, NULL, true, confer_approve },
	{ "disapprove", AT_SIGNING, BY_APPROVER, PICK_NOBODY, NULL, true, confer_disapprove },
	{ "issue", AT(HELD) | AT_SIGNING | AT(APPROVED), BY_SECRETARY, PICK_NOBODY, NULL, true,
	  confer_issue },
	{ "call", AT_ANY, BY_PARTY, PICK_NOBODY, NULL, false, confer_call },
	{ "note", AT_ANY, BY_PARTY, PICK_NOBODY, NULL, false, confer_note },
	{ "countersign", AT_ANY, BY_PARTY, PICK_NOBODY, NULL, false, confer_countersign },
	{ "carry", AT_ANY, BY_SECRETARY, PICK_NOBODY, NULL, false, confer_carry },
};

static const struct meeting_row *row_of(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, desc->verb) == 0)
			return &rows[i];
	return NULL;
}

/* --- words ----------------------------------------------------------------------------------- */

const char *conferring_label(const struct conferring *c)
{
	return rules_act_label(c->s.rules, c->s.act->desc);
}

const char *conferring_name(const struct conferring *c, const struct attendee *attendee)
{
	const char *org = org_called(c->s.rules, attendee->org);

	if (attendee->name == NULL)
		return org;
	return arena_printf(c->s.arena, "%s %s", org, attendee->name);
}

const char *conferring_doer(const struct conferring *c)
{
	const struct by_phone *phone = &c->s.act->by_phone;

	return phone->rung != NULL ? phone->rung : c->s.act->actor.officer;
}

/* The state does not allow the act: say where it stands, and what brought it there. */
static enum err not_in_state(const struct conferring *c, struct error *err)
{
	const struct meeting *before = c->before;
	const struct act_desc *moved =
		before->moved_by != NULL ? act_desc_of(KIND_MEETING, before->moved_by) : NULL;
	const char *state = c->from < MEETING_STATES ? meeting_state_label(c->from) : "-";

	if (moved == NULL)
		return error_set(err, ERR_REFUSED, _("%s is not possible: it stands at \"%s\""),
				 conferring_label(c), state);
	return error_set(err, ERR_REFUSED,
			 _("%s is not possible: it stands at \"%s\" (latest: %s, %s)"),
			 conferring_label(c), state, rules_act_label(c->s.rules, moved),
			 speak_when(&c->s, before->moved_at));
}

/* --- what lists show ------------------------------------------------------------------------- */

static void count_attendee(struct meeting *after, const struct attendee *attendee)
{
	enum attendee_answer answer = attendee_answer(attendee);

	after->present += attendee_is_there(attendee);
	if (attendee_role(attendee) == ATTEND_SECRETARY)
		return;
	after->must += attendee_is_must(attendee);
	if (attendee->asked_at == 0)
		return;
	after->invited++;
	after->accepted += answer == ANSWER_ACCEPTED || answer == ANSWER_DELEGATED;
	after->away += answer == ANSWER_LEAVE;
	after->silent += answer == ANSWERS;
}

static void count(struct meeting *after)
{
	const struct clock *next = meeting_next_clock(after);

	after->items = (int64_t)after->agenda.n;
	after->must = after->invited = after->accepted = after->away = after->silent = 0;
	after->present = 0;
	for (size_t i = 0; i < after->attendees.n; i++)
		count_attendee(after, meeting_attendee(after, i));
	after->due = next != NULL ? next->due : 0;
	after->due_clock = next != NULL ? next->kind : NULL;
}

/* --- all of it ------------------------------------------------------------------------------- */

/* What role, kind and state alone say. */
static enum err check_state(const struct conferring *c, const struct meeting_row *row,
			    struct error *err)
{
	bool staged = c->series != NULL && c->series->n_stages > 0;
	enum err code = ERR_OK;

	if (!actor_is_system(&c->s.act->actor))
		code = actor_may_write(c->s.rules, &c->s.act->actor, c->s.act->desc, err);
	if (code != ERR_OK || c->s.state->entity == NULL)
		return code;
	if (c->from >= MEETING_STATES || !(row->states & (1U << c->from)))
		return not_in_state(c, err);
	if (row->ordinary && staged)
		return error_set(err, ERR_REFUSED, _("%s: this one is held stage by stage"),
				 conferring_label(c));
	return ERR_OK;
}

static enum err judge(struct conferring *c, const struct meeting_row *row, struct error *err)
{
	enum err code = check_state(c, row, err);
	bool of_attendee = row->who == BY_ATTENDEE; /* else whom it is done to says nothing about who */

	if (code == ERR_OK)
		code = officer_acts_as(c->s.rules, c->s.act, c->s.home, &c->s.org, err);
	if (code == ERR_OK && !of_attendee)
		code = conferring_check_who(c, row, err);
	if (code == ERR_OK)
		code = conferring_find_attendee(c, row, err);
	if (code == ERR_OK && of_attendee)
		code = conferring_check_who(c, row, err);
	if (code == ERR_OK)
		code = row->apply(c, err);
	return code;
}

static void finish(struct conferring *c)
{
	(void)speak_behalf(&c->s, &c->after->behalves, &c->after->owed);
	count(c->after);
	conferring_rooms(c);
	if (c->s.act->desc->flags & ACT_STILL)
		return;
	c->after->moved_at = c->s.eff;
	c->after->moved_by = c->s.act->desc->verb;
}

static struct conferring begin(const struct rules *rules, const struct state *state,
			       const struct act *act, const struct moment *moment,
			       struct arena *arena)
{
	struct conferring c = { .s = { .rules = rules, .state = state, .act = act,
				       .eff = moment->eff, .recv = moment->recv, .arena = arena,
				       .org = act->actor.org } };

	c.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_MEETING, &act->target.id, arena);
	c.after = entity_copy(c.before, arena);
	c.from = meeting_state(c.before);
	c.series = rules_series(rules, c.before->series);
	c.s.home = c.before->org;
	return c;
}

enum err decide_meeting(const struct rules *rules, const struct state *state, const struct act *act,
			const struct moment *moment, struct arena *arena,
			struct decision *ret_decision, struct error *err)
{
	const struct meeting_row *row = row_of(act->desc);
	struct conferring c = begin(rules, state, act, moment, arena);
	enum err code;

	if (act->desc->conflict != CONFLICT_CREATES && state->entity == NULL)
		return error_set(err, ERR_NOT_FOUND, _("there is no such meeting"));
	if (row == NULL)
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 conferring_label(&c));
	code = judge(&c, row, err);
	if (code != ERR_OK)
		return code;
	if (c.s.again) {
		*ret_decision = (struct decision){ .note = c.s.note };
		return ERR_OK;
	}
	finish(&c);
	code = decision_of(c.before, c.after, arena, c.s.note, ret_decision);
	ret_decision->follow = c.s.follow;
	ret_decision->n_follow = c.s.n_follow;
	return code;
}

enum err meeting_possible(const struct rules *rules, const struct meeting *meeting,
			  const struct act_desc *desc, const struct actor *actor, struct error *err)
{
	const struct meeting_row *row = row_of(desc);
	struct act act = { .desc = desc, .actor = *actor };
	const struct state state = { .entity = meeting };
	const struct moment now = { 0, 0 };
	struct arena arena = ARENA_INIT;
	struct conferring c;
	enum err code;

	if (desc->target != KIND_MEETING || row == NULL || desc->flags & ACT_SYSTEM ||
	    (meeting == NULL) != (desc->conflict == CONFLICT_CREATES))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	c = begin(rules, &state, &act, &now, &arena);
	code = check_state(&c, row, err);
	if (code == ERR_OK)
		code = conferring_could(&c, row, err);
	arena_release(&arena);
	return code;
}
