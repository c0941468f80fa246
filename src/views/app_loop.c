/* What the face's loop asks of the app: a key, news of the worker, a tick, and when the next is due. */
#include <config.h>

#include "zhiban/views/app.h"

#include "act_priv.h"
#include "handover_priv.h"
#include "lock_priv.h"
#include "log_priv.h"
#include "meetings_priv.h"
#include "ring_priv.h"
#include "roster_priv.h"
#include "search_priv.h"
#include "stats_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

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
	if (app->sign)
		return flags | ui_apply(app->ui, sign_told(app, tell)) | settle(app);
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
		return ui_apply(app->ui, app_take_link(app) | (away_look(app) ? UI_FRAME : 0));
	case TELL_LOGIN:
		return told_login(app, tell);
	case TELL_SHOWN:
		return ui_apply(app->ui, reveal_view_told(app, tell));
	case TELL_FOUND:
		return ui_apply(app->ui, search_view_told(app, tell));
	case TELL_CALLERS:
		return ui_apply(app->ui, act_history_told(app, tell));
	case TELL_ARRIVAL:
		if (tell->code != ERR_OK && *tell->text)
			app_notice(app, ROLE_ERROR, tell->text);
		return app_poll(app) | ui_apply(app->ui, UI_RELOAD);
	case TELL_RECKON:
		return ui_apply(app->ui, build_view_told(app, tell));
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
		(void)away_look(app);
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

	if (time / MINUTE_MS != app->minute || search_view_works(app) || stats_view_works(app) ||
	    handover_view_works(app) || meetings_view_works(app))
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
	if (app->deadlines)
		next = least(next, deadlines_next(app->deadlines));
	if (ui_top(app->ui) == &deadlines_view)
		next = least(next, deadlines_view_next(ui_top_state(app->ui)));
	if (ui_top(app->ui) == &replay_view)
		next = least(next, replay_view_next(ui_top_state(app->ui)));
	if (ui_top(app->ui) == &build_view)
		next = least(next, build_view_next(ui_top_state(app->ui), now));
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
	if (app->deadlines && deadlines_step(app->deadlines) & DUE_ROWS)
		flags |= UI_RELOAD;
	if (work & BOARD_COUNTS) {
		frame_due_changed(app);
		flags |= UI_FRAME;
	}
	if ((work & BOARD_COUNTS || more & HOME_COUNTERS) && rows_top(app)) {
		rows_recounted(rows_top(app));
		flags |= UI_REDRAW;
	}
	flags |= ring_work(app) | search_view_work(app) | handover_view_work(app) |
		 meetings_view_work(app);
	return flags ? ui_apply(app->ui, flags) : UI_NOTHING;
}
