/* Files and folders.  Errors name the path and say what to do. */
#ifndef ZHIBAN_BASE_FILE_H
#define ZHIBAN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

/* Appends the whole file; ERR_TOO_LARGE above max bytes; "-" is standard input. */
enum err file_read(const char *path, size_t max, struct str *out, struct error *err) MUST_CHECK;
/* Writes beside, syncs, renames over: the old file or the new one, never half of it. */
enum err file_write(const char *path, const void *data, size_t len, unsigned mode,
		    struct error *err) MUST_CHECK;
enum err dir_make(const char *path, unsigned mode, struct error *err) MUST_CHECK; /* with parents */
enum err dir_remove_all(const char *path, struct error *err) MUST_CHECK;
bool file_exists(const char *path);
/* What was renamed to path, or unlinked there, stays so after a power cut. */
enum err dir_sync(const char *path, struct error *err) MUST_CHECK;
/* "WORDS PATH: reason", with the code that fits errnum: NOT_FOUND, DENIED, FULL, else IO. */
enum err file_errno(struct error *err, int errnum, const char *words, const char *path);
char *path_join(struct arena *arena, const char *dir, const char *name);
/* An advisory lock that dies with its holder.  ERR_BUSY when another process holds it. */
enum err file_lock(const char *path, int *ret_fd, struct error *err) MUST_CHECK;
void file_unlock(int fd);
/* Whether something can be written there: ERR_DENIED, ERR_FULL with what to do. */
enum err dir_has_room(const char *path, struct error *err) MUST_CHECK;
/* ERR_INPUT in words when the folder lies on NFS or another network file system. */
enum err dir_is_local(const char *path, struct error *err) MUST_CHECK;

#endif
