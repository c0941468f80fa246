/* Rows of CSV and JSON Lines. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "import_priv.h"
#include "json_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

struct import_file {
	struct text_source source;
	bool json;
	bool header_read;
	struct csv csv;
	struct csv_record record;
	struct arena names; /* of the header */
	struct arena arena; /* of the present row */
	const char **columns;
	size_t n_columns;
	bool rejects; /* it was written by an import: import_rejects.c */
};

static const char *rest(const struct import_file *file, size_t *ret_len)
{
	*ret_len = file->source.text.len - file->source.at;
	return str_get(&file->source.text) + file->source.at;
}

/* Enough text to see the first line; tells CSV from JSON Lines and the separator. */
static enum err look(struct import_file *file, struct error *err)
{
	static const char seps[] = ",\t;";
	size_t count[sizeof seps - 1] = { 0 }, best = 0, len;
	const char *s;
	bool quoted = false;
	enum err code = source_fill(&file->source, err);

	if (code)
		return code;
	s = rest(file, &len);
	file->json = len > 0 && s[strspn(s, " \t\r\n")] == '{';
	for (size_t i = 0; i < len && (quoted || (s[i] != '\n' && s[i] != '\r')); i++) {
		const char *sep = quoted || !s[i] ? NULL : strchr(seps, s[i]);

		if (s[i] == '"')
			quoted = !quoted;
		if (sep)
			count[sep - seps]++;
	}
	for (size_t i = 1; i < sizeof seps - 1; i++)
		if (count[i] > count[best])
			best = i;
	file->csv = (struct csv){ .sep = seps[best], .line = 1 };
	return ERR_OK;
}

static enum err open_source(struct import_file *file, struct import_file **ret_file,
			    struct error *err)
{
	enum err code = source_open(&file->source, err);

	if (!code)
		code = look(file, err);
	if (code) {
		import_close(file);
		return code;
	}
	*ret_file = file;
	return ERR_OK;
}

enum err import_open(const char *path, struct import_file **ret_file, struct error *err)
{
	struct import_file *file = mem_alloc(sizeof *file);
	enum err code;

	file->source.cd = (iconv_t)-1;
	code = packed_open(path, &file->source.file, err);
	if (code) {
		import_close(file);
		return code;
	}
	return open_source(file, ret_file, err);
}

enum err import_open_text(const char *name, const char *bytes, size_t len,
			  struct import_file **ret_file, struct error *err)
{
	struct import_file *file = mem_alloc(sizeof *file);
	enum err code;

	file->source.bytes = bytes;
	file->source.left = len;
	code = open_source(file, ret_file, err);
	if (code)
		error_prefix(err, "%s", name);
	return code;
}

void import_close(struct import_file *file)
{
	if (!file)
		return;
	source_release(&file->source);
	csv_record_release(&file->record);
	arena_release(&file->names);
	arena_release(&file->arena);
	free(file);
}

const char *import_encoding(const struct import_file *file)
{
	return file->source.encoding;
}

size_t import_columns(const struct import_file *file, const char *const **ret_columns)
{
	size_t skip = file->rejects ? REJECT_COLUMNS : 0;

	if (file->json || !file->header_read ||
	    (file->rejects && rejects_is_json(file->columns, file->n_columns)))
		return 0;
	*ret_columns = file->columns + skip;
	return file->n_columns - skip;
}

void import_progress(const struct import_file *file, int64_t *ret_at, int64_t *ret_size)
{
	*ret_at = *ret_size = 0;
	if (file->source.file)
		packed_progress(file->source.file, ret_at, ret_size);
}

/* --- CSV ------------------------------------------------------------------------------------ */

static enum err bad_row(const struct import_file *file, struct import_row *ret_row,
			struct error *err, const char *fmt, ...) PRINTF(4, 5);

static enum err bad_row(const struct import_file *file, struct import_row *ret_row,
			struct error *err, const char *fmt, ...)
{
	char words[500];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	*ret_row = (struct import_row){ .line = file->record.line };
	return error_set(err, ERR_INPUT, _("line %lld: %s"), (long long)file->record.line, words);
}

/* Passes over one physical line, to go on behind a row that cannot be read. */
static enum err skip_line(struct import_file *file, struct error *err)
{
	for (;;) {
		size_t len;
		const char *s = rest(file, &len), *nl = memchr(s, '\n', len);
		enum err code;

		if (nl || file->source.end) {
			file->source.at += nl ? (size_t)(nl + 1 - s) : len;
			file->csv.line++;
			return ERR_OK;
		}
		file->source.at += len;
		code = source_fill(&file->source, err);
		if (code)
			return code;
	}
}

/* One record into file->record.  *ret_bad: it cannot be read, one line is passed over. */
static enum err read_record(struct import_file *file, bool *ret_end, bool *ret_bad,
			    struct error *err)
{
	*ret_bad = *ret_end = false;
	for (;;) {
		size_t len, used = 0;
		const char *s = rest(file, &len);
		bool too_long = len > IMPORT_ROW_MAX;
		enum err code;

		if (len == 0 && file->source.end) {
			*ret_end = true;
			return ERR_OK;
		}
		if (csv_next(&file->csv, s, len, file->source.end || too_long, &file->record, &used,
			     NULL) ||
		    used > IMPORT_ROW_MAX) {
			*ret_bad = true;
			file->csv.line = file->record.line;
			return skip_line(file, err);
		}
		if (used > 0) {
			file->source.at += used;
			return ERR_OK;
		}
		code = source_fill(&file->source, err);
		if (code)
			return code;
	}
}

static bool is_blank(const struct csv_record *record)
{
	return record->n == 1 && !*csv_cell_at(record, 0);
}

static char *trimmed(struct arena *arena, const char *s)
{
	size_t len;

	s += strspn(s, " \t\r\n");
	len = strlen(s);
	while (len > 0 && strchr(" \t\r\n", s[len - 1]))
		len--;
	return arena_strndup(arena, s, len);
}

static enum err read_header(struct import_file *file, struct error *err)
{
	bool end, bad;

	do {
		enum err code = read_record(file, &end, &bad, err);

		if (code || end)
			return code;
	} while (!bad && is_blank(&file->record));
	if (bad || file->record.n > IMPORT_COLUMNS ||
	    !text_valid(str_get(&file->record.text), strlen(str_get(&file->record.text))))
		return error_set(err, ERR_CORRUPT,
				 _("line 1: this is no header of at most %d columns"),
				 IMPORT_COLUMNS);
	file->n_columns = file->record.n;
	file->columns = arena_array(&file->names, file->n_columns + 1, sizeof *file->columns);
	for (size_t i = 0; i < file->n_columns; i++) {
		file->columns[i] = trimmed(&file->names, csv_cell_at(&file->record, i));
		if (!*file->columns[i])
			file->columns[i] = arena_printf(&file->names, "column %zu", i + 1);
	}
	file->header_read = true;
	file->rejects = rejects_is_header(file->columns, file->n_columns);
	return ERR_OK;
}

/* A copy with CR LF and CR as LF, so that the same row reads the same from every system. */
static const char *unix_lines(struct arena *arena, const char *s)
{
	char *copy = arena_strdup(arena, s), *to = copy;

	if (!strchr(copy, '\r'))
		return copy;
	for (const char *from = copy; *from; from++) {
		if (*from != '\r')
			*to++ = *from;
		else if (from[1] != '\n')
			*to++ = '\n';
	}
	*to = '\0';
	return copy;
}

/* Cells behind the last column must be empty; missing ones are. */
static bool cells_fit(const struct import_file *file)
{
	for (size_t i = file->n_columns; i < file->record.n; i++)
		if (*csv_cell_at(&file->record, i))
			return false;
	return true;
}

/* All cells, also those behind the last column, which then have a name of their own. */
static void take_cells(struct import_file *file, struct import_row *ret_row)
{
	struct arena *arena = &file->arena;
	size_t n = file->n_columns, all = file->record.n > n ? file->record.n : n;
	const char **names = arena_array(arena, all + 1, sizeof *names);
	const char **values = arena_array(arena, all + 1, sizeof *values);

	if (cells_fit(file))
		all = n;
	for (size_t i = 0; i < all; i++) {
		names[i] = i < n ? file->columns[i] : arena_printf(arena, "column %zu", i + 1);
		values[i] = unix_lines(arena, csv_cell_at(&file->record, i));
	}
	*ret_row = (struct import_row){ file->record.line, names, values, all };
}

static enum err next_csv(struct import_file *file, struct import_row *ret_row, bool *ret_end,
			 struct error *err)
{
	struct import_row row;
	const char *words;
	bool bad;
	enum err code = ERR_OK;

	if (!file->header_read)
		code = read_header(file, err);
	do {
		if (!code)
			code = read_record(file, ret_end, &bad, err);
		if (code || *ret_end)
			return code;
	} while (!bad && is_blank(&file->record));
	if (bad)
		return bad_row(file, ret_row, err,
			       _("a quote is opened and never closed, or the row is longer than "
				 "%d bytes"),
			       IMPORT_ROW_MAX);
	take_cells(file, ret_row);
	words = file->rejects ? rejects_row(ret_row, &file->arena) : NULL;
	if (!words && !cells_fit(file))
		words = arena_printf(&file->arena, _("%zu cells, but the header has %zu"),
				     file->record.n, file->n_columns);
	if (!words)
		return ERR_OK;
	row = *ret_row;
	code = bad_row(file, ret_row, err, "%s", words);
	*ret_row = row; /* for the rejects file */
	return code;
}

/* --- JSON Lines ----------------------------------------------------------------------------- */

/* The next line that is not blank; its bytes stay until the next call. */
static enum err next_line(struct import_file *file, const char **ret_s, size_t *ret_len,
			  bool *ret_end, bool *ret_bad, struct error *err)
{
	*ret_end = *ret_bad = false;
	for (;;) {
		size_t len;
		const char *s = rest(file, &len), *nl = memchr(s, '\n', len);
		enum err code;

		if (!nl && len > IMPORT_ROW_MAX) {
			file->record.line = file->csv.line;
			*ret_bad = true;
			return skip_line(file, err);
		}
		if (nl || (file->source.end && len > 0)) {
			size_t n = nl ? (size_t)(nl - s) : len;

			file->record.line = file->csv.line++;
			file->source.at += nl ? n + 1 : n;
			if (strspn(s, " \t\r") >= n)
				continue;
			*ret_s = s;
			*ret_len = n;
			*ret_bad = n > IMPORT_ROW_MAX;
			return ERR_OK;
		}
		if (file->source.end) {
			*ret_end = true;
			return ERR_OK;
		}
		code = source_fill(&file->source, err);
		if (code)
			return code;
	}
}

static const char *json_words(struct arena *arena, const struct json *json)
{
	switch ((enum tree_type)json->type) {
	case TREE_TEXT:
		return unix_lines(arena, json_text_in(json, arena));
	case TREE_NULL:
		return "";
	case TREE_TRUE:
		return "true";
	case TREE_FALSE:
		return "false";
	case TREE_OBJECT:
	case TREE_LIST:
	case TREE_INT:
	case TREE_REAL:
		break;
	}
	return arena_strndup(arena, json->raw, json->raw_len);
}

const char *import_row_of(const struct json *json, struct arena *arena, struct import_row *ret_row)
{
	const char **names, **values;
	size_t i = 0;

	if (json->n > IMPORT_COLUMNS)
		return arena_printf(arena, _("more than %d columns"), IMPORT_COLUMNS);
	names = arena_array(arena, json->n + 1, sizeof *names);
	values = arena_array(arena, json->n + 1, sizeof *values);
	json_each (member, json) {
		names[i] = arena_strndup(arena, member->key, member->key_len);
		values[i++] = json_words(arena, member);
	}
	*ret_row = (struct import_row){ 0, names, values, json->n };
	return NULL;
}

/* A line that is no JSON, for the rejects file. */
static void keep_line(struct import_file *file, const char *s, size_t len,
		      struct import_row *ret_row)
{
	const char **names = arena_array(&file->arena, 1, sizeof *names);
	const char **values = arena_array(&file->arena, 1, sizeof *values);

	names[0] = "row";
	values[0] = arena_strndup(&file->arena, s, len);
	ret_row->names = names;
	ret_row->values = values;
	ret_row->n = 1;
}

static enum err next_json(struct import_file *file, struct import_row *ret_row, bool *ret_end,
			  struct error *err)
{
	struct error why = ERROR_INIT;
	struct json_doc doc;
	const char *s = "", *words;
	size_t len = 0;
	bool bad;
	enum err code = next_line(file, &s, &len, ret_end, &bad, err);

	if (code || *ret_end)
		return code;
	if (bad)
		return bad_row(file, ret_row, err, _("longer than %d bytes"), IMPORT_ROW_MAX);
	if (json_read(s, len, &doc, &why)) {
		code = bad_row(file, ret_row, err, "%s", why.text);
		keep_line(file, s, len, ret_row);
		return code;
	}
	words = import_row_of(doc.root, &file->arena, ret_row);
	json_release(&doc);
	ret_row->line = file->record.line;
	return words ? bad_row(file, ret_row, err, "%s", words) : ERR_OK;
}

enum err import_next(struct import_file *file, struct import_row *ret_row, bool *ret_end,
		     struct error *err)
{
	*ret_end = false;
	arena_reset(&file->arena);
	return file->json ? next_json(file, ret_row, ret_end, err)
			  : next_csv(file, ret_row, ret_end, err);
}
