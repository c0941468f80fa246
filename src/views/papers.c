/* Papers on the screen and into files: a whistle's sheet (:print), supervisions in force. */
#include <config.h>

#include "stats_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/newfile.h"
#include "zhiban/model/supervisions.h"
#include "zhiban/model/whistle_paper.h"

#include <string.h>

/* A new file by its name: .txt .md .html. */
static enum err write_file(const struct str *text, const char *path, struct error *err)
{
	struct new_file *file = NULL;
	enum err code = new_file_open(path, &file, err);

	if (code == ERR_OK)
		code = new_file_write(file, str_get(text), text->len, err);
	if (code == ERR_OK) {
		code = new_file_commit(file, err);
		file = NULL;
	}
	new_file_drop(file);
	return code;
}

static unsigned put(struct app *app, const char *title, const struct str *out, const char *path)
{
	struct error err = ERROR_INIT;
	struct str words = STR_INIT;
	unsigned flags = UI_FRAME;

	if (*path == '\0') {
		flags = app_show(app, title, str_get(out));
	} else if (write_file(out, path, &err) == ERR_OK) {
		str_addf(&words, _("written to %s"), path);
		app_notice(app, ROLE_GOOD, str_get(&words));
	} else {
		app_failed(app, &err);
	}
	str_release(&words);
	return flags;
}

static bool format_of(struct app *app, const char *path, enum sheet_format *ret_format)
{
	struct error err = ERROR_INIT;

	*ret_format = SHEET_TEXT;
	if (*path == '\0' || sheet_format_of_file(path, ret_format, &err) == ERR_OK)
		return true;
	app_failed(app, &err);
	return false;
}

/* As text on a page of its own; with a path into a new file. */
unsigned paper_sheet(struct app *app, const struct sheet *sheet, const char *path)
{
	struct str out = STR_INIT;
	enum sheet_format format;
	unsigned flags = UI_FRAME;

	path += strspn(path, " ");
	if (format_of(app, path, &format)) {
		sheet_write(sheet, format, &out);
		flags = put(app, sheet->title, &out, path);
	}
	str_release(&out);
	return flags;
}

unsigned paper_official(struct app *app, const struct official *official, const char *path)
{
	const char *title = official->parts[OFFICIAL_TITLE];
	struct str out = STR_INIT;
	enum sheet_format format;
	unsigned flags = UI_FRAME;

	path += strspn(path, " ");
	if (format_of(app, path, &format)) {
		official_write(official, format, &out);
		flags = put(app, title ? title : "", &out, path);
	}
	str_release(&out);
	return flags;
}

unsigned print_command(struct app *app, const char *args)
{
	const struct selection *selection = app_selection(app);
	struct error err = ERROR_INIT;
	struct sheet sheet;
	unsigned flags;

	if (!selection || selection->kind != KIND_WHISTLE)
		error_set(&err, ERR_NOT_FOUND, "%s", _("no whistle is selected"));
	else if (whistle_paper_of(app->client, &selection->id, true, &sheet, &err) == ERR_OK) {
		flags = paper_sheet(app, &sheet, args);
		sheet_release(&sheet);
		return flags;
	}
	app_failed(app, &err);
	return UI_FRAME;
}

unsigned supervisions_command(struct app *app, const char *args)
{
	struct supervision_row *rows = NULL;
	struct error err = ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct sheet sheet;
	unsigned flags = UI_FRAME;
	size_t n = 0;

	if (supervisions_load(app->client, &arena, &rows, &n, &err) == ERR_OK) {
		supervisions_sheet(client_rules(app->client), rows, n, app_now(app), &sheet);
		flags = paper_sheet(app, &sheet, args);
		sheet_release(&sheet);
	} else {
		app_failed(app, &err);
	}
	arena_release(&arena);
	return flags;
}
