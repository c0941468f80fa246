#include <config.h>

#include "zhiban/client/settings.h"

#include <stdio.h>
#include <string.h>

#include "settings_priv.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/alarm.h"

enum { DAYS_MAX = 36500, LOCK_AFTER_MS = 600 * 1000 };

static const struct conf_spec server_spec[] = {
	{ "url", CONF_STR, CONF_REQUIRED, NULL, 0, 512, NULL, N_("Address: https://host:port") },
	{ "key_pin", CONF_STR, 0, NULL, 0, 200, NULL,
	  N_("The server's public key, sha256//…; written by enroll") },
	{ "dir", CONF_STR, 0, NULL, 0, 0, NULL,
	  N_("Folder of cache and outbox; empty: in the user's data folder") },
	{ "thin", CONF_BOOL, 0, "false", 0, 0, NULL, N_("Save bytes: the line is slow or dear") },
	{ "window_days", CONF_INT, 0, "0", 0, DAYS_MAX, NULL,
	  N_("Closed incidents kept here, in days; 0: all") },
	{ .name = NULL },
};

const struct conf_spec settings_spec[] = {
	{ "language", CONF_STR, 0, NULL, 0, 8, NULL,
	  N_("zh, en; empty: by the locale, else Chinese") },
	{ "theme", CONF_STR, 0, "dark", 0, 64, NULL,
	  N_("Colours: dark, light, contrast, colourblind, mono, or a theme of your own") },
	{ "ambiguous", CONF_STR, 0, NULL, 0, 8, NULL,
	  N_("narrow or wide: how the terminal shows ambiguous characters, as `:calibrate` finds out; "
	     "unless they are narrow, plain ones stand for them") },
	{ "copy", CONF_STR, 0, "terminal", 0, 16, NULL,
	  N_("What y does: terminal: to the terminal's clipboard too (OSC 52); register: only for "
	     "Ctrl-Y here; off: nothing leaves the screen") },
	{ "bell", CONF_STR, 0, "new given red", 0, 40, NULL,
	  N_("Alarms that sound here: new (cases), given (to us), red (clocks that ran out), or none; "
	     "they are shown anyway") },
	{ "lock_after", CONF_STR, 0, "10m", 0, 16, NULL,
	  N_("The screen locks when no key was pressed for so long: 30s, 10m, 1h; 0: never by itself, "
	     "unless the profile says at most how long") },
	{ "default", CONF_STR, 0, NULL, 0, 64, NULL,
	  N_("The server meant when none is named; empty: the first below") },
	{ "server", CONF_SECTION, CONF_TITLED, NULL, 0, 0, server_spec,
	  N_("A server this console is enrolled at") },
	{ .name = NULL },
};

/* "new red", "none". */
static enum err read_bell(const struct conf_section *root, unsigned *ret_bell, struct error *err)
{
	const char *text = conf_str(root, "bell"), *at = text;
	unsigned bell = 0;
	char word[16];

	while (*(at += strspn(at, " ,")) != '\0') {
		size_t len = strcspn(at, " ,");

		snprintf(word, sizeof word, "%.*s", (int)len, at);
		if (len >= sizeof word || (alarm_bit(word) == 0 && strcmp(word, "none") != 0))
			return conf_error(root, "bell", err,
					  _("bell: \"%s\": some of new, given, red, or none"), text);
		bell |= alarm_bit(word);
		at += len;
	}
	*ret_bell = bell;
	return ERR_OK;
}

/* "30s", "10m", "1h", "0". */
static enum err read_lock(const struct conf_section *root, int64_t *ret_ms, struct error *err)
{
	static const struct {
		char unit;
		int s;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 } };
	const char *text = conf_str(root, "lock_after");
	size_t len = strlen(text);
	char digits[16] = "";
	long long n;

	if (strcmp(text, "0") == 0) {
		*ret_ms = 0;
		return ERR_OK;
	}
	for (size_t i = 0; i < ARRAY_LEN(units) && len > 1; i++) {
		if (text[len - 1] != units[i].unit)
			continue;
		memcpy(digits, text, len - 1);
		if (!str_int(digits, 1, 24 * 3600 / units[i].s, &n))
			break;
		*ret_ms = n * units[i].s * 1000;
		return ERR_OK;
	}
	return conf_error(root, "lock_after", err,
			  _("lock_after: \"%s\": a time up to a day such as 30s, 10m, 1h, or 0"), text);
}

static const char *const copies[] = { "terminal", "register", "off" }; /* by enum copy_to */
static const char *const widths[] = { "", "narrow", "wide" };

static enum err one_of(const struct conf_section *root, const char *name,
		       const char *const *words, size_t n, struct error *err)
{
	const char *given = conf_str(root, name);
	struct str allowed = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		if (strcmp(words[i], given) == 0) {
			str_release(&allowed);
			return ERR_OK;
		}
		if (*words[i] != '\0')
			str_addf(&allowed, "%s%s", allowed.len > 0 ? ", " : "", words[i]);
	}
	conf_error(root, name, err, _("%s: \"%s\": one of %s"), name, given, str_get(&allowed));
	str_release(&allowed);
	return ERR_INPUT;
}

static enum err read_copy(const struct conf_section *root, enum copy_to *ret_copy,
			  struct error *err)
{
	enum err code = one_of(root, "copy", copies, ARRAY_LEN(copies), err);

	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(copies); i++)
		if (strcmp(copies[i], conf_str(root, "copy")) == 0)
			*ret_copy = (enum copy_to)i;
	return code;
}

/* DATA/NAME, made of characters that are plain in a path. */
static const char *default_dir(struct arena *arena, const char *name)
{
	return path_join(arena, dirs_data(arena), name);
}

enum err settings_check_name(const char *name, struct error *err)
{
	if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL ||
	    strpbrk(name, "\"\\$\n\t") != NULL)
		return error_set(err, ERR_INPUT, _("\"%s\" cannot be a server's name"), name);
	return ERR_OK;
}

static enum err read_server(const struct conf_section *section, struct arena *arena,
			    struct server_settings *server, struct error *err)
{
	const char *url = conf_str(section, "url"), *dir = conf_str(section, "dir");
	enum err code = settings_check_name(conf_title(section), err);

	if (code != ERR_OK)
		return code;
	if (!str_starts(url, "https://"))
		return conf_error(section, "url", err, _("%s: must begin with https://"), url);
	server->name = arena_strdup(arena, conf_title(section));
	server->url = arena_strdup(arena, url);
	server->key_pin = arena_strdup(arena, conf_str(section, "key_pin"));
	server->dir = dir[0] != '\0' ? arena_strdup(arena, dir) : default_dir(arena, server->name);
	server->thin = conf_bool(section, "thin");
	server->window_days = (int)conf_int(section, "window_days");
	return ERR_OK;
}

const char *settings_path(struct arena *arena)
{
	return path_join(arena, dirs_config(arena), "zhiban.conf");
}

enum err settings_of(const struct conf *conf, struct arena *arena, struct settings *settings,
		     struct error *err)
{
	const struct conf_section *root = conf_root(conf);
	struct server_settings *servers;
	size_t n = conf_count(root, "server");
	enum err code = read_lock(root, &settings->lock_after, err);

	if (code == ERR_OK)
		code = read_bell(root, &settings->bell, err);

	settings->language = arena_strdup(arena, conf_str(root, "language"));
	settings->theme = arena_strdup(arena, conf_str(root, "theme"));
	settings->ambiguous = arena_strdup(arena, conf_str(root, "ambiguous"));
	if (code == ERR_OK)
		code = read_copy(root, &settings->copy, err);
	if (code == ERR_OK)
		code = one_of(root, "ambiguous", widths, ARRAY_LEN(widths), err);
	settings->server = arena_strdup(arena, conf_str(root, "default"));
	servers = arena_array(arena, n + 1, sizeof *servers);
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = read_server(conf_child(root, "server", i), arena, &servers[i], err);
	settings->servers = servers;
	settings->n_servers = n;
	return code;
}

enum err settings_read(const char *path, struct arena *arena, struct settings *ret_settings,
		       struct error *err)
{
	struct settings settings = { .language = "", .theme = "dark", .ambiguous = "",
				     .bell = ALARM_ALL, .lock_after = LOCK_AFTER_MS,
				     .server = "" };
	struct conf *conf = NULL;
	enum err code = ERR_OK;

	settings.path = path != NULL ? arena_strdup(arena, path) : settings_path(arena);
	if (file_exists(settings.path)) {
		code = conf_read(settings.path, settings_spec, &conf, err);
		if (code == ERR_OK)
			code = settings_of(conf, arena, &settings, err);
		conf_free(conf);
	}
	if (code == ERR_OK)
		*ret_settings = settings;
	return code;
}

enum err settings_server(const struct settings *settings, const char *name,
			 const struct server_settings **ret_server, struct error *err)
{
	if (name == NULL || name[0] == '\0')
		name = settings->server;
	if (settings->n_servers == 0)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("no server yet: zhiban enroll URL CODE, or try zhiban demo"));
	for (size_t i = 0; i < settings->n_servers; i++) {
		if (name[0] == '\0' || strcmp(settings->servers[i].name, name) == 0) {
			*ret_server = &settings->servers[i];
			return ERR_OK;
		}
	}
	return error_set(err, ERR_NOT_FOUND, _("%s names no server \"%s\""), settings->path, name);
}
