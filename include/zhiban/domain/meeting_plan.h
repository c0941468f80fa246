/* What a profile says of joint meetings: series, their stages, rooms, what puts a case to the meeting,
 * the clocks of tasks (rules->series …). */
#ifndef ZHIBAN_DOMAIN_MEETING_PLAN_H
#define ZHIBAN_DOMAIN_MEETING_PLAN_H

#include "zhiban/domain/custom.h"

struct share { /* of a number of people: at least, or more than, part/whole; part 0: nothing is asked */
	int part, whole;
	bool more;
};
size_t share_least(const struct share *share, size_t n); /* how many that are, at the least */

struct meeting_stage { /* of a staged meeting, in order: 支部提议, 两委商议 …; publications come last */
	const char *code, *label;
	const char *who;	/* who sits, in words: 村民代表 */
	struct share quorum;	/* of those entitled: two thirds, more than half */
	int pass_percent;	/* of those present, more than: 50; 0: no vote, it is said to pass */
	bool published;		/* a publication: a dated record, no vote */
	struct limit within;	/* from the stage before; LIMIT_NONE: no clock */
};

enum meeting_clock { /* kinds of the clock child of a meeting */
	MEETING_PAPERS,	/* whoever owes papers, one clock for all */
	MEETING_ANSWER,	/* of one attendee: to the invitation */
	MEETING_MINUTES, /* the secretary's: to hand them in, from the end of the sitting */
	MEETING_SIGN,	/* of one attendee: to countersign */
	MEETING_APPROVE,
	MEETING_STAGE,	/* the next stage, or publication */
	MEETING_CLOCKS
};
const char *meeting_clock_code(enum meeting_clock clock); /* "papers", "answer" … */
const char *meeting_clock_label(enum meeting_clock clock); /* translated */

struct meeting_series { /* one kind of meeting; `single` ones are those of no rhythm */
	const char *code, *label; /* "weekly", 联席工作例会 */
	const char *of;		  /* who convenes: code of an organisation, of a tier, or "centre" */
	const char *role;	  /* at least, to draw one up; NULL: any officer there */
	const char *when;	  /* "weekly 3 14:30" (check_when_ok); NULL: single, as needed */
	int length_min;		  /* planned, 0: by its items */
	int item_min;		  /* minutes an item gets */
	int items_most;		  /* 0: any */
	const char *chair[2];	  /* who chairs, in words: 区委副书记、政法委书记; [1] NULL: one chair */
	const char *const *must;  /* who always sits, mandatory: codes, tiers, "centre"; or NULL */
	const char *const *may;	  /* that always are invited */
	int quorum_percent;	  /* of the attendees; 0: the mandatory ones are enough */
	const char *item_role;	  /* role, at least, that approves items; NULL: nobody needs to */
	const char *minutes_role; /* role, at least, that approves the minutes; NULL: nobody */
	bool signed_by_all;	  /* the minutes are countersigned by the mandatory attendees */
	struct limit papers;	  /* how long before it papers are due ("1wd"); or LIMIT_NONE */
	struct limit limits[MEETING_CLOCKS]; /* LIMIT_NONE: no such clock */
	const char *doc;	  /* word of the minutes' number: 天联纪; NULL: they have none */
	const char *office;	  /* who issues them: 天宁区社会治理联席会议办公室; NULL: the title */
	const char *main_to, *copy_to; /* 主送, 抄送, as a line each; or NULL */
	const struct meeting_stage *stages; /* none: an ordinary one */
	size_t n_stages;
};

struct meeting_room {
	const char *name; /* also in rules->rooms */
	int seats;	  /* 0: not said */
	const char *line; /* conference line; or NULL */
	bool is_line;	  /* no room: a line that is booked by itself */
};

enum nominee_sort { /* why a case is put to the meeting, in the order in which it is told */
	NOMINEE_HAND,	    /* 提会: somebody put it there */
	NOMINEE_HARD,	    /* 疑难 */
	NOMINEE_RETURNED,   /* returned that often */
	NOMINEE_ESCALATED,  /* sent up to the highest level */
	NOMINEE_SHELVED,
	NOMINEE_OVERDUE,    /* that many of its clocks ran out */
	NOMINEE_REWORKED,
	NOMINEE_SUPERVISED,
	NOMINEE_DISPUTED,   /* a whistle: departments dispute it */
	NOMINEE_UNANSWERED, /* a whistle: not signed when it should have been */
	NOMINEE_SORTS
};
struct nominee_rule {
	enum nominee_sort sort;
	int at_least;	   /* returns, clocks, reworks; 0 or 1: one is enough */
	const char *label; /* as the list says it; NULL: the usual words */
};

struct meeting_rules { /* rules->meetings */
	const struct meeting_series *series; /* the first is the usual one */
	size_t n_series;
	const struct meeting_room *rooms; /* in the order of the list */
	size_t n_rooms;
	const struct nominee_rule *nominees;
	size_t n_nominees;
	struct limit sign, handle, verify;  /* of a task; handle when neither date nor limit was said */
	const struct clock_rule *clocks;    /* labels and timeouts of those kinds, as of summonses */
	size_t n_clocks;
	const struct extension_row *extensions;
	size_t n_extensions;
};

struct rules;
const struct meeting_series *rules_series(const struct rules *rules, const char *code); /* or NULL */
/* The i-th series that an organisation convenes, NULL behind the last. */
const struct meeting_series *rules_series_of(const struct rules *rules, const char *org, size_t i);
/* Who convenes one when an officer of `org` draws it up: that organisation, or the nearest above it
 * that does (of the centre its own officers alone); its code, or NULL. */
const char *series_convener(const struct rules *rules, const struct meeting_series *series,
			    const char *org);
/* When the next one begins by the rhythm, after that moment, on a working day; 0: it has no rhythm,
 * or none within a year. */
int64_t series_next(const struct rules *rules, const struct meeting_series *series, int64_t after);
const struct meeting_stage *series_stage(const struct meeting_series *series, const char *code);
/* When a series usually meets on the days [from, to), ms UTC, ascending; at most `most`; returns
 * how many. */
size_t series_usual(const struct rules *rules, const struct meeting_series *series, int32_t from,
		    int32_t to, int64_t *ret_moments, size_t most);
const struct meeting_room *rules_room(const struct rules *rules, const char *name); /* or NULL */

#endif
