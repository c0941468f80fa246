/* Backups: one file with all that is needed to go on elsewhere, and the way back.
 *
 * A backup is a copy of the data as one reader saw them, followed by named parts (zhiband.conf, key
 * and certificate) and, at its end, the list of what is in it and the SHA-256 of all before: a byte
 * that changed or is missing is found.  It is written under a temporary name, mode 0600, and
 * renamed when it is whole and on disk: under its own name it is there or it is not.
 *
 * What is restored has a new epoch, so that consoles know that it is not what they saw. */
#ifndef ZHIBAN_SERVER_BACKUP_H
#define ZHIBAN_SERVER_BACKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/arena.h"
#include "zhiban/server/service.h"
#include "zhiban/server/verify.h"

enum { BACKUP_PARTS = 8, BACKUP_PART_MAX = 1024 * 1024 };

struct backup_part {
	const char *name; /* "zhiband.conf": no blank, no line break */
	const void *bytes;
	size_t len;
};

/* While serving too: readers and the writer go on.  replace: a file of that name is there and may
 * be lost; else ERR_EXISTS.  ERR_FULL and ERR_IO leave nothing behind. */
enum err service_backup(struct service *service, const char *path, const struct backup_part *parts,
			size_t n, bool replace, struct error *err) MUST_CHECK;

struct backup { /* what a file holds */
	size_t data_len;
	struct backup_part parts[BACKUP_PARTS]; /* bytes end with a NUL beyond len */
	size_t n_parts;
};
/* Reads the list and the parts; the sum over all bytes is checked by service_restore and
 * backup_check alone.  ERR_INPUT: no backup, or cut off; ERR_VERSION: a newer program made it. */
enum err backup_read(const char *path, struct arena *arena, struct backup *ret_backup,
		     struct error *err) MUST_CHECK;
/* ERR_CORRUPT when a byte of it is not as it was written. */
enum err backup_check(const char *path, struct error *err) MUST_CHECK;

/* Makes new data at config->where (ERR_EXISTS when there are some) from a backup: checks the sum,
 * unpacks, verifies the journal and its fold, and gives a new epoch.  On failure nothing is left at
 * config->where.  Of config db, where, db_flags and env are used. */
enum err service_restore(const struct service_config *config, const char *path,
			 void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx,
			 struct verify_report *ret_report, struct error *err) MUST_CHECK;

#endif
