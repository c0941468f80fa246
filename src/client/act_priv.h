#ifndef ZHIBAN_CLIENT_ACT_PRIV_H
#define ZHIBAN_CLIENT_ACT_PRIV_H

#include "zhiban/client/client.h"

/* client_act_phone that also takes a refused act off the desk (replaces, or NULL). */
enum err act_do(struct client *client, const struct act_desc *desc, const struct uuid *target,
		const struct given *given, size_t n_given, const struct by_phone *phone,
		const struct uuid *replaces, struct client_done *ret_done, struct error *err)
	MUST_CHECK;

#endif
