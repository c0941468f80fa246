/* Where the data of a test lie: in a file, or with ZHIBAN_TEST_DB=postgresql://… in a schema of its
 * own there (tests/unit/server/postgres.sh), so that the same tests run over both back ends. */
#ifndef TESTS_DATA_HELP_H
#define TESTS_DATA_HELP_H

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/str.h"
#include "zhiban/server/db.h"

enum { DATA_WHERE = 512 };

static inline const char *data_url(void) /* NULL: files */
{
	const char *url = getenv("ZHIBAN_TEST_DB");

	return url != NULL && *url != '\0' ? url : NULL;
}

static inline const struct db_ops *data_ops(void)
{
	return db_ops_for(data_url() != NULL ? data_url() : "");
}

/* What the tests' SQL says in SQLite's words. */
#define DATA_WORDS                                                                                 \
	"CREATE FUNCTION zeroblob(n int) RETURNS bytea LANGUAGE sql AS"                            \
	" $$ SELECT decode(repeat('00', n), 'hex') $$;"                                            \
	"CREATE FUNCTION replace(b bytea, x text, y text) RETURNS bytea LANGUAGE sql AS"           \
	" $$ SELECT convert_to(replace(convert_from(b, 'UTF8'), x, y), 'UTF8') $$;"

static inline void data_pg_do(const char *url, const char *sql)
{
	PGconn *conn = PQconnectdb(url);
	PGresult *res = PQexec(conn, sql);
	bool good = PQresultStatus(res) == PGRES_COMMAND_OK;

	if (!good)
		fprintf(stderr, "# %s: %s\n", sql, PQerrorMessage(conn));
	PQclear(res);
	PQfinish(conn);
	if (!good)
		abort();
}

/* Where new data may be made: nothing is there.  name: short, different for all of one test. */
static inline void data_make(const char *folder, const char *name, char where[DATA_WHERE])
{
	char schema[64], sql[1200];

	if (data_url() == NULL) {
		snprintf(where, DATA_WHERE, "%s/%s.db", folder, name);
		return;
	}
	snprintf(schema, sizeof schema, "t%s_%s", strrchr(folder, '-') + 1, name);
	for (char *s = schema; *s != '\0'; s++) /* no quotes needed, and none alike */
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	snprintf(where, DATA_WHERE, "%s%coptions=-csearch_path%%3D%s", data_url(),
		 strchr(data_url(), '?') != NULL ? '&' : '?', schema);
	snprintf(sql, sizeof sql,
		 "SET client_min_messages = error; DROP SCHEMA IF EXISTS %s CASCADE; CREATE SCHEMA %s;"
		 " SET search_path = %s; " DATA_WORDS,
		 schema, schema, schema);
	data_pg_do(data_url(), sql);
}

static inline void data_drop(const char *where)
{
	const char *name = strstr(where, "search_path%3D");
	char sql[200];

	if (name == NULL)
		return;
	snprintf(sql, sizeof sql, "SET client_min_messages = error; DROP SCHEMA IF EXISTS %s CASCADE",
		 name + strlen("search_path%3D"));
	data_pg_do(data_url(), sql);
}

/* The same data at another place; what was there under that name is gone. */
static inline void data_copy(const char *from, const char *folder, char where[DATA_WHERE])
{
	const struct db_ops *ops = data_ops();
	char file[200];
	struct db *db;
	FILE *empty;

	snprintf(file, sizeof file, "%s/copy.db", folder);
	empty = fopen(file, "w");
	if (empty == NULL || fclose(empty) != 0 || ops->open(from, 0, &db, NULL) != ERR_OK ||
	    ops->copy(db, file, NULL) != ERR_OK)
		abort();
	ops->close(db);
	data_make(folder, "copy", where);
	if (ops->take != NULL) {
		if (ops->take(where, file, DB_UNSYNCED, NULL) != ERR_OK)
			abort();
		(void)unlink(file);
	}
}

/* x'7b' is a string of bits to the other. */
static inline void data_bytes(const char *sql, struct str *out)
{
	for (; *sql != '\0'; sql++)
		if (strncmp(sql, "x'", 2) == 0 && !(out->len > 0 && out->s[out->len - 1] != ' ' &&
						    out->s[out->len - 1] != '('))
			str_add(out, "bytea '\\x"), sql++;
		else
			str_add_char(out, *sql);
}

/* Runs a statement beside the program; how many rows it changed, -1 when it failed. */
static inline int data_sql(const char *where, const char *sql)
{
	struct str words = STR_INIT;
	int changes = -1;

	if (!db_is_url(where)) {
		sqlite3 *db;

		if (sqlite3_open(where, &db) == SQLITE_OK &&
		    sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
			changes = sqlite3_changes(db);
		else
			fprintf(stderr, "# %s: %s\n", sql, sqlite3_errmsg(db));
		sqlite3_close(db);
	} else {
		PGconn *conn = PQconnectdb(where);
		PGresult *res;

		data_bytes(sql, &words);
		res = PQexec(conn, words.s);
		if (PQresultStatus(res) == PGRES_COMMAND_OK)
			changes = (int)strtol(PQcmdTuples(res), NULL, 10);
		else
			fprintf(stderr, "# %s: %s\n", sql, PQerrorMessage(conn));
		PQclear(res);
		PQfinish(conn);
		str_release(&words);
	}
	return changes;
}

/* The data are of this program's schema again. */
static inline int data_schema_back(const char *where)
{
	char sql[100];

	snprintf(sql, sizeof sql, "UPDATE meta SET value = '%d' WHERE name = 'schema'", DB_SCHEMA);
	return data_sql(where, sql);
}

/* The number that a statement gives. */
static inline int64_t data_count(const char *where, const char *sql)
{
	int64_t n = -1;

	if (!db_is_url(where)) {
		sqlite3 *db;
		sqlite3_stmt *stmt;

		if (sqlite3_open_v2(where, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
		    sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK) {
			if (sqlite3_step(stmt) == SQLITE_ROW)
				n = sqlite3_column_int64(stmt, 0);
			sqlite3_finalize(stmt);
		}
		sqlite3_close(db);
	} else {
		PGconn *conn = PQconnectdb(where);
		PGresult *res = PQexec(conn, sql);

		if (PQresultStatus(res) == PGRES_TUPLES_OK)
			n = strtoll(PQgetvalue(res, 0, 0), NULL, 10);
		PQclear(res);
		PQfinish(conn);
	}
	if (n < 0) {
		fprintf(stderr, "# %s\n", sql);
		abort();
	}
	return n;
}

#endif
