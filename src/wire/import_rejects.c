/* The rejects of an import: written so that a person corrects them and imports the file again. */
#include <config.h>

#include <string.h>

#include "import_priv.h"
#include "json_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/jsonout.h"

static const char *const heads[REJECT_COLUMNS] = {
	"reject_line", "reject_reason", "reject_source", "reject_file",
};
static const char no_text[] = "\xEF\xBF\xBD"; /* stands for a byte that is no text */
static const char row_column[] = "row"; /* of rows of JSON: each has keys of its own */

bool rejects_is_header(const char *const *columns, size_t n)
{
	for (size_t i = 0; i < REJECT_COLUMNS; i++)
		if (i >= n || strcmp(columns[i], heads[i]) != 0)
			return false;
	return true;
}

bool rejects_is_json(const char *const *columns, size_t n)
{
	return n == REJECT_COLUMNS + 1 && strcmp(columns[REJECT_COLUMNS], row_column) == 0;
}

/* --- writing --------------------------------------------------------------------------------- */

/* Bytes that are no text are marked, so that the file can be opened at all. */
static void put_cell(const char *text, struct str *out)
{
	struct str valid = STR_INIT;
	size_t len = strlen(text);

	for (size_t n; len > 0; text += n, len -= n) {
		uint32_t cp;

		n = text_next(text, len, &cp);
		if (n == 1 && (*text & 0x80) != 0)
			str_add(&valid, no_text);
		else
			str_add_bytes(&valid, text, n);
	}
	csv_cell(out, str_get(&valid));
	str_release(&valid);
}

void import_rejects_begin(const struct import_file *file, struct str *out)
{
	const char *const *columns;
	size_t n = import_columns(file, &columns);

	for (size_t i = 0; i < REJECT_COLUMNS; i++)
		str_addf(out, "%s%s", i > 0 ? "," : "", heads[i]);
	if (n == 0)
		str_addf(out, ",%s", row_column);
	for (size_t i = 0; i < n; i++) {
		str_add_char(out, ',');
		put_cell(columns[i], out);
	}
	str_add_char(out, '\n');
}

static void put_json(const struct import_row *row, struct str *out)
{
	struct str json = STR_INIT;
	bool first = true;

	for (size_t i = 0; i < row->n; i++) {
		json_put_key(&json, row->names[i], &first);
		json_put_text(&json, row->values[i]);
	}
	json_put_end(&json, first);
	put_cell(row->n == 1 && strcmp(row->names[0], row_column) == 0 ? row->values[0]
								       : str_get(&json), out);
	str_release(&json);
}

void import_rejects_add(const struct import_file *file, const struct import_row *row,
			const char *reason, const char *source, const char *name, struct str *out)
{
	const char *const *columns;
	size_t n = import_columns(file, &columns);

	str_addf(out, "%lld,", (long long)row->line);
	put_cell(reason, out);
	str_add_char(out, ',');
	put_cell(row->source != NULL ? row->source : source != NULL ? source : "", out);
	str_add_char(out, ',');
	put_cell(row->file != NULL ? row->file : name, out);
	if (n == 0) {
		str_add_char(out, ',');
		put_json(row, out);
	}
	for (size_t i = 0; n > 0 && (i < n || i < row->n); i++) {
		str_add_char(out, ',');
		if (i < row->n)
			put_cell(row->values[i], out);
	}
	str_add_char(out, '\n');
}

/* --- reading again --------------------------------------------------------------------------- */

static const char *from_json(const struct import_row *row, struct arena *arena,
			     struct import_row *ret_row)
{
	struct error why = ERROR_INIT;
	struct json_doc doc;
	const char *words;

	if (json_read(row->values[0], strlen(row->values[0]), &doc, &why) != ERR_OK)
		return arena_strdup(arena, why.text);
	words = import_row_of(doc.root, arena, ret_row);
	json_release(&doc);
	return words;
}

const char *rejects_row(struct import_row *row, struct arena *arena)
{
	struct import_row inner = { .line = row->line };
	const char *words = NULL;
	bool blank = true, marked = false;

	if (*row->values[2] != '\0')
		inner.source = row->values[2];
	if (*row->values[3] != '\0')
		inner.file = row->values[3];
	inner.names = row->names + REJECT_COLUMNS;
	inner.values = row->values + REJECT_COLUMNS;
	inner.n = row->n - REJECT_COLUMNS;
	for (size_t i = 0; i < inner.n; i++)
		blank = blank && *inner.values[i] == '\0';
	for (size_t i = 0; i < inner.n; i++)
		marked = marked || strstr(inner.values[i], no_text) != NULL;
	*row = inner;
	if (marked)
		return _("bytes that were no text are still marked");
	if (blank)
		return _("nothing stands here but why it was rejected");
	if (inner.n == 1 && strcmp(inner.names[0], row_column) == 0) {
		words = from_json(&inner, arena, row);
		if (words != NULL)
			*row = inner;
		row->line = inner.line;
		row->source = inner.source;
		row->file = inner.file;
	}
	return words;
}
