/* The matrix on the screen: departments down, clocks across, the cursor over its cells. */
#include <config.h>

#include <string.h>

#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

enum { NAME_LEAST = 8, NAME_MOST = 18, CELL_COLS = 9, CELL_WIDE = 12 };

int matrix_rows(const struct matrix *matrix)
{
	return (int)matrix->n_rows + 1;
}

static const char *org_name(const struct app *app, const char *code)
{
	const struct org *org = rules_org(client_rules(app->client), code);

	return !org ? code ? code : "" : org->brief ? org->brief : org->name;
}

/* The lead's name carries a star, a dispute that waits a question mark. */
static void name_of(const struct app *app, const struct summoned *share, struct str *out)
{
	str_add(out, org_name(app, share->org));
	if (share->role && strcmp(share->role, "lead") == 0)
		str_add_char(out, '*');
	if (share->claimed_at && !share->settled_at)
		str_add_char(out, '?');
}

static int name_cols(const struct app *app, const struct matrix *matrix)
{
	int widest = NAME_LEAST;

	for (size_t i = 0; i < matrix->n_rows; i++) {
		struct str name = STR_INIT;
		int cols;

		name_of(app, matrix->rows[i].share, &name);
		cols = text_columns(str_get(&name));
		widest = cols > widest ? cols : widest;
		str_release(&name);
	}
	return (widest < NAME_MOST ? widest : NAME_MOST) + 1;
}

struct grid {
	struct app *app;
	const struct whistle_page *page;
	struct canvas *canvas;
	struct matrix_cursor cursor;
	int name, cell;	   /* columns */
	size_t first, n;   /* of the matrix's columns, that are shown */
};

/* As many columns as there is room for, the cursor's among them. */
static void fit(struct grid *grid, int cols)
{
	size_t all = grid->page->matrix.n_columns;
	int room = cols - 2 - grid->name;

	grid->cell = room >= (int)all * CELL_WIDE ? CELL_WIDE : CELL_COLS;
	grid->n = room / grid->cell > 0 ? (size_t)(room / grid->cell) : 1;
	if (grid->n > all)
		grid->n = all;
	if (grid->cursor.shown && grid->cursor.column >= grid->n)
		grid->first = grid->cursor.column - grid->n + 1;
}

static void draw_titles(const struct grid *grid, struct area line)
{
	const struct whistle_page *page = grid->page;
	const struct rules *rules = client_rules(grid->app->client);
	bool cut = grid->first + grid->n < page->matrix.n_columns;

	canvas_pad(grid->canvas, line.row, line.col, line.cols, ROLE_HEADING,
		   grid->first ? " <" : "", PAD_RIGHT);
	for (size_t c = 0; c < grid->n; c++) {
		enum summons_clock clock = page->matrix.columns[grid->first + c];

		canvas_pad(grid->canvas, line.row,
			   line.col + 2 + grid->name + (int)c * grid->cell, grid->cell - 1,
			   ROLE_HEADING,
			   summons_clock_label(rules, page->summons, summons_clock_code(clock)),
			   PAD_RIGHT);
	}
	if (cut)
		canvas_pad(grid->canvas, line.row, line.col + line.cols - 1, 1, ROLE_HEADING, ">",
			   PAD_RIGHT);
}

static void draw_row(const struct grid *grid, size_t r, struct area line)
{
	const struct matrix *matrix = &grid->page->matrix;
	const struct matrix_row *row = &matrix->rows[r];
	bool here = grid->cursor.shown && r == grid->cursor.row;
	enum role role = row->share->freed_at ? ROLE_HINT : here ? ROLE_LIST_SELECTED : ROLE_TEXT;
	struct str name = STR_INIT;

	name_of(grid->app, row->share, &name);
	canvas_pad(grid->canvas, line.row, line.col, 2, ROLE_LIST_SELECTED, here ? ">" : "",
		   PAD_RIGHT);
	canvas_pad(grid->canvas, line.row, line.col + 2, line.cols - 2, role, "", PAD_RIGHT);
	canvas_pad(grid->canvas, line.row, line.col + 2, grid->name - 1, role, str_get(&name),
		   PAD_RIGHT);
	for (size_t c = 0; c < grid->n; c++) {
		const struct matrix_cell *cell = &row->cells[matrix->columns[grid->first + c]];
		bool at = here && grid->first + c == grid->cursor.column;
		char words[MATRIX_TEXT];
		struct str text = STR_INIT;
		int col = line.col + 2 + grid->name + (int)c * grid->cell;

		matrix_cell_text(cell, words);
		str_addf(&text, at ? "[%s]" : "%s", words);
		canvas_pad(grid->canvas, line.row, at ? col - 1 : col, grid->cell + (at ? 1 : -1),
			   at && cell->state == CELL_NONE ? ROLE_LIST_SELECTED
							  : matrix_cell_role(cell),
			   str_get(&text), PAD_RIGHT);
		str_release(&text);
	}
	if (row->share->freed_at)
		canvas_pad(grid->canvas, line.row,
			   line.col + line.cols - text_columns(_("freed")) - 1,
			   text_columns(_("freed")), ROLE_HINT, _("freed"), PAD_RIGHT);
	str_release(&name);
}

void matrix_draw(struct app *app, const struct whistle_page *page, struct canvas *canvas,
		 struct area area, struct matrix_cursor cursor)
{
	const struct matrix *matrix = &page->matrix;
	struct grid grid = { app, page, canvas, cursor, name_cols(app, matrix), 0, 0, 0 };
	size_t top = 0, shown;

	if (area.rows < 1)
		return;
	fit(&grid, area.cols);
	draw_titles(&grid, area_top(&area, 1));
	shown = area.rows > 0 ? (size_t)area.rows : 0;
	if (cursor.shown && shown && cursor.row >= shown)
		top = cursor.row - shown + 1;
	for (size_t i = 0; i < shown; i++) {
		struct area line = area_top(&area, 1);

		if (top + i < matrix->n_rows)
			draw_row(&grid, top + i, line);
		else
			canvas_erase(canvas, line);
	}
}
