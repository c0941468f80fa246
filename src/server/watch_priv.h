/* Connections and how long each may take: the HTTP library lets a slow sender live for ever, and does
 * not look at lines whose request waits.  A line that is over its time is shut down, which the library
 * then sees as its end; a wait whose other side has gone is told to whoever swept. */
#ifndef ZHIBAN_SERVER_WATCH_PRIV_H
#define ZHIBAN_SERVER_WATCH_PRIV_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum line_phase {
	LINE_FRESH,   /* connected, nothing asked yet */
	LINE_READING, /* a request is coming in */
	LINE_WORKING, /* ours: as long as it takes */
	LINE_SENDING, /* an answer goes out */
	LINE_IDLE,    /* kept for the next request */
};
/* Slower than this is no line but an attack, or dead: bytes a second that lengthen the time a request
 * may take to come in, and that an answer may need to go out. */
enum { LINE_READING_S = 15, LINE_IDLE_S = 90, LINE_SLOWEST = 512 };

struct request;

struct line {
	struct line *prev, *next;
	int fd;
	enum line_phase phase;
	int64_t since; /* ticks */
	int64_t most_ms; /* of this phase; 0: no end */
	struct request *request; /* while LINE_WORKING */
};
struct watch_gone { /* requests whose other side has gone */
	struct request **items;
	size_t n, cap;
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
/* So many bytes of a request have come: its time grows as if none were slower. */
void watch_progress(struct watch *watch, struct line *line, size_t bytes, int64_t now);
void watch_work(struct watch *watch, struct line *line, struct request *request, int64_t now);
void watch_send(struct watch *watch, struct line *line, size_t bytes, int64_t now);
/* Shuts down what is over its time.  Of the lines that work, those that have ended at the other side
 * and whose request `forget` gives up are added to *gone; it is called with the watch's lock held. */
void watch_sweep(struct watch *watch, int64_t now,
		 bool (*forget)(void *ctx, struct request *request), void *ctx,
		 struct watch_gone *gone);

#endif
