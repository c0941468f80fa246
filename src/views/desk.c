/* One item of the conflict desk (待核): what happened, and what its author does about it. */
#include <config.h>

#include <string.h>

#include "desk_priv.h"
#include "paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/ui/pager.h"

struct desk_view {
	struct app *app;
	struct uuid act;
	struct arena arena;
	struct desk desk;
	const struct desk_line *line; /* NULL: it is not here any more */
	size_t place;		      /* of the line, to find the next when it is gone */
	struct desk_item item;
	struct pager *pager;
	int cols; /* laid out for; 0: must be built */
	int64_t minute;
};

/* ---- the actions: each has one number for good ---- */

static const struct action {
	enum cmd cmd;
	const char *word;
} actions[] = {
	{ CMD_keep, N_("send mine again") },
	{ CMD_drop, N_("give mine up") },
	{ CMD_edit, N_("edit, send again") },
	{ CMD_dropall, N_("give it all up") },
	{ CMD_open, N_("what it is about") },
	{ CMD_section, N_("next item") },
};
enum { ACTION_WIDTH = 26 };

static size_t on_desk(const struct desk_view *view)
{
	return view->desk.count[DESK_REFUSED] + view->desk.count[DESK_MERGED];
}

static bool is_offered(const struct desk_view *view, enum cmd cmd)
{
	if (cmd == CMD_section)
		return on_desk(view) > 1;
	if (cmd == CMD_open)
		return view->item.here;
	if (!(command_at(cmd)->needs & CMD_WRITES))
		return true;
	return !app_read_only(view->app) && !desk_line_why(view->app, view->line, cmd);
}

static const char *action_word(const struct desk_view *view, const struct action *action)
{
	if (action->cmd == CMD_drop && view->line && view->line->group == DESK_MERGED)
		return _("read: take it off");
	return _(action->word);
}

/* Rows of them, and the line above. */
static int actions_rows(const struct desk_view *view, int cols)
{
	int across = cols / ACTION_WIDTH, n = 0;

	for (size_t i = 0; view->line && i < ARRAY_LEN(actions); i++)
		n += is_offered(view, actions[i].cmd);
	return 1 + (n + across - 1) / across;
}

/* In columns of one width, so that each number has its place. */
static void draw_actions(const struct desk_view *view, struct canvas *canvas, struct area area)
{
	int across = area.cols / ACTION_WIDTH, at = 0;

	canvas_erase(canvas, area);
	for (size_t i = 0; view->line && i < ARRAY_LEN(actions); i++) {
		struct str text = STR_INIT;
		int row = area.row + at / across, col = area.col + 1 + at % across * ACTION_WIDTH;

		if (!is_offered(view, actions[i].cmd))
			continue;
		str_addf(&text, "%zu ", i + 1);
		keymap_first_key(view->app->keymap, command_at(actions[i].cmd), &text);
		col += canvas_text(canvas, row, col, ACTION_WIDTH - 1, ROLE_KEY, str_get(&text));
		canvas_textf(canvas, row, col, ACTION_WIDTH - 1 - (int)text.len, ROLE_TEXT, " %s",
			     action_word(view, &actions[i]));
		str_release(&text);
		at++;
	}
}

/* The line above the actions: which part of the page is seen, when not all. */
static void draw_rule(const struct desk_view *view, struct canvas *canvas, struct area area)
{
	int top, shown, lines;

	canvas_fill(canvas, area, '-', ROLE_FRAME);
	pager_position(view->pager, &top, &shown, &lines);
	if (lines > shown)
		canvas_textf(canvas, area.row, area.col + 2, area.cols - 2, ROLE_FRAME,
			     _(" lines %d to %d of %d "), top + 1, top + shown, lines);
}

static void draw_title(const struct desk_view *view, struct canvas *canvas, struct area area)
{
	struct str text = STR_INIT;

	if (view->line)
		str_addf(&text, " %s %zu/%zu  %s  %s", _("Conflict desk"), view->place + 1,
			 on_desk(view), view->line->waiting->label, view->item.what);
	else
		str_addf(&text, " %s", _("Conflict desk"));
	if (view->line && !view->line->waiting->own)
		str_addf(&text, "  [%s]", view->line->waiting->act.actor.officer);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HEADING, str_get(&text), PAD_RIGHT);
	str_release(&text);
}

static void lay_out(struct desk_view *view, int cols)
{
	view->cols = cols;
	if (view->line) {
		desk_fill(&view->desk, view->line, &view->item, cols, view->pager);
		return;
	}
	pager_begin(view->pager);
	pager_section(view->pager, "gone", NULL);
	pager_add(view->pager, NULL, 0, ROLE_TEXT,
		  _("It does not lie on the desk any more. Esc: back"));
	pager_end(view->pager);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct desk_view *view = state;
	struct area title = area_top(&area, 1);
	struct area foot = area_bottom(&area, actions_rows(view, area.cols));
	struct area rule = area_top(&foot, 1);

	if (area.cols != view->cols)
		lay_out(view, area.cols);
	if (all)
		draw_title(view, canvas, title);
	pager_draw(view->pager, canvas, area, all);
	draw_rule(view, canvas, rule);
	if (all)
		draw_actions(view, canvas, foot);
}

/* ---- reading ---- */

/* The item; when it is gone, the one that stands in its place now. */
static enum err load(struct desk_view *view, struct error *err)
{
	enum err code;

	arena_reset(&view->arena);
	view->line = NULL;
	view->cols = 0;
	view->minute = view->app->minute;
	code = desk_read(view->app->client, &view->arena, &view->desk, err);
	if (code != ERR_OK) {
		view->desk.n = 0;
		return code;
	}
	view->line = desk_find(&view->desk, &view->act);
	if (view->line && !desk_is_on(view->line))
		view->line = NULL;
	if (!view->line && on_desk(view)) {
		size_t last = on_desk(view) - 1;

		view->line = &view->desk.lines[view->place < last ? view->place : last];
	}
	if (!view->line)
		return ERR_OK;
	view->act = view->line->waiting->act.id;
	view->place = (size_t)(view->line - view->desk.lines);
	desk_item_make(view->app->client, &view->desk, view->line, &view->arena, &view->item);
	return ERR_OK;
}

static void close_view(void *state)
{
	struct desk_view *view = state;

	pager_free(view->pager);
	arena_release(&view->arena);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct desk_view *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->act = *(const struct uuid *)arg;
	view->pager = pager_new();
	code = load(view, err);
	if (code == ERR_OK && !view->line)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("Nothing lies on the conflict desk."));
	if (code != ERR_OK) {
		close_view(view);
		return code;
	}
	*ret_state = view;
	return ERR_OK;
}

const struct desk_line *desk_view_item(void *state)
{
	return ((struct desk_view *)state)->line;
}

bool desk_view_selected(void *state, struct uuid *ret_id)
{
	struct desk_view *view = state;

	if (!view->line)
		return false;
	*ret_id = view->line->waiting->act.target.id;
	return true;
}

static unsigned reload(void *state)
{
	struct desk_view *view = state;
	struct error err = ERROR_INIT;

	if (load(view, &err) != ERR_OK) {
		app_failed(view->app, &err);
		return UI_REDRAW_ALL | UI_FRAME;
	}
	return view->line ? UI_REDRAW_ALL | UI_FRAME : UI_CLOSE | UI_FRAME; /* all is decided */
}

/* ---- keys ---- */

static unsigned go(struct desk_view *view, bool back)
{
	size_t n = on_desk(view);

	if (n < 2)
		return UI_NOTHING;
	view->place = (view->place + (back ? n - 1 : 1)) % n;
	view->act = view->desk.lines[view->place].waiting->act.id;
	pager_key(view->pager, (struct key){ .code = UIKEY_HOME });
	return reload(view);
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct desk_view *view = state;
	struct uuid id;
	unsigned flags;

	(void)args;
	if (paper_move(view->pager, cmd, &flags))
		return flags;
	switch (cmd->id) {
	case CMD_section:
		return go(view, false);
	case CMD_open:
		return desk_view_selected(view, &id) ?
			       app_open_entity(view->app, view->line->waiting->act.target.kind,
					       &id) : UI_NOTHING;
	case CMD_keep:
	case CMD_drop:
	case CMD_edit:
	case CMD_dropall:
		return desk_command(view->app, &view->act, (enum cmd)cmd->id);
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	default:
		return UI_IGNORED;
	}
}

/* 1 to 9, or F2 to F10 where an input method swallows digits too. */
static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct desk_view *view = state;
	struct key narrow = key_narrow(pressed);
	size_t number = 0;

	(void)pasted;
	if (pressed.code == UIKEY_TAB && pressed.mods == KEY_SHIFT)
		return go(view, true);
	if (pressed.code >= UIKEY_F1 + 1 && pressed.code <= UIKEY_F1 + 9 && !pressed.mods)
		number = pressed.code - UIKEY_F1;
	else if (narrow.code >= '1' && narrow.code <= '9' && !narrow.mods)
		number = narrow.code - '0';
	if (number == 7 || number == 9) {
		app_notice(view->app, ROLE_WARNING, _("no action has that number"));
		return UI_FRAME;
	}
	if (number < 1 || number > ARRAY_LEN(actions))
		return UI_IGNORED; /* 8: the whole list */
	ui_then(view->app->ui, command_at(actions[number - 1].cmd), "");
	return UI_NOTHING;
}

static unsigned tick(void *state, int64_t now)
{
	struct desk_view *view = state;

	(void)now;
	return view->minute == view->app->minute ? UI_NOTHING : reload(view);
}

static const char *title(void *state)
{
	(void)state;
	return _("Conflict desk");
}

const struct view_ops desk_view = {
	.name = "desk",
	.where = WHERE_DESK,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
