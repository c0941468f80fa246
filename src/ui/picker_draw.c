#include <config.h>

#include "zhiban/ui/picker.h"

#include "zhiban/base/i18n.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"
#include "picker_priv.h"

enum { KEYS_MAX = 14, LABEL_MAX = 28 };

static const char *group_of(const struct picker *picker, size_t position)
{
	return picker->entries[picker->shown[position]].item.group;
}

/* Whether a heading stands above this position.  What is typed mixes the groups: no headings. */
static bool has_heading(const struct picker *picker, size_t position)
{
	const char *group = group_of(picker, position);

	if (group == NULL || edit_text(&picker->edit)[0] != '\0')
		return false;
	return position == 0 || !str_eq(group, group_of(picker, position - 1));
}

static size_t count_lines(const struct picker *picker, size_t positions)
{
	size_t lines = 0;

	for (size_t i = 0; i < positions; i++)
		lines += has_heading(picker, i) ? 2 : 1;
	return lines;
}

int picker_rows(const struct picker *picker)
{
	int lines = (int)count_lines(picker, picker->n_shown);

	if (picker->n_shown == 0)
		lines = 1;
	if (picker->flags & PICKER_NUMBERS && lines > NUMBERS_PAGE)
		lines = NUMBERS_PAGE;
	return (picker->flags & PICKER_NO_TYPING) ? lines : lines + 3;
}

static void draw_item(const struct picker *picker, struct canvas *canvas, struct area line,
		      size_t position)
{
	const struct picker_entry *entry = &picker->entries[picker->shown[position]];
	const struct picker_item *item = &entry->item;
	bool here = position == picker->cur;
	enum role role = item->why != NULL ? ROLE_HINT : ROLE_TEXT;
	int keys = picker->keys_cols < KEYS_MAX ? picker->keys_cols : KEYS_MAX;
	int label = picker->label_cols < LABEL_MAX ? picker->label_cols : LABEL_MAX;
	struct area mark = area_left(&line, 2), part;

	canvas_text(canvas, mark.row, mark.col, 1, ROLE_LIST_SELECTED, here ? ">" : " ");
	canvas_text(canvas, mark.row, mark.col + 1, 1, ROLE_LIST_MARKED, entry->marked ? "*" : " ");
	if (picker->flags & PICKER_NUMBERS) {
		part = area_left(&line, 2);
		if (position / NUMBERS_PAGE == picker->cur / NUMBERS_PAGE)
			canvas_textf(canvas, part.row, part.col, 1, ROLE_KEY, "%d",
				     (int)(position % NUMBERS_PAGE) + 1);
	}
	if (keys > 0) {
		part = area_left(&line, keys + 2);
		canvas_pad(canvas, part.row, part.col, part.cols - 2, ROLE_KEY, item->keys,
			   PAD_RIGHT);
	}
	part = area_left(&line, label + 2);
	canvas_pad(canvas, part.row, part.col, part.cols < label ? part.cols : label,
		   here && item->why == NULL ? ROLE_TITLE : role, item->label, PAD_RIGHT);
	canvas_pad(canvas, line.row, line.col, line.cols,
		   item->why != NULL ? ROLE_WARNING : ROLE_HINT,
		   item->why != NULL ? item->why : item->help, PAD_RIGHT);
}

static void scroll(struct picker *picker, int rows)
{
	size_t first = count_lines(picker, picker->cur), height = (size_t)rows, last = first;

	if (picker->flags & PICKER_NUMBERS && rows >= NUMBERS_PAGE) {
		picker->top = picker->cur - picker->cur % NUMBERS_PAGE;
		return;
	}
	if (picker->n_shown > 0 && has_heading(picker, picker->cur))
		last++;
	if (first < picker->top)
		picker->top = first;
	if (last >= picker->top + height)
		picker->top = last - height + 1;
}

static void draw_items(struct picker *picker, struct canvas *canvas, struct area area)
{
	size_t line = 0, end;

	picker->page = area.rows;
	canvas_erase(canvas, area);
	if (area.rows <= 0)
		return;
	if (picker->n_shown == 0) {
		canvas_text(canvas, area.row, area.col + 2, area.cols - 2, ROLE_HINT,
			    _("nothing matches"));
		return;
	}
	scroll(picker, area.rows);
	end = picker->top + (size_t)area.rows;
	if (picker->flags & PICKER_NUMBERS && area.rows >= NUMBERS_PAGE)
		end = picker->top + NUMBERS_PAGE;
	for (size_t i = 0; i < picker->n_shown && line < end; i++) {
		struct area at = { area.row + (int)(line - picker->top), area.col, 1, area.cols };

		if (has_heading(picker, i)) {
			if (line >= picker->top)
				canvas_text(canvas, at.row, at.col + 1, at.cols - 1, ROLE_HEADING,
					    group_of(picker, i));
			at.row++;
			line++;
		}
		if (line >= picker->top && line < end)
			draw_item(picker, canvas, at, i);
		line++;
	}
}

/* "1/3, 0: next page" at the right of the filter. */
static void draw_pages(const struct picker *picker, struct canvas *canvas, struct area *line)
{
	size_t pages = (picker->n_shown + NUMBERS_PAGE - 1) / NUMBERS_PAGE;
	struct str words = STR_INIT;
	struct area right;

	if (!(picker->flags & PICKER_NUMBERS) || pages < 2)
		return;
	str_addf(&words, _("page %zu/%zu (0: next)"), picker->cur / NUMBERS_PAGE + 1, pages);
	right = area_right(line, text_columns(words.s) + 1);
	canvas_pad(canvas, right.row, right.col, right.cols, ROLE_HINT, words.s, PAD_LEFT);
	str_release(&words);
}

void picker_draw(struct picker *picker, struct canvas *canvas, struct area area)
{
	struct area line;
	int used;

	if (picker->flags & PICKER_NO_TYPING) {
		draw_items(picker, canvas, area);
		return;
	}
	area = canvas_box(canvas, area, ROLE_FRAME, picker->title);
	line = area_top(&area, 1);
	draw_pages(picker, canvas, &line);
	used = canvas_text(canvas, line.row, line.col, line.cols, ROLE_HINT, _("type to filter: "));
	line.col += used;
	line.cols -= used;
	edit_draw(&picker->edit, canvas, line, ROLE_TEXT, true);
	draw_items(picker, canvas, area);
}
