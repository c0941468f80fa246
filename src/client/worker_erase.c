/* What the server erased of a caller is not kept here either: acts that were folded are kept for the
 * case that the server is restored from before them, without what they said of him. */
#include <config.h>

#include <string.h>

#include "zhiban/store/outbox_desk.h"
#include "zhiban/wire/act.h"

#include "worker_priv.h"

/* False: it says nothing of anybody. */
static bool take_personal(struct act *act, struct arena *arena)
{
	struct given *given = arena_array(arena, act->n_given + 1, sizeof *given);
	size_t n = 0, before = act->n_given;

	for (size_t i = 0; i < act->n_given; i++)
		if (act->given[i].field->sensitivity != SENS_PERSONAL)
			given[n++] = act->given[i];
	act->given = given;
	act->n_given = n;
	return n < before;
}

static enum err forget(struct worker *worker, const struct uuid *target, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	size_t n = 0, kept = 0;
	enum err code = outbox_kept(worker->outbox, target, &arena, &rows, &n, err);

	for (size_t i = 0; i < n && code == ERR_OK; i++) {
		struct str bytes = STR_INIT;
		struct act act;

		if (act_decode(rows[i].body, rows[i].len, &arena, &act, NULL) != ERR_OK ||
		    !take_personal(&act, &arena))
			continue;
		act_encode(&act, &bytes);
		rows[kept] = rows[i];
		rows[kept].body = arena_strndup(&arena, bytes.s, bytes.len);
		rows[kept++].len = bytes.len;
		str_release(&bytes);
	}
	if (code == ERR_OK)
		code = outbox_erase(worker->outbox, target, rows, kept, err);
	arena_release(&arena);
	return code;
}

enum err worker_forget_erased(struct worker *worker, const struct sync_page *page,
			      struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; i < page->n && code == ERR_OK; i++) {
		const struct feed_item *item = &page->items[i];

		if (item->kind == FEED_ENTRY && strcmp(item->entry.act.desc->verb, "erase") == 0)
			code = forget(worker, &item->entry.act.target.id, err);
	}
	return code;
}
