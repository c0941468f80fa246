/* A meeting while it sits, as its screen shows it: the agenda with time used and planned, what was
 * said of each item, who is there. */
#ifndef ZHIBAN_MODEL_SITTING_H
#define ZHIBAN_MODEL_SITTING_H

#include "zhiban/client/meeting.h"

struct sitting_item {
	const struct agenda *entry;
	const struct item *item; /* NULL: it is not here */
	unsigned marks;		 /* enum row_marks */
	struct said said;
	int64_t used_min; /* up to now */
	int64_t planned;  /* minutes */
	bool running;
	size_t tasks;
};
struct sitting {
	struct client_meeting shown;
	const struct meeting *meeting;
	const struct meeting_series *series; /* or NULL */
	struct sitting_item *items;	     /* in the order of the agenda */
	size_t n;
	const struct attendee **people; /* in protocol order */
	size_t n_people;
	struct client_action *actions; /* that this meeting gave */
	size_t n_actions;
	int64_t now;
};
/* Everything in the arena.  ERR_NOT_FOUND. */
enum err sitting_load(struct client *client, const struct uuid *id, struct arena *arena,
		      struct sitting *ret_sitting, struct error *err) MUST_CHECK;
bool sitting_is_settled(const struct sitting_item *item); /* agreed, rejected, noted */
const struct sitting_item *sitting_running(const struct sitting *sitting); /* or NULL */
/* Minutes that it sits already, or sat. */
int64_t sitting_minutes(const struct sitting *sitting);
/* "there 5 of 8, quorum 5 reached; items settled 1 of 3, 20 of 50 min used"; in the arena. */
const char *sitting_quorum(const struct sitting *sitting, struct arena *arena);
bool sitting_is_enough(const struct sitting *sitting); /* quorum, and all who must */
/* Who of those who must is missing: "Water Bureau, Li Min"; "" nobody. */
const char *sitting_missing(const struct rules *rules, const struct sitting *sitting,
			    struct arena *arena);
/* "2 items are not settled and go to the next meeting: 1. …; 3. …"; "" all are. */
const char *sitting_unsettled(const struct sitting *sitting, struct arena *arena);

#endif
