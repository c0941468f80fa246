#include <config.h>

#include "zhiban/base/uuid.h"

#include <stddef.h>
#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/env.h"

enum { UUID_BYTES = 16, UUID_CHARS = UUID_TEXT - 1 };

/* RFC 9562, 4.1 and 4.2. */
static void stamp(struct uuid *id, unsigned version)
{
	id->b[6] = (uint8_t)((id->b[6] & 0x0F) | version << 4);
	id->b[8] = (uint8_t)((id->b[8] & 0x3F) | 0x80);
}

struct uuid uuid_v7(const struct env *env)
{
	uint64_t ms = (uint64_t)env_now(env);
	struct uuid id;

	for (int i = 0; i < 6; i++)
		id.b[i] = (uint8_t)(ms >> (40 - 8 * i));
	env_random(env, id.b + 6, sizeof id.b - 6);
	stamp(&id, 7);
	return id;
}

static struct uuid from_hash(struct sha256 *h)
{
	uint8_t hash[SHA256_LEN];
	struct uuid id;

	sha256_end(h, hash);
	memcpy(id.b, hash, sizeof id.b);
	stamp(&id, 8);
	return id;
}

struct uuid uuid_named(const char *words)
{
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, words, strlen(words));
	return from_hash(&h);
}

struct uuid uuid_child(const struct uuid *parent, const char *kind, unsigned index)
{
	uint8_t number[4] = { (uint8_t)(index >> 24), (uint8_t)(index >> 16),
			      (uint8_t)(index >> 8), (uint8_t)index };
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, parent->b, sizeof parent->b);
	sha256_add(&h, kind, strlen(kind) + 1); /* with its NUL, so that it has an end */
	sha256_add(&h, number, sizeof number);
	return from_hash(&h);
}

/* Where the two digits of each byte stand: 8-4-4-4-12. */
static const uint8_t digits_at[UUID_BYTES] = { 0,  2,  4,  6,  9,  11, 14, 16,
					       19, 21, 24, 26, 28, 30, 32, 34 };

void uuid_text(const struct uuid *id, char text[UUID_TEXT])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < UUID_BYTES; i++) {
		text[digits_at[i]] = digits[id->b[i] >> 4];
		text[digits_at[i] + 1] = digits[id->b[i] & 0x0F];
	}
	text[8] = text[13] = text[18] = text[23] = '-';
	text[UUID_CHARS] = '\0';
}

enum err uuid_parse(const char *text, struct uuid *ret_id)
{
	char hex[2 * UUID_BYTES + 1];

	if (strlen(text) != UUID_CHARS || text[8] != '-' || text[13] != '-' || text[18] != '-' ||
	    text[23] != '-')
		return ERR_INPUT;
	for (size_t i = 0; i < UUID_BYTES; i++)
		memcpy(hex + 2 * i, text + digits_at[i], 2);
	hex[2 * UUID_BYTES] = '\0';
	return crypto_unhex(hex, ret_id->b, UUID_BYTES);
}

bool uuid_eq(const struct uuid *a, const struct uuid *b)
{
	return uuid_cmp(a, b) == 0;
}

int uuid_cmp(const struct uuid *a, const struct uuid *b)
{
	return memcmp(a->b, b->b, sizeof a->b);
}

bool uuid_is_nil(const struct uuid *id)
{
	static const struct uuid nil = { { 0 } };

	return uuid_eq(id, &nil);
}
