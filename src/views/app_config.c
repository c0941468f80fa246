/* What of the configuration can change while it runs: theme, keys, the lock, copying. */
#include <config.h>

#include <string.h>

#include "app_priv.h"
#include "zhiban/base/i18n.h"

void app_set_theme(struct app *app, const char *name, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct theme *theme;
	const char *const *names;
	struct str all = STR_INIT;
	enum err code = theme_load(name, app->theme_folders, app->colours, &theme, err);

	if (code == ERR_NOT_FOUND) {
		for (size_t i = 0, n = theme_list(app->theme_folders, &arena, &names); i < n; i++)
			str_addf(&all, "%s%s", i > 0 ? ", " : "", names[i]);
		error_set(err, code, _("there is no theme %s; there are %s"), name, str_get(&all));
	}
	str_release(&all);
	arena_release(&arena);
	if (code != ERR_OK)
		return;
	theme_free(app->theme);
	app->theme = theme;
	app->theme_changed = true;
}

enum err app_configure(struct app *app, const struct app_config *config, struct error *err)
{
	const char *theme = config->theme && *config->theme ? config->theme : "dark";
	const char *keys = config->keys_text ? config->keys_text : "";
	struct error first = ERROR_INIT, second = ERROR_INIT;

	app->lock_after = config->lock_after;
	app->bell = config->bell;
	app->copy_to = config->copy;
	if (app->copy_to == COPY_OFF)
		app_forget_copy(app);
	app_set_theme(app, theme, &first);
	if (keymap_rebind(app->keymap, config->keys_name ? config->keys_name : "keys.conf", keys,
			  strlen(keys), &second) != ERR_OK &&
	    first.code == ERR_OK)
		first = second;
	if (first.code == ERR_OK)
		return ERR_OK;
	return error_set(err, first.code, "%s", first.text);
}

/* ---- copying ---- */

void app_copy(struct app *app, const char *text)
{
	if (app->copy_to == COPY_OFF) {
		app_notice(app, ROLE_WARNING, _("copying is off here (copy = \"off\")"));
		return;
	}
	str_clear(&app->copy);
	str_add(&app->copy, text);
	app->copied = app->copy_to == COPY_TERMINAL;
	app_notice(app, ROLE_HINT, app->copied ? _("copied; Ctrl-Y types it here")
					       : _("copied for Ctrl-Y here"));
}

void app_forget_copy(struct app *app)
{
	if (app->copy.s)
		memset(app->copy.s, 0, app->copy.len);
	str_clear(&app->copy);
	app->copied = false;
}

const char *app_take_copy(struct app *app)
{
	bool copied = app->copied;

	app->copied = false;
	return copied ? str_get(&app->copy) : NULL;
}

void app_not_copied(struct app *app)
{
	app_notice(app, ROLE_HINT, _("copied; this terminal has no clipboard, Ctrl-Y types it here"));
}

void app_say(struct app *app, enum role role, const char *sentence)
{
	app_notice(app, role, sentence);
}
