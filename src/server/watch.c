#include <config.h>

#include "watch_priv.h"

#include <sys/socket.h>

#include "zhiban/base/mem.h"

/* Most milliseconds in a phase; 0: no end. */
static int64_t most_ms(const struct watch *watch, enum line_phase phase)
{
	switch (phase) {
	case LINE_FRESH:
	case LINE_READING:
		return watch->reading_ms;
	case LINE_IDLE:
		return LINE_IDLE_S * 1000;
	case LINE_WORKING:
	case LINE_SENDING:
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
		int64_t most = most_ms(watch, line->phase);

		if (most != 0 && now - line->since > most)
			shutdown(line->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&watch->lock);
}
