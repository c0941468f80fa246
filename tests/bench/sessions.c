/* sessions DIR N: consoles with somebody logged in, for benches and tests that need many and cannot
 * wait for as many PINs to be hashed.  Writes them into the data of DIR, whose server must not run,
 * and prints a line each for `load`: TOKEN CONSOLE OFFICER ORG ROLE. */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "src/daemon/folder_priv.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/env.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/server/db.h"

#define OFFICER "bench"
#define ORG "zhongxin"
#define ROLE "duty"
enum { TOKEN_BYTES = 32, DAYS = 7 };

static enum err add_account(const struct db_ops *ops, struct db *db, struct error *err)
{
	struct db_account account = { .officer = OFFICER, .org = ORG, .role = ROLE, .active = true };

	account.person = uuid_named("person:" OFFICER);
	return ops->account_put(db, &account, err);
}

static enum err add_session(const struct db_ops *ops, struct db *db, const struct env *env,
			    struct error *err)
{
	int64_t now = env_now(env);
	struct db_console console = { .id = uuid_v7(env), .name = "bench", .made = now, .seen = now };
	struct db_token token = { .console = console.id, .officer = OFFICER, .extended = now };
	uint8_t random[TOKEN_BYTES];
	char text[TOKEN_BYTES * 2 + 1], id[UUID_TEXT];
	enum err code;

	env_random(env, random, sizeof random);
	crypto_hex(random, sizeof random, text);
	sha256(text, strlen(text), token.hash);
	token.expires = now + DAYS * INT64_C(86400000);
	code = ops->console_put(db, &console, err);
	if (code == ERR_OK)
		code = ops->token_put(db, &token, err);
	uuid_text(&console.id, id);
	if (code == ERR_OK)
		printf("%s %s %s %s %s\n", text, id, OFFICER, ORG, ROLE);
	return code;
}

static enum err add_all(const struct folder *folder, long long n, struct error *err)
{
	const struct db_ops *ops = db_ops_for(folder->data);
	struct env env = env_system(NULL);
	struct db *db = NULL;
	enum err code = ops->open(folder->data, DB_WRITE, &db, err);

	if (code != ERR_OK)
		return code;
	code = ops->begin(db, err);
	if (code == ERR_OK)
		code = add_account(ops, db, err);
	for (long long i = 0; i < n && code == ERR_OK; i++)
		code = add_session(ops, db, &env, err);
	if (code == ERR_OK)
		code = ops->commit(db, err);
	ops->close(db);
	return code;
}

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct folder folder;
	long long n = 0;
	int lock = -1;
	enum err code = crypto_init(&err);

	if (argc != 3 || !str_int(argv[2], 1, 1000000, &n)) {
		fputs("use: sessions DIR N\n", stderr);
		return 2;
	}
	if (code == ERR_OK)
		code = folder_open(&folder, argv[1], &err);
	if (code == ERR_OK) {
		code = file_lock(folder.lock, &lock, &err);
		if (code == ERR_OK)
			code = add_all(&folder, n, &err);
		if (lock >= 0)
			file_unlock(lock);
		folder_release(&folder);
	}
	if (code != ERR_OK)
		fprintf(stderr, "sessions: %s\n", err.text);
	return code == ERR_OK ? 0 : 1;
}
