/* The audit log (audit.c): who logged in, and what was done to accounts and by administrators.
 *
 * Append only and chained: each line holds SHA-256 over the line before and itself; meta "audit"
 * holds number and hash of the last, "audit_from" those of the last line that was purged.  A line
 * is written in the transaction of what it tells of, by the writer alone. */
#ifndef ZHIBAN_SERVER_AUDIT_PRIV_H
#define ZHIBAN_SERVER_AUDIT_PRIV_H

#include "service_priv.h"

enum audit {
#define A(name, word, title) AUDIT_##name,
#include "zhiban/server/audit.def"
#undef A
	AUDIT_COUNT
};

struct audit_by { /* who did it, and from where */
	const char *who, *role, *via; /* any may be NULL */
};
struct audit_line {
	enum audit what;
	struct audit_by by;
	const char *about; /* the account, incident, console, file … it was done to; or NULL */
	const char *words; /* anything else for a person; or NULL.  No PIN, code or personal value */
	int64_t n;	   /* how often; 0: once */
	int64_t at;	   /* ms UTC; 0: now */
};

/* Who makes this call, copied into the arena (a job's): the officer of the session; "local" on the
 * administrator's socket. */
struct audit_by audit_by(const struct call *call, struct arena *arena);
struct audit_by audit_system(void); /* the server by itself */
enum err audit_note(struct writer *writer, const struct audit_line *line,
		    struct error *err) MUST_CHECK;
/* The same where no service runs: in the transaction of a connection that writes. */
enum err audit_append(const struct db_ops *ops, struct db *db, const struct env *env,
		      const struct audit_line *line, struct error *err) MUST_CHECK;
/* Drops lines older than a moment, and writes that down.  For retention. */
enum err audit_purge(struct writer *writer, int64_t before, int64_t *ret_n,
		     struct error *err) MUST_CHECK;
/* Checks the chain; *ret_lines how many there are.  ERR_CORRUPT names the first bad line. */
enum err audit_verify(const struct db_ops *ops, struct db *db, int64_t *ret_lines,
		      struct error *err) MUST_CHECK;
/* The number and hash (64 hex digits) of the last line; 0 and "" when there is none. */
enum err audit_head(const struct db_ops *ops, struct db *db, struct arena *arena, int64_t *ret_no,
		    const char **ret_hash, struct error *err) MUST_CHECK;
bool audit_is_word(const char *word);
void audit_words(struct str *out); /* all of them, with commas */
const char *audit_title(const char *word); /* translated; the word itself when it is not known */

#endif
