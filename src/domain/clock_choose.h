/* The limit that a clock gets: what decide_limit.c and whistle_clock.c share. */
#ifndef ZHIBAN_DOMAIN_CLOCK_CHOOSE_H
#define ZHIBAN_DOMAIN_CLOCK_CHOOSE_H

#include "zhiban/domain/rules.h"

/* Writes limit and row: those of the row (NULL: none applies), or those of the mode in which it
 * started if that is sooner.  False when neither gives one.  The clock's kind, start, mode, calendar
 * and hours stand. */
bool clock_choose(const struct rules *rules, struct arena *arena, struct clock *clock,
		  const struct limit_row *row);

#endif
