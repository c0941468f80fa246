/* What is kept no longer, pass by pass (purge.c), and by night (purge_night.c). */
#ifndef ZHIBAN_SERVER_PURGE_PRIV_H
#define ZHIBAN_SERVER_PURGE_PRIV_H

#include "audit_priv.h"
#include "service_priv.h"

#define PURGED "purged" /* in meta: when the last run ended, ms UTC */

enum stage { STAGE_PERSONAL, STAGE_ANSWERS, STAGE_REST, STAGE_END };

struct purge { /* one run, pass by pass */
	bool dry, by_hand;
	struct audit_by by;
	enum stage stage;
	int64_t now, after; /* after: eno, or the time of an answer's id */
	int64_t cases, answers, lines, codes;
};
/* The write of a job whose data is a run: one pass of it. */
enum err purge_write(struct writer *writer, struct job *job, struct error *err) MUST_CHECK;

#endif
