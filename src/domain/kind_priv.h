/* The tables that kind.c looks into. */
#ifndef ZHIBAN_DOMAIN_KIND_PRIV_H
#define ZHIBAN_DOMAIN_KIND_PRIV_H

#include "zhiban/domain/kind.h"

extern const struct kind_desc kind_descs[KIND_COUNT];
extern const struct child_desc child_descs[CHILD_COUNT];

#endif
