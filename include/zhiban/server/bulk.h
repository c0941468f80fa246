/* Bulk intake by the server itself: imports, demonstrations. */
#ifndef ZHIBAN_SERVER_BULK_H
#define ZHIBAN_SERVER_BULK_H

#include "zhiban/base/error.h"
#include "zhiban/domain/act.h"
#include "zhiban/server/service.h"

struct bulk_result {
	enum err code; /* ERR_OK: admitted; ERR_EXISTS: there already; else rejected */
	char sentence[sizeof ((struct error *)0)->text]; /* why not */
	int64_t seq;
};
/* Admits acts of the system (n = 0, no console) in one transaction, in their order; each gets its
 * result, a refused one stops nothing.  moments: NULL, or for each act the time the server takes
 * for its own when admitting it (ms UTC; how a generated past is made); clocks fire up to it.
 * Blocks until it is durable.  An error other than ERR_OK means that none was admitted. */
enum err service_bulk(struct service *service, const struct act *acts, const int64_t *moments,
		      size_t n, struct bulk_result *results, struct error *err) MUST_CHECK;

#endif
