#include <config.h>

#include "zhiban/views/app.h"

#include <stdlib.h>
#include <string.h>

#include "act_priv.h"
#include "columns_priv.h"
#include "desk_priv.h"
#include "lock_priv.h"
#include "paper_priv.h"
#include "ring_priv.h"
#include "rows_priv.h"
#include "search_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/mode.h"

/* ---- life ---- */

static void first_config(struct app *app, const struct app_config *config)
{
	struct error err = ERROR_INIT;
	enum err code = app_configure(app, config, &err);

	if (!app->theme)
		app->theme = theme_plain();
	if (code != ERR_OK)
		app_failed(app, &err);
}

void app_open_first(struct app *app)
{
	(void)ui_apply(app->ui, ui_switch(app->ui, &home_view, NULL, 0));
}

/* What the quiet hours collected, said once: while it is fresh, and only what came since. */
static void tell_digest(struct app *app)
{
	enum { FRESH_MS = 12 * 3600 * 1000 };
	const struct mode *mode = client_mode(app->client);
	int offset = client_rules(app->client)->offset_min;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	struct str text = STR_INIT;

	if (!mode || mode->digest_to <= app->digest_told)
		return;
	app->digest_told = mode->digest_to;
	if (app_now(app) - mode->digest_to > FRESH_MS)
		return;
	civil_format(mode->digest_from, offset, "H:M", from, sizeof from);
	civil_format(mode->digest_to, offset, "H:M", to, sizeof to);
	str_addf(&text, _("Quiet hours %s to %s: %lld urged, %lld run out, %lld put on lists"),
		 from, to, (long long)mode->urges, (long long)mode->overdue,
		 (long long)mode->listed);
	app_notice(app, ROLE_WARNING, text.s);
	str_release(&text);
}

/* What was typed when the program ended. */
static void tell_drafts(struct app *app)
{
	const struct draft *list[DRAFTS_MAX];
	size_t n = drafts_list(app->drafts, list);
	struct str words = STR_INIT;
	char when[CIVIL_TEXT];

	if (n == 0)
		return;
	civil_format(list[0]->at, client_rules(app->client)->offset_min, "m-d H:M", when,
		     sizeof when);
	str_addf(&words, _("Drafts not sent: %zu, the latest of %s. :drafts goes on with them."), n,
		 when);
	app_notice(app, ROLE_HINT, words.s);
	str_release(&words);
}

/* Left while it was locked: it opens so.  The PIN of whoever is logged in now must be known. */
static bool open_locked(struct app *app)
{
	struct lock_arg arg = { .shut = true };

	if (!seat_is_locked(app->client) || !client_actor(app->client) ||
	    !seat_knows(app->client, client_actor(app->client)->officer))
		return false;
	ui_notice(app->ui, ROLE_TEXT, NULL);
	(void)ui_apply(app->ui, ui_open(app->ui, &lock_view, &arg, sizeof arg));
	return true;
}

/* Counts and groups, for the first screen: a dozen of milliseconds at the most. */
static void look_at_all(struct app *app)
{
	(void)board_step(app->board);
	for (int i = 0; i < 200 && home_step(app->home) & HOME_MORE; i++)
		;
	frame_due_changed(app);
}

enum err app_new(const struct app_options *options, struct app **ret_app, struct error *err)
{
	struct app *app = mem_alloc(sizeof *app);
	enum err code = keymap_new(commands(), &app->keymap, err);

	if (code != ERR_OK) {
		free(app);
		return code;
	}
	app->client = options->client;
	app->theme_folders = options->theme_folders;
	app->colours = options->colours;
	app->thin = options->thin;
	app->views_path = options->views_path ? mem_strdup(options->views_path) : NULL;
	app->ask = options->ask;
	app->reload = options->reload;
	app->ask_ctx = options->ctx;
	app->board = board_new(app->client);
	app->home = home_new(app->client);
	ring_new(app);
	columns_load(app);
	look_at_all(app);
	client_link(app->client, &app->link);
	app->lock_hint = options->lock_hint;
	app->keyed_at = env_now(client_env(app->client));
	app->who = mem_strdup(client_actor(app->client) ? client_actor(app->client)->officer : "");
	app->drafts = drafts_new(app->client, app->who);
	app->drawn = app->link;
	app->minute = app_now(app) / MINUTE_MS;
	app->ui = ui_new(&app_shell, app, app->keymap, options->rows, options->cols);
	first_config(app, &options->config);
	ring_open(app);
	seen_begin(app);
	app_open_first(app);
	if (!open_locked(app)) {
		tell_drafts(app);
		desk_announce(app);
		tell_digest(app);
	}
	*ret_app = app;
	return ERR_OK;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	ui_free(app->ui);
	seen_release(app);
	seat_release(app);
	ring_release(app);
	keymap_free(app->keymap);
	theme_free(app->theme);
	board_free(app->board);
	home_free(app->home);
	free(app->due.what);
	drafts_free(app->drafts);
	prompt_history_release(&app->filters);
	prompt_history_release(&app->searches);
	prompt_history_release(&app->lines);
	str_release(&app->copy);
	arena_release(&app->whys);
	free(app->paper_title);
	free(app->paper_text);
	free(app->views_path);
	free(app->targets);
	free(app);
}

/* ---- what the face reads ---- */

struct ui *app_ui(struct app *app)
{
	return app->ui;
}

unsigned app_show(struct app *app, const char *title, const char *text)
{
	struct paper paper;

	free(app->paper_title);
	free(app->paper_text);
	app->paper_title = mem_strdup(title);
	app->paper_text = mem_strdup(text);
	paper = (struct paper){ .title = app->paper_title, .text = app->paper_text };
	return ui_open(app->ui, &paper_view, &paper, sizeof paper);
}

const struct theme *app_theme(const struct app *app)
{
	return app->theme;
}

bool app_theme_changed(struct app *app)
{
	bool changed = app->theme_changed;

	app->theme_changed = false;
	return changed;
}

/* ---- what the views share ---- */

int64_t app_now(const struct app *app)
{
	return client_now(app->client);
}

bool app_read_only(const struct app *app)
{
	const struct role_rule *role = app_role(app);

	return client_read_only(app->client) ||
	       (role && (role->read_only || role->manage != MANAGE_NOTHING));
}

const struct role_rule *app_role(const struct app *app)
{
	const struct actor *actor = client_actor(app->client);

	return actor ? rules_role(client_rules(app->client), actor->role) : NULL;
}

const char *app_empty_why(const struct app *app)
{
	const struct client_link *link = &app->link;

	if (app_role(app) && app_role(app)->manage != MANAGE_NOTHING)
		return _("This role administers and sees no cases: zhiban manage has its commands.");
	if (!client_is_enrolled(app->client))
		return _("This console is not enrolled: leave with Q, then zhiban enroll URL CODE.");
	if (!link->usable)
		return link->state == LINK_OFFLINE ?
			       _("No data yet, and the server cannot be reached: :link says why.") :
		       link->state == LINK_TROUBLE ?
			       _("No data yet, and the disk here is in trouble: :link says why.") :
		       link->state == LINK_LOGIN ?
			       _("Nobody is logged in here: type :login NAME, then the PIN.") :
			       _("The first data are being fetched ...");
	return NULL;
}

bool app_selected(struct app *app, struct uuid *ret_id)
{
	static const struct {
		const struct view_ops *ops;
		bool (*selected)(void *state, struct uuid *ret_id);
	} selecting[] = {
		{ &home_view, rows_selected },
		{ &board_view, rows_selected },
		{ &dups_view, rows_selected },
		{ &search_view, rows_selected },
		{ &page_view, page_view_selected },
		{ &outbox_view, outbox_view_selected },
		{ &desk_view, desk_view_selected },
		{ &alarm_view, alarm_view_selected },
	};
	const struct view_ops *top = ui_top(app->ui);

	for (size_t i = 0; i < ARRAY_LEN(selecting); i++)
		if (top == selecting[i].ops)
			app->has_selected = selecting[i].selected(ui_top_state(app->ui),
								  &app->selected);
	if (app->has_selected)
		*ret_id = app->selected;
	return app->has_selected;
}

void app_notice(struct app *app, enum role role, const char *sentence)
{
	if (!app->lock) {
		ui_notice(app->ui, role, sentence);
		return;
	}
	/* It might say what nobody is to read there: told when the screen opens. */
	free(app->missed);
	app->missed = mem_strdup(sentence);
	app->missed_role = role;
}

void app_failed(struct app *app, const struct error *err)
{
	app_notice(app, ROLE_ERROR, err->text);
}

/* ---- changes ---- */

/* Figures that move all the time are drawn with the clock; what matters at once, data that are
 * fresh again too. */
static bool link_differs(const struct client_link *a, const struct client_link *b)
{
	return a->state != b->state || a->why != b->why || a->usable != b->usable ||
	       a->pending != b->pending || a->sent != b->sent || a->refused != b->refused ||
	       a->merged != b->merged || a->data_at - b->data_at > MINUTE_MS ||
	       (a->left > 0) != (b->left > 0);
}

static unsigned take_link(struct app *app)
{
	client_link(app->client, &app->link);
	if (!link_differs(&app->link, &app->drawn))
		return UI_NOTHING;
	app->drawn = app->link;
	/* An empty list says how the link stands. */
	return board_count(app->board)->total ? UI_FRAME : UI_FRAME | UI_RELOAD;
}

unsigned app_marks_changed(struct app *app)
{
	struct client_change change = { .bits = CHANGE_MARKS };

	board_changed(app->board, &change);
	home_changed(app->home, &change);
	return UI_RELOAD | UI_FRAME;
}

unsigned app_take_changes(struct app *app, struct error *err)
{
	struct client_change change;
	unsigned flags;

	if (client_poll(app->client, &change, err) != ERR_OK)
		return UI_FRAME;
	flags = take_link(app);
	if (!app->lock) /* told when it opens */
		flags |= desk_announce(app);
	if (!change.bits)
		return flags;
	board_changed(app->board, &change);
	home_changed(app->home, &change);
	seen_changed(app, &change);
	frame_due_changed(app);
	if (change.bits & CHANGE_ACTOR)
		app->seat_new = true;
	ring_changed(app, &change, &flags);
	if (change.bits & CHANGE_MODE)
		tell_digest(app);
	if (change.bits & (CHANGE_RULES | CHANGE_ACTOR | CHANGE_MODE))
		flags |= UI_FRAME;
	if (change.bits & (CHANGE_DATA | CHANGE_OUTBOX | CHANGE_RULES | CHANGE_MODE | CHANGE_MARKS))
		flags |= UI_RELOAD;
	if ((flags & UI_RELOAD) && app->searching)
		search_view_stale(app->searching);
	return flags;
}

/* Not from within a handler: its view may be among those that are closed. */
static unsigned settle(struct app *app)
{
	if (!app->seat_new)
		return UI_NOTHING;
	app->seat_new = false;
	return ui_apply(app->ui, seat_changed(app));
}

unsigned app_poll(struct app *app)
{
	struct error err = ERROR_INIT;
	unsigned flags = app_take_changes(app, &err);

	if (err.code != ERR_OK)
		app_failed(app, &err);
	flags = ui_apply(app->ui, flags);
	return flags | settle(app);
}

/* What was copied is typed. */
static bool is_yank(struct key key)
{
	return key.mods == KEY_CTRL && key.code == 'y';
}

unsigned app_key(struct app *app, struct key key, const char *pasted)
{
	int64_t now = env_now(client_env(app->client));
	unsigned flags = ui_apply(app->ui, idle_tick(app, now));
	bool late = (flags & UI_WIPE) != 0;

	app->keyed_at = now;
	if (!late && is_yank(key) && !app->lock && app->copy.len > 0)
		flags |= ui_key(app->ui, (struct key){ UIKEY_PASTE, 0 }, str_get(&app->copy));
	else if (!late)
		flags |= ui_key(app->ui, key, pasted);
	if (app->repoll) {
		app->repoll = false;
		flags |= app_poll(app);
	}
	return flags | settle(app);
}

/* Whoever asked for it learns how it went; the data say the rest. */
static unsigned told_login(struct app *app, const struct tell *tell)
{
	const char *words = tell->code == ERR_OK ? _("logged in") :
			    *tell->text		 ? tell->text :
						   _(err_sentence(tell->code));
	unsigned flags = app_poll(app);
	bool greeted = app->greeted;

	app->greeted = false;
	if (tell->code == ERR_OK && greeted) /* let in, and told so */
		return flags;
	if (app->lock)
		return flags | ui_apply(app->ui, lock_told(app->lock, tell)) | settle(app);
	if (app->login)
		flags |= ui_apply(app->ui, login_told(app->login, tell));
	app_notice(app, tell->code == ERR_OK	 ? ROLE_GOOD :
			tell->code == ERR_SECOND ? ROLE_WARNING :
						   ROLE_ERROR, words);
	return flags | ui_apply(app->ui, UI_FRAME);
}

unsigned app_told(struct app *app, const struct tell *tell)
{
	switch (tell->kind) {
	case TELL_CHANGED:
	case TELL_ANSWERED:
	case TELL_REFUSED: /* desk_announce tells it, whichever process learned it */
		return app_poll(app);
	case TELL_LINK:
		client_link_set(app->client, &tell->link);
		return ui_apply(app->ui, take_link(app));
	case TELL_LOGIN:
		return told_login(app, tell);
	case TELL_SHOWN:
		return ui_apply(app->ui, reveal_view_told(app, tell));
	case TELL_FOUND:
		return ui_apply(app->ui, search_view_told(app, tell));
	case TELL_CALLERS:
		return ui_apply(app->ui, act_history_told(app, tell));
	case TELL_VIEW:
		app_notice(app, ROLE_WARNING, tell->text);
		return app_poll(app) | ui_apply(app->ui, UI_FRAME);
	case TELL_DEFECT:
		if (*tell->text)
			app_notice(app, ROLE_ERROR, tell->text);
		return ui_apply(app->ui, UI_FRAME);
	}
	return UI_NOTHING;
}

/* ---- time and idle work ---- */

unsigned app_tick(struct app *app, int64_t now)
{
	int64_t minute = app_now(app) / MINUTE_MS;
	unsigned flags = UI_NOTHING;

	if (minute != app->minute) {
		app->minute = minute;
		app->drawn = app->link;
		board_minute(app->board);
		home_minute(app->home);
		flags = UI_FRAME;
		ring_tick(app, true, &flags);
		flags = ui_apply(app->ui, flags);
	} else if (ring_next(app) <= now) {
		ring_tick(app, false, &flags);
		flags = ui_apply(app->ui, flags);
	}
	seen_tick(app, now);
	if (frame_next(app) <= now)
		flags |= ui_apply(app->ui, UI_FRAME);
	flags |= ui_apply(app->ui, idle_tick(app, now));
	if (reveal_view_next(app) <= now) /* wherever it lies */
		reveal_view_forget(app);
	return flags | ui_tick(app->ui, now);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t app_next(const struct app *app, int64_t now)
{
	int64_t time = app_now(app), next = now + MINUTE_MS - time % MINUTE_MS;
	int64_t work = least(board_next(app->board), home_next(app->home));
	int64_t idle = idle_next(app), shown = reveal_view_next(app);

	if (time / MINUTE_MS != app->minute || search_view_works(app))
		return now;
	next = least(next, least(work, frame_next(app)));
	if (idle < next)
		next = idle;
	if (shown < next)
		next = shown;
	next = least(next, least(ring_next(app), seen_next(app)));
	if (rows_top(app)) {
		int64_t tick = rows_next(rows_top(app));

		if (tick < next)
			next = tick;
	}
	if (ui_top(app->ui) == &form_view) {
		int64_t tick = act_form_next(ui_top_state(app->ui));

		if (tick < next)
			next = tick;
	}
	return next;
}

unsigned app_work(struct app *app)
{
	unsigned work = board_step(app->board), more = home_step(app->home), flags = UI_NOTHING;

	if (work & BOARD_ROWS || more & HOME_ROWS)
		flags |= UI_RELOAD;
	if (work & BOARD_COUNTS) {
		frame_due_changed(app);
		flags |= UI_FRAME;
	}
	if ((work & BOARD_COUNTS || more & HOME_COUNTERS) && rows_top(app)) {
		rows_recounted(rows_top(app));
		flags |= UI_REDRAW;
	}
	flags |= ring_work(app) | search_view_work(app);
	return flags ? ui_apply(app->ui, flags) : UI_NOTHING;
}
