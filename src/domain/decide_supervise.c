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

/* Who must answer: who has it, else who runs it. */
static const char *answering_org(const struct draft *draft)
{
	const struct incident *incident = draft->before;

	return incident->holder != NULL ? incident->holder
	       : incident->seat != NULL ? incident->seat
					: draft->rules->centre;
}

static bool has_role(void *ctx, const char *role)
{
	const struct ask ask = draft_ask(ctx);

	return ask_role(&ask, role);
}

static void until(void *ctx, const struct uuid *about, const char *org, int64_t due)
{
	draft_clock_until(ctx, "answer", about, org, due);
}

static int64_t beside(void *ctx, const struct uuid *about, const char *org,
		      const struct limit *limit)
{
	return draft_clock_side(ctx, "answer", about, org, limit);
}

static void drop(void *ctx, const struct uuid *about)
{
	draft_clock_drop(ctx, about);
}

static struct supervising supervising_of(struct draft *draft)
{
	return (struct supervising){ .rules = draft->rules, .act = draft->act, .eff = draft->eff,
				     .arena = draft->arena, .list = &draft->after->supervisions,
				     .supervised = &draft->after->supervised,
				     .proposed_at = &draft->after->proposed_at,
				     .listed_at = &draft->after->listed_at, .has_role = has_role,
				     .until = until, .beside = beside, .drop = drop, .ctx = draft };
}

enum err apply_supervise(struct draft *draft, struct error *err)
{
	const struct supervising s = supervising_of(draft);

	return supervising_issue(&s, answering_org(draft), false, err);
}

enum err apply_respond(struct draft *draft, struct error *err)
{
	const struct supervising s = supervising_of(draft);
	struct supervision *one = supervision_newest(draft->rules, s.list,
						     act_text(draft->act, "channel"), NULL, true);

	if (one == NULL)
		return error_set(err, ERR_REFUSED, _("there is no supervision to answer"));
	supervising_answer(&s, one);
	return ERR_OK;
}

enum err apply_lift(struct draft *draft, struct error *err)
{
	const struct supervising s = supervising_of(draft);

	return supervising_lift(&s, NULL, err);
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
