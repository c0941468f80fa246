/* Undoing: nothing is held back, so what was done is either not sent yet, and is taken back, or is in
 * the journal, and is answered by its opposite, if it has one. */
#ifndef ZHIBAN_MODEL_UNDO_H
#define ZHIBAN_MODEL_UNDO_H

#include "zhiban/client/client.h"

struct undo {
	const struct act_desc *did; /* the officer's last act on the incident */
	struct uuid act;	    /* it waits here: client_take_back; nil: it is admitted */
	const struct act_desc *inverse; /* admitted: what undoes it, and can be done now */
};
/* ERR_NOT_FOUND: he did nothing to it that is known here; ERR_REFUSED: it cannot be undone, and why:
 * on its way, without an opposite, or this is not possible any more. */
enum err undo_find(struct client *client, const struct uuid *id, struct undo *ret_undo,
		   struct error *err) MUST_CHECK;
/* The inverse of an act, or NULL. */
const struct act_desc *undo_inverse(const struct act_desc *act);

#endif
