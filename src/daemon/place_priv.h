/* DIR, the server's data folder: where what lies in it, and its settings. */
#ifndef ZHIBAN_DAEMON_PLACE_PRIV_H
#define ZHIBAN_DAEMON_PLACE_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/base/conf.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/str.h"

struct place {
	struct arena arena;
	const char *dir, *conf, *data, *lock, *socket, *url;
	const char *cert, *key;	 /* paths */
	const char *listen;	 /* as in zhiband.conf */
	int session_hours, threads;
	int64_t snapshot_after; /* changes that a console may be behind */
};

extern const struct conf_spec place_spec[]; /* of zhiband.conf */

/* The paths alone, of a folder that may not be there yet. */
void place_init(struct place *place, const char *dir);
void place_release(struct place *place);
/* place_init and the settings.  ERR_NOT_FOUND says how to make a folder. */
enum err place_open(struct place *place, const char *dir, struct error *err) MUST_CHECK;
/* SHA-256 of the certificate's public key. */
enum err place_key_hash(const struct place *place, uint8_t ret_hash[SHA256_LEN],
			struct error *err) MUST_CHECK;
/* "HOST:PORT", "[::1]:PORT", ":PORT" (everywhere); host in the arena. */
enum err listen_parse(const char *words, struct arena *arena, const char **ret_host, int *ret_port,
		      struct error *err) MUST_CHECK;

#endif
