/* The clocks of an incident over time: their dues by what is stored, the percentages they pass,
 * what fires when, and how it all was computed.
 *
 * Pure: everything comes from the rules, the clock, and the pauses of its incident.  A clock of a
 * step stands still in the pauses of its incident; one beside the flow (a countersignature owed,
 * the review of a shelved case) does not. */
#ifndef ZHIBAN_DOMAIN_MARK_H
#define ZHIBAN_DOMAIN_MARK_H

#include "zhiban/domain/rules.h"

/* The rule by which a clock runs: that of its own step, else of any step with such a clock; NULL
 * for clocks beside the flow and when the profile no longer has it. */
const struct clock_rule *clock_rule_of(const struct rules *rules, const struct clock *clock);
/* The rule whose timeouts it fires by: the same; of a clock beside the flow what the profile always
 * says of its kind, in closed steps too.  NULL: nothing fires. */
const struct clock_rule *clock_fire_rule(const struct rules *rules, const struct clock *clock);
/* The kinds of clocks that no step starts: a countersignature owed, a review, an answer, a receipt, a
 * call promised; NULL-terminated. */
const char *const *clock_beside_kinds(void);
bool clock_is_beside(const struct clock *clock); /* beside the flow: no step started it */
const char *clock_label(const struct rules *rules, const char *kind); /* translated; never NULL */

/* Appends limits ("5wd 2wd"), or the row that chose one ("urgent night 2h"), in words. */
void row_words(const struct rules *rules, const char *row, struct str *out);
bool field_is_limit(const struct field *field); /* its text is such */

/* Its due by limit, pauses and extensions as they are now; a clock without a limit keeps its
 * date. */
struct due clock_due(const struct rules *rules, const struct incident *incident,
		     const struct clock *clock);
/* The moment at which a percentage is used; 0: never as things are (shelved, no due). */
int64_t clock_mark(const struct rules *rules, const struct incident *incident,
		   const struct clock *clock, int percent);
/* The percentage used now, or when it was stopped; 0 for one without a due. */
int clock_used(const struct rules *rules, const struct incident *incident,
	       const struct clock *clock, int64_t now);
/* Appends how the due was found, as lines of text: what was chosen by which row, each day counted,
 * skipped or paused, each extension; the last line is the due. */
void clock_explain(const struct rules *rules, const struct incident *incident,
		   const struct clock *clock, struct str *out);
/* The same of a clock that is called otherwise (summons_clock_label); incident NULL: no pauses. */
void clock_explain_as(const struct rules *rules, const struct incident *incident,
		      const struct clock *clock, const char *label, struct str *out);

/* What a profile lets happen at a percentage, to be done by the server's own act "fire".  The id is
 * made of clock, threshold and due, so that whoever tries it, it is done once. */
struct firing {
	struct uuid act;
	const struct clock *clock;
	int threshold;	  /* percent */
	unsigned effects; /* 1 << TIMEOUT_URGE, … */
	int64_t at;	  /* when it was reached */
	bool held;	  /* it was reached in quiet hours and waited for their end */
};
enum { FIRINGS_MAX = 32 };
/* What must fire now, lowest threshold of a clock first; more than there is room for come when
 * these are done.  In quiet hours nothing of a minor incident fires, unless the mode (a code; NULL:
 * peacetime) knows none. */
size_t clock_fires(const struct rules *rules, const struct incident *incident, const char *mode,
		   int64_t now, struct firing firings[FIRINGS_MAX]);
/* The next moment at which the incident must be looked at: now, when something must fire now;
 * later, also when quiet hours hold it back; 0: never, unless something changes (the incident, the
 * mode, the rules). */
int64_t clock_next_fire(const struct rules *rules, const struct incident *incident,
			const char *mode, int64_t now);
/* The act, by the system, for the moment `at`; its texts live in the arena. */
struct act firing_act(const struct rules *rules, const struct incident *incident,
		      const struct firing *firing, int64_t at, struct arena *arena);
/* Whether it is quiet for an incident at a moment, and when that ends. */
bool clock_is_quiet(const struct rules *rules, const struct incident *incident, const char *mode,
		    int64_t at, int64_t *ret_until);

/* The profile's working hours and calendar of a name; the jurisdiction's for NULL and unknown
 * ones. */
const struct calendar *rules_calendar(const struct rules *rules, const char *name);
const struct hours *rules_hours(const struct rules *rules, const char *name);

#endif
