/* Inside the client: its files, what it keeps in memory, and the overlay. */
#ifndef ZHIBAN_CLIENT_PRIV_H
#define ZHIBAN_CLIENT_PRIV_H

#include <sys/stat.h>

#include "zhiban/base/arena.h"
#include "zhiban/client/client.h"
#include "zhiban/client/mode.h"
#include "zhiban/client/rows.h"
#include "zhiban/profile/profile.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/outbox.h"
#include "zhiban/store/page.h"

#include "joint_priv.h"
#include "marks_priv.h"
#include "mode_priv.h"
#include "overlay_priv.h"

struct rules_kept { /* every profile this client has ever shown: its rules stay valid */
	struct jurisdiction *profile;
	struct workdays *days;
	struct rules_kept *next;
};

struct waiting { /* waiting.c */
	struct arena arena;
	struct outbox_row *rows; /* by n; those the officer may see */
	size_t n, cap;
	/* Of officers whose view is another one: they wait here, and are not shown. */
	struct client_link others; /* their counts */
};

struct group_list { /* the values of a grouped order, in the rules' order */
	const struct field *field;
	struct value *values;
	size_t n;
};

struct over_deadline;
struct deadlines_kept { /* deadlines_over.c: what is remembered till something changes */
	struct arena arena;
	bool known; /* the two lists, by due: what acts of ours take off the cache's, and put there */
	const struct over_deadline **gone, **shown;
	size_t n_gone, n_shown;
	bool orgs_known; /* the organisations that have rows in the cache's list */
	const char **orgs;
	size_t n_orgs;
	bool next_known, next_is; /* the officer's first, at or after a moment */
	int64_t next_from;
	const struct client_deadline *next;
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

	struct client_found *found; /* of the server's, not here (found.c) */
	struct overlay overlay;
	struct kept_marks marks;
	struct mode_shown mode;
	struct deadlines_kept deadlines;
	struct joint joint;
	struct arena group_arena;
	struct group_list groups[8];
	size_t n_groups;
	unsigned near_depth; /* near.c */
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

/* waiting.c */
/* Anew from the file; the caller holds its state (store_read_begin). */
enum err waiting_load(struct client *client, struct error *err) MUST_CHECK;
/* What the client did itself; texts are copied. */
void waiting_add(struct client *client, const struct outbox_row *row);
void waiting_remove(struct client *client, const struct uuid *act);
void waiting_count(const struct client *client, struct client_link *link);
void waiting_release(struct waiting *waiting);

/* deadlines_over.c */
void deadlines_forget(struct client *client);

/* near.c */
/* What the decision of an act looks at beside its target (decide_near). */
void client_near(struct client *client, const struct act *act, const void *target,
	       struct arena *arena, struct state *state);

/* link.c */
void link_load(struct client *client);
/* As a text for the cache's small values, and back. */
void link_words(const struct client_link *link, struct str *out);

/* get.c */
unsigned row_marks(const struct client *client, const struct uuid *id);

#endif
