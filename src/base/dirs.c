#include <config.h>

#include "zhiban/base/dirs.h"

#include <limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static const char *home(struct arena *arena)
{
	const char *value = getenv("HOME");
	struct passwd entry, *found = NULL;
	char buf[4096];

	if (value != NULL && value[0] == '/')
		return value;
	if (getpwuid_r(geteuid(), &entry, buf, sizeof buf, &found) == 0 && found != NULL)
		return arena_strdup(arena, found->pw_dir);
	return "/";
}

/* XDG Base Directory Specification 0.8: a value that is not absolute is to be ignored. */
static const char *xdg(struct arena *arena, const char *variable, const char *below_home)
{
	const char *value = getenv(variable);

	if (value == NULL || value[0] != '/')
		value = path_join(arena, home(arena), below_home);
	return path_join(arena, value, "zhiban");
}

const char *dirs_config(struct arena *arena)
{
	return xdg(arena, "XDG_CONFIG_HOME", ".config");
}

const char *dirs_data(struct arena *arena)
{
	return xdg(arena, "XDG_DATA_HOME", ".local/share");
}

const char *dirs_state(struct arena *arena)
{
	return xdg(arena, "XDG_STATE_HOME", ".local/state");
}

/* The file of the running program, links resolved; NULL when /proc does not tell. */
static const char *own_path(struct arena *arena)
{
	char buf[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", buf, sizeof buf);

	return n <= 0 || (size_t)n == sizeof buf ? NULL : arena_strndup(arena, buf, (size_t)n);
}

/* The top of the build tree when this program runs in it (BUILD/src/…, tests, man), else NULL.
 * A program that was installed below the tree is an installed one. */
static const char *build_tree(struct arena *arena)
{
	char *resolved = realpath(ABS_TOP_BUILDDIR, NULL); /* configure may have seen a link */
	const char *top = arena_strdup(arena, resolved), *self = own_path(arena), *rest;

	free(resolved);
	if (top == NULL || self == NULL || !str_starts(self, top))
		return NULL;
	rest = self + strlen(top);
	return str_starts(rest, "/src/") || str_starts(rest, "/tests/") || str_starts(rest, "/man/")
		       ? top
		       : NULL;
}

const char *dirs_resource(struct arena *arena, const char *name)
{
	const char *top = build_tree(arena), *path;

	if (top == NULL)
		return path_join(arena, PKGDATADIR, name);
	path = path_join(arena, top, name); /* made by the build */
	return file_exists(path) ? path : path_join(arena, ABS_TOP_SRCDIR, name);
}

const char *dirs_locale(struct arena *arena)
{
	const char *top = build_tree(arena);

	return top == NULL ? LOCALEDIR : path_join(arena, top, "po");
}

const char *dirs_program(struct arena *arena, const char *name)
{
	static const struct {
		const char *name, *folder;
	} places[] = { { "zhiban", "src/console" }, { "zhiband", "src/daemon" } };
	const char *top = build_tree(arena), *self, *path;

	for (size_t i = 0; top != NULL && i < ARRAY_LEN(places); i++)
		if (str_eq(places[i].name, name))
			return path_join(arena, path_join(arena, top, places[i].folder), name);
	self = own_path(arena);
	if (self != NULL && strrchr(self, '/') != NULL) {
		path = arena_strndup(arena, self, (size_t)(strrchr(self, '/') - self));
		path = path_join(arena, *path != '\0' ? path : "/", name);
		if (file_exists(path))
			return path;
	}
	return path_join(arena, BINDIR, name);
}
