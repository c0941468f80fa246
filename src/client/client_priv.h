/* Inside the client: its files, what it keeps in memory, and the overlay. */
#ifndef ZHIBAN_CLIENT_PRIV_H
#define ZHIBAN_CLIENT_PRIV_H

#include <sys/stat.h>

#include "zhiban/base/arena.h"
#include "zhiban/client/client.h"
#include "zhiban/client/rows.h"
#include "zhiban/profile/profile.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"
#include "zhiban/store/page.h"

struct rules_kept { /* every profile this client has ever shown: its rules stay valid */
	struct jurisdiction *profile;
	struct workdays *days;
	struct rules_kept *next;
};

struct overlay_row { /* an incident with acts of ours that are not in the cache yet */
	struct incident *shown;	     /* after the acts */
	const struct incident *base; /* as cached, NULL: a new one */
	int64_t tie;		     /* the cache's, or behind all of them for a new one */
	int64_t n;		     /* of the act that registered it; 0: not a new one */
};
struct overlay_slot { /* an entity with acts in the outbox */
	bool used, refused; /* refused: one lies on the desk */
	bool loaded, fresh, kept; /* while replaying */
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
struct waiting { /* waiting.c */
	struct arena arena;
	struct outbox_row *rows; /* by n */
	size_t n, cap;
};
/* New incidents stand behind all cached ones of the same rank. */
#define OVERLAY_TIE (INT64_C(1) << 60)

struct group_list { /* the values of a grouped order, in the rules' order */
	const struct field *field;
	struct value *values;
	size_t n;
};

struct client {
	char *dir;
	bool read_only;
	const struct env *env;
	struct store *cache; /* NULL: none yet */
	struct store *outbox;
	dev_t cache_dev;
	ino_t cache_ino; /* of the file that is open: it may be replaced */
	int64_t cache_version, outbox_version, recent_at;
	bool outbox_dirty; /* we wrote to it ourselves */
	struct waiting waiting;
	bool half; /* the last poll failed on the way */
	int watch;	   /* inotify */

	struct rules_kept *kept;
	const struct rules *rules;
	char rules_of[160]; /* hashes they were made from */
	struct rules no_rules;

	struct arena who_arena; /* grows by a few words a change of officer */
	const struct actor *actor;
	bool enrolled;

	struct client_link link;
	bool link_told; /* by the worker of this process */

	struct overlay overlay;
	struct arena group_arena;
	struct group_list groups[8];
	size_t n_groups;
};

/* client.c */
enum err client_open_cache(struct client *client, struct error *err) MUST_CHECK;
enum err client_load_actor(struct client *client, struct error *err) MUST_CHECK;
/* The rules of the adopted profile, when they are not those we have.  A document that does not
 * parse leaves the old ones. */
enum err client_load_rules(struct client *client, bool *ret_changed, struct error *err) MUST_CHECK;

/* poll.c */
/* Takes the present state of the cache, to be read until client_let_go. */
enum err client_view(struct client *client, struct error *err) MUST_CHECK;
/* Takes the state of both files; the change's ids and `any` are of the cache alone. */
enum err client_take(struct client *client, struct client_change *change, struct error *err)
	MUST_CHECK;

/* client.c */
enum err client_open_cache(struct client *client, struct error *err) MUST_CHECK;
/* The rules of the adopted profile, when they are not those we have.  A document that does not
 * parse leaves the old ones. */
enum err client_load_rules(struct client *client, bool *ret_changed, struct error *err) MUST_CHECK;

/* poll.c */
/* Takes the present state of the cache, to be read until client_let_go. */
enum err client_view(struct client *client, struct error *err) MUST_CHECK;
/* Takes the state of both files; the change's ids and `any` are of the cache alone. */
enum err client_take(struct client *client, struct client_change *change, struct error *err)
	MUST_CHECK;

/* waiting.c */
/* Anew from the file; the caller holds its state (store_read_begin). */
enum err waiting_load(struct client *client, struct error *err) MUST_CHECK;
/* What the client did itself; texts are copied. */
void waiting_add(struct client *client, const struct outbox_row *row);
void waiting_remove(struct client *client, const struct uuid *act);
void waiting_count(const struct client *client, struct client_link *link);
void waiting_release(struct waiting *waiting);

/* overlay.c */
/* Anew, from the acts that wait; change: which entities the cache has otherwise than last time. */
void overlay_replay(struct client *client, const struct client_change *change);
struct overlay_row *overlay_find(const struct client *client, const struct uuid *id);
/* The incident as shown, or NULL; what was cached comes from there. */
enum err overlay_state(struct client *client, const struct uuid *id, struct arena *arena,
		       struct incident **ret_incident, struct error *err) MUST_CHECK;
/* The version in the cache of what is shown; 0: it is not there yet. */
int64_t overlay_base(const struct client *client, const struct incident *shown);
/* Puts the effects of an act on an incident (NULL: a new one) and gives what is shown then. */
enum err act_effects(struct client *client, const struct act *act, const struct incident *before,
		     struct arena *arena, struct incident **ret_after, struct error *err)
	MUST_CHECK;
/* Whether acts on it are in the outbox. */
bool overlay_waits(const struct client *client, const struct uuid *id);
/* Decides and applies one more act on top; refusals are returned. */
enum err overlay_add(struct client *client, const struct outbox_row *row, const struct act *act,
		     struct error *err) MUST_CHECK;
struct moment client_moment(const struct client *client, const struct act *act);

/* link.c */
void link_load(struct client *client);
/* As a text for the cache's small values, and back. */
void link_words(const struct client_link *link, struct str *out);

/* get.c */
unsigned row_marks(const struct client *client, const struct uuid *id);

#endif
