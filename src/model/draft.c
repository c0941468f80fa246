#include <config.h>

#include "zhiban/model/draft.h"

#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/mem.h"

struct draft {
	struct arena arena;
	const char *verb; /* NULL: unused */
	struct uuid id;
	const char **names, **values;
	size_t n;
	unsigned long age; /* larger: put later */
};

struct drafts {
	struct draft items[DRAFTS_MAX];
	unsigned long puts;
};

struct drafts *drafts_new(void)
{
	return mem_alloc(sizeof(struct drafts));
}

void drafts_free(struct drafts *drafts)
{
	if (!drafts)
		return;
	for (size_t i = 0; i < DRAFTS_MAX; i++)
		arena_release(&drafts->items[i].arena);
	free(drafts);
}

static const struct draft *find(const struct drafts *drafts, const char *verb,
				const struct uuid *id)
{
	for (size_t i = 0; i < DRAFTS_MAX; i++) {
		const struct draft *draft = &drafts->items[i];

		if (draft->verb && strcmp(draft->verb, verb) == 0 && uuid_eq(&draft->id, id))
			return draft;
	}
	return NULL;
}

static struct draft *oldest(struct drafts *drafts)
{
	struct draft *oldest = &drafts->items[0];

	for (size_t i = 1; i < DRAFTS_MAX; i++)
		if (!drafts->items[i].verb || drafts->items[i].age < oldest->age)
			oldest = &drafts->items[i];
	return oldest;
}

void drafts_put(struct drafts *drafts, const char *verb, const struct uuid *id,
		const char *const *names, const char *const *values, size_t n)
{
	struct draft *draft;

	drafts_drop(drafts, verb, id);
	draft = oldest(drafts);
	arena_release(&draft->arena);
	draft->verb = arena_strdup(&draft->arena, verb);
	draft->id = *id;
	draft->names = arena_array(&draft->arena, n + 1, sizeof *draft->names);
	draft->values = arena_array(&draft->arena, n + 1, sizeof *draft->values);
	for (size_t i = 0; i < n; i++) {
		draft->names[i] = arena_strdup(&draft->arena, names[i]);
		draft->values[i] = arena_strdup(&draft->arena, values[i]);
	}
	draft->n = n;
	draft->age = ++drafts->puts;
}

const char *drafts_get(const struct drafts *drafts, const char *verb, const struct uuid *id,
		       const char *name)
{
	const struct draft *draft = find(drafts, verb, id);

	if (!draft)
		return NULL;
	for (size_t i = 0; i < draft->n; i++)
		if (strcmp(draft->names[i], name) == 0)
			return draft->values[i];
	return "";
}

void drafts_drop(struct drafts *drafts, const char *verb, const struct uuid *id)
{
	const struct draft *found = find(drafts, verb, id);

	if (found) {
		struct draft *draft = &drafts->items[found - drafts->items];

		arena_release(&draft->arena);
		*draft = (struct draft){ 0 };
	}
}
