/* What a profile says of rosters: shifts, posts, rules (rules->plans). */
#ifndef ZHIBAN_DOMAIN_ROSTER_PLAN_H
#define ZHIBAN_DOMAIN_ROSTER_PLAN_H

#include "zhiban/domain/incident.h"
#include "zhiban/domain/rules.h"

struct duty_shift {
	const char *code, *label; /* "night", 夜班 */
	int from, to;		  /* minutes of the day; to <= from: it ends on the next day */
	bool night;		  /* counts as one: rest after it, so many in a row */
	const char *mode;	  /* only in that mode, and then instead of those of none; NULL: any */
};

struct season { /* days on which a post is manned: from a day of the year to another, or a festival */
	int from_month, from_day, to_month, to_day; /* inclusive; may go over the new year */
	const char *festival; /* its days off, with the day before and behind; or NULL */
};

struct duty_post {
	const char *code, *label; /* "main", 主班 */
	const char *const *shifts; /* codes; NULL-terminated; NULL: every shift */
	int seats;
	const char *const *pool;   /* codes of organisations whose people (and of those within) may
				    * stand there, tiers, or "centre" (its own people alone); NULL:
				    * the roster's own */
	bool fit;		   /* only who has it among his posts */
	bool phone;		   /* at home, by telephone: no rest after it, beside another duty only
				    * when that is one too */
	bool standby;		   /* may be empty; counts half in the ledger */
	bool chief;		   /* answers for the shift: named in the frame, asked to witness */
	bool leader;		   /* 带班领导 */
	int rung;		   /* place in the ladder of who is rung, from 1; 0: not in it */
	const struct season *seasons; /* none: always */
	size_t n_seasons;
	const char *mode;	   /* only in that mode; NULL: any */
	bool workdays;		   /* manned on working days only */
};

struct roster_plan { /* a roster that organisations have */
	const char *code, *label; /* "centre", 指挥中心值班表 */
	const char *of;		  /* code of an organisation, or of a tier, or "centre" */
	const struct duty_shift *shifts; /* in the order of the day */
	size_t n_shifts;
	const struct duty_post *posts; /* in the order of every list */
	size_t n_posts;
	int rest_min;		  /* minutes after a night without duty; 0: none */
	int nights;		  /* in a row at most; 0: any */
	int week_most;		  /* duties in seven days at most; 0: any */
	const char *file;	  /* "weekly 5 16:00" (check_when_ok): the next week's is filed until
				   * then; NULL: it is not */
	const char *third;	  /* role, at least, that witnesses a handover; NULL: nobody needs to */
	int third_min;		  /* minutes after it; 0: 24 hours */
	const char *approve;	  /* role, at least, that approves swaps, take-overs; NULL: "chief" */
	int half_at;		  /* minute of the day of the half-night change; -1: there is none */
	const char *const *equipment; /* what is handed over; NULL-terminated, or NULL */
};

const char *roster_plan_code(const struct roster_plan *plan);
const struct roster_plan *rules_plan(const struct rules *rules, const char *code); /* or NULL */
/* The i-th plan of an organisation (its own code, its tier, or "centre"), NULL behind the last; those
 * that name it come before those of its tier. */
const struct roster_plan *rules_plan_of(const struct rules *rules, const char *org, size_t i);
const struct duty_shift *plan_shift(const struct roster_plan *plan, const char *code); /* or NULL */
const struct duty_post *plan_post(const struct roster_plan *plan, const char *code);   /* or NULL */
/* Whether an organisation reads rosters at all (it has a plan, or stands above one that has). */
bool roster_reader(const struct rules *rules, const char *org);

#endif
