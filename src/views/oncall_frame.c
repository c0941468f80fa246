/* The first line's words of who is on duty at the officer's own organisation, and till when. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "oncall_priv.h"
#include "zhiban/base/mem.h"

void oncall_frame_changed(struct app *app)
{
	app->on_duty.until = 0;
}

void oncall_frame_release(struct app *app)
{
	for (size_t i = 0; i < ARRAY_LEN(app->on_duty.words); i++) {
		free(app->on_duty.words[i]);
		app->on_duty.words[i] = NULL;
	}
}

static bool has_officer(const struct duty_now *duty, const char *officer)
{
	for (size_t i = 0; i < duty->n_now; i++)
		if (str_eq(duty->now[i].turn->name, officer))
			return true;
	return false;
}

/* Good until the shift ends or the next begins, unless the data change before. */
static void read_duty(struct app *app)
{
	const struct actor *actor = client_actor(app->client);
	const struct rules *rules = client_rules(app->client);
	struct arena arena = ARENA_INIT;
	int64_t now = app_now(app);
	struct duty_now duty;

	oncall_frame_release(app);
	app->on_duty.until = INT64_MAX;
	app->on_duty.officer = false;
	if (actor != NULL && rules_plan_of(rules, actor->org, 0) != NULL &&
	    client_on_duty(app->client, actor->org, now, &arena, &duty, NULL) == ERR_OK) {
		for (int most = 1; most <= (int)ARRAY_LEN(app->on_duty.words); most++) {
			struct str words = STR_INIT;

			oncall_line(rules, &duty, most, &words);
			app->on_duty.words[most - 1] = mem_strdup(str_get(&words));
			str_release(&words);
		}
		app->on_duty.officer = has_officer(&duty, actor->officer);
		if (duty.ends > now)
			app->on_duty.until = duty.ends;
		if (duty.next_starts > now && duty.next_starts < app->on_duty.until)
			app->on_duty.until = duty.next_starts;
	}
	arena_release(&arena);
}

const char *oncall_frame_words(struct app *app, int most, bool *ret_is_officer)
{
	const char *words;

	if (app->on_duty.until <= app_now(app))
		read_duty(app);
	*ret_is_officer = app->on_duty.officer;
	words = app->on_duty.words[most - 1];
	return words != NULL ? words : "";
}
