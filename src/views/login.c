#include <config.h>

#include <string.h>

#include "app_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* Logging in again, or as another officer of a shared seat, without leaving the screen.  The PIN is
 * never shown. */
enum { PIN_MAX = 32 };

struct login {
	struct app *app;
	char officer[96];
	char pin[PIN_MAX + 1];
	size_t len;
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
	login->app = app;
	if (!str_copy(login->officer, sizeof login->officer, officer)) {
		free(login);
		return error_set(err, ERR_INPUT, "%s", _("no officer has so long a name"));
	}
	*ret_state = login;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct login *login = state;

	crypto_wipe(login->pin, sizeof login->pin);
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
	str_addf(&text, " %s %s  PIN: ", _("Log in"), login->officer);
	str_add_repeat(&text, '*', login->len);
	canvas_pad(canvas, area.row, area.col, area.cols, ROLE_TITLE, text.s, PAD_RIGHT);
	canvas_pad(canvas, area.row + 1, area.col, area.cols, ROLE_HINT,
		   _(" Enter logs in; Esc leaves. Acts not sent stay those of their author."),
		   PAD_RIGHT);
	str_release(&text);
}

static unsigned send(struct login *login)
{
	struct ask ask = { .kind = ASK_LOGIN };

	if (!str_copy(ask.officer, sizeof ask.officer, login->officer) ||
	    !str_copy(ask.pin, sizeof ask.pin, login->pin))
		return UI_NOTHING;
	login->app->ask(login->app->ask_ctx, &ask);
	crypto_wipe(&ask, sizeof ask);
	app_notice(login->app, ROLE_HINT, _("logging in ..."));
	return UI_CLOSE | UI_FRAME;
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct login *login = state;
	struct key narrow = key_narrow(pressed);

	(void)pasted;
	if (pressed.code == UIKEY_ESC)
		return UI_CLOSE | UI_FRAME;
	if (pressed.code == UIKEY_ENTER)
		return login->len ? send(login) : UI_NOTHING;
	if (pressed.code == UIKEY_BACKSPACE && login->len)
		login->pin[--login->len] = '\0';
	else if (key_is_text(narrow) && narrow.code < 0x7F && login->len < PIN_MAX)
		login->pin[login->len++] = (char)narrow.code;
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
