/* The seat: who works at this screen, how it is opened when it was locked, how another takes over.
 *
 * * After a log-in the console keeps an argon2id hash of the PIN (store/outbox_pin.h), so that its
 * officer opens the locked screen without the line, too.  Wrong tries make the next one wait, longer
 * each time up to a minute, and never for good; ending the program does not forget them.
 * * A seat_check takes about 80 ms. */
#ifndef ZHIBAN_CLIENT_SEAT_H
#define ZHIBAN_CLIENT_SEAT_H

#include "zhiban/client/client.h"

struct seat {
	const char *officer, *org, *role; /* codes as at the last log-in here */
	bool current;
};
/* Those who have logged in here and not out, the latest first; in the arena. */
enum err seat_list(struct client *client, struct arena *arena, struct seat **ret_seats,
		   size_t *ret_n, struct error *err) MUST_CHECK;
bool seat_knows(struct client *client, const char *officer); /* his PIN can be checked here */

/* Milliseconds until the next try is heard; 0: now. */
int64_t seat_wait(struct client *client);
/* ERR_AUTH wrong; ERR_TOO_MANY too early; ERR_NOT_FOUND his PIN is not known here.  other: what was
 * typed may also be this (the key that woke the screen was its first one); NULL: no. */
enum err seat_check(struct client *client, const char *officer, const char *pin, const char *other,
		    struct error *err) MUST_CHECK;
void seat_wrong(struct client *client); /* somebody else found that it was wrong */

/* Whether the screen was locked when the console was left; remembered over its end. */
bool seat_is_locked(struct client *client);
enum err seat_lock(struct client *client, struct error *err) MUST_CHECK;
enum err seat_unlock(struct client *client, struct error *err) MUST_CHECK; /* forgets wrong tries */

/* Without the line: this officer, whose PIN was checked, is the current one; his acts wait until he
 * has logged in at the server.  ERR_DENIED when he sees other things than what is here. */
enum err seat_take(struct client *client, const char *officer, struct error *err) MUST_CHECK;

/* The server has accepted this PIN: its hash is kept.  outbox is any connection to it.  A failure
 * is told, and does no harm: the screen is then not locked by itself. */
struct store;
enum err seat_keep(struct store *outbox, const char *officer, const char *pin, int64_t now,
		   struct error *err) MUST_CHECK;

#endif
