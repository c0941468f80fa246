/* Texts of small profiles for tests. */
#ifndef PROFILE_FIXTURE_H
#define PROFILE_FIXTURE_H

#include "zhiban/profile/profile.h"

struct bundle_part { /* a file of a bundle */
	const char *name, *text;
};
/* The text with one piece put in place of another, once; free() it.  Ends the test when the piece is
 * not there. */
char *replaced(const char *text, const char *from, const char *to);
enum err parse_parts(const struct bundle_part *parts, size_t n, struct jurisdiction **ret_profile,
		     struct error *err) MUST_CHECK;

#endif
