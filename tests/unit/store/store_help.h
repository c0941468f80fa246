/* What the store's tests share: a private folder, and incidents by seed. */
#ifndef TESTS_STORE_HELP_H
#define TESTS_STORE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/incident.h"

#define OK(call) assert_int_equal((call), ERR_OK)

struct folder {
	char path[64];
};
static inline int folder_make(void **state)
{
	struct folder *folder = mem_alloc(sizeof *folder);

	memcpy(folder->path, "/tmp/zhiban-store-XXXXXX", sizeof "/tmp/zhiban-store-XXXXXX");
	if (mkdtemp(folder->path) == NULL)
		return -1;
	*state = folder;
	return 0;
}
static inline int folder_remove(void **state)
{
	struct folder *folder = *state;
	enum err code = dir_remove_all(folder->path, NULL);

	free(folder);
	return code == ERR_OK ? 0 : -1;
}

static inline uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

/* An incident whose values repeat often, so that ties occur. */
static inline struct incident *make_incident(uint64_t *seed, unsigned i, struct arena *arena)
{
	static const char *const holders[] = { NULL, "HOUSING", "WATER", "CITY", "A-STREET" };
	static const char *const steps[] = { "accept", "sign", "handle", "closed" };
	struct uuid parent = { { 7 } }, id = uuid_child(&parent, "test", i);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, arena);

	incident->head.version = 1 + (int64_t)(next_random(seed) % 3);
	incident->head.seq = i + 1;
	incident->title = arena_printf(arena, "matter %u", i);
	incident->text = next_random(seed) % 2 != 0 ? "a long text" : NULL;
	incident->number = next_random(seed) % 9 != 0 ? arena_printf(arena, "20261122-%04u", i)
						      : NULL;
	incident->holder = holders[next_random(seed) % ARRAY_LEN(holders)];
	incident->step = steps[next_random(seed) % ARRAY_LEN(steps)];
	incident->open = strcmp(incident->step, "closed") != 0;
	incident->urgency = (int64_t)(next_random(seed) % 4);
	incident->due = next_random(seed) % 3 != 0 ? 1000 + (int64_t)(next_random(seed) % 20) : 0;
	incident->registered_at = 500 + (int64_t)(next_random(seed) % 10);
	incident->moved_at = next_random(seed) % 5 != 0 ? 700 + (int64_t)(next_random(seed) % 8) : 0;
	for (uint64_t n = next_random(seed) % 3; n > 0; n--) {
		struct uuid child = uuid_child(&id, "clock", (unsigned)n);
		struct clock *clock = children_add(&incident->clocks, child_desc(CHILD_CLOCK),
						   &child, arena);
		clock->kind = "sign";
		clock->due = incident->due;
	}
	return incident;
}

#endif
