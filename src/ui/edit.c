#include <config.h>

#include "zhiban/ui/edit.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { DEFAULT_CHARS = 100000, DEFAULT_COLS = 60 };

struct line { /* one line as it is wrapped */
	size_t start, len; /* bytes; spaces that hang over its end are not counted */
	size_t next;	   /* where the next one begins */
	bool last;
};

void edit_init(struct edit *edit, size_t max_chars, bool lines)
{
	memset(edit, 0, sizeof *edit);
	edit->max_chars = max_chars > 0 ? max_chars : DEFAULT_CHARS;
	edit->lines = lines;
	edit->cols = DEFAULT_COLS;
	edit->want_col = -1;
}

void edit_release(struct edit *edit)
{
	str_release(&edit->text);
}

void edit_set(struct edit *edit, const char *text)
{
	str_clear(&edit->text);
	edit->at = 0;
	edit->top = 0;
	edit_insert(edit, text, strlen(text));
}

const char *edit_text(const struct edit *edit)
{
	return str_get(&edit->text);
}

size_t edit_chars(const struct edit *edit)
{
	return text_chars(str_get(&edit->text));
}

/* The line that begins at start. */
static struct line line_at(const struct edit *edit, int cols, size_t start)
{
	const char *text = edit_text(edit);
	struct line line = { .start = start };
	size_t skip = 0;

	line.len = text_wrap(text + start, cols > 0 ? cols : 1, &skip);
	line.next = start + line.len + skip;
	line.last = line.next >= edit->text.len &&
		    (edit->text.len == 0 || text[edit->text.len - 1] != '\n' ||
		     line.next == line.start);
	return line;
}

/* The line in which the cursor stands, and its number. */
static struct line line_of_cursor(const struct edit *edit, int cols, int *ret_number)
{
	struct line line = line_at(edit, cols, 0);
	int number = 0;

	while (!line.last && edit->at >= line.next) {
		line = line_at(edit, cols, line.next);
		number++;
	}
	*ret_number = number;
	return line;
}

static int columns_between(const struct edit *edit, size_t from, size_t to)
{
	const char *text = edit_text(edit);
	uint32_t cp;
	int columns = 0;

	while (from < to) {
		from += text_next(text + from, edit->text.len - from, &cp);
		columns += text_cp_columns(cp);
	}
	return columns;
}

static size_t next_place(const struct edit *edit, size_t at)
{
	return at + text_grapheme(edit_text(edit) + at, edit->text.len - at);
}

static size_t previous_place(const struct edit *edit, size_t at)
{
	size_t place = 0, next;

	while (place < at && (next = next_place(edit, place)) < at)
		place = next;
	return place;
}

/* Whether a character may stand in a text: what text_clean would leave alone. */
static bool acceptable(const char *bytes, size_t len)
{
	struct str clean = STR_INIT;
	bool same;

	text_clean(&clean, bytes, len, false);
	same = clean.len == len && memcmp(str_get(&clean), bytes, len) == 0;
	str_release(&clean);
	return same;
}

enum edit_result edit_insert(struct edit *edit, const char *text, size_t len)
{
	size_t chars = edit_chars(edit), n, old = edit->text.len;
	struct str taken = STR_INIT;
	bool full = false;
	uint32_t cp;

	for (; !full && (n = text_next(text, len, &cp)) > 0; text += n, len -= n) {
		const char *bytes = text;
		size_t size = n;

		if (cp == '\r' || (cp == '\n' && !edit->lines) || cp == '\t')
			bytes = " ";
		else if (cp != '\n' && !acceptable(text, n))
			continue;
		if (bytes != text)
			size = 1;
		full = chars >= edit->max_chars;
		if (full)
			break;
		str_add_bytes(&taken, bytes, size);
		chars++;
	}
	str_insert(&edit->text, edit->at, str_get(&taken), taken.len);
	edit->at += taken.len;
	edit->want_col = -1;
	str_release(&taken);
	if (full)
		return EDIT_FULL;
	return edit->text.len != old ? EDIT_CHANGED : EDIT_SAME;
}

static enum edit_result remove_range(struct edit *edit, size_t from, size_t to)
{
	if (from == to)
		return EDIT_SAME;
	str_remove(&edit->text, from, to - from);
	edit->at = from;
	edit->want_col = -1;
	return EDIT_CHANGED;
}

static enum edit_result move_to(struct edit *edit, size_t at)
{
	bool moved = edit->at != at;

	edit->at = at;
	edit->want_col = -1;
	return moved ? EDIT_MOVED : EDIT_SAME;
}

static size_t line_start(const struct edit *edit)
{
	size_t at = edit->at;

	while (at > 0 && edit_text(edit)[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(const struct edit *edit)
{
	return edit->at + strcspn(edit_text(edit) + edit->at, "\n");
}

enum word_class { CLASS_SPACE, CLASS_WORD, CLASS_WIDE, CLASS_OTHER };

static enum word_class class_of(const struct edit *edit, size_t at)
{
	uint32_t cp = ' ';

	text_next(edit_text(edit) + at, edit->text.len - at, &cp);
	if (cp == ' ' || cp == '\n')
		return CLASS_SPACE;
	if (cp >= 0x80)
		return text_cp_columns(cp) == 2 ? CLASS_WIDE : CLASS_WORD;
	return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ?
		       CLASS_WORD :
		       CLASS_OTHER;
}

/* The beginning of the word before the cursor, spaces behind it included. */
static size_t word_start(const struct edit *edit)
{
	size_t at = edit->at;
	enum word_class class;

	while (at > 0 && class_of(edit, previous_place(edit, at)) == CLASS_SPACE)
		at = previous_place(edit, at);
	class = at > 0 ? class_of(edit, previous_place(edit, at)) : CLASS_SPACE;
	while (at > 0 && class_of(edit, previous_place(edit, at)) == class)
		at = previous_place(edit, at);
	return at;
}

/* Up or down a wrapped line, keeping to the column where the first of such moves began. */
static enum edit_result move_line(struct edit *edit, int step)
{
	int number, col, want;
	struct line line = line_of_cursor(edit, edit->cols, &number), to;
	size_t used;

	if (!edit->lines || (step < 0 ? number == 0 : line.last))
		return EDIT_IGNORED;
	col = columns_between(edit, line.start, edit->at);
	want = edit->want_col >= 0 ? edit->want_col : col;
	to = line_at(edit, edit->cols, 0);
	for (int i = 0; i < number + step; i++)
		to = line_at(edit, edit->cols, to.next);
	edit->at = to.start;
	for (int at_col = 0; edit->at < to.start + to.len; edit->at += used) {
		uint32_t cp;
		size_t place = edit->at;

		used = next_place(edit, place) - place;
		text_next(edit_text(edit) + place, edit->text.len - place, &cp);
		at_col += text_cp_columns(cp);
		if (at_col > want)
			break;
	}
	edit->want_col = want;
	return EDIT_MOVED;
}

enum edit_op {
	OP_LEFT, OP_RIGHT, OP_UP, OP_DOWN, OP_HOME, OP_END,
	OP_BACKSPACE, OP_DELETE, OP_TO_START, OP_TO_END, OP_WORD, OP_BREAK,
};

static const struct {
	struct key key;
	enum edit_op op;
} keys[] = {
	{ { UIKEY_LEFT, 0 }, OP_LEFT },		  { { 'b', KEY_CTRL }, OP_LEFT },
	{ { UIKEY_RIGHT, 0 }, OP_RIGHT },	  { { 'f', KEY_CTRL }, OP_RIGHT },
	{ { UIKEY_UP, 0 }, OP_UP },		  { { UIKEY_DOWN, 0 }, OP_DOWN },
	{ { UIKEY_HOME, 0 }, OP_HOME },		  { { 'a', KEY_CTRL }, OP_HOME },
	{ { UIKEY_END, 0 }, OP_END },		  { { 'e', KEY_CTRL }, OP_END },
	{ { UIKEY_BACKSPACE, 0 }, OP_BACKSPACE }, { { 'h', KEY_CTRL }, OP_BACKSPACE },
	{ { UIKEY_DEL, 0 }, OP_DELETE },	  { { 'd', KEY_CTRL }, OP_DELETE },
	{ { 'u', KEY_CTRL }, OP_TO_START },	  { { 'k', KEY_CTRL }, OP_TO_END },
	{ { 'w', KEY_CTRL }, OP_WORD },		  { { UIKEY_ENTER, 0 }, OP_BREAK },
};

static enum edit_result run(struct edit *edit, enum edit_op op)
{
	switch (op) {
	case OP_LEFT:
		return move_to(edit, previous_place(edit, edit->at));
	case OP_RIGHT:
		return move_to(edit, next_place(edit, edit->at));
	case OP_UP:
		return move_line(edit, -1);
	case OP_DOWN:
		return move_line(edit, 1);
	case OP_HOME:
		return move_to(edit, line_start(edit));
	case OP_END:
		return move_to(edit, line_end(edit));
	case OP_BACKSPACE:
		return remove_range(edit, previous_place(edit, edit->at), edit->at);
	case OP_DELETE:
		return remove_range(edit, edit->at, next_place(edit, edit->at));
	case OP_TO_START:
		return remove_range(edit, line_start(edit), edit->at);
	case OP_TO_END:
		return remove_range(edit, edit->at, line_end(edit));
	case OP_WORD:
		return remove_range(edit, word_start(edit), edit->at);
	case OP_BREAK:
		return edit->lines ? edit_insert(edit, "\n", 1) : EDIT_IGNORED;
	}
	return EDIT_IGNORED;
}

enum edit_result edit_key(struct edit *edit, struct key key)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (key_eq(keys[i].key, key))
			return run(edit, keys[i].op);
	if (key_is_text(key)) {
		struct str bytes = STR_INIT;
		enum edit_result result;

		key_utf8(key, &bytes);
		result = edit_insert(edit, str_get(&bytes), bytes.len);
		str_release(&bytes);
		return result;
	}
	return EDIT_IGNORED;
}

/* One line: scrolled sideways by whole characters so that the cursor has a cell. */
static void draw_one(struct edit *edit, struct canvas *canvas, struct area area, enum role role,
		     bool focus)
{
	if (edit->top > edit->at)
		edit->top = edit->at;
	while (edit->top < edit->at && columns_between(edit, edit->top, edit->at) > area.cols - 1)
		edit->top = next_place(edit, edit->top);
	canvas_fill(canvas, area, ' ', role);
	canvas_text(canvas, area.row, area.col, area.cols, role, edit_text(edit) + edit->top);
	if (focus)
		canvas_cursor(canvas, area.row,
			      area.col + columns_between(edit, edit->top, edit->at));
}

static void draw_lines(struct edit *edit, struct canvas *canvas, struct area area, enum role role,
		       bool focus)
{
	int number;
	struct line cursor = line_of_cursor(edit, area.cols, &number), line;
	struct str part = STR_INIT;

	if (edit->top > (size_t)number)
		edit->top = (size_t)number;
	if (edit->top + (size_t)area.rows <= (size_t)number)
		edit->top = (size_t)(number - area.rows + 1);
	canvas_fill(canvas, area, ' ', role);
	line = line_at(edit, area.cols, 0);
	for (int i = 0; i < (int)edit->top + area.rows; i++) {
		if (i >= (int)edit->top) {
			str_clear(&part);
			str_add_bytes(&part, edit_text(edit) + line.start, line.len);
			canvas_text(canvas, area.row + i - (int)edit->top, area.col, area.cols,
				    role, str_get(&part));
		}
		if (line.last)
			break;
		line = line_at(edit, area.cols, line.next);
	}
	if (focus) {
		int col = columns_between(edit, cursor.start, edit->at);

		canvas_cursor(canvas, area.row + number - (int)edit->top,
			      area.col + (col < area.cols ? col : area.cols - 1));
	}
	str_release(&part);
}

void edit_draw(struct edit *edit, struct canvas *canvas, struct area area, enum role role,
	       bool focus)
{
	if (area.rows <= 0 || area.cols <= 0)
		return;
	edit->cols = area.cols;
	if (edit->lines)
		draw_lines(edit, canvas, area, role, focus);
	else
		draw_one(edit, canvas, area, role, focus);
}

int edit_rows(const struct edit *edit, int cols)
{
	struct line line = line_at(edit, cols, 0);
	int rows = 1;

	for (; !line.last; rows++)
		line = line_at(edit, cols, line.next);
	return rows;
}
