/* dups_bench DIR [ASKED]: what it costs a console with the folder DIR to find what is like an
 * incident (as M does) and like a report that is being typed (as beside the form, when typing rests).
 * Prints milliseconds, CPU and the clock's, at the median, at 99 of 100, and the worst of ASKED. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "zhiban/base/env.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/rows.h"
#include "zhiban/client/search.h"
#include "zhiban/model/dups.h"

enum { ASKED = 200, TYPED_CHARS = 14 };

static double ms_of(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct bench {
	struct client *client;
	struct uuid ids[2000];
	size_t n;
	double wall[2000], cpu[2000];
	size_t found, with_any;
};

static enum err take_ids(struct bench *bench, size_t wanted, struct error *err)
{
	static const struct client_order order = { .field = NULL };
	struct arena arena = ARENA_INIT;
	struct client_page page;
	enum err code =
		client_page(bench->client, &order, NULL, PAGE_FROM, wanted, &arena, &page, err);

	for (size_t i = 0; code == ERR_OK && i < page.n; i++)
		bench->ids[bench->n++] = page.rows[i].incident->head.id;
	arena_release(&arena);
	return code;
}

/* The first characters of its title, as they are typed. */
static enum err like_typed(struct bench *bench, const struct uuid *id, struct arena *arena,
			   struct dups *ret_dups, struct error *err)
{
	struct similar_report report = { .at = client_now(bench->client) };
	struct incident *incident;
	enum err code = client_get(bench->client, id, arena, &incident, err);

	if (code != ERR_OK)
		return code;
	report.title = arena_printf(arena, "%.*s", 3 * TYPED_CHARS, incident->title);
	report.street = incident->street;
	return dups_like(bench->client, &report, NULL, arena, ret_dups, err);
}

static enum err ask(struct bench *bench, size_t i, bool typed, struct error *err)
{
	double wall = ms_of(CLOCK_MONOTONIC), cpu = ms_of(CLOCK_PROCESS_CPUTIME_ID);
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	struct dups dups = { .n = 0 };
	enum err code = typed ? like_typed(bench, &bench->ids[i], &arena, &dups, err)
			      : dups_of(bench->client, &bench->ids[i], &arena, &incident, &dups,
					err);

	bench->wall[i] = ms_of(CLOCK_MONOTONIC) - wall;
	bench->cpu[i] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	bench->found += dups.n;
	bench->with_any += dups.n > 0;
	arena_release(&arena);
	return code;
}

static enum err run(struct bench *bench, const char *what, bool typed, struct error *err)
{
	enum err code = ERR_OK;
	size_t n = bench->n;

	bench->found = bench->with_any = 0;
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = ask(bench, i, typed, err);
	qsort(bench->wall, n, sizeof *bench->wall, by_size);
	qsort(bench->cpu, n, sizeof *bench->cpu, by_size);
	if (code == ERR_OK && n > 0)
		printf("%-12s %4zu asked, %zu with %zu alike; ms p50 %.2f p99 %.2f worst %.2f, CPU p50 "
		       "%.2f p99 %.2f\n",
		       what, n, bench->with_any, bench->found, bench->wall[n / 2],
		       bench->wall[n * 99 / 100], bench->wall[n - 1], bench->cpu[n / 2],
		       bench->cpu[n * 99 / 100]);
	return code;
}

int main(int argc, char **argv)
{
	struct bench *bench = mem_alloc(sizeof *bench);
	int64_t shift = 0;
	struct env env = env_system(&shift);
	struct client_options options = { .dir = argc > 1 ? argv[1] : ".", .env = &env };
	size_t asked = argc > 2 ? strtoul(argv[2], NULL, 10) : ASKED;
	struct client_indexed indexed;
	struct error err = ERROR_INIT;
	struct rusage usage;
	enum err code = client_open(&options, &bench->client, &err);

	if (code == ERR_OK)
		code = client_indexed(bench->client, &indexed, &err);
	if (code == ERR_OK)
		code = take_ids(bench, asked < ARRAY_LEN(bench->ids) ? asked : ARRAY_LEN(bench->ids),
				&err);
	if (code == ERR_OK)
		printf("%lld incidents, %lld not in the index\n", (long long)indexed.rows,
		       (long long)indexed.waiting);
	if (code == ERR_OK)
		code = run(bench, "as M does", false, &err);
	if (code == ERR_OK)
		code = run(bench, "while typed", true, &err);
	getrusage(RUSAGE_SELF, &usage);
	if (code == ERR_OK)
		printf("memory %ld KB\n", usage.ru_maxrss);
	else
		fprintf(stderr, "%s\n", err.text);
	client_close(bench->client);
	free(bench);
	return code == ERR_OK ? 0 : 1;
}
