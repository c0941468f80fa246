/* What the codes of whistles are called, for rules_show and the lists of choices. */
#ifndef ZHIBAN_DOMAIN_SUMMONS_WORDS_H
#define ZHIBAN_DOMAIN_SUMMONS_WORDS_H

#include "zhiban/domain/rules.h"

/* Of a field of whistles (step, clock, kind, class, ground) by any of the profile's summonses; NULL:
 * not known, or a field of something else. */
const char *summons_show(const struct rules *rules, const struct field *field, const char *code);
/* What such a field may be: kinds of summons, classes, grounds, each code once; NULL: no list. */
const struct choices *summons_choices(const struct rules *rules, const struct field *field,
				      struct arena *arena);

#endif
