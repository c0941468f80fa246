/* What the files of the whistle engine share: one act on a whistle being decided.
 *
 * decide_whistle.c has the one table of who may do what in which step, finds whose share an act is
 * done to, runs the handler and then computes in one place what lists show.  Handlers write into
 * `after`; the effect is the difference.  Adding a child moves the others: a share is kept by its id
 * (whistling_share gives the pointer anew), never across an addition of shares. */
#ifndef ZHIBAN_DOMAIN_WHISTLE_PRIV_H
#define ZHIBAN_DOMAIN_WHISTLE_PRIV_H

#include "whistle_rows.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/whistle.h"

struct whistling {
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	int64_t eff;
	int64_t recv; /* when the server has it: from then on all others can know */
	struct arena *arena;
	const struct whistle *before; /* an empty one for blow */
	struct whistle *after;
	enum whistle_step from;
	const struct summons *summons; /* NULL only where the profile has it no longer */
	const struct summons_class *cls; /* of `after`; NULL as summons */
	const char *org;    /* the organisation as which the actor acts: by_phone.org, else his own */
	const char *should; /* whose act it is (the record on behalf); NULL: his own */
	struct uuid share;  /* the share it is done to; nil: none */
	const char *note;   /* what was merged, for the decision */
	bool again;	    /* it was done before: nothing is left to change */
	unsigned n_clocks, n_shares, n_links; /* added by this act */
	struct act *follow; /* as in struct decision */
	size_t n_follow, cap_follow;
	/* What-if (whistle_plan.c): is told each problem, and the checks go on; NULL: the first
	 * refuses. */
	void (*problem)(void *ctx, const char *sentence);
	void *problem_ctx;
};

/* Of decide_whistle_who.c, for decide_whistle.c: as which organisation the actor acts, whose share it
 * is done to, and whether he may; without arguments whether he could. */
enum err whistling_find_org(struct whistling *w, struct error *err) MUST_CHECK;
enum err whistling_find_share(struct whistling *w, const struct whistle_row *row,
			      struct error *err) MUST_CHECK;
enum err whistling_check_who(struct whistling *w, const struct whistle_row *row,
			     struct error *err) MUST_CHECK;
enum err whistling_could(struct whistling *w, const struct whistle_row *row,
			 struct error *err) MUST_CHECK;
enum err whistling_may_blow(struct whistling *w, struct error *err) MUST_CHECK;

/* The share that the act is done to, in `after`; NULL: none. */
struct summoned *whistling_share(struct whistling *w);
/* An officer of the organisation or of one within it; of the centre its own alone (all are within
 * it). */
bool whistling_is_of(const struct whistling *w, const char *own, const char *org);
/* He has the role or a higher one, or had somebody on the telephone who has (by_phone.role), at the
 * centre or in the blower's organisation. */
bool whistling_role(const struct whistling *w, const char *role);
/* The step the whistle is in now: what the one before had running stops, what the new one has starts
 * (APPROVE, CHECK, RATE with the judgement of each live share); ISSUED: every planned share is
 * asked.  Closing stops all. */
void whistling_go(struct whistling *w, enum whistle_step step);
/* "X has … already, at T": of what is not done twice. */
enum err whistling_done(const struct whistling *w, const char *who, int64_t at, struct error *err);
/* A moment as people read it, in the arena. */
const char *whistling_when(const struct whistling *w, int64_t at);
const char *whistling_org_name(const struct whistling *w, const char *org); /* never NULL */
const char *whistling_label(const struct whistling *w); /* what the act is called here */

/* What the act says of it, into `after`: words, ground, class, departments, lead
 * (decide_whistle_fill.c).  A correction calls whom it names and nobody else; other acts add. */
enum err whistling_fill(struct whistling *w, struct error *err) MUST_CHECK;
/* Its kind, its blower and whether he may (decide_whistle_blow.c); what must be there before anybody
 * else sees it. */
enum err whistling_begin(struct whistling *w, struct error *err) MUST_CHECK;
enum err whistling_complete(struct whistling *w, struct error *err) MUST_CHECK;
/* The step it would go to when it is handed in: APPROVE, CHECK or ISSUED. */
enum whistle_step whistling_next(const struct whistling *w, bool approved);
/* A refusal, or with `problem` one that is told and passed over (ERR_OK). */
enum err whistling_pass(const struct whistling *w, enum err code, struct error *err) MUST_CHECK;

/* --- shares (decide_whistle_parts.c) --- */

/* A department's new share, not asked yet; role "lead" or "assist".  ERR_INPUT, ERR_REFUSED when it
 * may not be called or has one; words: code or name. */
enum err whistling_add_share(struct whistling *w, const char *words, const char *role,
			     struct uuid *ret_id, struct error *err) MUST_CHECK;
/* It is asked: its clocks start. */
void whistling_ask(struct whistling *w, struct summoned *share);
/* It is asked nothing any more: its clocks stop.  Was it the lead, the first live one becomes it. */
void whistling_free(struct whistling *w, struct summoned *share, const char *reason);
/* That department leads (it has a live, or in a draft any, share). */
void whistling_lead(struct whistling *w, const char *org);
size_t whistling_live(const struct whistle *whistle); /* shares */

/* --- clocks (whistle_clock.c) --- */

/* Starts a clock of a share (NULL: of the whole) by the limit of the class, or to the date that was
 * stated (report_by, handle_by), unless one is running; none where the class has no limit.  Whose it
 * is its kind says.  It starts when that organisation can know of the act. */
void whistling_start(struct whistling *w, enum summons_clock kind, const struct summoned *share);
/* Stops it, if it runs; the same for all kinds about a share or a child; and for all there are. */
void whistling_stop(struct whistling *w, enum summons_clock kind, const struct summoned *share);
void whistling_drop(struct whistling *w, const struct uuid *about);
void whistling_stop_all(struct whistling *w);
/* The stopped one that was latest runs on as if it had never stopped (a report that was denied). */
void whistling_resume(struct whistling *w, enum summons_clock kind, const struct summoned *share);
struct clock *whistling_running(struct whistling *w, enum summons_clock kind,
				const struct summoned *share); /* or NULL */
/* A clock beside the loop (countersign, answer) with a limit of its own, or to a date; due or 0. */
int64_t whistling_beside(struct whistling *w, const char *kind, const struct uuid *about,
			 const char *org, const struct limit *limit);
void whistling_beside_until(struct whistling *w, const char *kind, const struct uuid *about,
			    const char *org, int64_t due);

/* The due by the clock's limit and extensions, by the calendar of today.  Later than it was before:
 * what had fired behind it may fire again. */
void whistling_redue(struct whistling *w, struct clock *clock, int64_t before);
/* The running clocks anew: those past the calendar that was known then; or all, by the limits of the
 * class in force.  A moment that somebody stated stands. */
void whistling_settle(struct whistling *w);
void whistling_refit(struct whistling *w);

/* --- what the handlers of shares tell the rest --- */

bool whistling_waits(struct whistling *w); /* somebody, for an extension */

/* Every live share is verified: then both sides rate. */
void whistling_verified(struct whistling *w);
/* With the last word of both sides it is closed. */
void whistling_said(struct whistling *w);
/* The code of an argument that must be one of a list (rules_choices_in), also by its label. */
enum err whistling_word(const struct whistling *w, const char *arg, const char **ret_code,
			struct error *err) MUST_CHECK;

#endif
