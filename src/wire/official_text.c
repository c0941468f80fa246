/* An official document as text: 28 full-width characters a line, paragraphs begin two in. */
#include <config.h>

#include <string.h>

#include "official_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { INDENT = 4, MARGIN = 8, FORM = 2 }; /* two characters in; four from the right; two columns */

struct page {
	struct str *out;
	struct arena arena;
};

static void rule(struct page *page, char sign)
{
	str_add_repeat(page->out, sign, OFFICIAL_COLUMNS);
	str_add_char(page->out, '\n');
}

static void line(struct page *page, int blanks, const char *text, size_t len)
{
	if (blanks > 0 && len > 0)
		str_add_repeat(page->out, ' ', (size_t)blanks);
	str_add_bytes(page->out, text, len);
	str_add_char(page->out, '\n');
}

/* Wrapped, each line in the middle. */
static void centred(struct page *page, const char *text)
{
	while (text != NULL && *text != '\0') {
		size_t skip = 0, len = text_wrap(text, OFFICIAL_COLUMNS - INDENT, &skip);
		const char *one = arena_strndup(&page->arena, text, len);

		line(page, (OFFICIAL_COLUMNS - text_columns(one)) / 2, one, len);
		text += len + skip;
	}
}

/* Who issues it and when, in the middle of each other, four characters from the right. */
static void signature(struct page *page, const char *by, const char *at)
{
	const char *const lines[] = { by, at };
	int width = 0, left;

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (lines[i] != NULL && text_columns(lines[i]) > width)
			width = text_columns(lines[i]);
	left = width < OFFICIAL_COLUMNS - MARGIN ? OFFICIAL_COLUMNS - MARGIN - width : 0;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (lines[i] != NULL)
			line(page, left + (width - text_columns(lines[i])) / 2, lines[i],
			     strlen(lines[i]));
}

/* The first line `first` in, the others `rest`. */
static void wrapped(struct page *page, int first, int rest, const char *text)
{
	int indent = first;

	while (*text != '\0') {
		size_t skip = 0, len = text_wrap(text, OFFICIAL_COLUMNS - indent, &skip);

		line(page, indent, text, len);
		text += len + skip;
		indent = rest;
	}
}

static void labelled(struct page *page, int first, const char *label, const char *text)
{
	const char *head = official_label(label, &page->arena);

	wrapped(page, first, first + text_columns(head),
		arena_printf(&page->arena, "%s%s", head, text));
}

static void head(struct page *page, const struct official *official)
{
	const char *draft = official->parts[OFFICIAL_DRAFT];

	centred(page, official->parts[OFFICIAL_MARK]);
	if (draft != NULL)
		centred(page, arena_printf(&page->arena, _("(%s)"), draft));
	if (official->parts[OFFICIAL_NUMBER] != NULL) {
		str_add_char(page->out, '\n');
		centred(page, official->parts[OFFICIAL_NUMBER]);
	}
	rule(page, '=');
	str_add_char(page->out, '\n');
	centred(page, official->parts[OFFICIAL_TITLE]);
	str_add_char(page->out, '\n');
	if (official->parts[OFFICIAL_MAIN_TO] != NULL)
		wrapped(page, 0, 0,
			arena_printf(&page->arena, _("%s:"), official->parts[OFFICIAL_MAIN_TO]));
}

static void body(struct page *page, const struct official *official)
{
	for (size_t i = 0; i < official->n; i++) {
		const struct official_block *block = &official->blocks[i];

		if (block->sort == BLOCK_HEADING)
			wrapped(page, INDENT, 0,
				arena_printf(&page->arena, "%s%s", block->label, block->text));
		else if (block->sort == BLOCK_TEXT)
			wrapped(page, INDENT, 0, block->text);
	}
}

static void foot(struct page *page, const struct official *official)
{
	const char *label = official_label(_("Attached"), &page->arena);
	size_t attached = official_attachments(official);

	for (size_t i = 0; i < attached; i++) {
		if (i == 0)
			str_add_char(page->out, '\n');
		wrapped(page, i == 0 ? INDENT : INDENT + text_columns(label),
			INDENT + text_columns(label),
			arena_printf(&page->arena, "%s%s", i == 0 ? label : "",
				     official_attachment_name(official, i, &page->arena)));
	}
	for (size_t i = 0, n = 0; i < official->n; i++)
		if (official->blocks[i].sort == BLOCK_NAMES) {
			if (n++ == 0)
				str_add_char(page->out, '\n');
			labelled(page, INDENT, official->blocks[i].label, official->blocks[i].text);
		}
	if (official->parts[OFFICIAL_SIGNED] != NULL || official->parts[OFFICIAL_DATE] != NULL)
		str_add_char(page->out, '\n');
	signature(page, official->parts[OFFICIAL_SIGNED], official->parts[OFFICIAL_DATE]);
}

/* A row of an attachment: what the table has in columns stands below each other here, since 28
 * characters are narrow. */
static void attachments(struct page *page, const struct official *official)
{
	for (size_t i = 0; i < official->n; i++) {
		const struct official_block *titles = &official->blocks[i];
		size_t rows = titles->sort == BLOCK_ATTACH ? official_rows(official, i) : 0;
		const char *head;

		if (titles->sort != BLOCK_ATTACH)
			continue;
		str_add_char(page->out, '\n');
		rule(page, '-');
		head = official_attachment_head(official, i, &page->arena);
		line(page, 0, head, strlen(head));
		centred(page, titles->text);
		if (titles->n == FORM)
			str_add_char(page->out, '\n');
		for (size_t r = 1; r <= rows; r++) {
			const struct official_block *row = &official->blocks[i + r];

			if (row->n == FORM) { /* what is asked, and what is said to it */
				labelled(page, 0, row->cells[0], row->cells[1]);
				continue;
			}
			str_add_char(page->out, '\n');
			for (size_t k = 0; k < row->n; k++)
				if (*row->cells[k] != '\0')
					labelled(page, 0, titles->cells[k], row->cells[k]);
		}
	}
}

static void imprint(struct page *page, const struct official *official)
{
	const char *printer = official->parts[OFFICIAL_PRINTER];
	const char *at = official->parts[OFFICIAL_PRINTED];
	int columns;

	if (official->parts[OFFICIAL_COPIES] == NULL && printer == NULL && at == NULL)
		return;
	str_add_char(page->out, '\n');
	rule(page, '-');
	if (official->parts[OFFICIAL_COPIES] != NULL)
		labelled(page, 2, _("Copies"), official->parts[OFFICIAL_COPIES]);
	if (printer != NULL || at != NULL) {
		if (official->parts[OFFICIAL_COPIES] != NULL)
			rule(page, '-');
		columns = OFFICIAL_COLUMNS - 4 - text_columns(printer != NULL ? printer : "") -
			  text_columns(at != NULL ? at : "");
		str_addf(page->out, "  %s%*s%s\n", printer != NULL ? printer : "",
			 columns > 1 ? columns : 1, "", at != NULL ? at : "");
	}
	rule(page, '-');
}

void official_as_text(const struct official *official, struct str *out)
{
	struct page page = { .out = out, .arena = ARENA_INIT };

	head(&page, official);
	body(&page, official);
	foot(&page, official);
	attachments(&page, official);
	imprint(&page, official);
	arena_release(&page.arena);
}
