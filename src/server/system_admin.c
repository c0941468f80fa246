/* What `zhiband system` asks: what is asked stands in the query, replies are plain text. */
#include <config.h>

#include "audit_priv.h"
#include "auth_priv.h"
#include "system_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/candidate.h"

enum { RATE_USUAL = 60, RATE_MOST = 60000, NAME_CHARS = 40 };

static const struct {
	const char *name;
	unsigned kind;
} kinds[] = {
	{ "intake", SYSTEM_INTAKE },
	{ "open311", SYSTEM_OPEN311 },
	{ "cap", SYSTEM_CAP },
	{ "history", SYSTEM_HISTORY },
};

/* --- list ------------------------------------------------------------------------------------ */

struct listing {
	struct str *out;
	int offset_min;
};

static void add_kinds(struct str *out, int64_t bits)
{
	const char *between = "";

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if ((bits & kinds[i].kind) == 0)
			continue;
		str_addf(out, "%s%s", between, kinds[i].name);
		between = ",";
	}
}

static bool system_line(void *ctx, const struct db_system *row)
{
	const struct listing *list = ctx;
	char made[CIVIL_TEXT], used[CIVIL_TEXT] = "-";

	civil_format(row->made, list->offset_min, "Y-m-d H:M", made, sizeof made);
	if (row->used != 0)
		civil_format(row->used, list->offset_min, "Y-m-d H:M", used, sizeof used);
	str_addf(list->out, "%s\t%s\t%s\t", row->name, row->source, row->org);
	add_kinds(list->out, row->kinds);
	str_addf(list->out, "\t%lld/min\t%s\t%s\t%s\n", (long long)row->rate, made, used,
		 row->active ? "active" : "revoked");
	return true;
}

enum err admin_systems_get(struct call *call, struct error *err)
{
	struct listing list = { &call->reply->body, call->rules->offset_min };
	enum err code = call_reader(call, err);

	call_text(call, "");
	if (code == ERR_OK)
		code = call->service->db->system_scan(call->reader, system_line, &list, err);
	return code;
}

/* --- add and revoke -------------------------------------------------------------------------- */

struct system_job {
	struct audit_by by;
	struct db_system system;
	bool revoke;
	char token[TOKEN_TEXT];
};

static enum err parse_kinds(const char *words, int64_t *ret_kinds, struct error *err)
{
	int64_t bits = 0;

	for (const char *s = words; *s != '\0';) {
		size_t len = strcspn(s, ","), i = 0;

		while (i < ARRAY_LEN(kinds) && (strlen(kinds[i].name) != len ||
						memcmp(kinds[i].name, s, len) != 0))
			i++;
		if (i == ARRAY_LEN(kinds))
			return error_set(err, ERR_INPUT,
					 _("%.40s is none of intake, open311, cap, history"), s);
		bits |= kinds[i].kind;
		s += len + (s[len] == ',');
	}
	if (bits == 0)
		return error_set(err, ERR_INPUT, "%s", _("what may it do? --kinds is empty"));
	*ret_kinds = bits;
	return ERR_OK;
}

static enum err no_such_source(const struct rules *rules, const char *words, struct error *err)
{
	struct str allowed = STR_INIT;

	for (size_t i = 0; i < rules->sources.n; i++)
		str_addf(&allowed, "%s%s", i > 0 ? ", " : "", rules->sources.items[i].code);
	(void)error_set(err, ERR_INPUT, _("%s is no source; allowed are %s"),
			words != NULL ? words : "-", str_get(&allowed));
	str_release(&allowed);
	return ERR_INPUT;
}

/* The new system's row from the words of the query. */
static enum err parse_system(struct call *call, struct db_system *row, struct error *err)
{
	const struct rules *rules = call->rules;
	const char *words = call_arg(call, "source"), *org = call_arg(call, "org");
	const char *may = call_arg(call, "kinds");
	const struct choice *source = choices_named(&rules->sources, words);
	const struct org *known = NULL;
	enum err code = login_check_name(row->name, err);

	if (code == ERR_OK && text_longer(row->name, NAME_CHARS))
		code = error_set(err, ERR_INPUT, _("a name has at most %d characters"), NAME_CHARS);
	if (code == ERR_OK)
		code = candidates_org_exactly(rules, org != NULL ? org : rules->centre, &known, err);
	if (code == ERR_OK)
		code = call_int(call, "rate", RATE_USUAL, 1, RATE_MOST, &row->rate, err);
	if (code == ERR_OK)
		code = parse_kinds(may != NULL ? may : "intake", &row->kinds, err);
	/* warnings come from where no case does */
	if (code == ERR_OK && source == NULL && (words == NULL || row->kinds != SYSTEM_CAP))
		code = no_such_source(rules, words, err);
	if (code != ERR_OK)
		return code;
	row->source = source != NULL ? source->code : words;
	row->org = known->code;
	row->made = call->now;
	row->active = true;
	return ERR_OK;
}

static enum err note(struct writer *writer, struct job *job, enum audit what,
		     const struct db_system *system, struct error *err)
{
	const struct system_job *data = job->data;
	struct str words = STR_INIT;
	struct audit_line line = { .what = what, .by = data->by, .about = system->name };
	enum err code;

	str_addf(&words, "%s %s ", system->source, system->org);
	add_kinds(&words, system->kinds);
	line.words = str_get(&words);
	code = audit_note(writer, &line, err);
	str_release(&words);
	return code;
}

static enum err system_add(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct system_job *data = job->data;
	struct db_system there;
	struct db_account account;
	enum err code = db->system_get(writer->db, data->system.name, &job->arena, &there, NULL);

	if (code == ERR_OK && there.active)
		return error_set(err, ERR_EXISTS,
				 _("%s has a token already; revoke it first for a new one"),
				 data->system.name);
	/* who did it stands in the journal by name */
	if (db->account_get(writer->db, data->system.name, &job->arena, &account, NULL) == ERR_OK)
		return error_set(err, ERR_EXISTS, _("%s has an account already"),
				 data->system.name);
	token_make(&writer->service->env, data->token);
	token_hash(data->token, data->system.hash);
	code = db->system_put(writer->db, &data->system, err);
	return code != ERR_OK ? code : note(writer, job, AUDIT_SYSTEM_ADD, &data->system, err);
}

static enum err system_revoke(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct system_job *data = job->data;
	struct db_system row;
	enum err code = db->system_get(writer->db, data->system.name, &job->arena, &row, err);

	if (code != ERR_OK)
		return code;
	row.active = false;
	code = db->system_put(writer->db, &row, err);
	return code != ERR_OK ? code : note(writer, job, AUDIT_SYSTEM_REVOKE, &row, err);
}

static enum err system_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct system_job *data = job->data;

	return data->revoke ? system_revoke(writer, job, err) : system_add(writer, job, err);
}

static enum err system_finish(struct call *call, struct job *job, struct error *err)
{
	struct system_job *data = job->data;

	(void)err;
	if (job->code == ERR_OK) {
		call_text(call, data->token);
		str_add(&call->reply->body, data->revoke ? "ok\n" : "\n");
	}
	crypto_wipe(data->token, sizeof data->token);
	return job->code;
}

enum err admin_systems_post(struct call *call, struct error *err)
{
	const char *op = call_arg(call, "op"), *name = call_arg(call, "name");
	struct job *job = job_new(sizeof(struct system_job));
	struct system_job *data = job->data;
	enum err code = ERR_OK;

	data->system.name = name;
	data->revoke = str_eq(op, "revoke");
	if (name == NULL || *name == '\0' || (!data->revoke && !str_eq(op, "add")))
		code = error_set(err, ERR_INPUT, "%s", _("add or revoke, and a name, are wanted"));
	if (code == ERR_OK && !data->revoke)
		code = parse_system(call, &data->system, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->system = system_keep(&data->system, &job->arena);
	data->by = audit_by(call, &job->arena);
	job->write = system_write;
	job->finish = system_finish;
	return call_submit(call, job, err);
}
