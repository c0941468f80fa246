/* What the files of the deadlines share: the cache's list by organisations, and what acts of ours take
 * off it and put there. */
#ifndef ZHIBAN_CLIENT_DEADLINES_PRIV_H
#define ZHIBAN_CLIENT_DEADLINES_PRIV_H

#include "zhiban/client/deadlines.h"
#include "zhiban/store/deadline.h"

#include "client_priv.h"

struct over_deadline { /* of an entity that acts of ours stand on; in the arena of what is kept */
	struct deadline deadline;
	int64_t tie;
	enum kind kind;
	const void *entity; /* as shown */
	unsigned marks;
	int64_t n; /* place in the outbox of one that is only there */
};
/* Both lists, by due. */
void deadlines_over(struct client *client);
/* Whether the cache's row is not shown so any more. */
bool deadlines_gone(const struct client *client, int64_t due, int64_t tie);

/* Whose: whether an organisation (NULL: nobody's, so the centre's) is one within another, of which the
 * centre has itself alone. */
bool deadline_is_of(const struct rules *rules, const char *org, const char *whose);
/* Those of them that have rows in the cache, in the arena; texts of what is kept. */
enum err deadline_orgs(struct client *client, const char *whose, struct arena *arena,
		       const char ***ret_orgs, size_t *ret_n, struct error *err) MUST_CHECK;

struct deadline_thing { /* of an entity that is no case and no whistle; in the arena, or its own */
	const char *number, *title, *org;
};
bool deadline_is_thing(enum kind kind);
void deadline_thing(const struct rules *rules, const void *entity, const struct deadline *deadline,
		    struct arena *arena, struct deadline_thing *ret_thing);

bool deadline_fits(const struct client_deadline_filter *filter, const struct rules *rules,
		   const struct deadline *deadline, enum kind kind); /* all but words and lets */

/* ---- reading.c: rows of the cache, and of the acts, one by one in order ---- */

struct deadline_reader;
enum err deadline_reader_new(struct client *client, const struct client_deadline_filter *filter,
			     const struct deadline_key *place, bool back, size_t about,
			     struct arena *arena, struct deadline_reader **ret_reader,
			     struct error *err) MUST_CHECK;
struct deadline_next {
	const struct deadline_row *row;	  /* of the cache, or */
	const struct over_deadline *over; /* of the acts; both NULL: the end */
};
enum err deadline_reader_next(struct deadline_reader *reader, struct deadline_next *ret_next,
			      struct error *err) MUST_CHECK;

#endif
