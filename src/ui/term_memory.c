#include <config.h>

#include "zhiban/ui/term.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { GLYPH_BYTES = 16 };

struct glyph {
	char g[GLYPH_BYTES];
	uint8_t len, width; /* width 0: right half of a wide one */
	struct term_style style;
};

struct term_memory {
	struct term term;
	int rows, cols, colours;
	int cursor_row, cursor_col;
	struct glyph *glyphs;
	struct key *keys;
	size_t n_keys, cap_keys, next_key;
	char *paste;
	struct str copied;
	struct term_counts counts;
};

static const struct term_style plain = { TERM_DEFAULT, TERM_DEFAULT, 0 };

static struct term_memory *memory(const struct term *term)
{
	return (struct term_memory *)(uintptr_t)term;
}

static struct glyph *glyph_at(const struct term_memory *m, int row, int col)
{
	return &m->glyphs[(size_t)row * (size_t)m->cols + (size_t)col];
}

static void set_blank(struct glyph *glyph)
{
	*glyph = (struct glyph){ .g = " ", .len = 1, .width = 1, .style = plain };
}

static void memory_size(struct term *term, int *ret_rows, int *ret_cols)
{
	*ret_rows = memory(term)->rows;
	*ret_cols = memory(term)->cols;
}

static int memory_colours(const struct term *term)
{
	return memory(term)->colours;
}

/* What a terminal does with the other half of a wide character. */
static void mend_halves(struct term_memory *m, int row, int col, int width)
{
	if (col > 0 && glyph_at(m, row, col)->width == 0)
		set_blank(glyph_at(m, row, col - 1));
	if (col + width < m->cols && glyph_at(m, row, col + width)->width == 0)
		set_blank(glyph_at(m, row, col + width));
}

static void memory_put(struct term *term, int row, int col, const char *text, size_t len,
		       struct term_style style)
{
	struct term_memory *m = memory(term);
	struct glyph *last = NULL;
	uint32_t cp;
	size_t n;

	assert(row >= 0 && row < m->rows && col >= 0);
	m->counts.runs++;
	for (; (n = text_next(text, len, &cp)) > 0; text += n, len -= n) {
		int width = text_cp_columns(cp);

		assert(cp >= ' ' && (cp < 0x7F || cp > 0x9F)); /* nothing raw reaches us */
		if (width == 0) {
			if (last != NULL && last->len + n <= GLYPH_BYTES) {
				memcpy(last->g + last->len, text, n);
				last->len = (uint8_t)(last->len + n);
			}
			continue;
		}
		assert(col + width <= m->cols);
		mend_halves(m, row, col, width);
		last = glyph_at(m, row, col);
		memcpy(last->g, text, n);
		last->len = (uint8_t)n;
		last->width = (uint8_t)width;
		last->style = style;
		if (width == 2)
			last[1] = (struct glyph){ .style = style };
		col += width;
		m->counts.cells += width;
	}
}

static bool memory_shift(struct term *term, int top, int bottom, int lines)
{
	struct term_memory *m = memory(term);
	int step = lines > 0 ? 1 : -1;
	int row = lines > 0 ? top : bottom;

	assert(top >= 0 && bottom < m->rows && top < bottom && lines != 0);
	for (int i = top; i <= bottom; i++, row += step) {
		int from = row + lines;

		for (int col = 0; col < m->cols; col++)
			if (from < top || from > bottom)
				set_blank(glyph_at(m, row, col));
			else
				*glyph_at(m, row, col) = *glyph_at(m, from, col);
	}
	m->counts.shifts++;
	return true;
}

static void memory_cursor(struct term *term, int row, int col)
{
	memory(term)->cursor_row = row < 0 ? -1 : row;
	memory(term)->cursor_col = row < 0 ? -1 : col;
}

static void memory_flush(struct term *term)
{
	memory(term)->counts.flushes++;
}

static bool memory_read_key(struct term *term, struct key *ret_key)
{
	struct term_memory *m = memory(term);

	if (m->next_key == m->n_keys)
		return false;
	*ret_key = m->keys[m->next_key++];
	return true;
}

static const char *memory_pasted(struct term *term)
{
	return memory(term)->paste != NULL ? memory(term)->paste : "";
}

static void memory_bell(struct term *term)
{
	memory(term)->counts.bells++;
}

static bool memory_copy(struct term *term, const char *text)
{
	str_clear(&memory(term)->copied);
	str_add(&memory(term)->copied, text);
	return true;
}

static void blank_all(struct term_memory *m)
{
	for (int i = 0; i < m->rows * m->cols; i++)
		set_blank(&m->glyphs[i]);
}

static void memory_suspend(struct term *term)
{
	blank_all(memory(term));
}

static void memory_resume(struct term *term)
{
	blank_all(memory(term));
}

static void memory_resize(struct term *term, int rows, int cols)
{
	struct term_memory *m = memory(term);

	if (rows > 0 && cols > 0) {
		m->rows = rows;
		m->cols = cols;
		m->glyphs = mem_resize(m->glyphs, (size_t)rows * (size_t)cols, sizeof *m->glyphs);
	}
	blank_all(m);
}

static void memory_repaint(struct term *term)
{
	blank_all(memory(term));
}

static void memory_wipe(struct term *term)
{
	blank_all(memory(term));
	memory(term)->counts.wipes++;
}

static void memory_plain_signs(struct term *term, bool signs)
{
	(void)term;
	(void)signs;
}

static enum err memory_measure(struct term *term, struct term_widths *ret_widths,
			       struct error *err)
{
	(void)term;
	(void)ret_widths;
	return error_set(err, ERR_INPUT, "a terminal in memory answers nothing");
}

static void memory_close(struct term *term)
{
	struct term_memory *m = memory(term);

	free(m->glyphs);
	free(m->keys);
	free(m->paste);
	str_release(&m->copied);
	free(m);
}

static const struct term_ops memory_ops = {
	.size = memory_size,
	.colours = memory_colours,
	.put = memory_put,
	.shift = memory_shift,
	.cursor = memory_cursor,
	.flush = memory_flush,
	.read_key = memory_read_key,
	.pasted = memory_pasted,
	.bell = memory_bell,
	.copy = memory_copy,
	.suspend = memory_suspend,
	.resume = memory_resume,
	.resize = memory_resize,
	.repaint = memory_repaint,
	.wipe = memory_wipe,
	.plain_signs = memory_plain_signs,
	.measure = memory_measure,
	.close = memory_close,
};

struct term *term_memory_new(int rows, int cols, int colours)
{
	struct term_memory *m = mem_alloc(sizeof *m);

	m->term.ops = &memory_ops;
	m->colours = colours;
	m->cursor_row = m->cursor_col = -1;
	memory_resize(&m->term, rows, cols);
	return &m->term;
}

static void add_key(struct term_memory *m, struct key key)
{
	MEM_GROW(m->keys, m->n_keys, m->cap_keys);
	m->keys[m->n_keys++] = key;
}

enum err term_memory_type(struct term *term, const char *names)
{
	struct term_memory *m = memory(term);

	for (const char *s = names; *s != '\0';) {
		size_t len = strcspn(s, " ");
		struct key key = { 0, 0 };

		if (*s == '"' && strchr(s + 1, '"') != NULL) {
			const char *end = strchr(s + 1, '"');
			size_t n;

			for (s++; s < end; s += n) {
				n = text_next(s, (size_t)(end - s), &key.code);
				add_key(m, key);
			}
			s++;
		} else if (len > 0) {
			if (key_parse(s, len, &key, NULL) != ERR_OK)
				return ERR_INPUT;
			add_key(m, key);
			s += len;
		} else {
			s++;
		}
	}
	return ERR_OK;
}

void term_memory_paste(struct term *term, const char *text)
{
	struct term_memory *m = memory(term);

	free(m->paste);
	m->paste = mem_strdup(text);
	add_key(m, (struct key){ UIKEY_PASTE, 0 });
}

static bool same_style(struct term_style a, struct term_style b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attr == b.attr;
}

static void dump_style(struct term_style style, struct str *out)
{
	static const struct {
		const char *word;
		unsigned attr;
	} words[] = {
		{ " bold", TERM_BOLD },
		{ " dim", TERM_DIM },
		{ " underline", TERM_UNDERLINE },
		{ " reverse", TERM_REVERSE },
		{ " blink", TERM_BLINK },
	};

	if (style.fg != TERM_DEFAULT)
		str_addf(out, " fg%d", style.fg);
	if (style.bg != TERM_DEFAULT)
		str_addf(out, " bg%d", style.bg);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (style.attr & words[i].attr)
			str_add(out, words[i].word);
}

static void dump_styles(const struct term_memory *m, int row, struct str *out)
{
	const char *before = "~ ";

	for (int col = 0, end; col < m->cols; col = end) {
		struct term_style style = glyph_at(m, row, col)->style;

		for (end = col; end < m->cols; end++)
			if (!same_style(glyph_at(m, row, end)->style, style))
				break;
		if (same_style(style, plain))
			continue;
		str_addf(out, "%s%d+%d", before, col, end - col);
		dump_style(style, out);
		before = ", ";
	}
	if (before[0] == ',')
		str_add_char(out, '\n');
}

void term_memory_dump(const struct term *term, struct str *out, bool styles)
{
	const struct term_memory *m = memory(term);

	for (int row = 0; row < m->rows; row++) {
		size_t end = out->len;

		for (int col = 0; col < m->cols; col++) {
			const struct glyph *glyph = glyph_at(m, row, col);

			str_add_bytes(out, glyph->g, glyph->len);
			if (glyph->len > 1 || (glyph->len == 1 && glyph->g[0] != ' '))
				end = out->len;
		}
		str_cut(out, end);
		str_add_char(out, '\n');
		if (styles)
			dump_styles(m, row, out);
	}
}

struct term_counts term_memory_counts(struct term *term)
{
	struct term_counts counts = memory(term)->counts;

	memory(term)->counts = (struct term_counts){ 0 };
	return counts;
}

void term_memory_cursor(const struct term *term, int *ret_row, int *ret_col)
{
	*ret_row = memory(term)->cursor_row;
	*ret_col = memory(term)->cursor_col;
}

const char *term_memory_copied(const struct term *term)
{
	return str_get(&memory(term)->copied);
}
