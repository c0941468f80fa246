/* Memory of keys that forgets the oldest (memo.c), and what is kept in it (backoff.c). */
#ifndef ZHIBAN_SERVER_MEMO_PRIV_H
#define ZHIBAN_SERVER_MEMO_PRIV_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/uuid.h"

enum { MEMO_BUCKETS = 1024, MEMO_WAYS = 8 };
struct memo_slot {
	uint64_t key;
	int64_t used; /* when, ms; 0: free */
	int64_t value[3];
};
struct memo {
	pthread_mutex_t lock;
	struct memo_slot slots[MEMO_BUCKETS][MEMO_WAYS];
};
struct memo *memo_new(void);
void memo_free(struct memo *memo);
uint64_t memo_key(const void *bytes, size_t len);
/* The slot of a key, made with zeros if need be; the memo stays locked until memo_done. */
struct memo_slot *memo_take(struct memo *memo, uint64_t key, int64_t now);
void memo_done(struct memo *memo);

/* Back-off after failed log-ins: milliseconds to wait still, 0 when none (backoff.c). */
int64_t backoff_left(struct memo *memo, const char *what, const char *name, int64_t now);
void backoff_failed(struct memo *memo, const char *what, const char *name, int64_t now);
void backoff_passed(struct memo *memo, const char *what, const char *name, int64_t now);

/* How many log-ins of an address or a name are being hashed: false, there are `most` already. */
bool crowd_enter(struct memo *memo, const char *what, const char *name, int most, int64_t now);
void crowd_leave(struct memo *memo, const char *what, const char *name, int64_t now);

/* When a console was last heard of: what an author's time may claim (backoff.c). */
void contact_note(struct memo *memo, const struct uuid *console, int64_t seen, int64_t now);
/* A console that goes on for another was away when that was. */
void contact_inherit(struct memo *memo, const struct uuid *from, const struct uuid *to,
		     int64_t now);
/* The earliest moment an act claimed for `claimed` may count from. */
int64_t contact_floor(struct memo *memo, const struct uuid *console, int64_t claimed, int64_t now);

#endif
