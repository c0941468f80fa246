/* What comes from outside becomes acts: duties of a table, people, when somebody is away.
 *
 * Each act goes through the outbox like any other and is judged here first.  What stands so already
 * is left alone, so that the same file can be brought in again.  One bad row never stops the rest:
 * seats of a month are set by one act, and where that is refused by halves, down to the seat that
 * is.  Only what concerns all of it ends it (nobody logged in, the disk is full). */
#ifndef ZHIBAN_MODEL_ROSTER_IMPORT_H
#define ZHIBAN_MODEL_ROSTER_IMPORT_H

#include "zhiban/client/roster.h"
#include "zhiban/model/roster_sheet.h"
#include "zhiban/wire/ical.h"
#include "zhiban/wire/import.h"

struct roster_import {
	struct client *client;
	bool dry;            /* judged alone, nothing is kept */
	const char *reason;  /* of what is corrected behind its time, and of time off; or NULL */
	const char *despite; /* why rules may be broken; or NULL */
	/* A row that was not taken: why, in a sentence. */
	void (*reject)(void *ctx, size_t row, const char *why);
	void *ctx;
	int64_t taken, same, rejected, acts;
	bool others; /* one was rejected for something else than that it is not allowed */
};

struct import_seat { /* one of a table, and of which of its rows it is (the caller's number) */
	struct roster_seat said;
	size_t row;
};
/* Sets them; `seats` is sorted.  ERR_OK also when some were rejected. */
enum err roster_import_seats(struct roster_import *run, const char *org,
			     const struct roster_plan *plan, struct import_seat *seats, size_t n,
			     struct error *err) MUST_CHECK;

/* A row of people: columns of profiles/import-roster.conf.  One of that name and organisation is
 * corrected, any other added; empty cells say nothing.  org: of rows that say none. */
enum err roster_import_person(struct roster_import *run, const struct columns *columns,
			      const char *org, const struct import_row *said, size_t row,
			      struct error *err) MUST_CHECK;

/* Somebody is away in [from, to). */
enum err roster_import_away(struct roster_import *run, const struct uuid *staff, int64_t from,
			    int64_t to, const char *why, size_t row, struct error *err) MUST_CHECK;

struct away { /* of a calendar: when he is busy, neighbours joined */
	int64_t from, to;
	const char *why; /* what it is called; of several the first */
	size_t record;
};
/* Spans that keep him busy, ended ones and those of no length left out; whole_days: of whole days
 * alone. */
size_t roster_import_busy(const struct ical_calendar *calendar, int64_t now, bool whole_days,
			  struct arena *arena, struct away **ret_away);

#endif
