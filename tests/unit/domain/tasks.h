/* Items and tasks in tests: what meetings.h has, with cases and whistles to be about, and clocks of
 * tasks. */
#ifndef ZHIBAN_TESTS_DOMAIN_TASKS_H
#define ZHIBAN_TESTS_DOMAIN_TASKS_H

#include "meetings.h"
#include "zhiban/domain/whistle.h"

/* Signed in 1wd, handled in 5wd, verified in 2wd; extended once by the chief up to 3wd, then by the
 * leader.  Supervised by 督办单 (anybody's, answered in 2d) and 黄牌 (the chief's).  At 100 % of the
 * handling a task is urged and proposed.  A case is put to the meeting when it was returned 3 times,
 * is hard, sent up, on the shelf, overdue twice, sent back, supervised; a whistle that is disputed or
 * not signed. */
void tasks_init(struct meetings *m);
/* A case with a holder, a whistle with the shares sw (lead) and zj: "#WORD", "~WORD". */
struct incident *tasks_incident(struct meetings *m, const char *word);
struct whistle *tasks_whistle(struct meetings *m, const char *word);
/* The item "a" about #c stands in the meeting "m", which is brought so far (meetings_to); and a task "t"
 * of it, led by sw with zj, was given. */
void tasks_to(struct meetings *m, const char *state);
void tasks_given(struct meetings *m);

const struct item *tasks_item(struct meetings *m, const char *word);
const struct action *tasks_action(struct meetings *m); /* "t" */
/* "11-23 10:00" of when a clock of "t" runs out; "" when it stands or there is none. */
const char *tasks_runs(struct meetings *m, const char *kind);
/* The links of a case, or a whistle, to items and tasks: "item settled action". */
const char *tasks_links(struct meetings *m, enum kind kind, const char *word);

struct tasks_step { /* of an entity: what is done, or refused */
	enum kind kind;
	const char *verb, *actor, *target, *args;
	enum err code;	   /* ERR_OK: it must be done */
	const char *words; /* of the refusal */
};
void tasks_run(struct meetings *m, const struct tasks_step *steps, size_t n);

#endif
