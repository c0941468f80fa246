/* What the administrator's commands ask of the service.  The bodies are lines "name=value", the
 * replies plain text; only DIR/admin.sock and the commands themselves reach this. */
#include <config.h>

#include "admit_priv.h"
#include "auth_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/carry.h"
#include "zhiban/wire/enroll.h"

/* --- forms ----------------------------------------------------------------------------------- */

/* The value of a line of the body, in the arena; NULL when it is not there or empty. */
static const char *form(const struct call *call, struct arena *arena, const char *name)
{
	const char *s = call->request->body, *end = s + call->request->body_len;
	size_t len = strlen(name);

	while (s < end) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));
		const char *stop = newline != NULL ? newline : end;

		if ((size_t)(stop - s) > len + 1 && memcmp(s, name, len) == 0 && s[len] == '=')
			return arena_strndup(arena, s + len + 1, (size_t)(stop - s) - len - 1);
		s = stop + 1;
	}
	return NULL;
}

static void list_codes(const struct choices *choices, struct str *out)
{
	for (size_t i = 0; i < choices->n; i++)
		str_addf(out, "%s%s", i > 0 ? ", " : "", choices->items[i].code);
}

/* Codes of an organisation and a role from the words given. */
static enum err resolve(const struct rules *rules, int64_t now, const char **org,
			const char **role, struct error *err)
{
	const struct org *known = rules_org_named(rules, *org);
	const struct choice *choice = choices_named(&rules->roles, *role);
	struct str allowed = STR_INIT;

	if (known == NULL)
		return error_set(err, ERR_INPUT, _("%s is no organisation of this jurisdiction"),
				 *org);
	if (!org_stands(rules, known->code, now))
		return error_set(err, ERR_INPUT, _("%s has ended"), known->name);
	if (choice == NULL) {
		list_codes(&rules->roles, &allowed);
		(void)error_set(err, ERR_INPUT, _("%s is no role; allowed are %s"), *role,
				str_get(&allowed));
		str_release(&allowed);
		return ERR_INPUT;
	}
	*org = known->code;
	*role = choice->code;
	return ERR_OK;
}

/* --- where it stands ------------------------------------------------------------------------- */

enum err admin_stand_get(struct call *call, struct error *err)
{
	uint8_t hash[SHA256_LEN];
	int64_t seq;
	enum err code = call_reader(call, err);

	if (code == ERR_OK)
		code = call->service->db->head(call->reader, &seq, hash, err);
	if (code != ERR_OK)
		return code;
	call_text(call, "");
	str_addf(&call->reply->body, "epoch=%s\nseq=%lld\nprofile=%s\ncalendar=%s\nnow=%lld\n",
		 call->service->epoch, (long long)seq, call->rules->hash,
		 call->rules->calendar_hash, (long long)call->now);
	return ERR_OK;
}

/* --- codes ----------------------------------------------------------------------------------- */

struct code_job {
	struct enroll_code code;
	const char *officer, *org, *role;
};

static enum err code_write(struct writer *writer, struct job *job, struct error *err)
{
	struct service *service = writer->service;
	struct code_job *data = job->data;
	struct db_code row = { .officer = data->officer, .org = data->org, .role = data->role };
	struct db_account account;

	if (data->officer != NULL &&
	    service->db->account_get(writer->db, data->officer, &job->arena, &account, NULL) ==
		    ERR_OK) {
		row.org = account.org;
		row.role = account.role;
	}
	enroll_code_make(&service->env, service->has_key ? service->key_hash : NULL, &data->code);
	token_hash(data->code.secret, row.hash);
	row.expires = env_now(&service->env) + CODE_HOURS * INT64_C(3600000);
	return service->db->code_put(writer->db, &row, err);
}

static enum err code_finish(struct call *call, struct job *job, struct error *err)
{
	const struct code_job *data = job->data;
	char text[ENROLL_TEXT];

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	enroll_code_text(&data->code, text);
	call_text(call, text);
	str_add_char(&call->reply->body, '\n');
	return ERR_OK;
}

enum err admin_code_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct code_job));
	struct code_job *data = job->data;
	enum err code;

	data->officer = form(call, &job->arena, "officer");
	data->org = form(call, &job->arena, "org");
	data->role = form(call, &job->arena, "role");
	if (data->org == NULL)
		data->org = call->rules->centre;
	if (data->role == NULL)
		data->role = "duty";
	code = resolve(call->rules, call->now, &data->org, &data->role, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->org = arena_strdup(&job->arena, data->org);
	data->role = arena_strdup(&job->arena, data->role);
	job->write = code_write;
	job->finish = code_finish;
	return call_submit(call, job, err);
}

/* --- officers -------------------------------------------------------------------------------- */

static bool officer_line(void *ctx, const struct db_account *row)
{
	str_addf(ctx, "%s\t%s\t%s\t%s\n", row->officer, row->org, row->role,
		 !row->active ? "disabled" : row->pin == NULL ? "no PIN" : "active");
	return true;
}

enum err admin_officers_get(struct call *call, struct error *err)
{
	enum err code = call_reader(call, err);

	call_text(call, "");
	if (code == ERR_OK)
		code = call->service->db->account_scan(call->reader, officer_line,
						       &call->reply->body, err);
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

struct officer_job {
	const char *op, *name, *org, *role, *post, *phone, *pin;
	char pin_hash[PIN_HASH];
};

static enum err officer_work(struct service *service, struct job *job, struct error *err)
{
	struct officer_job *data = job->data;

	(void)service;
	return pin_hash(data->pin, data->pin_hash, err);
}

static enum err officer_add(struct writer *writer, struct job *job, struct error *err)
{
	const struct officer_job *data = job->data;
	struct db_account account = { .officer = data->name,
				      .org = data->org,
				      .role = data->role,
				      .pin = data->pin != NULL ? data->pin_hash : NULL,
				      .person = person_id(data->name),
				      .active = true };
	struct db_account there;

	if (writer->service->db->account_get(writer->db, data->name, &job->arena, &there, NULL) !=
	    ERR_NOT_FOUND)
		return error_set(err, ERR_EXISTS, _("%s has an account already"), data->name);
	return officer_enlist(writer, &account, data->post, data->phone,
			      env_now(&writer->service->env), err);
}

static enum err officer_change(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const struct officer_job *data = job->data;
	struct db_account account;
	enum err code = db->account_get(writer->db, data->name, &job->arena, &account, err);

	if (code != ERR_OK)
		return code;
	if (strcmp(data->op, "passwd") == 0)
		account.pin = data->pin_hash;
	else
		account.active = strcmp(data->op, "enable") == 0;
	code = db->account_put(writer->db, &account, err);
	return code != ERR_OK ? code : db->token_drop_of(writer->db, data->name, err);
}

static enum err officer_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct officer_job *data = job->data;

	return strcmp(data->op, "add") == 0 ? officer_add(writer, job, err)
					     : officer_change(writer, job, err);
}

static enum err officer_finish(struct call *call, struct job *job, struct error *err)
{
	struct officer_job *data = job->data;

	(void)err;
	crypto_wipe(data->pin_hash, sizeof data->pin_hash);
	if (job->code == ERR_OK)
		call_text(call, "ok\n");
	return job->code;
}

static enum err officer_check(struct call *call, struct officer_job *data, struct error *err)
{
	static const char *const ops[] = { "add", "disable", "enable", "passwd" };
	bool known = false;

	for (size_t i = 0; i < ARRAY_LEN(ops); i++)
		known = known || str_eq(data->op, ops[i]);
	if (!known || data->name == NULL)
		return error_set(err, ERR_INPUT, "%s",
				 _("add, disable, enable or passwd, and a name, are wanted"));
	if (strcmp(data->op, "passwd") == 0 || data->pin != NULL) {
		enum err code = login_check_pin(data->pin, err);

		if (code != ERR_OK)
			return code;
	}
	if (strcmp(data->op, "add") != 0)
		return ERR_OK;
	if (data->org == NULL)
		data->org = call->rules->centre;
	if (data->role == NULL)
		data->role = "duty";
	return resolve(call->rules, call->now, &data->org, &data->role, err);
}

enum err admin_officers_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct officer_job));
	struct officer_job *data = job->data;
	enum err code;

	data->op = form(call, &job->arena, "op");
	data->name = form(call, &job->arena, "name");
	data->org = form(call, &job->arena, "org");
	data->role = form(call, &job->arena, "role");
	data->post = form(call, &job->arena, "post");
	data->phone = form(call, &job->arena, "phone");
	data->pin = form(call, &job->arena, "pin");
	code = officer_check(call, data, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->org = arena_strdup(&job->arena, data->org);
	data->role = arena_strdup(&job->arena, data->role);
	job->work = data->pin != NULL ? officer_work : NULL;
	job->write = officer_write;
	job->finish = officer_finish;
	return call_submit(call, job, err);
}
