/* The board: which incidents are listed, in which order, how many, and what changed.
 *
 * Without a filter, pages come straight from an index; with one, from a scan that goes on in steps
 * while the first hits are already shown.  What is shown stays until a newer scan is whole, so a
 * change elsewhere never empties the list under the reader.  Borrows the client. */
#ifndef ZHIBAN_MODEL_BOARD_H
#define ZHIBAN_MODEL_BOARD_H

#include "zhiban/client/rows.h"

enum { BOARD_CHANGED_MAX = 4096, BOARD_OWN_MAX = 64, BOARD_GROUP_MOST = 10000 };

struct board_order {
	const char *name;  /* "due", for the ":" line */
	const char *title; /* N_ "by time left" */
	const char *field; /* NULL: the board's own order */
	bool descending;
};
size_t board_order_count(void);
const struct board_order *board_order_at(size_t i);
/* By its name, or that of its field, "-" before it: the other way round.  False: there is none. */
bool board_order_find(const char *name, size_t *ret_order, bool *ret_turned) MUST_CHECK;

/* Groups: rows of one value follow each other in the rules' order, each group by time left.  Without
 * a filter only the open ones are listed then: else the closed ones of one group would stand before
 * the next. */
struct board_group {
	const char *name;  /* "street", for the ":" line; "none" */
	const char *title; /* N_ "by street" */
	const char *field; /* NULL: none */
};
size_t board_group_count(void);
const struct board_group *board_group_at(size_t i);
bool board_group_find(const char *name, size_t *ret_group) MUST_CHECK;

struct board;
struct board *board_new(struct client *client);
void board_free(struct board *board);

/* "" takes the filter away.  On ERR_INPUT the list stays as it was. */
enum err board_set_filter(struct board *board, const char *text, struct filter_error *ret_error)
	MUST_CHECK;
const char *board_filter(const struct board *board); /* "" none */
void board_set_order(struct board *board, size_t order);
size_t board_order(const struct board *board);
/* The order turned round; the board's own stays as it is. */
void board_turn(struct board *board, bool turned);
bool board_is_turned(const struct board *board);
/* A grouped list is ordered by its groups; its order comes back when it is not grouped any more. */
void board_set_group(struct board *board, size_t group);
size_t board_group(const struct board *board);
const struct field *board_group_field(const struct board *board); /* NULL: it is not grouped */
bool board_open_only(const struct board *board);
/* Of two rows of a grouped list. */
bool board_same_group(const struct board *board, const struct incident *a,
		      const struct incident *b);
struct board_heading {
	struct value value; /* not set: those without one */
	int64_t n, overdue;
	bool more; /* at least so many */
};
/* How many rows stand in the group of one of them. */
void board_heading(struct board *board, const struct incident *incident,
		   struct board_heading *ret_heading);
/* All groups that have rows, in their order, each with its first row; in the arena.  What a filter
 * has not looked through yet is not among them. */
struct board_place {
	struct board_heading heading;
	struct uuid first;
};
enum err board_groups(struct board *board, struct arena *arena, struct board_place **ret_groups,
		      size_t *ret_n, struct error *err) MUST_CHECK;
/* The first row of the next group; or of this one, and from there of the one before. */
bool board_next_group(struct board *board, const struct uuid *at, bool next, struct uuid *ret_id)
	MUST_CHECK;

/* Whether the filter lets a case through, children and all. */
bool board_lets(const struct board *board, const struct incident *incident);

enum board_from { BOARD_FIRST, BOARD_LAST, BOARD_AT };
/* Rows in the arena; at an anchor, `before` rows before it and in all n, as far as there are any.
 * ERR_NOT_FOUND when the anchor is not in the list. */
struct board_page {
	struct client_row *rows;
	size_t n;
	bool first, last; /* nothing comes before, nothing behind */
};
enum err board_fetch(struct board *board, enum board_from from, const struct uuid *anchor,
		     size_t before, size_t n, struct arena *arena, struct board_page *ret_page,
		     struct error *err) MUST_CHECK;

struct board_count {
	int64_t shown;	/* rows of the list */
	bool more;	/* the scan is not through: "37+" */
	int64_t total, open, mine;
	int64_t overdue, soon; /* of all open ones; soon: within the hour; counted to 10,000 */
	int64_t next_due;      /* of all open ones, the next that is not past; 0 none */
	struct uuid next;      /* whose it is */
};
/* The counts as they were last read; board_step reads them anew after a change. */
const struct board_count *board_count(const struct board *board);

/* ---- changes ---- */

/* The first snapshot has come in whole: what comes from now on is news. */
bool board_has_all(const struct board *board);
/* Takes in what changed.  Frozen: only counts.  True: the list must be read again. */
bool board_changed(struct board *board, const struct client_change *change);
/* A minute has passed: what depends on the time of day (due, overdue) is looked at again. */
void board_minute(struct board *board);
/* Changes of this incident are our own: its row is not marked. */
void board_own(struct board *board, const struct uuid *id);
void board_all_seen(struct board *board);
bool board_is_own(const struct board *board, const struct uuid *id); /* by board_own */
bool board_is_changed(const struct board *board, const struct uuid *id);
bool board_seen(struct board *board, const struct uuid *id); /* true: it was marked */
size_t board_changes(const struct board *board); /* how many are marked */
/* The next row of the list that is marked as changed, behind the last again from the first. */
bool board_next_changed(struct board *board, const struct uuid *at, struct uuid *ret_id) MUST_CHECK;
/* Frozen: rows keep their order, whatever happens to them.  at: the cursor's; NULL: none. */
void board_freeze(struct board *board, bool frozen, const struct uuid *at);
bool board_is_frozen(const struct board *board);
struct board_waiting { /* incidents, each counted once */
	size_t fresh;	/* registered since it was frozen */
	size_t changed; /* others */
	bool more;	/* at least so many */
};
struct board_waiting board_waiting(const struct board *board);

/* ---- work in idle time ---- */

enum board_work {
	BOARD_IDLE = 0,
	BOARD_MORE = 1 << 0,   /* there is more to do: call again */
	BOARD_ROWS = 1 << 1,   /* the list must be read again */
	BOARD_COUNTS = 1 << 2, /* the counts are others */
};
/* A slice of work of about a millisecond. */
unsigned board_step(struct board *board);
/* When there will be work again, ms UTC: a long scan rests as long as it took.  INT64_MAX: not
 * before the next change. */
int64_t board_next(const struct board *board);

#endif
