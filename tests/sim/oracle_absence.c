/* Posts that did not answer: however many consoles a seat has, it stands there once of an alarm. */
#include <config.h>

#include <string.h>

#include "oracle.h"

static bool same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

enum { SLACK = 60 * 1000 };

/* What rang is told by a console's clock, which may be wrong by days until it hears of the server. */
static bool clocks_agree(const struct world *world)
{
	for (int slot = 0; slot < SLOTS; slot++)
		if (world->consoles[slot].used && (world->consoles[slot].station.skew > SLACK ||
						   world->consoles[slot].station.skew < -SLACK))
			return false;
	return true;
}

/* A case is new once; of the others an acknowledgement or another due lies between. */
void oracle_absences(const struct oracle *oracle, const struct known *known)
{
	const json_t *all = json_object_get(known->state, "absence"), *one, *other;
	size_t i;

	json_array_foreach(all, i, one) {
		if (json_int(one, "at") < json_int(one, "rang_at") - SLACK &&
		    clocks_agree(oracle->world))
			sim_fail(oracle->world, "an absence %lld ms before its alarm",
				 (long long)(json_int(one, "rang_at") - json_int(one, "at")));
		for (size_t k = 0; k < i; k++) {
			other = json_array_get(all, k);
			if (same(state_text(one, "org"), state_text(other, "org")) &&
			    same(state_text(one, "alarm_kind"), "new") &&
			    same(state_text(other, "alarm_kind"), "new"))
				sim_fail(oracle->world, "%s did not answer one new case twice",
					 state_text(one, "org"));
		}
	}
}
