/* Whether the data are what their journal says: the chain of hashes is whole; folding the entries
 * of each entity from nothing gives its stored bytes; who sees it, since when, and what stands in
 * whose feed follow from the entries and the rules that were in force; each entry of a console has
 * the one answer it was told, each answer of an admitted act its entry, in the order of its
 * console; no number was given twice or will be; what both signed of a handover stands there
 * still, and each follows the one before it; the audit log's own chain is whole; and the file
 * itself is sound.  Only reads. */
#ifndef ZHIBAN_SERVER_VERIFY_H
#define ZHIBAN_SERVER_VERIFY_H

#include "zhiban/server/db.h"

struct verify_report {
	struct db_counts counts;
	int64_t answers, audit_lines, handovers; /* handovers: that were taken over */
	char head[SHA256_HEX]; /* hash of the last entry: the state of all */
};

/* progress may be NULL.  ERR_CORRUPT and the first thing that is wrong. */
enum err verify_data(const struct db_ops *ops, const char *where,
		     void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx,
		     struct verify_report *ret_report, struct error *err) MUST_CHECK;

#endif
