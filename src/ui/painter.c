#include <config.h>

#include "painter_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum {
	REPEAT_LEAST = 7, /* shorter runs are cheaper written out */
	ERASE_LEAST = 8,
	SKIP_LEAST = 6,
	STEPS_MOST = 3, /* backspaces and line feeds in a row */
};

static const struct term_style plain = { TERM_DEFAULT, TERM_DEFAULT, 0 };

void painter_reset(struct painter *painter, int rows, int cols)
{
	painter->rows = rows;
	painter->cols = cols;
	painter->row = -1;
	painter->style = plain;
	painter->region = false;
	painter->hidden = false;
	painter->used = mem_resize(painter->used, (size_t)rows, sizeof *painter->used);
	memset(painter->used, 0, (size_t)rows * sizeof *painter->used);
}

void painter_release(struct painter *painter)
{
	free(painter->used);
	str_release(&painter->out);
}

void painter_forget(struct painter *painter)
{
	for (int row = 0; row < painter->rows; row++)
		painter->used[row] = painter->cols;
	str_add(&painter->out, "\033[r\033[m"); /* whatever another program has set */
	painter->style = plain;
	painter->region = false;
	painter->row = -1;
}

static int digits(int n)
{
	return n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : 4;
}

/* "ESC [ n letter", n left out when it is 1. */
static void add_steps(struct str *out, int n, char letter)
{
	if (n == 1)
		str_addf(out, "\033[%c", letter);
	else
		str_addf(out, "\033[%d%c", n, letter);
}

static int steps_cost(int n)
{
	return n == 0 ? 0 : n == 1 ? 3 : 3 + digits(n);
}

static void go_absolutely(struct painter *painter, int row, int col)
{
	if (col == 0)
		str_addf(&painter->out, "\033[%dH", row + 1);
	else
		str_addf(&painter->out, "\033[%d;%dH", row + 1, col + 1);
}

/* Within the row; the cursor is not about to wrap. */
static void go_along(struct painter *painter, int col)
{
	int step = col - painter->col;

	if (step == 0)
		return;
	if (col == 0)
		str_add_char(&painter->out, '\r');
	else if (step < 0 && -step <= STEPS_MOST)
		str_add_repeat(&painter->out, '\b', (size_t)-step);
	else
		add_steps(&painter->out, step < 0 ? -step : step, step < 0 ? 'D' : 'C');
}

static int along_cost(const struct painter *painter, int from, int col)
{
	int step = col - from;

	if (from == painter->cols && col != 0)
		return 1000; /* about to wrap: only a return is safe */
	if (col == 0)
		return step != 0;
	if (step < 0 && -step <= STEPS_MOST)
		return -step;
	return steps_cost(step < 0 ? -step : step);
}

static void go(struct painter *painter, int row, int col)
{
	int down, absolute = 3 + digits(row + 1) + (col > 0 ? 1 + digits(col + 1) : 0);

	if (painter->row == row && painter->col == col)
		return;
	down = row - painter->row;
	if (painter->row >= 0 && down == 0 &&
	    along_cost(painter, painter->col, col) <= absolute) {
		go_along(painter, col);
	} else if (painter->row >= 0 && down > 0 && down <= STEPS_MOST && !painter->region &&
		   down + along_cost(painter, painter->col, col) <= absolute) {
		go_along(painter, col);
		str_add_repeat(&painter->out, '\n', (size_t)down);
	} else if (painter->row >= 0 && down < 0 && painter->col < painter->cols &&
		   steps_cost(-down) + along_cost(painter, painter->col, col) < absolute) {
		add_steps(&painter->out, -down, 'A');
		go_along(painter, col);
	} else {
		go_absolutely(painter, row, col);
	}
	painter->row = row;
	painter->col = col;
}

/* One more parameter of a sequence that begins at `start` of out. */
static void add_parameter(struct str *out, size_t start, int n)
{
	str_addf(out, out->len > start ? ";%d" : "%d", n);
}

static void add_colour(const struct painter *painter, struct str *out, size_t start, int colour,
		       bool back)
{
	int base = back ? 40 : 30;

	if (colour == TERM_DEFAULT)
		add_parameter(out, start, base + 9);
	else if (colour < 8)
		add_parameter(out, start, base + colour);
	else if (colour < 16 && painter->caps.bright)
		add_parameter(out, start, base + 60 + colour - 8);
	else {
		add_parameter(out, start, base + 8);
		add_parameter(out, start, 5);
		add_parameter(out, start, colour);
	}
}

static const struct {
	unsigned attr;
	int parameter;
} attr_parameters[] = {
	{ TERM_BOLD, 1 },
	{ TERM_DIM, 2 },
	{ TERM_UNDERLINE, 4 },
	{ TERM_BLINK, 5 },
	{ TERM_REVERSE, 7 },
};

static bool same_style(struct term_style a, struct term_style b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attr == b.attr;
}

static void set_style(struct painter *painter, struct term_style style)
{
	struct term_style from = painter->style;
	struct str *out = &painter->out;
	bool to_default, anew;
	size_t start;

	style.attr = (uint16_t)(style.attr & painter->caps.attrs);
	if (same_style(style, from))
		return;
	str_add(out, "\033[");
	start = out->len;
	to_default = (style.fg == TERM_DEFAULT && from.fg != TERM_DEFAULT) ||
		     (style.bg == TERM_DEFAULT && from.bg != TERM_DEFAULT);
	/* Attributes go away only all together (a vt100 knows no other way). */
	anew = (from.attr & ~style.attr) != 0 || (to_default && !painter->caps.default_pair) ||
	       same_style(style, plain);
	if (anew && !same_style(style, plain))
		add_parameter(out, start, 0);
	if (anew)
		from = plain;
	for (size_t i = 0; i < ARRAY_LEN(attr_parameters); i++)
		if (style.attr & ~from.attr & attr_parameters[i].attr)
			add_parameter(out, start, attr_parameters[i].parameter);
	if (style.fg != from.fg)
		add_colour(painter, out, start, style.fg, false);
	if (style.bg != from.bg)
		add_colour(painter, out, start, style.bg, true);
	str_add_char(out, 'm');
	painter->style = style;
}

/* Whether a space of this style is what erasing leaves. */
static bool is_blank(struct term_style style)
{
	return style.bg == TERM_DEFAULT && (style.attr & (TERM_UNDERLINE | TERM_REVERSE)) == 0;
}

static void mark_used(struct painter *painter, int row, int end)
{
	if (painter->used[row] < end)
		painter->used[row] = end;
}

static void write_bytes(struct painter *painter, const char *text, size_t len, int columns)
{
	str_add_bytes(&painter->out, text, len);
	painter->col += columns;
	mark_used(painter, painter->row, painter->col);
	/* Without late wrap the cursor is now on the next row, or the screen has scrolled. */
	if (painter->col == painter->cols && !painter->caps.late_wrap)
		painter->row = -1;
}

/* The same ASCII character n times.  The last columns are written out: some terminals wrap too
 * early behind a repetition that ends there (libvterm, so the one in Neovim). */
static void write_run(struct painter *painter, char c, int n)
{
	int room = painter->cols - 2 - painter->col, repeated = n < room ? n : room;

	if (repeated >= REPEAT_LEAST && painter->caps.repeat) {
		str_addf(&painter->out, "%c\033[%db", c, repeated - 1);
		str_add_repeat(&painter->out, c, (size_t)(n - repeated));
	} else {
		str_add_repeat(&painter->out, c, (size_t)n);
	}
	write_bytes(painter, "", 0, n);
}

/* n spaces from (row, col) on: the shortest of nothing, erasing and writing. */
static void put_blanks(struct painter *painter, int row, int col, int n, struct term_style style)
{
	int end = col + n;

	if (is_blank(style)) {
		if (col >= painter->used[row])
			return; /* they stand there already */
		if (end > painter->used[row])
			end = painter->used[row];
		if (end == painter->used[row] && end - col > 3) {
			go(painter, row, col);
			if (!is_blank(painter->style))
				set_style(painter, plain);
			str_add(&painter->out, "\033[K");
			painter->used[row] = col;
			return;
		}
		if (end - col >= ERASE_LEAST && painter->caps.erase_chars) {
			go(painter, row, col);
			if (!is_blank(painter->style))
				set_style(painter, plain);
			str_addf(&painter->out, "\033[%dX", end - col);
			return;
		}
	}
	go(painter, row, col);
	/* A space looks the same whatever the foreground: no need to change it. */
	if (!is_blank(style) || !is_blank(painter->style))
		set_style(painter, style);
	write_run(painter, ' ', end - col);
}

/* Columns of the beginning of text that is one character again and again; 1 at least. */
static int run_of(const char *text, size_t len)
{
	size_t n = 1;

	while (n < len && text[n] == text[0])
		n++;
	return (int)n;
}

/* Bytes until the next run that is worth a way of its own. */
static size_t piece(const char *text, size_t len, int *ret_columns)
{
	size_t at = 0;
	int columns = 0;

	while (at < len) {
		uint32_t cp;
		size_t n = text_next(text + at, len - at, &cp);
		bool ascii = (unsigned char)text[at] < 0x80;

		if (ascii && run_of(text + at, len - at) >= SKIP_LEAST)
			break;
		if (text[at] == ' ' && at + (size_t)run_of(text + at, len - at) == len)
			break; /* blanks at the end */
		at += n;
		columns += text_cp_columns(cp);
	}
	*ret_columns = columns;
	return at;
}

void painter_put(struct painter *painter, int row, int col, const char *text, size_t len,
		 struct term_style style)
{
	assert(row >= 0 && row < painter->rows && col >= 0);
	style.attr = (uint16_t)(style.attr & painter->caps.attrs);
	while (len > 0) {
		int columns = 0;
		size_t n = piece(text, len, &columns);

		if (n > 0) {
			/* The last cell of all would scroll the screen. */
			if (row == painter->rows - 1 && col + columns == painter->cols &&
			    !painter->caps.late_wrap)
				return;
			go(painter, row, col);
			set_style(painter, style);
			write_bytes(painter, text, n, columns);
		} else {
			columns = run_of(text, len);
			n = (size_t)columns;
			if (row == painter->rows - 1 && col + columns == painter->cols &&
			    !painter->caps.late_wrap)
				columns--;
			if (text[0] == ' ') {
				put_blanks(painter, row, col, columns, style);
			} else {
				go(painter, row, col);
				set_style(painter, style);
				write_run(painter, text[0], columns);
			}
		}
		text += n;
		len -= n;
		col += columns;
	}
}

static void end_region(struct painter *painter)
{
	if (!painter->region)
		return;
	str_add(&painter->out, "\033[r"); /* this also goes home */
	painter->region = false;
	painter->row = painter->col = 0;
}

bool painter_shift(struct painter *painter, int top, int bottom, int lines)
{
	int n = lines > 0 ? lines : -lines, height = bottom - top + 1;

	if (!painter->caps.regions || top >= bottom || n >= height)
		return false;
	set_style(painter, plain); /* rows that come in take its background */
	if (painter->region || top > 0 || bottom < painter->rows - 1) {
		str_addf(&painter->out, "\033[%d;%dr", top + 1, bottom + 1);
		painter->region = true;
		painter->row = painter->col = 0;
	}
	if (lines > 0) {
		go_absolutely(painter, bottom, 0);
		str_add_repeat(&painter->out, '\n', (size_t)n);
		painter->row = bottom;
		memmove(&painter->used[top], &painter->used[top + n],
			(size_t)(height - n) * sizeof *painter->used);
		memset(&painter->used[bottom - n + 1], 0, (size_t)n * sizeof *painter->used);
	} else {
		go_absolutely(painter, top, 0);
		for (int i = 0; i < n; i++)
			str_add(&painter->out, "\033M");
		painter->row = top;
		memmove(&painter->used[top + n], &painter->used[top],
			(size_t)(height - n) * sizeof *painter->used);
		memset(&painter->used[top], 0, (size_t)n * sizeof *painter->used);
	}
	painter->col = 0;
	return true;
}

void painter_cursor(struct painter *painter, int row, int col)
{
	painter->want_row = row;
	painter->want_col = col;
}

void painter_finish(struct painter *painter)
{
	bool hide = painter->want_row < 0;

	end_region(painter);
	if (hide != painter->hidden && painter->caps.hide)
		str_add(&painter->out, hide ? "\033[?25l" : "\033[?25h");
	painter->hidden = hide;
	if (!hide)
		go(painter, painter->want_row, painter->want_col);
}

void painter_leave(struct painter *painter)
{
	end_region(painter);
	set_style(painter, plain);
	if (painter->hidden && painter->caps.hide)
		str_add(&painter->out, "\033[?25h");
	painter->hidden = false;
	painter->row = -1;
}
