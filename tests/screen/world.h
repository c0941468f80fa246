/* A console's folder made by hand: acts judged by the real rulebook, entries put into a real cache,
 * at a fixed time. */
#ifndef TESTS_SCREEN_WORLD_H
#define TESTS_SCREEN_WORLD_H

#include "zhiban/base/env.h"
#include "zhiban/client/client.h"
#include "zhiban/profile/profile.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"

struct world {
	char dir[64];
	struct env_fixed fixed;
	struct env env;
	struct arena arena;
	struct jurisdiction *profile;
	struct workdays *days;
	struct store *cache, *outbox;
	int64_t seq, serial;
};

/* Builds the world of that name ("board", "empty", "fresh"); false: there is none. */
bool world_make(struct world *world, const char *name);
/* A change that comes from elsewhere, by name ("elsewhere", "refused"). */
bool world_change(struct world *world, const char *name);
void world_free(struct world *world); /* removes the folder */

#endif
