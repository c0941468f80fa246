#include <config.h>

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

char *replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	struct str out = STR_INIT;

	if (!at)
		fail_msg("\"%s\" does not stand in the text", from);
	str_add_bytes(&out, text, (size_t)(at - text));
	str_add(&out, to);
	str_add(&out, at + strlen(from));
	return str_take(&out, NULL);
}

enum err parse_parts(const struct bundle_part *parts, size_t n, struct jurisdiction **ret_profile,
		     struct error *err)
{
	struct str bundle = STR_INIT;
	enum err code;

	for (size_t i = 0; i < n; i++)
		str_addf(&bundle, "%%%%file %s\n%s", parts[i].name, parts[i].text);
	code = profile_parse(bundle.s, bundle.len, ret_profile, err);
	str_release(&bundle);
	return code;
}
