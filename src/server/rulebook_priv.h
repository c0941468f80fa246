/* The rules in force: profile and calendar, parsed once and counted (rulebook.c). */
#ifndef ZHIBAN_SERVER_RULEBOOK_PRIV_H
#define ZHIBAN_SERVER_RULEBOOK_PRIV_H

#include "zhiban/profile/profile.h"
#include "zhiban/server/db.h"

struct rulebook { /* counted by service->lock */
	int refs;
	struct jurisdiction *profile;
	struct workdays *days;
};
enum err rulebook_parse(const char *bundle, size_t bundle_len, const char *calendar,
			size_t calendar_len, struct rulebook **ret_book,
			struct error *err) MUST_CHECK;
void rulebook_free(struct rulebook *book); /* whatever refs says; NULL is fine */
enum err rulebook_load(const struct db_ops *ops, struct db *db, const char *profile_hash,
		       const char *calendar_hash, struct rulebook **ret_book,
		       struct error *err) MUST_CHECK;
/* Of the last adoption. */
enum err rulebook_newest(const struct db_ops *ops, struct db *db, struct rulebook **ret_book,
			 struct error *err) MUST_CHECK;

#endif
