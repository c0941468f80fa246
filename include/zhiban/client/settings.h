/* zhiban.conf: the servers this console knows, and how it looks.  Untrusted input like any file. */
#ifndef ZHIBAN_CLIENT_SETTINGS_H
#define ZHIBAN_CLIENT_SETTINGS_H

#include <stdint.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/conf.h"

struct server_settings {
	const char *name;
	const char *url;
	const char *key_pin; /* "sha256//…", or "" */
	const char *dir;     /* cache, outbox and lock; never "" */
	bool thin;
	int window_days;     /* closed incidents kept; 0: all */
};
enum copy_to { /* what "y" does */
	COPY_TERMINAL, /* to the terminal's clipboard, and the register */
	COPY_REGISTER, /* to the console's own register, which Ctrl-Y types */
	COPY_OFF,
};
struct settings { /* everything lives in the arena */
	const char *path;
	const char *language;	/* "zh", "en", "": by locale */
	const char *theme;	/* "dark" by default */
	const char *ambiguous;	/* "", "narrow", "wide" */
	enum copy_to copy;
	unsigned bell;		/* classes of alarms that sound: 1 << enum alarm_kind */
	int64_t lock_after;	/* ms without a key until the screen locks; 0: never by itself */
	const char *server;	/* the one meant when none is named; "": the first */
	const struct server_settings *servers;
	size_t n_servers;
};

extern const struct conf_spec settings_spec[];

/* path NULL: $XDG_CONFIG_HOME/zhiban/zhiban.conf.  A file that is not there gives the defaults and
 * no servers. */
enum err settings_read(const char *path, struct arena *arena, struct settings *ret_settings,
		       struct error *err) MUST_CHECK;
/* By name; NULL or "": the default one.  ERR_NOT_FOUND says how to enrol. */
enum err settings_server(const struct settings *settings, const char *name,
			 const struct server_settings **ret_server, struct error *err) MUST_CHECK;
/* Sets one of the texts above all sections ("ambiguous") in the file, made when it is not there;
 * the rest of it, comments too, stays as it is.  What would not be read again is not written:
 * ERR_INPUT. */
enum err settings_put(const char *path, const char *name, const char *value, struct error *err)
	MUST_CHECK;
/* Adds a server's section to the file (made, with every option explained, when it is not there), or
 * replaces the one of that name.  server->dir NULL or "": the default folder. */
enum err settings_add_server(const char *path, const struct server_settings *server,
			     struct error *err) MUST_CHECK;

#endif
