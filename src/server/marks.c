/* /v1/marks: what an officer has seen, watches and has pinned, for all his consoles.
 *
 * The last write wins; nothing of it is in the journal.  A mark on what is not there for him is
 * answered as gone, in the same words whether it exists or not, and not kept. */
#include <config.h>

#include "service_priv.h"

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/marks.h"

struct putting {
	const char *officer;
	int64_t org;
	struct marks marks;
	struct uuid gone[MARKS_MAX];
	size_t n_gone;
};

static enum err visible(const struct db_ops *ops, struct db *db, int64_t org, const struct uuid *id,
			struct arena *arena, bool *ret_visible, struct error *err)
{
	struct db_entity entity;
	int64_t since = 0;
	enum err code = ops->entity_get(db, id, arena, &entity, NULL);

	if (code == ERR_OK)
		code = ops->party_since(db, org, entity.eno, &since, err);
	else if (code != ERR_NOT_FOUND)
		return error_set(err, code, "%s", _(err_sentence(code)));
	*ret_visible = since != 0;
	return ERR_OK;
}

static enum err marks_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct putting *putting = job->data;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < putting->marks.n; i++) {
		const struct officer_mark *mark = &putting->marks.items[i];
		struct db_officer_mark row = { .id = mark->id,
					       .what = mark->what,
					       .value = mark->value,
					       .at = mark->at };
		bool there;

		code = visible(db, writer->db, putting->org, &mark->id, &job->arena, &there, err);
		if (code == ERR_OK && !there)
			putting->gone[putting->n_gone++] = mark->id;
		else if (code == ERR_OK)
			code = db->mark_put(writer->db, putting->officer, &row, err);
	}
	return code;
}

static enum err marks_finish(struct call *call, struct job *job, struct error *err)
{
	const struct putting *putting = job->data;
	struct answer_head head = call_head(call);

	(void)err;
	if (job->code == ERR_OK)
		marks_put_answer(&call->reply->body, &head, putting->gone, putting->n_gone);
	return job->code;
}

enum err marks_put(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct putting));
	struct putting *putting = job->data;
	enum err code = marks_decode(call->request->body, call->request->body_len, &job->arena,
				     &putting->marks, err);

	if (code == ERR_OK)
		code = call_org(call, &putting->org, err);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	putting->officer = arena_strdup(&job->arena, call->session.officer);
	job->write = marks_write;
	job->finish = marks_finish;
	return call_submit(call, job, err);
}

struct getting {
	struct call *call;
	int64_t org, next;
	struct officer_mark items[MARKS_MAX];
	struct marks marks;
	enum err code;
	struct error err;
};

static bool mark_each(void *ctx, const struct db_officer_mark *row)
{
	struct getting *getting = ctx;
	struct call *call = getting->call;
	bool there = false;

	if (getting->marks.n == MARKS_MAX)
		return false;
	getting->code = visible(call->service->db, call->reader, getting->org, &row->id,
				&call->arena, &there, &getting->err);
	if (getting->code != ERR_OK)
		return false;
	getting->next = row->no;
	if (there)
		getting->items[getting->marks.n++] =
			(struct officer_mark){ row->id, arena_strdup(&call->arena, row->what),
					       row->value, row->at };
	return true;
}

enum err marks_get(struct call *call, struct error *err)
{
	struct getting *getting = arena_alloc(&call->arena, sizeof *getting);
	struct answer_head head = call_head(call);
	int64_t after = 0;
	enum err code = call_int(call, "after", 0, 0, INT64_MAX, &after, err);

	if (code == ERR_OK)
		code = call_org(call, &getting->org, err);
	if (code != ERR_OK)
		return code;
	getting->call = call;
	getting->next = after;
	getting->marks.items = getting->items;
	code = call->service->db->mark_scan(call->reader, call->session.officer, after, mark_each,
					    getting, err);
	if (code == ERR_OK && getting->code != ERR_OK)
		code = error_set(err, getting->code, "%s", getting->err.text);
	if (code == ERR_OK)
		marks_get_answer(&call->reply->body, &head, &getting->marks, getting->next);
	return code;
}
