/* Notices: a warning passed on, an order, a roll call, with a receipt for each recipient.
 *
 * A notice is in force from its posting until it is lifted or has expired.  Its recipients, their
 * limits and what is asked anew are effects of its acts (decide_notices.c); whoever it was sent to
 * stays a party of it.  A message of a sender (CAP) is known by sender and number: all of a notice
 * are its links of the role NOTICE_MESSAGE, the target made by notice_message. */
#ifndef ZHIBAN_DOMAIN_NOTICE_H
#define ZHIBAN_DOMAIN_NOTICE_H

#include "zhiban/domain/incident.h"

#define NOTICE_MESSAGE "message"
#define NOTICE_OUTSIDE "notice message" /* the source of their keys among numbers elsewhere */

#define F(name, type, ...) FIELD_C_##type name;
#define K(child, member) struct children member;
struct notice {
	struct entity head;
#include "zhiban/domain/notice.def"
};
#undef F
#undef K

/* When its state changes by itself: the next receipt runs out or it expires.  0: never. */
int64_t notice_next(const struct notice *notice);
/* The id of the notice that a message makes. */
struct uuid notice_id(const char *sender, const char *number);
/* The key under which a message is known, at most 40 characters. */
enum { NOTICE_KEY = 41 };
void notice_message(const char *sender, const char *number, char key[NOTICE_KEY]);
/* How severe a level is: 4 red, 3 orange, 2 yellow, 1 blue, 0 none or another word. */
int notice_rank(const char *level);
/* "22-T003" of "20261122-T003"; "" when it has none yet. */
const char *notice_short_number(const struct notice *notice, char buf[24]);

#endif
