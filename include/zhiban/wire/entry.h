/* Entries of the journal and their effects as JSON, canonical bytes and hash chain.
 *
 * {"act":ACT,"eff","effects":[{"add":{child:[{"id",…}]},"del":{child:[id]},"from","id","kind",
 * "set":{field: value|null},"to"}],"recv","seq"}.  "add" of an id that is there changes the named
 * fields; empty members of an effect are left out.  The bytes are stored verbatim; hash = SHA-256
 * over the hash before (32 bytes) and the bytes. */
#ifndef ZHIBAN_WIRE_ENTRY_H
#define ZHIBAN_WIRE_ENTRY_H

#include "zhiban/base/crypto.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/effect.h"

/* Appends the canonical bytes (prev and hash are not in them). */
void entry_canonical(const struct entry *entry, struct str *out);
void entry_hash(const uint8_t prev[SHA256_LEN], const void *bytes, size_t len,
		uint8_t ret_hash[SHA256_LEN]);
/* Accepts the canonical bytes, and the form of the feed with "hash" beside.  prev is left zero, and
 * hash too when not given.  What a newer program wrote is passed over: fields, children and kinds
 * that this one does not know, arguments too; its verb stands in act.verb beside
 * act_desc_unknown(). */
enum err entry_decode(const char *bytes, size_t len, struct arena *arena, struct entry *ret_entry,
		      struct error *err) MUST_CHECK;
/* Appends the canonical bytes with the hash put in (NULL: without): an item of feed and timeline.
 * Those with masked values go without: a guess at a phone's digits could be tried against it. */
void entry_with_hash(const char *canonical, size_t len, const uint8_t hash[SHA256_LEN],
		     struct str *out);

#endif
