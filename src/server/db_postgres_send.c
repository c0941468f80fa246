/* What goes over a connection: statements on their way, their results, and what went wrong. */
#include <config.h>

#include "db_postgres_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- what went wrong ------------------------------------------------------------------------- */

static const struct state { /* of SQL: by how it begins */
	const char *begins;
	enum err code;
} states[] = {
	{ "53100", ERR_FULL },	  /* the disk */
	{ "53", ERR_BUSY },	  /* memory, connections */
	{ "55P03", ERR_BUSY },	  /* a lock did not come */
	{ "57014", ERR_BUSY },	  /* took too long */
	{ "40", ERR_BUSY },	  /* a deadlock */
	{ "25006", ERR_OFFLINE }, /* a standby, which cannot write */
	{ "57P", ERR_OFFLINE },	  /* stopping, starting */
	{ "08", ERR_OFFLINE },
	{ "25P03", ERR_OFFLINE }, /* it waited for us too long, and hung up */
	{ "23", ERR_EXISTS },
	{ "XX001", ERR_CORRUPT },
	{ "XX002", ERR_CORRUPT },
};

static enum err code_of(const char *state)
{
	for (size_t i = 0; state != NULL && i < ARRAY_LEN(states); i++)
		if (str_starts(state, states[i].begins))
			return states[i].code;
	return ERR_IO;
}

enum err pg_lost(struct pg_db *pg, const char *words, struct error *err)
{
	bool had = pg->conn != NULL && !pg->lost;

	pg->lost = true;
	pg->syncs = pg->queued = 0;
	return error_set(err, ERR_OFFLINE,
			 had ? _("the connection to the data base was lost (%.*s): try again; what "
				 "was answered is not lost")
			     : _("the data base does not answer (%.*s): try again"),
			 (int)strcspn(words, "\n"), words);
}

enum err pg_fail(struct pg_db *pg, const PGresult *res, struct error *err)
{
	const char *state = res != NULL ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char *said = res != NULL ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	enum err code = code_of(state);

	if (said == NULL)
		said = PQerrorMessage(pg->conn);
	if (PQstatus(pg->conn) == CONNECTION_BAD)
		return pg_lost(pg, said, err);
	if (code == ERR_OFFLINE) /* the next begin looks for another server */
		return pg_lost(pg, said, err);
	if (code == ERR_FULL)
		return error_set(err, ERR_FULL, "%s",
				 _("no space is left for the server's data: make room on the disk of "
				   "its data base; nothing that was answered is lost"));
	return error_set(err, code, _("the server's data: %.*s"), (int)strcspn(said, "\n"), said);
}

/* --- sending and reading --------------------------------------------------------------------- */

enum err pg_send(struct pg_db *pg, const char *text, struct error *err)
{
	if (pg->lost)
		return pg_lost(pg, "", err);
	if (PQsendQueryParams(pg->conn, text, 0, NULL, NULL, NULL, NULL, 1) != 1)
		return pg_fail(pg, NULL, err);
	pg->queued++;
	return ERR_OK;
}

/* One result; false when the connection has none any more. */
static bool take_result(struct pg_db *pg, PGresult **ret_res)
{
	for (int empty = 0; empty < 2; empty++) {
		PGresult *res = PQgetResult(pg->conn);

		if (res != NULL) {
			*ret_res = res;
			return true;
		}
	}
	return false; /* one NULL stands behind each statement's result, never two */
}

bool pg_is_good(const PGresult *res)
{
	ExecStatusType status = PQresultStatus(res);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
	       status == PGRES_EMPTY_QUERY;
}

/* The first failure counts; the rest of its pipeline was skipped. */
static enum err drain(struct pg_db *pg, PGresult **ret_res, struct error *err)
{
	enum err code = ERR_OK;
	PGresult *last = NULL, *res;

	while (pg->syncs > 0) {
		if (!take_result(pg, &res)) {
			code = pg_lost(pg, PQerrorMessage(pg->conn), err);
			break;
		}
		if (PQresultStatus(res) == PGRES_PIPELINE_SYNC) {
			pg->syncs--;
			PQclear(res);
			continue;
		}
		if (code == ERR_OK && !pg_is_good(res)) {
			code = pg_fail(pg, res, err);
			pg->failed = true;
		}
		PQclear(last);
		last = res;
	}
	pg->queued = 0;
	for (size_t i = 0; i < pg->n_fresh; i++)
		if (code != ERR_OK) /* whether it was prepared is not known */
			pg->fresh[i]->generation = 0;
	pg->n_fresh = 0;
	if (code == ERR_OK && ret_res != NULL)
		*ret_res = last;
	else
		PQclear(last);
	return code;
}

enum err pg_flush(struct pg_db *pg, PGresult **ret_res, struct error *err)
{
	if (pg->lost)
		return pg_lost(pg, "", err);
	if (PQpipelineSync(pg->conn) != 1)
		return pg_fail(pg, NULL, err);
	pg->syncs++;
	return drain(pg, ret_res, err);
}

enum err pg_post(struct pg_db *pg, const char *text, struct error *err)
{
	enum err code = pg_send(pg, text, err);

	if (code != ERR_OK)
		return code;
	if (PQpipelineSync(pg->conn) != 1 || PQflush(pg->conn) < 0)
		return pg_fail(pg, NULL, err);
	pg->syncs++;
	return ERR_OK;
}

void pg_settle(struct pg_db *pg)
{
	if (pg->conn == NULL || pg->lost)
		return;
	if (pg->syncs > 0 && drain(pg, NULL, NULL) != ERR_OK)
		pg->lost = true;
	/* a server that ended has said so (take_notice), or closed its end */
	for (int i = 0; !pg->lost && i < 2; i++)
		if (PQconsumeInput(pg->conn) != 1 || PQisBusy(pg->conn) ||
		    PQstatus(pg->conn) == CONNECTION_BAD)
			pg->lost = true;
}
