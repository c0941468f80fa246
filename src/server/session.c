#include <config.h>

#include "audit_priv.h"
#include "auth_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

enum { EXTEND_MIN = 30 }; /* a session is extended at most this often */

void token_hash(const char *token, uint8_t hash[SHA256_LEN])
{
	sha256(token, strlen(token), hash);
}

/* --- the bearer ------------------------------------------------------------------------------ */

static enum err extend_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct db_token *token = job->data;
	struct db_token now_there;
	enum err code = db->token_get(writer->db, token->hash, &job->arena, &now_there, err);

	if (code == ERR_NOT_FOUND || (code == ERR_OK && now_there.upload))
		return ERR_OK; /* logged out meanwhile */
	if (code == ERR_OK)
		code = db->use_put(writer->db, token->officer, token->extended, err);
	return code != ERR_OK ? code : db->token_put(writer->db, token, err);
}

static void free_done(struct service *service, struct job *job)
{
	(void)service;
	job_free(job);
}

int64_t session_end(const struct service *service, int64_t made, int64_t now)
{
	int64_t idle = now + service->session_ms, most = made + service->session_most_ms;

	return made != 0 && most < idle ? most : idle;
}

/* Not waited for: a session that is not extended now will be with the next request. */
static void extend(struct call *call, const struct db_token *token)
{
	struct job *job = job_new(sizeof *token);
	struct db_token *later = job->data;

	*later = *token;
	later->officer = arena_strdup(&job->arena, token->officer);
	later->address = arena_strdup(&job->arena, token->address);
	later->extended = call->now;
	later->expires = session_end(call->service, token->made, call->now);
	job->write = extend_write;
	job->done = free_done;
	if (job_submit(call->service, job, NULL) != ERR_OK)
		job_free(job);
}

enum err session_find(struct call *call, struct error *err)
{
	const struct db_ops *db = call->service->db;
	struct session *session = &call->session;
	struct db_token token;
	struct db_account account;
	enum err code;

	if (call->request->token == NULL)
		return error_set(err, ERR_AUTH, "%s", _("log in first"));
	token_hash(call->request->token, session->token);
	code = call_reader(call, err);
	if (code == ERR_OK)
		code = db->token_get(call->reader, session->token, &call->arena, &token, err);
	if (code == ERR_NOT_FOUND)
		return error_set(err, ERR_AUTH, "%s",
				 _("this session is not known here: log in again"));
	if (code != ERR_OK)
		return code;
	if (token.expires < call->now)
		return error_set(err, ERR_AUTH, "%s", _("the session has ended: log in again"));
	code = db->account_get(call->reader, token.officer, &call->arena, &account, err);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	if (code != ERR_OK || !account.active)
		return error_set(err, ERR_AUTH, _("the account of %s is closed"), token.officer);
	session->console = token.console;
	session->officer = account.officer;
	session->org = account.org;
	session->role = account.role;
	session->upload = token.upload;
	session->made = token.made;
	nodes_contact(call->service, call->reader, &token.console, token.extended, call->now);
	if (!token.upload && call->now - token.extended > EXTEND_MIN * INT64_C(60000))
		extend(call, &token);
	return ERR_OK;
}

const char *session_scope_org(const struct rules *rules, const struct session *session)
{
	return role_scope_org(rules, session->role, session->org);
}

/* --- GET and DELETE /v1/session -------------------------------------------------------------- */

enum err session_get(struct call *call, struct error *err)
{
	struct db_console console;
	enum err code = call_reader(call, err);

	if (code == ERR_OK)
		code = call->service->db->console_get(call->reader, &call->session.console,
						      &call->arena, &console, err);
	if (code == ERR_OK)
		session_reply(call, &call->session, NULL, console.last_n);
	return code;
}

struct logout {
	struct db_token token;
	struct audit_by by;
	bool keep_upload;
};

static enum err logout_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct logout *logout = job->data;
	const struct audit_line line = { .what = AUDIT_LOGOUT, .by = logout->by };
	enum err code = audit_note(writer, &line, err);

	if (code != ERR_OK)
		return code;
	if (!logout->keep_upload)
		return db->token_drop(writer->db, logout->token.hash, err);
	return db->token_put(writer->db, &logout->token, err);
}

static enum err logout_finish(struct call *call, struct job *job, struct error *err)
{
	struct plain_answer answer = { .head = call_head(call) };

	(void)err;
	if (job->code == ERR_OK)
		plain_answer_encode(&answer, &call->reply->body);
	return job->code;
}

enum err session_delete(struct call *call, struct error *err)
{
	const char *keep = call_arg(call, "keep");
	struct job *job = job_new(sizeof(struct logout));
	struct logout *logout = job->data;

	memcpy(logout->token.hash, call->session.token, SHA256_LEN);
	logout->token.console = call->session.console;
	logout->token.officer = arena_strdup(&job->arena, call->session.officer);
	logout->token.expires = call->now + UPLOAD_DAYS * DAY_MS;
	logout->token.extended = call->now;
	logout->token.upload = true;
	logout->token.made = call->now;
	logout->token.address = arena_strdup(&job->arena, call->request->address);
	logout->by = audit_by(call, &job->arena);
	logout->keep_upload = keep != NULL && strcmp(keep, "upload") == 0;
	job->write = logout_write;
	job->finish = logout_finish;
	return call_submit(call, job, err);
}
