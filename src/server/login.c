/* Logging in: what enrolment and log-in share, and POST /v1/session. */
#include <config.h>

#include "audit_priv.h"
#include "auth_priv.h"
#include "totp_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

/* --- before anything is hashed --------------------------------------------------------------- */

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

/* What is being hashed for one address or one name is counted before it has failed: whoever tries
 * many at once is no better off than whoever tries one after the other. */
static enum err enter_crowd(struct call *call, struct login *login, struct error *err)
{
	struct memo *crowd = call->service->crowd;

	if (crowd_enter(crowd, "address", login->address, CROWD_ADDRESS, call->now)) {
		if (login->name == NULL ||
		    crowd_enter(crowd, "officer", login->name, CROWD_OFFICER, call->now)) {
			login->counted = true;
			return ERR_OK;
		}
		crowd_leave(crowd, "address", login->address, call->now);
	}
	call->reply->retry_after = 1;
	return error_set(err, ERR_TOO_MANY, "%s",
			 _("too many log-ins at once from here: wait a second"));
}

enum err login_submit(struct call *call, struct job *job, struct error *err)
{
	struct login *login = job->data;
	enum err code;

	login->address = arena_strdup(&job->arena, call->request->address);
	code = enter_crowd(call, login, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	code = call_submit(call, job, err);
	if (code == ERR_BUSY && !call->parked) /* spread, so that not all come back at once */
		call->reply->retry_after = 2 + (int)env_below(&call->service->env, 4);
	return code;
}

/* --- the end --------------------------------------------------------------------------------- */

enum err login_write_token(struct writer *writer, struct login *login, struct arena *arena,
			   struct error *err)
{
	struct service *service = writer->service;
	int64_t now = env_now(&service->env);
	struct db_token token = { .console = login->console,
				  .officer = login->officer,
				  .extended = now,
				  .made = login->made != 0 ? login->made : now,
				  .address = login->address };
	struct db_console console;
	enum err code;

	token_make(&service->env, login->token);
	token_hash(login->token, token.hash);
	token.expires = session_end(service, token.made, now);
	code = service->db->console_get(writer->db, &login->console, arena, &console, err);
	if (code == ERR_OK && console.closed != 0)
		code = error_set(err, ERR_DENIED, "%s", _("this console was closed: enrol it anew"));
	if (code == ERR_OK)
		code = service->db->token_prune(writer->db, now, err);
	if (code == ERR_OK)
		code = service->db->token_put(writer->db, &token, err);
	if (code == ERR_OK)
		code = service->db->use_put(writer->db, login->officer, now, err);
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

void login_ended(struct call *call, struct job *job)
{
	struct login *login = job->data;
	struct service *service = call->service;
	const char *name = login->name != NULL ? login->name : login->officer;

	crypto_wipe(login->pin_hash, sizeof login->pin_hash);
	metric_add(service, job->code == ERR_OK ? METRIC_LOGIN_OK : METRIC_LOGIN_FAILED, 1);
	if (login->counted) {
		crowd_leave(service->crowd, "address", login->address, call->now);
		if (login->name != NULL)
			crowd_leave(service->crowd, "officer", login->name, call->now);
		login->counted = false;
	}
	if (job->code != ERR_OK && login->guess) {
		backoff_failed(service->failures, "address", login->address, call->now);
		if (name != NULL && login->code_secret == NULL)
			backoff_failed(service->failures, "officer", name, call->now);
		fails_note(&service->fails, name, login->address, call->now);
	}
	if (job->code != ERR_OK)
		return;
	backoff_passed(service->failures, "address", login->address, call->now);
	backoff_passed(service->failures, "officer", login->officer, call->now);
}

enum err login_finish(struct call *call, struct job *job, struct error *err)
{
	struct login *login = job->data;
	struct session session = { .console = login->console,
				   .officer = login->officer,
				   .org = login->org,
				   .role = login->role };

	(void)err;
	login_ended(call, job);
	if (job->code != ERR_OK)
		return job->code;
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

/* The PIN was right: that alone is no guess any more, but a wrong code is one. */
static enum err check_second(const struct service *service, struct login *login,
			     const struct db_account *account, bool wanted, struct error *err)
{
	int64_t now = env_now(&service->env);

	if (account->totp == NULL && !wanted)
		return ERR_OK;
	if (account->totp == NULL)
		return error_set(err, ERR_DENIED, "%s",
				 _("this role logs in with a second factor and the account has "
				   "none: ask the security administrator"));
	if (login->totp == NULL)
		return error_set(err, ERR_SECOND, "%s",
				 _("the six digits of the second factor are wanted"));
	if (totp_matches(account->totp, account->totp_len, login->totp, now, account->totp_step,
			 &login->totp_step))
		return ERR_OK;
	login->guess = true;
	return error_set(err, ERR_SECOND, "%s",
			 _("the code of the second factor is wrong, too old, or was used already"));
}

static enum err check_account(struct service *service, struct login *login,
			      const struct db_account *account, struct error *err)
{
	const struct rules *rules;
	struct rulebook *book;
	bool wanted;

	if (account->pin == NULL) { /* takes as long as a wrong PIN: names are not to be found out */
		enum err code = pin_hash(login->pin, login->pin_hash, err);

		return code != ERR_OK ? code : wrong(login, err);
	}
	if (!pin_matches(login->pin, account->pin))
		return wrong(login, err);
	if (!account->active)
		return error_set(err, ERR_DENIED, _("the account of %s is closed"), login->name);
	book = service_rules(service, &rules);
	wanted = rules_role(rules, account->role)->totp;
	service_rules_done(service, book);
	login->officer = account->officer;
	login->org = account->org;
	login->role = account->role;
	login->pin_was = account->pin;
	return check_second(service, login, account, wanted, err);
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
	return code != ERR_OK ? code : check_account(service, login, &account, err);
}

/* What was looked at may have changed while the PIN was hashed; and a code counts once, also when it
 * comes twice at the same time. */
static enum err still_so(struct writer *writer, struct login *login, struct arena *arena,
			 struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct db_account account;
	enum err code = db->account_get(writer->db, login->officer, arena, &account, err);

	if (code != ERR_OK)
		return code;
	if (!account.active || !str_eq(account.pin, login->pin_was))
		return error_set(err, ERR_AUTH, "%s", _("officer or PIN is wrong"));
	login->org = account.org;
	login->role = account.role;
	if (login->totp_step == 0)
		return ERR_OK;
	if (login->totp_step <= account.totp_step)
		return error_set(err, ERR_SECOND, "%s",
				 _("the code of the second factor is wrong, too old, or was used "
				   "already"));
	account.totp_step = login->totp_step;
	return db->account_put(writer->db, &account, err);
}

static enum err session_write(struct writer *writer, struct job *job, struct error *err)
{
	struct login *login = job->data;
	struct audit_line line = { .what = AUDIT_LOGIN };
	enum err code = still_so(writer, login, &job->arena, err);

	if (code == ERR_OK)
		code = login_write_token(writer, login, &job->arena, err);
	line.by = (struct audit_by){ login->officer, login->role, login->address };
	return code != ERR_OK ? code : audit_note(writer, &line, err);
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
	login->totp = arena_strdup(&job->arena, ask.totp);
	job->work = session_work;
	job->write = session_write;
	job->finish = login_finish;
	return login_submit(call, job, err);
}
