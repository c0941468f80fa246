/* A way to the service for the administrator's commands, whether or not `serve` runs: over
 * DIR/admin.sock, or with the data opened in this process. */
#ifndef ZHIBAN_DAEMON_ADMIN_PRIV_H
#define ZHIBAN_DAEMON_ADMIN_PRIV_H

#include "folder_priv.h"
#include "zhiban/profile/profile.h"
#include "zhiban/server/service.h"

struct admin;

enum err admin_open(const struct folder *folder, struct admin **ret_admin,
		    struct error *err) MUST_CHECK;
void admin_close(struct admin *admin); /* NULL is fine */
bool admin_is_remote(const struct admin *admin); /* a server runs */
/* arg: "name=value" in plain words, several as lines, or NULL.  Appends the body of the answer.  An
 * error of the service comes back as its code and sentence. */
enum err admin_call(struct admin *admin, const char *method, const char *path, const char *arg,
		    const void *body, size_t len, struct str *out, struct error *err) MUST_CHECK;
/* The rules in force there. */
enum err admin_rules(struct admin *admin, struct jurisdiction **ret_profile, struct error *err)
	MUST_CHECK;
/* The value of a line "name=value" of an answer; in the arena; NULL: not there. */
const char *admin_value(const char *answer, const char *name, struct arena *arena);
/* Adds "name=value\n" when there is a value.  ERR_INPUT when it has line breaks. */
enum err admin_form(struct str *form, const char *name, const char *value,
		    struct error *err) MUST_CHECK;

#endif
