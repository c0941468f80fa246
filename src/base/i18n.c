#include <config.h>

#include "zhiban/base/i18n.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>

#include "zhiban/base/str.h"

/* The locale that was asked for, also when it is not installed here. */
static const char *locale_name(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && *value != '\0')
			return value;
	}
	return "";
}

static bool is_plain_c(const char *locale)
{
	return locale == NULL || str_eq(locale, "C") || str_eq(locale, "POSIX");
}

/* All our text is UTF-8, and the C library translates nothing in the locale "C": a machine where
 * nothing is set gets C.UTF-8, which is always there.  A locale of another encoding that somebody
 * chose stays: the terminal library converts. */
static void set_locale(void)
{
	if (setlocale(LC_ALL, "") == NULL)
		setlocale(LC_ALL, "C.UTF-8");
	if (is_plain_c(setlocale(LC_CTYPE, NULL)))
		setlocale(LC_CTYPE, "C.UTF-8");
	if (is_plain_c(setlocale(LC_MESSAGES, NULL)))
		setlocale(LC_MESSAGES, "C.UTF-8");
	setlocale(LC_NUMERIC, "C"); /* files and formats of ours have a decimal point */
}

void i18n_init(const char *language, const char *localedir)
{
	set_locale();
	if (language == NULL || *language == '\0')
		language = locale_name();
	setenv("LANGUAGE", str_starts(language, "en") ? "en" : "zh_CN", 1);
	bindtextdomain("zhiban", localedir);
	bind_textdomain_codeset("zhiban", "UTF-8");
	textdomain("zhiban");
}
