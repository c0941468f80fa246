/* A demo's past and its traffic: `zhiband fill` and `serve --traffic`, both for `zhiban demo`. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command_priv.h"
#include "folder_priv.h"
#include "serve_priv.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/demo/fill.h"
#include "zhiban/server/db.h"

struct rider {
	struct service *service;
	struct rulebook *book;
	struct env env;
	struct arena arena;
	struct demo_words words;
	struct demo demo;
	struct traffic *traffic;
};

static enum err load_demo(struct rider *rider, uint64_t seed, struct error *err)
{
	struct arena *arena = &rider->arena;
	const struct rules *rules;
	const char *own;
	enum err code;

	rider->book = service_rules(rider->service, &rules);
	own = dirs_resource(arena, arena_printf(arena, "profiles/%s-demo.conf", rules->name));
	code = demo_words_load(dirs_resource(arena, "profiles/demo.conf"),
			       file_exists(own) ? own : NULL, arena, &rider->words, err);
	if (code == ERR_OK)
		code = demo_init(&rider->demo, &rider->words, rules, seed, &rider->arena, err);
	return code;
}

void rider_free(struct rider *rider)
{
	if (rider == NULL)
		return;
	traffic_free(rider->traffic);
	service_rules_done(rider->service, rider->book);
	arena_release(&rider->arena);
	free(rider);
}

static enum err plan_number(const char *words, const char *what, long long fallback,
			    long long *ret_value, struct error *err)
{
	*ret_value = fallback;
	if (words == NULL || str_int(words, 0, INT64_MAX, ret_value))
		return ERR_OK;
	return error_set(err, ERR_USAGE, _("%s: a whole number is wanted"), what);
}

/* words: "SEED,INCIDENTS,NOW" as the data were filled. */
enum err rider_new(struct service *service, const struct env *env, const char *words,
		   struct rider **ret_rider, struct error *err)
{
	struct rider *rider = mem_alloc(sizeof *rider);
	char *copy = arena_strdup(&rider->arena, words), *rest = copy;
	const char *part[3] = { NULL };
	long long seed, incidents, now;
	struct demo_plan plan;
	enum err code;

	rider->service = service;
	rider->env = *env;
	for (size_t i = 0; i < ARRAY_LEN(part); i++)
		part[i] = strsep(&rest, ",");
	code = plan_number(part[0], "SEED", 1, &seed, err);
	if (code == ERR_OK)
		code = plan_number(part[1], "INCIDENTS", 0, &incidents, err);
	if (code == ERR_OK)
		code = plan_number(part[2], "NOW", env_now(env), &now, err);
	if (code == ERR_OK) {
		code = load_demo(rider, (uint64_t)seed, err);
		if (code != ERR_OK)
			rider_free(rider);
	} else {
		free(rider);
	}
	if (code != ERR_OK)
		return code;
	plan = (struct demo_plan){ .seed = (uint64_t)seed, .incidents = incidents, .now = now };
	rider->traffic = traffic_new(service, &rider->demo, &plan);
	*ret_rider = rider;
	return ERR_OK;
}

enum err rider_tick(struct rider *rider, struct error *err)
{
	return traffic_tick(rider->traffic, env_now(&rider->env), err);
}

/* --- zhiband fill ---------------------------------------------------------------------------- */

static void no_wake(void *ctx, struct request *request)
{
	(void)ctx;
	(void)request;
}

static void show_progress(void *ctx, int64_t done, int64_t all)
{
	(void)ctx;
	fprintf(stderr, "\r%lld / %lld", (long long)done, (long long)all);
	if (done == all)
		fputc('\n', stderr);
}

static enum err fill(const struct folder *folder, struct demo_plan *plan, struct error *err)
{
	struct service_config config = { .db = db_ops_for(folder->data),
					 .where = folder->data,
					 .env = env_system(NULL),
					 .wake = no_wake,
					 .db_flags = DB_UNSYNCED };
	struct rider rider = { .arena = ARENA_INIT };
	struct demo_people people;
	enum err code = service_open(&config, &rider.service, err);

	if (code != ERR_OK)
		return code;
	code = load_demo(&rider, plan->seed, err);
	if (code == ERR_OK)
		code = demo_fill(rider.service, &rider.demo, plan, err);
	if (code == ERR_OK) {
		/* Alone on the last line, for whoever enrols the demo's console. */
		demo_people_make(&rider.demo, &rider.arena, &people);
		printf("%s\n", people.items[0].name);
	}
	service_rules_done(rider.service, rider.book);
	arena_release(&rider.arena);
	service_stop(rider.service);
	service_close(rider.service);
	return code;
}

enum err run_fill(const struct args *args, struct error *err)
{
	long long seed, incidents, now;
	struct env env = env_system(NULL);
	struct folder folder;
	struct demo_plan plan;
	int lock;
	enum err code = plan_number(args_value(args, "seed"), "--seed", 1, &seed, err);

	if (code == ERR_OK)
		code = plan_number(args_value(args, "incidents"), "--incidents", 2000, &incidents,
				   err);
	if (code == ERR_OK)
		code = plan_number(args_value(args, "now"), "--now", env_now(&env), &now, err);
	if (code == ERR_OK)
		code = folder_open(&folder, args->words[0], err);
	if (code != ERR_OK)
		return code;
	plan = (struct demo_plan){ .seed = (uint64_t)seed,
				   .incidents = incidents,
				   .now = now,
				   .progress = isatty(STDERR_FILENO) ? show_progress : NULL };
	code = file_lock(folder.lock, &lock, err);
	if (code == ERR_OK) {
		code = fill(&folder, &plan, err);
		file_unlock(lock);
	}
	folder_release(&folder);
	return code;
}
