/* Consoles of several officers on one server in memory: what the tests of whistles and deadlines
 * share. */
#ifndef TESTS_CONSOLES_H
#define TESTS_CONSOLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake_server.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"

#define OK(call) assert_int_equal((call), ERR_OK)

enum { CENTRE, STREET, WATER, CONSOLES };

struct console {
	char dir[64];
	struct fake_line line;
	struct worker *worker;
	struct client *client;
	struct tell told; /* the latest about codes */
};
struct world {
	struct env_fixed fixed;
	struct env env;
	struct server server;
	struct console all[CONSOLES];
	struct arena arena;
};

static inline void console_open(struct world *world, unsigned which)
{
	static const char *const who[CONSOLES][3] = {
		{ "li", "zhongxin", "chief" },
		{ "wang", "320402001", "street_head" },
		{ "zhou", "shuiwu", "dept" },
	};
	struct console *console = &world->all[which];
	struct worker_options worker = { .url = "https://x", .key_pin = "", .env = &world->env };
	struct client_options client = { .env = &world->env };
	struct outbox_who officer = { who[which][0], who[which][1], who[which][2], "token", true };
	struct uuid id = { { (uint8_t)(which + 1) } };
	struct store *outbox;

	snprintf(console->dir, sizeof console->dir, "/tmp/zhiban-consoles-XXXXXX");
	assert_non_null(mkdtemp(console->dir));
	OK(outbox_open(console->dir, false, &outbox, NULL));
	OK(outbox_set_console(outbox, &id, NULL));
	OK(outbox_login(outbox, &officer, NULL));
	store_close(outbox);
	line_open(&console->line, &world->server);
	console->line.officer = who[which][0];
	console->line.org = who[which][1];
	console->line.role = who[which][2];
	worker.dir = client.dir = console->dir;
	worker.transport = &console->line.transport;
	OK(worker_new(&worker, &console->worker, NULL));
	OK(client_open(&client, &console->client, NULL));
}

static inline int world_make(void **state)
{
	struct world *world = mem_alloc(sizeof *world);

	/* 2026-11-23 10:20 there, a Monday */
	world->fixed = (struct env_fixed){ .now = INT64_C(1795400400000), .seed = 11 };
	world->env = env_fixed(&world->fixed);
	server_open(&world->server, &world->env);
	memset(world->server.secret, 0x5a, sizeof world->server.secret);
	for (unsigned i = 0; i < CONSOLES; i++)
		console_open(world, i);
	*state = world;
	return 0;
}

static inline int world_free(void **state)
{
	struct world *world = *state;

	for (unsigned i = 0; i < CONSOLES; i++) {
		client_close(world->all[i].client);
		worker_free(world->all[i].worker);
		line_close(&world->all[i].line);
		OK(dir_remove_all(world->all[i].dir, NULL));
	}
	server_close(&world->server);
	arena_release(&world->arena);
	free(world);
	return 0;
}

static inline void step(struct world *world, struct console *console)
{
	struct client_change change;
	struct tell tell;

	world->fixed.now += 200;
	OK(worker_step(console->worker, 0, NULL));
	while (worker_told(console->worker, &tell))
		if (tell.kind == TELL_ARRIVAL)
			console->told = tell;
	OK(client_poll(console->client, &change, NULL));
}

static inline void settle(struct world *world, struct console *console)
{
	for (int i = 0; i < 400; i++) {
		step(world, console);
		if (worker_in_step(console->worker))
			return;
	}
	fail_msg("not in step");
}

/* What each has done is with all. */
static inline void settle_all(struct world *world)
{
	for (int round = 0; round < 2; round++)
		for (unsigned i = 0; i < CONSOLES; i++)
			settle(world, &world->all[i]);
}

/* words: "name=text" by line. */
static inline enum err act(struct console *console, enum kind kind, const char *verb,
			   const struct uuid *target, const char *words, struct client_done *done,
			   struct error *err)
{
	const struct act_desc *desc = act_desc_of(kind, verb);
	struct arena arena = ARENA_INIT;
	struct given given[16];
	struct client_done unused;
	size_t n = 0;
	enum err code = ERR_OK;

	assert_non_null(desc);
	while (words != NULL && *words != '\0') {
		size_t name = strcspn(words, "="), all = strcspn(words, "\n");

		given[n].field = act_arg_field(desc, arena_strndup(&arena, words, name));
		assert_non_null(given[n].field);
		OK(rules_parse(client_rules(console->client), given[n].field,
			       arena_strndup(&arena, words + name + 1, all - name - 1), &arena,
			       &given[n].value, NULL));
		n++;
		words += all + (words[all] != '\0');
	}
	code = client_act(console->client, desc, target, given, n, done != NULL ? done : &unused,
			  err);
	arena_release(&arena);
	return code;
}

static inline void must_whistle(struct console *console, const char *verb,
				const struct uuid *target, const char *words)
{
	struct error err = ERROR_INIT;
	enum err code = act(console, KIND_WHISTLE, verb, target, words, NULL, &err);

	if (code != ERR_OK)
		fail_msg("%s: %s", verb, err.text);
}

/* One that the street has blown (its head, so nobody need approve), and everybody has. */
static inline struct uuid blown(struct world *world, const char *words)
{
	struct client_done done = { .n = 0 };
	struct error err = ERROR_INIT;

	settle_all(world);
	if (act(&world->all[STREET], KIND_WHISTLE, "blow", NULL, words, &done, &err) != ERR_OK)
		fail_msg("blow: %s", err.text);
	settle_all(world);
	return done.target;
}

/* And it is issued. */
static inline struct uuid issued(struct world *world, const char *words)
{
	struct uuid id = blown(world, words);

	must_whistle(&world->all[CENTRE], "issue", &id, NULL);
	settle_all(world);
	return id;
}

#endif
