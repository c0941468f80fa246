#include <config.h>

#include "endings_priv.h"
#include "erase_priv.h"
#include "service_priv.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct job *job_new(size_t data_size)
{
	struct job *job = mem_alloc(sizeof *job);

	arena_init(&job->arena);
	job->data = arena_alloc(&job->arena, data_size);
	job->weight = 1;
	return job;
}

void job_free(struct job *job)
{
	if (job == NULL)
		return;
	arena_release(&job->arena);
	free(job);
}

/* The job has ended: whoever waits goes on.  The job may be gone on return. */
static void conclude(struct service *service, struct job *job)
{
	struct request *request = job->request;

	job->ended = true;
	if (job->done != NULL)
		job->done(service, job);
	else if (request != NULL && service->threads)
		service->wake(service->ctx, request);
}

static void failed(struct job *job, enum err code, const struct error *err)
{
	job->code = code;
	job->err = *err;
	job->err.code = code;
}

/* --- one transaction ------------------------------------------------------------------------- */

struct undo_point { /* what a savepoint of the database does not know */
	int64_t head;
	uint8_t hash[SHA256_LEN];
	struct rulebook *book, *fresh;
};

/* Writes one job inside the open transaction; undone when it fails.  An error means that it could
 * not be undone alone: some failures (a full disk) end SQLite's whole transaction, and then nothing
 * of the batch may stand. */
static enum err write_one(struct writer *writer, struct job *job, struct error *broken)
{
	const struct db_ops *db = writer->service->db;
	struct undo_point point = { .head = writer->head, .book = writer->book,
				    .fresh = writer->fresh };
	struct error err = ERROR_INIT;
	enum err code = db->mark(writer->db, DB_MARK_JOB, broken), undone;

	if (code != ERR_OK)
		return code;
	memcpy(point.hash, writer->hash, SHA256_LEN);
	code = job->write(writer, job, &err);
	if (code == ERR_OK)
		return db->unmark(writer->db, DB_MARK_JOB, broken);
	undone = db->undo(writer->db, DB_MARK_JOB, NULL);
	if (undone != ERR_OK)
		undone = error_set(broken, code, "%s", err.text);
	failed(job, code, &err);
	writer->head = point.head;
	memcpy(writer->hash, point.hash, SHA256_LEN);
	writer->book = point.book;
	writer->fresh = point.fresh;
	writer->mode_known = false;
	return undone;
}

static void fail_all(struct job *first, enum err code, const struct error *err)
{
	for (struct job *job = first; job != NULL; job = job->next)
		if (job->code == ERR_OK)
			failed(job, code, err);
}

static enum err write_all(struct writer *writer, struct job *first, struct error *err)
{
	struct service *service = writer->service;
	const struct db_ops *db = service->db;
	enum err code = db->begin(writer->db, err);

	if (code == ERR_OK)
		code = db->head(writer->db, &writer->head, writer->hash, err);
	writer->from = writer->head;
	if (code == ERR_OK)
		code = nodes_catch_up(writer, err);
	for (struct job *job = first; code == ERR_OK && job != NULL; job = job->next)
		if (job->code == ERR_OK)
			code = write_one(writer, job, err);
	if (code == ERR_OK && writer->head != writer->from)
		code = db->head_put(writer->db, writer->head, writer->hash, err);
	if (code == ERR_OK)
		code = nodes_tell(writer, err);
	if (code == ERR_OK)
		code = db->commit(writer->db, err);
	if (code != ERR_OK)
		(void)db->rollback(writer->db, NULL);
	return code;
}

/* When it begins and when it is over, not each time. */
static void say_trouble(struct service *service, const struct error *err)
{
	struct str words = STR_INIT;

	if (err->text[0] != '\0')
		str_addf(&words, "<3>%s: %s", _("the data cannot be written"), err->text);
	else
		str_addf(&words, "<5>%s", _("the data can be written again"));
	if (service->say != NULL)
		service->say(service->ctx, words.s);
	str_release(&words);
}

static void count_batch(struct service *service, const struct job *first, int64_t began,
			const struct error *err)
{
	bool was;

	for (const struct job *job = first; job != NULL; job = job->next)
		metric_add(service, METRIC_BATCH_JOBS, 1);
	metric_add(service, METRIC_BATCHES, 1);
	metric_add(service, METRIC_BATCH_TIME, (service_ticks(service) - began) * 1000);
	metric_add(service, METRIC_BATCH_FAILED, err->text[0] != '\0');
	pthread_mutex_lock(&service->lock);
	was = service->trouble.text[0] != '\0';
	service->trouble = *err;
	pthread_mutex_unlock(&service->lock);
	if (was != (err->text[0] != '\0'))
		say_trouble(service, err);
}

/* A list of jobs in one transaction, then everyone concerned is told. */
static void batch(struct writer *writer, struct job *first)
{
	struct service *service = writer->service;
	struct error err = ERROR_INIT;
	int64_t began = service_ticks(service);
	enum err code;

	if (writer->n_touched > 0)
		memset(writer->touched, 0, writer->n_touched);
	writer->fresh = NULL;
	writer->ended = false;
	writer->mode_known = false;
	pthread_mutex_lock(&service->lock);
	writer->book = service->book;
	pthread_mutex_unlock(&service->lock);

	code = write_all(writer, first, &err);
	count_batch(service, first, began, &err);
	if (code != ERR_OK) {
		fail_all(first, code, &err);
	} else {
		if (writer->fresh != NULL)
			service_adopted(service, writer->fresh);
		metric_add(service, METRIC_ENTRIES, writer->head - writer->from);
		metric_set(service, METRIC_SEQ, writer->head);
		erase_committed(writer);
		timers_committed(writer);
		if (writer->head != writer->from)
			search_behind(service);
		endings_committed(writer);
		nodes_committed(writer);
		parks_note(service, writer->touched, writer->n_touched);
	}
	while (first != NULL) {
		struct job *job = first;

		first = job->next;
		conclude(service, job);
	}
}

/* --- threads --------------------------------------------------------------------------------- */

static void push(struct job ***last, struct job *job)
{
	job->next = NULL;
	**last = job;
	*last = &job->next;
}

/* Takes jobs of at most BATCH_ACTS acts together (at least one job) off the writer's queue. */
static struct job *pull_batch(struct jobs *jobs)
{
	struct job *first = jobs->write_first, *last = first;
	size_t weight = first->weight;

	jobs->n--;
	while (last->next != NULL && weight + last->next->weight <= BATCH_ACTS) {
		last = last->next;
		weight += last->weight;
		jobs->n--;
	}
	jobs->write_first = last->next;
	if (jobs->write_first == NULL)
		jobs->write_last = &jobs->write_first;
	last->next = NULL;
	return first;
}

static void *writer_main(void *ctx)
{
	struct service *service = ctx;
	struct jobs *jobs = &service->jobs;

	for (;;) {
		struct job *first;

		pthread_mutex_lock(&jobs->lock);
		while (jobs->write_first == NULL && !jobs->stop_writer)
			pthread_cond_wait(&jobs->to_write, &jobs->lock);
		if (jobs->write_first == NULL) {
			pthread_mutex_unlock(&jobs->lock);
			return NULL;
		}
		first = pull_batch(jobs);
		pthread_mutex_unlock(&jobs->lock);
		batch(&service->writer, first);
	}
}

static void work_one(struct service *service, struct job *job)
{
	struct error err = ERROR_INIT;
	enum err code = job->work(service, job, &err);

	if (code != ERR_OK)
		failed(job, code, &err);
}

/* Hashing gives way to what answers requests: on Linux a thread has a nice value of its own. */
static void give_way(void)
{
	enum { NICER = 5 };

	(void)setpriority(PRIO_PROCESS, (id_t)gettid(), NICER);
}

static void *hasher_main(void *ctx)
{
	struct service *service = ctx;
	struct jobs *jobs = &service->jobs;

	give_way();
	for (;;) {
		struct job *job;

		pthread_mutex_lock(&jobs->lock);
		while (jobs->work_first == NULL && !jobs->stop)
			pthread_cond_wait(&jobs->to_work, &jobs->lock);
		job = jobs->work_first;
		if (job == NULL) {
			pthread_mutex_unlock(&jobs->lock);
			return NULL;
		}
		jobs->work_first = job->next;
		if (jobs->work_first == NULL)
			jobs->work_last = &jobs->work_first;
		jobs->n--;
		jobs->n_work--;
		pthread_mutex_unlock(&jobs->lock);

		work_one(service, job);
		if (job->code != ERR_OK || job->write == NULL) {
			conclude(service, job);
			continue;
		}
		pthread_mutex_lock(&jobs->lock);
		push(&jobs->write_last, job);
		jobs->n++;
		pthread_cond_signal(&jobs->to_write);
		pthread_mutex_unlock(&jobs->lock);
	}
}

enum err jobs_start(struct service *service, struct error *err)
{
	struct jobs *jobs = &service->jobs;
	int rc;

	pthread_mutex_init(&jobs->lock, NULL);
	pthread_cond_init(&jobs->to_write, NULL);
	pthread_cond_init(&jobs->to_work, NULL);
	jobs->write_last = &jobs->write_first;
	jobs->work_last = &jobs->work_first;
	if (!service->threads)
		return ERR_OK;
	rc = pthread_create(&jobs->writer, NULL, writer_main, service);
	for (size_t i = 0; rc == 0 && i < jobs->n_hashers; i++)
		rc = pthread_create(&jobs->hashers[i], NULL, hasher_main, service);
	if (rc != 0)
		return error_errno(err, ERR_IO, rc, "%s", _("a thread could not be started"));
	jobs->running = true;
	return ERR_OK;
}

void jobs_stop(struct service *service)
{
	struct jobs *jobs = &service->jobs;

	if (jobs->running) {
		/* hashers first: what they have in hand still goes to the writer */
		pthread_mutex_lock(&jobs->lock);
		jobs->stop = true;
		pthread_cond_broadcast(&jobs->to_work);
		pthread_mutex_unlock(&jobs->lock);
		for (size_t i = 0; i < jobs->n_hashers; i++)
			pthread_join(jobs->hashers[i], NULL);
		pthread_mutex_lock(&jobs->lock);
		jobs->stop_writer = true;
		pthread_cond_broadcast(&jobs->to_write);
		pthread_mutex_unlock(&jobs->lock);
		pthread_join(jobs->writer, NULL);
	}
	pthread_cond_destroy(&jobs->to_write);
	pthread_cond_destroy(&jobs->to_work);
	pthread_mutex_destroy(&jobs->lock);
}

static void run_here(struct service *service, struct job *job)
{
	if (job->work != NULL)
		work_one(service, job);
	if (job->code == ERR_OK && job->write != NULL)
		batch(&service->writer, job);
	else
		conclude(service, job);
}

enum err job_submit(struct service *service, struct job *job, struct error *err)
{
	struct jobs *jobs = &service->jobs;

	job->next = NULL;
	if (!service->threads) {
		run_here(service, job);
		return ERR_OK;
	}
	pthread_mutex_lock(&jobs->lock);
	if (jobs->stop || jobs->n >= QUEUE_MAX ||
	    (job->work != NULL && jobs->n_work >= WORK_MAX)) {
		pthread_mutex_unlock(&jobs->lock);
		metric_add(service, METRIC_QUEUE_FULL, 1);
		return error_set(err, ERR_BUSY, "%s",
				 _("the server has too much to do: try again"));
	}
	jobs->n++;
	if (job->work != NULL) {
		jobs->n_work++;
		push(&jobs->work_last, job);
		pthread_cond_signal(&jobs->to_work);
	} else {
		push(&jobs->write_last, job);
		pthread_cond_signal(&jobs->to_write);
	}
	pthread_mutex_unlock(&jobs->lock);
	return ERR_OK;
}
