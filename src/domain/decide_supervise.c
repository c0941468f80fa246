/* Pressing and deciding: urges, supervision by a channel of the profile, instructions, marks. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "supervision_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum err apply_urge(struct draft *draft, struct error *err)
{
	(void)err;
	draft->after->urges++;
	return ERR_OK;
}

/* --- supervision ----------------------------------------------------------------------------- */

/* Whoever issues a document of a channel has its role, or had him on the telephone. */
static enum err check_role(const struct draft *draft, const struct channel *channel,
			   struct error *err)
{
	const struct ask ask = draft_ask(draft);

	if (channel->role == NULL || ask_role(&ask, channel->role))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s needs at least the role %s"), channel->label,
			 rules_role_label(draft->rules, channel->role));
}

/* Who must answer: who has it, else who runs it. */
static const char *answering_org(const struct draft *draft)
{
	const struct incident *incident = draft->before;

	return incident->holder != NULL ? incident->holder
	       : incident->seat != NULL ? incident->seat
					: draft->rules->centre;
}

static void issue(struct draft *draft, const struct channel *channel, int64_t answer_by)
{
	struct supervision *new = supervision_add(&draft->after->supervisions, channel, draft->act,
						  answering_org(draft), draft->eff, draft->arena);

	if (answer_by != 0)
		draft_clock_until(draft, "answer", &new->id, new->org, answer_by);
	new->due = answer_by != 0 ? answer_by
				  : draft_clock_side(draft, "answer", &new->id, new->org,
						     &channel->answer);
	draft->after->supervised = channel->code;
	draft->after->proposed_at = 0;
}

enum err apply_supervise(struct draft *draft, struct error *err)
{
	const char *words = act_text(draft->act, "channel");
	const struct channel *channel = channel_named(draft->rules, words);
	int64_t answer_by = act_value(draft->act, "answer_by", 0).num;
	enum err code;

	if (channel == NULL)
		return channel_unknown(draft->rules, words, err);
	code = check_role(draft, channel, err);
	if (code == ERR_OK)
		code = channel_rises(draft->rules, channel, &draft->after->supervisions, NULL, err);
	if (code == ERR_OK && answer_by != 0 && answer_by <= draft->eff)
		code = error_set(err, ERR_INPUT, _("the time to answer must lie ahead"));
	if (code == ERR_OK)
		issue(draft, channel, answer_by);
	return code;
}

static struct supervision *newest(const struct draft *draft, const char *words, bool unanswered)
{
	return supervision_newest(draft->rules, &draft->after->supervisions, words, NULL,
				  unanswered);
}

enum err apply_respond(struct draft *draft, struct error *err)
{
	struct supervision *one = newest(draft, act_text(draft->act, "channel"), true);

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no supervision to answer"));
	one->answer = act_text(draft->act, "words");
	one->answered_at = draft->eff;
	one->answered_by = draft->act->actor.officer;
	draft_clock_drop(draft, &one->id);
	return ERR_OK;
}

enum err apply_lift(struct draft *draft, struct error *err)
{
	struct supervision *one = newest(draft, act_text(draft->act, "channel"), false);
	const struct channel *channel;
	enum err code = ERR_OK;

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no supervision to lift"));
	channel = rules_channel(draft->rules, one->channel);
	if (channel != NULL)
		code = check_role(draft, channel, err);
	if (code != ERR_OK)
		return code;
	one->lifted_at = draft->eff;
	one->lifted_by = draft->act->actor.officer;
	draft_clock_drop(draft, &one->id);
	one = newest(draft, NULL, false);
	draft->after->supervised = one != NULL ? one->channel : NULL;
	return ERR_OK;
}

/* --- instructions and marks ------------------------------------------------------------------ */

enum err apply_instruct(struct draft *draft, struct error *err)
{
	const struct act *act = draft->act;
	struct uuid id = uuid_child(&act->id, "instruction", 0);
	struct instruction *new = children_add(&draft->after->instructions,
					       child_desc(CHILD_INSTRUCTION), &id, draft->arena);

	(void)err;
	new->leader = act_text(act, "leader");
	new->words = act_text(act, "words");
	new->means = act_text(act, "means");
	new->at = act->by_phone.at != 0 ? act->by_phone.at : draft->eff;
	new->by = act->actor.officer;
	return ERR_OK;
}

/* The oldest that still waits for it, of the leader that is said. */
static struct instruction *waiting_instruction(const struct draft *draft, bool untold)
{
	const char *leader = act_text(draft->act, "leader");
	struct instruction *list = draft->after->instructions.items;

	for (size_t i = 0; i < draft->after->instructions.n; i++)
		if (list[i].done_at == 0 && (!untold || list[i].told_at == 0) &&
		    (leader == NULL || str_eq(list[i].leader, leader)))
			return &list[i];
	return NULL;
}

enum err apply_pass_on(struct draft *draft, struct error *err)
{
	const struct act *act = draft->act;
	struct instruction *one = waiting_instruction(draft, true);

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no instruction to pass on"));
	one->told = act_text(act, "told");
	one->read_back = act_value(act, "read_back", 0).num;
	one->told_at = act->by_phone.at != 0 ? act->by_phone.at : draft->eff;
	one->told_by = act->actor.officer;
	return ERR_OK;
}

enum err apply_fulfil(struct draft *draft, struct error *err)
{
	struct instruction *one = waiting_instruction(draft, false);

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no instruction that waits for it"));
	one->outcome = act_text(draft->act, "words");
	one->done_at = draft->eff;
	one->done_by = draft->act->actor.officer;
	return ERR_OK;
}

static void mark(struct draft *draft, int64_t *flag, const char *title)
{
	int64_t on = act_value(draft->act, "off", 0).num == 0;

	if (*flag == on)
		draft->note = arena_printf(draft->arena, on ? _("%s: it was marked already")
							    : _("%s: it was not marked"),
					   title);
	*flag = on;
}

enum err apply_hard(struct draft *draft, struct error *err)
{
	(void)err;
	mark(draft, &draft->after->hard, _("Hard case"));
	return ERR_OK;
}

enum err apply_propose(struct draft *draft, struct error *err)
{
	(void)err;
	mark(draft, &draft->after->candidate, _("For the meeting"));
	return ERR_OK;
}
