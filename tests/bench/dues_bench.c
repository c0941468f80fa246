/* dues_bench DIR: what the list of deadlines answers, over a folder that store_bench has filled:
 * pages of all and of one organisation, groups and a month counted, the next one.  It adopts the profile
 * of Tianning and logs officers in there.  One line a figure; no test asserts a time. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/deadlines.h"
#include "zhiban/profile/profile.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"

enum { READS = 2000, WINDOW = 50, DAYS = 31, MOST = 10000 };

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

static enum err adopt(struct store *store, void *ctx, struct error *err)
{
	static const char *const files[] = { "profiles/tianning.conf", "profiles/calendar-cn.conf" };
	static const char *const names[] = { "profile", "calendar" };
	struct arena *arena = ctx;
	enum err code = ERR_OK;

	for (size_t i = 0; i < ARRAY_LEN(files) && code == ERR_OK; i++) {
		struct str text = STR_INIT;
		uint8_t sum[SHA256_LEN];
		char hash[SHA256_HEX];

		if (i == 0)
			code = bundle_read(dirs_resource(arena, files[i]), &text, err);
		else
			code = file_read(dirs_resource(arena, files[i]), BUNDLE_MAX, &text, err);
		sha256(str_get(&text), text.len, sum);
		crypto_hex(sum, sizeof sum, hash);
		if (i == 0)
			bundle_hash(str_get(&text), text.len, hash);
		if (code == ERR_OK)
			code = cache_put_doc(store, hash, str_get(&text), text.len, err);
		if (code == ERR_OK)
			code = store_meta_set(store, names[i], hash, err);
		str_release(&text);
	}
	return code;
}

static void prepare(const char *dir, const char *org)
{
	struct outbox_who who = { "li", org, "duty", "token", true };
	struct error err = ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct store *store;

	must(cache_open(dir, CACHE_WRITE, &store, &err), &err);
	must(store_tx(store, adopt, &arena, &err), &err);
	store_close(store);
	must(outbox_open(dir, false, &store, &err), &err);
	must(outbox_login(store, &who, &err), &err);
	store_close(store);
	arena_release(&arena);
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void say(const char *what, double *times, size_t n)
{
	qsort(times, n, sizeof *times, by_time);
	printf("%-30s p50 %8.4f ms  p99 %8.4f ms\n", what, times[n / 2], times[n * 99 / 100]);
}

static void read_pages(struct client *client, const struct client_deadline_filter *filter,
		       const char *what)
{
	static double times[READS];
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct deadline_key key = { .set = false };

	for (size_t i = 0; i < READS; i++) {
		struct client_deadlines page;
		double at = ms_now();

		must(client_deadlines_page(client, filter, &key, WINDOW, &arena, &page, &err), &err);
		times[i] = ms_now() - at;
		key = page.more ? page.next : (struct deadline_key){ .set = false };
		arena_reset(&arena);
	}
	arena_release(&arena);
	say(what, times, READS);
}

static void count(struct client *client, const struct client_deadline_filter *filter,
		  const char *what, size_t n, int64_t width, size_t rounds)
{
	static double times[READS];
	int64_t bounds[DAYS + 1], counts[DAYS], now = client_now(client), all = 0;
	struct error err = ERROR_INIT;
	bool exact;

	for (size_t i = 0; i <= n; i++)
		bounds[i] = i == 0 ? INT64_MIN : i == n ? INT64_MAX : now + (int64_t)i * width;
	for (size_t i = 0; i < rounds; i++) {
		double at = ms_now();

		must(client_deadlines_count(client, filter, bounds, n + 1, MOST, counts, &exact,
					    &err), &err);
		times[i] = ms_now() - at;
	}
	for (size_t i = 0; i < n; i++)
		all += counts[i];
	say(what, times, rounds);
	printf("%30s %lld rows\n", "", (long long)all);
}

static void next_mine(struct client *client)
{
	static double times[READS];
	struct arena arena = ARENA_INIT;
	struct client_deadline row;
	double at = ms_now(), first;

	(void)client_next_mine(client, 0, &arena, &row);
	first = ms_now() - at;
	for (size_t i = 0; i < READS; i++) {
		at = ms_now();
		(void)client_next_mine(client, 0, &arena, &row);
		times[i] = ms_now() - at;
	}
	printf("%-30s     %8.4f ms\n", "next of mine, looked up", first);
	say("next of mine, remembered", times, READS);
	arena_release(&arena);
}

static void read_as(const char *dir, const char *org)
{
	struct env env = env_system(NULL);
	struct client_options options = { .dir = dir, .env = &env };
	struct error err = ERROR_INIT;
	struct client *client;
	struct client_deadline_filter all = { .org = NULL }, mine, words = { .words = "twenty none" };

	prepare(dir, org);
	must(client_open(&options, &client, &err), &err);
	printf("-- %s\n", org);
	next_mine(client);
	mine = client_deadlines_mine(client);
	read_pages(client, &all, "page of all");
	read_pages(client, &mine, "page of mine");
	count(client, &all, "4 groups of all", 4, 3600000, READS);
	count(client, &mine, "4 groups of mine", 4, 3600000, READS);
	count(client, &all, "31 days of all", DAYS, 86400000, READS);
	count(client, &words, "4 groups, by words", 4, 3600000, 5);
	client_close(client);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "dues_bench DIR\n");
		return 2;
	}
	read_as(argv[1], "shuiwu");
	read_as(argv[1], "320402001");
	read_as(argv[1], "zhongxin");
	return 0;
}
