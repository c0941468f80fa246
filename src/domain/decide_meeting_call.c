/* Calling a meeting: papers, the invitation, that it was seen, and whoever is silent. */
#include <config.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

void conferring_go(struct conferring *c, enum meeting_state state)
{
	c->after->state = meeting_state_code(state);
	c->after->open = state != MEETING_ISSUED && state != MEETING_CANCELLED;
}

/* --- papers ---------------------------------------------------------------------------------- */

/* Of an item that concerns nobody nothing is asked. */
static void collect_of(struct conferring *c, const struct agenda *entry, int64_t until)
{
	const struct item *item = conferring_item(c, entry->item);
	const char *words = act_text(c->s.act, "words");
	struct act *follow;

	if (item != NULL && item->concerned.n == 0 && item->papers.n == 0)
		return;
	follow = speak_follow(&c->s, KIND_ITEM, "collect", &entry->id);
	speak_give_num(&c->s, follow, "until", until);
	if (words != NULL)
		speak_give(&c->s, follow, "words", words);
}

/* Every department's paper is due in the item: the meeting keeps only until when. */
enum err confer_collect(struct conferring *c, struct error *err)
{
	int64_t until = act_value(c->s.act, "until", 0).num;

	if (c->after->agenda.n == 0)
		return error_set(err, ERR_REFUSED, _("there is no item in the agenda yet"));
	if (until <= c->s.eff)
		return error_set(err, ERR_INPUT, _("this time is over already: %s"),
				 speak_when(&c->s, until));
	if (c->after->starts != 0 && until > c->after->starts)
		return error_set(err, ERR_INPUT, _("papers are due before it begins, %s"),
				 speak_when(&c->s, c->after->starts));
	c->after->papers_due = until;
	for (size_t i = 0; i < c->after->agenda.n; i++)
		collect_of(c, meeting_entry(c->after, i), until);
	return c->s.n_follow > 0 ? ERR_OK
			       : error_set(err, ERR_REFUSED,
					   _("it concerns no department that could be asked"));
}

/* --- the invitation -------------------------------------------------------------------------- */

static enum err check_items(const struct conferring *c, struct error *err)
{
	for (size_t i = 0; i < c->after->agenda.n; i++) {
		const struct agenda *entry = meeting_entry(c->after, i);
		const struct item *item = conferring_item(c, entry->item);

		if (item != NULL && item_state(item) != ITEM_APPROVED)
			return error_set(err, ERR_REFUSED, "\"%s\": %s", entry->title,
					 item_state_label(item_state(item)));
	}
	return ERR_OK;
}

static enum err check_complete(const struct conferring *c, struct error *err)
{
	const struct meeting *after = c->after;
	int64_t answer_by = act_value(c->s.act, "answer_by", 0).num;
	const char *missing = NULL;

	if (after->starts == 0)
		missing = _("when it begins");
	else if (after->room == NULL && after->line == NULL)
		missing = _("a room or a line");
	else if (after->agenda.n == 0)
		missing = _("an item");
	else if (meeting_answers(after).must == 0)
		missing = _("somebody who must attend");
	if (missing != NULL)
		return error_set(err, ERR_REFUSED, _("%s: there is missing %s"), conferring_label(c),
				 missing);
	if (after->starts <= c->s.eff)
		return error_set(err, ERR_REFUSED, _("this time is over already: %s"),
				 speak_when(&c->s, after->starts));
	if (answer_by != 0 && (answer_by <= c->s.eff || answer_by > after->starts))
		return error_set(err, ERR_INPUT, _("an answer is due from now until it begins, %s"),
				 speak_when(&c->s, after->starts));
	return ERR_OK;
}

enum err confer_invite(struct conferring *c, struct error *err)
{
	const char *note = act_text(c->s.act, "note");
	enum err code = check_complete(c, err);

	if (code == ERR_OK)
		code = check_items(c, err);
	if (code != ERR_OK)
		return code;
	conferring_go(c, MEETING_CALLED);
	c->after->called_at = c->s.eff;
	c->after->called_by = c->s.act->actor.officer;
	if (note != NULL)
		c->after->note = note;
	for (size_t i = 0; i < c->after->attendees.n; i++)
		conferring_ask(c, (struct attendee *)c->after->attendees.items + i);
	conferring_tell_items(c);
	return ERR_OK;
}

/* --- seen, chased ---------------------------------------------------------------------------- */

bool attendee_is_asked(const struct conferring *c, const struct attendee *attendee)
{
	(void)c;
	return attendee->asked_at != 0 && attendee_role(attendee) != ATTEND_SECRETARY;
}

bool attendee_is_silent(const struct conferring *c, const struct attendee *attendee)
{
	return attendee_is_asked(c, attendee) && attendee_answer(attendee) == ANSWERS;
}

/* A console marks it when the page is opened: what was seen before is no news. */
enum err confer_see(struct conferring *c, struct error *err)
{
	struct attendee *attendee = conferring_attendee(c);

	(void)err;
	if (attendee->asked_at == 0 || attendee->seen_at != 0) {
		c->s.again = true;
		return ERR_OK;
	}
	attendee->seen_at = c->s.eff;
	attendee->seen_by = c->s.act->actor.officer;
	return ERR_OK;
}

bool attendee_owes(const struct conferring *c, const struct attendee *attendee)
{
	return c->from == MEETING_SIGNING ? attendee_may_sign(c, attendee)
					  : attendee_is_silent(c, attendee);
}

static enum err chase_one(struct conferring *c, struct attendee *attendee, struct error *err)
{
	if (!attendee_owes(c, attendee))
		return error_set(err, ERR_REFUSED,
				 c->from == MEETING_SIGNING ? _("%s has signed, or need not")
							    : _("%s has answered, or was not asked"),
				 conferring_name(c, attendee));
	attendee->chased++;
	attendee->chased_at = c->s.eff;
	return ERR_OK;
}

enum err confer_chase(struct conferring *c, struct error *err)
{
	struct attendee *attendee = conferring_attendee(c);
	size_t n = 0;

	if (attendee != NULL)
		return chase_one(c, attendee, err);
	for (size_t i = 0; i < c->after->attendees.n; i++) {
		attendee = (struct attendee *)c->after->attendees.items + i;
		if (attendee_owes(c, attendee) && chase_one(c, attendee, err) == ERR_OK)
			n++;
	}
	return n > 0 ? ERR_OK : error_set(err, ERR_REFUSED, _("there is nobody to be chased"));
}
