/* history_bench DIR [ADDRESS …]: what happened at an address, looked for beside a registration, in the
 * slices of idle time that a screen gives it: time of this process, of a slice and of all. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "zhiban/base/mem.h"
#include "zhiban/model/history.h"

enum { SLICE = 200, SLICES = 10000 };

static double ms_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void look(struct client *client, const char *address)
{
	struct history_ask ask = { .address = address, .grid = "none", .phone = "13900000000" };
	struct history *history = history_new(client, &ask);
	static double took[SLICES];
	const struct history_case *cases;
	double begun = ms_now();
	size_t n = 0, shown;

	for (bool more = true; more && n < SLICES; n++) {
		double from = ms_now();

		more = history_step(history, SLICE);
		took[n] = ms_now() - from;
	}
	begun = ms_now() - begun;
	qsort(took, n, sizeof *took, by_time);
	printf("%s: %zu found, %zu slices, p50 %.2f p99 %.2f worst %.2f ms, all %.0f ms, newest %zu\n",
	       address, history_cases(history, NEAR_ADDRESS, &cases, &shown), n, took[n / 2],
	       took[n * 99 / 100], took[n - 1], begun, history_looked(history));
	history_free(history);
}

int main(int argc, char **argv)
{
	struct env env = env_system(NULL);
	struct client *client;
	struct error err = ERROR_INIT;

	if (argc < 2 || client_open(&(struct client_options){ .dir = argv[1], .read_only = true,
							      .env = &env },
				    &client, &err) != ERR_OK) {
		fprintf(stderr, "history_bench DIR: %s\n", err.text);
		return 1;
	}
	for (int i = 2; i < argc; i++)
		look(client, argv[i]);
	client_close(client);
	return 0;
}
