#include <config.h>

#include "zhiban/base/csv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct scan {
	const char *s, *end;
	char sep;
	int64_t lines; /* newlines passed */
};

void csv_record_release(struct csv_record *record)
{
	str_release(&record->text);
	free(record->at);
	*record = (struct csv_record){ 0 };
}

const char *csv_cell_at(const struct csv_record *record, size_t i)
{
	return i < record->n ? str_get(&record->text) + record->at[i] : "";
}

/* The inside of a quoted cell up to its closing quote; false when the text ends before. */
static bool quoted(struct scan *scan, struct str *out)
{
	const char *from = ++scan->s;

	for (; scan->s < scan->end; scan->s++) {
		if (*scan->s == '\n')
			scan->lines++;
		if (*scan->s != '"')
			continue;
		str_add_bytes(out, from, (size_t)(scan->s - from));
		if (++scan->s == scan->end || *scan->s != '"')
			return true;
		from = scan->s; /* a doubled quote: the second one belongs to the text */
	}
	return false;
}

static bool ends_cell(const struct scan *scan)
{
	return *scan->s == scan->sep || *scan->s == '\n' || *scan->s == '\r';
}

static bool cell(struct scan *scan, struct str *out)
{
	const char *from;

	if (scan->s < scan->end && *scan->s == '"' && !quoted(scan, out))
		return false;
	for (from = scan->s; scan->s < scan->end && !ends_cell(scan);)
		scan->s++;
	str_add_bytes(out, from, (size_t)(scan->s - from));
	str_add_char(out, '\0');
	return true;
}

/* The line's end behind the last cell; false when a CR stands last and LF may follow. */
static bool line_end(struct scan *scan, bool last)
{
	if (scan->s == scan->end)
		return last;
	if (*scan->s == '\r') {
		if (scan->s + 1 == scan->end && !last)
			return false;
		scan->s++;
		if (scan->s < scan->end && *scan->s == '\n')
			scan->s++;
	} else {
		scan->s++;
	}
	scan->lines++;
	return true;
}

enum err csv_next(struct csv *csv, const char *text, size_t len, bool last,
		  struct csv_record *record, size_t *ret_used, struct error *err)
{
	struct scan scan = { text, text + len, csv->sep, 0 };

	str_clear(&record->text);
	record->n = 0;
	record->line = csv->line;
	for (;;) {
		MEM_GROW(record->at, record->n, record->cap);
		record->at[record->n++] = record->text.len;
		if (!cell(&scan, &record->text)) {
			if (last)
				return error_set(err, ERR_INPUT,
						 _("line %lld: a quote is opened and never closed"),
						 (long long)csv->line);
			*ret_used = 0;
			return ERR_OK;
		}
		if (scan.s == scan.end || *scan.s != scan.sep)
			break;
		scan.s++;
	}
	if (!line_end(&scan, last)) {
		*ret_used = 0;
		return ERR_OK;
	}
	csv->line += scan.lines;
	*ret_used = (size_t)(scan.s - text);
	return ERR_OK;
}
