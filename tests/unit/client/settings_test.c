/* The configuration file as it is written and read; the queue between the threads. */
#include <config.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <poll.h>

#include "zhiban/base/file.h"
#include "zhiban/client/queue.h"
#include "zhiban/client/settings.h"
#include "zhiban/domain/alarm.h"

#define OK(call) assert_int_equal((call), ERR_OK)

static void servers_are_added_and_replaced(void **state)
{
	char dir[] = "/tmp/zhiban-settings-XXXXXX";
	struct arena arena = ARENA_INIT;
	struct settings settings;
	const struct server_settings *server;
	struct server_settings add = { .name = "night", .url = "https://a:1", .key_pin = "sha256//x=",
				       .dir = "/data dir/\"quoted\"", .window_days = 30 };
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	path = path_join(&arena, path_join(&arena, dir, "deep"), "zhiban.conf");
	OK(settings_read(path, &arena, &settings, NULL));
	assert_int_equal(settings.n_servers, 0);
	assert_int_equal(settings_server(&settings, NULL, &server, NULL), ERR_NOT_FOUND);
	OK(settings_add_server(path, &add, NULL));
	add.name = "day";
	add.dir = NULL;
	OK(settings_add_server(path, &add, NULL));
	add.url = "https://b:2";
	OK(settings_add_server(path, &add, NULL));
	OK(settings_read(path, &arena, &settings, NULL));
	assert_int_equal(settings.n_servers, 2);
	OK(settings_server(&settings, NULL, &server, NULL));
	assert_string_equal(server->name, "night");
	assert_string_equal(server->dir, "/data dir/\"quoted\"");
	assert_int_equal(server->window_days, 30);
	OK(settings_server(&settings, "day", &server, NULL));
	assert_string_equal(server->url, "https://b:2");
	assert_true(strstr(server->dir, "/day") != NULL);
	assert_int_equal(settings_server(&settings, "no", &server, NULL), ERR_NOT_FOUND);
	OK(dir_remove_all(dir, NULL));
	arena_release(&arena);
}

/* One option is set; what the officer wrote round it stays. */
static void single_options_are_put(void **state)
{
	static const struct {
		const char *before, *after;
	} cases[] = {
		{ "", "ambiguous = \"wide\"\n" },
		{ "# mine\ntheme = \"light\"\n", "ambiguous = \"wide\"\n# mine\ntheme = \"light\"\n" },
		{ "theme = \"light\"\n  ambiguous = \"narrow\" # by hand\ncopy = \"off\"\n",
		  "theme = \"light\"\nambiguous = \"wide\"\ncopy = \"off\"\n" },
		{ "# ambiguous = this is prose\n#ambiguous = \"\"\ntheme = \"light\"",
		  "# ambiguous = this is prose\nambiguous = \"wide\"\ntheme = \"light\"" },
	};
	char dir[] = "/tmp/zhiban-settings-XXXXXX";
	struct arena arena = ARENA_INIT;
	struct settings settings;
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	path = path_join(&arena, dir, "zhiban.conf");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str text = STR_INIT;

		OK(file_write(path, cases[i].before, strlen(cases[i].before), 0600, NULL));
		OK(settings_put(path, "ambiguous", "wide", NULL));
		OK(file_read(path, 1000, &text, NULL));
		assert_string_equal(text.s, cases[i].after);
		OK(settings_read(path, &arena, &settings, NULL));
		assert_string_equal(settings.ambiguous, "wide");
		str_release(&text);
	}
	/* The file that is not there yet has all options explained. */
	path = path_join(&arena, dir, "new.conf");
	OK(settings_put(path, "ambiguous", "narrow", NULL));
	OK(settings_read(path, &arena, &settings, NULL));
	assert_string_equal(settings.ambiguous, "narrow");
	/* What could not be read again is not written. */
	assert_int_equal(settings_put(path, "ambiguous", "broad", NULL), ERR_INPUT);
	OK(settings_read(path, &arena, &settings, NULL));
	assert_string_equal(settings.ambiguous, "narrow");
	OK(dir_remove_all(dir, NULL));
	arena_release(&arena);
}

static void copying_has_a_policy(void **state)
{
	static const struct {
		const char *text;
		enum copy_to copy;
	} cases[] = { { "", COPY_TERMINAL },
		      { "copy = \"terminal\"", COPY_TERMINAL },
		      { "copy = \"register\"", COPY_REGISTER },
		      { "copy = \"off\"", COPY_OFF } };
	char dir[] = "/tmp/zhiban-settings-XXXXXX";
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct settings settings;
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	path = path_join(&arena, dir, "zhiban.conf");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		OK(file_write(path, cases[i].text, strlen(cases[i].text), 0600, NULL));
		OK(settings_read(path, &arena, &settings, NULL));
		assert_int_equal(settings.copy, cases[i].copy);
	}
	OK(file_write(path, "\ncopy = \"clip\"", 14, 0600, NULL));
	assert_int_equal(settings_read(path, &arena, &settings, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "zhiban.conf:2"));
	assert_non_null(strstr(err.text, "terminal, register, off"));
	OK(dir_remove_all(dir, NULL));
	arena_release(&arena);
}

static void bad_files_name_the_line(void **state)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "theme = \"dark\"\nthem = \"x\"\n", ":2:" },
		{ "server \"a\" {\n\turl = \"http://plain\"\n}\n", ":2:" },
		{ "server \"a\" {\n}\n", "url" },
		{ "bell = \"new loud\"\n", ":1:" },
		{ "lock_after = \"soon\"\n", ":1:" },
		{ "theme = \"dark\"\nlock_after = \"10\"\n", ":2:" },
		{ "lock_after = \"25h\"\n", "25h" },
		{ "lock_after = \"0m\"\n", "0m" },
		{ "lock_after = \"-5m\"\n", "-5m" },
		{ "server \"../a\" {\n\turl = \"https://a\"\n}\n", "../a" },
	};
	char path[] = "/tmp/zhiban-settings-XXXXXX";
	struct arena arena = ARENA_INIT;

	(void)state;
	close(mkstemp(path));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error err = ERROR_INIT;
		struct settings settings;

		OK(file_write(path, cases[i].text, strlen(cases[i].text), 0600, NULL));
		assert_int_not_equal(settings_read(path, &arena, &settings, &err), ERR_OK);
		assert_non_null(strstr(err.text, cases[i].said));
	}
	unlink(path);
	arena_release(&arena);
}

static void the_lock_has_a_time(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} cases[] = {
		{ "", 600000 },			     { "lock_after = 30s\n", 30000 },
		{ "lock_after = \"10m\"\n", 600000 }, { "lock_after = 1h\n", 3600000 },
		{ "lock_after = 24h\n", 86400000 },   { "lock_after = \"0\"\n", 0 },
	};
	char path[] = "/tmp/zhiban-settings-XXXXXX";
	struct arena arena = ARENA_INIT;
	struct settings settings;

	(void)state;
	close(mkstemp(path));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		OK(file_write(path, cases[i].text, strlen(cases[i].text), 0600, NULL));
		OK(settings_read(path, &arena, &settings, NULL));
		assert_int_equal(settings.lock_after, cases[i].ms);
	}
	unlink(path);
	OK(settings_read(path, &arena, &settings, NULL)); /* no file at all */
	assert_int_equal(settings.lock_after, 600000);
	arena_release(&arena);
}

static void which_alarms_sound(void **state)
{
	static const struct {
		const char *text;
		unsigned bell;
	} cases[] = {
		{ "", ALARM_ALL },
		{ "bell = \"new given red\"\n", ALARM_ALL },
		{ "bell = \"given, new\"\n", 1 << ALARM_NEW | 1 << ALARM_GIVEN },
		{ "bell = \"red\"\n", 1 << ALARM_RED },
		{ "bell = \"none\"\n", 0 },
	};
	char path[] = "/tmp/zhiban-settings-XXXXXX";
	struct arena arena = ARENA_INIT;
	struct settings settings;

	(void)state;
	close(mkstemp(path));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		OK(file_write(path, cases[i].text, strlen(cases[i].text), 0600, NULL));
		OK(settings_read(path, &arena, &settings, NULL));
		assert_int_equal(settings.bell, cases[i].bell);
	}
	unlink(path);
	arena_release(&arena);
}

enum { MESSAGES = 5000 };

static void *put_all(void *ctx)
{
	for (int i = 0; i < MESSAGES; i++)
		queue_put(ctx, &i);
	return NULL;
}

static void a_queue_keeps_order_and_says_when(void **state)
{
	struct pollfd fd = { .events = POLLIN };
	struct queue *queue;
	pthread_t thread;
	int got;

	(void)state;
	OK(queue_new(sizeof got, &queue, NULL));
	fd.fd = queue_fd(queue);
	assert_int_equal(poll(&fd, 1, 0), 0);
	assert_int_equal(pthread_create(&thread, NULL, put_all, queue), 0);
	for (int i = 0; i < MESSAGES; i++) {
		while (!queue_get(queue, &got))
			assert_int_equal(poll(&fd, 1, 10000), 1);
		assert_int_equal(got, i);
	}
	pthread_join(thread, NULL);
	assert_false(queue_get(queue, &got));
	assert_int_equal(poll(&fd, 1, 0), 0);
	queue_free(queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(servers_are_added_and_replaced),
		cmocka_unit_test(single_options_are_put),
		cmocka_unit_test(copying_has_a_policy),
		cmocka_unit_test(bad_files_name_the_line),
		cmocka_unit_test(the_lock_has_a_time),
		cmocka_unit_test(which_alarms_sound),
		cmocka_unit_test(a_queue_keeps_order_and_says_when),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
