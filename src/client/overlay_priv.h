/* The overlay: incidents that acts of ours have changed, as they are shown. */
#ifndef ZHIBAN_CLIENT_OVERLAY_PRIV_H
#define ZHIBAN_CLIENT_OVERLAY_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/client/client.h"
#include "zhiban/store/outbox.h"

struct overlay_row { /* an incident with acts of ours that are not in the cache yet */
	struct incident *shown;	     /* after the acts */
	const struct incident *base; /* as cached, NULL: a new one */
	int64_t tie;		     /* the cache's, or behind all of them for a new one */
	int64_t n;		     /* of the act that registered it; 0: not a new one */
};
struct overlay_slot { /* an entity with acts in the outbox */
	bool used, refused; /* refused: one lies on the desk */
	bool loaded, fresh, kept; /* while replaying */
	bool other; /* no incident: shown by thing.c, mode.c */
	enum kind kind;
	struct uuid id;
	size_t row;	/* place among the rows, from 1; 0: shown as cached */
	uint64_t print; /* of all its acts and what became of them */
	struct incident *base; /* as cached, when loaded */
	int64_t tie;
	struct uuid *out; /* acts that are refused, and those that hang on them */
	size_t n_out;
};
struct overlay {
	struct arena arena;
	struct overlay_row *rows;
	size_t n, cap;
	struct overlay_slot *slots; /* open addressing, cap a power of two */
	size_t n_slots, cap_slots;
};
/* New incidents stand behind all cached ones of the same rank. */
#define OVERLAY_TIE (INT64_C(1) << 60)

/* Anew, from the acts that wait; change: which entities the cache has otherwise than last time. */
void overlay_replay(struct client *client, const struct client_change *change);
struct overlay_row *overlay_find(const struct client *client, const struct uuid *id);
/* The incident as shown, or NULL; what was cached comes from there. */
enum err overlay_state(struct client *client, const struct uuid *id, struct arena *arena,
		       struct incident **ret_incident, struct error *err) MUST_CHECK;
/* The version in the cache of what is shown; 0: it is not there yet. */
int64_t overlay_base(const struct client *client, const struct incident *shown);
/* Puts the effects of an act on its target (NULL: a new one) and gives what is shown then.  seen:
 * its author knew all that stands there (no one's but this console's acts came between). */
enum err act_effects(struct client *client, const struct act *act, const void *before, bool seen,
		     struct arena *arena, void **ret_after, struct error *err) MUST_CHECK;
/* Whether the feed has brought the act already: base as cached, NULL: it is not there. */
bool act_is_cached(struct client *client, const struct entity *base, const struct outbox_row *row,
		   const struct act *act);
/* The entities of another kind that acts of ours stand on, in the arena. */
const struct uuid *overlay_others(const struct client *client, enum kind kind, struct arena *arena,
				  size_t *ret_n);
/* Whether acts on it are in the outbox. */
bool overlay_waits(const struct client *client, const struct uuid *id);
/* Decides and applies one more act on top; refusals are returned. */
enum err overlay_add(struct client *client, const struct outbox_row *row, const struct act *act,
		     struct error *err) MUST_CHECK;
struct moment client_moment(const struct client *client, const struct act *act);

#endif
