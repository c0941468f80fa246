#include <config.h>

#include "zhiban/domain/choice.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

const struct choice *choices_find(const struct choices *choices, const char *code)
{
	for (size_t i = 0; code != NULL && i < choices->n; i++)
		if (strcmp(choices->items[i].code, code) == 0)
			return &choices->items[i];
	return NULL;
}

/* Case does not count.  Most words differ in their first letter (bit 0x20 is its case). */
static bool same_word(const char *a, const char *b)
{
	return ((*a ^ *b) & ~0x20) == 0 && strcasecmp(a, b) == 0;
}

const struct choice *choices_named(const struct choices *choices, const char *words)
{
	const struct choice *choice = choices_find(choices, words);

	if (choice != NULL || words == NULL)
		return choice;
	for (size_t i = 0; i < choices->n; i++) {
		choice = &choices->items[i];
		if (same_word(choice->code, words) || same_word(choice->label, words))
			return choice;
		for (const char *const *w = choice->words; w != NULL && *w != NULL; w++)
			if (same_word(*w, words))
				return choice;
	}
	return NULL;
}
