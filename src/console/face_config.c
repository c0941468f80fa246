/* The configuration while the console runs: read at the start, again by `:reload` and SIGUSR1; and
 * the measuring of the terminal (`:calibrate`). */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "face_priv.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/saved.h"

enum { KEYS_MAX = 256 * 1024 };

struct app_config face_config(struct face *face, const struct settings *settings, struct str *keys)
{
	const struct face_options *options = face->options;
	const char *name = path_join(&face->arena, dirs_config(&face->arena), "keys.conf");
	struct app_config config = {
		.theme = options->theme ? options->theme : settings->theme,
		.bell = settings->bell,
		.lock_after = settings->lock_after,
		.copy = settings->copy,
	};

	if (file_exists(name) && file_read(name, KEYS_MAX, keys, NULL) == ERR_OK) {
		config.keys_name = name;
		config.keys_text = str_get(keys);
	}
	return config;
}

/* What was chosen on the command line stays; the servers do, too, until the next start. */
enum err face_reload(void *ctx, struct error *err)
{
	struct face *face = ctx;
	struct arena arena = ARENA_INIT;
	struct settings settings;
	struct app_config config;
	struct saved_views views;
	struct str keys = STR_INIT;
	enum err code = settings_read(face->options->settings->path, &arena, &settings, err);

	if (code == ERR_OK) {
		config = face_config(face, &settings, &keys);
		code = app_configure(face->app, &config, err);
		if (code == ERR_OK) /* they are read when they are wanted: a mistake is told now */
			code = saved_read(saved_path(settings.path, &arena), &arena, &views, err);
		term_plain_signs(face->term, strcmp(settings.ambiguous, "narrow") != 0);
	}
	str_release(&keys);
	arena_release(&arena);
	return code;
}

/* ---- measuring ---- */

static void keep(struct face *face, const struct term_widths *widths, struct str *words)
{
	bool narrow = widths->wide == 0;
	struct error err = ERROR_INIT;

	term_plain_signs(face->term, !narrow);
	if (settings_put(face->options->settings->path, "ambiguous", narrow ? "narrow" : "wide",
			 &err) != ERR_OK)
		str_addf(words, _(" (not kept: %s)"), err.text);
}

void face_calibrate(struct face *face)
{
	struct term_widths widths;
	struct error err = ERROR_INIT;
	struct str words = STR_INIT;

	if (term_measure(face->term, &widths, &err) != ERR_OK) {
		app_say(face->app, ROLE_WARNING, err.text);
	} else if (widths.chinese != 2) {
		str_addf(&words,
			 _("a Chinese character takes %d columns here: this terminal is not set to "
			   "UTF-8"),
			 widths.chinese);
		app_say(face->app, ROLE_ERROR, words.s);
	} else {
		str_add(&words, widths.wide == 0 ? _("ambiguous characters are narrow here: shown as "
						     "they are")
						 : _("ambiguous characters are wide here: plain ones "
						     "stand for them"));
		keep(face, &widths, &words);
		app_say(face->app, ROLE_GOOD, words.s);
	}
	str_release(&words);
}
