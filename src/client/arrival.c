#include <config.h>

#include "zhiban/client/arrival.h"

#include <string.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/store/outbox_secret.h"

#include "client_priv.h"
#include "worker_priv.h"

static bool is_awaited(const struct summoned *share)
{
	return share_is_live(share) && share->reported_at == 0;
}

bool client_arrival_may(const struct client *client, const struct whistle *whistle)
{
	const struct summons *summons = whistle_summons(client->rules, whistle);
	bool awaited = false;

	for (size_t i = 0; i < whistle->shares.n; i++)
		awaited = awaited || is_awaited(whistle_share(whistle, i));
	return awaited && client->actor != NULL && summons != NULL && summons->coded &&
	       whistle_step(whistle) == WHISTLE_ISSUED &&
	       !rules_role(client->rules, client->actor->role)->read_only &&
	       whistle_is_blowers(client->rules, whistle, client->actor->org);
}

bool client_arrival_wanted(struct client *client, const struct whistle *whistle)
{
	unsigned char secret[ARRIVAL_SECRET];
	enum err code;

	/* before the server has it there is nothing to ask for */
	if (whistle->head.version == 0 || !client_arrival_may(client, whistle))
		return false;
	code = outbox_secret_get(client->outbox, &whistle->head.id, secret, NULL);
	crypto_wipe(secret, sizeof secret);
	return code == ERR_NOT_FOUND;
}

enum err client_arrival_fetch(struct client *client, const struct server_settings *server,
			      const struct whistle *whistle, struct error *err)
{
	unsigned char secret[ARRIVAL_SECRET];
	struct arena arena = ARENA_INIT;
	const char *hex = NULL;
	enum err code = arrival_fetch(server, &whistle->head.id, &arena, &hex, err);

	if (code == ERR_OK && crypto_unhex(hex, secret, sizeof secret) != ERR_OK)
		code = error_set(err, ERR_INPUT, "%s", _(err_sentence(ERR_INPUT)));
	if (code == ERR_OK)
		code = outbox_secret_put(client->outbox, &whistle->head.id, secret, err);
	crypto_wipe(secret, sizeof secret);
	arena_release(&arena);
	return code;
}

enum err client_arrival_codes(struct client *client, const struct whistle *whistle,
			      struct arena *arena, struct client_arrivals *ret_codes,
			      struct error *err)
{
	unsigned char secret[ARRIVAL_SECRET];
	struct client_arrivals codes = { .n = 0 };
	int64_t now = client_now(client);
	enum err code;

	if (!client_arrival_may(client, whistle))
		return error_set(err, ERR_DENIED, "%s",
				 _("codes are shown where it was blown, while a department is "
				   "awaited"));
	code = outbox_secret_get(client->outbox, &whistle->head.id, secret, err);
	if (code == ERR_NOT_FOUND)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("its codes are not here yet: they are asked of the server"));
	if (code != ERR_OK)
		return code;
	codes.codes = arena_array(arena, whistle->shares.n + 1, sizeof *codes.codes);
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (!is_awaited(share))
			continue;
		codes.codes[codes.n].share = share;
		arrival_code(secret, &share->id, arrival_step(now), codes.codes[codes.n++].digits);
	}
	crypto_wipe(secret, sizeof secret);
	codes.left = (arrival_step(now) + 1) * ARRIVAL_STEP_MS - now;
	*ret_codes = codes;
	return ERR_OK;
}
