/* Whose roster, which month: kept while the console runs, and said on the ":" line. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

const struct roster_plan *roster_plan_near(const struct rules *rules, const char *org, size_t at,
					   const char **ret_org)
{
	for (const struct org *up = rules_org(rules, org); up;
	     up = up->parent ? rules_org(rules, up->parent) : NULL) {
		const struct roster_plan *plan = rules_plan_of(rules, up->code, at);

		if (!plan && at)
			plan = rules_plan_of(rules, up->code, 0);
		*ret_org = up->code;
		if (plan)
			return plan;
	}
	*ret_org = rules->centre;
	return rules->centre ? rules_plan_of(rules, rules->centre, 0) : NULL;
}

struct roster_place *roster_place(struct app *app)
{
	const struct rules *rules = client_rules(app->client);
	const struct actor *actor = client_actor(app->client);
	const char *org = actor ? actor->org : rules->centre;

	if (app->roster)
		return app->roster;
	app->roster = mem_alloc(sizeof *app->roster);
	(void)roster_plan_near(rules, org, 0, &org);
	snprintf(app->roster->org, sizeof app->roster->org, "%s", org ? org : "");
	app->roster->day = civil_day_of_ms(app_now(app), rules->offset_min);
	app->roster->fresh = true;
	return app->roster;
}

void roster_place_free(struct app *app)
{
	if (!app->roster)
		return;
	free(app->roster->copied);
	arena_release(&app->roster->done.arena);
	free(app->roster);
	app->roster = NULL;
}

/* ---- from anywhere ---- */

static bool take_month(struct roster_place *place, const char *words)
{
	int32_t first, end;

	if (!month_days(words, &first, &end))
		return false;
	if (place->day < first || place->day >= end)
		place->day = first;
	place->week = place->fresh = false;
	return true;
}

static enum err take_org(struct app *app, struct roster_place *place, const char *words,
			 struct error *err)
{
	const struct rules *rules = client_rules(app->client);
	const struct org *org = rules_org_named(rules, words);

	if (!org)
		return error_set(err, ERR_NOT_FOUND, _("there is no organisation \"%.60s\""), words);
	if (!rules_plan_of(rules, org->code, 0))
		return error_set(err, ERR_NOT_FOUND, _("%s has no roster"), org->name);
	snprintf(place->org, sizeof place->org, "%s", org->code);
	place->plan = 0;
	return ERR_OK;
}

enum err roster_take_words(struct app *app, const char *args, struct error *err)
{
	struct roster_place *place = roster_place(app);
	struct str words = STR_INIT;
	enum err code = ERR_OK;

	for (const char *at = args + strspn(args, " "); *at && code == ERR_OK; at += strspn(at, " ")) {
		size_t len = strcspn(at, " ");

		str_clear(&words);
		str_add_bytes(&words, at, len);
		if (!take_month(place, str_get(&words)))
			code = take_org(app, place, str_get(&words), err);
		at += len;
	}
	str_release(&words);
	return code;
}

unsigned roster_command(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;

	if (roster_take_words(app, args ? args : "", &err) != ERR_OK) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	return ui_switch(app->ui, &roster_view, NULL, 0) | UI_FRAME | UI_RELOAD;
}
