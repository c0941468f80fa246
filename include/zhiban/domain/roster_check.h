/* What of a roster breaks a rule: the same findings mark the grid, refuse an edit, and are what no
 * built month may have.  Pure. */
#ifndef ZHIBAN_DOMAIN_ROSTER_CHECK_H
#define ZHIBAN_DOMAIN_ROSTER_CHECK_H

#include "zhiban/domain/roster.h"

/* What the rules between two duties of one person look at.  A duty by telephone (post->phone) overlaps
 * with none but another such, makes nobody tired, counts neither as a night nor in the week.  A duty
 * elsewhere (view->others) is only looked at for overlaps. */
enum breach {
	BREACH_GAP,	 /* nobody stands there */
	BREACH_DOUBLE,	 /* two duties of one person overlap */
	BREACH_REST,	 /* begins less than rest_min behind the end of a night */
	BREACH_NIGHTS,	 /* nights of more than that many days in a row */
	BREACH_WEEK,	 /* too many duties that begin in any seven days */
	BREACH_OFF,	 /* he is away, or has left */
	BREACH_UNFIT,	 /* not fit for the post */
	BREACH_POOL,	 /* his organisation is not in the pool */
	BREACH_SHIFT,	 /* he does not stand that shift, or on that weekday */
	BREACH_MOST,	 /* more duties in a month of this plan than his most, those by telephone too */
	BREACHES
};
const char *breach_code(enum breach breach);   /* "gap" … : turn.despite */
const char *breach_label(enum breach breach);  /* translated: 空岗 */
enum breach breach_find(const char *code);     /* BREACHES: none */
bool breach_hard(enum breach breach);	       /* never, whatever reason is given: double */

/* All that is looked at: duties of whatever rosters (the month before, the one after, other
 * organisations'), and the people. */
struct roster_view {
	const struct rules *rules;
	const struct roster_plan *plan;
	const struct roster *const *rosters; /* of this plan and organisation, in the order of months */
	size_t n_rosters;
	const struct roster *const *others; /* elsewhere: only overlaps are looked for */
	size_t n_others;
	const struct staff *const *staff;
	size_t n_staff;
	const char *mode; /* in force; NULL: peacetime */
	const char *org;  /* whose roster it is; NULL: that of the first of rosters */
};

struct finding {
	enum breach breach;
	struct need need;	   /* which seat; what the plan no longer has is NULL */
	const struct turn *turn;   /* NULL of a gap */
	const struct turn *with;   /* the other duty, of double and rest; or NULL */
	const struct staff *staff; /* or NULL */
};
/* Those of days [from, to), by day, shift, post, seat; in the arena. */
void roster_findings(const struct roster_view *view, int32_t from, int32_t to, struct arena *arena,
		     struct finding **ret_findings, size_t *ret_n);
/* The breaches that lie in him and the seat alone (OFF, UNFIT, POOL, SHIFT), as bits. */
unsigned roster_person_breaks(const struct roster_view *view, const struct need *need,
			      const struct staff *staff);
/* Whether somebody could take one seat as things are (a turn `instead` of his counts as given up; NULL:
 * none): the breaches as bits of 1 << enum breach, 0: none. */
unsigned roster_would_break(const struct roster_view *view, const struct need *need,
			    const struct staff *staff, const struct turn *instead);
/* The same as findings, at most one of each breach, in their order; returns how many. */
size_t roster_would_find(const struct roster_view *view, const struct need *need,
			 const struct staff *staff, const struct turn *instead,
			 struct finding findings[BREACHES]);
/* The duties of the view by person and beginning: the same answers for many seats, without going
 * through all rosters for each.  The view must outlive it. */
struct roster_books;
struct roster_books *roster_books_new(const struct roster_view *view, struct arena *arena);
unsigned roster_books_break(const struct roster_books *books, const struct need *need,
			    const struct staff *staff, const struct turn *instead);
/* The person of an id, or NULL. */
const struct staff *roster_staff(const struct roster_view *view, const struct uuid *id);
/* Whether people of `staff_org` are in the pool of a post of the roster of `org`. */
bool post_pool_has(const struct rules *rules, const struct duty_post *post, const char *org,
		   const char *staff_org);
/* "李敏 12-03 夜班: too little rest after 12-02 夜班": a sentence for a person. */
void finding_words(const struct rules *rules, const struct finding *finding, struct str *out);

#endif
