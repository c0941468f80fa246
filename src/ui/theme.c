#include <config.h>

#include "zhiban/ui/theme.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/conf.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { INHERIT_DEPTH = 8, NAME_MAX_BYTES = 100 };

struct look { /* as the file says, in 256 colours */
	bool given, has_mono;
	int fg, bg;
	unsigned attr, mono;
};

struct theme {
	struct term_style styles[ROLES];
};

static const struct {
	const char *name;
	enum role base;
} roles[ROLES] = {
#define R(id, words, fallback, help) [ROLE_##id] = { words, ROLE_##fallback },
#include "zhiban/ui/roles.def"
#undef R
};

static const struct {
	const char *name;
	int colour;
} colour_names[] = {
	{ "default", TERM_DEFAULT }, { "black", 0 },
	{ "red", 1 },		     { "green", 2 },
	{ "yellow", 3 },	     { "blue", 4 },
	{ "magenta", 5 },	     { "cyan", 6 },
	{ "white", 7 },		     { "bright-black", 8 },
	{ "bright-red", 9 },	     { "bright-green", 10 },
	{ "bright-yellow", 11 },     { "bright-blue", 12 },
	{ "bright-magenta", 13 },    { "bright-cyan", 14 },
	{ "bright-white", 15 },
};

static const struct {
	const char *name;
	unsigned attr;
} attr_names[] = {
	{ "bold", TERM_BOLD },
	{ "dim", TERM_DIM },
	{ "underline", TERM_UNDERLINE },
	{ "reverse", TERM_REVERSE },
	{ "blink", TERM_BLINK },
};

/* The looks of a screen without colours and without files. */
static const struct {
	enum role role;
	unsigned attr;
} plain[] = {
	{ ROLE_TITLE, TERM_BOLD },
	{ ROLE_KEY, TERM_BOLD },
	{ ROLE_ERROR, TERM_BOLD },
	{ ROLE_MATCH, TERM_UNDERLINE },
	{ ROLE_LINK, TERM_UNDERLINE },
	{ ROLE_SEVERITY_CRITICAL, TERM_BOLD | TERM_REVERSE },
	{ ROLE_ALARM, TERM_BOLD | TERM_REVERSE },
	{ ROLE_ALARM_LOUD, TERM_BOLD | TERM_REVERSE | TERM_BLINK },
	{ ROLE_FRAME_TRAINING, TERM_REVERSE },
};

static const struct conf_spec role_spec[] = {
	{ "fg", CONF_STR, 0, "default", 0, 20, NULL, N_("colour of the characters") },
	{ "bg", CONF_STR, 0, "default", 0, 20, NULL, N_("colour behind them") },
	{ "attr", CONF_STRS, 0, NULL, 0, 0, NULL, N_("bold, dim, underline, reverse, blink") },
	{ "mono", CONF_STRS, 0, NULL, 0, 0, NULL, N_("attributes where there are no colours") },
	{ NULL },
};

static const struct conf_spec theme_spec[] = {
	{ "inherit", CONF_STR, 0, NULL, 0, NAME_MAX_BYTES, NULL, N_("theme to begin with") },
	{ "role", CONF_SECTION, CONF_TITLED, NULL, 0, 0, role_spec, N_("look of a role") },
	{ NULL },
};

const char *role_name(enum role role)
{
	return roles[role].name;
}

enum err role_parse(const char *name, enum role *ret_role)
{
	for (int i = 0; i < ROLES; i++)
		if (strcmp(roles[i].name, name) == 0) {
			*ret_role = (enum role)i;
			return ERR_OK;
		}
	return ERR_INPUT;
}

int theme_colours(int term_colours)
{
	const char *no_colour = getenv("NO_COLOR");

	return no_colour != NULL && *no_colour != '\0' ? 0 : term_colours;
}

static void rgb_of(int colour, int rgb[3])
{
	static const uint8_t base[16][3] = {
		{ 0, 0, 0 },	   { 205, 0, 0 },   { 0, 205, 0 },   { 205, 205, 0 },
		{ 0, 0, 238 },	   { 205, 0, 205 }, { 0, 205, 205 }, { 229, 229, 229 },
		{ 127, 127, 127 }, { 255, 0, 0 },   { 0, 255, 0 },   { 255, 255, 0 },
		{ 92, 92, 255 },   { 255, 0, 255 }, { 0, 255, 255 }, { 255, 255, 255 },
	};
	static const uint8_t steps[6] = { 0, 95, 135, 175, 215, 255 };

	if (colour < 16) {
		for (int i = 0; i < 3; i++)
			rgb[i] = base[colour][i];
	} else if (colour < 232) {
		rgb[0] = steps[(colour - 16) / 36];
		rgb[1] = steps[(colour - 16) / 6 % 6];
		rgb[2] = steps[(colour - 16) % 6];
	} else {
		rgb[0] = rgb[1] = rgb[2] = 8 + (colour - 232) * 10;
	}
}

/* The colour from first to last that is nearest to rgb. */
static int nearest_rgb(const int rgb[3], int first, int last)
{
	long best = -1;
	int found = first;

	for (int i = first; i <= last; i++) {
		int other[3];
		long d = 0;

		rgb_of(i, other);
		for (int k = 0; k < 3; k++)
			d += (long)(rgb[k] - other[k]) * (rgb[k] - other[k]);
		if (best < 0 || d < best) {
			best = d;
			found = i;
		}
	}
	return found;
}

int theme_nearest(int colour, int colours, bool *ret_bold)
{
	int rgb[3];

	*ret_bold = false;
	if (colour < 0 || colour < colours)
		return colour;
	if (colour >= 16) {
		rgb_of(colour, rgb);
		colour = nearest_rgb(rgb, 0, 15);
	}
	if (colour < colours)
		return colour;
	if (colour == 8) /* bold black is invisible on many a terminal */
		return 7;
	*ret_bold = true;
	return colour - 8;
}

static enum err parse_colour(const struct conf_section *section, const char *option,
			     int *ret_colour, struct error *err)
{
	const char *word = conf_str(section, option);
	long long number;

	for (size_t i = 0; i < ARRAY_LEN(colour_names); i++)
		if (strcmp(colour_names[i].name, word) == 0) {
			*ret_colour = colour_names[i].colour;
			return ERR_OK;
		}
	if (word[0] == '#' && strlen(word) == 7 &&
	    strspn(word + 1, "0123456789abcdefABCDEF") == 6) {
		long value = strtol(word + 1, NULL, 16);
		int rgb[3] = { (int)(value >> 16), (int)(value >> 8 & 255), (int)(value & 255) };

		*ret_colour = nearest_rgb(rgb, 16, 255);
		return ERR_OK;
	}
	if (str_int(word, 0, 255, &number)) {
		*ret_colour = (int)number;
		return ERR_OK;
	}
	return conf_error(section, option, err,
			  _("%s: no such colour; allowed are default, black, red, green, yellow, "
			    "blue, magenta, cyan, white, each also with bright-, 0 to 255, #rrggbb"),
			  word);
}

static enum err parse_attrs(const struct conf_section *section, const char *option,
			    unsigned *ret_attr, struct error *err)
{
	unsigned attr = 0;

	for (size_t i = 0; i < conf_count(section, option); i++) {
		const char *word = conf_item(section, option, i);
		size_t k = 0;

		while (k < ARRAY_LEN(attr_names) && strcmp(attr_names[k].name, word) != 0)
			k++;
		if (k == ARRAY_LEN(attr_names))
			return conf_error(section, option, err,
					  _("%s: no such attribute; allowed are bold, dim, "
					    "underline, reverse, blink"),
					  word);
		attr |= attr_names[k].attr;
	}
	*ret_attr = attr;
	return ERR_OK;
}

static enum err parse_role(const struct conf_section *section, struct look looks[ROLES],
			   struct error *err)
{
	struct look look = { .given = true };
	enum role role;
	enum err code;

	if (role_parse(conf_title(section), &role) != ERR_OK)
		return conf_error(section, NULL, err,
				  _("%s: no such role; the shipped themes list them all"),
				  conf_title(section));
	if ((code = parse_colour(section, "fg", &look.fg, err)) != ERR_OK ||
	    (code = parse_colour(section, "bg", &look.bg, err)) != ERR_OK ||
	    (code = parse_attrs(section, "attr", &look.attr, err)) != ERR_OK ||
	    (code = parse_attrs(section, "mono", &look.mono, err)) != ERR_OK)
		return code;
	look.has_mono = conf_given(section, "mono");
	looks[role] = look;
	return ERR_OK;
}

static enum err find_file(const char *name, const char *const *folders, struct arena *arena,
			  const char **ret_path, struct error *err)
{
	const char *path, *file = arena_printf(arena, "%s.theme", name);
	struct str tried = STR_INIT;

	if (strchr(name, '/') != NULL) {
		*ret_path = arena_strdup(arena, name);
		return ERR_OK;
	}
	for (; *folders != NULL; folders++) {
		path = path_join(arena, *folders, file);
		if (file_exists(path)) {
			*ret_path = path;
			str_release(&tried);
			return ERR_OK;
		}
		str_addf(&tried, "%s%s", tried.len > 0 ? ", " : "", *folders);
	}
	error_set(err, ERR_NOT_FOUND, _("there is no theme \"%.100s\" in %s"), name,
		  str_get(&tried));
	str_release(&tried);
	return ERR_NOT_FOUND;
}

static enum err load_looks(const char *name, const char *const *folders, int depth,
			   struct arena *arena, struct look looks[ROLES], struct error *err)
{
	const struct conf_section *root;
	struct conf *conf;
	const char *path;
	enum err code = find_file(name, folders, arena, &path, err);

	if (code == ERR_OK)
		code = conf_read(path, theme_spec, &conf, err);
	if (code != ERR_OK)
		return code;
	root = conf_root(conf);
	if (conf_given(root, "inherit")) {
		if (depth == INHERIT_DEPTH)
			code =
			    conf_error(root, "inherit", err,
				       _("%s: themes inherit each other in a circle, or more than "
					 "%d deep"),
				       conf_str(root, "inherit"), INHERIT_DEPTH);
		else
			code = load_looks(conf_str(root, "inherit"), folders, depth + 1, arena,
					  looks, err);
	}
	for (size_t i = 0; code == ERR_OK && i < conf_count(root, "role"); i++)
		code = parse_role(conf_child(root, "role", i), looks, err);
	conf_free(conf);
	return code;
}

/* One that comes down to bright black. */
static bool is_grey(int colour)
{
	bool bold;

	return colour == 8 || (colour >= 16 && theme_nearest(colour, 16, &bold) == 8);
}

static struct term_style style_of(const struct look *look, int colours)
{
	struct term_style style = { TERM_DEFAULT, TERM_DEFAULT, 0 };
	bool bold, bright_back;

	if (colours < 8) {
		style.attr = (uint16_t)(look->has_mono ? look->mono : look->attr);
		return style;
	}
	style.fg = (int16_t)theme_nearest(look->fg, colours, &bold);
	if (colours == 8 && is_grey(look->fg) && look->bg == TERM_DEFAULT) {
		/* Among eight, grey is white, which nobody reads on a light background. */
		style.fg = TERM_DEFAULT;
		style.attr = TERM_DIM;
	}
	style.bg = (int16_t)theme_nearest(look->bg, colours, &bright_back);
	style.attr |= (uint16_t)(look->attr | (bold ? TERM_BOLD : 0));
	return style;
}

static struct theme *make(struct look looks[ROLES], int colours)
{
	struct theme *theme = mem_alloc(sizeof *theme);

	for (int i = 0; i < ROLES; i++) {
		if (!looks[i].given && i > 0) /* what it falls back to stands before it */
			looks[i] = looks[roles[i].base];
		theme->styles[i] = style_of(&looks[i], colours);
	}
	return theme;
}

static void clear_looks(struct look looks[ROLES])
{
	for (int i = 0; i < ROLES; i++)
		looks[i] = (struct look){ .fg = TERM_DEFAULT, .bg = TERM_DEFAULT };
}

enum err theme_load(const char *name, const char *const *folders, int colours,
		    struct theme **ret_theme, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct look looks[ROLES];
	enum err code;

	clear_looks(looks);
	code = load_looks(name, folders, 0, &arena, looks, err);
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_theme = make(looks, colours);
	return code;
}

struct theme *theme_plain(void)
{
	struct look looks[ROLES];

	clear_looks(looks);
	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		looks[plain[i].role].given = true;
		looks[plain[i].role].attr = plain[i].attr;
	}
	return make(looks, 0);
}

void theme_free(struct theme *theme)
{
	free(theme);
}

struct term_style theme_style(const struct theme *theme, enum role role)
{
	return theme->styles[role];
}
