/* The world: chance, time, folders, and the end of a run. */
#include <config.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zhiban/base/file.h"

#include "sim.h"

/* splitmix64 (Steele, Lea, Flood 2014) */
uint64_t chance_next(struct chance *chance)
{
	uint64_t z = chance->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

uint64_t chance_below(struct chance *chance, uint64_t n)
{
	return chance_next(chance) % n; /* the unevenness is of no matter here */
}

bool chance_one_in(struct chance *chance, uint64_t n)
{
	return chance_below(chance, n) == 0;
}

static int64_t station_now(void *ctx)
{
	const struct station *station = ctx;

	return station->world->now + station->skew;
}

static void station_random(void *ctx, void *buf, size_t len)
{
	struct station *station = ctx;
	unsigned char *at = buf;

	for (size_t i = 0; i < len; i++)
		at[i] = (unsigned char)(chance_next(&station->chance) >> 24);
}

void station_open(struct station *station, struct world *world)
{
	*station = (struct station){ .world = world };
	station->env = (struct env){ station_now, station_random, station };
}

/* Every machine draws from the step's own bits, so that a step does the same whatever ran before.
 * The seed of the run goes in too: templates were made with others. */
void world_reseed(struct world *world, const struct sim_step *step)
{
	uint64_t bits = step->bits ^ (uint64_t)step->kind << 56;

	world->chance.state = bits;
	world->server.station.chance.state = bits * 31 + 1;
	for (int i = 0; i < SLOTS; i++)
		world->consoles[i].station.chance.state = bits * 37 + 2 + (uint64_t)i;
}

void count_up(struct world *world, enum count count)
{
	if (world->counts != NULL)
		__atomic_fetch_add(&world->counts->n[count], 1, __ATOMIC_RELAXED);
}

void count_verb(struct world *world, const char *kind, const char *verb)
{
	for (size_t i = 0; world->counts != NULL && i < act_desc_count() && i < VERBS; i++)
		if (strcmp(act_desc_at(i)->verb, verb) == 0 &&
		    strcmp(kind_desc(act_desc_at(i)->target)->name, kind) == 0)
			__atomic_fetch_add(&world->counts->verbs[i], 1, __ATOMIC_RELAXED);
}

/* ---- reports ---- */

static void say_steps(const struct world *world)
{
	enum { LAST = 12 };
	size_t from = world->at >= LAST ? world->at - LAST : 0;

	fprintf(stdout, "# the last steps:\n");
	for (size_t i = from; i <= world->at && i < world->n_steps; i++)
		fprintf(stdout, "#   %4zu %s:%016llx\n", i, step_name(world->steps[i].kind),
			(unsigned long long)world->steps[i].bits);
}

_Noreturn void sim_fail(const struct world *world, const char *fmt, ...)
{
	va_list args;

	fprintf(stdout, "# seed %llu, step %zu (%s): ", (unsigned long long)world->seed, world->at,
		world->at < world->n_steps ? step_name(world->steps[world->at].kind) : "the end");
	va_start(args, fmt);
	vfprintf(stdout, fmt, args);
	va_end(args);
	fputc('\n', stdout);
	say_steps(world);
	fflush(stdout);
	_exit(1);
}

bool sim_is_verbose(const struct world *world)
{
	return world->verbose;
}

void sim_say(const struct world *world, const char *fmt, ...)
{
	va_list args;

	if (!world->verbose)
		return;
	fprintf(stdout, "# %4zu %lld ", world->at, (long long)(world->now % 100000000));
	va_start(args, fmt);
	vfprintf(stdout, fmt, args);
	va_end(args);
	fputc('\n', stdout);
	fflush(stdout);
}

void sim_must(const struct world *world, enum err code, const struct error *err, const char *what)
{
	if (code != ERR_OK)
		sim_fail(world, "%s: %s %s", what, err_name(code), err != NULL ? err->text : "");
}

/* ---- folders ---- */

void copy_file(const char *from, const char *to)
{
	static const size_t piece = 1 << 20;
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	char *buf;
	ssize_t n;

	if (in < 0)
		return;
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	buf = mem_alloc(piece);
	while ((n = read(in, buf, piece)) > 0)
		if (write(out, buf, (size_t)n) != n)
			abort();
	free(buf);
	close(in);
	close(out);
}

void copy_console(const char *from, const char *to)
{
	static const char *const names[] = { "outbox.db", "outbox.db-journal", "cache.db",
					     "cache.db-wal" };
	char a[SIM_PATH + 32], b[SIM_PATH + 32];

	mkdir(to, 0700);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		snprintf(a, sizeof a, "%s/%s", from, names[i]);
		snprintf(b, sizeof b, "%s/%s", to, names[i]);
		copy_file(a, b);
	}
}

/* ---- life ---- */

void world_open(struct world *world, const char *dir, const char *template, uint64_t seed,
		struct counts *counts)
{
	char from[SIM_PATH + 32];

	*world = (struct world){ .seed = seed, .now = INT64_C(1795000000000), .counts = counts };
	snprintf(world->dir, sizeof world->dir, "%s", dir);
	mkdir(dir, 0700);
	snprintf(world->server.path, sizeof world->server.path, "%.120s/server.db", dir);
	snprintf(from, sizeof from, "%s/server.db", template);
	copy_file(from, world->server.path);
	station_open(&world->server.station, world);
	for (int i = 0; i < SLOTS; i++) {
		struct console *console = &world->consoles[i];

		station_open(&console->station, world);
		snprintf(console->dir, sizeof console->dir, "%.120s/c%d", dir, i);
	}
	world->chance.state = seed;
	world->oracle = oracle_new(world);
	world->disk = faultfs_new();
	faultfs_seed(world->disk, seed);
	server_start(world);
	for (int i = 0; i < CONSOLES; i++) {
		if (i >= 2 && chance_one_in(&world->chance, 3))
			continue; /* two to four of them */
		snprintf(from, sizeof from, "%s/c%d", template, i);
		copy_console(from, world->consoles[i].dir);
		console_open(world, i);
	}
	oracle_follow(world);
}

void world_close(struct world *world)
{
	for (int i = 0; i < SLOTS; i++)
		if (world->consoles[i].used)
			console_close(world, i);
	server_stop(world);
	faultfs_free(world->disk);
	for (int i = 0; i < FLIGHTS; i++)
		flight_free(&world->flights[i]);
	oracle_free(world->oracle);
	ledger_release(world);
	arena_release(&world->arena);
}
