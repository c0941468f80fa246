/* The night gone through again: a line at a time, what had happened by then, and the case's story
 * so far. */
#include <config.h>

#include <string.h>

#include "log_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { PLAY_MS = 1200, LINES_BEFORE = 3, FACT_ROWS = 3 };

struct replay {
	struct app *app;
	struct arena arena, step_arena;
	struct client_log log;
	int64_t from, to;
	size_t at;
	struct replay_step step;
	bool playing, has_step;
	int64_t next; /* own clock */
};

static int64_t own_now(const struct replay *view)
{
	return env_now(client_env(view->app->client));
}

static void take_step(struct replay *view)
{
	struct error err = ERROR_INIT;

	arena_reset(&view->step_arena);
	view->has_step = replay_at(view->app->client, &view->log, view->at, &view->step_arena,
				   &view->step, &err) == ERR_OK;
	if (!view->has_step && view->log.n > 0)
		app_failed(view->app, &err);
}

static enum err load(struct replay *view, const struct uuid *at, struct error *err)
{
	enum err code;

	arena_reset(&view->arena);
	view->log = (struct client_log){ .n = 0 };
	code = client_log(view->app->client, view->from, view->to, &view->arena, &view->log, err);
	for (size_t i = 0; code == ERR_OK && i < view->log.n; i++)
		if (uuid_eq(&view->log.lines[i].line.id, at))
			view->at = i;
	if (view->at >= view->log.n)
		view->at = view->log.n > 0 ? view->log.n - 1 : 0;
	take_step(view);
	return code;
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct replay_ask *ask = arg;
	struct replay *view = mem_alloc(sizeof *view);

	view->app = ui_shell(ui);
	view->from = ask->from;
	view->to = ask->to;
	if (load(view, &ask->at, err) != ERR_OK)
		app_failed(view->app, err);
	frame_hint_subject(view->app, NULL);
	*ret_state = view;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct replay *view = state;

	arena_release(&view->step_arena);
	arena_release(&view->arena);
	free(view);
}

/* ---- drawing ---- */

static void put(struct canvas *canvas, struct area *area, enum role role, const char *text)
{
	struct area row;

	if (area->rows <= 0)
		return;
	row = area_top(area, 1);
	canvas_pad(canvas, row.row, row.col + 1, row.cols - 1, role, text, PAD_RIGHT);
}

static void draw_title(struct replay *view, struct canvas *canvas, struct area area)
{
	const struct rules *rules = client_rules(view->app->client);
	struct str text = STR_INIT;
	char from[CIVIL_TEXT], now[CIVIL_TEXT];

	civil_format(view->from, rules->offset_min, "m-d H:M", from, sizeof from);
	str_addf(&text, " %s  %s", _("Replay from"), from);
	if (view->has_step) {
		civil_format(view->step.line->at, rules->offset_min, "m-d H:M", now, sizeof now);
		str_addf(&text, _("  it is %s  line %zu of %zu"), now, view->at + 1, view->log.n);
	}
	if (view->playing)
		str_addf(&text, "  %s", _("runs"));
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HEADING, str_get(&text), PAD_RIGHT);
	str_release(&text);
}

static void counts_words(const struct replay_step *step, struct str *out)
{
	for (size_t i = 0; i < step->n_counts; i++)
		str_addf(out, "%s%s %zu", i > 0 ? "  " : "", step->counts[i].label, step->counts[i].n);
	if (step->unanswered > 0)
		str_addf(out, "  !%s %zu", _("unanswered"), step->unanswered);
}

/* Over as many rows as it takes, at most so many. */
static void put_wrapped(struct canvas *canvas, struct area *area, enum role role, const char *text,
			int most)
{
	while (*text != '\0' && most-- > 0 && area->rows > 0) {
		size_t len = text_fit(text, area->cols - 2, NULL);
		struct str row = STR_INIT;

		str_add_bytes(&row, text, len);
		put(canvas, area, role, row.s);
		str_release(&row);
		text += len;
	}
}

static void line_words(const struct rules *rules, const struct log_line *line, struct str *out)
{
	struct arena arena = ARENA_INIT;
	char at[CIVIL_TEXT];

	civil_format(line->at, rules->offset_min, "H:M", at, sizeof at);
	str_addf(out, "%s %s %s  %s", at, log_what(line), line->line.officer,
		 log_words(rules, line, &arena));
	arena_release(&arena);
}

/* The lines before it, it, and nothing of what came after. */
static void draw_lines(struct replay *view, struct canvas *canvas, struct area *area)
{
	const struct rules *rules = client_rules(view->app->client);
	size_t first = view->at > LINES_BEFORE ? view->at - LINES_BEFORE : 0;

	for (size_t i = first; i <= view->at; i++) {
		struct str words = STR_INIT;

		str_add(&words, i == view->at ? "> " : "  ");
		line_words(rules, &view->log.lines[i], &words);
		if (i == view->at)
			put_wrapped(canvas, area,
				    view->log.lines[i].emphasis ? ROLE_WARNING : ROLE_LIST_SELECTED,
				    words.s, 3);
		else
			put(canvas, area, ROLE_HINT, words.s);
		str_release(&words);
	}
}

/* The page as it was then: "State in hand  Held by Water Bureau  Urgency urgent". */
static void facts_words(const struct replay_step *step, struct str *out)
{
	for (size_t i = 0; i < step->n_facts; i++)
		str_addf(out, "%s%s %s", i > 0 ? "   " : "", step->facts[i].label,
			 step->facts[i].text);
}

static void draw_story(struct replay *view, struct canvas *canvas, struct area *area)
{
	const struct rules *rules = client_rules(view->app->client);
	const struct replay_step *step = &view->step;
	size_t room, first;
	struct str head = STR_INIT, facts = STR_INIT;

	str_addf(&head, "%s %s  %s", step->number, step->title,
		 step->whole ? _("its story by then") : _("its story by then, as far as it is here"));
	put(canvas, area, ROLE_HEADING, head.s);
	str_release(&head);
	facts_words(step, &facts);
	put_wrapped(canvas, area, ROLE_GOOD, str_get(&facts), FACT_ROWS);
	str_release(&facts);
	room = area->rows > 0 ? (size_t)area->rows : 0;
	first = step->n_story > room ? step->n_story - room : 0;
	for (size_t i = first; i < step->n_story; i++) {
		const struct client_line *at = &step->story[i];
		struct str words = STR_INIT;
		char when[CIVIL_TEXT];

		civil_format(at->eff, rules->offset_min, "m-d H:M", when, sizeof when);
		str_addf(&words, "%s %s %s %s%s%s", when, at->label, at->officer, at->whom,
			 *at->whom != '\0' ? "  " : "", at->text);
		put(canvas, area, ROLE_TEXT, words.s);
		str_release(&words);
	}
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct replay *view = state;
	struct area title = area_top(&area, 1), keys = area_bottom(&area, 1);
	struct str counts = STR_INIT;

	(void)all;
	draw_title(view, canvas, title);
	canvas_erase(canvas, area);
	if (view->has_step) {
		counts_words(&view->step, &counts);
		put_wrapped(canvas, &area, ROLE_GOOD, str_get(&counts), 3);
		canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
		draw_lines(view, canvas, &area);
		canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
		draw_story(view, canvas, &area);
	} else {
		put(canvas, &area, ROLE_HINT, _("Nothing happened in this night."));
	}
	canvas_pad(canvas, keys.row, keys.col + 1, keys.cols - 1, ROLE_HINT,
		   _(". next  h before  g first  G last  Space runs  Enter the page as it is now"),
		   PAD_RIGHT);
	str_release(&counts);
}

/* ---- keys ---- */

static unsigned go(struct replay *view, size_t to)
{
	if (view->log.n == 0 || to >= view->log.n)
		return UI_NOTHING;
	view->at = to;
	take_step(view);
	return UI_REDRAW_ALL;
}

static unsigned play(struct replay *view)
{
	view->playing = !view->playing;
	view->next = own_now(view) + PLAY_MS;
	return UI_REDRAW_ALL;
}

static unsigned open_case(struct replay *view)
{
	struct str text = STR_INIT;
	unsigned flags;

	if (!view->has_step)
		return UI_NOTHING;
	view->playing = false;
	if (view->step.line->kind == KIND_INCIDENT || view->step.line->kind == KIND_WHISTLE)
		return app_open_entity(view->app, view->step.line->kind, &view->step.line->entity);
	log_page(view->app->client, view->step.line, &text);
	flags = app_show(view->app, log_what(view->step.line), str_get(&text));
	str_release(&text);
	return flags;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct replay *view = state;
	enum list_motion motion;

	(void)args;
	if (rows_motion(cmd, &motion)) {
		view->playing = false;
		if (motion == LIST_TOP || motion == LIST_END)
			return go(view, motion == LIST_TOP ? 0 : view->log.n - 1);
		if (motion == LIST_UP || motion == LIST_PAGE_UP)
			return view->at > 0 ? go(view, view->at - 1) : UI_NOTHING;
		return go(view, view->at + 1);
	}
	switch (cmd->id) {
	case CMD_escape:
		return UI_CLOSE | UI_FRAME;
	case CMD_stepon:
		return go(view, view->at + 1);
	case CMD_stepback:
		return view->at > 0 ? go(view, view->at - 1) : UI_NOTHING;
	case CMD_play:
		return play(view);
	case CMD_open:
	case CMD_thecase:
		return open_case(view);
	default:
		return UI_IGNORED;
	}
}

static unsigned reload(void *state)
{
	struct replay *view = state;
	struct error err = ERROR_INIT;
	struct uuid at = view->has_step ? view->step.line->line.id : (struct uuid){ { 0 } };

	if (load(view, &at, &err) != ERR_OK)
		app_failed(view->app, &err);
	return UI_REDRAW_ALL;
}

static unsigned tick(void *state, int64_t now)
{
	struct replay *view = state;

	if (!view->playing || now < view->next)
		return UI_NOTHING;
	view->next = now + PLAY_MS;
	view->playing = view->at + 2 < view->log.n;
	return go(view, view->at + 1);
}

int64_t replay_view_next(const void *state)
{
	const struct replay *view = state;

	return view->playing ? view->next : INT64_MAX;
}

static const char *title(void *state)
{
	(void)state;
	return _("Replay");
}

const struct view_ops replay_view = {
	.name = "replay",
	.where = WHERE_REPLAY,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.command = command,
	.reload = reload,
	.tick = tick,
	.title = title,
};
