/* The entries of the duty log that are here, by their moment: those the feed brought, and those
 * that were fetched for the log alone.  All are indexed; which of them are shown the caller
 * says. */
#ifndef ZHIBAN_STORE_LOG_H
#define ZHIBAN_STORE_LOG_H

#include "zhiban/domain/effect.h"
#include "zhiban/store/store.h"

/* When an entry counts in the log: of what a person writes down when it happened, else entry->eff. */
int64_t log_at(const struct entry *entry);

/* Whether lines of that act are wanted at all: only then their text is read. */
typedef bool (*log_wants_fn)(void *ctx, enum kind kind, const char *verb);
/* Its entry as JSON. */
typedef enum err (*log_line_fn)(void *ctx, int64_t at, int64_t seq, const struct uuid *entity,
				const char *bytes, size_t len, struct error *err);
/* Those of [from, to), by moment, then seq. */
enum err cache_log(struct store *store, int64_t from, int64_t to, log_wants_fn wants, log_line_fn fn,
		   void *ctx, struct error *err) MUST_CHECK;
/* Whatever was admitted from this moment on is here (ms UTC, the server's clock); 0: not known. */
int64_t cache_log_from(struct store *store);

/* ---- writing (inside store_tx) ---- */

/* An entry came by the feed or with a timeline, whose line is kept. */
enum err cache_log_note(struct store *store, const struct entry *entry, struct error *err) MUST_CHECK;
/* One that was fetched for the log; bytes: its line. */
enum err cache_log_put(struct store *store, const struct entry *entry, const char *bytes, size_t len,
		       struct error *err) MUST_CHECK;
enum err cache_log_set_from(struct store *store, int64_t from, struct error *err) MUST_CHECK;

#endif
