/* What officers of this seat have typed and not sent, kept beside their acts (outbox_draft.h). */
#ifndef ZHIBAN_CLIENT_DRAFT_H
#define ZHIBAN_CLIENT_DRAFT_H

#include "zhiban/client/client.h"
#include "zhiban/store/outbox_draft.h"

/* As outbox_draft_put; durable when it returns ERR_OK. */
enum err client_draft_put(struct client *client, const struct outbox_draft *draft,
			  struct error *err) MUST_CHECK;
enum err client_draft_drop(struct client *client, const char *officer, const char *verb,
			   const struct uuid *id, struct error *err) MUST_CHECK;
enum err client_drafts(struct client *client, const char *officer, struct arena *arena,
		       struct outbox_draft **ret_drafts, size_t *ret_n, struct error *err)
	MUST_CHECK;

#endif
