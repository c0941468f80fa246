/* POST /v1/ical: a secret address of a calendar is made, or revoked; GET /ical/TOKEN.ics: it is
 * read, by programs that cannot log in. */
#include <config.h>

#include "audit_priv.h"
#include "auth_priv.h"
#include "ical_priv.h"
#include "jobs_priv.h"
#include "system_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/env.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/role.h"

enum {
	TOKEN = 32,
	TOKEN_HEX = 2 * TOKEN + 1,
	ADDRESSES_MOST = 20, /* of an officer */
	READS = 20,	     /* a minute, of one address */
	READS_FROM = 120,    /* a minute, from one place */
};

static const char suffix[] = ".ics";

/* --- making and revoking ------------------------------------------------------------------------- */

struct address_job {
	struct about about;
	struct db_address row;
	const char *scope;
	struct audit_by by;
	bool revoke;
	char token[TOKEN_HEX];
	int64_t ended; /* addresses */
	/* while his are looked through: */
	size_t n;
	bool found;
	uint8_t before[SHA256_LEN];
};

static bool own_each(void *ctx, const struct db_address *row)
{
	struct address_job *data = ctx;

	if (!str_eq(row->officer, data->row.officer))
		return true;
	data->n++;
	if (str_eq(row->what, data->row.what) && str_eq(row->about, data->row.about)) {
		data->found = true;
		memcpy(data->before, row->hash, SHA256_LEN);
	}
	return true;
}

static enum err note(struct writer *writer, const struct address_job *data, enum audit what,
		     struct error *err)
{
	const struct audit_line line = { .what = what, .by = data->by, .about = data->row.about,
					 .words = data->row.what };

	return audit_note(writer, &line, err);
}

static enum err end_one(struct writer *writer, struct address_job *data, struct error *err)
{
	enum err code = writer->service->db->address_drop(writer->db, data->before, err);

	data->ended = 1;
	return code == ERR_OK ? note(writer, data, AUDIT_ADDRESS_REVOKE, err) : code;
}

static enum err make_one(struct writer *writer, struct job *job, struct error *err)
{
	struct service *service = writer->service;
	struct address_job *data = job->data;
	uint8_t token[TOKEN];
	const char *title;
	enum err code = about_check(service->db, writer->db, &writer->book->profile->rules,
				    data->scope, &data->about, &job->arena, &title, err);

	if (code == ERR_OK && !data->found && data->n >= ADDRESSES_MOST)
		code = error_set(err, ERR_REFUSED,
				 _("you have %d addresses already: revoke one of them first"),
				 (int)ADDRESSES_MOST);
	if (code == ERR_OK && data->found)
		code = end_one(writer, data, err);
	if (code != ERR_OK)
		return code;
	env_random(&service->env, token, sizeof token);
	crypto_hex(token, sizeof token, data->token);
	crypto_wipe(token, sizeof token);
	token_hash(data->token, data->row.hash);
	data->row.made = env_now(&service->env);
	code = service->db->address_put(writer->db, &data->row, err);
	return code == ERR_OK ? note(writer, data, AUDIT_ADDRESS_ADD, err) : code;
}

static enum err address_write(struct writer *writer, struct job *job, struct error *err)
{
	struct address_job *data = job->data;
	enum err code;

	data->n = 0; /* it may run twice */
	data->found = false;
	data->ended = 0;
	code = writer->service->db->address_scan(writer->db, own_each, data, err);
	if (code != ERR_OK || (data->revoke && !data->found))
		return code;
	return data->revoke ? end_one(writer, data, err) : make_one(writer, job, err);
}

static enum err address_finish(struct call *call, struct job *job, struct error *err)
{
	struct address_job *data = job->data;
	struct address_answer answer = { .head = call_head(call), .ended = data->ended };

	(void)err;
	if (!data->revoke)
		answer.path = arena_printf(&job->arena, "/ical/%s%s", data->token, suffix);
	if (job->code == ERR_OK)
		address_answer_encode(&answer, &call->reply->body);
	crypto_wipe(data->token, sizeof data->token);
	return job->code;
}

static const char *about_words(const struct about *about, const char *id, struct arena *arena)
{
	if (about->subject == SUBJECT_POST)
		return arena_printf(arena, "%s %s %s", about->org, about->plan, about->post);
	return arena_strdup(arena, about->subject == SUBJECT_ORG ? about->org : id);
}

enum err ical_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct address_job));
	struct address_job *data = job->data;
	struct address_ask ask;
	enum err code = address_ask_decode(call->request->body, call->request->body_len, &job->arena,
					&ask, err);

	if (code == ERR_OK)
		code = about_parse(ask.what, ask.id, &job->arena, &data->about, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->row.what = subject_code(data->about.subject);
	data->row.about = about_words(&data->about, ask.id, &job->arena);
	data->row.officer = arena_strdup(&job->arena, call->session.officer);
	data->scope =
		arena_strdup(&job->arena, session_scope_org(call->rules, &call->session));
	data->by = audit_by(call, &job->arena);
	data->revoke = ask.revoke != 0;
	job->weight = 1;
	job->write = address_write;
	job->finish = address_finish;
	return call_submit(call, job, err);
}

/* --- reading ------------------------------------------------------------------------------------- */

static enum err check_rate(struct call *call, const char *what, const char *name, int64_t a_minute,
			   struct error *err)
{
	int64_t wait = rate_take(call->service->rates, what, name, a_minute,
				 service_ticks(call->service));

	if (wait == 0)
		return ERR_OK;
	call->reply->retry_after = (int)((wait + 999) / 1000);
	return error_set(err, ERR_TOO_MANY, _("more than %lld requests a minute: wait %d seconds"),
			 (long long)a_minute, call->reply->retry_after);
}

static enum err used_write(struct writer *writer, struct job *job, struct error *err)
{
	struct db_address *row = job->data;
	struct db_address there;
	enum err code = writer->service->db->address_find(writer->db, row->hash, &job->arena, &there,
							  err);

	if (code == ERR_NOT_FOUND)
		return ERR_OK; /* revoked meanwhile */
	return code == ERR_OK ? writer->service->db->address_put(writer->db, row, err) : code;
}

static void free_done(struct service *service, struct job *job)
{
	(void)service;
	job_free(job);
}

/* To the hour; not waited for. */
static void note_use(struct call *call, const struct db_address *address)
{
	struct job *job;
	struct db_address *row;

	if (address->used > call->now - HOUR_MS && address->used <= call->now)
		return;
	job = job_new(sizeof *row);
	row = job->data;
	*row = *address;
	row->what = arena_strdup(&job->arena, address->what);
	row->about = arena_strdup(&job->arena, address->about);
	row->officer = arena_strdup(&job->arena, address->officer);
	row->used = call->now;
	job->write = used_write;
	job->done = free_done;
	if (job_submit(call->service, job, NULL) != ERR_OK)
		job_free(job);
}

static enum err not_there(struct error *err)
{
	return error_set(err, ERR_NOT_FOUND, "%s", _("there is no such calendar"));
}

/* The address, and whose view it has now.  Whatever is wrong, there is nothing. */
static enum err find(struct call *call, struct db_address *ret_address, const char **ret_scope,
		     struct error *err)
{
	const char *tail = call_tail(call);
	size_t len = strlen(tail), end = sizeof suffix - 1;
	struct db_account account;
	uint8_t hash[SHA256_LEN];
	enum err code = call_reader(call, err);

	if (code != ERR_OK)
		return code;
	if (len != TOKEN_HEX - 1 + end || strcmp(tail + len - end, suffix) != 0)
		return not_there(err);
	token_hash(arena_strndup(&call->arena, tail, len - end), hash);
	code = call->service->db->address_find(call->reader, hash, &call->arena, ret_address, err);
	if (code == ERR_OK)
		code = call->service->db->account_get(call->reader, ret_address->officer,
						      &call->arena, &account, err);
	if (code == ERR_NOT_FOUND || (code == ERR_OK && !account.active))
		return not_there(err);
	if (code == ERR_OK)
		*ret_scope = role_scope_org(call->rules, account.role, account.org);
	return code;
}

/* Whether a list of tags ('W/"…", "…"', '*') has this one. */
static bool is_known(const char *known, const char *etag)
{
	size_t len = strlen(etag);

	if (known == NULL)
		return false;
	if (strcmp(known, "*") == 0)
		return true;
	for (const char *at = strstr(known, etag); at != NULL; at = strstr(at + len, etag))
		if (at > known && at[-1] == '"' && at[len] == '"')
			return true;
	return false;
}

static void tag(struct call *call)
{
	struct reply *reply = call->reply;
	uint8_t hash[SHA256_LEN];

	sha256(str_get(&reply->body), reply->body.len, hash);
	crypto_hex(hash, SHA256_LEN / 2, reply->etag);
	reply->type = "text/calendar; charset=utf-8";
	if (!is_known(call->request->known, reply->etag))
		return;
	str_clear(&reply->body);
	reply->status = 304;
}

enum err ical_get(struct call *call, struct error *err)
{
	const struct db_ops *db = call->service->db;
	const char *from = call->request->address, *scope = NULL, *title = NULL;
	struct db_address address = { .officer = NULL };
	struct about about;
	char key[2 * SHA256_LEN + 1];
	enum err code = check_rate(call, "calendars", from != NULL ? from : "-", READS_FROM, err);

	if (code == ERR_OK)
		code = find(call, &address, &scope, err);
	if (code != ERR_OK)
		return code;
	snprintf(call->reply->who, sizeof call->reply->who, "%.90s (calendar)", address.officer);
	crypto_hex(address.hash, SHA256_LEN, key);
	code = check_rate(call, "calendar", key, READS, err);
	if (code == ERR_OK)
		code = about_parse(address.what, address.about, &call->arena, &about, err);
	if (code == ERR_OK)
		code = about_check(db, call->reader, call->rules, scope, &about, &call->arena, &title,
				   err);
	if (code == ERR_OK)
		code = about_write(db, call->reader, call->rules, scope, &about, title, call->now,
				   &call->arena, &call->reply->body, err);
	if (code != ERR_OK)
		return code;
	tag(call);
	metric_add(call->service, METRIC_CALENDARS, 1);
	note_use(call, &address);
	return ERR_OK;
}
