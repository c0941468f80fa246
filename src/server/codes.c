/* One-time enrolment codes: made, listed, revoked. */
#include <config.h>

#include "auth_priv.h"
#include "manage_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/enroll.h"

enum { CODE_HOURS_MOST = 24 * 14, ID_DIGITS = 8, ID_TEXT = ID_DIGITS + 1 };

/* What a code is called once it was given out: the beginning of its hash. */
static void code_id(const uint8_t hash[SHA256_LEN], char id[ID_TEXT])
{
	crypto_hex(hash, ID_DIGITS / 2, id);
}

/* --- making ---------------------------------------------------------------------------------- */

struct making {
	struct manager manager;
	struct enroll_code code;
	const char *officer, *org, *role;
	int64_t hours, expires;
};

static enum err code_write(struct writer *writer, struct job *job, struct error *err)
{
	struct service *service = writer->service;
	const struct rules *rules = &writer->book->profile->rules;
	struct making *making = job->data;
	int64_t now = env_now(&service->env);
	struct db_code row = { .officer = making->officer, .org = making->org,
			       .role = making->role, .made = now,
			       .maker = making->manager.by.who };
	struct db_account account;
	char id[ID_TEXT];
	struct audit_line line = { .what = AUDIT_CODE, .by = making->manager.by, .words = id };
	enum err code;

	if (making->officer != NULL &&
	    service->db->account_get(writer->db, making->officer, &job->arena, &account, NULL) ==
		    ERR_OK) {
		row.org = account.org;
		row.role = account.role;
	}
	code = manage_may(&making->manager, rules, making->officer, row.role, err);
	if (code != ERR_OK)
		return code;
	enroll_code_make(&service->env, service->has_key ? service->key_hash : NULL, &making->code);
	token_hash(making->code.secret, row.hash);
	row.expires = making->expires = now + making->hours * HOUR_MS;
	code_id(row.hash, id);
	line.about = row.officer != NULL ? row.officer
					 : arena_printf(&job->arena, "%s %s", row.org, row.role);
	code = service->db->code_put(writer->db, &row, err);
	return code != ERR_OK ? code : audit_note(writer, &line, err);
}

static enum err code_finish(struct call *call, struct job *job, struct error *err)
{
	const struct making *making = job->data;
	char text[ENROLL_TEXT];

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	enroll_code_text(&making->code, text);
	call_text(call, text);
	str_add_char(&call->reply->body, '\n');
	return ERR_OK;
}

static enum err read_hours(struct call *call, struct arena *arena, int64_t *ret_hours,
			   struct error *err)
{
	const char *words = manage_form(call, arena, "hours");
	long long hours = CODE_HOURS;

	if (words != NULL && !str_int(words, 1, CODE_HOURS_MOST, &hours))
		return error_set(err, ERR_INPUT, _("hours: a whole number from 1 to %d is wanted"),
				 CODE_HOURS_MOST);
	*ret_hours = hours;
	return ERR_OK;
}

enum err admin_code_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct making));
	struct making *making = job->data;
	enum err code = read_hours(call, &job->arena, &making->hours, err);

	making->manager = manager_of(call, &job->arena);
	making->officer = manage_form(call, &job->arena, "officer");
	making->org = manage_form(call, &job->arena, "org");
	making->role = manage_form(call, &job->arena, "role");
	if (making->org == NULL)
		making->org = call->rules->centre;
	if (making->role == NULL)
		making->role = "duty";
	if (code == ERR_OK)
		code = login_check_name(making->officer, err);
	if (code == ERR_OK)
		code = manage_resolve(call->rules, call->now, &making->org, &making->role, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	making->org = arena_strdup(&job->arena, making->org);
	making->role = arena_strdup(&job->arena, making->role);
	job->write = code_write;
	job->finish = code_finish;
	return call_submit(call, job, err);
}

/* --- listing --------------------------------------------------------------------------------- */

static const struct listing_column columns[] = {
	{ "id", N_("Id") },	    { "officer", N_("Officer") }, { "org", N_("Organisation") },
	{ "role", N_("Role") },	    { "made", N_("Made") },	  { "maker", N_("By") },
	{ "expires", N_("Expires") },
};

struct codes {
	struct listing listing;
	const struct rules *rules;
	int64_t now;
	bool titled;
};

static bool code_row(void *ctx, const struct db_code *row)
{
	struct codes *codes = ctx;
	struct arena *arena = &codes->listing.arena;
	char id[ID_TEXT];
	const char *cells[ARRAY_LEN(columns)] = {
		id,
		row->officer,
		manage_org(codes->rules, row->org, codes->titled),
		manage_role(codes->rules, row->role, codes->titled),
		manage_time(codes->rules, row->made, arena),
		row->maker,
		manage_time(codes->rules, row->expires, arena),
	};

	code_id(row->hash, id);
	if (row->expires >= codes->now)
		listing_add(&codes->listing, cells);
	return true;
}

enum err admin_codes_get(struct call *call, struct error *err)
{
	struct codes codes = { .rules = call->rules, .now = call->now,
			       .titled = manage_titled(call) };
	enum err code = call_reader(call, err);

	listing_init(&codes.listing, columns, ARRAY_LEN(columns));
	if (code == ERR_OK)
		code = call->service->db->code_scan(call->reader, code_row, &codes, err);
	if (code == ERR_OK)
		code = manage_reply(call, &codes.listing, err);
	listing_release(&codes.listing);
	return code;
}

/* --- revoking -------------------------------------------------------------------------------- */

struct revoking {
	struct manager manager;
	const char *id; /* of one; NULL: see officer */
	const char *officer; /* all made for him; NULL with id NULL: all there are */
	struct arena *arena;
	struct found {
		uint8_t hash[SHA256_LEN];
		const char *officer, *role;
		int64_t expires;
	} *items;
	size_t n, cap;
	int64_t now, gone;
};

static bool find_each(void *ctx, const struct db_code *row)
{
	struct revoking *revoking = ctx;
	char id[ID_TEXT];

	code_id(row->hash, id);
	if ((revoking->id != NULL && strcmp(revoking->id, id) != 0) ||
	    (revoking->officer != NULL && !str_eq(revoking->officer, row->officer)))
		return true;
	MEM_GROW(revoking->items, revoking->n, revoking->cap);
	revoking->items[revoking->n] = (struct found){
		.officer = arena_strdup(revoking->arena, row->officer),
		.role = arena_strdup(revoking->arena, row->role),
		.expires = row->expires,
	};
	memcpy(revoking->items[revoking->n++].hash, row->hash, SHA256_LEN);
	return true;
}

static enum err revoke_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct revoking *revoking = job->data;
	const struct rules *rules = &writer->book->profile->rules;
	const struct audit_line line = {
		.what = AUDIT_CODE_REVOKE,
		.by = revoking->manager.by,
		.about = revoking->id != NULL ? revoking->id : revoking->officer,
	};
	enum err code;

	revoking->arena = &job->arena;
	revoking->now = env_now(&writer->service->env);
	code = db->code_scan(writer->db, find_each, revoking, err);
	if (code == ERR_OK && revoking->n == 0 && revoking->id != NULL)
		code = error_set(err, ERR_NOT_FOUND, _("there is no code %s"), revoking->id);
	for (size_t i = 0; code == ERR_OK && i < revoking->n; i++) {
		code = manage_may(&revoking->manager, rules, revoking->items[i].officer,
				  revoking->items[i].role, err);
		if (code == ERR_OK) {
			code = db->code_drop(writer->db, revoking->items[i].hash, err);
			revoking->gone += revoking->items[i].expires >= revoking->now;
		} else if (revoking->id == NULL) {
			code = ERR_OK; /* of many those that he may */
		}
	}
	free(revoking->items);
	revoking->items = NULL;
	return code != ERR_OK ? code : audit_note(writer, &line, err);
}

static enum err revoke_finish(struct call *call, struct job *job, struct error *err)
{
	const struct revoking *revoking = job->data;

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	call_text(call, "");
	str_addf(&call->reply->body, "%lld\n", (long long)revoking->gone);
	return ERR_OK;
}

enum err admin_codes_delete(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct revoking));
	struct revoking *revoking = job->data;
	const char *all = call_arg(call, "all");

	revoking->manager = manager_of(call, &job->arena);
	revoking->id = arena_strdup(&job->arena, call_arg(call, "id"));
	revoking->officer = arena_strdup(&job->arena, call_arg(call, "officer"));
	if (revoking->id == NULL && revoking->officer == NULL && all == NULL) {
		job_free(job);
		return error_set(err, ERR_INPUT, "%s", _("an id, an officer, or all is wanted"));
	}
	job->write = revoke_write;
	job->finish = revoke_finish;
	return call_submit(call, job, err);
}
