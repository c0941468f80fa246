/* The outside world as arguments: time and chance.  Tests and the simulation pass their own. */
#ifndef ZHIBAN_BASE_ENV_H
#define ZHIBAN_BASE_ENV_H

#include <stddef.h>
#include <stdint.h>

struct env {
	int64_t (*now)(void *ctx); /* milliseconds since 1970-01-01 UTC */
	void (*random)(void *ctx, void *buf, size_t len);
	void *ctx;
};

/* The system's clock and randomness.  ctx may point at an int64_t that is added to the clock in
 * milliseconds (a demo that starts at another time); NULL adds nothing. */
struct env env_system(int64_t *shift_ms);

/* A world that stands still and repeats itself, for tests and generators. */
struct env_fixed {
	int64_t now;
	uint64_t seed; /* state of the generator, changes with each use */
};
struct env env_fixed(struct env_fixed *fixed);

int64_t env_now(const struct env *env);
void env_random(const struct env *env, void *buf, size_t len);
/* Uniform in [0, n); n > 0. */
uint64_t env_below(const struct env *env, uint64_t n);

#endif
