/* The minutes as a document: written, countersigned by those who attended, approved, issued. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/doc_no.h"

static bool needs_signing(const struct conferring *c)
{
	return c->series != NULL && c->series->signed_by_all;
}

static bool needs_approval(const struct conferring *c)
{
	return c->series != NULL && c->series->minutes_role != NULL;
}

/* --- writing --------------------------------------------------------------------------------- */

/* Back to the secretary: what was signed or approved was another text. */
static void back_to_writing(struct conferring *c)
{
	conferring_go(c, MEETING_HELD);
	conferring_stop_kind(c, MEETING_SIGN);
	conferring_stop_kind(c, MEETING_APPROVE);
	c->after->drafted_at = c->after->approved_at = 0;
	c->after->approved_by = NULL;
	conferring_start(c, MEETING_MINUTES, NULL, 0, 0);
}

/* Of two who write at once the second hears who was first. */
static enum err check_rev(const struct conferring *c, struct error *err)
{
	const struct meeting *before = c->before, *base = c->s.state->base_entity;
	bool current = c->s.act->target.base == before->head.version;

	return speak_rev(&c->s, before->rev, before->edited_by, before->edited_at,
			 base != NULL ? base->rev : current ? before->rev : 0, err);
}

enum err confer_compose(struct conferring *c, struct error *err)
{
	static const char *const words[] = { "doc_title", "main_to", "copy_to", "preface",
					     "closing" };
	enum err code = check_rev(c, err);

	for (size_t i = 0; code == ERR_OK && i < c->s.act->n_given; i++) {
		const struct given *given = &c->s.act->given[i];

		for (size_t k = 0; k < ARRAY_LEN(words); k++)
			if (strcmp(given->field->name, words[k]) == 0)
				field_set(given->field, c->after, given->value, c->s.arena);
	}
	if (code != ERR_OK)
		return code;
	c->after->rev++;
	c->after->edited_by = c->s.act->actor.officer;
	c->after->edited_at = c->s.eff;
	if (c->from == MEETING_SIGNING)
		back_to_writing(c);
	return ERR_OK;
}

/* --- countersigning -------------------------------------------------------------------------- */

bool attendee_may_sign(const struct conferring *c, const struct attendee *attendee)
{
	enum attendee_role role = attendee_role(attendee);

	return c->from == MEETING_SIGNING && (role == ATTEND_CHAIR || role == ATTEND_MUST) &&
	       !attendee->leave_ok && attendee->sign_at == 0;
}

/* Those who must attend and have no leave sign. */
static size_t unsigned_of(const struct meeting *meeting, const struct attendee **ret_first)
{
	size_t n = 0;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (!attendee_is_must(attendee) || attendee->sign_at != 0)
			continue;
		if (n++ == 0)
			*ret_first = attendee;
	}
	return n;
}

static void ask_to_sign(struct conferring *c)
{
	for (size_t i = 0; i < c->after->attendees.n; i++) {
		struct attendee *attendee = (struct attendee *)c->after->attendees.items + i;

		attendee->sign_at = attendee->chased_at = 0;
		attendee->sign_by = attendee->objects = NULL;
		attendee->chased = 0;
		if (attendee_is_must(attendee))
			conferring_start(c, MEETING_SIGN, attendee, 0, 0);
	}
}

/* As far as nothing more is asked for: on to who approves, or to be issued. */
static void go_on(struct conferring *c)
{
	if (!needs_approval(c) || c->after->approved_at != 0) {
		conferring_go(c, MEETING_APPROVED);
		return;
	}
	conferring_go(c, MEETING_APPROVING);
	conferring_start(c, MEETING_APPROVE, NULL, 0, 0);
}

enum err confer_submit(struct conferring *c, struct error *err)
{
	const struct attendee *first = NULL;

	(void)err;
	conferring_stop_kind(c, MEETING_MINUTES);
	conferring_stop_kind(c, MEETING_SIGN);
	meeting_keep_said(c->after, c->s.state);
	c->after->drafted_at = c->s.eff;
	c->after->approved_at = 0;
	c->after->approved_by = NULL;
	conferring_go(c, MEETING_SIGNING);
	if (needs_signing(c))
		ask_to_sign(c);
	if (!needs_signing(c) || unsigned_of(c->after, &first) == 0)
		go_on(c);
	return ERR_OK;
}

static enum err check_signer(const struct conferring *c, const struct attendee *attendee,
			     struct error *err)
{
	if (attendee->sign_at != 0)
		return speak_done(&c->s, attendee->sign_by, attendee->sign_at, err);
	if (!attendee_may_sign(c, attendee))
		return error_set(err, ERR_REFUSED, _("%s need not sign the minutes"),
				 conferring_name(c, attendee));
	return ERR_OK;
}

enum err confer_sign(struct conferring *c, struct error *err)
{
	struct attendee *attendee = conferring_attendee(c);
	const struct attendee *first = NULL;
	enum err code = check_signer(c, attendee, err);

	if (code != ERR_OK)
		return code;
	attendee->sign_at = c->s.eff;
	attendee->sign_by = conferring_doer(c);
	attendee->objects = NULL;
	conferring_stop(c, MEETING_SIGN, attendee);
	if (unsigned_of(c->after, &first) == 0)
		go_on(c);
	return ERR_OK;
}

enum err confer_object(struct conferring *c, struct error *err)
{
	struct attendee *attendee = conferring_attendee(c);
	enum err code = check_signer(c, attendee, err);

	if (code != ERR_OK)
		return code;
	attendee->objects = act_text(c->s.act, "reason");
	conferring_stop(c, MEETING_SIGN, attendee);
	return ERR_OK;
}

/* --- approving ------------------------------------------------------------------------------- */

/* While some have still to sign it is approved as far as he is concerned. */
enum err confer_approve(struct conferring *c, struct error *err)
{
	if (!needs_approval(c))
		return error_set(err, ERR_REFUSED, _("these minutes need no approval"));
	if (c->before->approved_at != 0)
		return speak_done(&c->s, c->before->approved_by, c->before->approved_at, err);
	c->after->approved_at = c->s.eff;
	c->after->approved_by = conferring_doer(c);
	conferring_stop_kind(c, MEETING_APPROVE);
	if (c->from == MEETING_APPROVING)
		go_on(c);
	return ERR_OK;
}

enum err confer_disapprove(struct conferring *c, struct error *err)
{
	(void)err;
	back_to_writing(c);
	return ERR_OK;
}

/* --- issuing --------------------------------------------------------------------------------- */

static enum err check_ready(const struct conferring *c, struct error *err)
{
	const struct attendee *first = NULL;
	size_t n;

	if (c->from == MEETING_HELD && (needs_signing(c) || needs_approval(c)))
		return error_set(err, ERR_REFUSED, _("the minutes are not handed in yet"));
	if (needs_approval(c) && c->before->approved_at == 0)
		return error_set(err, ERR_REFUSED, _("the minutes are not approved yet"));
	n = c->from == MEETING_SIGNING ? unsigned_of(c->before, &first) : 0;
	if (n == 0 || act_text(c->s.act, "despite") != NULL)
		return ERR_OK;
	if (first->objects != NULL)
		return error_set(err, ERR_REFUSED,
				 _("%s objects: %.200s; they can be issued with a reason"),
				 conferring_name(c, first), first->objects);
	return error_set(err, ERR_REFUSED,
			 _("%zu have not signed (%s); they can be issued with a reason"), n,
			 conferring_name(c, first));
}

/* As given, or the next of its word and year; an overlay has none.  One that was counted before was
 * given, or left out: nobody can tell from here. */
static enum err set_doc_no(struct conferring *c, struct error *err)
{
	const char *given = act_text(c->s.act, "doc_no");
	const char *word = c->series != NULL ? c->series->doc : NULL;
	int year = doc_no_year(c->s.eff, c->s.rules->offset_min);
	int64_t serial = doc_no_serial(given, word, year);

	if (serial != 0 && serial < c->s.state->doc_serial)
		return error_set(err, ERR_REFUSED, _("%.60s was given already: the next is %s"), given,
				 doc_no(word, year, c->s.state->doc_serial, c->s.arena));
	if (given != NULL)
		c->after->doc_no = given;
	else if (word != NULL && c->s.state->doc_serial != 0)
		c->after->doc_no = doc_no(word, year, c->s.state->doc_serial, c->s.arena);
	return ERR_OK;
}

enum err confer_issue(struct conferring *c, struct error *err)
{
	enum err code = check_ready(c, err);

	if (code == ERR_OK)
		code = set_doc_no(c, err);
	if (code != ERR_OK)
		return code;
	meeting_keep_said(c->after, c->s.state);
	conferring_go(c, MEETING_ISSUED);
	conferring_stop_all(c);
	if (c->after->drafted_at == 0)
		c->after->drafted_at = c->s.eff;
	c->after->issued_at = c->s.eff;
	c->after->issued_by = c->s.act->actor.officer;
	return ERR_OK;
}
