/* The night's run: pass after pass, each a job of its own. */
#include <config.h>

#include "erase_priv.h"

#include "purge_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"

enum { NIGHT_MINUTE = 3 * 60 /* of the day: when it begins */, AGAIN_MS = 10 * 60 * 1000 };

static struct job *pass_of(const struct purge *purge);

static void over(struct service *service, struct job *job)
{
	const struct purge *purge = job->data;
	struct job *next = NULL;
	struct error err = ERROR_INIT;

	if (job->code == ERR_OK && purge->stage != STAGE_END) {
		next = pass_of(purge);
		if (job_submit(service, next, &err) == ERR_OK) {
			job_free(job);
			return;
		}
		job_free(next);
	}
	pthread_mutex_lock(&service->lock);
	service->purging.busy = false;
	if (job->code == ERR_OK && purge->stage == STAGE_END)
		service->purging.done = purge->now;
	else
		service->purging.not_before = service_ticks(service) + AGAIN_MS;
	pthread_mutex_unlock(&service->lock);
	job_free(job);
}

static struct job *pass_of(const struct purge *purge)
{
	struct job *job = job_new(sizeof *purge);

	*(struct purge *)job->data = *purge;
	job->weight = BATCH_ACTS;
	job->write = purge_write;
	job->done = over;
	return job;
}

/* When the night's run of the day of `now` begins. */
static int64_t night_of(int64_t now, int offset_min)
{
	int64_t local = now + offset_min * INT64_C(60000);

	return local - local % DAY_MS + NIGHT_MINUTE * INT64_C(60000) -
	       offset_min * INT64_C(60000);
}

static bool take_turn(struct service *service, int64_t now)
{
	struct purging *purging = &service->purging;
	const struct rules *rules = &service->book->profile->rules;
	int64_t night = night_of(now, rules->offset_min);
	bool mine;

	mine = !purging->busy && !service->stopping && now >= night && purging->done < night &&
	       service_ticks(service) >= purging->not_before;
	purging->busy = purging->busy || mine;
	return mine;
}

/* When the last run was, once. */
static bool read_done(struct service *service)
{
	struct arena arena = ARENA_INIT;
	const char *text = NULL;
	long long done = 0;
	struct db *db;

	if (service->purging.done != 0)
		return true;
	if (reader_take(service, &db, NULL) != ERR_OK)
		return false;
	if (service->db->meta_get(db, PURGED, &arena, &text, NULL) != ERR_OK || text == NULL ||
	    !str_int(text, 0, INT64_MAX, &done))
		done = 0;
	reader_give(service, db);
	arena_release(&arena);
	service->purging.done = done != 0 ? done : 1;
	return true;
}

int purge_tick(struct service *service)
{
	struct purge purge = { .now = env_now(&service->env), .by = audit_system() };
	struct job *job;
	bool mine;

	if (!read_done(service))
		return 1000;
	pthread_mutex_lock(&service->lock);
	mine = take_turn(service, purge.now);
	pthread_mutex_unlock(&service->lock);
	if (!mine)
		return 1000;
	job = pass_of(&purge);
	if (job_submit(service, job, NULL) != ERR_OK) {
		job->code = ERR_BUSY;
		over(service, job);
	}
	return 1000;
}
