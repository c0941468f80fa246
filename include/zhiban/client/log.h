/* The duty log (值班日志): what the profile lets it show by itself (rules->logged), and what people wrote
 * into it, in the order in which it happened; acts of ours that wait among it.
 *
 * * Append-only: a line is an entry of the journal, or an act that will be one.  What was written later
 *   than it happened (补记) stands where it happened, with both times. */
#ifndef ZHIBAN_CLIENT_LOG_H
#define ZHIBAN_CLIENT_LOG_H

#include "zhiban/client/roster.h"
#include "zhiban/client/timeline.h"

struct log_line {
	struct client_line line; /* its act, who, the words */
	int64_t at;		 /* when it happened: line.eff, of a late entry earlier */
	bool late;		 /* 补记: written later than RECORD_LATE_MS behind */
	bool emphasis;		 /* drawn out: rules->logged says so */
	enum kind kind;		 /* what it is about */
	struct uuid entity;
	const char *number, *title; /* of that, as it is now; "" when it is not here */
	const char *org;	    /* whose it is: of a record, a roster its own; else who did it */
	const struct record *record; /* the record, as it is now: of its own lines; or NULL */
};
struct client_log {
	struct log_line *lines; /* by moment, then seq; those that wait behind those of their moment */
	size_t n;
	bool complete; /* false: some of it is still to be fetched; the worker has been asked */
};
/* What happened in [from, to), ms UTC, that the officer's organisation sees. */
enum err client_log(struct client *client, int64_t from, int64_t to, struct arena *arena,
		    struct client_log *ret_log, struct error *err) MUST_CHECK;
/* Whether acts of a kind and verb stand in the log. */
bool log_shows(const struct rules *rules, enum kind kind, const char *verb);

#endif
