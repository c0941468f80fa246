#include <config.h>

#include "zhiban/client/draft.h"

#include "client_priv.h"

enum err client_draft_put(struct client *client, const struct outbox_draft *draft,
			  struct error *err)
{
	return outbox_draft_put(client->outbox, draft, err);
}

enum err client_draft_drop(struct client *client, const char *officer, const char *verb,
			   const struct uuid *id, struct error *err)
{
	return outbox_draft_drop(client->outbox, officer, verb, id, err);
}

enum err client_drafts(struct client *client, const char *officer, struct arena *arena,
		       struct outbox_draft **ret_drafts, size_t *ret_n, struct error *err)
{
	return outbox_drafts(client->outbox, officer, arena, ret_drafts, ret_n, err);
}
