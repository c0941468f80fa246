/* Acts: what an officer does to an entity.  One table (act.def) names them all. */
#ifndef ZHIBAN_DOMAIN_ACT_H
#define ZHIBAN_DOMAIN_ACT_H

#include "zhiban/domain/kind.h"

enum conflict { /* what happens when the entity has moved on since the author looked */
	CONFLICT_CREATES,
	CONFLICT_STEP,	       /* judged by the present step */
	CONFLICT_FIRST_WINS,   /* the loser is told who and when */
	CONFLICT_APPEND,       /* never conflicts */
	CONFLICT_MERGE_FIELDS, /* field by field; the loser's text is kept */
	CONFLICT_IDEMPOTENT,   /* done once; again changes nothing and says who did it */
};

enum act_flags {
	ACT_OFFLINE = 1 << 0, /* may be done with the line cut */
	ACT_BULK = 1 << 1,    /* may be done to many at once */
	ACT_SYSTEM = 1 << 2,  /* only the server itself or its administrator */
	ACT_SHARE = 1 << 3,   /* where a step works by shares: done to one share */
	ACT_STILL = 1 << 4,   /* moves nothing: who did what last with the case stays as it was */
	ACT_SELF = 1 << 5,    /* a console does it by itself: offered to nobody */
};

struct act_desc {
	const char *verb, *alias; /* alias "": none */
	enum kind target;
	const char *title; /* msgid; the profile may have a label of its own */
	const char *args;  /* as in act.def */
	enum conflict conflict;
	const char *inverse; /* verb or "none" */
	unsigned flags;
};

size_t act_desc_count(void);
const struct act_desc *act_desc_at(size_t i);
/* By verb or alias, or NULL.  Several kinds have acts of one name: find gives that of the kind that
 * comes first (the incident's), of that of a kind. */
const struct act_desc *act_desc_find(const char *verb);
const struct act_desc *act_desc_of(enum kind kind, const char *verb);
/* What stands for a verb of a newer program in its entries: takes no argument, has no name. */
const struct act_desc *act_desc_unknown(void);

struct act_arg { /* one argument an act may carry, expanded ("intake", "fix") */
	const struct field *field;
	bool required, repeat;
};
enum { ACT_ARGS_MAX = 64 };
/* Fills at most ACT_ARGS_MAX; returns how many. */
size_t act_args(const struct act_desc *desc, struct act_arg args[ACT_ARGS_MAX]);
/* The field of one argument, or NULL when the act has none of that name. */
const struct field *act_arg_field(const struct act_desc *desc, const char *name);

struct given { /* an argument given */
	const struct field *field;
	struct value value;
};

struct actor {
	const char *officer; /* name; "system" for the server itself */
	const char *org;     /* code */
	const char *role;    /* duty, chief, leader, street, dept, intake, auditor, admin, system */
};

struct target {
	enum kind kind;
	struct uuid id;
	int64_t base; /* version in the author's cache; 0 for a new one */
};

/* The act was done by telephone: somebody rang, and the actor wrote down what was said (代录).  Texts
 * are NULL when not said; without org and role it is no act on behalf of anybody. */
struct by_phone {
	const char *org;	 /* code: for which unit it was done */
	const char *role;	 /* whose approval it is ("leader"), for guards that ask for a role */
	const char *rung;	 /* who was rung; of an approval: whose it is */
	const char *answered_by; /* who answered */
	const char *wording;	 /* what was said, word for word */
	int64_t at;		 /* ms UTC; 0: not said */
};
bool by_phone_is(const struct by_phone *phone); /* something is said there */
const struct field *by_phone_fields(size_t *ret_n); /* its members, in the order of a form */

enum { ACT_EPOCH = 9 }; /* with NUL: the first 8 digits of an epoch */
enum { ACT_TARGETS_MAX = 1 }; /* of the acts so far; the wire form is a list */

struct act {
	struct uuid id;
	struct uuid console; /* nil for the server's own */
	int64_t n;	     /* contiguous counter of that console; 0 for the server's own */
	const struct act_desc *desc;
	const char *verb;    /* of an entry: as it was called there, when desc is the unknown one */
	struct target target;
	struct uuid after; /* the author's act that this one hangs on: refused with it; or nil */
	char epoch[ACT_EPOCH]; /* whose data target.base counts in; "": not said */
	struct given *given;
	size_t n_given, cap_given;
	struct actor actor;
	struct by_phone by_phone;
	int64_t at; /* the author's claim, ms UTC */
};

/* It follows from another that was admitted (see struct decision): no console sends such an act,
 * its own have its id. */
bool act_follows(const struct act *act);
const char *act_verb(const struct act *act); /* also that of a newer program */
/* The value given for an argument (the i-th of a repeated one); not set when absent. */
struct value act_value(const struct act *act, const char *name, size_t i);
bool act_gives(const struct act *act, const char *name); /* also 0, or no, or nothing */
const char *act_text(const struct act *act, const char *name); /* or NULL */
/* Adds an argument; the text is copied into the arena. */
void act_give(struct act *act, const struct field *field, struct value value, struct arena *arena);
/* Required arguments there, lengths kept, no unknown ones: ERR_INPUT with a sentence. */
enum err act_check(const struct act *act, struct error *err) MUST_CHECK;

#endif
