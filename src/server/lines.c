#include <config.h>

#include "lines_priv.h"

#include <sys/socket.h>

#include "zhiban/base/mem.h"

static const int64_t most_ms[] = { /* 0: no end */
	[LINE_FRESH] = LINE_READING_S * 1000,
	[LINE_READING] = LINE_READING_S * 1000,
	[LINE_WORKING] = 0,
	[LINE_SENDING] = 0,
	[LINE_IDLE] = LINE_IDLE_S * 1000,
};

void lines_start(struct lines *lines)
{
	pthread_mutex_init(&lines->lock, NULL);
	lines->first = NULL;
}

void lines_end(struct lines *lines)
{
	pthread_mutex_destroy(&lines->lock);
}

struct line *line_open(struct lines *lines, int fd, int64_t now)
{
	struct line *line = mem_alloc(sizeof *line);

	line->fd = fd;
	line->since = now;
	pthread_mutex_lock(&lines->lock);
	line->next = lines->first;
	if (line->next != NULL)
		line->next->prev = line;
	lines->first = line;
	pthread_mutex_unlock(&lines->lock);
	return line;
}

void line_close(struct lines *lines, struct line *line)
{
	if (line == NULL)
		return;
	pthread_mutex_lock(&lines->lock);
	if (line->prev != NULL)
		line->prev->next = line->next;
	else
		lines->first = line->next;
	if (line->next != NULL)
		line->next->prev = line->prev;
	pthread_mutex_unlock(&lines->lock);
	free(line);
}

void line_enter(struct lines *lines, struct line *line, enum line_phase phase, int64_t now)
{
	if (line == NULL)
		return;
	pthread_mutex_lock(&lines->lock);
	line->phase = phase;
	line->since = now;
	pthread_mutex_unlock(&lines->lock);
}

void lines_sweep(struct lines *lines, int64_t now)
{
	pthread_mutex_lock(&lines->lock);
	for (const struct line *line = lines->first; line != NULL; line = line->next) {
		int64_t most = most_ms[line->phase];

		if (most != 0 && now - line->since > most)
			shutdown(line->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&lines->lock);
}
