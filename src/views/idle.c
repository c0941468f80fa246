/* The screen that nobody touches: it locks by itself; and alarms, which it never locks under. */
#include <config.h>

#include <string.h>

#include "lock_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

enum {
	FORM_MS = 3600 * 1000, /* what is being typed keeps the screen open so long */
	LOOK_MS = 15 * 1000,   /* what kept it open is looked at so often */
};

/* How long the screen stands open without a key; 0: for ever. */
static int64_t open_for(const struct app *app)
{
	int64_t most = client_rules(app->client)->lock_at_most * MINUTE_MS;

	if (most > 0 && (app->lock_after == 0 || app->lock_after > most))
		return most;
	return app->lock_after;
}

int64_t idle_next(const struct app *app)
{
	int64_t open = open_for(app), at = app->keyed_at + open;

	if (open == 0 || lock_is_shut(app) || client_actor(app->client) == NULL)
		return INT64_MAX;
	return at > app->lock_look ? at : app->lock_look;
}

/* Something is being typed: a form, a filter, a command. */
static bool is_typing(const struct app *app)
{
	const struct view_ops *top = ui_top(app->ui);

	return top == &form_view || (ui_where(app->ui) == 0 && top != &lock_view);
}

unsigned idle_tick(struct app *app, int64_t now)
{
	struct error err = ERROR_INIT;
	unsigned flags;

	if (app->keyed_at > now) /* the clock was set back */
		app->keyed_at = now;
	if (app->lock_look > now + LOOK_MS)
		app->lock_look = 0;
	if (now < idle_next(app))
		return UI_NOTHING;
	app->lock_look = now + LOOK_MS;
	if (app->alarms > 0)
		return UI_NOTHING;
	if (is_typing(app) && now - app->keyed_at < FORM_MS)
		return UI_NOTHING;
	if (lock_now(app, &flags, &err) != ERR_OK)
		return UI_NOTHING; /* no PIN is known: the screen stays as it is */
	return flags;
}
