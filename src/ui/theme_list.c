/* Which themes there are. */
#include <config.h>

#include "zhiban/ui/theme.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { THEMES_MOST = 64, NAME_MOST = 64 };

static const char ending[] = ".theme";

static bool is_listed(const char *const *names, size_t n, const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(names[i]) == len && strncmp(names[i], name, len) == 0)
			return true;
	return false;
}

/* The length of the theme's name; 0 for another kind of file, or a name nobody could type. */
static size_t name_length(const char *file)
{
	size_t len = strlen(file), tail = sizeof ending - 1;

	if (file[0] == '.' || len <= tail || len - tail > NAME_MOST ||
	    strcmp(file + len - tail, ending) != 0 || !text_valid(file, len))
		return 0;
	for (const char *s = file; *s != '\0'; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7F)
			return 0;
	return len - tail;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t theme_list(const char *const *folders, struct arena *arena, const char *const **ret_names)
{
	const char **names = arena_array(arena, THEMES_MOST + 1, sizeof *names);
	size_t n = 0;

	for (; *folders != NULL; folders++) {
		DIR *dir = opendir(*folders);
		const struct dirent *file;

		while (dir != NULL && n < THEMES_MOST && (file = readdir(dir)) != NULL) {
			size_t len = name_length(file->d_name);

			if (len > 0 && !is_listed(names, n, file->d_name, len))
				names[n++] = arena_strndup(arena, file->d_name, len);
		}
		if (dir != NULL)
			closedir(dir);
	}
	qsort(names, n, sizeof *names, by_name);
	names[n] = NULL;
	*ret_names = names;
	return n;
}
