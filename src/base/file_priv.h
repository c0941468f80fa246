/* What file.c and dir.c share. */
#ifndef ZHIBAN_BASE_FILE_PRIV_H
#define ZHIBAN_BASE_FILE_PRIV_H

#include "zhiban/base/error.h"

/* "WORDS PATH: reason", with the code that fits errnum: NOT_FOUND, DENIED, FULL, else IO. */
enum err file_errno(struct error *err, int errnum, const char *words, const char *path);

#endif
