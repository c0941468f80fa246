/* How much one address and one session may ask: so many requests a second, with what a few seconds
 * may bring at once (limits.c). */
#ifndef ZHIBAN_SERVER_LIMITS_PRIV_H
#define ZHIBAN_SERVER_LIMITS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/error.h"

struct memo;

enum { LIMITS_AT_ONCE_S = 5 };
struct limits {
	struct memo *memo;
	int address, token; /* requests a second; 0: no limit */
	_Atomic int64_t refused, said;
};
void limits_init(struct limits *limits, int address, int token);
void limits_release(struct limits *limits);
/* ERR_TOO_MANY and the seconds to wait when either has used up its share; else it is counted.  now in
 * ms of a clock that never jumps.  address: as text (of IPv6 the network counts, its first 64 bits);
 * token may be NULL. */
enum err limits_take(struct limits *limits, const char *address, const char *token, int64_t now,
		     int *ret_wait_s, struct error *err) MUST_CHECK;
/* Whether one that was refused is worth a line of the log: one a second, or a flood fills it. */
bool limits_say(struct limits *limits, int64_t now);

#endif
