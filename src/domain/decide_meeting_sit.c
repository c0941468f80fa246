/* The sitting: who is there, that it is opened, closed, or not held at all. */
#include <config.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum err conferring_held(const struct conferring *c, int64_t *ret_at, struct error *err)
{
	int64_t at = act_value(c->s.act, "held_at", 0).num;

	if (at > c->s.recv + MINUTE_MS) /* clocks of two machines differ a little */
		return error_set(err, ERR_INPUT, _("what was held cannot lie ahead: %s"),
				 speak_when(&c->s, at));
	*ret_at = at != 0 ? at : c->s.eff;
	return ERR_OK;
}

/* --- the sheet ------------------------------------------------------------------------------- */

static enum err sign_in_one(struct conferring *c, struct attendee *attendee,
			    enum attendee_present present, int64_t at, struct error *err)
{
	const char *comer = act_text(c->s.act, "comer");

	if (present == PRESENT_LEFT) {
		if (!attendee_is_there(attendee))
			return error_set(err, ERR_REFUSED, _("%s is not signed in"),
					 conferring_name(c, attendee));
		attendee->present = attendee_present_code(present);
		attendee->left_at = at;
		return ERR_OK;
	}
	if (present == PRESENT_DELEGATE && comer == NULL)
		comer = attendee->delegate;
	if (present == PRESENT_DELEGATE && comer == NULL)
		return error_set(err, ERR_INPUT, _("say who came for %s (comer)"),
				 conferring_name(c, attendee));
	attendee->present = attendee_present_code(present);
	attendee->left_at = 0;
	attendee->present_at = present == PRESENT_ABSENT ? 0 : at;
	attendee->present_by = present == PRESENT_ABSENT ? NULL
			       : comer != NULL		 ? comer
							 : attendee->name;
	return ERR_OK;
}

enum err confer_sign_in(struct conferring *c, struct error *err)
{
	const char *said = act_text(c->s.act, "presence");
	enum attendee_present present = attendee_present_find(said);
	int64_t at;
	enum err code = conferring_held(c, &at, err);

	if (code == ERR_OK && present == PRESENTS)
		code = error_set(err, ERR_INPUT, _("\"%.40s\" is no way to sign in; there are %s"),
				 said, "present, late, delegate, absent, left");
	for (size_t i = 0; code == ERR_OK && value_is_set(act_value(c->s.act, "attendee", i)); i++) {
		const char *words = act_value(c->s.act, "attendee", i).text;
		struct attendee *attendee = NULL;
		struct uuid id;

		if (uuid_parse(words, &id) == ERR_OK)
			attendee = children_find(&c->after->attendees, child_desc(CHILD_ATTENDEE),
						 &id);
		code = attendee != NULL
			       ? sign_in_one(c, attendee, present, at, err)
			       : error_set(err, ERR_INPUT, _("%.80s is not among those who attend"),
					   words);
	}
	return code;
}

/* --- opening --------------------------------------------------------------------------------- */

/* "区水务局, 区住建局": those who must be there and are not. */
static const char *missing(const struct conferring *c)
{
	struct str names = STR_INIT;
	const char *ret;

	for (size_t i = 0; i < c->after->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(c->after, i);

		if (attendee_is_must(attendee) && !attendee_is_there(attendee))
			str_addf(&names, "%s%s", names.len > 0 ? _(", ") : "",
				 conferring_name(c, attendee));
	}
	ret = arena_strdup(c->s.arena, str_get(&names));
	str_release(&names);
	return ret;
}

static enum err not_enough(const struct conferring *c, const struct attendance *sheet,
			   struct error *err)
{
	if (sheet->here < sheet->need)
		return error_set(err, ERR_REFUSED,
				 _("no quorum: %zu of %zu are there, %zu must be; it can be opened "
				   "with a reason"),
				 sheet->here, sheet->invited, sheet->need);
	return error_set(err, ERR_REFUSED,
			 _("there are missing: %.300s; it can be opened with a reason"),
			 missing(c));
}

enum err confer_open(struct conferring *c, struct error *err)
{
	const struct attendance sheet = meeting_sheet(c->after);
	const char *reason = act_text(c->s.act, "reason");
	int64_t at;
	enum err code;

	/* two secretaries without a line both open it: the second joins in */
	if (c->from == MEETING_SITTING) {
		c->s.again = true;
		c->s.note = arena_printf(c->s.arena, _("%s has opened it already, %s"),
					 officer_show(c->before->opened_by),
					 speak_when(&c->s, c->before->opened_at));
		return ERR_OK;
	}
	code = conferring_held(c, &at, err);
	if (code == ERR_OK && !sheet.enough && reason == NULL)
		code = not_enough(c, &sheet, err);
	if (code != ERR_OK)
		return code;
	conferring_go(c, MEETING_SITTING);
	conferring_stop_kind(c, MEETING_ANSWER);
	c->after->opened_at = at;
	c->after->opened_by = c->s.act->actor.officer;
	c->after->short_for = sheet.enough ? NULL : reason;
	return ERR_OK;
}

/* --- its end --------------------------------------------------------------------------------- */

/* Who neither came nor has leave was absent. */
static void mark_absent(struct conferring *c)
{
	for (size_t i = 0; i < c->after->attendees.n; i++) {
		struct attendee *attendee = (struct attendee *)c->after->attendees.items + i;

		if (attendee_present(attendee) == PRESENTS &&
		    attendee_role(attendee) != ATTEND_SECRETARY && !attendee->leave_ok)
			attendee->present = attendee_present_code(PRESENT_ABSENT);
	}
}

void conferring_settle_items(struct conferring *c)
{
	char meeting[UUID_TEXT];

	uuid_text(&c->after->head.id, meeting);
	for (size_t i = 0; i < c->after->agenda.n; i++) {
		struct act *follow = speak_follow(&c->s, KIND_ITEM, "settle",
						       &meeting_entry(c->after, i)->id);

		speak_give(&c->s, follow, "meeting_id", meeting);
	}
}

enum err confer_adjourn(struct conferring *c, struct error *err)
{
	int64_t at;
	enum err code = conferring_held(c, &at, err);

	if (code == ERR_OK && at < c->before->opened_at)
		code = error_set(err, ERR_INPUT, _("it was opened at %s: it cannot end before"),
				 speak_when(&c->s, c->before->opened_at));
	if (code != ERR_OK)
		return code;
	conferring_go(c, MEETING_HELD);
	c->after->closed_at = at;
	mark_absent(c);
	meeting_keep_said(c->after, c->s.state);
	conferring_settle_items(c);
	conferring_start(c, MEETING_MINUTES, NULL, 0, 0);
	return ERR_OK;
}

enum err confer_cancel(struct conferring *c, struct error *err)
{
	(void)err;
	conferring_go(c, MEETING_CANCELLED);
	c->after->cancelled_for = act_text(c->s.act, "reason");
	c->after->sequence += c->from == MEETING_CALLED;
	conferring_stop_all(c);
	conferring_free_items(c);
	return ERR_OK;
}
