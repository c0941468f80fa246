/* Records of the duty log as shown. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"

#include "thing_priv.h"

struct wanted {
	const char *org; /* NULL: any */
	int64_t from, to;
	bool open;
	struct whole_reading whole;
};

static bool is_within(const struct wanted *wanted, const struct record *record)
{
	return record->happened_at >= wanted->from && record->happened_at < wanted->to;
}

static bool fits(const struct wanted *wanted, const struct record *record)
{
	return (wanted->org == NULL || str_eq(record->org, wanted->org)) &&
	       (is_within(wanted, record) || (wanted->open && record->open));
}

static enum err read_fitting(void *ctx, const void *entity, struct error *err)
{
	struct wanted *wanted = ctx;

	return fits(wanted, entity) ? thing_read_whole(&wanted->whole, entity, err) : ERR_OK;
}

/* Of those that are not dealt with, the ones that the range does not have. */
static enum err read_open(void *ctx, const void *entity, struct error *err)
{
	return is_within(ctx, entity) ? ERR_OK : read_fitting(ctx, entity, err);
}

static enum err read_records(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			     void *fn_ctx, struct error *err)
{
	struct wanted wanted = *(const struct wanted *)ctx;
	enum err code;

	wanted.whole = (struct whole_reading){ cache, arena, fn, fn_ctx };
	code = cache_each_between(cache, KIND_RECORD, "happened_at", wanted.from, wanted.to, arena,
				  read_fitting, &wanted, err);
	if (code == ERR_OK && wanted.open)
		code = cache_each_where(cache, KIND_RECORD, "open", true, "happened_at", INT64_MAX,
					arena, read_open, &wanted, err);
	return code;
}

static int by_moment(const void *a, const void *b)
{
	const struct record *x = ((const struct client_record *)a)->record;
	const struct record *y = ((const struct client_record *)b)->record;

	if (x->happened_at != y->happened_at)
		return x->happened_at < y->happened_at ? -1 : 1;
	if (x->written_at != y->written_at)
		return x->written_at < y->written_at ? -1 : 1;
	return uuid_cmp(&x->head.id, &y->head.id);
}

enum err client_records(struct client *client, const char *org, int64_t from, int64_t to, bool open,
			struct arena *arena, struct client_record **ret_records, size_t *ret_n,
			struct error *err)
{
	struct wanted wanted = { .org = org, .from = from, .to = to, .open = open };
	struct client_record *records;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_RECORD, read_records, &wanted, arena, &all, err);

	if (code != ERR_OK)
		return code;
	records = arena_array(arena, all.n + 1, sizeof *records);
	for (size_t i = 0; i < all.n; i++)
		if (fits(&wanted, all.items[i].shown))
			records[n++] = (struct client_record){ .record = all.items[i].shown,
							       .marks = all.items[i].marks,
							       .n = all.items[i].n };
	qsort(records, n, sizeof *records, by_moment);
	*ret_records = records;
	*ret_n = n;
	return ERR_OK;
}

enum err client_record_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_record *ret_record, struct error *err)
{
	struct thing thing;
	enum err code = thing_get(client, KIND_RECORD, id, _("that record is not here"), arena,
				  &thing, err);

	if (code == ERR_OK)
		*ret_record = (struct client_record){ .record = thing.shown, .marks = thing.marks,
						      .n = thing.n };
	return code;
}
