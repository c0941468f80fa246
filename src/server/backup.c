#include <config.h>

#include "audit_priv.h"
#include "backup_priv.h"
#include "service_priv.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- making one ------------------------------------------------------------------------------ */

/* A connection of its own: a long copy must not keep one that requests share. */
static enum err copy_data(struct service *service, const char *to, struct error *err)
{
	struct db *db;
	enum err code = service->db->open(service->where,
					  service->db_flags & ~(unsigned)DB_WRITE, &db, err);

	if (code != ERR_OK)
		return code;
	code = service->db->copy(db, to, err);
	service->db->close(db);
	return code;
}

static enum err there_already(const char *path, struct error *err)
{
	return error_set(err, ERR_EXISTS,
			 _("%s is there already: give another name, or --replace it"), path);
}

/* A file that came meanwhile is not lost either, where the system can tell. */
static enum err put_name(const char *from, const char *path, bool replace, struct error *err)
{
	if (!replace) {
		if (renameat2(AT_FDCWD, from, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
			return ERR_OK;
		if (errno == EEXIST || file_exists(path))
			return there_already(path, err);
		if (errno != EINVAL && errno != ENOSYS)
			return file_errno(err, errno, _("cannot write"), path);
	}
	if (rename(from, path) != 0)
		return file_errno(err, errno, _("cannot write"), path);
	return ERR_OK;
}

static enum err make(struct service *service, const char *beside, const char *path,
		     const struct backup_part *parts, size_t n, bool replace, struct error *err)
{
	bool sync = (service->db_flags & DB_UNSYNCED) == 0;
	enum err code = copy_data(service, beside, err);

	if (code == ERR_OK)
		code = backup_seal(beside, parts, n, sync, err);
	if (code == ERR_FULL)
		code = error_set(err, ERR_FULL,
				 _("%s: no space is left for a backup, and none was made: free "
				   "some, or give a place on another disk"),
				 path);
	if (code == ERR_OK)
		code = put_name(beside, path, replace, err);
	if (code == ERR_OK && sync)
		code = dir_sync(path, err);
	return code;
}

enum err service_backup(struct service *service, const char *path, const struct backup_part *parts,
			size_t n, bool replace, struct error *err)
{
	struct str beside = STR_INIT;
	enum err code;
	int fd;

	assert(n <= BACKUP_PARTS);
	if (!replace && file_exists(path))
		return there_already(path, err);
	str_addf(&beside, "%s.XXXXXX", path);
	fd = mkostemp(beside.s, O_CLOEXEC); /* of mode 0600 */
	if (fd < 0) {
		code = file_errno(err, errno, _("cannot write"), path);
	} else {
		close(fd);
		code = make(service, beside.s, path, parts, n, replace, err);
		if (code != ERR_OK)
			db_sqlite.destroy(beside.s); /* a file, whoever made it */
	}
	str_release(&beside);
	return code;
}

/* --- the way back ---------------------------------------------------------------------------- */

enum { EPOCHS_KEPT = 16 };

/* Lines "EPOCH SEQ": which epochs these data come from, and up to which entry they are the same;
 * the latest first.  So an act that was made in one of them is judged by what its author saw. */
static enum err keep_epoch(const struct service_config *config, struct db *db, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct str lines = STR_INIT;
	uint8_t hash[SHA256_LEN];
	const char *epoch, *before, *end;
	int64_t seq;
	enum err code = config->db->meta_get(db, "epoch", &arena, &epoch, err);

	if (code == ERR_OK)
		code = config->db->meta_get(db, "epochs", &arena, &before, err);
	if (code == ERR_OK)
		code = config->db->head(db, &seq, hash, err);
	if (code == ERR_OK && epoch != NULL) {
		end = before != NULL ? before : "";
		for (int i = 1; i < EPOCHS_KEPT && *end != '\0'; i++)
			end += strcspn(end, "\n") + (strchr(end, '\n') != NULL);
		str_addf(&lines, "%s %lld\n", epoch, (long long)seq);
		if (before != NULL)
			str_add_bytes(&lines, before, (size_t)(end - before));
		code = config->db->meta_put(db, "epochs", str_get(&lines), err);
	}
	str_release(&lines);
	arena_release(&arena);
	return code;
}

static enum err new_epoch(const struct service_config *config, const char *path, struct error *err)
{
	const struct audit_line line = { .what = AUDIT_RESTORE, .by = { .who = "local" },
					 .about = path };
	char epoch[EPOCH_TEXT];
	struct db *db;
	enum err code = config->db->open(config->where, config->db_flags | DB_WRITE, &db, err);

	if (code != ERR_OK)
		return code;
	epoch_make(&config->env, epoch);
	code = config->db->begin(db, err);
	if (code == ERR_OK)
		code = keep_epoch(config, db, err);
	if (code == ERR_OK)
		code = config->db->meta_put(db, "epoch", epoch, err);
	if (code == ERR_OK)
		code = audit_append(config->db, db, &config->env, &line, err);
	if (code == ERR_OK)
		code = config->db->commit(db, err);
	config->db->close(db);
	return code;
}

static enum err unpack(const struct service_config *config, const char *path, bool sync,
		       struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct backup backup;
	enum err code = backup_read(path, &arena, &backup, err);

	if (code == ERR_OK)
		code = backup_unpack(path, &backup, config->where, sync, err);
	arena_release(&arena);
	return code;
}

enum err service_restore(const struct service_config *config, const char *path,
			 void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx,
			 struct verify_report *ret_report, struct error *err)
{
	bool sync = (config->db_flags & DB_UNSYNCED) == 0;
	struct verify_report report;
	enum err code;

	if (config->db->take != NULL) {
		code = backup_check(path, err);
		if (code == ERR_OK) /* a backup begins with the data */
			code = config->db->take(config->where, path, config->db_flags, err);
	} else {
		code = unpack(config, path, sync, err);
	}
	if (code != ERR_OK)
		return code;
	code = verify_data(config->db, config->where, progress, ctx, &report, err);
	if (code == ERR_OK)
		code = new_epoch(config, path, err);
	if (code == ERR_OK)
		*ret_report = report;
	else
		config->db->destroy(config->where);
	return code;
}
