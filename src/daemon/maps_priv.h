/* Saved mappings of imports (maps.c). */
#ifndef ZHIBAN_DAEMON_MAPS_PRIV_H
#define ZHIBAN_DAEMON_MAPS_PRIV_H

#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

/* "FIELD=COLUMN,@NAME,…" with the pairs of the saved mapping in the place of its name, appended.
 * ERR_USAGE: no such name. */
enum err maps_expand(const char *dir, const char *map, struct str *out, struct error *err) MUST_CHECK;
enum err maps_check(const char *name, struct error *err) MUST_CHECK; /* ERR_USAGE: no name */
/* Keeps a mapping without names of others; one of that name is replaced. */
enum err maps_save(const char *dir, const char *name, const char *map, struct error *err) MUST_CHECK;

#endif
