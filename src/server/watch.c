#include <config.h>

#include "watch_priv.h"

#include <sys/socket.h>

#include "zhiban/base/mem.h"

static const int64_t most_ms[] = { /* 0: no end */
	[LINE_FRESH] = LINE_READING_S * 1000,
	[LINE_READING] = LINE_READING_S * 1000,
	[LINE_WORKING] = 0,
	[LINE_SENDING] = 0,
	[LINE_IDLE] = LINE_IDLE_S * 1000,
};

void watch_init(struct watch *watch)
{
	pthread_mutex_init(&watch->lock, NULL);
	watch->first = NULL;
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

void watch_enter(struct watch *watch, struct line *line, enum line_phase phase, int64_t now)
{
	if (line == NULL)
		return;
	pthread_mutex_lock(&watch->lock);
	line->phase = phase;
	line->since = now;
	pthread_mutex_unlock(&watch->lock);
}

void watch_sweep(struct watch *watch, int64_t now)
{
	pthread_mutex_lock(&watch->lock);
	for (const struct line *line = watch->first; line != NULL; line = line->next) {
		int64_t most = most_ms[line->phase];

		if (most != 0 && now - line->since > most)
			shutdown(line->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&watch->lock);
}
