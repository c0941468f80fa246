/* What may be the same as an incident: it and those that are like it, the likeliest first, as rows of
 * the board; Enter opens one, M merges the marked ones, or the one under the cursor, with it. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "act_priv.h"
#include "rows_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/dups.h"

enum { GROUP_THIS, GROUP_OPEN, GROUP_CLOSED, GROUPS };

struct dups_row {
	struct client_row shown;
	int score; /* 0: the incident itself */
};
struct dups_view {
	struct rows rows; /* first: see rows_priv.h */
	struct uuid about;
	struct arena arena;
	struct list_column columns[ROWS_COLUMNS];
	int like; /* the column that says how much they are alike */
	struct list_row *list; /* headings too */
	struct dups_row *shown;
	size_t n, n_like;
	int64_t unseen;
	char percent[8];
};

/* ---- rows ---- */

static bool row_of(struct dups_view *view, const struct uuid *id, struct dups_row *row)
{
	static const struct client_order order = { .field = NULL };
	struct client *client = view->rows.app->client;
	struct client_page page;
	struct row_key key;

	if (client_key(client, &order, id, &key, NULL) != ERR_OK ||
	    client_page(client, &order, &key, PAGE_FROM, 1, &view->arena, &page, NULL) != ERR_OK ||
	    page.n == 0)
		return false;
	row->shown = page.rows[0];
	return true;
}

static void add_heading(struct dups_view *view, int group)
{
	static const char *const words[GROUPS] = {
		[GROUP_THIS] = N_("This one"),
		[GROUP_OPEN] = N_("Likely the same, the likeliest first"),
		[GROUP_CLOSED] = N_("Likely the same, but closed"),
	};
	struct list_row *row = &view->list[view->n++];

	*row = (struct list_row){ .flags = LIST_ROW_HEADING, .data = _(words[group]) };
	memset(&row->id, 0xFF, sizeof row->id); /* no incident has such an id */
	((unsigned char *)&row->id)[0] = (unsigned char)group;
}

static void add_row(struct dups_view *view, const struct uuid *id, int score)
{
	struct dups_row *shown = &view->shown[view->n];
	struct list_row *row = &view->list[view->n];

	if (!row_of(view, id, shown))
		return;
	shown->score = score;
	*row = (struct list_row){ .id = *id, .data = shown };
	if (board_is_changed(view->rows.app->board, id))
		row->flags |= LIST_ROW_CHANGED;
	view->n++;
}

static void add_group(struct dups_view *view, const struct dups *dups, int group)
{
	bool begun = false;

	for (size_t i = 0; i < dups->n; i++) {
		if ((group == GROUP_OPEN) != (dups->items[i].incident->open != 0))
			continue;
		if (!begun)
			add_heading(view, group);
		begun = true;
		add_row(view, &dups->items[i].id, dups->items[i].score);
	}
}

/* When it was merged into another meanwhile, that one takes its place. */
static enum err load(struct dups_view *view, bool *ret_moved, struct error *err)
{
	struct uuid was = view->about;
	struct incident *incident;
	struct dups dups = { .items = NULL };
	struct uuid lead;
	enum err code;

	arena_reset(&view->arena);
	view->n = view->n_like = 0;
	code = client_get(view->rows.app->client, &view->about, &view->arena, &incident, err);
	if (code == ERR_OK && incident->merged_into &&
	    uuid_parse(incident->merged_into, &lead) == ERR_OK &&
	    client_get(view->rows.app->client, &lead, &view->arena, &incident, NULL) == ERR_OK)
		view->about = lead;
	*ret_moved = !uuid_eq(&was, &view->about);
	if (code == ERR_OK)
		code = dups_of(view->rows.app->client, &view->about, &view->arena, &incident, &dups,
			       err);
	view->list = arena_array(&view->arena, dups.n + GROUPS + 1, sizeof *view->list);
	view->shown = arena_array(&view->arena, dups.n + GROUPS + 1, sizeof *view->shown);
	if (code != ERR_OK)
		return code;
	add_heading(view, GROUP_THIS);
	add_row(view, &view->about, 0);
	add_group(view, &dups, GROUP_OPEN);
	add_group(view, &dups, GROUP_CLOSED);
	view->n_like = dups.n;
	view->unseen = dups.unseen;
	return ERR_OK;
}

/* All of them: there are few. */
static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct dups_view *view = ctx;
	bool here = want->from != LIST_AT;

	for (size_t i = 0; i < view->n && !here; i++)
		here = uuid_eq(&view->list[i].id, &want->anchor);
	if (!here)
		return error_set(err, ERR_NOT_FOUND, "%s", _("that incident is not here"));
	ret_page->rows = arena_array(arena, view->n + 1, sizeof *ret_page->rows);
	memcpy(ret_page->rows, view->list, view->n * sizeof *view->list);
	ret_page->n = (int)view->n;
	ret_page->first = ret_page->last = true;
	return ERR_OK;
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct dups_view *view = ctx;
	const struct dups_row *shown = row->data;

	if (row->flags & LIST_ROW_HEADING) {
		*ret_cell = (struct list_cell){ column == 0 ? row->data : "", ROLE_HEADING };
	} else if (column != view->like) {
		rows_cell(&view->rows, row, column, ret_cell);
	} else {
		snprintf(view->percent, sizeof view->percent, shown->score ? "%d" : "",
			 shown->score / 10);
		*ret_cell = (struct list_cell){ view->percent, ROLE_HINT };
	}
}

/* The board's columns, but how alike in the place of the mark. */
static void shape(struct dups_view *view)
{
	struct list_column *like;

	rows_shape(&view->rows);
	memcpy(view->columns, view->rows.columns, sizeof view->columns);
	for (view->like = 0; view->like < view->rows.n_columns; view->like++)
		if (strcmp(view->columns[view->like].name, "mark") == 0)
			break;
	if (view->like == view->rows.n_columns)
		view->like = 0;
	like = &view->columns[view->like];
	like->title = "%";
	like->min = like->ideal = 3;
	like->align = LIST_RIGHT;
}

/* ---- the view ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct dups_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, cell, NULL };
	enum err code;
	bool moved;

	view->about = *(const struct uuid *)arg;
	rows_init(&view->rows, ui_shell(ui));
	shape(view);
	view->rows.list = list_new(view->columns, view->rows.n_columns, &source);
	code = load(view, &moved, err);
	if (code == ERR_OK)
		code = list_home(view->rows.list, err);
	if (code != ERR_OK) {
		rows_release(&view->rows);
		arena_release(&view->arena);
		free(view);
		return code;
	}
	if (view->n_like) /* the likeliest */
		(void)list_move(view->rows.list, LIST_DOWN);
	rows_rest(&view->rows);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct dups_view *view = state;

	rows_release(&view->rows);
	arena_release(&view->arena);
	free(view);
}

static void draw_title(struct dups_view *view, struct canvas *canvas, struct area area)
{
	struct str left = STR_INIT, right = STR_INIT;
	size_t marked;
	int width;

	list_marked(view->rows.list, &marked);
	str_addf(&left, " %s", _("The same?"));
	if (view->n_like)
		rows_add_count(&left, _("alike:"), (int64_t)view->n_like);
	else
		str_addf(&left, "  %s", _("Nothing here is like it. Esc: back"));
	rows_add_count(&left, _("marked"), (int64_t)marked);
	rows_add_count(&left, _("not looked at yet:"), view->unseen);
	if (view->n_like && !app_read_only(view->rows.app)) {
		keymap_first_key(view->rows.app->keymap, command_at(CMD_dups), &right);
		str_addf(&right, " %s ", marked ? _("merges the marked with it")
						: _("merges the row with it"));
	}
	width = text_columns(str_get(&right));
	canvas_pad(canvas, area.row, area.col, area.cols - width, ROLE_HEADING, left.s, PAD_RIGHT);
	canvas_text(canvas, area.row, area.col + area.cols - width, width, ROLE_HEADING,
		    str_get(&right));
	str_release(&left);
	str_release(&right);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct dups_view *view = state;
	struct area title = area_top(&area, 1), foot = area_bottom(&area, ROWS_FOOT);

	all = all || view->rows.dirty & DIRTY_LIST;
	if (all || view->rows.dirty & DIRTY_TITLE)
		draw_title(view, canvas, title);
	if (all)
		view->rows.left_at = INT64_MAX;
	list_draw(view->rows.list, canvas, area, all);
	if (all || view->rows.dirty & DIRTY_FOOT)
		rows_draw_foot(&view->rows, canvas, foot);
	view->rows.dirty = 0;
}

static unsigned reload(void *state)
{
	struct dups_view *view = state;
	struct error err = ERROR_INIT;
	bool moved = false;

	if (load(view, &moved, &err) != ERR_OK)
		app_failed(view->rows.app, &err);
	shape(view);
	list_set_columns(view->rows.list, view->columns, view->rows.n_columns);
	view->rows.dirty |= DIRTY_LIST;
	if (moved && list_home(view->rows.list, NULL) == ERR_OK)
		(void)list_move(view->rows.list, LIST_DOWN);
	return rows_reread(&view->rows, false);
}

static unsigned do_merge(struct dups_view *view)
{
	struct uuid ids[DUPS_MOST + 2];
	const struct uuid *marked;
	size_t n_marked, n = 0;
	struct uuid at;

	ids[n++] = view->about;
	marked = list_marked(view->rows.list, &n_marked);
	for (size_t i = 0; i < n_marked && n < ARRAY_LEN(ids); i++)
		if (!uuid_eq(&marked[i], &view->about))
			ids[n++] = marked[i];
	if (!n_marked && list_at(view->rows.list, &at) && !uuid_eq(&at, &view->about))
		ids[n++] = at;
	return merge_begin(view->rows.app, ids, n);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct dups_view *view = state;
	unsigned flags;

	if (cmd->id == CMD_dups && (!args || !*args))
		return do_merge(view);
	flags = rows_command(&view->rows, cmd);
	return cmd->id == CMD_escape && flags & UI_IGNORED ? UI_CLOSE | UI_FRAME : flags;
}

static unsigned tick(void *state, int64_t now)
{
	return rows_tick(&((struct dups_view *)state)->rows, now);
}

static const char *title(void *state)
{
	(void)state;
	return _("The same?");
}

const struct view_ops dups_view = {
	.name = "dups",
	.where = WHERE_BOARD,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
