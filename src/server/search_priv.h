/* Finding incidents by words of their texts, beyond what consoles keep (search.c), and the index that
 * it finds by (search_index.c).
 *
 * The index follows the journal, some entries at a time when the writer has nothing else to do, so that
 * no act waits for it; how far it has come is said with each answer.  It holds no personal value. */
#ifndef ZHIBAN_SERVER_SEARCH_PRIV_H
#define ZHIBAN_SERVER_SEARCH_PRIV_H

#include "jobs_priv.h"
#include "zhiban/base/gram.h"
#include "zhiban/domain/incident.h"
#include "zhiban/server/db.h"

struct searching { /* of a service; under its lock */
	bool busy, behind;
	int64_t not_before; /* by ticks */
};

/* Data that are opened, and each commit: something may be new. */
void search_behind(struct service *service);
/* Indexes some more when there is something and nobody waits for the writer; milliseconds until it
 * wants to again, at most 1000. */
int search_tick(struct service *service);

struct searched { /* meta "searched" */
	int64_t eno; /* while older entities are gone through: the last one; 0: that is over */
	int64_t seq; /* else, or after that: the last entry */
	bool begun;
};
enum err searched_get(const struct db_ops *ops, struct db *db, struct searched *ret_searched,
		      struct error *err) MUST_CHECK;

#endif
