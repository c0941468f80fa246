/* What becomes of a warning: by the rules of the profile a notice, an incident, or nothing; a message
 * that refers to one before it amends or lifts what that made.
 *
 * Pure: what came in before is asked of the caller.  The ids of the acts are made of sender and
 * identifier, so that the same message is the same act again. */
#ifndef ZHIBAN_WIRE_CAP_ACT_H
#define ZHIBAN_WIRE_CAP_ACT_H

#include "zhiban/domain/rules.h"
#include "zhiban/wire/cap.h"

enum cap_outcome {
	CAP_NOTHING,
	CAP_KNOWN,    /* this message came in before */
	CAP_POST,     /* a notice */
	CAP_AMEND,    /* of the notice it refers to */
	CAP_LIFT,
	CAP_REGISTER, /* an incident */
	CAP_NOTE,     /* on the incident it refers to */
};

struct cap_ctx {
	const struct rules *rules;
	struct actor actor;
	const char *source; /* of what is made; NULL: the profile's for warnings */
	int64_t now; /* what has expired by then makes nothing */
	/* Whether that message came in, and what it made; *ret_target's base is its version. */
	bool (*known)(void *ctx, const char *sender, const char *identifier,
		      struct target *ret_target);
	void *ctx;
};
struct cap_verdict {
	enum cap_outcome outcome;
	const char *rule;  /* that decided, or NULL */
	const char *why;   /* CAP_NOTHING: in words */
	const char *title; /* of the warning, for people */
	const char *level;
	struct act act; /* of the outcomes from CAP_POST on */
};
/* ERR_INPUT: what it says does not fit (a text too long …). */
enum err cap_act(const struct cap_ctx *ctx, const struct cap_alert *alert, struct arena *arena,
		 struct cap_verdict *ret_verdict, struct error *err) MUST_CHECK;
const char *cap_outcome_name(enum cap_outcome outcome); /* "posted": for programs */

struct cap_answer { /* what is told of one message; NULL and nil: not said */
	const char *message; /* its identifier */
	const char *outcome; /* cap_outcome_name, or "rejected" */
	const char *rule, *level, *title, *number, *why;
	struct uuid id; /* of the notice or incident */
};
void cap_answer(const struct cap_answer *answer, struct str *out); /* as JSON */

/* Whether an area is the jurisdiction's, a part of it, or has it as a part. */
bool cap_area_is_ours(const struct rules *rules, const struct cap_area *area);

#endif
