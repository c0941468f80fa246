/* Where things lie: XDG folders of the user, and the program's own resources.
 *
 * Resources (profiles, themes, schema, message catalogues) are found beside a program that runs in
 * its build tree, else under the installed data folder. */
#ifndef ZHIBAN_BASE_DIRS_H
#define ZHIBAN_BASE_DIRS_H

#include "zhiban/base/arena.h"

const char *dirs_config(struct arena *arena); /* $XDG_CONFIG_HOME/zhiban or ~/.config/zhiban */
const char *dirs_data(struct arena *arena);
const char *dirs_state(struct arena *arena);
/* "profiles/tianning.conf", "themes/dark.theme": the path of a shipped file, whether or not it is
 * there. */
const char *dirs_resource(struct arena *arena, const char *name);
const char *dirs_locale(struct arena *arena);
/* The sister program ("zhiband") beside this one in the tree or in bindir. */
const char *dirs_program(struct arena *arena, const char *name);

#endif
