#include <config.h>

#include "zhiban/demo/life.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* The usual course of a case.  Delays in minutes; share: how many of a hundred take this move. */
static const struct {
	const char *verb;
	int low, high, share;
	bool by_holder;
	const char *arg;	 /* argument to fill, NULL: none */
	enum demo_list_id words; /* with what */
} course[] = {
	{ "accept", 2, 35, 100, false, NULL, DEMO_LISTS },
	{ "note", 1, 20, 25, false, "note", DEMO_NOTES },
	{ "assign", 3, 60, 100, false, "holder", DEMO_LISTS },
	{ "sign", 4, 300, 100, true, NULL, DEMO_LISTS },
	{ "note", 10, 200, 35, true, "note", DEMO_NOTES },
	{ "handle", 60, 6000, 100, true, "result", DEMO_RESULTS },
	{ "verify_no", 20, 200, 8, false, "reason", DEMO_NOTES },
	{ "verify_ok", 20, 700, 100, false, NULL, DEMO_LISTS },
	{ "close", 10, 900, 100, false, "close_reason", DEMO_RESULTS },
	{ "archive", 60, 4000, 60, false, NULL, DEMO_LISTS },
};

static void add_move(struct demo_moves *moves, struct demo_move move)
{
	MEM_GROW(moves->items, moves->n, moves->cap);
	moves->items[moves->n++] = move;
}

/* Draws for a life are apart from those of the case itself, so that neither shifts the other. */
enum { LIFE_SALT = 0x4c494645, MOVE_SALT = 0x4d4f5645 };

void demo_life(struct demo *demo, uint64_t index, int64_t when, int64_t now,
	       struct demo_moves *moves)
{
	struct demo_move move = { .index = index, .reported = when, .at = when,
				  .verb = "register" };

	demo_turn(demo, index ^ ((uint64_t)LIFE_SALT << 32), when);
	add_move(moves, move);
	for (size_t i = 0; i < ARRAY_LEN(course); i++) {
		size_t wide = (size_t)(course[i].high - course[i].low);
		int64_t delay = course[i].low + (int64_t)demo_below(demo, wide);
		bool taken = demo_below(demo, 100) < (size_t)course[i].share;

		if (!taken)
			continue;
		move.at += delay * MINUTE_MS + (int64_t)demo_below(demo, MINUTE_MS);
		if (move.at >= now)
			return;
		move.base++;
		move.verb = course[i].verb;
		add_move(moves, move);
		/* What was not verified is handled again before it can be. */
		if (strcmp(move.verb, "verify_no") == 0) {
			move.at += (60 + (int64_t)demo_below(demo, 600)) * MINUTE_MS;
			if (move.at >= now)
				return;
			move.base++;
			move.verb = "handle";
			add_move(moves, move);
		}
	}
}

static int by_time(const void *a, const void *b)
{
	const struct demo_move *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

void demo_moves_sort(struct demo_moves *moves)
{
	qsort(moves->items, moves->n, sizeof *moves->items, by_time);
}

static const struct demo_person *actor_for(struct demo *demo, const struct demo_people *people,
					   const char *org)
{
	const struct demo_person *person = demo_person_of(demo, people, org);

	/* Where nobody has a console the centre records it for them. */
	return person ? person : demo_person_of(demo, people, demo->rules->centre);
}

static void give_words(struct demo *demo, struct act *act, const char *arg, const char *words,
		       struct arena *arena)
{
	(void)demo;
	act_give(act, act_arg_field(act->desc, arg),
		 (struct value){ .is_text = true, .text = words }, arena);
}

/* One in three departments is helped by the street the case lies in. */
static void give_holder(struct demo *demo, struct act *act, const char *holder,
			struct arena *arena)
{
	give_words(demo, act, "holder", holder, arena);
	if (demo_one_in(demo, 3))
		give_words(demo, act, "assist",
			   demo->streets[demo_below(demo, demo->n_streets)]->code, arena);
}

void demo_move_act(struct demo *demo, const struct demo_people *people,
		   const struct demo_move *move, struct arena *arena, struct act *ret_act)
{
	const struct demo_person *who;
	const char *org = demo->rules->centre;
	struct act origin, act;
	size_t kind;

	demo_case(demo, move->index, move->reported, 0, arena, &origin, &kind);
	if (strcmp(move->verb, "register") == 0)
		act = origin;
	else
		act = (struct act){ .desc = act_desc_find(move->verb), .target = origin.target,
				    .at = move->at };
	demo_turn(demo, move->index ^ ((uint64_t)MOVE_SALT << 32) ^ ((uint64_t)move->base << 20),
		  move->at);
	for (size_t i = 0; i < ARRAY_LEN(course); i++) {
		if (strcmp(course[i].verb, move->verb) != 0)
			continue;
		if (course[i].by_holder)
			org = demo->holders[kind];
		if (course[i].words != DEMO_LISTS)
			give_words(demo, &act, course[i].arg, demo_pick(demo, course[i].words),
				   arena);
		else if (course[i].arg != NULL)
			give_holder(demo, &act, demo->holders[kind], arena);
		break;
	}
	if (act.desc != origin.desc)
		act.id = uuid_v7(&demo->env);
	act.target.base = move->base;
	who = actor_for(demo, people, org);
	act.actor = (struct actor){ who->name, who->org, who->role };
	*ret_act = act;
}
