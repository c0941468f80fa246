/* The officers of a seat and their PINs, beside their tokens in the outbox (mode 0600): so that a
 * locked screen can be opened, and taken over, without the line.
 *
 * * Only argon2id hashes are kept, and only of PINs that the server has accepted.  Wrong tries are
 * counted here, so that ending the program does not forget them; so is whether the screen was
 * locked. */
#ifndef ZHIBAN_STORE_OUTBOX_PIN_H
#define ZHIBAN_STORE_OUTBOX_PIN_H

#include "zhiban/base/arena.h"
#include "zhiban/store/outbox.h"

enum { PIN_KEPT_DAYS = 60 };

/* The server has accepted the PIN of this hash now (ms UTC); forgets those of officers who have not
 * logged in here for PIN_KEPT_DAYS. */
enum err outbox_pin_put(struct store *store, const char *officer, const char *hash, int64_t now,
			struct error *err) MUST_CHECK;
/* He has logged out, or his account is closed. */
enum err outbox_pin_drop(struct store *store, const char *officer, struct error *err) MUST_CHECK;
/* ERR_NOT_FOUND: none of him is kept here. */
enum err outbox_pin_get(struct store *store, const char *officer, struct arena *arena,
			const char **ret_hash, struct error *err) MUST_CHECK;

struct outbox_seat {
	const char *officer, *org, *role;
	bool current;
};
/* Whose PINs are kept here, the latest first; in the arena. */
enum err outbox_seats(struct store *store, struct arena *arena, struct outbox_seat **ret_seats,
		      size_t *ret_n, struct error *err) MUST_CHECK;

struct outbox_lock {
	bool locked;
	unsigned wrong;	  /* tries one after the other */
	int64_t wrong_at; /* ms UTC, the latest */
};
enum err outbox_lock_get(struct store *store, struct outbox_lock *ret_lock, struct error *err)
	MUST_CHECK;
enum err outbox_lock_set(struct store *store, const struct outbox_lock *lock, struct error *err)
	MUST_CHECK;

#endif
