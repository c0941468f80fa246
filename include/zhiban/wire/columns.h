/* Names that columns and cells of tables from outside have, and what they mean: read from a text of
 * profiles/import-*.conf (field "KEY" { columns = {…} }), so that no tongue stands in the program.
 *
 * Blanks, full width and capitals do not matter.  Everything lives in the arena. */
#ifndef ZHIBAN_WIRE_COLUMNS_H
#define ZHIBAN_WIRE_COLUMNS_H

#include <stdbool.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"

struct columns;

/* name is used in messages.  ERR_INPUT with line and word. */
enum err columns_new(const char *name, const char *words, size_t len, struct arena *arena,
		     struct columns **ret_columns, struct error *err) MUST_CHECK;
/* The key that a name means; a key means itself.  NULL: nobody knows it. */
const char *columns_key(const struct columns *columns, const char *name);
bool columns_is(const struct columns *columns, const char *name, const char *key);
/* The i-th name of a key, as it stands in the text; NULL behind the last. */
const char *columns_name(const struct columns *columns, const char *key, size_t i);

#endif
