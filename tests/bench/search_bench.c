/* search_bench N DIR [TEXTS [WORDS...]]: an index of texts of N incidents, made as a worker does, then searched
 * as a screen does.  TEXTS: a file with a text a line (made-up ones without it), with numbers put in
 * so that no two are the same.  N 0: what is in DIR already.  With WORDS these are looked for, and
 * nothing else ("WORDS // FILTER").  No test asserts a time. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/client.h"
#include "zhiban/client/search.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/page.h"

enum { PAGE = 1000, SEARCHES = 200, STEP = 400, SHOWN = 24, TEXTS_MAX = 20000, OPEN_ONE_IN = 200 };

static char *texts[TEXTS_MAX];
static unsigned n_texts;

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

static unsigned next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(*seed >> 33);
}

static void make_texts(void)
{
	static const char *const places[] = { "清凉新村", "金色新城", "青洋路", "红梅公园", "茶山街道",
					      "兰陵北路", "雕庄", "延陵中路", "翠竹小区", "丽华二村" };
	static const char *const things[] = { "自来水发黄", "路面塌陷", "渣土车遗撒", "油烟噪声扰民",
					      "路灯不亮", "垃圾无人清运", "窨井盖缺失", "违章停车",
					      "管道漏水", "广场舞噪声", "楼道堆物", "树木倒伏" };
	static const char *const words[] = { "希望有关部门尽快处理", "已经持续三天", "多户居民反映",
					     "影响出行安全", "此前反映过未解决", "请核实回复" };
	uint64_t seed = 3;

	for (n_texts = 0; n_texts < TEXTS_MAX; n_texts++) {
		struct str text = STR_INIT;

		for (unsigned i = 0; i < 4; i++) {
			str_addf(&text, "%s%s，", places[next_random(&seed) % 10],
				 things[next_random(&seed) % 12]);
			str_addf(&text, "%s，", words[next_random(&seed) % 6]);
		}
		texts[n_texts] = str_take(&text, NULL);
	}
}

static void read_texts(const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	while (file != NULL && n_texts < TEXTS_MAX && (len = getline(&line, &cap, file)) > 0) {
		line[len - 1] = '\0';
		texts[n_texts++] = mem_strdup(line);
	}
	free(line);
	if (file != NULL)
		fclose(file);
	if (n_texts == 0)
		make_texts();
}

static struct incident *make(unsigned i, struct arena *arena)
{
	struct uuid parent = { { 1 } }, id = uuid_child(&parent, "bench", i);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, arena);
	const char *text = texts[i * 7919u % n_texts];
	size_t len = strlen(text), title = 0;
	uint32_t cp;

	for (int chars = 0; chars < 20 && title < len; chars++)
		title += text_next(text + title, len - title, &cp);
	incident->head.version = 1;
	incident->head.seq = i + 1;
	incident->number = arena_printf(arena, "2026%02u%02u-%04u", 1 + i % 12, 1 + i / 12 % 28,
					i / 336);
	incident->title = arena_strndup(arena, text, title);
	/* no two alike, and as long as a report is */
	incident->text = arena_printf(arena, "%.360s %u号", text, i);
	incident->source = "hotline";
	incident->street = arena_printf(arena, "3204020%02u", i * 7919u % 12);
	incident->urgency = 1 + i * 31u % 3;
	incident->registered_at =
		INT64_C(1700000000000) + (int64_t)(i * 2654435761u % 4000000000u) * 20;
	incident->moved_at = incident->registered_at + 3600000;
	incident->open = i % OPEN_ONE_IN == 0;
	incident->step = incident->open ? "handle" : "archive";
	incident->holder = "shuiwu";
	if (incident->open)
		incident->due = incident->registered_at + 7200000;
	return incident;
}

struct fill {
	unsigned from, n;
};

static enum err fill_fn(struct store *store, void *ctx, struct error *err)
{
	const struct fill *fill = ctx;
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;

	for (unsigned i = fill->from; i < fill->from + fill->n && code == ERR_OK; i++) {
		struct applied applied;

		code = cache_apply_entity(store, make(i, &arena), 0, &applied, err);
		arena_reset(&arena);
	}
	arena_release(&arena);
	return code;
}

static void fill_cache(struct store *store, unsigned n)
{
	struct error err = ERROR_INIT;
	double start = ms_now();
	size_t left = 1;

	must(cache_bulk(store, true, &err), &err);
	for (unsigned i = 0; i < n; i += PAGE) {
		struct fill fill = { i, n - i < PAGE ? n - i : PAGE };

		must(store_tx(store, fill_fn, &fill, &err), &err);
	}
	printf("applied               %10.0f entities/s\n", n / (ms_now() - start) * 1e3);
	while (left > 0)
		must(cache_index(store, NULL, NULL, &left, &err), &err);
	must(cache_bulk(store, false, &err), &err);
}

/* ---- as worker_search.c does it ---- */

static void add_text(void *ctx, const struct field *field, const char *text)
{
	(void)field;
	grams_add(ctx, text);
}

static enum err put_fn(struct store *store, void *ctx, struct error *err)
{
	return cache_search_put(store, ctx, err);
}

static enum err merge_fn(struct store *store, void *ctx, struct error *err)
{
	return cache_search_merge(store, 256, ctx, err);
}

static double longest;

static void slice(struct store *store, store_fn fn, void *ctx)
{
	struct error err = ERROR_INIT;
	double at = ms_now();

	must(store_tx(store, fn, ctx, &err), &err);
	at = ms_now() - at;
	longest = at > longest ? at : longest;
}

static void index_all(struct store *store)
{
	struct search_batch *batch = search_batch_new();
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	double start = ms_now(), merging = 0;
	size_t n = 1, rows = 0;
	bool more;

	while (n > 0) {
		int64_t ties[100];

		must(cache_search_next(store, batch, 100, ties, &n, &err), &err);
		for (size_t i = 0; i < n; i++) {
			struct grams grams = GRAMS_INIT;
			struct page_row row;

			must(cache_row_at(store, ties[i], true, &arena, &row, &err), &err);
			incident_texts(row.incident, add_text, &grams);
			grams_sort(&grams);
			search_batch_add(batch, ties[i], &grams);
			grams_release(&grams);
			arena_reset(&arena);
		}
		rows += n;
		if (!search_batch_full(batch) && n > 0)
			continue;
		slice(store, put_fn, batch);
		search_batch_clear(batch);
		do {
			double at = ms_now();

			slice(store, merge_fn, &more);
			merging += ms_now() - at;
		} while (more);
	}
	search_batch_free(batch);
	arena_release(&arena);
	printf("indexed               %10.0f rows/s, %.1f s in all, of it merging %.1f s\n",
	       (double)rows / (ms_now() - start) * 1e3, (ms_now() - start) / 1e3, merging / 1e3);
	printf("longest slice         %10.1f ms\n", longest);
}

/* ---- searching ---- */

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void say(const char *what, double *times, size_t n)
{
	qsort(times, n, sizeof *times, by_time);
	printf("%-34s p50 %7.2f ms  p99 %7.2f ms  most %7.2f ms\n", what, times[n / 2],
	       times[n * 99 / 100], times[n - 1]);
}

/* A piece of some text, so that it is found: so many letters in a row. */
static void piece(uint64_t *seed, unsigned chars, struct str *out)
{
	for (;;) {
		const char *text = texts[next_random(seed) % n_texts];
		size_t len = strlen(text), at = 0;
		unsigned skip = next_random(seed) % 60, got = 0;
		uint32_t cp;

		str_clear(out);
		while (at < len && got < chars) {
			size_t used = text_next(text + at, len - at, &cp);

			if (skip > 0) {
				skip--;
			} else if (cp >= 0x4E00 && cp < 0xA000) {
				str_add_bytes(out, text + at, used);
				got++;
			} else {
				break;
			}
			at += used;
		}
		if (got == chars)
			return;
	}
}

/* Until a screen is full; and the first time a step tells how much there is. */
static void search_times(struct client *client, unsigned chars, const char *filter_words)
{
	static double first[SEARCHES], rows[SEARCHES];
	struct filter_ctx ctx = { .rules = client_rules(client), .now = client_now(client) };
	struct error err = ERROR_INIT;
	struct str words = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct filter *filter = NULL;
	struct filter_error bad;
	uint64_t seed = chars;
	size_t found = 0;
	char what[80];

	if (filter_words != NULL &&
	    filter_parse(filter_words, &ctx, &arena, &filter, &bad) != ERR_OK) {
		printf("%s\n", bad.text);
		return;
	}
	for (size_t i = 0; i < SEARCHES; i++) {
		struct client_search_ask ask = { .filter = filter, .ctx = &ctx };
		struct client_search *search;
		double at;

		piece(&seed, chars, &words);
		ask.words = str_get(&words);
		at = ms_now();
		must(client_search_new(client, &ask, &search, &err), &err);
		first[i] = ms_now() - at;
		while (!client_search_done(search) && client_search_found(search) < SHOWN)
			must(client_search_step(search, STEP, &err), &err);
		rows[i] = ms_now() - at;
		found += client_search_found(search);
		client_search_free(search);
	}
	snprintf(what, sizeof what, "%u characters%s: the index", chars, filter ? ", filter" : "");
	say(what, first, SEARCHES);
	snprintf(what, sizeof what, "%u characters%s: a screenful", chars, filter ? ", filter" : "");
	say(what, rows, SEARCHES);
	str_release(&words);
	arena_release(&arena);
}

/* A filter of words, in board order, until the first screen. */
static void scan_times(struct client *client, unsigned chars, const char *more)
{
	static double times[SEARCHES];
	struct filter_ctx ctx = { .rules = client_rules(client), .now = client_now(client) };
	struct client_order order = { .field = NULL };
	struct error err = ERROR_INIT;
	struct str words = STR_INIT, text = STR_INIT;
	struct arena arena = ARENA_INIT;
	uint64_t seed = chars;
	char what[80];

	for (size_t i = 0; i < SEARCHES; i++) {
		struct client_scan *scan;
		struct filter *filter;
		struct filter_error bad;
		double at;

		piece(&seed, chars, &words);
		str_clear(&text);
		str_addf(&text, "\"%s\" %s", str_get(&words), more);
		if (filter_parse(str_get(&text), &ctx, &arena, &filter, &bad) != ERR_OK)
			continue;
		at = ms_now();
		must(client_scan_new(client, &order, filter, &ctx, &scan, &err), &err);
		while (!client_scan_done(scan) && client_scan_found(scan) < SHOWN)
			must(client_scan_step(scan, STEP, &err), &err);
		times[i] = ms_now() - at;
		client_scan_free(scan);
		arena_reset(&arena);
	}
	snprintf(what, sizeof what, "filter \"%u characters\" %s: a screenful", chars, more);
	say(what, times, SEARCHES);
	str_release(&words);
	str_release(&text);
	arena_release(&arena);
}

static void near_times(struct client *client)
{
	static double times[SEARCHES];
	struct error err = ERROR_INIT;
	uint64_t seed = 9;

	for (size_t i = 0; i < SEARCHES; i++) {
		struct arena arena = ARENA_INIT;
		struct grams grams = GRAMS_INIT;
		struct client_near *near;
		size_t n;
		double at;

		grams_add(&grams, texts[next_random(&seed) % n_texts]);
		grams_sort(&grams);
		at = ms_now();
		must(client_search_near(client, &grams, 0, 100, &arena, &near, &n, &err), &err);
		times[i] = ms_now() - at;
		grams_release(&grams);
		arena_release(&arena);
	}
	say("100 nearest to a text", times, SEARCHES);
}

/* One search, to its end. */
static void search_one(struct client *client, const char *words)
{
	struct filter_ctx ctx = { .rules = client_rules(client), .now = client_now(client) };
	const char *cut = strstr(words, " // ");
	struct arena arena = ARENA_INIT;
	struct client_search_ask ask = { .ctx = &ctx };
	struct filter *filter = NULL;
	struct error err = ERROR_INIT;
	struct filter_error bad;
	struct client_search *search;
	double at, first, screen = -1;

	ask.words = cut != NULL ? arena_strndup(&arena, words, (size_t)(cut - words)) : words;
	if (cut != NULL && filter_parse(cut + 4, &ctx, &arena, &filter, &bad) != ERR_OK)
		printf("%s\n", bad.text);
	ask.filter = filter;
	at = ms_now();
	must(client_search_new(client, &ask, &search, &err), &err);
	first = ms_now() - at;
	while (!client_search_done(search)) {
		must(client_search_step(search, STEP, &err), &err);
		if (screen < 0 && client_search_found(search) >= SHOWN)
			screen = ms_now() - at;
	}
	printf("%-40s hits %5zu  looked at %5zu  index %6.2f ms  screenful %6.2f ms  all %7.2f ms\n",
	       words, client_search_found(search), client_search_looked(search), first,
	       screen < 0 ? ms_now() - at : screen, ms_now() - at);
	client_search_free(search);
	arena_release(&arena);
}

static void search_all(const char *dir, char **words)
{
	struct env env = env_system(NULL);
	struct client_options options = { .dir = dir, .env = &env };
	struct error err = ERROR_INIT;
	struct client *client;
	double at = ms_now();

	must(client_open(&options, &client, &err), &err);
	printf("client_open           %10.2f ms\n", ms_now() - at);
	for (char **word = words; *word != NULL; word++)
		search_one(client, *word);
	if (*words != NULL) {
		client_close(client);
		return;
	}
	search_times(client, 2, NULL);
	search_times(client, 4, NULL);
	search_times(client, 2, "open");
	search_times(client, 4, "open");
	search_times(client, 2, "urgency:1 closed");
	scan_times(client, 2, "open");
	scan_times(client, 2, "urgency:1");
	scan_times(client, 4, "closed");
	near_times(client);
	client_close(client);
}

static double megabytes(const char *dir)
{
	struct str path = STR_INIT;
	struct stat st = { .st_size = 0 };

	str_addf(&path, "%s/cache.db", dir);
	(void)stat(str_get(&path), &st);
	str_release(&path);
	return (double)st.st_size / 1e6;
}

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct store *store;
	double before;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc < 3) {
		fprintf(stderr, "search_bench N DIR [TEXTS]\n");
		return 2;
	}
	read_texts(argc > 3 ? argv[3] : "");
	must(dir_make(argv[2], 0700, &err), &err);
	if (strcmp(argv[1], "0") != 0) {
		must(cache_open(argv[2], CACHE_WRITE, &store, &err), &err);
		fill_cache(store, (unsigned)strtoul(argv[1], NULL, 10));
		store_close(store);
		before = megabytes(argv[2]);
		must(cache_open(argv[2], CACHE_WRITE, &store, &err), &err);
		index_all(store);
		store_close(store);
		printf("size                  %10.0f MB, %.0f MB with the index\n", before,
		       megabytes(argv[2]));
	}
	search_all(argv[2], argc > 4 ? argv + 4 : argv + argc);
	for (unsigned i = 0; i < n_texts; i++)
		free(texts[i]);
	return 0;
}
