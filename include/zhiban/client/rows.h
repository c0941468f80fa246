/* Windows of incidents in an order, as shown (cache + overlay).
 *
 * Rows are light: F_LONG fields and children are not loaded (client_get loads all).  Every order is
 * served by an index, from any key, both ways, in time that does not grow with the number of rows.
 * What no index serves (a filter, an exact count) is a scan in steps of a budget. */
#ifndef ZHIBAN_CLIENT_ROWS_H
#define ZHIBAN_CLIENT_ROWS_H

#include "zhiban/client/client.h"
#include "zhiban/domain/filter.h"

struct client_order {
	const struct field *field; /* an incident field with F_SORT; NULL: board order (open first,
				    * by due with none last, then newest first) */
	bool descending;	   /* ignored for the board; absent values are last either way */
	bool open_only;		   /* closed ones are left out (by the index: nothing is scanned) */
};
/* Orders by a name (organisation, step) follow the rules' lists, within one name the board's order;
 * orders by a time or number follow it alone. */

enum { ROW_KEY_TEXT = 328 };
struct row_key { /* a place in an order; stays good when its row is gone or has moved */
	bool set;	   /* false: the very beginning (or end, going back) */
	bool none;	   /* the sort value is absent */
	int64_t rank, num; /* place of the value in the rules' list; the value if it is a number */
	int64_t a, b, tie;
	char text[ROW_KEY_TEXT];
};

enum row_marks {
	ROW_PENDING = 1 << 0, /* acts of ours on it are not folded yet (待传) */
	ROW_NEW = 1 << 1,     /* only in the outbox so far: no number */
	ROW_REFUSED = 1 << 2, /* an act on it lies on the conflict desk (待核) */
};
struct client_row {
	const struct incident *incident; /* in the arena of the call */
	struct row_key key;
	unsigned marks;
};

enum page_dir {
	PAGE_FROM,  /* the key's place and what follows */
	PAGE_AFTER, /* what follows it */
	PAGE_BEFORE, /* what comes before it: the nearest n, still in list order */
};
struct client_page {
	struct client_row *rows;
	size_t n;
	bool more; /* further rows in that direction */
};

/* Among many rows, while the index of the order is still being made behind a first snapshot: a page
 * takes seconds. */
bool client_order_is_slow(struct client *client, const struct client_order *order);
/* At most n rows.  key NULL or not set: from the beginning (PAGE_BEFORE: the last n). */
enum err client_page(struct client *client, const struct client_order *order,
		     const struct row_key *key, enum page_dir dir, size_t n, struct arena *arena,
		     struct client_page *ret_page, struct error *err) MUST_CHECK;
/* Reads the children of one kind of a row that a page gave, into the arena that the row is in; of one
 * with acts of ours they are there already. */
enum err client_row_children(struct client *client, const struct client_row *row, enum child child,
			     struct arena *arena, struct error *err) MUST_CHECK;
/* The place of one incident as shown, to pin a cursor or to find where it went.  ERR_NOT_FOUND. */
enum err client_key(struct client *client, const struct client_order *order, const struct uuid *id,
		    struct row_key *ret_key, struct error *err) MUST_CHECK;
/* One incident as a row of an order.  ERR_NOT_FOUND. */
enum err client_row_get(struct client *client, const struct client_order *order,
			const struct uuid *id, struct arena *arena, struct client_row *ret_row,
			struct error *err) MUST_CHECK;
/* The place before the first of a group, in an order by names: PAGE_AFTER it comes the group. */
void client_group_key(const struct client *client, const struct client_order *order,
		      struct value value, struct row_key *ret_key);
/* The place in board order behind what is due at or before a moment. */
void row_key_due(int64_t due, struct row_key *ret_key);
/* <0, 0, >0 as a stands before, at or behind b in the order. */
int row_key_cmp(const struct client_order *order, const struct row_key *a, const struct row_key *b);

/* What filters are looked at by: the rules, the officer, his marks, the time of now. */
struct filter_ctx client_filter_ctx(struct client *client);

/* A scan collects the incidents a filter lets through, in order.  It sees the state at
 * client_scan_new and what changes behind its place; start a new one after a change.  The filter
 * and ctx are borrowed (ctx.now is read at each step).  filter NULL counts all. */
struct client_scan;
enum err client_scan_new(struct client *client, const struct client_order *order,
			 const struct filter *filter, const struct filter_ctx *ctx,
			 struct client_scan **ret_scan, struct error *err) MUST_CHECK;
void client_scan_free(struct client_scan *scan);
/* Looks at no more than budget rows (1,000 are about 3 ms). */
enum err client_scan_step(struct client_scan *scan, size_t budget, struct error *err) MUST_CHECK;
bool client_scan_done(const struct client_scan *scan);
size_t client_scan_found(const struct client_scan *scan);  /* so far; exact when done */
size_t client_scan_looked(const struct client_scan *scan); /* rows looked at */
/* Rows first … first+n-1 of those found so far; fewer when one has gone since. */
enum err client_scan_rows(struct client_scan *scan, size_t first, size_t n, struct arena *arena,
			  struct client_page *ret_page, struct error *err) MUST_CHECK;
/* The index of an incident among those found, or -1; soon found near the one found before. */
int64_t client_scan_index(struct client_scan *scan, const struct uuid *id);

/* The id of the one at an index among those found; NULL behind the last. */
const struct uuid *client_scan_id(const struct client_scan *scan, size_t index);
/* The indices of the group that one stands in: from *begin to before *end (so far). */
void client_scan_span(const struct client_scan *scan, size_t index, size_t *ret_begin,
		      size_t *ret_end);
/* Of a scan in a grouped order: how many of those found so far have this value, and how many of them
 * are open and past their due. */
struct client_group {
	int64_t n, overdue;
};
struct client_group client_scan_group(const struct client_scan *scan, struct value value);

/* Counts kept up to date by the worker, with the overlay's delta: O(steps), whatever the number. */
enum { COUNT_STEPS = 32 };
struct client_counts {
	int64_t total, open;
	int64_t step[COUNT_STEPS]; /* in the order of rules->steps */
	int64_t mine;		   /* open, held by the officer's organisation */
};
enum err client_counts(struct client *client, struct client_counts *ret_counts, struct error *err)
	MUST_CHECK;
/* Open incidents due at or before a moment; stops counting at `most`. */
enum err client_count_due(struct client *client, int64_t until, int64_t most, int64_t *ret_count,
			  struct error *err) MUST_CHECK;
/* Open incidents of one group of a grouped order, all and the overdue ones; each stops counting at
 * `most`.  By the index: as many steps as there are open ones in it. */
enum err client_count_group(struct client *client, const struct field *field, struct value value,
			    int64_t most, struct client_group *ret_group, struct error *err)
	MUST_CHECK;
/* The values that occur in the cache, in the rules' order; texts live until the next change. */
enum err client_groups(struct client *client, const struct field *field,
		       const struct value **ret_values, size_t *ret_n, struct error *err) MUST_CHECK;
/* The tie of the newest row of the cache: those that come in later have greater ones. */
int64_t client_newest(struct client *client);

/* ---- what stands open beside the loop (one bit of domain/stand.h) ---- */

/* Counted no further than most. */
enum err client_stand_count(struct client *client, unsigned what, int64_t most,
			    int64_t *ret_count, struct error *err) MUST_CHECK;
/* Rows that the cache has on that list, as shown, in its board order behind a place (a and tie of
 * the last one's key; all zero: the first ones).  What acts of ours put there or took off is among
 * client_overlaid. */
enum err client_stand_page(struct client *client, unsigned what, const struct row_key *after,
			   size_t n, struct arena *arena, struct client_page *ret_page,
			   struct error *err) MUST_CHECK;
/* The incidents that acts of ours stand on. */
void client_overlaid(struct client *client, struct arena *arena, struct client_page *ret_page);

#endif
