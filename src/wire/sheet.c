#include <config.h>

#include "zhiban/wire/sheet.h"

#include <string.h>

#include "sheet_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/jsonout.h"

enum { BLANK = 30 }; /* columns to write on */

static const struct {
	const char *word, *ends[3];
	enum sheet_format format;
} formats[] = {
	{ "text", { ".txt" }, SHEET_TEXT },
	{ "markdown", { ".md" }, SHEET_MARKDOWN },
	{ "html", { ".html", ".htm" }, SHEET_HTML },
	{ "csv", { ".csv" }, SHEET_CSV },
};

enum err sheet_format_find(const char *word, enum sheet_format *ret_format)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (strcmp(formats[i].word, word) == 0) {
			*ret_format = formats[i].format;
			return ERR_OK;
		}
	return ERR_USAGE;
}

enum err sheet_format_of_file(const char *path, enum sheet_format *ret_format, struct error *err)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		for (const char *const *end = formats[i].ends; *end != NULL; end++)
			if (len > strlen(*end) && strcmp(path + len - strlen(*end), *end) == 0) {
				*ret_format = formats[i].format;
				return ERR_OK;
			}
	return error_set(err, ERR_USAGE, _("%s: the name of a file ends with .txt, .md, .html or .csv"),
			 path);
}

/* --- what is put in -------------------------------------------------------------------------- */

static const char *clean(struct sheet *sheet, const char *text, bool lines)
{
	struct str out = STR_INIT;
	const char *copy;

	if (text == NULL)
		return "";
	text_clean(&out, text, strlen(text), lines);
	while (out.len > 0 && (out.s[out.len - 1] == '\n' || out.s[out.len - 1] == ' '))
		str_cut(&out, out.len - 1);
	copy = arena_strdup(&sheet->arena, str_get(&out));
	str_release(&out);
	return copy;
}

void sheet_init(struct sheet *sheet, const char *title)
{
	*sheet = (struct sheet){ .arena = ARENA_INIT, .columns = SHEET_COLUMNS };
	sheet->title = clean(sheet, title, false);
}

void sheet_release(struct sheet *sheet)
{
	arena_release(&sheet->arena);
	*sheet = (struct sheet){ .arena = ARENA_INIT };
}

static struct sheet_block *add(struct sheet *sheet, enum sheet_kind kind)
{
	if (sheet->n == sheet->cap) {
		size_t cap = sheet->cap != 0 ? sheet->cap * 2 : 64;
		struct sheet_block *blocks = arena_array(&sheet->arena, cap, sizeof *blocks);

		if (sheet->n > 0)
			memcpy(blocks, sheet->blocks, sheet->n * sizeof *blocks);
		sheet->blocks = blocks;
		sheet->cap = cap;
	}
	sheet->blocks[sheet->n] = (struct sheet_block){ .kind = kind };
	return &sheet->blocks[sheet->n++];
}

void sheet_note(struct sheet *sheet, const char *text)
{
	add(sheet, SHEET_NOTE)->text = clean(sheet, text, false);
}

void sheet_section(struct sheet *sheet, const char *title)
{
	add(sheet, SHEET_SECTION)->text = clean(sheet, title, false);
}

void sheet_fact(struct sheet *sheet, const char *label, const char *text)
{
	struct sheet_block *block;

	if (text == NULL || *text == '\0')
		return;
	block = add(sheet, SHEET_FACT);
	block->label = clean(sheet, label, false);
	block->text = clean(sheet, text, true);
}

void sheet_text(struct sheet *sheet, const char *text)
{
	add(sheet, SHEET_PARAGRAPH)->text = clean(sheet, text, true);
}

void sheet_lines(struct sheet *sheet, const char *text)
{
	add(sheet, SHEET_LINES)->text = clean(sheet, text, true);
}

void sheet_sign(struct sheet *sheet, const char *label)
{
	add(sheet, SHEET_SIGN)->label = clean(sheet, label, false);
}

static void add_cells(struct sheet *sheet, enum sheet_kind kind, const char *const *cells, size_t n)
{
	struct sheet_block *block = add(sheet, kind);

	block->n = n;
	block->cells = arena_array(&sheet->arena, n, sizeof *block->cells);
	for (size_t i = 0; i < n; i++)
		block->cells[i] = clean(sheet, cells[i], true);
}

void sheet_table(struct sheet *sheet, const char *const *titles, size_t n)
{
	add_cells(sheet, SHEET_HEAD, titles, n);
}

void sheet_row(struct sheet *sheet, const char *const *cells)
{
	size_t i = sheet->n;

	while (i > 0 && sheet->blocks[i - 1].kind != SHEET_HEAD)
		i--;
	if (i > 0)
		add_cells(sheet, SHEET_ROW, cells, sheet->blocks[i - 1].n);
}

size_t sheet_run(const struct sheet *sheet, size_t from, enum sheet_kind kind)
{
	size_t n = 0;

	while (from + n < sheet->n && sheet->blocks[from + n].kind == kind)
		n++;
	return n;
}

/* --- HTML ------------------------------------------------------------------------------------ */

static void html_in(struct str *out, const char *tag, const char *text)
{
	str_addf(out, "<%s>", tag);
	html_text(out, text);
	str_addf(out, "</%.*s>", (int)strcspn(tag, " "), tag);
}

static void html_facts(const struct sheet *sheet, size_t from, size_t n, struct str *out)
{
	str_add(out, "<table>\n");
	for (size_t i = from; i < from + n; i++) {
		str_add(out, "<tr>");
		html_in(out, "th style=\"width:9em\"", sheet->blocks[i].label);
		html_in(out, "td", sheet->blocks[i].text);
		str_add(out, "</tr>\n");
	}
	str_add(out, "</table>\n");
}

static void html_table(const struct sheet *sheet, size_t from, size_t n, struct str *out)
{
	str_add(out, "<table>\n");
	for (size_t i = from; i < from + n; i++) {
		str_add(out, i == from ? "<thead><tr>" : "<tr>");
		for (size_t k = 0; k < sheet->blocks[i].n; k++)
			html_in(out, i == from ? "th" : "td", sheet->blocks[i].cells[k]);
		str_add(out, i == from ? "</tr></thead>\n" : "</tr>\n");
	}
	str_add(out, "</table>\n");
}

/* Appends the block there and what belongs to it; returns how many they were. */
static size_t html_block(const struct sheet *sheet, size_t at, struct str *out)
{
	const struct sheet_block *block = &sheet->blocks[at];
	size_t n = 1;

	switch (block->kind) {
	case SHEET_NOTE:
	case SHEET_PARAGRAPH:
	case SHEET_LINES:
		html_in(out, "p", block->text);
		break;
	case SHEET_SECTION:
		html_in(out, "h2", block->text);
		break;
	case SHEET_SIGN:
		str_add(out, "<p>");
		html_text(out, block->label);
		str_add(out, " <span style=\"display:inline-block;width:18em;"
			     "border-bottom:1px solid #000\">&nbsp;</span></p>");
		break;
	case SHEET_FACT:
		n = sheet_run(sheet, at, SHEET_FACT);
		html_facts(sheet, at, n, out);
		return n;
	case SHEET_HEAD:
		n = 1 + sheet_run(sheet, at + 1, SHEET_ROW);
		html_table(sheet, at, n, out);
		return n;
	case SHEET_ROW:
		break;
	}
	str_add_char(out, '\n');
	return n;
}

static void html_out(const struct sheet *sheet, struct str *out)
{
	html_begin(out, sheet->title);
	for (size_t i = 0; i < sheet->n;)
		i += html_block(sheet, i, out);
	html_end(out);
}

/* --- Markdown -------------------------------------------------------------------------------- */

static void markdown_row(const struct sheet_block *block, struct str *out)
{
	for (size_t i = 0; i < block->n; i++) {
		str_add(out, "| ");
		markdown_text(out, block->cells[i]);
		str_add_char(out, ' ');
	}
	str_add(out, "|\n");
	for (size_t i = 0; block->kind == SHEET_HEAD && i < block->n; i++)
		str_add(out, i + 1 < block->n ? "| --- " : "| --- |\n");
}

static void markdown_block(const struct sheet_block *block, struct str *out)
{
	switch (block->kind) {
	case SHEET_SECTION:
		str_add(out, "## ");
		markdown_text(out, block->text);
		break;
	case SHEET_FACT:
		str_add(out, "- **");
		markdown_text(out, block->label);
		str_add(out, "** ");
		markdown_lines(out, block->text, "");
		break;
	case SHEET_SIGN:
		markdown_text(out, block->label);
		str_add_char(out, ' ');
		for (int i = 0; i < BLANK; i++)
			str_add(out, "\\_");
		break;
	case SHEET_HEAD:
	case SHEET_ROW:
		markdown_row(block, out);
		return;
	case SHEET_NOTE:
	case SHEET_PARAGRAPH:
	case SHEET_LINES:
		markdown_lines(out, block->text, "");
		break;
	}
	str_add_char(out, '\n');
}

static void markdown_out(const struct sheet *sheet, struct str *out)
{
	str_add(out, "# ");
	markdown_text(out, sheet->title);
	str_add_char(out, '\n');
	for (size_t i = 0; i < sheet->n; i++) {
		enum sheet_kind kind = sheet->blocks[i].kind;

		if (kind != SHEET_ROW &&
		    !(kind == SHEET_FACT && i > 0 && sheet->blocks[i - 1].kind == SHEET_FACT))
			str_add_char(out, '\n');
		markdown_block(&sheet->blocks[i], out);
	}
}

/* --- CSV ------------------------------------------------------------------------------------- */

static void csv_out(const struct sheet *sheet, struct str *out)
{
	str_add(out, "\xef\xbb\xbf");
	for (size_t i = 0; i < sheet->n; i++) {
		const struct sheet_block *block = &sheet->blocks[i];

		for (size_t k = 0; k < block->n; k++) {
			if (k > 0)
				str_add_char(out, ',');
			csv_guarded(out, block->cells[k]);
		}
		if (block->n > 0)
			str_add(out, "\r\n");
	}
}

void sheet_write(const struct sheet *sheet, enum sheet_format format, struct str *out)
{
	switch (format) {
	case SHEET_TEXT:
		sheet_text_out(sheet, out);
		break;
	case SHEET_MARKDOWN:
		markdown_out(sheet, out);
		break;
	case SHEET_HTML:
		html_out(sheet, out);
		break;
	case SHEET_CSV:
		csv_out(sheet, out);
		break;
	}
}
