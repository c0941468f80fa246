/* What the files of the guards share. */
#ifndef ZHIBAN_DOMAIN_GUARD_PRIV_H
#define ZHIBAN_DOMAIN_GUARD_PRIV_H

#include "decide_priv.h"

typedef enum err guard_fn(const struct ask *ask, const struct guard_use *use, struct error *err);
#define G(name_, arg_, sentence_) guard_fn guard_##name_;
#include "zhiban/domain/guard.def"
#undef G

/* Refuses with the guard's sentence, whose %s (a translation may write %2$s) are the words. */
enum err guard_refuse(const struct guard_use *use, struct error *err, const char *first,
		      const char *second);
/* Whether "a|b|c" has the word. */
bool guard_lists(const char *list, const char *word);
/* The labels of the words of "a|b|c", for a sentence: "甲、乙". */
void guard_labels(const struct choices *choices, const char *list, struct str *out);
/* For whom the act counts: whom the telephone named; who should do it, when the centre or the seat
 * records it for him; else the actor's own. */
const char *guard_org(const struct ask *ask);
bool guard_event_known(const char *verb); /* who did it is remembered */

#endif
