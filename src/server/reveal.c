/* POST /v1/reveal: one personal value in clear, for a preset reason.  The act goes into the journal
 * before the value goes out. */
#include <config.h>

#include "admit_priv.h"
#include "audit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

struct reveal_job {
	struct reveal_ask ask;
	struct actor actor;
	const char *seer; /* whose view he has */
	const char *value;
	int64_t retry_s;
};

/* What is not his to see is not there, in the same words. */
static enum err nothing_there(struct error *err)
{
	return error_set(err, ERR_NOT_FOUND, "%s", _("there is nothing of that id"));
}

static enum err check_limit(struct writer *writer, struct reveal_job *data, int64_t now,
			    struct error *err)
{
	const struct rules *rules = &writer->book->profile->rules;
	const struct privacy *privacy = &rules->privacy;
	int64_t shown = 0, first = 0, again;
	char when[CIVIL_TEXT];
	enum err code = ERR_OK;

	if (privacy->reveals == 0)
		return ERR_OK;
	code = writer->service->db->reveal_count(writer->db, data->actor.officer,
						 now - privacy->reveals_ms, &shown, &first, err);
	if (code != ERR_OK || shown < privacy->reveals)
		return code;
	again = first + privacy->reveals_ms;
	data->retry_s = (again - now) / 1000 + 1;
	civil_format(again, rules->offset_min, "m-d H:M", when, sizeof when);
	return error_set(err, ERR_TOO_MANY,
			 _("%lld personal values were shown to you already: the next one at %s, or "
			   "ask whoever holds the case"),
			 (long long)shown, when);
}

static struct act make_act(struct writer *writer, const struct reveal_job *data, int64_t now,
			   struct arena *arena)
{
	struct act act = { .id = uuid_v7(&writer->service->env),
			   .desc = act_desc_find("reveal"),
			   .target = { .kind = KIND_INCIDENT, .id = data->ask.entity },
			   .actor = data->actor,
			   .at = now };

	act_give(&act, act_arg_field(act.desc, "field"),
		 (struct value){ .is_text = true, .text = data->ask.field }, arena);
	act_give(&act, act_arg_field(act.desc, "why"),
		 (struct value){ .is_text = true, .text = data->ask.why }, arena);
	return act;
}

static enum err reveal_write(struct writer *writer, struct job *job, struct error *err)
{
	struct reveal_job *data = job->data;
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	int64_t now = env_now(&writer->service->env);
	struct target_state target;
	const struct field *field;
	struct act act;
	struct admission admission;
	enum err code = check_limit(writer, data, now, err);

	if (code != ERR_OK)
		return code;
	act = make_act(writer, data, now, &job->arena);
	code = act_check(&act, err);
	if (code != ERR_OK)
		return code;
	admission = (struct admission){ .act = &act, .recv = now, .eff = now,
					.seer = data->seer };
	code = admit(writer, &admission, &job->arena, err);
	if (code == ERR_OK && admission.code == ERR_NOT_FOUND)
		code = nothing_there(err);
	else if (code == ERR_OK && admission.code != ERR_OK)
		code = error_set(err, admission.code, "%s", admission.err.text);
	if (code == ERR_OK)
		code = target_load(writer, &data->ask.entity, &job->arena, &target, err);
	if (code != ERR_OK)
		return code;
	field = field_find(kind->fields, kind->n_fields, data->ask.field);
	data->value = field != NULL ? field_get(field, target.entity).text : NULL;
	return data->value != NULL ? ERR_OK : nothing_there(err);
}

static enum err reveal_finish(struct call *call, struct job *job, struct error *err)
{
	const struct reveal_job *data = job->data;
	struct reveal_answer answer = { .head = call_head(call), .value = data->value };

	(void)err;
	if (job->code == ERR_TOO_MANY)
		call->reply->retry_after = (int)data->retry_s;
	if (job->code == ERR_OK)
		reveal_answer_encode(&answer, &call->reply->body);
	return job->code;
}

enum err reveal_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct reveal_job));
	struct reveal_job *data = job->data;
	const char *seer = session_scope_org(call->rules, &call->session);
	enum err code = reveal_ask_decode(call->request->body, call->request->body_len,
					  &job->arena, &data->ask, err);

	if (code == ERR_OK && seer == NULL)
		code = nothing_there(err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->actor = (struct actor){ arena_strdup(&job->arena, call->session.officer),
				      arena_strdup(&job->arena, call->session.org),
				      arena_strdup(&job->arena, call->session.role) };
	data->seer = arena_strdup(&job->arena, seer);
	job->weight = 1;
	job->write = reveal_write;
	job->finish = reveal_finish;
	return call_submit(call, job, err);
}
