/* Parties: which organisations may see an entity.  They only grow: origin, every holder, parts, and
 * the ancestors of each. */
#ifndef ZHIBAN_DOMAIN_PARTY_H
#define ZHIBAN_DOMAIN_PARTY_H

#include "zhiban/domain/rules.h"

enum { PARTY_MAX = 64 };
/* Codes borrowed from rules, without repeats; returns how many. */
size_t party_of(const struct rules *rules, const void *entity, const char *codes[PARTY_MAX]);

#endif
