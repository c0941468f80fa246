/* Entities that are no incidents (notices, whistles, checks that were done), as shown: the cache's with
 * the acts of ours on them that wait.  There are few of them, so they are replayed when asked for. */
#ifndef ZHIBAN_CLIENT_THING_PRIV_H
#define ZHIBAN_CLIENT_THING_PRIV_H

#include "client_priv.h"

struct thing {
	const void *cached; /* in the arena; NULL: it is not there yet */
	const void *shown;  /* NULL: nothing is */
	unsigned marks;	    /* enum row_marks */
	int64_t n;	    /* place in the outbox of one that is only there; else 0 */
};
/* One, whole; sentence: what is said when it is not here (ERR_NOT_FOUND). */
enum err thing_get(struct client *client, enum kind kind, const struct uuid *id,
		   const char *sentence, struct arena *arena, struct thing *ret_thing,
		   struct error *err) MUST_CHECK;

struct things {
	struct thing *items; /* in the arena */
	size_t n;
};
/* Those that acts of ours stand on, whole. */
void things_overlaid(struct client *client, enum kind kind, struct arena *arena,
		     struct things *ret_things);
/* Reads some of the cache (cache_each and the like). */
typedef enum err (*things_read_fn)(struct store *cache, void *ctx, struct arena *arena,
				   entity_fn fn, void *fn_ctx, struct error *err);
/* What it reads, each as shown (those with acts of ours whole), and those only in the outbox. */
enum err things_all(struct client *client, enum kind kind, things_read_fn read, void *ctx,
		    struct arena *arena, struct things *ret_things, struct error *err) MUST_CHECK;

/* What a things_read_fn hands on, when each is wanted with what hangs on it. */
struct whole_reading {
	struct store *cache;
	struct arena *arena;
	entity_fn fn;
	void *ctx;
};
/* An entity_fn of a struct whole_reading: reads the entity again, whole, and gives it to fn. */
enum err thing_read_whole(void *ctx, const void *entity, struct error *err) MUST_CHECK;

/* By full number, short one (without year and month; the latest), local mark, or 8 and more hex digits
 * of the id.  ERR_NOT_FOUND, silently; ERR_INPUT when several fit. */
enum err thing_find(struct client *client, enum kind kind, const char *words, struct uuid *ret_id,
		    struct error *err) MUST_CHECK;
/* "-3", or anything that is no digit before it: the local mark. */
bool words_are_local(const char *words, long long *ret_n);
/* 8 to 32 hex digits; hyphens are passed over. */
bool words_are_hex(const char *words);
bool id_begins(const struct uuid *id, const char *words); /* with such digits */
/* How a meeting, an item, a task is called, a room by its name. */
const char *joint_mark(enum kind kind, const struct thing *thing, char buf[48]);
const char *short_number(const char *number); /* "22-W003" of "20261122-W003" */

#endif
