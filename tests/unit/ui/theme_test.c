/* Themes: inheritance, colours brought down, errors. */
#include <config.h>

#include "ui_test.h"

#include <stdio.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/ui/theme.h"

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
	static const char *const names[] = { "dark", "light", "mono" };
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
	static const char *const names[] = { "dark", "light", "mono" };
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
		cmocka_unit_test(files_are_read),
		cmocka_unit_test(errors_name_file_line_and_word),
		cmocka_unit_test(no_color_is_honoured),
		cmocka_unit_test(roles_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
