/* The list of whistles: the worst first, what runs out in each, filtered as one types. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "rows_priv.h"
#include "saved_priv.h"
#include "whistle_list_priv.h"
#include "words_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/subject.h"

/* ---- rows ---- */

static enum err load(struct whistles_view *view, struct error *err)
{
	struct app *app = view->app;
	struct filter_ctx ctx = client_filter_ctx(app->client);
	struct whistle_filter *filter = NULL;
	struct filter_error problem;
	enum err code;

	arena_reset(&view->arena);
	view->shown = (struct whistle_list){ .n = 0 };
	if (*str_get(&app->whistle_filter) &&
	    whistle_filter_parse(str_get(&app->whistle_filter), &ctx, &view->arena, &filter,
				 &problem) != ERR_OK)
		return error_set(err, ERR_INPUT, "%s", problem.text);
	code = whistle_list_load(app->client, filter, WHISTLES_CLOSED, &view->arena, &view->shown,
				 err);
	if (code == ERR_OK)
		whistle_list_sort(&view->shown, client_rules(app->client), app->whistle_order,
				  app->whistle_turned);
	return code;
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct whistles_view *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->shown.n + 1, sizeof *rows);

	for (size_t i = 0; i < view->shown.n; i++) {
		rows[i] = (struct list_row){ view->shown.rows[i].shown.whistle->head.id, 0,
					     &view->shown.rows[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->shown.n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

bool whistles_may_blow(const struct app *app)
{
	return subject_possible(app->client, NULL, act_desc_of(KIND_WHISTLE, "blow"), NULL) == ERR_OK;
}

static const char *empty(void *ctx)
{
	const struct whistles_view *view = ctx;

	if (*str_get(&view->app->whistle_filter))
		return _("Nothing fits the filter. Esc takes it away, / changes it.");
	if (app_empty_why(view->app))
		return app_empty_why(view->app);
	if (client_rules(view->app->client)->n_summonses == 0)
		return _("This district's profile has no whistles. 2 leads to the incidents.");
	return whistles_may_blow(view->app) ? _("No whistle yet. w blows one, on a case from it.") :
					      _("No whistle calls us yet. It stands here as soon as "
						"it is issued.");
}

static const struct whistle_row *current(struct whistles_view *view)
{
	const struct list_row *row = list_current(view->list);

	return row ? row->data : NULL;
}

/* ---- what stands under the cursor ---- */

static void rest(struct whistles_view *view)
{
	const struct whistle_row *row = current(view);
	struct app *app = view->app;
	struct subject subject;

	arena_reset(&view->below);
	view->has_page =
		row && whistle_page_build(app->client, &row->shown.whistle->head.id,
					  canvas_cols(ui_canvas(app->ui)), &view->below,
					  &view->page, NULL) == ERR_OK;
	subject = (struct subject){ .kind = KIND_WHISTLE };
	if (view->has_page) {
		subject.id = view->page.whistle->head.id;
		subject.whistle = view->page.shown;
	}
	frame_hint_subject(app, view->has_page ? &subject : NULL);
	view->dirty = true;
}

bool whistles_view_selected(void *state, struct selection *ret_selection)
{
	struct whistles_view *view = state;
	const struct whistle_row *row = current(view);

	ret_selection->kind = KIND_WHISTLE;
	if (row)
		ret_selection->id = row->shown.whistle->head.id;
	return row != NULL;
}

static struct whistles_view *on_top(const struct app *app)
{
	return ui_top(app->ui) == &whistles_view ? ui_top_state(app->ui) : NULL;
}

const struct uuid *whistles_marked(const struct app *app, size_t *ret_n)
{
	struct whistles_view *view = on_top(app);

	*ret_n = 0;
	return view ? list_marked(view->list, ret_n) : NULL;
}

void whistles_mark_only(struct app *app, const struct uuid *ids, size_t n)
{
	struct whistles_view *view = on_top(app);

	if (!view)
		return;
	list_mark_clear(view->list);
	for (size_t i = 0; i < n; i++)
		if (list_mark(view->list, &ids[i], NULL) != ERR_OK)
			break;
	view->dirty = true;
}

/* ---- the filter ---- */

static unsigned reread(struct whistles_view *view, bool home)
{
	struct error err = ERROR_INIT;
	enum err code = load(view, &err);

	if (code == ERR_OK)
		code = home ? list_home(view->list, &err) : list_reload(view->list, &err);
	else
		(void)!list_reload(view->list, NULL);
	if (code != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	rest(view);
	return UI_REDRAW | UI_FRAME;
}

/* While it is typed, a wrong word is marked, and the list stays as it was. */
static bool apply(struct whistles_view *view, const char *text)
{
	struct filter_ctx ctx = client_filter_ctx(view->app->client);
	struct arena arena = ARENA_INIT;
	struct whistle_filter *filter;
	struct filter_error problem;
	bool good = whistle_filter_parse(text, &ctx, &arena, &filter, &problem) == ERR_OK;

	if (good) {
		if (strcmp(text, str_get(&view->app->whistle_filter)) != 0)
			saved_other(view->app, SAVED_WHISTLES);
		str_clear(&view->app->whistle_filter);
		str_add(&view->app->whistle_filter, text);
		(void)reread(view, true);
	}
	if (view->prompt)
		prompt_error(view->prompt, good ? NULL : problem.text, good ? 0 : problem.at,
			     good ? 0 : problem.len);
	else if (!good)
		app_notice(view->app, ROLE_ERROR, problem.text);
	arena_release(&arena);
	return good;
}

static void open_filter(struct whistles_view *view)
{
	struct prompt_spec spec = {
		.label = "/",
		.initial = str_get(&view->app->whistle_filter),
		.hint = _("words, class: step: dept: street: due<2h overdue unreported mine !not "
			  "a|b; Tab completes"),
		.complete = whistle_words,
		.ctx = view->app,
		.history = &view->app->filters,
	};

	free(view->before);
	view->before = mem_strdup(spec.initial);
	view->prompt = prompt_new(&spec);
}

static unsigned shut_filter(struct whistles_view *view)
{
	prompt_free(view->prompt);
	view->prompt = NULL;
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct whistles_view *view = state;

	if (!view->prompt)
		return UI_IGNORED;
	switch (prompt_key(view->prompt, pressed, pasted)) {
	case PROMPT_CHANGED:
		(void)apply(view, prompt_text(view->prompt));
		return UI_REDRAW;
	case PROMPT_DONE:
		return apply(view, prompt_text(view->prompt)) ? shut_filter(view) : UI_REDRAW;
	case PROMPT_LEFT:
		(void)apply(view, view->before);
		return shut_filter(view);
	case PROMPT_MORE:
		break;
	}
	return UI_REDRAW;
}

/* ---- life ---- */

static void close_view(void *state)
{
	struct whistles_view *view = state;

	list_free(view->list);
	prompt_free(view->prompt);
	free(view->before);
	arena_release(&view->arena);
	arena_release(&view->below);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct whistles_view *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, whistles_cell, empty };

	(void)arg;
	view->app = ui_shell(ui);
	view->list = whistles_list(&source);
	if (load(view, err) != ERR_OK || list_home(view->list, err) != ERR_OK)
		app_failed(view->app, err); /* shown empty, with the reason */
	rest(view);
	*ret_state = view;
	return ERR_OK;
}

static unsigned move(struct whistles_view *view, unsigned result)
{
	if (result & LIST_FAILED)
		app_notice(view->app, ROLE_ERROR, list_error(view->list));
	if (result & LIST_MOVED)
		rest(view);
	view->dirty = true;
	return UI_REDRAW | UI_FRAME;
}

static unsigned escape(struct whistles_view *view)
{
	size_t marked;

	list_marked(view->list, &marked);
	view->dirty = true;
	if (marked) {
		list_mark_clear(view->list);
		return UI_REDRAW;
	}
	return *str_get(&view->app->whistle_filter) && apply(view, "") ? UI_REDRAW | UI_FRAME
								       : UI_NOTHING;
}

/* In another order, from its first row. */
static unsigned order_by(struct whistles_view *view, size_t order, bool turned)
{
	struct app *app = view->app;
	const char *title = _(whistle_order_at(order)->title);
	struct str text = STR_INIT;

	app->whistle_order = order;
	app->whistle_turned = turned;
	saved_other(app, SAVED_WHISTLES);
	str_addf(&text, "%s%s", title, turned ? _(", the other way round") : "");
	app_notice(app, ROLE_HINT, str_get(&text));
	str_release(&text);
	return reread(view, true);
}

static unsigned sort(struct whistles_view *view, const char *words)
{
	struct str names = STR_INIT, text = STR_INIT;
	size_t order;
	bool turned;

	if (whistle_order_find(words, &order, &turned))
		return order_by(view, order, turned);
	for (size_t i = 0; i < whistle_order_count(); i++)
		str_addf(&names, "%s%s", i ? ", " : "", whistle_order_at(i)->name);
	str_addf(&text, _("there is no order %s; there are: %s"), words, str_get(&names));
	app_notice(view->app, ROLE_ERROR, str_get(&text));
	str_release(&text);
	str_release(&names);
	return UI_FRAME;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct whistles_view *view = state;
	const struct whistle_row *row = current(view);
	struct error err = ERROR_INIT;
	enum list_motion motion;

	if (rows_motion(cmd, &motion))
		return move(view, list_move(view->list, motion));
	switch (cmd->id) {
	case CMD_open:
		return row ? ui_open(view->app->ui, &whistle_view,
				     &row->shown.whistle->head.id, sizeof(struct uuid))
			   : UI_NOTHING;
	case CMD_escape:
		return escape(view);
	case CMD_mark:
		return move(view, list_mark_toggle(view->list));
	case CMD_range:
		return move(view, list_mark_range(view->list));
	case CMD_all:
		if (list_mark_all(view->list, &err) != ERR_OK)
			app_failed(view->app, &err);
		view->dirty = true;
		return UI_REDRAW | UI_FRAME;
	case CMD_order:
		return order_by(view, (view->app->whistle_order + 1) % whistle_order_count(),
				false);
	case CMD_sort:
		return sort(view, args ? args + strspn(args, " ") : "");
	case CMD_filter:
		if (args && *args)
			return apply(view, args) ? UI_REDRAW | UI_FRAME : UI_FRAME;
		open_filter(view);
		return UI_REDRAW_ALL | UI_FRAME;
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	struct whistles_view *view = state;
	struct uuid wanted = view->app->wanted;
	bool home = view->app->list_home;
	unsigned flags;

	view->app->list_home = false;
	if (home)
		list_mark_clear(view->list);
	flags = reread(view, home);
	if (!uuid_is_nil(&wanted) && list_goto(view->list, &wanted, NULL) == ERR_OK) {
		view->app->wanted = (struct uuid){ { 0 } };
		rest(view);
	}
	return flags;
}

static unsigned tick(void *state, int64_t now)
{
	struct whistles_view *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return reread(view, false);
}

static const char *title(void *state)
{
	return whistles_word(((const struct whistles_view *)state)->app);
}

static unsigned where_now(void *state)
{
	return ((struct whistles_view *)state)->prompt ? 0 : WHERE_WHISTLES;
}

unsigned whistles_show(struct app *app, const char *filter)
{
	struct filter_ctx ctx = client_filter_ctx(app->client);
	struct whistle_filter *parsed;
	struct filter_error problem;
	struct arena arena = ARENA_INIT;
	bool good = !filter ||
		    whistle_filter_parse(filter, &ctx, &arena, &parsed, &problem) == ERR_OK;

	arena_release(&arena);
	if (!good) {
		app_notice(app, ROLE_ERROR, problem.text);
		return UI_FRAME;
	}
	if (filter) {
		saved_other(app, SAVED_WHISTLES);
		str_clear(&app->whistle_filter);
		str_add(&app->whistle_filter, filter);
	}
	return ui_switch(app->ui, &whistles_view, NULL, 0) | UI_FRAME | UI_RELOAD;
}

const struct view_ops whistles_view = {
	.name = "whistles",
	.types = true,
	.where = WHERE_WHISTLES,
	.open = open_view,
	.close = close_view,
	.draw = whistles_draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
	.where_now = where_now,
};
