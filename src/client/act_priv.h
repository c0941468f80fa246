#ifndef ZHIBAN_CLIENT_ACT_PRIV_H
#define ZHIBAN_CLIENT_ACT_PRIV_H

#include "zhiban/client/client.h"

/* client_act_phone that also takes a refused act off the desk (replaces, or NULL). */
enum err act_do(struct client *client, const struct act_desc *desc, const struct uuid *target,
		const struct given *given, size_t n_given, const struct by_phone *phone,
		const struct uuid *replaces, struct client_done *ret_done, struct error *err)
	MUST_CHECK;

/* Whether anything can be done here at all: enrolled, logged in, with rules. */
enum err act_may(const struct client *client, struct error *err) MUST_CHECK;

/* The first of that name, or NULL; adds a text, unless the act takes none or has one. */
struct given *act_given(struct act *act, const char *name);
void act_give_text(struct act *act, const char *name, const char *text, struct arena *arena);

/* What people gave becomes what an act carries.  Of an act on a roster or a swap: names and places
 * become ids, who stands in a seat is filled in from what is shown, and its target is the month it
 * names (target NULL), whether or not anybody has begun it.  Of meetings, their items, tasks and rooms:
 * numbers and names become ids, an edit says which words its author saw.  Texts in the arena. */
enum err act_aim(struct client *client, const struct uuid *target, struct arena *arena,
		 struct act *act, struct error *err) MUST_CHECK;
enum err act_aim_duty(struct client *client, const struct uuid *target, struct arena *arena,
		      struct act *act, struct error *err) MUST_CHECK;
enum err act_aim_meeting(struct client *client, const struct uuid *target, struct arena *arena,
			 struct act *act, struct error *err) MUST_CHECK;

#endif
