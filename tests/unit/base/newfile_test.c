#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/newfile.h"

static char *folder(void)
{
	static const char form[] = "/tmp/newfile-XXXXXX";
	char *name = strdup(form);

	assert_non_null(mkdtemp(name));
	return name;
}

static void test_there_when_whole(void **state)
{
	struct arena arena = ARENA_INIT;
	char *dir = folder(), *path = path_join(&arena, dir, "a.csv");
	char *part = path_join(&arena, dir, "a.csv.part");
	struct new_file *file = NULL;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;
	struct stat info;

	(void)state;
	assert_int_equal(new_file_open(path, &file, &err), ERR_OK);
	assert_int_equal(new_file_write(file, "ab", 2, &err), ERR_OK);
	assert_false(file_exists(path));
	assert_int_equal(new_file_write(file, "c", 1, &err), ERR_OK);
	assert_int_equal(new_file_commit(file, &err), ERR_OK);
	assert_int_equal(file_read(path, 100, &text, &err), ERR_OK);
	assert_string_equal(text.s, "abc");
	assert_false(file_exists(part));
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	/* never over another, and the one that is there stays */
	assert_int_equal(new_file_open(path, &file, &err), ERR_IO);
	str_release(&text);
	assert_int_equal(dir_remove_all(dir, &err), ERR_OK);
	arena_release(&arena);
	free(dir);
}

static void test_given_up_or_overtaken(void **state)
{
	struct arena arena = ARENA_INIT;
	char *dir = folder(), *path = path_join(&arena, dir, "a.csv");
	struct new_file *file = NULL;
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(new_file_open(path, &file, &err), ERR_OK);
	new_file_drop(file);
	assert_false(file_exists(path));
	assert_int_equal(new_file_open(path, &file, &err), ERR_OK);
	assert_int_equal(new_file_write(file, "mine", 4, &err), ERR_OK);
	assert_int_equal(file_write(path, "theirs", 6, 0600, &err), ERR_OK);
	assert_int_not_equal(new_file_commit(file, &err), ERR_OK);
	assert_int_equal(file_read(path, 100, &text, &err), ERR_OK);
	assert_string_equal(text.s, "theirs");
	str_release(&text);
	assert_int_not_equal(new_file_open("/nowhere/at/all.csv", &file, &err), ERR_OK);
	assert_non_null(strstr(err.text, "/nowhere/at/all.csv"));
	assert_int_equal(dir_remove_all(dir, &err), ERR_OK);
	arena_release(&arena);
	free(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_when_whole),
		cmocka_unit_test(test_given_up_or_overtaken),
	};

	return cmocka_run_group_tests_name("base/newfile", tests, NULL, NULL);
}
