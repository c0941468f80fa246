/* What the ways in for other systems share (intake.c, open311_post.c). */
#ifndef ZHIBAN_SERVER_INTAKE_PRIV_H
#define ZHIBAN_SERVER_INTAKE_PRIV_H

#include "jobs_priv.h"
#include "zhiban/domain/act.h"

struct intake_case { /* what became of a register act; texts in the arena */
	enum err code;	 /* ERR_OK: registered; ERR_EXISTS: it is there; else refused */
	struct error err;
	struct uuid id;	 /* of the incident, unless refused */
	const char *number;
};
/* On the writer: admits it, and of one that is there already finds which that is. */
enum err intake_admit(struct writer *writer, const struct act *act, struct arena *arena,
		      struct intake_case *ret_case, struct error *err) MUST_CHECK;

#endif
