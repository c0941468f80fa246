/* Notices as shown: those of the cache with the acts of ours on them that wait. */
#ifndef ZHIBAN_CLIENT_NOTICE_H
#define ZHIBAN_CLIENT_NOTICE_H

#include "zhiban/client/rows.h"
#include "zhiban/domain/notice.h"

struct client_notice {
	const struct notice *notice; /* in the arena of the call */
	unsigned marks;		     /* enum row_marks */
	int64_t n;		     /* place in the outbox of one that is only there; else 0 */
};
/* All of them, without receipts: those in force first, by level, then the newest. */
enum err client_notices(struct client *client, struct arena *arena,
			struct client_notice **ret_notices, size_t *ret_n, struct error *err)
	MUST_CHECK;
/* One with its receipts.  ERR_NOT_FOUND. */
enum err client_notice_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_notice *ret_notice, struct error *err) MUST_CHECK;
/* By full number, short number (22-T003; the latest), or 8 and more hex digits of the id.
 * ERR_NOT_FOUND, ERR_INPUT when several fit. */
enum err client_notice_find(struct client *client, const char *words, struct uuid *ret_id,
			    struct error *err) MUST_CHECK;

#endif
