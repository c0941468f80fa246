/* Accounts, as administrators see and change them. */
#include <config.h>

#include "admit_priv.h"
#include "auth_priv.h"
#include "manage_priv.h"
#include "totp_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- lists ----------------------------------------------------------------------------------- */

static const struct listing_column columns[] = {
	{ "officer", N_("Officer") }, { "org", N_("Organisation") }, { "role", N_("Role") },
	{ "state", N_("State") },     { "pin_set", N_("PIN set") },  { "totp", N_("Second factor") },
	{ "used", N_("Used") },
};
enum { USED = 6, N_COLUMNS = ARRAY_LEN(columns) };

struct officers {
	struct listing listing;
	const struct rules *rules;
	bool titled;
};

/* Of an account: a word for programs. */
static const char *state_word(const struct db_account *row, bool titled)
{
	if (!row->active)
		return titled ? _("disabled") : "disabled";
	if (row->pin == NULL)
		return titled ? _("no PIN") : "no PIN";
	return titled ? _("in use") : "active";
}

static bool officer_row(void *ctx, const struct db_account *row)
{
	struct officers *officers = ctx;
	const char *cells[N_COLUMNS] = {
		row->officer,
		manage_org(officers->rules, row->org, officers->titled),
		manage_role(officers->rules, row->role, officers->titled),
		state_word(row, officers->titled),
		manage_time(officers->rules, row->pin_at, &officers->listing.arena),
		row->totp == NULL ? NULL : officers->titled ? _("yes") : "yes",
		NULL,
	};

	listing_add(&officers->listing, cells);
	return true;
}

static bool use_row(void *ctx, const char *officer, int64_t at)
{
	struct officers *officers = ctx;
	struct listing *listing = &officers->listing;

	for (size_t i = 0; i < listing->n; i += N_COLUMNS)
		if (strcmp(listing->cells[i], officer) == 0)
			listing->cells[i + USED] = manage_time(officers->rules, at, &listing->arena);
	return true;
}

enum err admin_officers_get(struct call *call, struct error *err)
{
	const struct db_ops *db = call->service->db;
	struct officers officers = { .rules = call->rules, .titled = manage_titled(call) };
	enum err code = call_reader(call, err);

	listing_init(&officers.listing, columns, N_COLUMNS);
	if (code == ERR_OK)
		code = db->account_scan(call->reader, officer_row, &officers, err);
	if (code == ERR_OK)
		code = db->use_scan(call->reader, use_row, &officers, err);
	if (code == ERR_OK)
		code = manage_reply(call, &officers.listing, err);
	listing_release(&officers.listing);
	return code;
}

enum err admin_accounts_get(struct call *call, struct error *err)
{
	enum err code = call_reader(call, err);

	call_text(call, "");
	if (code == ERR_OK)
		code = accounts_review(call->service->db, call->reader, call->rules, call->now,
				       &call->reply->body, err);
	return code;
}

/* --- changes --------------------------------------------------------------------------------- */

struct officer_change {
	const struct op *op;
	struct manager manager;
	const char *name, *org, *role, *post, *phone, *pin, *reason;
	char pin_hash[PIN_HASH];
	uint8_t secret[TOTP_SECRET];
	struct ending ending;
};

typedef enum err (*change_fn)(struct writer *writer, struct officer_change *change,
			      struct db_account *account, struct error *err);

static const struct rules *rules_of(const struct writer *writer)
{
	return &writer->book->profile->rules;
}

static enum err officer_move(struct writer *writer, struct officer_change *change,
			     struct db_account *account, struct error *err)
{
	enum err code;

	if (change->org == NULL && change->role == NULL)
		return error_set(err, ERR_INPUT, "%s", _("move: an organisation or a role is wanted"));
	if (change->role != NULL) {
		code = manage_may(&change->manager, rules_of(writer), change->name, change->role, err);
		if (code != ERR_OK)
			return code;
		account->role = change->role;
	}
	if (change->org != NULL)
		account->org = change->org;
	code = officer_repost(writer, account, change->reason, env_now(&writer->service->env), err);
	/* sessions stay: the next thing they ask is answered for the new place */
	return code != ERR_OK ? code : ending_of(writer, change->name, &change->ending, err);
}

static enum err end_sessions(struct writer *writer, struct officer_change *change, struct error *err)
{
	enum err code = ending_of(writer, change->name, &change->ending, err);

	if (code != ERR_OK)
		return code;
	return writer->service->db->token_drop_of(writer->db, change->name, err);
}

static enum err officer_disable(struct writer *writer, struct officer_change *change,
				struct db_account *account, struct error *err)
{
	account->active = false;
	return end_sessions(writer, change, err);
}

static enum err officer_enable(struct writer *writer, struct officer_change *change,
			       struct db_account *account, struct error *err)
{
	(void)writer;
	(void)change;
	(void)err;
	account->active = true;
	return ERR_OK;
}

static enum err officer_passwd(struct writer *writer, struct officer_change *change,
			       struct db_account *account, struct error *err)
{
	account->pin = change->pin_hash;
	account->pin_at = env_now(&writer->service->env);
	return end_sessions(writer, change, err);
}

static enum err officer_totp(struct writer *writer, struct officer_change *change,
			     struct db_account *account, struct error *err)
{
	(void)err;
	totp_secret(&writer->service->env, change->secret);
	account->totp = change->secret;
	account->totp_len = TOTP_SECRET;
	account->totp_step = 0;
	return ERR_OK;
}

static enum err officer_totp_off(struct writer *writer, struct officer_change *change,
				 struct db_account *account, struct error *err)
{
	(void)writer;
	(void)change;
	(void)err;
	account->totp = NULL;
	account->totp_len = 0;
	account->totp_step = 0;
	return ERR_OK;
}

static const struct op {
	const char *name;
	change_fn change; /* NULL: a new account */
	enum audit what;
	bool pin; /* one is wanted */
} ops[] = {
	{ "add", NULL, AUDIT_ACCOUNT_ADD, false },
	{ "disable", officer_disable, AUDIT_ACCOUNT_CLOSE, false },
	{ "enable", officer_enable, AUDIT_ACCOUNT_OPEN, false },
	{ "passwd", officer_passwd, AUDIT_PIN, true },
	{ "move", officer_move, AUDIT_ACCOUNT_MOVE, false },
	{ "totp", officer_totp, AUDIT_TOTP, false },
	{ "totp-off", officer_totp_off, AUDIT_TOTP_OFF, false },
};

/* --- on the writer ----------------------------------------------------------------------------- */

static enum err add_account(struct writer *writer, struct job *job, struct error *err)
{
	struct officer_change *change = job->data;
	int64_t now = env_now(&writer->service->env);
	struct db_account account = { .officer = change->name,
				      .org = change->org,
				      .role = change->role,
				      .pin = change->pin != NULL ? change->pin_hash : NULL,
				      .pin_at = change->pin != NULL ? now : 0,
				      .person = person_id(change->name),
				      .active = true };
	struct db_account there;
	enum err code = manage_may(&change->manager, rules_of(writer), change->name, change->role, err);

	if (code != ERR_OK)
		return code;
	if (writer->service->db->account_get(writer->db, change->name, &job->arena, &there, NULL) !=
	    ERR_NOT_FOUND)
		return error_set(err, ERR_EXISTS, _("%s has an account already"), change->name);
	return officer_enlist(writer, &account, change->post, change->phone, now, err);
}

static enum err change_account(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct officer_change *change = job->data;
	struct db_account account;
	enum err code = db->account_get(writer->db, change->name, &job->arena, &account, err);

	if (code == ERR_OK)
		code = manage_may(&change->manager, rules_of(writer), change->name, account.role, err);
	if (code == ERR_OK)
		code = change->op->change(writer, change, &account, err);
	return code != ERR_OK ? code : db->account_put(writer->db, &account, err);
}

static enum err officer_write(struct writer *writer, struct job *job, struct error *err)
{
	struct officer_change *change = job->data;
	struct str words = STR_INIT;
	struct audit_line line = { .what = change->op->what, .by = change->manager.by,
				   .about = change->name };
	enum err code = change->op->change == NULL ? add_account(writer, job, err)
						   : change_account(writer, job, err);

	if (change->org != NULL || change->role != NULL)
		str_addf(&words, "%s %s", change->org != NULL ? change->org : "-",
			 change->role != NULL ? change->role : "-");
	if (change->reason != NULL)
		str_addf(&words, "%s%s", words.len > 0 ? ": " : "", change->reason);
	line.words = str_get(&words);
	if (code == ERR_OK)
		code = audit_note(writer, &line, err);
	str_release(&words);
	return code;
}

static enum err officer_work(struct service *service, struct job *job, struct error *err)
{
	struct officer_change *change = job->data;

	(void)service;
	return pin_hash(change->pin, change->pin_hash, err);
}

static enum err officer_finish(struct call *call, struct job *job, struct error *err)
{
	struct officer_change *change = job->data;

	(void)err;
	if (job->code != ERR_OK)
		change->ending.n = 0;
	ending_done(call, &change->ending);
	if (job->code == ERR_OK) {
		call_text(call, change->op->what == AUDIT_TOTP ? "" : "ok");
		if (change->op->what == AUDIT_TOTP)
			totp_uri(&call->reply->body, call->rules->brief, change->name,
				 change->secret);
		str_add_char(&call->reply->body, '\n');
	}
	crypto_wipe(change->pin_hash, sizeof change->pin_hash);
	crypto_wipe(change->secret, sizeof change->secret);
	return job->code;
}

/* --- the request ------------------------------------------------------------------------------- */

static enum err officer_check(struct call *call, const char *op, struct officer_change *change,
			      struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; i < ARRAY_LEN(ops); i++)
		if (str_eq(op, ops[i].name))
			change->op = &ops[i];
	if (change->op == NULL || change->name == NULL)
		return error_set(err, ERR_INPUT, "%s",
				 _("add, move, disable, enable, passwd, totp or totp-off, and a "
				   "name, are wanted"));
	if (change->op->pin || change->pin != NULL)
		code = login_check_pin(change->pin, err);
	if (code == ERR_OK && change->op->change == NULL) {
		code = login_check_name(change->name, err);
		if (change->org == NULL)
			change->org = call->rules->centre;
		if (change->role == NULL)
			change->role = "duty";
	}
	if (code != ERR_OK)
		return code;
	return manage_resolve(call->rules, call->now, &change->org, &change->role, err);
}

enum err admin_officers_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct officer_change));
	struct officer_change *change = job->data;
	enum err code;

	change->manager = manager_of(call, &job->arena);
	change->name = manage_form(call, &job->arena, "name");
	change->org = manage_form(call, &job->arena, "org");
	change->role = manage_form(call, &job->arena, "role");
	change->post = manage_form(call, &job->arena, "post");
	change->phone = manage_form(call, &job->arena, "phone");
	change->pin = manage_form(call, &job->arena, "pin");
	change->reason = manage_form(call, &job->arena, "reason");
	code = officer_check(call, manage_form(call, &job->arena, "op"), change, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	change->org = arena_strdup(&job->arena, change->org);
	change->role = arena_strdup(&job->arena, change->role);
	job->work = change->pin != NULL ? officer_work : NULL;
	job->write = officer_write;
	job->finish = officer_finish;
	return call_submit(call, job, err);
}
