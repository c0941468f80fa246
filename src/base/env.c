#include <config.h>

#include "zhiban/base/env.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

static int64_t system_now(void *ctx)
{
	const int64_t *shift_ms = ctx;
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000 +
	       (shift_ms != NULL ? *shift_ms : 0);
}

static void system_random(void *ctx, void *buf, size_t len)
{
	unsigned char *at = buf;

	(void)ctx;
	while (len > 0) {
		ssize_t n = getrandom(at, len, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			abort(); /* no kernel we run on: ids that repeat would be worse */
		at += n;
		len -= (size_t)n;
	}
}

struct env env_system(int64_t *shift_ms)
{
	return (struct env){ .now = system_now, .random = system_random, .ctx = shift_ms };
}

static int64_t fixed_now(void *ctx)
{
	const struct env_fixed *fixed = ctx;

	return fixed->now;
}

/* splitmix64 (Steele, Lea, Flood 2014): any seed will do, also 0. */
static uint64_t fixed_next(struct env_fixed *fixed)
{
	uint64_t z = fixed->seed += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* Low byte first, whatever the machine: the same seed gives the same ids everywhere. */
static void fixed_random(void *ctx, void *buf, size_t len)
{
	unsigned char *at = buf;
	uint64_t bits = 0;

	for (size_t i = 0; i < len; i++, bits >>= 8) {
		if (i % 8 == 0)
			bits = fixed_next(ctx);
		at[i] = (unsigned char)bits;
	}
}

struct env env_fixed(struct env_fixed *fixed)
{
	return (struct env){ .now = fixed_now, .random = fixed_random, .ctx = fixed };
}

int64_t env_now(const struct env *env)
{
	return env->now(env->ctx);
}

void env_random(const struct env *env, void *buf, size_t len)
{
	env->random(env->ctx, buf, len);
}

static uint64_t random_u64(const struct env *env)
{
	unsigned char bytes[8];
	uint64_t bits = 0;

	env_random(env, bytes, sizeof bytes);
	for (int i = 7; i >= 0; i--)
		bits = bits << 8 | bytes[i];
	return bits;
}

uint64_t env_below(const struct env *env, uint64_t n)
{
	uint64_t bits, uneven;

	assert(n > 0);
	uneven = -n % n; /* 2^64 mod n: the values that would be drawn once too often */
	do
		bits = random_u64(env);
	while (bits < uneven);
	return bits % n;
}
