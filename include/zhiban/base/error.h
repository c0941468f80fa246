/* What can go wrong, and the sentence about it.
 *
 * A function that can fail returns enum err (ERR_OK is 0) and leaves its outputs untouched on
 * failure.  Where a person will read it, the last parameter is a struct error, written only on
 * failure; callers prefix it on the way up.  Any struct error pointer may be NULL. */
#ifndef ZHIBAN_BASE_ERROR_H
#define ZHIBAN_BASE_ERROR_H

#include <stdarg.h>

enum err {
#define E(code, http, sentence) ERR_##code,
#include "zhiban/base/err.def"
#undef E
};

struct error {
	enum err code;
	char text[1024]; /* UTF-8, cut at a character's edge */
};

#define ERROR_INIT { ERR_OK, "" }
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))

/* Writes code and sentence; returns code, so that `return error_set(...)` reads well. */
enum err error_set(struct error *err, enum err code, const char *fmt, ...) PRINTF(3, 4);
/* The same with ": " and the words of errno behind it. */
enum err error_errno(struct error *err, enum err code, int errnum, const char *fmt, ...)
	PRINTF(4, 5);
/* Puts "WORDS: " before the sentence; returns the code it holds (ERR_OK when err is NULL: keep
 * the code yourself then). */
enum err error_prefix(struct error *err, const char *fmt, ...) PRINTF(2, 3);

/* The general sentence of a code (untranslated msgid), its HTTP status, its stable name
 * ("REFUSED"), and back from the name (ERR_INPUT when unknown). */
const char *err_sentence(enum err code);
int err_http(enum err code);
const char *err_name(enum err code);
enum err err_from_name(const char *name);

#endif
