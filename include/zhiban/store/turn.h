/* Duties of all cached rosters by their beginning, whatever roster they stand in. */
#ifndef ZHIBAN_STORE_TURN_H
#define ZHIBAN_STORE_TURN_H

#include "zhiban/domain/roster.h"
#include "zhiban/store/store.h"

struct turn_row { /* texts in the arena */
	struct turn turn;
	struct uuid roster;
	const char *org, *plan; /* of the roster */
};
/* Those that begin in [from, to), by beginning: one range of the index; org: only those of its rosters
 * (NULL: of all). */
enum err cache_turns(struct store *store, const char *org, int64_t from, int64_t to,
		     struct arena *arena, struct turn_row **ret_rows, size_t *ret_n,
		     struct error *err) MUST_CHECK;
/* Which rosters have which people in [from, to): each pair once. */
typedef void (*turn_pair_fn)(void *ctx, const struct uuid *roster, const char *staff);
enum err cache_turn_pairs(struct store *store, int64_t from, int64_t to, turn_pair_fn fn, void *ctx,
			  struct error *err) MUST_CHECK;
struct filing_row { /* texts in the arena */
	struct uuid roster;
	struct filing filing;
};
/* Weeks in [from, to) (their Mondays) that were filed or chased, of all rosters. */
enum err cache_filings(struct store *store, int64_t from, int64_t to, struct arena *arena,
		       struct filing_row **ret_rows, size_t *ret_n, struct error *err) MUST_CHECK;
/* In which roster a duty stands.  ERR_NOT_FOUND. */
enum err cache_turn_roster(struct store *store, const struct uuid *turn, struct uuid *ret_roster,
			   struct error *err) MUST_CHECK;

#endif
