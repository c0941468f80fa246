/* What the codes of rosters, swaps, handovers and records are called, for rules_show. */
#ifndef ZHIBAN_DOMAIN_DUTY_WORDS_H
#define ZHIBAN_DOMAIN_DUTY_WORDS_H

#include "zhiban/domain/rules.h"

/* Of a field by its name: plan, shift, post, how, state, sort, found.  Plans may use one code of a
 * shift or post for different labels: who knows the plan asks it first.  NULL: not known. */
const char *duty_show(const struct rules *rules, const struct field *field, const char *code);

#endif
