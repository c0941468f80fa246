/* The cache compared with the server's state. */
#ifndef ZHIBAN_SYNC_COMPARE_PRIV_H
#define ZHIBAN_SYNC_COMPARE_PRIV_H

#include "zhiban/sync/sync.h"

enum { MEND_MAX = 256 }; /* more that differ: a snapshot is cheaper */

enum repair { /* what was done about a difference */
	REPAIR_NONE,
	REPAIR_PARTS, /* what differed was fetched */
	REPAIR_ALL,   /* everything was; if it differs still, that is how it is */
};

struct comparing { /* compare.c */
	bool want;
	int64_t at;			/* cursor when it was asked for */
	uint64_t own[DIGEST_BUCKETS];	/* what was here then */
	uint64_t differ;		/* a bit for each bucket still to be looked into */
	unsigned bucket;
	struct arena arena;		/* of pairs */
	struct digest_pair *pairs;	/* what was here of that bucket */
	size_t n_pairs;
	struct uuid lacks[MEND_MAX], extra[MEND_MAX];
	size_t n_lacks, n_extra, n_other; /* n_other: of lacks, here in another version */
	bool moved;			/* a page touched what is being fetched */
	enum repair repair;
};

#endif
