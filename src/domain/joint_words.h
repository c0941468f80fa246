/* What the codes of meetings, their items and tasks are called, and which there are, for rules_show and
 * rules_choices_in. */
#ifndef ZHIBAN_DOMAIN_JOINT_WORDS_H
#define ZHIBAN_DOMAIN_JOINT_WORDS_H

#include "zhiban/domain/rules.h"

/* NULL: it is none of theirs, or the code is not known. */
const char *joint_show(const struct rules *rules, const struct field *field, const char *code);
/* In the arena; NULL: it is none of theirs. */
const struct choices *joint_choices(const struct rules *rules, const struct field *field,
				    struct arena *arena);

#endif
