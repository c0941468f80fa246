/* POST /v1/intake: cases of other systems. */
#include <config.h>

#include "admit_priv.h"
#include "intake_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/intake.h"

/* --- one case -------------------------------------------------------------------------------- */

/* The incident that stands in the way: the same one, or another one with this outside number. */
static enum err find_there(struct writer *writer, const struct act *act, struct arena *arena,
			   struct db_entity *ret_row, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const char *source = act_text(act, "source"), *number = act_text(act, "src_no");
	const struct choice *known =
		choices_named(&writer->book->profile->rules.sources, source);
	int64_t eno = 0;
	enum err code = ERR_OK;

	if (source != NULL && number != NULL)
		code = db->outside_find(writer->db, known != NULL ? known->code : source, number,
					&eno, err);
	if (code != ERR_OK)
		return code;
	return eno != 0 ? db->entity_at(writer->db, eno, arena, ret_row, err)
			: db->entity_get(writer->db, &act->target.id, arena, ret_row, err);
}

static enum err read_there(struct writer *writer, const struct act *act, struct arena *arena,
			   struct intake_case *found, struct error *err)
{
	struct db_entity row;
	void *entity;
	enum err code = find_there(writer, act, arena, &row, err);

	if (code == ERR_OK)
		code = entity_decode(row.bytes, row.len, arena, &entity, err);
	if (code != ERR_OK)
		return code == ERR_INPUT ? ERR_CORRUPT : code;
	found->id = row.id;
	if (((const struct entity *)entity)->kind == KIND_INCIDENT)
		found->number = ((const struct incident *)entity)->number;
	return ERR_OK;
}

enum err intake_admit(struct writer *writer, const struct act *act, struct arena *arena,
		      struct intake_case *ret_case, struct error *err)
{
	int64_t now = env_now(&writer->service->env);
	struct admission admission = { .act = act,
				       .recv = now,
				       .eff = moment_eff(act, now, 0, now) };
	struct intake_case made = { .code = ERR_OK };
	enum err code = admit(writer, &admission, arena, err);

	if (code != ERR_OK)
		return code;
	made.code = admission.code;
	made.err = admission.err;
	made.id = act->target.id;
	made.number = arena_strdup(arena, admission.number);
	if (made.code == ERR_EXISTS)
		code = read_there(writer, act, arena, &made, err);
	if (code == ERR_OK)
		*ret_case = made;
	return code;
}

/* --- many ------------------------------------------------------------------------------------ */

struct intake_job {
	struct db_system system;
	struct act *acts; /* of the rows that can be judged; desc NULL: rejected before */
	struct intake_result *results;
	size_t n;
	bool dry;
};

/* scratch: of this row alone. */
static enum err write_row(struct writer *writer, struct job *job, size_t i, struct arena *scratch,
			  struct error *err)
{
	struct intake_job *data = job->data;
	struct intake_result *result = &data->results[i];
	struct intake_case made;
	enum err code;

	if (data->acts[i].desc == NULL)
		return ERR_OK;
	code = intake_admit(writer, &data->acts[i], scratch, &made, err);
	if (code != ERR_OK)
		return code;
	if (made.code != ERR_OK && made.code != ERR_EXISTS) {
		result->verdict = INTAKE_REJECTED;
		result->sentence = arena_strdup(&job->arena, made.err.text);
		return ERR_OK;
	}
	result->verdict = made.code == ERR_OK ? INTAKE_OK : INTAKE_EXISTS;
	/* tried only, it would get another number in the end */
	if (data->dry && made.code == ERR_OK)
		return ERR_OK;
	result->id = arena_dup(&job->arena, &made.id, sizeof made.id);
	result->number = arena_strdup(&job->arena, made.number);
	return ERR_OK;
}

static enum err write_rows(struct writer *writer, struct job *job, struct error *err)
{
	const struct intake_job *data = job->data;
	struct arena scratch = ARENA_INIT;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < data->n; i++) {
		arena_reset(&scratch);
		code = write_row(writer, job, i, &scratch, err);
	}
	arena_release(&scratch);
	return code;
}

static enum err intake_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct intake_job *data = job->data;
	enum err code = data->dry ? writer_try(writer, job, write_rows, err)
				  : write_rows(writer, job, err);

	return code != ERR_OK ? code : system_used(writer, &data->system, err);
}

static enum err intake_finish(struct call *call, struct job *job, struct error *err)
{
	static const enum metric counted[INTAKE_VERDICTS] = {
		[INTAKE_OK] = METRIC_INTAKE_OK,
		[INTAKE_EXISTS] = METRIC_INTAKE_EXISTS,
		[INTAKE_REJECTED] = METRIC_INTAKE_REJECTED,
	};
	const struct intake_job *data = job->data;
	struct answer_head head = call_head(call);

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	for (size_t i = 0; !data->dry && i < data->n; i++)
		metric_add(call->service, counted[data->results[i].verdict], 1);
	intake_answer_encode(&head, data->results, data->n, &call->reply->body);
	return ERR_OK;
}

/* --- rows to acts ---------------------------------------------------------------------------- */

/* The names of what register keeps as attributes. */
static const char *const *kept_of(const struct act *act, struct arena *arena)
{
	const char **names = arena_array(arena, act->n_given + 1, sizeof *names);
	size_t n = 0;

	for (size_t i = 0; i < act->n_given; i++) {
		const char *words = act->given[i].value.text;

		if (strcmp(act->given[i].field->name, "attr") == 0)
			names[n++] = arena_strndup(arena, words, strcspn(words, "="));
	}
	return names;
}

static void read_row(struct import_ctx *ctx, const struct intake_row *row, struct arena *arena,
		     struct act *act, struct intake_result *result)
{
	struct error why = ERROR_INIT;
	const char *column = NULL;

	result->verdict = INTAKE_REJECTED;
	result->sentence = row->bad;
	if (row->bad != NULL)
		return;
	ctx->ret_column = &column;
	if (import_act(ctx, &row->row, arena, act, &why) != ERR_OK) {
		act->desc = NULL;
		result->field = column;
		result->sentence = arena_strdup(arena, why.text);
		return;
	}
	result->src_no = act_text(act, "src_no");
	result->kept = kept_of(act, arena);
}

static enum err read_rows(struct call *call, struct job *job, bool historic, struct error *err)
{
	struct intake_job *data = job->data;
	struct intake_ask ask;
	struct import_ctx ctx = { .rules = call->rules,
				  .map = call->service->columns,
				  .source = data->system.source,
				  .file = data->system.name,
				  .now = call->now,
				  .actor = system_as_actor(&data->system),
				  .live = !historic };
	enum err code = intake_ask_decode(call->request->body, call->request->body_len, &job->arena,
					  &ask, err);

	if (code != ERR_OK)
		return code;
	data->n = ask.n;
	data->acts = arena_array(&job->arena, ask.n, sizeof *data->acts);
	data->results = arena_array(&job->arena, ask.n, sizeof *data->results);
	for (size_t i = 0; i < ask.n; i++)
		read_row(&ctx, &ask.rows[i], &job->arena, &data->acts[i], &data->results[i]);
	return ERR_OK;
}

enum err intake_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct intake_job));
	struct intake_job *data = job->data;
	int64_t historic = 0, dry = 0;
	enum err code = call_int(call, "historic", 0, 0, 1, &historic, err);

	if (code == ERR_OK)
		code = call_int(call, "dry", 0, 0, 1, &dry, err);
	if (code == ERR_OK && historic != 0 && (call->system.kinds & SYSTEM_HISTORY) == 0)
		code = error_set(err, ERR_DENIED, _("%s may not take in the past"),
				 call->system.name);
	data->system = system_keep(&call->system, &job->arena);
	data->dry = dry != 0;
	if (code == ERR_OK)
		code = read_rows(call, job, historic != 0, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	job->weight = data->n;
	job->write = intake_write;
	job->finish = intake_finish;
	return call_submit(call, job, err);
}
