/* Failed log-ins, summed up for the audit log: a line a minute for each name and address, so that a
 * flood of guesses does not flood the log (fails.c). */
#ifndef ZHIBAN_SERVER_FAILS_PRIV_H
#define ZHIBAN_SERVER_FAILS_PRIV_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct service;

enum { FAILS_MAX = 64, FAIL_NAME = 128, FAIL_ADDRESS = 64 };
struct fail {
	char name[FAIL_NAME], address[FAIL_ADDRESS];
	int64_t first, n; /* ms UTC; how many */
};
struct fails {
	pthread_mutex_t lock;
	struct fail items[FAILS_MAX]; /* the last one takes all for which there is no room */
	size_t n;
};

void fails_init(struct fails *fails);
void fails_release(struct fails *fails);
void fails_note(struct fails *fails, const char *name, const char *address, int64_t now);
/* Writes those of a minute ago; all: whatever there is. */
void fails_flush(struct service *service, bool all);

#endif
