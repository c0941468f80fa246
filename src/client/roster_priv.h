/* Shared by what reads rosters. */
#ifndef ZHIBAN_CLIENT_ROSTER_PRIV_H
#define ZHIBAN_CLIENT_ROSTER_PRIV_H

#include "thing_priv.h"
#include "zhiban/client/roster.h"
#include "zhiban/store/turn.h"

/* All duties that begin in [from, to) as shown, by beginning; org: only of its rosters (NULL: all). */
enum err roster_turns(struct client *client, const char *org, int64_t from, int64_t to,
		      struct arena *arena, struct turn_row **ret_rows, size_t *ret_n,
		      struct error *err) MUST_CHECK;

/* Without their marks. */
const struct roster *const *rosters_only(const struct client_roster *rosters, size_t n,
					 struct arena *arena);

/* A person, a duty or a seat that an act on a roster or a swap carries, by name; an item, a meeting, a
 * task, an attendee that an act of meetings carries (joint_words).  False: it is none. */
bool joint_words(struct client *client, const struct act *act, const struct given *given,
		 struct str *out);
bool roster_words(struct client *client, const struct act *act, const struct given *given,
		  struct str *out);

#endif
