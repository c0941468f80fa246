/* Warnings from outside: the Common Alerting Protocol (OASIS CAP 1.2, 1.1 and 1.0 are read), the
 * message of the national warning centre (its AMP layout), and the table of a weather relay (CSV:
 * adcode, name, type, color, level, issued, expires).  What becomes of one is cap_act.h's.
 *
 * What decides about a message must be there and be a word of the standard: identifier, sender,
 * sent, status, msgType, scope.  Digital signatures are not checked: who may send is a matter of
 * the connection.  Texts of people are kept as they are; all pointers live in the arena. */
#ifndef ZHIBAN_WIRE_CAP_H
#define ZHIBAN_WIRE_CAP_H

#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"

struct cap_ref { /* an earlier message */
	const char *sender, *identifier;
};
struct cap_area {
	const char *desc; /* in words; "" */
	const char *const *codes; /* of geocodes, digits alone; NULL-terminated */
};
struct cap_info {
	const char *language; /* "" when not said */
	const char *event, *code; /* in words; its code, or "" */
	const char *level; /* red, orange, yellow, blue, none */
	const char *severity, *urgency, *certainty; /* as they stand there */
	const char *headline, *text, *advice, *web, *sender_name;
	int64_t effective, expires; /* ms UTC; 0: not said */
	const struct cap_area *areas;
	size_t n_areas;
};
struct cap_alert {
	const char *identifier, *sender;
	int64_t sent;
	const char *status;  /* actual, exercise, system, test, draft */
	const char *message; /* alert, update, cancel, ack, error */
	const char *scope;   /* public, restricted, private */
	const char *note;
	const struct cap_ref *refs;
	size_t n_refs;
	const struct cap_info *infos;
	size_t n_infos;
	bool relay; /* a row of a relay's table */
};

enum { CAP_INFOS_MAX = 64, CAP_AREAS_MAX = 500, CAP_CODES_MAX = 5000, CAP_REFS_MAX = 200 };

/* One message.  Times without a zone are in the jurisdiction's offset.  ERR_INPUT says what is
 * wrong with it. */
enum err cap_decode(const char *bytes, size_t len, int offset_min, struct arena *arena,
		    struct cap_alert *ret_alert, struct error *err) MUST_CHECK;

/* The rows of a relay's table, by when they were issued; each is a message of its own, and an update
 * of the one of the same place and kind before it while that is in force.  A row that says nothing
 * of its end (expires, or last_seen) is taken to last a day.  A bad row is left out and named. */
struct cap_bad_row {
	int64_t line;
	const char *why;
};
struct cap_table {
	struct cap_alert *alerts;
	size_t n;
	struct cap_bad_row *bad;
	size_t n_bad;
};
enum err cap_table(const char *bytes, size_t len, int offset_min, struct arena *arena,
		   struct cap_table *ret_table, struct error *err) MUST_CHECK;
/* Whether the bytes are rather a message than a table. */
bool cap_is_message(const char *bytes, size_t len);
/* The level by the words of a message: a colour, in Chinese or English; else by the severity of CAP
 * (Extreme is red); "none". */
const char *cap_level(const char *severity, const char *words);

#endif
