/* Words to choose from, as a profile lists them: a code that is kept, and how people call it.
 *
 * They live in the arena of the loaded profile, in the order of its list. */
#ifndef ZHIBAN_DOMAIN_CHOICE_H
#define ZHIBAN_DOMAIN_CHOICE_H

#include <stddef.h>

struct choice {
	const char *code, *label;
	const char *const *words; /* other names an import may bring, NULL-terminated */
};
struct choices {
	const struct choice *items;
	size_t n;
};

/* By code; by code, label or other name, whatever the case.  NULL when none fits. */
const struct choice *choices_find(const struct choices *choices, const char *code);
const struct choice *choices_named(const struct choices *choices, const char *words);

#endif
