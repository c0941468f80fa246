/* POST /v1/cap, of a system that may send warnings, and /v1/admin/cap, of this machine: a CAP
 * message, the national one, or a relay's table; each message is told what became of it. */
#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

#include <inttypes.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/notice.h"
#include "zhiban/wire/cap_act.h"
#include "zhiban/wire/entity.h"

struct cap_result {
	struct cap_answer answer;
	struct error err;
};

struct intake { /* one request */
	struct cap_table table; /* of a message alone: one */
	struct cap_result *results;
	struct db_system system; /* who sends; name NULL: this machine */
	int64_t now;		 /* 0: the writer's; else what is taken for it (drills) */
	bool dry, as_text;
};

/* --- what came in before --------------------------------------------------------------------- */

struct memory {
	struct writer *writer;
	struct arena *arena;
	enum err code; /* of the data base */
	struct error err;
};

static bool known(void *ctx, const char *sender, const char *identifier, struct target *ret_target)
{
	struct memory *memory = ctx;
	const struct db_ops *db = memory->writer->service->db;
	struct db_entity row;
	const struct kind_desc *kind;
	char key[NOTICE_KEY];
	int64_t eno = 0;

	if (memory->code != ERR_OK)
		return false;
	notice_message(sender, identifier, key);
	memory->code = db->outside_find(memory->writer->db, NOTICE_OUTSIDE, key, &eno, &memory->err);
	if (memory->code != ERR_OK || eno == 0)
		return false;
	memory->code = db->entity_at(memory->writer->db, eno, memory->arena, &row, &memory->err);
	if (memory->code != ERR_OK)
		return false;
	kind = kind_find(row.kind);
	*ret_target = (struct target){ kind != NULL ? kind->kind : KIND_COUNT, row.id, row.version };
	return true;
}

/* Of an incident nothing in it says which messages it is about, so they are noted here. */
static enum err remember(struct writer *writer, const struct cap_alert *alert,
			 const struct act *act, struct arena *arena, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct target_state target;
	char key[NOTICE_KEY];
	enum err code;

	if (act->target.kind != KIND_INCIDENT)
		return ERR_OK;
	code = target_load(writer, &act->target.id, arena, &target, err);
	notice_message(alert->sender, alert->identifier, key);
	return code != ERR_OK || target.entity == NULL
		       ? code
		       : db->outside_add(writer->db, NOTICE_OUTSIDE, key, target.row.eno, err);
}

/* --- one message ----------------------------------------------------------------------------- */

static enum err take_one(struct writer *writer, const struct intake *intake,
			 const struct cap_alert *alert, struct cap_verdict *verdict,
			 struct admission *admission, struct arena *arena, struct error *err)
{
	struct memory memory = { .writer = writer, .arena = arena };
	const struct rules *rules = &writer->book->profile->rules;
	bool sent = intake->system.name != NULL;
	struct cap_ctx ctx = { .rules = rules,
			       .actor = sent ? system_as_actor(&intake->system)
					     : system_actor(rules),
			       .source = sent ? intake->system.source : NULL,
			       .now = intake->now != 0 ? intake->now : writer_now(writer),
			       .known = known,
			       .ctx = &memory };
	enum err code;

	admission->code = cap_act(&ctx, alert, arena, verdict, &admission->err);
	if (memory.code != ERR_OK)
		return error_set(err, memory.code, "%s", memory.err.text);
	if (admission->code != ERR_OK || verdict->outcome < CAP_POST)
		return ERR_OK;
	admission->act = &verdict->act;
	admission->recv = admission->eff = ctx.now;
	code = admit(writer, admission, arena, err);
	return code == ERR_OK && admission->code == ERR_OK
		       ? remember(writer, alert, &verdict->act, arena, err)
		       : code;
}

static void keep_answer(const struct cap_alert *alert, const struct cap_verdict *verdict,
			const struct admission *admission, struct arena *arena,
			struct cap_result *result)
{
	bool refused = admission->code != ERR_OK && admission->code != ERR_EXISTS;
	bool there = admission->code == ERR_EXISTS;
	const char *why = refused ? admission->err.text : verdict->why;

	result->answer = (struct cap_answer){
		.message = alert->identifier,
		.outcome = refused ? "rejected"
				   : cap_outcome_name(there ? CAP_KNOWN : verdict->outcome),
		.rule = verdict->rule,
		.level = verdict->level,
		.title = arena_strdup(arena, verdict->title),
		.number = arena_strdup(arena, admission->number),
		.why = arena_strdup(arena, why),
	};
	if (!refused && !there && verdict->outcome >= CAP_POST)
		result->answer.id = verdict->act.target.id;
}

static enum err take_all(struct writer *writer, struct job *job, struct error *err)
{
	struct intake *intake = job->data;
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < intake->table.n; i++) {
		struct cap_verdict verdict = { .outcome = CAP_NOTHING };
		struct admission admission = { .code = ERR_OK };

		arena_reset(&arena);
		code = take_one(writer, intake, &intake->table.alerts[i], &verdict, &admission,
				&arena, err);
		if (code == ERR_OK)
			keep_answer(&intake->table.alerts[i], &verdict, &admission, &job->arena,
				    &intake->results[i]);
	}
	arena_release(&arena);
	if (code == ERR_OK && intake->system.name != NULL && !intake->dry)
		code = system_used(writer, &intake->system, err);
	return code;
}

/* A dry run is judged like a real one, in order, and undone. */
static enum err cap_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct intake *intake = job->data;
	const struct db_ops *db = writer->service->db;
	int64_t head = writer->head;
	uint8_t hash[SHA256_LEN];
	enum err code;

	if (!intake->dry)
		return take_all(writer, job, err);
	code = db->mark(writer->db, DB_MARK_ACT, err);
	if (code != ERR_OK)
		return code;
	memcpy(hash, writer->hash, sizeof hash);
	code = take_all(writer, job, err);
	writer->head = head;
	memcpy(writer->hash, hash, sizeof hash);
	writer->mode_known = false;
	return code != ERR_OK ? code : db->undo(writer->db, DB_MARK_ACT, err);
}

/* --- the answer ------------------------------------------------------------------------------ */

/* A line a message, for people: OUTCOME LEVEL NUMBER TITLE (WHY). */
static void say(const struct cap_answer *answer, struct str *out)
{
	str_addf(out, "%s %s %s %s%s%s\n", answer->outcome,
		 answer->level != NULL ? answer->level : "-",
		 answer->number != NULL ? answer->number : "-",
		 answer->title != NULL ? answer->title : answer->message,
		 answer->why != NULL ? " · " : "", answer->why != NULL ? answer->why : "");
}

static void put_answer(const struct intake *intake, const struct cap_answer *answer,
		       struct str *out)
{
	if (intake->as_text) {
		say(answer, out);
		return;
	}
	cap_answer(answer, out);
	str_add_char(out, '\n');
}

static enum err cap_finish(struct call *call, struct job *job, struct error *err)
{
	const struct intake *intake = job->data;
	struct str *out = &call->reply->body;

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	call_text(call, "");
	if (!intake->as_text)
		call->reply->type = "application/x-ndjson";
	for (size_t i = 0; i < intake->table.n; i++)
		put_answer(intake, &intake->results[i].answer, out);
	for (size_t i = 0; i < intake->table.n_bad; i++) {
		const struct cap_bad_row *bad = &intake->table.bad[i];
		const char *line = arena_printf(&call->arena, _("line %lld"), (long long)bad->line);

		put_answer(intake, &(struct cap_answer){ .message = line, .outcome = "rejected",
							 .why = bad->why }, out);
	}
	return ERR_OK;
}

static enum err read_body(struct call *call, struct job *job, struct error *err)
{
	struct intake *intake = job->data;
	const char *body = call->request->body;
	size_t len = call->request->body_len;
	int offset = call->rules->offset_min;
	enum err code;

	if (!cap_is_message(body, len)) {
		code = cap_table(body, len, offset, &job->arena, &intake->table, err);
	} else {
		intake->table.alerts = arena_alloc(&job->arena, sizeof *intake->table.alerts);
		intake->table.n = 1;
		code = cap_decode(body, len, offset, &job->arena, intake->table.alerts, err);
	}
	intake->results = arena_array(&job->arena, intake->table.n + 1, sizeof *intake->results);
	return code;
}

static enum err submit(struct call *call, struct job *job, struct error *err)
{
	enum err code = read_body(call, job, err);

	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	job->weight = BATCH_ACTS;
	job->write = cap_write;
	job->finish = cap_finish;
	return call_submit(call, job, err);
}

enum err cap_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct intake));
	struct intake *intake = job->data;

	intake->system = system_keep(&call->system, &job->arena);
	return submit(call, job, err);
}

enum err admin_cap_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct intake));
	struct intake *intake = job->data;
	enum err code = call_int(call, "at", 0, 0, INT64_MAX, &intake->now, err);

	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	intake->dry = call_arg(call, "dry") != NULL;
	intake->as_text = true;
	return submit(call, job, err);
}
