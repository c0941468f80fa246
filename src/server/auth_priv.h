/* What enrolment and log-in share. */
#ifndef ZHIBAN_SERVER_AUTH_PRIV_H
#define ZHIBAN_SERVER_AUTH_PRIV_H

#include "service_priv.h"

struct login { /* an enrolment or a log-in on its way */
	const char *code_secret; /* enrolment: "XXXX-XXXX-XXXX" */
	const char *pin, *name, *console_name, *address;
	const char *totp; /* digits of the second factor, or NULL */
	struct uuid console;
	int64_t made; /* when the session began, if it goes on for another; 0: now */
	/* Found on the way: */
	char pin_hash[PIN_HASH];
	const char *officer, *org, *role;
	const char *pin_was;	 /* hash of the PIN that was compared */
	int64_t totp_step;	 /* of the code that fitted; 0: none was wanted */
	bool counted;		 /* among those that are being hashed */
	bool fresh;		 /* the account is made now */
	bool guess;		 /* what failed may have been a guess: it counts for back-off */
	char token[TOKEN_TEXT];
	int64_t last_n;		 /* of the console's acts */
};

enum err login_check_pin(const char *pin, struct error *err) MUST_CHECK;
/* A name that will stand on screens and papers, or NULL: nothing invisible in it. */
enum err login_check_name(const char *name, struct error *err) MUST_CHECK;
/* ERR_TOO_MANY and Retry-After while the back-off of the account or the address runs. */
enum err login_check_backoff(struct call *call, const char *officer, struct error *err) MUST_CHECK;
/* On the writer: a token for login->officer on login->console, and the console's last n. */
enum err login_write_token(struct writer *writer, struct login *login, struct arena *arena,
			   struct error *err) MUST_CHECK;
/* The job's data begin with a struct login: it is hashed and then ends in login_ended.  ERR_TOO_MANY
 * and ERR_BUSY with Retry-After when too many come at once. */
enum err login_submit(struct call *call, struct job *job, struct error *err) MUST_CHECK;
/* Whether it was right or wrong is noted for the back-off and the audit log. */
void login_ended(struct call *call, struct job *job);
/* login_ended, and the answer. */
enum err login_finish(struct call *call, struct job *job, struct error *err) MUST_CHECK;
/* The answer of whoever is logged in; token may be NULL, n -1. */
void session_reply(struct call *call, const struct session *session, const char *token, int64_t n);
/* On the writer: the audit log learns of a new console. */
enum err note_enrolment(struct writer *writer, const struct login *login,
			struct error *err) MUST_CHECK;
/* Appends a line for each kind of account that somebody should look at (accounts.c). */
enum err accounts_review(const struct db_ops *ops, struct db *db, const struct rules *rules,
			 int64_t now, struct str *report, struct error *err) MUST_CHECK;
void token_hash(const char *token, uint8_t hash[SHA256_LEN]);
/* When a session ends that was made then and used now. */
int64_t session_end(const struct service *service, int64_t made, int64_t now);

#endif
