/* What administrators ask, over DIR/admin.sock (all of it) or over the network (each of the three
 * what his role is for; manage.c).  The bodies are lines "name=value", replies plain text. */
#ifndef ZHIBAN_SERVER_MANAGE_PRIV_H
#define ZHIBAN_SERVER_MANAGE_PRIV_H

#include "audit_priv.h"
#include "zhiban/wire/listing.h"

struct manager { /* who asks, in a job's arena */
	struct audit_by by;
	bool local; /* over the socket: may do everything */
};
struct manager manager_of(const struct call *call, struct arena *arena);

/* Over the network: ERR_NOT_FOUND, as for what is not there, unless the session's role manages this. */
enum err manage_gate(struct call *call, enum role_manage what, struct error *err) MUST_CHECK;
/* Nobody changes his own account over the network, or that of an administrator, or makes one.  role:
 * that the account has or would get.  ERR_DENIED. */
enum err manage_may(const struct manager *manager, const struct rules *rules, const char *officer,
		    const char *role, struct error *err) MUST_CHECK;
/* The value of a line of the body, in the arena; NULL when it is not there or empty. */
const char *manage_form(const struct call *call, struct arena *arena, const char *name);
/* Codes of an organisation and a role from the words given; either may be NULL and stays so. */
enum err manage_resolve(const struct rules *rules, int64_t now, const char **org, const char **role,
			struct error *err) MUST_CHECK;
/* The reply: a list in the format of the argument "format" (tab-separated if nothing is said). */
enum err manage_reply(struct call *call, const struct listing *listing, struct error *err) MUST_CHECK;
/* The reply is a table, for people: it says what things are called, where programs get their codes. */
bool manage_titled(const struct call *call);
/* Of an organisation and a role, titled or as they are; what has no name any more as it is. */
const char *manage_org(const struct rules *rules, const char *code, bool titled);
const char *manage_role(const struct rules *rules, const char *code, bool titled);
/* "2026-11-22 10:41" in the jurisdiction's zone; NULL for 0. */
const char *manage_time(const struct rules *rules, int64_t at, struct arena *arena);

/* Feeds of sessions that ended or see something else now, to be woken when the job is done. */
struct ending {
	uint64_t *sessions;
	size_t n, cap;
};
void ending_add(struct ending *ending, const uint8_t token[SHA256_LEN]);
void ending_done(struct call *call, struct ending *ending); /* wakes them; releases */
/* Adds all sessions of an officer (also upload-only ones). */
enum err ending_of(struct writer *writer, const char *officer, struct ending *ending,
		   struct error *err) MUST_CHECK;

#endif
