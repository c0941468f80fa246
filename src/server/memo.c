#include <config.h>

#include "service_priv.h"

#include <string.h>

#include "zhiban/base/mem.h"

struct memo *memo_new(void)
{
	struct memo *memo = mem_alloc(sizeof *memo);

	pthread_mutex_init(&memo->lock, NULL);
	return memo;
}

void memo_free(struct memo *memo)
{
	if (memo == NULL)
		return;
	pthread_mutex_destroy(&memo->lock);
	free(memo);
}

uint64_t memo_key(const void *bytes, size_t len)
{
	uint8_t hash[SHA256_LEN];
	uint64_t key;

	sha256(bytes, len, hash);
	memcpy(&key, hash, sizeof key);
	return key;
}

struct memo_slot *memo_take(struct memo *memo, uint64_t key, int64_t now)
{
	struct memo_slot *ways = memo->slots[key % MEMO_BUCKETS];
	struct memo_slot *oldest = &ways[0];

	pthread_mutex_lock(&memo->lock);
	for (size_t i = 0; i < MEMO_WAYS; i++) {
		if (ways[i].used != 0 && ways[i].key == key) {
			ways[i].used = now;
			return &ways[i];
		}
		if (ways[i].used < oldest->used)
			oldest = &ways[i];
	}
	*oldest = (struct memo_slot){ .key = key, .used = now };
	return oldest;
}

void memo_done(struct memo *memo)
{
	pthread_mutex_unlock(&memo->lock);
}
