/* What the files of rosters share. */
#ifndef ZHIBAN_DOMAIN_ROSTER_PRIV_H
#define ZHIBAN_DOMAIN_ROSTER_PRIV_H

#include "zhiban/domain/roster.h"

struct duty_span {
	int64_t starts, ends; /* ms UTC, [starts, ends) */
};
/* The shift that begins on a day; roster_need.c. */
struct duty_span shift_span(const struct rules *rules, const struct duty_shift *shift, int32_t day);

#endif
