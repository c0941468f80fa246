#include <config.h>

#include "zhiban/client/notice.h"

#include <stdlib.h>

#include "zhiban/base/i18n.h"

#include "thing_priv.h"

static struct client_notice as_notice(const struct thing *thing)
{
	return (struct client_notice){ thing->shown, thing->marks, thing->n };
}

enum err client_notice_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_notice *ret_notice, struct error *err)
{
	struct thing thing;
	enum err code = thing_get(client, KIND_NOTICE, id, _("that notice is not here"), arena,
				  &thing, err);

	if (code == ERR_OK)
		*ret_notice = as_notice(&thing);
	return code;
}

static int by_weight(const void *a, const void *b)
{
	const struct notice *x = ((const struct client_notice *)a)->notice;
	const struct notice *y = ((const struct client_notice *)b)->notice;
	int rank_x = notice_rank(x->level), rank_y = notice_rank(y->level);

	if (x->open != y->open)
		return x->open ? -1 : 1;
	if (x->open && rank_x != rank_y)
		return rank_x > rank_y ? -1 : 1;
	if (x->posted_at != y->posted_at)
		return x->posted_at > y->posted_at ? -1 : 1;
	return uuid_cmp(&x->head.id, &y->head.id);
}

static enum err read_all(struct store *cache, void *ctx, struct arena *arena, entity_fn fn,
			 void *fn_ctx, struct error *err)
{
	(void)ctx;
	return cache_each(cache, KIND_NOTICE, arena, fn, fn_ctx, err);
}

enum err client_notices(struct client *client, struct arena *arena,
			struct client_notice **ret_notices, size_t *ret_n, struct error *err)
{
	struct client_notice *notices;
	struct things all;
	enum err code = things_all(client, KIND_NOTICE, read_all, NULL, arena, &all, err);

	if (code != ERR_OK)
		return code;
	notices = arena_array(arena, all.n + 1, sizeof *notices);
	for (size_t i = 0; i < all.n; i++)
		notices[i] = as_notice(&all.items[i]);
	qsort(notices, all.n, sizeof *notices, by_weight);
	*ret_notices = notices;
	*ret_n = all.n;
	return ERR_OK;
}

enum err client_notice_find(struct client *client, const char *words, struct uuid *ret_id,
			    struct error *err)
{
	struct error own = ERROR_INIT;
	enum err code = thing_find(client, KIND_NOTICE, words, ret_id, &own);

	if (code == ERR_NOT_FOUND)
		return error_set(err, ERR_NOT_FOUND,
				 _("no notice \"%s\" here: give its number or 8 digits of its id"),
				 words);
	return code == ERR_OK ? ERR_OK : error_set(err, code, "%s", own.text);
}
