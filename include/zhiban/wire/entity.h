/* Whole entities as JSON, driven by the field tables.
 *
 * Canonical form: no white space, keys sorted, integers only, UTF-8 as it is; fields that are not
 * there are left out.  {"kind":"incident","id":…,"version":…,"seq":…, fields by their json key,
 * "clock":[{"id":…,…}], "part":[…] …}.  Decoding is strict about types and lenient about keys it
 * does not know (a newer server), which it ignores. */
#ifndef ZHIBAN_WIRE_ENTITY_H
#define ZHIBAN_WIRE_ENTITY_H

#include "zhiban/base/str.h"
#include "zhiban/domain/kind.h"

/* Appends the canonical bytes. */
void entity_encode(const void *entity, struct str *out);
/* One JSON object of one entity; texts are copied into the arena.  ERR_INPUT says what is wrong. */
enum err entity_decode(const char *bytes, size_t len, struct arena *arena, void **ret_entity,
		       struct error *err) MUST_CHECK;

#endif
