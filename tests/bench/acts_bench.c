/* acts_bench DIR: a note on each incident whose id standard input brings, a line each, put into the
 * outbox of the console's folder DIR as an officer would.  Prints how many, the milliseconds of one
 * at the median and at the 99th percentile, and how many a second. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "zhiban/base/env.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/client.h"

static double ms_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static enum err act(struct client *client, const char *line, struct error *err)
{
	const struct act_desc *note = act_desc_find("note");
	struct given given = { act_arg_field(note, "note"),
			       { .is_text = true, .text = "the caller rang again: still there" } };
	struct client_done done;
	struct uuid id;

	if (uuid_parse(line, &id) != ERR_OK)
		return error_set(err, ERR_INPUT, "\"%s\" is no id", line);
	return client_act(client, note, &id, &given, 1, &done, err);
}

int main(int argc, char **argv)
{
	struct env env = env_system(NULL);
	struct client_options options = { .dir = argc > 1 ? argv[1] : ".", .env = &env };
	struct error err = ERROR_INIT;
	struct client *client = NULL;
	double *took = NULL, all = 0;
	size_t n = 0, cap = 0;
	char line[80];
	enum err code = client_open(&options, &client, &err);

	while (code == ERR_OK && fgets(line, sizeof line, stdin) != NULL) {
		double from = ms_now();

		line[strcspn(line, "\n")] = '\0';
		code = act(client, line, &err);
		MEM_GROW(took, n, cap);
		took[n] = ms_now() - from;
		all += took[n++];
	}
	client_close(client);
	if (code != ERR_OK) {
		fprintf(stderr, "acts_bench: %s\n", err.text);
	} else if (n > 0) {
		qsort(took, n, sizeof *took, by_size);
		printf("%zu %.2f %.2f %.0f\n", n, took[n / 2], took[n * 99 / 100],
		       (double)n * 1000 / all);
	}
	free(took);
	return code == ERR_OK ? 0 : 1;
}
