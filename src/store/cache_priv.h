/* What the files of the cache share: tables made from the field tables, loading and saving by them,
 * and the counters of a transaction. */
#ifndef ZHIBAN_STORE_CACHE_PRIV_H
#define ZHIBAN_STORE_CACHE_PRIV_H

#include "zhiban/domain/incident.h"

#include "db_priv.h"

enum { COLUMNS_MAX = 128, MASKS = 32, RECENT_LISTED = 256, RECENT_KEPT = 4096 };

struct ties;

struct columns { /* of a kind's table, behind the fixed ones: long texts last, so that a row of a
		  * list is read without them */
	const struct field *field[COLUMNS_MAX];
	size_t n, n_light;
};
enum made { /* statements made once for each kind (and child) */
	MADE_LOAD,
	MADE_INSERT,
	MADE_ROW, /* as a list shows it */
	MADE_ROW_AT, /* by its place */
	MADE_WHOLE_AT, /* with long texts */
	MADE_DELETE,
	MADE_CHILD_LOAD,
	MADE_CHILD_INSERT,
	MADE_CHILD_DELETE,
	MADE_COUNT,
};
struct column_set { /* a bit for each column of a kind, and two more (save.c) */
	uint64_t bits[COLUMNS_MAX / 64];
};
struct mask_stmt { /* an UPDATE of just these columns */
	enum kind kind;
	struct column_set mask;
	uint64_t used; /* turn of the last use */
	sqlite3_stmt *stmt;
};
struct tally_slot {
	char *step, *holder;
	bool open;
	int64_t delta;
};
struct cache_state {
	struct columns columns[KIND_COUNT];
	sqlite3_stmt *made[MADE_COUNT][KIND_COUNT][CHILD_COUNT];
	struct mask_stmt masks[MASKS];
	uint64_t turn;
	struct tally_slot *tally; /* open addressing */
	size_t n_tally, cap_tally;
	int64_t keep_after; /* closed incidents that ended before are kept outside; 0: none */
	struct uuid recent[RECENT_LISTED];
	size_t n_recent; /* may be more than are listed */
	bool search_known; /* of the index of texts (search_batch.c): */
	int64_t search_at, search_read; /* the latest change; up to where rows have been read */
	unsigned search_turn;		/* grows when all is forgotten */
	const struct ties *only; /* the rows that a page may have; NULL: all (page.c) */
	int patience;		 /* rows that it may pass over still */
};

struct cache_state *cache_state_new(void);
void cache_state_free(struct cache_state *state); /* NULL is fine */

/* ---- entity.c: SQL from descriptors ---- */

/* CREATE statements of all entity tables; and those of the sort indexes, one each: NULL at the end.
 * */
void entity_schema(struct str *out);
bool entity_index(size_t i, struct str *name, struct str *sql);

/* Parameters are bound by place, in the order of the table's columns. */
enum err entity_stmt(struct store *store, enum made what, enum kind kind,
		     const struct child_desc *child, sqlite3_stmt **ret_stmt, struct error *err)
	MUST_CHECK;

/* An entity with its children and the key of its row; *ret_entity NULL when not there. */
enum err entity_load(struct store *store, enum kind kind, const struct uuid *id,
		     struct arena *arena, void **ret_entity, int64_t *ret_pk, struct error *err)
	MUST_CHECK;
/* Writes what differs.  before NULL: a new row. */
enum err entity_save(struct store *store, const void *before, int64_t pk, const void *after,
		     int64_t missing_to, struct error *err) MUST_CHECK;
enum err entity_delete(struct store *store, enum kind kind, int64_t pk, struct error *err)
	MUST_CHECK;
/* Appends "pk, id, version, seq, b1, b2, fields …" for an incident row of a list. */
void entity_light_columns(struct store *store, enum kind kind, struct str *out);
/* Appends "TABLE.id, TABLE.…" of a child, and fills one from columns that begin so at col. */
void entity_child_columns(const struct child_desc *child, const char *table, struct str *out);
void entity_child_read(sqlite3_stmt *stmt, int col, const struct child_desc *child, void *item,
		       struct arena *arena);
/* Fills an entity from columns that begin at col with id. */
void entity_read(struct store *store, sqlite3_stmt *stmt, int col, enum kind kind, bool light,
		 struct arena *arena, void **ret_entity);

/* ---- page.c ---- */

enum err page_functions(struct store *store, struct error *err) MUST_CHECK; /* of SQL */

/* ---- window.c ---- */

bool window_holds(const struct store *store, const void *entity);
bool window_has(enum kind kind); /* whether any of that kind are left out */
enum err window_version(struct store *store, const struct uuid *id, int64_t *ret_version,
			struct error *err) MUST_CHECK; /* 0: it is not outside */
enum err window_put(struct store *store, const struct uuid *id, int64_t version,
		    struct error *err) MUST_CHECK;
enum err window_forget(struct store *store, const struct uuid *id, struct error *err) MUST_CHECK;

/* ---- stand.c ---- */

/* before or after NULL: it comes in, it goes. */
enum err stand_change(struct store *store, const struct incident *before, int64_t pk,
		      const struct incident *after, struct error *err) MUST_CHECK;

/* ---- deadline.c ---- */

bool deadline_has(enum kind kind); /* entities of which something can run out */
/* before or after NULL: it comes in, it goes. */
enum err deadline_change(struct store *store, const void *before, int64_t pk, const void *after,
			 struct error *err) MUST_CHECK;

/* ---- tally.c ---- */

void tally_change(struct store *store, const struct incident *before, const struct incident *after);
void recent_add(struct store *store, const struct uuid *id);
enum err cache_flush(struct store *store, struct error *err) MUST_CHECK; /* before the commit */
void cache_forget(struct store *store); /* after a rollback */

#endif
