/* Periodic checks (三查): what an organisation owes by its own list (struct check in custom.h), each
 * time of it, and what of that was done. */
#ifndef ZHIBAN_DOMAIN_INSPECTION_H
#define ZHIBAN_DOMAIN_INSPECTION_H

#include "zhiban/domain/act.h"
#include "zhiban/domain/rules.h"

#define F(name, type, ...) FIELD_C_##type name;
struct inspection {
	struct entity head;
#include "zhiban/domain/inspection.def"
};
#undef F

/* The id of the record of one check at one date: whoever records it, it is one. */
struct uuid inspection_id(const char *org, const char *label, int64_t due);

/* The record that an act (inspect, with label and due given) is about: of the organisation that the
 * telephone named, else of the actor's.  Its target must be that. */
struct uuid inspection_target(const struct rules *rules, const struct act *act);

/* How long before its time a check may be said to be done, and how long after it. */
#define CHECK_AHEAD_MS (INT64_C(24) * 3600 * 1000)
#define CHECK_LATE_MS (INT64_C(31) * 24 * 3600 * 1000)

struct check_due {
	const char *org, *label;
	int64_t due;   /* ms UTC */
	struct uuid id; /* of its record */
};
enum { CHECKS_MOST = 64 };
/* The times of all checks of an organisation (its own override, or that of the nearest above it) due
 * in [from, to), in the order of their dues; at most CHECKS_MOST; returns how many.  `when` words:
 * "daily 21:00", "weekly 7 21:00" (1 Monday), "monthly -1 17:00" (a day of the month, -1 the last). */
size_t checks_due(const struct rules *rules, const char *org, int64_t from, int64_t to,
		  struct check_due checks[CHECKS_MOST]);
/* The `when` words of a check of an organisation, and whose list it stands in; NULL: it has none of
 * that name. */
const char *check_when_of(const struct rules *rules, const char *org, const char *label,
			const char **ret_list_of);
/* False: the words are none of these. */
bool check_when_ok(const char *when);

#endif
