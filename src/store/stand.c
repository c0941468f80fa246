/* Cases with something that stands open beside their loop (domain/stand.h), in board order. */
#include <config.h>

#include "zhiban/domain/stand.h"
#include "zhiban/store/page.h"

#include "cache_priv.h"

static const char PUT[] = "INSERT OR REPLACE INTO stand (what, rank_a, pk) VALUES (:what, :a, :pk)";
static const char GONE[] = "DELETE FROM stand WHERE what = :what AND rank_a = :a AND pk = :pk";

static enum err run(struct store *store, const char *sql, int64_t what, int64_t a, int64_t pk,
		    struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, sql, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":what", what);
	db_int(stmt, ":a", a);
	db_int(stmt, ":pk", pk);
	return db_run(store, stmt, err);
}

enum err stand_change(struct store *store, const struct incident *before, int64_t pk,
		      const struct incident *after, struct error *err)
{
	unsigned had = before ? incident_stands(before) : 0, has = after ? incident_stands(after) : 0;
	int64_t old_a = 0, a = 0, b;
	enum err code = ERR_OK;

	if (before)
		board_rank(before, &old_a, &b);
	if (after)
		board_rank(after, &a, &b);
	for (unsigned what = 1; what < 1 << STANDS && code == ERR_OK; what <<= 1) {
		bool was = had & what, is = has & what;

		if (was && (!is || old_a != a))
			code = run(store, GONE, what, old_a, pk, err);
		if (code == ERR_OK && is && (!was || old_a != a))
			code = run(store, PUT, what, a, pk, err);
	}
	return code;
}

static const char COUNT[] =
	"SELECT count(*) FROM (SELECT 1 FROM stand WHERE what = :what LIMIT :most)";

enum err cache_stand_count(struct store *store, unsigned what, int64_t most, int64_t *ret_count,
			   struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, COUNT, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":what", what);
	db_int(stmt, ":most", most);
	return db_number(store, stmt, ret_count, err);
}

enum err cache_stand_page(struct store *store, unsigned what, const struct stand_place *after,
			  size_t n, struct arena *arena, struct page_row *rows, size_t *ret_n,
			  struct error *err)
{
	struct str sql = STR_INIT;
	sqlite3_stmt *stmt;
	size_t found = 0;
	bool row;
	enum err code;

	str_add(&sql, "SELECT ");
	entity_light_columns(store, KIND_INCIDENT, &sql);
	str_add(&sql, " FROM incident WHERE pk IN (SELECT pk FROM stand WHERE what = :what AND "
		      "(rank_a, pk) > (:a, :tie) ORDER BY rank_a, pk LIMIT :n) "
		      "ORDER BY rank_a, pk");
	code = db_stmt(store, str_get(&sql), &stmt, err);
	str_release(&sql);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":what", what);
	db_int(stmt, ":a", after->a);
	db_int(stmt, ":tie", after->tie);
	db_int(stmt, ":n", (int64_t)n);
	while ((code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		struct page_row *to = &rows[found++];
		void *incident;

		to->tie = db_col_int(stmt, 0);
		to->a = db_col_int(stmt, 1);
		to->b = db_col_int(stmt, 2);
		entity_read(store, stmt, 3, KIND_INCIDENT, true, arena, &incident);
		to->incident = incident;
	}
	if (code == ERR_OK)
		*ret_n = found;
	return code;
}
