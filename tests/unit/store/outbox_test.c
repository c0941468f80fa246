/* The outbox: n is contiguous whoever appends; what was confirmed survives kill -9. */
#include <config.h>

#include "store_help.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zhiban/store/outbox_desk.h"
#include "zhiban/store/outbox_renew.h"

struct body {
	char text[64];
	unsigned who, i;
	struct uuid after;
};

static enum err body_fn(void *ctx, int64_t n, const struct uuid *after, const char **ret_bytes,
			size_t *ret_len, struct error *err)
{
	struct body *body = ctx;

	(void)err;
	if (after != NULL)
		body->after = *after;
	*ret_len = (size_t)snprintf(body->text, sizeof body->text, "n=%lld who=%u i=%u",
				    (long long)n, body->who, body->i);
	*ret_bytes = body->text;
	return ERR_OK;
}

static struct uuid id_of(unsigned who, unsigned i)
{
	struct uuid parent = { { (uint8_t)who } };

	return uuid_child(&parent, "act", i);
}

static enum err append(struct store *store, unsigned who, unsigned i, const char *officer,
		       int64_t *ret_n)
{
	struct body body = { .who = who, .i = i };
	struct outbox_new act = { .id = id_of(who, i),
				  .target = id_of(99, who),
				  .officer = officer,
				  .at = 1000 + i,
				  .body = body_fn,
				  .ctx = &body };

	return outbox_append(store, &act, ret_n, NULL);
}

static void rows_are_contiguous(struct store *store, size_t at_least)
{
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	size_t n;

	OK(outbox_list(store, &arena, &rows, &n, NULL));
	assert_true(n >= at_least);
	for (size_t i = 0; i < n; i++) {
		char want[32];

		assert_int_equal(rows[i].n, i + 1);
		snprintf(want, sizeof want, "n=%zu ", i + 1);
		assert_int_equal(strncmp(rows[i].body, want, strlen(want)), 0);
	}
	arena_release(&arena);
}

static void four_processes_append(void **state)
{
	enum { PROCESSES = 4, EACH = 25 };
	struct folder *folder = *state;
	struct store *store;
	pid_t pids[PROCESSES];

	for (unsigned who = 0; who < PROCESSES; who++) {
		pids[who] = fork();
		if (pids[who] == 0) {
			int64_t n;

			if (outbox_open(folder->path, false, &store, NULL) != ERR_OK)
				_exit(1);
			for (unsigned i = 0; i < EACH; i++)
				if (append(store, who, i, "li", &n) != ERR_OK)
					_exit(2);
			_exit(0);
		}
	}
	for (unsigned who = 0; who < PROCESSES; who++) {
		int status;

		waitpid(pids[who], &status, 0);
		assert_int_equal(status, 0);
	}
	OK(outbox_open(folder->path, false, &store, NULL));
	rows_are_contiguous(store, PROCESSES * EACH);
	store_close(store);
}

/* A child writes down each n it was told is safe, in a pipe; it is killed after a number of them
 * that differs each round.  All of them must be there. */
static void confirmed_acts_survive_kill(void **state)
{
	enum { ROUNDS = 24 };
	struct folder *folder = *state;
	struct store *store;
	uint64_t seed = 5;
	int64_t last = 0, n;

	for (unsigned round = 0; round < ROUNDS; round++) {
		int pipefd[2], status;
		unsigned kill_after = (unsigned)(next_random(&seed) % 12);
		pid_t pid;

		assert_int_equal(pipe(pipefd), 0);
		pid = fork();
		if (pid == 0) {
			if (outbox_open(folder->path, false, &store, NULL) != ERR_OK)
				_exit(1);
			for (unsigned i = 0;; i++)
				if (append(store, round + 1, i, "li", &n) != ERR_OK ||
				    write(pipefd[1], &n, sizeof n) != sizeof n)
					_exit(2);
		}
		close(pipefd[1]);
		for (unsigned i = 0; i <= kill_after; i++)
			assert_int_equal(read(pipefd[0], &last, sizeof last), sizeof last);
		for (uint64_t spin = next_random(&seed) % 200000; spin > 0; spin--)
			__asm__ volatile("");
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		while (read(pipefd[0], &n, sizeof n) == sizeof n)
			last = n;
		close(pipefd[0]);
		OK(outbox_open(folder->path, false, &store, NULL));
		rows_are_contiguous(store, (size_t)last);
		store_close(store);
	}
}

static void answers_move_acts_on(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct outbox_row *rows;
	struct outbox_counts counts;
	struct outbox_answer answers[2] = {
		{ .id = id_of(1, 0), .seq = 10, .version = 2 },
		{ .id = id_of(1, 1), .refused = true, .code = "REFUSED", .sentence = "no",
		  .theirs = "{}", .theirs_len = 2 },
	};
	struct uuid pending = id_of(1, 3), gone = id_of(7, 7);
	int64_t n;
	size_t n_rows;

	OK(outbox_open(folder->path, false, &store, NULL));
	for (unsigned i = 0; i < 4; i++)
		OK(append(store, 1, i, i < 3 ? "li" : "wang", &n));
	OK(outbox_unsent(store, 64, 0, &arena, &rows, &n_rows, NULL));
	assert_int_equal(n_rows, 3); /* one author a batch */
	OK(outbox_unsent(store, 64, 1, &arena, &rows, &n_rows, NULL));
	assert_int_equal(n_rows, 1); /* at least one, however large */
	OK(outbox_mark_sent(store, 1, 3, NULL));
	OK(outbox_answers(store, answers, 2, NULL));
	OK(outbox_counts(store, &counts, NULL));
	assert_int_equal(counts.pending, 3);
	assert_int_equal(counts.unsent, 2);
	assert_int_equal(counts.refused, 1);
	OK(outbox_fold(store, 9, 1000, &n_rows, NULL));
	assert_int_equal(n_rows, 0);
	OK(outbox_fold(store, 10, 1000, &n_rows, NULL));
	assert_int_equal(n_rows, 1);
	OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
	assert_int_equal(n_rows, 3);
	assert_int_equal(rows[0].state, ACT_REFUSED);
	assert_string_equal(rows[0].sentence, "no");
	assert_int_equal(rows[1].state, ACT_SENT);
	assert_int_equal(outbox_drop(store, &rows[1].id, 1, NULL), ERR_NOT_FOUND);
	OK(outbox_drop(store, &rows[0].id, 1, NULL));
	assert_int_equal(outbox_drop(store, &gone, 1, NULL), ERR_NOT_FOUND);
	OK(append(store, 1, 9, "li", &n));
	assert_int_equal(n, 5);
	assert_int_equal(outbox_take_back(store, &pending, NULL), ERR_REFUSED);
	pending = id_of(1, 9);
	OK(outbox_take_back(store, &pending, NULL));
	OK(append(store, 1, 10, "li", &n));
	assert_int_equal(n, 5); /* contiguous */
	store_close(store);
	arena_release(&arena);
}

static enum err renumbered(void *ctx, const struct outbox_row *row, int64_t n,
			   const char **ret_bytes, size_t *ret_len, struct error *err)
{
	(void)row;
	return body_fn(ctx, n, NULL, ret_bytes, ret_len, err);
}

static void a_copied_console_counts_anew(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct outbox_row *rows;
	struct outbox_answer refused = { .id = id_of(1, 1), .refused = true };
	struct body body = { .who = 1 };
	int64_t n;
	size_t n_rows;

	OK(outbox_open(folder->path, false, &store, NULL));
	for (unsigned i = 0; i < 4; i++)
		OK(append(store, 1, i, "li", &n));
	OK(outbox_answers(store, &refused, 1, NULL));
	OK(outbox_renumber(store, renumbered, &body, NULL));
	OK(outbox_unsent(store, 64, 0, &arena, &rows, &n_rows, NULL));
	assert_int_equal(n_rows, 3);
	for (size_t i = 0; i < n_rows; i++)
		assert_int_equal(rows[i].n, i + 1);
	OK(append(store, 1, 9, "li", &n));
	assert_int_equal(n, 5); /* the refused one is counted too */
	store_close(store);
	arena_release(&arena);
}

static void officers_come_and_go(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct outbox_who li = { "li", "CENTRE", "duty", "token-li", true };
	struct outbox_who wang = { "wang", "CENTRE", "chief", "token-wang", true }, who;
	struct outbox_answer answer = { .id = id_of(1, 0), .seq = 4 };
	int64_t n;

	OK(outbox_open(folder->path, false, &store, NULL));
	assert_int_equal(outbox_who(store, NULL, &arena, &who, NULL), ERR_AUTH);
	OK(outbox_login(store, &li, NULL));
	OK(append(store, 1, 0, "li", &n));
	OK(outbox_login(store, &wang, NULL));
	OK(outbox_who(store, NULL, &arena, &who, NULL));
	assert_string_equal(who.officer, "wang");
	OK(outbox_who(store, "li", &arena, &who, NULL)); /* to send his act */
	assert_string_equal(who.token, "token-li");
	assert_false(who.current);
	OK(outbox_answers(store, &answer, 1, NULL));
	OK(outbox_logout(store, NULL));
	OK(outbox_who(store, "li", &arena, &who, NULL));
	assert_string_equal(who.token, "");
	assert_int_equal(outbox_who(store, NULL, &arena, &who, NULL), ERR_AUTH);
	store_close(store);
	arena_release(&arena);
}

/* What leaves is marked all or none, and only while it is what it was. */
static void what_leaves_is_still_there(void **state)
{
	struct folder *folder = *state;
	struct store *store;
	struct outbox_row *rows;
	struct outbox_leaving leaving[3];
	struct arena arena = ARENA_INIT;
	int64_t n;
	size_t n_rows;

	OK(outbox_open(folder->path, false, &store, NULL));
	for (unsigned i = 0; i < 3; i++)
		OK(append(store, 1, i, "li", &n));
	OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
	for (size_t i = 0; i < 3; i++)
		leaving[i] = (struct outbox_leaving){ rows[i].id, rows[i].n };
	OK(outbox_take_back(store, &leaving[2].id, NULL));
	OK(append(store, 1, 9, "li", &n)); /* the number is another act's now */
	assert_int_equal(n, leaving[2].n);
	assert_int_equal(outbox_leave(store, leaving, 3, NULL), ERR_GONE);
	OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
	assert_int_equal(n_rows, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(rows[i].state, ACT_PENDING);
	OK(outbox_leave(store, leaving, 2, NULL));
	OK(outbox_leave(store, leaving, 2, NULL)); /* again after a failure */
	OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
	assert_int_equal(rows[0].state, ACT_SENT);
	assert_int_equal(rows[1].state, ACT_SENT);
	assert_int_equal(rows[2].state, ACT_PENDING);
	arena_release(&arena);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)
		T(four_processes_append),
		T(confirmed_acts_survive_kill),
		T(answers_move_acts_on),
		T(what_leaves_is_still_there),
		T(a_copied_console_counts_anew),
		T(officers_come_and_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
