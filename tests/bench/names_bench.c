/* names_bench <NAMES: what a key press costs among the first 6,000 of these names (one a line; the last
 * word after a comma or tab is taken).  Prints milliseconds of CPU at the median and at most, and how
 * many names fit: comparing alone; a picker of them; a filter that names one, read and offered. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/domain/filter_offer.h"
#include "zhiban/ui/picker.h"

enum { NAMES = 6000, TIMES = 41, LINE = 512 };

static const char *const typed[] = { "l", "ll", "lljd", "lanling", "lanlingjiedao", "sq", "xz",
				     "zhongshan", "qqqqqq", "兰陵", "兰ling" };

struct bench {
	struct org orgs[NAMES];
	struct picker_item items[NAMES];
	size_t n;
	struct rules rules;
	struct picker *picker;
};

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

typedef size_t (*work_fn)(struct bench *bench, const char *text);

static size_t compare(struct bench *bench, const char *text)
{
	struct pinyin_typed ready;
	size_t fit = 0;

	if (!pinyin_type(&ready, text))
		return 0;
	for (size_t i = 0; i < bench->n; i++)
		fit += pinyin_fit(&ready, bench->orgs[i].name) != PINYIN_NOT;
	return fit;
}

static size_t pick(struct bench *bench, const char *text)
{
	picker_filter(bench->picker, text);
	return picker_shown(bench->picker);
}

static size_t read_filter(struct bench *bench, const char *text)
{
	struct arena arena = ARENA_INIT;
	struct filter_ctx ctx = { .rules = &bench->rules };
	struct filter_error why;
	struct filter *filter;
	const char *words = arena_printf(&arena, "holder:%s", text);
	bool good = filter_parse(words, &ctx, &arena, &filter, &why) == ERR_OK;

	arena_release(&arena);
	return good;
}

static size_t offer(struct bench *bench, const char *text)
{
	struct arena arena = ARENA_INIT;
	struct filter_ctx ctx = { .rules = &bench->rules };
	struct filter_offers offers;
	const char *words = arena_printf(&arena, "holder:%s", text);

	filter_offers(words, strlen(words), &ctx, &arena, &offers);
	arena_release(&arena);
	return offers.n;
}

static void measure(struct bench *bench, const char *what, work_fn work)
{
	for (size_t t = 0; t < ARRAY_LEN(typed); t++) {
		double times[TIMES];
		size_t fit = 0;

		for (int i = 0; i < TIMES; i++) {
			double begin = ms_now();

			fit = work(bench, typed[t]);
			times[i] = ms_now() - begin;
		}
		qsort(times, TIMES, sizeof *times, by_size);
		printf("%-8s %-16s %7.3f %7.3f ms  %5zu\n", what, typed[t], times[TIMES / 2],
		       times[TIMES - 1], fit);
	}
}

int main(void)
{
	struct bench *bench = mem_alloc(sizeof *bench);
	struct arena arena = ARENA_INIT;
	char line[LINE];

	while (bench->n < NAMES && fgets(line, sizeof line, stdin) != NULL) {
		char *name;

		line[strcspn(line, "\r\n")] = '\0';
		name = strrchr(line, ',') != NULL ? strrchr(line, ',') + 1 : line;
		name = strrchr(name, '\t') != NULL ? strrchr(name, '\t') + 1 : name;
		bench->orgs[bench->n] = (struct org){
			.code = arena_printf(&arena, "%04zu", bench->n),
			.name = arena_strdup(&arena, name), .tier = "community" };
		bench->items[bench->n] = (struct picker_item){
			.label = bench->orgs[bench->n].name, .help = bench->orgs[bench->n].name,
			.hint = bench->orgs[bench->n].code };
		bench->n++;
	}
	bench->rules = (struct rules){ .orgs = bench->orgs, .n_orgs = bench->n, .centre = "0000" };
	rules_index(&bench->rules, &arena);
	bench->picker = picker_new("x", bench->items, bench->n, 0);
	printf("%zu names\n", bench->n);
	measure(bench, "compare", compare);
	measure(bench, "picker", pick);
	measure(bench, "filter", read_filter);
	measure(bench, "offers", offer);
	picker_free(bench->picker);
	arena_release(&arena);
	free(bench);
	return 0;
}
