/* Rosters in tests: a jurisdiction that has them, its people, and what is done to them.
 *
 * All entities are kept by id; an act sees those beside its target that decide_near names, and what
 * follows from it is done too. */
#ifndef ZHIBAN_TESTS_DOMAIN_ROSTERS_H
#define ZHIBAN_TESTS_DOMAIN_ROSTERS_H

#include "fixture.h"
#include "zhiban/domain/roster_check.h"
#include "zhiban/domain/swap.h"

/* Plan "centre" of zx: shifts day 08:30-17:30, night 17:30-08:30; in the mode "war" w1 00:00-08:00 (a
 * night), w2, w3 of eight hours.  Posts: leader (night, by telephone, fit), chief (fit), main (pool zx, sw),
 * flood and fire (nights of their seasons), standby (nights, may be empty), two seats of "desk" (by day).
 * Rest 24 h, two nights in a row, five in a week.
 * Plan "street" of every street: one shift "whole" 08:00-08:00 (no night), posts lead (by telephone) and
 * main; filed by Friday 16:00; approved by "leader". */
struct rosters {
	struct fixture fx;
	void *entities[200];
	size_t n;
	struct uuid swap; /* the latest */
	const char *mode;
	struct by_phone phone;	  /* of the next act alone */
	int64_t eff;		  /* of the next act alone; 0: fx.now */
	const void *base;	  /* of the next act alone: what the author saw */
	struct decision decision; /* of the latest act */
};

void rosters_init(struct rosters *r);
void rosters_release(struct rosters *r);
struct roster_plan *rosters_plan(struct rosters *r, const char *code); /* to be changed */

/* Of the fixture, and 李敏 … as officers of their units by their own names. */
struct actor rosters_actor(const char *name);
/* Who is there from the beginning: 李敏 周强 陈静 (zx), 王芳 高原 (sw), 赵军 (zj), 孙丽 沈一 (ll), 何青 (ql),
 * 郑凯 (zx, fit for leader).  Fit for chief: 周强 陈静. */
struct uuid rosters_person(const char *name); /* id */
struct staff *rosters_staff(struct rosters *r, const char *name);

/* Target: "zx centre 2026-12" of a roster, a name of a person, "" of the latest swap.  Arguments
 * "name=words" separated by '\n'; @NAME stands for the id of a person, #2026-12-01 night main 1 for that
 * of the duty there (of the centre; #ll:2026-12-01 … of a street).  The act roster has its month from
 * the target unless it is given. */
enum err rosters_try(struct rosters *r, enum kind kind, const char *verb, const char *actor,
		     const char *target, const char *args, struct error *err);
/* A minute after the one before. */
void rosters_must(struct rosters *r, enum kind kind, const char *verb, const char *actor,
		  const char *target, const char *args);
void rosters_refuse(struct rosters *r, enum kind kind, const char *verb, const char *actor,
		    const char *target, const char *args, enum err code, const char *words);

const struct roster *rosters_month(struct rosters *r, const char *target); /* or NULL */
/* "2026-12-01 night main 1", "ll:2026-12-01 whole main 1"; NULL: nobody. */
const struct turn *rosters_turn(struct rosters *r, const char *seat);
const char *rosters_who(struct rosters *r, const char *seat); /* name, or "-" */
const struct swap *rosters_swap(struct rosters *r);
void *rosters_entity(struct rosters *r, enum kind kind, const struct uuid *id); /* or NULL */

#endif
