/* Whom an officer rings about a case, and whose instruction it may be: proposals while he types, so
 * that nobody looks up a number at night. */
#ifndef ZHIBAN_MODEL_WHOM_H
#define ZHIBAN_MODEL_WHOM_H

#include "zhiban/client/client.h"

enum { WHOM_MOST = 8 };
struct whom { /* in the arena */
	const char *words; /* what is noted: "水务局 0519-00001013" */
	const char *help;  /* post, or what it has to do with the case */
};

/* Duty desks of who has the case and of its place, nearest first, then their people; what was typed
 * ("" all) narrows them, by pinyin too.  incident NULL: none.  Returns how many. */
size_t whom_to_ring(struct client *client, const struct incident *incident, const char *typed,
		    struct arena *arena, struct whom ret_whom[WHOM_MOST]);
/* Leaders: people of the highest role that has to do with cases, by protocol order. */
size_t whom_leads(struct client *client, const char *typed, struct arena *arena,
		  struct whom ret_whom[WHOM_MOST]);

#endif
