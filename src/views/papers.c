/* Papers on the screen and into files: a whistle's sheet (:print), supervisions in force. */
#include <config.h>

#include "stats_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/newfile.h"
#include "zhiban/model/supervisions.h"
#include "zhiban/model/whistle_paper.h"

#include <string.h>

static enum err write_file(const struct sheet *sheet, const char *path, struct error *err)
{
	struct new_file *file = NULL;
	enum sheet_format format;
	struct str out = STR_INIT;
	enum err code = sheet_format_of_file(path, &format, err);

	if (code == ERR_OK)
		code = new_file_open(path, &file, err);
	if (code == ERR_OK) {
		sheet_write(sheet, format, &out);
		code = new_file_write(file, str_get(&out), out.len, err);
	}
	if (code == ERR_OK) {
		code = new_file_commit(file, err);
		file = NULL;
	}
	new_file_drop(file);
	str_release(&out);
	return code;
}

/* As text on a page of its own; with a path into a new file. */
unsigned paper_sheet(struct app *app, const struct sheet *sheet, const char *path)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	unsigned flags = UI_FRAME;

	path += strspn(path, " ");
	if (*path == '\0') {
		sheet_write(sheet, SHEET_TEXT, &out);
		flags = app_show(app, sheet->title, str_get(&out));
	} else if (write_file(sheet, path, &err) == ERR_OK) {
		str_addf(&out, _("written to %s"), path);
		app_notice(app, ROLE_GOOD, str_get(&out));
	} else {
		app_failed(app, &err);
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
