/* zhiban.conf is written: servers added, single options set; what the officer wrote stays. */
#include <config.h>

#include "zhiban/client/settings.h"

#include <string.h>

#include "settings_priv.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/str.h"

enum { SETTINGS_MAX = 256 * 1024 };

static void add_quoted(struct str *out, const char *before, const char *name, const char *text)
{
	str_addf(out, "%s%s = \"", before, name);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
	str_add(out, "\"\n");
}

static void add_section(struct str *out, const struct server_settings *server)
{
	str_addf(out, "server \"%s\" {\n", server->name);
	add_quoted(out, "\t", "url", server->url);
	if (server->key_pin != NULL && server->key_pin[0] != '\0')
		add_quoted(out, "\t", "key_pin", server->key_pin);
	if (server->dir != NULL && server->dir[0] != '\0')
		add_quoted(out, "\t", "dir", server->dir);
	if (server->thin)
		str_add(out, "\tthin = true\n");
	if (server->window_days >= 0)
		str_addf(out, "\twindow_days = %d\n", server->window_days);
	str_add(out, "}\n");
}

/* Takes the section of that name out of the text: from its line to the one with its brace. */
static void cut_section(struct str *text, const char *name)
{
	struct str head = STR_INIT;
	const char *at, *end;

	str_addf(&head, "server \"%s\" {", name);
	at = strstr(str_get(text), str_get(&head));
	if (at != NULL && (at == text->s || at[-1] == '\n')) {
		end = strstr(at, "\n}");
		if (end != NULL) {
			size_t len = (size_t)(end - at) + 2;

			len += at[len] == '\n';
			str_remove(text, (size_t)(at - text->s), len);
		}
	}
	str_release(&head);
}

static enum err make_folder_of(const char *path, struct arena *arena, struct error *err)
{
	char *dir = arena_strdup(arena, path), *slash = strrchr(dir, '/');

	if (slash == NULL || slash == dir)
		return ERR_OK;
	*slash = '\0';
	return dir_make(dir, 0700, err);
}

enum err settings_add_server(const char *path, const struct server_settings *server,
			     struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct settings settings;
	struct str text = STR_INIT;
	enum err code = settings_check_name(server->name, err);

	if (path == NULL)
		path = settings_path(&arena);
	if (code == ERR_OK && file_exists(path))
		code = file_read(path, SETTINGS_MAX, &text, err);
	else if (code == ERR_OK)
		conf_example(settings_spec, &text);
	if (code == ERR_OK) {
		cut_section(&text, server->name);
		if (text.len > 0 && text.s[text.len - 1] != '\n')
			str_add_char(&text, '\n');
		add_section(&text, server);
		code = make_folder_of(path, &arena, err);
	}
	if (code == ERR_OK)
		code = file_write(path, str_get(&text), text.len, 0600, err);
	if (code == ERR_OK) /* what we wrote must be what we can read */
		code = settings_read(path, &arena, &settings, err);
	str_release(&text);
	arena_release(&arena);
	return code;
}

/* ---- one option ---- */

/* Where a line begins that gives the option, or the example of it in a comment; of len bytes
 * without its end. */
static bool find_line(const char *text, const char *name, int line, size_t *ret_at, size_t *ret_len)
{
	const char *s = text;

	for (int n = 1; *s != '\0'; n++) {
		size_t len = strcspn(s, "\n"), bare = strspn(s, line > 0 ? " \t" : "#");

		if ((line == 0 || n == line) && (line > 0 || bare > 0) &&
		    strncmp(s + bare, name, strlen(name)) == 0 &&
		    s[bare + strlen(name) + strspn(s + bare + strlen(name), " ")] == '=') {
			*ret_at = (size_t)(s - text);
			*ret_len = len;
			return true;
		}
		s += len + (s[len] == '\n');
	}
	return false;
}

static enum err put_in(struct str *text, const char *path, const char *name, const char *value,
		       struct error *err)
{
	struct str line = STR_INIT;
	struct conf *conf;
	size_t at = 0, len = 0;
	enum err code = conf_parse(path, str_get(text), text->len, settings_spec, &conf, err);
	int given;

	if (code != ERR_OK)
		return code;
	given = conf_given(conf_root(conf), name) ? conf_line(conf_root(conf), name) : 0;
	conf_free(conf);
	add_quoted(&line, "", name, value);
	if (find_line(str_get(text), name, given, &at, &len)) {
		str_remove(text, at, len);
		str_cut(&line, line.len - 1);
	} else if (given > 0) {
		code = error_set(err, ERR_INPUT, _("%s:%d: give %s a line of its own"), path, given,
				 name);
	}
	if (code == ERR_OK)
		str_insert(text, at, line.s, line.len);
	str_release(&line);
	return code;
}

enum err settings_put(const char *path, const char *name, const char *value, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	struct settings settings;
	struct conf *conf = NULL;
	enum err code = ERR_OK;

	if (path == NULL)
		path = settings_path(&arena);
	if (file_exists(path))
		code = file_read(path, SETTINGS_MAX, &text, err);
	else
		conf_example(settings_spec, &text);
	if (code == ERR_OK)
		code = put_in(&text, path, name, value, err);
	if (code == ERR_OK) /* what we write must be what we can read */
		code = conf_parse(path, str_get(&text), text.len, settings_spec, &conf, err);
	if (code == ERR_OK)
		code = settings_of(conf, &arena, &settings, err);
	conf_free(conf);
	if (code == ERR_OK)
		code = make_folder_of(path, &arena, err);
	if (code == ERR_OK)
		code = file_write(path, str_get(&text), text.len, 0600, err);
	str_release(&text);
	arena_release(&arena);
	return code;
}
