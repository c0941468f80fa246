/* Who attends a meeting: by its items, by its series, by hand; and that they are invited. */
#include <config.h>

#include "decide_priv.h"
#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

bool conferring_is_called(const struct conferring *c)
{
	enum meeting_state state = meeting_state(c->after);

	return state == MEETING_CALLED || state == MEETING_SITTING;
}

void conferring_ask(struct conferring *c, struct attendee *attendee)
{
	conferring_stop(c, MEETING_ANSWER, attendee);
	attendee->asked_at = c->s.eff;
	attendee->seen_at = attendee->answered_at = attendee->leave_at = attendee->chased_at = 0;
	attendee->seen_by = attendee->answered_by = attendee->leave_by = NULL;
	attendee->answer = attendee->why = attendee->clash = NULL;
	attendee->delegate = attendee->delegate_post = attendee->delegate_phone = NULL;
	attendee->leave_ok = attendee->chased = 0;
	if (attendee_role(attendee) != ATTEND_SECRETARY && meeting_state(c->after) == MEETING_CALLED)
		conferring_start(c, MEETING_ANSWER, attendee, act_value(c->s.act, "answer_by", 0).num,
				 c->after->starts);
}

/* --- by the items ---------------------------------------------------------------------------- */

/* Those of the agenda that are there, in its order; *ret_all: none is missing. */
static const struct item **items_of(const struct conferring *c, size_t *ret_n, bool *ret_all)
{
	size_t n = c->after->agenda.n;
	const struct item **items = arena_array(c->s.arena, n + 1, sizeof *items);

	*ret_n = 0;
	*ret_all = true;
	for (size_t i = 0; i < n; i++) {
		const struct item *item = conferring_item(c, meeting_entry(c->after, i)->item);

		if (item != NULL)
			items[(*ret_n)++] = item;
		else
			*ret_all = false;
	}
	return items;
}

/* Somebody of that organisation was put there by hand: he is who it sends. */
static bool is_sent(const struct meeting *meeting, const char *org)
{
	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);

		if (!attendee->by_items && str_eq(attendee->org, org) &&
		    attendee_role(attendee) != ATTEND_SECRETARY)
			return true;
	}
	return false;
}

static void remove_attendee(struct conferring *c, const struct uuid *id)
{
	conferring_drop(c, id);
	children_remove(&c->after->attendees, child_desc(CHILD_ATTENDEE), id);
}

static bool is_among(const struct attendee *list, size_t n, const struct attendee *attendee)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].org, attendee->org))
			return true;
	return false;
}

/* Who is not there by the items any more. */
static void remove_others(struct conferring *c, const struct attendee *list, size_t n)
{
	for (size_t i = c->after->attendees.n; i-- > 0;) {
		const struct attendee *attendee = meeting_attendee(c->after, i);
		struct uuid id = attendee->id;

		if (attendee->by_items &&
		    (!is_among(list, n, attendee) || is_sent(c->after, attendee->org)))
			remove_attendee(c, &id);
	}
}

static struct attendee *add_attendee(struct conferring *c, const struct attendee *like)
{
	struct uuid id = attendee_id(&c->after->head.id, like->org, like->name);
	const struct child_desc *desc = child_desc(CHILD_ATTENDEE);
	struct attendee *attendee = children_find(&c->after->attendees, desc, &id);
	bool is_new = attendee == NULL;

	if (is_new)
		attendee = children_add(&c->after->attendees, desc, &id, c->s.arena);
	attendee->org = like->org;
	attendee->name = like->name;
	attendee->role = like->role;
	if (is_new && conferring_is_called(c))
		conferring_ask(c, attendee);
	return attendee;
}

/* As long as nobody set another, it is that of the series for so many. */
static bool is_by_series(const struct conferring *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->before->attendees.n; i++)
		n += attendee_role(meeting_attendee(c->before, i)) != ATTEND_SECRETARY;
	return !value_is_set(act_value(c->s.act, "quorum", 0)) &&
	       (c->before->head.version == 0 ||
		(size_t)c->before->quorum == series_quorum(c->series, n));
}

static void set_quorum(struct conferring *c)
{
	if (c->series != NULL && c->series->quorum_percent > 0 && is_by_series(c))
		c->after->quorum = (int64_t)series_quorum(c->series,
							  meeting_answers(c->after).invited);
}

void conferring_attendees(struct conferring *c)
{
	const struct item **items;
	struct attendee *list;
	size_t n_items, n;
	bool all;

	items = items_of(c, &n_items, &all);
	meeting_follow_items(c->s.rules, c->series, c->after->org, items, n_items, c->s.arena,
			     &list, &n);
	if (all) /* else whom the others ask for is not known here */
		remove_others(c, list, n);
	for (size_t i = 0; i < n; i++)
		if (!is_sent(c->after, list[i].org))
			add_attendee(c, &list[i])->by_items = 1;
	set_quorum(c);
}

/* --- by hand --------------------------------------------------------------------------------- */

static enum err take_off(struct conferring *c, const struct attendee *said, struct error *err)
{
	struct uuid id = attendee_id(&c->after->head.id, said->org, said->name);
	const struct attendee *attendee = meeting_attendee_find(c->after, &id);

	if (attendee == NULL)
		return error_set(err, ERR_INPUT, _("%s is not among those who attend"),
				 conferring_name(c, said));
	if (attendee->by_items)
		return error_set(err, ERR_REFUSED,
				 _("%s attends because of the items: set it as optional, or take them "
				   "off the agenda"),
				 conferring_name(c, said));
	remove_attendee(c, &id);
	return ERR_OK;
}

static void put_in(struct conferring *c, const struct attendee *said)
{
	struct attendee *attendee = add_attendee(c, said);

	attendee->by_items = 0;
	attendee->post = said->post != NULL ? said->post : attendee->post;
	attendee->phone = said->phone != NULL ? said->phone : attendee->phone;
}

enum err conferring_set_attendees(struct conferring *c, struct error *err)
{
	bool off = act_value(c->s.act, "off", 0).num != 0;

	for (size_t i = 0; value_is_set(act_value(c->s.act, "attend", i)); i++) {
		struct attendee said;
		enum err code = attendee_parse(c->s.rules, act_value(c->s.act, "attend", i).text,
					       c->s.arena, &said, err);

		if (code == ERR_OK && off)
			code = take_off(c, &said, err);
		else if (code == ERR_OK)
			put_in(c, &said);
		if (code != ERR_OK)
			return code;
	}
	return ERR_OK;
}

enum err confer_attend(struct conferring *c, struct error *err)
{
	enum err code = conferring_set_attendees(c, err);

	if (code != ERR_OK)
		return code;
	conferring_attendees(c);
	conferring_tell_items(c);
	return ERR_OK;
}

/* --- chairs ---------------------------------------------------------------------------------- */

static void set_chair(struct conferring *c, const char *was, const char *now,
		      enum attendee_role role)
{
	const struct attendee like = { .org = c->after->org, .name = now,
				       .role = attendee_role_code(role) };
	struct uuid id = attendee_id(&c->after->head.id, c->after->org, was);
	const struct attendee *old = was != NULL ? meeting_attendee_find(c->after, &id) : NULL;

	if (str_eq(was, now))
		return;
	if (old != NULL && attendee_role(old) == role)
		remove_attendee(c, &id);
	if (now != NULL)
		(void)add_attendee(c, &like);
}

void conferring_set_chairs(struct conferring *c)
{
	set_chair(c, c->before->secretary, c->after->secretary, ATTEND_SECRETARY);
	set_chair(c, c->before->chair, c->after->chair, ATTEND_CHAIR);
	set_chair(c, c->before->chair2, c->after->chair2, ATTEND_CHAIR);
}
