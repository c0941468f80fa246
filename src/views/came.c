/* A whistle that reaches the officer's own organisation, told in one line when it comes: a department
 * that shall sign, the centre that shall check or settle.  Once each; what came while the console was
 * off is in the lists. */
#include <config.h>

#include <string.h>

#include "ring_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { LATE_MS = DAY_MS }; /* what has run longer is no news */

/* The clocks with which one's part begins. */
static bool is_first(const struct clock *clock)
{
	static const char *const kinds[] = { "sign", "check", "settle" };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(clock->kind, kinds[i]))
			return true;
	return false;
}

static bool was_told(const struct app *app, const struct uuid *clock)
{
	for (size_t i = 0; i < ARRAY_LEN(app->came); i++)
		if (uuid_eq(&app->came[i], clock))
			return true;
	return false;
}

/* The clock that has begun to run for us and was not told of; NULL: none. */
static const struct clock *news(const struct app *app, const struct whistle *whistle)
{
	for (size_t i = 0; whistle->open && i < whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(whistle, i);

		if (clock->stopped_at == 0 && is_first(clock) && away_is_mine(app, clock->org) &&
		    app_now(app) - clock->started_at < LATE_MS && !was_told(app, &clock->id))
			return clock;
	}
	return NULL;
}

/* The title is for who sits here, not for who passes a locked screen. */
static void say(struct app *app, const struct client_whistle *shown, const struct clock *clock)
{
	const struct rules *rules = client_rules(app->client);
	const struct summons *summons = whistle_summons(rules, shown->whistle);
	struct str words = STR_INIT;
	char mark[48], due[CIVIL_TEXT];

	civil_format(clock->due, rules->offset_min,
		     clock->due - app_now(app) < DAY_MS ? "H:M" : "m-d H:M", due, sizeof due);
	str_addf(&words, _("New: %s %s, %s by %s"),
		 summons ? summons->label : whistles_word(app),
		 client_whistle_mark(shown, mark), summons_clock_label(rules, summons, clock->kind),
		 due);
	if (!app->lock)
		str_addf(&words, "  %s", shown->whistle->title);
	app_notice(app, ROLE_WARNING, words.s);
	str_release(&words);
}

static bool look(struct app *app, const struct uuid *id)
{
	struct arena arena = ARENA_INIT;
	struct client_whistle shown;
	const struct clock *clock = NULL;

	if (client_whistle_get(app->client, id, &arena, &shown, NULL) == ERR_OK)
		clock = news(app, shown.whistle);
	if (clock != NULL) {
		say(app, &shown, clock);
		app->came[app->n_came++ % ARRAY_LEN(app->came)] = clock->id;
	}
	arena_release(&arena);
	return clock != NULL;
}

void came_look(struct app *app, const struct client_change *change, unsigned *flags)
{
	bool told = false;

	if (!(change->bits & CHANGE_DATA) || change->any || app->link.left > 0 ||
	    app_read_only(app) || client_rules(app->client)->n_summonses == 0)
		return;
	for (size_t i = 0; i < change->n; i++)
		told = look(app, &change->ids[i]) || told;
	if (told)
		*flags |= UI_FRAME;
	if (told && app->bell & 1 << ALARM_GIVEN && !ring_is_hushed(app))
		*flags |= UI_BELL;
}
