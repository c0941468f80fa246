/* Secret addresses of calendars (ical.c), and what is read there: duties (ical_body.c) and joint
 * meetings (ical_meetings.c).
 *
 * An address is an officer's: it shows what he may see at the moment it is read, and nothing once his
 * account is closed.  Its token is 256 random bits, told once; the data have its hash. */
#ifndef ZHIBAN_SERVER_ICAL_PRIV_H
#define ZHIBAN_SERVER_ICAL_PRIV_H

#include "service_priv.h"
#include "zhiban/wire/ical.h"

enum subject { SUBJECT_PERSON, SUBJECT_POST, SUBJECT_ORG, SUBJECTS };
const char *subject_code(enum subject subject);

struct about { /* whose duties an address shows */
	enum subject subject;
	struct uuid staff;	       /* PERSON */
	const char *org, *plan, *post; /* POST; ORG: org alone */
};
/* ERR_INPUT with the form; texts in the arena.  Codes need not stand: a plan may have gone since. */
enum err about_parse(const char *what, const char *id, struct arena *arena,
		     struct about *ret_about, struct error *err) MUST_CHECK;

/* Whether an organisation's view (NULL: nobody's) has them; ERR_NOT_FOUND.  ret_title: what the
 * calendar is called, in the arena. */
enum err about_check(const struct db_ops *ops, struct db *db, const struct rules *rules,
		     const char *scope, const struct about *about, struct arena *arena,
		     const char **ret_title, struct error *err) MUST_CHECK;
/* The calendar, from a month before to a year after `now`. */
enum err about_write(const struct db_ops *ops, struct db *db, const struct rules *rules,
		     const char *scope, const struct about *about, const char *title, int64_t now,
		     struct arena *arena, struct str *out, struct error *err) MUST_CHECK;

struct meeting_gathering { /* ical_meetings.c */
	const struct db_ops *ops;
	struct db *db;
	const struct rules *rules;
	const char *scope; /* whose view */
	const struct about *about;
	int64_t from, to; /* those that touch [from, to) */
	struct arena *arena;
	/* what was found: */
	struct ical_item *items; /* on the heap: the caller's to free, also after an error */
	size_t n, cap;
};
enum err meetings_gather(struct meeting_gathering *gathering, struct error *err) MUST_CHECK;

#endif
