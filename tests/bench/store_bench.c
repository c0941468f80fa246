/* store_bench N DIR: fills a cache with N incidents as a worker does, then reads it as a board
 * does. One line a figure; no test asserts a time. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/client.h"
#include "zhiban/client/rows.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/page.h"

enum { PAGE = 1000, READS = 2000, WINDOW = 50, OPEN_ONE_IN = 200 };

struct fill {
	unsigned from, n;
	int64_t version;
};

/* Time of this process alone: a machine shared with others tells nothing else. */
static double ms_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static struct uuid id_of(unsigned i)
{
	struct uuid parent = { { 1 } };

	return uuid_child(&parent, "bench", i);
}

static struct incident *make(unsigned i, int64_t version, struct arena *arena)
{
	static const char *const holders[] = { "shuiwu", "zhujian", "chengguan", "gongan" };
	static const char *const steps[] = { "accept", "assign", "sign", "handle", "verify" };
	struct uuid id = id_of(i), child = uuid_child(&id, "clock", 0);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, arena);
	bool open = i % OPEN_ONE_IN == 0;

	incident->head.version = version;
	incident->head.seq = i + 1;
	incident->number = arena_printf(arena, "20261122-%07u", i);
	incident->title = "a report of some twenty characters";
	incident->text = arena_printf(arena, "%0300u", i);
	incident->source = "hotline";
	incident->category = "0301";
	incident->street = arena_printf(arena, "3204020%02u", i * 7919u % 12);
	incident->urgency = 1 + i * 31u % 3;
	incident->registered_at =
		INT64_C(1700000000000) + (int64_t)(i * 2654435761u % 4000000000u) * 20;
	incident->moved_at = incident->registered_at + 3600000;
	incident->open = open;
	incident->step = open ? steps[i % 5] : "archive";
	incident->holder = holders[i * 13u % 4];
	if (open) {
		struct clock *clock = children_add(&incident->clocks, child_desc(CHILD_CLOCK),
						   &child, arena);

		incident->due = incident->registered_at + 7200000;
		clock->kind = "sign";
		/* of a department, or of one of three communities of a street */
		clock->org = i % (3 * OPEN_ONE_IN) != 0
				     ? incident->holder
				     : arena_printf(arena, "32040200100%u", 1 + i / (3 * OPEN_ONE_IN) % 3);
		clock->due = incident->due;
	}
	return incident;
}

static enum err fill_fn(struct store *store, void *ctx, struct error *err)
{
	const struct fill *fill = ctx;
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;

	for (unsigned i = fill->from; i < fill->from + fill->n && code == ERR_OK; i++) {
		struct applied applied;

		code = cache_apply_entity(store, make(i, fill->version, &arena), 0, &applied, err);
		arena_reset(&arena);
	}
	arena_release(&arena);
	return code;
}

static void must(enum err code, const struct error *err)
{
	if (code == ERR_OK)
		return;
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

static void fill_cache(const char *dir, unsigned n)
{
	struct error err = ERROR_INIT;
	struct store *store;
	size_t left = 1;
	double start, at = ms_now();

	must(cache_open(dir, CACHE_WRITE, &store, &err), &err);
	must(cache_bulk(store, true, &err), &err);
	start = ms_now();
	for (unsigned i = 0; i < n; i += PAGE) {
		struct fill fill = { i, n - i < PAGE ? n - i : PAGE, 1 };

		must(store_tx(store, fill_fn, &fill, &err), &err);
	}
	printf("applied, new          %10.0f entities/s\n", n / (ms_now() - start) * 1e3);
	at = ms_now();
	while (left > 0)
		must(cache_index(store, NULL, NULL, &left, &err), &err);
	must(cache_bulk(store, false, &err), &err);
	printf("indexes of sort keys  %10.0f ms\n", ms_now() - at);
	start = ms_now();
	for (unsigned i = 0; i < n / 10; i += PAGE) {
		struct fill fill = { i, PAGE, 2 };

		must(store_tx(store, fill_fn, &fill, &err), &err);
	}
	printf("applied, changed      %10.0f entities/s\n", n / 10 / (ms_now() - start) * 1e3);
	store_close(store);
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void say(const char *what, double *times, size_t n)
{
	qsort(times, n, sizeof *times, by_time);
	printf("%-21s p50 %7.3f ms  p99 %7.3f ms\n", what, times[n / 2], times[n * 99 / 100]);
}

static void read_pages(struct client *client, const struct client_order *order, const char *what)
{
	static double times[READS];
	struct error err = ERROR_INIT;
	struct row_key key = { .set = false };
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < READS; i++) {
		struct client_page page;
		double at = ms_now();

		must(client_page(client, order, &key, PAGE_AFTER, WINDOW, &arena, &page, &err),
		     &err);
		times[i] = ms_now() - at;
		key.set = page.n > 0;
		if (page.n > 0)
			key = page.rows[page.n - 1].key;
		arena_reset(&arena);
	}
	arena_release(&arena);
	say(what, times, READS);
}

/* What a screen of a grouped list asks for: the open rows of a field, and how many each group has. */
static void read_groups(struct client *client, const struct field *field)
{
	static double times[READS];
	struct client_order order = { .field = field, .open_only = true };
	struct error err = ERROR_INIT;
	const struct value *values;
	char what[64];
	size_t n;

	snprintf(what, sizeof what, "open, %s", field->name);
	read_pages(client, &order, what);
	must(client_groups(client, field, &values, &n, &err), &err);
	for (size_t i = 0; i < READS && n > 0; i++) {
		struct client_group group;
		double at = ms_now();

		must(client_count_group(client, field, values[i % n], 10000, &group, &err), &err);
		times[i] = ms_now() - at;
	}
	snprintf(what, sizeof what, "count of 1 in %zu", n);
	if (n > 0)
		say(what, times, READS);
}

static void read_all(const char *dir)
{
	static double times[READS];
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct env env = env_system(NULL);
	struct client_options options = { .dir = dir, .env = &env };
	struct client_order order = { .field = NULL };
	struct error err = ERROR_INIT;
	struct client *client;
	double at = ms_now();

	must(client_open(&options, &client, &err), &err);
	printf("client_open           %10.2f ms\n", ms_now() - at);
	read_pages(client, &order, "page, board");
	order.open_only = true;
	read_pages(client, &order, "page, board, open");
	order.open_only = false;
	for (size_t f = 0; f < kind->n_fields; f++) {
		char what[64];

		if ((kind->fields[f].flags & F_SORT) == 0)
			continue;
		order.field = &kind->fields[f];
		snprintf(what, sizeof what, "page, %s", order.field->name);
		read_pages(client, &order, what);
		if (order_is_grouped(order.field))
			read_groups(client, order.field);
	}
	for (size_t i = 0; i < READS; i++) {
		struct client_counts counts;

		at = ms_now();
		must(client_counts(client, &counts, &err), &err);
		times[i] = ms_now() - at;
	}
	say("counts", times, READS);
	client_close(client);
}

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;

	if (argc != 3) {
		fprintf(stderr, "store_bench N DIR\n");
		return 2;
	}
	must(dir_make(argv[2], 0700, &err), &err);
	if (strcmp(argv[1], "0") != 0)
		fill_cache(argv[2], (unsigned)strtoul(argv[1], NULL, 10));
	read_all(argv[2]);
	return 0;
}
