/* Drawing a meeting up: what it is, when and where, and that it is arranged otherwise. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { USUAL_MIN = 60 }; /* of a meeting of which nobody said how long */

static const char *const words[] = {
	"title", "starts", "ends", "room", "line", "chair", "chair2", "secretary", "quorum", "session",
	"note",
};

static bool is_word(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return false;
}

static bool says(const struct conferring *c, const char *name)
{
	return value_is_set(act_value(c->s.act, name, 0));
}

/* What the act gives; a value that it gives empty empties the field. */
static enum err take_words(struct conferring *c, struct error *err)
{
	for (size_t i = 0; i < c->s.act->n_given; i++) {
		const struct given *given = &c->s.act->given[i];

		if (!is_word(given->field->name))
			continue;
		if (!value_is_set(given->value) && given->field->flags & F_REQUIRED)
			return error_set(err, ERR_INPUT, _("%s cannot be empty"),
					 _(given->field->title));
		field_set(given->field, c->after, given->value, c->s.arena);
	}
	if (c->after->quorum < 0 || c->after->session < 0)
		return error_set(err, ERR_INPUT, _("a number below nothing is none"));
	return ERR_OK;
}

/* --- when ------------------------------------------------------------------------------------ */

static int64_t length_of(const struct conferring *c)
{
	int64_t minutes = 0;

	if (c->series != NULL && c->series->length_min > 0)
		return c->series->length_min * (int64_t)MINUTE_MS;
	for (size_t i = 0; i < c->after->agenda.n; i++)
		minutes += meeting_entry(c->after, i)->minutes;
	return (minutes > 0 ? minutes : USUAL_MIN) * (int64_t)MINUTE_MS;
}

/* Moved, it lasts as long as before; without an end, as long as the series says. */
static enum err set_times(struct conferring *c, struct error *err)
{
	const struct meeting *before = c->before;
	struct meeting *after = c->after;
	bool moved = after->starts != before->starts;

	if (after->starts == 0) {
		after->ends = 0;
		return ERR_OK;
	}
	if (moved && !says(c, "ends") && before->ends > before->starts && before->starts != 0)
		after->ends = after->starts + (before->ends - before->starts);
	else if (after->ends == 0)
		after->ends = after->starts + length_of(c);
	if (after->ends <= after->starts)
		return error_set(err, ERR_INPUT, _("the end is not behind the beginning"));
	if ((moved || after->ends != before->ends) && after->ends <= c->s.eff)
		return error_set(err, ERR_INPUT, _("this time is over already: %s"),
				 speak_when(&c->s, after->ends));
	return ERR_OK;
}

/* --- convening ------------------------------------------------------------------------------- */

static enum err not_convened_by(const struct conferring *c, const char *org, struct error *err)
{
	return error_set(err, ERR_DENIED, _("%s: %s does not convene \"%s\""), conferring_label(c),
			 org_called(c->s.rules, org),
			 c->series != NULL ? c->series->label : "-");
}

/* The organisation that convenes it: as said, else that of the officer, or above his, which does. */
static enum err set_org(struct conferring *c, struct error *err)
{
	const char *said = act_text(c->s.act, "org"), *code = c->s.org;
	const struct org *org = rules_org_named(c->s.rules, said);

	if (said != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 said);
	if (org != NULL)
		code = org->code;
	c->after->org = code;
	if (c->series == NULL)
		return str_eq(code, c->s.rules->centre) || rules_series_of(c->s.rules, code, 0) != NULL
			       ? ERR_OK
			       : not_convened_by(c, code, err);
	c->after->org = series_convener(c->s.rules, c->series, code);
	if (c->after->org == NULL || (org != NULL && !str_eq(c->after->org, org->code)))
		return not_convened_by(c, code, err);
	return ERR_OK;
}

static enum err check_convener(struct conferring *c, struct error *err)
{
	const char *role = c->series != NULL ? c->series->role : NULL;

	if (actor_is_system(&c->s.act->actor))
		return ERR_OK;
	if (!officer_is_of(c->s.rules, c->s.org, c->s.home))
		return speak_secretary(&c->s, err);
	if (str_eq(c->s.org, c->s.act->actor.org) && !conferring_role(c, role))
		return error_set(err, ERR_DENIED, _("%s needs at least the role %s"),
				 conferring_label(c), rules_role_label(c->s.rules, role));
	return ERR_OK;
}

static enum err set_series(struct conferring *c, struct error *err)
{
	const char *said = act_text(c->s.act, "series");

	c->series = rules_series(c->s.rules, said);
	for (size_t i = 0; said != NULL && c->series == NULL && i < c->s.rules->meetings.n_series; i++)
		if (str_eq(c->s.rules->meetings.series[i].label, said))
			c->series = &c->s.rules->meetings.series[i];
	if (said != NULL && c->series == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no series of meetings of this profile"),
				 said);
	c->after->series = c->series != NULL ? c->series->code : NULL;
	return ERR_OK;
}

/* What the series says and the act does not. */
static void fill_from_series(struct conferring *c)
{
	const struct meeting_series *series = c->series;
	struct meeting *after = c->after;

	if (after->secretary == NULL && !actor_is_system(&c->s.act->actor))
		after->secretary = conferring_doer(c);
	if (series == NULL)
		return;
	if (after->title == NULL)
		after->title = series->label;
	if (after->chair == NULL)
		after->chair = series->chair[0];
	if (after->chair2 == NULL)
		after->chair2 = series->chair[1];
	after->main_to = series->main_to;
	after->copy_to = series->copy_to;
}

enum err confer_convene(struct conferring *c, struct error *err)
{
	struct meeting *after = c->after;
	enum err code = set_series(c, err);

	if (code == ERR_OK)
		code = set_org(c, err);
	c->s.home = after->org;
	if (code == ERR_OK)
		code = check_convener(c, err);
	if (code == ERR_OK)
		code = take_words(c, err);
	if (code != ERR_OK)
		return code;
	after->by = c->s.act->actor.officer;
	after->state = meeting_state_code(MEETING_DRAWN);
	after->open = 1;
	fill_from_series(c);
	if (after->title == NULL)
		return error_set(err, ERR_INPUT, _("say what the meeting is called (title)"));
	conferring_set_chairs(c);
	code = conferring_set_attendees(c, err);
	if (code == ERR_OK)
		code = conferring_set_agenda(c, err);
	if (code == ERR_OK)
		code = set_times(c, err);
	if (code != ERR_OK)
		return code;
	conferring_attendees(c);
	conferring_tell_items(c);
	after->number = speak_number(&c->s, 'M');
	return ERR_OK;
}

/* --- arranging it otherwise ------------------------------------------------------------------ */

static bool is_moved(const struct conferring *c)
{
	const struct meeting *a = c->before, *b = c->after;

	return a->starts != b->starts || a->ends != b->ends || !str_eq(a->room, b->room) ||
	       !str_eq(a->line, b->line);
}

/* All are asked again: what they answered was to another time, or place. */
static void ask_again(struct conferring *c)
{
	c->after->sequence++;
	for (size_t i = 0; i < c->after->attendees.n; i++)
		conferring_ask(c, (struct attendee *)c->after->attendees.items + i);
}

static enum err check_called(const struct conferring *c, struct error *err)
{
	const struct meeting *after = c->after;

	if (after->starts == 0)
		return error_set(err, ERR_REFUSED, _("it is called: it needs a time"));
	if (after->room == NULL && after->line == NULL)
		return error_set(err, ERR_REFUSED, _("it is called: it needs a room or a line"));
	if (after->starts != c->before->starts && after->starts <= c->s.eff)
		return error_set(err, ERR_INPUT, _("this time is over already: %s"),
				 speak_when(&c->s, after->starts));
	return ERR_OK;
}

enum err confer_arrange(struct conferring *c, struct error *err)
{
	enum err code = take_words(c, err);

	if (code == ERR_OK)
		code = set_times(c, err);
	if (code != ERR_OK)
		return code;
	if (c->from == MEETING_SITTING && is_moved(c))
		return error_set(err, ERR_REFUSED,
				 _("it sits since %s: its time and place stay as they are"),
				 speak_when(&c->s, c->before->opened_at));
	conferring_set_chairs(c);
	if (c->from != MEETING_CALLED || !is_moved(c))
		return ERR_OK;
	code = check_called(c, err);
	if (code == ERR_OK)
		ask_again(c);
	return code;
}
