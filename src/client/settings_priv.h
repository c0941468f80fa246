/* zhiban.conf from within: settings.c reads, settings_write.c writes. */
#ifndef ZHIBAN_CLIENT_SETTINGS_PRIV_H
#define ZHIBAN_CLIENT_SETTINGS_PRIV_H

#include "zhiban/client/settings.h"

const char *settings_path(struct arena *arena); /* of the user's own file */
enum err settings_check_name(const char *name, struct error *err) MUST_CHECK; /* a server's */
/* All of a parsed text but its path. */
enum err settings_of(const struct conf *conf, struct arena *arena, struct settings *settings,
		     struct error *err) MUST_CHECK;

#endif
