/* A caller's name or number in clear: a reason is chosen, it is shown for half a minute, and that it
 * was shown is in the journal. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "lock_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/reveal.h"
#include "zhiban/ui/picker.h"

enum { WHYS_MOST = 32 };

struct reveal {
	struct app *app;
	struct arena arena;
	struct uuid id;
	struct reveal_item items[REVEALS_MOST];
	size_t n, at;	       /* which of the values */
	struct picker *picker; /* of reasons */
	const char *why;       /* label of the one chosen; NULL: none yet */
	bool asking;
	int64_t until;	 /* own clock: hidden again then; 0: not shown */
	char value[512]; /* "" : not shown */
};

static const struct choices *whys(const struct reveal *view)
{
	return &client_rules(view->app->client)->reveal_whys;
}

static void make_picker(struct reveal *view)
{
	struct picker_item items[WHYS_MOST] = { 0 };
	const struct reveal_item *item = &view->items[view->at];
	size_t n = whys(view)->n < WHYS_MOST ? whys(view)->n : WHYS_MOST;

	for (size_t i = 0; i < n; i++)
		items[i] = (struct picker_item){ .label = whys(view)->items[i].label,
						 .name = whys(view)->items[i].code };
	picker_free(view->picker);
	view->picker = picker_new(arena_printf(&view->arena,
					       view->n > 1 ? _("%s %s: why? (Tab: the next value)") :
							     _("%s %s: why?"),
					       _(item->field->title), item->masked),
				  items, n, PICKER_NUMBERS);
	picker_select(view->picker, reveal_usual(client_rules(view->app->client)));
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct reveal *view = mem_alloc(sizeof *view);
	enum err code;

	view->app = ui_shell(ui);
	view->id = *(const struct uuid *)arg;
	code = reveal_items(view->app->client, &view->id, &view->arena, view->items, &view->n, err);
	if (code == ERR_OK && whys(view)->n == 0)
		code = error_set(err, ERR_NOT_FOUND, "%s",
				 _("the profile has no list of reasons (reveal_why)"));
	if (code != ERR_OK) {
		arena_release(&view->arena);
		free(view);
		return code;
	}
	make_picker(view);
	view->app->reveal = view;
	*ret_state = view;
	return ERR_OK;
}

void reveal_view_forget(struct app *app)
{
	struct reveal *view = app->reveal;

	if (!view)
		return;
	crypto_wipe(view->value, sizeof view->value);
	view->until = 0;
}

static void close_view(void *state)
{
	struct reveal *view = state;

	reveal_view_forget(view->app);
	view->app->reveal = NULL;
	picker_free(view->picker);
	arena_release(&view->arena);
	free(view);
}

static struct area place(void *state, struct area body)
{
	struct reveal *view = state;

	return area_bottom(&body, view->why ? 3 : picker_rows(view->picker));
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct reveal *view = state;
	struct str text = STR_INIT;

	(void)all;
	if (!view->why) {
		picker_draw(view->picker, canvas, area);
		return;
	}
	canvas_fill(canvas, area_top(&area, 1), '=', ROLE_FRAME);
	str_addf(&text, " %s  %s", _(view->items[view->at].field->title),
		 view->until ? view->value : view->items[view->at].masked);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_TITLE, text.s, PAD_RIGHT);
	str_clear(&text);
	if (view->asking)
		str_addf(&text, _(" %s: the server is asked ... Esc leaves"), view->why);
	else if (view->until)
		str_addf(&text, _(" %s, noted in the journal. Hidden again in %d seconds, or by Esc"),
			 view->why, REVEAL_S);
	else
		str_add(&text, _(" Hidden again. Esc leaves"));
	canvas_pad(canvas, area.row + 1, area.col, area.cols, ROLE_HINT, text.s, PAD_RIGHT);
	str_release(&text);
}

static void show(struct reveal *view, const char *value)
{
	snprintf(view->value, sizeof view->value, "%s", value);
	view->asking = false;
	view->until = env_now(client_env(view->app->client)) + REVEAL_S * 1000;
}

static unsigned choose(struct reveal *view, size_t i)
{
	struct app *app = view->app;
	struct ask ask = { .kind = ASK_SHOW, .id = view->id };
	const struct reveal_item *item = &view->items[view->at];
	const struct choice *why = &whys(view)->items[i];
	struct error err = ERROR_INIT;
	const char *value = NULL;
	enum err code;

	if (item->here) {
		code = reveal_here(app->client, &view->id, item->field, why->code, &view->arena,
				   &value, &err);
		if (code == ERR_OK) {
			show(view, value);
			seen_own(app, &view->id);
			if (app->ask)
				app->ask(app->ask_ctx, &(struct ask){ .kind = ASK_WAKE });
			app->repoll = true;
		}
	} else if (!app->ask || !str_copy(ask.field, sizeof ask.field, item->field->name) ||
		   !str_copy(ask.why, sizeof ask.why, why->code)) {
		code = error_set(&err, ERR_OFFLINE, "%s",
				 _("this console does not hold the value, and nothing runs that "
				   "could ask the server"));
	} else {
		app->ask(app->ask_ctx, &ask);
		view->asking = true;
		code = ERR_OK;
	}
	if (code != ERR_OK) {
		app_failed(app, &err);
		return UI_CLOSE | UI_FRAME;
	}
	view->why = why->label;
	return UI_REDRAW_ALL | UI_FRAME;
}

unsigned reveal_view_told(struct app *app, const struct tell *tell)
{
	struct reveal *view = app->reveal;

	if (!view || !view->asking)
		return UI_NOTHING;
	if (tell->code == ERR_OK && app->lock == NULL) {
		show(view, tell->text);
		return UI_REDRAW_ALL;
	}
	view->asking = false;
	if (ui_top_state(app->ui) != view) /* something lies over it: it says so when it is seen */
		return UI_NOTHING;
	app_notice(app, ROLE_ERROR, *tell->text ? tell->text : _(err_sentence(tell->code)));
	return UI_CLOSE | UI_FRAME;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct reveal *view = state;
	size_t at;

	if (view->why)
		return pressed.code == UIKEY_ESC || pressed.code == UIKEY_ENTER ?
			       UI_CLOSE | UI_FRAME :
			       UI_IGNORED;
	if (pressed.code == UIKEY_TAB && view->n > 1) {
		view->at = (view->at + 1) % view->n;
		make_picker(view);
		return UI_REDRAW_ALL;
	}
	switch (picker_key(view->picker, pressed, pasted)) {
	case PICKER_DONE:
		return picker_current(view->picker, &at) ? choose(view, at) : UI_REDRAW;
	case PICKER_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PICKER_MORE:
		return UI_REDRAW;
	case PICKER_IGNORED:
		break;
	}
	return UI_NOTHING;
}

static unsigned tick(void *state, int64_t now)
{
	struct reveal *view = state;

	if (!view->why || view->asking || now < view->until)
		return UI_NOTHING;
	reveal_view_forget(view->app);
	return UI_CLOSE | UI_FRAME;
}

int64_t reveal_view_next(const struct app *app)
{
	return app->reveal && app->reveal->until ? app->reveal->until : INT64_MAX;
}

static const char *title(void *state)
{
	return _(((struct reveal *)state)->items[0].field->title);
}

const struct view_ops reveal_view = {
	.name = "reveal",
	.overlay = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = key,
	.tick = tick,
	.title = title,
};
