/* Which back end: by where the data are. */
#include <config.h>

#include "zhiban/server/db.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/str.h"

bool db_is_url(const char *where)
{
	return str_starts(where, "postgresql://") || str_starts(where, "postgres://");
}

const struct db_ops *db_ops_for(const char *where)
{
	return db_is_url(where) ? &db_postgres : &db_sqlite;
}

void db_name(const char *where, char name[DB_NAME])
{
	const char *rest, *at = NULL;
	size_t len;

	if (!db_is_url(where)) {
		snprintf(name, DB_NAME, "%s", where);
		return;
	}
	rest = where + strcspn(where, "/") + 2;
	len = strcspn(rest, "/?");
	for (size_t i = 0; i < len; i++)
		if (rest[i] == '@')
			at = rest + i;
	if (at != NULL) /* a password stands between, and is left out */
		snprintf(name, DB_NAME, "postgresql://%.*s%.*s", (int)strcspn(rest, ":@"), rest,
			 (int)strcspn(at, "?"), at);
	else
		snprintf(name, DB_NAME, "postgresql://%.*s", (int)strcspn(rest, "?"), rest);
}
