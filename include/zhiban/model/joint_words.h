/* Meetings, items and tasks in words: how lists, pages and lines call them.  Texts that are made are in
 * the arena. */
#ifndef ZHIBAN_MODEL_JOINT_WORDS_H
#define ZHIBAN_MODEL_JOINT_WORDS_H

#include "zhiban/client/meeting.h"
#include "zhiban/model/meeting_words.h"

/* "11-25 (We) 14:30", with the end "11-25 (We) 14:30-16:00"; "no time yet" for 0. */
const char *joint_when(const struct rules *rules, int64_t starts, int64_t ends,
			 struct arena *arena);
/* "11-25 14:30"; "" for 0. */
const char *joint_at(const struct rules *rules, int64_t at, struct arena *arena);
/* "22-M003" of a full number; "" for NULL. */
const char *joint_short(const char *number);
/* The series' label, "single" for none. */
const char *meeting_series_label(const struct rules *rules, const char *series);
/* Title and, of a series that counts, which one it is. */
const char *meeting_title(const struct meeting *meeting, struct arena *arena);
/* "5/8", with leave asked or granted "5/8 -1": those who come or send somebody, of those asked; ""
 * before anybody is. */
const char *meeting_answers_words(const struct meeting *meeting, struct arena *arena);

/* What must happen next, and whether it waits for somebody else. */
struct meeting_next {
	const char *words; /* translated: "invite", "2 have not answered"; "" when all is done */
	bool late;	   /* its time has come, or its clock ran out */
};
struct meeting_next meeting_next(const struct rules *rules, const struct meeting *meeting, int64_t now,
				 struct arena *arena);

/* Short, for a column: as the label, "leave granted", "leave refused". */
const char *attends_brief(const struct attendee *attendee);
/* Whom he sends, why, what stands in the way; "" nothing. */
const char *attends_more(const struct attendee *attendee, struct arena *arena);
/* Organisations by their short names with ", " between, `most` at the most, then "..". */
const char *orgs_words(const struct rules *rules, const char *const *codes, size_t n, size_t most,
		       struct arena *arena);
/* Whom an item concerns, the lead first. */
const char *item_orgs_words(const struct rules *rules, const struct item *item, size_t most,
			    struct arena *arena);
/* How far it is: its state, its outcome, what it lacks; role of the words is the caller's. */
const char *item_state_words(const struct item *item, struct arena *arena);
/* Its time planned: its own, else of the series, else 10. */
int item_minutes(const struct meeting_series *series, const struct item *item, int64_t entry);

#endif
