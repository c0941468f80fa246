#include <config.h>

#include "zhiban/client/reckon.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "reckon_priv.h"

enum { WAKE_MS = 100 };

struct reckon {
	atomic_int refs;
	struct arena arena; /* of the problem; nothing is added once it runs */
	struct build_problem problem;
	struct reckon_info info;
	int64_t limit_ms;
	uint64_t seed;
	size_t rounds;

	pthread_t thread;
	bool started; /* who started it alone looks at it */
	atomic_bool stopping;
	reckon_wake_fn wake;
	void *ctx;
	int64_t began, woke; /* steady clock, ms; the thread's own */
	bool over_time;

	pthread_mutex_t lock; /* of all that follows */
	struct reckon_progress progress;
	struct arena kept; /* of what the end found */
	struct build_answer best;
	int64_t began_at, ended_at; /* 0: not yet */
};

static int64_t steady_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* ---- life ---- */

struct reckon *reckon_make(struct arena *arena, const struct build_problem *problem,
			   const struct reckon_options *options, const struct reckon_info *info)
{
	struct reckon *reckon = mem_alloc(sizeof *reckon);
	struct build_answer rotation;

	atomic_init(&reckon->refs, 1);
	reckon->arena = *arena;
	*arena = (struct arena)ARENA_INIT;
	reckon->problem = *problem;
	if (info != NULL)
		reckon->info = *info;
	reckon->limit_ms = options->limit_ms > 0 ? options->limit_ms : RECKON_LIMIT_MS;
	reckon->seed = options->seed;
	reckon->rounds = options->rounds;
	pthread_mutex_init(&reckon->lock, NULL);
	roster_rotation(problem, &reckon->arena, &rotation);
	roster_first(problem, &reckon->arena, &reckon->best);
	reckon->progress = (struct reckon_progress){ .rotation = rotation.score,
						     .first = reckon->best.score,
						     .best = reckon->best.score,
						     .limit_ms = reckon->limit_ms,
						     .answers = 1 };
	return reckon;
}

struct reckon *reckon_of(struct arena *arena, const struct build_problem *problem,
			 const struct reckon_options *options)
{
	return reckon_make(arena, problem, options, NULL);
}

struct reckon *reckon_ref(struct reckon *reckon)
{
	atomic_fetch_add(&reckon->refs, 1);
	return reckon;
}

void reckon_unref(struct reckon *reckon)
{
	if (reckon == NULL || atomic_fetch_sub(&reckon->refs, 1) > 1)
		return;
	reckon_join(reckon);
	pthread_mutex_destroy(&reckon->lock);
	arena_release(&reckon->kept);
	arena_release(&reckon->arena);
	free(reckon);
}

/* ---- on the thread ---- */

static bool is_enough(void *ctx)
{
	struct reckon *reckon = ctx;

	if (atomic_load(&reckon->stopping))
		return true;
	if (reckon->rounds == 0 && steady_ms() - reckon->began >= reckon->limit_ms)
		reckon->over_time = true;
	return reckon->over_time;
}

static void took(void *ctx, enum build_phase phase, const struct build_answer *answer)
{
	struct reckon *reckon = ctx;
	int64_t now = steady_ms();
	bool news;

	pthread_mutex_lock(&reckon->lock);
	news = build_compare(&answer->score, &reckon->best.score) < 0;
	if (news) {
		memcpy(reckon->best.who, answer->who,
		       reckon->problem.n_seats * sizeof *reckon->best.who);
		reckon->progress.answers++;
	}
	if (build_compare(&answer->score, &reckon->best.score) <= 0)
		reckon->best.score = reckon->progress.best = answer->score;
	news |= phase != reckon->progress.phase;
	reckon->progress.phase = phase;
	pthread_mutex_unlock(&reckon->lock);
	if (news && reckon->wake != NULL && now - reckon->woke >= WAKE_MS) {
		reckon->woke = now;
		reckon->wake(reckon->ctx);
	}
}

static enum reckon_state how_it_ended(const struct reckon *reckon, enum err code,
				      const struct build_answer *answer)
{
	const struct build_score *score = &answer->score;

	if (code != ERR_OK)
		return RECKON_FAILED;
	if (score->bound >= 0 && score->unfair <= score->bound && score->gaps == 0 &&
	    score->spare == 0)
		return RECKON_BEST;
	return atomic_load(&reckon->stopping) ? RECKON_STOPPED : RECKON_ENDED;
}

static void end(struct reckon *reckon, enum err code, const struct build_answer *answer,
		const struct error *err)
{
	pthread_mutex_lock(&reckon->lock);
	reckon->progress.state = how_it_ended(reckon, code, answer);
	if (code != ERR_OK)
		snprintf(reckon->progress.failure, sizeof reckon->progress.failure, "%s", err->text);
	reckon->best.blockers = answer->blockers;
	reckon->best.n_blockers = answer->n_blockers;
	reckon->ended_at = steady_ms();
	pthread_mutex_unlock(&reckon->lock);
	if (reckon->wake != NULL)
		reckon->wake(reckon->ctx);
}

void reckon_run(struct reckon *reckon)
{
	struct build_watch watch = { reckon, is_enough, took, reckon->seed, reckon->rounds };
	struct error err = ERROR_INIT;
	struct build_answer answer;
	enum err code;

	reckon->began = steady_ms();
	pthread_mutex_lock(&reckon->lock);
	reckon->progress.state = RECKON_RUNNING;
	reckon->began_at = reckon->began;
	pthread_mutex_unlock(&reckon->lock);
	code = roster_build(&reckon->problem, &watch, &reckon->kept, &answer, &err);
	end(reckon, code, &answer, &err);
}

static void *run_there(void *ctx)
{
	reckon_run(ctx);
	return NULL;
}

enum err reckon_start(struct reckon *reckon, reckon_wake_fn wake, void *ctx, struct error *err)
{
	sigset_t all, old;
	int rc;

	reckon->wake = wake;
	reckon->ctx = ctx;
	sigfillset(&all); /* signals are the face's */
	pthread_sigmask(SIG_SETMASK, &all, &old);
	rc = pthread_create(&reckon->thread, NULL, run_there, reckon);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (rc != 0)
		return error_errno(err, ERR_IO, rc, "%s", _("cannot start the generator"));
	reckon->started = true;
	return ERR_OK;
}

void reckon_stop(struct reckon *reckon)
{
	atomic_store(&reckon->stopping, true);
}

void reckon_join(struct reckon *reckon)
{
	if (!reckon->started)
		return;
	reckon_stop(reckon);
	pthread_join(reckon->thread, NULL);
	reckon->started = false;
}

/* ---- what is looked at ---- */

void reckon_look(struct reckon *reckon, struct reckon_progress *ret_progress)
{
	pthread_mutex_lock(&reckon->lock);
	*ret_progress = reckon->progress;
	if (reckon->began_at != 0)
		ret_progress->elapsed_ms =
			(reckon->ended_at != 0 ? reckon->ended_at : steady_ms()) - reckon->began_at;
	pthread_mutex_unlock(&reckon->lock);
}

const struct build_problem *reckon_problem(const struct reckon *reckon)
{
	return &reckon->problem;
}

const struct reckon_info *reckon_info(const struct reckon *reckon)
{
	return &reckon->info;
}

void reckon_best(struct reckon *reckon, struct arena *arena, struct build_answer *ret_answer)
{
	pthread_mutex_lock(&reckon->lock);
	*ret_answer = reckon->best;
	ret_answer->who = arena_dup(arena, reckon->best.who,
				    (reckon->problem.n_seats + 1) * sizeof *reckon->best.who);
	ret_answer->blockers = arena_dup(arena, reckon->best.blockers,
					 reckon->best.n_blockers * sizeof *reckon->best.blockers);
	pthread_mutex_unlock(&reckon->lock);
}
