/* What a whistle's clocks let happen, and when: as clock_fires and its like in mark.h do for an
 * incident.  The percentages are those of its summons in the profile; a countersignature or an answer
 * fires as the profile always says of such. */
#ifndef ZHIBAN_DOMAIN_WHISTLE_FIRE_H
#define ZHIBAN_DOMAIN_WHISTLE_FIRE_H

#include "zhiban/domain/mark.h"
#include "zhiban/domain/whistle.h"

/* What must fire now; in quiet hours nothing of the lowest class, unless the mode knows none. */
size_t whistle_fires(const struct rules *rules, const struct whistle *whistle, const char *mode,
		     int64_t now, struct firing firings[FIRINGS_MAX]);
/* The next moment at which it must be looked at; 0: never, unless something changes. */
int64_t whistle_next_fire(const struct rules *rules, const struct whistle *whistle,
			  const char *mode, int64_t now);
/* The act "fire" on it, by the system. */
struct act whistle_firing_act(const struct rules *rules, const struct whistle *whistle,
			      const struct firing *firing, int64_t at, struct arena *arena);
/* Whether it is quiet for it at a moment, and when that ends. */
bool whistle_is_quiet(const struct rules *rules, const struct whistle *whistle, const char *mode,
		      int64_t at, int64_t *ret_until);

#endif
