/* When a meeting could be, as a screen or a command shows it: who is to attend and what stands
 * against each, the rooms, the working hours, the best slots, and who stands in the way.
 *
 * Of a meeting, or of items that have none yet (those of an organisation that wait, unless some are
 * named).  Everything is in the arena of the call. */
#ifndef ZHIBAN_MODEL_SLOTS_H
#define ZHIBAN_MODEL_SLOTS_H

#include "zhiban/client/meeting.h"

enum { SLOTS_DAYS = 10, SLOTS_BEST = 3, SLOTS_STEP = 30 };

struct slots_ask {
	const struct uuid *meeting; /* NULL: of items */
	const char *series;         /* of items: whose meeting it would be; NULL: the usual one */
	const struct uuid *items;   /* none: all that wait for a meeting of that organisation */
	size_t n_items;
	int64_t from,
	    to; /* from 0: as soon as the series' limits allow; to 0: SLOTS_DAYS working days */
	int length_min;             /* 0: as planned */
	size_t most;                /* slots; 0: SLOTS_BEST */
	const char *const *without; /* optional attendees that do not count: slots_key, or code of
				     * an organisation, or a name */
	size_t n_without;
};

struct slots_person {
	const char *org, *name; /* name NULL: whom the organisation sends */
	const char *label; /* 水务局, or 水务局 王强; of whoever convenes the name alone */
	const char *key;   /* as in slots_ask.without */
	struct uuid attendee; /* nil: of items */
	enum attendee_role role;
	enum attendee_answer answer; /* ANSWERS: silent, or not asked */
	bool must;
	bool out;     /* it does not count: what-if */
	bool excused; /* his leave was granted */
	size_t at;    /* place in problem.people; n_people of it: he does not count */
	const struct busy *busy;
	size_t n_busy;
};

struct slots_room {
	const char *name;
	int seats;   /* 0: not said */
	bool small;  /* too few seats: it does not count */
	bool wanted; /* the meeting names it */
	const struct busy *busy;
	size_t n_busy;
};

enum slots_since { SLOTS_NOW, SLOTS_PAPERS, SLOTS_ANSWER, SLOTS_SAID }; /* why not before `from` */

struct slots {
	const struct meeting *meeting;       /* whole; NULL: of items */
	const struct meeting_series *series; /* NULL: the profile has it no more */
	const char *org, *title;
	const struct item **items; /* of items: they, as agenda_order has them */
	size_t n_items;
	struct slots_person *people;
	size_t n_people;
	struct slots_room *rooms;
	size_t n_rooms;
	struct slot_problem problem; /* of those that count; rooms: those that are not small */
	size_t *room_at;             /* of problem.rooms: which of `rooms` */
	size_t must;                 /* mandatory ones that count */
	int64_t from, to;
	enum slots_since since;
	int length_min;
	struct slot *best;
	size_t n_best;
	size_t beginnings;             /* that were looked at */
	struct slot_blocker *blockers; /* when there is none; at most what slot_blockers says */
	size_t n_blockers;
};

/* ERR_NOT_FOUND: there is no such meeting.  ERR_REFUSED with a sentence: it is held or cancelled;
 * nobody is to attend. */
enum err slots_of(struct client *client, const struct slots_ask *ask, struct arena *arena,
		  struct slots *ret_slots, struct error *err) MUST_CHECK;

/* The person of a place in problem.people. */
const struct slots_person *slots_who(const struct slots *slots, size_t at);
/* "城管局 (夜班 主班), 水务局 (…)": who is missing, or of whom there is a doubt; "" nobody. */
void slots_missing_words(const struct slots *slots, const struct slot_missing *missing, size_t n,
			 struct str *out);
/* "14:30-16:00", "11-25 周三". */
const char *slots_hours(const struct rules *rules, const struct slot *slot, struct arena *arena);
const char *slots_day(const struct rules *rules, int64_t at, struct arena *arena);
/* The room of a slot: the profile's, else what the meeting says, else "". */
const char *slots_room_name(const struct slots *slots, const struct slot *slot);
/* Whether it could begin then, with what is to be said of that: who would be missing, or what
 * stands against it. */
bool slots_judge(const struct slots *slots, int64_t starts, struct arena *arena,
		 struct slot *ret_slot, struct str *words);
/* One line: who stands in the way of how many beginnings, and why. */
const char *slots_blocker_words(const struct slots *slots, const struct slot_blocker *blocker,
				struct arena *arena);
/* Why there is none, or from when on was looked, in one sentence each; "" nothing is to be said. */
const char *slots_none_words(const struct slots *slots, struct arena *arena);
const char *slots_since_words(const struct rules *rules, const struct slots *slots,
			      struct arena *arena);
/* Two columns for what stands there: its sort, translated. */
const char *slots_sign(enum busy_sort sort);
/* How many rooms that count are free in [from, to). */
size_t slots_rooms_free(const struct slots *slots, int64_t from, int64_t to);
/* What stands in [from, to) longest, what keeps away before what is doubtful; NULL: nothing. */
const struct busy *slots_busy_at(const struct busy *busy, size_t n, int64_t from, int64_t to);

#endif
