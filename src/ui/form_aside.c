/* What stands beside the fields of a form. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "form_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static void clear(struct form_section *section)
{
	for (size_t i = 0; i < section->n; i++) {
		free(section->lines[i].text);
		free(section->lines[i].tail);
	}
	free(section->lines);
	free(section->title);
	free(section->keys);
	*section = (struct form_section){ 0 };
}

void form_aside_clear(struct form *form)
{
	for (size_t i = 0; i < FORM_SECTIONS; i++)
		clear(&form->sections[i]);
}

/* ---- the cursor ---- */

static bool can_stand(const struct form_section *section, size_t line)
{
	return line < section->n && !section->lines[line].still;
}

/* The line nearest to where the cursor was, in its section or else in any; false: there is none. */
static bool settle(struct form *form)
{
	struct form_section *section = &form->sections[form->section];

	if (form->line >= section->n)
		form->line = section->n ? section->n - 1 : 0;
	for (size_t back = form->line + 1; back-- > 0;)
		if (can_stand(section, back)) {
			form->line = back;
			return true;
		}
	for (unsigned s = 0; s < FORM_SECTIONS; s++)
		for (size_t i = 0; i < form->sections[s].n; i++)
			if (can_stand(&form->sections[s], i)) {
				form->section = s;
				form->line = i;
				return true;
			}
	return false;
}

/* To the next line that can be stood on; stays at the ends. */
static void step(struct form *form, int by)
{
	unsigned s = form->section;
	size_t line = form->line;

	for (;;) {
		if (by > 0 ? line + 1 < form->sections[s].n : line > 0) {
			line += (size_t)by;
		} else if (by > 0 ? s + 1 < FORM_SECTIONS : s > 0) {
			s += (unsigned)by;
			line = by > 0 ? 0 : form->sections[s].n - (form->sections[s].n > 0);
		} else {
			return;
		}
		if (can_stand(&form->sections[s], line)) {
			form->section = s;
			form->line = line;
			return;
		}
	}
}

static void next_section(struct form *form, int by)
{
	for (unsigned i = 0; i < FORM_SECTIONS; i++) {
		form->section = (form->section + FORM_SECTIONS + (unsigned)by) % FORM_SECTIONS;
		for (size_t line = 0; line < form->sections[form->section].n; line++)
			if (can_stand(&form->sections[form->section], line)) {
				form->line = line;
				return;
			}
	}
}

/* Where no line can be stood on, they are read: the keys of the cursor scroll them. */
static void go_beside(struct form *form)
{
	form->reading = !settle(form);
	form->beside = form_has_aside(form);
}

/* ---- what stands there ---- */

static bool is_same(const struct form_section *section, const char *title, const char *keys,
		    const struct form_beside *lines, size_t n)
{
	if (!section->title || !str_eq(section->title, title) || !str_eq(section->keys, keys) ||
	    section->n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(section->lines[i].text, lines[i].text) != 0 ||
		    !str_eq(section->lines[i].tail, lines[i].tail) ||
		    section->lines[i].role != lines[i].role ||
		    section->lines[i].still != lines[i].still)
			return false;
	return true;
}

void form_aside(struct form *form, unsigned at, const char *title, const char *keys,
		const struct form_beside *lines, size_t n)
{
	struct form_section *section = &form->sections[at];

	if (n > FORM_SECTION_LINES)
		n = FORM_SECTION_LINES;
	if (title && is_same(section, title, keys, lines, n))
		return;
	clear(section);
	if (title) {
		section->title = mem_strdup(title);
		section->keys = keys ? mem_strdup(keys) : NULL;
		section->lines = mem_alloc((n + 1) * sizeof *section->lines);
		section->n = n;
	}
	for (size_t i = 0; title && i < n; i++)
		section->lines[i] = (struct form_side_line){
			mem_strdup(lines[i].text), lines[i].tail ? mem_strdup(lines[i].tail) : NULL,
			lines[i].role, lines[i].still
		};
	if (form->beside)
		go_beside(form);
}

void form_aside_take(struct form *form, struct form *from)
{
	form_aside_clear(form);
	for (size_t i = 0; i < FORM_SECTIONS; i++) {
		form->sections[i] = from->sections[i];
		from->sections[i] = (struct form_section){ 0 };
	}
}

bool form_aside_at(const struct form *form, unsigned *ret_section, size_t *ret_line)
{
	bool stands = form->beside && !form->reading;

	if (stands) {
		*ret_section = form->section;
		*ret_line = form->line;
	}
	return stands;
}

bool form_has_aside(const struct form *form)
{
	for (unsigned s = 0; s < FORM_SECTIONS; s++)
		if (form->sections[s].title)
			return true;
	return false;
}

/* ---- keys ---- */

static enum form_result read_key(struct form *form, struct key key)
{
	static const struct {
		struct key key;
		int by;
	} moves[] = {
		{ { UIKEY_DOWN, 0 }, 1 },	{ { 'j', 0 }, 1 },  { { UIKEY_UP, 0 }, -1 },
		{ { 'k', 0 }, -1 },		{ { UIKEY_PGDN, 0 }, 5 },
		{ { UIKEY_PGUP, 0 }, -5 },	{ { ' ', 0 }, 5 },
	};

	for (size_t i = 0; i < ARRAY_LEN(moves); i++)
		if (key_eq(key, moves[i].key)) {
			form->side_top += moves[i].by; /* kept within when it is drawn */
			if (form->side_top < 0)
				form->side_top = 0;
			return FORM_MORE;
		}
	return FORM_IGNORED;
}

enum form_result form_aside_key(struct form *form, struct key key)
{
	bool turns = key_eq(key, (struct key){ UIKEY_F1 + 5, 0 });

	if (!form->beside) {
		if (!turns || !form_has_aside(form))
			return FORM_IGNORED;
		go_beside(form);
		return FORM_MORE;
	}
	if (turns || key_eq(key, (struct key){ UIKEY_ESC, 0 }))
		form->beside = false;
	else if (form->reading)
		return read_key(form, key);
	else if (key_eq(key, (struct key){ UIKEY_DOWN, 0 }) ||
		 key_eq(key, (struct key){ 'j', 0 }))
		step(form, 1);
	else if (key_eq(key, (struct key){ UIKEY_UP, 0 }) || key_eq(key, (struct key){ 'k', 0 }))
		step(form, -1);
	else if (key.code == UIKEY_TAB)
		next_section(form, key.mods & KEY_SHIFT ? -1 : 1);
	else if (key_eq(key, (struct key){ UIKEY_ENTER, 0 }))
		return FORM_BESIDE;
	else
		return FORM_IGNORED;
	return FORM_MORE;
}

/* ---- drawing ---- */

/* Its rows: a title and its lines, for each section that is there. */
int form_aside_rows(const struct form *form)
{
	int rows = 0;

	for (unsigned s = 0; s < FORM_SECTIONS; s++)
		if (form->sections[s].title)
			rows += 1 + (int)form->sections[s].n;
	return rows;
}

static void draw_title(const struct form_section *section, struct canvas *canvas, struct area row)
{
	canvas_pad(canvas, row.row, row.col, row.cols, ROLE_HEADING, section->title, PAD_RIGHT);
}

/* Of what there is no room for, whole words go: half a time says nothing. */
static void add_tail(const char *tail, int most, struct str *out)
{
	const char *space;

	str_add(out, tail);
	while (text_columns(str_get(out)) > most && (space = strrchr(str_get(out), ' ')) != NULL)
		str_cut(out, (size_t)(space - str_get(out)));
	if (text_columns(str_get(out)) > most)
		str_clear(out);
}

static void draw_line(const struct form_side_line *line, bool at, struct canvas *canvas,
		      struct area row)
{
	struct str text = STR_INIT;
	int tail;

	add_tail(line->tail ? line->tail : "", row.cols / 2, &text);
	tail = text_columns(str_get(&text));
	canvas_pad(canvas, row.row, row.col, 2, ROLE_LIST_SELECTED, at ? "> " : "  ", PAD_RIGHT);
	canvas_pad(canvas, row.row, row.col + 2, row.cols - 2, line->role, line->text,
		   line->still ? PAD_RIGHT : PAD_MIDDLE);
	if (tail > 0) {
		canvas_pad(canvas, row.row, row.col + 2, row.cols - 3 - tail, line->role, line->text,
			   line->still ? PAD_RIGHT : PAD_MIDDLE);
		canvas_text(canvas, row.row, row.col + row.cols - tail - 1, 1, ROLE_TEXT, " ");
		canvas_pad(canvas, row.row, row.col + row.cols - tail, tail, ROLE_HINT, str_get(&text),
			   PAD_RIGHT);
	}
	str_release(&text);
}

/* Row of the cursor, counted from the first title. */
static int row_of_cursor(const struct form *form)
{
	int row = 0;

	for (unsigned s = 0; s < form->section; s++)
		if (form->sections[s].title)
			row += 1 + (int)form->sections[s].n;
	return row + 1 + (int)form->line;
}

static void scroll(struct form *form, int rows)
{
	int all = form_aside_rows(form), at = row_of_cursor(form);

	if (form->side_top > all - rows)
		form->side_top = all > rows ? all - rows : 0;
	if (!form->beside)
		form->side_top = 0;
	else if (form->reading)
		return;
	else if (at >= form->side_top + rows)
		form->side_top = at - rows + 1;
	else if (at <= form->side_top)
		form->side_top = form->line == 0 ? at - 1 : at;
}

static void draw_sections(struct form *form, struct canvas *canvas, struct area area)
{
	int row = -form->side_top;
	bool stands = form->beside && !form->reading;

	if (form->beside && form->reading)
		canvas_cursor(canvas, area.row, area.col);
	for (unsigned s = 0; s < FORM_SECTIONS; s++) {
		const struct form_section *section = &form->sections[s];

		if (!section->title)
			continue;
		for (size_t i = 0; i <= section->n; i++, row++) {
			struct area at = { area.row + row, area.col, 1, area.cols };

			if (row < 0 || row >= area.rows)
				continue;
			if (i == 0)
				draw_title(section, canvas, at);
			else
				draw_line(&section->lines[i - 1],
					  stands && form->section == s && form->line == i - 1,
					  canvas, at);
			if (stands && form->section == s && form->line + 1 == i)
				canvas_cursor(canvas, at.row, at.col);
		}
	}
}

void form_aside_draw(struct form *form, struct canvas *canvas, struct area area)
{
	canvas_erase(canvas, area);
	if (area.rows < 1)
		return;
	scroll(form, area.rows);
	draw_sections(form, canvas, area);
	if (!form->beside && form_aside_rows(form) > area.rows) {
		int cols = text_columns(_("F6 shows all"));

		canvas_text(canvas, area.row, area.col + area.cols - cols, cols, ROLE_HINT,
			    _("F6 shows all"));
	}
}

/* One row where there is no room: the titles; of what is only read, the first line too. */
void form_aside_brief(const struct form *form, struct canvas *canvas, struct area row)
{
	struct str words = STR_INIT;

	str_addf(&words, "F6 %s ", _("shows:"));
	for (unsigned s = 0; s < FORM_SECTIONS; s++) {
		const struct form_section *section = &form->sections[s];

		if (!section->title)
			continue;
		str_addf(&words, " %s ", section->title);
		if (section->n > 0 && section->lines[0].still)
			str_addf(&words, "%s ", section->lines[0].text);
	}
	canvas_pad(canvas, row.row, row.col, row.cols, ROLE_HEADING, words.s, PAD_RIGHT);
	str_release(&words);
}

const char *form_aside_help(const struct form *form)
{
	return form->sections[form->section].keys;
}
