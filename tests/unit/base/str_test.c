/* Memory, arenas and growing strings. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <limits.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static void an_empty_string_has_text(void **state)
{
	struct str str = STR_INIT, zeroed;
	size_t len = 7;
	char *taken;

	(void)state;
	memset(&zeroed, 0, sizeof zeroed);
	assert_string_equal(str.s, "");
	assert_string_equal(str_get(&zeroed), "");
	str_clear(&str);
	str_cut(&str, 0);
	str_add_bytes(&str, NULL, 0);
	str_addf(&str, "%s", "");
	assert_string_equal(str.s, "");
	str_add(&zeroed, "x");
	assert_string_equal(zeroed.s, "x");
	str_release(&zeroed);
	assert_string_equal(zeroed.s, "");
	taken = str_take(&str, &len);
	assert_string_equal(taken, "");
	assert_int_equal(len, 0);
	free(taken);
	str_release(&str);
}

static void it_grows_at_each_end_and_inside(void **state)
{
	struct str str = STR_INIT;

	(void)state;
	str_add(&str, "bd");
	str_insert(&str, 1, "c", 1);
	str_insert(&str, 0, "a", 1);
	str_add_char(&str, 'e');
	str_add_repeat(&str, '!', 3);
	assert_string_equal(str.s, "abcde!!!");
	str_remove(&str, 1, 2);
	assert_string_equal(str.s, "ade!!!");
	str_cut(&str, 3);
	str_addf(&str, "%d-%s", 42, "x");
	assert_string_equal(str.s, "ade42-x");
	assert_int_equal(str.len, 7);
	str_release(&str);
}

static void formats_of_any_length_fit(void **state)
{
	struct str str = STR_INIT;

	(void)state;
	for (int i = 0; i < 200; i++) {
		size_t before = str.len;

		str_addf(&str, "%0*d", i + 1, 7);
		assert_int_equal(str.len, before + (size_t)i + 1);
		assert_int_equal(strlen(str.s), str.len);
		assert_true(str.cap > str.len);
	}
	str_release(&str);
}

static void taking_empties(void **state)
{
	struct str str = STR_INIT;
	size_t len;
	char *s;

	(void)state;
	str_add(&str, "mine");
	s = str_take(&str, &len);
	assert_string_equal(s, "mine");
	assert_int_equal(len, 4);
	assert_string_equal(str.s, "");
	str_add(&str, "other");
	assert_string_equal(s, "mine");
	free(s);
	str_release(&str);
}

static void copies_are_whole_or_nothing(void **state)
{
	char dst[4] = "zzz";

	(void)state;
	assert_true(str_copy(dst, sizeof dst, "abc"));
	assert_string_equal(dst, "abc");
	assert_false(str_copy(dst, sizeof dst, "abcd"));
	assert_string_equal(dst, "");
	assert_false(str_copy(dst, 0, ""));
}

static void numbers_are_strict(void **state)
{
	static const struct {
		const char *s;
		bool ok;
		long long value;
	} cases[] = {
		{ "0", true, 0 },	{ "-5", true, -5 },	{ "007", true, 7 },
		{ "10", true, 10 },	{ "11", false, 0 },	{ "-11", false, 0 },
		{ "", false, 0 },	{ "-", false, 0 },	{ "+5", false, 0 },
		{ " 5", false, 0 },	{ "5 ", false, 0 },	{ "0x5", false, 0 },
		{ "5.0", false, 0 },	{ "--5", false, 0 },	{ "99999999999999999999", false, 0 },
	};
	long long value;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		value = 77;
		assert_int_equal(str_int(cases[i].s, -10, 10, &value), cases[i].ok);
		assert_int_equal(value, cases[i].ok ? cases[i].value : 77);
	}
	assert_true(str_int("9223372036854775807", LLONG_MIN, LLONG_MAX, &value));
	assert_false(str_int("9223372036854775808", LLONG_MIN, LLONG_MAX, &value));
}

static void comparisons_know_null(void **state)
{
	(void)state;
	assert_true(str_eq(NULL, NULL));
	assert_false(str_eq(NULL, ""));
	assert_true(str_eq("a", "a"));
	assert_true(str_starts("abc", "ab"));
	assert_true(str_starts("abc", ""));
	assert_false(str_starts("a", "ab"));
}

static void arenas_hand_out_zeroed_aligned_memory(void **state)
{
	struct arena arena = ARENA_INIT;
	unsigned char *pieces[300];

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
			size_t size = i * i % 700 + (i % 50 == 0 ? 400000 : 0);

			pieces[i] = arena_alloc(&arena, size);
			assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
			for (size_t k = 0; k < size; k++)
				assert_int_equal(pieces[i][k], 0);
			memset(pieces[i], (int)i, size);
		}
		for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
			size_t size = i * i % 700 + (i % 50 == 0 ? 400000 : 0);

			for (size_t k = 0; k < size; k++)
				assert_int_equal(pieces[i][k], (unsigned char)i);
		}
		arena_reset(&arena);
		assert_int_equal(arena.used, 0);
	}
	arena_release(&arena);
	assert_string_equal(arena_strdup(&arena, "again"), "again");
	arena_release(&arena);
}

static void arenas_copy_texts(void **state)
{
	struct arena arena = ARENA_INIT;
	char longer[1000];

	(void)state;
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	assert_null(arena_strdup(&arena, NULL));
	assert_string_equal(arena_strndup(&arena, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(&arena, NULL, 0), "");
	assert_string_equal(arena_printf(&arena, "%s-%d", "a", 1), "a-1");
	assert_string_equal(arena_printf(&arena, "%s", longer), longer);
	assert_memory_equal(arena_dup(&arena, "a\0b", 3), "a\0b", 3);
	assert_non_null(arena_array(&arena, 0, 8));
	arena_release(&arena);
}

static void arrays_grow(void **state)
{
	struct {
		int *items;
		size_t n, cap;
	} list = { NULL, 0, 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		MEM_GROW(list.items, list.n, list.cap);
		list.items[list.n++] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list.items[i], i);
	free(list.items);
}

/* What a child says on standard error before it ends, and with what status. */
static int last_words(void (*act)(void), char *words, size_t size)
{
	int ends[2], status;
	ssize_t n;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		act();
		_exit(77);
	}
	close(ends[1]);
	n = read(ends[0], words, size - 1);
	words[n > 0 ? n : 0] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void ask_for_too_many(void)
{
	volatile size_t n = SIZE_MAX / 4;

	free(mem_resize(NULL, n, 8));
}

static void ask_an_arena_for_too_much(void)
{
	struct arena arena = ARENA_INIT;
	volatile size_t n = SIZE_MAX - 4;

	arena_alloc(&arena, n);
}

static void repeat_too_often(void)
{
	struct str str = STR_INIT;
	volatile size_t n = SIZE_MAX - 4;

	str_add(&str, "abc");
	str_add_repeat(&str, 'x', n);
}

static void want_of_memory_ends_in_one_place(void **state)
{
	static void (*const acts[])(void) = { ask_for_too_many, ask_an_arena_for_too_much,
					      repeat_too_often };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		char words[200];

		assert_int_equal(last_words(acts[i], words, sizeof words), 1);
		assert_non_null(strstr(words, "out of memory"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_string_has_text),
		cmocka_unit_test(it_grows_at_each_end_and_inside),
		cmocka_unit_test(formats_of_any_length_fit),
		cmocka_unit_test(taking_empties),
		cmocka_unit_test(copies_are_whole_or_nothing),
		cmocka_unit_test(numbers_are_strict),
		cmocka_unit_test(comparisons_know_null),
		cmocka_unit_test(arenas_hand_out_zeroed_aligned_memory),
		cmocka_unit_test(arenas_copy_texts),
		cmocka_unit_test(arrays_grow),
		cmocka_unit_test(want_of_memory_ends_in_one_place),
	};

	return cmocka_run_group_tests_name("base/str", tests, NULL, NULL);
}
