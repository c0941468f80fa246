/* The what-if of a whistle (domain/whistle_plan.h) in lines: beside the form, and as a page with each
 * day counted. */
#ifndef ZHIBAN_MODEL_PLAN_H
#define ZHIBAN_MODEL_PLAN_H

#include "zhiban/domain/whistle_plan.h"

struct client;

/* The plan of an act as it would be sent now; whistle NULL for blow.  given is borrowed. */
void plan_of(struct client *client, const struct act_desc *desc, const struct whistle *whistle,
	     const struct given *given, size_t n_given, const struct by_phone *phone,
	     struct arena *arena, struct whistle_plan *ret_plan);

struct plan_line { /* in the arena */
	const char *text; /* "Sign 1 h", with names where departments differ */
	const char *tail; /* "11-22 (Sun) 03:41" */
	bool provisional;
};
enum { PLAN_LINES = 40 };
/* Each clock once where all departments have the same. */
size_t plan_lines(const struct rules *rules, const struct whistle_plan *plan, struct arena *arena,
		  struct plan_line lines[PLAN_LINES]);
/* "greater: to be approved by the street's leader, then checked; comes: a deputy head". */
const char *plan_head(const struct rules *rules, const struct whistle_plan *plan,
		      struct arena *arena);
/* "11-22 (Sun) 03:41" */
const char *plan_when(const struct rules *rules, int64_t at, struct arena *arena);
/* Head, problems first, every row, and how each due was counted; lines of text. */
void plan_page(const struct rules *rules, const struct whistle_plan *plan, struct str *out);
/* When the departments must have reported in, if nobody states it; 0: the class does not say, or
 * nobody is called yet. */
int64_t plan_report_by(const struct whistle_plan *plan);

#endif
