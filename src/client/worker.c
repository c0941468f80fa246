#include <config.h>

#include "zhiban/client/worker.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "client_priv.h"
#include "worker_priv.h"
#include "zhiban/client/search.h"

enum { LOCK_RETRY_MS = 500, THREAD_STEP_MS = 60 * 1000, TROUBLE_MS = 2000 };

void worker_tell(struct worker *worker, const struct tell *tell)
{
	queue_put(worker->tells, tell);
}

void worker_defect(struct worker *worker, const char *text)
{
	struct tell tell = { .kind = TELL_DEFECT, .code = ERR_CORRUPT };

	trace_line(worker->trace, "defect: %s", text);
	snprintf(tell.text, sizeof tell.text, "%s", text);
	worker_tell(worker, &tell);
}

/* ---- life ---- */

static enum err open_parts(struct worker *worker, struct error *err)
{
	struct sync_options options = { .ops = &worker_ops, .ctx = worker, .env = worker->env,
					.thin = worker->thin };
	enum err code = dir_make(worker->dir, 0700, err);

	if (code == ERR_OK)
		code = dir_is_local(worker->dir, err);
	if (code == ERR_OK)
		code = queue_new(sizeof(struct ask), &worker->asks, err);
	if (code == ERR_OK)
		code = queue_new(sizeof(struct tell), &worker->tells, err);
	if (code == ERR_OK)
		code = outbox_open(worker->dir, false, &worker->outbox, err);
	if (code == ERR_OK && worker->transport.send == NULL) {
		code = http_new(worker->url, worker->key_pin, &worker->http, err);
		if (code == ERR_OK) {
			worker->transport = http_transport(worker->http);
			http_before(worker->http, worker_leaves, worker);
		}
	}
	if (code != ERR_OK)
		return code;
	worker->sync = sync_new(&options);
	worker->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (worker->watch >= 0)
		inotify_add_watch(worker->watch, worker->dir, IN_MODIFY | IN_CLOSE_WRITE);
	return ERR_OK;
}

enum err worker_new(const struct worker_options *options, struct worker **ret_worker,
		    struct error *err)
{
	struct worker *worker = mem_alloc(sizeof *worker);
	enum err code;

	worker->dir = mem_strdup(options->dir);
	worker->url = mem_strdup(options->url);
	worker->key_pin = mem_strdup(options->key_pin != NULL ? options->key_pin : "");
	worker->thin = options->thin;
	worker->window_days = options->window_days > 0 ? options->window_days : 0;
	worker->env = options->env;
	worker->trace = options->trace;
	worker->keep_pins = options->keep_pins;
	if (options->transport != NULL)
		worker->transport = *options->transport;
	worker->lock = worker->watch = -1;
	snprintf(worker->link.server, sizeof worker->link.server, "%s", options->url);
	code = open_parts(worker, err);
	if (code != ERR_OK)
		worker_free(worker);
	else
		*ret_worker = worker;
	return code;
}

void worker_free(struct worker *worker)
{
	struct tell tell;

	if (worker == NULL)
		return;
	if (worker->started)
		worker_stop(worker);
	worker_reckon_end(worker);
	if (worker->sync != NULL)
		sync_stop(worker->sync);
	while (worker->tells != NULL && queue_get(worker->tells, &tell))
		client_found_free(tell.found);
	link_keep(worker);
	sync_free(worker->sync);
	http_free(worker->http);
	worker_search_forget(worker);
	store_close(worker->cache);
	store_close(worker->outbox);
	file_unlock(worker->lock);
	if (worker->watch >= 0)
		close(worker->watch);
	queue_free(worker->asks);
	queue_free(worker->tells);
	crypto_wipe(worker->login_hash, sizeof worker->login_hash);
	marks_given_free(&worker->marks);
	free(worker->dir);
	free(worker->url);
	free(worker->key_pin);
	free(worker);
}

void worker_ask(struct worker *worker, const struct ask *ask)
{
	queue_put(worker->asks, ask);
}

bool worker_told(struct worker *worker, struct tell *ret_tell)
{
	return queue_get(worker->tells, ret_tell);
}

int worker_fd(const struct worker *worker)
{
	return queue_fd(worker->tells);
}

/* ---- the lock ---- */

/* Who this console is and whose session it has; what cannot be read is not nobody. */
static enum err read_self(struct worker *worker, struct uuid *ret_console, char token[TOKEN_TEXT],
			  struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct outbox_who who;
	struct uuid console;
	enum err code;

	store_meta_begin(worker->outbox);
	console = outbox_console(worker->outbox);
	code = store_meta_end(worker->outbox, err);
	token[0] = '\0';
	if (code == ERR_OK)
		code = outbox_who(worker->outbox, NULL, &arena, &who, err);
	if (code == ERR_OK && !str_copy(token, TOKEN_TEXT, who.token))
		token[0] = '\0';
	arena_release(&arena);
	if (code != ERR_OK && code != ERR_AUTH)
		return code;
	*ret_console = console;
	return ERR_OK;
}

/* What readers would like to see; a nil id: that the cache is compared with the server. */
static void look_at_wants(struct worker *worker, int64_t now)
{
	struct arena arena = ARENA_INIT;
	struct uuid *ids;
	size_t n;

	if (outbox_wants(worker->outbox, &arena, &ids, &n, NULL) == ERR_OK)
		for (size_t i = 0; i < n; i++) {
			if (!uuid_is_nil(&ids[i]))
				sync_want_timeline(worker->sync, &ids[i], now);
			else if (!worker->compare_wished)
				sync_compare(worker->sync, now);
			worker->compare_wished |= uuid_is_nil(&ids[i]);
		}
	arena_release(&arena);
}

static enum err begin(struct worker *worker, struct error *err)
{
	struct sync_mark mark;
	char token[TOKEN_TEXT];
	int64_t version = store_data_version(worker->outbox);
	enum err code = read_self(worker, &worker->console, token, err);

	store_meta_begin(worker->cache);
	window_begin(worker, &mark);
	worker->link.usable = store_meta_int(worker->cache, "usable") != 0;
	worker->link.data_at = store_meta_int(worker->cache, "data_at");
	if (code == ERR_OK)
		code = store_meta_end(worker->cache, err);
	if (code != ERR_OK)
		return code;
	worker_search_forget(worker);
	worker->compare_wished = false;
	worker->indexes_left = 1;
	worker->busy = true;
	worker->outbox_version = version;
	worker->link.cursor = mark.cursor;
	worker->complete = mark.complete;
	worker->bulk = false;
	if (!mark.complete && worker_bulk(worker, true, NULL) != ERR_OK)
		trace_line(worker->trace, "a snapshot comes in with little memory");
	worker->link_new = worker->link_save = true;
	sync_begin(worker->sync, &worker->console, token, &mark, env_now(worker->env));
	look_at_wants(worker, env_now(worker->env));
	return ERR_OK;
}

/* Tried again with the lock. */
static void let_go(struct worker *worker)
{
	store_close(worker->cache);
	worker->cache = NULL;
	file_unlock(worker->lock);
	worker->lock = -1;
}

static enum err take_lock(struct worker *worker, struct error *err)
{
	struct arena arena = ARENA_INIT;
	enum err code = file_lock(path_join(&arena, worker->dir, "lock"), &worker->lock, err);

	arena_release(&arena);
	if (code != ERR_OK) {
		worker->lock = -1;
		worker->next_try = env_now(worker->env) + LOCK_RETRY_MS;
		return code == ERR_BUSY ? ERR_OK : code;
	}
	code = cache_open(worker->dir, CACHE_WRITE, &worker->cache, err);
	if (code == ERR_OK) {
		trace_line(worker->trace, "lock: taken");
		code = begin(worker, err);
	}
	if (code != ERR_OK)
		let_go(worker);
	return code;
}

/* A damaged cache is thrown away: the server has everything in it. */
static enum err make_anew(struct worker *worker, struct error *err)
{
	enum err code;

	worker->damaged = false;
	sync_stop(worker->sync);
	store_close(worker->cache);
	worker->cache = NULL;
	worker_defect(worker, _("the cache was damaged and is made anew"));
	code = cache_remove(worker->dir, err);
	if (code == ERR_OK)
		code = cache_open(worker->dir, CACHE_WRITE, &worker->cache, err);
	if (code == ERR_OK)
		code = begin(worker, err);
	if (code != ERR_OK)
		let_go(worker);
	return code;
}

/* ---- what other processes did ---- */

static enum err look_at_outbox(struct worker *worker, int64_t now, struct error *err)
{
	char buf[4096], token[TOKEN_TEXT];
	struct uuid console;
	int64_t version;
	enum err code;

	while (worker->watch >= 0 && read(worker->watch, buf, sizeof buf) > 0)
		;
	version = store_data_version(worker->outbox);
	if (version == worker->outbox_version)
		return ERR_OK;
	code = read_self(worker, &console, token, err);
	if (code != ERR_OK) /* looked at again next time */
		return code;
	worker->link_new = true;
	if (!uuid_eq(&console, &worker->console)) /* enrolled anew */
		return begin(worker, err);
	worker->outbox_version = version;
	sync_token(worker->sync, token, now);
	sync_outbox_changed(worker->sync, now);
	worker_marks_look(worker, now);
	look_at_wants(worker, now);
	return ERR_OK;
}

/* ---- steps ---- */

static int min_timeout(int timeout_ms, int64_t until, int64_t now)
{
	if (until <= now)
		return 0;
	return until - now < timeout_ms ? (int)(until - now) : timeout_ms;
}

static enum err wait_for_lock(struct worker *worker, int timeout_ms, struct error *err)
{
	struct pollfd fds[2] = { { queue_fd(worker->asks), POLLIN, 0 } };
	int64_t now = env_now(worker->env);
	enum err code = ERR_OK;

	/* A clock that was set back is no reason to wait for longer. */
	if (now >= worker->next_try || worker->next_try - now > LOCK_RETRY_MS)
		code = take_lock(worker, err);
	if (code != ERR_OK || worker->cache != NULL)
		return code;
	poll(fds, 1, min_timeout(timeout_ms, worker->next_try, now));
	worker_asks(worker);
	return ERR_OK;
}

static enum err transfers(struct worker *worker, int timeout_ms, struct error *err)
{
	int fds[2] = { queue_fd(worker->asks), worker->watch };
	struct http_done done;
	enum err code = worker->transport.wait(worker->transport.ctx, fds, 2, timeout_ms, err);

	while (code == ERR_OK && worker->transport.next(worker->transport.ctx, &done)) {
		int64_t now = env_now(worker->env);

		if (done.failed) {
			trace_line(worker->trace, "http: %s", done.reason);
			(done.strange ? sync_strange : sync_failed)(worker->sync, done.lane,
								    done.reason, now);
		} else {
			sync_response(worker->sync, &done.response, now);
		}
	}
	return code;
}

static bool is_ending(void *ctx)
{
	struct worker *worker = ctx;

	return atomic_load(&worker->ending);
}

/* Sort indexes are made when the snapshot is complete, one a step. */
static enum err make_index(struct worker *worker, struct error *err)
{
	struct sync_mark mark;

	if (worker->indexes_left == 0)
		return ERR_OK;
	mark_load(worker->cache, &mark);
	if (!mark.complete)
		return ERR_OK;
	return cache_index(worker->cache, is_ending, worker, &worker->indexes_left, err);
}

static enum err idle_work(struct worker *worker, int64_t now, struct error *err)
{
	bool more = false, search = false;
	enum err code = worker_bulk(worker, false, err);

	if (code == ERR_OK)
		code = make_index(worker, err);
	if (code == ERR_OK && worker->indexes_left == 0)
		code = window_prune(worker, now, &more, err);
	if (code == ERR_OK && worker->indexes_left == 0 && !more)
		code = worker_search(worker, now, &search, err);
	worker->busy = more || search || worker->indexes_left > 0;
	return code;
}

enum err worker_step(struct worker *worker, int timeout_ms, struct error *err)
{
	int64_t now;
	enum err code;

	if (worker->cache == NULL)
		return wait_for_lock(worker, timeout_ms, err);
	now = env_now(worker->env);
	worker_asks(worker);
	if (worker->busy && sync_in_step(worker->sync))
		timeout_ms = 0;
	code = transfers(worker, min_timeout(timeout_ms, sync_next_tick(worker->sync), now), err);
	worker_asks(worker);
	now = env_now(worker->env);
	if (code == ERR_OK)
		code = look_at_outbox(worker, now, err);
	sync_tick(worker->sync, now);
	if (code == ERR_OK && worker->cache != NULL &&
	    (worker->damaged || store_is_corrupt(worker->cache)))
		code = make_anew(worker, err);
	if (code == ERR_OK && sync_in_step(worker->sync))
		code = idle_work(worker, now, err);
	if (worker->cache != NULL)
		link_told(worker, now);
	return code;
}

bool worker_has_lock(const struct worker *worker)
{
	return worker->cache != NULL;
}

bool worker_waits_for_author(const struct worker *worker)
{
	return worker->cache != NULL && sync_waits_for_author(worker->sync) &&
	       sync_in_step(worker->sync);
}

bool worker_has_to_index(const struct worker *worker)
{
	return worker->cache != NULL && worker->indexes_left > 0;
}

bool worker_in_step(const struct worker *worker)
{
	struct outbox_counts counts;

	return worker->cache != NULL && sync_in_step(worker->sync) &&
	       outbox_counts(worker->outbox, &counts, NULL) == ERR_OK && counts.pending == 0;
}

/* ---- the thread ---- */

static void *run(void *ctx)
{
	struct worker *worker = ctx;

	while (!worker->stopping) {
		struct error err = ERROR_INIT;

		if (worker_step(worker, worker->troubled ? 0 : THREAD_STEP_MS, &err) == ERR_OK) {
			link_calm(worker);
			continue;
		}
		link_trouble(worker, err.text);
		poll(NULL, 0, TROUBLE_MS); /* a full disk, say: not in a tight loop */
	}
	return NULL;
}

enum err worker_start(struct worker *worker, struct error *err)
{
	sigset_t all, old;
	int rc;

	sigfillset(&all); /* signals are the face's */
	pthread_sigmask(SIG_SETMASK, &all, &old);
	rc = pthread_create(&worker->thread, NULL, run, worker);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (rc != 0)
		return error_errno(err, ERR_IO, rc, "%s", _("cannot start the worker"));
	worker->started = true;
	return ERR_OK;
}

void worker_stop(struct worker *worker)
{
	struct ask stop = { .kind = ASK_STOP };

	if (!worker->started)
		return;
	atomic_store(&worker->ending, true);
	worker_ask(worker, &stop);
	pthread_join(worker->thread, NULL);
	worker->started = false;
}
