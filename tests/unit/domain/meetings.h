/* Meetings in tests: a jurisdiction that has them, items, rooms, and what is done to them.
 *
 * All entities are kept by id; an act sees those beside its target that decide_near names, and what
 * follows from it is done too, all or nothing. */
#ifndef ZHIBAN_TESTS_DOMAIN_MEETINGS_H
#define ZHIBAN_TESTS_DOMAIN_MEETINGS_H

#include "fixture.h"
#include "zhiban/domain/meeting.h"

/* Series: "weekly" of the centre (role duty; chair 周强; zj always sits, streets may; quorum 60 %; items by the
 * role chief; minutes signed by all and approved by the leader; at most 3 items of 15 minutes, 120 in all;
 * to be answered in 1wd, minutes 3wd, signed 2wd, approved 1wd; 测联纪), "double" of the centre (two chairs,
 * nothing signed or approved), "street" of streets (approved by whoever is chief), "village" of communities:
 * stages propose, discuss (of half more than 50 % of them), vote (of two thirds, more than 50 %), resolved and
 * result, published within 3wd of what was before.
 * Rooms: 研判室, 一号会议室; 会议专线 is a line.  Records on behalf are countersigned in 1wd. */
struct meetings {
	struct fixture fx;
	void *entities[100];
	size_t n;
	struct meeting_series *series; /* to be changed: in the order above */
	struct by_phone phone;	  /* of the next act alone */
	int64_t eff;		  /* of the next act alone; 0: fx.now */
	const void *base;	  /* of the next act alone: what its author saw; NULL: all */
	int64_t doc_serial;	  /* of the next minutes that are issued */
	struct decision decision; /* of the latest act (not of what followed) */
};

void meetings_init(struct meetings *m);
void meetings_release(struct meetings *m);

/* Target: any word; the same word is the same entity of a kind; of a room its name (of zx; "ll 研判室").
 * Arguments "name=words" separated by '\n'; @WORD stands for the id of the item of that word, &WORD for
 * that of a meeting, #WORD of a case, ~WORD of a whistle, %ORG or %ORG/NAME for that of an attendee of
 * the meeting "m"; '|' for a tab. */
enum err meetings_try(struct meetings *m, enum kind kind, const char *verb, const char *actor,
		      const char *target, const char *args, struct error *err);
/* A minute after the one before. */
void meetings_must(struct meetings *m, enum kind kind, const char *verb, const char *actor,
		   const char *target, const char *args);
void meetings_refuse(struct meetings *m, enum kind kind, const char *verb, const char *actor,
		     const char *target, const char *args, enum err code, const char *words);
struct meetings_step { /* of the meeting "m": what is done, or refused */
	const char *verb, *actor, *args;
	enum err code;	   /* ERR_OK: it must be done */
	const char *words; /* of the refusal */
};
void meetings_run(struct meetings *m, const struct meetings_step *steps, size_t n);

/* An approved item of zx, led by an organisation, concerning others ("sw ll?": ? it is optional). */
struct item *meetings_item(struct meetings *m, const char *word, const char *lead,
			   const char *concerned);
/* "m" is drawn up by "duty" in the weekly series, for 11-25 14:30 in 研判室, with the items "a" (sw, with
 * zj) and "b" (ll); or brought so far by every step between: "called", "sitting", "held", "signing",
 * "approving", "approved". */
void meetings_to(struct meetings *m, const char *state);

void *meetings_entity(struct meetings *m, enum kind kind, const char *word); /* or NULL */
const struct meeting *meetings_meeting(struct meetings *m);		     /* "m" */
const struct attendee *meetings_attendee(struct meetings *m, const char *words); /* "sw", "zx/周强" */
/* "zj:must sw:must ll:may": in their order, those without the secretary. */
const char *meetings_who(struct meetings *m);
/* "11-23 10:00" of when the clock of a kind runs out, of an organisation (NULL: of the whole); "" when it
 * stands or there is none. */
const char *meetings_runs(struct meetings *m, const char *kind, const char *org);

#endif
