#include <config.h>

#include "admit_priv.h"
#include "endings_priv.h"
#include "service_priv.h"
#include "timers_kind_priv.h"
#include "timers_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/wire/entity.h"

int64_t writer_now(const struct writer *writer)
{
	return writer->moment != 0 ? writer->moment : env_now(&writer->service->env);
}

/* --- moments --------------------------------------------------------------------------------- */

static enum err swap_now(struct writer *writer, const struct swap *swap, int64_t *ret_at,
			 struct error *err)
{
	struct arena arena = ARENA_INIT;
	enum err code = swap_moment(writer, swap, &arena, ret_at, err);

	arena_release(&arena);
	return code;
}

enum err timer_note(struct writer *writer, const struct db_entity *row, const void *entity,
		    bool created, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const struct timer_kind *kind = timer_kind(((const struct entity *)entity)->kind);
	const char *mode;
	int64_t at;
	enum err code;

	if (kind == NULL)
		return ERR_OK;
	code = mode_in_force(writer, &mode, err);
	if (code != ERR_OK)
		return code;
	at = kind->next(&writer->book->profile->rules, entity, mode, writer_now(writer));
	if (kind->kind == KIND_SWAP)
		code = swap_now(writer, entity, &at, err);
	if (code != ERR_OK || (at == 0 && created))
		return code;
	writer->retimed = true;
	return at != 0 ? db->timer_put(writer->db, row->eno, at, err)
		       : db->timer_clear(writer->db, row->eno, err);
}

struct moments { /* of many incidents, gathered before they are written */
	const struct rules *rules;
	const char *mode;
	int64_t now;
	struct arena arena;
	struct moment_row {
		int64_t eno, at;
	} *rows;
	size_t n, cap;
	enum err code;
	struct error err;
};

static bool moment_of(void *ctx, const struct db_entity *row)
{
	struct moments *moments = ctx;
	const struct kind_desc *desc = kind_find(row->kind);
	const struct timer_kind *kind = desc != NULL ? timer_kind(desc->kind) : NULL;
	void *entity;
	int64_t at;

	if (kind == NULL)
		return true;
	arena_reset(&moments->arena);
	moments->code =
	    entity_decode(row->bytes, row->len, &moments->arena, &entity, &moments->err);
	if (moments->code != ERR_OK)
		return false;
	at = kind->next(moments->rules, entity, moments->mode, moments->now);
	if (at == 0)
		return true;
	MEM_GROW(moments->rows, moments->n, moments->cap);
	moments->rows[moments->n++] = (struct moment_row){ row->eno, at };
	return true;
}

static enum err put_all(struct writer *writer, struct moments *moments, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	enum err code = moments->code != ERR_OK
				? error_set(err, moments->code, "%s", moments->err.text)
				: db->timer_reset(writer->db, err);

	for (size_t i = 0; code == ERR_OK && i < moments->n; i++)
		code = db->timer_put(writer->db, moments->rows[i].eno, moments->rows[i].at, err);
	writer->retimed = true;
	return code;
}

static void release(struct moments *moments)
{
	arena_release(&moments->arena);
	free(moments->rows);
}

/* --- anew ------------------------------------------------------------------------------------ */

enum { KEY_TEXT = 2 * SHA256_HEX + 8 };

/* For which rules the moments are; the number changes when they are computed otherwise. */
static void key_of(const struct rules *rules, char key[KEY_TEXT])
{
	snprintf(key, KEY_TEXT, "5 %s %s", rules->hash, rules->calendar_hash);
}

enum err timers_rebuild(struct writer *writer, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct moments moments = { .rules = &writer->book->profile->rules,
				   .now = writer_now(writer),
				   .arena = ARENA_INIT };
	char key[KEY_TEXT];
	enum err code = mode_in_force(writer, &moments.mode, err);

	if (code == ERR_OK)
		code = db->entity_scan(writer->db, 0, moment_of, &moments, err);
	if (code == ERR_OK)
		code = put_all(writer, &moments, err);
	if (code == ERR_OK)
		code = timers_swaps(writer, NULL, err);
	release(&moments);
	key_of(&writer->book->profile->rules, key);
	return code != ERR_OK ? code : db->meta_put(writer->db, "timers", key, err);
}

static bool eno_each(void *ctx, int64_t eno, int64_t at)
{
	struct moments *moments = ctx;

	MEM_GROW(moments->rows, moments->n, moments->cap);
	moments->rows[moments->n++] = (struct moment_row){ eno, at };
	return true;
}

enum err timers_again(struct writer *writer, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct moments before = { .arena = ARENA_INIT };
	struct moments after = { .rules = &writer->book->profile->rules,
				 .now = writer_now(writer),
				 .arena = ARENA_INIT };
	enum err code = mode_in_force(writer, &after.mode, err);

	if (code == ERR_OK)
		code = db->timer_due(writer->db, INT64_MAX, INT64_MAX, eno_each, &before, err);
	for (size_t i = 0; code == ERR_OK && after.code == ERR_OK && i < before.n; i++) {
		struct db_entity row;

		arena_reset(&before.arena);
		code = db->entity_at(writer->db, before.rows[i].eno, &before.arena, &row, err);
		if (code == ERR_OK)
			(void)moment_of(&after, &row);
	}
	if (code == ERR_OK)
		code = put_all(writer, &after, err);
	if (code == ERR_OK)
		code = timers_swaps(writer, NULL, err);
	release(&before);
	release(&after);
	return code;
}

static enum err rebuild_write(struct writer *writer, struct job *job, struct error *err)
{
	(void)job;
	return timers_rebuild(writer, err);
}

static void over(struct service *service, struct job *job)
{
	bool failed = job->code != ERR_OK;

	pthread_mutex_lock(&service->lock);
	service->timers.busy = false;
	if (failed)
		service->timers.not_before = service_ticks(service) + FIRE_RETRY_MS;
	pthread_mutex_unlock(&service->lock);
	job_free(job);
}

static void ended(struct service *service, struct job *job)
{
	endings_over(service, job);
	over(service, job);
}

enum err timers_open(struct service *service, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *of = NULL;
	char key[KEY_TEXT];
	struct job *job;
	enum err code = service->db->meta_get(service->writer.db, "timers", &arena, &of, err);
	bool same;

	key_of(&service->book->profile->rules, key);
	same = str_eq(of, key);
	arena_release(&arena);
	if (code != ERR_OK || same)
		return code;
	job = job_new(0);
	job->weight = BATCH_ACTS;
	job->write = rebuild_write;
	job->done = over;
	service->timers.busy = true;
	code = job_submit(service, job, err);
	if (code != ERR_OK)
		job_free(job);
	return code;
}

/* --- waiting --------------------------------------------------------------------------------- */

void timers_committed(struct writer *writer)
{
	struct service *service = writer->service;
	int64_t at = 0;
	bool sooner;

	if (!writer->retimed || service->db->timer_next(writer->db, &at, NULL) != ERR_OK)
		return;
	writer->retimed = false;
	if (at == 0)
		at = INT64_MAX;
	pthread_mutex_lock(&service->lock);
	sooner = at < service->timers.at;
	service->timers.at = at;
	pthread_mutex_unlock(&service->lock);
	if (sooner)
		parks_nudge(service);
}

/* Takes the turn when something is due; *ret_ms is how long until then, *ret_ends: it is an ending. */
static bool take_turn(struct service *service, int *ret_ms, bool *ret_ends)
{
	struct timers *timers = &service->timers;
	int64_t now = env_now(&service->env), ticks = service_ticks(service), at, wait;
	bool mine = false;

	pthread_mutex_lock(&service->lock);
	at = timers->ends_at < timers->at ? timers->ends_at : timers->at;
	wait = at <= now ? 0 : at - now;
	*ret_ends = timers->ends_at <= now;
	if (wait < timers->not_before - ticks)
		wait = timers->not_before - ticks;
	if (timers->busy || service->stopping)
		wait = 1000;
	else
		mine = wait == 0;
	if (mine)
		timers->busy = true;
	pthread_mutex_unlock(&service->lock);
	*ret_ms = wait > 1000 ? 1000 : (int)wait;
	return mine;
}

int timers_tick(struct service *service)
{
	struct error err = ERROR_INIT;
	struct job *job;
	enum err code;
	bool ends;
	int ms;

	if (!take_turn(service, &ms, &ends))
		return ms;
	job = ends ? endings_job() : job_new(0);
	if (!ends) {
		job->weight = BATCH_ACTS; /* a transaction of its own */
		job->write = timers_fire;
	}
	job->done = ends ? ended : over;
	code = job_submit(service, job, &err);
	if (code != ERR_OK) {
		job->code = code;
		job->done(service, job);
	}
	return 0;
}
