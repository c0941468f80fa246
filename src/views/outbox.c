#include <config.h>

#include <stdio.h>
#include <string.h>

#include "desk_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/ui/list.h"

enum { FOOT_ROWS = 5, HEADING = 0xff };

/* The outbox in groups: what lies on the conflict desk, notes to be read, what waits. */
struct outbox_view {
	struct app *app;
	struct list *list;
	struct arena arena;
	struct desk desk;
	bool foot; /* must be drawn */
	char cell[512];
};

static enum err load(struct outbox_view *view, struct error *err)
{
	arena_reset(&view->arena);
	view->desk = (struct desk){ 0 };
	return desk_read(view->app->client, &view->arena, &view->desk, err);
}

/* ---- rows: a heading for each group that has any ---- */

static struct uuid heading_id(enum desk_group group)
{
	return (struct uuid){ { HEADING, (unsigned char)group } };
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct outbox_view *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->desk.n + DESK_GROUPS + 1, sizeof *rows);
	int n = 0;

	for (size_t i = 0; i < view->desk.n; i++) {
		const struct desk_line *line = &view->desk.lines[i];

		if (i == 0 || line[-1].group != line->group)
			rows[n++] = (struct list_row){ heading_id(line->group), LIST_ROW_HEADING,
						       line };
		rows[n++] = (struct list_row){ line->waiting->act.id, 0, line };
	}
	for (int i = 0; i < n; i++)
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	*ret_page = (struct list_page){ rows, n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static const struct list_column columns[] = {
	{ "mark", " ", 1, 1, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "n", N_("No."), 4, 5, 0, 0, LIST_RIGHT, LIST_CUT_END },
	{ "state", N_("State"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "at", N_("Done at"), 11, 11, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "officer", N_("Officer"), 6, 8, 0, 100, LIST_LEFT, LIST_CUT_END },
	{ "act", N_("Act"), 8, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "incident", N_("Incident"), 10, 10, 0, 0, LIST_LEFT, LIST_CUT_END },
	{ "wanted", N_("What was to be done"), 10, 20, 1, 100, LIST_LEFT, LIST_CUT_END },
	{ "sentence", N_("The server says"), 10, 20, 2, 0, LIST_LEFT, LIST_CUT_END },
};

static const char *heading(struct outbox_view *view, enum desk_group group)
{
	static const char *const words[] = {
		[DESK_REFUSED] = N_("Conflict desk, not accepted: each to be decided"),
		[DESK_MERGED] = N_("Conflict desk, accepted with a note: to be read"),
		[DESK_WAITING] = N_("Waiting"),
	};

	snprintf(view->cell, sizeof view->cell, "%s  %zu", _(words[group]),
		 view->desk.count[group]);
	return view->cell;
}

static const char *act_cell(struct outbox_view *view, const struct desk_line *line)
{
	enum { DEEPEST = 3 };
	int depth = line->depth < DEEPEST ? line->depth : DEEPEST;

	snprintf(view->cell, sizeof view->cell, "%*s%s%s", depth * 2 - (depth > 0 ? 2 : 0), "",
		 depth ? "- " : "", line->waiting->label);
	return view->cell;
}

static const char *number_cell(struct outbox_view *view, const struct desk_line *line)
{
	snprintf(view->cell, sizeof view->cell, "%lld", (long long)line->waiting->act.n);
	return view->cell;
}

static const char *time_cell(struct outbox_view *view, const struct desk_line *line)
{
	/* by the server's clock, as everywhere on the screen */
	civil_format(line->waiting->act.at + view->app->link.offset,
		     client_rules(view->app->client)->offset_min, "m-d H:M", view->cell,
		     sizeof view->cell);
	return view->cell;
}

static const char *words_cell(struct outbox_view *view, const struct desk_line *line)
{
	if (line->waiting->own)
		return line->words;
	snprintf(view->cell, sizeof view->cell, "[%s] %s", line->waiting->act.actor.officer,
		 line->words);
	return view->cell;
}

static const char *mark_cell(const struct desk_line *line)
{
	static const char *const marks[] = { "X", "i", "^" };

	return marks[line->group];
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct outbox_view *view = ctx;
	const struct desk_line *line = row->data;

	if (row->flags & LIST_ROW_HEADING) {
		*ret_cell = (struct list_cell){ heading(view, line->group), ROLE_HEADING };
		return;
	}
	ret_cell->role = line->group == DESK_REFUSED ? ROLE_CONFLICT : ROLE_TEXT;
	switch (column) {
	case 0:
		ret_cell->text = mark_cell(line);
		break;
	case 1:
		ret_cell->text = number_cell(view, line);
		break;
	case 2:
		ret_cell->text = outbox_state_words(line->waiting->state);
		break;
	case 3:
		ret_cell->text = time_cell(view, line);
		break;
	case 4:
		ret_cell->text = line->waiting->act.actor.officer;
		break;
	case 5:
		ret_cell->text = act_cell(view, line);
		break;
	case 6:
		ret_cell->text = line->mark;
		break;
	case 7:
		ret_cell->text = line->wanted;
		break;
	default:
		ret_cell->text = words_cell(view, line);
	}
}

static const char *empty(void *ctx)
{
	if (client_outbox_others(((struct outbox_view *)ctx)->app->client))
		return _("Nothing of yours waits here. 2 leads to the incidents");
	return _("Nothing waits and nothing lies on the desk: the server has accepted all. "
		 "2: incidents");
}

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct outbox_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, cell, empty };
	enum err code;

	(void)arg;
	view->app = ui_shell(ui);
	view->list = list_new(columns, ARRAY_LEN(columns), &source);
	code = load(view, err);
	if (code == ERR_OK)
		code = list_home(view->list, err);
	if (code != ERR_OK) {
		list_free(view->list);
		arena_release(&view->arena);
		free(view);
		return code;
	}
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct outbox_view *view = state;

	list_free(view->list);
	arena_release(&view->arena);
	free(view);
}

static const struct desk_line *current(struct outbox_view *view)
{
	const struct list_row *row = list_current(view->list);

	return row && !(row->flags & LIST_ROW_HEADING) ? row->data : NULL;
}

bool outbox_view_selected(void *state, struct uuid *ret_id)
{
	const struct desk_line *line = current(state);

	if (line)
		*ret_id = line->waiting->act.target.id;
	return line != NULL;
}

const struct desk_line *outbox_view_item(void *state)
{
	return current(state);
}

/* ---- drawing ---- */

/* What was to be done, then what the server said, as far as the rows reach. */
static void draw_foot(struct outbox_view *view, struct canvas *canvas, struct area area)
{
	const struct desk_line *line = current(view);
	struct area rule = area_top(&area, 1);
	struct arena arena = ARENA_INIT;
	struct str part = STR_INIT;
	const char *words;

	canvas_fill(canvas, rule, '-', ROLE_FRAME);
	canvas_erase(canvas, area);
	if (!line)
		return;
	str_addf(&part, "%s  %s", desk_target(view->app->client, line, &arena),
		 line->waiting->label);
	canvas_pad(canvas, area.row, 1, area.cols - 1, ROLE_TEXT, str_get(&part), PAD_RIGHT);
	canvas_pad(canvas, area.row + 1, 1, area.cols - 1, ROLE_TEXT, line->wanted, PAD_RIGHT);
	words = line->words;
	for (int row = 2; row < area.rows && *words; row++) {
		size_t skip, len = text_wrap(words, area.cols - 2, &skip);

		str_clear(&part);
		str_add_bytes(&part, words, len);
		canvas_pad(canvas, area.row + row, 1, area.cols - 1,
			   line->group == DESK_REFUSED ? ROLE_CONFLICT : ROLE_HINT, str_get(&part),
			   PAD_RIGHT);
		words += len + skip;
	}
	str_release(&part);
	arena_release(&arena);
}

static void draw_title(struct outbox_view *view, struct canvas *canvas, struct area area)
{
	size_t others = client_outbox_others(view->app->client);
	struct str text = STR_INIT;

	str_add(&text, _(" Outbox: acts of this console that wait, and the conflict desk"));
	if (others)
		str_addf(&text, _("; and %zu of officers of another view"), others);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HEADING, text.s, PAD_RIGHT);
	str_release(&text);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct outbox_view *view = state;
	struct area title = area_top(&area, 1), foot = area_bottom(&area, FOOT_ROWS);

	if (all || view->foot)
		draw_title(view, canvas, title);
	list_draw(view->list, canvas, area, all);
	if (all || view->foot)
		draw_foot(view, canvas, foot);
	view->foot = false;
}

/* ---- keys ---- */

static unsigned move(struct outbox_view *view, enum list_motion motion)
{
	list_move(view->list, motion);
	view->foot = true;
	return UI_REDRAW | UI_FRAME; /* the hints are the act's */
}

static unsigned reload(void *state)
{
	struct outbox_view *view = state;
	struct error err = ERROR_INIT;
	enum err code = load(view, &err); /* on failure there are no rows */

	if (list_reload(view->list, code == ERR_OK ? &err : NULL) != ERR_OK || code != ERR_OK)
		app_failed(view->app, &err);
	view->foot = true;
	return UI_REDRAW | UI_FRAME;
}

static unsigned open_item(struct outbox_view *view)
{
	const struct desk_line *line = current(view);

	if (!line)
		return UI_NOTHING;
	if (desk_is_on(line))
		return ui_open(view->app->ui, &desk_view, &line->waiting->act.id,
			       sizeof line->waiting->act.id);
	return app_open_entity(view->app, line->waiting->act.target.kind,
			       &line->waiting->act.target.id);
}

/* A note is taken off where it is read: on its page. */
static unsigned act_on(struct outbox_view *view, enum cmd cmd)
{
	const struct desk_line *line = current(view);

	if (line && line->group == DESK_MERGED)
		return open_item(view);
	return line ? desk_command(view->app, &line->waiting->act.id, cmd) : UI_NOTHING;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct outbox_view *view = state;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion))
		return move(view, motion);
	switch (cmd->id) {
	case CMD_open:
		return open_item(view);
	case CMD_keep:
	case CMD_drop:
	case CMD_edit:
	case CMD_dropall:
		return act_on(view, (enum cmd)cmd->id);
	default:
		return UI_IGNORED;
	}
}

static const char *title(void *state)
{
	(void)state;
	return _("Outbox");
}

const struct view_ops outbox_view = {
	.name = "outbox",
	.where = WHERE_OUTBOX,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.title = title,
};
