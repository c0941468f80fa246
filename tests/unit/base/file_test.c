/* Files, folders, locks, the places of things, diagnostics. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "zhiban/base/dirs.h"
#include "zhiban/base/env.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/trace.h"

struct place {
	struct arena arena;
	char dir[64];
};

static const char *in(struct place *place, const char *name)
{
	return path_join(&place->arena, place->dir, name);
}

static int make_place(void **state)
{
	struct place *place = mem_alloc(sizeof *place);

	memcpy(place->dir, "/tmp/zhiban-file.XXXXXX", sizeof "/tmp/zhiban-file.XXXXXX");
	*state = place;
	return mkdtemp(place->dir) != NULL ? 0 : -1;
}

static int remove_place(void **state)
{
	struct place *place = *state;
	enum err code = dir_remove_all(place->dir, NULL);

	arena_release(&place->arena);
	free(place);
	return code == ERR_OK ? 0 : -1;
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 0777;
}

static void a_file_is_written_whole(void **state)
{
	const char *path = in(*state, "a.txt"), *link = in(*state, "link");
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(file_write(path, "one", 3, 0600, &err), ERR_OK);
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(file_write(path, "two!", 4, 0644, &err), ERR_OK);
	assert_int_equal(mode_of(path), 0644);
	assert_int_equal(symlink(path, link), 0);
	assert_int_equal(file_write(link, "three", 5, 0600, &err), ERR_OK);
	assert_int_equal(readlink(link, (char[100]){ 0 }, 100), (ssize_t)strlen(path));
	str_add(&text, ">");
	assert_int_equal(file_read(path, 100, &text, &err), ERR_OK);
	assert_string_equal(text.s, ">three");
	assert_int_equal(file_read(path, 4, &text, &err), ERR_TOO_LARGE);
	assert_string_equal(text.s, ">three");
	assert_non_null(strstr(err.text, "larger than 4 bytes"));
	assert_int_equal(file_read(path, 5, &text, &err), ERR_OK);
	str_release(&text);
}

static void failures_name_the_path(void **state)
{
	const char *missing = in(*state, "none/x");
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(file_read(missing, 10, &text, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, missing));
	assert_int_equal(file_write(missing, "x", 1, 0600, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, missing));
	assert_int_equal(file_read(in(*state, "."), 10, &text, &err), ERR_IO);
	assert_int_equal(text.len, 0);
	assert_false(file_exists(missing));
	/* a folder that is a file */
	assert_int_equal(file_write("/dev/full/x", "x", 1, 0600, &err), ERR_NOT_FOUND);
}

/* A write that fails half way, as on a full disk, leaves the old file and nothing else. */
static void half_a_file_is_never_seen(void **state)
{
	struct place *place = *state;
	const char *path = in(place, "a");
	struct rlimit old, small;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;
	char *big = mem_alloc(100000);
	enum err code;

	assert_int_equal(file_write(path, "old", 3, 0600, &err), ERR_OK);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = (struct rlimit){ 50000, old.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	code = file_write(path, big, 100000, 0600, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(code, ERR_IO);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(file_read(path, 10, &text, &err), ERR_OK);
	assert_string_equal(text.s, "old");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(place->dir), 0); /* it is empty: nothing lies beside */
	free(big);
	str_release(&text);
}

static void folders_are_made_and_removed(void **state)
{
	struct place *place = *state;
	const char *deep = in(place, "a/b//c/"), *file = in(place, "a/b/f"), *kept = in(place, "kept");
	struct error err = ERROR_INIT;

	assert_int_equal(dir_make(deep, 0700, &err), ERR_OK);
	assert_int_equal(dir_make(deep, 0700, &err), ERR_OK);
	assert_int_equal(mode_of(in(place, "a/b")), 0700);
	assert_int_equal(file_write(file, "x", 1, 0600, &err), ERR_OK);
	assert_int_equal(dir_make(in(place, "a/b/f/g"), 0700, &err), ERR_NOT_FOUND);
	assert_int_equal(dir_make(kept, 0700, &err), ERR_OK);
	assert_int_equal(file_write(in(place, "kept/x"), "x", 1, 0600, &err), ERR_OK);
	assert_int_equal(symlink(kept, in(place, "a/link")), 0);
	assert_int_equal(dir_remove_all(in(place, "a"), &err), ERR_OK);
	assert_false(file_exists(in(place, "a")));
	assert_true(file_exists(in(place, "kept/x"))); /* links are not followed */
	assert_int_equal(dir_remove_all(in(place, "a"), &err), ERR_OK);
	assert_int_equal(dir_remove_all("/", &err), ERR_INPUT);
	assert_int_equal(dir_remove_all("", &err), ERR_INPUT);
	assert_int_equal(dir_remove_all("..", &err), ERR_INPUT);
	assert_int_equal(dir_is_local(in(place, "kept/not/there"), &err), ERR_OK);
}

static void paths_are_joined(void **state)
{
	struct place *place = *state;

	assert_string_equal(path_join(&place->arena, "a", "b"), "a/b");
	assert_string_equal(path_join(&place->arena, "a/", "b"), "a/b");
	assert_string_equal(path_join(&place->arena, "a", "/b"), "/b");
	assert_string_equal(path_join(&place->arena, "", "b"), "b");
}

/* Does a process of its own get the lock? */
static enum err tried_by_another(const char *path)
{
	pid_t child = fork();
	int status, fd;

	if (child == 0)
		_exit((int)file_lock(path, &fd, NULL));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return (enum err)WEXITSTATUS(status);
}

static void a_lock_dies_with_its_holder(void **state)
{
	const char *path = in(*state, "lock");
	struct error err = ERROR_INIT;
	char holder[64];
	int fd = -1, status, ready[2], other = -1;
	pid_t child;

	assert_int_equal(file_lock(path, &fd, &err), ERR_OK);
	assert_int_equal(tried_by_another(path), ERR_BUSY);
	close(open(path, O_RDONLY)); /* another close of the file does not lose it */
	assert_int_equal(tried_by_another(path), ERR_BUSY);
	file_unlock(fd);
	assert_int_equal(tried_by_another(path), ERR_OK);

	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		if (file_lock(path, &fd, NULL) == ERR_OK && write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(ready[0], holder, 1), 1);
	assert_int_equal(file_lock(path, &other, &err), ERR_BUSY);
	assert_int_equal(other, -1);
	snprintf(holder, sizeof holder, "is held by process %ld", (long)child);
	assert_non_null(strstr(err.text, holder));
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(file_lock(path, &fd, &err), ERR_OK);
	file_unlock(fd);
	close(ready[0]);
	close(ready[1]);
	file_unlock(-1);
}

static void places_follow_xdg(void **state)
{
	struct place *place = *state;

	setenv("HOME", "/home/officer", 1);
	unsetenv("XDG_CONFIG_HOME");
	setenv("XDG_DATA_HOME", "/data", 1);
	setenv("XDG_STATE_HOME", "relative/is/ignored", 1);
	assert_string_equal(dirs_config(&place->arena), "/home/officer/.config/zhiban");
	assert_string_equal(dirs_data(&place->arena), "/data/zhiban");
	assert_string_equal(dirs_state(&place->arena), "/home/officer/.local/state/zhiban");
}

static void programs_of_the_tree_find_their_files(void **state)
{
	struct place *place = *state;
	const char *build = getenv("ZHIBAN_BUILDDIR");

	if (build == NULL)
		skip();
	assert_true(file_exists(dirs_resource(&place->arena, "src/base/dirs.c")));
	assert_string_equal(dirs_program(&place->arena, "zhiband"),
			    path_join(&place->arena, build, "src/daemon/zhiband"));
	assert_string_equal(dirs_program(&place->arena, "zhiban"),
			    path_join(&place->arena, build, "src/console/zhiban"));
	assert_string_equal(dirs_locale(&place->arena), path_join(&place->arena, build, "po"));
}

static void diagnostics_are_one_clean_line_each(void **state)
{
	const char *path = in(*state, "trace.log");
	struct env_fixed fixed = { .now = INT64_C(1795286460000) };
	struct env env = env_fixed(&fixed);
	struct trace *trace = NULL;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;
	char *huge;

	assert_int_equal(trace_new(path, &env, &trace, &err), ERR_OK);
	assert_int_equal(mode_of(path), 0600);
	trace_line(trace, "%s %d", "GET\n/x\033[2J", 200);
	trace_free(trace);
	assert_int_equal(trace_new(path, &env, &trace, &err), ERR_OK);
	trace_line(trace, "second");
	assert_int_equal(file_read(path, 1000, &text, &err), ERR_OK);
	assert_string_equal(text.s, "2026-11-22T02:41:00+08:00 GET /x<U+001B>[2J 200\n"
				    "2026-11-22T02:41:00+08:00 second\n");
	huge = mem_alloc(20001);
	memset(huge, 'x', 20000);
	trace_line(trace, "%s", huge);
	str_clear(&text);
	assert_int_equal(file_read(path, 100000, &text, &err), ERR_OK);
	assert_true(text.len < 9000);
	assert_string_equal(text.s + text.len - 4, "x..\n");
	free(huge);
	str_release(&text);
	trace_free(trace);
	trace_line(NULL, "swallowed");
	trace_free(NULL);
	assert_int_equal(trace_new(in(*state, "none/t"), &env, &trace, &err), ERR_NOT_FOUND);
}

/* What stands on standard error when it is that file. */
static void trace_to(const char *path, bool journal, struct str *ret_text)
{
	struct env_fixed fixed = { .now = INT64_C(1795286460000) };
	struct env env = env_fixed(&fixed);
	struct trace *trace = NULL;
	int saved = dup(STDERR_FILENO), fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	char stream[64] = "8:1";
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	if (journal)
		snprintf(stream, sizeof stream, "%llu:%llu", (unsigned long long)st.st_dev,
			 (unsigned long long)st.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	dup2(fd, STDERR_FILENO);
	assert_int_equal(trace_new("-", &env, &trace, NULL), ERR_OK);
	trace_line(trace, "<3>broken");
	trace_line(trace, "<4>%s", "odd");
	trace_line(trace, "<5>begun");
	trace_line(trace, "asked");
	trace_line(trace, "<9>no level");
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(fd);
	trace_free(trace);
	unsetenv("JOURNAL_STREAM");
	str_clear(ret_text);
	assert_int_equal(file_read(path, 1000, ret_text, NULL), ERR_OK);
}

static void diagnostics_have_levels(void **state)
{
	const char *path = in(*state, "stderr");
	struct str text = STR_INIT;

	trace_to(path, true, &text);
	assert_string_equal(text.s, "<3>broken\n<4>odd\n<5>begun\n<6>asked\n<6><9>no level\n");
	trace_to(path, false, &text);
	assert_string_equal(text.s, "2026-11-22T02:41:00+08:00 ERROR: broken\n"
				    "2026-11-22T02:41:00+08:00 WARNING: odd\n"
				    "2026-11-22T02:41:00+08:00 begun\n"
				    "2026-11-22T02:41:00+08:00 asked\n"
				    "2026-11-22T02:41:00+08:00 <9>no level\n");
	str_release(&text);
}

static void old_diagnostics_are_set_aside(void **state)
{
	const char *path = in(*state, "trace.log");
	struct env_fixed fixed = { .now = 0 };
	struct env env = env_fixed(&fixed);
	struct trace *trace = NULL;

	assert_int_equal(file_write(path, "x", 1, 0600, NULL), ERR_OK);
	assert_int_equal(truncate(path, 17 * 1024 * 1024), 0);
	assert_int_equal(trace_new(path, &env, &trace, NULL), ERR_OK);
	trace_free(trace);
	assert_true(file_exists(in(*state, "trace.log.1")));
}

#define PLACED(f) cmocka_unit_test_setup_teardown(f, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(a_file_is_written_whole),
		PLACED(failures_name_the_path),
		PLACED(half_a_file_is_never_seen),
		PLACED(folders_are_made_and_removed),
		PLACED(paths_are_joined),
		PLACED(a_lock_dies_with_its_holder),
		PLACED(places_follow_xdg),
		PLACED(programs_of_the_tree_find_their_files),
		PLACED(diagnostics_are_one_clean_line_each),
		PLACED(diagnostics_have_levels),
		PLACED(old_diagnostics_are_set_aside),
	};

	return cmocka_run_group_tests_name("base/file", tests, NULL, NULL);
}
