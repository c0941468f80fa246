/* One act of a whistle's play: whose it is, when it is, and whether the rulebook takes it. */
#include <config.h>

#include "whistle_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"

int64_t play_minutes(struct demo *demo, int low, int high)
{
	return (low + (int64_t)demo_below(demo, (size_t)(high - low + 1))) * MINUTE_MS;
}

int64_t play_by_day(const struct play *play, int64_t at)
{
	int offset = play->demo->rules->offset_min;
	int32_t day = civil_day_of_ms(at, offset);
	int64_t midnight = civil_ms_of_day(day, offset), minute = (at - midnight) / MINUTE_MS;

	if (minute >= 8 * 60 + 30 && minute < 17 * 60 + 30)
		return at;
	return midnight + (minute < 8 * 60 + 30 ? 0 : DAY_MS) +
	       (8 * 60 + 40 + (int64_t)demo_below(play->demo, 80)) * MINUTE_MS;
}

void play_give(struct act *act, const char *name, const char *text, struct arena *arena)
{
	if (text != NULL)
		act_give(act, act_arg_field(act->desc, name),
			 (struct value){ .is_text = true, .text = text }, arena);
}

/* Who has no console was on the telephone; the centre wrote it down. */
static void give_actor(struct play *play, const char *org, struct act *act)
{
	const struct demo_person *who = demo_person_of(play->demo, play->people, org);

	if (who == NULL) {
		who = demo_person_of(play->demo, play->people, play->demo->rules->centre);
		act->by_phone.org = org;
		act->by_phone.rung = demo_name(play->demo, play->arena);
		act->by_phone.answered_by = act->by_phone.rung;
		act->by_phone.wording = demo_pick(play->demo, DEMO_NOTES);
		act->by_phone.at = act->at;
	}
	act->actor = (struct actor){ who->name, who->org, who->role };
}

struct act play_begin(struct play *play, const char *verb, const char *org, int64_t at)
{
	struct act act = { .id = uuid_v7(&play->demo->env),
			   .desc = act_desc_of(KIND_WHISTLE, verb),
			   .target = { KIND_WHISTLE, play->id,
				       play->whistle != NULL ? play->whistle->head.version : 0 },
			   .at = at };

	give_actor(play, org, &act);
	return act;
}

bool play_done(struct play *play, const struct act *act)
{
	const struct moment moment = { act->at, act->at };
	const struct state state = { .entity = play->whistle, .serial = 1 };
	struct decision decision;
	struct error err = ERROR_INIT;

	if (act->at >= play->now)
		return false;
	if (decide(play->demo->rules, &state, act, &moment, play->arena, &decision, &err) !=
		    ERR_OK || decision.n_effects == 0) {
		play->tale->refused++;
		return false;
	}
	if (play->whistle == NULL)
		play->whistle = entity_new(KIND_WHISTLE, &play->id, play->arena);
	if (evolve(play->whistle, &decision.effects[0], 0, play->arena, &err) != ERR_OK)
		return false;
	MEM_GROW(play->tale->items, play->tale->n, play->tale->cap);
	play->tale->items[play->tale->n++] = (struct demo_told){ *act, act->at };
	return true;
}
