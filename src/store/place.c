#include <config.h>

#include "zhiban/store/place.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"

#include "db_priv.h"

enum {
	CANDIDATES = 400, /* rows looked at closely; more fit only what is hardly begun */
	SPELLED = 20000,  /* rows compared with pinyin, which no index knows */
};

/* An address that stands in what was typed goes before one that is only begun, the longer first. */
static const char FIND[] =
	"SELECT address, numbers, name, street, community, grid, contact, phone, hazards, cameras, "
	"note FROM place WHERE instr(:typed, key) > 0 OR instr(key, :typed) > 0 "
	"OR instr(name_key, :typed) > 0 OR instr(:typed, name_key) > 0 "
	"ORDER BY instr(:typed, key) > 0 DESC, length(key) * (instr(:typed, key) > 0) DESC, "
	"length(key), n LIMIT :most";
static const char ALL[] = "SELECT n, address, numbers, name FROM place ORDER BY n LIMIT :most";
static const char ONE[] =
	"SELECT address, numbers, name, street, community, grid, contact, phone, hazards, cameras, "
	"note FROM place WHERE n = :n";
static const char CLEAR[] = "DELETE FROM place";
static const char ADD[] =
	"INSERT INTO place (key, name_key, address, numbers, name, street, community, grid, contact, "
	"phone, hazards, cameras, note) VALUES (:key, :name_key, :address, :numbers, :name, :street, "
	":community, :grid, :contact, :phone, :hazards, :cameras, :note)";

void cache_places_hash(struct store *store, char ret_hash[SHA256_HEX])
{
	if (!store_meta_text(store, "places", ret_hash, SHA256_HEX))
		ret_hash[0] = '\0';
}

struct hit {
	struct place place;
	int fits;
	size_t at;
};

static int by_fit(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->fits != y->fits)
		return y->fits - x->fits;
	return (x->at > y->at) - (x->at < y->at);
}

/* The columns of FIND stand in the order of the fields of a place. */
static void read_place(sqlite3_stmt *stmt, struct arena *arena, struct place *place)
{
	size_t n;
	const struct field *fields = place_fields(&n);

	for (size_t i = 0; i < n; i++)
		*(const char **)((char *)place + fields[i].offset) =
			db_col_text(stmt, (int)i, arena);
}

struct hits {
	struct hit *items;
	size_t n, cap;
};

static void add_hit(struct hits *hits, const struct place *place, size_t at, const char *typed)
{
	struct hit hit = { .place = *place, .at = at, .fits = place_fits(place, typed) };

	if (hit.fits == 0)
		return;
	MEM_GROW(hits->items, hits->n, hits->cap);
	hits->items[hits->n++] = hit;
}

static enum err find_words(struct store *store, const char *typed, struct arena *arena,
			   struct hits *hits, struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, FIND, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_text(stmt, ":typed", typed);
	db_int(stmt, ":most", CANDIDATES);
	for (code = db_row(store, stmt, &row, err); code == ERR_OK && row;
	     code = db_row(store, stmt, &row, err)) {
		struct place place;

		read_place(stmt, arena, &place);
		add_hit(hits, &place, hits->n, typed);
	}
	return code;
}

/* Every address is compared; hits have no more than their number, in .at. */
static enum err find_pinyin(struct store *store, const char *typed, struct hits *hits,
			    struct error *err)
{
	struct arena passing = ARENA_INIT;
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, ALL, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":most", SPELLED);
	for (code = db_row(store, stmt, &row, err); code == ERR_OK && row;
	     code = db_row(store, stmt, &row, err)) {
		struct place place = { .address = db_col_text(stmt, 1, &passing),
				       .numbers = db_col_text(stmt, 2, &passing),
				       .name = db_col_text(stmt, 3, &passing) };

		add_hit(hits, &place, (size_t)db_col_int(stmt, 0), typed);
		arena_reset(&passing);
	}
	arena_release(&passing);
	return code;
}

static enum err read_hit(struct store *store, struct arena *arena, struct hit *hit,
			 struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, ONE, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":n", (int64_t)hit->at);
	code = db_row(store, stmt, &row, err);
	if (code == ERR_OK && row) {
		read_place(stmt, arena, &hit->place);
		code = db_row(store, stmt, &row, err);
	}
	return code;
}

static bool is_latin(const char *typed)
{
	struct pinyin_typed ready;

	return pinyin_type(&ready, typed) && ready.latin && ready.n > 1;
}

enum err cache_places(struct store *store, const char *words, bool pinyin, size_t max,
		      struct arena *arena, struct place **ret_hits, size_t *ret_n,
		      struct error *err)
{
	struct str typed = STR_INIT;
	struct hits hits = { .items = NULL };
	bool spelled = false;
	enum err code = ERR_OK;

	place_fold(&typed, words);
	if (typed.len > 0)
		code = find_words(store, str_get(&typed), arena, &hits, err);
	if (code == ERR_OK && hits.n == 0 && pinyin && is_latin(str_get(&typed))) {
		spelled = true;
		code = find_pinyin(store, str_get(&typed), &hits, err);
	}
	if (hits.n > 1)
		qsort(hits.items, hits.n, sizeof *hits.items, by_fit);
	hits.n = hits.n < max ? hits.n : max;
	for (size_t i = 0; spelled && code == ERR_OK && i < hits.n; i++)
		code = read_hit(store, arena, &hits.items[i], err);
	if (code == ERR_OK) {
		*ret_hits = arena_array(arena, hits.n + 1, sizeof **ret_hits);
		for (size_t i = 0; i < hits.n; i++)
			(*ret_hits)[i] = hits.items[i].place;
		*ret_n = hits.n;
	}
	free(hits.items);
	str_release(&typed);
	return code;
}

enum err cache_places_clear(struct store *store, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, CLEAR, &stmt, err);

	return code == ERR_OK ? db_run(store, stmt, err) : code;
}

enum err cache_places_add(struct store *store, const struct place *place, struct error *err)
{
	struct str key = STR_INIT, name = STR_INIT;
	size_t n;
	const struct field *fields = place_fields(&n);
	char parameter[24];
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, ADD, &stmt, err);

	if (code != ERR_OK)
		return code;
	place_fold(&key, place->address);
	if (place->name != NULL)
		place_fold(&name, place->name);
	db_text(stmt, ":key", str_get(&key));
	db_text(stmt, ":name_key", name.len > 0 ? str_get(&name) : NULL);
	for (size_t i = 0; i < n; i++) {
		parameter[0] = ':';
		if (str_copy(parameter + 1, sizeof parameter - 1, fields[i].sql))
			db_text(stmt, parameter, field_get(&fields[i], place).text);
	}
	code = db_run(store, stmt, err);
	str_release(&key);
	str_release(&name);
	return code;
}

enum err cache_places_done(struct store *store, const char *hash, struct error *err)
{
	return store_meta_set(store, "places", hash, err);
}
