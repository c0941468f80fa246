/* Steps that are done to a console's folder: copied, deleted, damaged. */
#include <config.h>

#include <fcntl.h>
#include <unistd.h>

#include "zhiban/store/cache.h"

#include "sim.h"

void step_clone(struct world *world)
{
	int slot, at;

	if (proc_any(world, &slot, &at) != NULL)
		(void)console_clone(world, slot);
}

static void stop_all(struct world *world, int slot)
{
	for (int at = 0; at < PROCS; at++)
		proc_kill(world, slot, at);
}

void step_delete_cache(struct world *world)
{
	int slot, at;

	if (proc_any(world, &slot, &at) == NULL)
		return;
	stop_all(world, slot);
	if (cache_remove(world->consoles[slot].dir, NULL) != ERR_OK)
		sim_fail(world, "a cache cannot be removed");
	world->consoles[slot].cleared = true;
	count_up(world, COUNT_cache_deleted);
	(void)proc_start(world, slot, at);
}

/* What SQLite cannot read: it is made anew. */
static void tear_file(struct world *world, const char *dir)
{
	char path[SIM_PATH + 16], junk[100];
	int fd;
	off_t size;

	snprintf(path, sizeof path, "%s/cache.db", dir);
	fd = open(path, O_RDWR | O_CLOEXEC);
	size = fd >= 0 ? lseek(fd, 0, SEEK_END) : 0;
	memset(junk, (int)chance_below(&world->chance, 256), sizeof junk);
	if (fd < 0)
		return;
	if (chance_one_in(&world->chance, 2) ? ftruncate(fd, size / 2) != 0
					     : pwrite(fd, junk, sizeof junk, 0) < 0)
		abort();
	close(fd);
}

struct harm {
	struct world *world;
	struct uuid id;
	size_t n;
};

static void harm_each(void *ctx, const struct uuid *id, int64_t version)
{
	struct harm *harm = ctx;

	(void)version;
	if (chance_one_in(&harm->world->chance, ++harm->n))
		harm->id = *id;
}

/* A row that is not there any more, or one from a future that never was. */
static enum err harm_row(struct store *store, void *ctx, struct error *err)
{
	struct harm *harm = ctx;
	struct incident *incident;
	struct applied applied;
	void *entity;
	enum err code = cache_get(store, KIND_INCIDENT, &harm->id, &harm->world->arena, &entity,
				  err);

	if (code == ERR_NOT_FOUND)
		return ERR_OK; /* a person: let it be */
	if (code != ERR_OK || chance_one_in(&harm->world->chance, 2))
		return code != ERR_OK ? code : cache_drop(store, KIND_INCIDENT, &harm->id, err);
	incident = entity;
	incident->head.version += 1000; /* a real one that gets there would look the same */
	incident->title = "never so";
	return cache_apply_entity(store, incident, 0, &applied, err);
}

static void harm_rows(struct world *world, const char *dir)
{
	struct harm harm = { .world = world };
	struct store *store;

	if (cache_open(dir, CACHE_WRITE, &store, NULL) != ERR_OK)
		return;
	if (cache_versions(store, harm_each, &harm, NULL) == ERR_OK && harm.n > 0)
		(void)!store_tx(store, harm_row, &harm, NULL);
	store_close(store);
}

void step_damage_cache(struct world *world)
{
	int slot, at;

	if (proc_any(world, &slot, &at) == NULL)
		return;
	stop_all(world, slot);
	if (chance_one_in(&world->chance, 2))
		tear_file(world, world->consoles[slot].dir);
	else
		harm_rows(world, world->consoles[slot].dir);
	world->consoles[slot].damage = world->consoles[slot].cleared = true;
	count_up(world, COUNT_cache_damaged);
	sim_say(world, "c%d: the cache is damaged", slot);
	(void)proc_start(world, slot, at);
}
