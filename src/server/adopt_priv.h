/* Adoption of a profile or a calendar: what would be stranded, what is carried over, and the report
 * of it (adopt.c, adopt_plan.c, adopt_report.c, adopt_carry.c, adopt_people.c). */
#ifndef ZHIBAN_SERVER_ADOPT_PRIV_H
#define ZHIBAN_SERVER_ADOPT_PRIV_H

#include "admit_priv.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/carry.h"

struct adopt_ask {
	struct rulebook *book; /* the new one */
	const char *bundle, *calendar;
	size_t bundle_len, calendar_len;
	const char *reason;
	const char *const *maps; /* "OLD=NEW": steps; "KIND:CLASS=KIND:CLASS": open whistles */
	size_t n_maps;
	bool redue;
	bool stay; /* what nobody takes over stays where it is; else it stands against it */
};

enum adopt_need { /* why an entity is written anew */
	NEED_MAP = 1 << 0,   /* its step, or its kind of whistle, has another name */
	NEED_HEIR = 1 << 1,  /* an organisation in it ended */
	NEED_SIGHT = 1 << 2, /* more organisations see it */
	NEED_DUE = 1 << 3,   /* provisional deadlines, and the calendar is another one */
};

struct adopt_carried { /* an entity to be written anew */
	struct uuid id;
	unsigned needs;
	const char *name, *org; /* of an officer */
};
struct tally { /* something counted by a word */
	const char *words, *more; /* step; kind and class; organisation and its heir */
	int64_t cases, whistles, people, rosters;
	int64_t joint; /* meetings, items and tasks */
	const char *example;
};
struct tallies {
	struct tally *items;
	size_t n, cap;
};

struct adopt { /* one adoption, inside its transaction */
	struct writer *writer;
	const struct adopt_ask *ask;
	const struct rules *old, *rules; /* old NULL: the first one */
	int64_t now;
	bool new_calendar;
	struct arena arena; /* of all of it */
	struct arena one;   /* of one entity */
	struct adopt_carried *cases, *people;
	size_t n_cases, cap_cases, n_people, cap_people;
	/* by step; kind; series; organisation; from, to */
	struct tallies stranded, unkind, unserial, homeless, moves;
	struct tally seen, mapped;
	struct tallies roomless;	/* meetings to come in rooms that are gone */
	struct tallies ended, planless; /* rosters and people that stay: by organisation; by roster */
	struct uuid *touches;		/* rosters, people and rooms that more organisations see now */
	size_t n_touches, cap_touches;
	int64_t n_due;
	struct str report, dues;
	enum err code;
	struct error err;
};

struct tally *tally_of(struct adopt *adopt, struct tallies *tallies, const char *words,
		       const char *more);
/* Counts an incident, a whistle, a meeting, item or task; the first one's number is the example. */
void tally_add(struct adopt *adopt, struct tally *tally, const void *entity);
/* The step's or kind's new name by the lines of the adoption; itself when none speaks of it. */
const char *adopt_mapped(struct adopt *adopt, const char *step);
/* Who takes over, with the places of the case or whistle (NULL: none) to choose by; the same when it
 * stands; NULL when it ended and nobody does. */
const char *adopt_heir(struct adopt *adopt, const char *org, const void *entity);
/* carry_orgs_each of any kind. */
void adopt_orgs_each(void *entity, carry_fn fn, void *ctx);
/* The number of any, or "-". */
const char *adopt_number(const void *entity);

/* adopt_plan.c: looks through all cases and people.  ERR_REFUSED and a sentence with all counts and
 * an example of each when something would be stranded. */
enum err adopt_plan(struct adopt *adopt, struct error *err) MUST_CHECK;
bool adopt_seen_by_more(const struct adopt *adopt, const void *entity);
/* adopt_duty.c: a roster, or one of its people: what becomes of it is counted, and whether more
 * organisations see it.  What has run is left as it is.  And the report of it. */
void adopt_look_at_duty(struct adopt *adopt, const void *entity);
void adopt_say_duty(struct adopt *adopt);
/* adopt_report.c: what stays with organisations that ended without a successor, a line each. */
void adopt_say_homeless(struct adopt *adopt);
/* What stands against it, as a sentence with all counts; empty: nothing. */
void adopt_say_against(const struct adopt *adopt, struct str *out);
/* What was carried over. */
void adopt_say_moves(struct adopt *adopt);
/* Such a report of the rules in force (adopt.c); writes nothing. */
enum err adopt_look(struct writer *writer, int64_t now, struct str *report,
		    struct error *err) MUST_CHECK;
/* adopt_carry.c: writes what was planned. */
enum err adopt_carry(struct adopt *adopt, struct error *err) MUST_CHECK;
/* adopt_people.c: officers and their accounts move, and the list of accounts to be looked at. */
enum err adopt_people(struct adopt *adopt, struct error *err) MUST_CHECK;

#endif
