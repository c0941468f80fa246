/* What the codes of whistles are made from (domain/arrival.h), kept beside the tokens in the outbox
 * (mode 0600) while the whistle is open. */
#ifndef ZHIBAN_STORE_OUTBOX_SECRET_H
#define ZHIBAN_STORE_OUTBOX_SECRET_H

#include "zhiban/base/arena.h"
#include "zhiban/domain/arrival.h"
#include "zhiban/store/outbox.h"

enum err outbox_secret_put(struct store *store, const struct uuid *whistle,
			   const unsigned char secret[ARRIVAL_SECRET], struct error *err) MUST_CHECK;
/* ERR_NOT_FOUND, silently: none is kept. */
enum err outbox_secret_get(struct store *store, const struct uuid *whistle,
			   unsigned char ret_secret[ARRIVAL_SECRET], struct error *err) MUST_CHECK;
enum err outbox_secret_drop(struct store *store, const struct uuid *whistle, struct error *err)
	MUST_CHECK;
/* Of which whistles, in the arena. */
enum err outbox_secrets(struct store *store, struct arena *arena, struct uuid **ret_whistles,
			size_t *ret_n, struct error *err) MUST_CHECK;

#endif
