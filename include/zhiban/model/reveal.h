/* Personal values (who reported, from which phone) shown to an officer in clear, for a reason of the
 * profile's list.  Where the console holds the value, the act is done here, also without the line,
 * and journalled; else the server is asked. */
#ifndef ZHIBAN_MODEL_REVEAL_H
#define ZHIBAN_MODEL_REVEAL_H

#include "zhiban/client/client.h"

enum { REVEALS_MOST = 8, REVEAL_S = 30 };

struct reveal_item {
	const struct field *field;
	const char *masked; /* as it is shown otherwise, clean; in the arena */
	bool here;	    /* this console holds it in clear */
};
/* The personal values an incident has, the phone first. */
enum err reveal_items(struct client *client, const struct uuid *id, struct arena *arena,
		      struct reveal_item items[REVEALS_MOST], size_t *ret_n, struct error *err)
	MUST_CHECK;
/* The reason that is chosen at first: to get in touch with the caller, when the list has it. */
size_t reveal_usual(const struct rules *rules);
/* Of one that is here: does the act, and gives the value, cleaned, in the arena. */
enum err reveal_here(struct client *client, const struct uuid *id, const struct field *field,
		     const char *why, struct arena *arena, const char **ret_value,
		     struct error *err) MUST_CHECK;

#endif
