/* What runs out (时限): clocks, periodic checks, what waits for a decision; the next first, in four
 * groups.
 *
 * * Pages come from an index of the client, whatever there is; with a filter, from a list gathered
 *   in slices of idle work, which is shown until a newer one is whole.  What is computed (checks;
 *   weeks not filed: due_filing.h) is merged into both: a row of a table in deadlines_extra.c.
 * * Groups are counted and rows grouped by the moment of the last deadlines_read, so that no row
 *   moves before the list is read again.  Times are ms UTC.  Borrows the client. */
#ifndef ZHIBAN_MODEL_DEADLINES_H
#define ZHIBAN_MODEL_DEADLINES_H

#include "zhiban/client/deadlines.h"

enum due_group { DUE_OVER, DUE_SOON, DUE_TODAY, DUE_LATER, DUE_GROUPS };
#define DUE_SOON_MS (INT64_C(2) * 3600 * 1000)
enum { DUE_COUNT_MOST = 10000 }; /* counted so far, gathered so many */
const char *due_group_title(enum due_group group); /* translated */
/* The group of a due at a moment. */
enum due_group due_group(int64_t due, int64_t now, int offset_min);

struct due_row {
	struct uuid id; /* of the clock, the child or the check; of a heading its own */
	bool heading;
	bool gone; /* of a list that stands still: it does not run any more */
	enum due_group group;
	/* kind KIND_INSPECTION: a check, whose label is the title; its entity is the record to be. */
	struct client_deadline at;
};

struct deadlines;
struct deadlines *deadlines_new(struct client *client);
void deadlines_free(struct deadlines *deadlines);
void deadlines_clear(struct deadlines *deadlines); /* another officer: everything anew */

/* ---- which ---- */

void deadlines_set_mine(struct deadlines *deadlines, bool mine); /* else all; at first mine */
bool deadlines_is_mine(const struct deadlines *deadlines);
/* "" takes it away.  On ERR_INPUT the list stays as it was. */
enum err deadlines_set_filter(struct deadlines *deadlines, const char *text,
			      struct filter_error *ret_error) MUST_CHECK;
const char *deadlines_filter(const struct deadlines *deadlines); /* "" none */
/* What filters of it are parsed with: kind: is known. */
struct filter_ctx deadlines_filter_ctx(const struct deadlines *deadlines);
/* Only what runs out on a day (civil_day); 0: any. */
void deadlines_set_day(struct deadlines *deadlines, int32_t day);
int32_t deadlines_day(const struct deadlines *deadlines);
/* Rows keep their places, whatever becomes of them; changes are counted. */
void deadlines_freeze(struct deadlines *deadlines, bool frozen);
bool deadlines_is_frozen(const struct deadlines *deadlines);
size_t deadlines_waiting(const struct deadlines *deadlines); /* changes since then */

/* ---- rows ---- */

enum due_from { DUE_FIRST, DUE_LAST, DUE_AT };
struct due_page {
	struct due_row *rows; /* with headings, in the arena */
	size_t n;
	bool first, last; /* nothing comes before, nothing behind */
};
/* At an anchor (a row or heading given out before): `before` rows before it and in all n, as far as
 * there are any.  ERR_NOT_FOUND when it is not in the list any more. */
enum err deadlines_fetch(struct deadlines *deadlines, enum due_from from,
			 const struct uuid *anchor, size_t before, size_t n, struct arena *arena,
			 struct due_page *ret_page, struct error *err) MUST_CHECK;
/* What a row given out is about, also when it has gone since; false: it never was one. */
bool deadlines_about(const struct deadlines *deadlines, const struct uuid *row,
		     enum kind *ret_kind, struct uuid *ret_entity);
/* The row as it is now.  ERR_NOT_FOUND. */
enum err deadlines_get(struct deadlines *deadlines, const struct uuid *row, struct arena *arena,
		       struct due_row *ret_row, struct error *err) MUST_CHECK;

/* All rows one after the other, for programs: like is the row in the shape of an incident (holder:
 * whose it is), with what the incident itself says where it is one.  fn ends it by another code
 * than ERR_OK. */
typedef enum err (*due_row_fn)(void *ctx, const struct client_deadline *row,
			       const struct incident *like, struct error *err);
enum err deadlines_each(struct deadlines *deadlines, due_row_fn fn, void *ctx, struct error *err)
	MUST_CHECK;

struct due_counts {
	int64_t n[DUE_GROUPS];
	bool more[DUE_GROUPS]; /* at least so many */
	bool whole; /* with a filter: everything has been looked at */
};
const struct due_counts *deadlines_counts(const struct deadlines *deadlines);

/* The first of the officer's own (checks among them) that is due at or after a moment; its texts in the
 * arena or of the rules.  False: there is none. */
bool deadlines_next_mine(struct client *client, int64_t from, struct arena *arena,
			 struct client_deadline *ret_row);

/* ---- one row at length ---- */

struct due_detail { /* texts in the arena */
	const struct clock *clock; /* that it is about; NULL: none */
	int used;		   /* percent; 0: not said */
	const char *sort;	   /* what it is in one word: case, the profile's word of a whistle … */
	const char *cause;	   /* what runs: the name of the clock, or of what is to be done */
	const char *pressed;	   /* a supervision in force, or the next one that is proposed */
	const struct incident *incident; /* the entity, whole: one of the two, or none */
	const struct whistle *whistle;
};
/* From the entity, whole: for the rows on the screen. */
void deadlines_detail(struct deadlines *deadlines, const struct due_row *row,
		      struct arena *arena, struct due_detail *ret_detail);
/* What it is in one word, and what runs, as far as the row says (of a whistle's own words: with the
 * entity beside it). */
const char *due_cause_words(const struct rules *rules, const struct client_deadline *row);
const char *due_sort_words(const struct client_deadline *row); /* translated */

/* Of a row that is a periodic check: by which words it is due, since when it is missed (as far as the
 * list goes back: seven days), when it can be recorded. */
void deadlines_explain_check(const struct deadlines *deadlines, const struct client_deadline *check,
			     struct str *out);

/* ---- the month ---- */

struct due_day {
	int32_t day; /* civil_day */
	int64_t n;   /* that run out on it, as the list is now, but for its day */
	bool more;
	bool off, makeup, known; /* a holiday; a working day of a weekend; the calendar has it */
	const char *holiday;	 /* its name, or NULL */
};
struct due_month {
	int year, month, n_days;
	struct due_day days[31];
};
enum err deadlines_month(struct deadlines *deadlines, int year, int month,
			 struct due_month *ret_month, struct error *err) MUST_CHECK;

/* ---- changes, and work in idle time ---- */

/* Takes in what changed.  True: the list must be read again. */
bool deadlines_changed(struct deadlines *deadlines, const struct client_change *change);
/* The list is read again: groups and counts are those of now. */
void deadlines_read(struct deadlines *deadlines);
enum due_work { DUE_IDLE = 0, DUE_MORE = 1 << 0, DUE_ROWS = 1 << 1 };
unsigned deadlines_step(struct deadlines *deadlines); /* a slice of some milliseconds */
int64_t deadlines_next(const struct deadlines *deadlines); /* as board_next */

#endif
