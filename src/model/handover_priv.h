/* The list that must be read, while it is gathered. */
#ifndef ZHIBAN_MODEL_HANDOVER_PRIV_H
#define ZHIBAN_MODEL_HANDOVER_PRIV_H

#include "zhiban/base/civil.h"
#include "zhiban/client/deadlines.h"
#include "zhiban/client/mode.h"
#include "zhiban/model/handover.h"

enum { MUST_SLICE = 50, MUST_MOST = HANDED_SORTS * MUST_EACH };

struct must_read {
	struct client *client;
	const struct rules *rules;
	struct must_asked asked;
	int64_t now;
	struct arena arena; /* of items and tallies */
	struct handed items[MUST_MOST];
	size_t n;
	size_t each[HANDED_SORTS];  /* listed */
	size_t found[HANDED_SORTS]; /* there were, as far as was looked */
	struct tallied tallies[40];
	size_t n_tallies;

	size_t stage; /* of must_read_step */
	bool begun;   /* in the stage */
	struct row_key key;
	struct deadline_key due;
	struct client_scan *scan;
	struct filter *filter;
	struct filter_ctx ctx;
	struct arena filter_arena;
	size_t at, looked;
};

/* One more item, if there is room among its sort and it is not there yet; texts are
 * copied.  False: no more fit. */
bool must_add(struct must_read *must, enum handed_sort sort, const struct handed *item);
void must_tally(struct must_read *must, const char *code, int64_t n, const char *list,
		const char *label, const char *filter);
/* An incident as an item. */
struct handed must_incident(struct must_read *must, const struct incident *incident,
			    struct arena *arena);

/* The stages: each does a slice and says whether there is more of it. */
typedef bool must_stage(struct must_read *must);
must_stage must_alarms, must_overdue, must_pressing, must_instructions, must_promises,
	must_countersigns,
	must_marked, must_hard, must_changed; /* handover_cases.c */
must_stage must_roster, must_swaps, must_papers, must_tallies; /* handover_desk.c */

#endif
