#include <config.h>

#include "zhiban/client/seat.h"

#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/store/outbox_pin.h"

#include "client_priv.h"

enum { FREE_TRIES = 2, WAIT_MOST_S = 60 };

enum err seat_list(struct client *client, struct arena *arena, struct seat **ret_seats,
		   size_t *ret_n, struct error *err)
{
	struct outbox_seat *rows;
	struct seat *seats;
	size_t n;
	enum err code = outbox_seats(client->outbox, arena, &rows, &n, err);

	if (code != ERR_OK)
		return code;
	seats = arena_array(arena, n + 1, sizeof *seats);
	for (size_t i = 0; i < n; i++)
		seats[i] = (struct seat){ rows[i].officer, rows[i].org, rows[i].role,
					  rows[i].current };
	*ret_seats = seats;
	*ret_n = n;
	return ERR_OK;
}

bool seat_knows(struct client *client, const char *officer)
{
	struct arena arena = ARENA_INIT;
	const char *hash;
	bool known = outbox_pin_get(client->outbox, officer, &arena, &hash, NULL) == ERR_OK;

	arena_release(&arena);
	return known;
}

/* ---- wrong tries ---- */

static int64_t wait_after(const struct outbox_lock *lock, int64_t now)
{
	unsigned shift = lock->wrong > FREE_TRIES ? lock->wrong - FREE_TRIES - 1 : 0;
	int64_t s = shift < 6 ? INT64_C(1) << shift : WAIT_MOST_S;
	/* a clock that was set back makes nobody wait longer */
	int64_t passed = now > lock->wrong_at ? now - lock->wrong_at : 0;

	if (lock->wrong <= FREE_TRIES)
		return 0;
	s = s < WAIT_MOST_S ? s : WAIT_MOST_S;
	return passed >= s * 1000 ? 0 : s * 1000 - passed;
}

int64_t seat_wait(struct client *client)
{
	struct outbox_lock lock;
	int64_t now = env_now(client->env);

	if (outbox_lock_get(client->outbox, &lock, NULL) != ERR_OK)
		return 0;
	if (lock.wrong > FREE_TRIES && lock.wrong_at > now) { /* waiting goes on from now */
		lock.wrong_at = now;
		if (outbox_lock_set(client->outbox, &lock, NULL) != ERR_OK)
			return 0;
	}
	return wait_after(&lock, now);
}

void seat_wrong(struct client *client)
{
	struct outbox_lock lock;

	if (outbox_lock_get(client->outbox, &lock, NULL) != ERR_OK)
		return;
	lock.wrong += lock.wrong < 1000;
	lock.wrong_at = env_now(client->env);
	if (outbox_lock_set(client->outbox, &lock, NULL) != ERR_OK)
		return; /* a full disk locks nobody out */
}

enum err seat_check(struct client *client, const char *officer, const char *pin, const char *other,
		    struct error *err)
{
	struct arena arena = ARENA_INIT;
	int64_t wait = seat_wait(client);
	const char *hash;
	bool fits;
	enum err code;

	if (wait > 0)
		return error_set(err, ERR_TOO_MANY, _("too many wrong tries: wait %d seconds"),
				 (int)((wait + 999) / 1000));
	code = outbox_pin_get(client->outbox, officer, &arena, &hash, err);
	if (code == ERR_OK) {
		fits = pin_matches(pin, hash) || (other != NULL && pin_matches(other, hash));
		if (!fits)
			code = error_set(err, ERR_AUTH, "%s", _("the PIN is wrong"));
	}
	arena_release(&arena);
	return code;
}

/* ---- locked ---- */

bool seat_is_locked(struct client *client)
{
	struct outbox_lock lock;

	return outbox_lock_get(client->outbox, &lock, NULL) == ERR_OK && lock.locked;
}

enum err seat_lock(struct client *client, struct error *err)
{
	struct outbox_lock lock;
	enum err code = outbox_lock_get(client->outbox, &lock, err);

	lock.locked = true;
	return code == ERR_OK ? outbox_lock_set(client->outbox, &lock, err) : code;
}

enum err seat_unlock(struct client *client, struct error *err)
{
	struct outbox_lock lock = { .locked = false };

	return outbox_lock_set(client->outbox, &lock, err);
}

/* ---- another officer ---- */

enum err seat_take(struct client *client, const char *officer, struct error *err)
{
	const struct actor *actor = client->actor;
	struct arena arena = ARENA_INIT;
	struct outbox_who who;
	enum err code = outbox_who(client->outbox, officer, &arena, &who, err);

	if (code == ERR_OK && (actor == NULL || strcmp(actor->org, who.org) != 0 ||
			       strcmp(actor->role, who.role) != 0))
		code = error_set(err, ERR_DENIED, "%s",
				 _("without the line only an officer of the same organisation and "
				   "role can take over: what is here is not to be seen by all"));
	if (code == ERR_OK) {
		who.current = true;
		code = outbox_login(client->outbox, &who, err);
		client->outbox_dirty = true;
	}
	arena_release(&arena);
	return code;
}

enum err seat_keep(struct store *outbox, const char *officer, const char *pin, int64_t now,
		   struct error *err)
{
	char hash[PIN_HASH];
	enum err code = pin_hash(pin, hash, err);

	if (code == ERR_OK)
		code = outbox_pin_put(outbox, officer, hash, now, err);
	crypto_wipe(hash, sizeof hash);
	return code;
}
