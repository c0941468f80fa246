/* Codes that prove who has come (domain/arrival.h), at the console of the street that has blown.
 *
 * The secret of a whistle is asked of the server once (ASK_ARRIVAL; TELL_ARRIVAL says how it went), and
 * kept beside the token, so that codes can be shown with the line cut.  It goes when the whistle is
 * closed, and with a log-out that wipes. */
#ifndef ZHIBAN_CLIENT_ARRIVAL_H
#define ZHIBAN_CLIENT_ARRIVAL_H

#include "zhiban/client/settings.h"
#include "zhiban/client/whistle.h"
#include "zhiban/domain/arrival.h"

/* Whether this officer's console shows codes of it: a kind with codes, issued, blown by his
 * organisation or one within it, and a department is still awaited. */
bool client_arrival_may(const struct client *client, const struct whistle *whistle);
/* The same, and the secret is not here yet: send ASK_ARRIVAL with its id. */
bool client_arrival_wanted(struct client *client, const struct whistle *whistle);
/* Asks the server for it at once, and keeps it: for programs without a screen.  Blocks. */
enum err client_arrival_fetch(struct client *client, const struct server_settings *server,
			      const struct whistle *whistle, struct error *err) MUST_CHECK;

struct client_arrival {
	const struct summoned *share; /* of the whistle given */
	char digits[ARRIVAL_DIGITS];
};
struct client_arrivals {
	struct client_arrival *codes; /* of shares that have not reported in yet, in their order */
	size_t n;
	int64_t left; /* ms until they change */
};
/* Those of now.  ERR_DENIED: not his to show; ERR_NOT_FOUND: the secret is not here yet. */
enum err client_arrival_codes(struct client *client, const struct whistle *whistle,
			      struct arena *arena, struct client_arrivals *ret_codes,
			      struct error *err) MUST_CHECK;

#endif
