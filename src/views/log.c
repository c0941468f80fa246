/* The screen of the duty log: a day of duty, filtered, ordered; what is written into it. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act_priv.h"
#include "handover_priv.h"
#include "log_priv.h"
#include "paper_priv.h"
#include "rows_priv.h"
#include "stats_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"

struct log_span { /* arg of log_view: a span; from 0: the day that runs */
	int64_t from, to;
};

/* ---- rows ---- */

static const char *own_org(const struct log_screen *view)
{
	const struct actor *actor = client_actor(view->app->client);

	return actor != NULL ? actor->org : NULL;
}

static enum err load(struct log_screen *view, struct error *err)
{
	struct app *app = view->app;
	const struct rules *rules = client_rules(app->client);
	struct log_filter *filter = NULL;
	struct log_problem problem;
	enum err code;

	arena_reset(&view->arena);
	if (view->running && !view->since)
		log_day(rules, own_org(view), app_now(app), &view->from, &view->to);
	if (view->since)
		view->to = app_now(app) + MINUTE_MS;
	view->log = (struct client_log){ .complete = true };
	if (log_filter_parse(rules, app_now(app), str_get(&view->filter), &view->arena, &filter,
			     &problem) != ERR_OK)
		return error_set(err, ERR_INPUT, "%s", problem.text);
	code = client_log(app->client, view->from, view->to, &view->arena, &view->log, err);
	if (code != ERR_OK)
		return code;
	view->total = view->log.n;
	log_filter(&view->log, rules, filter);
	log_order(&view->log, rules, view->order, view->turned);
	return ERR_OK;
}

static enum err fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct log_screen *view = ctx;
	bool found = want->from != LIST_AT;
	struct list_row *rows = arena_array(arena, view->log.n + 1, sizeof *rows);

	for (size_t i = 0; i < view->log.n; i++) {
		rows[i] = (struct list_row){ view->log.lines[i].line.id, 0, &view->log.lines[i] };
		found = found || uuid_eq(&rows[i].id, &want->anchor);
	}
	*ret_page = (struct list_page){ rows, (int)view->log.n, true, true };
	return found ? ERR_OK : error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
}

static const char *empty(void *ctx)
{
	const struct log_screen *view = ctx;

	if (view->filter.len > 0)
		return _("Nothing fits the filter. Esc takes it away, / changes it.");
	if (!view->log.complete)
		return _("It is being fetched from the server.");
	return _("Nothing stands in the log of this day. n writes, p notes a call, < is the day "
		 "before.");
}

static const struct log_line *current(struct log_screen *view)
{
	const struct list_row *row = list_current(view->list);

	return row != NULL ? row->data : NULL;
}

bool log_view_selected(void *state, struct selection *ret_selection)
{
	const struct log_line *line = current(state);
	bool known = line != NULL && (line->kind == KIND_INCIDENT || line->kind == KIND_WHISTLE ||
				      subject_is(line->kind));

	if (known) {
		ret_selection->kind = line->kind;
		ret_selection->id = line->entity;
	}
	return known;
}

static void rest(struct log_screen *view)
{
	struct selection selection = { .kind = KIND_INCIDENT };
	struct arena arena = ARENA_INIT;
	struct subject subject;
	bool has = log_view_selected(view, &selection) && selection.kind == KIND_RECORD &&
		   subject_get(view->app->client, selection.kind, &selection.id, &arena, &subject,
			       NULL) == ERR_OK;

	frame_hint_subject(view->app, has ? &subject : NULL);
	arena_release(&arena);
	view->dirty = true;
}

static unsigned reread(struct log_screen *view, bool home)
{
	struct error err = ERROR_INIT;
	enum err code = load(view, &err);

	if (code == ERR_OK)
		code = home ? list_home(view->list, &err) : list_reload(view->list, &err);
	if (code == ERR_OK && home && view->order == LOG_BY_TIME && !view->turned)
		(void)list_move(view->list, LIST_END); /* the latest is what one looks for */
	if (code != ERR_OK)
		app_failed(view->app, &err);
	list_touch(view->list);
	rest(view);
	return UI_REDRAW | UI_FRAME;
}

/* ---- the filter ---- */

static bool apply(struct log_screen *view, const char *text)
{
	const struct rules *rules = client_rules(view->app->client);
	struct arena arena = ARENA_INIT;
	struct log_filter *filter;
	struct log_problem problem;
	bool good =
		log_filter_parse(rules, app_now(view->app), text, &arena, &filter, &problem) == ERR_OK;

	if (good) {
		str_clear(&view->filter);
		str_add(&view->filter, text);
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

static unsigned open_filter(struct log_screen *view)
{
	struct prompt_spec spec = {
		.label = "/",
		.initial = str_get(&view->filter),
		.hint = _("words, sort: by: org: act:, auto manual late open emphasis, !not"),
		.ctx = view->app,
		.history = &view->app->filters,
	};

	free(view->before);
	view->before = mem_strdup(spec.initial);
	view->prompt = prompt_new(&spec);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned shut_filter(struct log_screen *view)
{
	prompt_free(view->prompt);
	view->prompt = NULL;
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct log_screen *view = state;

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

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct log_span *ask = arg;
	struct log_screen *view = mem_alloc(sizeof *view);
	struct list_source source = { view, fetch, log_cell, empty };

	(void)err;
	view->app = ui_shell(ui);
	str_init(&view->filter);
	view->list = log_list(view, &source, ask != NULL && ask->from != 0);
	view->running = true;
	if (ask != NULL && ask->from != 0) {
		view->from = ask->from;
		view->to = ask->to;
		view->since = true;
	}
	(void)reread(view, true);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct log_screen *view = state;

	list_free(view->list);
	prompt_free(view->prompt);
	free(view->before);
	str_release(&view->filter);
	arena_release(&view->arena);
	free(view);
}

/* ---- keys ---- */

static unsigned go_day(struct log_screen *view, int days)
{
	const struct rules *rules = client_rules(view->app->client);
	int64_t from, to, middle = view->since ? app_now(view->app) : view->from + DAY_MS / 2;

	view->since = false;
	log_day(rules, own_org(view), days == 0 ? app_now(view->app) : middle + days * DAY_MS,
		&view->from, &view->to);
	log_day(rules, own_org(view), app_now(view->app), &from, &to);
	view->running = view->from == from;
	return reread(view, true);
}

static unsigned sort(struct log_screen *view, const char *words)
{
	struct str text = STR_INIT;
	unsigned flags = UI_FRAME;

	words += strspn(words, " ");
	if (log_order_find(words, &view->order, &view->turned)) {
		flags = reread(view, true);
	} else {
		str_addf(&text, _("there is no order %s; there are: %s"), words,
			 "time, written, sort, officer, org");
		app_notice(view->app, ROLE_ERROR, str_get(&text));
	}
	str_release(&text);
	return flags;
}

static unsigned next_order(struct log_screen *view)
{
	view->order = (enum log_order)((view->order + 1) % LOG_ORDERS);
	view->turned = false;
	app_notice(view->app, ROLE_HINT, log_order_title(view->order));
	return reread(view, true);
}

/* The case, the whistle; of what else there is its words and its timeline. */
static unsigned open_line(struct log_screen *view)
{
	const struct log_line *line = current(view);
	struct str text = STR_INIT;
	unsigned flags;

	if (line == NULL)
		return UI_NOTHING;
	if ((line->kind == KIND_INCIDENT || line->kind == KIND_WHISTLE) &&
	    (*line->number != '\0' || *line->title != '\0'))
		return app_open_entity(view->app, line->kind, &line->entity);
	if (line->kind == KIND_HANDOVER && *line->number != '\0')
		return ui_open(view->app->ui, &handover_view, &line->entity, sizeof line->entity);
	log_page(view->app->client, line, &text);
	flags = app_show(view->app, log_what(line), str_get(&text));
	str_release(&text);
	return flags;
}

static unsigned escape(struct log_screen *view)
{
	if (view->filter.len > 0)
		return apply(view, "") ? UI_REDRAW | UI_FRAME : UI_FRAME;
	return view->since || !view->running ? go_day(view, 0) : UI_NOTHING;
}

static unsigned replay(struct log_screen *view)
{
	struct replay_ask ask = { view->from, view->to, { { 0 } } };
	const struct log_line *line = current(view);

	if (line != NULL)
		ask.at = line->line.id;
	return view->log.n > 0 ? ui_open(view->app->ui, &replay_view, &ask, sizeof ask) : UI_NOTHING;
}

static unsigned print(struct log_screen *view, const char *path)
{
	struct sheet sheet;
	unsigned flags;

	log_sheet(view->app->client, own_org(view), view->from, view->to, &view->log, &sheet);
	flags = paper_sheet(view->app, &sheet, path);
	sheet_release(&sheet);
	return flags;
}

static unsigned write_command(struct log_screen *view, int id)
{
	static const struct {
		enum cmd cmd;
		enum record_sort sort;
	} sorts[] = {
		{ CMD_write, RECORD_NOTE },    { CMD_callin, RECORD_CALL }, { CMD_paper, RECORD_PAPER },
		{ CMD_outing, RECORD_OUTING }, { CMD_round, RECORD_ROUND },
	};

	for (size_t i = 0; i < ARRAY_LEN(sorts); i++)
		if ((int)sorts[i].cmd == id)
			return log_write(view->app, sorts[i].sort);
	return id == CMD_record ? ui_open(view->app->ui, &log_sorts_view, NULL, 0) : UI_IGNORED;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct log_screen *view = state;
	enum list_motion motion;

	if (rows_motion(cmd, &motion)) {
		if (list_move(view->list, motion) & LIST_MOVED)
			rest(view);
		return UI_REDRAW | UI_FRAME;
	}
	switch (cmd->id) {
	case CMD_open:
		return open_line(view);
	case CMD_escape:
		return escape(view);
	case CMD_logback:
		return go_day(view, -1);
	case CMD_logon:
		return view->running ? UI_NOTHING : go_day(view, 1);
	case CMD_logtoday:
		return go_day(view, 0);
	case CMD_order:
		return next_order(view);
	case CMD_sort:
		return sort(view, args ? args : "");
	case CMD_replay:
		return replay(view);
	case CMD_printlog:
		return print(view, args ? args : "");
	case CMD_filter:
		if (args && *args)
			return apply(view, args) ? UI_REDRAW | UI_FRAME : UI_FRAME;
		return open_filter(view);
	default:
		return write_command(view, cmd->id);
	}
}

static unsigned reload(void *state)
{
	struct log_screen *view = state;
	struct uuid wanted = view->app->wanted;
	unsigned flags = reread(view, false);

	for (size_t i = 0; !uuid_is_nil(&wanted) && i < view->log.n; i++) {
		if (!uuid_eq(&view->log.lines[i].entity, &wanted) ||
		    list_goto(view->list, &view->log.lines[i].line.id, NULL) != ERR_OK)
			continue;
		view->app->wanted = (struct uuid){ { 0 } };
		rest(view);
	}
	return flags;
}

static unsigned tick(void *state, int64_t now)
{
	struct log_screen *view = state;

	(void)now;
	if (view->minute == view->app->minute)
		return UI_NOTHING;
	view->minute = view->app->minute;
	return view->running ? reread(view, false) : UI_NOTHING;
}

static const char *title(void *state)
{
	(void)state;
	return _("Duty log");
}

static unsigned where_now(void *state)
{
	return ((struct log_screen *)state)->prompt ? 0 : WHERE_LOG;
}

unsigned log_show(struct app *app, const char *args)
{
	args += strspn(args, " ");
	if (*args)
		ui_then(app->ui, command_at(CMD_filter), args);
	return ui_switch(app->ui, &log_view, NULL, 0) | UI_FRAME;
}

/* What moved since then; what stood in the board's filter is a key away in the prompt. */
static unsigned board_since(struct app *app)
{
	const char *before = board_filter(app->board);
	char filter[80];

	if (*before != '\0')
		prompt_history_add(&app->filters, before);
	snprintf(filter, sizeof filter, "since:%s", _(FILTER_LAST_SHIFT));
	ui_then(app->ui, command_at(CMD_filter), filter);
	return ui_switch(app->ui, &board_view, NULL, 0) | UI_FRAME;
}

unsigned log_since(struct app *app, const char *args)
{
	struct log_span ask = { .from = client_last_shift(app->client), .to = app_now(app) };

	(void)args;
	if (ui_top(app->ui) == &log_view && ((struct log_screen *)ui_top_state(app->ui))->since)
		return board_since(app);
	if (ask.from == 0) {
		app_notice(app, ROLE_WARNING, _("No duty of yours that has ended is known here. 7 has "
						"the log."));
		return UI_FRAME;
	}
	return ui_open(app->ui, &log_view, &ask, sizeof ask) | UI_FRAME;
}

const struct view_ops log_view = {
	.name = "dutylog",
	.types = true,
	.where = WHERE_LOG,
	.open = open_view,
	.close = close_view,
	.draw = log_draw,
	.key = key,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
	.where_now = where_now,
};
