/* The painter against an emulated terminal: whatever is drawn, the screen shows the canvas. */
#include <config.h>

#include "ui_test.h"

#include <stdio.h>

#include <vterm.h>

#include "painter_priv.h"

struct stage {
	struct term term;
	struct painter painter;
	VTerm *vt;
	VTermScreen *screen;
	struct canvas *canvas;
	struct theme *theme;
	size_t bytes; /* of the last flush */
};

static void stage_put(struct term *term, int row, int col, const char *text, size_t len,
		      struct term_style style)
{
	painter_put(&((struct stage *)term)->painter, row, col, text, len, style);
}

static bool stage_shift(struct term *term, int top, int bottom, int lines)
{
	return painter_shift(&((struct stage *)term)->painter, top, bottom, lines);
}

static void stage_cursor(struct term *term, int row, int col)
{
	painter_cursor(&((struct stage *)term)->painter, row, col);
}

static void stage_flush(struct term *term)
{
	struct stage *stage = (struct stage *)term;

	painter_finish(&stage->painter);
	stage->bytes = stage->painter.out.len;
	vterm_input_write(stage->vt, str_get(&stage->painter.out), stage->painter.out.len);
	str_clear(&stage->painter.out);
}

static const struct term_ops ops = { .put = stage_put, .shift = stage_shift,
				     .cursor = stage_cursor, .flush = stage_flush };

static const struct painter_caps all_caps = {
	.regions = true, .erase_chars = true, .late_wrap = true, .bright = true,
	.default_pair = true, .hide = true,
	.attrs = TERM_BOLD | TERM_UNDERLINE | TERM_REVERSE,
};

static struct stage *stage_new(int rows, int cols, const struct painter_caps *caps)
{
	struct stage *stage = mem_alloc(sizeof *stage);
	char themes[4096];
	const char *folders[] = { themes, NULL };

	snprintf(themes, sizeof themes, "%s/themes", getenv("ZHIBAN_SRCDIR"));
	assert_int_equal(theme_load("dark", folders, 256, &stage->theme, NULL), ERR_OK);
	stage->term.ops = &ops;
	stage->painter.caps = *caps;
	painter_reset(&stage->painter, rows, cols);
	painter_cursor(&stage->painter, -1, 0);
	stage->canvas = canvas_new(rows, cols);
	stage->vt = vterm_new(rows, cols);
	vterm_set_utf8(stage->vt, 1);
	stage->screen = vterm_obtain_screen(stage->vt);
	vterm_screen_reset(stage->screen, 1);
	return stage;
}

static void stage_free(struct stage *stage)
{
	vterm_free(stage->vt);
	painter_release(&stage->painter);
	canvas_free(stage->canvas);
	theme_free(stage->theme);
	free(stage);
}

static void assert_colour(const VTermColor *colour, int expected)
{
	bool is_default = VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour);

	assert_int_equal(is_default, expected == TERM_DEFAULT);
	if (!is_default) {
		assert_true(VTERM_COLOR_IS_INDEXED(colour));
		assert_int_equal(colour->indexed.idx, expected);
	}
}

/* The emulated cell looks as the canvas's role says; of a space only what can be seen. */
static void assert_cell(const struct stage *stage, int row, int col, bool space)
{
	struct term_style style = theme_style(stage->theme,
					      canvas_role_at(stage->canvas, row, col));
	VTermScreenCell cell;
	VTermPos pos = { row, col };

	vterm_screen_get_cell(stage->screen, pos, &cell);
	assert_colour(&cell.bg, style.bg);
	assert_int_equal(cell.attrs.underline != 0, (style.attr & TERM_UNDERLINE) != 0);
	assert_int_equal(cell.attrs.reverse != 0, (style.attr & TERM_REVERSE) != 0);
	if (space)
		return;
	assert_colour(&cell.fg, style.fg);
	assert_int_equal(cell.attrs.bold != 0, (style.attr & TERM_BOLD) != 0);
}

static void assert_shown(struct stage *stage)
{
	struct str wanted = STR_INIT;
	const char *s;

	canvas_flush(stage->canvas, &stage->term, stage->theme);
	vterm_screen_flush_damage(stage->screen);
	canvas_dump(stage->canvas, &wanted);
	s = str_get(&wanted);
	for (int row = 0; row < canvas_rows(stage->canvas); row++, s++)
		for (int col = 0; col < canvas_cols(stage->canvas); col++) {
			VTermScreenCell cell;
			VTermPos pos = { row, col };
			uint32_t cp = ' ';
			size_t n = *s == '\n' ? 0 : (size_t)1;

			if (n > 0)
				for (n = 1; ((unsigned char)s[n] & 0xC0) == 0x80; n++)
					continue;
			if (n > 0) {
				cp = (unsigned char)s[0];
				if (n == 3)
					cp = (cp & 15) << 12 | ((uint32_t)s[1] & 63) << 6 |
					     ((uint32_t)s[2] & 63);
				s += n;
			}
			vterm_screen_get_cell(stage->screen, pos, &cell);
			assert_int_equal(cell.chars[0] == 0 ? ' ' : cell.chars[0], cp);
			assert_cell(stage, row, col, cp == ' ');
			if (cp > 0xFF)
				col++; /* its other half */
		}
	str_release(&wanted);
}

static uint32_t chance(uint32_t *seed, uint32_t n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % n;
}

static void draw_something(struct stage *stage, uint32_t *seed)
{
	static const char *const texts[] = {
		"a", "值班", "----------------------------", "        ", "x          y", "青洋路夜间渣土车遗撒",
		"22-0417", "  -01:12 特急", "aaaaaaaaaaaa值         班", "一个 两个  三个   四个",
	};
	static const enum role roles[] = { ROLE_TEXT, ROLE_TEXT, ROLE_TITLE, ROLE_CLOCK_OVERDUE,
					   ROLE_ALARM, ROLE_LINK, ROLE_HINT, ROLE_CONFLICT };
	int rows = canvas_rows(stage->canvas), cols = canvas_cols(stage->canvas);
	int row = (int)chance(seed, (uint32_t)rows), col = (int)chance(seed, (uint32_t)cols);
	enum role role = roles[chance(seed, ARRAY_LEN(roles))];
	struct area area = { row, col, 1 + (int)chance(seed, 5), 1 + (int)chance(seed, 30) };
	struct area lines = { row, 0, 2 + (int)chance(seed, (uint32_t)rows), cols };
	struct area all = { 0, 0, rows, cols };
	int by = (int)chance(seed, 7) - 3;

	switch (chance(seed, 13)) {
	case 0:
		canvas_erase(stage->canvas, area);
		break;
	case 1:
		canvas_fill(stage->canvas, area, '-', role);
		break;
	case 2:
		canvas_shift(stage->canvas, lines, by);
		break;
	case 3:
		canvas_shift(stage->canvas, area, by);
		break;
	case 4:
		canvas_paint(stage->canvas, row, col, area.cols, role);
		break;
	case 5:
		canvas_cursor(stage->canvas, row - 1, col);
		break;
	case 6:
		canvas_fill(stage->canvas, area, ' ', role);
		break;
	case 7:
		canvas_shift(stage->canvas, all, by);
		break;
	case 8:
		canvas_box(stage->canvas, area, ROLE_FRAME, "标题");
		break;
	default:
		canvas_text(stage->canvas, row, col, cols, role,
			    texts[chance(seed, ARRAY_LEN(texts))]);
		break;
	}
}

static void whatever_is_drawn_is_shown(void **state)
{
	static const struct {
		int rows, cols;
		unsigned lacks; /* bits: regions, erase, late wrap, bright, default pair, hide, repeat */
	} cases[] = {
		{ 24, 80, 0 }, { 6, 20, 0 }, { 12, 40, 1 }, { 12, 40, 2 }, { 12, 40, 4 },
		{ 12, 40, 8 }, { 12, 40, 16 }, { 12, 40, 32 }, { 12, 40, 64 }, { 7, 13, 127 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct painter_caps caps = all_caps;
		struct stage *stage;
		uint32_t seed = 7 + (uint32_t)i;

		caps.regions = !(cases[i].lacks & 1);
		caps.erase_chars = !(cases[i].lacks & 2);
		caps.bright = !(cases[i].lacks & 8);
		caps.default_pair = !(cases[i].lacks & 16);
		caps.hide = !(cases[i].lacks & 32);
		caps.repeat = !(cases[i].lacks & 64);
		stage = stage_new(cases[i].rows, cases[i].cols, &caps);
		/* Without it the last cell of all stays as it is: keep it blank. */
		stage->painter.caps.late_wrap = !(cases[i].lacks & 4);
		for (int step = 0; step < 1500; step++) {
			for (uint32_t k = chance(&seed, 6); k > 0; k--)
				draw_something(stage, &seed);
			if (cases[i].lacks & 4)
				canvas_erase(stage->canvas,
					     (struct area){ 0, cases[i].cols - 2, cases[i].rows, 2 });
			assert_shown(stage);
			if (step % 200 == 199) {
				painter_forget(&stage->painter);
				canvas_invalidate(stage->canvas);
			}
		}
		stage_free(stage);
	}
}

/* Exactly these bytes, because they are few. */
static void the_way_is_short(void **state)
{
	struct stage *stage = stage_new(24, 80, &all_caps);
	static const struct {
		int row, col, want_row, want_col;
		const char *bytes;
	} cases[] = {
		{ 5, 5, 5, 6, "x" },	    { 5, 5, 5, 5, "\bx" },
		{ 5, 5, 5, 0, "\rx" },	    { 5, 5, 6, 0, "\r\nx" },
		{ 5, 5, 6, 6, "\nx" },	    { 5, 5, 6, 5, "\b\nx" },
		{ 5, 5, 5, 10, "\033[4Cx" }, { 5, 5, 4, 6, "\033[Ax" },
		{ 5, 5, 20, 40, "\033[21;41Hx" }, { 5, 5, 20, 0, "\033[21Hx" },
		{ 5, 79, 5, 0, "\rx" },	    { 5, 79, 6, 0, "\r\nx" },
		{ 5, 79, 5, 3, "\033[6;4Hx" }, /* about to wrap */
		{ 5, 30, 5, 20, "\033[11Dx" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str *out = &stage->painter.out;
		struct term_style style = { TERM_DEFAULT, TERM_DEFAULT, 0 };

		painter_put(&stage->painter, cases[i].row, cases[i].col, "y", 1, style);
		str_clear(out);
		painter_put(&stage->painter, cases[i].want_row, cases[i].want_col, "x", 1, style);
		if (strcmp(out->s, cases[i].bytes) != 0)
			print_error("case %zu: %s\n", i, out->s + 1);
		assert_string_equal(out->s, cases[i].bytes);
	}
	stage_free(stage);
}

static void styles_change_in_one_sequence(void **state)
{
	static const struct term_style none = { -1, -1, 0 };
	static const struct {
		struct term_style from, to;
		const char *bytes;
	} cases[] = {
		{ { -1, -1, 0 }, { -1, -1, TERM_BOLD }, "\033[1mx" },
		{ { -1, -1, 0 }, { 9, -1, TERM_BOLD }, "\033[1;91mx" },
		{ { 9, -1, 0 }, { -1, -1, 0 }, "\033[mx" },
		{ { 9, -1, 0 }, { 3, -1, 0 }, "\033[33mx" },
		{ { 9, -1, TERM_BOLD }, { -1, -1, TERM_BOLD }, "\033[39mx" },
		{ { 9, -1, TERM_BOLD }, { 9, -1, 0 }, "\033[0;91mx" },
		{ { -1, -1, 0 }, { 245, 231, 0 }, "\033[38;5;245;48;5;231mx" },
		{ { 2, 1, 0 }, { 2, -1, 0 }, "\033[49mx" },
		{ { 2, -1, 0 }, { 2, -1, 0 }, "x" },
		{ { -1, -1, 0 }, { -1, -1, TERM_DIM }, "x" }, /* it has none */
	};
	struct stage *stage = stage_new(24, 80, &all_caps);
	int col = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++, col += 2) {
		painter_put(&stage->painter, 0, col, "y", 1, cases[i].from);
		str_clear(&stage->painter.out);
		painter_put(&stage->painter, 0, col + 1, "x", 1, cases[i].to);
		assert_string_equal(stage->painter.out.s, cases[i].bytes);
		painter_put(&stage->painter, 1, col, "z", 1, none);
	}
	stage_free(stage);
}

static void blanks_and_runs_are_cheap(void **state)
{
	static const struct term_style style = { -1, -1, 0 };
	struct painter_caps caps = all_caps;
	struct stage *stage;
	struct str *out;

	(void)state;
	caps.repeat = true;
	stage = stage_new(24, 80, &caps);
	out = &stage->painter.out;
	painter_put(&stage->painter, 0, 0, "a         b         ", 20, style);
	assert_string_equal(out->s, "\033[1Ha\033[9Cb"); /* the screen is blank */
	str_clear(out);
	painter_put(&stage->painter, 0, 0, "a                   ", 20, style);
	assert_string_equal(out->s, "\ra\033[K");
	str_clear(out);
	painter_put(&stage->painter, 0, 0, "--------------------", 20, style);
	assert_string_equal(out->s, "\r-\033[19b");
	str_clear(out);
	painter_put(&stage->painter, 0, 2, "          ", 10, style); /* in the middle */
	assert_string_equal(out->s, "\033[18D\033[10X");
	stage_free(stage);
}

static void leaving_puts_all_back(void **state)
{
	struct stage *stage = stage_new(24, 80, &all_caps);
	struct term_style red = { 9, -1, TERM_BOLD };

	(void)state;
	painter_put(&stage->painter, 0, 0, "x", 1, red);
	painter_finish(&stage->painter); /* hidden */
	assert_true(painter_shift(&stage->painter, 3, 9, 2));
	str_clear(&stage->painter.out);
	painter_put(&stage->painter, 0, 0, "x", 1, red);
	str_clear(&stage->painter.out);
	painter_leave(&stage->painter);
	assert_string_equal(stage->painter.out.s, "\033[r\033[m\033[?25h");
	stage_free(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_is_drawn_is_shown),
		cmocka_unit_test(the_way_is_short),
		cmocka_unit_test(styles_change_in_one_sequence),
		cmocka_unit_test(blanks_and_runs_are_cheap),
		cmocka_unit_test(leaving_puts_all_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
