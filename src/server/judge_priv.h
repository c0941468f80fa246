/* A batch of acts on the writer (judge.c), for POST /v1/acts (acts.c). */
#ifndef ZHIBAN_SERVER_JUDGE_PRIV_H
#define ZHIBAN_SERVER_JUDGE_PRIV_H

#include "service_priv.h"

struct answered { /* canonical bytes of one answer */
	const char *bytes;
	size_t len;
};
struct acts_job {
	struct acts_ask ask;
	struct session session;
	struct answered *answers; /* room for all of them */
	size_t n;
	int64_t verdicts[4], again; /* how many, for /metrics */
	enum err stop; /* ERR_NEED, ERR_CLONED: why the rest was not judged */
	int64_t need;
};

/* The job's write: each act once, in the order of n, its answer in the same savepoint as its entry.
 * What was answered before is answered alike, whatever console it comes from now. */
enum err acts_judge(struct writer *writer, struct job *job, struct error *err) MUST_CHECK;

#endif
