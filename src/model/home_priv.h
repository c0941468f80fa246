/* 当班's inside, shared by its files. */
#ifndef ZHIBAN_MODEL_HOME_PRIV_H
#define ZHIBAN_MODEL_HOME_PRIV_H

#include "zhiban/model/home.h"

/* The place within a group: less comes first. */
struct home_need {
	int first;     /* kind of need: 0 an alarm */
	int64_t order; /* within it */
};
struct home_need home_need(const struct home_facts *facts, const struct incident *incident,
			   enum home_group group);

/* Counts anew; what cannot be counted is 0, and so is all while nobody is logged in.  alarms: or
 * NULL. */
void home_recount(struct client *client, const struct alarms *alarms,
		  int64_t ret_counters[HOME_COUNTS]);

#define HOME_SOON_MS INT64_C(3600000)	   /* of ours: to be done now */
#define HOME_NEXT_MS (2 * HOME_SOON_MS) /* of anybody: runs out next */
#define HOME_PAUSE_MS (24 * HOME_SOON_MS) /* a pause that ends so soon is waited for */

#endif
