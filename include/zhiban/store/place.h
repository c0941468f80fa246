/* The address table as rows of the cache. */
#ifndef ZHIBAN_STORE_PLACE_H
#define ZHIBAN_STORE_PLACE_H

#include "zhiban/base/crypto.h"
#include "zhiban/domain/place.h"
#include "zhiban/store/store.h"

/* The hash of the table the rows come from; "" when there is none. */
void cache_places_hash(struct store *store, char ret_hash[SHA256_HEX]);
/* Places that fit what was typed, the best first, at most max; in the arena.  *ret_hits is an array
 * of *ret_n.  pinyin: where nothing has these characters, letters are compared with how addresses are
 * read (of the first 20,000). */
enum err cache_places(struct store *store, const char *words, bool pinyin, size_t max,
		      struct arena *arena, struct place **ret_hits, size_t *ret_n,
		      struct error *err) MUST_CHECK;
/* Writing, inside store_tx: takes all rows away; adds one; says whose rows they are. */
enum err cache_places_clear(struct store *store, struct error *err) MUST_CHECK;
enum err cache_places_add(struct store *store, const struct place *place, struct error *err)
	MUST_CHECK;
enum err cache_places_done(struct store *store, const char *hash, struct error *err) MUST_CHECK;

#endif
