/* A month is built: how far it is, how fair, what would change, what everybody would have stood;
 * saved by one act or dropped. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paper_priv.h"
#include "roster_priv.h"
#include "rows_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/reckon.h"
#include "zhiban/client/worker.h"
#include "zhiban/ui/pager.h"

enum { HEAD = 4, SIDE_FROM = 100, BAR = 20, LABEL = 16 };
enum side { SIDE_CHANGES, SIDE_LEDGER, SIDES };

struct build_screen {
	struct app *app;
	char org[88], month[ROSTER_MONTH];
	const struct roster_plan *plan;
	enum build_keep keep;
	struct reckon *reckon;
	struct reckon_progress progress;
	struct arena arena;
	struct build_answer answer;
	struct reckon_change *changes;
	size_t n_changes;
	struct reckon_share *shares;
	size_t n_shares;
	unsigned seen; /* answers that were shown */
	struct pager *panes[SIDES];
	enum side side;
	struct prompt *prompt; /* the reason, when a rule wants one */
	char why[256];	       /* which rule */
};

/* ---- reckoning ---- */

static enum err begin(struct build_screen *view, struct error *err)
{
	struct app *app = view->app;
	struct reckon_options options = { .org = view->org, .plan = view->plan,
					  .month = view->month, .keep = view->keep, .seed = 1,
					  .rounds = app->reckon_rounds };
	struct ask ask = { .kind = ASK_RECKON };
	enum err code;

	reckon_unref(view->reckon);
	view->reckon = NULL;
	code = reckon_new(app->client, &options, &view->reckon, err);
	if (code != ERR_OK)
		return code;
	ask.reckon = reckon_ref(view->reckon);
	view->seen = 0;
	if (app->ask)
		app->ask(app->ask_ctx, &ask);
	else
		reckon_unref(ask.reckon);
	return ERR_OK;
}

static bool is_running(const struct build_screen *view)
{
	return view->progress.state == RECKON_READY || view->progress.state == RECKON_RUNNING;
}

static const char *seat_words(const struct build_seat *seat, struct arena *arena)
{
	struct civil civil;

	civil_of_day(seat->need.day, &civil);
	return arena_printf(arena, "%s  %s%s%s%s",
			    arena_printf(arena, _("%02d-%02d %s"), civil.month, civil.day,
					 weekday_brief(civil.weekday)),
			    seat->need.shift->label,
			    (unsigned char)*seat->need.shift->label < 0x80 ? " " : "",
			    seat->need.post->label,
			    seat->need.post->seats > 1
				    ? arena_printf(arena, " %d", seat->need.seat)
				    : "");
}

static const char *name_of(const struct staff *staff)
{
	return staff && staff->name ? staff->name : _("nobody");
}

static void fill_changes(struct build_screen *view)
{
	struct pager *pager = view->panes[SIDE_CHANGES];
	const struct build_problem *problem = reckon_problem(view->reckon);

	pager_begin(pager);
	if (view->answer.n_blockers) {
		pager_section(pager, "blockers",
			      _("Seats that nobody can take, and the rule in the way"));
		for (size_t i = 0; i < view->answer.n_blockers; i++) {
			const struct build_blocker *blocker = &view->answer.blockers[i];

			pager_add(pager, NULL, 0, ROLE_GAP,
				  arena_printf(&view->arena, _("%s  %s keeps %d away"),
					       seat_words(&problem->seats[blocker->seat], &view->arena),
					       breach_label(blocker->breach), blocker->kept));
		}
	}
	pager_section(pager, "changes",
		      arena_printf(&view->arena, _("What would change: %zu seats"), view->n_changes));
	for (size_t i = 0; i < view->n_changes; i++) {
		const struct reckon_change *change = &view->changes[i];

		pager_add(pager, NULL, 0, change->now ? ROLE_TEXT : ROLE_GAP,
			  arena_printf(&view->arena, "%s  %s -> %s",
				       seat_words(change->seat, &view->arena), name_of(change->was),
				       name_of(change->now)));
	}
	if (!view->n_changes)
		pager_add(pager, NULL, 0, ROLE_HINT, _("nothing: it stands so already"));
	pager_end(pager);
}

static const char *bar(int before, int after, int most, struct arena *arena)
{
	char text[BAR + 1];
	int was = most > 0 ? before * BAR / most : 0, is = most > 0 ? after * BAR / most : 0, i;

	for (i = 0; i < is && i < BAR; i++)
		text[i] = i < was ? '-' : '=';
	text[i] = '\0';
	return arena_printf(arena, "%-*s", BAR, text);
}

/* Carried over is thin, this month thick. */
static void fill_ledger(struct build_screen *view)
{
	struct pager *pager = view->panes[SIDE_LEDGER];
	int most = 1;

	for (size_t i = 0; i < view->n_shares; i++)
		most = view->shares[i].after > most ? view->shares[i].after : most;
	pager_begin(pager);
	pager_section(pager, "ledger", _("Ledger: - before, = this month; weight, duties, nights"));
	for (size_t i = 0; i < view->n_shares; i++) {
		const struct reckon_share *share = &view->shares[i];

		pager_add(pager, name_of(share->staff), 9, ROLE_TEXT,
			  arena_printf(&view->arena, "%s %3d.%d %4d %4d",
				       bar(share->before, share->after, most, &view->arena),
				       share->after / 2, share->after % 2 * 5, share->duties,
				       share->nights));
	}
	pager_end(pager);
}

/* True: something else is to be shown. */
static bool look(struct build_screen *view)
{
	bool was = is_running(view);

	reckon_look(view->reckon, &view->progress);
	if (view->progress.answers == view->seen && was == is_running(view) && view->seen)
		return false;
	view->seen = view->progress.answers;
	if (!view->seen)
		return true;
	arena_reset(&view->arena);
	reckon_best(view->reckon, &view->arena, &view->answer);
	reckon_changes(view->reckon, &view->answer, &view->arena, &view->changes, &view->n_changes);
	reckon_shares(view->reckon, &view->answer, &view->arena, &view->shares, &view->n_shares);
	fill_changes(view);
	fill_ledger(view);
	return true;
}

unsigned build_view_told(struct app *app, const struct tell *tell)
{
	struct build_screen *view =
		ui_top(app->ui) == &build_view ? ui_top_state(app->ui) : NULL;

	if (tell->code != ERR_OK && *tell->text)
		app_notice(app, ROLE_ERROR, tell->text);
	return view && view->reckon && look(view) ? UI_REDRAW_ALL | UI_FRAME : UI_REDRAW | UI_FRAME;
}

/* ---- drawing ---- */

static const char *state_words(const struct reckon_progress *progress)
{
	switch (progress->state) {
	case RECKON_READY:
		return _("begins");
	case RECKON_RUNNING:
		return _("running");
	case RECKON_BEST:
		return _("the best there is");
	case RECKON_ENDED:
		return _("ended");
	case RECKON_STOPPED:
		return _("stopped");
	case RECKON_FAILED:
		return _("broke off");
	}
	return "";
}

static void draw_title(struct build_screen *view, struct canvas *canvas, struct area line)
{
	const struct reckon_progress *at = &view->progress;
	const struct rules *rules = client_rules(view->app->client);

	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_TITLE, "", PAD_RIGHT);
	if (view->app->reckon_rounds) /* by rounds, not by time */
		canvas_textf(canvas, line.row, line.col, line.cols, ROLE_TITLE,
			     _(" Building %s  %s  %s  %s"), view->month, org_brief(rules, view->org),
			     view->plan->label, state_words(at));
	else
		canvas_textf(canvas, line.row, line.col, line.cols, ROLE_TITLE,
			     _(" Building %s  %s  %s  %s, %lld of %lld s"), view->month,
			     org_brief(rules, view->org), view->plan->label, state_words(at),
			     (long long)(at->elapsed_ms / 1000), (long long)(at->limit_ms / 1000));
}

static void add_gap(const struct build_score *best, struct str *out)
{
	if (best->bound < 0)
		str_add(out, _("  bound not known yet"));
	else if (best->unfair <= 0 || best->bound >= best->unfair)
		str_addf(out, _("  bound %lld: no roster is fairer"), (long long)best->bound);
	else
		str_addf(out, _("  bound %lld (%lld%% above it)"), (long long)best->bound,
			 (long long)(best->bound ? (best->unfair - best->bound) * 100 / best->bound
						 : 100));
}

static void draw_score(struct build_screen *view, struct canvas *canvas, struct area area)
{
	const struct reckon_progress *at = &view->progress;
	struct str words = STR_INIT;

	str_addf(&words, _(" Gaps %d   Spread: rotation %d, first %d, now %d"), at->best.gaps,
		 at->rotation.spread, at->first.spread, at->best.spread);
	str_addf(&words, _("   %d seats change"), at->best.moved);
	canvas_pad(canvas, area.row, area.col, area.cols, at->best.gaps ? ROLE_GAP : ROLE_TEXT,
		   view->seen ? words.s : "", PAD_RIGHT);
	str_clear(&words);
	str_addf(&words, _(" Unfair: rotation %lld, first %lld, now %lld"),
		 (long long)at->rotation.unfair, (long long)at->first.unfair,
		 (long long)at->best.unfair);
	add_gap(&at->best, &words);
	canvas_pad(canvas, area.row + 1, area.col, area.cols, ROLE_TEXT, view->seen ? words.s : "",
		   PAD_RIGHT);
	str_clear(&words);
	str_addf(&words, " %s%s",
		 view->keep == BUILD_SET
		     ? _("Seats that are filled stay; F builds all but the fixed ones. ")
		     : _("All but the fixed seats are built; F keeps what is filled. "),
		 is_running(view) ? _("Space: enough. ") : "");
	if (at->state == RECKON_FAILED)
		str_add(&words, at->failure);
	canvas_pad(canvas, area.row + 2, area.col, area.cols, ROLE_HINT, words.s, PAD_RIGHT);
	str_release(&words);
}

static bool is_split(const struct area *area)
{
	return area->cols >= SIDE_FROM;
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct build_screen *view = state;
	int typed = view->prompt ? prompt_rows(view->prompt) + 1 : 0;
	struct area foot = area_bottom(&area, typed);

	draw_title(view, canvas, area_top(&area, 1));
	draw_score(view, canvas, area_top(&area, HEAD - 1));
	canvas_fill(canvas, area_top(&area, 1), '-', ROLE_FRAME);
	if (is_split(&area)) {
		struct area right = area_right(&area, area.cols / 2), edge = area_left(&right, 2);

		canvas_erase(canvas, edge);
		canvas_fill(canvas, (struct area){ edge.row, edge.col, edge.rows, 1 }, '|',
			    ROLE_FRAME);
		pager_draw(view->panes[SIDE_CHANGES], canvas, area, all);
		pager_draw(view->panes[SIDE_LEDGER], canvas, right, all);
	} else {
		pager_draw(view->panes[view->side], canvas, area, all);
	}
	if (typed) {
		struct area why = area_top(&foot, 1);

		canvas_pad(canvas, why.row, why.col, why.cols, ROLE_ERROR, view->why, PAD_RIGHT);
		prompt_draw(view->prompt, canvas, foot);
	}
}

/* ---- saving ---- */

static unsigned save(struct build_screen *view, const char *despite)
{
	struct app *app = view->app;
	struct client_done done;
	struct error err = ERROR_INIT;
	enum err code = reckon_save(app->client, view->reckon, &view->answer, despite, &done, &err);

	if (code == ERR_OK) {
		app_notice(app, ROLE_GOOD, _("The month is set: done here, waits to be sent"));
		return UI_CLOSE | acts_done(app, &done.target);
	}
	if (code != ERR_REFUSED || view->prompt) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	snprintf(view->why, sizeof view->why, "%s", err.text);
	view->prompt = prompt_new(&(struct prompt_spec){ .label = _("Despite that, because: "),
							 .initial = "" });
	return UI_REDRAW_ALL;
}

static unsigned shut_prompt(struct build_screen *view)
{
	prompt_free(view->prompt);
	view->prompt = NULL;
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct build_screen *view = state;

	if (!view->prompt)
		return UI_IGNORED;
	switch (prompt_key(view->prompt, pressed, pasted)) {
	case PROMPT_DONE:
		return *prompt_text(view->prompt) ? save(view, prompt_text(view->prompt)) : UI_REDRAW;
	case PROMPT_LEFT:
		return shut_prompt(view);
	case PROMPT_CHANGED:
	case PROMPT_MORE:
		break;
	}
	return UI_REDRAW;
}

static unsigned keep_other(struct build_screen *view)
{
	struct error err = ERROR_INIT;

	view->keep = view->keep == BUILD_SET ? BUILD_FIXED : BUILD_SET;
	if (begin(view, &err) != ERR_OK) {
		app_failed(view->app, &err);
		return UI_CLOSE | UI_FRAME;
	}
	(void)look(view);
	return UI_REDRAW_ALL | UI_FRAME;
}

static unsigned command(void *state, const struct ui_command *cmd, const char *args)
{
	struct build_screen *view = state;
	unsigned flags;

	(void)args;
	if (paper_move(view->panes[view->side], cmd, &flags))
		return flags;
	switch (cmd->id) {
	case CMD_open:
		if (!view->seen)
			return UI_NOTHING;
		reckon_stop(view->reckon);
		(void)look(view);
		return save(view, NULL);
	case CMD_halt:
		reckon_stop(view->reckon);
		(void)look(view);
		return UI_REDRAW_ALL | UI_FRAME;
	case CMD_keepset:
		return keep_other(view);
	case CMD_sides:
		view->side = (enum side)((view->side + 1) % SIDES);
		return UI_REDRAW_ALL;
	case CMD_escape:
		app_notice(view->app, ROLE_HINT, _("dropped: the roster is as it was"));
		return UI_CLOSE | UI_FRAME;
	default:
		return UI_IGNORED;
	}
}

/* ---- life ---- */

static void close_view(void *state)
{
	struct build_screen *view = state;

	if (view->reckon)
		reckon_stop(view->reckon);
	reckon_unref(view->reckon);
	prompt_free(view->prompt);
	for (int i = 0; i < SIDES; i++)
		pager_free(view->panes[i]);
	arena_release(&view->arena);
	free(view);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct app *app = ui_shell(ui);
	const struct roster_screen *below = roster_screen(app);
	struct build_screen *view;
	enum err code;

	(void)arg;
	if (!below || !below->plan)
		return error_set(err, ERR_NOT_FOUND, "%s", _("no roster is shown"));
	view = mem_alloc(sizeof *view);
	view->app = app;
	snprintf(view->org, sizeof view->org, "%s", below->place->org);
	snprintf(view->month, sizeof view->month, "%s", below->month);
	view->plan = below->plan;
	for (int i = 0; i < SIDES; i++)
		view->panes[i] = pager_new();
	code = begin(view, err);
	if (code != ERR_OK) {
		close_view(view);
		return code;
	}
	(void)look(view);
	*ret_state = view;
	return ERR_OK;
}

static unsigned tick(void *state, int64_t now)
{
	struct build_screen *view = state;

	(void)now;
	return look(view) ? UI_REDRAW_ALL : UI_REDRAW;
}

/* While it runs the seconds go on. */
int64_t build_view_next(const void *state, int64_t now)
{
	return is_running(state) ? now + 1000 : INT64_MAX;
}

static const char *title(void *state)
{
	(void)state;
	return _("Building");
}

static unsigned where_now(void *state)
{
	return ((struct build_screen *)state)->prompt ? 0 : WHERE_BUILD;
}

const struct view_ops build_view = {
	.name = "build",
	.where = WHERE_BUILD,
	.types = true,
	.open = open_view,
	.close = close_view,
	.draw = draw,
	.key = key,
	.command = command,
	.tick = tick,
	.title = title,
	.where_now = where_now,
};
