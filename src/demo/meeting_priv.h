/* A play of meetings: what its files share. */
#ifndef DEMO_MEETING_PRIV_H
#define DEMO_MEETING_PRIV_H

#include "roster_priv.h"
#include "zhiban/demo/meeting.h"
#include "zhiban/domain/meeting.h"

enum { CASE_UNITS_MOST = 4, HARD_OF_PAST = 12, HARD_OF_NEXT = 7 };
enum { HARD_MOST = DEMO_HARD_CASES + HARD_OF_PAST + HARD_OF_NEXT };

struct hard { /* a hard case, and how it became one */
	struct uuid id;
	const struct demo_cause *cause;
	const char *title;
	const char *seat; /* who runs its loop */
	const char *units[CASE_UNITS_MOST];
	size_t n_units, unit; /* who has it now */
	struct demo_leg legs[DEMO_LEGS_MAX];
	size_t n_legs;
	int64_t at; /* of what happened last */
	struct uuid last; /* the act that it was: the next one hangs on it, and has seen all before */
	unsigned sorts; /* the rules that name it, at the demo's present */
};

struct affairs { /* all that is told */
	struct book book;
	struct hard hard[HARD_MOST];
	size_t n_hard;
	int64_t now; /* the demo's present; book.now may lie behind it */
};

struct item_plan { /* an item of one meeting */
	struct uuid id;
	struct hard *about;
	bool deferred;
};

/* --- who acts (meeting_act.c) --- */

/* An act of an organisation; who has no console was on the telephone, and the centre wrote it down. */
struct act affair_act(struct affairs *a, enum kind kind, const char *verb, const struct uuid *id,
		      const char *org, int64_t at);
/* The same by a role of the centre: duty, chief, leader. */
struct act affair_by_role(struct affairs *a, enum kind kind, const char *verb,
			  const struct uuid *id, const char *role, int64_t at);
/* book_done, when it may as well be refused: that is not counted. */
bool affair_try(struct affairs *a, const struct act *act);
const char *affair_pick(struct affairs *a, enum demo_meet_id id);
int64_t affair_minutes(struct affairs *a, int low, int high);
/* Within working hours of a working day, as it is or later. */
int64_t affair_by_day(struct affairs *a, int64_t at);
int64_t affair_day_at(const struct affairs *a, int32_t day, int minute); /* a moment of a day */
/* A minute of the n-th working day before that of a moment. */
int64_t affair_day_before(const struct affairs *a, int64_t of, int n, int minute);

/* --- hard cases (meeting_case.c) --- */

void hard_cases(struct affairs *a, int64_t n);
void hard_settled(struct affairs *a, struct hard *h, int64_t at);

/* --- meetings (meeting_play.c) --- */

enum { AGENDA_MOST = 8 };

struct sitting { /* one meeting, as it is played */
	const struct meeting_series *series;
	struct uuid id;
	int64_t starts, ends;
	struct item_plan items[AGENDA_MOST];
	size_t n_items;
	size_t nth; /* among those told */
};

/* The n-th beginning of a series before (n < 0: -1 the last) or after now (n > 0). */
int64_t series_time(const struct affairs *a, const struct meeting_series *series, int n);
const struct meeting *sitting_meeting(const struct affairs *a, const struct sitting *s);
void meetings_past(struct affairs *a, const struct meeting_series *series);
void meetings_next(struct affairs *a, const struct meeting_series *series);
/* The answer of an attendee; course: which of them he gives. */
void sitting_answer(struct affairs *a, const struct sitting *s, const struct attendee *attendee,
		    size_t course, int64_t at);

/* --- the sitting and its minutes (meeting_sit.c) --- */

void sitting_held(struct affairs *a, struct sitting *s);
void sit_minutes(struct affairs *a, const struct sitting *s, bool whole);

/* --- items and tasks (meeting_task.c) --- */

/* Brought and approved; false: it was refused. */
bool item_brought(struct affairs *a, struct item_plan *item, int64_t at, bool approved);
/* Papers are handed in, where they were asked for; of one in three nobody does. */
void item_papers(struct affairs *a, const struct item_plan *item, int64_t at);
/* Tasks are given while the meeting sits, and live from then on. */
void item_tasks(struct affairs *a, const struct sitting *s, const struct item_plan *item, int64_t at);

/* Of one village, and of one that is through with it (meeting_village.c). */
void village_resolution(struct affairs *a, const struct meeting_series *series);
/* What organisations would do next (meeting_next.c). */
void affairs_next(struct affairs *a);

#endif
