/* Other systems that send (system.c): their tokens, what each may do, and how often.
 *
 * A system has a name, one token (256 random bits, kept as a hash), one source that stands on all
 * it sends, an organisation at which its cases are registered, and a limit of requests a minute. */
#ifndef ZHIBAN_SERVER_SYSTEM_PRIV_H
#define ZHIBAN_SERVER_SYSTEM_PRIV_H

#include "memo_priv.h"
#include "zhiban/domain/act.h"
#include "zhiban/server/db_rows.h"

struct call;
struct writer;

enum system_kinds { /* what it may do; the numbers stand in the data */
	SYSTEM_INTAKE = 1 << 0,	 /* POST /v1/intake */
	SYSTEM_OPEN311 = 1 << 1, /* post by Open311, and read back what is its source's */
	SYSTEM_CAP = 1 << 2,	 /* POST /v1/cap */
	SYSTEM_HISTORY = 1 << 3, /* POST /v1/intake?historic=1 */
};

/* The system whose token this is, into call->system (texts in the call's arena), and one request
 * counted.  ERR_AUTH: no token, an unknown or a revoked one; ERR_DENIED: it may not do this (kind,
 * one bit); ERR_TOO_MANY with Retry-After in the reply: above its rate. */
enum err system_take(struct call *call, const char *token, unsigned kind,
		     struct error *err) MUST_CHECK;
/* Who acts when it sends.  Texts are the row's. */
struct actor system_as_actor(const struct db_system *system);
/* On the writer: notes that it was used, to the hour. */
enum err system_used(struct writer *writer, const struct db_system *system,
		     struct error *err) MUST_CHECK;
/* A copy whose texts live in the arena. */
struct db_system system_keep(const struct db_system *system, struct arena *arena);

/* Leaky bucket: room for a minute's worth at once, refilled evenly.  0: taken; else milliseconds
 * until there is room for one (and nothing was taken). */
int64_t rate_take(struct memo *memo, const char *what, const char *name, int64_t a_minute,
		  int64_t now);

#endif
