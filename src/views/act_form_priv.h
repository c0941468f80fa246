/* The form of an act from within: act_form.c (the view), act_first.c (what stands in it at first),
 * act_draft.c (what is kept of it), and what stands beside it. */
#ifndef ZHIBAN_VIEWS_ACT_FORM_PRIV_H
#define ZHIBAN_VIEWS_ACT_FORM_PRIV_H

#include "act_priv.h"
#include "zhiban/client/worker.h"
#include "zhiban/domain/phone.h"

struct history;

struct act_form {
	struct app *app;
	const struct act_desc *act;
	struct arena arena;
	struct act_fields fields;
	struct form *form;
	struct subject subject;	   /* the target, when it is one */
	bool has_subject;
	struct incident *incident; /* the same, when that is an incident; NULL: new, many, a whistle */
	const char *share;	   /* whose share was under the cursor, or NULL */
	struct uuid draft;	   /* what the draft is kept for: the target, of a new one an id of
				    * its own; nil: many */
	struct uuid replaces;	   /* the act of the desk it takes the place of; nil: none */
	const struct act *refused; /* that one */
	const char *what;	   /* about the target, above the form */
	char summons[24];	   /* of a new whistle: whose lists the form has */
	char report_by[24];	   /* as the class has filled it in: nobody stated it */
	char report_help[160];	   /* within which bounds it may be stated */
	bool phone;		   /* with the part about the call */
	bool changed;		   /* before that part was opened or shut */
	char warned[88];	   /* of whom it was said that something stands in his way */
	bool done;		   /* saved, or thrown away */
	bool preset;		   /* most of it was chosen on the screen: no draft is kept */

	int64_t typed_at, unsaved_at; /* own clock: the latest key, the first that is not in the
				       * draft; 0: none */
	int64_t look_at;	      /* when what stands beside is looked for; 0: it is */
	struct picker *templates;     /* open; NULL: not */
	bool filled;		      /* by one of them: blanks may be left */

	/* what the lines beside the form are about; nil: nothing to be opened */
	struct uuid beside[FORM_SECTIONS][FORM_SECTION_LINES];
	struct history *history; /* act_history.c's; NULL: none */
	bool looking;		 /* it is not done */
	int64_t ask_at;		 /* own clock: the server is asked about the number; 0: it is not */
	char ask_digits[PHONE_DIGITS]; /* about which, or which it was asked about */
	enum { CALLER_NOT, CALLER_ASKED, CALLER_TOLD, CALLER_FAILED } caller;
	struct client_callers told; /* CALLER_TOLD */
	char untold[512]; /* CALLER_FAILED: why, where that is worth a line */
	bool stepping;		 /* some of them have more to do */
};

/* The target as the fields ask for it: NULL: new, or many. */
const struct subject *act_form_subject(const struct act_form *view);

/* ---- act_blow.c: a whistle while it is typed ---- */
const struct summons *act_blow_summons(const struct act_form *view); /* or NULL */
bool act_blow_is(const struct act_form *view); /* the form plans a whistle: blow, revise, issue */
/* A new one that must be recorded for another organisation. */
bool act_blow_for(const struct act_form *view);
/* For whom, by where the case is; NULL: it must be said. */
const char *act_blow_whose(struct act_form *view);
/* The kind was changed: the form's lists are others. */
bool act_blow_turned(struct act_form *view);
/* What a field begins with, from the cases it is blown for; NULL: nothing. */
const char *act_blow_first(struct act_form *view, const struct field *field);
/* The plan of what stands in the form, as a page with each day counted. */
unsigned act_blow_page(struct act_form *view);
extern const struct act_beside_ops act_plan; /* act_plan.c: who must come by when */

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
/* F4: the list of what fills the form in; while a blank is left, to the next of them. */
void act_template_open(struct act_form *view);
bool act_template_any(const struct act_form *view); /* the profile has some for this act */
/* A key of the open list. */
void act_template_key(struct act_form *view, struct key key, const char *pasted);
void act_template_draw(struct act_form *view, struct canvas *canvas, struct area area);
/* A field that has a blank left, to be told before it is sent; NULL: none. */
const char *act_template_blank(const struct act_form *view);

/* ---- act_whom.c ---- */
bool act_whom_is(const struct act_form *view); /* the field names whom to ring, or a leader */
void act_whom_propose(struct act_form *view);
void act_whom_take(struct act_form *view);

/* ---- what stands beside the form ---- */
/* When typing has rested look is called, then step in idle time while it returns true (a slice is
 * about 2 ms); they fill their section by form_aside, and view->beside for Enter.  key: one that the
 * cursor on a line of section has got, full-width ones narrowed; UI_IGNORED.  All but look may be
 * NULL. */
struct act_beside_ops {
	void (*look)(struct act_form *view);
	bool (*step)(struct act_form *view);
	unsigned (*key)(struct act_form *view, unsigned section, size_t line, struct key key);
	void (*forget)(struct act_form *view);
};
extern const struct act_beside_ops act_same; /* act_same.c: what may be the same */
extern const struct act_beside_ops act_history; /* act_history.c: of the place and of the caller */

/* ---- act_form.c ---- */
/* Registers what was typed, as Ctrl-S does, and merges it into that one. */
unsigned act_form_save_into(struct act_form *view, const struct uuid *lead);

/* ---- act_beside.c ---- */
void act_beside_later(struct act_form *view); /* something was typed */
int64_t act_beside_next(const struct act_form *view); /* own clock; INT64_MAX: nothing to do */
unsigned act_beside_look(struct act_form *view);
unsigned act_beside_open(struct act_form *view); /* Enter on a line */
unsigned act_beside_key(struct act_form *view, struct key pressed);
void act_beside_forget(struct act_form *view);

#endif
