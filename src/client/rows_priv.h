/* Shared by windows and scans. */
#ifndef ZHIBAN_CLIENT_ROWS_PRIV_H
#define ZHIBAN_CLIENT_ROWS_PRIV_H

#include "zhiban/client/rows.h"

void rows_key(const struct rules *rules, const struct client_order *order,
	      const struct incident *incident, int64_t tie, struct row_key *ret_key);

#endif
