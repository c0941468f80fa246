#include <config.h>

#include "zhiban/ui/list.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "list_priv.h"

static int least(const struct list_column *column, int cols)
{
	if (column->from > cols)
		return 0;
	return column->roomy > column->min && cols >= column->wide ? column->roomy : column->min;
}

int list_width(const struct list *list, int column)
{
	return list->widths[column];
}

/* Widths: the minimum for each, what does not fit is left out from the right (but for those that
 * grow), then up to the ideal from left to right, and what is left over to those that grow. */
static void lay_out(struct list *list, int cols)
{
	int left = cols - LIST_GUTTER + 1, shares = 0;

	for (int i = 0; i < list->n_columns; i++) {
		list->widths[i] = least(&list->columns[i], cols);
		if (list->widths[i] > 0)
			left -= list->widths[i] + 1;
	}
	for (int i = list->n_columns - 1; i >= 0 && left < 0; i--)
		if (list->widths[i] > 0 && list->columns[i].grow == 0) {
			left += list->widths[i] + 1;
			list->widths[i] = 0;
		}
	for (int i = 0; i < list->n_columns; i++) {
		int more = list->columns[i].ideal - list->widths[i];

		if (list->widths[i] == 0 || left <= 0)
			continue;
		if (more > left)
			more = left;
		if (more > 0) {
			list->widths[i] += more;
			left -= more;
		}
		shares += list->columns[i].grow;
	}
	for (int i = 0; i < list->n_columns && shares > 0 && left > 0; i++)
		if (list->widths[i] > 0 && list->columns[i].grow > 0) {
			int more = left * list->columns[i].grow / shares;

			list->widths[i] += more;
			left -= more;
			shares -= list->columns[i].grow;
		}
}

static enum canvas_pad pad_of(const struct list_column *column)
{
	if (column->align == LIST_RIGHT)
		return PAD_LEFT;
	return column->cut == LIST_CUT_MIDDLE ? PAD_MIDDLE : PAD_RIGHT;
}

/* Behind the title if there is room, else in the blank between the columns. */
static void draw_sorted(const struct list *list, struct canvas *canvas, int col, int width)
{
	const struct list_column *column = &list->columns[list->sorted];
	int title = text_columns(_(column->title)), end = list->area.col + list->area.cols;
	int at = column->align == LIST_LEFT && title < width ? title : width;

	if (col + at < end)
		canvas_text(canvas, list->area.row, col + at, 1, ROLE_HEADING,
			    list->descending ? "v" : "^");
}

static void draw_titles(const struct list *list, struct canvas *canvas)
{
	struct area line = list->area;
	int col = line.col + LIST_GUTTER;

	line.rows = 1;
	canvas_erase(canvas, line);
	for (int i = 0; i < list->n_columns; i++)
		if (list->widths[i] > 0) {
			canvas_pad(canvas, line.row, col, list->widths[i], ROLE_HEADING,
				   _(list->columns[i].title), pad_of(&list->columns[i]));
			if (i == list->sorted)
				draw_sorted(list, canvas, col, list->widths[i]);
			col += list->widths[i] + 1;
		}
}

/* Over the text as it was cut: a word that was cut apart is not marked. */
static void draw_words(struct canvas *canvas, int row, int col, int width, const char *text,
		       const struct list_column *column, const struct gram_words *words)
{
	struct gram_span spans[8];
	struct str shown = STR_INIT;
	size_t n;

	if (column->align == LIST_RIGHT)
		text_pad_left(&shown, text, width);
	else if (column->cut == LIST_CUT_MIDDLE)
		text_pad_middle(&shown, text, width);
	else
		text_pad(&shown, text, width);
	n = gram_words_spans(words, str_get(&shown), spans, ARRAY_LEN(spans));
	for (size_t i = 0; i < n; i++) {
		char *from = shown.s + spans[i].at, kept = from[spans[i].len];
		int before, columns;

		from[spans[i].len] = '\0';
		columns = text_columns(from);
		from[spans[i].len] = kept;
		kept = *from;
		*from = '\0';
		before = text_columns(shown.s);
		*from = kept;
		canvas_paint(canvas, row, col + before, columns, ROLE_MATCH);
	}
	str_release(&shown);
}

static void draw_row(struct list *list, struct canvas *canvas, int screen_row,
		     const struct list_row *row)
{
	int col = list->area.col + LIST_GUTTER, end = list->area.col + list->area.cols;

	if (row->flags & LIST_ROW_HEADING) {
		struct list_cell cell = { .role = ROLE_HEADING };

		list->source.cell(list->source.ctx, row, 0, &cell);
		canvas_pad(canvas, screen_row, col, end - col, cell.role, cell.text, PAD_RIGHT);
		return;
	}
	for (int i = 0; i < list->n_columns; i++) {
		struct list_cell cell = { .role = ROLE_TEXT };

		if (list->widths[i] == 0)
			continue;
		list->source.cell(list->source.ctx, row, i, &cell);
		canvas_pad(canvas, screen_row, col, list->widths[i], cell.role, cell.text,
			   pad_of(&list->columns[i]));
		if (cell.words != NULL && cell.text != NULL)
			draw_words(canvas, screen_row, col, list->widths[i], cell.text,
				   &list->columns[i], cell.words);
		col += list->widths[i];
		if (col < end)
			canvas_text(canvas, screen_row, col++, 1, ROLE_TEXT, " ");
	}
	if (col < end)
		canvas_erase(canvas, (struct area){ screen_row, col, 1, end - col });
}

static void gutter_of(const struct list *list, int index, char gutter[LIST_GUTTER])
{
	const struct list_row *row = &list->rows[index];

	gutter[0] = index == list->cur ? '>' : ' ';
	gutter[1] = list_is_marked(list, &row->id)	 ? '*' :
		    (row->flags & LIST_ROW_CHANGED) != 0 ? '+' :
		    (row->flags & LIST_ROW_FLAGGED) != 0 ? '@' :
							   ' ';
}

static void draw_gutter(const struct list *list, struct canvas *canvas, int screen_row,
			const char gutter[LIST_GUTTER])
{
	char text[2] = { gutter[0], '\0' };
	enum role role = ROLE_TEXT;

	canvas_text(canvas, screen_row, list->area.col, 1,
		    gutter[0] == '>' ? ROLE_LIST_SELECTED : ROLE_TEXT, text);
	text[0] = gutter[1];
	if (text[0] == '*' || text[0] == '@')
		role = ROLE_LIST_MARKED;
	else if (text[0] == '+')
		role = ROLE_LIST_CHANGED;
	canvas_text(canvas, screen_row, list->area.col + 1, 1, role, text);
}

static bool same_line(const struct list *list, int line, int from)
{
	int index = list->top + line;
	const struct list_line *drawn = &list->lines[from];

	if (index >= list->n)
		return !drawn->valid;
	return drawn->valid && uuid_eq(&drawn->id, &list->rows[index].id);
}

/* By how many lines the drawn lines from..to-1 would best be shifted up: 0 not at all. */
static int best_shift(const struct list *list, int from, int to)
{
	int best = 1, shift = 0; /* one row alone is not worth it */

	for (int d = 1 - (to - from); d < to - from; d++) {
		int n = 0;

		for (int line = from; line < to; line++)
			if (line + d >= from && line + d < to)
				n += list->top + line < list->n &&
				     same_line(list, line, line + d);
		if (d != 0 && n > best) {
			best = n;
			shift = d;
		}
	}
	return shift;
}

/* Shifts what stands on the screen to where it belongs now, so that only new rows are drawn. */
static void shift_lines(struct list *list, struct canvas *canvas)
{
	int from = 0, to = list->n_lines, d;
	struct area area = list->area;

	while (from < to && same_line(list, from, from))
		from++;
	while (to > from && same_line(list, to - 1, to - 1))
		to--;
	if (to - from < 3 || (d = best_shift(list, from, to)) == 0)
		return;
	area.row += 1 + from;
	area.rows = to - from;
	canvas_shift(canvas, area, d);
	if (d > 0)
		memmove(&list->lines[from], &list->lines[from + d],
			(size_t)(to - from - d) * sizeof *list->lines);
	else
		memmove(&list->lines[from - d], &list->lines[from],
			(size_t)(to - from + d) * sizeof *list->lines);
	for (int line = d > 0 ? to - d : from; line < (d > 0 ? to : from - d); line++)
		list->lines[line].valid = false;
}

static void draw_line(struct list *list, struct canvas *canvas, int line, bool texts)
{
	struct list_line *drawn = &list->lines[line];
	int screen_row = list->area.row + 1 + line, index = list->top + line;
	char gutter[LIST_GUTTER];
	bool other = !same_line(list, line, line);

	if (index >= list->n) {
		if (drawn->valid || texts)
			canvas_erase(canvas, (struct area){ screen_row, list->area.col, 1,
							    list->area.cols });
		drawn->valid = false;
		return;
	}
	gutter_of(list, index, gutter);
	if (other || texts || memcmp(gutter, drawn->gutter, LIST_GUTTER) != 0)
		draw_gutter(list, canvas, screen_row, gutter);
	if (other || texts)
		draw_row(list, canvas, screen_row, &list->rows[index]);
	drawn->valid = true;
	drawn->id = list->rows[index].id;
	memcpy(drawn->gutter, gutter, LIST_GUTTER);
}

static void draw_empty(const struct list *list, struct canvas *canvas)
{
	const char *text = list->source.empty != NULL ? list->source.empty(list->source.ctx) :
							_("nothing here");
	int cols = list->area.cols - 4, row = list->area.row + 1 + list->n_lines / 3;

	while (*text != '\0' && row < list->area.row + list->area.rows && cols > 0) {
		size_t skip = 0, n = text_wrap(text, cols, &skip);
		char *line = mem_dup(text, n + 1);
		int width;

		line[n] = '\0';
		width = text_columns(line);
		canvas_text(canvas, row++, list->area.col + (list->area.cols - width) / 2, width,
			    ROLE_HINT, line);
		free(line);
		text += n + skip;
	}
}

/* Takes the area; returns whether everything must be drawn. */
static bool settle_area(struct list *list, struct area area, bool all)
{
	bool same = list->area.row == area.row && list->area.col == area.col &&
		    list->area.rows == area.rows && list->area.cols == area.cols;

	if (same)
		return all;
	list->area = area;
	lay_out(list, area.cols);
	list->n_lines = area.rows > 1 ? area.rows - 1 : 0;
	list->lines = mem_resize(list->lines, (size_t)list->n_lines + 1, sizeof *list->lines);
	return true;
}

/* A taller window needs more rows than are loaded. */
static void settle_height(struct list *list)
{
	if (list->n_lines == list->height || list->n_lines == 0)
		return;
	list->height = list->n_lines;
	if (list->cur >= 0 && list_reload(list, NULL) != ERR_OK)
		list->fresh = true; /* what is loaded is drawn; the next reload tells */
}

void list_touch(struct list *list)
{
	list->fresh = true;
}

void list_draw(struct list *list, struct canvas *canvas, struct area area, bool all)
{
	all = settle_area(list, area, all);
	settle_height(list);
	if (all) {
		draw_titles(list, canvas);
		for (int line = 0; line < list->n_lines; line++)
			list->lines[line].valid = false;
	} else {
		shift_lines(list, canvas);
	}
	for (int line = 0; line < list->n_lines; line++)
		draw_line(list, canvas, line, all || list->fresh);
	if (list->n == 0)
		draw_empty(list, canvas);
	list->fresh = false;
}
