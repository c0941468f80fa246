/* What the files of items share: one act on an item being decided.
 *
 * decide_item.c has the one table of who may do what in which state.  Handlers write into `after`; the
 * effect is the difference. */
#ifndef ZHIBAN_DOMAIN_ITEM_PRIV_H
#define ZHIBAN_DOMAIN_ITEM_PRIV_H

#include "speaking.h"
#include "zhiban/domain/meeting.h"

struct iteming {
	struct speaking s; /* home: who convenes the meetings it is for */
	const struct item *before; /* an empty one for bring */
	struct item *after;
	enum item_state from;
	/* In whose agenda it stands; of one that was settled, or left over, the one that did it.
	 * NULL: none, or it is not known. */
	const struct meeting *meeting;
	const char *department; /* whose paper it is: of hand_in; NULL: nobody's */
};

#define IN(state) (1U << ITEM_##state)
enum { IN_OPEN = IN(LISTED) | IN(APPROVED), IN_ANY = (1U << ITEM_STATES) - 1 };

enum item_who {
	ITEM_BY_ANY,
	ITEM_BY_SECRETARY,  /* of who convenes */
	ITEM_BY_BRINGER,    /* until it is approved who brought it; the secretary always */
	ITEM_BY_APPROVER,   /* the role that one of the series asks; also by telephone */
	ITEM_BY_DEPARTMENT, /* for its own paper; the secretary for it */
	ITEM_BY_SYSTEM,
};
enum item_sits { /* what its meeting must be doing */
	SITS_WHATEVER,
	SITS_THEN,  /* it sat at the moment of the act */
	SITS_WORDS, /* it has begun, and its minutes are not approved */
};

typedef enum err item_fn(struct iteming *i, struct error *err);
struct item_row {
	const char *verb;
	unsigned states; /* bits: IN(…) */
	enum item_who who;
	enum item_sits sits;
	item_fn *apply;
};

/* decide_item_bring.c */
item_fn item_bring, item_revise, item_approve, item_disapprove, item_drop;
/* decide_item_paper.c */
item_fn item_collect, item_hand_in, item_chase;
/* decide_item_sit.c */
item_fn item_carry; /* decide_joint_carry.c */
item_fn item_place, item_begin, item_rest, item_discuss, item_resolve, item_settle, item_tasked;

/* Whoever convenes an item that the act brings. */
const char *item_home(const struct rules *rules, const struct act *act);
/* Whether somebody has to approve what is brought to an organisation's meetings. */
bool item_needs_approval(const struct rules *rules, const char *org);
/* What the item is about hears of it: "table" (off: it is on no list any more). */
void item_table(struct iteming *i, bool off);
/* Papers that were asked for and are not there. */
int64_t item_missing(const struct item *item, int64_t *ret_due);
/* The paper of an organisation, or NULL. */
struct paper *item_paper_of(struct item *item, const char *org);

#endif
