/* Items of meetings: what becomes of an act on one.  One table says which act is possible in which
 * state, whose it is, and what its meeting must be doing. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "item_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static enum err item_note(struct iteming *i, struct error *err)
{
	(void)i, (void)err;
	return ERR_OK;
}

static enum err item_countersign(struct iteming *i, struct error *err)
{
	return speak_countersign(&i->s, &i->after->behalves, &i->after->owed, NULL, err);
}

static const struct item_row rows[] = {
	{ "bring", IN_ANY, ITEM_BY_ANY, SITS_WHATEVER, item_bring },
	{ "revise", IN_OPEN, ITEM_BY_BRINGER, SITS_WHATEVER, item_revise },
	{ "approve", IN(LISTED), ITEM_BY_APPROVER, SITS_WHATEVER, item_approve },
	{ "disapprove", IN(LISTED), ITEM_BY_APPROVER, SITS_WHATEVER, item_disapprove },
	{ "drop", IN_OPEN, ITEM_BY_BRINGER, SITS_WHATEVER, item_drop },
	{ "place", IN_ANY, ITEM_BY_SYSTEM, SITS_WHATEVER, item_place },
	{ "collect", IN_OPEN, ITEM_BY_SECRETARY, SITS_WHATEVER, item_collect },
	{ "hand_in", IN_OPEN, ITEM_BY_DEPARTMENT, SITS_WHATEVER, item_hand_in },
	{ "chase", IN_OPEN, ITEM_BY_SECRETARY, SITS_WHATEVER, item_chase },
	{ "begin", IN(APPROVED) | IN(SETTLED), ITEM_BY_SECRETARY, SITS_THEN, item_begin },
	{ "rest", IN(APPROVED) | IN(SETTLED), ITEM_BY_SECRETARY, SITS_THEN, item_rest },
	{ "discuss", IN(APPROVED) | IN(SETTLED), ITEM_BY_SECRETARY, SITS_WORDS, item_discuss },
	{ "resolve", IN(APPROVED) | IN(SETTLED), ITEM_BY_SECRETARY, SITS_WORDS, item_resolve },
	{ "settle", IN_ANY, ITEM_BY_SYSTEM, SITS_WHATEVER, item_settle },
	{ "tasked", IN_ANY, ITEM_BY_SYSTEM, SITS_WHATEVER, item_tasked },
	{ "note", IN_ANY, ITEM_BY_ANY, SITS_WHATEVER, item_note },
	{ "countersign", IN_ANY, ITEM_BY_ANY, SITS_WHATEVER, item_countersign },
	{ "carry", IN_ANY, ITEM_BY_SYSTEM, SITS_WHATEVER, item_carry },
};

static const struct item_row *row_of(const struct act_desc *desc)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].verb, desc->verb) == 0)
			return &rows[i];
	return NULL;
}

/* --- who ------------------------------------------------------------------------------------- */

/* The role that approves items: any that one of the series asks. */
static enum err check_approver(struct iteming *i, struct error *err)
{
	const struct rules *rules = i->s.rules;
	const struct meeting_series *series;
	const char *role = NULL;

	for (size_t n = 0; (series = rules_series_of(rules, i->s.home, n)) != NULL; n++) {
		if (series->item_role == NULL)
			continue;
		if (role == NULL)
			role = series->item_role;
		if (secretary_has_role(rules, i->s.act, i->s.home, series->item_role))
			role = series->item_role;
	}
	return role != NULL ? speak_role(&i->s, role, err) : speak_secretary(&i->s, err);
}

/* The department that the act names, whom the telephone named, one's own, or the nearest above it
 * that is concerned. */
static const char *own_department(const struct iteming *i)
{
	const struct rules *rules = i->s.rules;

	for (const struct org *at = rules_org(rules, i->s.org); at != NULL;
	     at = rules_org(rules, at->parent)) {
		if (str_eq(at->code, i->before->lead) || item_paper_of(i->after, at->code) != NULL)
			return at->code;
		for (size_t n = 0; n < i->before->concerned.n; n++)
			if (str_eq(item_concerned(i->before, n)->org, at->code))
				return at->code;
	}
	return NULL;
}

static enum err check_department(struct iteming *i, struct error *err)
{
	enum err code = speak_org(&i->s, "share", 0, &i->department, err);

	if (code == ERR_OK && i->department == NULL)
		i->department = own_department(i);
	if (code == ERR_OK && i->department == NULL)
		return error_set(err, ERR_DENIED, _("%s: %s is not asked for anything here"),
				 rules_act_label(i->s.rules, i->s.act->desc),
				 org_called(i->s.rules, i->s.org));
	return code == ERR_OK ? speak_its(&i->s, i->department, err) : code;
}

static enum err check_who(struct iteming *i, const struct item_row *row, struct error *err)
{
	const char *by = i->before->by_org;

	switch (row->who) {
	case ITEM_BY_SYSTEM:
		return ERR_OK; /* decide has asked */
	case ITEM_BY_ANY:
		return speak_any(&i->s, err);
	case ITEM_BY_SECRETARY:
		return speak_secretary(&i->s, err);
	case ITEM_BY_BRINGER:
		if (i->from == ITEM_LISTED && officer_is_of(i->s.rules, i->s.org, by))
			return ERR_OK;
		return speak_secretary(&i->s, err);
	case ITEM_BY_APPROVER:
		return check_approver(i, err);
	case ITEM_BY_DEPARTMENT:
		return check_department(i, err);
	}
	return speak_secretary(&i->s, err);
}

/* --- when ------------------------------------------------------------------------------------ */

static enum err check_state(const struct iteming *i, const struct item_row *row, struct error *err)
{
	const struct act_desc *desc = i->s.act->desc;
	const char *label = rules_act_label(i->s.rules, desc);

	if (i->s.state->entity == NULL || row->states & (1U << i->from))
		return ERR_OK;
	if (i->before->approved_at != 0 && i->from == ITEM_APPROVED && row->apply == item_approve)
		return speak_done(&i->s, i->before->approved_by, i->before->approved_at, err);
	return error_set(err, ERR_REFUSED, _("%s is not possible: the item is %s"), label,
			 item_state_label(i->from));
}

/* Also of what comes later than the end of the sitting, when it was done in it. */
static bool sat_then(const struct meeting *meeting, int64_t at)
{
	enum meeting_state state = meeting_state(meeting);

	if (state == MEETING_SITTING)
		return true;
	return meeting->opened_at != 0 && state > MEETING_SITTING && state != MEETING_CANCELLED &&
	       at >= meeting->opened_at && at <= meeting->closed_at;
}

static bool takes_words(const struct meeting *meeting)
{
	enum meeting_state state = meeting_state(meeting);

	return state >= MEETING_SITTING && state <= MEETING_APPROVING;
}

static enum err check_sits(const struct iteming *i, const struct item_row *row, struct error *err)
{
	const struct meeting *meeting = i->meeting;
	const char *label = rules_act_label(i->s.rules, i->s.act->desc);

	if (row->sits == SITS_WHATEVER)
		return ERR_OK;
	if (meeting == NULL)
		return error_set(err, ERR_REFUSED, _("%s: it stands in the agenda of no meeting"),
				 label);
	if (row->sits == SITS_THEN ? sat_then(meeting, i->s.eff) : takes_words(meeting))
		return ERR_OK;
	if (row->sits == SITS_WORDS && meeting->approved_at != 0)
		return error_set(err, ERR_REFUSED,
				 _("%s: the minutes are approved, what they say stands"), label);
	return error_set(err, ERR_REFUSED, _("%s is not possible: the meeting is %s"), label,
			 meeting_state_label(meeting_state(meeting)));
}

/* --- all of it ------------------------------------------------------------------------------- */

static const struct meeting *meeting_of(const struct state *state, const struct item *item)
{
	const char *words = item->meeting != NULL ? item->meeting : item->settled_in;
	struct uuid id;

	if (words == NULL || uuid_parse(words, &id) != ERR_OK)
		return NULL;
	return state_near(state, KIND_MEETING, &id);
}

static struct iteming begin(const struct rules *rules, const struct state *state,
			    const struct act *act, const struct moment *moment,
			    struct arena *arena)
{
	struct iteming i = { .s = { .rules = rules, .state = state, .act = act,
				    .eff = moment->eff, .recv = moment->recv, .arena = arena,
				    .org = act->actor.org } };

	i.before = state->entity != NULL ? state->entity
					 : entity_new(KIND_ITEM, &act->target.id, arena);
	i.after = entity_copy(i.before, arena);
	i.from = item_state(i.before);
	i.s.home = state->entity != NULL ? i.before->org : item_home(rules, act);
	i.meeting = meeting_of(state, i.before);
	return i;
}

static enum err judge(struct iteming *i, const struct item_row *row, struct error *err)
{
	const struct act *act = i->s.act;
	enum err code = actor_may_write(i->s.rules, &act->actor, act->desc, err);

	if (code == ERR_OK && i->s.state->entity == NULL &&
	    act->desc->conflict != CONFLICT_CREATES)
		return error_set(err, ERR_NOT_FOUND, _("there is no such item"));
	if (code == ERR_OK)
		code = officer_acts_as(i->s.rules, act, i->s.home, &i->s.org, err);
	if (code == ERR_OK)
		code = check_state(i, row, err);
	if (code == ERR_OK)
		code = check_who(i, row, err);
	if (code == ERR_OK)
		code = check_sits(i, row, err);
	return code == ERR_OK ? row->apply(i, err) : code;
}

enum err decide_item(const struct rules *rules, const struct state *state, const struct act *act,
		     const struct moment *moment, struct arena *arena,
		     struct decision *ret_decision, struct error *err)
{
	const struct item_row *row = row_of(act->desc);
	struct iteming i = begin(rules, state, act, moment, arena);
	enum err code;

	if (row == NULL)
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, act->desc));
	code = judge(&i, row, err);
	if (code != ERR_OK)
		return code;
	if (i.s.again) {
		*ret_decision = (struct decision){ .note = i.s.note };
		return ERR_OK;
	}
	i.after->missing = item_missing(i.after, &i.after->papers_due);
	(void)speak_behalf(&i.s, &i.after->behalves, &i.after->owed);
	code = decision_of(i.before, i.after, arena, i.s.note, ret_decision);
	ret_decision->follow = i.s.follow;
	ret_decision->n_follow = i.s.n_follow;
	return code;
}

/* What the state alone does not say: whether there is anything to do it to. */
static bool is_there(const struct iteming *i, const struct item_row *row)
{
	int64_t due;

	if (row->apply == item_chase)
		return item_missing(i->before, &due) > 0;
	if (row->apply == item_drop)
		return i->before->meeting == NULL;
	if (row->apply == item_rest)
		return i->before->begun_at != 0;
	if (row->apply == item_begin)
		return i->before->begun_at == 0 && i->before->meeting != NULL;
	if (row->apply == item_countersign)
		return i->before->behalves.n > 0;
	return row->sits == SITS_WHATEVER || i->before->meeting != NULL ||
	       i->before->settled_in != NULL;
}

enum err item_possible(const struct rules *rules, const struct item *item,
		       const struct act_desc *desc, const struct actor *actor, struct error *err)
{
	return item_possible_in(rules, item, NULL, desc, actor, err);
}

enum err item_possible_in(const struct rules *rules, const struct item *item,
			  const struct meeting *meeting, const struct act_desc *desc,
			  const struct actor *actor, struct error *err)
{
	const struct item_row *row = row_of(desc);
	struct act act = { .desc = desc, .actor = *actor };
	const struct state state = { .entity = item };
	const struct moment now = { 0, 0 };
	struct arena arena = ARENA_INIT;
	struct iteming i;
	enum err code;

	if (desc->target != KIND_ITEM || row == NULL || desc->flags & ACT_SYSTEM ||
	    (item == NULL) != (desc->conflict == CONFLICT_CREATES))
		return error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	i = begin(rules, &state, &act, &now, &arena);
	i.meeting = meeting;
	code = actor_may_write(rules, actor, desc, err);
	if (code == ERR_OK)
		code = check_state(&i, row, err);
	/* who records what another said by telephone is asked when he does it */
	if (code == ERR_OK && !(row->who == ITEM_BY_APPROVER &&
				secretary_may_record(rules, actor, i.s.home)) &&
	    !(row->who == ITEM_BY_DEPARTMENT && officer_is_of(rules, actor->org, i.s.home)))
		code = check_who(&i, row, err);
	if (code == ERR_OK && meeting != NULL)
		code = check_sits(&i, row, err);
	if (code == ERR_OK && !is_there(&i, row))
		code = error_set(err, ERR_REFUSED, _("%s does not apply here"),
				 rules_act_label(rules, desc));
	arena_release(&arena);
	return code;
}
