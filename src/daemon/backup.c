/* A backup: the service copies the data, this command gives it the files beside them. */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "admin_priv.h"
#include "command_priv.h"
#include "serve_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/env.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/server/backup.h"

static enum err add_part(struct str *body, const char *name, const char *path, struct error *err)
{
	struct str bytes = STR_INIT;
	enum err code = file_read(path, BACKUP_PART_MAX, &bytes, err);

	if (code == ERR_OK) {
		str_addf(body, "%zu %s\n", bytes.len, name);
		str_add_bytes(body, str_get(&bytes), bytes.len);
	}
	if (bytes.s != NULL)
		crypto_wipe(bytes.s, bytes.len);
	str_release(&bytes);
	return code;
}

/* The server may stand in another folder: the path from the root. */
static enum err whole_path(const char *path, struct arena *arena, const char **ret_path,
			   struct error *err)
{
	const char *slash = strrchr(path, '/');
	const char *folder = slash == NULL ? "."
			     : slash == path ? "/"
					     : arena_strndup(arena, path, (size_t)(slash - path));
	const char *name = slash == NULL ? path : slash + 1;
	char *real;

	if (name[0] == '\0' || strpbrk(path, "\r\n") != NULL)
		return error_set(err, ERR_USAGE, _("%s is no name of a file"), path);
	real = realpath(folder, NULL);
	if (real == NULL)
		return file_errno(err, errno, _("cannot write"), path);
	*ret_path = path_join(arena, real, name);
	free(real);
	return ERR_OK;
}

static enum err ask(const struct folder *folder, const char *path, bool replace, struct error *err)
{
	struct str body = STR_INIT, answer = STR_INIT;
	struct admin *admin = NULL;
	enum err code;

	str_addf(&body, "%s\n%s\n", path, replace ? "replace" : "");
	code = add_part(&body, "zhiband.conf", folder->conf, err);
	if (code == ERR_OK)
		code = add_part(&body, "server.crt", folder->cert, err);
	if (code == ERR_OK)
		code = add_part(&body, "server.key", folder->key, err);
	if (code == ERR_OK)
		code = admin_open(folder, &admin, err);
	if (code == ERR_OK)
		code = admin_call(admin, "POST", "/v1/admin/backup", NULL, body.s, body.len,
				  &answer, err);
	admin_close(admin);
	crypto_wipe(body.s, body.len);
	str_release(&body);
	str_release(&answer);
	return code;
}

/* --- those of the server itself, in DIR/backups ------------------------------------------------- */

enum err folder_backup(void *ctx, struct service *service, struct str *ret_path, struct error *err)
{
	const struct folder *folder = ctx;
	const char *const files[] = { folder->conf, folder->cert, folder->key };
	static const char *const names[] = { "zhiband.conf", "server.crt", "server.key" };
	struct backup_part parts[ARRAY_LEN(files)];
	struct str bytes[ARRAY_LEN(files)] = { STR_INIT };
	struct arena arena = ARENA_INIT;
	const char *dir = path_join(&arena, folder->dir, "backups"), *path;
	struct env env = env_system(NULL);
	char name[CIVIL_TEXT];
	enum err code = dir_make(dir, 0700, err);

	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(files); i++) {
		code = file_read(files[i], BACKUP_PART_MAX, &bytes[i], err);
		parts[i] = (struct backup_part){ names[i], str_get(&bytes[i]), bytes[i].len };
	}
	civil_format(env_now(&env), 0, "YmdTHMSZ", name, sizeof name);
	path = path_join(&arena, dir, arena_printf(&arena, "zhiban-%s", name));
	if (code == ERR_OK)
		code = service_backup(service, path, parts, ARRAY_LEN(parts), false, err);
	if (code == ERR_OK)
		str_add(ret_path, path);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		if (bytes[i].s != NULL)
			crypto_wipe(bytes[i].s, bytes[i].len);
		str_release(&bytes[i]);
	}
	arena_release(&arena);
	return code;
}

enum err run_backup(const struct args *args, struct error *err)
{
	bool replace = args_value(args, "replace") != NULL;
	const char *path = NULL;
	struct stat st;
	struct folder folder;
	enum err code = folder_open(&folder, args->words[0], err);

	if (code != ERR_OK)
		return code;
	code = whole_path(args->words[1], &folder.arena, &path, err);
	if (code == ERR_OK)
		code = ask(&folder, path, replace, err);
	if (code == ERR_OK && stat(path, &st) == 0)
		printf(_("%s: %lld KB, with settings, key and certificate.  Whoever has it has all: "
			 "keep it safe, and on another machine.\n"),
		       path, (long long)(st.st_size / 1024));
	folder_release(&folder);
	return code;
}
