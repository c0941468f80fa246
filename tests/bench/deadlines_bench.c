/* deadlines_bench DIR: what the deadlines screen costs over a folder that store_bench has filled and
 * home_bench has made a console of: the counts, a page from the first and around a row deep inside,
 * the details of a page's rows, the month, a filter.  One line a figure; no test asserts a time. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/deadlines.h"

enum { ROUNDS = 50, SCREEN = 43 };

/* Time of this process alone: a machine shared with others tells nothing else. */
static double ms_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static void must(enum err code, const struct error *err)
{
	if (code == ERR_OK)
		return;
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

struct taken {
	double sum, longest;
	size_t n;
};

static void took(struct taken *taken, double since)
{
	double ms = ms_now() - since;

	taken->sum += ms;
	taken->longest = ms > taken->longest ? ms : taken->longest;
	taken->n++;
}

static void say(const char *what, const struct taken *taken)
{
	printf("%-28s %8.3f ms, the longest %8.3f\n", what, taken->sum / (double)taken->n,
	       taken->longest);
}

static void pages(struct deadlines *deadlines)
{
	struct taken first = { 0 }, around = { 0 }, detail = { 0 }, read = { 0 };
	struct uuid at = { { 0 } };
	struct error err = ERROR_INIT;

	for (int i = 0; i < ROUNDS; i++) {
		struct arena arena = ARENA_INIT;
		struct due_page page;
		double since = ms_now();

		deadlines_read(deadlines);
		took(&read, since);
		since = ms_now();
		must(i == 0 ? deadlines_fetch(deadlines, DUE_FIRST, NULL, 0, SCREEN, &arena, &page,
					      &err)
			    : deadlines_fetch(deadlines, DUE_AT, &at, 1, SCREEN, &arena, &page, &err),
		     &err);
		took(i == 0 ? &first : &around, since);
		since = ms_now();
		for (size_t k = 0; k < page.n; k++) {
			struct due_detail looked;

			if (!page.rows[k].heading)
				deadlines_detail(deadlines, &page.rows[k], &arena, &looked);
		}
		took(&detail, since);
		if (page.n > 0)
			at = page.rows[page.n - 1].id;
		arena_release(&arena);
	}
	say("counts", &read);
	say("first page", &first);
	say("page around a row", &around);
	say("details of a page", &detail);
}

static void filter(struct deadlines *deadlines, const char *text)
{
	struct taken slices = { 0 };
	struct filter_error why;
	double since = ms_now();
	unsigned work;

	if (deadlines_set_filter(deadlines, text, &why) != ERR_OK)
		return;
	do {
		double at = ms_now();

		work = deadlines_step(deadlines);
		took(&slices, at);
	} while (work & DUE_MORE);
	printf("filter %-21s %8.3f ms in %zu slices, the longest %.3f\n", text, ms_now() - since,
	       slices.n, slices.longest);
	if (deadlines_set_filter(deadlines, "", &why) != ERR_OK)
		exit(1);
}

int main(int argc, char **argv)
{
	struct env env = env_system(NULL);
	struct client_options options = { .env = &env };
	struct taken months = { 0 };
	struct error err = ERROR_INIT;
	struct deadlines *deadlines;
	struct client *client;
	struct due_month month;
	struct civil today;
	double since;

	if (argc != 2) {
		fprintf(stderr, "deadlines_bench DIR\n");
		return 2;
	}
	options.dir = argv[1];
	must(client_open(&options, &client, &err), &err);
	civil_of_ms(client_now(client), CIVIL_CHINA, &today);
	since = ms_now();
	deadlines = deadlines_new(client);
	printf("opened in %.3f ms\n", ms_now() - since);
	for (int all = 0; all < 2; all++) {
		deadlines_set_mine(deadlines, all == 0);
		printf("%s\n", all ? "all:" : "mine:");
		pages(deadlines);
		for (int i = 0; i < 5; i++) {
			since = ms_now();
			must(deadlines_month(deadlines, today.year, today.month, &month, &err), &err);
			took(&months, since);
		}
		say("month", &months);
	}
	filter(deadlines, "overdue");
	filter(deadlines, "nothing like it");
	deadlines_free(deadlines);
	client_close(client);
	return 0;
}
