/* zhiban doctor: what could be wrong, and what to do about it. */
#include <config.h>

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "console.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/saved.h"
#include "zhiban/ui/keymap.h"
#include "zhiban/ui/term.h"
#include "zhiban/ui/theme.h"
#include "zhiban/views/command.h"

enum { ASK_MS = 5000, KEYS_MAX = 256 * 1024 };

static void advise(struct str *out, bool good, const char *what, const char *shown,
		   const char *advice)
{
	str_addf(out, "%s  %s: %s\n", good ? "ok" : "!!", what, shown);
	if (!good)
		str_addf(out, "    %s\n", advice);
}

static void examine_terminal(struct str *out)
{
	const char *term = getenv("TERM"), *codeset = nl_langinfo(CODESET);

	advise(out, true, _("version"), PACKAGE_VERSION, "");
	advise(out, strcmp(codeset, "UTF-8") == 0, _("character set"), codeset,
	       _("choose a UTF-8 locale: export LANG=C.UTF-8"));
	advise(out, term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0, _("terminal"),
	       term != NULL && term[0] != '\0' ? term : _("none"),
	       _("set TERM to what your terminal is: export TERM=xterm-256color"));
}

/* ---- what the officer's own files say ---- */

static void examine_theme(struct console *console, struct str *out)
{
	const char *folders[] = { path_join(&console->arena, dirs_config(&console->arena), "themes"),
				  dirs_resource(&console->arena, "themes"), NULL };
	const char *name = console->theme ? console->theme : console->settings.theme;
	struct error err = ERROR_INIT;
	struct theme *theme = NULL;
	bool good = theme_load(name, folders, 256, &theme, &err) == ERR_OK;

	theme_free(theme);
	advise(out, good, _("theme"), name, err.text);
}

/* Keys that took others' places are told: a command without a key is easily not found again. */
static void examine_keys(struct console *console, struct str *out)
{
	const char *name = path_join(&console->arena, dirs_config(&console->arena), "keys.conf");
	struct error err = ERROR_INIT;
	struct keymap *keymap = NULL;
	struct str text = STR_INIT, lost = STR_INIT;
	bool good;

	if (!file_exists(name))
		return;
	good = file_read(name, KEYS_MAX, &text, &err) == ERR_OK &&
	       keymap_new(commands(), &keymap, &err) == ERR_OK &&
	       keymap_rebind(keymap, name, str_get(&text), text.len, &err) == ERR_OK;
	if (good)
		keymap_lost(keymap, &lost);
	if (lost.len > 0)
		error_set(&err, ERR_INPUT, _("without a key now, but by `:` and in help: %s"),
			  lost.s);
	advise(out, good && lost.len == 0, _("keys"), name, err.text);
	keymap_free(keymap);
	str_release(&text);
	str_release(&lost);
}

static void examine_views(struct console *console, struct str *out)
{
	const char *name = saved_path(console->settings.path, &console->arena);
	struct error err = ERROR_INIT;
	struct saved_views views;

	if (file_exists(name))
		advise(out, saved_read(name, &console->arena, &views, &err) == ERR_OK,
		       _("saved views"), name, err.text);
}

static void examine_files(struct console *console, struct str *out)
{
	if (console_server(console, NULL) != ERR_OK)
		return; /* told with the rest */
	examine_theme(console, out);
	examine_keys(console, out);
	examine_views(console, out);
}

/* ---- how wide the terminal writes ---- */

static enum err measure(struct term_widths *ret_widths, struct error *err)
{
	struct termios old, quiet;
	struct str typed = STR_INIT;
	enum err code;

	if (tcgetattr(STDIN_FILENO, &old) != 0)
		return error_set(err, ERR_INPUT, "%s", _("this is no terminal"));
	quiet = old;
	cfmakeraw(&quiet);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	code = tty_measure(STDIN_FILENO, STDOUT_FILENO, ret_widths, &typed, err);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
	str_release(&typed); /* whoever typed meanwhile types again */
	return code;
}

static void examine_width(struct console *console, struct str *out)
{
	const char *set = console->settings.ambiguous, *is;
	struct term_widths widths;
	struct error err = ERROR_INIT;
	char words[80];

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return;
	if (measure(&widths, &err) != ERR_OK) {
		advise(out, false, _("width of characters"), _("not told"), err.text);
		return;
	}
	snprintf(words, sizeof words, _("%d columns"), widths.chinese);
	advise(out, widths.chinese == 2, _("a Chinese character"), words,
	       _("2 are right: set this terminal to UTF-8"));
	is = widths.wide == 0 ? "narrow" : "wide";
	advise(out, strcmp(set ? set : "", is) == 0 || (widths.wide > 0 && (!set || !*set)),
	       _("ambiguous characters"), is,
	       _("plain ones stand for them until `:calibrate` in the console, or `ambiguous` in "
		 "zhiban.conf, says so"));
}

/* ---- the server and what is here ---- */

static void examine_folder(struct console *console, struct str *out)
{
	struct error err = ERROR_INIT;
	bool good = file_exists(console->server->dir) &&
		    dir_is_local(console->server->dir, &err) == ERR_OK &&
		    dir_has_room(console->server->dir, &err) == ERR_OK;

	advise(out, good, _("data folder"), console->server->dir,
	       err.text[0] != '\0'
		   ? err.text
		   : _("it is made at the first `zhiban sync`; is the disk writable?"));
}

static void examine_data(struct console *console, const struct client_link *link, struct str *out)
{
	int64_t now = env_now(&console->env), age = link_age(link, now);
	struct str words = STR_INIT;

	if (age < 0)
		str_add(&words, _("none yet"));
	else
		link_age_words(age, &words);
	advise(out, age >= 0 && !link_is_old(link, now), _("age of the data"), str_get(&words),
	       _("what is shown may have changed at the server since then"));
	str_release(&words);
}

static void examine_calendar(struct console *console, struct str *out)
{
	const struct rules *rules = client_rules(console->client);
	int year = calendar_missing(rules->calendar,
				    civil_day_of_ms(client_now(console->client), rules->offset_min));
	char words[80];

	snprintf(words, sizeof words, year != 0 ? _("%d is missing") : _("known"), year);
	advise(out, year == 0, _("calendar of working days"), words,
	       _("deadlines that reach into it are provisional; the administrator loads it: "
		 "`zhiband calendar load`"));
}

static void examine_link(struct console *console, struct str *out)
{
	enum { SKEW_MOST_MS = 120000 };
	struct client_link link;
	char skew[64];

	client_link(console->client, &link);
	snprintf(skew, sizeof skew, _("%lld ms"), (long long)link.offset);
	advise(out, llabs(link.offset) < SKEW_MOST_MS, _("clock against the server"), skew,
	       _("this machine's clock is wrong: set it, or let NTP do so"));
	advise(out, console_online(console, &link), _("server"),
	       console->server->url,
	       link.reason[0] != '\0' ? link.reason : _("try `zhiban sync --wait 10`"));
	examine_data(console, &link, out);
	advise(out, client_actor(console->client) != NULL, _("officer"),
	       client_actor(console->client) ? client_actor(console->client)->officer : _("none"),
	       _("log in: `zhiban login`"));
	advise(out, client_has_rules(console->client), _("profile"),
	       client_has_rules(console->client) ? client_rules(console->client)->name : _("none"),
	       _("it comes with the first `zhiban sync`"));
	if (client_has_rules(console->client))
		examine_calendar(console, out);
	snprintf(skew, sizeof skew, "%u", link.refused);
	advise(out, link.refused == 0, _("refused acts"), skew, _("see `zhiban conflicts`"));
}

enum err doctor_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct str out = STR_INIT;
	size_t n;
	enum err rc = command_words(argc, argv, NULL, 0, NULL, 0, &n, err), found;

	if (rc != ERR_OK)
		return rc;
	examine_terminal(&out);
	examine_files(console, &out);
	examine_width(console, &out);
	found = console_client(console, err);
	if (found == ERR_OK) {
		/* A look at the server itself: what it answers, or why not, is told below. */
		if (console_sync(console, ASK_MS, NULL) == ERR_OK)
			advise(&out, true, _("in step with the server"), _("yes"), "");
		examine_folder(console, &out);
		examine_link(console, &out);
	}
	rc = console_print_clean(&out, err);
	str_release(&out);
	return found != ERR_OK ? found : rc;
}
