/* The way back from a backup.  All is made and checked in a folder inside DIR; then what was there
 * is moved aside, and the new takes its place, zhiband.conf last: without it nothing serves the
 * folder, so a cut in between leaves both sides whole and the command can be given again. */
#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command_priv.h"
#include "folder_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/env.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/server/backup.h"

#define ASIDE "before-restore-"
#define STAGE "restoring-"

struct restoring {
	struct folder folder; /* DIR */
	struct backup backup;
	const char *file, *db; /* db: as --db says, or NULL */
	const char *data;      /* where they are made */
	char *stage, *aside; /* aside NULL: nothing was there */
	bool made;	     /* DIR was not there */
	int lock;
	struct stat owner; /* of DIR */
	struct verify_report report;
};

/* --- what is there --------------------------------------------------------------------------- */

/* What a folder may hold that still counts as empty. */
static bool is_nothing(const char *name)
{
	static const char *const names[] = { ".", "..", "lock", "admin.sock", "url", "lost+found" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return str_starts(name, ASIDE) || str_starts(name, STAGE);
}

static enum err look_inside(const struct restoring *run, bool *ret_empty, struct error *err)
{
	DIR *dir = opendir(run->folder.dir);
	struct dirent *entry;

	*ret_empty = true;
	if (dir == NULL)
		return file_errno(err, errno, _("cannot read"), run->folder.dir);
	while ((entry = readdir(dir)) != NULL)
		*ret_empty = *ret_empty && is_nothing(entry->d_name);
	closedir(dir);
	return ERR_OK;
}

static enum err look(struct restoring *run, struct error *err)
{
	const struct folder *folder = &run->folder;
	struct arena *arena = &run->folder.arena;
	struct env env = env_system(NULL);
	char when[32];
	bool empty;
	enum err code = ERR_OK;

	run->made = !file_exists(folder->dir);
	if (run->made)
		code = dir_make(folder->dir, 0700, err);
	if (code == ERR_OK)
		code = dir_is_local(folder->dir, err);
	if (code == ERR_OK)
		code = look_inside(run, &empty, err);
	if (code != ERR_OK || empty)
		return code;
	if (!file_exists(folder->conf) && !file_exists(folder->data))
		return error_set(err, ERR_EXISTS,
				 _("%s is not empty, and is no data folder of zhiband: give another "
				   "folder"),
				 folder->dir);
	civil_format(env_now(&env), CIVIL_CHINA, "Ymd-HMS", when, sizeof when);
	run->aside = path_join(arena, folder->dir, arena_printf(arena, ASIDE "%s", when));
	return ERR_OK;
}

static enum err lock(struct restoring *run, struct error *err)
{
	struct error why = ERROR_INIT;
	enum err code = file_lock(run->folder.lock, &run->lock, &why);

	if (code == ERR_OK && stat(run->folder.dir, &run->owner) != 0)
		return file_errno(err, errno, _("cannot read"), run->folder.dir);
	if (code == ERR_BUSY)
		return error_set(err, ERR_BUSY,
				 _("%s: a server is running there; stop it, then restore"),
				 why.text);
	return code == ERR_OK ? ERR_OK : error_set(err, code, "%s", why.text);
}

/* --- making ---------------------------------------------------------------------------------- */

static void show_progress(void *ctx, int64_t done, int64_t all)
{
	(void)ctx;
	fprintf(stderr, "\r%3lld %%", (long long)(all == 0 ? 100 : done * 100 / all));
}

static enum err make_data(struct restoring *run, struct error *err)
{
	struct service_config config = { .db = db_ops_for(run->data),
					 .where = run->data,
					 .env = env_system(NULL) };
	bool tty = isatty(STDERR_FILENO);
	enum err code = service_restore(&config, run->file, tty ? show_progress : NULL, NULL,
					&run->report, err);

	if (tty)
		fputs("\r     \r", stderr);
	if (code == ERR_FULL)
		code = error_set(err, ERR_FULL,
				 _("%s: no space is left for what is in the backup; nothing was "
				   "changed: free some, or give a folder on another disk"),
				 run->folder.dir);
	return code;
}

/* Where key and certificate now lie in the folder (move), and the data elsewhere (db). */
static void write_settings(const char *text, const struct conf_section *root, bool move,
			   const char *db, struct str *out)
{
	int cert = move && conf_given(root, "cert") ? conf_line(root, "cert") : 0;
	int key = move && conf_given(root, "key") ? conf_line(root, "key") : 0;
	int data = db != NULL && conf_given(root, "db") ? conf_line(root, "db") : 0;

	for (int line = 1; *text != '\0'; line++) {
		size_t len = strcspn(text, "\n");

		str_addf(out, "%s%.*s\n", 
			 line == cert || line == key || line == data ? "# " : "", (int)len, text);
		text += len + (text[len] == '\n');
	}
	if (db != NULL)
		str_addf(out, "\ndb = \"%s\"\n", db);
}

static enum err settings(const struct backup_part *part, const char *db, struct str *out,
			 struct error *err)
{
	struct conf *conf;
	const struct conf_section *root;
	bool same;
	enum err code = conf_parse(part->name, part->bytes, part->len, folder_spec, &conf, err);

	if (code != ERR_OK)
		return code;
	root = conf_root(conf);
	same = str_eq(conf_str(root, "cert"), "server.crt") &&
	       str_eq(conf_str(root, "key"), "server.key");
	if (same && db == NULL)
		str_add_bytes(out, part->bytes, part->len);
	else
		write_settings(part->bytes, root, !same, db, out);
	conf_free(conf);
	return ERR_OK;
}

static const char *const part_names[] = { "server.crt", "server.key", "zhiband.conf" };

static enum err make_part(struct restoring *run, const char *name, struct error *err)
{
	const struct backup_part *part = NULL;
	struct str bytes = STR_INIT;
	enum err code = ERR_OK;

	for (size_t i = 0; i < run->backup.n_parts; i++)
		if (strcmp(run->backup.parts[i].name, name) == 0)
			part = &run->backup.parts[i];
	if (part == NULL)
		return error_set(err, ERR_INPUT, _("%s: the backup holds no %s"), run->file, name);
	if (strcmp(name, "zhiband.conf") == 0)
		code = settings(part, run->db, &bytes, err);
	else
		str_add_bytes(&bytes, part->bytes, part->len);
	if (code == ERR_OK)
		code = file_write(path_join(&run->folder.arena, run->stage, name), str_get(&bytes),
				  bytes.len, 0600, err);
	if (bytes.s != NULL)
		crypto_wipe(bytes.s, bytes.len);
	str_release(&bytes);
	return code;
}

static enum err make(struct restoring *run, struct error *err)
{
	struct folder made;
	enum err code = ERR_OK;

	run->stage = path_join(&run->folder.arena, run->folder.dir, STAGE "XXXXXX");
	if (mkdtemp(run->stage) == NULL) {
		run->stage = NULL;
		return file_errno(err, errno, _("cannot make the folder"), run->folder.dir);
	}
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(part_names); i++)
		code = make_part(run, part_names[i], err);
	if (code == ERR_OK)
		code = folder_open(&made, run->stage, err);
	if (code != ERR_OK)
		return code;
	run->data = arena_strdup(&run->folder.arena, made.data);
	folder_release(&made);
	return make_data(run, err);
}

/* --- taking its place ------------------------------------------------------------------------ */

static enum err move(struct restoring *run, const char *from, const char *to, const char *name,
		     bool must, struct error *err)
{
	struct arena *arena = &run->folder.arena;
	const char *old = path_join(arena, from, name), *new = path_join(arena, to, name);

	if (!must && !file_exists(old))
		return ERR_OK;
	if (rename(old, new) != 0)
		return file_errno(err, errno, _("cannot move"), old);
	if (geteuid() == 0 && lchown(new, run->owner.st_uid, run->owner.st_gid) != 0)
		return file_errno(err, errno, _("cannot give to its owner"), new);
	return dir_sync(new, err);
}

/* A key or certificate of another name, when it lies in the folder itself. */
static enum err move_named(struct restoring *run, const char *path, struct error *err)
{
	size_t len = strlen(run->folder.dir);
	const char *name = strrchr(path, '/');

	if (name == NULL || (size_t)(name - path) != len ||
	    strncmp(path, run->folder.dir, len) != 0)
		return ERR_OK;
	return move(run, run->folder.dir, run->aside, name + 1, false, err);
}

/* Named after the second; -2 and so on when it is taken. */
static enum err make_aside(struct restoring *run, struct error *err)
{
	enum { TRIES = 100 };
	const char *first = run->aside;

	for (int i = 2; i < TRIES; i++) {
		if (mkdir(run->aside, 0700) == 0)
			return ERR_OK;
		if (errno != EEXIST)
			break;
		run->aside = arena_printf(&run->folder.arena, "%s-%d", first, i);
	}
	return file_errno(err, errno, _("cannot make the folder"), run->aside);
}

static enum err move_aside(struct restoring *run, struct error *err)
{
	static const char *const names[] = { "zhiband.conf", "data.db",	   "data.db-wal",
					     "data.db-shm",  "server.crt", "server.key", "url" };
	const char *dir = run->folder.dir;
	struct folder old;
	bool known = folder_open(&old, dir, NULL) == ERR_OK;
	enum err code = make_aside(run, err);

	if (code == ERR_OK && geteuid() == 0 &&
	    lchown(run->aside, run->owner.st_uid, run->owner.st_gid) != 0)
		code = file_errno(err, errno, _("cannot give to its owner"), run->aside);
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(names); i++)
		code = move(run, dir, run->aside, names[i], false, err);
	if (code == ERR_OK && known)
		code = move_named(run, old.cert, err);
	if (code == ERR_OK && known)
		code = move_named(run, old.key, err);
	if (known)
		folder_release(&old);
	return code;
}

static enum err move_in(struct restoring *run, struct error *err)
{
	enum err code = ERR_OK;

	if (!db_is_url(run->data))
		code = move(run, run->stage, run->folder.dir, "data.db", true, err);
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(part_names); i++)
		code = move(run, run->stage, run->folder.dir, part_names[i], true, err);
	return code;
}

static enum err change_places(struct restoring *run, struct error *err)
{
	enum err code = run->aside != NULL ? move_aside(run, err) : ERR_OK;

	if (code == ERR_OK)
		code = move_in(run, err);
	if (code == ERR_OK)
		return ERR_OK;
	(void)error_prefix(err, _("what was there is in %s and %s, what is restored in %s"),
			   run->folder.dir, run->aside != NULL ? run->aside : "-", run->stage);
	run->stage = NULL; /* it stays */
	return code;
}

/* --- the command ----------------------------------------------------------------------------- */

static void tell(const struct restoring *run)
{
	printf(_("Restored %s: %lld entries, %lld entities; the journal is whole, and the state is "
		 "its fold.\n"),
	       run->folder.dir, (long long)run->report.counts.entries,
	       (long long)run->report.counts.entities);
	if (run->aside != NULL)
		printf(_("What was there before is in %s.\n"), run->aside);
	printf(_("Now start the server: zhiband serve %s\n"
		 "The data have a new epoch: consoles notice it, load anew, and send again what they "
		 "did after the backup.\n"),
	       run->folder.dir);
}

static void clean_up(struct restoring *run, enum err code)
{
	if (run->stage != NULL && dir_remove_all(run->stage, NULL) != ERR_OK)
		run->made = false; /* what stays has to lie somewhere */
	if (code != ERR_OK && run->made)
		(void)unlink(run->folder.lock);
	file_unlock(run->lock);
	if (code != ERR_OK && run->made)
		(void)rmdir(run->folder.dir);
	folder_release(&run->folder);
}

enum err run_restore(const struct args *args, struct error *err)
{
	struct restoring run = { .file = args->words[0],
				 .db = args_value(args, "db"),
				 .lock = -1 };
	struct folder other;
	enum err code = ERR_OK;

	folder_init(&run.folder, args->words[1]);
	folder_init(&other, args->words[1]);
	if (run.db != NULL)
		code = folder_db(&other, run.db, err); /* only whether it is well said */
	folder_release(&other);
	if (code == ERR_OK)
		code = backup_read(run.file, &run.folder.arena, &run.backup, err);
	if (code == ERR_OK)
		code = look(&run, err);
	if (code == ERR_OK)
		code = lock(&run, err);
	if (code == ERR_OK)
		code = make(&run, err);
	if (code == ERR_OK)
		code = change_places(&run, err);
	if (code == ERR_OK)
		tell(&run);
	clean_up(&run, code);
	return code;
}
