/* The console's screens as one thing: views, key map, theme, and what they share.
 *
 * It knows no tty, no socket and no clock of its own: the face (or a test) feeds keys to its ui and
 * tells it what changed and what time it is.  One thread. */
#ifndef ZHIBAN_VIEWS_APP_H
#define ZHIBAN_VIEWS_APP_H

#include "zhiban/client/settings.h"
#include "zhiban/client/worker.h"
#include "zhiban/ui/theme.h"
#include "zhiban/ui/view.h"

struct app;

struct app_config { /* what can be read again while it runs; texts are borrowed during the call */
	const char *theme;     /* name; NULL or "": dark */
	const char *keys_name; /* keys.conf: its path for messages, and its text; NULL: none */
	const char *keys_text;
	unsigned bell;      /* classes of alarms that sound: 1 << enum alarm_kind */
	int64_t lock_after; /* ms without a key until the screen locks; 0: never by itself */
	enum copy_to copy;
};

struct app_options {
	struct client *client; /* borrowed */
	struct app_config config;
	const char *const *theme_folders; /* ended by NULL; borrowed */
	int colours;		/* of the terminal, after theme_colours */
	const char *views_path; /* of the saved views; NULL: there are none */
	int rows, cols;
	bool thin;
	size_t reckon_rounds; /* a month is built in so many rounds: the same each time; 0: by time */
	const char *lock_hint; /* shown on the locked screen: a demo's PIN; NULL: none */
	void (*ask)(void *ctx, const struct ask *ask); /* to the worker; NULL: there is none */
	/* Reads the files again and gives them to app_configure; NULL: there are none. */
	enum err (*reload)(void *ctx, struct error *err);
	void *ctx;
};

/* Opens on the board, or locked if it was left so.  A theme or keys.conf with a mistake is told as a
 * notice, not an error. */
enum err app_new(const struct app_options *options, struct app **ret_app, struct error *err)
	MUST_CHECK;
void app_free(struct app *app);

struct ui *app_ui(struct app *app);
const struct theme *app_theme(const struct app *app); /* may be another after each key */
/* The theme changed since the last call: the canvas must be invalidated. */
bool app_theme_changed(struct app *app);
/* What "y" copied for the terminal since the last call, or NULL; valid until the next key.  When
 * the terminal has no clipboard, app_not_copied says so. */
const char *app_take_copy(struct app *app);
void app_not_copied(struct app *app);
/* Takes a configuration that was read again.  Forms, filters and lists stay as they are; of what
 * cannot be used the old stays, and the first mistake is the error. */
enum err app_configure(struct app *app, const struct app_config *config, struct error *err)
	MUST_CHECK;
/* From outside a handler: a sentence in the last row. */
void app_say(struct app *app, enum role role, const char *sentence);

/* A key: as ui_key; it also keeps the screen from locking.  When it comes too late for that, the
 * screen locks and the key is swallowed. */
unsigned app_key(struct app *app, struct key key, const char *pasted);
/* The folder's files may have changed: takes it in.  Flags as of ui_key. */
unsigned app_poll(struct app *app);
unsigned app_told(struct app *app, const struct tell *tell);
/* Time has come (app_next). */
unsigned app_tick(struct app *app, int64_t now);
/* The next moment at which something on the screen is another, or idle work waits (then <= now);
 * ms UTC of the own clock. */
int64_t app_next(const struct app *app, int64_t now);
/* A slice of idle work, about a millisecond. */
unsigned app_work(struct app *app);

#endif
