/* The seat: a PIN that opens the screen without the line, wrong ones, and who may take over. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/keep.h"
#include "zhiban/client/seat.h"
#include "zhiban/store/outbox_pin.h"

#define OK(call) assert_int_equal((call), ERR_OK)
#define DAY_MS INT64_C(86400000)

enum { NOON = 1000000000 };

struct room {
	char dir[64];
	struct env_fixed fixed;
	struct env env;
	struct store *outbox;
	struct client *client;
};

static void open_client(struct room *room)
{
	struct client_options options = { .dir = room->dir, .env = &room->env };

	OK(client_open(&options, &room->client, NULL));
}

static void log_in(struct room *room, const char *officer, const char *role, const char *pin)
{
	struct outbox_who who = { officer, "zhongxin", role, "token", true };

	OK(outbox_login(room->outbox, &who, NULL));
	OK(seat_keep(room->outbox, officer, pin, room->fixed.now, NULL));
}

static int enter(void **state)
{
	struct room *room = mem_alloc(sizeof *room);

	snprintf(room->dir, sizeof room->dir, "/tmp/zhiban-seat-XXXXXX");
	assert_non_null(mkdtemp(room->dir));
	room->fixed = (struct env_fixed){ NOON * INT64_C(1000), 1 };
	room->env = env_fixed(&room->fixed);
	OK(outbox_open(room->dir, false, &room->outbox, NULL));
	log_in(room, "wang", "duty", "1357");
	room->fixed.now += 1000;
	log_in(room, "li", "duty", "2468");
	open_client(room);
	*state = room;
	return 0;
}

static int leave(void **state)
{
	struct room *room = *state;

	client_close(room->client);
	store_close(room->outbox);
	OK(dir_remove_all(room->dir, NULL));
	free(room);
	return 0;
}

static void pins_are_checked_here(void **state)
{
	static const struct {
		const char *officer, *pin, *other;
		enum err code;
	} tries[] = {
		{ "li", "2468", NULL, ERR_OK },	   { "wang", "1357", NULL, ERR_OK },
		{ "li", "1357", NULL, ERR_AUTH },  { "li", "", NULL, ERR_AUTH },
		{ "li", "468", "2468", ERR_OK },   { "li", "468", "x468", ERR_AUTH },
		{ "zhao", "2468", NULL, ERR_NOT_FOUND },
	};
	struct room *room = *state;

	for (size_t i = 0; i < ARRAY_LEN(tries); i++)
		assert_int_equal(seat_check(room->client, tries[i].officer, tries[i].pin,
					    tries[i].other, NULL),
				 tries[i].code);
	assert_true(seat_knows(room->client, "li"));
	assert_false(seat_knows(room->client, "zhao"));
}

/* A second, two, four … a minute, and never more: nobody is locked out. */
static void wrong_ones_wait(void **state)
{
	static const int waits[] = { 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60 };
	struct room *room = *state;

	for (size_t i = 0; i < ARRAY_LEN(waits); i++) {
		seat_wrong(room->client);
		assert_int_equal(seat_wait(room->client), waits[i] * 1000);
		if (waits[i] > 0) {
			assert_int_equal(seat_check(room->client, "li", "2468", NULL, NULL),
					 ERR_TOO_MANY);
			room->fixed.now += waits[i] * 1000 - 1;
			assert_int_equal(seat_wait(room->client), 1);
			room->fixed.now++;
		}
		OK(seat_check(room->client, "li", "2468", NULL, NULL));
	}
	for (int i = 0; i < 2000; i += 100)
		seat_wrong(room->client);
	assert_int_equal(seat_wait(room->client), 60000);
	OK(seat_unlock(room->client, NULL));
	assert_int_equal(seat_wait(room->client), 0);
}

/* Neither ending the program nor setting the clock back gets round it, nor makes it longer. */
static void waiting_is_remembered(void **state)
{
	struct room *room = *state;

	for (int i = 0; i < 6; i++)
		seat_wrong(room->client);
	OK(seat_lock(room->client, NULL));
	client_close(room->client);
	open_client(room);
	assert_true(seat_is_locked(room->client));
	assert_int_equal(seat_wait(room->client), 8000);
	room->fixed.now -= 30 * DAY_MS;
	assert_int_equal(seat_wait(room->client), 8000);
	room->fixed.now += 8000;
	assert_int_equal(seat_wait(room->client), 0);
	OK(seat_unlock(room->client, NULL));
	assert_false(seat_is_locked(room->client));
}

static bool is_seat(const struct seat *seat, const char *officer, bool current)
{
	return strcmp(seat->officer, officer) == 0 && seat->current == current;
}

static void officers_come_and_go(void **state)
{
	struct room *room = *state;
	struct arena arena = ARENA_INIT;
	struct client_change change;
	struct seat *seats;
	size_t n;

	OK(seat_list(room->client, &arena, &seats, &n, NULL));
	assert_int_equal(n, 2);
	assert_true(is_seat(&seats[0], "li", true));
	assert_true(is_seat(&seats[1], "wang", false));
	OK(seat_take(room->client, "wang", NULL));
	OK(client_poll(room->client, &change, NULL));
	assert_true(change.bits & CHANGE_ACTOR);
	assert_string_equal(client_actor(room->client)->officer, "wang");
	/* who logs out is not one of this seat any more, and locks it for nobody */
	OK(seat_lock(room->client, NULL));
	OK(outbox_logout(room->outbox, NULL));
	assert_false(seat_knows(room->client, "wang"));
	assert_true(seat_knows(room->client, "li"));
	assert_false(seat_is_locked(room->client));
	/* who has not been here for long is forgotten */
	room->fixed.now += (PIN_KEPT_DAYS + 1) * DAY_MS;
	log_in(room, "zhao", "chief", "0000");
	assert_false(seat_knows(room->client, "li"));
	assert_true(seat_knows(room->client, "zhao"));
	arena_release(&arena);
}

/* What is here is what the present officer may see. */
static void another_role_needs_the_server(void **state)
{
	struct room *room = *state;
	struct client_change change;
	struct error err = ERROR_INIT;

	log_in(room, "zhao", "chief", "0000");
	log_in(room, "li", "duty", "2468");
	OK(client_poll(room->client, &change, NULL));
	assert_int_equal(seat_take(room->client, "zhao", &err), ERR_DENIED);
	assert_int_equal(seat_take(room->client, "nobody", &err), ERR_AUTH);
	OK(client_poll(room->client, &change, NULL));
	assert_string_equal(client_actor(room->client)->officer, "li");
}

/* The PIN itself is in no file, and the file is its user's alone. */
static void only_a_hash_is_kept(void **state)
{
	struct room *room = *state;
	struct arena arena = ARENA_INIT;
	const char *path = path_join(&arena, room->dir, "outbox.db");
	struct str bytes = STR_INIT;
	struct stat st;
	const char *hash;

	log_in(room, "li", "duty", "secret-pin-73951");
	OK(outbox_pin_get(room->outbox, "li", &arena, &hash, NULL));
	assert_non_null(strstr(hash, "$argon2id$"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	OK(file_read(path, 1 << 24, &bytes, NULL));
	assert_null(memmem(bytes.s, bytes.len, "secret-pin-73951", 16));
	assert_non_null(memmem(bytes.s, bytes.len, "$argon2id$", 10));
	str_release(&bytes);
	arena_release(&arena);
}

/* How an officer's lists look is his own, and outlives the program. */
static void what_is_kept_is_the_officers_own(void **state)
{
	struct room *room = *state;
	struct arena arena = ARENA_INIT;
	struct str much = STR_INIT;

	assert_null(client_keep_get(room->client, "columns", &arena));
	OK(client_keep_set(room->client, "columns", "left,title", NULL));
	assert_string_equal(client_keep_get(room->client, "columns", &arena), "left,title");
	assert_null(client_keep_get(room->client, "order", &arena));
	client_close(room->client);
	log_in(room, "wang", "duty", "1357");
	open_client(room);
	assert_null(client_keep_get(room->client, "columns", &arena));
	OK(client_keep_set(room->client, "columns", "number", NULL));
	client_close(room->client);
	log_in(room, "li", "duty", "2468");
	open_client(room);
	assert_string_equal(client_keep_get(room->client, "columns", &arena), "left,title");
	OK(client_keep_set(room->client, "columns", "", NULL));
	assert_null(client_keep_get(room->client, "columns", &arena));
	str_add_repeat(&much, 'x', 5000);
	assert_int_equal(client_keep_set(room->client, "columns", much.s, NULL), ERR_TOO_LARGE);
	str_release(&much);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pins_are_checked_here, enter, leave),
		cmocka_unit_test_setup_teardown(wrong_ones_wait, enter, leave),
		cmocka_unit_test_setup_teardown(waiting_is_remembered, enter, leave),
		cmocka_unit_test_setup_teardown(officers_come_and_go, enter, leave),
		cmocka_unit_test_setup_teardown(another_role_needs_the_server, enter, leave),
		cmocka_unit_test_setup_teardown(only_a_hash_is_kept, enter, leave),
		cmocka_unit_test_setup_teardown(what_is_kept_is_the_officers_own, enter, leave),
	};

	if (crypto_init(NULL) != ERR_OK)
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
