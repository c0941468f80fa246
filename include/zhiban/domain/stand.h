/* What stands open beside a case's own loop, as its data alone say: no rules, no clock.  The console
 * keeps a list of such cases, so that they are counted and found without a scan. */
#ifndef ZHIBAN_DOMAIN_STAND_H
#define ZHIBAN_DOMAIN_STAND_H

#include "zhiban/domain/incident.h"

enum stand {
	STAND_UNSIGNED = 1 << 0,   /* given to an organisation, or a share of it, that has not signed */
	STAND_RECEIPTS = 1 << 1,   /* a notice on it has no receipt yet, closed or not */
	STAND_INSTRUCTED = 1 << 2, /* a leader's instruction that is not carried out */
};
enum { STANDS = 3 };

/* Bits of enum stand.  The children part, receipt and instruction must be there. */
unsigned incident_stands(const struct incident *incident);

#endif
