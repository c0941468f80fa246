/* Inside a reckon. */
#ifndef ZHIBAN_CLIENT_RECKON_PRIV_H
#define ZHIBAN_CLIENT_RECKON_PRIV_H

#include "zhiban/client/reckon.h"

/* Which roster it is of: texts in the reckon's arena; NULL: of none. */
struct reckon_info {
	const char *org, *plan, *month;
};
struct reckon *reckon_make(struct arena *arena, const struct build_problem *problem,
			   const struct reckon_options *options, const struct reckon_info *info);
const struct reckon_info *reckon_info(const struct reckon *reckon);

#endif
