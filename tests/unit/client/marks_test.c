/* An officer's own marks: his alone, durable, the last write wins, and in step with a server. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"
#include "zhiban/store/outbox_mark.h"
#include "zhiban/wire/marks.h"

#define OK(call) assert_int_equal((call), ERR_OK)

struct room {
	char dir[64];
	struct env_fixed fixed;
	struct env env;
	struct store *outbox; /* as another process has it */
	struct client *client;
};

static void open_client(struct room *room)
{
	struct client_options options = { .dir = room->dir, .env = &room->env };

	OK(client_open(&options, &room->client, NULL));
}

static void log_in(struct room *room, const char *officer)
{
	struct outbox_who who = { officer, "zhongxin", "duty", "token", true };

	OK(outbox_login(room->outbox, &who, NULL));
}

static unsigned poll_client(struct room *room)
{
	struct client_change change;

	OK(client_poll(room->client, &change, NULL));
	return change.bits;
}

static int enter(void **state)
{
	struct room *room = mem_alloc(sizeof *room);

	snprintf(room->dir, sizeof room->dir, "/tmp/zhiban-marks-XXXXXX");
	assert_non_null(mkdtemp(room->dir));
	room->fixed = (struct env_fixed){ 1000000, 1 };
	room->env = env_fixed(&room->fixed);
	OK(outbox_open(room->dir, false, &room->outbox, NULL));
	log_in(room, "li");
	open_client(room);
	*state = room;
	return 0;
}

static int leave(void **state)
{
	static const char *const files[] = { "cache.db", "outbox.db", "lock", "cache.db-wal",
					     "cache.db-shm", "outbox.db-journal" };
	struct room *room = *state;
	struct arena arena = ARENA_INIT;

	client_close(room->client);
	store_close(room->outbox);
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		remove(path_join(&arena, room->dir, files[i]));
	remove(room->dir);
	arena_release(&arena);
	free(room);
	return 0;
}

static struct uuid id_of(unsigned i)
{
	struct uuid parent = { { 7 } };

	return uuid_child(&parent, "incident", i);
}

static size_t waiting(struct room *room, const char *officer, struct arena *arena,
		      struct outbox_mark **ret_marks)
{
	size_t n;

	OK(outbox_marks_list(room->outbox, officer, true, 100, arena, ret_marks, &n, NULL));
	return n;
}

static void marks_are_durable_and_of_one_officer(void **state)
{
	struct room *room = *state;
	struct uuid a = id_of(1), b = id_of(2), *ids;
	struct arena arena = ARENA_INIT;
	size_t n;

	OK(client_mark_set(room->client, &a, MARK_WATCH, 1, NULL));
	room->fixed.now++;
	OK(client_mark_set(room->client, &b, MARK_WATCH, 1, NULL));
	OK(client_mark_set(room->client, &b, MARK_SEEN, 17, NULL));
	assert_true(client_marked(room->client, &a, MARK_WATCH));
	assert_false(client_marked(room->client, &a, MARK_PIN));
	assert_int_equal(client_mark_count(room->client, MARK_WATCH), 2);
	client_close(room->client);
	open_client(room);
	assert_int_equal(client_mark_value(room->client, &b, MARK_SEEN), 17);
	OK(client_mark_list(room->client, MARK_WATCH, &arena, &ids, &n, NULL));
	assert_int_equal(n, 2);
	assert_memory_equal(&ids[0], &b, sizeof b); /* the latest first */

	log_in(room, "wang");
	assert_true(poll_client(room) & CHANGE_MARKS);
	assert_false(client_marked(room->client, &a, MARK_WATCH));
	assert_int_equal(client_mark_count(room->client, MARK_WATCH), 0);
	log_in(room, "li");
	poll_client(room);
	assert_true(client_marked(room->client, &a, MARK_WATCH));
	arena_release(&arena);
}

static void taking_away_is_a_mark_too(void **state)
{
	struct room *room = *state;
	struct uuid a = id_of(1);
	struct arena arena = ARENA_INIT;
	struct outbox_mark *marks;
	int64_t before;

	OK(client_mark_set(room->client, &a, MARK_PIN, 1, NULL));
	OK(client_mark_set(room->client, &a, MARK_PIN, 0, NULL)); /* in the same millisecond */
	assert_false(client_marked(room->client, &a, MARK_PIN));
	assert_int_equal(waiting(room, "li", &arena, &marks), 1);
	assert_int_equal(marks[0].value, 0);
	before = client_marks_version(room->client);
	OK(client_mark_set(room->client, &a, MARK_PIN, 0, NULL)); /* so it stands already */
	assert_int_equal(client_marks_version(room->client), before);
	arena_release(&arena);
}

static void nobody_marks_nothing(void **state)
{
	struct room *room = *state;
	struct uuid a = id_of(1);

	OK(outbox_logout(room->outbox, NULL));
	poll_client(room);
	assert_int_equal(client_mark_set(room->client, &a, MARK_PIN, 1, NULL), ERR_AUTH);
	assert_false(client_marked(room->client, &a, MARK_PIN));
}

/* What the server has and what waits, by time. */
static void the_last_write_wins(void **state)
{
	static const struct {
		const char *name;
		int64_t at, value; /* of what comes from the server; here: 1 at 1,000,000 */
		int64_t stands;
	} cases[] = {
		{ "an older one from elsewhere", 999999, 0, 1 },
		{ "the same one", 1000000, 1, 1 },
		{ "a newer one", 1000001, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct room *room = *state;
		struct uuid a = id_of((unsigned)i);
		struct outbox_mark came = { a, MARK_WATCH, cases[i].value, cases[i].at };

		OK(client_mark_set(room->client, &a, MARK_WATCH, 1, NULL));
		OK(outbox_marks_put(room->outbox, "li", &came, 1, false, NULL));
		poll_client(room);
		if (client_mark_value(room->client, &a, MARK_WATCH) != cases[i].stands)
			fail_msg("%s", cases[i].name);
	}
}

static void what_was_sent_waits_no_more_unless_it_changed(void **state)
{
	struct room *room = *state;
	struct uuid a = id_of(1), b = id_of(2);
	struct arena arena = ARENA_INIT;
	struct outbox_mark *given, *left;
	size_t n;

	OK(client_mark_set(room->client, &a, MARK_WATCH, 1, NULL));
	OK(client_mark_set(room->client, &b, MARK_WATCH, 1, NULL));
	n = waiting(room, "li", &arena, &given);
	assert_int_equal(n, 2);
	room->fixed.now++;
	OK(client_mark_set(room->client, &a, MARK_WATCH, 0, NULL)); /* while they are on their way */
	OK(outbox_marks_sent(room->outbox, "li", given, n, &b, 1, NULL));
	assert_int_equal(waiting(room, "li", &arena, &left), 1);
	assert_memory_equal(&left[0].id, &a, sizeof a);
	poll_client(room);
	assert_false(client_marked(room->client, &b, MARK_WATCH)); /* not there for him: gone */
	arena_release(&arena);
}

static void another_epoch_has_them_sent_again(void **state)
{
	struct room *room = *state;
	struct uuid a = id_of(1);
	struct arena arena = ARENA_INIT;
	struct outbox_mark *given;
	int64_t after = -1;

	OK(client_mark_set(room->client, &a, MARK_WATCH, 1, NULL));
	assert_int_equal(waiting(room, "li", &arena, &given), 1);
	OK(outbox_marks_after(room->outbox, "li", "one", &after, NULL));
	assert_int_equal(after, 0);
	OK(outbox_marks_sent(room->outbox, "li", given, 1, NULL, 0, NULL));
	OK(outbox_marks_read(room->outbox, "li", "one", 12, NULL));
	OK(outbox_marks_after(room->outbox, "li", "one", &after, NULL));
	assert_int_equal(after, 12);
	assert_int_equal(waiting(room, "li", &arena, &given), 0);
	OK(outbox_marks_after(room->outbox, "li", "two", &after, NULL));
	assert_int_equal(after, 0);
	assert_int_equal(waiting(room, "li", &arena, &given), 1);
	arena_release(&arena);
}

static void since_when_he_looks_is_kept(void **state)
{
	struct room *room = *state;
	int64_t seq = -1;

	OK(client_looked_since(room->client, &seq, NULL));
	assert_int_equal(seq, 0);
	OK(client_set_looked(room->client, 4711, NULL));
	client_close(room->client);
	open_client(room);
	OK(client_looked_since(room->client, &seq, NULL));
	assert_int_equal(seq, 4711);
}

/* What the server writes is what the console reads. */
static void answers_are_read(void **state)
{
	struct answer_head head = { "0123456789abcdef0123456789abcdef", 77, 1 }, got;
	struct uuid gone[] = { id_of(1), id_of(2) }, *read;
	struct officer_mark items[] = { { id_of(3), "seen", 9, 5 }, { id_of(4), "pin", 0, 6 } };
	struct marks marks = { items, 2 }, came;
	struct arena arena = ARENA_INIT;
	struct str out = STR_INIT;
	int64_t next = 0;
	size_t n = 0;

	(void)state;
	marks_put_answer(&out, &head, gone, 2);
	OK(marks_gone_decode(out.s, out.len, &arena, &got, &read, &n, NULL));
	assert_int_equal(n, 2);
	assert_memory_equal(read, gone, sizeof gone);
	assert_int_equal(got.now, 77);
	str_clear(&out);
	marks_get_answer(&out, &head, &marks, 31);
	OK(marks_list_decode(out.s, out.len, &arena, &got, &came, &next, NULL));
	assert_int_equal(next, 31);
	assert_int_equal(came.n, 2);
	assert_string_equal(came.items[1].what, "pin");
	assert_int_equal(came.items[0].value, 9);
	for (size_t len = 0; len < out.len; len++) /* cut short anywhere it is an error */
		assert_int_not_equal(marks_list_decode(out.s, len, &arena, &got, &came, &next,
						       NULL), ERR_OK);
	str_release(&out);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(marks_are_durable_and_of_one_officer, enter, leave),
		cmocka_unit_test_setup_teardown(taking_away_is_a_mark_too, enter, leave),
		cmocka_unit_test_setup_teardown(nobody_marks_nothing, enter, leave),
		cmocka_unit_test_setup_teardown(the_last_write_wins, enter, leave),
		cmocka_unit_test_setup_teardown(what_was_sent_waits_no_more_unless_it_changed, enter,
						leave),
		cmocka_unit_test_setup_teardown(another_epoch_has_them_sent_again, enter, leave),
		cmocka_unit_test_setup_teardown(since_when_he_looks_is_kept, enter, leave),
		cmocka_unit_test(answers_are_read),
	};

	if (crypto_init(NULL) != ERR_OK)
		return 99;
	return cmocka_run_group_tests_name("client/marks", tests, NULL, NULL);
}
