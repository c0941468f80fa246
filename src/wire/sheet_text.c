/* A sheet as text: no line is wider than the paper, cells of a table are wrapped within their
 * column. */
#include <config.h>

#include <string.h>

#include "sheet_priv.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { GAP = 2, LABEL_MOST = 20, CELL_LEAST = 6, TITLE_LEAST = 4, CELLS_MOST = 32, BLANK = 30 };

static void end_line(struct str *out)
{
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		str_cut(out, out->len - 1);
	str_add_char(out, '\n');
}

/* Wrapped lines, all but the first behind so many blanks. */
static void put_wrapped(const struct sheet *sheet, struct str *out, const char *text, int indent)
{
	for (bool first = true; first || *text != '\0'; first = false) {
		size_t skip = 0, len = text_wrap(text, sheet->columns - indent, &skip);

		if (!first)
			str_add_repeat(out, ' ', (size_t)indent);
		str_add_bytes(out, text, len);
		end_line(out);
		if (len + skip == 0)
			break;
		text += len + skip;
	}
}

static void put_title(const struct sheet *sheet, struct str *out)
{
	int columns = text_columns(sheet->title);

	if (columns < sheet->columns)
		str_add_repeat(out, ' ', (size_t)(sheet->columns - columns) / 2);
	put_wrapped(sheet, out, sheet->title, 0);
	str_add_repeat(out, '=', (size_t)sheet->columns);
	str_add_char(out, '\n');
}

static size_t put_facts(const struct sheet *sheet, size_t from, struct str *out)
{
	size_t n = sheet_run(sheet, from, SHEET_FACT);
	int width = 0;

	for (size_t i = from; i < from + n; i++) {
		int columns = text_columns(sheet->blocks[i].label);

		width = columns > width ? columns : width;
	}
	width = width < LABEL_MOST ? width : LABEL_MOST;
	for (size_t i = from; i < from + n; i++) {
		text_pad(out, sheet->blocks[i].label, width);
		str_add_repeat(out, ' ', GAP);
		put_wrapped(sheet, out, sheet->blocks[i].text, width + GAP);
	}
	return n;
}

/* --- tables ---------------------------------------------------------------------------------- */

/* Of the widest line of it. */
static int cell_columns(const char *cell)
{
	int widest = 0;

	while (*cell != '\0') {
		size_t len = strcspn(cell, "\n");
		struct str line = STR_INIT;
		int columns;

		str_add_bytes(&line, cell, len);
		columns = text_columns(str_get(&line));
		str_release(&line);
		widest = columns > widest ? columns : widest;
		cell += len + (cell[len] == '\n');
	}
	return widest;
}

struct width {
	int now, rows; /* rows: of the widest cell below the title */
};

/* The widest column gives way, first of those that their titles alone make so wide. */
static size_t find_widest(const struct width *widths, size_t n)
{
	size_t widest = n, title = n;

	for (size_t k = 0; k < n; k++) {
		bool by_title = widths[k].now > widths[k].rows && widths[k].now > TITLE_LEAST;

		if (by_title && (title == n || widths[k].now > widths[title].now))
			title = k;
		if (widths[k].now > CELL_LEAST &&
		    (widest == n || widths[k].now > widths[widest].now))
			widest = k;
	}
	return title < n ? title : widest;
}

/* As wide as what is in them, unless that is too much. */
static void find_widths(const struct sheet *sheet, size_t from, size_t n, struct width *widths)
{
	size_t cells = sheet->blocks[from].n;
	int all = GAP * ((int)cells - 1);

	for (size_t k = 0; k < cells; k++) {
		int title = cell_columns(sheet->blocks[from].cells[k]);

		widths[k] = (struct width){ .rows = 1 };
		for (size_t i = from + 1; i < from + n; i++) {
			int columns = cell_columns(sheet->blocks[i].cells[k]);

			widths[k].rows = columns > widths[k].rows ? columns : widths[k].rows;
		}
		widths[k].now = title > widths[k].rows ? title : widths[k].rows;
		all += widths[k].now;
	}
	for (; all > sheet->columns; all--) {
		size_t widest = find_widest(widths, cells);

		if (widest == cells)
			return;
		widths[widest].now--;
	}
}

static void put_row(const struct sheet_block *block, const struct width *widths, struct str *out)
{
	const char *rest[CELLS_MOST];
	bool more = true;

	for (size_t k = 0; k < block->n; k++)
		rest[k] = block->cells[k];
	while (more) {
		more = false;
		for (size_t k = 0; k < block->n; k++) {
			size_t skip = 0, len = text_wrap(rest[k], widths[k].now, &skip);
			struct str piece = STR_INIT;

			str_add_bytes(&piece, rest[k], len);
			text_pad(out, str_get(&piece), widths[k].now);
			str_release(&piece);
			if (k + 1 < block->n)
				str_add_repeat(out, ' ', GAP);
			rest[k] += len + skip;
			more = more || *rest[k] != '\0';
		}
		end_line(out);
	}
}

static size_t put_table(const struct sheet *sheet, size_t from, struct str *out)
{
	size_t n = 1 + sheet_run(sheet, from + 1, SHEET_ROW);
	struct width widths[CELLS_MOST];
	int all = 0;

	if (sheet->blocks[from].n > CELLS_MOST)
		return n;
	find_widths(sheet, from, n, widths);
	for (size_t k = 0; k < sheet->blocks[from].n; k++)
		all += widths[k].now + (k > 0 ? GAP : 0);
	put_row(&sheet->blocks[from], widths, out);
	str_add_repeat(out, '-', (size_t)all);
	str_add_char(out, '\n');
	for (size_t i = from + 1; i < from + n; i++)
		put_row(&sheet->blocks[i], widths, out);
	return n;
}

/* --- blocks ---------------------------------------------------------------------------------- */

static void put_sign(const struct sheet_block *block, struct str *out)
{
	str_addf(out, "\n%s ", block->label);
	str_add_repeat(out, '_', BLANK);
	str_add_char(out, '\n');
}

static size_t put_block(const struct sheet *sheet, size_t at, struct str *out)
{
	const struct sheet_block *block = &sheet->blocks[at];

	switch (block->kind) {
	case SHEET_NOTE:
	case SHEET_PARAGRAPH:
	case SHEET_LINES:
		put_wrapped(sheet, out, block->text, 0);
		break;
	case SHEET_SECTION:
		str_addf(out, "\n%s\n", block->text);
		str_add_repeat(out, '-', (size_t)text_columns(block->text));
		str_add_char(out, '\n');
		break;
	case SHEET_FACT:
		return put_facts(sheet, at, out);
	case SHEET_SIGN:
		put_sign(block, out);
		break;
	case SHEET_HEAD:
		return put_table(sheet, at, out);
	case SHEET_ROW:
		break;
	}
	return 1;
}

void sheet_text_out(const struct sheet *sheet, struct str *out)
{
	put_title(sheet, out);
	for (size_t i = 0; i < sheet->n;)
		i += put_block(sheet, i, out);
}
