/* POST /v1/callers: which incidents that the asker sees came from the same phone.  What is found is
 * read in his scope alone; that he asked, and how many he found, stands in the audit log. */
#include <config.h>

#include "audit_priv.h"
#include "jobs_priv.h"
#include "personal_priv.h"
#include "service_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/phone.h"
#include "zhiban/wire/entity.h"

enum { COUNTED_MAX = 1000, LOOKED_AT_MAX = 2000 };

struct callers_job {
	const char *officer;
	struct audit_by by;
	struct uuid ids[CALLERS_IDS];
	size_t n; /* of all, not only of those */
	int64_t retry_s;
};

/* --- looking ---------------------------------------------------------------------------------- */

struct looking {
	struct callers_job *found;
	size_t looked_at;
	struct arena arena; /* of one row */
	enum err code;
	struct error err;
};

/* What it had once, before it was corrected, is its number no more. */
static bool has_it(const struct incident *incident, const struct db_personal *row)
{
	char ref[REF_TEXT];

	if (incident->phone == NULL || strcmp(row->field, "phone") != 0)
		return false;
	ref_make(row, &incident->head.id, ref);
	return strcmp(incident->phone, ref) == 0;
}

static bool look_each(void *ctx, const struct db_personal *row, const struct db_entity *stored)
{
	struct looking *looking = ctx;
	struct callers_job *found = looking->found;
	void *entity;

	if (strcmp(stored->kind, kind_desc(KIND_INCIDENT)->name) != 0)
		return true;
	arena_reset(&looking->arena);
	looking->code = entity_decode(stored->bytes, stored->len, &looking->arena, &entity,
				      &looking->err);
	if (looking->code != ERR_OK)
		return false;
	if (has_it(entity, row)) {
		if (found->n < CALLERS_IDS)
			found->ids[found->n] = stored->id;
		found->n++;
	}
	return found->n < COUNTED_MAX && ++looking->looked_at < LOOKED_AT_MAX;
}

static enum err look(struct call *call, const char *digits, struct callers_job *found,
		     struct error *err)
{
	struct looking looking = { .found = found, .arena = ARENA_INIT, .code = ERR_OK };
	int64_t org;
	enum err code = call_org(call, &org, err);

	if (code == ERR_OK && org != 0)
		code = call->service->db->caller_find(call->reader, org, digits, look_each,
						      &looking, err);
	if (code == ERR_OK && looking.code != ERR_OK)
		code = error_set(err, looking.code, "%s", looking.err.text);
	arena_release(&looking.arena);
	return code;
}

/* --- who may, and how often ------------------------------------------------------------------- */

/* Whoever may register: the number is asked for while a case is taken down. */
static enum err check_role(struct call *call, struct error *err)
{
	const struct actor actor = { call->session.officer, call->session.org,
				     call->session.role };

	if (session_scope_org(call->rules, &call->session) == NULL)
		return error_set(err, ERR_DENIED, "%s",
				 _("callers are asked about while a case is registered: this role "
				   "sees none"));
	return decide_possible(call->rules, NULL, NULL, act_desc_find("register"), &actor, err);
}

static enum err check_limit(struct writer *writer, struct callers_job *data, int64_t now,
			    struct error *err)
{
	const struct rules *rules = &writer->book->profile->rules;
	int64_t asked = 0, first = 0, again;
	char when[CIVIL_TEXT];
	enum err code;

	if (rules->privacy.callers == 0)
		return ERR_OK;
	code = writer->service->db->caller_count(writer->db, data->officer, now - CALLERS_MS,
						 &asked, &first, err);
	if (code != ERR_OK || asked < rules->privacy.callers)
		return code;
	again = first + CALLERS_MS;
	data->retry_s = (again - now) / 1000 + 1;
	civil_format(again, rules->offset_min, "m-d H:M", when, sizeof when);
	return error_set(err, ERR_TOO_MANY,
			 _("you asked about %lld callers' numbers within the hour: the next one at "
			   "%s"),
			 (long long)asked, when);
}

static enum err callers_write(struct writer *writer, struct job *job, struct error *err)
{
	struct callers_job *data = job->data;
	int64_t now = env_now(&writer->service->env);
	char words[40];
	struct audit_line line = { .what = AUDIT_CALLERS, .by = data->by, .words = words };
	enum err code = check_limit(writer, data, now, err);

	snprintf(words, sizeof words, "found %zu", data->n);
	if (code == ERR_OK)
		code = writer->service->db->caller_add(writer->db, data->officer, now, err);
	return code != ERR_OK ? code : audit_note(writer, &line, err);
}

/* --- the request ------------------------------------------------------------------------------ */

static enum err callers_finish(struct call *call, struct job *job, struct error *err)
{
	struct callers_job *data = job->data;
	struct callers_answer answer = { .head = call_head(call), .count = (int64_t)data->n };

	(void)err;
	answer.incidents.items = data->ids;
	answer.incidents.n = data->n < CALLERS_IDS ? data->n : CALLERS_IDS;
	if (job->code == ERR_TOO_MANY)
		call->reply->retry_after = (int)data->retry_s;
	if (job->code == ERR_OK)
		callers_answer_encode(&answer, &call->reply->body);
	return job->code;
}

static enum err read_ask(struct call *call, char digits[PHONE_DIGITS], struct error *err)
{
	struct callers_ask ask;
	enum err code = callers_ask_decode(call->request->body, call->request->body_len,
					   &call->arena, &ask, err);

	if (code != ERR_OK)
		return code;
	phone_digits(ask.phone, digits);
	if (phone_is_whole(digits))
		return ERR_OK;
	return error_set(err, ERR_INPUT,
			 _("a telephone number, whole and not masked: %d to %d digits, a mobile's 11"),
			 PHONE_LEAST, PHONE_MOST);
}

enum err callers_post(struct call *call, struct error *err)
{
	struct job *job;
	struct callers_job *data;
	char digits[PHONE_DIGITS];
	enum err code = check_role(call, err);

	if (code == ERR_OK)
		code = read_ask(call, digits, err);
	if (code != ERR_OK)
		return code;
	job = job_new(sizeof(struct callers_job));
	data = job->data;
	code = look(call, digits, data, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->officer = arena_strdup(&job->arena, call->session.officer);
	data->by = audit_by(call, &job->arena);
	job->weight = 1;
	job->write = callers_write;
	job->finish = callers_finish;
	return call_submit(call, job, err);
}
