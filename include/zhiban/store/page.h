/* Windows of the cache's incidents by keyset, each served by an index from any place, both ways.
 *
 * * Three families of orders.  Board: open first, by due (none last), then newest.  Grouped
 * (street, step, holder, urgency): the rows of one value, in board order.  Plain (times, number):
 * by the value, absent ones last. */
#ifndef ZHIBAN_STORE_PAGE_H
#define ZHIBAN_STORE_PAGE_H

#include "zhiban/domain/incident.h"
#include "zhiban/store/search.h"

/* The two numbers the board sorts by; and which family a field belongs to. */
void board_rank(const struct incident *incident, int64_t *ret_a, int64_t *ret_b);
#define BOARD_CLOSED INT64_MAX /* rank a of every closed incident */
bool order_is_grouped(const struct field *field);
bool order_is_plain(const struct field *field);

struct page_place { /* where to begin, that place itself left out unless inclusive */
	bool set;
	struct value value; /* plain: of the field; not set: among the absent ones */
	int64_t a, b;	    /* board and grouped */
	int64_t tie;
};
struct page_ask {
	const struct field *field; /* NULL: board */
	struct value group;	   /* grouped: its value, not set for the absent one */
	bool descending;	   /* plain */
	bool open_only;
	bool back;	/* the nearest before the place, nearest first */
	bool inclusive;
	struct page_place place;
	const struct ties *only; /* rows of this set (search.h), and some others where there are few
				  * of it for long; NULL: all */
	size_t n;
};
struct page_row {
	struct incident *incident; /* light, in the arena */
	int64_t a, b, tie;
};
/* Fills at most ask->n rows. */
enum err cache_page(struct store *store, const struct page_ask *ask, struct arena *arena,
		    struct page_row *rows, size_t *ret_n, struct error *err) MUST_CHECK;
/* The row of one incident.  ERR_NOT_FOUND. */
enum err cache_row(struct store *store, const struct uuid *id, struct arena *arena,
		   struct page_row *ret_row, struct error *err) MUST_CHECK;
/* The row in a place; whole: with long texts.  ERR_NOT_FOUND. */
enum err cache_row_at(struct store *store, int64_t tie, bool whole, struct arena *arena,
		      struct page_row *ret_row, struct error *err) MUST_CHECK;
/* Only where it stands: in a field's order (NULL: the board's), a text in the arena.  ERR_NOT_FOUND. */
enum err cache_place_at(struct store *store, int64_t tie, const struct field *field,
			struct arena *arena, struct page_place *ret_place,
			struct error *err) MUST_CHECK;
/* Adds an incident's children of one kind to a light row. */
enum err cache_children(struct store *store, int64_t tie, enum child child, struct arena *arena,
			struct incident *incident, struct error *err) MUST_CHECK;
/* The values of a grouped field that occur, texts in the arena; the absent one is left out. */
enum err cache_groups(struct store *store, const struct field *field, struct arena *arena,
		      struct value **ret_values, size_t *ret_n, struct error *err) MUST_CHECK;
/* Open incidents due at or before a moment; counts no further than most. */
enum err cache_count_due(struct store *store, int64_t until, int64_t most, int64_t *ret_count,
			 struct error *err) MUST_CHECK;
/* The same of one group of a grouped field; its value not set: those without one.  until INT64_MAX:
 * all open ones. */
enum err cache_count_group(struct store *store, const struct field *field, struct value group,
			   int64_t until, int64_t most, int64_t *ret_count, struct error *err)
	MUST_CHECK;
/* The tie of the newest row (0: none); those that come in later have greater ones. */
enum err cache_newest(struct store *store, int64_t *ret_tie, struct error *err) MUST_CHECK;

/* Cases with something standing open beside their loop (one bit of domain/stand.h), in board order:
 * how many, counted no further than most; and the n behind a place (zero: the first ones). */
struct stand_place {
	int64_t a, tie;
};
enum err cache_stand_count(struct store *store, unsigned what, int64_t most, int64_t *ret_count,
			   struct error *err) MUST_CHECK;
enum err cache_stand_page(struct store *store, unsigned what, const struct stand_place *after,
			  size_t n, struct arena *arena, struct page_row *rows, size_t *ret_n,
			  struct error *err) MUST_CHECK;

#endif
