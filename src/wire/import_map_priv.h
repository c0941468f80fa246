/* Inside wire/: looking a column up. */
#ifndef WIRE_IMPORT_MAP_PRIV_H
#define WIRE_IMPORT_MAP_PRIV_H

#include "zhiban/wire/import.h"

struct import_column {
	const char *name;
	const struct field *field;
	unsigned rank; /* of several columns for one field the lowest wins: 0 asked for, 1 its
			  key, then the order of the words */
};

/* The best meaning of a column's name (case does not count), or NULL. */
const struct import_column *import_map_find(const struct import_map *map, const char *name);

#endif
