/* Words for people.  English msgids in the code, catalogues in po/. */
#ifndef ZHIBAN_BASE_I18N_H
#define ZHIBAN_BASE_I18N_H

#include <libintl.h>

#include "zhiban/base/error.h"

#define _(s) gettext(s)
#define N_(s) s

/* Sets locale and language once, at the start of main.  If setlocale fails, C.UTF-8.  language:
 * "zh", "en", or NULL or "" for the locale's (English if its name begins with "en", else Chinese).
 * localedir: where DIR/zh_CN/LC_MESSAGES/zhiban.mo lies. */
void i18n_init(const char *language, const char *localedir);

#endif
