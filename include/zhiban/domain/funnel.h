/* The funnel of response: how many cases end on the scene, in the street (level 1), with the
 * district (level 2), beside the shares the profile aims at.
 *
 *	on site  = closed without ever leaving the scene / all
 *	level 1  = reached level 1 and no further / (all - on site)
 *	level 2  = reached level 2 / all
 *
 * All are the cases that have ended on the scene or have left it: one that is still being looked at
 * there is in none of the three, and counted apart. */
#ifndef ZHIBAN_DOMAIN_FUNNEL_H
#define ZHIBAN_DOMAIN_FUNNEL_H

#include "zhiban/domain/rules.h"

struct funnel {
	int64_t on_site, level1, level2;
	int64_t undecided; /* still at level 0 */
	int64_t reworked;  /* of level 1: sent back at least once */
};

void funnel_add(struct funnel *funnel, const struct incident *incident);
int64_t funnel_all(const struct funnel *funnel);
/* The three shares in tenths of a percent, in the order of rules->targets; -1 where nothing was
 * counted to divide by. */
void funnel_shares(const struct funnel *funnel, int ret_share[3]);
/* Nearly all of what left the scene is said to be solved at level 1, and much of it came back: the
 * figures want a second look. */
bool funnel_is_doubtful(const struct funnel *funnel);

#endif
