/* The key map: from keys to commands.
 *
 * A command's keys are alternatives separated by spaces; the keys of a sequence are joined by
 * commas: "j Down", "g,g Home", "Comma".  Two commands may share keys when their contexts (where)
 * do not overlap; a command that names contexts goes before one that works everywhere.  keys.conf
 * replaces the keys of commands:
 *
 *     command "assign" { keys = { "a", "F5" } }
 *
 * and takes a key away from the command that had it by default. */
#ifndef ZHIBAN_UI_KEYMAP_H
#define ZHIBAN_UI_KEYMAP_H

#include <stdbool.h>

#include "zhiban/base/error.h"
#include "zhiban/base/str.h"
#include "zhiban/ui/command.h"
#include "zhiban/ui/key.h"

enum { KEYMAP_DEPTH = 4 }; /* longest sequence */

struct keymap;

/* ERR_INPUT when the table itself is wrong (a bad name, two commands on one key). */
enum err keymap_new(const struct ui_commands *commands, struct keymap **ret_keymap,
		    struct error *err) MUST_CHECK;
void keymap_free(struct keymap *keymap);
/* Applies a text of keys.conf to the commands' own keys, in place of whatever was applied before;
 * untrusted.  On failure the map is as before. */
enum err keymap_rebind(struct keymap *keymap, const char *name, const char *text, size_t len,
		       struct error *err) MUST_CHECK;

/* Appends the commands that keys.conf left without a key, with commas. */
void keymap_lost(const struct keymap *keymap, struct str *out);

struct keymap_state { /* the keys of a sequence so far; all zero at first */
	struct key keys[KEYMAP_DEPTH];
	int n;
};

enum keymap_match {
	KEYMAP_NONE,  /* nothing begins so; the state is empty again */
	KEYMAP_MORE,  /* a sequence has begun: show keymap_which */
	KEYMAP_FOUND, /* ret_command; the state is empty again */
};

/* Feeds one key in the contexts `where`; keys are narrowed (key_narrow).  Esc within a sequence
 * drops it: NONE. */
enum keymap_match keymap_feed(const struct keymap *keymap, struct keymap_state *state,
			      struct key key, unsigned where,
			      const struct ui_command **ret_command);
/* What can follow: calls each for every next key; command is NULL when that key too is only part of
 * a sequence. */
void keymap_which(const struct keymap *keymap, const struct keymap_state *state, unsigned where,
		  void (*each)(void *ctx, const char *key, const struct ui_command *command),
		  void *ctx);
/* Appends a command's keys as people read them: "j Down", "gg Home". */
void keymap_keys(const struct keymap *keymap, const struct ui_command *command, struct str *out);
/* Only the first of them; "" when it has none. */
void keymap_first_key(const struct keymap *keymap, const struct ui_command *command,
		      struct str *out);

#endif
