#include <config.h>

#include "place_priv.h"

#include <string.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/server/tls.h"

enum { PEM_MAX = 1024 * 1024 };

const struct conf_spec place_spec[] = {
	{ .name = "listen",
	  .type = CONF_STR,
	  .fallback = "0.0.0.0:8443",
	  .help = N_("address and port to listen on; port 0 is the system's choice") },
	{ .name = "cert", .type = CONF_STR, .fallback = "server.crt",
	  .help = N_("certificate (PEM); a relative path is in this folder") },
	{ .name = "key", .type = CONF_STR, .fallback = "server.key",
	  .help = N_("its key (PEM)") },
	{ .name = "session_hours", .type = CONF_INT, .fallback = "12", .min = 1, .max = 168,
	  .help = N_("hours after which a session that is not used ends") },
	{ .name = "snapshot_after", .type = CONF_INT, .fallback = "50000", .min = 1, .max = 10000000,
	  .help = N_("a console further behind than so many changes takes everything anew") },
	{ .name = "threads", .type = CONF_INT, .fallback = "0", .min = 0, .max = 64,
	  .help = N_("threads that answer; 0: one for each processor, at least two") },
	{ .name = NULL },
};

void place_init(struct place *place, const char *dir)
{
	*place = (struct place){ .arena = ARENA_INIT };
	place->dir = arena_strdup(&place->arena, dir);
	place->conf = path_join(&place->arena, dir, "zhiband.conf");
	place->data = path_join(&place->arena, dir, "data.db");
	place->lock = path_join(&place->arena, dir, "lock");
	place->socket = path_join(&place->arena, dir, "admin.sock");
	place->url = path_join(&place->arena, dir, "url");
}

void place_release(struct place *place)
{
	arena_release(&place->arena);
}

static const char *in_dir(struct place *place, const char *path)
{
	return path[0] == '/' ? arena_strdup(&place->arena, path)
			      : path_join(&place->arena, place->dir, path);
}

enum err place_open(struct place *place, const char *dir, struct error *err)
{
	const struct conf_section *root;
	struct conf *conf;
	enum err code;

	place_init(place, dir);
	if (!file_exists(place->conf)) {
		code = error_set(err, ERR_NOT_FOUND,
				 _("%s is no data folder: zhiband init %s --profile NAME makes one"),
				 dir, dir);
		place_release(place);
		return code;
	}
	code = conf_read(place->conf, place_spec, &conf, err);
	if (code != ERR_OK) {
		place_release(place);
		return code;
	}
	root = conf_root(conf);
	place->listen = arena_strdup(&place->arena, conf_str(root, "listen"));
	place->cert = in_dir(place, conf_str(root, "cert"));
	place->key = in_dir(place, conf_str(root, "key"));
	place->session_hours = (int)conf_int(root, "session_hours");
	place->snapshot_after = conf_int(root, "snapshot_after");
	place->threads = (int)conf_int(root, "threads");
	conf_free(conf);
	return ERR_OK;
}

enum err place_key_hash(const struct place *place, uint8_t ret_hash[SHA256_LEN], struct error *err)
{
	struct str pem = STR_INIT;
	enum err code = file_read(place->cert, PEM_MAX, &pem, err);

	if (code == ERR_OK)
		code = tls_key_hash(str_get(&pem), pem.len, ret_hash, err);
	str_release(&pem);
	return code;
}

enum err listen_parse(const char *words, struct arena *arena, const char **ret_host, int *ret_port,
		      struct error *err)
{
	const char *colon = strrchr(words, ':');
	size_t len = colon != NULL ? (size_t)(colon - words) : 0;
	long long port;

	if (colon == NULL || !str_int(colon + 1, 0, 65535, &port))
		return error_set(err, ERR_USAGE, _("%s is not HOST:PORT"), words);
	if (len >= 2 && words[0] == '[' && words[len - 1] == ']') {
		words++;
		len -= 2;
	}
	*ret_host = len > 0 ? arena_strndup(arena, words, len) : "0.0.0.0";
	*ret_port = (int)port;
	return ERR_OK;
}
