/* The stack of views: who gets a key, what flags do, what is drawn. */
#include <config.h>

#include "ui_test.h"

#include <stdio.h>

#include "zhiban/ui/view.h"

enum { BOARD = 1, PAGE = 2 };

static const struct ui_command table[] = {
	{ "open", NULL, "G", "o", "", "", 0, 0, 'o' },	 { "menu", NULL, "G", "m", "", "", 0, 0, 'm' },
	{ "shut", NULL, "G", "q", "", "", 0, 0, 'q' },	 { "back", NULL, "G", "[", "", "", 0, 0, '[' },
	{ "forward", NULL, "G", "]", "", "", 0, 0, ']' }, { "home", NULL, "G", "2", "", "", 0, 0, '2' },
	{ "leave", NULL, "G", "Q", "", "", 0, 0, 'Q' },	 { "bell", NULL, "G", "b", "", "", 0, 0, 'b' },
	{ "act", NULL, "G", "a", "", "", BOARD, 0, 'a' }, { "barred", NULL, "G", "x", "", "", 0, 0, 'x' },
	{ "reload", NULL, "G", "r", "", "", 0, 0, 'r' },	 { "fail", NULL, "G", "f", "", "", 0, 0, 'f' },
	{ "go", NULL, "G", "z,z", "", "", 0, 0, 'z' },	 { "away", NULL, "G", "Esc", "", "", 0, 0, 'E' },
};
static const struct ui_commands commands = { table, ARRAY_LEN(table) };

struct world { /* the shell's ctx; log of what happened */
	struct ui *ui;
	struct str log;
	int opened;
};

struct view {
	struct world *world;
	const char *name;
	int number;
};

static enum err open_as(const char *name, struct ui *ui, void **ret_state)
{
	struct view *view = mem_alloc(sizeof *view);

	view->world = ui_shell(ui);
	view->name = name;
	view->number = ++view->world->opened;
	str_addf(&view->world->log, "+%s%d ", name, view->number);
	*ret_state = view;
	return ERR_OK;
}

static enum err board_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	(void)arg, (void)err;
	return open_as("board", ui, ret_state);
}

static enum err page_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	if (arg != NULL && *(const int *)arg == 13)
		return error_set(err, ERR_NOT_FOUND, "没有这一件");
	return open_as("page", ui, ret_state);
}

static enum err menu_open(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	(void)arg, (void)err;
	return open_as("menu", ui, ret_state);
}

static void view_close(void *state)
{
	struct view *view = state;

	str_addf(&view->world->log, "-%s%d ", view->name, view->number);
	free(view);
}

static void view_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct view *view = state;

	str_addf(&view->world->log, "%s%s%d ", all ? "DRAW" : "draw", view->name, view->number);
	if (all)
		canvas_erase(canvas, area);
	canvas_textf(canvas, area.row, area.col, area.cols, ROLE_TEXT, "%s %d", view->name,
		     view->number);
}

static unsigned board_command(void *state, const struct ui_command *command, const char *args)
{
	struct view *view = state;

	(void)args;
	if (command->id != 'a')
		return UI_IGNORED;
	str_add(&view->world->log, "act ");
	return UI_REDRAW;
}

static unsigned view_reload(void *state)
{
	struct view *view = state;

	str_addf(&view->world->log, "reload%d ", view->number);
	return UI_REDRAW;
}

static unsigned view_tick(void *state, int64_t now)
{
	struct view *view = state;

	str_addf(&view->world->log, "tick%d@%d ", view->number, (int)now);
	return UI_NOTHING;
}

/* The menu takes all keys: Enter runs "act" after closing. */
static unsigned menu_key(void *state, struct key key, const char *pasted)
{
	struct view *view = state;

	str_addf(&view->world->log, "key%s ", pasted);
	if (key.code == UIKEY_ENTER) {
		ui_then(view->world->ui, &table[8], "");
		return UI_CLOSE;
	}
	return key.code == UIKEY_ESC ? UI_CLOSE : UI_REDRAW;
}

static struct area menu_place(void *state, struct area body)
{
	(void)state;
	return area_bottom(&body, 1);
}

static const char *page_title(void *state)
{
	(void)state;
	return "一页";
}

static const struct view_ops board_ops = {
	.name = "board", .where = BOARD, .open = board_open, .close = view_close, .draw = view_draw,
	.command = board_command, .reload = view_reload, .tick = view_tick,
};
static const struct view_ops page_ops = {
	.name = "page", .where = PAGE, .open = page_open, .close = view_close, .draw = view_draw,
	.title = page_title, .reload = view_reload,
};
static const struct view_ops menu_ops = {
	.name = "menu", .where = PAGE, .overlay = true, .open = menu_open, .close = view_close,
	.draw = view_draw, .key = menu_key, .place = menu_place,
};

static struct area body(void *ctx, int rows, int cols)
{
	(void)ctx;
	return (struct area){ 1, 0, rows - 2, cols };
}

static void frame(void *ctx, struct canvas *canvas)
{
	struct world *world = ctx;

	str_add(&world->log, "frame ");
	canvas_pad(canvas, 0, 0, canvas_cols(canvas), ROLE_TITLE, "框", PAD_RIGHT);
	canvas_pad(canvas, canvas_rows(canvas) - 1, 0, canvas_cols(canvas), ROLE_HINT, "提示",
		   PAD_RIGHT);
}

static unsigned shell_command(void *ctx, const struct ui_command *command, const char *args)
{
	struct world *world = ctx;
	int unlucky = 13;

	(void)args;
	switch (command->id) {
	case 'o':
		return ui_open(world->ui, &page_ops, NULL, 0);
	case 'f':
		return ui_open(world->ui, &page_ops, &unlucky, sizeof unlucky);
	case 'm':
		return ui_open(world->ui, &menu_ops, NULL, 0);
	case 'q':
		return UI_CLOSE;
	case '[':
		return ui_back(world->ui);
	case ']':
		return ui_forward(world->ui);
	case '2':
		return ui_switch(world->ui, &board_ops, NULL, 0);
	case 'Q':
		return UI_QUIT;
	case 'b':
		return UI_BELL | UI_FRAME;
	case 'r':
		return UI_RELOAD;
	default:
		str_addf(&world->log, "shell:%s ", command->name);
		return UI_NOTHING;
	}
}

static const char *shell_why(void *ctx, const struct ui_command *command)
{
	(void)ctx;
	return command->id == 'x' ? "只读" : NULL;
}

static const struct shell_ops shell = { .body = body, .frame = frame, .command = shell_command,
					.why = shell_why };

static struct world *world_new(struct keymap **ret_keymap, int rows, int cols)
{
	struct world *world = mem_alloc(sizeof *world);

	assert_int_equal(keymap_new(&commands, ret_keymap, NULL), ERR_OK);
	world->ui = ui_new(&shell, world, *ret_keymap, rows, cols);
	ui_apply(world->ui, ui_open(world->ui, &board_ops, NULL, 0));
	ui_draw(world->ui);
	return world;
}

static void world_free(struct world *world, struct keymap *keymap)
{
	ui_free(world->ui);
	keymap_free(keymap);
	str_release(&world->log);
	free(world);
}

static unsigned press(struct world *world, const char *keys)
{
	unsigned flags = 0;
	struct key key;

	EACH_KEY(keys, key)
	{
		flags |= ui_key(world->ui, key, "");
		if (ui_dirty(world->ui))
			ui_draw(world->ui);
	}
	return flags;
}

static void keys_find_their_handlers(void **state)
{
	static const struct {
		const char *keys, *log;
		unsigned flags;
	} cases[] = {
		{ "a", "act drawboard1 ", 0 },
		{ "ａ", "act drawboard1 ", 0 },
		{ "o", "+page2 frame DRAWpage2 ", 0 },
		{ "o a", "+page2 frame DRAWpage2 ", 0 }, /* no act in that context */
		{ "o q", "+page2 frame DRAWpage2 -page2 frame DRAWboard1 ", 0 },
		{ "q q", "", 0 }, /* the last view stays */
		{ "o [ ]", "+page2 frame DRAWpage2 frame DRAWboard1 frame DRAWpage2 ", 0 },
		{ "o [ o", "+page2 frame DRAWpage2 frame DRAWboard1 +page3 -page2 frame DRAWpage3 ", 0 },
		{ "o 2 ]", "+page2 frame DRAWpage2 frame DRAWboard1 frame DRAWpage2 ", 0 },
		{ "m j", "+menu2 frame DRAWboard1 DRAWmenu2 key drawmenu2 ", 0 },
		{ "m Esc", "+menu2 frame DRAWboard1 DRAWmenu2 key -menu2 frame DRAWboard1 ", 0 },
		{ "m Enter", "+menu2 frame DRAWboard1 DRAWmenu2 key -menu2 act frame DRAWboard1 ", 0 },
		{ "r", "reload1 drawboard1 ", 0 },
		{ "o r [", "+page2 frame DRAWpage2 reload2 drawpage2 reload1 frame DRAWboard1 ", 0 },
		{ "Q", "", UI_QUIT },
		{ "b", "frame ", UI_BELL },
		{ "z z", "drawboard1 shell:go frame DRAWboard1 ", 0 },
		{ "z Esc", "drawboard1 frame DRAWboard1 ", 0 },
		{ "z Alt-a", "drawboard1 act frame DRAWboard1 ", 0 }, /* Esc drops z, then a */
		{ "Alt-a", "shell:away act drawboard1 ", 0 }, /* Esc, then a */
		{ "m Alt-j", "+menu2 frame DRAWboard1 DRAWmenu2 key drawmenu2 ", 0 },
		{ "k", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct keymap *keymap;
		struct world *world = world_new(&keymap, 24, 80);
		unsigned flags;

		str_clear(&world->log);
		flags = press(world, cases[i].keys);
		if (strcmp(str_get(&world->log), cases[i].log) != 0)
			print_error("%s\n", cases[i].keys);
		assert_string_equal(str_get(&world->log), cases[i].log);
		assert_int_equal(flags, cases[i].flags);
		world_free(world, keymap);
	}
}

static void notices_stay_until_the_next_key(void **state)
{
	struct keymap *keymap;
	struct world *world = world_new(&keymap, 24, 80);
	struct canvas *canvas = ui_canvas(world->ui);

	(void)state;
	press(world, "x");
	assert_row(canvas, 23, "只读");
	press(world, "k");
	assert_row(canvas, 23, "提示");
	assert_int_equal(press(world, "f"), UI_BELL);
	assert_row(canvas, 23, "没有这一件");
	assert_int_equal(ui_depth(world->ui), 1);
	press(world, "z");
	assert_row(canvas, 20, "+- z .. and then (Esc: nothing) -----------------------------------------------+");
	world_free(world, keymap);
}

static void titles_and_contexts_are_the_tops(void **state)
{
	struct keymap *keymap;
	struct world *world = world_new(&keymap, 24, 80);

	(void)state;
	assert_string_equal(ui_title(world->ui), "board");
	assert_int_equal(ui_where(world->ui), BOARD);
	press(world, "o");
	assert_string_equal(ui_title(world->ui), "一页");
	assert_int_equal(ui_where(world->ui), PAGE);
	assert_int_equal(ui_depth(world->ui), 2);
	assert_ptr_equal(ui_top(world->ui), &page_ops);
	str_clear(&world->log);
	press(world, "[");
	ui_tick(world->ui, 7);
	assert_non_null(strstr(world->log.s, "tick1@7"));
	world_free(world, keymap);
}

static void too_small_screens_say_so(void **state)
{
	static const struct {
		int rows, cols;
		bool small;
	} cases[] = { { 16, 60, false }, { 15, 60, true }, { 16, 59, true }, { 1, 1, true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct keymap *keymap;
		struct world *world = world_new(&keymap, 24, 80);
		char *row;

		str_clear(&world->log);
		ui_resize(world->ui, cases[i].rows, cases[i].cols);
		ui_draw(world->ui);
		row = canvas_row(ui_canvas(world->ui), 0);
		if (cases[i].small && cases[i].cols > 1) {
			assert_true(str_starts(row, "The screen is "));
			assert_row(ui_canvas(world->ui), 1, "60x16 is the least.");
		}
		free(row);
		press(world, "a");
		assert_int_equal(strstr(str_get(&world->log), "act") == NULL, cases[i].small);
		assert_int_equal(press(world, "Q"), UI_QUIT);
		ui_resize(world->ui, 24, 80);
		ui_draw(world->ui);
		assert_row(ui_canvas(world->ui), 1, "board 1");
		world_free(world, keymap);
	}
}

static void texts_are_not_rows_of_commands(void **state)
{
	struct keymap *keymap;
	struct world *world = world_new(&keymap, 24, 80);

	(void)state;
	str_clear(&world->log);
	assert_int_equal(ui_key(world->ui, (struct key){ UIKEY_PASTE, 0 }, "aQ"), UI_NOTHING);
	assert_string_equal(str_get(&world->log), "");
	press(world, "m");
	ui_key(world->ui, (struct key){ UIKEY_PASTE, 0 }, "文");
	assert_non_null(strstr(world->log.s, "key文"));
	world_free(world, keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_find_their_handlers),
		cmocka_unit_test(notices_stay_until_the_next_key),
		cmocka_unit_test(titles_and_contexts_are_the_tops),
		cmocka_unit_test(too_small_screens_say_so),
		cmocka_unit_test(texts_are_not_rows_of_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
