/* The file of a backup: data, parts, list, tail (backup_file.c).  The tail is text of fixed length:
 * a newline, "zhiban backup", the form's number, the length of the list, the SHA-256 of all bytes
 * before its own digits, a newline. */
#ifndef ZHIBAN_SERVER_BACKUP_PRIV_H
#define ZHIBAN_SERVER_BACKUP_PRIV_H

#include "zhiban/server/backup.h"

enum { BACKUP_FORM = 1, BACKUP_TAIL = 95, BACKUP_LIST_MAX = 4096 };

/* Makes the file that holds the data into a backup.  sync: on disk before it returns. */
enum err backup_seal(const char *path, const struct backup_part *parts, size_t n, bool sync,
		     struct error *err) MUST_CHECK;
/* Reads all bytes and checks their sum; the data go into the new file `to` unless it is NULL. */
enum err backup_unpack(const char *path, const struct backup *backup, const char *to, bool sync,
		       struct error *err) MUST_CHECK;

#endif
