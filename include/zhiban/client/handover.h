/* Handovers as shown: those of the cache with the acts of ours on them that wait.  Everything is in the
 * arena of the call. */
#ifndef ZHIBAN_CLIENT_HANDOVER_H
#define ZHIBAN_CLIENT_HANDOVER_H

#include "zhiban/client/rows.h"
#include "zhiban/domain/handover.h"

struct client_handover {
	const struct handover *handover;
	unsigned marks;
	int64_t n;
	enum chain_state chain; /* against the one before it, when that is here */
};
/* The latest `most` of an organisation and plan (NULL: of all that are seen), the latest first. */
enum err client_handovers(struct client *client, const char *org, const char *plan, size_t most,
			  struct arena *arena, struct client_handover **ret_handovers, size_t *ret_n,
			  struct error *err) MUST_CHECK;
/* The one that is open at a desk, or the latest; NOT_FOUND: there was none yet. */
enum err client_handover_now(struct client *client, const char *org, const char *plan,
			     struct arena *arena, struct client_handover *ret_handover,
			     struct error *err) MUST_CHECK;
enum err client_handover_get(struct client *client, const struct uuid *id, struct arena *arena,
			     struct client_handover *ret_handover, struct error *err) MUST_CHECK;
/* When this officer's latest shift ended, ms UTC: when he handed it over, or, of posts that hand
 * nothing over, as the rosters of the last weeks have it; 0: not known. */
int64_t client_last_shift(struct client *client);

#endif
