/* Drafts in the outbox: whose they are, how many are kept, and that kill -9 takes none away. */
#include <config.h>

#include "store_help.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zhiban/store/outbox_desk.h"
#include "zhiban/store/outbox_draft.h"

#define DAY INT64_C(86400000)

static struct store *opened(void **state)
{
	struct folder *folder = *state;
	struct store *store;

	OK(outbox_open(folder->path, false, &store, NULL));
	return store;
}

static void put(struct store *store, const char *officer, const char *verb, unsigned id, int64_t at,
		const char *fields)
{
	struct outbox_draft draft = { officer, verb, { { (uint8_t)id } }, at, fields };

	OK(outbox_draft_put(store, &draft, NULL));
}

/* "fields fields …", the latest first. */
static void kept(struct store *store, const char *officer, const char *expected)
{
	struct arena arena = ARENA_INIT;
	struct outbox_draft *drafts;
	struct str all = STR_INIT;
	size_t n;

	OK(outbox_drafts(store, officer, &arena, &drafts, &n, NULL));
	for (size_t i = 0; i < n; i++)
		str_addf(&all, "%s%s", i ? " " : "", drafts[i].fields);
	assert_string_equal(str_get(&all), expected);
	str_release(&all);
	arena_release(&arena);
}

static void test_whose_they_are(void **state)
{
	struct store *store = opened(state);
	struct uuid one = { { 1 } };

	put(store, "李敏", "note", 1, 100, "a");
	put(store, "李敏", "assign", 1, 200, "b");
	put(store, "王建国", "note", 1, 300, "c");
	kept(store, "李敏", "b a");
	kept(store, "王建国", "c");
	kept(store, "", "");
	put(store, "李敏", "note", 1, 400, "again");
	kept(store, "李敏", "again b");
	OK(outbox_draft_drop(store, "李敏", "note", &one, NULL));
	OK(outbox_draft_drop(store, "李敏", "note", &one, NULL)); /* there need not be one */
	kept(store, "李敏", "b");
	OK(outbox_erase(store, &one, NULL, 0, NULL)); /* what was typed about a person who was erased */
	kept(store, "李敏", "");
	kept(store, "王建国", "");
	store_close(store);
}

static void test_how_many_and_how_long(void **state)
{
	struct store *store = opened(state);
	struct arena arena = ARENA_INIT;
	struct outbox_draft *drafts, huge = { "李敏", "note", { { 9 } }, 1, NULL };
	char *text = mem_alloc(DRAFT_BYTES_MOST + 2);
	size_t n;

	for (unsigned i = 0; i < DRAFTS_MOST + 5; i++)
		put(store, "李敏", "note", i + 1, 1000 + i, "x");
	put(store, "王建国", "note", 1, 5000, "his");
	OK(outbox_drafts(store, "李敏", &arena, &drafts, &n, NULL));
	assert_int_equal(n, DRAFTS_MOST);
	assert_int_equal(drafts[n - 1].at, 1005); /* the oldest five went */
	put(store, "王建国", "note", 2, 5001 + DRAFT_DAYS * DAY, "late");
	kept(store, "李敏", "");
	kept(store, "王建国", "late");
	memset(text, 'x', DRAFT_BYTES_MOST + 1);
	huge.fields = text;
	assert_int_equal(outbox_draft_put(store, &huge, NULL), ERR_TOO_LARGE);
	free(text);
	arena_release(&arena);
	store_close(store);
}

/* The child says so when a put has returned, and dies at any moment. */
static void typist(const char *dir, int told)
{
	struct store *store;
	char fields[32];

	if (outbox_open(dir, false, &store, NULL) != ERR_OK)
		_exit(1);
	for (unsigned i = 1;; i++) {
		struct outbox_draft draft = { "李敏", "register", { { 1 } }, i, fields };

		snprintf(fields, sizeof fields, "%u", i);
		if (outbox_draft_put(store, &draft, NULL) != ERR_OK ||
		    write(told, &i, sizeof i) != sizeof i)
			_exit(1);
	}
}

static void test_kill_at_any_moment(void **state)
{
	struct folder *folder = *state;
	uint64_t seed = 7;

	for (int round = 0; round < 12; round++) {
		unsigned last = 0, i, most = 1 + (unsigned)(next_random(&seed) % 20);
		struct arena arena = ARENA_INIT;
		struct outbox_draft *drafts;
		struct store *store;
		int fds[2];
		size_t n;
		pid_t pid;

		assert_int_equal(pipe(fds), 0);
		pid = fork();
		if (pid == 0)
			typist(folder->path, fds[1]);
		close(fds[1]);
		while (last < most && read(fds[0], &i, sizeof i) == sizeof i)
			last = i;
		kill(pid, SIGKILL);
		while (read(fds[0], &i, sizeof i) == sizeof i)
			last = i;
		waitpid(pid, NULL, 0);
		close(fds[0]);
		OK(outbox_open(folder->path, false, &store, NULL));
		OK(outbox_drafts(store, "李敏", &arena, &drafts, &n, NULL));
		assert_int_equal(n, 1);
		assert_true(strtoul(drafts[0].fields, NULL, 10) >= last);
		arena_release(&arena);
		store_close(store);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_whose_they_are, folder_make, folder_remove),
		cmocka_unit_test_setup_teardown(test_how_many_and_how_long, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(test_kill_at_any_moment, folder_make,
						folder_remove),
	};

	return cmocka_run_group_tests_name("store/outbox_draft", tests, NULL, NULL);
}
