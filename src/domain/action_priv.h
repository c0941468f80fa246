/* What the files of tasks share: one act on a task being decided.
 *
 * decide_action.c has the one table of who may do what in which state, and computes what lists show.
 * Handlers write into `after`; the effect is the difference. */
#ifndef ZHIBAN_DOMAIN_ACTION_PRIV_H
#define ZHIBAN_DOMAIN_ACTION_PRIV_H

#include "speaking.h"
#include "ticking.h"
#include "zhiban/domain/meeting.h"

struct acting {
	struct speaking s; /* home: who gave it */
	const struct action *before; /* an empty one for task */
	struct action *after;
	enum action_state from;
	const char *department; /* whose part is done: of assisted */
};

#define IS(state) (1U << ACTION_##state)
enum {
	IS_AT_WORK = IS(GIVEN) | IS(SIGNED),
	IS_OPEN = IS_AT_WORK | IS(REPLIED),
	IS_ANY = (1U << ACTION_STATES) - 1,
};

enum action_who {
	ACTION_BY_ANY,
	ACTION_BY_SECRETARY, /* of who gave it */
	ACTION_BY_LEAD,	     /* the secretary for it */
	ACTION_BY_PART,	     /* the lead or one that assists, the secretary for it */
	ACTION_BY_ASSIST,    /* the same, of one that assists: department is set */
	ACTION_BY_SYSTEM,
};

typedef enum err action_fn(struct acting *a, struct error *err);
struct action_row {
	const char *verb;
	unsigned states; /* bits: IS(…) */
	enum action_who who;
	action_fn *apply;
};

/* decide_action_give.c */
action_fn action_task, action_revise, action_withdraw;
/* decide_action_do.c */
action_fn action_sign, action_return, action_progress, action_assisted, action_feedback,
	action_verify_ok, action_verify_no;
/* decide_action_press.c */
action_fn action_extend_ask, action_extend_ok, action_extend_no, action_urge, action_supervise,
	action_respond, action_lift, action_waive, action_call, action_note, action_countersign;
action_fn action_fire; /* action_fire.c */
action_fn action_carry; /* decide_joint_carry.c */

bool acting_waits(struct acting *a); /* somebody, for an extension */
/* The part of an organisation that assists, or NULL. */
struct concerned *action_assist_of(struct action *action, const char *org);
/* What the item is about, and the item, hear how the task stands. */
void acting_tell(struct acting *a, const char *words);

/* --- clocks (action_clock.c) --- */

enum action_clock { ACTION_SIGN, ACTION_HANDLE, ACTION_VERIFY, ACTION_CLOCKS };
const char *action_clock_code(enum action_clock clock);
enum action_clock action_clock_find(const char *kind); /* ACTION_CLOCKS: none of a task's own */
struct ticking acting_ticking(struct acting *a);
const struct clock_rule *action_clock_rule(const struct rules *rules, const char *kind); /* or NULL */
/* Starts a clock by the profile's limit, unless one runs; the handling to handle_by, where that is
 * said. */
void acting_start(struct acting *a, enum action_clock kind);
void acting_start_limit(struct acting *a, enum action_clock kind, const struct limit *limit,
			const char *words);
void acting_stop(struct acting *a, enum action_clock kind);
void acting_stop_all(struct acting *a); /* but what is owed beside */
struct clock *acting_running(struct acting *a, enum action_clock kind); /* or NULL */

#endif
