/* What runs out (domain/deadline.h) of all that is here, as shown: ranges of an index of the cache with
 * what acts of ours change.
 *
 * Rows come in the order of their dues.  Periodic checks and rosters that are not filed are not among
 * them: they are computed (inspection.h, client_filings).  Times are ms UTC. */
#ifndef ZHIBAN_CLIENT_DEADLINES_H
#define ZHIBAN_CLIENT_DEADLINES_H

#include "zhiban/client/rows.h"
#include "zhiban/domain/deadline.h"
#include "zhiban/domain/whistle.h"

struct deadline_key { /* a place in the list; stays good when its row is gone */
	bool set;     /* false: the very beginning */
	int64_t due, tie;
};

struct client_deadline {
	struct deadline deadline; /* its texts in the arena; of nobody's the org is the centre */
	enum kind kind;		  /* of the entity */
	struct uuid entity;
	const char *number; /* short, or 待编号-3 */
	const char *title;  /* "" when there is none */
	const char *street; /* code, or NULL */
	const char *step;   /* code */
	const char *cls;    /* class of a whistle, or NULL */
	int64_t urgency;    /* of an incident: enum urgency, or 0 */
	unsigned marks;	    /* enum row_marks, of the entity */
	struct deadline_key key;
	/* With filter.entities: the entity itself, light (no children); one of the two. */
	const struct incident *incident;
	const struct whistle *whistle;
};

struct client_deadline_filter {
	const char *org; /* whose: that organisation or one within it; NULL: all */
	unsigned sorts;	 /* bits 1 << enum deadline_sort; 0: all */
	unsigned kinds;	 /* bits 1 << enum kind; 0: all */
	int64_t from, to; /* due in [from, to); to 0: without an end */
	const char *words; /* each of them, divided by blanks, occurs in number, title, or name of the
			    * street or organisation; NULL or "": any */
	/* Asked about each row that has passed the above; NULL: lets all through. */
	bool (*lets)(void *ctx, const struct client_deadline *row);
	void *ctx;
	size_t patience; /* so many rows are looked at for a page at the most; 0: some thousand */
	bool entities; /* rows have the entity beside them (three times the work) */
};
/* An empty filter is all there is: { .org = NULL }.  Of the officer's own: */
struct client_deadline_filter client_deadlines_mine(const struct client *client);

struct client_deadlines {
	struct client_deadline *rows;
	size_t n;
	bool more;		 /* there are, or may be, further rows: go on behind `next` */
	struct deadline_key next; /* of the last row that was looked at */
};
/* The n after a place (NULL: the first).  With words or lets it gives up after some thousand rows
 * that do not fit: then n is smaller, also 0, and more is set. */
enum err client_deadlines_page(struct client *client, const struct client_deadline_filter *filter,
			       const struct deadline_key *after, size_t n, struct arena *arena,
			       struct client_deadlines *ret_page, struct error *err) MUST_CHECK;
/* The same backwards: the n before a place (NULL: the last ones), in the order of the list; more:
 * further rows before them, `next` is the place of the first looked at. */
enum err client_deadlines_before(struct client *client, const struct client_deadline_filter *filter,
				 const struct deadline_key *before, size_t n, struct arena *arena,
				 struct client_deadlines *ret_page, struct error *err) MUST_CHECK;
/* The row of one deadline as it is now, wherever it stands: of the same entity, sort and id (nil: the
 * first of that entity).  ERR_NOT_FOUND when it has gone. */
enum err client_deadline_get(struct client *client, enum kind kind, const struct uuid *entity,
			     enum deadline_sort sort, const struct uuid *id, struct arena *arena,
			     struct client_deadline *ret_row, struct error *err) MUST_CHECK;

/* How many there are between moments: ret_counts[i] is of bounds[i] <= due < bounds[i + 1], for
 * n_bounds - 1 ranges in ascending order (groups of a screen, days of a month); INT64_MIN and INT64_MAX
 * are no bounds.  Each is counted no further than `most`; by the index, unless the filter has words or
 * lets: then no more than some ten thousand rows are looked at, and *ret_exact is false beyond. */
enum err client_deadlines_count(struct client *client, const struct client_deadline_filter *filter,
				const int64_t *bounds, size_t n_bounds, int64_t most,
				int64_t *ret_counts, bool *ret_exact, struct error *err) MUST_CHECK;

/* The first that is the officer's own (client_deadlines_mine) and due at or after a moment (0: overdue
 * ones too).  Remembered till something changes: for the frame.  False: there is none. */
bool client_next_mine(struct client *client, int64_t from, struct arena *arena,
		      struct client_deadline *ret_row);

#endif
