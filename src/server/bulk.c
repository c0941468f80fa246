/* Many acts of the server itself in one transaction: imports, generated pasts. */
#include <config.h>

#include "zhiban/server/bulk.h"

#include "admit_priv.h"
#include "audit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/wire/act.h"

struct bulk {
	const struct act *acts;
	const int64_t *moments; /* or NULL */
	size_t n;
	struct bulk_result *results;
	bool dry; /* judged, nothing kept */
	const char *file; /* that the rows come from, for the audit log; NULL: nothing is noted */
	struct audit_by by;
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool is_over;
};

static enum err bulk_one(struct writer *writer, const struct bulk *bulk, size_t i, int64_t now,
			 struct arena *arena, struct error *err)
{
	int64_t recv = bulk->moments != NULL ? bulk->moments[i] : now;
	struct bulk_result *result = &bulk->results[i];
	struct admission admission = { .act = &bulk->acts[i],
				       .recv = recv,
				       .eff = moment_eff(&bulk->acts[i], recv, 0, recv) };
	enum err code = ERR_OK;

	if (bulk->moments != NULL) { /* time passes in a past that is made, too */
		code = timers_fire_until(writer, recv, err);
		writer->moment = recv;
	}
	if (code == ERR_OK)
		code = admit(writer, &admission, arena, err);
	if (code != ERR_OK)
		return code;
	result->code = admission.code;
	result->seq = admission.seq;
	memcpy(result->sentence, admission.err.text, sizeof result->sentence);
	return ERR_OK;
}

static enum err bulk_acts(struct writer *writer, const struct bulk *bulk, struct error *err)
{
	struct arena arena = ARENA_INIT;
	int64_t now = env_now(&writer->service->env);
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < bulk->n; i++) {
		arena_reset(&arena);
		code = bulk_one(writer, bulk, i, now, &arena, err);
	}
	writer->moment = 0;
	arena_release(&arena);
	return code;
}

enum err writer_try(struct writer *writer, struct job *job,
		    enum err (*write)(struct writer *, struct job *, struct error *),
		    struct error *err)
{
	const struct db_ops *db = writer->service->db;
	int64_t head = writer->head;
	uint8_t hash[SHA256_LEN];
	enum err code = db->mark(writer->db, DB_MARK_ACT, err);

	if (code != ERR_OK)
		return code;
	memcpy(hash, writer->hash, sizeof hash);
	code = write(writer, job, err);
	writer->head = head;
	memcpy(writer->hash, hash, sizeof hash);
	writer->mode_known = false;
	return code != ERR_OK ? code : db->undo(writer->db, DB_MARK_ACT, err);
}

static enum err bulk_keep(struct writer *writer, struct job *job, struct error *err)
{
	return bulk_acts(writer, job->data, err);
}

/* How many rows of a file were kept; not of one that brought nothing new. */
static enum err bulk_note(struct writer *writer, const struct bulk *bulk, struct error *err)
{
	struct audit_line line = { .what = AUDIT_IMPORT, .by = bulk->by, .about = bulk->file };

	for (size_t i = 0; i < bulk->n; i++)
		line.n += bulk->results[i].code == ERR_OK;
	return bulk->file == NULL || line.n == 0 ? ERR_OK : audit_note(writer, &line, err);
}

static enum err bulk_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct bulk *bulk = job->data;
	enum err code;

	if (bulk->dry)
		return writer_try(writer, job, bulk_keep, err);
	code = bulk_keep(writer, job, err);
	return code != ERR_OK ? code : bulk_note(writer, bulk, err);
}

/* --- from C ---------------------------------------------------------------------------------- */

static void bulk_over(struct service *service, struct job *job)
{
	struct bulk *bulk = job->data;

	(void)service;
	pthread_mutex_lock(&bulk->lock);
	bulk->is_over = true;
	pthread_cond_signal(&bulk->over);
	pthread_mutex_unlock(&bulk->lock);
}

enum err service_bulk(struct service *service, const struct act *acts, const int64_t *moments,
		      size_t n, struct bulk_result *results, struct error *err)
{
	struct job *job = job_new(sizeof(struct bulk));
	struct bulk *bulk = job->data;
	enum err code;

	*bulk = (struct bulk){ .acts = acts, .moments = moments, .n = n, .results = results };
	pthread_mutex_init(&bulk->lock, NULL);
	pthread_cond_init(&bulk->over, NULL);
	job->weight = BATCH_ACTS; /* a transaction of its own */
	job->write = bulk_write;
	job->done = bulk_over;
	code = job_submit(service, job, err);
	if (code == ERR_OK) {
		pthread_mutex_lock(&bulk->lock);
		while (!bulk->is_over)
			pthread_cond_wait(&bulk->over, &bulk->lock);
		pthread_mutex_unlock(&bulk->lock);
		if (job->code != ERR_OK)
			code = error_set(err, job->code, "%s", job->err.text);
	}
	pthread_cond_destroy(&bulk->over);
	pthread_mutex_destroy(&bulk->lock);
	job_free(job);
	return code;
}

/* --- POST /v1/admin/acts: one canonical act a line; a line "CODE SEQ SENTENCE" for each ---------- */

static enum err read_acts(struct call *call, struct job *job, struct bulk *bulk, struct error *err)
{
	const char *s = call->request->body, *end = s + call->request->body_len;
	size_t cap = 0;
	struct act *acts = NULL;
	enum err code = ERR_OK;

	while (code == ERR_OK && s < end) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));
		size_t len = newline != NULL ? (size_t)(newline - s) : (size_t)(end - s);

		if (len > 0) {
			MEM_GROW(acts, bulk->n, cap);
			code = act_decode(s, len, &job->arena, &acts[bulk->n], err);
			if (code == ERR_OK)
				bulk->n++;
			else
				(void)error_prefix(err, "%zu", bulk->n + 1);
		}
		s += len + 1;
	}
	if (bulk->n > 0)
		bulk->acts = arena_dup(&job->arena, acts, bulk->n * sizeof *acts);
	free(acts);
	return code;
}

static enum err admin_acts_finish(struct call *call, struct job *job, struct error *err)
{
	const struct bulk *bulk = job->data;

	(void)err;
	if (job->code != ERR_OK)
		return job->code;
	call_text(call, "");
	for (size_t i = 0; i < bulk->n; i++)
		str_addf(&call->reply->body, "%s %lld %s\n", err_name(bulk->results[i].code),
			 (long long)bulk->results[i].seq, bulk->results[i].sentence);
	return ERR_OK;
}

enum err admin_acts_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct bulk));
	struct bulk *bulk = job->data;
	enum err code = read_acts(call, job, bulk, err);

	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	bulk->dry = call_arg(call, "dry") != NULL;
	bulk->file = arena_strdup(&job->arena, call_arg(call, "file"));
	bulk->by = audit_by(call, &job->arena);
	bulk->results = arena_array(&job->arena, bulk->n + 1, sizeof *bulk->results);
	job->weight = BATCH_ACTS;
	job->write = bulk_write;
	job->finish = admin_acts_finish;
	return call_submit(call, job, err);
}
