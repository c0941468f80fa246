/* Drafts: what an officer had typed into a form that was left.  Kept in memory, one for each act
 * and incident, the oldest given up first. */
#ifndef ZHIBAN_MODEL_DRAFT_H
#define ZHIBAN_MODEL_DRAFT_H

#include <stddef.h>

#include "zhiban/base/uuid.h"

enum { DRAFTS_MAX = 32 };

struct drafts;
struct drafts *drafts_new(void);
void drafts_free(struct drafts *drafts);
/* Copies n names and values; replaces what was kept; id nil: an act that creates. */
void drafts_put(struct drafts *drafts, const char *verb, const struct uuid *id,
		const char *const *names, const char *const *values, size_t n);
/* The value kept for a name, "" if there is none; NULL when there is no draft. */
const char *drafts_get(const struct drafts *drafts, const char *verb, const struct uuid *id,
		       const char *name);
void drafts_drop(struct drafts *drafts, const char *verb, const struct uuid *id);

#endif
