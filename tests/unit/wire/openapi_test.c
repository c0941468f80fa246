/* schema/openapi.yaml says what the tables say. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/act.h"

static int load(void **state)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct str *text = mem_alloc(sizeof *text);
	enum err code = file_read(path_join(&arena, top ? top : ".", "schema/openapi.yaml"),
				  1 << 20, text, NULL);

	arena_release(&arena);
	*state = text;
	return code ? -1 : 0;
}

static int drop(void **state)
{
	str_release(*state);
	free(*state);
	return 0;
}

/* The lines of one schema, from behind its name to the next name. */
static char *schema_of(const struct str *text, const char *name, struct arena *arena)
{
	const char *at = strstr(text->s, arena_printf(arena, "\n    %s:\n", name)), *end;

	if (!at)
		fail_msg("there is no schema %s", name);
	at = strchr(at + 1, '\n');
	for (end = at; *end; end++)
		if (strncmp(end, "\n    ", 5) == 0 && end[5] != ' ')
			break;
	return arena_strndup(arena, at, (size_t)(end - at));
}

static char *capital(const char *name, struct arena *arena)
{
	char *copy = arena_strdup(arena, name);

	copy[0] = (char)(copy[0] - 'a' + 'A');
	return copy;
}

static void expect(const char *schema, const char *name, const char *key, size_t *count,
		   struct arena *arena)
{
	if (!strstr(schema, arena_printf(arena, "\n        %s: {", key)))
		fail_msg("%s has no property %s", name, key);
	(*count)++;
}

static size_t properties(const char *schema)
{
	const char *at = strstr(schema, "\n      properties:\n");
	size_t n = 0;

	for (at = at ? at + 1 : ""; (at = strstr(at, "\n        ")) != NULL; at++)
		n += at[9] != ' ';
	return n;
}

static void test_entities(void **state)
{
	static const char *const head[] = { "kind", "id", "version", "seq" };
	struct arena arena = ARENA_INIT;

	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc((enum kind)k);
		const char *name = capital(kind->name, &arena);
		const char *schema = schema_of(*state, name, &arena);
		size_t n = 0;

		for (size_t i = 0; i < ARRAY_LEN(head); i++)
			expect(schema, name, head[i], &n, &arena);
		for (size_t i = 0; i < kind->n_fields; i++)
			expect(schema, name, kind->fields[i].json, &n, &arena);
		for (size_t i = 0; i < kind->n_slots; i++)
			expect(schema, name, kind->slots[i].desc->name, &n, &arena);
		assert_int_equal(properties(schema), n);
	}
	arena_release(&arena);
}

static void test_children(void **state)
{
	struct arena arena = ARENA_INIT;

	for (int c = 0; c < CHILD_COUNT; c++) {
		const struct child_desc *child = child_desc((enum child)c);
		const char *name = capital(child->name, &arena);
		const char *schema = schema_of(*state, name, &arena);
		size_t n = 0;

		expect(schema, name, "id", &n, &arena);
		for (size_t i = 0; i < child->n_fields; i++)
			expect(schema, name, child->fields[i].json, &n, &arena);
		assert_int_equal(properties(schema), n);
	}
	arena_release(&arena);
}

static void test_by_phone(void **state)
{
	struct arena arena = ARENA_INIT;
	const char *schema = schema_of(*state, "ByPhone", &arena);
	size_t n, count = 0;
	const struct field *fields = by_phone_fields(&n);

	for (size_t i = 0; i < n; i++)
		expect(schema, "ByPhone", fields[i].json, &count, &arena);
	assert_int_equal(properties(schema), count);
	arena_release(&arena);
}

static void expect_word(const char *schema, const char *word, struct arena *arena)
{
	if (!strstr(schema, arena_printf(arena, " %s,", word)) &&
	    !strstr(schema, arena_printf(arena, "[%s,", word)) &&
	    !strstr(schema, arena_printf(arena, " %s]", word)))
		fail_msg("%s is missing", word);
}

static void test_words(void **state)
{
	struct arena arena = ARENA_INIT;
	const char *verbs = schema_of(*state, "Verb", &arena);
	const char *errors = schema_of(*state, "ErrorAnswer", &arena);

	for (size_t i = 0; i < act_desc_count(); i++)
		expect_word(verbs, act_desc_at(i)->verb, &arena);
	for (int code = ERR_OK + 1; code <= ERR_FULL; code++)
		expect_word(errors, err_name((enum err)code), &arena);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_entities, load, drop),
		cmocka_unit_test_setup_teardown(test_children, load, drop),
		cmocka_unit_test_setup_teardown(test_by_phone, load, drop),
		cmocka_unit_test_setup_teardown(test_words, load, drop),
	};

	return cmocka_run_group_tests_name("wire/openapi", tests, NULL, NULL);
}
