/* One request to the server in the current officer's name, waited for: what is asked rarely and
 * needs the line (a search of history, a masked value, one's own PIN, an administrator's command).
 * Acts never go this way. */
#ifndef ZHIBAN_CLIENT_ASK_H
#define ZHIBAN_CLIENT_ASK_H

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/client/settings.h"

struct ask_reply {
	int status; /* 200 to 299 */
	const char *body; /* in the arena, ended by NUL */
	size_t len;
};
/* path: with its query, already escaped.  body: NULL for none.  ERR_AUTH: nobody is logged in here,
 * or the server says so; ERR_OFFLINE: the server cannot be reached; else what the server answered,
 * with its sentence. */
enum err server_ask(const struct server_settings *server, const char *method, const char *path,
		    const char *body, size_t len, struct arena *arena, struct ask_reply *ret_reply,
		    struct error *err) MUST_CHECK;
/* Appends a word of a query, percent-encoded (RFC 3986). */
void ask_escape(struct str *path, const char *word);

#endif
