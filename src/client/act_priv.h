#ifndef ZHIBAN_CLIENT_ACT_PRIV_H
#define ZHIBAN_CLIENT_ACT_PRIV_H

#include "zhiban/client/client.h"

/* client_act_phone that also takes a refused act off the desk (replaces, or NULL). */
enum err act_do(struct client *client, const struct act_desc *desc, const struct uuid *target,
		const struct given *given, size_t n_given, const struct by_phone *phone,
		const struct uuid *replaces, struct client_done *ret_done, struct error *err)
	MUST_CHECK;

/* Of an act on a roster or a swap: names and places that people gave become ids, who stands in a
 * seat is filled in from what is shown, and its target is the month it names (target NULL),
 * whether or not anybody has begun it.  Texts in the arena. */
enum err act_aim(struct client *client, const struct uuid *target, struct arena *arena,
		 struct act *act, struct error *err) MUST_CHECK;

#endif
