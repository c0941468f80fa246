/* What acts carry in the simulation. */
#ifndef TESTS_SIM_ARGS_H
#define TESTS_SIM_ARGS_H

#include "zhiban/client/rows.h"

enum { SIM_GIVEN = 8 };
struct world;

struct args {
	struct given items[SIM_GIVEN];
	size_t n;
	const struct field *seen; /* what the act sets for all to see */
	const char *text;
	struct by_phone phone; /* of an act on somebody's behalf */
};

const char *sim_words(struct world *world, const char *what); /* never the same twice */
void args_text(struct args *args, const struct act_desc *desc, const char *name, const char *text);
void args_num(struct args *args, const struct act_desc *desc, const char *name, int64_t num);
void args_register(struct world *world, const struct act_desc *desc, struct args *args);
/* All that the act must have, and some of what it may.  incident: what it is done to; page: what it
 * may refer to; or NULL. */
void args_fill(struct world *world, const struct act_desc *desc, const struct incident *incident,
	       const struct client_page *page, struct args *args);

void args_give(struct world *world, const struct act_desc *desc, const struct act_arg *arg,
	       struct args *args); /* one of them */

/* officer.c: an officer before a console. */
struct sim_seat {
	int slot, at;
	struct client *client;
};
bool sim_take_seat(struct world *world, struct sim_seat *seat);
bool sim_take_high_seat(struct world *world, struct sim_seat *seat); /* the centre's, mostly */
bool sim_broken(struct world *world, const struct sim_seat *seat); /* his disk has failed him */
struct client_page sim_look(struct world *world, const struct sim_seat *seat);
bool sim_do(struct world *world, const struct sim_seat *seat, const struct act_desc *desc,
	    const struct uuid *target, const struct args *args);

/* waits.c: something that this case waits for, whoever may do it; NULL: nothing. */
const struct act_desc *waited_for(struct world *world, const struct incident *incident);

#endif
