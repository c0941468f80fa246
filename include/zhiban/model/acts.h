/* What the officer can do to an incident now, in the order of the flow: what its step is for first,
 * then what is always allowed, then the rest. */
#ifndef ZHIBAN_MODEL_ACTS_H
#define ZHIBAN_MODEL_ACTS_H

#include "zhiban/client/client.h"

enum { ACTS_HERE_MOST = 96 }; /* more than there are */
/* Fills acts with those that are possible and returns how many; none that registers a new one. */
size_t acts_here(struct client *client, const struct incident *incident,
		 const struct act_desc *acts[ACTS_HERE_MOST]);
/* An act's name for an incident: in its step, and as the organisation that runs it has it. incident
 * NULL: the profile's. */
const char *acts_label(const struct rules *rules, const struct incident *incident,
		       const struct act_desc *act);
/* For whom an officer would record an act that is another's to do (代录): the code of that
 * organisation; NULL: it is his own, or whose it is must still be said. */
const char *acts_for_whom(const struct client *client, const struct incident *incident,
			  const struct act_desc *act);

#endif
