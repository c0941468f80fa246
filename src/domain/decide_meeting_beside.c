/* What is done beside the course of a meeting: calls, notes, countersignatures. */
#include <config.h>

#include "meeting_priv.h"

enum err confer_call(struct conferring *c, struct error *err)
{
	struct phonecall *call;

	return call_note(c->s.act, c->s.eff, c->s.recv, &c->after->calls, c->s.arena, &call, err);
}

enum err confer_note(struct conferring *c, struct error *err)
{
	(void)c; /* it stands in the timeline */
	(void)err;
	return ERR_OK;
}

enum err confer_countersign(struct conferring *c, struct error *err)
{
	return speak_countersign(&c->s, &c->after->behalves, &c->after->owed, NULL, err);
}
