#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

void rulebook_free(struct rulebook *book)
{
	if (book == NULL)
		return;
	profile_free(book->profile);
	workdays_free(book->days);
	free(book);
}

enum err rulebook_parse(const char *bundle, size_t bundle_len, const char *calendar,
			size_t calendar_len, struct rulebook **ret_book, struct error *err)
{
	struct rulebook *book = mem_alloc(sizeof *book);
	enum err code = workdays_parse("calendar", calendar, calendar_len, &book->days, err);

	if (code == ERR_OK)
		code = profile_parse(bundle, bundle_len, &book->profile, err);
	if (code != ERR_OK) {
		rulebook_free(book);
		return code;
	}
	profile_use_calendar(book->profile, book->days);
	book->refs = 1;
	*ret_book = book;
	return ERR_OK;
}

enum err rulebook_load(const struct db_ops *ops, struct db *db, const char *profile_hash,
		       const char *calendar_hash, struct rulebook **ret_book, struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *bundle, *calendar;
	size_t bundle_len, calendar_len;
	enum err code = ops->blob_get(db, profile_hash, &arena, &bundle, &bundle_len, err);

	if (code == ERR_OK)
		code = ops->blob_get(db, calendar_hash, &arena, &calendar, &calendar_len, err);
	if (code == ERR_OK)
		code = rulebook_parse(bundle, bundle_len, calendar, calendar_len, ret_book, err);
	arena_release(&arena);
	return code;
}

struct newest {
	char profile[SHA256_HEX], calendar[SHA256_HEX];
	bool any;
};

static bool newest_each(void *ctx, const struct db_adoption *row)
{
	struct newest *newest = ctx;

	newest->any = str_copy(newest->profile, sizeof newest->profile, row->profile) &&
		      str_copy(newest->calendar, sizeof newest->calendar, row->calendar);
	return true;
}

enum err rulebook_newest(const struct db_ops *ops, struct db *db, struct rulebook **ret_book,
			 struct error *err)
{
	struct newest newest = { .any = false };
	enum err code = ops->adoption_scan(db, newest_each, &newest, err);

	if (code != ERR_OK)
		return code;
	if (!newest.any)
		return error_set(err, ERR_CORRUPT, "%s",
				 _("the data have no profile; run `zhiband verify DIR`"));
	return rulebook_load(ops, db, newest.profile, newest.calendar, ret_book, err);
}

struct actor system_actor(const struct rules *rules)
{
	return (struct actor){ .officer = "system", .org = rules->centre, .role = "system" };
}
