/* Mixed-integer programs: minimise a sum over columns within rows.  Implemented by GLPK (base/solve.c
 * alone includes it), which is loaded with the first that is run (late.h).
 *
 * A solve runs on the thread that calls it, for as long as it is let; it keeps no state outside its
 * struct, so any thread may run one at a time.  A failure of the library ends in ERR_IO, never in
 * abort(). */
#ifndef ZHIBAN_BASE_SOLVE_H
#define ZHIBAN_BASE_SOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/error.h"

struct solve;
struct solve *solve_new(void);
void solve_free(struct solve *solve);
/* Columns and rows are numbered from 0; lower and upper may be equal, or infinite (INFINITY). */
size_t solve_column(struct solve *solve, double lower, double upper, double cost, bool whole);
size_t solve_row(struct solve *solve, double lower, double upper);
void solve_entry(struct solve *solve, size_t row, size_t column, double factor);

/* Looks for a good bound rather than for a good answer: by cuts (Gomory's), which take time. */
void solve_cuts(struct solve *solve);

typedef bool (*solve_stop_fn)(void *ctx); /* asked often; true: enough */
struct solve_answer {
	double *values; /* of each column; owned by solve; NULL: none was found */
	double cost;	/* of values */
	double bound;	/* no answer costs less */
	bool best;	/* proven */
};
/* start: a feasible answer to begin from, or NULL.  Returns ERR_OK with the best found so far also when
 * stopped. */
enum err solve_run(struct solve *solve, const double *start, solve_stop_fn stop, void *ctx,
		   struct solve_answer *ret_answer, struct error *err) MUST_CHECK;

#endif
