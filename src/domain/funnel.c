#include <config.h>

#include "zhiban/domain/funnel.h"

enum { DOUBT_SHARE = 980, DOUBT_REWORKED = 100, DOUBT_LEAST = 20 }; /* tenths of a percent; cases */

void funnel_add(struct funnel *funnel, const struct incident *incident)
{
	if (incident->response >= 2)
		funnel->level2++;
	else if (incident->response == 1)
		funnel->level1++;
	else if (incident->open)
		funnel->undecided++;
	else
		funnel->on_site++;
	if (incident->response == 1 && incident->reworks > 0)
		funnel->reworked++;
}

int64_t funnel_all(const struct funnel *funnel)
{
	return funnel->on_site + funnel->level1 + funnel->level2;
}

static int share(int64_t part, int64_t of)
{
	return of > 0 ? (int)((part * 1000 + of / 2) / of) : -1;
}

void funnel_shares(const struct funnel *funnel, int ret_share[3])
{
	int64_t all = funnel_all(funnel);

	ret_share[0] = share(funnel->on_site, all);
	ret_share[1] = share(funnel->level1, all - funnel->on_site);
	ret_share[2] = share(funnel->level2, all);
}

bool funnel_is_doubtful(const struct funnel *funnel)
{
	int shares[3];

	funnel_shares(funnel, shares);
	return funnel->level1 >= DOUBT_LEAST && shares[1] >= DOUBT_SHARE &&
	       share(funnel->reworked, funnel->level1) >= DOUBT_REWORKED;
}
