#include <config.h>

#include "zhiban/ui/pager.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

struct paragraph {
	const char *label, *text; /* text NULL: the title of a section is in label */
	int label_cols;
	enum role role;
	size_t section;
};

struct section {
	const char *key;
	size_t first; /* paragraph */
};

struct line { /* of the screen */
	size_t paragraph, start, len;
	bool blank; /* between sections */
};

struct place { /* what is at the top, whatever the width: kept across pager_begin */
	char *key;
	size_t paragraph, start; /* paragraph counted within the section */
};

struct pager {
	struct arena arena;
	struct paragraph *paragraphs;
	size_t n, cap;
	struct section *sections;
	size_t n_sections, cap_sections;
	struct line *lines;
	size_t n_lines, cap_lines;
	int cols, rows; /* laid out for; cols 0: not at all */
	size_t top;
	struct place place;
	bool has_place;
	struct area area; /* as last drawn */
	size_t drawn_top;
	bool fresh;
	struct str part;
};

struct pager *pager_new(void)
{
	struct pager *pager = mem_alloc(sizeof *pager);

	arena_init(&pager->arena);
	pager->rows = 1;
	return pager;
}

void pager_free(struct pager *pager)
{
	if (pager == NULL)
		return;
	arena_release(&pager->arena);
	free(pager->paragraphs);
	free(pager->sections);
	free(pager->lines);
	free(pager->place.key);
	str_release(&pager->part);
	free(pager);
}

/* Remembers what stands at the top. */
static void keep_place(struct pager *pager)
{
	const struct line *line;
	const struct section *section;

	if (pager->has_place || pager->n_lines == 0 || pager->top == 0)
		return; /* at the beginning it stays at the beginning */
	line = &pager->lines[pager->top];
	section = &pager->sections[pager->paragraphs[line->paragraph].section];
	free(pager->place.key);
	pager->place.key = mem_strdup(section->key);
	pager->place.paragraph = line->paragraph - section->first;
	pager->place.start = line->start;
	pager->has_place = true;
}

void pager_begin(struct pager *pager)
{
	keep_place(pager);
	arena_reset(&pager->arena);
	pager->n = pager->n_sections = pager->n_lines = 0;
	pager->cols = 0;
	pager->top = 0;
}

static void add_paragraph(struct pager *pager, struct paragraph paragraph)
{
	paragraph.section = pager->n_sections - 1;
	MEM_GROW(pager->paragraphs, pager->n, pager->cap);
	pager->paragraphs[pager->n++] = paragraph;
}

void pager_section(struct pager *pager, const char *key, const char *title)
{
	MEM_GROW(pager->sections, pager->n_sections, pager->cap_sections);
	pager->sections[pager->n_sections++] =
		(struct section){ arena_strdup(&pager->arena, key), pager->n };
	if (title != NULL)
		add_paragraph(pager, (struct paragraph){
					     .label = arena_strdup(&pager->arena, title) });
}

void pager_add(struct pager *pager, const char *label, int label_cols, enum role role,
	       const char *text)
{
	struct str clean = STR_INIT;

	if (pager->n_sections == 0)
		pager_section(pager, "", NULL);
	if (text != NULL) /* before wrapping: what is replaced has another width */
		text_clean(&clean, text, strlen(text), true);
	add_paragraph(pager, (struct paragraph){
				     .label = arena_strdup(&pager->arena, label),
				     .label_cols = label_cols,
				     .role = role,
				     .text = arena_strdup(&pager->arena, str_get(&clean)) });
	str_release(&clean);
}

void pager_end(struct pager *pager)
{
	pager->fresh = true;
}

static void add_line(struct pager *pager, struct line line)
{
	MEM_GROW(pager->lines, pager->n_lines, pager->cap_lines);
	pager->lines[pager->n_lines++] = line;
}

/* Columns that are left for text behind a label. */
static int text_cols(const struct pager *pager, const struct paragraph *paragraph)
{
	int cols = pager->cols - (paragraph->label_cols > 0 ? paragraph->label_cols + 1 : 0);

	return cols > 4 ? cols : 4;
}

static void lay_out_paragraph(struct pager *pager, size_t index)
{
	const struct paragraph *paragraph = &pager->paragraphs[index];
	size_t at = 0, len;
	int cols = text_cols(pager, paragraph);

	if (paragraph->text == NULL) {
		if (index > 0)
			add_line(pager, (struct line){ .paragraph = index, .blank = true });
		add_line(pager, (struct line){ .paragraph = index });
		return;
	}
	len = strlen(paragraph->text);
	do {
		size_t skip = 0, n = text_wrap(paragraph->text + at, cols, &skip);

		add_line(pager, (struct line){ .paragraph = index, .start = at, .len = n });
		at += n + skip;
	} while (at < len);
}

static void clamp(struct pager *pager)
{
	size_t rows = (size_t)pager->rows;
	size_t last = pager->n_lines > rows ? pager->n_lines - rows : 0;

	if (pager->top > last)
		pager->top = last;
}

/* Finds again what stood at the top. */
static void find_place(struct pager *pager)
{
	size_t section = 0, wanted;

	if (!pager->has_place)
		return;
	pager->has_place = false;
	while (section < pager->n_sections &&
	       strcmp(pager->sections[section].key, pager->place.key) != 0)
		section++;
	if (section == pager->n_sections)
		return;
	wanted = pager->sections[section].first + pager->place.paragraph;
	for (size_t i = 0; i < pager->n_lines; i++) {
		const struct line *line = &pager->lines[i];

		if (line->paragraph > wanted ||
		    pager->paragraphs[line->paragraph].section > section)
			break;
		if (line->paragraph < wanted || line->start <= pager->place.start)
			pager->top = i;
	}
}

static void lay_out(struct pager *pager, int cols)
{
	if (cols == pager->cols)
		return;
	keep_place(pager);
	pager->cols = cols;
	pager->n_lines = 0;
	pager->top = 0;
	for (size_t i = 0; i < pager->n; i++)
		lay_out_paragraph(pager, i);
	find_place(pager);
	pager->fresh = true;
}

static void scroll(struct pager *pager, long lines)
{
	long top = (long)pager->top + lines;

	pager->top = top > 0 ? (size_t)top : 0;
	clamp(pager);
}

/* The first line of a section; its title if it has one. */
static size_t section_line(const struct pager *pager, size_t section)
{
	size_t i = 0;

	while (i < pager->n_lines &&
	       (pager->paragraphs[pager->lines[i].paragraph].section < section ||
		pager->lines[i].blank))
		i++;
	return i;
}

/* To the next or previous section; at the last one in view, round to the first. */
static void next_section(struct pager *pager, int step)
{
	size_t best = pager->n_lines;

	for (size_t i = 0; i < pager->n_sections; i++) {
		size_t at = section_line(pager, i);

		if (step > 0 && at > pager->top && at < best)
			best = at;
		if (step < 0 && at < pager->top)
			best = at; /* the last such */
	}
	if (best == pager->n_lines)
		best = step > 0 ? 0 : section_line(pager, pager->n_sections - 1);
	if (step > 0 && pager_at_end(pager))
		best = 0;
	pager->top = best;
	clamp(pager);
}

enum move { MOVE_LINE, MOVE_PAGE, MOVE_ALL, MOVE_SECTION };

bool pager_key(struct pager *pager, struct key key)
{
	static const struct {
		struct key key;
		enum move move;
		int step;
	} keys[] = {
		{ { 'j', 0 }, MOVE_LINE, 1 },		   { { 'k', 0 }, MOVE_LINE, -1 },
		{ { UIKEY_DOWN, 0 }, MOVE_LINE, 1 },	   { { UIKEY_UP, 0 }, MOVE_LINE, -1 },
		{ { ' ', 0 }, MOVE_PAGE, 1 },		   { { 'b', 0 }, MOVE_PAGE, -1 },
		{ { UIKEY_PGDN, 0 }, MOVE_PAGE, 1 },	   { { UIKEY_PGUP, 0 }, MOVE_PAGE, -1 },
		{ { 'f', KEY_CTRL }, MOVE_PAGE, 1 },	   { { 'b', KEY_CTRL }, MOVE_PAGE, -1 },
		{ { 'G', 0 }, MOVE_ALL, 1 },		   { { 'g', 0 }, MOVE_ALL, -1 },
		{ { UIKEY_END, 0 }, MOVE_ALL, 1 },	   { { UIKEY_HOME, 0 }, MOVE_ALL, -1 },
		{ { UIKEY_TAB, 0 }, MOVE_SECTION, 1 },
		{ { UIKEY_TAB, KEY_SHIFT }, MOVE_SECTION, -1 },
	};
	size_t i = 0;

	key = key_narrow(key);
	while (i < ARRAY_LEN(keys) && !key_eq(keys[i].key, key))
		i++;
	if (i == ARRAY_LEN(keys))
		return false;
	switch (keys[i].move) {
	case MOVE_LINE:
		scroll(pager, keys[i].step);
		break;
	case MOVE_PAGE:
		scroll(pager, (long)keys[i].step * (pager->rows > 1 ? pager->rows - 1 : 1));
		break;
	case MOVE_ALL:
		scroll(pager, keys[i].step * (long)pager->n_lines);
		break;
	case MOVE_SECTION:
		next_section(pager, keys[i].step);
		break;
	}
	return true;
}

bool pager_goto(struct pager *pager, const char *key)
{
	for (size_t i = 0; i < pager->n_sections; i++)
		if (strcmp(pager->sections[i].key, key) == 0) {
			if (pager->cols == 0) { /* not laid out yet: found again when it is */
				free(pager->place.key);
				pager->place = (struct place){ mem_strdup(key), 0, 0 };
				pager->has_place = true;
			}
			pager->top = section_line(pager, i);
			clamp(pager);
			return true;
		}
	return false;
}

void pager_position(const struct pager *pager, int *ret_top, int *ret_shown, int *ret_lines)
{
	size_t left = pager->n_lines - pager->top, rows = (size_t)pager->rows;

	*ret_top = (int)pager->top;
	*ret_shown = (int)(left < rows ? left : rows);
	*ret_lines = (int)pager->n_lines;
}

bool pager_at_end(const struct pager *pager)
{
	return pager->top + (size_t)pager->rows >= pager->n_lines;
}

static void draw_title(const struct paragraph *paragraph, struct canvas *canvas, struct area line)
{
	int used;

	canvas_fill(canvas, line, '-', ROLE_FRAME);
	used = canvas_text(canvas, line.row, line.col + 3, line.cols - 4, ROLE_HEADING,
			   paragraph->label);
	canvas_text(canvas, line.row, line.col + 2, 1, ROLE_FRAME, " ");
	canvas_text(canvas, line.row, line.col + 3 + used, 1, ROLE_FRAME, " ");
}

static void draw_line(struct pager *pager, struct canvas *canvas, int row)
{
	struct area at = { pager->area.row + row, pager->area.col, 1, pager->area.cols };
	size_t index = pager->top + (size_t)row;
	const struct paragraph *paragraph;
	const struct line *line;

	canvas_erase(canvas, at);
	if (index >= pager->n_lines || pager->lines[index].blank)
		return;
	line = &pager->lines[index];
	paragraph = &pager->paragraphs[line->paragraph];
	if (paragraph->text == NULL) {
		draw_title(paragraph, canvas, at);
		return;
	}
	if (paragraph->label_cols > 0) {
		struct area label = area_left(&at, paragraph->label_cols + 1);

		if (line->start == 0)
			canvas_pad(canvas, label.row, label.col, label.cols - 1, ROLE_LABEL,
				   paragraph->label, PAD_RIGHT);
	}
	str_clear(&pager->part);
	str_add_bytes(&pager->part, paragraph->text + line->start, line->len);
	canvas_text(canvas, at.row, at.col, at.cols, paragraph->role, str_get(&pager->part));
}

void pager_draw(struct pager *pager, struct canvas *canvas, struct area area, bool all)
{
	long moved;

	all |= area.row != pager->area.row || area.col != pager->area.col ||
	       area.rows != pager->area.rows || area.cols != pager->area.cols;
	pager->area = area;
	pager->rows = area.rows > 0 ? area.rows : 1;
	lay_out(pager, area.cols);
	clamp(pager);
	moved = (long)pager->top - (long)pager->drawn_top;
	if (!all && !pager->fresh && moved == 0)
		return;
	if (all || pager->fresh || labs(moved) >= area.rows)
		moved = area.rows;
	else
		canvas_shift(canvas, area, (int)moved);
	for (int row = 0; row < area.rows; row++)
		if (moved > 0 ? row >= area.rows - moved : row < -moved)
			draw_line(pager, canvas, row);
	pager->drawn_top = pager->top;
	pager->fresh = false;
}
