/* The cache on a failing disk, page by page: what a transaction wrote is there with its cursor, or
 * neither is; a power cut takes the last pages back, whole, and the cursor with them. */
#include <config.h>

#include "../unit/store/store_help.h"

#include "sweep.h"

#include "zhiban/store/cache.h"

struct cache {
	struct store *store;
};

enum { STEPS = 12, MANY = 12 };

static struct incident *one(unsigned i, int64_t version, struct arena *arena)
{
	uint64_t seed = i * 7 + (uint64_t)version;
	struct incident *incident = make_incident(&seed, i, arena);

	incident->head.version = version;
	incident->head.seq = 10 * version;
	return incident;
}

static enum err whole(struct store *store, unsigned i, int64_t version, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident = one(i, version, &arena);
	struct applied applied;
	enum err code = cache_apply_entity(store, incident, incident->head.seq, &applied, err);

	arena_release(&arena);
	return code;
}

static enum err entry(struct store *store, unsigned i, int64_t from, int64_t seq, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct effect effect = { .kind = KIND_INCIDENT, .from = from, .to = from + 1 };
	struct entry line = { .seq = seq, .effects = &effect, .n_effects = 1 };
	struct applied applied;
	enum err code;

	effect.id = one(i, 1, &arena)->head.id;
	line.act.target.id = effect.id;
	effect_set_text(&effect, &arena, "title", "changed");
	effect_set_text(&effect, &arena, "step", "sign");
	code = cache_apply_entry(store, &line, "{\"line\":1}", 10, &applied, err);
	arena_release(&arena);
	return code;
}

static enum err drop(struct store *store, unsigned i, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct uuid id = one(i, 1, &arena)->head.id;

	arena_release(&arena);
	return cache_drop(store, KIND_INCIDENT, &id, err);
}

static enum err lines(struct store *store, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct uuid id = one(3, 1, &arena)->head.id;
	enum err code = cache_put_line(store, &id, 5, "{\"line\":0}", 10, err);

	if (code == ERR_OK)
		code = cache_lines_complete(store, KIND_INCIDENT, &id, err);
	arena_release(&arena);
	return code;
}

static enum err many(struct store *store, int64_t version, struct error *err)
{
	enum err code = ERR_OK;

	for (unsigned i = 0; i < MANY && code == ERR_OK; i++)
		code = whole(store, i, version, err);
	return code;
}

/* A page and the cursor behind it. */
static enum err page(struct store *store, void *ctx, struct error *err)
{
	const size_t *step = ctx;
	bool left;
	enum err code = ERR_OK;

	switch (*step) {
	case 1: /* a snapshot */
		code = many(store, 1, err);
		break;
	case 2: /* entries */
		for (unsigned i = 0; i < 5 && code == ERR_OK; i++)
			code = entry(store, i, 1, 40 + i, err);
		break;
	case 3: /* whole and dropped */
		code = whole(store, 7, 4, err);
		if (code == ERR_OK)
			code = drop(store, 6, err);
		break;
	case 4:
		code = lines(store, err);
		break;
	case 5:
		code = cache_put_doc(store, "abc", "profile", 7, err);
		break;
	case 6: /* another epoch: all goes, all comes */
		code = cache_clear(store, err);
		if (code == ERR_OK)
			code = many(store, 2, err);
		break;
	case 7:
		code = cache_mend(store, err);
		break;
	case 8: /* closed ones go outside */
		cache_window(store, INT64_C(1) << 40);
		code = cache_prune(store, MANY, &left, err);
		break;
	case 9:
		cache_window(store, 0);
		code = cache_widen(store, err);
		break;
	}
	return code == ERR_OK ? store_meta_set_int(store, "cursor", (int64_t)*step, err) : code;
}

static enum err cache_begin(void *ctx, struct disk *disk, struct error *err)
{
	struct cache *cache = ctx;

	return cache->store != NULL ? ERR_OK
				    : cache_open(disk->folder, CACHE_WRITE, &cache->store, err);
}

static void cache_end(void *ctx)
{
	struct cache *cache = ctx;

	store_close(cache->store);
	cache->store = NULL;
}

static enum err cache_step(void *ctx, struct disk *disk, size_t i, struct error *err)
{
	struct cache *cache = ctx;

	if (i == 0)
		return cache_begin(ctx, disk, err);
	if (i == 10)
		return cache_settle(cache->store, err);
	if (i == 11) { /* the log goes into the file */
		cache_end(ctx);
		return cache_begin(ctx, disk, err);
	}
	return store_tx(cache->store, page, &i, err);
}

static void test_every_page(void **state)
{
	struct cache cache = { NULL };
	const struct script script = { .what = "cache",
				       .file = "cache.db",
				       .leave_out = " recent ",
				       .forgets = true,
				       .n = STEPS,
				       .step = cache_step,
				       .open = cache_begin,
				       .close = cache_end,
				       .ctx = &cache };

	script_sweep(*state, &script, 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_every_page, disk_begin, disk_end),
	};

	return cmocka_run_group_tests_name("cache_disk", tests, NULL, NULL);
}
