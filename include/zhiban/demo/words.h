/* The words of the demo: its files of invented places, titles and sentences, loaded. */
#ifndef ZHIBAN_DEMO_WORDS_H
#define ZHIBAN_DEMO_WORDS_H

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"

struct demo_list {
	const char *const *items;
	size_t n;
};

enum demo_list_id { /* lists of the file; the names are in words.c */
	DEMO_ESTATES,
	DEMO_ROADS,
	DEMO_SHOPS,
	DEMO_SPOTS,
	DEMO_SURNAMES,
	DEMO_GIVEN,
	DEMO_SUFFIXES,
	DEMO_OPENINGS,
	DEMO_TRIED,
	DEMO_ASKS,
	DEMO_STORY,
	DEMO_RESULTS,
	DEMO_NOTES,
	DEMO_LISTS,
};

struct demo_kind { /* one sort of case */
	const char *category;	 /* as a profile names it */
	struct demo_list holder; /* words in the name of who gets it; the first that is there counts */
	int weight, urgency;
	struct demo_list titles, details;
};

struct demo_cause { /* one sort of whistle */
	struct demo_list units; /* each: words, by blanks; the first that is there counts */
	struct demo_list titles, details, plans, results;
};

struct demo_record { /* one sort of entry of the duty log; what it has not is "" */
	const char *sort, *party, *paper_no, *title, *words, *proposed, *instructed, *told, *outcome;
	const char *place;
};

enum demo_duty_id { /* lists of rosters and handovers; the names are in words_duty.c */
	DEMO_LEADERS,
	DEMO_CHIEFS,
	DEMO_OFFICERS,
	DEMO_HEADS,
	DEMO_CLERKS,
	DEMO_OFF,
	DEMO_SWAPS,
	DEMO_REFUSALS,
	DEMO_WITHDRAWALS,
	DEMO_TAKEOVERS,
	DEMO_GAPS,
	DEMO_CHASES,
	DEMO_HANDOVERS,
	DEMO_REMARKS,
	DEMO_FAULTS,
	DEMO_TALLIES,
	DEMO_DUTIES,
};

enum demo_meet_id { /* lists of joint meetings; the names are in words_meeting.c */
	DEMO_WHY_RETURNED,
	DEMO_WHY_HARD,
	DEMO_WHY_PUT,
	DEMO_WHY_SHELVED,
	DEMO_WHY_UP,
	DEMO_WHY_REWORK,
	DEMO_DISCUSSIONS,
	DEMO_RESOLUTIONS,
	DEMO_DEFERRALS,
	DEMO_TASKS,
	DEMO_PROGRESS,
	DEMO_REPLIES,
	DEMO_LEAVES,
	DEMO_INSISTS,
	DEMO_OBJECTIONS,
	DEMO_PAPERS,
	DEMO_PREFACES,
	DEMO_CLOSINGS,
	DEMO_MEET_NOTES,
	DEMO_MEET_CHASES,
	DEMO_MEET_CALLS,
	DEMO_MEET_TOO_FEW,
	DEMO_CANCELS,
	DEMO_SPECIALS,
	DEMO_VILLAGE,
	DEMO_VILLAGE_WORDS,
	DEMO_POSTS,
	DEMO_MEETS,
};

struct demo_words {
	struct demo_list list[DEMO_LISTS];
	const struct demo_kind *kinds;
	size_t n_kinds;
	int weights; /* sum over the kinds */
	const struct demo_cause *causes;
	size_t n_causes;
	struct demo_list duty[DEMO_DUTIES];
	struct demo_list meet[DEMO_MEETS];
	const struct demo_cause *hard; /* sorts of hard cases */
	size_t n_hard;
	const struct demo_record *records;
	size_t n_records;
};

/* Reads the file of all profiles, and own, the lists that one of them has for itself (NULL: none).
 * Everything lives in the arena.  Errors name file, line and word. */
enum err demo_words_load(const char *path, const char *own, struct arena *arena,
			 struct demo_words *ret_words, struct error *err) MUST_CHECK;

#endif
