/* The rows that go through the seam of db.h.  Numbers are 0 and texts NULL when not there. */
#ifndef ZHIBAN_SERVER_DB_ROWS_H
#define ZHIBAN_SERVER_DB_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/crypto.h"
#include "zhiban/base/uuid.h"
#include "zhiban/server/db_who.h"

enum { DB_SCHEMA = 12 }; /* the newest that this program reads; meta "schema" */

struct db_entry { /* of the journal */
	int64_t seq;
	int64_t width; /* entities it touches */
	uint8_t hash[SHA256_LEN];
	const void *bytes; /* canonical */
	size_t len;
};
struct db_entity {
	int64_t eno; /* 0: not stored yet */
	struct uuid id;
	const char *kind;
	int64_t version, seq;
	int64_t class; /* place in a snapshot: lower classes first, in them lower ranks first */
	int64_t rank;
	const void *bytes; /* canonical */
	size_t len;
	int64_t since; /* seq from which the org that asked sees it; only from scope_scan */
};
enum { PERSONAL_SALT = 16, PERSONAL_PER_ENTRY = 64 };
struct db_personal { /* a personal value */
	int64_t id; /* PERSONAL_PER_ENTRY times the seq of its entry, and which of its values */
	int64_t eno;
	const char *field; /* its key in JSON */
	uint8_t salt[PERSONAL_SALT];
	const char *value;
	int64_t at; /* eff of its entry */
	const char *digits; /* of a phone (domain/phone.h); NULL: it is none */
};
struct db_party {
	int64_t org, since;
};
enum feed_row { /* what an entry is to an organisation, for one entity of it; stored */
	FEED_ROW_ENTRY,
	FEED_ROW_WHOLE, /* the entity was there before, but the org sees it from this entry on */
	FEED_ROW_DROP,	/* it does not see it any more; earlier rows of the entity are gone */
};
struct db_feed { /* one entity of one entry */
	int64_t seq, eno;
	enum feed_row kind;
};
struct db_absence { /* an entity was kept from an organisation that would have seen it */
	int64_t org, eno;
	int64_t since; /* it had seen it from this entry on; 0: it never did */
	int64_t lost;  /* the entry that kept it out */
	int64_t back;  /* the entry that made it a party (again); 0: it is kept out still */
};
struct db_place { /* a key of the snapshot's order */
	int64_t class, rank, eno;
};
struct db_adoption {
	int64_t seq;
	const char *profile, *calendar;
};
struct db_audit { /* a line of the audit log */
	int64_t no, at;
	const char *what; /* word of audit.def */
	const char *who, *role, *about, *words, *via;
	int64_t n; /* how often */
	uint8_t hash[SHA256_LEN];
};
struct db_answer {
	struct uuid id, console;
	int64_t n;
	int64_t seq;		  /* 0: refused */
	uint8_t body[SHA256_LEN]; /* of the act as sent */
	const void *bytes;
	size_t len;
};
struct db_news { /* what a transaction brought */
	int64_t seq, at;
	const char *orgs; /* whose feed grew: their numbers, apart by blanks */
};
struct db_contact { /* with a console; as of backoff.c */
	int64_t seen, away, back;
};
struct db_search { /* entities that have all terms and that the org sees */
	int64_t org;
	const int64_t *terms;
	size_t n;
	int64_t before; /* only of lower numbers; INT64_MAX: all */
};
struct db_officer_mark { /* of an officer on an entity */
	int64_t no; /* rises with each write */
	struct uuid id;
	const char *what; /* "seen", "watch", "pin" */
	int64_t value, at;
};
struct db_counts {
	int64_t entries, entities, touches, parties, feed, absences;
};

#endif
