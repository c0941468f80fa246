/* One incident with clocks, for tests: rules that may be changed, acts at any moment, in any mode. */
#ifndef ZHIBAN_TESTS_DOMAIN_CLOCKS_HELP_H
#define ZHIBAN_TESTS_DOMAIN_CLOCKS_HELP_H

#include "fixture.h"

struct world {
	struct fixture fx;
	struct incident *incident;
	const char *mode;
	int64_t eff; /* of the next act; 0: now */
	struct by_phone phone;
	struct error err;
};

/* In the step, the incident there already (step NULL: none yet); who grants extensions is "5wd chief",
 * then "leader". */
void world_begin(struct world *w, const char *step);
void world_end(struct world *w);
/* The rule of a clock, to be changed for a test. */
struct clock_rule *world_rule(struct world *w, const char *step, const char *kind);
struct flow_act *world_act(struct world *w, const char *step, const char *verb);
/* Another clock of a step, with one row. */
struct clock_rule *world_add_rule(struct world *w, const char *step, const char *kind,
				   const char *limit, enum who who);
void world_at(struct world *w, const char *when);
enum err world_try(struct world *w, const char *verb, const char *actor, const char *args);
void world_must(struct world *w, const char *verb, const char *actor, const char *args);
/* The running clock of a kind and, when not NULL, of an organisation; or NULL. */
const struct clock *world_clock(const struct world *w, const char *kind, const char *org);
void world_due(const struct world *w, const char *kind, const char *due);

#endif
