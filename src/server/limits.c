#include <config.h>

#include "limits_priv.h"

#include <arpa/inet.h>
#include <stdatomic.h>
#include <string.h>

#include "memo_priv.h"
#include "zhiban/base/i18n.h"

/* value[0]: when the next request would be due at an even pace, in microseconds.  It runs ahead of
 * now by what was asked at once. */

void limits_init(struct limits *limits, int address, int token)
{
	limits->memo = memo_new();
	limits->address = address;
	limits->token = token;
}

void limits_release(struct limits *limits)
{
	memo_free(limits->memo);
	limits->memo = NULL;
}

/* Whoever has one IPv6 address has 2^64 of them. */
static uint64_t address_key(const char *address)
{
	struct in6_addr six;

	if (inet_pton(AF_INET6, address, &six) == 1)
		return memo_key(&six, 8);
	return memo_key(address, strlen(address));
}

/* Milliseconds to wait; 0: it may, and is counted. */
static int64_t take(struct memo *memo, uint64_t key, int rate, int64_t now)
{
	int64_t step = 1000000 / rate, at = now * 1000;
	int64_t most = at + LIMITS_AT_ONCE_S * INT64_C(1000000), wait = 0;
	struct memo_slot *slot = memo_take(memo, key, now);

	if (slot->value[0] < at)
		slot->value[0] = at;
	if (slot->value[0] + step > most)
		wait = (slot->value[0] + step - most + 999) / 1000;
	else
		slot->value[0] += step;
	memo_done(memo);
	return wait;
}

enum err limits_take(struct limits *limits, const char *address, const char *token, int64_t now,
		     int *ret_wait_s, struct error *err)
{
	int64_t wait = 0;
	bool session = false;

	if (limits->address > 0)
		wait = take(limits->memo, address_key(address), limits->address, now);
	if (wait == 0 && limits->token > 0 && token != NULL) {
		wait = take(limits->memo, memo_key(token, strlen(token)), limits->token, now);
		session = wait > 0;
	}
	if (wait == 0)
		return ERR_OK;
	atomic_fetch_add(&limits->refused, 1);
	*ret_wait_s = (int)((wait + 999) / 1000);
	return error_set(err, ERR_TOO_MANY,
			 session ? _("too many requests of this session: wait %d seconds")
				 : _("too many requests from this address: wait %d seconds"),
			 *ret_wait_s);
}

bool limits_say(struct limits *limits, int64_t now)
{
	int64_t said = atomic_load(&limits->said);

	return (said == 0 || now - said >= 1000) &&
	       atomic_compare_exchange_strong(&limits->said, &said, now);
}
