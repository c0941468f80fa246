/* A file that does not exist yet: written in pieces beside its name, there when it is whole, and never
 * over another.
 *
 * Only its owner may read it.  What is not committed leaves nothing behind (but for a kill: then
 * PATH.part, which the next run of that name replaces). */
#ifndef ZHIBAN_BASE_NEWFILE_H
#define ZHIBAN_BASE_NEWFILE_H

#include "zhiban/base/arena.h"
#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

struct new_file; /* NULL: none is open */

/* ERR_IO when there is one of that name already, too: with the sentence to show. */
enum err new_file_open(const char *path, struct new_file **ret_file, struct error *err) MUST_CHECK;
enum err new_file_write(struct new_file *file, const char *bytes, size_t len,
			struct error *err) MUST_CHECK;
/* Syncs and gives it its name; the file is closed whatever comes of it. */
enum err new_file_commit(struct new_file *file, struct error *err) MUST_CHECK;
void new_file_drop(struct new_file *file); /* takes NULL */

#endif
