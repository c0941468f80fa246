#include <config.h>

#include "zhiban/client/whistle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/client/notice.h"

#include "thing_priv.h"

static struct client_whistle as_whistle(const struct thing *thing)
{
	return (struct client_whistle){ thing->shown, thing->marks, thing->n };
}

enum err client_whistle_get(struct client *client, const struct uuid *id, struct arena *arena,
			    struct client_whistle *ret_whistle, struct error *err)
{
	struct thing thing;
	enum err code = thing_get(client, KIND_WHISTLE, id, _("that whistle is not here"), arena,
				  &thing, err);

	if (code == ERR_OK)
		*ret_whistle = as_whistle(&thing);
	return code;
}

/* ---- all ---- */

/* The open ones are few, and their shares are shown: whole. */
static enum err read_whistles(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			      void *fn_ctx, struct error *err)
{
	const size_t *closed = ctx;
	struct whole_reading reading = { cache, arena, fn, fn_ctx };
	int64_t most = *closed < INT64_MAX ? (int64_t)*closed : INT64_MAX;
	enum err code = cache_each_where(cache, KIND_WHISTLE, "open", true, "blown_at", INT64_MAX,
					 arena, thing_read_whole, &reading, err);

	if (code == ERR_OK && most > 0)
		code = cache_each_where(cache, KIND_WHISTLE, "open", false, "closed_at", most, arena,
					fn, fn_ctx, err);
	return code;
}

static int64_t later_first(int64_t a, int64_t b)
{
	return a == b ? 0 : a > b ? -1 : 1;
}

static int by_due(const void *a, const void *b)
{
	const struct whistle *x = ((const struct client_whistle *)a)->whistle;
	const struct whistle *y = ((const struct client_whistle *)b)->whistle;
	int64_t order = 0;

	if (x->open != y->open)
		return x->open ? -1 : 1;
	if (x->open && x->due != y->due)
		return x->due == 0 ? 1 : y->due == 0 ? -1 : x->due < y->due ? -1 : 1;
	if (!x->open)
		order = later_first(x->closed_at, y->closed_at);
	if (order == 0)
		order = later_first(x->blown_at, y->blown_at);
	return order != 0 ? (int)order : uuid_cmp(&x->head.id, &y->head.id);
}

enum err client_whistles(struct client *client, size_t closed, struct arena *arena,
			 struct client_whistle **ret_whistles, size_t *ret_n, struct error *err)
{
	struct client_whistle *whistles;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_WHISTLE, read_whistles, &closed, arena, &all, err);

	if (code != ERR_OK)
		return code;
	whistles = arena_array(arena, all.n + 1, sizeof *whistles);
	for (size_t i = 0; i < all.n; i++)
		whistles[i] = as_whistle(&all.items[i]);
	qsort(whistles, all.n, sizeof *whistles, by_due);
	for (size_t gone = 0; n < all.n; n++) /* acts of ours may have closed some more */
		if (!whistles[n].whistle->open && gone++ == closed)
			break;
	*ret_whistles = whistles;
	*ret_n = n;
	return ERR_OK;
}

/* ---- names ---- */

const char *client_whistle_mark(const struct client_whistle *whistle, char buf[48])
{
	const char *number = short_number(whistle->whistle->number);
	char hex[UUID_TEXT];

	if (number[0] != '\0') {
		snprintf(buf, 48, "%s", number);
	} else if (whistle->n != 0) {
		snprintf(buf, 48, _("no number yet-%lld"), (long long)whistle->n);
	} else {
		uuid_text(&whistle->whistle->head.id, hex);
		snprintf(buf, 48, "%.8s", hex);
	}
	return buf;
}

enum err client_whistle_find(struct client *client, const char *words, struct uuid *ret_id,
			     struct error *err)
{
	struct error own = ERROR_INIT;
	enum err code = thing_find(client, KIND_WHISTLE, words, ret_id, &own);

	if (code == ERR_NOT_FOUND)
		return error_set(err, ERR_NOT_FOUND,
				 _("no whistle \"%s\" here: give its number, its local mark or 8 "
				   "digits of its id"), words);
	return code == ERR_OK ? ERR_OK : error_set(err, code, "%s", own.text);
}

/* ---- periodic checks ---- */

enum err client_inspection(struct client *client, const struct uuid *id, struct arena *arena,
			   const struct inspection **ret_inspection, unsigned *ret_marks,
			   struct error *err)
{
	struct thing thing = { .shown = NULL };
	enum err code = thing_get(client, KIND_INSPECTION, id, "", arena, &thing, err);

	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	*ret_inspection = thing.shown;
	if (ret_marks != NULL)
		*ret_marks = thing.marks;
	return ERR_OK;
}

struct dues {
	int64_t from, to;
	entity_fn fn;
	void *ctx;
};

static enum err pass_due(void *ctx, const void *entity, struct error *err)
{
	const struct dues *dues = ctx;
	const struct inspection *inspection = entity;

	if (inspection->due < dues->from || inspection->due >= dues->to)
		return ERR_OK;
	return dues->fn(dues->ctx, entity, err);
}

static enum err read_inspections(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
				 void *fn_ctx, struct error *err)
{
	struct dues dues = *(const struct dues *)ctx;

	dues.fn = fn;
	dues.ctx = fn_ctx;
	return cache_each(cache, KIND_INSPECTION, arena, pass_due, &dues, err);
}

static int by_time(const void *a, const void *b)
{
	const struct inspection *x = *(const struct inspection *const *)a;
	const struct inspection *y = *(const struct inspection *const *)b;

	return x->due != y->due ? x->due < y->due ? -1 : 1 : uuid_cmp(&x->head.id, &y->head.id);
}

enum err client_inspections(struct client *client, int64_t from, int64_t to, struct arena *arena,
			    const struct inspection ***ret_inspections, size_t *ret_n,
			    struct error *err)
{
	struct dues dues = { .from = from, .to = to };
	const struct inspection **list;
	struct things all;
	size_t n = 0;
	enum err code = things_all(client, KIND_INSPECTION, read_inspections, &dues, arena, &all,
				   err);

	if (code != ERR_OK)
		return code;
	list = arena_array(arena, all.n + 1, sizeof *list);
	for (size_t i = 0; i < all.n; i++) {
		const struct inspection *inspection = all.items[i].shown;

		if (inspection->due >= from && inspection->due < to)
			list[n++] = inspection;
	}
	qsort(list, n, sizeof *list, by_time);
	*ret_inspections = list;
	*ret_n = n;
	return ERR_OK;
}
