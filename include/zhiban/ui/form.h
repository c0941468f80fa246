/* A form: fields to fill in, one under the other.
 *
 * Tab, Shift-Tab, Up and Down go from field to field (Up and Down within the lines of a text
 * first); Enter goes on, in a text it breaks the line, on a choice it opens the picker, as typing
 * does; under a line there may be proposals: Down goes into them, Enter takes one, Esc or typing
 * goes back to the line; Backspace empties a choice; Ctrl-S or F10 saves, Esc leaves.  What stands
 * in the fields is the caller's to keep as a draft (form_get).  Errors stand under their fields
 * until the field changes.
 *
 * Fields that are FORM_FOLDED are hidden behind one row until F3 (or going past it) unfolds them,
 * or something stands in one.  What is known beside the fields (earlier cases here, what may be the
 * same) lies at the right from 100 columns on, else below them in the rows that are left; F6 goes in
 * and back. */
#ifndef ZHIBAN_UI_FORM_H
#define ZHIBAN_UI_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/ui/canvas.h"
#include "zhiban/ui/key.h"

enum form_type {
	FORM_LINE,
	FORM_TEXT,   /* several lines */
	FORM_CHOICE, /* one of choices; the value is the choice's value */
	FORM_MANY,   /* several of choices; values joined by "," */
	FORM_INFO,   /* shown, not edited */
};

struct form_choice {
	const char *value; /* what form_get gives */
	const char *label; /* what is shown; NULL: the value */
	const char *help;  /* beside it in the picker; may be NULL */
	const char *hint;  /* matched while typing: a code, the full name; may be NULL */
};

enum form_flags {
	FORM_REQUIRED = 1 << 0,
	FORM_OTHER = 1 << 1, /* FORM_CHOICE: what matches no choice may be taken as it was typed */
	FORM_FOLDED = 1 << 2, /* seldom needed: hidden while it is empty, until F3 */
};

struct form_field { /* arrays and strings are borrowed while the form lives */
	const char *name;
	const char *label; /* already translated */
	const char *help;  /* one line below the form while in this field; may be NULL */
	enum form_type type;
	unsigned flags;
	size_t max_chars; /* shown while typing; 0: no limit told */
	int rows;	  /* FORM_TEXT: rows it takes, 0: 4 */
	const struct form_choice *choices;
	size_t n_choices;
};

enum form_result {
	FORM_IGNORED, /* the caller's key */
	FORM_MORE,
	FORM_SAVE,  /* all required fields are filled */
	FORM_LEAVE, /* Esc */
	FORM_TOOK,  /* a proposal was taken: form_taken */
	FORM_BESIDE, /* Enter on a line beside the fields: form_aside_at */
};

struct form;

/* title: what is done to what ("Assign 22-0417 …"), copied. */
struct form *form_new(const char *title, const struct form_field *fields, size_t n);
void form_free(struct form *form);

/* By name; an unknown name is a defect of the caller (assert). */
void form_set(struct form *form, const char *name, const char *value);
const char *form_get(const struct form *form, const char *name); /* "" when empty */
void form_error(struct form *form, const char *name, const char *sentence); /* NULL takes it away */
/* More words for the line of keys ("F5 by phone"), copied; and whether a picker is open over it. */
void form_keys(struct form *form, const char *words);
bool form_picking(const struct form *form);
/* A sentence about the whole; NULL takes it away.  A hint stands there as long, but is no error. */
void form_notice(struct form *form, const char *sentence);
void form_hint(struct form *form, const char *sentence);
void form_focus(struct form *form, const char *name);
/* Into a line or text, the cursor at so many bytes of it. */
void form_goto(struct form *form, const char *name, size_t at);
const char *form_focused(const struct form *form);
/* Proposals for a FORM_LINE, shown under it while it has the focus; copied.  0 takes them away. */
void form_suggest(struct form *form, const char *name, const struct form_choice *items, size_t n);
size_t form_taken(const struct form *form); /* which of them FORM_TOOK means */
bool form_changed(const struct form *form); /* by keys, since form_new */

struct form_beside {	   /* a line beside the fields; strings are copied */
	const char *text;  /* cut in its middle where it is too long */
	const char *tail;  /* at the right, whole; may be NULL */
	enum role role;	   /* of the text */
	bool still;	   /* a sentence: the cursor does not go there */
};
enum { FORM_SECTIONS = 4, FORM_SECTION_LINES = 40 };
/* What stands in a section beside the fields, in the order of their numbers: its title, the keys that
 * work on its lines besides Enter and Esc ("M merge"; may be NULL), and its lines; title NULL takes
 * it away.  The same again changes nothing; the cursor stays in its section.
 * While the cursor is there, keys that are not the form's come back as FORM_IGNORED, and
 * form_aside_at is true. */
void form_aside(struct form *form, unsigned section, const char *title, const char *keys,
		const struct form_beside *lines, size_t n);
/* All of them move from another form, which has none then. */
void form_aside_take(struct form *form, struct form *from);
/* Whether the cursor is beside the fields, and on which line of which section. */
bool form_aside_at(const struct form *form, unsigned *ret_section, size_t *ret_line);

enum form_result form_key(struct form *form, struct key key, const char *pasted);
/* As if Ctrl-S: marks required fields that are empty and goes to the first of them: false. */
bool form_complete(struct form *form);
void form_draw(struct form *form, struct canvas *canvas, struct area area);

#endif
