/* DIR, the server's data folder: where what lies in it, and its settings. */
#ifndef ZHIBAN_DAEMON_FOLDER_PRIV_H
#define ZHIBAN_DAEMON_FOLDER_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/base/conf.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/str.h"

struct folder {
	struct arena arena;
	const char *dir, *conf, *lock, *socket, *url;
	const char *data;	 /* a file, or an address: for db_ops_for */
	const char *cert, *key;	 /* paths */
	const char *listen;	 /* as in zhiband.conf */
	const char *http, *metrics_token; /* "" when not there */
	bool forwarded;
	int session_hours, session_max_hours, threads, hashers;
	int rate_address, rate_token, connections;
	int64_t snapshot_after; /* changes that a console may be behind */
};

extern const struct conf_spec folder_spec[]; /* of zhiband.conf */

/* The paths alone, of a folder that may not be there yet. */
void folder_init(struct folder *folder, const char *dir);
void folder_release(struct folder *folder);
/* folder_init and the settings.  ERR_NOT_FOUND says how to make a folder. */
enum err folder_open(struct folder *folder, const char *dir, struct error *err) MUST_CHECK;
/* Where the data are: "sqlite", or an address.  ERR_USAGE. */
enum err folder_db(struct folder *folder, const char *db, struct error *err) MUST_CHECK;
/* SHA-256 of the certificate's public key. */
enum err folder_key_hash(const struct folder *folder, uint8_t ret_hash[SHA256_LEN],
			struct error *err) MUST_CHECK;
/* "HOST:PORT", "[::1]:PORT", ":PORT" (everywhere); host in the arena. */
enum err listen_parse(const char *words, struct arena *arena, const char **ret_host, int *ret_port,
		      struct error *err) MUST_CHECK;

#endif
