/* Which libraries this program has loaded by now. */
#ifndef TESTS_LOADED_H
#define TESTS_LOADED_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* soname: "libglpk.so", or its beginning */
static inline bool loaded(const char *soname)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	char line[4096];
	bool found = false;

	assert_non_null(maps);
	while (fgets(line, sizeof line, maps) != NULL)
		found = found || strstr(line, soname) != NULL;
	fclose(maps);
	return found;
}

#endif
