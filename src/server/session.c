#include <config.h>

#include "auth_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

enum { EXTEND_MIN = 30 }; /* a session is extended at most this often */
#define DAYS_MS(n) ((n) * INT64_C(86400000))

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

/* Not waited for: a session that is not extended now will be with the next request. */
static void extend(struct call *call, const struct db_token *token)
{
	struct job *job = job_new(sizeof *token);
	struct db_token *later = job->data;

	*later = *token;
	later->officer = arena_strdup(&job->arena, token->officer);
	later->extended = call->now;
	later->expires = call->now + call->service->session_ms;
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
	contact_note(call->service->contacts, &token.console, token.extended, call->now);
	if (!token.upload && call->now - token.extended > EXTEND_MIN * INT64_C(60000))
		extend(call, &token);
	return ERR_OK;
}

const char *session_scope_org(const struct rules *rules, const struct session *session)
{
	return role_scope_org(rules, session->role, session->org);
}

/* --- what enrolment and log-in share --------------------------------------------------------- */

enum err login_check_pin(const char *pin, struct error *err)
{
	size_t chars = pin == NULL ? 0 : text_chars(pin);

	if (chars >= PIN_MIN && chars <= PIN_MAX)
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("a PIN has %d to %d characters"), PIN_MIN, PIN_MAX);
}

enum err login_check_backoff(struct call *call, const char *officer, struct error *err)
{
	struct memo *failures = call->service->failures;
	int64_t left = backoff_left(failures, "address", call->request->address, call->now);
	int64_t own = officer == NULL ? 0 : backoff_left(failures, "officer", officer, call->now);

	if (own > left)
		left = own;
	if (left == 0)
		return ERR_OK;
	metric_add(call->service, METRIC_LOGIN_HELD, 1);
	call->reply->retry_after = (int)((left + 999) / 1000);
	return error_set(err, ERR_TOO_MANY, _("too many wrong tries: wait %d seconds"),
			 call->reply->retry_after);
}

enum err login_write_token(struct writer *writer, struct login *login, struct arena *arena,
			   struct error *err)
{
	struct service *service = writer->service;
	struct db_token token = { .console = login->console, .officer = login->officer };
	struct db_console console;
	enum err code;

	token_make(&service->env, login->token);
	token_hash(login->token, token.hash);
	token.extended = env_now(&service->env);
	token.expires = token.extended + service->session_ms;
	code = service->db->console_get(writer->db, &login->console, arena, &console, err);
	if (code == ERR_OK)
		code = service->db->token_prune(writer->db, token.extended, err);
	if (code == ERR_OK)
		code = service->db->token_put(writer->db, &token, err);
	if (code == ERR_OK)
		code = service->db->use_put(writer->db, login->officer, token.extended, err);
	if (code == ERR_OK)
		login->last_n = console.last_n;
	return code;
}

void session_reply(struct call *call, const struct session *session, const char *token, int64_t n)
{
	struct session_answer answer = { .head = call_head(call),
					 .console = session->console,
					 .token = token,
					 .officer = session->officer,
					 .org = session->org,
					 .role = session->role,
					 .profile = call->rules->hash,
					 .calendar = call->rules->calendar_hash,
					 .jurisdiction = call->rules->title,
					 .n = n };

	session_answer_encode(&answer, &call->reply->body);
}

enum err login_finish(struct call *call, struct job *job, struct error *err)
{
	struct login *login = job->data;
	struct memo *failures = call->service->failures;
	struct session session = { .console = login->console,
				   .officer = login->officer,
				   .org = login->org,
				   .role = login->role };

	crypto_wipe(login->pin_hash, sizeof login->pin_hash);
	metric_add(call->service, job->code == ERR_OK ? METRIC_LOGIN_OK : METRIC_LOGIN_FAILED, 1);
	if (job->code != ERR_OK) {
		if (login->guess)
			backoff_failed(failures, "address", login->address, call->now);
		if (login->guess && login->name != NULL && login->code_secret == NULL)
			backoff_failed(failures, "officer", login->name, call->now);
		(void)err;
		return job->code;
	}
	backoff_passed(failures, "address", login->address, call->now);
	backoff_passed(failures, "officer", login->officer, call->now);
	contact_note(call->service->contacts, &login->console, call->now, call->now);
	snprintf(call->reply->who, sizeof call->reply->who, "%.90s@%.60s", login->officer,
		 login->org);
	session_reply(call, &session, login->token, login->last_n);
	crypto_wipe(login->token, sizeof login->token);
	return ERR_OK;
}

/* --- POST /v1/session ------------------------------------------------------------------------ */

static enum err wrong(struct login *login, struct error *err)
{
	login->guess = true;
	return error_set(err, ERR_AUTH, "%s", _("officer or PIN is wrong"));
}

static enum err session_work(struct service *service, struct job *job, struct error *err)
{
	struct login *login = job->data;
	struct db_console console;
	struct db_account account = { .pin = NULL };
	struct db *db;
	enum err code = reader_take(service, &db, err);

	if (code != ERR_OK)
		return code;
	code = service->db->console_get(db, &login->console, &job->arena, &console, err);
	if (code == ERR_OK) {
		code = service->db->account_get(db, login->name, &job->arena, &account, NULL);
		if (code == ERR_NOT_FOUND)
			code = ERR_OK;
	} else if (code == ERR_NOT_FOUND) {
		login->guess = true;
		code = ERR_DENIED;
	}
	reader_give(service, db);
	if (code != ERR_OK)
		return code;
	if (account.pin == NULL) { /* takes as long as a wrong PIN: names are not to be found out */
		code = pin_hash(login->pin, login->pin_hash, err);
		return code != ERR_OK ? code : wrong(login, err);
	}
	if (!pin_matches(login->pin, account.pin))
		return wrong(login, err);
	if (!account.active)
		return error_set(err, ERR_DENIED, _("the account of %s is closed"), login->name);
	login->officer = account.officer;
	login->org = account.org;
	login->role = account.role;
	return ERR_OK;
}

static enum err session_write(struct writer *writer, struct job *job, struct error *err)
{
	return login_write_token(writer, job->data, &job->arena, err);
}

enum err session_post(struct call *call, struct error *err)
{
	struct session_ask ask;
	struct job *job;
	struct login *login;
	enum err code = session_ask_decode(call->request->body, call->request->body_len,
					   &call->arena, &ask, err);

	if (code == ERR_OK && (ask.officer == NULL || ask.pin == NULL))
		code = error_set(err, ERR_INPUT, _("officer and PIN are wanted"));
	if (code == ERR_OK)
		code = login_check_backoff(call, ask.officer, err);
	if (code != ERR_OK)
		return code;
	job = job_new(sizeof *login);
	login = job->data;
	login->console = ask.console;
	login->name = arena_strdup(&job->arena, ask.officer);
	login->pin = arena_strdup(&job->arena, ask.pin);
	login->address = arena_strdup(&job->arena, call->request->address);
	job->work = session_work;
	job->write = session_write;
	job->finish = login_finish;
	return call_submit(call, job, err);
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
	bool keep_upload;
};

static enum err logout_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct logout *logout = job->data;

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
	logout->token.expires = call->now + DAYS_MS(UPLOAD_DAYS);
	logout->token.extended = call->now;
	logout->token.upload = true;
	logout->keep_upload = keep != NULL && strcmp(keep, "upload") == 0;
	job->write = logout_write;
	job->finish = logout_finish;
	return call_submit(call, job, err);
}
