/* Connections and how long each may take: the HTTP library lets a slow sender live for ever.  A
 * line that is over its time is shut down, which the library then sees as its end. */
#ifndef ZHIBAN_SERVER_WATCH_PRIV_H
#define ZHIBAN_SERVER_WATCH_PRIV_H

#include <pthread.h>
#include <stdint.h>

enum line_phase {
	LINE_FRESH,   /* connected, nothing asked yet */
	LINE_READING, /* a request is coming in */
	LINE_WORKING, /* ours: as long as it takes */
	LINE_SENDING, /* the library's own timeout watches progress */
	LINE_IDLE,    /* kept for the next request */
};
enum { LINE_READING_S = 15, LINE_IDLE_S = 90 };

struct line {
	struct line *prev, *next;
	int fd;
	enum line_phase phase;
	int64_t since; /* ticks */
};
struct watch {
	pthread_mutex_t lock;
	struct line *first;
	int64_t reading_ms;
};

void watch_init(struct watch *watch, int64_t reading_ms); /* 0: LINE_READING_S */
void watch_release(struct watch *watch);
struct line *watch_open(struct watch *watch, int fd, int64_t now);
void watch_close(struct watch *watch, struct line *line); /* before its socket is closed */
void watch_enter(struct watch *watch, struct line *line, enum line_phase phase, int64_t now);
void watch_sweep(struct watch *watch, int64_t now);

#endif
