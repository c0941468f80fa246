/* A task is given, corrected, taken back. */
#include <config.h>

#include <string.h>

#include "action_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { TOLD_CHARS = 300 }; /* the rest stands in the task */

void acting_tell(struct acting *a, const char *words)
{
	const struct action *after = a->after;
	const struct {
		enum kind kind;
		const char *id;
	} whom[] = {
		{ KIND_ITEM, after->item },
		{ str_eq(after->about_kind, "whistle") ? KIND_WHISTLE : KIND_INCIDENT, after->about },
	};

	for (size_t i = 0; i < ARRAY_LEN(whom); i++) {
		struct act *follow;
		struct uuid id;

		if (whom[i].id == NULL || uuid_parse(whom[i].id, &id) != ERR_OK)
			continue;
		follow = speak_follow(&a->s, whom[i].kind, "tasked", &id);
		speak_give(&a->s, follow, "action_id", speak_id(&a->s, &after->head.id));
		speak_give(&a->s, follow, "state", after->state);
		speak_give(&a->s, follow, "words", speak_short(&a->s, words, TOLD_CHARS));
	}
}

/* --- whose it is ----------------------------------------------------------------------------- */

static void assist(struct acting *a, const char *org)
{
	struct action *after = a->after;
	struct concerned *one;
	struct uuid id;

	if (str_eq(org, after->lead) || action_assist_of(after, org) != NULL)
		return;
	id = uuid_child(&a->s.act->id, "concerned", (unsigned)after->assists.n);
	one = children_add(&after->assists, child_desc(CHILD_CONCERNED), &id, a->s.arena);
	one->org = org;
}

static void unassist(struct acting *a, const char *org)
{
	struct concerned *one = action_assist_of(a->after, org);
	struct uuid id;

	if (one == NULL)
		return;
	id = one->id;
	children_remove(&a->after->assists, child_desc(CHILD_CONCERNED), &id);
}

static bool is_named(const struct acting *a, const char *org)
{
	struct value words;

	for (size_t i = 0; value_is_set(words = act_value(a->s.act, "assist", i)); i++) {
		const struct org *named = rules_org_named(a->s.rules, words.text);

		if (named != NULL && str_eq(named->code, org))
			return true;
	}
	return false;
}

/* A correction names all who assist; what those who stay have done stands. */
static enum err set_departments(struct acting *a, struct error *err)
{
	struct action *after = a->after;
	const char *lead = NULL, *org = NULL;
	enum err code = speak_org(&a->s, "lead_org", 0, &lead, err);

	if (code == ERR_OK && lead != NULL)
		after->lead = lead;
	unassist(a, after->lead);
	for (size_t i = after->assists.n; value_is_set(act_value(a->s.act, "assist", 0)) && i-- > 0;) {
		const char *there = ((const struct concerned *)after->assists.items + i)->org;

		if (!is_named(a, there))
			unassist(a, there);
	}
	for (size_t i = 0; code == ERR_OK; i++) {
		code = speak_org(&a->s, "assist", i, &org, err);
		if (code != ERR_OK || org == NULL)
			break;
		assist(a, org);
	}
	return code;
}

static enum err set_date(struct acting *a, struct error *err)
{
	int64_t by = act_value(a->s.act, "handle_by", 0).num;

	if (by != 0 && by <= a->s.eff)
		return error_set(err, ERR_INPUT, _("the date of the handling must lie ahead"));
	if (by != 0)
		a->after->handle_by = by;
	return ERR_OK;
}

static void set_words(struct acting *a)
{
	if (act_text(a->s.act, "title") != NULL)
		a->after->title = act_text(a->s.act, "title");
	if (act_text(a->s.act, "words") != NULL)
		a->after->words = act_text(a->s.act, "words");
}

/* --- giving ---------------------------------------------------------------------------------- */

static enum err check_sitting(const struct acting *a, const struct meeting *meeting,
			      struct error *err)
{
	enum meeting_state state = meeting_state(meeting);

	if (state >= MEETING_SITTING && state <= MEETING_ISSUED)
		return ERR_OK;
	return error_set(err, ERR_REFUSED, _("%s is not possible: the meeting is %s"),
			 rules_act_label(a->s.rules, a->s.act->desc), meeting_state_label(state));
}

static enum err check_item(const struct acting *a, const struct item *item,
			   const struct meeting *meeting, struct error *err)
{
	const char *id = speak_id(&a->s, &meeting->head.id);

	if (str_eq(item->meeting, id) || str_eq(item->settled_in, id))
		return ERR_OK;
	return error_set(err, ERR_REFUSED, _("%s is no item of that meeting"),
			 item->number != NULL ? item->number : item->title);
}

/* The meeting that is named, or that the item stands in or was settled in. */
static enum err find_meeting(struct acting *a, const struct item *item,
			     const struct meeting **ret_meeting, struct error *err)
{
	const char *words = item->meeting != NULL ? item->meeting : item->settled_in;
	const void *meeting = NULL;
	struct uuid id;
	enum err code = speak_near(&a->s, "meeting_id", KIND_MEETING, &meeting, err);

	if (code == ERR_OK && meeting == NULL && words != NULL && uuid_parse(words, &id) == ERR_OK)
		meeting = state_near(a->s.state, KIND_MEETING, &id);
	if (code == ERR_OK && meeting == NULL)
		code = error_set(err, ERR_INPUT, "%s", _("say of which meeting (meeting)"));
	*ret_meeting = meeting;
	return code;
}

/* Item and meeting, as they are near; and that he may give tasks there. */
static enum err find_item(struct acting *a, const struct item **ret_item,
			  const struct meeting **ret_meeting, struct error *err)
{
	const void *item = NULL;
	const struct meeting *meeting = NULL;
	enum err code = speak_near(&a->s, "item_id", KIND_ITEM, &item, err);

	if (code == ERR_OK)
		code = find_meeting(a, item, &meeting, err);
	if (code != ERR_OK)
		return code;
	a->s.home = meeting->org;
	code = officer_acts_as(a->s.rules, a->s.act, a->s.home, &a->s.org, err);
	if (code == ERR_OK)
		code = speak_secretary(&a->s, err);
	if (code == ERR_OK)
		code = check_sitting(a, meeting, err);
	if (code == ERR_OK)
		code = check_item(a, item, meeting, err);
	*ret_item = item;
	*ret_meeting = meeting;
	return code;
}

static void copy_hearers(struct acting *a, const struct item *item)
{
	const struct hearer *hearers = item->hearers.items;

	for (size_t i = 0; i < item->hearers.n; i++) {
		struct uuid id = uuid_child(&a->s.act->id, "hearer", (unsigned)i);
		struct hearer *one = children_add(&a->after->hearers, child_desc(CHILD_HEARER), &id,
						  a->s.arena);

		one->org = hearers[i].org;
	}
}

enum { WORDS_CHARS = 5000 }; /* of a task */

static void come_from(struct acting *a, const struct item *item, const struct meeting *meeting)
{
	struct action *after = a->after;

	after->item = speak_id(&a->s, &item->head.id);
	after->meeting = speak_id(&a->s, &meeting->head.id);
	after->meeting_no = meeting->number;
	after->org = meeting->org;
	after->about_kind = item->about_kind;
	after->about = item->about;
	after->about_no = item->about_no;
	if (after->words == NULL)
		after->words = speak_short(&a->s, item->resolution, WORDS_CHARS);
	copy_hearers(a, item);
}

/* What runs from when the lead can know of it: its signature; its handling, to the date, by the limit
 * that was said or by the profile's. */
static enum err start(struct acting *a, struct error *err)
{
	const char *words = act_text(a->s.act, "limit");
	struct limit limit;
	enum err code;

	acting_start(a, ACTION_SIGN);
	if (words == NULL) {
		acting_start(a, ACTION_HANDLE);
		return ERR_OK;
	}
	if (a->after->handle_by != 0)
		return error_set(err, ERR_INPUT, _("a task has a date or a limit, not both"));
	code = limit_parse(words, &limit, err);
	if (code == ERR_OK && (limit.unit == LIMIT_NONE || limit.amount <= 0))
		code = error_set(err, ERR_INPUT, _("%s: so much time, as 3wd, 2d or 4h"),
				 _(act_arg_field(a->s.act->desc, "limit")->title));
	if (code == ERR_OK)
		acting_start_limit(a, ACTION_HANDLE, &limit, "stated");
	return code;
}

enum err action_task(struct acting *a, struct error *err)
{
	const struct item *item = NULL;
	const struct meeting *meeting = NULL;
	struct action *after = a->after;
	enum err code = find_item(a, &item, &meeting, err);

	if (code != ERR_OK)
		return code;
	set_words(a);
	come_from(a, item, meeting);
	code = set_departments(a, err);
	if (code == ERR_OK)
		code = set_date(a, err);
	if (code != ERR_OK)
		return code;
	after->by = a->s.act->actor.officer;
	after->given_at = a->s.eff;
	after->number = speak_number(&a->s, 'A');
	after->state = action_state_code(ACTION_GIVEN);
	after->open = 1;
	code = start(a, err);
	if (code == ERR_OK)
		acting_tell(a, arena_printf(a->s.arena, "%s: %s",
					    org_called(a->s.rules, after->lead), after->title));
	return code;
}

/* --- correcting ------------------------------------------------------------------------------ */

/* Another lead has it as if it were given now; of the old one nothing runs any more. */
static void hand_on(struct acting *a)
{
	acting_stop(a, ACTION_SIGN);
	acting_stop(a, ACTION_HANDLE);
	a->after->state = action_state_code(ACTION_GIVEN);
	a->after->signed_at = 0;
	a->after->signed_by = NULL;
	acting_start(a, ACTION_SIGN);
	acting_start(a, ACTION_HANDLE);
}

static void new_date(struct acting *a)
{
	struct clock *clock = acting_running(a, ACTION_HANDLE);
	const struct ticking t = acting_ticking(a);
	int64_t before;

	if (clock == NULL) {
		acting_start(a, ACTION_HANDLE);
		return;
	}
	before = clock->due;
	clock->due = a->after->handle_by;
	clock->row = "stated";
	clock->limit = clock->extended = NULL;
	clock->provisional = 0;
	ticking_redue(&t, clock, before);
}

/* Also the answer to one who returned it: the same lead is asked to sign once more. */
enum err action_revise(struct acting *a, struct error *err)
{
	struct action *after = a->after;
	enum err code = set_departments(a, err);

	if (code == ERR_OK)
		code = set_date(a, err);
	if (code != ERR_OK)
		return code;
	set_words(a);
	if (!str_eq(after->lead, a->before->lead))
		hand_on(a);
	else if (after->handle_by != a->before->handle_by)
		new_date(a);
	if (after->returned_for != NULL && after->signed_at == 0)
		acting_start(a, ACTION_SIGN);
	after->returned_for = NULL;
	return ERR_OK;
}

enum err action_withdraw(struct acting *a, struct error *err)
{
	struct action *after = a->after;

	(void)err;
	after->state = action_state_code(ACTION_WITHDRAWN);
	after->open = 0;
	after->closed_at = a->s.eff;
	after->close_reason = act_text(a->s.act, "reason");
	acting_stop_all(a);
	acting_tell(a, after->close_reason);
	return ERR_OK;
}
