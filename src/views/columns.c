/* The columns of the lists of incidents, chosen and put in order; what is changed is seen at once in
 * the list behind. */
#include <config.h>

#include <string.h>

#include "columns_priv.h"
#include "rows_priv.h"
#include "saved_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/keep.h"
#include "zhiban/ui/arrange.h"

#define KEPT "columns"

void columns_load(struct app *app)
{
	struct arena arena = ARENA_INIT;
	const char *words = client_keep_get(app->client, KEPT, &arena);

	app->columns = (struct columns){ .n = 0 };
	app->columns_turn++;
	if (words && columns_parse(words, &app->columns, NULL) != ERR_OK)
		app->columns.n = 0; /* a column of that name is no more */
	arena_release(&arena);
}

void columns_set(struct app *app, const struct columns *columns)
{
	app->columns = *columns;
	app->columns_turn++;
	saved_other(app, SAVED_INCIDENTS);
}

static void keep(struct app *app)
{
	struct str words = STR_INIT;
	struct error err = ERROR_INIT;

	columns_words(&app->columns, &words);
	if (!client_read_only(app->client) &&
	    client_keep_set(app->client, KEPT, str_get(&words), &err) != ERR_OK)
		app_failed(app, &err);
	str_release(&words);
}

unsigned columns_command(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	struct columns columns;

	if (!args || !*(args += strspn(args, " ")))
		return ui_open(app->ui, &columns_view, NULL, 0);
	if (strcmp(args, "-") == 0)
		args = "";
	if (columns_parse(args, &columns, &err) != ERR_OK) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	columns_set(app, &columns);
	keep(app);
	return UI_RELOAD | UI_FRAME;
}

void columns_offer(const char *text, size_t at, struct arena *arena, struct prompt_words *words)
{
	const char *typed;
	size_t n = columns_count();

	for (size_t i = words->from; i < at; i++)
		if (strchr(", ", text[i]))
			words->from = i + 1;
	typed = arena_strndup(arena, text + words->from, at - words->from);
	for (size_t i = 0; i < n; i++) {
		struct column column;

		columns_at(i, &column);
		prompt_offer(arena, words, typed, column.name, _(column.title));
		if (strcmp(column.name, _(column.title)) != 0)
			prompt_offer(arena, words, *typed ? typed : " ", _(column.title),
				     column.name);
	}
}

/* ---- the overlay ---- */

enum { ALL_MOST = 160 };

struct chooser {
	struct app *app;
	const struct rows *rows; /* of the list behind; NULL: none */
	bool board;		 /* it is the board, which can be sorted and grouped */
	struct arrange *arrange;
	struct columns before;
	struct column all[ALL_MOST];
	size_t n;
};

static size_t index_of(const struct chooser *chooser, const char *name)
{
	for (size_t i = 0; i < chooser->n; i++)
		if (strcmp(chooser->all[i].name, name) == 0)
			return i;
	return ALL_MOST;
}

/* What the list shows now: as chosen, or of the designed layout as many as the width allows. */
static size_t shown_now(const struct chooser *chooser, size_t chosen[COLUMNS_MOST])
{
	const struct rows *rows = chooser->rows;
	const struct columns *columns = &chooser->app->columns;
	size_t n = 0;

	for (size_t i = 0; i < columns->n; i++)
		chosen[n++] = index_of(chooser, columns->names[i]);
	for (int i = 1; rows && !columns->n && i < rows->n_columns && n < COLUMNS_MOST; i++)
		if (list_width(rows->list, i) > 0)
			chosen[n++] = index_of(chooser, rows->columns[i].name);
	return n;
}

/* Says which of the chosen ones the width leaves out, as last drawn. */
static void note_room(struct chooser *chooser)
{
	const struct rows *rows = chooser->rows;

	for (int i = 1; rows && i < rows->n_columns; i++) {
		size_t at = index_of(chooser, rows->columns[i].name);

		if (at < chooser->n)
			arrange_note(chooser->arrange, at,
				     chooser->app->columns.n && !list_width(rows->list, i) ?
					     _("no room for it") : NULL);
	}
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct chooser *chooser = mem_alloc(sizeof *chooser);
	struct arrange_item items[ALL_MOST];
	size_t chosen[COLUMNS_MOST], n = columns_count();

	(void)arg;
	(void)err;
	chooser->app = ui_shell(ui);
	chooser->rows = rows_top(chooser->app);
	chooser->board = ui_top(ui) == &board_view;
	chooser->before = chooser->app->columns;
	chooser->n = n < ALL_MOST ? n : ALL_MOST;
	for (size_t i = 0; i < chooser->n; i++) {
		columns_at(i, &chooser->all[i]);
		items[i] = (struct arrange_item){ .label = _(chooser->all[i].title),
						  .name = chooser->all[i].name };
	}
	n = shown_now(chooser, chosen);
	chooser->arrange = arrange_new(_("Columns"), items, chooser->n, chosen, n, COLUMNS_MOST);
	*ret_state = chooser;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct chooser *chooser = state;

	arrange_free(chooser->arrange);
	free(chooser);
}

/* In the lower half: the titles of the columns stay in sight. */
static struct area place(void *state, struct area body)
{
	int rows = arrange_rows(((struct chooser *)state)->arrange), half = body.rows / 2 + 2;

	return area_bottom(&body, rows < half ? rows : half);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct chooser *chooser = state;

	(void)all;
	note_room(chooser);
	arrange_draw(chooser->arrange, canvas, area);
}

static unsigned apply(struct chooser *chooser)
{
	struct columns columns = { .n = 0 };
	size_t n;
	const size_t *chosen = arrange_chosen(chooser->arrange, &n);

	for (size_t i = 0; i < n; i++)
		columns.names[columns.n++] = chooser->all[chosen[i]].name;
	columns_set(chooser->app, &columns);
	return UI_RELOAD | UI_REDRAW_ALL;
}

/* By the column under the cursor; the same again turns it round. */
static unsigned sort(struct chooser *chooser)
{
	const struct column *column = &chooser->all[arrange_current(chooser->arrange)];
	struct board *board = chooser->app->board;
	size_t order;
	bool turned;

	if (!chooser->board)
		return UI_REDRAW;
	if (!board_order_find(column->field->name, &order, &turned)) {
		arrange_tell(chooser->arrange, _("there is no order by this column"));
		return UI_REDRAW;
	}
	turned = board_order(board) == order && !board_group(board) && !board_is_turned(board);
	board_set_group(board, 0);
	board_set_order(board, order);
	board_turn(board, turned);
	return UI_RELOAD | UI_REDRAW_ALL;
}

static unsigned group(struct chooser *chooser)
{
	const struct column *column = &chooser->all[arrange_current(chooser->arrange)];
	struct board *board = chooser->app->board;
	size_t which;

	if (!chooser->board)
		return UI_REDRAW;
	if (!board_group_find(column->field->name, &which)) {
		arrange_tell(chooser->arrange, _("grouped by step, by department or by street"));
		return UI_REDRAW;
	}
	board_set_group(board, board_group(board) == which ? 0 : which);
	return UI_RELOAD | UI_REDRAW_ALL;
}

static unsigned as_designed(struct chooser *chooser)
{
	static const struct columns none = { .n = 0 };
	size_t chosen[COLUMNS_MOST], n;

	columns_set(chooser->app, &none);
	n = shown_now(chooser, chosen);
	arrange_choose(chooser->arrange, chosen, n);
	return UI_RELOAD | UI_REDRAW_ALL;
}

static unsigned other(struct chooser *chooser, struct key key)
{
	key = key_narrow(key);
	if (key.mods)
		return UI_IGNORED;
	switch (key.code) {
	case 's':
	case UIKEY_F1 + 1:
		return sort(chooser);
	case 'z':
	case UIKEY_F1 + 2:
		return group(chooser);
	case '0':
	case UIKEY_F1 + 3:
		return as_designed(chooser);
	default:
		return UI_REDRAW; /* no key here is one of the list's */
	}
}

static unsigned pressed(void *state, struct key key, const char *pasted)
{
	struct chooser *chooser = state;

	(void)pasted;
	arrange_tell(chooser->arrange, NULL);
	switch (arrange_key(chooser->arrange, key)) {
	case ARRANGE_CHANGED:
		return apply(chooser);
	case ARRANGE_DONE:
		keep(chooser->app);
		return UI_CLOSE | UI_FRAME;
	case ARRANGE_LEFT:
		columns_set(chooser->app, &chooser->before);
		return UI_CLOSE | UI_RELOAD | UI_FRAME;
	case ARRANGE_MORE:
		return UI_REDRAW;
	case ARRANGE_IGNORED:
		break;
	}
	return other(chooser, key);
}

const struct view_ops columns_view = {
	.name = "columns",
	.overlay = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = pressed,
};
