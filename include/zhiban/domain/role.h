/* Roles: what the profile says of whoever has one, beside his place in the list of roles.
 *
 * The three administrators are kept apart (三员分立): one role manages one thing, sees no cases and
 * stands in no ladder of roles. */
#ifndef ZHIBAN_DOMAIN_ROLE_H
#define ZHIBAN_DOMAIN_ROLE_H

#include <stdbool.h>

struct rules;

enum role_sees {
	SEES_OWN, /* what his organisation is a party to */
	SEES_ALL, /* what the centre sees */
	SEES_NONE,
};
enum role_manage {
	MANAGE_NOTHING,
	MANAGE_SYSTEM,	 /* how the server stands, backups */
	MANAGE_SECURITY, /* accounts, codes, sessions, consoles; and what is restricted */
	MANAGE_AUDIT,	 /* reads the audit log */
};
struct role_rule {
	const char *code, *label; /* as in rules.roles, and at the same place */
	enum role_sees sees;
	enum role_manage manage;
	bool read_only; /* changes nothing */
	bool totp;	/* logs in with a second factor */
};

/* By code, label or word.  Never NULL: a role that the rules do not have ("system", one of a
 * profile before) sees its own organisation's and may write. */
const struct role_rule *rules_role(const struct rules *rules, const char *words);
/* The organisation whose view a role at an organisation has, or NULL: none. */
const char *role_scope_org(const struct rules *rules, const char *role, const char *org);

#endif
