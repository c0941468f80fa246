/* :export FILE writes what the board shows. */
#include <config.h>

#include "app_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/export.h"

#include <string.h>

unsigned export_command(struct app *app, const char *args)
{
	struct error err = ERROR_INIT;
	struct str told = STR_INIT;
	size_t n = 0;

	args += strspn(args, " ");
	if (*args == '\0') {
		error_set(&err, ERR_INPUT, "%s",
			  _("type :export FILE, as list.csv, list.html or list.md"));
	} else if (export_board(app->board, &app->columns, args, &n, &err) == ERR_OK) {
		str_addf(&told, _("%zu rows written to %s"), n, args);
		app_notice(app, ROLE_GOOD, str_get(&told));
		str_release(&told);
		return UI_FRAME;
	}
	app_failed(app, &err);
	return UI_FRAME;
}
