/* The figures of whistles (domain/whistle_stats.h) of what is here, gathered in slices, and the list
 * behind each of them.
 *
 * They are of the whistles and incidents that this console may see and keeps. */
#ifndef ZHIBAN_MODEL_FIGURES_H
#define ZHIBAN_MODEL_FIGURES_H

#include "zhiban/client/whistle.h"
#include "zhiban/domain/whistle_stats.h"

enum figures_of { FIGURES_NOW, FIGURES_PREVIOUS, FIGURES_YEAR_AGO, FIGURES_WINDOWS };
struct figures_ask {
	enum stats_side side;
	struct stats_window window;
	const char *summons; /* code, or NULL: all */
	bool compare;	     /* also what was just before, and a year before */
};
struct figures;
enum err figures_new(struct client *client, const struct figures_ask *ask,
		     struct figures **ret_figures, struct error *err) MUST_CHECK;
void figures_free(struct figures *figures); /* takes NULL */
/* Reads at most so many whistles or incidents (100 are about 3 ms). */
enum err figures_step(struct figures *figures, size_t budget, struct error *err) MUST_CHECK;
bool figures_done(const struct figures *figures);
/* So far; NULL: not asked for, or there is nothing to compare with. */
const struct stats *figures_stats(const struct figures *figures, enum figures_of of);

/* The row of an organisation (NULL: all) in that window, or NULL. */
const struct stats_row *figures_row(const struct figures *figures, enum figures_of of,
				    const char *org);
/* What is better (+) or worse (-) than in another window, in tenths of a point: the score of
 * departments, the whistles per 100 cases of streets.  False: one of both is not known. */
bool figures_change(const struct figures *figures, enum figures_of of, const char *org,
		    const struct stats_formula *formula, int *ret_tenths);

struct figures_item {
	const struct whistle *whistle; /* whole, in the arena */
	const struct summoned *share;  /* of it; NULL: the number is of whistles */
};
/* The shares or whistles that a number counts, the newest whistle first. */
enum err figures_list(struct client *client, const struct stats_what *what, struct arena *arena,
		      struct figures_item **ret_items, size_t *ret_n, struct error *err) MUST_CHECK;

#endif
