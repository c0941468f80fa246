/* An act whose fields are asked for: plain_act.c asks, plain_beside.c tells what a form would show
 * beside it, plain_draft.c keeps what was given. */
#ifndef ZHIBAN_CONSOLE_PLAIN_ASK_H
#define ZHIBAN_CONSOLE_PLAIN_ASK_H

#include "plain_priv.h"
#include "zhiban/model/history.h"

enum { PLAIN_OFFERED = 9, PLAIN_SAME = 3 };

struct plain_asking {
	const struct act_desc *act;
	struct uuid id;
	struct given given[ACT_ARGS_MAX];
	size_t n;
	struct by_phone phone;
	struct act_arg args[ACT_ARGS_MAX];
	size_t n_args, at; /* args[at] is asked for; n_args: whether it shall be done */
	bool blank;	   /* of args[at] only the "__" that a template left */
	const char *offered[PLAIN_OFFERED]; /* words that 1 to 9 stand for */
	size_t n_offered;
	bool templates; /* these are templates */
	/* as it was typed, for a draft */
	const char *names[ACT_ARGS_MAX], *words[ACT_ARGS_MAX];
	size_t n_words;
	struct uuid draft; /* nil: none yet */
	bool changed;	   /* since the draft was kept */
	/* beside a registration */
	struct uuid same[PLAIN_SAME];
	size_t n_same;
	struct history *history;
	struct arena arena; /* of what was given */
};

/* One FIELD and its VALUE, in the place of what was given before; phone.KEY: what was said by
 * telephone; template: one of the profile's. */
enum err plain_take_field(struct plain *plain, const char *name, const char *words,
			  struct error *err) MUST_CHECK;
/* Asks for an act on that incident, going on with the draft that there is of it. */
void plain_ask_begin(struct plain *plain, const struct act_desc *act, const struct uuid *id);
/* Goes on with a draft of something new. */
void plain_ask_resume(struct plain *plain, const struct act_desc *act, const struct draft *draft);
void plain_ask_on(struct plain *plain); /* to the next that is needed */
const struct given *plain_given(const struct plain_asking *asking, const char *name); /* or NULL */

/* "FIELD=VALUE …": a word without "=" belongs to the value before it.  Writes into rest. */
enum err plain_take_fields(struct plain *plain, char *rest, struct error *err) MUST_CHECK;
/* By its name or its title; NULL: the act has no such field. */
const struct field *plain_field_called(const struct plain_asking *asking, const char *name);
enum err plain_do(struct plain *plain); /* what came of it is said */
void plain_settle(struct plain *plain); /* keeps what was given so far, tells what stands beside it */
void plain_say_given(struct plain *plain, const char *name); /* its title and value, in words */

/* ---- plain_beside.c ---- */
/* Says what is new: what may be the same, what happened there, what the caller said before. */
void plain_beside_look(struct plain *plain);
/* Templates of the act that is asked for: whether there are any; offered by numbers; filled in by
 * code, name or number. */
bool plain_template_any(struct plain *plain);
void plain_template_offer(struct plain *plain, struct str *out);
enum err plain_template_take(struct plain *plain, const char *word, struct error *err) MUST_CHECK;

/* ---- plain_draft.c ---- */
void plain_draft_find(struct plain *plain); /* gives what was left, or says that it is kept */
void plain_draft_take(struct plain *plain, const struct draft *draft);
bool plain_draft_keep(struct plain *plain); /* false: nothing to keep */
void plain_draft_drop(struct plain *plain);

#endif
