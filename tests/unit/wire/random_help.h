/* Random entities, acts and entries, the same for the same seed. */
#ifndef RANDOM_HELP_H
#define RANDOM_HELP_H

#include "zhiban/base/env.h"
#include "zhiban/domain/effect.h"

struct random {
	struct env_fixed world;
	struct env env;
	struct arena arena;
};

void random_init(struct random *r, uint64_t seed);
void random_release(struct random *r);
uint64_t random_below(struct random *r, uint64_t n);
struct uuid random_id(struct random *r);
/* A value of the field's type; never longer than the field allows. */
struct value random_value(struct random *r, const struct field *field);
void *random_entity(struct random *r, enum kind kind);
void random_act(struct random *r, const struct act_desc *desc, struct act *act);
void random_effect(struct random *r, enum kind kind, struct effect *effect);
void random_entry(struct random *r, struct entry *entry);

#endif
