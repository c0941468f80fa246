/* A change of view: another organisation or role sees other incidents. */
#include <config.h>

#include "zhiban/store/cache.h"

#include "cache_priv.h"

static const char REMEMBER[] = "DELETE FROM was; INSERT INTO was (id) SELECT id FROM incident"
			       " UNION SELECT id FROM outside";
static const char WENT[] = "SELECT count(*) FROM was WHERE id NOT IN (SELECT id FROM incident)"
			   " AND id NOT IN (SELECT id FROM outside)";
static const char CAME[] = "SELECT (SELECT count(*) FROM incident WHERE id NOT IN"
			   " (SELECT id FROM was)) + (SELECT count(*) FROM outside WHERE id NOT IN"
			   " (SELECT id FROM was))";

enum err cache_view_begin(struct store *store, struct error *err)
{
	enum err code;

	if (store_meta_int(store, "view") != 0) /* of the change before, that is not at its end */
		return ERR_OK;
	code = db_exec(store, REMEMBER, err);
	return code != ERR_OK ? code : store_meta_set_int(store, "view", 1, err);
}

static enum err number(struct store *store, const char *sql, int64_t *ret_n, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, sql, &stmt, err);

	return code == ERR_OK ? db_number(store, stmt, ret_n, err) : code;
}

enum err cache_view_end(struct store *store, bool *ret_changed, int64_t *ret_went,
			int64_t *ret_came, struct error *err)
{
	int64_t went = 0, came = 0;
	enum err code;

	*ret_changed = store_meta_int(store, "view") != 0;
	if (!*ret_changed)
		return ERR_OK;
	code = number(store, WENT, &went, err);
	if (code == ERR_OK)
		code = number(store, CAME, &came, err);
	if (code == ERR_OK)
		code = db_exec(store, "DELETE FROM was", err);
	if (code == ERR_OK)
		code = store_meta_set(store, "view", NULL, err);
	if (code != ERR_OK)
		return code;
	*ret_went = went;
	*ret_came = came;
	return ERR_OK;
}
