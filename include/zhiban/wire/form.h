/* Bodies of HTML forms (application/x-www-form-urlencoded, as the URL standard of WHATWG reads it):
 * untrusted, so that everything is bounded and must be text. */
#ifndef ZHIBAN_WIRE_FORM_H
#define ZHIBAN_WIRE_FORM_H

#include "zhiban/base/arena.h"

enum { FORM_PAIRS = 128, FORM_NAME = 200, FORM_VALUE = 20000 }; /* the last two in bytes */

struct form_pair {
	const char *name, *value; /* UTF-8 without NUL; white space at both ends of a value is gone */
};
struct form {
	const struct form_pair *pairs; /* in their order; names may repeat */
	size_t n;
};

/* The texts live in the arena.  ERR_INPUT: bytes that are no text, a broken %XX, something that is
 * no form (a multipart body, JSON); ERR_TOO_LARGE: more than the bounds above. */
enum err form_decode(const char *bytes, size_t len, struct arena *arena, struct form *ret_form,
		     struct error *err) MUST_CHECK;
/* The first of that name, NULL when it is not there or empty. */
const char *form_value(const struct form *form, const char *name);

#endif
