/* Places: from an address to its grid (地址 → 网格).
 *
 * The address table is one text for all consoles (wire/places.h), kept by them as rows.  What a
 * person types is compared with its addresses here: pure functions, so that a proposal is the same
 * on the screen and in a command. */
#ifndef ZHIBAN_DOMAIN_PLACE_H
#define ZHIBAN_DOMAIN_PLACE_H

#include "zhiban/domain/incident.h"

#define F(name, type, ...) FIELD_C_##type name;
struct place {
#include "zhiban/domain/place.def"
};
#undef F

const struct field *place_fields(size_t *ret_n);

/* As addresses are compared: folded (base/text.h), without blanks. */
void place_fold(struct str *out, const char *words);
/* How well a place fits what was typed, both folded: 0 not at all; more is better.  An address that
 * stands whole in what was typed goes before one that has only been begun, and of two the longer; a
 * house number that its row does not have fits not at all.  After both of these comes what is the
 * pinyin of an address, with a house number behind it or none. */
bool place_is_whole(const struct place *place, const char *typed); /* it stands whole in it */
int place_fits(const struct place *place, const char *typed);
/* "1-99", "1-99 odd", "2-98 even", "7": whether a number is among them; text that cannot be read
 * has none. */
bool place_numbers_have(const char *numbers, int number);
bool place_numbers_valid(const char *numbers);

#endif
