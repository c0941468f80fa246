#include <config.h>

#include "watch_priv.h"

#include <poll.h>
#include <sys/socket.h>

#include "zhiban/base/mem.h"

enum { SENDING_S = 60 }; /* what the slowest may need besides */

/* Most milliseconds in a phase; 0: no end. */
static int64_t most_ms(const struct watch *watch, enum line_phase phase)
{
	switch (phase) {
	case LINE_FRESH:
	case LINE_READING:
		return watch->reading_ms;
	case LINE_IDLE:
		return LINE_IDLE_S * 1000;
	case LINE_SENDING:
		return SENDING_S * 1000;
	case LINE_WORKING:
		break;
	}
	return 0;
}

void watch_init(struct watch *watch, int64_t reading_ms)
{
	pthread_mutex_init(&watch->lock, NULL);
	watch->first = NULL;
	watch->reading_ms = reading_ms != 0 ? reading_ms : LINE_READING_S * 1000;
}

void watch_release(struct watch *watch)
{
	pthread_mutex_destroy(&watch->lock);
}

struct line *watch_open(struct watch *watch, int fd, int64_t now)
{
	struct line *line = mem_alloc(sizeof *line);

	line->fd = fd;
	line->since = now;
	line->most_ms = watch->reading_ms;
	pthread_mutex_lock(&watch->lock);
	line->next = watch->first;
	if (line->next != NULL)
		line->next->prev = line;
	watch->first = line;
	pthread_mutex_unlock(&watch->lock);
	return line;
}

void watch_close(struct watch *watch, struct line *line)
{
	if (line == NULL)
		return;
	pthread_mutex_lock(&watch->lock);
	if (line->prev != NULL)
		line->prev->next = line->next;
	else
		watch->first = line->next;
	if (line->next != NULL)
		line->next->prev = line->prev;
	pthread_mutex_unlock(&watch->lock);
	free(line);
}

static void enter(struct watch *watch, struct line *line, enum line_phase phase, int64_t more_ms,
		  struct request *request, int64_t now)
{
	if (line == NULL)
		return;
	pthread_mutex_lock(&watch->lock);
	line->phase = phase;
	line->since = now;
	line->most_ms = most_ms(watch, phase) + more_ms;
	line->request = request;
	pthread_mutex_unlock(&watch->lock);
}

void watch_enter(struct watch *watch, struct line *line, enum line_phase phase, int64_t now)
{
	enter(watch, line, phase, 0, NULL, now);
}

void watch_work(struct watch *watch, struct line *line, struct request *request, int64_t now)
{
	enter(watch, line, LINE_WORKING, 0, request, now);
}

void watch_send(struct watch *watch, struct line *line, size_t bytes, int64_t now)
{
	enter(watch, line, LINE_SENDING, (int64_t)bytes * 1000 / LINE_SLOWEST, NULL, now);
}

void watch_progress(struct watch *watch, struct line *line, size_t bytes, int64_t now)
{
	if (line == NULL)
		return;
	pthread_mutex_lock(&watch->lock);
	line->since += (int64_t)bytes * 1000 / LINE_SLOWEST;
	if (line->since > now)
		line->since = now;
	pthread_mutex_unlock(&watch->lock);
}

/* Of the lines that work, those with an end from the other side. */
static void find_gone(const struct watch *watch, size_t n,
		      bool (*forget)(void *ctx, struct request *request), void *ctx,
		      struct watch_gone *gone)
{
	struct pollfd *fds = mem_resize(NULL, n, sizeof *fds);
	struct request **requests = mem_resize(NULL, n, sizeof *requests);
	size_t at = 0;

	for (const struct line *line = watch->first; line != NULL; line = line->next) {
		if (line->phase != LINE_WORKING)
			continue;
		fds[at] = (struct pollfd){ line->fd, POLLRDHUP, 0 };
		requests[at++] = line->request;
	}
	if (poll(fds, at, 0) <= 0)
		at = 0;
	for (size_t i = 0; i < at; i++) {
		if ((fds[i].revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0 ||
		    !forget(ctx, requests[i]))
			continue;
		MEM_GROW(gone->items, gone->n, gone->cap);
		gone->items[gone->n++] = requests[i];
	}
	free(requests);
	free(fds);
}

void watch_sweep(struct watch *watch, int64_t now,
		 bool (*forget)(void *ctx, struct request *request), void *ctx,
		 struct watch_gone *gone)
{
	size_t working = 0;

	pthread_mutex_lock(&watch->lock);
	for (const struct line *line = watch->first; line != NULL; line = line->next) {
		working += line->phase == LINE_WORKING;
		if (line->most_ms != 0 && now - line->since > line->most_ms)
			shutdown(line->fd, SHUT_RDWR);
	}
	if (working > 0)
		find_gone(watch, working, forget, ctx, gone);
	pthread_mutex_unlock(&watch->lock);
}
