/* Pickers, the palette, the numbered menu and help. */
#include <config.h>

#include "ui_test.h"

#include <stdio.h>

#include "zhiban/ui/help.h"
#include "zhiban/ui/palette.h"

static const struct picker_item items[] = {
	{ .label = "水务局", .name = "water", .hint = "swj", .help = "供水 排水" },
	{ .label = "住建局", .name = "house", .hint = "zjj", .help = "房屋" },
	{ .label = "城管局", .name = "city", .hint = "cgj", .why = "不在本辖区" },
	{ .label = "Water street", .name = "street" },
};

static enum picker_result press(struct picker *picker, const char *keys)
{
	enum picker_result last = PICKER_IGNORED;
	struct key key;

	EACH_KEY(keys, key)
	{
		last = picker_key(picker, key, "");
	}
	return last;
}

static void typing_narrows(void **state)
{
	static const struct {
		unsigned flags;
		const char *keys;
		enum picker_result result;
		size_t shown;
		long current; /* -1: none */
	} cases[] = {
		{ 0, "Down", PICKER_MORE, 4, 1 },
		{ 0, "Down Down Down Down Up", PICKER_MORE, 4, 2 },
		{ 0, "PgDn", PICKER_MORE, 4, 3 },
		{ 0, "Ctrl-N Ctrl-N Ctrl-P Enter", PICKER_DONE, 4, 1 },
		{ 0, "\"zj\" Enter", PICKER_DONE, 1, 1 },
		{ 0, "\"WATER\"", PICKER_MORE, 2, 0 },
		{ 0, "\"ｗａｔｅｒ\"", PICKER_MORE, 2, 0 },
		{ 0, "\"street\"", PICKER_MORE, 1, 3 },
		{ 0, "\"排水\" Enter", PICKER_DONE, 1, 0 },
		{ 0, "\"局 水\"", PICKER_MORE, 1, 0 }, /* every word, in any order */
		{ 0, "\"nothing\" Enter", PICKER_MORE, 0, -1 },
		{ 0, "\"nothing\" Ctrl-U", PICKER_MORE, 4, 0 },
		{ 0, "\"cgj\" Enter", PICKER_MORE, 1, 2 }, /* cannot be chosen now */
		{ 0, "Esc", PICKER_LEFT, 4, 0 },
		{ 0, "F5", PICKER_IGNORED, 4, 0 },
		{ PICKER_NUMBERS, "2", PICKER_DONE, 4, 1 },
		{ PICKER_NUMBERS, "２", PICKER_DONE, 4, 1 },
		{ PICKER_NUMBERS, "3", PICKER_MORE, 4, 2 },
		{ PICKER_NUMBERS, "9", PICKER_MORE, 4, 0 },
		{ PICKER_NUMBERS, "\"zj\" 1", PICKER_DONE, 1, 1 },
		{ PICKER_NO_TYPING, "x", PICKER_IGNORED, 4, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct picker *picker = picker_new("T", items, ARRAY_LEN(items), cases[i].flags);
		size_t current = 99;

		if (press(picker, cases[i].keys) != cases[i].result ||
		    picker_shown(picker) != cases[i].shown)
			print_error("%s: %zu shown\n", cases[i].keys, picker_shown(picker));
		assert_int_equal(picker_shown(picker), cases[i].shown);
		assert_int_equal(picker_current(picker, &current), cases[i].current >= 0);
		if (cases[i].current >= 0)
			assert_int_equal(current, cases[i].current);
		picker_free(picker);
		picker = picker_new(NULL, items, ARRAY_LEN(items), cases[i].flags);
		assert_int_equal(press(picker, cases[i].keys), cases[i].result);
		picker_free(picker);
	}
}

/* Names in pinyin, the whole one first; sentences only spelled out. */
static void pinyin_narrows(void **state)
{
	static const struct picker_item names[] = {
		{ .label = "兰陵街道", .hint = "ll 天宁区兰陵街道", .help = "天宁区兰陵街道办事处" },
		{ .label = "雕庄", .hint = "dz", .help = "雕庄街道办事处" },
		{ .label = "长江路", .help = "先锋社区以西" },
		{ .label = "市长热线" },
		{ .label = "assign", .help = "交办给一个单位" },
		{ .label = "兰陵" },
		{ .label = "扩音喇叭", .name = "ll" },
	};
	static const struct {
		const char *typed;
		size_t shown;
		size_t first;
	} cases[] = {
		{ "兰陵", 2, 5 },	  { "lanling", 2, 5 }, { "lljd", 1, 0 }, { "llj", 1, 0 },
		{ "tnq", 1, 0 },  /* the full name, in the hint */
		{ "cj", 1, 2 },	  { "changjiang", 1, 2 }, { "zj", 0, 0 }, { "shizhang", 1, 3 },
		{ "rexian", 1, 3 },	  { "jiaoban", 1, 4 },    { "danwei", 1, 4 },
		{ "dw", 0, 0 },	  /* initials within a sentence */
		{ "ll jie", 1, 0 }, /* every word */
		{ "xianfeng", 1, 2 },	  { "lanlign", 0, 0 },
		{ "ll", 3, 5 }, /* the whole of a label or name before what begins so */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct picker *picker = picker_new(NULL, names, ARRAY_LEN(names), 0);
		size_t current = 99;

		picker_filter(picker, cases[i].typed);
		if (picker_shown(picker) != cases[i].shown)
			fail_msg("%s: %zu shown", cases[i].typed, picker_shown(picker));
		assert_int_equal(picker_current(picker, &current), cases[i].shown > 0);
		if (cases[i].shown > 0 && current != cases[i].first)
			fail_msg("%s: %zu first", cases[i].typed, current);
		picker_free(picker);
	}
}

static void several_can_be_marked(void **state)
{
	struct picker *picker = picker_new("T", items, ARRAY_LEN(items), PICKER_MANY);

	(void)state;
	assert_int_equal(press(picker, "Space Down Space Space Enter"), PICKER_DONE);
	assert_true(picker_is_marked(picker, 0));
	assert_false(picker_is_marked(picker, 2)); /* it has a why */
	assert_false(picker_is_marked(picker, 1));
	picker_free(picker);
}

/* What was typed to find the one is in the way of the next. */
static void marking_clears_what_was_typed(void **state)
{
	struct picker *picker = picker_new("T", items, ARRAY_LEN(items), PICKER_MANY);

	(void)state;
	picker_filter(picker, items[0].label);
	assert_int_equal(press(picker, "Space"), PICKER_MORE);
	assert_string_equal(picker_typed(picker), "");
	assert_int_equal(picker_shown(picker), ARRAY_LEN(items));
	assert_true(picker_is_marked(picker, 0));
	assert_int_equal(press(picker, "Enter"), PICKER_DONE);
	picker_free(picker);
}

static void pickers_scroll(void **state)
{
	struct picker_item many[40];
	static char labels[40][8];
	struct canvas *canvas = canvas_new(8, 30);
	struct area area = { 0, 0, 8, 30 };
	struct picker *picker;

	(void)state;
	for (int i = 0; i < 40; i++) {
		snprintf(labels[i], sizeof labels[i], "项%d", i);
		many[i] = (struct picker_item){ .label = labels[i],
						.group = i < 20 ? "甲" : "乙" };
	}
	picker = picker_new("选", many, 40, 0);
	assert_int_equal(picker_rows(picker), 45);
	picker_draw(picker, canvas, area);
	assert_row(canvas, 0, "+- 选 -----------------------+");
	assert_row(canvas, 2, "| 甲                         |");
	assert_row(canvas, 3, "|> 项0                       |");
	for (int i = 0; i < 20; i++)
		press(picker, "Down");
	picker_draw(picker, canvas, area);
	assert_row(canvas, 5, "| 乙                         |");
	assert_row(canvas, 6, "|> 项20                      |");
	press(picker, "PgUp PgUp PgUp PgUp PgUp PgUp");
	picker_draw(picker, canvas, area);
	assert_row(canvas, 2, "| 甲                         |");
	press(picker, "\"项3\""); /* ten and one; no groups while typing */
	picker_draw(picker, canvas, area);
	assert_int_equal(picker_shown(picker), 11);
	assert_row(canvas, 2, "|> 项3                       |");
	press(picker, "\"x\"");
	picker_draw(picker, canvas, area);
	assert_row(canvas, 2, "|  nothing matches           |");
	picker_free(picker);
	canvas_free(canvas);
}

enum { BOARD = 1, PAGE = 2 };

static const struct ui_command table[] = {
	{ "down", NULL, "Moving", "j Down", "", "one row down", 0, 0, 0 },
	{ "assign", "Assign", "Acts", "a", "", "give it to a department", BOARD | PAGE, 1, 0 },
	{ "up", NULL, "Moving", "k Up", "", "one row up", 0, 0, 0 },
	{ "sign", "Sign", "Acts", "s", "", "sign for it", BOARD, 1, 0 },
	{ "swap", "Swap", "Roster", "S", "", "swap a shift", PAGE, 0, 0 },
};
static const struct ui_commands commands = { table, ARRAY_LEN(table) };

static bool acts_only(void *ctx, const struct ui_command *command)
{
	(void)ctx;
	return command->needs != 0;
}

static const char *why_not(void *ctx, const struct ui_command *command)
{
	(void)ctx;
	return strcmp(command->name, "sign") == 0 ? "签收过了" : NULL;
}

static void the_palette_gives_commands(void **state)
{
	struct palette_spec spec = { .title = "命令", .commands = &commands, .where = BOARD };
	struct canvas *canvas = canvas_new(8, 50);
	struct palette *palette;
	struct keymap *keymap;
	struct key key;

	(void)state;
	assert_int_equal(keymap_new(&commands, &keymap, NULL), ERR_OK);
	spec.keymap = keymap;
	spec.why = why_not;
	palette = palette_new(&spec);
	assert_int_equal(palette_rows(palette), 4 + 3);
	palette_draw(palette, canvas, (struct area){ 0, 0, 8, 50 });
	assert_row(canvas, 2, "|> j  down    one row down                       |");
	assert_row(canvas, 5, "|  s  Sign    签收过了                           |");
	EACH_KEY("\"depart\"", key)
	{
		assert_int_equal(palette_key(palette, key, ""), PICKER_MORE);
	}
	assert_int_equal(palette_key(palette, (struct key){ UIKEY_ENTER, 0 }, ""), PICKER_DONE);
	assert_string_equal(palette_command(palette)->name, "assign");
	palette_free(palette);

	spec.numbers = true;
	spec.take = acts_only;
	palette = palette_new(&spec);
	palette_draw(palette, canvas, (struct area){ 0, 0, 8, 50 });
	assert_row(canvas, 2, "|> 1 a  Assign  give it to a department          |");
	assert_int_equal(palette_key(palette, (struct key){ '2', 0 }, ""), PICKER_MORE);
	assert_int_equal(palette_key(palette, (struct key){ '1', 0 }, ""), PICKER_DONE);
	assert_string_equal(palette_command(palette)->name, "assign");
	palette_free(palette);
	keymap_free(keymap);
	canvas_free(canvas);
}

static void help_groups_what_works_here(void **state)
{
	struct palette_spec spec = { .title = "帮助", .commands = &commands, .where = BOARD };
	struct canvas *canvas = canvas_new(10, 50);
	struct area area = { 0, 0, 10, 50 };
	struct help *help;
	struct keymap *keymap;
	struct key key;

	(void)state;
	assert_int_equal(keymap_new(&commands, &keymap, NULL), ERR_OK);
	spec.keymap = keymap;
	help = help_new(&spec);
	help_draw(help, canvas, area);
	assert_row(canvas, 2, "| Moving                                         |");
	assert_row(canvas, 3, "|> j Down  down    one row down                  |");
	assert_row(canvas, 4, "|  k Up    up      one row up                    |");
	assert_row(canvas, 5, "| Acts                                           |");
	assert_row(canvas, 7, "|  s       Sign    sign for it                   |");
	assert_row(canvas, 8, "|                                                |");
	EACH_KEY("\"sign\" Enter", key)
	{
		(void)help_key(help, key, "");
	}
	assert_string_equal(help_command(help)->name, "sign");
	help_free(help);
	keymap_free(keymap);
	canvas_free(canvas);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing_narrows),
		cmocka_unit_test(pinyin_narrows),
		cmocka_unit_test(several_can_be_marked),
		cmocka_unit_test(marking_clears_what_was_typed),
		cmocka_unit_test(pickers_scroll),
		cmocka_unit_test(the_palette_gives_commands),
		cmocka_unit_test(help_groups_what_works_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
