#include <config.h>

#include "zhiban/wire/listing.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/jsonout.h"

void listing_init(struct listing *listing, const struct listing_column *columns, size_t n)
{
	*listing = (struct listing){ .columns = columns, .n_columns = n, .arena = ARENA_INIT };
}

void listing_release(struct listing *listing)
{
	free(listing->cells);
	arena_release(&listing->arena);
	*listing = (struct listing){ .n = 0 };
}

void listing_add(struct listing *listing, const char *const *cells)
{
	for (size_t i = 0; i < listing->n_columns; i++) {
		MEM_GROW(listing->cells, listing->n, listing->cap);
		listing->cells[listing->n++] = arena_strdup(&listing->arena, cells[i]);
	}
}

enum err listing_format(const char *word, enum listing_format usual,
			enum listing_format *ret_format, struct error *err)
{
	static const char *const words[] = {
		[LISTING_TABLE] = "table", [LISTING_TSV] = "tsv",     [LISTING_CSV] = "csv",
		[LISTING_JSON] = "json",   [LISTING_JSONL] = "jsonl",
	};

	if (word == NULL) {
		*ret_format = usual;
		return ERR_OK;
	}
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(words[i], word) == 0) {
			*ret_format = (enum listing_format)i;
			return ERR_OK;
		}
	}
	return error_set(err, ERR_INPUT, _("--format is table, tsv, csv, json or jsonl, not \"%s\""),
			 word);
}

/* --- for people ------------------------------------------------------------------------------ */

static const char *cleaned(const char *text, struct arena *arena)
{
	struct str clean = STR_INIT;
	const char *kept;

	if (text == NULL)
		return "";
	text_clean(&clean, text, strlen(text), false);
	kept = arena_strdup(arena, str_get(&clean));
	str_release(&clean);
	return kept;
}

static void table_row(const char *const *cells, const int *widths, size_t n, struct str *out)
{
	for (size_t i = 0; i + 1 < n; i++) {
		text_pad(out, cells[i], widths[i]);
		str_add(out, "  ");
	}
	str_addf(out, "%s", cells[n - 1]);
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		str_cut(out, out->len - 1);
	str_add_char(out, '\n');
}

static void write_table(const struct listing *listing, struct str *out)
{
	struct arena arena = ARENA_INIT;
	size_t n = listing->n_columns;
	const char **cells = arena_array(&arena, listing->n + n, sizeof *cells);
	int widths[LISTING_COLUMNS] = { 0 };

	for (size_t i = 0; i < n; i++)
		cells[i] = _(listing->columns[i].title);
	for (size_t i = 0; i < listing->n; i++)
		cells[n + i] = cleaned(listing->cells[i], &arena);
	for (size_t i = 0; i < listing->n + n; i++) {
		int columns = text_columns(cells[i]);

		if (columns > widths[i % n])
			widths[i % n] = columns;
	}
	for (size_t i = 0; i < listing->n + n; i += n)
		table_row(&cells[i], widths, n, out);
	arena_release(&arena);
}

/* --- for programs ---------------------------------------------------------------------------- */

static void write_tsv(const struct listing *listing, struct str *out)
{
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < listing->n; i++)
		str_addf(out, "%s%c", cleaned(listing->cells[i], &arena),
			 (i + 1) % listing->n_columns == 0 ? '\n' : '\t');
	arena_release(&arena);
}

static void write_csv(const struct listing *listing, struct str *out)
{
	for (size_t i = 0; i < listing->n_columns; i++)
		str_addf(out, "%s%s", i > 0 ? "," : "", listing->columns[i].key);
	str_add_char(out, '\n');
	for (size_t i = 0; i < listing->n; i++) {
		csv_cell(out, listing->cells[i] != NULL ? listing->cells[i] : "");
		str_add_char(out, (i + 1) % listing->n_columns == 0 ? '\n' : ',');
	}
}

static void json_row(const struct listing *listing, size_t at, struct str *out)
{
	const char *between = "{";

	for (size_t i = 0; i < listing->n_columns; i++) {
		if (listing->cells[at + i] == NULL)
			continue;
		str_addf(out, "%s\"%s\":", between, listing->columns[i].key);
		json_text(out, listing->cells[at + i]);
		between = ",";
	}
	str_add(out, between[0] == '{' ? "{}" : "}");
}

static void write_json(const struct listing *listing, bool lines, struct str *out)
{
	for (size_t i = 0; i < listing->n; i += listing->n_columns) {
		if (!lines)
			str_add(out, i > 0 ? "," : "[");
		json_row(listing, i, out);
		if (lines)
			str_add_char(out, '\n');
	}
	if (!lines)
		str_add(out, listing->n > 0 ? "]\n" : "[]\n");
}

void listing_write(const struct listing *listing, enum listing_format format, struct str *out)
{
	switch (format) {
	case LISTING_TABLE:
		write_table(listing, out);
		break;
	case LISTING_TSV:
		write_tsv(listing, out);
		break;
	case LISTING_CSV:
		write_csv(listing, out);
		break;
	case LISTING_JSON:
	case LISTING_JSONL:
		write_json(listing, format == LISTING_JSONL, out);
		break;
	}
}
