#include <config.h>

#include "folder_priv.h"

#include <string.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/server/db.h"
#include "zhiban/server/tls.h"

enum { PEM_MAX = 1024 * 1024 };

const struct conf_spec folder_spec[] = {
	{ .name = "listen",
	  .type = CONF_STR,
	  .fallback = "0.0.0.0:8443",
	  .help = N_("address and port to listen on; port 0 is the system's choice") },
	{ .name = "db", .type = CONF_STR, .fallback = "sqlite",
	  .help = N_("where the data are: \"sqlite\" (data.db in this folder), or the address of a "
		     "PostgreSQL data base, postgresql://USER@HOST/NAME (its password better in "
		     "~/.pgpass)") },
	{ .name = "cert", .type = CONF_STR, .fallback = "server.crt",
	  .help = N_("certificate (PEM); a relative path is in this folder") },
	{ .name = "key", .type = CONF_STR, .fallback = "server.key",
	  .help = N_("its key (PEM)") },
	{ .name = "session_hours", .type = CONF_INT, .fallback = "12", .min = 1, .max = 168,
	  .help = N_("hours after which a session that is not used ends") },
	{ .name = "session_max_hours", .type = CONF_INT, .fallback = "168", .min = 1, .max = 8760,
	  .help = N_("hours after which a session ends even if it is used") },
	{ .name = "hashers", .type = CONF_INT, .fallback = "2", .min = 1, .max = 4,
	  .help = N_("PINs looked at at a time; each takes 64 MiB of memory for a moment") },
	{ .name = "snapshot_after", .type = CONF_INT, .fallback = "50000", .min = 1, .max = 10000000,
	  .help = N_("a console further behind than so many changes takes everything anew") },
	{ .name = "threads", .type = CONF_INT, .fallback = "0", .min = 0, .max = 64,
	  .help = N_("threads that answer; 0: one for each processor, at least two") },
	{ .name = "rate_address", .type = CONF_INT, .fallback = "1000", .max = 1000000,
	  .help = N_("requests a second that one address may make; 0: no limit") },
	{ .name = "rate_token", .type = CONF_INT, .fallback = "200", .max = 1000000,
	  .help = N_("requests a second that one session may make; 0: no limit") },
	{ .name = "connections", .type = CONF_INT, .fallback = "2000", .max = 60000,
	  .help = N_("connections that one address may have open; 0: no limit") },
	{ .name = "http", .type = CONF_STR, .fallback = "",
	  .help = N_("address of this machine (127.0.0.1:PORT) for plain HTTP, behind a proxy that "
		     "does TLS, and for monitoring; empty: none") },
	{ .name = "forwarded", .type = CONF_BOOL, .fallback = "false",
	  .help = N_("believe the proxy's X-Forwarded-For on that address; it must set it") },
	{ .name = "metrics_token", .type = CONF_STR, .fallback = "",
	  .help = N_("who bears this token may read /metrics from anywhere; empty: nobody") },
	{ .name = NULL },
};

void folder_init(struct folder *folder, const char *dir)
{
	*folder = (struct folder){ .arena = ARENA_INIT };
	folder->dir = arena_strdup(&folder->arena, dir);
	folder->conf = path_join(&folder->arena, dir, "zhiband.conf");
	folder->data = path_join(&folder->arena, dir, "data.db");
	folder->lock = path_join(&folder->arena, dir, "lock");
	folder->socket = path_join(&folder->arena, dir, "admin.sock");
	folder->url = path_join(&folder->arena, dir, "url");
}

void folder_release(struct folder *folder)
{
	arena_release(&folder->arena);
}

static const char *in_dir(struct folder *folder, const char *path)
{
	return path[0] == '/' ? arena_strdup(&folder->arena, path)
			      : path_join(&folder->arena, folder->dir, path);
}

enum err folder_db(struct folder *folder, const char *db, struct error *err)
{
	if (str_eq(db, "sqlite"))
		return ERR_OK;
	if (!db_is_url(db))
		return error_set(err, ERR_USAGE,
				 _("db %s: sqlite, or postgresql://USER@HOST/NAME"), db);
	if (strpbrk(db, "\"\\$\r\n") != NULL)
		return error_set(err, ERR_USAGE, "%s",
				 _("the address of the data base: write \" \\ and $ as "
				   "%22 %5C and %24"));
	folder->data = arena_strdup(&folder->arena, db);
	return ERR_OK;
}

enum err folder_open(struct folder *folder, const char *dir, struct error *err)
{
	const struct conf_section *root;
	struct conf *conf;
	enum err code;

	folder_init(folder, dir);
	if (!file_exists(folder->conf)) {
		code = error_set(err, ERR_NOT_FOUND,
				 _("%s is no data folder: zhiband init %s --profile NAME makes one"),
				 dir, dir);
		folder_release(folder);
		return code;
	}
	code = conf_read(folder->conf, folder_spec, &conf, err);
	if (code != ERR_OK) {
		folder_release(folder);
		return code;
	}
	root = conf_root(conf);
	folder->listen = arena_strdup(&folder->arena, conf_str(root, "listen"));
	code = folder_db(folder, conf_str(root, "db"), err);
	folder->cert = in_dir(folder, conf_str(root, "cert"));
	folder->key = in_dir(folder, conf_str(root, "key"));
	folder->session_hours = (int)conf_int(root, "session_hours");
	folder->session_max_hours = (int)conf_int(root, "session_max_hours");
	folder->hashers = (int)conf_int(root, "hashers");
	folder->snapshot_after = conf_int(root, "snapshot_after");
	folder->threads = (int)conf_int(root, "threads");
	folder->rate_address = (int)conf_int(root, "rate_address");
	folder->rate_token = (int)conf_int(root, "rate_token");
	folder->connections = (int)conf_int(root, "connections");
	folder->http = arena_strdup(&folder->arena, conf_str(root, "http"));
	folder->forwarded = conf_bool(root, "forwarded");
	folder->metrics_token = arena_strdup(&folder->arena, conf_str(root, "metrics_token"));
	conf_free(conf);
	if (code != ERR_OK) {
		(void)error_prefix(err, "%s", folder->conf);
		folder_release(folder);
	}
	return code;
}

enum err folder_key_hash(const struct folder *folder, uint8_t ret_hash[SHA256_LEN], struct error *err)
{
	struct str pem = STR_INIT;
	enum err code = file_read(folder->cert, PEM_MAX, &pem, err);

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
