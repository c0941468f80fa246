/* A seat that several officers share: what each had typed waits for him, and for nobody else. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "columns_priv.h"
#include "handover_priv.h"
#include "lock_priv.h"
#include "saved_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static struct seat_kept *kept_of(struct app *app, const char *officer)
{
	for (size_t i = 0; i < app->n_kept; i++)
		if (strcmp(app->kept[i].officer, officer) == 0)
			return &app->kept[i];
	MEM_GROW(app->kept, app->n_kept, app->cap_kept);
	app->kept[app->n_kept] = (struct seat_kept){ .officer = mem_strdup(officer) };
	return &app->kept[app->n_kept++];
}

static void release(struct seat_kept *kept)
{
	free(kept->officer);
	free(kept->filter);
	prompt_history_release(&kept->filters);
	prompt_history_release(&kept->lines);
}

void seat_release(struct app *app)
{
	for (size_t i = 0; i < app->n_kept; i++)
		release(&app->kept[i]);
	free(app->kept);
	free(app->who);
	signing_free(app->signing);
	free(app->missed);
}

static void put_away(struct app *app)
{
	struct seat_kept *kept = kept_of(app, app->who);

	free(kept->filter);
	prompt_history_release(&kept->filters);
	prompt_history_release(&kept->lines);
	kept->filter = mem_strdup(board_filter(app->board));
	kept->order = board_order(app->board);
	kept->turned = board_is_turned(app->board);
	kept->group = board_group(app->board);
	for (int list = 0; list < SAVED_LISTS; list++)
		saved_other(app, (enum saved_list)list);
	str_clear(&app->whistle_filter);
	app->whistle_order = 0;
	app->whistle_turned = false;
	kept->filters = app->filters;
	kept->lines = app->lines;
	drafts_free(app->drafts); /* they lie in the outbox */
	app->drafts = NULL;
	prompt_history_release(&app->searches);
	app->filters = app->lines = (struct prompt_history){ .n = 0 };
	str_clear(&app->copy);
	app->copied = app->has_selected = false;
	app->marking = NULL;
	app->marking_due = NULL;
	app->n_targets = app->n_hints = 0;
	app->item = app->wanted = app->board_at = (struct uuid){ { 0 } };
}

static void bring_back(struct app *app, const char *officer)
{
	struct seat_kept *kept = kept_of(app, officer);
	struct filter_error error;

	app->drafts = drafts_new(app->client, officer);
	app->filters = kept->filters;
	app->lines = kept->lines;
	columns_load(app);
	board_set_order(app->board, kept->order);
	board_turn(app->board, kept->turned);
	board_set_group(app->board, kept->group);
	if (kept->filter && board_set_filter(app->board, kept->filter, &error) != ERR_OK)
		board_set_order(app->board, 0); /* other rules meanwhile: without it */
	kept->filters = kept->lines = (struct prompt_history){ .n = 0 };
}

static void say_so(struct app *app)
{
	struct str text = STR_INIT;

	str_addf(&text, _("%s has this seat now."), app->who);
	if (app->link.unsent)
		str_addf(&text, _(" Acts not sent yet (%u) go under their author's name."),
			 app->link.unsent);
	app_notice(app, ROLE_GOOD, str_get(&text));
	str_release(&text);
}

unsigned seat_changed(struct app *app)
{
	const struct actor *actor = client_actor(app->client);
	const char *officer = actor ? actor->officer : "";
	struct lock *lock = app->lock;
	bool let_in = lock && lock->box.asking && strcmp(lock->box.officer, officer) == 0;
	bool greets = let_in && lock->box.sent; /* the answer comes behind */
	struct lock_arg arg = { .shut = lock && lock->shut && !let_in && actor };
	struct error err = ERROR_INIT;

	if (strcmp(officer, app->who) == 0)
		return UI_FRAME; /* another role or organisation: the data follow by themselves */
	ui_close_all(app->ui); /* forms keep what was typed */
	put_away(app);
	free(app->who);
	app->who = mem_strdup(officer);
	board_free(app->board);
	app->board = board_new(app->client);
	home_clear(app->home);
	if (app->deadlines)
		deadlines_clear(app->deadlines);
	seen_begin(app);
	bring_back(app, officer);
	app_look_at_all(app); /* his first key may come at once, and is for a row */
	client_link(app->client, &app->link);
	free(app->missed);
	app->missed = NULL;
	app->announced = app->link.refused + app->link.merged;
	app->keyed_at = env_now(client_env(app->client));
	app_open_first(app);
	if (arg.shut)
		(void)ui_apply(app->ui, ui_open(app->ui, &lock_view, &arg, sizeof arg));
	else if (seat_unlock(app->client, &err) != ERR_OK)
		app_failed(app, &err);
	else if (actor)
		say_so(app);
	app->greeted = greets;
	if (!arg.shut)
		signing_seat_changed(app);
	app_forget_copy(app);
	return UI_FRAME | UI_WIPE;
}
