/* Making this machine a console of a server: one-time code, pinned key, first log-in.  Blocks. */
#ifndef ZHIBAN_CLIENT_ENROLL_H
#define ZHIBAN_CLIENT_ENROLL_H

#include "zhiban/client/settings.h"

struct env;

struct enrolment {
	const char *config_path; /* where the server is written down; NULL: the user's */
	const char *url, *code;
	const char *server;	 /* name for this server; NULL: "default" */
	const char *dir;	 /* NULL: the default data folder */
	const char *officer;	 /* NULL: as the code says */
	const char *pin;	 /* the officer's PIN from now on, 4 to 32 characters */
};
/* ERR_AUTH when the code is used up, wrong, or not for the key this server shows; ERR_OFFLINE. */
enum err enroll(const struct enrolment *enrolment, const struct env *env, struct arena *arena,
		const char **ret_officer, struct error *err) MUST_CHECK;
struct login_words {
	const char *officer; /* NULL, "": the one who was logged in last */
	const char *pin;
	const char *totp; /* six digits of the second factor; NULL, "": none */
};
/* Officer sessions without a worker.  ERR_SECOND: the PIN is right, and the second factor is wanted
 * besides. */
enum err session_login(const struct server_settings *server, const struct login_words *words,
		       const struct env *env, struct error *err) MUST_CHECK;
/* Acts still unsent keep an upload-only token.  wipe: removes the cache, and refuses (ERR_REFUSED)
 * while acts are unsent. */
enum err session_logout(const struct server_settings *server, bool wipe, const struct env *env,
			struct error *err) MUST_CHECK;

#endif
