/* Values in words for prompts and commands, and entries for output. */
#ifndef ZHIBAN_CLIENT_VALUE_H
#define ZHIBAN_CLIENT_VALUE_H

#include "zhiban/client/client.h"

/* What a person typed for a field, an act's argument or a part of what was said by telephone, as
 * its value: organisations by code, name or short name; codes and choices by their labels too;
 * times also as "+40m" "+2h" "+1d" from now and "02:41" of today; lead, child and related tickets
 * by their numbers (related also by a number elsewhere).  ERR_INPUT names what is allowed. */
enum err client_value(struct client *client, const struct field *field, const char *words,
		      struct arena *arena, struct value *ret_value, struct error *err) MUST_CHECK;

/* Arguments that name another ticket by its id, and what to call it: by its number, or the id
 * itself when it is not here. */
bool client_is_ticket(const struct field *field);
const char *client_ticket(struct client *client, const char *id, char buf[256]);

/* A file for an attachment: its name, size and SHA-256 as arguments of the act; reads it whole, a
 * piece at a time.  *n_given counts on from what it is. */
enum { CLIENT_FILE_GIVEN = 3 };
enum err client_file(const struct act_desc *act, const char *path, struct arena *arena,
		     struct given *given, size_t *n_given, struct error *err) MUST_CHECK;

/* "org=水务局,rung=值班室,answered=老周,at=02:40,wording=收到": adds what is said to phone.  A comma
 * stays in a value when no known key follows it. */
enum err client_phone(struct client *client, const char *words, struct arena *arena,
		      struct by_phone *phone, struct error *err) MUST_CHECK;

/* The admitted entries of an incident that are here, for output. */
struct client_entries {
	struct entry *items; /* oldest first */
	size_t n, cap;
	struct arena *arena;
};
enum err client_entries(struct client *client, const struct uuid *id, struct arena *arena,
			struct client_entries *ret_entries, struct error *err) MUST_CHECK;

#endif
