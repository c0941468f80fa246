/* What the files of rosters share. */
#ifndef ZHIBAN_DOMAIN_ROSTER_PRIV_H
#define ZHIBAN_DOMAIN_ROSTER_PRIV_H

#include "zhiban/domain/roster_check.h"

struct duty_span {
	int64_t starts, ends; /* ms UTC, [starts, ends) */
};
/* The shift that begins on a day; roster_need.c. */
struct duty_span shift_span(const struct rules *rules, const struct duty_shift *shift, int32_t day);

/* Whether a post is manned in a shift and has that seat, whatever the season. */
bool plan_has_seat(const struct duty_shift *shift, const struct duty_post *post, int seat);

/* Whose roster a view is of, or NULL; roster_person.c. */
const char *view_org(const struct roster_view *view);

/* --- duties of a person (roster_held.c) --- */

struct held { /* a duty of somebody */
	const struct turn *turn; /* NULL: one that he could take */
	struct uuid staff;
	int64_t starts, ends;
	int32_t day;
	bool night, phone, here;
};
struct roster_books {
	const struct roster_view *view;
	struct held *held; /* by person, then by beginning */
	size_t n;
};
struct run { /* all duties of one person, less what is given up, with the one that is judged */
	const struct held *held;
	size_t n;
	const struct held *one;
};
struct found { /* what of one duty breaks a rule */
	unsigned breaks;
	const struct turn *with[BREACHES];
};
struct run held_run(const struct roster_books *books, const struct uuid *staff);
/* whole: what stands behind it counts too (somebody could take it); else each is told of what stands
 * before it, so that only the one too many is marked. */
void held_judge(const struct roster_view *view, const struct run *run, const struct staff *staff,
		bool whole, struct found *found);

#endif
