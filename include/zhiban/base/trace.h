/* Diagnostics: one line an event, to a file or standard error, never to the screen.  All text
 * goes through text_clean.  A NULL trace swallows everything.
 *
 * A line may begin with its level as in sd-daemon(3): "<3>" error, "<4>" warning, "<5>" notice,
 * "<6>" what is usual (as without).  To systemd's journal the level goes as it is, and the journal
 * knows the time; elsewhere the time stands first, and the level becomes a word if it matters. */
#ifndef ZHIBAN_BASE_TRACE_H
#define ZHIBAN_BASE_TRACE_H

#include "zhiban/base/env.h"
#include "zhiban/base/error.h"

struct trace;
/* path "-" is standard error.  Opened for appending, mode 0600.  Thread-safe. */
enum err trace_new(const char *path, const struct env *env, struct trace **ret_trace,
		   struct error *err) MUST_CHECK;
void trace_free(struct trace *trace);
void trace_line(struct trace *trace, const char *fmt, ...) PRINTF(2, 3);

#endif
