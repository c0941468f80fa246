/* Acts: begun, asked for by forms, done. */
#ifndef ZHIBAN_VIEWS_ACT_PRIV_H
#define ZHIBAN_VIEWS_ACT_PRIV_H

#include "app_priv.h"
#include "zhiban/model/subject.h"

/* ---- acts.c ---- */
/* Begins an act on what is selected or marked: asks, or opens its form. */
unsigned acts_begin(struct app *app, const struct act_desc *act);
/* The one target of an act that is done again; none of one that creates. */
void acts_target(struct app *app, const struct act_desc *act, const struct uuid *id);
struct deed { /* an act with what was typed for it */
	const struct act_desc *act;
	const struct given *given;
	size_t n_given;
	struct by_phone phone;
};
/* Does it to the targets.  ERR_OK: all or some are done, ret_flags says what to draw, and a notice
 * or a page tells how each went; else none was, with the sentence. */
enum err acts_do(struct app *app, const struct deed *deed, unsigned *ret_flags, struct error *err)
	MUST_CHECK;
/* As a new act that takes the place of one on the desk. */
enum err acts_again(struct app *app, const struct uuid *replaces, const struct deed *deed,
		    unsigned *ret_flags, struct error *err) MUST_CHECK;
/* Something was put in the outbox or taken from it: takes the change in, wakes the worker. */
unsigned acts_done(struct app *app, const struct uuid *target);
unsigned acts_undo(struct app *app);

/* ---- act_preset.c ----
 * What is chosen before an act's form opens (a seat, a person, a duty): it is sent along, and the form
 * asks only for the rest.  It lasts until another act is begun. */
struct preset;
void act_preset_begin(struct app *app, const struct act_desc *act, const struct selection *target);
void act_preset_text(struct app *app, const char *arg, const char *text);
void act_preset_num(struct app *app, const char *arg, int64_t num);
void act_preset_without(struct app *app, const char *arg); /* a literal: not given, and not asked for */
/* Above the form: what it is about; under its title: why words are asked for. */
void act_preset_what(struct app *app, const char *what);
void act_preset_drop(struct app *app);
const struct given *act_preset_of(const struct app *app, const struct act_desc *act, size_t *ret_n);
bool act_preset_has(const struct app *app, const struct act_desc *act, const char *arg);
const char *act_preset_line(const struct app *app, const struct act_desc *act); /* or NULL */
const char *act_preset_hint(const struct app *app, const struct act_desc *act); /* or NULL */
/* Does it as it is; what a rule refuses opens the form, with why.  again: it opens the form anyhow. */
unsigned act_preset_go(struct app *app, bool form);

/* ---- act_fields.c, act_given.c: forms from the descriptors ---- */
struct act_fields {
	const struct act_desc *act;
	bool again; /* an act of the desk is done otherwise */
	struct form_field *fields;
	const struct field **args; /* what each of them is */
	size_t n, n_act;	   /* all; those of the act: behind them what was said by telephone */
};
/* subject: the target, when it is one; NULL: new, or many.  summons: of a new whistle, which kind its
 * lists are of; NULL: any.  phone: with the part about the call. */
void act_fields_build(struct app *app, const struct act_desc *act, const struct subject *subject,
		      const struct summons *summons, bool phone, struct arena *arena,
		      struct act_fields *ret_fields);
/* What stands in a field of the target, as the form of a correction begins with it; personal fields
 * begin empty. */
const char *act_fields_present(struct app *app, const struct field *field,
			       const struct subject *subject, struct arena *arena);
/* A correction: its form begins with what stands there, and only what differs is sent. */
bool act_fields_corrects(const struct act_desc *act);
/* What an act carries in that field, as its form takes it; NULL: nothing. */
const char *act_fields_carried(struct app *app, const struct field *field, const struct act *act,
			       struct arena *arena);
/* What was typed as arguments; only what differs from the target (NULL: all that is not empty).
 * ERR_INPUT: ret_field names the field it is about. */
enum err act_fields_given(struct app *app, const struct act_fields *fields, const struct form *form,
			  const struct subject *subject, struct arena *arena,
			  struct given **ret_given, size_t *ret_n, const char **ret_field,
			  struct error *err) MUST_CHECK;
/* What was said by telephone; as the form takes what is there already. */
enum err act_fields_phone(struct app *app, const struct act_fields *fields, const struct form *form,
			  struct arena *arena, struct by_phone *phone, const char **ret_field,
			  struct error *err) MUST_CHECK;
const char *act_fields_phone_present(struct app *app, const struct field *field,
				     const struct by_phone *phone, struct arena *arena);

/* What stands beside a form (form_aside), top to bottom; each is filled by its own file when typing
 * has rested. */
enum act_beside { BESIDE_ASK, BESIDE_SAME, BESIDE_PLACE, BESIDE_CALLER };
enum { BESIDE_PROBLEMS, BESIDE_PLAN }; /* of a whistle: what stands in the way, who must come when */

/* ---- merge.c ---- */
/* Asks whether these shall be one, and into which of them the others go; or says why not. */
unsigned merge_begin(struct app *app, const struct uuid *ids, size_t n);
/* The marked ones; of one, or of the selected one, those that are like it are shown first. */
unsigned merge_marked(struct app *app);
/* Into which one, as the argument of the act; text must outlive it. */
void merge_given(const struct act_desc *act, const struct uuid *lead, char text[UUID_TEXT],
		 struct given *ret_given);
/* Whether others can be merged into it; else it is said why not. */
bool merge_can_lead(struct app *app, const struct uuid *lead);
/* One that was just registered, without a question. */
unsigned merge_new(struct app *app, const struct uuid *child, const struct uuid *lead);

/* ---- act_place.c ---- */
/* Proposals under the address while it is typed; taking one fills in whose grid it is. */
void act_place_propose(struct app *app, const struct act_fields *fields, struct form *form);
void act_place_take(struct app *app, const struct act_fields *fields, struct form *form);
/* The card of an address, or with no words of the selected incident's place. */
unsigned act_place_card(struct app *app, const char *words);

struct question { /* arg of form_view and confirm_view; the targets are the app's */
	const struct act_desc *act;
	struct uuid replaces; /* of form_view: an act of the desk that is done otherwise; nil: none */
	bool phone; /* of form_view: it begins with the part about the call */
	struct uuid draft; /* of form_view: which draft it goes on with; nil: the latest */
	bool fresh;	   /* of form_view: none, it begins anew */
	const struct act_desc *undoes; /* of form_view: the act that it answers; NULL: none */
	struct uuid lead; /* of merge: into which; nil: still to be said */
};

/* ---- act_form.c, act_draft.c ---- */
unsigned act_history_told(struct app *app, const struct tell *tell); /* the server, of a caller */
int64_t act_form_next(const void *state); /* when it must tick, own clock */
/* What an act that was taken back had been given becomes a draft; false: it had no words. */
bool act_draft_of(struct app *app, const struct act *act);
extern const struct view_ops drafts_view; /* what was typed and not sent, to go on with */

/* ---- meeting_answer.c ---- */
struct meeting;
/* What stands in the way of whom an answer sends instead; "" nothing, or it is no such answer. */
const char *answer_comer_clash(struct app *app, const struct act_desc *act,
			       const struct meeting *meeting, const char *comer,
			       struct arena *arena);

#endif
