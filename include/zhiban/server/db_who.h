/* Rows of db_rows.h about who may come in: accounts and their codes, consoles, sessions, other systems,
 * secret addresses.  What lets somebody in is kept as its hash only. */
#ifndef ZHIBAN_SERVER_DB_WHO_H
#define ZHIBAN_SERVER_DB_WHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/uuid.h"

struct db_account {
	const char *officer, *org, *role;
	const char *pin; /* argon2id; NULL: none set yet */
	struct uuid person;
	bool active;
	const void *totp; /* secret of the second factor; NULL: none */
	size_t totp_len;
	int64_t totp_step; /* the latest that was used */
	int64_t pin_at;	   /* when the PIN was set; 0: not known */
};
struct db_console {
	struct uuid id;
	const char *name;
	int64_t made, last_n, seen;
	int64_t closed; /* since when nobody logs in on it; 0: open */
};
struct db_token {
	uint8_t hash[SHA256_LEN];
	struct uuid console;
	const char *officer;
	int64_t expires, extended;
	bool upload; /* may only send acts */
	int64_t made;	     /* the log-in; 0: not known */
	const char *address; /* where it came from */
};
struct db_code {
	uint8_t hash[SHA256_LEN];
	const char *officer, *org, *role;
	int64_t expires;
	int64_t made; /* 0: not known */
	const char *maker;
};
struct db_system { /* another system that sends */
	const char *name;
	uint8_t hash[SHA256_LEN]; /* of its token */
	const char *source, *org;
	int64_t kinds; /* enum system_kinds */
	int64_t rate;  /* requests a minute */
	int64_t made, used;
	bool active;
};
struct db_address { /* a secret address of a calendar */
	uint8_t hash[SHA256_LEN]; /* of its token */
	const char *what;	  /* "person", "post", "org" */
	const char *about;	  /* id of the person; organisation, plan and post apart by blanks */
	const char *officer;
	int64_t made, used; /* used 0: never */
};

#endif
