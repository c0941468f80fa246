/* What the tests of the toolkit share. */
#ifndef TESTS_UNIT_UI_TEST_H
#define TESTS_UNIT_UI_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/ui/canvas.h"
#include "zhiban/ui/key.h"

/* Row of the canvas without spaces at its end; free() it. */
static inline char *canvas_row(const struct canvas *canvas, int row)
{
	struct str out = STR_INIT;
	const char *line;
	char *copy;

	canvas_dump(canvas, &out);
	line = str_get(&out);
	for (int i = 0; i < row; i++)
		line += strcspn(line, "\n") + 1;
	copy = mem_dup(line, strcspn(line, "\n") + 1);
	copy[strcspn(copy, "\n")] = '\0';
	str_release(&out);
	return copy;
}

static inline void assert_row_at(const struct canvas *canvas, int row, const char *expected,
				 const char *file, int line)
{
	char *got = canvas_row(canvas, row);

	if (strcmp(got, expected) != 0)
		print_error("row %d:\n  got      [%s]\n  expected [%s]\n", row, got,
			    expected != NULL ? expected : "");
	_assert_true(strcmp(got, expected) == 0, "the row", file, line);
	free(got);
}
#define assert_row(canvas, row, expected) assert_row_at(canvas, row, expected, __FILE__, __LINE__)

/* The next key of a list of names ("j Ctrl-L \"typed\""); false at its end. */
static inline bool next_key(const char **names, bool *quoted, struct key *ret_key)
{
	const char *s = *names;
	size_t len;

	if (!*quoted) {
		s += strspn(s, " ");
		if (*s == '"') {
			*quoted = true;
			s++;
		}
	}
	if (*quoted && *s == '"') {
		*quoted = false;
		*names = s + 1;
		return next_key(names, quoted, ret_key);
	}
	if (*s == '\0')
		return false;
	len = *quoted ? 1 : strcspn(s, " ");
	if (*quoted)
		while (((unsigned char)s[len] & 0xC0) == 0x80)
			len++;
	if (*quoted && *s == ' ')
		*ret_key = (struct key){ ' ', 0 };
	else
		assert_int_equal(key_parse(s, len, ret_key, NULL), ERR_OK);
	*names = s + len;
	return true;
}

#define EACH_KEY(names, key)                                                                   \
	for (struct { const char *s; bool quoted; struct key key; } each_ = { names, false, { 0, 0 } }; \
	     next_key(&each_.s, &each_.quoted, &each_.key) && ((key) = each_.key, true);)

#endif
