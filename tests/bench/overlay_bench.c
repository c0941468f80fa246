/* overlay_bench DIR: what it costs a reader of the console's folder DIR that acts wait in the outbox
 * there (put in by acts_bench, say).  Prints how many wait, and milliseconds of CPU at the median: opening,
 * a look when nothing has changed, one when another process has written to the outbox, one when the
 * state of one act has changed, one page of the board. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "zhiban/base/env.h"
#include "zhiban/client/client.h"
#include "zhiban/client/rows.h"
#include "zhiban/store/outbox.h"

enum { TIMES = 21 };

static double ms_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct bench {
	struct env env;
	struct client_options options;
	struct client *client;
	struct store *outbox;
	int64_t turn;
};

typedef enum err (*before_fn)(struct bench *bench, struct error *err);

static enum err nothing(struct bench *bench, struct error *err)
{
	(void)bench;
	(void)err;
	return ERR_OK;
}

static enum err elsewhere(struct bench *bench, struct error *err)
{
	struct uuid id = uuid_v7(&bench->env);

	return outbox_want(bench->outbox, &id, 0, err);
}

static enum err one_act(struct bench *bench, struct error *err)
{
	bench->turn++;
	return outbox_mark_sent(bench->outbox, bench->turn, bench->turn, err);
}

static enum err look(struct bench *bench, struct error *err)
{
	struct client_change change;

	return client_poll(bench->client, &change, err);
}

static enum err page(struct bench *bench, struct error *err)
{
	struct client_order board = { .field = NULL };
	struct arena arena = ARENA_INIT;
	struct client_page rows;
	enum err code = client_page(bench->client, &board, NULL, PAGE_FROM, 50, &arena, &rows, err);

	arena_release(&arena);
	return code;
}

static enum err reopen(struct bench *bench, struct error *err)
{
	client_close(bench->client);
	bench->client = NULL;
	return client_open(&bench->options, &bench->client, err);
}

static enum err measure(struct bench *bench, before_fn before, before_fn what, struct error *err)
{
	double took[TIMES];
	enum err code = ERR_OK;

	for (int i = 0; i < TIMES && code == ERR_OK; i++) {
		double from;

		code = before(bench, err);
		from = ms_now();
		if (code == ERR_OK)
			code = what(bench, err);
		took[i] = ms_now() - from;
	}
	qsort(took, TIMES, sizeof *took, by_size);
	if (code == ERR_OK)
		printf(" %.2f", took[TIMES / 2]);
	return code;
}

int main(int argc, char **argv)
{
	static const before_fn rows[][2] = {
		{ nothing, reopen }, { nothing, look }, { elsewhere, look },
		{ one_act, look },   { nothing, page },
	};
	const char *dir = argc > 1 ? argv[1] : ".";
	struct bench bench = { .env = env_system(NULL) };
	struct error err = ERROR_INIT;
	struct client_link link;
	enum err code;

	bench.options = (struct client_options){ .dir = dir, .env = &bench.env };
	code = outbox_open(dir, false, &bench.outbox, &err);
	if (code == ERR_OK)
		code = client_open(&bench.options, &bench.client, &err);
	if (code == ERR_OK) {
		client_link(bench.client, &link);
		printf("%u", link.pending);
	}
	for (size_t i = 0; i < sizeof rows / sizeof *rows && code == ERR_OK; i++)
		code = measure(&bench, rows[i][0], rows[i][1], &err);
	printf("\n");
	if (code != ERR_OK)
		fprintf(stderr, "overlay_bench: %s\n", err.text);
	client_close(bench.client);
	store_close(bench.outbox);
	return code == ERR_OK ? 0 : 1;
}
