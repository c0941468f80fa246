/* Which limit a clock gets: the first row of its rule that fits the incident, the organisation, the
 * mode and the moment. */
#ifndef ZHIBAN_DOMAIN_CLOCK_LIMIT_H
#define ZHIBAN_DOMAIN_CLOCK_LIMIT_H

#include "zhiban/domain/rules.h"

/* The limit that applies to an incident's clock of an organisation, in a mode, at a moment, and
 * which row said so. */
struct limit_ask {
	const struct incident *incident;
	const char *org;  /* whose clock */
	const char *mode; /* code; NULL: peacetime */
	int64_t at;
};
/* By the calendar and hours of the jurisdiction; at: ms UTC. */
bool rules_in_period(const struct rules *rules, enum period period, int64_t at);
const struct limit_row *clock_rule_row(const struct rules *rules, const struct clock_rule *rule,
				       const struct limit_ask *ask);

#endif
