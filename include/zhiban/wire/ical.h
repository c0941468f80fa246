/* Calendars (iCalendar: RFC 5545; METHOD, attendees and SEQUENCE as in RFC 5546).
 *
 * Writing is exact: UTF-8, lines of at most 75 octets that end in CR LF and are never broken inside
 * a character, texts escaped, control characters left out; the same items give the same bytes.
 *
 * Reading is tolerant: one bad record never stops the rest.  Each VEVENT, VTODO, VFREEBUSY and
 * VJOURNAL becomes a record, or a reject with its line and the reason; what it means in time are
 * spans inside a window.  UTF-8 (with or without mark), GB18030 and UTF-16 are told apart as in
 * imports; bytes that are no text are replaced.  Whatever a file says, memory and time are bounded:
 * see the limits.  All moments are ms UTC; whole days begin at midnight of the jurisdiction.  All
 * pointers live in the arena. */
#ifndef ZHIBAN_WIRE_ICAL_H
#define ZHIBAN_WIRE_ICAL_H

#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

enum ical_sort {
	ICAL_SORT_EVENT,
	ICAL_SORT_TODO,
	ICAL_SORT_FREEBUSY,
	ICAL_SORT_JOURNAL,
	ICAL_SORTS
};
const char *ical_sort_word(enum ical_sort sort); /* "VEVENT" */

struct ical_person {         /* ORGANIZER, ATTENDEE */
	const char *address; /* "mailto:…", "tel:…"; "" */
	const char *name;    /* CN; NULL or "": none */
	const char *role;    /* "REQ-PARTICIPANT", "OPT-PARTICIPANT", "CHAIR"; NULL: not said */
	const char *state; /* PARTSTAT "NEEDS-ACTION", "ACCEPTED", "DECLINED", "DELEGATED"; NULL */
	const char *delegate; /* address of DELEGATED-TO; NULL */
	bool asks;            /* RSVP */
	const char *from;     /* address of DELEGATED-FROM; NULL */
	const char *type;     /* CUTYPE "INDIVIDUAL", "GROUP"; NULL: not said */
};

struct ical_item { /* texts that are not there: NULL or "" */
	enum ical_sort sort;
	const char *uid;
	int sequence;
	int64_t stamp;            /* DTSTAMP; when written and 0: starts */
	int64_t created, changed; /* 0: not said */
	int64_t starts,
	    ends; /* [starts, ends); starts 0: not said (a to-do).  A to-do's end is its DUE */
	bool all_day;
	bool free;          /* TRANSP:TRANSPARENT: nobody is busy by it */
	const char *status; /* "CONFIRMED", "TENTATIVE", "CANCELLED", … */
	const char *summary, *text, *place, *url, *category;
	const char *comment; /* the first; of a reply, what its author says */
	int64_t
	    instance; /* RECURRENCE-ID: the moment of the series that this record stands for; 0 */
	const struct ical_person *organizer; /* or NULL */
	const struct ical_person *people;
	size_t n_people;
};

/* ---- writing ---- */

struct ical_head {
	const char *method; /* "PUBLISH", "REQUEST", "REPLY", "CANCEL"; NULL: none */
	const char *name;   /* of the calendar; NULL */
	const char *zone;   /* TZID: moments are local, with its VTIMEZONE; NULL: UTC */
	int offset_min;     /* of that zone, and of whole days */
	int refresh_min;    /* how often who subscribes should look; 0: not said */
};
/* Items as a calendar; a VFREEBUSY is written of its own span alone. */
void ical_write(const struct ical_head *head, const struct ical_item *items, size_t n,
		struct str *out);

/* ---- reading ---- */

enum {
	ICAL_FILE_MOST = 32 * 1024 * 1024, /* bytes of a file */
	ICAL_LINE_MOST = 64 * 1024,        /* of a line, unfolded */
	ICAL_RECORD_MOST = 256 * 1024,     /* of a record */
	ICAL_RECORDS_MOST = 100000,
	ICAL_SPANS_MOST = 20000, /* of one record in a window */
	ICAL_PEOPLE_MOST = 1000, /* of one record */
};

struct ical_ask {
	int64_t from, to; /* the window: spans that touch [from, to) */
	int offset_min;   /* of moments without a zone, and of zones that nobody knows */
	size_t most;      /* spans of one record; 0: ICAL_SPANS_MOST */
};

struct ical_record {
	struct ical_item item;
	int64_t line;       /* of its BEGIN, from 1 */
	const char *bytes;  /* as it stands there, unfolded, lines end in LF */
	const char *method; /* of the calendar that it stands in; "" */
	const char *zone;   /* its TZID; "" UTC; NULL: none */
	bool zone_guessed;  /* of a TZID that neither the file nor the machine knows: offset_min was
			       taken */
	bool recurs;
	bool cut;     /* it has more spans in the window than were asked for */
	size_t spans; /* in the window */
};
struct ical_span { /* by beginning, then record */
	size_t record;
	int64_t starts, ends;
	bool busy; /* by TRANSP, STATUS and FBTYPE: who comes to it can do nothing else */
};
struct ical_reject {
	int64_t line;
	const char *what; /* "VEVENT", or the word that stood there */
	const char *why;
	const char *bytes; /* the record as it stands there; "" */
};
struct ical_counts { /* what stands in the file, whether it could be read or not */
	size_t sorts[ICAL_SORTS];
	size_t zones, rules, exceptions, instances; /* VTIMEZONE, RRULE, EXDATE, RECURRENCE-ID */
};
struct ical_calendar {
	const char *method, *name; /* of the first that has one; "" */
	struct ical_record *records;
	size_t n_records;
	struct ical_span *spans;
	size_t n_spans;
	struct ical_reject *rejects;
	size_t n_rejects;
	struct ical_counts counts;
	size_t mended; /* bytes that were no text */
};
/* A record whose series another record of the same UID changes (RECURRENCE-ID) has no span at that
 * moment; one that is cancelled has spans that are not busy.  ERR_INPUT: this is no calendar, or
 * too large; what could be read before the end of a file that was cut off is kept. */
enum err ical_read(const char *bytes, size_t len, const struct ical_ask *ask, struct arena *arena,
		   struct ical_calendar *ret_calendar, struct error *err) MUST_CHECK;
/* The moments of an RRULE ("FREQ=…") from a beginning ("20260105T090000", "20260105", with Z: UTC),
 * at most `most`, as local words of the same form.  ERR_INPUT: not a rule, or one too fine to
 * count. */
enum err ical_recur(const char *rule, const char *start, size_t most, struct arena *arena,
		    const char ***ret_moments, size_t *ret_n, struct error *err) MUST_CHECK;

#endif
