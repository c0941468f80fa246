/* Erasing personal values: by hand (erase.c), and when their time is over (purge.c). */
#ifndef ZHIBAN_SERVER_ERASE_PRIV_H
#define ZHIBAN_SERVER_ERASE_PRIV_H

#include "jobs_priv.h"

/* Admits the act of the system that erases the personal values of an incident.  A refusal is an
 * error. */
enum err erase_admit(struct writer *writer, const struct uuid *act, const struct uuid *incident,
		     const char *reason, struct arena *arena, struct error *err) MUST_CHECK;
/* After a commit: what was erased goes from the files too, at once or at the next commit at which
 * no reader holds on to the state before. */
void erase_committed(struct writer *writer);

/* Once a night (service_tick): milliseconds until it is to be called again. */
int purge_tick(struct service *service);

#endif
