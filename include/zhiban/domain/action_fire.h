/* What the clocks of a task let happen, and when: as whistle_fire.h of a whistle.  The percentages are
 * those of the profile's tasks; a countersignature or an answer fires as the profile always says of
 * such. */
#ifndef ZHIBAN_DOMAIN_ACTION_FIRE_H
#define ZHIBAN_DOMAIN_ACTION_FIRE_H

#include "zhiban/domain/mark.h"
#include "zhiban/domain/meeting.h"

/* What must fire now; in quiet hours nothing, unless the mode knows none: a task has days. */
size_t action_fires(const struct rules *rules, const struct action *action, const char *mode,
		    int64_t now, struct firing firings[FIRINGS_MAX]);
/* The next moment at which it must be looked at; 0: never, unless something changes. */
int64_t action_next_fire(const struct rules *rules, const struct action *action, const char *mode,
			 int64_t now);
/* The act "fire" on it, by the system. */
struct act action_firing_act(const struct rules *rules, const struct action *action,
			     const struct firing *firing, int64_t at, struct arena *arena);
/* Whether it is quiet for it at a moment, and when that ends. */
bool action_is_quiet(const struct rules *rules, const struct action *action, const char *mode,
		     int64_t at, int64_t *ret_until);

#endif
