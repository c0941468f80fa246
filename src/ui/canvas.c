#include <config.h>

#include "zhiban/ui/canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "canvas_priv.h"

static const struct cell blank = BLANK_CELL;

static void fill_cells(struct cell *cells, size_t n, const struct cell *with)
{
	for (size_t i = 0; i < n; i++)
		cells[i] = *with;
}

struct canvas *canvas_new(int rows, int cols)
{
	struct canvas *canvas = mem_alloc(sizeof *canvas);

	canvas_resize(canvas, rows, cols);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (canvas == NULL)
		return;
	free(canvas->now);
	free(canvas->shown);
	str_release(&canvas->clean);
	str_release(&canvas->padded);
	str_release(&canvas->run);
	free(canvas);
}

void canvas_resize(struct canvas *canvas, int rows, int cols)
{
	size_t n;

	assert(rows > 0 && cols > 0);
	n = (size_t)rows * (size_t)cols;
	canvas->rows = rows;
	canvas->cols = cols;
	canvas->now = mem_resize(canvas->now, n, sizeof *canvas->now);
	canvas->shown = mem_resize(canvas->shown, n, sizeof *canvas->shown);
	fill_cells(canvas->now, n, &blank);
	canvas->cursor_row = -1;
	canvas_invalidate(canvas);
}

int canvas_rows(const struct canvas *canvas)
{
	return canvas->rows;
}

int canvas_cols(const struct canvas *canvas)
{
	return canvas->cols;
}

/* Puts one cell and mends the wide characters of which it takes a half. */
static void set_cell(struct canvas *canvas, int row, int col, const struct cell *cell)
{
	struct cell *at = cell_at(canvas, canvas->now, row, col);
	int end = col + (cell->width == 2 ? 2 : 1);

	if (at->width == 0 && col > 0) {
		uint8_t role = at[-1].role;

		at[-1] = blank;
		at[-1].role = role;
	}
	if (end < canvas->cols && at[end - col].width == 0) {
		uint8_t role = at[end - col].role;

		at[end - col] = blank;
		at[end - col].role = role;
	}
	*at = *cell;
	if (cell->width == 2) {
		memset(&at[1], 0, sizeof at[1]);
		at[1].role = cell->role;
	}
}

static bool is_plain(const char *s, size_t *ret_len)
{
	size_t n = 0;

	for (; s[n] != '\0'; n++)
		if (s[n] < ' ' || s[n] == 0x7F)
			return false;
	*ret_len = n;
	return true;
}

/* The text, cleaned unless nothing in it could need it (invariant 5). */
static const char *clean(struct canvas *canvas, const char *text, size_t *ret_len)
{
	if (is_plain(text, ret_len))
		return text;
	str_clear(&canvas->clean);
	text_clean(&canvas->clean, text, strlen(text), false);
	*ret_len = canvas->clean.len;
	return str_get(&canvas->clean);
}

/* Reads the next cell of clean text; returns its bytes, 0 at the end. */
static size_t next_cell(const char *s, size_t len, struct cell *ret_cell)
{
	uint32_t cp;
	size_t used = text_next(s, len, &cp), more;
	int width;

	if (used == 0)
		return 0;
	memset(ret_cell, 0, sizeof *ret_cell);
	width = text_cp_columns(cp);
	if (width > 0)
		memcpy(ret_cell->g, s, used);
	ret_cell->len = width > 0 ? (uint8_t)used : 0;
	ret_cell->width = (uint8_t)width;
	while ((more = text_next(s + used, len - used, &cp)) > 0 && text_cp_columns(cp) == 0) {
		if (width > 0 && ret_cell->len + more <= CELL_BYTES) {
			memcpy(ret_cell->g + ret_cell->len, s + used, more);
			ret_cell->len = (uint8_t)(ret_cell->len + more);
		}
		used += more;
	}
	return used;
}

/* A character of which only a half is inside: a space where it is. */
static void blank_part(struct canvas *canvas, int row, int col, int width, int used, int columns,
		       enum role role)
{
	struct cell cell = blank;

	cell.role = (uint8_t)role;
	for (int i = used; i < used + columns && i < width; i++)
		if (col + i >= 0)
			set_cell(canvas, row, col + i, &cell);
}

static int put_clean(struct canvas *canvas, int row, int col, int width, enum role role,
		     const char *s, size_t len)
{
	int used = 0;
	struct cell cell;
	size_t n;

	if (row < 0 || row >= canvas->rows || col >= canvas->cols)
		return 0;
	if (width > canvas->cols - col)
		width = canvas->cols - col;
	for (; used < width && (n = next_cell(s, len, &cell)) > 0; s += n, len -= n) {
		if (cell.width == 0)
			continue;
		if (used + cell.width > width || col + used < 0) {
			blank_part(canvas, row, col, width, used, cell.width, role);
			used += cell.width;
			continue;
		}
		cell.role = (uint8_t)role;
		set_cell(canvas, row, col + used, &cell);
		used += cell.width;
	}
	return used < width ? used : width;
}

int canvas_text(struct canvas *canvas, int row, int col, int width, enum role role,
		const char *text)
{
	size_t len;
	const char *s;

	if (text == NULL)
		return 0;
	s = clean(canvas, text, &len);
	return put_clean(canvas, row, col, width, role, s, len);
}

int canvas_textf(struct canvas *canvas, int row, int col, int width, enum role role,
		 const char *fmt, ...)
{
	char text[1024]; /* wider than any screen in characters that matter */
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return canvas_text(canvas, row, col, width, role, text);
}

void canvas_pad(struct canvas *canvas, int row, int col, int width, enum role role,
		const char *text, enum canvas_pad pad)
{
	size_t len;
	const char *s;

	if (width <= 0)
		return;
	s = clean(canvas, text != NULL ? text : "", &len);
	str_clear(&canvas->padded);
	switch (pad) {
	case PAD_RIGHT:
		text_pad(&canvas->padded, s, width);
		break;
	case PAD_LEFT:
		text_pad_left(&canvas->padded, s, width);
		break;
	case PAD_MIDDLE:
		text_pad_middle(&canvas->padded, s, width);
		break;
	}
	put_clean(canvas, row, col, width, role, str_get(&canvas->padded), canvas->padded.len);
}

static struct area clip(const struct canvas *canvas, struct area area)
{
	int bottom = area.row + area.rows, right = area.col + area.cols;

	if (area.row < 0)
		area.row = 0;
	if (area.col < 0)
		area.col = 0;
	area.rows = (bottom < canvas->rows ? bottom : canvas->rows) - area.row;
	area.cols = (right < canvas->cols ? right : canvas->cols) - area.col;
	if (area.rows < 0)
		area.rows = 0;
	if (area.cols < 0)
		area.cols = 0;
	return area;
}

void canvas_fill(struct canvas *canvas, struct area area, char c, enum role role)
{
	struct cell cell = blank;

	area = clip(canvas, area);
	cell.g[0] = c >= ' ' && c < 0x7F ? c : '?';
	cell.role = (uint8_t)role;
	for (int row = area.row; row < area.row + area.rows; row++)
		for (int col = area.col; col < area.col + area.cols; col++)
			set_cell(canvas, row, col, &cell);
}

void canvas_erase(struct canvas *canvas, struct area area)
{
	canvas_fill(canvas, area, ' ', ROLE_TEXT);
}

struct area canvas_box(struct canvas *canvas, struct area area, enum role role, const char *title)
{
	int last_row = area.row + area.rows - 1, last_col = area.col + area.cols - 1;
	struct area inside = { area.row + 1, area.col + 1, area.rows - 2, area.cols - 2 };

	canvas_erase(canvas, area);
	for (int row = area.row; row <= last_row; row += area.rows > 1 ? area.rows - 1 : 1) {
		canvas_fill(canvas, (struct area){ row, area.col, 1, area.cols }, '-', role);
		canvas_text(canvas, row, area.col, 1, role, "+");
		canvas_text(canvas, row, last_col, 1, role, "+");
	}
	for (int row = area.row + 1; row < last_row; row++) {
		canvas_text(canvas, row, area.col, 1, role, "|");
		canvas_text(canvas, row, last_col, 1, role, "|");
	}
	if (title != NULL && area.cols > 8) {
		int used = canvas_text(canvas, area.row, area.col + 3, area.cols - 6, ROLE_TITLE,
				       title);

		canvas_text(canvas, area.row, area.col + 2, 1, role, " ");
		canvas_text(canvas, area.row, area.col + 3 + used, 1, role, " ");
	}
	return inside;
}

void canvas_paint(struct canvas *canvas, int row, int col, int width, enum role role)
{
	struct area area = clip(canvas, (struct area){ row, col, 1, width });

	for (int i = 0; i < area.cols && area.rows > 0; i++) {
		struct cell *cell = cell_at(canvas, canvas->now, row, area.col + i);

		if (cell->width > 0) /* both halves of a wide one follow the left */
			cell->role = (uint8_t)role;
		if (cell->width == 2)
			cell[1].role = (uint8_t)role;
	}
}

/* Moves an area that is not as wide as the canvas. */
static void move_area(struct canvas *canvas, struct area area, int lines)
{
	int step = lines > 0 ? 1 : -1;
	int row = lines > 0 ? area.row : area.row + area.rows - 1;

	for (int i = 0; i < area.rows; i++, row += step) {
		int from = row + lines;

		if (from < area.row || from >= area.row + area.rows)
			canvas_erase(canvas, (struct area){ row, area.col, 1, area.cols });
		else
			for (int col = area.col; col < area.col + area.cols; col++) {
				struct cell cell = *cell_at(canvas, canvas->now, from, col);

				if (cell.width == 2 && col + 1 == area.col + area.cols)
					cell = blank;
				if (cell.width > 0)
					set_cell(canvas, row, col, &cell);
			}
	}
}

void canvas_shift(struct canvas *canvas, struct area area, int lines)
{
	struct shift *last, shift;

	area = clip(canvas, area);
	if (lines == 0 || area.rows == 0 || area.cols == 0)
		return;
	if (lines >= area.rows || -lines >= area.rows) {
		canvas_erase(canvas, area);
		return;
	}
	if (area.cols < canvas->cols) {
		move_area(canvas, area, lines);
		return;
	}
	shift = (struct shift){ area.row, area.row + area.rows - 1, lines };
	canvas_move_rows(canvas, canvas->now, shift);
	last = canvas->n_shifts > 0 ? &canvas->shifts[canvas->n_shifts - 1] : NULL;
	if (last != NULL && last->top == shift.top && last->bottom == shift.bottom)
		last->lines += lines;
	else if (canvas->n_shifts < SHIFTS)
		canvas->shifts[canvas->n_shifts++] = shift;
	/* Else the difference is simply sent as it is. */
}

void canvas_cursor(struct canvas *canvas, int row, int col)
{
	canvas->cursor_row = row >= 0 && row < canvas->rows ? row : -1;
	canvas->cursor_col = col < 0 ? 0 : col < canvas->cols ? col : canvas->cols - 1;
}

void canvas_dump(const struct canvas *canvas, struct str *out)
{
	for (int row = 0; row < canvas->rows; row++) {
		size_t end = out->len;

		for (int col = 0; col < canvas->cols; col++) {
			const struct cell *cell = cell_at(canvas, canvas->now, row, col);

			str_add_bytes(out, cell->g, cell->len);
			if (cell->len > 1 || (cell->len == 1 && cell->g[0] != ' '))
				end = out->len;
		}
		str_cut(out, end);
		str_add_char(out, '\n');
	}
}

enum role canvas_role_at(const struct canvas *canvas, int row, int col)
{
	assert(row >= 0 && row < canvas->rows && col >= 0 && col < canvas->cols);
	return (enum role)cell_at(canvas, canvas->now, row, col)->role;
}
