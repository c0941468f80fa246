/* Several nodes on one data base (nodes.c).
 *
 * A node keeps nothing that another could not: what it remembers of the data (the rules in force, when
 * the next clock fires, who is parked) it reads again when the counter row says that others have
 * written.  It looks at the counter every 300 ms.  News say whose parked reads to wake.
 *
 * What is a node's own: back-off after wrong PINs and the rate of requests (whoever guesses gets as
 * many tries as there are nodes), and figures of /metrics. */
#ifndef ZHIBAN_SERVER_NODES_PRIV_H
#define ZHIBAN_SERVER_NODES_PRIV_H

#include "jobs_priv.h"

enum {
	NODES_EVERY_MS = 300,
	NEWS_KEPT_MS = 60 * 60 * 1000,
	CONTACT_EVERY_MS = 20 * 1000, /* a console that is heard of is noted for the others */
};

struct nodes { /* of a service; under its lock */
	int64_t seq;  /* up to which this node has told its parked reads */
	int64_t next; /* by ticks: when to look again */
	int64_t pruned; /* by env's clock */
	struct uuid *heard; /* consoles to be noted */
	size_t n_heard, cap_heard;
	bool noting;
};

void nodes_release(struct nodes *nodes);
enum err nodes_open(struct service *service, struct error *err) MUST_CHECK;
/* In the writer's transaction, after the head was read: what others did since this node's last one is
 * taken over. */
enum err nodes_catch_up(struct writer *writer, struct error *err) MUST_CHECK;
/* Before its commit: for the others. */
enum err nodes_tell(struct writer *writer, struct error *err) MUST_CHECK;
void nodes_committed(struct writer *writer);
/* Looks at the counter when it is time to; milliseconds until then, at most 1000. */
int nodes_tick(struct service *service);

/* A console was heard of on this node: what the others know of it is put together with what is known
 * here, and noted for them now and then. */
void nodes_contact(struct service *service, struct db *db, const struct uuid *console, int64_t seen,
		   int64_t now);
void contacts_note(struct service *service); /* what was heard, by a job */
/* The same for what its acts may claim; on the writer. */
void nodes_contact_judged(struct writer *writer, const struct uuid *console, int64_t now);

#endif
