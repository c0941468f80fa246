/* A console is made known: one-time code, the officer's PIN, the first session. */
#include <config.h>

#include "admit_priv.h"
#include "audit_priv.h"
#include "auth_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/enroll.h"

enum { NAMES_TRIED = 999 };

static enum err check_code(const struct service *service, struct login *login,
			   const struct db_code *code, struct error *err)
{
	if (code->expires >= env_now(&service->env))
		return ERR_OK;
	login->guess = true;
	return error_set(err, ERR_DENIED, "%s",
			 _("the code has expired: ask the administrator for a new one"));
}

static enum err find_code(struct service *service, struct db *db, struct job *job,
			  struct db_code *ret_code, struct error *err)
{
	struct login *login = job->data;
	uint8_t hash[SHA256_LEN];
	enum err code;

	token_hash(login->code_secret, hash);
	code = service->db->code_get(db, hash, &job->arena, ret_code, err);
	if (code == ERR_NOT_FOUND) {
		login->guess = true;
		return ERR_DENIED;
	}
	return code != ERR_OK ? code : check_code(service, login, ret_code, err);
}

/* A name that no account has: the role's label, with a number if need be. */
static enum err free_name(struct service *service, struct db *db, struct job *job,
			  const struct db_code *row, const char **ret_name, struct error *err)
{
	struct db_account account;
	const struct rules *rules;
	struct rulebook *book = service_rules(service, &rules);
	const struct choice *role = choices_find(&rules->roles, row->role);
	const char *label = arena_strdup(&job->arena, role != NULL ? role->label : row->role);
	const char *name = label;
	enum err code = ERR_OK;

	service_rules_done(service, book);
	for (int i = 2; i < NAMES_TRIED; i++) {
		code = service->db->account_get(db, name, &job->arena, &account, NULL);
		if (code == ERR_NOT_FOUND) {
			*ret_name = name;
			return ERR_OK;
		}
		if (code != ERR_OK)
			return error_set(err, code, "%s", _(err_sentence(code)));
		name = arena_printf(&job->arena, "%s%d", label, i);
	}
	return error_set(err, ERR_EXISTS, "%s", _("give the officer's name"));
}

/* Whose account it will be.  A code made for an officer sets that officer's PIN anew; one made for
 * nobody makes a new account, or lets its owner in on a further console by the PIN there is. */
static enum err find_officer(struct service *service, struct db *db, struct job *job,
			     const struct db_code *row, struct db_account *ret_account,
			     struct error *err)
{
	struct login *login = job->data;
	struct db_account account = { .officer = row->officer != NULL ? row->officer : login->name,
				      .org = row->org,
				      .role = row->role,
				      .active = true };
	enum err code = ERR_OK;

	if (account.officer == NULL)
		code = free_name(service, db, job, row, &account.officer, err);
	if (code != ERR_OK)
		return code;
	*ret_account = account;
	code = service->db->account_get(db, account.officer, &job->arena, ret_account, NULL);
	login->fresh = code == ERR_NOT_FOUND;
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return error_set(err, code, "%s", _(err_sentence(code)));
	if (!ret_account->active)
		return error_set(err, ERR_DENIED, _("the account of %s is closed"),
				 account.officer);
	return ERR_OK;
}

static enum err enroll_work(struct service *service, struct job *job, struct error *err)
{
	struct login *login = job->data;
	struct db_code row;
	struct db_account account;
	struct db *db;
	enum err code = reader_take(service, &db, err);

	if (code != ERR_OK)
		return code;
	code = find_code(service, db, job, &row, err);
	if (code == ERR_OK)
		code = find_officer(service, db, job, &row, &account, err);
	reader_give(service, db);
	if (code != ERR_OK)
		return code;
	login->officer = account.officer;
	login->org = account.org;
	login->role = account.role;
	if (!login->fresh && row.officer == NULL && account.pin != NULL &&
	    !pin_matches(login->pin, account.pin)) {
		login->guess = true;
		return error_set(err, ERR_EXISTS,
				 _("%s has an account already, with another PIN"), account.officer);
	}
	return pin_hash(login->pin, login->pin_hash, err);
}

static enum err write_account(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct login *login = job->data;
	struct db_account account = { .officer = NULL };
	enum err code = db->account_get(writer->db, login->officer, &job->arena, &account, NULL);

	if ((code == ERR_NOT_FOUND) != login->fresh)
		return error_set(err, ERR_BUSY, "%s",
				 _("the account was made this very moment: try again"));
	account.pin = login->pin_hash;
	account.pin_at = env_now(&writer->service->env);
	if (!login->fresh)
		return db->account_put(writer->db, &account, err);
	account.officer = login->officer;
	account.org = login->org;
	account.role = login->role;
	account.person = person_id(login->officer);
	account.active = true;
	return officer_enlist(writer, &account, NULL, NULL, env_now(&writer->service->env), err);
}

enum err note_enrolment(struct writer *writer, const struct login *login, struct error *err)
{
	char console[UUID_TEXT];
	struct audit_line line = { .what = AUDIT_ENROLL,
				   .by = { login->officer, login->role, login->address },
				   .about = console,
				   .words = login->console_name };

	uuid_text(&login->console, console);
	return audit_note(writer, &line, err);
}

static enum err enroll_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct login *login = job->data;
	struct db_console console = { .id = uuid_v7(&writer->service->env),
				      .name = login->console_name,
				      .made = env_now(&writer->service->env) };
	struct db_code row;
	enum err code = find_code(writer->service, writer->db, job, &row, err);

	console.seen = console.made;
	login->console = console.id;
	if (code == ERR_OK)
		code = write_account(writer, job, err);
	if (code == ERR_OK)
		code = db->console_put(writer->db, &console, err);
	if (code == ERR_OK)
		code = db->code_drop(writer->db, row.hash, err);
	if (code == ERR_OK)
		code = login_write_token(writer, login, &job->arena, err);
	return code != ERR_OK ? code : note_enrolment(writer, login, err);
}

enum err login_check_name(const char *name, struct error *err)
{
	struct str clean = STR_INIT;
	bool same;

	if (name == NULL)
		return ERR_OK;
	text_clean(&clean, name, strlen(name), false);
	same = strcmp(str_get(&clean), name) == 0;
	str_release(&clean);
	if (same && name[0] != '\0' && text_chars(name) <= 60)
		return ERR_OK;
	return error_set(err, ERR_INPUT, "%s", _("a name has 1 to 60 plain characters"));
}

enum err enroll_post(struct call *call, struct error *err)
{
	struct enroll_ask ask;
	struct enroll_code text;
	struct job *job;
	struct login *login;
	enum err code = enroll_ask_decode(call->request->body, call->request->body_len, &call->arena,
					  &ask, err);

	if (code == ERR_OK)
		code = enroll_code_parse(ask.code != NULL ? ask.code : "", &text, err);
	if (code == ERR_OK)
		code = login_check_pin(ask.pin, err);
	if (code == ERR_OK)
		code = login_check_name(ask.name, err);
	if (code == ERR_OK)
		code = login_check_name(ask.console_name, err);
	if (code == ERR_OK)
		code = login_check_backoff(call, NULL, err);
	if (code != ERR_OK)
		return code;
	job = job_new(sizeof *login);
	login = job->data;
	login->code_secret = arena_strdup(&job->arena, text.secret);
	login->name = arena_strdup(&job->arena, ask.name);
	login->pin = arena_strdup(&job->arena, ask.pin);
	login->console_name = arena_strdup(&job->arena, ask.console_name);
	job->work = enroll_work;
	job->write = enroll_write;
	job->finish = login_finish;
	return login_submit(call, job, err);
}
