#include <config.h>

#include "zhiban/client/notice.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/act.h"

#include "client_priv.h"

enum { HEX_LEAST = 8 };

/* ---- one, with what waits ---- */

static bool is_in(struct client *client, const struct outbox_row *row, const struct act *act,
		  int64_t version)
{
	if (version > 0 && act->desc->conflict == CONFLICT_CREATES)
		return true;
	if (row->state == ACT_ANSWERED)
		return version >= row->version;
	return version > act->target.base && cache_has_act(client->cache, &row->target, &row->id);
}

/* The acts of ours on it, in their order.  One that no longer fits is not shown: the server's answer
 * will say why. */
static void replay(struct client *client, const struct uuid *id, struct arena *arena,
		   struct client_notice *shown)
{
	const struct waiting *waiting = &client->waiting;
	int64_t version = shown->notice != NULL ? shown->notice->head.version : 0;

	for (size_t i = 0; i < waiting->n; i++) {
		const struct outbox_row *row = &waiting->rows[i];
		struct act act;
		void *after;

		if (!uuid_eq(&row->target, id))
			continue;
		if (row->state == ACT_REFUSED)
			shown->marks |= ROW_REFUSED;
		if (row->state >= ACT_REFUSED ||
		    act_decode(row->body, row->len, arena, &act, NULL) != ERR_OK ||
		    act.target.kind != KIND_NOTICE || is_in(client, row, &act, version) ||
		    act_effects(client, &act, shown->notice, true, arena, &after, NULL) != ERR_OK)
			continue;
		if (shown->notice == NULL) {
			shown->marks |= ROW_NEW;
			shown->n = row->n;
		}
		shown->marks |= ROW_PENDING;
		shown->notice = after;
	}
}

enum err client_notice_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_notice *ret_notice, struct error *err)
{
	struct client_notice shown = { .notice = NULL };
	void *entity = NULL;
	enum err code = ERR_NOT_FOUND;

	if (client->cache != NULL)
		code = cache_get(client->cache, KIND_NOTICE, id, arena, &entity, err);
	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return code;
	if (code == ERR_OK)
		shown.notice = entity;
	replay(client, id, arena, &shown);
	if (shown.notice == NULL)
		return error_set(err, ERR_NOT_FOUND, "%s", _("that notice is not here"));
	*ret_notice = shown;
	return ERR_OK;
}

/* ---- all ---- */

struct gathering {
	struct client *client;
	struct arena *arena;
	struct client_notice *items;
	size_t n, cap;
};

static void add(struct gathering *all, struct client_notice notice)
{
	MEM_GROW(all->items, all->n, all->cap);
	all->items[all->n++] = notice;
}

static bool is_waited_for(const struct client *client, const struct uuid *id)
{
	for (size_t i = 0; i < client->waiting.n; i++)
		if (uuid_eq(&client->waiting.rows[i].target, id))
			return true;
	return false;
}

static enum err add_cached(void *ctx, const void *entity, struct error *err)
{
	struct gathering *all = ctx;
	struct client_notice shown = { .notice = entity };
	const struct uuid *id = &shown.notice->head.id;

	if (is_waited_for(all->client, id)) /* whole: its receipts count */
		return client_notice_get(all->client, id, all->arena, &shown, err) == ERR_OK
			       ? (add(all, shown), ERR_OK)
			       : ERR_OK;
	add(all, shown);
	return ERR_OK;
}

static bool is_there(const struct gathering *all, const struct uuid *id)
{
	for (size_t i = 0; i < all->n; i++)
		if (uuid_eq(&all->items[i].notice->head.id, id))
			return true;
	return false;
}

/* Those that are only in the outbox. */
static void add_new(struct gathering *all)
{
	const struct waiting *waiting = &all->client->waiting;

	for (size_t i = 0; i < waiting->n; i++) {
		const struct outbox_row *row = &waiting->rows[i];
		struct client_notice shown;
		struct act act;

		if (act_decode(row->body, row->len, all->arena, &act, NULL) != ERR_OK ||
		    act.target.kind != KIND_NOTICE || is_there(all, &row->target))
			continue;
		if (client_notice_get(all->client, &row->target, all->arena, &shown, NULL) == ERR_OK)
			add(all, shown);
	}
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

enum err client_notices(struct client *client, struct arena *arena,
			struct client_notice **ret_notices, size_t *ret_n, struct error *err)
{
	struct gathering all = { .client = client, .arena = arena };
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_each(client->cache, KIND_NOTICE, arena, add_cached, &all, err);
	if (code == ERR_OK)
		add_new(&all);
	if (code == ERR_OK && all.n > 0) {
		qsort(all.items, all.n, sizeof *all.items, by_weight);
		*ret_notices = arena_dup(arena, all.items, all.n * sizeof *all.items);
	}
	if (code == ERR_OK)
		*ret_n = all.n;
	free(all.items);
	return code;
}

/* ---- finding ---- */

static bool is_hex(const char *words)
{
	size_t n = 0;

	for (; *words != '\0'; words++) {
		if (*words == '-')
			continue;
		if (!isxdigit((unsigned char)*words))
			return false;
		n++;
	}
	return n >= HEX_LEAST;
}

static bool id_begins(const struct uuid *id, const char *words)
{
	char text[UUID_TEXT];
	const char *at = text;

	uuid_text(id, text);
	for (; *words != '\0'; words++) {
		if (*words == '-')
			continue;
		while (*at == '-')
			at++;
		if (tolower((unsigned char)*words) != *at++)
			return false;
	}
	return true;
}

enum err client_notice_find(struct client *client, const char *words, struct uuid *ret_id,
			    struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct client_notice *all = NULL;
	const struct notice *found = NULL;
	bool hex = is_hex(words), several = false;
	size_t n = 0;
	enum err code = client_notices(client, &arena, &all, &n, err);

	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		const struct notice *notice = all[i].notice;
		char number[24];

		if (hex && id_begins(&notice->head.id, words)) {
			several = several || found != NULL;
			found = notice;
		}
		notice_short_number(notice, number);
		if (!hex && notice->number != NULL &&
		    (strcasecmp(notice->number, words) == 0 || strcasecmp(number, words) == 0) &&
		    (found == NULL || notice->posted_at > found->posted_at))
			found = notice;
	}
	if (code == ERR_OK && several)
		code = error_set(err, ERR_INPUT, _("%s fits several: give more digits"), words);
	else if (code == ERR_OK && found == NULL)
		code = error_set(err, ERR_NOT_FOUND,
				 _("no notice \"%s\" here: give its number or 8 digits of its id"),
				 words);
	else if (code == ERR_OK)
		*ret_id = found->head.id;
	arena_release(&arena);
	return code;
}
