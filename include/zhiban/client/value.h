/* Values in words for prompts and commands, and entries for output. */
#ifndef ZHIBAN_CLIENT_VALUE_H
#define ZHIBAN_CLIENT_VALUE_H

#include "zhiban/client/client.h"

/* What a person typed for a field, or an act's argument, as its value: organisations by code, name
 * or short name, codes and choices by their labels too.  ERR_INPUT names what is allowed. */
enum err client_value(const struct client *client, const struct field *field, const char *words,
		      struct arena *arena, struct value *ret_value, struct error *err) MUST_CHECK;

/* The admitted entries of an incident that are here, for output. */
struct client_entries {
	struct entry *items; /* oldest first */
	size_t n, cap;
	struct arena *arena;
};
enum err client_entries(struct client *client, const struct uuid *id, struct arena *arena,
			struct client_entries *ret_entries, struct error *err) MUST_CHECK;

#endif
