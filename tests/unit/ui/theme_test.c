/* Themes: inheritance, colours brought down, errors. */
#include <config.h>

#include "ui_test.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/ui/theme.h"

static const char *const names[] = { "dark", "light", "contrast", "colourblind", "mono" };

static const char *themes(void)
{
	static char path[4096];

	snprintf(path, sizeof path, "%s/themes", getenv("ZHIBAN_SRCDIR"));
	return path;
}

static void write_theme(const char *dir, const char *name, const char *text)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s.theme", dir, name);
	assert_int_equal(file_write(path, text, strlen(text), 0600, NULL), ERR_OK);
}

static struct theme *load(const char *name, const char *dir, int colours)
{
	const char *folders[] = { dir, themes(), NULL };
	struct error err = ERROR_INIT;
	struct theme *theme = NULL;

	if (theme_load(name, folders, colours, &theme, &err) != ERR_OK)
		print_error("%s\n", err.text);
	assert_non_null(theme);
	return theme;
}

static void assert_style(const struct theme *theme, enum role role, int fg, int bg, unsigned attr)
{
	struct term_style style = theme_style(theme, role);

	assert_int_equal(style.fg, fg);
	assert_int_equal(style.bg, bg);
	assert_int_equal(style.attr, attr);
}

static void colours_come_down(void **state)
{
	static const struct {
		int colour, colours, nearest;
		bool bold;
	} cases[] = {
		{ 203, 256, 203, false }, { 196, 16, 9, false }, { 196, 8, 1, true },
		{ 9, 8, 1, true },	  { 1, 8, 1, false },	 { 8, 8, 7, false },
		{ 245, 16, 8, false },	  { 245, 8, 7, false },	 { -1, 8, -1, false },
		{ 16, 8, 0, false },	  { 231, 8, 7, true },	 { 21, 16, 4, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool bold = !cases[i].bold;

		assert_int_equal(theme_nearest(cases[i].colour, cases[i].colours, &bold),
				 cases[i].nearest);
		assert_int_equal(bold, cases[i].bold);
	}
}

static void shipped_themes_load_at_every_depth(void **state)
{
	static const int depths[] = { 256, 16, 8, 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; k < ARRAY_LEN(depths); k++) {
			struct theme *theme = load(names[i], themes(), depths[k]);

			for (int role = 0; role < ROLES; role++) {
				struct term_style style = theme_style(theme, (enum role)role);

				assert_true(style.fg < (depths[k] > 0 ? depths[k] : 0));
				assert_true(style.bg < (depths[k] > 0 ? depths[k] : 0));
			}
			theme_free(theme);
		}
}

/* Without colours the two states that matter most still look different from ordinary text. */
static void mono_still_tells_states_apart(void **state)
{
	static const enum role roles[] = { ROLE_CLOCK_OVERDUE, ROLE_SEVERITY_CRITICAL, ROLE_ALARM,
					   ROLE_STATUS_OFFLINE, ROLE_ERROR, ROLE_TITLE };

	(void)state;
	for (size_t i = 0; i <= ARRAY_LEN(names); i++) {
		struct theme *theme = i < ARRAY_LEN(names) ? load(names[i], themes(), 0) :
							     theme_plain();

		for (size_t k = 0; k < ARRAY_LEN(roles); k++)
			assert_int_not_equal(theme_style(theme, roles[k]).attr, 0);
		assert_int_equal(theme_style(theme, ROLE_TEXT).attr, 0);
		theme_free(theme);
	}
}

static void files_are_read(void **state)
{
	char dir[] = "/tmp/zhiban-theme-XXXXXX";
	struct theme *theme;

	(void)state;
	assert_non_null(mkdtemp(dir));
	write_theme(dir, "base", "role \"error\" { fg = \"red\" bg = \"#ffffff\" attr = { \"bold\", "
				 "\"underline\" } mono = { \"reverse\" } }\n"
				 "role \"title\" { fg = \"123\" }\n");
	write_theme(dir, "child", "inherit = \"base\"\nrole \"title\" { attr = { \"dim\" } }\n");
	theme = load("child", dir, 256);
	assert_style(theme, ROLE_ERROR, 1, 231, TERM_BOLD | TERM_UNDERLINE);
	assert_style(theme, ROLE_WARNING, 1, 231, TERM_BOLD | TERM_UNDERLINE); /* falls back */
	assert_style(theme, ROLE_CLOCK_SOON, 1, 231, TERM_BOLD | TERM_UNDERLINE);
	assert_style(theme, ROLE_TITLE, -1, -1, TERM_DIM);
	assert_style(theme, ROLE_GOOD, -1, -1, 0);
	theme_free(theme);
	theme = load("child", dir, 0);
	assert_style(theme, ROLE_ERROR, -1, -1, TERM_REVERSE);
	theme_free(theme);
	write_theme(dir, "dark", "role \"title\" { fg = \"7\" }\n"); /* the first folder wins */
	theme = load("dark", dir, 256);
	assert_style(theme, ROLE_TITLE, 7, -1, 0);
	theme_free(theme);
	assert_int_equal(dir_remove_all(dir, NULL), ERR_OK);
}

static void errors_name_file_line_and_word(void **state)
{
	static const struct {
		const char *text, *words[2];
	} cases[] = {
		{ "role \"error\" { fg = \"pink\" }", { "t.theme:1", "pink" } },
		{ "\nrole \"eror\" { }", { "t.theme:2", "eror" } },
		{ "role \"error\" { fg = \"256\" }", { "t.theme:1", "256" } },
		{ "role \"error\" { fg = \"#12345g\" }", { "t.theme:1", "#12345g" } },
		{ "role \"error\" { attr = { \"blinking\" } }", { "t.theme:1", "blinking" } },
		{ "colour = \"red\"", { "t.theme:1", "colour" } },
		{ "inherit = \"t\"", { "t.theme:1", "circle" } },
		{ "inherit = \"nosuch\"", { "nosuch", "themes" } },
	};
	char dir[] = "/tmp/zhiban-theme-XXXXXX";
	const char *folders[] = { dir, themes(), NULL };

	(void)state;
	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		struct theme *theme = NULL;

		write_theme(dir, "t", cases[i].text);
		assert_int_not_equal(theme_load("t", folders, 256, &theme, &err), ERR_OK);
		assert_null(theme);
		for (int k = 0; k < 2; k++) {
			if (strstr(err.text, cases[i].words[k]) == NULL)
				print_error("%s\n", err.text);
			assert_non_null(strstr(err.text, cases[i].words[k]));
		}
	}
	assert_int_equal(dir_remove_all(dir, NULL), ERR_OK);
}

static bool same_look(const struct theme *theme, enum role a, enum role b)
{
	struct term_style x = theme_style(theme, a), y = theme_style(theme, b);

	return x.fg == y.fg && x.bg == y.bg && x.attr == y.attr;
}

/* At every depth, in every theme: what must not be taken for one another looks different. */
static void states_are_told_apart_at_every_depth(void **state)
{
	static const int depths[] = { 256, 16, 8, 0 };
	static const enum role pairs[][2] = {
		{ ROLE_SEVERITY_CRITICAL, ROLE_SEVERITY_MAJOR },
		{ ROLE_SEVERITY_MAJOR, ROLE_SEVERITY_NORMAL },
		{ ROLE_CLOCK_OVERDUE, ROLE_CLOCK_FAR },
		{ ROLE_CLOCK_SOON, ROLE_CLOCK_FAR },
		{ ROLE_STATUS_OFFLINE, ROLE_STATUS_ONLINE },
		{ ROLE_ALARM, ROLE_TEXT },
		{ ROLE_ALARM, ROLE_TAB },
		{ ROLE_CONFLICT, ROLE_PENDING },
		{ ROLE_LIST_FILTERED, ROLE_TEXT },
		{ ROLE_LIST_SELECTED, ROLE_TEXT },
		{ ROLE_LIST_CHANGED, ROLE_TEXT },
		{ ROLE_TAB_CURRENT, ROLE_TAB },
		{ ROLE_MATCH, ROLE_TEXT },
		{ ROLE_ERROR, ROLE_TEXT },
		{ ROLE_FRAME_TRAINING, ROLE_TITLE },
		{ ROLE_FRAME_EMERGENCY, ROLE_TITLE },
		{ ROLE_FRAME_EMERGENCY, ROLE_FRAME_TRAINING },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; k < ARRAY_LEN(depths); k++) {
			struct theme *theme = load(names[i], themes(), depths[k]);

			for (size_t p = 0; p < ARRAY_LEN(pairs); p++)
				if (same_look(theme, pairs[p][0], pairs[p][1]))
					fail_msg("%s at %d: %s looks like %s", names[i], depths[k],
						 role_name(pairs[p][0]), role_name(pairs[p][1]));
			theme_free(theme);
		}
}

/* ---- what eyes make of the colours; xterm's palette, linear light ---- */

static void light_of(int colour, double rgb[3])
{
	static const unsigned char base[16][3] = {
		{ 0, 0, 0 },	   { 205, 0, 0 },   { 0, 205, 0 },   { 205, 205, 0 },
		{ 0, 0, 238 },	   { 205, 0, 205 }, { 0, 205, 205 }, { 229, 229, 229 },
		{ 127, 127, 127 }, { 255, 0, 0 },   { 0, 255, 0 },   { 255, 255, 0 },
		{ 92, 92, 255 },   { 255, 0, 255 }, { 0, 255, 255 }, { 255, 255, 255 },
	};

	for (int i = 0; i < 3; i++) {
		int step = (colour - 16) / (i == 0 ? 36 : i == 1 ? 6 : 1) % 6;
		double v = colour < 16	  ? base[colour][i]
			   : colour < 232 ? (step > 0 ? 55 + 40 * step : 0)
					  : 8 + (colour - 232) * 10;

		v /= 255;
		rgb[i] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
	}
}

static double luminance(int colour)
{
	double rgb[3];

	light_of(colour, rgb);
	return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

/* Of WCAG 2: 1 to 21. */
static double contrast(struct term_style style, int text, int back)
{
	double a = luminance(style.fg == TERM_DEFAULT ? text : style.fg);
	double b = luminance(style.bg == TERM_DEFAULT ? back : style.bg);

	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static void words_can_be_read(void **state)
{
	static const struct {
		const char *name;
		int text, back;
		double least;
	} cases[] = {
		{ "dark", 7, 0, 4.0 },	     { "light", 0, 15, 4.5 },
		{ "contrast", 7, 0, 7.0 },   { "contrast", 0, 15, 7.0 }, /* on any terminal */
		{ "colourblind", 7, 0, 4.5 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct theme *theme = load(cases[i].name, themes(), 256);

		for (int role = 0; role < ROLES; role++) {
			double is = contrast(theme_style(theme, (enum role)role), cases[i].text,
					     cases[i].back);

			if (role != ROLE_FRAME && is < cases[i].least) /* lines, no words */
				fail_msg("%s on %d: %s has %.1f to 1", cases[i].name, cases[i].back,
					 role_name((enum role)role), is);
		}
		theme_free(theme);
	}
}

/* As a protanope or a deuteranope sees it (Viénot, Brettel and Mollon 1999), in linear light. */
static void seen_by(bool protan, int colour, double seen[3])
{
	static const double m[2][3][3] = {
		{ { 0.29275, 0.70725, 0 }, { 0.29275, 0.70725, 0 }, { -0.02234, 0.02234, 1 } },
		{ { 0.11238, 0.88762, 0 }, { 0.11238, 0.88762, 0 }, { 0.00401, -0.00401, 1 } },
	};
	double rgb[3];

	light_of(colour, rgb);
	for (int i = 0; i < 3; i++) {
		double v = 0;

		for (int k = 0; k < 3; k++)
			v += m[protan][i][k] * rgb[k];
		seen[i] = v <= 0 ? 0 : pow(v, 1 / 2.2); /* about as eyes count steps */
	}
}

/* In the theme for those who do not tell red from green, well and wrong differ in hue for them too,
 * or in an attribute. */
static void the_colourblind_theme_is_for_them(void **state)
{
	static const enum role pairs[][2] = {
		{ ROLE_ERROR, ROLE_GOOD },
		{ ROLE_WARNING, ROLE_GOOD },
		{ ROLE_STATUS_OFFLINE, ROLE_STATUS_ONLINE },
		{ ROLE_STATUS_THIN, ROLE_STATUS_ONLINE },
		{ ROLE_CLOCK_OVERDUE, ROLE_STATUS_ONLINE },
		{ ROLE_CLOCK_SOON, ROLE_GOOD },
		{ ROLE_SEVERITY_CRITICAL, ROLE_GOOD },
		{ ROLE_SEVERITY_MAJOR, ROLE_LIST_SELECTED },
		{ ROLE_ERROR, ROLE_PENDING },
	};
	struct theme *theme = load("colourblind", themes(), 256);

	(void)state;
	for (int protan = 0; protan < 2; protan++)
		for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
			double a[3], b[3], d = 0;

			seen_by(protan, theme_style(theme, pairs[i][0]).fg, a);
			seen_by(protan, theme_style(theme, pairs[i][1]).fg, b);
			for (int k = 0; k < 3; k++)
				d += (a[k] - b[k]) * (a[k] - b[k]);
			if (sqrt(d) < 0.35)
				fail_msg("%s and %s are %.2f apart", role_name(pairs[i][0]),
					 role_name(pairs[i][1]), sqrt(d));
		}
	theme_free(theme);
}

/* Among eight colours grey is white: on a light background nobody would see it. */
static void grey_is_not_white(void **state)
{
	struct theme *theme = load("light", themes(), 8);

	(void)state;
	assert_style(theme, ROLE_HINT, TERM_DEFAULT, TERM_DEFAULT, TERM_DIM);
	assert_style(theme, ROLE_TAB, TERM_DEFAULT, TERM_DEFAULT, TERM_DIM);
	theme_free(theme);
}

static void themes_are_listed(void **state)
{
	char dir[] = "/tmp/zhiban-theme-XXXXXX";
	struct arena arena = ARENA_INIT;
	const char *folders[] = { dir, "/nowhere", themes(), NULL };
	const char *const *list;

	(void)state;
	assert_non_null(mkdtemp(dir));
	write_theme(dir, "dark", "");
	write_theme(dir, "aurora", "");
	write_theme(dir, "bad name", "");
	assert_int_equal(theme_list(folders, &arena, &list), 6);
	assert_string_equal(list[0], "aurora");
	assert_string_equal(list[1], "colourblind");
	assert_string_equal(list[5], "mono");
	assert_null(list[6]);
	assert_int_equal(dir_remove_all(dir, NULL), ERR_OK);
	arena_release(&arena);
}

static void no_color_is_honoured(void **state)
{
	(void)state;
	setenv("NO_COLOR", "1", 1);
	assert_int_equal(theme_colours(256), 0);
	setenv("NO_COLOR", "", 1);
	assert_int_equal(theme_colours(256), 256);
	unsetenv("NO_COLOR");
	assert_int_equal(theme_colours(8), 8);
}

static void roles_have_names(void **state)
{
	(void)state;
	for (int i = 0; i < ROLES; i++) {
		enum role role = ROLES;

		assert_int_equal(role_parse(role_name((enum role)i), &role), ERR_OK);
		assert_int_equal(role, i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_come_down),
		cmocka_unit_test(shipped_themes_load_at_every_depth),
		cmocka_unit_test(mono_still_tells_states_apart),
		cmocka_unit_test(states_are_told_apart_at_every_depth),
		cmocka_unit_test(words_can_be_read),
		cmocka_unit_test(the_colourblind_theme_is_for_them),
		cmocka_unit_test(grey_is_not_white),
		cmocka_unit_test(themes_are_listed),
		cmocka_unit_test(files_are_read),
		cmocka_unit_test(errors_name_file_line_and_word),
		cmocka_unit_test(no_color_is_honoured),
		cmocka_unit_test(roles_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
