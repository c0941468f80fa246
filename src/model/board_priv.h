/* The board's inside, shared by its two files. */
#ifndef ZHIBAN_MODEL_BOARD_PRIV_H
#define ZHIBAN_MODEL_BOARD_PRIV_H

#include "zhiban/base/str.h"
#include "zhiban/model/board.h"

struct id_set { /* sorted; what comes when it is full is left out */
	struct uuid ids[BOARD_CHANGED_MAX];
	size_t n;
	bool full;
};
bool id_set_has(const struct id_set *set, const struct uuid *id);
bool id_set_add(struct id_set *set, const struct uuid *id); /* true: it was not there */
bool id_set_remove(struct id_set *set, const struct uuid *id);

struct still { /* board_still.c */
	struct uuid *ids;
	size_t n, cap;
	struct row_key head, tail; /* where the first and the last stood */
	bool first, last;	   /* nothing comes before, nothing behind */
};

struct board {
	struct client *client;
	size_t order, group;
	bool turned;
	struct client_order by;

	struct board_heading counted[64]; /* of the groups, till something changes */
	size_t n_counted;
	struct arena counted_words;

	struct str text; /* of the filter */
	struct arena arena;
	struct filter *filter; /* NULL: all */
	struct filter_ctx ctx;
	struct client_scan *scan; /* what is shown; NULL without a filter */
	struct client_scan *next; /* of the state after a change, till it is whole */
	bool stale;		  /* something changed since the newest scan began */
	int64_t began, rest_till;

	struct board_count count;
	bool recount;

	bool whole; /* all data were here before the change at hand: it is news */
	struct id_set changed;
	struct uuid own[BOARD_OWN_MAX]; /* a ring */
	size_t own_at;
	bool frozen;
	int64_t frozen_at; /* tie of the newest row then */
	struct still still;
	struct id_set waiting;
	size_t fresh; /* of them */
};

/* What orders the list follows from order, group and filter. */
void board_settle_order(struct board *board);
void board_forget_groups(struct board *board);

/* The list stands still from now on, as it is around `at` (NULL: at its beginning). */
void board_still_begin(struct board *board, const struct uuid *at);
void board_still_end(struct board *board);
bool board_still_has(const struct board *board, const struct uuid *id);
/* For one that it has. */
enum err board_still_page(struct board *board, const struct uuid *anchor, size_t before, size_t n,
			  struct arena *arena, struct board_page *page, struct error *err) MUST_CHECK;

void board_drop_scans(struct board *board);
/* Begins a scan of the present state. */
enum err board_scan(struct board *board, struct client_scan **ret_scan, struct error *err)
	MUST_CHECK;
/* A profile or an officer may have come: the filter is read again. */
void board_refilter(struct board *board);

#endif
