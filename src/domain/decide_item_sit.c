/* An item in a meeting: its place in the agenda, what is said of it, and how it leaves. */
#include <config.h>

#include <string.h>

#include "item_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

/* --- the agenda ------------------------------------------------------------------------------ */

/* Who sits there reads all items; who did not come to know of it before does now. */
static void set_hearers(struct iteming *i)
{
	struct item *after = i->after;

	for (size_t n = 0;; n++) {
		const char *words = act_value(i->s.act, "hearer", n).text;
		const struct org *org = rules_org_named(i->s.rules, words);
		struct hearer *hearer;
		bool there = false;
		struct uuid id;

		if (words == NULL)
			return;
		for (size_t k = 0; org != NULL && k < after->hearers.n; k++)
			there = there ||
				str_eq(((const struct hearer *)after->hearers.items)[k].org, org->code);
		if (org == NULL || there)
			continue;
		id = uuid_child(&i->s.act->id, "hearer", (unsigned)n);
		hearer = children_add(&after->hearers, child_desc(CHILD_HEARER), &id, i->s.arena);
		hearer->org = org->code;
	}
}

static void rest_at(struct item *item, int64_t at)
{
	if (item->begun_at != 0 && at > item->begun_at)
		item->used_s += (at - item->begun_at) / 1000;
	item->begun_at = 0;
}

static void take_out(struct item *item, int64_t at)
{
	rest_at(item, at);
	item->meeting = NULL;
	item->order = 0;
}

enum err item_place(struct iteming *i, struct error *err)
{
	const char *words = act_text(i->s.act, "meeting_id");
	struct item *after = i->after;
	struct uuid id;

	if (uuid_parse(words, &id) != ERR_OK)
		return error_set(err, ERR_INPUT, _("%s: there is none of the id %.40s"),
				 _("Meeting"), words);
	words = speak_id(&i->s, &id);
	if (act_value(i->s.act, "off", 0).num != 0) {
		if (i->from == ITEM_APPROVED && str_eq(after->meeting, words))
			take_out(after, i->s.eff);
		return ERR_OK;
	}
	if (i->from == ITEM_APPROVED && after->meeting != NULL && !str_eq(after->meeting, words))
		return error_set(err, ERR_REFUSED,
				 _("%s stands in the agenda of another meeting already"),
				 after->number != NULL ? after->number : after->title);
	if (i->from != ITEM_APPROVED && !(i->from == ITEM_SETTLED && str_eq(after->meeting, words)))
		return error_set(err, ERR_REFUSED, _("%s is not possible: the item is %s"),
				 rules_act_label(i->s.rules, i->s.act->desc),
				 item_state_label(i->from));
	after->meeting = words;
	if (value_is_set(act_value(i->s.act, "order", 0)))
		after->order = act_value(i->s.act, "order", 0).num;
	set_hearers(i);
	return ERR_OK;
}

/* --- time ------------------------------------------------------------------------------------ */

/* When it was: what is said, in the sitting and not ahead; else when the act was done. */
static enum err moment_of(const struct iteming *i, int64_t *ret_at, struct error *err)
{
	int64_t at = act_value(i->s.act, "held_at", 0).num;

	if (at > i->s.recv + MINUTE_MS) /* clocks of two machines differ a little */
		return error_set(err, ERR_INPUT, _("this moment is still to come"));
	if (at != 0 && at < i->meeting->opened_at)
		return error_set(err, ERR_INPUT, _("the meeting was opened at %s"),
				 speak_when(&i->s, i->meeting->opened_at));
	*ret_at = at != 0 ? at : i->s.eff;
	return ERR_OK;
}

/* Left over by another meeting: what was said there stands in its minutes. */
static void start_anew(struct iteming *i)
{
	struct item *after = i->after;

	if (after->settled_in == NULL || after->meeting == NULL ||
	    str_eq(after->settled_in, after->meeting))
		return;
	after->settled_in = after->outcome = after->discussion = after->resolution = NULL;
	after->used_s = 0;
}

enum err item_begin(struct iteming *i, struct error *err)
{
	int64_t at = 0;
	enum err code = moment_of(i, &at, err);

	if (code != ERR_OK)
		return code;
	if (i->before->begun_at != 0)
		return error_set(err, ERR_REFUSED, _("it is being discussed already, since %s"),
				 speak_when(&i->s, i->before->begun_at));
	start_anew(i);
	i->after->begun_at = at;
	return ERR_OK;
}

enum err item_rest(struct iteming *i, struct error *err)
{
	int64_t at = 0;
	enum err code = moment_of(i, &at, err);

	if (code != ERR_OK)
		return code;
	if (i->before->begun_at == 0)
		return error_set(err, ERR_REFUSED, _("it is not being discussed"));
	rest_at(i->after, at);
	return ERR_OK;
}

/* --- how it leaves --------------------------------------------------------------------------- */

static bool settles(const struct item *item)
{
	enum item_outcome outcome = outcome_find(item->outcome);

	return outcome != OUTCOMES && outcome != OUTCOME_DEFERRED;
}

enum { SAID_CHARS = 2000 }; /* of a resolution, to the case; the rest stands in the item */

static void write_back(struct iteming *i)
{
	enum kind kind = str_eq(i->after->about_kind, "whistle") ? KIND_WHISTLE : KIND_INCIDENT;
	struct act *follow;
	struct uuid id;

	if (i->after->about == NULL || uuid_parse(i->after->about, &id) != ERR_OK)
		return;
	follow = speak_follow(&i->s, kind, "resolved", &id);
	speak_give(&i->s, follow, "item_id", speak_id(&i->s, &i->after->head.id));
	speak_give(&i->s, follow, "meeting_id", i->after->settled_in);
	speak_give(&i->s, follow, "outcome", i->after->outcome);
	speak_give(&i->s, follow, "words", speak_short(&i->s, i->after->resolution, SAID_CHARS));
}

/* With a resolution it is settled; without one, or put off, it waits for the next meeting.  What it is
 * about hears of a resolution, and of another one that takes its place. */
static void leave(struct iteming *i, const char *meeting)
{
	struct item *after = i->after;
	bool was = i->from == ITEM_SETTLED, is = settles(after);

	after->settled_in = meeting;
	if (is) {
		after->state = item_state_code(ITEM_SETTLED);
		after->open = 0;
		after->settled_at = was ? i->before->settled_at : i->s.eff;
		after->meeting = meeting;
		if (!was)
			item_table(i, true);
		write_back(i); /* the last word on the case */
		return;
	}
	take_out(after, i->s.eff);
	after->state = item_state_code(ITEM_APPROVED);
	after->open = 1;
	after->settled_at = 0;
	if (was || i->before->settled_in == NULL || !str_eq(i->before->settled_in, meeting))
		after->times++;
	if (was)
		item_table(i, false);
}

/* The sitting has ended. */
enum err item_settle(struct iteming *i, struct error *err)
{
	const char *words = act_text(i->s.act, "meeting_id");
	struct uuid id;

	if (uuid_parse(words, &id) != ERR_OK || i->from != ITEM_APPROVED ||
	    !str_eq(i->before->meeting, speak_id(&i->s, &id)))
		return error_set(err, ERR_REFUSED, _("it does not stand in that agenda any more"));
	start_anew(i);
	rest_at(i->after, i->meeting != NULL && i->meeting->closed_at != 0 ? i->meeting->closed_at
									  : i->s.eff);
	leave(i, i->before->meeting);
	return ERR_OK;
}

/* --- words ----------------------------------------------------------------------------------- */

static enum err check_rev(const struct iteming *i, struct error *err)
{
	const struct item *before = i->before, *base = i->s.state->base_entity;
	bool current = i->s.act->target.base == before->head.version;

	return speak_rev(&i->s, before->rev, before->edited_by, before->edited_at,
			 base != NULL ? base->rev
			 : current    ? before->rev
				      : 0,
			 err);
}

static void edited(struct iteming *i)
{
	i->after->rev++;
	i->after->edited_by = i->s.act->actor.officer;
	i->after->edited_at = i->s.eff;
}

enum err item_discuss(struct iteming *i, struct error *err)
{
	enum err code = check_rev(i, err);

	if (code != ERR_OK)
		return code;
	start_anew(i);
	i->after->discussion = act_text(i->s.act, "discussion");
	edited(i);
	return ERR_OK;
}

/* When the sitting has ended already, it leaves by what is said now. */
enum err item_resolve(struct iteming *i, struct error *err)
{
	const char *words = act_text(i->s.act, "outcome");
	enum item_outcome outcome = outcome_find(words);
	const struct item *before = i->before;
	struct item *after = i->after;
	enum err code = check_rev(i, err);

	if (code == ERR_OK && outcome == OUTCOMES)
		return error_set(err, ERR_INPUT, _("\"%.40s\" is no outcome; there are %s, %s, %s, %s"),
				 words, outcome_label(OUTCOME_AGREED),
				 outcome_label(OUTCOME_DEFERRED), outcome_label(OUTCOME_REJECTED),
				 outcome_label(OUTCOME_NOTED));
	if (code != ERR_OK)
		return code;
	start_anew(i);
	after->outcome = outcome_code(outcome);
	if (act_text(i->s.act, "resolution") != NULL)
		after->resolution = act_text(i->s.act, "resolution");
	edited(i);
	if (meeting_state(i->meeting) > MEETING_SITTING &&
	    (!str_eq(before->outcome, after->outcome) ||
	     !str_eq(before->resolution, after->resolution)))
		leave(i, speak_id(&i->s, &i->meeting->head.id));
	return ERR_OK;
}

/* --- its tasks ------------------------------------------------------------------------------- */

enum err item_tasked(struct iteming *i, struct error *err)
{
	enum action_state state = ACTION_STATES;

	(void)err;
	for (size_t k = 0; k < ACTION_STATES; k++)
		if (str_eq(action_state_code((enum action_state)k), act_text(i->s.act, "state")))
			state = (enum action_state)k;
	if (state == ACTION_GIVEN)
		i->after->actions++;
	if (state == ACTION_WITHDRAWN && i->after->actions > 0)
		i->after->actions--;
	return ERR_OK;
}
