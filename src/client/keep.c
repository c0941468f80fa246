#include <config.h>

#include "zhiban/client/keep.h"

#include <string.h>

#include "client_priv.h"

enum { KEPT_TEXT = 1024 };

static const char *key_of(const struct client *client, const char *name, struct arena *arena)
{
	return arena_printf(arena, "keep.%s.%s", name,
			    client->actor != NULL ? client->actor->officer : "");
}

const char *client_keep_get(struct client *client, const char *name, struct arena *arena)
{
	char text[KEPT_TEXT];
	bool found;

	store_meta_begin(client->outbox);
	found = store_meta_text(client->outbox, key_of(client, name, arena), text, sizeof text);
	if (store_meta_end(client->outbox, NULL) != ERR_OK || !found)
		return NULL;
	return arena_strdup(arena, text);
}

struct keeping {
	const char *key, *text;
};

static enum err put(struct store *store, void *ctx, struct error *err)
{
	const struct keeping *keeping = ctx;

	return store_meta_set(store, keeping->key, *keeping->text ? keeping->text : NULL, err);
}

enum err client_keep_set(struct client *client, const char *name, const char *text,
			 struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct keeping keeping = { key_of(client, name, &arena), text };
	enum err code;

	if (strlen(text) >= KEPT_TEXT)
		code = error_set(err, ERR_TOO_LARGE, "%s", err_sentence(ERR_TOO_LARGE));
	else
		code = store_tx(client->outbox, put, &keeping, err);
	arena_release(&arena);
	return code;
}
