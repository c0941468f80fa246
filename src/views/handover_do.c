/* What is signed is done, also by an officer who has just taken the seat for it; and the word
 * about the handover before somebody leaves. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act_priv.h"
#include "desk_priv.h"
#include "handover_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"

/* ---- signing ---- */

void signing_free(struct signing *signing)
{
	if (signing == NULL)
		return;
	free(signing->words);
	free(signing->reason);
	free(signing->rung);
	free(signing);
}

static void give_text(const struct act_desc *act, const char *name, const char *text,
		      struct given *given, size_t *n)
{
	if (text != NULL && *text != '\0')
		given[(*n)++] = (struct given){ act_arg_field(act, name),
						{ .is_text = true, .text = text } };
}

static void give_num(const struct act_desc *act, const char *name, int64_t num,
		     struct given *given, size_t *n)
{
	if (num != 0)
		given[(*n)++] = (struct given){ act_arg_field(act, name), { .num = num } };
}

/* The witness signs for what he saw: its hash.  While the server has not confirmed it, number
 * and moment are still to come, and with them another hash: then none is named. */
static const char *seen_hash(struct client *client, const struct uuid *id, struct arena *arena)
{
	struct client_handover shown;

	if (client_handover_get(client, id, arena, &shown, NULL) != ERR_OK || shown.marks != 0)
		return NULL;
	return shown.handover->hash;
}

static const char *third_role(struct client *client, const struct uuid *id, struct arena *arena)
{
	struct client_handover shown;
	const struct roster_plan *plan;

	if (client_handover_get(client, id, arena, &shown, NULL) != ERR_OK)
		return NULL;
	plan = handover_plan(client_rules(client), shown.handover->org, shown.handover->plan);
	return plan != NULL ? plan->third : NULL;
}

static const char *const done_words[] = {
	[SIGN_GIVE] = N_("handed over: the one who comes signs with T"),
	[SIGN_TAKE] = N_("taken over"),
	[SIGN_WITNESS] = N_("witnessed"),
	[SIGN_PHONE] = N_("witnessed by telephone: to be confirmed"),
};

unsigned signing_do(struct app *app, const struct signing *signing)
{
	const struct act_desc *act =
		act_desc_of(KIND_HANDOVER, signing->what == SIGN_GIVE	? "give"
					   : signing->what == SIGN_TAKE ? "take"
									: "witness");
	struct by_phone phone = { .role = NULL };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct client_done done;
	struct given given[5];
	size_t n = 0;
	unsigned flags;

	if (signing->what == SIGN_GIVE)
		give_text(act, "words", signing->words, given, &n);
	if (signing->what <= SIGN_TAKE) {
		give_text(act, "reason", signing->reason, given, &n);
		give_num(act, "unsent", signing->unsent, given, &n);
		give_num(act, "offline", signing->offline, given, &n);
	} else {
		give_text(act, "signed_hash", seen_hash(app->client, &signing->handover, &arena),
			  given, &n);
	}
	if (signing->what == SIGN_PHONE)
		phone = (struct by_phone){ .role = third_role(app->client, &signing->handover, &arena),
					   .rung = signing->rung, .answered_by = signing->rung,
					   .wording = signing->words };
	if (client_act_phone(app->client, act, &signing->handover, given, n, &phone, &done, &err) ==
	    ERR_OK) {
		app_notice(app, ROLE_GOOD, _(done_words[signing->what]));
		flags = UI_CLOSE | acts_done(app, &done.target);
	} else {
		app_failed(app, &err);
		flags = UI_CLOSE | UI_FRAME;
	}
	arena_release(&arena);
	return flags;
}

void signing_wait(struct app *app, struct signing *signing)
{
	signing_free(app->signing);
	app->signing = signing;
}

void signing_seat_changed(struct app *app)
{
	const struct actor *actor = client_actor(app->client);
	struct signing *signing = app->signing;

	app->signing = NULL;
	if (signing != NULL && actor != NULL && strcmp(actor->officer, signing->officer) == 0) {
		(void)ui_apply(app->ui, ui_open(app->ui, &handover_view, &signing->handover,
						sizeof signing->handover));
		(void)ui_apply(app->ui, signing_do(app, signing) & ~(unsigned)UI_CLOSE);
		app->greeted = true; /* he is told what he signed, not that he is logged in */
		if (*signing->seat != '\0') /* who witnesses does not stay */
			ui_then(app->ui, command_at(CMD_change), signing->seat);
	}
	signing_free(signing);
}

/* ---- commands ---- */

unsigned handover_command(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	struct uuid id;

	args += strspn(args, " ");
	if (*args == '\0')
		return ui_open(app->ui, &handover_view, NULL, 0);
	if (client_find_kind(app->client, KIND_HANDOVER, args, &id, &err) != ERR_OK) {
		app_failed(app, &err);
		return UI_FRAME;
	}
	return ui_open(app->ui, &handover_view, &id, sizeof id);
}

unsigned handovers_command(struct app *app, const char *args)
{
	(void)args;
	return ui_open(app->ui, &handovers_view, NULL, 0);
}

/* ---- leaving on duty ---- */

struct leaving {
	struct app *app;
	char words[200];
};

static enum err open_leaving(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct leaving *leaving = mem_alloc(sizeof *leaving);
	struct arena arena = ARENA_INIT;
	struct handover_desk desk;
	char ends[CIVIL_TEXT] = "";

	(void)arg;
	(void)err;
	leaving->app = ui_shell(ui);
	if (handover_of_desk(leaving->app->client, NULL, &arena, &desk, NULL) == ERR_OK) {
		civil_format(desk.ends, client_rules(leaving->app->client)->offset_min, "H:M", ends,
			     sizeof ends);
		snprintf(leaving->words, sizeof leaving->words,
			 _(" You are on duty (%s until %s) and have not handed over."),
			 desk.shift != NULL ? desk.shift->label : "", ends);
	}
	arena_release(&arena);
	*ret_state = leaving;
	return ERR_OK;
}

static void close_leaving(void *state)
{
	free(state);
}

static struct area place_leaving(void *state, struct area body)
{
	(void)state;
	return area_bottom(&body, 3);
}

static void draw_leaving(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct leaving *leaving = state;

	(void)all;
	canvas_fill(canvas, area_top(&area, 1), '=', ROLE_FRAME);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_WARNING, leaving->words, PAD_RIGHT);
	canvas_pad(canvas, area.row + 1, area.col, area.cols, ROLE_HINT,
		   _(" Enter: hand over first   y: leave all the same   Esc: stay"), PAD_RIGHT);
}

static unsigned key_leaving(void *state, struct key pressed, const char *pasted)
{
	struct leaving *leaving = state;
	uint32_t letter = key_narrow(pressed).code;

	(void)pasted;
	if (pressed.code == UIKEY_ESC || letter == 'n')
		return UI_CLOSE | UI_FRAME;
	if (pressed.code == UIKEY_ENTER)
		return UI_CLOSE | UI_FRAME | ui_open(leaving->app->ui, &handover_view, NULL, 0);
	if (letter == 'y')
		return UI_CLOSE | desk_leave(leaving->app);
	return UI_NOTHING;
}

const struct view_ops leaving_view = {
	.name = "leaving",
	.overlay = true,
	.open = open_leaving,
	.close = close_leaving,
	.place = place_leaving,
	.draw = draw_leaving,
	.key = key_leaving,
};

unsigned handover_leaving(struct app *app)
{
	if (!handover_is_due(app->client) || ui_top(app->ui) == &leaving_view)
		return UI_NOTHING;
	return ui_open(app->ui, &leaving_view, NULL, 0);
}
