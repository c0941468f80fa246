/* The form of an act from within: act_form.c (the view), act_first.c (what stands in it at first),
 * act_draft.c (what is kept of it), and what stands beside it. */
#ifndef ZHIBAN_VIEWS_ACT_FORM_PRIV_H
#define ZHIBAN_VIEWS_ACT_FORM_PRIV_H

#include "act_priv.h"

struct history;

struct act_form {
	struct app *app;
	const struct act_desc *act;
	struct arena arena;
	struct act_fields fields;
	struct form *form;
	struct incident *incident; /* the target, when it is one; NULL: new, or many */
	struct uuid draft;	   /* what the draft is kept for: the target, of a new one an id of
				    * its own; nil: many */
	struct uuid replaces;	   /* the act of the desk it takes the place of; nil: none */
	const struct act *refused; /* that one */
	const char *what;	   /* about the target, above the form */
	bool phone;		   /* with the part about the call */
	bool changed;		   /* before that part was opened or shut */
	bool done;		   /* saved, or thrown away */

	int64_t typed_at, unsaved_at; /* own clock: the latest key, the first that is not in the
				       * draft; 0: none */
	int64_t look_at;	      /* when what stands beside is looked for; 0: it is */
	struct picker *templates;     /* open; NULL: not */

	/* what the lines beside the form are about; nil: nothing to be opened */
	struct uuid beside[FORM_SECTIONS][FORM_SECTION_LINES];
	struct history *history; /* being looked for; NULL: none */
};

/* ---- act_first.c ---- */
/* The act of the desk that is done again (view->replaces). */
enum err act_first_refused(struct act_form *view, struct error *err) MUST_CHECK;
/* What stands in a field before anything is typed. */
const char *act_first_value(struct act_form *view, size_t field);
/* All fields: as they were left, or as they begin. */
void act_first_fill(struct act_form *view);

/* ---- act_draft.c ---- */
/* Which draft the form goes on with: wanted, or of an act that creates the latest; else its own. */
void act_draft_choose(struct act_form *view, const struct uuid *wanted);
bool act_draft_has_call(const struct act_form *view);
/* A key came: it is kept when typing has rested, and at least once a second. */
void act_draft_typed(struct act_form *view);
void act_draft_keep(struct act_form *view); /* now, if anything is new */
void act_draft_drop(struct act_form *view);
int64_t act_draft_next(const struct act_form *view); /* own clock; INT64_MAX: nothing to do */

/* ---- act_template.c ---- */
void act_template_open(struct act_form *view); /* F4 */
bool act_template_key(struct act_form *view, struct key key, const char *pasted);
void act_template_draw(struct act_form *view, struct canvas *canvas, struct area area);
bool act_template_any(const struct act_form *view);

/* ---- act_history.c ---- */
/* Earlier cases of the place and of the caller, a slice at a time; true: there is more to do. */
void act_history_look(struct act_form *view);
bool act_history_step(struct act_form *view);
void act_history_free(struct act_form *view);

/* ---- act_form.c ---- */
void act_form_show(struct act_form *view, enum act_beside section, size_t line,
		   const struct uuid *id); /* what Enter opens there */

#endif
