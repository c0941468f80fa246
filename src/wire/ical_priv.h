/* Inside wire/: reading calendars.  Lines and records are ours; libical is asked for the value of
 * one property at a time, for zones of the machine and for rules of other calendars, so that what
 * one line does to it stays with that line. */
#ifndef WIRE_ICAL_PRIV_H
#define WIRE_ICAL_PRIV_H

#include "zhiban/wire/ical.h"

/* ---- ical_lib.c: libical, loaded when it is first needed ---- */

struct ical_lib;
/* ERR_IO: it is not installed. */
enum err ical_lib_open(struct arena *arena, const struct ical_lib **ret_lib,
		       struct error *err) MUST_CHECK;

/* ---- ical_lines.c: bytes as records ---- */

struct ical_line { /* unfolded */
	int64_t line;
	const char *name; /* upper case */
	const char *text; /* all of it, name and parameters too */
	size_t depth;     /* of a zone: 0 its own, 1 of a STANDARD or DAYLIGHT */
	size_t group;     /* which of those */
};
struct ical_block { /* a record or a zone with its lines; those of what stands in it (VALARM) are
		       left out */
	enum ical_sort sort; /* ICAL_SORTS: a zone */
	int64_t line;
	struct ical_line *lines;
	size_t n;
	const char *bytes;
	const char *why;    /* it cannot be read; or NULL */
	const char *method; /* of its calendar; "" */
};
struct ical_blocks {
	struct ical_block *blocks;
	size_t n;
	struct ical_reject *rejects; /* of lines outside any */
	size_t n_rejects;
	struct ical_counts counts;
	const char *method, *name;
	size_t mended;
	bool any; /* there was a BEGIN at all */
};
/* ERR_INPUT: too large, or no text. */
enum err ical_blocks(const char *bytes, size_t len, struct arena *arena,
		     struct ical_blocks *ret_blocks, struct error *err) MUST_CHECK;
const struct ical_line *block_line(const struct ical_block *block,
				   const char *name); /* first, or NULL */

/* ---- ical_value.c: values of properties ---- */

struct moment {        /* as written */
	int64_t local; /* ms, as if its clock were UTC's */
	bool date, utc;
	const char *zone; /* TZID; NULL: none */
};
/* ERR_INPUT: libical cannot read it. */
enum err value_moment(const struct ical_lib *lib, const char *text, struct arena *arena,
		      struct moment *ret_moment) MUST_CHECK;
enum err value_duration(const struct ical_lib *lib, const char *text, int64_t *ret_ms) MUST_CHECK;
/* FREEBUSY, or an RDATE that is a period: to is a moment or, where only `length` is said, local +
 * it. */
enum err value_period(const struct ical_lib *lib, const char *text, struct arena *arena,
		      struct moment *ret_from, struct moment *ret_to) MUST_CHECK;
/* TZOFFSETTO */
enum err value_offset(const struct ical_lib *lib, const char *text, int *ret_seconds) MUST_CHECK;
enum err value_person(const struct ical_lib *lib, const char *text, struct arena *arena,
		      struct ical_person *ret_person) MUST_CHECK;
/* A parameter's value, or NULL. */
const char *value_param(const struct ical_lib *lib, const char *text, const char *name,
			struct arena *arena);
/* What stands behind the colon, as it is. */
const char *value_raw(const char *text);
const char *value_text(const char *text, struct arena *arena); /* a TEXT, its escapes undone */
/* A line with several values, "A,B,C", as lines of one each. */
size_t value_split(const char *text, struct arena *arena, const char ***ret_texts);

/* ---- ical_recur.c, ical_rule.c, ical_rscale.c: rules ---- */

struct rule_budget { /* of a file: what its rules may cost */
	size_t rules, steps, dry;
};
struct rule_ask {
	const struct ical_lib *lib;
	const char *rule; /* "FREQ=…" */
	struct moment start;
	int64_t until; /* of the rule, as a local moment, when it says one in UTC; INT64_MIN: as it
			  stands */
	int64_t from, to; /* local: moments in [from, to) are wanted */
	size_t most;
};
/* Local moments.  ERR_INPUT with why; *ret_cut: there are more. */
enum err rule_moments(const struct rule_ask *ask, struct rule_budget *budget, struct arena *arena,
		      int64_t **ret_moments, size_t *ret_n, bool *ret_cut,
		      struct error *err) MUST_CHECK;
/* Whether the UNTIL of a rule is said in UTC. */
bool rule_until(const struct ical_lib *lib, const char *rule, struct arena *arena,
		int64_t *ret_utc);

/* ---- ical_zone.c: zones ---- */

struct ical_work { /* a file on its way */
	const struct ical_lib *lib;
	const struct ical_ask *ask;
	const struct ical_zones *zones; /* once they are read */
	struct rule_budget *budget;
	struct arena *arena;
};
struct ical_zone;
struct ical_zones {
	const struct ical_lib *lib;
	struct ical_zone *zones;
	size_t n;
	int offset_min;
};
void zones_read(const struct ical_work *work, const struct ical_blocks *blocks,
		struct ical_zones *ret_zones);
/* UTC of a local moment in a zone (NULL: the jurisdiction's); *ret_guessed: nobody knows it. */
int64_t zone_utc(const struct ical_zones *zones, const char *tzid, int64_t local,
		 bool *ret_guessed);
/* The other way. */
int64_t zone_local(const struct ical_zones *zones, const char *tzid, int64_t utc);
int64_t moment_utc(const struct ical_zones *zones, const struct moment *moment, bool *ret_guessed);

/* ---- ical_item.c: a block as a record ---- */

enum err item_read(const struct ical_work *work, const struct ical_block *block,
		   struct ical_record *ret_record, struct error *err) MUST_CHECK;
/* Its spans in the window, by beginning. */
enum err item_spans(const struct ical_work *work, const struct ical_block *block,
		    struct ical_record *record, struct ical_span **ret_spans, size_t *ret_n,
		    struct error *err) MUST_CHECK;

#endif
