/* The board's inside, shared by its two files. */
#ifndef ZHIBAN_MODEL_BOARD_PRIV_H
#define ZHIBAN_MODEL_BOARD_PRIV_H

#include "zhiban/base/str.h"
#include "zhiban/model/board.h"

struct board {
	struct client *client;
	size_t order;
	struct client_order by;

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
	struct uuid changed[BOARD_CHANGED_MAX]; /* sorted */
	size_t n_changed;
	struct uuid own[BOARD_OWN_MAX]; /* a ring */
	size_t own_at;
	bool frozen;
	size_t waiting;
};

void board_drop_scans(struct board *board);
/* Begins a scan of the present state. */
enum err board_scan(struct board *board, struct client_scan **ret_scan, struct error *err)
	MUST_CHECK;
/* A profile or an officer may have come: the filter is read again. */
void board_refilter(struct board *board);

#endif
