#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/saved.h"

struct fixture {
	char dir[32];
	struct arena arena;
	const char *path, *other;
};

static int set_up(void **state)
{
	struct fixture *f = mem_alloc(sizeof *f);

	memcpy(f->dir, "/tmp/saved.XXXXXX", 18);
	assert_non_null(mkdtemp(f->dir));
	f->path = path_join(&f->arena, path_join(&f->arena, f->dir, "conf"), "views.conf");
	f->other = path_join(&f->arena, f->dir, "other.conf");
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(dir_remove_all(f->dir, NULL), ERR_OK);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static struct saved view(const char *name, const char *filter, const char *columns,
			 const char *sort, const char *group)
{
	struct saved view = { name, SAVED_INCIDENTS, filter, { .n = 0 }, sort, group, false };

	assert_int_equal(columns_parse(columns, &view.columns, NULL), ERR_OK);
	return view;
}

static struct saved of(enum saved_list list, struct saved view, bool all)
{
	view.list = list;
	view.all = all;
	return view;
}

static void must_be(struct fixture *f, const struct saved *wanted, size_t n)
{
	struct saved_views views;
	struct error err = ERROR_INIT;

	if (saved_read(f->path, &f->arena, &views, &err) != ERR_OK)
		fail_msg("%s", err.text);
	assert_int_equal(views.n, n);
	for (size_t i = 0; i < n; i++) {
		const struct saved *is = &views.items[i];

		assert_string_equal(is->name, wanted[i].name);
		assert_int_equal(is->list, wanted[i].list);
		assert_int_equal(is->all, wanted[i].all);
		assert_string_equal(is->filter, wanted[i].filter);
		assert_string_equal(is->sort, wanted[i].sort);
		assert_string_equal(is->group, wanted[i].group);
		assert_int_equal(is->columns.n, wanted[i].columns.n);
		for (size_t c = 0; c < is->columns.n; c++)
			assert_string_equal(is->columns.names[c], wanted[i].columns.names[c]);
	}
}

static void test_there_and_back(void **state)
{
	struct fixture *f = *state;
	struct saved views[] = {
		view("夜间重点", "sev>=较大 \"a \\ b\" | overdue", "left,title,injured", "-number", ""),
		view("b", "", "", "", "street"),
		view("third one", "mine", "number", "newest", ""),
	};
	const struct saved *found;
	struct saved_views all;
	struct error err = ERROR_INIT;

	must_be(f, NULL, 0); /* no file yet */
	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		assert_int_equal(saved_put(f->path, &views[i], NULL), ERR_OK);
	must_be(f, views, 3);
	/* One of the same name stands where the old one stood. */
	views[1] = view("b", "hard", "title", "", "dept");
	assert_int_equal(saved_put(f->path, &views[1], NULL), ERR_OK);
	must_be(f, views, 3);
	assert_int_equal(saved_read(f->path, &f->arena, &all, NULL), ERR_OK);
	assert_int_equal(saved_pick(&all, "b", &found, NULL), ERR_OK);
	assert_string_equal(found->filter, "hard");
	assert_int_equal(saved_pick(&all, "c", &found, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "third one"));
	assert_int_equal(saved_drop(f->path, "c", NULL), ERR_NOT_FOUND);
	assert_int_equal(saved_drop(f->path, "b", NULL), ERR_OK);
	views[1] = views[2];
	must_be(f, views, 2);
}

static void test_names(void **state)
{
	static const char *const wrong[] = {
		"", " a", "a ", "a\"b", "a\\b", "a$b", "a\nb", "a\x1b[31mb",
		"0123456789012345678901234567890123456789012345678901234567890123456789",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct saved bad = view(wrong[i], "", "", "", "");

		assert_int_equal(saved_put(f->path, &bad, NULL), ERR_INPUT);
	}
	assert_false(file_exists(f->path));
}

/* Each list has views of its own; a name is one of all of them. */
static void test_lists(void **state)
{
	struct fixture *f = *state;
	struct saved views[] = {
		view("board", "open", "title", "newest", ""),
		of(SAVED_DEADLINES, view("mine", "kind:check", "", "", ""), false),
		of(SAVED_DEADLINES, view("all", "overdue", "", "", ""), true),
		of(SAVED_WHISTLES, view("whistles", "class:major", "", "-class", ""), false),
	};
	struct saved other = view("all", "", "", "", "");
	struct arena *arena = &f->arena;
	struct error err = ERROR_INIT;
	enum saved_list list;

	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		assert_int_equal(saved_put(f->path, &views[i], NULL), ERR_OK);
	must_be(f, views, 4);
	assert_int_equal(saved_put(f->path, &other, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "all"));
	must_be(f, views, 4);
	for (int i = 0; i < SAVED_LISTS; i++) {
		assert_true(saved_list_find(saved_list_code((enum saved_list)i), &list));
		assert_int_equal(list, i);
	}
	assert_false(saved_list_find("board", &list));
	assert_non_null(strstr(saved_words(&views[0], arena), "1 columns"));
	assert_non_null(strstr(saved_words(&views[2], arena), "All organisations"));
	assert_non_null(strstr(saved_words(&views[3], arena), "by class"));
}

static void write_text(const char *path, const char *text)
{
	assert_int_equal(file_write(path, text, strlen(text), 0600, NULL), ERR_OK);
}

/* What a colleague sends may be anything. */
static void test_wrong_files(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "view \"a\" {\n\tcolumns = { \"left\", \"numbr\" }\n}\n", ":2: " },
		{ "view \"a\" {\n\tcolumns = { \"phone\" }\n}\n", "phone" },
		{ "view \"a\" {\n\tcolumns = { \"left title\" }\n}\n", ":2: " },
		{ "view \"a\" {\n\n\tsort = \"sideways\"\n}\n", ":3: " },
		{ "view \"a\" {\n\tgroup = \"colour\"\n}\n", "colour" },
		{ "view \"a\" {\n\tscreen = \"meetings\"\n}\n", "meetings" },
		{ "view \"a\" {\n}\nview \"a\" {\n}\n", ":3: " },
		{ "view \"a\" {\n\tlist = \"people\"\n}\n", ":2: people: " },
		{ "view \"a\" {\n\tlist = deadlines\n\tsort = \"newest\"\n}\n", ":3: sort" },
		{ "view \"a\" {\n\tlist = deadlines\n\tgroup = \"step\"\n}\n",
		  "filter, whose" },
		{ "view \"a\" {\n\tlist = deadlines\n\twhose = \"yours\"\n}\n", ":3: yours: mine" },
		{ "view \"a\" {\n\tlist = deadlines\n\tscreen = \"board\"\n}\n", ":3: screen" },
		{ "view \"a\" {\n\tlist = whistles\n\tcolumns = { \"left\" }\n}\n", "filter, sort" },
		{ "view \"a\" {\n\tlist = whistles\n\tsort = \"holder\"\n}\n", "due, class, newest, number, street" },
		{ "view \"a\" {\n\tlist = whistles\n\twhose = \"all\"\n}\n", ":3: whose" },
		{ "view \"a\" {\n\tsort = \"class\"\n}\n", "class" },
		{ "view \"a\" {\n\twhose = \"all\"\n}\n", "columns, sort, group" },
		{ "view \"\" {\n}\n", ":1: " },
		{ "vieww \"a\" {\n}\n", "vieww" },
		{ "view \"a\" {\n\tfilter = \"$HOME\"\n}\n", ":2: " },
		{ "view \"a\" {\n\tfilter = \"", ":2" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct saved_views views;
		struct error err = ERROR_INIT;
		struct saved good = view("good", "", "", "", "");
		struct str text = STR_INIT;
		size_t n;

		write_text(f->other, cases[i].text);
		assert_int_equal(saved_read(f->other, &f->arena, &views, &err), ERR_INPUT);
		if (!strstr(err.text, cases[i].says))
			fail_msg("%zu: %s", i, err.text);
		assert_int_equal(saved_import(f->path, f->other, &n, NULL), ERR_INPUT);
		/* Nor is it written over by what comes next. */
		assert_int_equal(saved_put(f->other, &good, NULL), ERR_INPUT);
		assert_int_equal(file_read(f->other, 4096, &text, NULL), ERR_OK);
		assert_string_equal(str_get(&text), cases[i].text);
		str_release(&text);
	}
	assert_false(file_exists(f->path));
}

static void test_import(void **state)
{
	struct fixture *f = *state;
	struct saved views[] = {
		view("a", "mine", "", "", ""),
		view("b", "overdue", "", "", "step"),
		view("c", "", "title", "", ""),
	};
	size_t n = 0;

	assert_int_equal(saved_put(f->path, &views[0], NULL), ERR_OK);
	assert_int_equal(saved_put(f->path, &views[2], NULL), ERR_OK);
	assert_int_equal(saved_import(f->path, f->other, &n, NULL), ERR_NOT_FOUND);
	write_text(f->other, "# of the night shift\nview \"b\" { filter = \"overdue\" group = step }\n"
			     "view \"c\" { columns = { \"Matter\" } }\n");
	assert_int_equal(saved_import(f->path, f->other, &n, NULL), ERR_OK);
	assert_int_equal(n, 2);
	must_be(f, (const struct saved[]){ views[0], views[2], views[1] }, 3);
}

static void test_no_more_than_can_be_listed(void **state)
{
	struct fixture *f = *state;
	struct str text = STR_INIT;
	struct saved one_more = view("more", "", "", "", "");
	struct saved_views views;

	for (int i = 0; i < SAVED_MOST; i++)
		str_addf(&text, "view \"v%d\" {\n}\n", i);
	write_text(f->other, text.s);
	assert_int_equal(saved_read(f->other, &f->arena, &views, NULL), ERR_OK);
	assert_int_equal(saved_put(f->other, &one_more, NULL), ERR_TOO_LARGE);
	str_release(&text);
}

static void test_beside_the_configuration(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(saved_path("/a/b/zhiban.conf", &f->arena), "/a/b/views.conf");
	assert_string_equal(saved_path("zhiban.conf", &f->arena), "views.conf");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_there_and_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lists, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_wrong_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_import, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_more_than_can_be_listed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_beside_the_configuration, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
