/* Themes: what each role looks like on this terminal.
 *
 * Roles are in roles.def.  A theme file names colours (by name, 0…255 or "#rrggbb") and attributes;
 * it may inherit another.  With fewer colours each is brought down to the nearest: 256, 16, 8; with
 * none only attributes are left ("mono" attributes if the role gives any).  State is never told by
 * colour alone: that is the duty of who draws. */
#ifndef ZHIBAN_UI_THEME_H
#define ZHIBAN_UI_THEME_H

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/ui/term.h"

enum role {
#define R(id, name, base, help) ROLE_##id,
#include "zhiban/ui/roles.def"
#undef R
	ROLES,
};

struct theme;

/* The colours to use on a terminal that has this many: 0 when the environment says NO_COLOR. */
int theme_colours(int term_colours);

/* Loads NAME.theme from the first of the folders (ended by NULL) that has it; a name with a slash
 * is a path.  Untrusted input: errors name file, line and word. */
enum err theme_load(const char *name, const char *const *folders, int colours,
		    struct theme **ret_theme, struct error *err) MUST_CHECK;
/* Needs no file: attributes only. */
struct theme *theme_plain(void);
void theme_free(struct theme *theme);
/* The names of the themes in these folders (ended by NULL), by the alphabet, each once; in the
 * arena, ended by NULL.  A folder that is not there holds none. */
size_t theme_list(const char *const *folders, struct arena *arena, const char *const **ret_names);

struct term_style theme_style(const struct theme *theme, enum role role);
const char *role_name(enum role role);
enum err role_parse(const char *name, enum role *ret_role) MUST_CHECK; /* ERR_INPUT */
/* The nearest colour below `colours` (256, 16 or 8) to one of the 256; bright ones among 8 ask for
 * bold: ret_bold. */
int theme_nearest(int colour, int colours, bool *ret_bold);

#endif
