#include <config.h>

#include "zhiban/wire/official.h"

#include <stdlib.h>
#include <string.h>

#include "official_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { TEN = 10, COUNT_MOST = 99, LEVELS = 3 };

void official_init(struct official *official)
{
	*official = (struct official){ .n = 0 };
}

void official_release(struct official *official)
{
	free(official->blocks);
	arena_release(&official->arena);
	*official = (struct official){ .n = 0 };
}

static const char *clean(struct official *official, const char *text, bool lines)
{
	struct str out = STR_INIT;
	const char *copy;

	text_clean(&out, text, strlen(text), lines);
	copy = arena_strdup(&official->arena, str_get(&out));
	str_release(&out);
	return copy;
}

void official_set(struct official *official, enum official_part part, const char *text)
{
	official->parts[part] = text != NULL && *text != '\0' ? clean(official, text, false) : NULL;
}

static struct official_block *add(struct official *official, enum block_sort sort, const char *text)
{
	struct official_block *block;

	MEM_GROW(official->blocks, official->n, official->cap);
	block = &official->blocks[official->n++];
	*block = (struct official_block){ .sort = sort, .text = clean(official, text, false) };
	return block;
}

/* ---- numbers ---- */

/* The digits are one character each: as many as ten of them, and a word for ten. */
static const char *digit(int n, struct arena *arena)
{
	const char *digits = _("0123456789");

	for (; n > 0; n--)
		digits += text_grapheme(digits, strlen(digits));
	return arena_strndup(arena, digits, text_grapheme(digits, strlen(digits)));
}

const char *official_count(int n, struct arena *arena)
{
	/* TRANSLATORS: ten, where headings are counted in signs of their own; "ten": figures */
	const char *ten = strcmp(_("ten"), "ten") != 0 ? _("ten") : "";

	if (n < 1 || n > COUNT_MOST || *ten == '\0')
		return arena_printf(arena, "%d", n);
	return arena_printf(arena, "%s%s%s", n >= 2 * TEN ? digit(n / TEN, arena) : "",
			    n >= TEN ? ten : "", n % TEN != 0 ? digit(n % TEN, arena) : "");
}

void official_heading(struct official *official, int level, const char *text)
{
	struct official_block *block = add(official, BLOCK_HEADING, text);
	int n = ++official->counts[level - 1];

	for (int below = level; below < LEVELS; below++)
		official->counts[below] = 0;
	block->level = level;
	if (level == 1)
		block->label = arena_printf(&official->arena, _("%s. "),
					    official_count(n, &official->arena));
	else if (level == 2)
		block->label = arena_printf(&official->arena, _("(%s) "),
					    official_count(n, &official->arena));
	else
		block->label = arena_printf(&official->arena, "%d. ", n);
}

/* ---- blocks ---- */

void official_text(struct official *official, const char *text)
{
	while (text != NULL && *text != '\0') {
		size_t len = strcspn(text, "\n");

		if (len > 0)
			(void)add(official, BLOCK_TEXT,
				  arena_strndup(&official->arena, text, len));
		text += len + (text[len] == '\n');
	}
}

void official_names(struct official *official, const char *label, const char *names)
{
	if (names != NULL && *names != '\0')
		add(official, BLOCK_NAMES, names)->label = clean(official, label, false);
}

static void put_cells(struct official *official, struct official_block *block,
		      const char *const *cells, size_t n)
{
	block->cells = arena_array(&official->arena, n, sizeof *block->cells);
	block->n = n;
	for (size_t i = 0; i < n; i++)
		block->cells[i] = cells[i] != NULL ? clean(official, cells[i], false) : "";
}

void official_attach(struct official *official, const char *title, const char *const *titles, size_t n)
{
	put_cells(official, add(official, BLOCK_ATTACH, title), titles, n);
}

void official_row(struct official *official, const char *const *cells)
{
	size_t n = 0;

	for (size_t i = official->n; i-- > 0 && n == 0;)
		if (official->blocks[i].sort == BLOCK_ATTACH)
			n = official->blocks[i].n;
	put_cells(official, add(official, BLOCK_ROW, ""), cells, n);
}

/* ---- what all formats share ---- */

const char *official_label(const char *label, struct arena *arena)
{
	return arena_printf(arena, _("%s: "), label);
}

size_t official_attachments(const struct official *official)
{
	size_t n = 0;

	for (size_t i = 0; i < official->n; i++)
		n += official->blocks[i].sort == BLOCK_ATTACH;
	return n;
}

const char *official_attachment_head(const struct official *official, size_t at, struct arena *arena)
{
	size_t n = 0;

	for (size_t i = 0; i <= at; i++)
		n += official->blocks[i].sort == BLOCK_ATTACH;
	return official_attachments(official) > 1 ? arena_printf(arena, "%s%zu", _("Attachment"), n)
						  : _("Attachment");
}

const char *official_attachment_name(const struct official *official, size_t i, struct arena *arena)
{
	size_t n = 0;

	for (size_t k = 0; k < official->n; k++)
		if (official->blocks[k].sort == BLOCK_ATTACH && n++ == i)
			return official_attachments(official) > 1
				       ? arena_printf(arena, "%zu. %s", i + 1, official->blocks[k].text)
				       : official->blocks[k].text;
	return "";
}

size_t official_rows(const struct official *official, size_t at)
{
	size_t n = 0;

	while (at + 1 + n < official->n && official->blocks[at + 1 + n].sort == BLOCK_ROW)
		n++;
	return n;
}

void official_write(const struct official *official, enum sheet_format format, struct str *out)
{
	if (format == SHEET_HTML)
		official_as_html(official, out);
	else if (format == SHEET_MARKDOWN)
		official_as_markdown(official, out);
	else
		official_as_text(official, out);
}
