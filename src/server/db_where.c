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
	size_t scheme = db_is_url(where) ? strcspn(where, "/") + 2 : 0;
	const char *rest = where + scheme;
	size_t len = scheme > 0 ? strcspn(rest, "/?") : 0;
	const char *at = len > 0 ? memrchr(rest, '@', len) : NULL;
	int user = at != NULL ? (int)strcspn(rest, ":@") : 0;

	if (scheme == 0)
		snprintf(name, DB_NAME, "%s", where);
	else if (at != NULL)
		snprintf(name, DB_NAME, "postgresql://%.*s%.*s", user, rest, (int)strcspn(at, "?"), at);
	else
		snprintf(name, DB_NAME, "postgresql://%.*s", (int)strcspn(rest, "?"), rest);
}
