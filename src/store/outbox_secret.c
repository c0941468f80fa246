#include <config.h>

#include "zhiban/store/outbox_secret.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/crypto.h"

#include "db_priv.h"

#define PREFIX "arrival."
enum { KEY_TEXT = sizeof PREFIX + UUID_TEXT, SECRET_HEX = 2 * ARRIVAL_SECRET + 1 };

static void key_of(const struct uuid *whistle, char key[KEY_TEXT])
{
	char text[UUID_TEXT];

	uuid_text(whistle, text);
	snprintf(key, KEY_TEXT, PREFIX "%s", text);
}

struct keeping {
	char key[KEY_TEXT], text[SECRET_HEX];
};

static enum err keep(struct store *store, void *ctx, struct error *err)
{
	const struct keeping *keeping = ctx;

	return store_meta_set(store, keeping->key, keeping->text[0] != '\0' ? keeping->text : NULL,
			      err);
}

enum err outbox_secret_put(struct store *store, const struct uuid *whistle,
			   const unsigned char secret[ARRIVAL_SECRET], struct error *err)
{
	struct keeping keeping;
	enum err code;

	key_of(whistle, keeping.key);
	crypto_hex(secret, ARRIVAL_SECRET, keeping.text);
	code = store_tx(store, keep, &keeping, err);
	crypto_wipe(&keeping, sizeof keeping);
	return code;
}

enum err outbox_secret_drop(struct store *store, const struct uuid *whistle, struct error *err)
{
	struct keeping keeping = { .text = "" };

	key_of(whistle, keeping.key);
	return store_tx(store, keep, &keeping, err);
}

enum err outbox_secret_get(struct store *store, const struct uuid *whistle,
			   unsigned char ret_secret[ARRIVAL_SECRET], struct error *err)
{
	char key[KEY_TEXT], text[SECRET_HEX] = "";
	bool found;
	enum err code;

	key_of(whistle, key);
	store_meta_begin(store);
	found = store_meta_text(store, key, text, sizeof text);
	code = store_meta_end(store, err);
	if (code == ERR_OK && (!found || crypto_unhex(text, ret_secret, ARRIVAL_SECRET) != ERR_OK))
		code = ERR_NOT_FOUND;
	crypto_wipe(text, sizeof text);
	return code;
}

static const char ALL[] =
	"SELECT substr(key, 9) FROM meta WHERE key >= 'arrival.' AND key < 'arrival/'";

enum err outbox_secrets(struct store *store, struct arena *arena, struct uuid **ret_whistles,
			size_t *ret_n, struct error *err)
{
	struct uuid *whistles = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, ALL, &stmt, err);

	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		const char *text = db_col_text(stmt, 0, arena);

		if (n == cap) {
			struct uuid *more = arena_array(arena, cap += 16, sizeof *more);

			if (n > 0)
				memcpy(more, whistles, n * sizeof *more);
			whistles = more;
		}
		n += text != NULL && uuid_parse(text, &whistles[n]) == ERR_OK;
	}
	if (code == ERR_OK) {
		*ret_whistles = whistles;
		*ret_n = n;
	}
	return code;
}
