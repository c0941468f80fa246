/* A form from within: form.c (fields and keys) and form_draw.c (how it looks). */
#ifndef ZHIBAN_UI_FORM_PRIV_H
#define ZHIBAN_UI_FORM_PRIV_H

#include "zhiban/ui/edit.h"
#include "zhiban/ui/form.h"
#include "zhiban/ui/picker.h"

enum { FORM_TEXT_ROWS = 4 };

struct form_entry {
	struct edit edit; /* the value; of choices their values */
	char *error;
	bool full; /* the last key found no room */
};

enum { FORM_PROPOSALS = 8 };

struct form_proposal { /* copied */
	char *label, *help;
};

struct form_side_line {
	char *text, *tail;
	enum role role;
	bool still;
};

struct form_section { /* beside the fields; title NULL: not there */
	char *title, *keys;
	struct form_side_line *lines;
	size_t n;
};

struct form {
	char *title, *notice, *keys;
	const struct form_field *fields;
	struct form_entry *entries;
	size_t n, focus;
	bool changed;
	bool hints; /* the notice is no error */
	struct picker *picker; /* open above the focused choice */
	struct form_proposal proposals[FORM_PROPOSALS];
	size_t n_proposals, proposed_for; /* field */
	size_t at, taken;		  /* at: the one under the cursor, from 1; 0: in the line */
	int top;	       /* first row of the fields that is shown */
	bool unfolded;	       /* by F3 */
	struct form_section sections[FORM_SECTIONS];
	bool beside;	       /* the cursor is there, not in the fields */
	bool reading;	       /* no line there can be stood on: they are scrolled */
	unsigned section;      /* where it is, or was */
	size_t line;
	int side_top;	       /* first row of the sections that is shown */
};

bool form_is_choice(const struct form_field *field);
/* The choice of a value of len bytes; NULL when it is none of them. */
const struct form_choice *form_choice_of(const struct form_field *field, const char *value,
					 size_t len);

/* Proposals (form_suggest.c): whether the focused field has some; a key among them. */
bool form_proposes(const struct form *form);
enum form_result form_proposal_key(struct form *form, struct key key);
void form_proposals_clear(struct form *form);

/* Folding (form.c): whether a field is hidden now; whether any would be. */
bool form_hides(const struct form *form, size_t index);
bool form_folds(const struct form *form);

/* Beside the fields (form_aside.c). */
enum form_result form_aside_key(struct form *form, struct key key);
bool form_has_aside(const struct form *form);
int form_aside_rows(const struct form *form); /* that all of it would take */
void form_aside_draw(struct form *form, struct canvas *canvas, struct area area);
void form_aside_brief(const struct form *form, struct canvas *canvas, struct area row);
const char *form_aside_help(const struct form *form);
void form_aside_clear(struct form *form);

#endif
