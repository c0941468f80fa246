/* The locked screen: nothing of what was shown, and the way back by a PIN; and the change of officer
 * at a shared seat, which is the same screen without the lock. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk_priv.h"
#include "lock_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { PATIENCE_MS = 60 * 1000 }; /* what was typed and left goes */

static int64_t own_now(const struct app *app)
{
	return env_now(client_env(app->client));
}

bool lock_is_shut(const struct app *app)
{
	return app->lock != NULL && app->lock->shut;
}

static void say(struct lock *lock, const char *words)
{
	snprintf(lock->words, sizeof lock->words, "%s", words);
}

/* ---- stages ---- */

static void go_shut(struct lock *lock)
{
	pin_wipe(&lock->box);
	edit_set(&lock->name, "");
	memset(lock->woken, 0, sizeof lock->woken);
	lock->box.asking = false;
	lock->stage = LOCK_SHUT;
}

static void go_pin(struct lock *lock, const char *officer)
{
	if (!pin_begin(&lock->box, lock->app, officer)) {
		say(lock, _("no officer has so long a name"));
		return;
	}
	say(lock, "");
	lock->stage = LOCK_PIN;
}

static void go_who(struct lock *lock)
{
	struct error err = ERROR_INIT;

	pin_wipe(&lock->box);
	arena_reset(&lock->arena);
	lock->n_seats = lock->chosen = 0;
	say(lock, "");
	if (seat_list(lock->app->client, &lock->arena, &lock->seats, &lock->n_seats, &err) !=
	    ERR_OK)
		say(lock, err.text);
	/* the one who is here already is not whom he is looking for */
	while (lock->chosen + 1 < lock->n_seats && lock->seats[lock->chosen].current)
		lock->chosen++;
	lock->stage = lock->n_seats > 0 ? LOCK_WHO : LOCK_NAME;
}

static unsigned leave(struct lock *lock)
{
	struct app *app = lock->app;
	struct error err = ERROR_INIT;

	if (lock->shut && seat_unlock(app->client, &err) != ERR_OK) {
		say(lock, err.text);
		return UI_REDRAW_ALL;
	}
	lock->shut = false;
	app->lock = NULL; /* notices are shown again */
	app->keyed_at = own_now(app);
	if (app->missed) {
		ui_notice(app->ui, app->missed_role, app->missed);
		free(app->missed);
		app->missed = NULL;
	}
	return UI_CLOSE | UI_FRAME;
}

/* Esc: out of a change of officer, else back to the closed door. */
static unsigned back(struct lock *lock)
{
	if (!lock->shut)
		return leave(lock);
	go_shut(lock);
	say(lock, "");
	return UI_REDRAW_ALL;
}

/* ---- a PIN ---- */

static bool is_current(const struct lock *lock)
{
	const struct actor *actor = client_actor(lock->app->client);

	return actor != NULL && strcmp(actor->officer, lock->box.officer) == 0;
}

static bool line_is_up(const struct app *app)
{
	return app->ask != NULL &&
	       (app->link.state == LINK_ONLINE || app->link.state == LINK_THIN ||
		app->link.state == LINK_LOGIN || app->link.state == LINK_TROUBLE);
}

static unsigned refuse(struct lock *lock, enum err code, const char *words)
{
	struct str text = STR_INIT;
	int64_t wait;

	if (code == ERR_AUTH)
		seat_wrong(lock->app->client);
	wait = seat_wait(lock->app->client);
	str_add(&text, words);
	if (code == ERR_AUTH && wait > 0)
		str_addf(&text, _("; the next try in %d seconds"), (int)((wait + 999) / 1000));
	say(lock, str_get(&text));
	str_release(&text);
	pin_wipe(&lock->box);
	memset(lock->woken, 0, sizeof lock->woken);
	return UI_REDRAW_ALL;
}

/* The session has ended meanwhile: the PIN that opens the screen renews it, too. */
static void renew(struct lock *lock)
{
	if (lock->app->link.state != LINK_LOGIN)
		return;
	pin_send(&lock->box);
	lock->box.asking = false;
}

static unsigned opened(struct lock *lock)
{
	unsigned flags;

	renew(lock);
	flags = leave(lock);
	return flags & UI_CLOSE ? flags | desk_announce(lock->app) : flags;
}

/* Without the line the seat is taken over by what is known here. */
static unsigned take_over(struct lock *lock)
{
	struct app *app = lock->app;
	struct error err = ERROR_INIT;

	if (seat_take(app->client, lock->box.officer, &err) != ERR_OK)
		return refuse(lock, err.code, err.text);
	lock->box.asking = true; /* seat_changed lets him in */
	app->repoll = true;
	return UI_NOTHING;
}

static unsigned ask_server(struct lock *lock, const char *words)
{
	pin_send(&lock->box);
	say(lock, words);
	return UI_REDRAW_ALL;
}

static unsigned try_pin(struct lock *lock)
{
	struct client *client = lock->app->client;
	struct error err = ERROR_INIT;
	char other[PIN_MOST + sizeof lock->woken];
	bool own = is_current(lock);
	enum err code;

	if (!pin_ready(&lock->box))
		return UI_NOTHING;
	if (lock->box.second || (!own && line_is_up(lock->app)))
		return ask_server(lock, _("logging in ..."));
	snprintf(other, sizeof other, "%s%s", lock->woken, lock->box.pin);
	code = seat_check(client, lock->box.officer, lock->box.pin,
			  lock->woken[0] != '\0' ? other : NULL, &err);
	crypto_wipe(other, sizeof other);
	if (code == ERR_OK)
		return own ? opened(lock) : take_over(lock);
	if ((code == ERR_AUTH || code == ERR_NOT_FOUND) && line_is_up(lock->app))
		return ask_server(lock, _("It is not the PIN known here: the server is asked ..."));
	return refuse(lock, code, err.text);
}

unsigned lock_told(struct lock *lock, const struct tell *tell)
{
	const char *words = *tell->text ? tell->text : _(err_sentence(tell->code));
	bool own = is_current(lock);

	if (!lock->box.asking) /* of another log-in */
		return UI_NOTHING;
	if (!pin_told(&lock->box, tell)) {
		say(lock, "");
		return UI_REDRAW_ALL;
	}
	if (tell->code != ERR_OK)
		return refuse(lock, tell->code, words);
	return own ? opened(lock) : UI_REDRAW_ALL; /* seat_changed let another one in */
}

/* ---- keys ---- */

static unsigned key_shut(struct lock *lock, struct key key)
{
	const struct actor *actor = client_actor(lock->app->client);
	struct key narrow = key_narrow(key);

	if (actor == NULL) {
		go_who(lock);
		return UI_REDRAW_ALL;
	}
	go_pin(lock, actor->officer);
	if (key_is_text(narrow) && narrow.code > ' ' && narrow.code < 0x7F)
		lock->woken[0] = (char)narrow.code;
	return UI_REDRAW_ALL;
}

static unsigned key_pin(struct lock *lock, struct key key)
{
	switch (key.code) {
	case UIKEY_ESC:
		return back(lock);
	case UIKEY_TAB:
		go_who(lock);
		return UI_REDRAW_ALL;
	case UIKEY_ENTER:
		return try_pin(lock);
	default:
		if (pin_type(&lock->box, key))
			say(lock, "");
		return UI_REDRAW_ALL;
	}
}

static unsigned choose(struct lock *lock, size_t i)
{
	memset(lock->woken, 0, sizeof lock->woken);
	if (i < lock->n_seats)
		go_pin(lock, lock->seats[i].officer);
	else
		lock->stage = LOCK_NAME;
	return UI_REDRAW_ALL;
}

static unsigned key_who(struct lock *lock, struct key key)
{
	uint32_t letter = key_narrow(key).code;

	switch (key.code) {
	case UIKEY_ESC:
		return back(lock);
	case UIKEY_ENTER:
		return choose(lock, lock->chosen);
	case UIKEY_UP:
		lock->chosen -= lock->chosen > 0;
		return UI_REDRAW_ALL;
	case UIKEY_DOWN:
	case UIKEY_TAB:
		lock->chosen = lock->chosen < lock->n_seats ? lock->chosen + 1 : 0;
		return UI_REDRAW_ALL;
	default:
		if (letter >= '1' && letter <= '9' && letter - '1' <= lock->n_seats)
			return choose(lock, letter - '1');
		return UI_NOTHING;
	}
}

static unsigned key_name(struct lock *lock, struct key key, const char *pasted)
{
	switch (key.code) {
	case UIKEY_ESC:
		return back(lock);
	case UIKEY_ENTER:
		if (*edit_text(&lock->name))
			go_pin(lock, edit_text(&lock->name));
		return UI_REDRAW_ALL;
	case UIKEY_PASTE:
		edit_insert(&lock->name, pasted, strlen(pasted));
		return UI_REDRAW_ALL;
	default:
		edit_key(&lock->name, key);
		return UI_REDRAW_ALL;
	}
}

static unsigned key(void *state, struct key pressed, const char *pasted)
{
	struct lock *lock = state;

	lock->touched = own_now(lock->app);
	if (pressed.code == 'l' && pressed.mods == KEY_CTRL)
		return UI_REPAINT | UI_REDRAW_ALL;
	if (pressed.code == UIKEY_PASTE && lock->stage != LOCK_NAME)
		return UI_NOTHING;
	if (lock->box.asking) { /* a slow line: whoever cannot wait goes back */
		if (pressed.code == UIKEY_ESC)
			return back(lock);
		return UI_NOTHING;
	}
	switch (lock->stage) {
	case LOCK_SHUT:
		return key_shut(lock, pressed);
	case LOCK_PIN:
		return key_pin(lock, pressed);
	case LOCK_WHO:
		return key_who(lock, pressed);
	case LOCK_NAME:
		return key_name(lock, pressed, pasted);
	case LOCK_STAGES:
		break;
	}
	return UI_NOTHING;
}

static unsigned tick(void *state, int64_t now)
{
	struct lock *lock = state;

	if (lock->shut && lock->stage != LOCK_SHUT && !lock->box.asking &&
	    now - lock->touched >= PATIENCE_MS) {
		go_shut(lock);
		say(lock, "");
		return UI_REDRAW_ALL;
	}
	return UI_REDRAW;
}

/* ---- life ---- */

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct lock_arg *want = arg;
	struct app *app = ui_shell(ui);
	struct lock *lock = mem_alloc(sizeof *lock);

	(void)err;
	lock->app = app;
	lock->box.app = app;
	lock->shut = want->shut;
	lock->touched = own_now(app);
	edit_init(&lock->name, 60, false);
	app->lock = lock;
	if (!want->shut) {
		if (want->officer != NULL && *want->officer)
			go_pin(lock, want->officer);
		else
			go_who(lock);
	}
	*ret_state = lock;
	return ERR_OK;
}

static void close_view(void *state)
{
	struct lock *lock = state;

	lock->app->lock = NULL;
	pin_wipe(&lock->box);
	crypto_wipe(lock->woken, sizeof lock->woken);
	edit_release(&lock->name);
	arena_release(&lock->arena);
	free(lock);
}

static const char *title(void *state)
{
	return ((struct lock *)state)->shut ? _("Locked") : _("Change of officer");
}

const struct view_ops lock_view = {
	.name = "lock",
	.open = open_view,
	.close = close_view,
	.draw = lock_draw,
	.key = key,
	.tick = tick,
	.title = title,
};

/* ---- the way here ---- */

static enum err can_lock(struct app *app, struct error *err)
{
	const struct actor *actor = client_actor(app->client);

	if (actor == NULL)
		return error_set(err, ERR_AUTH, "%s",
				 _("nobody is logged in: there is no PIN to lock with"));
	if (!seat_knows(app->client, actor->officer))
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("this console has not seen your PIN yet: :login once, then it "
				   "can be locked"));
	return ERR_OK;
}

enum err lock_now(struct app *app, unsigned *ret_flags, struct error *err)
{
	struct lock_arg arg = { .shut = true };
	enum err code = can_lock(app, err);

	if (code == ERR_OK)
		code = seat_lock(app->client, err);
	if (code != ERR_OK)
		return code;
	reveal_view_forget(app);
	ui_notice(app->ui, ROLE_TEXT, NULL);
	if (app->lock != NULL) { /* a change of officer that nobody finished */
		app->lock->shut = true;
		go_shut(app->lock);
		say(app->lock, "");
		*ret_flags = UI_REDRAW_ALL | UI_FRAME | UI_WIPE;
	} else {
		*ret_flags = ui_open(app->ui, &lock_view, &arg, sizeof arg) | UI_FRAME | UI_WIPE;
	}
	return ERR_OK;
}

unsigned lock_command(struct app *app)
{
	struct error err = ERROR_INIT;
	unsigned flags;

	if (lock_now(app, &flags, &err) == ERR_OK)
		return flags;
	app_failed(app, &err);
	return UI_FRAME;
}

unsigned lock_change(struct app *app, const char *officer)
{
	struct lock_arg arg = { .officer = officer };

	if (app->lock != NULL)
		return UI_NOTHING;
	reveal_view_forget(app);
	return ui_open(app->ui, &lock_view, &arg, sizeof arg) | UI_FRAME | UI_WIPE;
}
