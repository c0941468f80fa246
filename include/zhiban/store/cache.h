/* The cache: what the server sent, as tables whose columns are the fields.
 *
 * Disposable: one of another schema is made anew, a damaged one too.  Writers call the cache_apply
 * and cache_put functions inside store_tx only. */
#ifndef ZHIBAN_STORE_CACHE_H
#define ZHIBAN_STORE_CACHE_H

#include "zhiban/domain/effect.h"
#include "zhiban/store/store.h"

enum cache_mode {
	CACHE_READ,  /* ERR_NOT_FOUND: there is none of this schema yet */
	CACHE_WRITE, /* made or remade when need be; the caller holds the folder's lock */
};
enum err cache_open(const char *dir, enum cache_mode mode, struct store **ret_store,
		    struct error *err) MUST_CHECK;
/* Removes the files; the caller holds the lock. */
enum err cache_remove(const char *dir, struct error *err) MUST_CHECK;
/* What has been written is safe from a power cut, too (else the last minutes may be read again). */
enum err cache_settle(struct store *store, struct error *err) MUST_CHECK;
/* While a snapshot comes in: more memory and fewer checkpoints, given back afterwards. */
enum err cache_bulk(struct store *store, bool on, struct error *err) MUST_CHECK;
/* After other long work: what it took of memory is given back. */
enum err cache_rest(struct store *store, struct error *err) MUST_CHECK;
/* Closed incidents that ended before this moment are not kept from now on, only their version; 0:
 * all are kept.  cache_prune puts at most n of those that are here outside (inside store_tx);
 * ret_left: whether there are more. */
void cache_window(struct store *store, int64_t keep_after);
enum err cache_prune(struct store *store, size_t n, bool *ret_left, struct error *err) MUST_CHECK;
/* What was outside is forgotten, to be read again by a snapshot; inside store_tx. */
enum err cache_widen(struct store *store, struct error *err) MUST_CHECK;
/* Forgets entities, lines and cursor, keeps documents; inside store_tx. */
enum err cache_clear(struct store *store, struct error *err) MUST_CHECK;

/* ---- reading ---- */

/* Whole, with children and long texts.  ERR_NOT_FOUND. */
enum err cache_get(struct store *store, enum kind kind, const struct uuid *id, struct arena *arena,
		   void **ret_entity, struct error *err) MUST_CHECK;
typedef enum err (*entity_fn)(void *ctx, const void *entity, struct error *err);
/* Every entity of a small kind (people), without children, in order of id. */
enum err cache_each(struct store *store, enum kind kind, struct arena *arena, entity_fn fn,
		    void *ctx, struct error *err) MUST_CHECK;
/* (id, version) of every entity of all kinds, sorted by id. */
typedef void (*version_fn)(void *ctx, const struct uuid *id, int64_t version);
enum err cache_versions(struct store *store, version_fn fn, void *ctx, struct error *err)
	MUST_CHECK;
/* Of few things of a kind (whistles): those with a field set that is a BOOL, or without it, the latest
 * of another field first, at most `most`; without children. */
enum err cache_each_where(struct store *store, enum kind kind, const char *flag, bool set,
			  const char *latest, int64_t most, struct arena *arena, entity_fn fn,
			  void *ctx, struct error *err) MUST_CHECK;
/* Those whose moment `field` (a TIME with an index) lies in [from, to), in its order; without
 * children. */
enum err cache_each_between(struct store *store, enum kind kind, const char *field, int64_t from,
			    int64_t to, struct arena *arena, entity_fn fn, void *ctx,
			    struct error *err) MUST_CHECK;
/* Those with that text in a field (a TEXT with an index: the id of another), as they came; without
 * children. */
enum err cache_each_of(struct store *store, enum kind kind, const char *field, const char *value,
		       struct arena *arena, entity_fn fn, void *ctx, struct error *err) MUST_CHECK;
/* Of which kind the entity of an id is.  ERR_NOT_FOUND. */
enum err cache_kind_of(struct store *store, const struct uuid *id, enum kind *ret_kind,
		       struct error *err) MUST_CHECK;
/* The incident of a full number; or those of a kind whose id begins with hex digits, at most two.  */
enum err cache_by_number(struct store *store, const char *number, struct uuid *ret_id,
			 struct error *err) MUST_CHECK;
enum err cache_by_prefix(struct store *store, enum kind kind, const char *hex,
			 struct uuid ret_ids[2], size_t *ret_n, struct error *err) MUST_CHECK;
/* Of few things of a kind (whistles, notices): the latest of a number in full or without year and
 * month, large or small letters; *ret_number NULL: there is none, and *ret_id is untouched. */
enum err cache_find_number(struct store *store, enum kind kind, const char *words,
			   struct arena *arena, const char **ret_number, struct uuid *ret_id,
			   struct error *err) MUST_CHECK;

/* Lines of an entity's timeline: its entries as JSON, oldest first. */
typedef enum err (*line_row_fn)(void *ctx, int64_t seq, const char *bytes, size_t len,
				struct error *err);
enum err cache_lines(struct store *store, const struct uuid *id, line_row_fn fn, void *ctx,
		     struct error *err) MUST_CHECK;
/* Whether the line of this act is among them. */
bool cache_has_act(struct store *store, const struct uuid *id, const struct uuid *act);
/* Lines up to this seq are not all here; 0: complete. */
int64_t cache_lines_missing(struct store *store, enum kind kind, const struct uuid *id);

/* A document (profile, calendar) by its hash, appended.  ERR_NOT_FOUND, also when its bytes are
 * damaged: it is fetched again. */
struct str;
enum err cache_doc(struct store *store, const char *hash, struct str *out, struct error *err)
	MUST_CHECK;

/* Counts kept with every change: incidents by step, holder and open. */
typedef void (*tally_fn)(void *ctx, const char *step, const char *holder, bool open, int64_t n);
enum err cache_tally(struct store *store, tally_fn fn, void *ctx, struct error *err) MUST_CHECK;
/* Ids changed after mark *at (a number of the cache's own); moves *at on.  ret_any: more changed
 * than is known one by one. */
enum err cache_recent(struct store *store, int64_t *at, struct uuid *ret_ids, size_t max,
		      size_t *ret_n, bool *ret_any, struct error *err) MUST_CHECK;

/* ---- writing (inside store_tx) ---- */

struct applied {
	bool changed;
	bool gap; /* entries: an effect does not fit what is cached: fetch the entity whole */
	enum kind gap_kind;
	struct uuid gap_id;
};
/* A whole entity: taken if newer than the cached one.  missing_to: its lines up to this seq are not
 * here. */
enum err cache_apply_entity(struct store *store, const void *entity, int64_t missing_to,
			    struct applied *ret_applied, struct error *err) MUST_CHECK;
/* An entry: each effect applies if its `from` is the cached version, is passed over when the cached
 * one is as new, else is a gap (the others still apply).  bytes: its line. */
enum err cache_apply_entry(struct store *store, const struct entry *entry, const char *bytes,
			   size_t len, struct applied *ret_applied, struct error *err) MUST_CHECK;
enum err cache_drop(struct store *store, enum kind kind, const struct uuid *id, struct error *err)
	MUST_CHECK;
/* The view changes: what is here is remembered, before it goes; and when all of the new view is here,
 * how many incidents went and came.  ret_changed: whether it had changed at all. */
enum err cache_view_begin(struct store *store, struct error *err) MUST_CHECK;
enum err cache_view_end(struct store *store, bool *ret_changed, int64_t *ret_went,
			int64_t *ret_came, struct error *err) MUST_CHECK;
/* After something else wrote to the file: children without an entity go, counts are made anew. */
enum err cache_mend(struct store *store, struct error *err) MUST_CHECK;
/* One line of a timeline that was fetched; cache_lines_complete when all are here. */
enum err cache_put_line(struct store *store, const struct uuid *id, int64_t seq, const char *bytes,
			size_t len, struct error *err) MUST_CHECK;
enum err cache_lines_complete(struct store *store, enum kind kind, const struct uuid *id,
			      struct error *err) MUST_CHECK;
enum err cache_put_doc(struct store *store, const char *hash, const char *bytes, size_t len,
		       struct error *err) MUST_CHECK;
/* The indexes of the sort keys are made after the first snapshot, one a call (not inside store_tx),
 * because that is faster than to keep them while it comes in.  ret_left: how many are still to be
 * made; at 0 the connection gives back the memory that loading took.  stop (NULL: never) is asked
 * now and then; when it says so the call ends before its index is made, which is no error. */
typedef bool (*stop_fn)(void *ctx);
enum err cache_index(struct store *store, stop_fn stop, void *ctx, size_t *ret_left,
		     struct error *err) MUST_CHECK;
/* Whether the index of a sort key is there; without it a page in its order looks at every row. */
bool cache_has_order(struct store *store, const struct field *field);

#endif
