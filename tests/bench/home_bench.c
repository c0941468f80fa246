/* home_bench DIR: what the first screen costs over a folder that store_bench has filled: gathering
 * the groups, the longest slice of it, the counters.  It adopts the profile of Tianning and logs an
 * officer in there.  One line a figure; no test asserts a time. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/home.h"
#include "zhiban/profile/profile.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"

enum { ROUNDS = 20 };

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
	struct str text = STR_INIT;
	char hash[SHA256_HEX];
	enum err code = bundle_read(ctx, &text, err);

	if (code == ERR_OK) {
		bundle_hash(str_get(&text), text.len, hash);
		code = cache_put_doc(store, hash, str_get(&text), text.len, err);
	}
	if (code == ERR_OK)
		code = store_meta_set(store, "profile", hash, err);
	str_release(&text);
	return code;
}

static void prepare(const char *dir)
{
	struct outbox_who who = { "li", "zhongxin", "duty", "token", true };
	struct error err = ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct store *store;

	must(cache_open(dir, CACHE_WRITE, &store, &err), &err);
	must(store_tx(store, adopt, (void *)dirs_resource(&arena, "profiles/tianning.conf"), &err),
	     &err);
	store_close(store);
	must(outbox_open(dir, false, &store, &err), &err);
	must(outbox_login(store, &who, &err), &err);
	store_close(store);
	arena_release(&arena);
}

static void gather(struct client *client)
{
	double start = ms_now(), longest = 0;
	struct home *home = home_new(client);
	size_t slices = 0, n;

	while (!home_is_whole(home)) {
		double at = ms_now(), took;

		(void)home_step(home);
		took = ms_now() - at;
		longest = took > longest ? took : longest;
		slices++;
	}
	(void)home_rows(home, &n);
	printf("gathered %zu rows in %.2f ms, %zu slices, the longest %.2f ms; overdue %lld, "
	       "unsigned %lld\n",
	       n, ms_now() - start, slices, longest,
	       (long long)home_counter(home, HOME_OVERDUE),
	       (long long)home_counter(home, HOME_UNSIGNED));
	home_free(home);
}

int main(int argc, char **argv)
{
	struct env env = env_system(NULL);
	struct client_options options = { .env = &env };
	struct error err = ERROR_INIT;
	struct client *client;

	if (argc != 2) {
		fprintf(stderr, "home_bench DIR\n");
		return 2;
	}
	prepare(argv[1]);
	options.dir = argv[1];
	must(client_open(&options, &client, &err), &err);
	for (int i = 0; i < ROUNDS; i++)
		gather(client);
	client_close(client);
	return 0;
}
