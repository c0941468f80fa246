/* One SQLite file of the console: the cache or the outbox.
 *
 * * Invariants: all writes go through store_tx.  The cache (WAL) has one writing connection of one
 * process, the lock holder's worker; others open it for reading.  The outbox (rollback journal,
 * full sync) may be written by any process of the user.  A store belongs to one thread. */
#ifndef ZHIBAN_STORE_STORE_H
#define ZHIBAN_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/error.h"

struct store;

/* Some statement found the file to be damaged. */
bool store_is_corrupt(const struct store *store);
void store_close(struct store *store); /* NULL is fine */
/* Runs fn in one transaction: all of it or nothing.  Inside another one it is a part of that.  fn
 * may run twice (somebody else held the file) and must have no other effect; an error of fn rolls
 * back and is returned.  ERR_BUSY after 5 s. */
typedef enum err (*store_fn)(struct store *store, void *ctx, struct error *err);
enum err store_tx(struct store *store, store_fn fn, void *ctx, struct error *err) MUST_CHECK;
/* Several reads of one state: between these two nothing changes for this connection. */
enum err store_read_begin(struct store *store, struct error *err) MUST_CHECK;
void store_read_end(struct store *store);
/* A number that changes when another connection committed something. */
int64_t store_data_version(struct store *store);
/* SQLite's own check of the file; ERR_CORRUPT with what it found. */
enum err store_check(struct store *store, struct error *err) MUST_CHECK;

/* Small values by key.  One that cannot be read is as none: inside store_tx the transaction then
 * ends with the error, elsewhere store_meta_end tells for all since store_meta_begin.
 * store_meta_set only inside store_tx; text NULL removes. */
int64_t store_meta_int(struct store *store, const char *key); /* 0: none */
bool store_meta_text(struct store *store, const char *key, char *buf, unsigned long size);
void store_meta_begin(struct store *store);
enum err store_meta_end(struct store *store, struct error *err) MUST_CHECK;
enum err store_meta_set_int(struct store *store, const char *key, int64_t value, struct error *err)
	MUST_CHECK;
enum err store_meta_set(struct store *store, const char *key, const char *text, struct error *err)
	MUST_CHECK;

#endif
