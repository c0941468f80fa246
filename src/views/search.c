#include <config.h>

#include "search_priv.h"
#include "words_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *empty(void *ctx)
{
	struct search_view *view = ctx;

	if (view->at_server)
		return view->server == SERVER_ASKED  ? _("The server is being asked ...") :
		       view->server == SERVER_FAILED ? _("No answer: see above. Tab asks again.") :
						       _("The server has nothing that is not here. "
							 "Tab leads back.");
	if (view->problem.code != ERR_OK)
		return view->problem.text;
	if (view->search == NULL)
		return _("Words of title, text, address, numbers or notes; each must be found.");
	if (search_is_busy(view))
		return _("Looking ...");
	return view->filter.len > 0 ?
		       _("Nothing here has these words and passes the filter. / changes it, "
			 "Tab asks the server.") :
		       _("Nothing here has these words. Tab asks the server, \\ changes them.");
}

static void cell(void *ctx, const struct list_row *row, int column, struct list_cell *ret_cell)
{
	struct search_view *view = ctx;
	const char *name = view->rows.columns[column].name;

	rows_cell(ctx, row, column, ret_cell);
	if (view->search != NULL && (strcmp(name, "title") == 0 || strcmp(name, "number") == 0))
		ret_cell->words = client_search_words(view->search);
}

/* ---- what is typed ---- */

static void open_prompt(struct search_view *view, bool narrowing)
{
	struct app *app = view->rows.app;
	struct str *text = narrowing ? &view->filter : &view->words;
	struct prompt_spec spec = {
		.label = narrowing ? "/" : "\\",
		.initial = str_get(text),
		.hint = narrowing ? _("of what was found: step: street: dept: open mine !not a|b") :
				    _("words, as 12345 numbers, 22-0417, two characters at least"),
		.max_chars = 80,
		.complete = narrowing ? filter_words : NULL,
		.ctx = app,
		.history = narrowing ? &app->filters : &app->searches,
	};

	view->narrowing = narrowing;
	str_clear(&view->before);
	str_add(&view->before, str_get(text));
	prompt_free(view->prompt);
	view->prompt = prompt_new(&spec);
}

static unsigned again(struct search_view *view)
{
	view->at_server = false;
	search_begin(view);
	view->rows.dirty |= DIRTY_TITLE | DIRTY_LIST | DIRTY_FOOT;
	return rows_reread(&view->rows, true);
}

static unsigned set_words(struct search_view *view, const char *words)
{
	str_clear(&view->words);
	str_add(&view->words, words);
	return again(view);
}

/* A filter that is wrong is told, and nothing changes. */
static unsigned set_filter(struct search_view *view, const char *text, bool *ret_good)
{
	struct arena arena = ARENA_INIT;
	struct filter_ctx ctx = client_filter_ctx(view->rows.app->client);
	struct filter_error bad = { .at = 0 };
	struct filter *filter;

	*ret_good = filter_parse(text, &ctx, &arena, &filter, &bad) == ERR_OK;
	arena_release(&arena);
	if (view->prompt != NULL)
		prompt_error(view->prompt, *ret_good ? NULL : bad.text, bad.at, bad.len);
	else if (!*ret_good)
		app_notice(view->rows.app, ROLE_ERROR, bad.text);
	if (!*ret_good)
		return UI_REDRAW | UI_FRAME;
	str_clear(&view->filter);
	str_add(&view->filter, text);
	return again(view);
}

static unsigned shut(struct search_view *view)
{
	prompt_free(view->prompt);
	view->prompt = NULL;
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned leave_prompt(struct search_view *view)
{
	char *before = mem_strdup(str_get(&view->before));
	bool empty = view->words.len == 0 && *before == '\0', good;
	unsigned flags = shut(view);

	if (view->narrowing)
		flags |= set_filter(view, before, &good);
	else if (strcmp(before, str_get(&view->words)) != 0)
		flags |= set_words(view, before);
	free(before);
	return !view->narrowing && empty ? UI_CLOSE | UI_FRAME : flags;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct search_view *view = state;
	const char *text;
	bool good;

	if (view->prompt == NULL)
		return UI_IGNORED;
	switch (prompt_key(view->prompt, pressed, pasted)) {
	case PROMPT_CHANGED:
		text = prompt_text(view->prompt);
		return view->narrowing ? set_filter(view, text, &good) : set_words(view, text);
	case PROMPT_DONE:
		text = prompt_text(view->prompt);
		if (!view->narrowing)
			return set_words(view, text) | shut(view);
		if (set_filter(view, text, &good) != UI_NOTHING && !good)
			return UI_REDRAW;
		return shut(view);
	case PROMPT_LEFT:
		return leave_prompt(view);
	case PROMPT_MORE:
		break;
	}
	return UI_REDRAW;
}

/* ---- commands ---- */

/* What is here and what is there; the second time, its next page. */
static unsigned do_server(struct search_view *view)
{
	bool new = strcmp(str_get(&view->asked), str_get(&view->words)) != 0;
	unsigned flags = UI_NOTHING;

	if (view->search == NULL)
		return UI_NOTHING;
	if (view->at_server && view->server == SERVER_FAILED)
		return search_ask(view, false) | rows_reread(&view->rows, true);
	view->at_server = !view->at_server;
	if (view->at_server && (new || view->server != SERVER_ANSWERED))
		flags = search_ask(view, false);
	view->rows.dirty |= DIRTY_TITLE | DIRTY_LIST | DIRTY_FOOT;
	return flags | rows_reread(&view->rows, true);
}

static unsigned do_escape(struct search_view *view)
{
	bool good;

	if (view->at_server) {
		view->at_server = false;
		view->rows.dirty |= DIRTY_TITLE | DIRTY_LIST | DIRTY_FOOT;
		return rows_reread(&view->rows, true);
	}
	return view->filter.len > 0 ? set_filter(view, "", &good) : UI_CLOSE | UI_FRAME;
}

static unsigned do_order(struct search_view *view)
{
	view->by_relevance = !view->by_relevance;
	return again(view);
}

/* At the end of what the server gave so far, down asks for more. */
static unsigned move(struct search_view *view, const struct ui_command *cmd)
{
	unsigned flags = rows_command(&view->rows, cmd);
	struct app *app = view->rows.app;

	if (view->at_server && view->server == SERVER_ANSWERED && cmd->id != CMD_up &&
	    cmd->id != CMD_pageup && cmd->id != CMD_top && list_sees_last(view->rows.list) &&
	    client_found_next(app->client) != 0 &&
	    (cmd->id == CMD_down || cmd->id == CMD_pagedown || cmd->id == CMD_bottom))
		flags |= search_ask(view, true);
	if (view->at_server && cmd->id == CMD_open && flags & UI_OPEN)
		app_notice(app, ROLE_HINT, _("It is kept at the server: it can be read here, its story "
					     "is not fetched."));
	return flags;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct search_view *view = state;
	unsigned flags = move(view, cmd);
	bool good;

	if (!(flags & UI_IGNORED))
		return flags;
	switch (cmd->id) {
	case CMD_escape:
		return do_escape(view);
	case CMD_search:
		if (args && *args)
			return set_words(view, args);
		open_prompt(view, false);
		return UI_REDRAW_ALL | UI_FRAME;
	case CMD_filter:
		if (args && *args)
			return set_filter(view, args, &good);
		open_prompt(view, true);
		return UI_REDRAW_ALL | UI_FRAME;
	case CMD_order:
		return do_order(view);
	case CMD_server:
		return do_server(view);
	default:
		return UI_IGNORED;
	}
}

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct search_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, search_fetch, cell, empty };
	struct rows *rows = &view->rows;
	const char *words = arg;

	rows_init(rows, ui_shell(ui));
	rows->list = list_new(rows->columns, rows->n_columns, &source);
	str_add(&view->filter, board_filter(rows->app->board));
	str_add(&view->words, words != NULL ? words : "");
	rows->app->searching = view;
	search_begin(view);
	if (list_home(rows->list, err) != ERR_OK)
		app_failed(rows->app, err);
	rows_rest(rows);
	if (view->words.len == 0)
		open_prompt(view, false);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct search_view *view = state;

	view->rows.app->searching = NULL;
	client_found_keep(view->rows.app->client, NULL, false);
	client_search_free(view->search);
	rows_release(&view->rows);
	prompt_free(view->prompt);
	str_release(&view->words);
	str_release(&view->filter);
	str_release(&view->before);
	str_release(&view->asked);
	arena_release(&view->arena);
	arena_release(&view->snippet_arena);
	free(view);
}

/* The data changed: what was found is looked for anew, the cursor stays with its incident. */
static unsigned reload(void *state)
{
	struct search_view *view = state;

	rows_reshape(&view->rows);
	if (!view->at_server && view->stale && !search_is_busy(view))
		search_begin(view);
	view->rows.dirty |= DIRTY_LIST;
	return rows_reread(&view->rows, false);
}

static unsigned where_now(void *state)
{
	return ((struct search_view *)state)->prompt ? 0 : WHERE_SEARCH;
}

static unsigned tick(void *state, int64_t now)
{
	return rows_tick(state, now);
}

static const char *title(void *state)
{
	(void)state;
	return _("Search");
}

const struct view_ops search_view = {
	.name = "search",
	.where = WHERE_SEARCH,
	.open = open_view,
	.close = close_view,
	.draw = search_draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
	.where_now = where_now,
};
