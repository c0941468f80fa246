/* A play of rosters: what its files share. */
#ifndef DEMO_ROSTER_PRIV_H
#define DEMO_ROSTER_PRIV_H

#include "zhiban/demo/roster.h"
#include "zhiban/domain/roster.h"

/* --- the book: what there is by now (roster_book.c) --- */

struct book_thing {
	enum kind kind;
	struct uuid id;
	void *entity;
};
struct book {
	struct demo *demo;
	const struct demo_people *people;
	const struct demo_cases *cases;
	int64_t now; /* what lies behind it does not happen */
	struct arena *arena;
	struct demo_tale *tale;
	struct book_thing *things; /* malloc'ed */
	size_t n, cap;
	struct rota *rotas; /* in the arena */
	size_t n_rotas;
};
void *book_find(const struct book *book, enum kind kind, const struct uuid *id); /* or NULL */
/* An act of somebody on a thing, there or not. */
struct act book_act(struct book *book, enum kind kind, const char *verb, const struct uuid *id,
		    const struct actor *actor, int64_t at);
void book_text(struct book *book, struct act *act, const char *name, const char *text); /* NULL: not */
void book_num(struct book *book, struct act *act, const char *name, int64_t num);
/* Has it judged, and told when it counts; false: it lies in the future, or was refused. */
bool book_done(struct book *book, const struct act *act);
/* Who acts for an organisation: one of its officers, else the centre's chief. */
struct actor book_actor(const struct book *book, const char *org);
struct actor book_chief(const struct book *book);
struct actor book_boss(const struct book *book); /* the leader at the centre */
/* An officer of that name, where he is one; else the chief, who writes it down for him. */
struct actor book_person(const struct book *book, const char *name);
const char *book_id(const struct book *book, const struct uuid *id); /* as acts write it */
const char *book_pick(struct book *book, enum demo_duty_id id);
/* From low to high minutes, in milliseconds. */
int64_t book_minutes(struct book *book, int low, int high);

/* --- rosters of one organisation --- */

struct rota { /* a plan of an organisation, and its people */
	const struct roster_plan *plan;
	const char *org;
	const struct staff **staff; /* who may stand there */
	size_t n_staff;
	struct actor actor;
	size_t index; /* among those of its plan */
	bool beside;  /* the organisation has another before it */
};
enum { ROTA_MONTHS = 3 }; /* last, this, next */

/* Whose rosters there are, and their people (roster_staff.c). */
void rota_people(struct book *book);
/* All months, with gaps; filings, and what people do with their duties (roster_month.c,
 * roster_life.c). */
void rota_month(struct book *book, const struct rota *rota, int month, int64_t at);
int64_t rota_month_at(const struct book *book, int month); /* when it was set, about */
void rota_lives(struct book *book);
/* The roster of a rota for a day; NULL: not there. */
const struct roster *rota_roster(const struct book *book, const struct rota *rota, int32_t day);
/* The turn that a post is stood by at a moment, or NULL. */
const struct turn *rota_on_duty(const struct book *book, const struct rota *rota, const char *post,
				int64_t at);
/* What people look at when they change a duty: the months around a day. */
struct roster_view rota_view(const struct book *book, const struct rota *rota, int32_t day,
			     const struct roster *rosters[ROTA_MONTHS]);
int rota_months(const struct book *book, int month, char name[ROSTER_MONTH], int32_t *ret_first,
		int32_t *ret_end); /* month: 0 the last, 1 this, 2 the next; returns days */
/* The post that sits there (rung first), who answers for a shift, and the leader; or NULL. */
const struct duty_post *rota_main(const struct roster_plan *plan);
const struct duty_post *rota_chief(const struct roster_plan *plan);
const struct duty_post *rota_leader(const struct roster_plan *plan);
const struct duty_post *rota_post_rung(const struct roster_plan *plan, int rung); /* or NULL */

/* --- whose duties (roster_free.c) --- */

enum { TURNS_MOST = 40 };
/* Those of officers with an account on a post that begin within [from, to); returns how many. */
size_t rota_duties(const struct book *book, const struct rota *rota, const char *post, int64_t from,
		   int64_t to, const struct turn *turns[TURNS_MOST]);
/* Somebody whom no rule keeps from a duty: one with an account before others; first: the demo's own
 * officer before these.  NULL: nobody. */
const struct staff *rota_free_for(const struct book *book, const struct rota *rota,
				  const struct turn *turn, bool first);
bool rota_need_of(const struct book *book, const struct rota *rota, const struct turn *turn,
		  struct need *ret_need);
void rota_swaps(struct book *book, const struct rota *rota); /* roster_swap.c */

/* --- what is written (roster_hand.c, roster_log.c) --- */

void rota_handovers(struct book *book);
/* Items and tallies of a handover that is prepared at act->at, in a shift from `starts`
 * (roster_items.c). */
void rota_lists(struct book *book, struct act *act, int64_t starts);
void rota_records(struct book *book);
void rota_checks(struct book *book); /* roster_check.c */

#endif
