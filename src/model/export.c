#include <config.h>

#include "zhiban/model/export.h"

#include "board_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/newfile.h"
#include "zhiban/wire/jsonout.h"

enum { AT_ONCE = 500 };

struct export {
	struct board *board;
	struct arena arena; /* of the heading and the columns */
	struct out_rows rows;
	struct str out;
	struct new_file *to;
	size_t n;
};

/* Fields that columns show; two may show the same one. */
static void take_columns(struct export *export, const struct columns *columns)
{
	const struct field **fields =
		arena_array(&export->arena, columns_count() + COLUMNS_MOST, sizeof *fields);
	size_t n = 0;

	for (size_t i = 0; i < columns->n; i++) {
		struct column column;

		if (columns_find(columns->names[i], &column))
			fields[n++] = column.field;
	}
	for (size_t i = 0; columns->n == 0 && i < columns_count(); i++) {
		struct column column;

		columns_at(i, &column);
		if (column.own)
			fields[n++] = column.field;
	}
	export->rows.fields = fields;
	export->rows.n_fields = n;
}

static void take_heading(struct export *export)
{
	struct client *client = export->board->client;
	const struct actor *actor = client_actor(client);
	const char *filter = board_filter(export->board);
	struct str note = STR_INIT;
	char now[CIVIL_TEXT];

	civil_format(client_now(client), export->rows.rules->offset_min, "Y-m-d H:M", now,
		     sizeof now);
	str_addf(&note, "%s  %s", now, actor != NULL ? actor->officer : "");
	if (*filter != '\0')
		str_addf(&note, "  %s %s", _("Filter:"), filter);
	export->rows.title =
		arena_printf(&export->arena, "%s  %s",
			     export->rows.rules->title != NULL ? export->rows.rules->title : "",
			     _("Incidents"));
	export->rows.note = arena_strdup(&export->arena, str_get(&note));
	str_release(&note);
}

static enum err put_page(struct export *export, const struct board_page *page, size_t from,
			 struct error *err)
{
	enum err code;

	for (size_t i = from; i < page->n; i++)
		out_rows_add(&export->rows, &page->rows[i].incident->head.id,
			     page->rows[i].incident, &export->out);
	export->n += page->n - from;
	code = new_file_write(export->to, str_get(&export->out), export->out.len, err);
	str_clear(&export->out);
	if (code == ERR_OK && export->n > EXPORT_MOST)
		return error_set(err, ERR_TOO_LARGE,
				 _("more than %d rows: narrow the filter, or use zhiban list --out"),
				 EXPORT_MOST);
	return code;
}

/* Page after page as the list reads them, each from the last row of the one before. */
static enum err put_rows(struct export *export, struct error *err)
{
	struct board_page page = { .last = false };
	struct uuid at = { 0 };
	enum err code = ERR_OK;

	for (bool first = true; code == ERR_OK && !page.last; first = false) {
		struct arena arena = ARENA_INIT;

		code = board_fetch(export->board, first ? BOARD_FIRST : BOARD_AT, &at, 0, AT_ONCE,
				   &arena, &page, err);
		if (code == ERR_OK && page.n > 0) {
			at = page.rows[page.n - 1].incident->head.id;
			code = put_page(export, &page, first ? 0 : 1, err);
		}
		page.last = page.last || page.n < 2;
		arena_release(&arena);
	}
	return code;
}

enum err export_board(struct board *board, const struct columns *columns, const char *path,
		      size_t *ret_n, struct error *err)
{
	const struct rules *rules = client_rules(board->client);
	struct export export = { .board = board,
				 .rows = { .rules = rules, .offset_min = rules->offset_min,
					   .sheet = true, .guard = true } };
	enum err code = out_format_of_file(path, &export.rows.format, err);

	while (code == ERR_OK && board_count(board)->more && board_step(board) & BOARD_MORE)
		; /* what the filter lets through is not known yet */
	take_columns(&export, columns);
	take_heading(&export);
	if (code == ERR_OK)
		code = new_file_open(path, &export.to, err);
	if (code == ERR_OK) {
		out_rows_begin(&export.rows, &export.out);
		code = put_rows(&export, err);
	}
	if (code == ERR_OK) {
		out_rows_end(&export.rows, &export.out);
		code = new_file_write(export.to, str_get(&export.out), export.out.len, err);
	}
	if (code == ERR_OK) {
		code = new_file_commit(export.to, err);
		export.to = NULL;
	}
	if (code == ERR_OK)
		*ret_n = export.n;
	new_file_drop(export.to);
	str_release(&export.out);
	arena_release(&export.arena);
	return code;
}
