/* The screen face: owns the tty and a client; runs until the officer leaves. */
#ifndef ZHIBAN_CONSOLE_FACE_H
#define ZHIBAN_CONSOLE_FACE_H

#include "zhiban/base/trace.h"
#include "zhiban/client/settings.h"

struct face_options {
	const struct settings *settings;
	const struct server_settings *server;
	const char *theme; /* NULL: of the settings */
	const char *lock_hint; /* app_options.lock_hint */
	bool thin, plain, read_only;
	const struct env *env;
	struct trace *trace;
};
/* Opens client and worker on the server's folder, shows the board, and leaves nothing running.
 * Returns the exit status of the program; what went wrong is in err. */
int face_run(const struct face_options *options, struct error *err);

#endif
