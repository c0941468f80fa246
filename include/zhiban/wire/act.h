/* Acts as JSON.
 *
 * {"actor":{"officer","org","role"},"after","args":{field: value, repeated ones: [..]},"at",
 * "by_phone":{"answered","at","org","role","rung","wording"},"console","epoch","id","n",
 * "target":[{"base","id","kind"}],"verb"}.  "after" and "console" are left out when nil, "epoch"
 * and "by_phone" when empty, "n" when 0; optional members of "args" and "by_phone" when not there.
 * Decoding is strict: an unknown verb, argument, wrong type or a text longer than its field allows
 * is ERR_INPUT with a sentence; what the act's own rules demand (required arguments) is left to
 * act_check. */
#ifndef ZHIBAN_WIRE_ACT_H
#define ZHIBAN_WIRE_ACT_H

#include "zhiban/base/str.h"
#include "zhiban/domain/act.h"

/* Appends the canonical bytes: the same act gives the same bytes, so they can be hashed and
 * compared. */
void act_encode(const struct act *act, struct str *out);
enum err act_decode(const char *bytes, size_t len, struct arena *arena, struct act *ret_act,
		    struct error *err) MUST_CHECK;

#endif
