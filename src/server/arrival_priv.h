/* Proof of arrival on the server (arrival.c): the secrets of whistles, and what a code is worth.
 *
 * One key for all, made when it is first needed and kept with the data (meta "arrival"), so that every
 * node has it and a restore brings it back; a whistle's secret is made from it and the whistle's id.
 * Key and secrets stand in no journal, export, answer that is kept, log or trace. */
#ifndef ZHIBAN_SERVER_ARRIVAL_PRIV_H
#define ZHIBAN_SERVER_ARRIVAL_PRIV_H

#include "admit_priv.h"
#include "zhiban/domain/arrival.h"
#include "zhiban/domain/whistle.h"

/* The secret of a whistle.  Without `makes` *ret_there is false while nobody has asked for any: then
 * there is no key, and no code was ever shown. */
enum err arrival_secret(struct writer *writer, const struct uuid *whistle, bool makes,
			uint8_t secret[ARRIVAL_SECRET], bool *ret_there,
			struct error *err) MUST_CHECK;

/* arrival_code.c. */
/* What the code of a report_in is worth, for decide: into state->proof and proof_step.  `entity` is the
 * whistle as it is; eff the moment that is claimed.  Other acts are left alone. */
enum err arrival_judge(struct writer *writer, const struct act *act, const void *entity, int64_t eff,
		       struct state *state, struct error *err) MUST_CHECK;
/* After decide: a wrong code of somebody who might have reported in counts against its share.  Five in
 * ten minutes, and none is looked at until these are over.  In memory, a node's own, as back-off is. */
void arrival_judged(struct writer *writer, const struct act *act, const void *entity,
		    const struct state *state, enum err verdict);

#endif
