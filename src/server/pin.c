/* POST /v1/pin: an officer sets his own PIN. */
#include <config.h>

#include "audit_priv.h"
#include "auth_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct pin_change {
	struct login login; /* the old one is looked at as in a log-in */
	const char *fresh;  /* the new one */
	struct audit_by by;
	uint8_t token[SHA256_LEN]; /* of the session that asks, which stays */
	struct others {
		uint8_t (*items)[SHA256_LEN];
		size_t n, cap;
	} others;
};

static enum err pin_work(struct service *service, struct job *job, struct error *err)
{
	struct pin_change *change = job->data;
	struct login *login = &change->login;
	struct db_account account;
	struct db *db;
	enum err code = reader_take(service, &db, err);

	if (code != ERR_OK)
		return code;
	code = service->db->account_get(db, login->name, &job->arena, &account, err);
	reader_give(service, db);
	if (code != ERR_OK)
		return code;
	login->officer = account.officer;
	login->pin_was = account.pin;
	if (account.pin == NULL || !pin_matches(login->pin, account.pin)) {
		login->guess = true;
		return error_set(err, ERR_DENIED, "%s", _("the present PIN is wrong"));
	}
	return pin_hash(change->fresh, login->pin_hash, err);
}

static bool other_each(void *ctx, const struct db_token *row)
{
	struct pin_change *change = ctx;
	struct others *others = &change->others;

	if (row->upload || strcmp(row->officer, change->login.name) != 0 ||
	    memcmp(row->hash, change->token, SHA256_LEN) == 0)
		return true;
	MEM_GROW(others->items, others->n, others->cap);
	memcpy(others->items[others->n++], row->hash, SHA256_LEN);
	return true;
}

/* Whoever knew the old PIN may have used it: all other sessions end.  What was logged out may still
 * send what it has. */
static enum err end_others(struct writer *writer, struct pin_change *change, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	enum err code = db->token_scan(writer->db, other_each, change, err);

	for (size_t i = 0; code == ERR_OK && i < change->others.n; i++)
		code = db->token_drop(writer->db, change->others.items[i], err);
	return code;
}

static enum err pin_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct pin_change *change = job->data;
	const struct audit_line line = { .what = AUDIT_PIN_OWN, .by = change->by,
					 .about = change->login.name };
	struct db_account account;
	enum err code = db->account_get(writer->db, change->login.name, &job->arena, &account, err);

	if (code != ERR_OK)
		return code;
	if (!account.active || !str_eq(account.pin, change->login.pin_was))
		return error_set(err, ERR_DENIED, "%s", _("the present PIN is wrong"));
	account.pin = change->login.pin_hash;
	account.pin_at = env_now(&writer->service->env);
	code = db->account_put(writer->db, &account, err);
	if (code == ERR_OK)
		code = end_others(writer, change, err);
	return code != ERR_OK ? code : audit_note(writer, &line, err);
}

static enum err pin_finish(struct call *call, struct job *job, struct error *err)
{
	struct pin_change *change = job->data;
	struct plain_answer answer = { .head = call_head(call) };

	(void)err;
	login_ended(call, job);
	for (size_t i = 0; job->code == ERR_OK && i < change->others.n; i++) {
		uint64_t session = memo_key(change->others.items[i], SHA256_LEN);

		parks_end(call->service, &session, 1);
	}
	free(change->others.items);
	if (job->code == ERR_OK)
		plain_answer_encode(&answer, &call->reply->body);
	return job->code;
}

enum err pin_post(struct call *call, struct error *err)
{
	struct pin_ask ask;
	struct pin_change *change;
	struct job *job;
	enum err code = pin_ask_decode(call->request->body, call->request->body_len, &call->arena,
				       &ask, err);

	if (code == ERR_OK)
		code = login_check_pin(ask.new, err);
	if (code == ERR_OK && strcmp(ask.old, ask.new) == 0)
		code = error_set(err, ERR_INPUT, "%s", _("the new PIN is the old one"));
	if (code == ERR_OK)
		code = login_check_backoff(call, call->session.officer, err);
	if (code != ERR_OK)
		return code;
	job = job_new(sizeof *change);
	change = job->data;
	change->login.name = arena_strdup(&job->arena, call->session.officer);
	change->login.pin = arena_strdup(&job->arena, ask.old);
	change->fresh = arena_strdup(&job->arena, ask.new);
	change->by = audit_by(call, &job->arena);
	memcpy(change->token, call->session.token, SHA256_LEN);
	job->work = pin_work;
	job->write = pin_write;
	job->finish = pin_finish;
	return login_submit(call, job, err);
}
