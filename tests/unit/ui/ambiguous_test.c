/* Characters of ambiguous width and what stands for them; the charset of a locale; a terminal that is
 * asked how wide it writes. */
#include <config.h>

#include "ui_test.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "term_priv.h"
#include "zhiban/base/text.h"
#include "zhiban/ui/term.h"

static void plain_ones_stand_for_them(void **state)
{
	static const struct {
		const char *text, *plain;
	} cases[] = {
		{ "", "" },
		{ "abc 值班台 ・", "abc 值班台 ・" },
		{ "“烧烤①摊”", "\"烧烤1摊\"" },
		{ "38℃…①②⑩Ⅱ级→α", "38C.12#2级>a" },
		{ "┌─┐│└┘■□", "+-+|++#o" },
		{ "2×3±1°", "2x3+1o" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		term_make_plain(cases[i].text, strlen(cases[i].text), &out);
		assert_string_equal(str_get(&out), cases[i].plain);
		assert_int_equal(text_columns(str_get(&out)), text_columns(cases[i].text));
		str_release(&out);
	}
}

/* Each is one column for the canvas, and one printable ASCII on the terminal. */
static void no_row_changes_its_width(void **state)
{
	size_t n = 0;

	(void)state;
	for (uint32_t cp = 0x80; cp < 0x20000; cp++) {
		char sign = term_plain_sign(cp);

		if (sign == '\0')
			continue;
		n++;
		assert_in_range(sign, ' ' + 1, '~');
		if (text_cp_columns(cp) != 1)
			fail_msg("U+%04X has %d columns", (unsigned)cp, text_cp_columns(cp));
	}
	assert_true(n > 700);
	assert_int_equal(term_plain_sign(0x503C), '\0');
	assert_int_equal(term_plain_sign('a'), '\0');
}

/* ---- a terminal at the other end of two pipes ---- */

struct answering {
	int in, out;
	const char *columns; /* of what it is asked for, a digit each */
	const char *noise;   /* typed before each answer */
	bool mute;
};

static void *answer(void *arg)
{
	struct answering *terminal = arg;
	char got[256];
	size_t asked = 0;
	ssize_t n;

	while ((n = read(terminal->in, got, sizeof got - 1)) > 0) {
		char reply[64];

		got[n] = '\0';
		for (const char *s = got; (s = strstr(s, "\033[6n")) != NULL && !terminal->mute; s++) {
			int columns = terminal->columns[asked++] - '0';

			snprintf(reply, sizeof reply, "%s\033[12;%dR", terminal->noise, columns + 1);
			if (write(terminal->out, reply, strlen(reply)) < 0)
				return NULL;
		}
	}
	return NULL;
}

static enum err measure(struct answering *terminal, struct term_widths *widths, struct str *typed,
			struct error *err)
{
	int to[2], from[2];
	pthread_t thread;
	enum err code;

	assert_int_equal(pipe(to), 0);
	assert_int_equal(pipe(from), 0);
	terminal->in = to[0];
	terminal->out = from[1];
	assert_int_equal(pthread_create(&thread, NULL, answer, terminal), 0);
	code = tty_measure(from[0], to[1], widths, typed, err);
	close(to[1]);
	pthread_join(thread, NULL);
	close(to[0]);
	close(from[0]);
	close(from[1]);
	return code;
}

static void terminals_are_asked(void **state)
{
	static const struct {
		const char *columns, *noise, *typed;
		struct term_widths widths;
	} cases[] = {
		{ "211111", "", "", { 2, 5, 0 } },
		{ "222222", "", "", { 2, 5, 5 } },
		{ "212111", "", "", { 2, 5, 1 } },
		{ "333333", "", "", { 3, 5, 5 } }, /* it shows three bytes */
		{ "211111", "j", "jjjjjj", { 2, 5, 0 } },
		{ "211111", "\033[A", "\033[A\033[A\033[A\033[A\033[A\033[A", { 2, 5, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct answering terminal = { .columns = cases[i].columns, .noise = cases[i].noise };
		struct term_widths widths = { 0 };
		struct str typed = STR_INIT;

		assert_int_equal(measure(&terminal, &widths, &typed, NULL), ERR_OK);
		assert_int_equal(widths.chinese, cases[i].widths.chinese);
		assert_int_equal(widths.ambiguous, cases[i].widths.ambiguous);
		assert_int_equal(widths.wide, cases[i].widths.wide);
		assert_string_equal(str_get(&typed), cases[i].typed);
		str_release(&typed);
	}
}

static void one_that_is_mute_is_not_waited_for(void **state)
{
	struct answering terminal = { .columns = "", .noise = "", .mute = true };
	struct term_widths widths = { 7, 7, 7 };
	struct error err = ERROR_INIT;
	struct str typed = STR_INIT;

	(void)state;
	assert_int_equal(measure(&terminal, &widths, &typed, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "ambiguous"));
	assert_int_equal(widths.chinese, 7); /* untouched */
	str_release(&typed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_ones_stand_for_them),
		cmocka_unit_test(no_row_changes_its_width),
		cmocka_unit_test(terminals_are_asked),
		cmocka_unit_test(one_that_is_mute_is_not_waited_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
