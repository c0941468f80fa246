#include <config.h>

#include <string.h>

#include "lock_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* Logging in again without leaving the screen.  The PIN is never shown. */
struct login {
	struct pin_box box;
};

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	struct app *app = ui_shell(ui);
	const struct actor *actor = client_actor(app->client);
	const char *officer = arg;
	struct login *login;

	if (!app->ask)
		return error_set(err, ERR_OFFLINE, "%s", _("no worker runs that could log in"));
	if (!*officer && actor)
		officer = actor->officer;
	if (!*officer)
		return error_set(err, ERR_INPUT, "%s", _("whom? :login OFFICER"));
	login = mem_alloc(sizeof *login);
	if (!pin_begin(&login->box, app, officer)) {
		free(login);
		return error_set(err, ERR_INPUT, "%s", _("no officer has so long a name"));
	}
	app->login = login;
	*ret_state = login;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct login *login = state;

	login->box.app->login = NULL;
	pin_wipe(&login->box);
	free(login);
}

static struct area place(void *state, struct area body)
{
	(void)state;
	return area_bottom(&body, 3);
}

static void draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct login *login = state;
	struct str text = STR_INIT;

	(void)all;
	canvas_fill(canvas, area_top(&area, 1), '=', ROLE_FRAME);
	str_addf(&text, " %s %s  ", _("Log in"), login->box.officer);
	pin_words(&login->box, &text);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_TITLE, text.s, PAD_RIGHT);
	canvas_pad(canvas, area.row + 1, area.col, area.cols, ROLE_HINT,
		   login->box.asking ?
			   _(" logging in ... Esc: it goes on without this line") :
			   _(" Enter logs in; Esc leaves. Acts not sent stay those of their author."),
		   PAD_RIGHT);
	str_release(&text);
}

unsigned login_told(struct login *login, const struct tell *tell)
{
	bool over = pin_told(&login->box, tell);

	return over ? UI_CLOSE | UI_FRAME : UI_REDRAW;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct login *login = state;

	(void)pasted;
	if (pressed.code == UIKEY_ESC)
		return UI_CLOSE | UI_FRAME;
	if (login->box.asking)
		return UI_NOTHING;
	if (pressed.code == UIKEY_ENTER) {
		if (pin_ready(&login->box))
			pin_send(&login->box);
		return UI_REDRAW;
	}
	(void)pin_type(&login->box, pressed);
	return UI_REDRAW;
}

static const char *title(void *state)
{
	(void)state;
	return _("Log in");
}

const struct view_ops login_view = {
	.name = "login",
	.overlay = true,
	.open = open_view,
	.close = close_view,
	.place = place,
	.draw = draw,
	.key = key,
	.title = title,
};
