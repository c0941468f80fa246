#include <config.h>

#include "zhiban/store/page.h"

#include "zhiban/base/i18n.h"

#include "cache_priv.h"

enum { PATIENCE = 20000 }; /* some milliseconds */

/* An open incident without a due stands behind every due one; a closed one behind these. */
#define RANK_NO_DUE (INT64_MAX - 1)

void board_rank(const struct incident *incident, int64_t *ret_a, int64_t *ret_b)
{
	int64_t newest = incident->registered_at != 0 ? incident->registered_at
						      : incident->reported_at;

	*ret_a = !incident->open ? BOARD_CLOSED : incident->due != 0 ? incident->due : RANK_NO_DUE;
	*ret_b = -newest;
}

bool order_is_grouped(const struct field *field)
{
	switch (field->type) {
	case FIELD_CODE:
	case FIELD_ORG:
	case FIELD_PERSON:
	case FIELD_CHOICE:
	case FIELD_BOOL:
		return true;
	case FIELD_TEXT:
	case FIELD_INT:
	case FIELD_TIME:
	case FIELD_MICRO:
		return false;
	}
	return false;
}

bool order_is_plain(const struct field *field)
{
	return field != NULL && !order_is_grouped(field);
}

/* What may follow a place, in parts that are each one range of an index.  %c is > or <, %s ASC or
 * DESC, by the direction of reading. */
struct stretch {
	const char *where, *order;
	bool from_place; /* only when there is a place */
};
static const struct stretch board_parts[] = {
	{ "rank_a = :a AND rank_b = :b AND pk %c :tie", "pk %s", true },
	{ "rank_a = :a AND rank_b %c :b", "rank_b %s, pk %s", true },
	{ "rank_a %c :a", "rank_a %s, rank_b %s, pk %s", true },
	{ "1", "rank_a %s, rank_b %s, pk %s", false },
};

static void add_order(struct str *sql, const char *order, bool descending)
{
	for (; *order != '\0'; order++) {
		if (order[0] == '%' && order[1] == 's') {
			str_add(sql, descending ? "DESC" : "ASC");
			order++;
		} else {
			str_add_char(sql, *order);
		}
	}
}

static void add_where(struct str *sql, const char *where, bool descending)
{
	for (; *where != '\0'; where++) {
		if (where[0] == '%' && where[1] == 'c') {
			str_add_char(sql, descending ? '<' : '>');
			where++;
		} else {
			str_add_char(sql, *where);
		}
	}
}

static void bind_value(sqlite3_stmt *stmt, const char *name, struct value value)
{
	if (!value_is_set(value))
		return;
	if (value.is_text)
		db_text(stmt, name, value.text);
	else
		db_int(stmt, name, value.num);
}

/* wanted(pk): asked while the index is read, so that rows that are not are not read at all.  After
 * so many that were not, any will do: the caller goes on from there. */
static void wanted(sqlite3_context *sql, int n, sqlite3_value **values)
{
	struct cache_state *state = sqlite3_user_data(sql);

	(void)n;
	sqlite3_result_int(sql, ties_has(state->only, sqlite3_value_int64(values[0])) ||
					state->patience-- <= 0);
}

enum err page_functions(struct store *store, struct error *err)
{
	int rc = sqlite3_create_function(store->db, "wanted", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
					 store->cache, wanted, NULL, NULL);

	return rc == SQLITE_OK ? ERR_OK : db_error(store, err);
}

/* Runs one range and appends its rows. */
static enum err range(struct store *store, const struct page_ask *ask, const char *where,
		      const char *order, bool descending, struct arena *arena,
		      struct page_row *rows, size_t *n, struct error *err)
{
	const struct page_place *at = &ask->place;
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	bool row;
	enum err code;

	str_add(&sql, "SELECT ");
	entity_light_columns(store, KIND_INCIDENT, &sql);
	str_add(&sql, " FROM incident WHERE ");
	if (ask->field != NULL && order_is_grouped(ask->field))
		str_addf(&sql, "\"%s\" IS :group AND ", ask->field->sql);
	add_where(&sql, where, descending);
	if (ask->open_only)
		str_add(&sql, order_is_plain(ask->field) ? " AND open = 1"
							 : " AND rank_a < :closed");
	if (ask->only != NULL)
		str_add(&sql, " AND wanted(pk)");
	str_add(&sql, " ORDER BY ");
	add_order(&sql, order, descending);
	str_add(&sql, " LIMIT :n");
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	store->cache->only = ask->only;
	store->cache->patience = PATIENCE;
	bind_value(stmt, ":group", ask->group);
	bind_value(stmt, ":value", at->value);
	db_int(stmt, ":a", at->a);
	db_int(stmt, ":b", at->b);
	db_int(stmt, ":tie", at->tie);
	db_int(stmt, ":closed", BOARD_CLOSED);
	db_int(stmt, ":n", (int64_t)(ask->n - *n));
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct page_row *to = &rows[(*n)++];
		void *incident;

		to->tie = db_col_int(stmt, 0);
		to->a = db_col_int(stmt, 1);
		to->b = db_col_int(stmt, 2);
		entity_read(store, stmt, 3, KIND_INCIDENT, true, arena, &incident);
		to->incident = incident;
	}
	return code;
}

static enum err page_board(struct store *store, const struct page_ask *ask, struct arena *arena,
			   struct page_row *rows, size_t *n, struct error *err)
{
	enum err code = ERR_OK;

	if (ask->place.set && ask->inclusive)
		code = range(store, ask, "rank_a = :a AND rank_b = :b AND pk = :tie", "pk",
			     false, arena, rows, n, err);
	for (size_t i = 0; i < sizeof board_parts / sizeof *board_parts; i++) {
		const struct stretch *part = &board_parts[i];

		if (code != ERR_OK || *n == ask->n)
			break;
		if (part->from_place == ask->place.set)
			code = range(store, ask, part->where, part->order, ask->back, arena, rows,
				     n, err);
	}
	return code;
}

/* The ranges of a plain order, from its place to the end in reading direction. */
static enum err page_plain(struct store *store, const struct page_ask *ask, struct arena *arena,
			   struct page_row *rows, size_t *n, struct error *err)
{
	const char *col = ask->field->sql;
	bool down = ask->descending != ask->back;
	bool none = ask->place.set && !value_is_set(ask->place.value);
	struct str where[4] = { STR_INIT, STR_INIT, STR_INIT, STR_INIT };
	struct str order = STR_INIT;
	const char *run[4] = { NULL, NULL, NULL, NULL };
	size_t n_run = 0;
	enum err code = ERR_OK;

	str_addf(&where[0], "\"%s\" IS :value AND pk = :tie", col);
	str_addf(&where[1], "\"%s\" IS :value AND pk %%c :tie", col);
	str_addf(&where[2], ask->place.set && !none ? "\"%s\" %%c :value" : "\"%s\" IS NOT NULL",
		 col);
	str_addf(&where[3], "\"%s\" IS NULL", col);
	str_addf(&order, "\"%s\" %%s, pk %%s", col);
	if (ask->place.set && ask->inclusive)
		run[n_run++] = str_get(&where[0]);
	if (!ask->place.set && ask->back)
		run[n_run++] = str_get(&where[3]);
	if (ask->place.set)
		run[n_run++] = str_get(&where[1]);
	if (!none || ask->back)
		run[n_run++] = str_get(&where[2]);
	if (!ask->back && !none)
		run[n_run++] = str_get(&where[3]);
	for (size_t i = 0; i < n_run && code == ERR_OK && *n < ask->n; i++) {
		bool one = run[i] != str_get(&where[2]); /* one value: only pk orders */
		code = range(store, ask, run[i], one ? "pk %s" : str_get(&order), down, arena,
			     rows, n, err);
	}
	for (size_t i = 0; i < 4; i++)
		str_release(&where[i]);
	str_release(&order);
	return code;
}

enum err cache_page(struct store *store, const struct page_ask *ask, struct arena *arena,
		    struct page_row *rows, size_t *ret_n, struct error *err)
{
	size_t n = 0;
	enum err code = order_is_plain(ask->field) ? page_plain(store, ask, arena, rows, &n, err)
						   : page_board(store, ask, arena, rows, &n, err);

	if (code == ERR_OK)
		*ret_n = n;
	return code;
}

/* The one row of a statement that is bound. */
static enum err one_row(struct store *store, sqlite3_stmt *stmt, bool light, struct arena *arena,
			struct page_row *ret_row, struct error *err)
{
	void *incident;
	bool row = false;
	enum err code = db_row(store, stmt, &row, err);

	if (code != ERR_OK)
		return code;
	if (!row)
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not here"));
	ret_row->tie = db_col_int(stmt, 0);
	ret_row->a = db_col_int(stmt, 1);
	ret_row->b = db_col_int(stmt, 2);
	entity_read(store, stmt, 3, KIND_INCIDENT, light, arena, &incident);
	ret_row->incident = incident;
	db_done(stmt);
	return ERR_OK;
}

enum err cache_row(struct store *store, const struct uuid *id, struct arena *arena,
		   struct page_row *ret_row, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = entity_stmt(store, MADE_ROW, KIND_INCIDENT, NULL, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_uuid(stmt, ":id", id);
	return one_row(store, stmt, true, arena, ret_row, err);
}

enum err cache_row_at(struct store *store, int64_t tie, bool whole, struct arena *arena,
		      struct page_row *ret_row, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = entity_stmt(store, whole ? MADE_WHOLE_AT : MADE_ROW_AT, KIND_INCIDENT, NULL,
				    &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":tie", tie);
	return one_row(store, stmt, !whole, arena, ret_row, err);
}

/* What the field of a row of incident has. */
static struct value col_value(sqlite3_stmt *stmt, int col, const struct field *field,
			      struct arena *arena)
{
	struct value value = { .is_text = field_is_text(field) };

	if (value.is_text)
		value.text = db_col_text(stmt, col, arena);
	else
		value.num = db_col_int(stmt, col);
	return value;
}

enum err cache_place_at(struct store *store, int64_t tie, const struct field *field,
			struct arena *arena, struct page_place *ret_place, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code;

	/* sql: constant names */
	str_addf(&sql, "SELECT rank_a, rank_b, \"%s\" FROM incident WHERE pk = :tie",
		 field != NULL ? field->sql : "pk");
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":tie", tie);
	code = db_row(store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	if (!row)
		return ERR_NOT_FOUND;
	*ret_place = (struct page_place){ .set = true,
					  .a = db_col_int(stmt, 0),
					  .b = db_col_int(stmt, 1),
					  .tie = tie };
	if (field != NULL)
		ret_place->value = col_value(stmt, 2, field, arena);
	db_done(stmt);
	return ERR_OK;
}

/* The next value after one, by the index: as many seeks as there are values. */
static enum err next_group(struct store *store, const struct field *field, struct value after,
			   struct arena *arena, struct value *ret_value, struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code;

	/* sql: constant names */
	str_addf(&sql, "SELECT \"%s\" FROM incident WHERE \"%s\" %s ORDER BY \"%s\" LIMIT 1",
		 field->sql, field->sql, value_is_set(after) ? "> :value" : "IS NOT NULL",
		 field->sql);
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	bind_value(stmt, ":value", after);
	code = db_row(store, stmt, &row, err);
	*ret_value = (struct value){ .is_text = field_is_text(field) };
	if (row) {
		*ret_value = col_value(stmt, 0, field, arena);
		db_done(stmt);
	}
	return code;
}

enum err cache_groups(struct store *store, const struct field *field, struct arena *arena,
		      struct value **ret_values, size_t *ret_n, struct error *err)
{
	struct value *values = NULL, value = { .is_text = field_is_text(field) };
	size_t n = 0, cap = 0;
	enum err code;

	while ((code = next_group(store, field, value, arena, &value, err)) == ERR_OK &&
	       value_is_set(value)) {
		if (n == cap) {
			struct value *more;

			cap = cap != 0 ? cap * 2 : 16;
			more = arena_array(arena, cap, sizeof *more);
			for (size_t i = 0; i < n; i++)
				more[i] = values[i];
			values = more;
		}
		values[n++] = value;
	}
	if (code != ERR_OK)
		return code;
	*ret_values = values;
	*ret_n = n;
	return ERR_OK;
}

static const char COUNT_DUE[] =
	"SELECT count(*) FROM (SELECT 1 FROM incident WHERE rank_a <= :until LIMIT :most)";

enum err cache_count_due(struct store *store, int64_t until, int64_t most, int64_t *ret_count,
			 struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, COUNT_DUE, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":until", until);
	db_int(stmt, ":most", most);
	return db_number(store, stmt, ret_count, err);
}
