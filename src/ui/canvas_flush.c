#include <config.h>

#include "canvas_priv.h"

#include <string.h>

enum { BRIDGE_BYTES = 3 };

static const struct cell blank = BLANK_CELL;

void canvas_move_rows(struct canvas *canvas, struct cell *cells, struct shift shift)
{
	int height = shift.bottom - shift.top + 1;
	int lines = shift.lines > 0 ? shift.lines : -shift.lines;
	size_t row_bytes = (size_t)canvas->cols * sizeof *cells;
	struct cell *top = cell_at(canvas, cells, shift.top, 0);
	struct cell *low = cell_at(canvas, cells, shift.top + lines, 0);
	int in = shift.lines > 0 ? shift.bottom - lines + 1 : shift.top;

	memmove(shift.lines > 0 ? top : low, shift.lines > 0 ? low : top,
		(size_t)(height - lines) * row_bytes);
	for (int row = in; row < in + lines; row++)
		for (int col = 0; col < canvas->cols; col++)
			*cell_at(canvas, cells, row, col) = blank;
}

void canvas_invalidate(struct canvas *canvas)
{
	size_t n = (size_t)canvas->rows * (size_t)canvas->cols;

	memset(canvas->shown, 0xFF, n * sizeof *canvas->shown);
	canvas->n_shifts = 0;
	canvas->shown_row = -2;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

/* Cells in which the shown row would equal the new one. */
static long row_matches(const struct canvas *canvas, int now_row, int shown_row)
{
	const struct cell *a = cell_at(canvas, canvas->now, now_row, 0);
	const struct cell *b = cell_at(canvas, canvas->shown, shown_row, 0);
	long n = 0;

	for (int col = 0; col < canvas->cols; col++)
		n += same_cell(&a[col], &b[col]);
	return n;
}

/* Whether moving what is shown brings it nearer to what should be. */
static bool shift_pays(const struct canvas *canvas, struct shift shift)
{
	long with = 0, without = 0;

	for (int row = shift.top; row <= shift.bottom; row++) {
		int from = row + shift.lines;

		without += row_matches(canvas, row, row);
		if (from >= shift.top && from <= shift.bottom)
			with += row_matches(canvas, row, from);
	}
	return with > without + canvas->cols / 4;
}

static bool send_shifts(struct canvas *canvas, struct term *term)
{
	bool sent = false;

	for (int i = 0; i < canvas->n_shifts; i++) {
		struct shift shift = canvas->shifts[i];
		int height = shift.bottom - shift.top + 1;

		if (shift.lines == 0 || shift.lines >= height || -shift.lines >= height)
			continue;
		if (shift_pays(canvas, shift) &&
		    term_shift(term, shift.top, shift.bottom, shift.lines)) {
			canvas_move_rows(canvas, canvas->shown, shift);
			sent = true;
		}
	}
	canvas->n_shifts = 0;
	return sent;
}

/* A space looks the same in every style that neither underlines nor fills. */
static bool is_invisible(struct term_style style)
{
	return style.bg == TERM_DEFAULT && !(style.attr & (TERM_UNDERLINE | TERM_REVERSE));
}

/* Whether a short gap between words can be sent in the style of the run before it: two changes of
 * style less.  Not at the end of a row, which is cheaper to erase. */
static bool gap_fits(const struct theme *theme, const struct cell *now, int cols, uint8_t role,
		     int col)
{
	enum { GAP = 3 };

	if (now[col].g[0] != ' ' || now[col].len != 1 ||
	    !is_invisible(theme_style(theme, (enum role)role)) ||
	    !is_invisible(theme_style(theme, (enum role)now[col].role)))
		return false;
	for (int at = col + 1; at < cols && at <= col + GAP; at++)
		if (now[at].g[0] != ' ')
			return true;
	return false;
}

/* The role a run begins with: spaces of any invisible style go as plain ones, without a change of
 * style, and with the plain text behind them. */
static uint8_t run_role(const struct theme *theme, const struct cell *cell)
{
	bool space = cell->g[0] == ' ' && cell->len == 1;

	return space && is_invisible(theme_style(theme, ROLE_TEXT)) &&
			       is_invisible(theme_style(theme, (enum role)cell->role)) ?
		       ROLE_TEXT :
		       cell->role;
}

/* Where a run of one role that has come to a cell that does not differ goes on, when sending the
 * few cells between is no dearer than a way around them; col when it ends. */
static int bridge(const struct canvas *canvas, const struct cell *now, const struct cell *shown,
		  int col, uint8_t role)
{
	int bytes = 0;

	for (int to = col; to < canvas->cols && now[to].role == role; to++) {
		if (!same_cell(&now[to], &shown[to]))
			return to;
		bytes += now[to].len;
		if (bytes > BRIDGE_BYTES)
			break;
	}
	return col;
}

/* Sends the cells of a row that differ, in runs of one role. */
static bool send_row(struct canvas *canvas, struct term *term, const struct theme *theme, int row)
{
	struct cell *now = cell_at(canvas, canvas->now, row, 0);
	struct cell *shown = cell_at(canvas, canvas->shown, row, 0);
	bool sent = false;

	for (int col = 0; col < canvas->cols;) {
		int start = col, end = col;
		uint8_t role;

		if (same_cell(&now[col], &shown[col])) {
			col++;
			continue;
		}
		if (now[col].width == 0 && col > 0) /* never half of a wide one */
			start = col - 1;
		role = run_role(theme, &now[start]);
		str_clear(&canvas->run);
		for (col = start; col < canvas->cols; col++) {
			if (now[col].role != role && run_role(theme, &now[col]) != role &&
			    !gap_fits(theme, now, canvas->cols, role, col))
				break;
			if (col >= end && col > start && now[col].width != 0 &&
			    same_cell(&now[col], &shown[col])) {
				end = bridge(canvas, now, shown, col, role);
				if (end == col)
					break;
			}
			str_add_bytes(&canvas->run, now[col].g, now[col].len);
		}
		term_put(term, row, start, str_get(&canvas->run), canvas->run.len,
			 theme_style(theme, (enum role)role));
		sent = true;
	}
	if (sent)
		memcpy(shown, now, (size_t)canvas->cols * sizeof *now);
	return sent;
}

void canvas_flush(struct canvas *canvas, struct term *term, const struct theme *theme)
{
	bool sent = send_shifts(canvas, term);

	for (int row = 0; row < canvas->rows; row++)
		sent |= send_row(canvas, term, theme, row);
	if (canvas->cursor_row != canvas->shown_row ||
	    (canvas->cursor_row >= 0 && canvas->cursor_col != canvas->shown_col)) {
		term_cursor(term, canvas->cursor_row, canvas->cursor_col);
		canvas->shown_row = canvas->cursor_row;
		canvas->shown_col = canvas->cursor_col;
		sent = true;
	}
	if (sent)
		term_flush(term);
}
