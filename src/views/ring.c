#include <config.h>

#include "ring_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lock_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { AT_ONCE = 4 }; /* slices taken at once, with the minute and for the first screen */

static int64_t own_now(const struct app *app)
{
	return env_now(client_env(app->client));
}

/* ---- quiet ---- */

bool ring_is_hushed(const struct app *app)
{
	return app->ring->hushed_until > own_now(app);
}

/* It ends by itself, also when the clock was set back meanwhile. */
static void mind_hush(struct app *app, unsigned *flags)
{
	struct ring *ring = app->ring;
	int64_t left = ring->hushed_until - own_now(app);

	if (ring->hushed_until == 0 || (left > 0 && left <= ALARM_QUIET_H * HOUR_MS))
		return;
	ring->hushed_until = 0;
	app_notice(app, ROLE_WARNING, _("the quiet has ended: alarms sound again"));
	*flags |= UI_FRAME;
}

void ring_hush_words(const struct app *app, struct str *out)
{
	char until[LINK_WHEN];

	if (!ring_is_hushed(app))
		return;
	civil_format(app->ring->hushed_until + app_now(app) - own_now(app),
		     client_rules(app->client)->offset_min, "H:M", until, sizeof until);
	str_addf(out, _("[quiet till %s]"), until);
}

unsigned ring_hush(struct app *app, const char *args)
{
	struct str words = STR_INIT;
	int64_t span;

	args += strspn(args, " ");
	if (*args == '\0') {
		ring_hush_words(app, &words);
		app_notice(app, ROLE_WARNING,
			   ring_is_hushed(app) ? str_get(&words)
					  : _("alarms sound; :quiet 2h keeps them quiet so long"));
	} else if (!alarm_span(args, &span)) {
		app_notice(app, ROLE_ERROR, _("quiet: 30m, 2h, up to 12h, or off"));
	} else {
		app->ring->hushed_until = span > 0 ? own_now(app) + span : 0;
		app_notice(app, ROLE_WARNING,
			   span > 0 ? _("no bell so long; alarms are shown, and the quiet ends by "
					"itself")
				    : _("alarms sound again"));
	}
	str_release(&words);
	return UI_FRAME;
}

/* ---- what is shown ---- */

bool ring_is_loud(const struct app *app)
{
	return app->ring->ladder.loud && app->alarms > 0 &&
	       (!ring_is_hushed(app) || alarms_count(app->ring->alarms, 1 << ALARM_NEW) > 0);
}

enum role ring_role(const struct app *app)
{
	if (ring_is_loud(app))
		return ROLE_ALARM_LOUD;
	if (ring_is_hushed(app) && alarms_count(app->ring->alarms, 1 << ALARM_NEW) == 0)
		return ROLE_WARNING;
	return ROLE_ALARM;
}

void ring_banner(const struct app *app, struct str *out)
{
	str_addf(out, _("!!%zu not acknowledged for %lld min"), app->alarms,
		 (long long)app->ring->ladder.minutes);
	if (*app->ring->deputy)
		str_addf(out, _("  ring %s"), app->ring->deputy);
	else
		str_addf(out, "  %s", _("no deputy is known"));
}

static void find_deputy(struct app *app)
{
	struct str words = STR_INIT;

	alarm_deputy_words(app->client, &words);
	snprintf(app->ring->deputy, sizeof app->ring->deputy, "%s", str_get(&words));
	str_release(&words);
}

/* ---- the ladder ---- */

/* Nobody answers: into the journal, once, and a word for whoever comes. */
static void write_down(struct app *app, unsigned *flags)
{
	const struct rules *rules = client_rules(app->client);
	struct error err = ERROR_INIT;
	struct str words = STR_INIT;
	bool done = false;

	if (alarms_write(app->ring->alarms, app->client, rules->alarm_check * MINUTE_MS,
			 app->keyed_at, &done, &err) != ERR_OK) {
		app_failed(app, &err);
		*flags |= UI_FRAME;
		return;
	}
	if (!done)
		return;
	str_addf(&words, _("no key for %d minutes under an alarm: written down as not answered"),
		 rules->alarm_check);
	app_notice(app, ROLE_WARNING, str_get(&words));
	str_release(&words);
	if (app->ask != NULL)
		app->ask(app->ask_ctx, &(struct ask){ .kind = ASK_WAKE });
	*flags |= UI_FRAME | app_take_changes(app, &err);
}

static void step(struct app *app, bool writes, unsigned *flags)
{
	const struct rules *rules = client_rules(app->client);
	struct ring *ring = app->ring;
	bool reads = app_read_only(app); /* who cannot answer one need not be kept awake */
	size_t before = app->alarms;
	struct ladder_now now = {
		.louder = rules->alarm_louder,
		.check = rules->alarm_check,
		.now = own_now(app),
		.rang_at = reads ? 0 : alarms_rang_at(ring->alarms, ALARM_ALL),
		.keyed_at = app->keyed_at,
		.sounding = reads ? 0 : alarms_count(ring->alarms, app->bell),
		.hushed = ring_is_hushed(app) || !board_has_all(app->board),
	};
	unsigned todo = ladder_step(&ring->ladder, &now);

	app->alarms = reads ? 0 : alarms_count(ring->alarms, ALARM_ALL);
	if (todo & LADDER_DRAW && ring->ladder.loud)
		find_deputy(app);
	if (app->alarms != before || todo & LADDER_DRAW)
		*flags |= app->lock ? UI_FRAME | UI_REDRAW : UI_FRAME;
	if (todo & LADDER_BELL)
		*flags |= UI_BELL;
	if (todo & LADDER_WRITE && writes)
		write_down(app, flags);
	else if (todo & LADDER_WRITE) /* not in the midst of a change: with the next tick */
		ring->ladder.written = false;
}

static void work(struct app *app)
{
	for (int i = 0; i < AT_ONCE && alarms_busy(app->ring->alarms); i++)
		(void)alarms_step(app->ring->alarms);
}

void ring_new(struct app *app)
{
	app->ring = mem_alloc(sizeof *app->ring);
	app->ring->alarms = alarms_new(app->client);
	home_alarms(app->home, app->ring->alarms);
	work(app);
}

void ring_open(struct app *app)
{
	unsigned ignored = UI_NOTHING;

	step(app, false, &ignored);
}

void ring_release(struct app *app)
{
	if (app->ring == NULL)
		return;
	alarms_free(app->ring->alarms);
	free(app->ring);
	app->ring = NULL;
}

void ring_changed(struct app *app, const struct client_change *change, unsigned *flags)
{
	alarms_changed(app->ring->alarms, change);
	if (alarms_busy(app->ring->alarms)) /* one slice: a key may wait; the rest is idle work */
		(void)alarms_step(app->ring->alarms);
	step(app, false, flags);
}

void ring_tick(struct app *app, bool minute, unsigned *flags)
{
	mind_hush(app, flags);
	if (minute) {
		alarms_minute(app->ring->alarms);
		work(app);
	}
	step(app, true, flags);
}

int64_t ring_next(const struct app *app)
{
	const struct ring *ring = app->ring;
	int64_t next = ladder_next(&ring->ladder);

	if (alarms_busy(ring->alarms))
		return 0;
	return ring->hushed_until != 0 && ring->hushed_until < next ? ring->hushed_until : next;
}

unsigned ring_work(struct app *app)
{
	unsigned flags = UI_NOTHING;

	if (alarms_busy(app->ring->alarms) && alarms_step(app->ring->alarms)) {
		home_minute(app->home); /* its counter is another */
		step(app, false, &flags);
	}
	return flags;
}
