/* Organisations whose end has come: their cases and officers move by themselves (endings.c).
 *
 * Up to which moment endings are done stands in the journal: the last adoption carried over all that
 * had ended by then.  What ends later is carried over by an adoption of the same texts by the
 * system, once, also when the server did not run on that day.  Of organisations that ended without a
 * successor the cases stay; that there are some is said once a day ("homeless" of the data says when
 * they were looked for). */
#ifndef ZHIBAN_SERVER_ENDINGS_PRIV_H
#define ZHIBAN_SERVER_ENDINGS_PRIV_H

#include "jobs_priv.h"

/* When the data are opened. */
enum err endings_open(struct service *service, struct error *err) MUST_CHECK;
/* After a commit that put rules in force, or looked for endings: when is the next one? */
void endings_committed(struct writer *writer);
/* Carries over what has ended by now.  Its done is the caller's, and calls endings_over. */
struct job *endings_job(void);
void endings_over(struct service *service, struct job *job);

#endif
