/* Ids: 128 bits.  UUIDv7 (RFC 9562) for what people and programs make, so that ids sort by time;
 * version 8 named ids (a hash of words) for what must get the same id wherever it is computed. */
#ifndef ZHIBAN_BASE_UUID_H
#define ZHIBAN_BASE_UUID_H

#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/error.h"

struct env;

struct uuid {
	uint8_t b[16];
};

enum { UUID_TEXT = 37 }; /* 36 characters and NUL */

struct uuid uuid_v7(const struct env *env);
/* Version 8: SHA-256 of the words. */
struct uuid uuid_named(const char *words);
struct uuid uuid_child(const struct uuid *parent, const char *kind, unsigned index);
void uuid_text(const struct uuid *id, char text[UUID_TEXT]);	/* lower case with hyphens */
enum err uuid_parse(const char *text, struct uuid *ret_id) MUST_CHECK; /* ERR_INPUT */
bool uuid_eq(const struct uuid *a, const struct uuid *b);
int uuid_cmp(const struct uuid *a, const struct uuid *b);
bool uuid_is_nil(const struct uuid *id);

#endif
