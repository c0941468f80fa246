#include <config.h>

#include "zhiban/store/place.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"

#include "db_priv.h"

enum { CANDIDATES = 400 }; /* rows looked at closely; more fit only what is hardly begun */

/* An address that stands in what was typed goes before one that is only begun, the longer first. */
static const char FIND[] =
	"SELECT address, numbers, name, street, community, grid, contact, phone, hazards, cameras, "
	"note FROM place WHERE instr(:typed, key) > 0 OR instr(key, :typed) > 0 "
	"OR instr(name_key, :typed) > 0 OR instr(:typed, name_key) > 0 "
	"ORDER BY instr(:typed, key) > 0 DESC, length(key) * (instr(:typed, key) > 0) DESC, "
	"length(key), n LIMIT :most";
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

enum err cache_places(struct store *store, const char *words, size_t max, struct arena *arena,
		      struct place **ret_hits, size_t *ret_n, struct error *err)
{
	struct str typed = STR_INIT;
	struct hit *hits = NULL;
	struct place *out;
	size_t n = 0, cap = 0;
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(store, FIND, &stmt, err);

	place_fold(&typed, words);
	if (code == ERR_OK && typed.len > 0) {
		db_text(stmt, ":typed", str_get(&typed));
		db_int(stmt, ":most", CANDIDATES);
		code = db_row(store, stmt, &row, err);
	}
	for (; code == ERR_OK && row; code = db_row(store, stmt, &row, err)) {
		struct hit hit = { .at = n };

		read_place(stmt, arena, &hit.place);
		hit.fits = place_fits(&hit.place, str_get(&typed));
		if (hit.fits == 0)
			continue;
		MEM_GROW(hits, n, cap);
		hits[n++] = hit;
	}
	if (code == ERR_OK) {
		if (n > 1)
			qsort(hits, n, sizeof *hits, by_fit);
		n = n < max ? n : max;
		out = arena_array(arena, n + 1, sizeof *out);
		for (size_t i = 0; i < n; i++)
			out[i] = hits[i].place;
		*ret_hits = out;
		*ret_n = n;
	}
	free(hits);
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
