#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/profile/profile.h"
#include "zhiban/server/db.h"
#include "zhiban/server/tls.h"

enum { PEM_MAX = 1024 * 1024 };

/* A file as given, else a shipped profile's name; a folder of that name is no profile. */
static const char *profile_path(const char *name, struct arena *arena)
{
	struct stat is;

	if (strchr(name, '/') != NULL || (stat(name, &is) == 0 && S_ISREG(is.st_mode)))
		return name;
	return dirs_resource(arena, arena_printf(arena, "profiles/%s.conf", name));
}

/* "calendar-cn.conf" beside the profile. */
static const char *calendar_path(const char *profile, const char *calendar, struct arena *arena)
{
	const char *slash = strrchr(profile, '/');
	const char *dir = slash != NULL ? arena_strndup(arena, profile, (size_t)(slash - profile))
					: ".";

	return path_join(arena, dir, arena_printf(arena, "calendar-%s.conf", calendar));
}

static enum err read_rules(const char *name, struct arena *arena, struct str *bundle,
			   struct str *calendar, struct error *err)
{
	const char *path = profile_path(name, arena);
	struct jurisdiction *profile = NULL;
	enum err code = bundle_read(path, bundle, err);

	if (code == ERR_OK)
		code = profile_parse(bundle->s, bundle->len, &profile, err);
	if (code == ERR_OK)
		code = file_read(calendar_path(path, profile->calendar, arena), BUNDLE_MAX,
				 calendar, err);
	profile_free(profile);
	return code;
}

static enum err make_keys(const struct folder *folder, const struct args *args, const char *host,
			  struct error *err)
{
	const char *cert_file = args_value(args, "cert"), *key_file = args_value(args, "key");
	struct str cert = STR_INIT, key = STR_INIT;
	struct env env = env_system(NULL);
	enum err code;

	if ((cert_file == NULL) != (key_file == NULL))
		return error_set(err, ERR_USAGE, "%s", _("--cert and --key belong together"));
	if (cert_file != NULL) {
		code = file_read(cert_file, PEM_MAX, &cert, err);
		if (code == ERR_OK)
			code = file_read(key_file, PEM_MAX, &key, err);
		if (code == ERR_OK)
			code = tls_check(cert.s, cert.len, key.s, key.len, err);
	} else {
		code = tls_make(host, &env, &cert, &key, err);
	}
	if (code == ERR_OK)
		code = file_write(folder->cert, cert.s, cert.len, 0600, err);
	if (code == ERR_OK)
		code = file_write(folder->key, key.s, key.len, 0600, err);
	if (key.s != NULL)
		crypto_wipe(key.s, key.len);
	str_release(&cert);
	str_release(&key);
	return code;
}

static enum err write_conf(const struct folder *folder, const char *listen, struct error *err)
{
	struct str text = STR_INIT;
	enum err code;

	str_addf(&text, "# %s\n\n", _("Settings of the server; see zhiband(8)."));
	conf_example(folder_spec, &text);
	if (listen != NULL)
		str_addf(&text, "\nlisten = \"%s\"\n", listen);
	if (db_is_url(folder->data))
		str_addf(&text, "\ndb = \"%s\"\n", folder->data);
	code = file_write(folder->conf, text.s, text.len, 0600, err);
	str_release(&text);
	return code;
}

static enum err make_data(const struct folder *folder, const struct str *bundle,
			  const struct str *calendar, struct error *err)
{
	struct service_config config = { .db = db_ops_for(folder->data),
					 .where = folder->data,
					 .env = env_system(NULL) };

	return service_create(&config, bundle->s, bundle->len, calendar->s, calendar->len, err);
}

static enum err make_code(struct admin *admin, const char *role, struct str *out, struct error *err)
{
	struct str form = STR_INIT;
	enum err code = admin_form(&form, "role", role, err);

	if (code == ERR_OK)
		code = admin_call(admin, "POST", "/v1/admin/code", NULL, form.s, form.len, out, err);
	str_release(&form);
	return code;
}

/* A code for each administrator of the profile, the security's, who makes the accounts of all others,
 * alone on the last line; of a profile without any, one for its highest role. */
static enum err print_codes(struct admin *admin, const struct rules *rules, struct error *err)
{
	static const enum role_manage order[] = { MANAGE_SYSTEM, MANAGE_AUDIT, MANAGE_SECURITY };
	const struct role_rule *last = &rules->role_list[rules->roles.n - 1];
	struct str text = STR_INIT;
	enum err code = ERR_OK;

	for (size_t k = 0; code == ERR_OK && k < ARRAY_LEN(order); k++) {
		for (size_t i = 0; code == ERR_OK && i < rules->roles.n; i++) {
			const struct role_rule *role = &rules->role_list[i];

			if (role->manage != order[k])
				continue;
			last = role;
			if (role->manage == MANAGE_SECURITY)
				continue;
			str_addf(&text, "%s: ", role->label);
			code = make_code(admin, role->code, &text, err);
		}
	}
	if (code == ERR_OK) {
		str_addf(&text, "%s:\n", last->label);
		code = make_code(admin, last->code, &text, err);
	}
	if (code == ERR_OK)
		fputs(str_get(&text), stdout);
	str_release(&text);
	return code;
}

static enum err first_codes(const struct folder *folder, struct error *err)
{
	struct admin *admin = NULL;
	struct jurisdiction *profile = NULL;
	char name[DB_NAME];
	enum err code = admin_open(folder, &admin, err);

	if (code == ERR_OK)
		code = admin_rules(admin, &profile, err);
	if (code == ERR_OK) {
		db_name(folder->data, name);
		printf(_("The data are in %s.  The administrators enrol with these codes:\n"),
		       db_is_url(folder->data) ? name : folder->dir);
		code = print_codes(admin, &profile->rules, err);
	}
	profile_free(profile);
	admin_close(admin);
	return code;
}

enum err run_init(const struct args *args, struct error *err)
{
	const char *profile = args_value(args, "profile"), *listen = args_value(args, "listen");
	const char *db = args_value(args, "db"), *host = NULL;
	struct str bundle = STR_INIT, calendar = STR_INIT;
	struct folder folder;
	int port;
	enum err code = ERR_OK;

	if (profile == NULL)
		return error_set(err, ERR_USAGE, "%s", _("--profile NAME is wanted"));
	folder_init(&folder, args->words[0]);
	folder.cert = path_join(&folder.arena, folder.dir, "server.crt");
	folder.key = path_join(&folder.arena, folder.dir, "server.key");
	if (db != NULL)
		code = folder_db(&folder, db, err);
	if (code == ERR_OK && listen != NULL)
		code = listen_parse(listen, &folder.arena, &host, &port, err);
	if (code == ERR_OK)
		code = read_rules(profile, &folder.arena, &bundle, &calendar, err);
	if (code == ERR_OK)
		code = dir_make(folder.dir, 0700, err);
	if (code == ERR_OK)
		code = dir_is_local(folder.dir, err);
	if (code == ERR_OK)
		code = make_data(&folder, &bundle, &calendar, err);
	if (code == ERR_OK) {
		code = make_keys(&folder, args, host, err);
		if (code == ERR_OK)
			code = write_conf(&folder, listen, err);
		if (code != ERR_OK) /* a full disk, say: the next try begins anew */
			db_ops_for(folder.data)->destroy(folder.data);
	}
	if (code == ERR_OK)
		code = first_codes(&folder, err);
	str_release(&bundle);
	str_release(&calendar);
	folder_release(&folder);
	return code;
}
