#include <config.h>

#include "zhiban/demo/life.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* What an act that the course names has to carry. */
static const struct {
	const char *verb, *arg;
	enum demo_list_id words;
} fillings[] = {
	{ "note", "note", DEMO_NOTES },		    { "handle", "result", DEMO_RESULTS },
	{ "verify_no", "reason", DEMO_NOTES },	    { "close", "close_reason", DEMO_RESULTS },
	{ "feedback", "reply", DEMO_RESULTS },
};

static void add_move(struct demo_moves *moves, struct demo_move move)
{
	MEM_GROW(moves->items, moves->n, moves->cap);
	moves->items[moves->n++] = move;
}

/* Draws for a life are apart from those of the case itself, so that neither shifts the other. */
enum { LIFE_SALT = 0x4c494645, MOVE_SALT = 0x4d4f5645, ASSIST_SALT = 0x41535354 };

struct life {
	struct demo *demo;
	struct demo_moves *moves;
	struct demo_move move; /* the latest */
	int64_t now;
};

/* One act more, after its usual delay; false when it would be in the future. */
static bool live_on(struct life *life, const struct demo_leg *leg)
{
	size_t wide = (size_t)(leg->high - leg->low);
	int64_t delay = leg->low + (int64_t)demo_below(life->demo, wide);

	life->move.at += delay * MINUTE_MS + (int64_t)demo_below(life->demo, MINUTE_MS);
	if (life->move.at >= life->now)
		return false;
	life->move.base++;
	life->move.verb = leg->verb;
	life->move.leg = *leg;
	add_move(life->moves, life->move);
	return true;
}

/* What was not verified goes the way again from where it was sent back to. */
static bool live_again(struct life *life, const struct demo_leg *legs, size_t i)
{
	const char *from = legs[i].flow->to;
	bool on = false;

	for (size_t k = 0; k < i; k++) {
		on = on || str_eq(legs[k].step->id, from);
		if (on && !legs[k].once && legs[k].share != DEMO_ASSIST &&
		    !live_on(life, &legs[k]))
			return false;
	}
	return true;
}

/* One case in three is given to two. */
static bool is_assisted(struct demo *demo, uint64_t index)
{
	demo_turn(demo, index ^ ((uint64_t)ASSIST_SALT << 32), 0);
	return demo_one_in(demo, 3);
}

void demo_life(struct demo *demo, uint64_t index, int64_t when, int64_t now,
	       struct demo_moves *moves)
{
	struct life life = { demo, moves, { .index = index, .reported = when, .at = when,
					    .verb = "register" }, now };
	struct demo_leg legs[DEMO_LEGS_MAX];
	struct arena arena = ARENA_INIT;
	const struct org *seat;
	struct act origin;
	size_t n;

	demo_case(demo, index, when, 0, &arena, &origin, NULL);
	seat = demo_seat(demo, act_text(&origin, "street"));
	n = demo_course(demo->rules, demo_first_step(demo->rules, seat->tier),
			is_assisted(demo, index), legs);
	arena_release(&arena);
	demo_turn(demo, index ^ ((uint64_t)LIFE_SALT << 32), when);
	add_move(moves, life.move);
	for (size_t i = 0; i < n; i++) {
		if (demo_below(demo, 100) >= (size_t)legs[i].chance)
			continue;
		if (!live_on(&life, &legs[i]))
			return;
		if (strcmp(legs[i].verb, "verify_no") == 0 && !live_again(&life, legs, i))
			return;
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

static void give_words(struct act *act, const char *arg, const char *words, struct arena *arena)
{
	act_give(act, act_arg_field(act->desc, arg),
		 (struct value){ .is_text = true, .text = words }, arena);
}

/* The case a move belongs to, as far as its act needs it. */
struct about {
	const char *seat, *holder, *assist;
};

static const char *org_of(const struct demo *demo, const struct demo_leg *leg,
			  const struct about *about)
{
	const char *share = leg->share == DEMO_ASSIST ? about->assist : about->holder;

	if (leg->flow == NULL)
		return leg->step != NULL && leg->step->shares ? share : about->seat;
	switch (leg->flow->who) {
	case WHO_HOLDER:
	case WHO_CENTRE_OR_HOLDER:
	case WHO_SEAT_OR_HOLDER:
	case WHO_SHARE:
		return share;
	case WHO_CENTRE:
		return demo->rules->centre;
	case WHO_ANY:
	case WHO_SEAT:
	case WHO_ORIGIN:
	case WHO_BELOW:
		break;
	}
	return about->seat;
}

/* Where nobody has a console the seat records it for them: they were on the telephone. */
static void give_actor(struct demo *demo, const struct demo_people *people, const char *org,
		       const char *seat, struct act *act, struct arena *arena)
{
	const struct demo_person *who = demo_person_of(demo, people, org);

	if (who == NULL) {
		who = demo_person_of(demo, people, seat);
		act->by_phone = (struct by_phone){ .org = org, .rung = demo_name(demo, arena),
						   .wording = demo_pick(demo, DEMO_NOTES),
						   .at = act->at };
		act->by_phone.answered_by = act->by_phone.rung;
	}
	if (who == NULL)
		who = demo_person_of(demo, people, demo->rules->centre);
	act->actor = (struct actor){ who->name, who->org, who->role };
}

static void give_args(struct demo *demo, const struct demo_leg *leg, const struct about *about,
		      bool assisted, struct act *act, struct arena *arena)
{
	for (size_t i = 0; i < ARRAY_LEN(fillings); i++)
		if (strcmp(fillings[i].verb, leg->verb) == 0)
			give_words(act, fillings[i].arg, demo_pick(demo, fillings[i].words), arena);
	if (strcmp(leg->verb, "assign") == 0) {
		give_words(act, "holder", about->holder, arena);
		if (assisted)
			give_words(act, "assist", about->assist, arena);
	}
	if (leg->share != DEMO_NO_SHARE)
		give_words(act, "share",
			   leg->share == DEMO_LEAD ? about->holder : about->assist, arena);
}

void demo_move_act(struct demo *demo, const struct demo_people *people,
		   const struct demo_move *move, struct arena *arena, struct act *ret_act)
{
	bool assisted = is_assisted(demo, move->index);
	const char *street;
	struct about about;
	struct act act;
	size_t kind;

	demo_case(demo, move->index, move->reported, 0, arena, &act, &kind);
	street = act_text(&act, "street");
	about = (struct about){ demo_seat(demo, street)->code, demo_holder(demo, kind, street),
				demo_assist(demo, kind, street) };
	demo_turn(demo, move->index ^ ((uint64_t)MOVE_SALT << 32) ^ ((uint64_t)move->base << 20),
		  move->at);
	if (move->base == 0) {
		act.target.base = 0;
		give_actor(demo, people, about.seat, about.seat, &act, arena);
	} else {
		act = (struct act){ .desc = act_desc_find(move->verb), .target = act.target,
				    .at = move->at, .id = uuid_v7(&demo->env) };
		give_args(demo, &move->leg, &about, assisted, &act, arena);
		act.target.base = move->base;
		give_actor(demo, people, org_of(demo, &move->leg, &about), about.seat, &act, arena);
	}
	*ret_act = act;
}
