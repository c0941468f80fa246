/* CSV tables of a profile: read line by line, with errors that name file, line and column. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

static enum err wrong_at(const struct table *table, int64_t line, const char *column,
			 struct error *err, const char *fmt, va_list ap) PRINTF(5, 0);

static enum err wrong_at(const struct table *table, int64_t line, const char *column,
			 struct error *err, const char *fmt, va_list ap)
{
	struct str text = STR_INIT, clean = STR_INIT;
	char words[800];

	vsnprintf(words, sizeof words, fmt, ap);
	str_addf(&text, "%s:%lld: %s: %s", table->file->name, (long long)line, column, words);
	text_clean(&clean, str_get(&text), text.len, false);
	error_set(err, ERR_INPUT, "%s", str_get(&clean));
	str_release(&clean);
	str_release(&text);
	return ERR_INPUT;
}

enum err table_wrong(const struct table *table, const struct csv_record *record,
		     const char *column, struct error *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	wrong_at(table, record->line, column, err, fmt, ap);
	va_end(ap);
	return ERR_INPUT;
}

enum err table_wrong_at(const struct table *table, int64_t line, const char *column,
			struct error *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	wrong_at(table, line, column, err, fmt, ap);
	va_end(ap);
	return ERR_INPUT;
}

static enum err one_record(struct table *table, const struct csv_record *record, bool header,
			   struct error *err)
{
	if (header) {
		table->n_columns = record->n;
		return table->header(table, record, err);
	}
	if (record->n != table->n_columns)
		return table_wrong(table, record, csv_cell_at(record, 0), err,
				   _("%zu cells, but the header has %zu"), record->n,
				   table->n_columns);
	return table->line(table, record, err);
}

static enum err read_records(struct table *table, struct error *err)
{
	struct csv csv = { .sep = ',', .line = 1 };
	struct csv_record record = { 0 };
	const char *s = table->file->text;
	size_t left = table->file->len, used;
	bool header = true;
	enum err code = ERR_OK;

	if (left >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		left -= 3;
	}
	for (; !code && left > 0; s += used, left -= used) {
		code = csv_next(&csv, s, left, true, &record, &used, err);
		if (code) {
			error_prefix(err, "%s", table->file->name);
			break;
		}
		if (record.n == 1 && (!*csv_cell_at(&record, 0) || *csv_cell_at(&record, 0) == '#'))
			continue;
		code = one_record(table, &record, header, err);
		header = false;
	}
	csv_record_release(&record);
	return code;
}

enum err table_read(struct table *table, const struct conf_section *section, const char *name,
		    struct error *err)
{
	const char *file = conf_str(section, name);

	table->file = bundle_find(table->build->bundle, file);
	if (!table->file)
		return conf_error(section, name, err, _("%s: \"%s\": the file is not there"), name,
				  file);
	if (!text_valid(table->file->text, table->file->len))
		return error_set(err, ERR_INPUT, _("%s: is not UTF-8"), file);
	return read_records(table, err);
}
