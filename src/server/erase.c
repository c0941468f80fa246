/* zhiband erase: what is known of a caller goes, from the data and from their files.  Entries that
 * programs before this one wrote hold values as they are; of these the state alone is emptied, and
 * the answer says so. */
#include <config.h>

#include "erase_priv.h"

#include "admit_priv.h"
#include "audit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/domain/incident.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

enum err erase_admit(struct writer *writer, const struct uuid *id, const struct uuid *incident,
		     const char *reason, struct arena *arena, struct error *err)
{
	const struct rules *rules = &writer->book->profile->rules;
	int64_t now = env_now(&writer->service->env);
	struct act act = { .id = *id,
			   .desc = act_desc_find("erase"),
			   .target = { .kind = KIND_INCIDENT, .id = *incident },
			   .actor = system_actor(rules),
			   .at = now };
	struct admission admission = { .act = &act, .recv = now, .eff = now };
	enum err code;

	act_give(&act, act_arg_field(act.desc, "reason"),
		 (struct value){ .is_text = true, .text = reason }, arena);
	code = act_check(&act, err);
	if (code == ERR_OK)
		code = admit(writer, &admission, arena, err);
	if (code == ERR_OK && admission.code != ERR_OK)
		code = error_set(err, admission.code, "%s", admission.err.text);
	return code;
}

void erase_committed(struct writer *writer)
{
	const struct db_ops *db = writer->service->db;

	if (!writer->erased)
		return;
	if (db->scrub == NULL || db->scrub(writer->db, NULL) == ERR_OK)
		writer->erased = false;
}

/* --- by hand --------------------------------------------------------------------------------- */

struct erase_job {
	struct uuid incident;
	const char *number, *reason;
	struct audit_by by;
	int64_t values;	 /* rows that went */
	int64_t plain;	 /* values that stand in entries of programs before */
};

static bool count_each(void *ctx, const struct db_personal *row)
{
	(void)row;
	++*(int64_t *)ctx;
	return true;
}

struct looking { /* for values in entries */
	struct arena *arena;
	int64_t plain;
};

static bool is_plain(const struct field *field, struct value value)
{
	int64_t id;

	return field->sensitivity == SENS_PERSONAL && value.is_text && value_is_set(value) &&
	       !ref_parse(value.text, &id);
}

static bool entry_each(void *ctx, const struct db_entry *row)
{
	struct looking *looking = ctx;
	struct entry entry;

	if (entry_decode(row->bytes, row->len, looking->arena, &entry, NULL) != ERR_OK)
		return true;
	for (size_t i = 0; i < entry.act.n_given; i++)
		looking->plain += is_plain(entry.act.given[i].field, entry.act.given[i].value);
	for (size_t i = 0; i < entry.n_effects; i++)
		for (size_t k = 0; k < entry.effects[i].n_changes; k++)
			looking->plain += is_plain(entry.effects[i].changes[k].field,
						   entry.effects[i].changes[k].value);
	return true;
}

struct finding { /* an incident by its number */
	const char *number;
	struct uuid id;
	bool found;
};

static bool find_each(void *ctx, const struct db_entity *row)
{
	struct finding *finding = ctx;
	struct arena arena = ARENA_INIT;
	void *entity;

	if (strcmp(row->kind, "incident") == 0 &&
	    entity_decode(row->bytes, row->len, &arena, &entity, NULL) == ERR_OK &&
	    str_eq(((struct incident *)entity)->number, finding->number)) {
		finding->id = row->id;
		finding->found = true;
	}
	arena_release(&arena);
	return !finding->found;
}

static enum err erase_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct erase_job *data = job->data;
	struct looking looking = { .arena = &job->arena };
	struct uuid id = uuid_v7(&writer->service->env);
	struct db_entity row;
	char text[UUID_TEXT];
	struct audit_line line = { .what = AUDIT_ERASE, .by = data->by, .words = data->reason };
	enum err code = db->entity_get(writer->db, &data->incident, &job->arena, &row, err);

	if (code == ERR_OK)
		code = db->personal_of(writer->db, row.eno, count_each, &data->values, err);
	if (code == ERR_OK)
		code = db->timeline(writer->db, row.eno, 0, entry_each, &looking, err);
	if (code == ERR_OK)
		code = erase_admit(writer, &id, &data->incident, data->reason, &job->arena, err);
	data->plain = looking.plain;
	uuid_text(&data->incident, text);
	line.about = text;
	return code == ERR_OK ? audit_note(writer, &line, err) : code;
}

static enum err erase_finish(struct call *call, struct job *job, struct error *err)
{
	const struct erase_job *data = job->data;
	struct str *body = &call->reply->body;

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	call_text(call, "");
	str_addf(body, _("%lld values were erased\n"), (long long)data->values);
	if (data->plain > 0)
		str_addf(body,
			 _("%lld values stand in entries that an older zhiband wrote: the journal "
			   "is never rewritten, so they stay there; nobody is sent them in clear\n"),
			 (long long)data->plain);
	str_add(body, _("backups made before still hold them: delete those, or erase again after a "
			"restore\n"));
	return ERR_OK;
}

static enum err find_incident(struct call *call, const char *words, struct uuid *ret_id,
			      struct error *err)
{
	struct finding finding = { .number = words };
	enum err code = ERR_OK;

	if (uuid_parse(words, ret_id) == ERR_OK)
		return ERR_OK;
	code = call_reader(call, err);
	if (code == ERR_OK)
		code = call->service->db->entity_scan(call->reader, 0, find_each, &finding, err);
	if (code == ERR_OK && !finding.found)
		code = error_set(err, ERR_NOT_FOUND, _("%.60s: there is no such incident"), words);
	if (code == ERR_OK)
		*ret_id = finding.id;
	return code;
}

enum err admin_erase_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct erase_job));
	struct erase_job *data = job->data;
	const char *words = call_arg(call, "incident");
	enum err code = ERR_OK;

	data->reason = arena_strdup(&job->arena, call_arg(call, "reason"));
	data->by = audit_by(call, &job->arena);
	if (words == NULL || data->reason == NULL)
		code = error_set(err, ERR_INPUT, "%s", _("an incident and a reason are wanted"));
	if (code == ERR_OK)
		code = find_incident(call, words, &data->incident, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	job->weight = BATCH_ACTS;
	job->write = erase_write;
	job->finish = erase_finish;
	return call_submit(call, job, err);
}
