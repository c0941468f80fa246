/* Filter and command lines, completion, history, questions. */
#include <config.h>

#include "ui_test.h"

#include <stdio.h>

#include "zhiban/ui/prompt.h"

static const struct ui_command table[] = {
	{ "assign", "Assign", "Acts", "a", "DEPARTMENT", "give it away", 1, 0, 0 },
	{ "archive", NULL, "Acts", "F", "", "file it away", 1, 0, 0 },
	{ "theme", NULL, "General", "", "NAME", "colours", 0, 0, 0 },
	{ "swap", NULL, "Roster", "", "", "not here", 2, 0, 0 },
};
static const struct ui_commands commands = { table, ARRAY_LEN(table) };

static enum prompt_result press(struct prompt *prompt, const char *keys)
{
	enum prompt_result last = PROMPT_MORE;
	struct key key;

	EACH_KEY(keys, key)
	{
		last = prompt_key(prompt, key, "");
	}
	return last;
}

static void complete_theme(void *ctx, const char *text, size_t at, struct arena *arena,
			   struct prompt_words *words)
{
	static struct prompt_word names[] = { { "dark", "深" }, { "light", "浅" } };

	(void)ctx, (void)arena;
	if (!str_starts(text, "theme "))
		return;
	words->items = names;
	words->n = 2;
	words->from = at >= 6 ? 6 : at;
}

static void keys_edit_and_complete(void **state)
{
	static const struct {
		const char *keys, *text;
		enum prompt_result result;
	} cases[] = {
		{ "\"ab\"", "ab", PROMPT_CHANGED },
		{ "\"ab\" Left", "ab", PROMPT_MORE },
		{ "\"ab\" Enter", "ab", PROMPT_DONE },
		{ "\"ab\" Esc", "ab", PROMPT_LEFT },
		{ "\"a\" Backspace", "", PROMPT_CHANGED },
		{ "\"a\" Backspace Backspace", "", PROMPT_LEFT },
		{ "\"as\" Tab", "assign ", PROMPT_CHANGED },
		{ "\"a\" Down Down Tab", "archive", PROMPT_CHANGED },
		{ "\"a\" Down Down Enter", "archive", PROMPT_CHANGED },
		{ "\"a\" Down Down Enter Enter", "archive", PROMPT_DONE },
		{ "\"a\" Down Up Up Tab", "assign ", PROMPT_CHANGED },
		{ "\"sw\" Tab", "sw", PROMPT_MORE }, /* does not work here */
		{ "\"th\" Tab Tab", "theme dark", PROMPT_CHANGED },
		{ "\"theme \" Down Down Enter", "theme light", PROMPT_CHANGED },
		{ "\"xyz\" Tab", "xyz", PROMPT_MORE },
		{ "\"ass\" Left Tab", "assign s", PROMPT_CHANGED },
	};
	struct prompt_commands words = { .commands = &commands, .where = 1, .args = complete_theme };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct prompt *prompt = prompt_new(&(struct prompt_spec){
			.label = ":", .complete = prompt_complete_commands, .ctx = &words });
		enum prompt_result result = press(prompt, cases[i].keys);

		if (result != cases[i].result || strcmp(prompt_text(prompt), cases[i].text) != 0)
			print_error("%s: [%s]\n", cases[i].keys, prompt_text(prompt));
		assert_string_equal(prompt_text(prompt), cases[i].text);
		assert_int_equal(result, cases[i].result);
		prompt_free(prompt);
	}
}

static void history_is_walked(void **state)
{
	struct prompt_history history = { 0 };
	struct prompt_spec spec = { .label = "/", .history = &history };
	static const char *const lines[] = { "\"one\" Enter", "\"two\" Enter", "\"two\" Enter",
					     "Enter" };
	struct prompt *prompt;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		prompt = prompt_new(&spec);
		assert_int_equal(press(prompt, lines[i]), PROMPT_DONE);
		prompt_free(prompt);
	}
	assert_int_equal(history.n, 2); /* no line twice in a row, none that is empty */
	prompt = prompt_new(&spec);
	press(prompt, "\"x\" Ctrl-P");
	assert_string_equal(prompt_text(prompt), "two");
	press(prompt, "Up Up");
	assert_string_equal(prompt_text(prompt), "one");
	press(prompt, "Ctrl-N Ctrl-N");
	assert_string_equal(prompt_text(prompt), "x");
	press(prompt, "Ctrl-N");
	assert_string_equal(prompt_text(prompt), "x");
	prompt_free(prompt);
	for (int i = 0; i < 150; i++) {
		char keys[32];

		snprintf(keys, sizeof keys, "\"n%d\" Enter", i);
		prompt = prompt_new(&spec);
		press(prompt, keys);
		prompt_free(prompt);
	}
	assert_int_equal(history.n, 100);
	assert_string_equal(history.lines[99], "n149");
	prompt_history_release(&history);
}

static void it_looks_right(void **state)
{
	struct prompt_commands words = { .commands = &commands, .where = 1 };
	struct prompt_spec spec = { .label = ":", .hint = "一个命令", .ctx = &words,
				    .complete = prompt_complete_commands };
	struct canvas *canvas = canvas_new(6, 40);
	struct prompt *prompt = prompt_new(&spec);

	(void)state;
	assert_int_equal(prompt_rows(prompt), 4);
	prompt_draw(prompt, canvas, (struct area){ 0, 0, 6, 40 });
	assert_row(canvas, 2, "  assign   DEPARTMENT   give it away");
	assert_row(canvas, 5, ":一个命令");
	press(prompt, "\"ar\" Down");
	assert_int_equal(prompt_rows(prompt), 2);
	prompt_draw(prompt, canvas, (struct area){ 0, 0, 6, 40 });
	assert_row(canvas, 3, "");
	assert_row(canvas, 4, "> archive  file it away");
	assert_row(canvas, 5, ":ar");
	prompt_error(prompt, "没有这个命令", 1, 1);
	prompt_draw(prompt, canvas, (struct area){ 0, 0, 6, 40 });
	assert_row(canvas, 4, ":ar");
	assert_row(canvas, 5, "没有这个命令");
	assert_int_equal(canvas_role_at(canvas, 4, 1), ROLE_TEXT);
	assert_int_equal(canvas_role_at(canvas, 4, 2), ROLE_ERROR);
	press(prompt, "\"x\"");
	assert_int_equal(prompt_rows(prompt), 1); /* typing takes it away */
	prompt_free(prompt);
	canvas_free(canvas);
}

static const char *called(void *ctx, const struct ui_command *command)
{
	(void)ctx;
	return command->id == 7 ? "交办" : NULL;
}

static bool take(void *ctx, const struct ui_command *command)
{
	(void)ctx;
	return command->id != 9;
}

/* Names first, then what the command is called or does. */
static void commands_are_offered(void **state)
{
	static const struct ui_command own[] = {
		{ "verify", NULL, "Acts", "v", "", "核实交办结果", 1, 0, 1 },
		{ "assign", NULL, "Acts", "a", "", "给一个单位", 1, 0, 7 },
		{ "jiggle", NULL, "Acts", "j", "", "nothing", 1, 0, 2 },
		{ "hidden", NULL, "Acts", "h", "", "交办", 1, 0, 9 },
	};
	static const struct {
		const char *typed, *offered;
	} cases[] = {
		{ "jiaoban", "verify assign" }, { "交办", "assign verify" }, { "ji", "jiggle assign" },
		{ "jb", "assign" },		 { "danwei", "assign" },       { "dw", "" },
		{ "v", "verify" },		 { "　交办", "assign verify" }, { "heshi", "verify" },
	};
	struct ui_commands list = { own, ARRAY_LEN(own) };
	struct prompt_commands commands_here = { .commands = &list, .where = 1, .take = take,
						 .called = called };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = ARENA_INIT;
		struct prompt_words words = { NULL, 0, 0 };
		struct str out = STR_INIT;

		prompt_complete_commands(&commands_here, cases[i].typed, strlen(cases[i].typed),
					 &arena, &words);
		for (size_t k = 0; k < words.n; k++)
			str_addf(&out, "%s%s", k > 0 ? " " : "", words.items[k].word);
		if (strcmp(str_get(&out), cases[i].offered) != 0)
			fail_msg("%s: %s", cases[i].typed, str_get(&out));
		str_release(&out);
		arena_release(&arena);
	}
}

static void words_are_offered(void **state)
{
	static const struct {
		const char *typed;
		size_t n;
	} cases[] = { { "", 3 }, { "du", 1 }, { "qx", 1 }, { "qixian", 1 }, { "夜", 1 },
		      { "yjzd", 1 }, { "yejian", 1 }, { "zd", 0 }, { "zzz", 0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arena arena = ARENA_INIT;
		struct prompt_words words = { NULL, 0, 0 };

		prompt_offer(&arena, &words, cases[i].typed, "due", "期限");
		prompt_offer(&arena, &words, cases[i].typed, "夜间重点", "sev>=较大");
		prompt_offer(&arena, &words, cases[i].typed, "street", "按街道");
		if (words.n != cases[i].n)
			fail_msg("%s: %zu", cases[i].typed, words.n);
		arena_release(&arena);
	}
}

static void commands_are_read(void **state)
{
	static const struct {
		const char *line, *command, *args, *words;
	} cases[] = {
		{ "assign water", "assign", "water", NULL },
		{ "  assign   water now ", "assign", "water now ", NULL },
		{ "assign", "assign", "", NULL },
		{ "ASSIGN x", "assign", "x", NULL },
		{ "ａｓｓｉｇｎ x", "assign", "x", NULL },
		{ "Assign x", "assign", "x", NULL }, /* its title */
		{ "　ａｓｓｉｇｎ　x　y", "assign", "x　y", NULL }, /* wide blanks */
		{ "assign　", "assign", "", NULL },
		{ "asign x", NULL, NULL, "assign" },
		{ "arch", NULL, NULL, "archive" },
		{ "zzzzzz", NULL, NULL, "F1" },
		{ "", NULL, NULL, "F1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		const char *args = NULL;
		const struct ui_command *command =
			prompt_parse_command(&commands, cases[i].line, &args, &err);

		if (cases[i].command != NULL) {
			assert_non_null(command);
			assert_string_equal(command->name, cases[i].command);
			assert_string_equal(args, cases[i].args);
		} else {
			assert_null(command);
			assert_null(args);
			assert_non_null(strstr(err.text, cases[i].words));
		}
	}
}

static void questions_take_digits_too(void **state)
{
	static const struct {
		const char *key;
		enum prompt_result result;
	} cases[] = {
		{ "y", PROMPT_DONE }, { "Y", PROMPT_DONE },  { "1", PROMPT_DONE },
		{ "ｙ", PROMPT_DONE }, { "n", PROMPT_LEFT },  { "2", PROMPT_LEFT },
		{ "Esc", PROMPT_LEFT }, { "x", PROMPT_MORE }, { "Enter", PROMPT_MORE },
		{ "Ctrl-Y", PROMPT_MORE },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct key key;

		assert_int_equal(key_parse(cases[i].key, strlen(cases[i].key), &key, NULL), ERR_OK);
		assert_int_equal(question_key(key), cases[i].result);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_edit_and_complete),
		cmocka_unit_test(history_is_walked),
		cmocka_unit_test(it_looks_right),
		cmocka_unit_test(commands_are_read),
		cmocka_unit_test(commands_are_offered),
		cmocka_unit_test(words_are_offered),
		cmocka_unit_test(questions_take_digits_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
