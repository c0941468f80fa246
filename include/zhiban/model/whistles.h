/* Whistles as the list shows them: those a filter lets through, the worst first.
 *
 * The filter's words are those of incidents (domain/filter.h) as far as a whistle has the like, and
 * class: step: kind: (one of the profile's) and the flags unreported and disputed besides.  dept: is
 * any department that is asked, street: the place; mine is what one's own organisation (or one
 * within it) has blown or is asked for. */
#ifndef ZHIBAN_MODEL_WHISTLES_H
#define ZHIBAN_MODEL_WHISTLES_H

#include "zhiban/client/whistle.h"
#include "zhiban/domain/filter.h"
#include "zhiban/domain/summons.h"
#include "zhiban/model/matrix.h"

struct whistle_filter; /* lives in the arena it was parsed into */
/* "" lets all through.  ERR_INPUT and ret_error for an unknown field or value. */
enum err whistle_filter_parse(const char *text, const struct filter_ctx *ctx, struct arena *arena,
			      struct whistle_filter **ret_filter, struct filter_error *ret_error)
	MUST_CHECK;
bool whistle_filter_match(const struct whistle_filter *filter, const struct whistle *whistle,
			  const struct filter_ctx *ctx);
/* A flag of whistles alone; NULL behind the last. */
const char *whistle_filter_flag(size_t i);

/* A whistle as if it were an incident, with the same children, for what looks at those alone (filters,
 * timelines): its departments are parts, the lead is the holder.  It points into the whistle. */
void whistle_as_case(const struct whistle *whistle, const struct filter_ctx *ctx,
		     struct arena *arena, struct incident *ret_incident);

struct whistle_row {
	struct client_whistle shown;
	const char *mark;	  /* number, or 待编号-3 */
	struct matrix_cell worst; /* CELL_NONE: nothing runs */
	const char *worst_label;  /* "Report in", or "" */
	const char *worst_org;	  /* whose, short, or "" */
	const char *step;	  /* label */
	const char *cls;	  /* label, or "" */
	bool mine;
};
struct whistle_list {
	struct whistle_row *rows; /* open ones by due, then closed ones, latest first */
	size_t n, total;	  /* shown, and of all that were looked at */
	size_t open, overdue;	  /* of those shown */
};
enum { WHISTLES_CLOSED = 500 }; /* closed ones that the screen looks at */
/* filter NULL: all; closed: so many closed ones at most are looked at.  Everything in the arena. */
enum err whistle_list_load(struct client *client, const struct whistle_filter *filter,
			   int64_t closed, struct arena *arena, struct whistle_list *ret_list,
			   struct error *err) MUST_CHECK;

struct whistle_order {
	const char *name, *title; /* "newest"; untranslated */
};
/* The first is the usual one, in which a list is loaded. */
size_t whistle_order_count(void);
const struct whistle_order *whistle_order_at(size_t i);
/* By its name, "-" before it turning it round. */
bool whistle_order_find(const char *words, size_t *ret_order, bool *ret_turned);
/* Rows without what is sorted by are last either way; equal ones stay as they were. */
void whistle_list_sort(struct whistle_list *list, const struct rules *rules, size_t order,
		       bool turned);
/* "Red Plum > 4 departments"; with names where there is room (most > 0: so many of them); brief:
 * "Red Plum>4". */
const char *whistle_whom(const struct rules *rules, const struct whistle *whistle, size_t most,
			 struct arena *arena);
const char *whistle_whom_brief(const struct rules *rules, const struct whistle *whistle,
			       struct arena *arena);
/* Whether the officer's organisation has blown it or is asked by it. */
bool whistle_is_of(const struct rules *rules, const struct whistle *whistle, const char *org);

#endif
