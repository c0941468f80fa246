/* Alarms (警示): open cases of the profile's alarm_urgency or more that nobody has answered yet.
 *
 * * A case is answered by an acknowledgement, or by whatever its loop did with it after it was
 * registered; what came by an import rings for nobody.  A case given to the officer's organisation
 * is an alarm there until it has signed. */
#ifndef ZHIBAN_MODEL_ALARM_H
#define ZHIBAN_MODEL_ALARM_H

#include "zhiban/client/rows.h"

enum { ALARMS_MOST = 99 };

bool alarm_is(const struct rules *rules, const struct actor *actor,
	      const struct incident *incident);
/* Counts to ALARMS_MOST; nobody logged in: none.  On an error as many as were seen. */
size_t alarms_count(struct client *client);

#endif
