/* Several processes of one user on one folder: contiguous numbers, no act lost, and whoever holds the
 * lock may die. */
#include <config.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/prctl.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_server.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/enroll.h"
#include "zhiban/client/timeline.h"
#include "zhiban/store/outbox.h"
#include "zhiban/wire/act.h"

#define OK(call) assert_int_equal((call), ERR_OK)

enum { NFS = 0x6969 };

/* In place of the C library's: a folder whose name says so lies on NFS. */
int statfs(const char *path, struct statfs *ret_fs)
{
	int rc = (int)syscall(SYS_statfs, path, ret_fs);

	if (rc == 0 && strstr(path, "network") != NULL)
		ret_fs->f_type = NFS;
	return rc;
}

struct world {
	struct env_fixed fixed;
	struct env env;
	struct server server;
	struct fake_line line;
	char dir[64];
	struct uuid incident;
	struct arena arena;
};

static struct worker *worker_of(struct world *world)
{
	struct worker_options options = { .dir = world->dir, .url = "https://x", .key_pin = "",
					  .env = &world->env,
					  .transport = &world->line.transport };
	struct worker *worker;

	OK(worker_new(&options, &worker, NULL));
	return worker;
}

static struct client *client_of(const struct world *world, const struct env *env)
{
	struct client_options options = { .dir = world->dir, .env = env };
	struct client *client;

	OK(client_open(&options, &client, NULL));
	return client;
}

static void settle(struct world *world, struct worker *worker)
{
	for (int i = 0; i < 600 && !worker_in_step(worker); i++) {
		world->fixed.now += 200;
		OK(worker_step(worker, 0, NULL));
	}
	assert_true(worker_in_step(worker));
}

static struct given words(const char *verb, const char *name, const char *text)
{
	return (struct given){ act_arg_field(act_desc_find(verb), name),
			       { .is_text = true, .text = text } };
}

static enum err act(struct client *client, const char *verb, const struct uuid *target,
		    const char *name, const char *text, struct client_done *ret_done)
{
	struct given given = words(verb, name, text);

	return client_act(client, act_desc_find(verb), target, &given, 1, ret_done, NULL);
}

static int world_make(void **state)
{
	struct world *world = mem_alloc(sizeof *world);
	struct outbox_who who = { "li", NULL, "duty", "token", true };
	struct uuid id = { { 1 } };
	struct store *outbox;
	struct client *client;
	struct client_done done;
	struct worker *worker;

	world->fixed = (struct env_fixed){ .now = INT64_C(1795332000000), .seed = 11 };
	world->env = env_fixed(&world->fixed);
	server_open(&world->server, &world->env);
	line_open(&world->line, &world->server);
	who.org = world->server.jurisdiction->rules.centre;
	snprintf(world->dir, sizeof world->dir, "/tmp/zhiban-processes-XXXXXX");
	assert_non_null(mkdtemp(world->dir));
	OK(outbox_open(world->dir, false, &outbox, NULL));
	OK(outbox_set_console(outbox, &id, NULL));
	OK(outbox_login(outbox, &who, NULL));
	store_close(outbox);
	worker = worker_of(world);
	settle(world, worker);
	client = client_of(world, &world->env);
	OK(act(client, "register", NULL, "title", "a pipe has burst", &done));
	world->incident = done.target;
	settle(world, worker);
	client_close(client);
	worker_free(worker);
	*state = world;
	return 0;
}

static int world_free(void **state)
{
	struct world *world = *state;

	OK(dir_remove_all(world->dir, NULL));
	line_close(&world->line);
	server_close(&world->server);
	arena_release(&world->arena);
	free(world);
	return 0;
}

/* ---- four consoles act at once ---- */

enum { PROCESSES = 4, EACH = 12 };

/* One of them: corrections of the common incident, incidents of its own, looking in between. */
static int console(const struct world *world, unsigned who)
{
	struct env_fixed fixed = { .now = world->fixed.now, .seed = 1000 + who };
	struct env env = env_fixed(&fixed);
	struct client *client = client_of(world, &env);
	struct client_change change;
	struct client_done done;
	enum err code = ERR_OK;

	for (unsigned i = 0; i < EACH && code == ERR_OK; i++) {
		char text[32];

		snprintf(text, sizeof text, "of %u, %u", who, i);
		fixed.now += 10;
		code = i % 3 == 2 ? act(client, "register", NULL, "title", text, &done)
				  : act(client, "fix", &world->incident, "title", text, &done);
		if (code == ERR_OK)
			code = client_poll(client, &change, NULL);
	}
	client_close(client);
	return (int)code;
}

/* Whoever did it: each act on an entity hangs on the one before. */
static void chain_is_whole(struct world *world, const struct outbox_row *rows, size_t n)
{
	struct uuid last = { { 0 } };
	size_t fixes = 0;

	for (size_t i = 0; i < n; i++) {
		struct act act;

		assert_int_equal(rows[i].n, i + 2); /* 1 was the incident's registration */
		OK(act_decode(rows[i].body, rows[i].len, &world->arena, &act, NULL));
		assert_int_equal(act.n, rows[i].n);
		if (!uuid_eq(&act.target.id, &world->incident)) {
			assert_true(uuid_is_nil(&act.after));
			continue;
		}
		assert_true(uuid_eq(&act.after, &last));
		last = act.id;
		fixes++;
	}
	assert_int_equal(fixes, PROCESSES * EACH * 2 / 3);
}

static void four_consoles_act_at_once(void **state)
{
	struct world *world = *state;
	struct client *watcher = client_of(world, &world->env);
	struct client_change change;
	struct client_timeline timeline;
	struct client_link link;
	struct outbox_row *rows;
	struct store *outbox;
	struct worker *worker;
	pid_t pids[PROCESSES];
	size_t n;

	for (unsigned who = 0; who < PROCESSES; who++) {
		pids[who] = fork();
		if (pids[who] == 0)
			_exit(console(world, who));
	}
	for (unsigned who = 0; who < PROCESSES; who++) {
		int status;

		OK(client_poll(watcher, &change, NULL)); /* it looks on meanwhile */
		waitpid(pids[who], &status, 0);
		assert_int_equal(status, 0);
	}
	OK(client_poll(watcher, &change, NULL));
	client_link(watcher, &link);
	assert_int_equal(link.pending, PROCESSES * EACH);
	OK(outbox_open(world->dir, false, &outbox, NULL));
	OK(outbox_list(outbox, &world->arena, &rows, &n, NULL));
	assert_int_equal(n, PROCESSES * EACH);
	chain_is_whole(world, rows, n);
	store_close(outbox);
	worker = worker_of(world);
	settle(world, worker);
	assert_int_equal(world->server.seq, 1 + PROCESSES * EACH);
	OK(client_poll(watcher, &change, NULL));
	OK(client_timeline(watcher, &world->incident, &world->arena, &timeline, NULL));
	assert_int_equal(timeline.n, 1 + PROCESSES * EACH * 2 / 3);
	worker_free(worker);
	client_close(watcher);
}

/* ---- who holds the lock dies ---- */

static void hold(struct world *world, int told)
{
	struct worker *worker = worker_of(world);

	prctl(PR_SET_PDEATHSIG, SIGKILL); /* should a test fail */
	world->server.down = true; /* its own copy: it sends nothing */
	for (;;) {
		world->fixed.now += 200;
		if (worker_step(worker, 0, NULL) != ERR_OK)
			_exit(1);
		if (worker_has_lock(worker) && told >= 0) {
			close(told);
			told = -1;
		}
	}
}

static void the_holder_dies_and_another_sends(void **state)
{
	struct world *world = *state;
	struct client *client = client_of(world, &world->env);
	struct worker *worker;
	struct client_done done;
	int pipefd[2], status;
	pid_t pid;
	char byte;

	assert_int_equal(pipe(pipefd), 0);
	pid = fork();
	if (pid == 0)
		hold(world, pipefd[1]);
	close(pipefd[1]);
	assert_int_equal(read(pipefd[0], &byte, 1), 0); /* it has the lock */
	close(pipefd[0]);
	worker = worker_of(world);
	for (int i = 0; i < 10; i++) {
		world->fixed.now += 1000;
		OK(worker_step(worker, 0, NULL));
		assert_false(worker_has_lock(worker));
	}
	for (int i = 0; i < 5; i++)
		OK(act(client, "note", &world->incident, "note", "done beside it", &done));
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
	settle(world, worker);
	assert_true(worker_has_lock(worker));
	assert_int_equal(world->server.seq, 6);
	worker_free(worker);
	client_close(client);
}

/* ---- what is left to make when all has come ---- */

static void in_step_comes_before_the_indexes(void **state)
{
	struct world *world = *state;
	struct worker *worker = worker_of(world);

	settle(world, worker);
	assert_true(worker_has_to_index(worker)); /* one a step */
	for (int i = 0; i < 40 && worker_has_to_index(worker); i++)
		OK(worker_step(worker, 0, NULL));
	assert_false(worker_has_to_index(worker));
	worker_free(worker);
	worker = worker_of(world);
	settle(world, worker);
	assert_false(worker_has_to_index(worker));
	worker_free(worker);
}

/* ---- a folder where locks do not hold ---- */

static void a_network_folder_is_refused(void **state)
{
	struct world *world = *state;
	char dir[96];
	struct client_options options = { .dir = dir, .env = &world->env };
	struct worker_options worker_options = { .dir = dir, .url = "https://x", .key_pin = "",
						 .env = &world->env,
						 .transport = &world->line.transport };
	struct error err = ERROR_INIT;
	struct client *client = NULL;
	struct worker *worker = NULL;

	snprintf(dir, sizeof dir, "%s/network", world->dir);
	assert_int_equal(client_open(&options, &client, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "network file system (NFS)"));
	assert_non_null(strstr(err.text, "local disk"));
	err = (struct error)ERROR_INIT;
	assert_int_equal(worker_new(&worker_options, &worker, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "network file system (NFS)"));
	assert_null(client);
	assert_null(worker);
	snprintf(dir + strlen(dir), sizeof dir - strlen(dir), "/outbox.db");
	assert_int_not_equal(access(dir, F_OK), 0); /* and nothing was put there */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
		T(four_consoles_act_at_once),
		T(the_holder_dies_and_another_sends),
		T(in_step_comes_before_the_indexes),
		T(a_network_folder_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
