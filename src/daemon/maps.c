/* Saved mappings of imports: DIR/maps/NAME, a line "FIELD=COLUMN" each, for people to read and
 * edit. */
#include <config.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "maps_priv.h"
#include "zhiban/base/arena.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"

enum { MAP_MOST = 64 * 1024, NAME_MOST = 60 };

enum err maps_check(const char *name, struct error *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_.";

	if (*name == '\0' || *name == '.' || strlen(name) > NAME_MOST ||
	    strspn(name, letters) != strlen(name))
		return error_set(err, ERR_USAGE,
				 _("\"%.60s\" is no name of a mapping: letters, digits, - _ ."), name);
	return ERR_OK;
}

static enum err map_path(const char *dir, const char *name, struct arena *arena,
			 const char **ret_path, struct error *err)
{
	enum err code = maps_check(name, err);

	if (code != ERR_OK)
		return code;
	*ret_path = arena_printf(arena, "%s/maps/%s", dir, name);
	return ERR_OK;
}

/* Its lines as pairs, with commas between. */
static void add_lines(const char *text, struct str *out)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\r\n");

		if (len > 0 && *text != '#') {
			str_add(out, out->len > 0 ? "," : "");
			str_add_bytes(out, text, len);
		}
		text += len;
		text += *text != '\0';
	}
}

static enum err add_saved(const char *dir, const char *name, struct str *out, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	const char *path = NULL;
	enum err code = map_path(dir, name, &arena, &path, err);

	if (code == ERR_OK) {
		code = file_read(path, MAP_MOST, &text, err);
		if (code == ERR_NOT_FOUND)
			code = error_set(err, ERR_USAGE,
					 _("--map: there is no saved mapping \"%s\" in %s/maps"), name,
					 dir);
	}
	if (code == ERR_OK)
		add_lines(str_get(&text), out);
	str_release(&text);
	arena_release(&arena);
	return code;
}

enum err maps_expand(const char *dir, const char *map, struct str *out, struct error *err)
{
	struct arena arena = ARENA_INIT;
	enum err code = ERR_OK;

	while (code == ERR_OK && *map != '\0') {
		size_t len = strcspn(map, ",");

		if (*map == '@') {
			code = add_saved(dir, arena_strndup(&arena, map + 1, len - 1), out, err);
		} else if (len > 0) {
			str_add(out, out->len > 0 ? "," : "");
			str_add_bytes(out, map, len);
		}
		map += len;
		map += *map == ',';
	}
	arena_release(&arena);
	return code;
}

enum err maps_save(const char *dir, const char *name, const char *map, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	const char *path = NULL, *folder = arena_printf(&arena, "%s/maps", dir);
	enum err code = map_path(dir, name, &arena, &path, err);

	if (code == ERR_OK && mkdir(folder, 0700) != 0 && errno != EEXIST)
		code = error_errno(err, ERR_IO, errno, "%s", folder);
	for (const char *s = map; code == ERR_OK && *s != '\0'; s++)
		str_add_char(&text, *s == ',' ? '\n' : *s);
	str_add_char(&text, '\n');
	if (code == ERR_OK)
		code = file_write(path, text.s, text.len, 0600, err);
	str_release(&text);
	arena_release(&arena);
	return code;
}
