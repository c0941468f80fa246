#include <config.h>

#include <stdlib.h>

#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"
#include "zhiban/store/turn.h"

#include "thing_priv.h"

struct filings {
	struct client_filing *items;
	size_t n, cap;
};

static void add(struct filings *filings, const struct uuid *roster, const struct filing *filing)
{
	MEM_GROW(filings->items, filings->n, filings->cap);
	filings->items[filings->n++] = (struct client_filing){ *roster, filing };
}

static bool is_overlaid(const struct things *over, const struct uuid *roster)
{
	for (size_t i = 0; i < over->n; i++) {
		const struct entity *head = over->items[i].shown != NULL ? over->items[i].shown
									 : over->items[i].cached;
		if (head != NULL && uuid_eq(&head->id, roster))
			return true;
	}
	return false;
}

static void add_overlaid(const struct things *over, int64_t from, int64_t to,
			 struct filings *filings)
{
	for (size_t i = 0; i < over->n; i++) {
		const struct roster *roster = over->items[i].shown;

		for (size_t f = 0; roster != NULL && f < roster->filings.n; f++) {
			const struct filing *filing =
				(const struct filing *)roster->filings.items + f;
			if (filing->week >= from && filing->week < to)
				add(filings, &roster->head.id, filing);
		}
	}
}

enum err client_filings(struct client *client, int64_t from, int64_t to, struct arena *arena,
			struct client_filing **ret_filings, size_t *ret_n, struct error *err)
{
	struct filings filings = { .n = 0 };
	struct filing_row *rows = NULL;
	struct things over;
	size_t n = 0;
	enum err code = ERR_OK;

	things_overlaid(client, KIND_ROSTER, arena, &over);
	if (client->cache != NULL)
		code = cache_filings(client->cache, from, to, arena, &rows, &n, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		if (!is_overlaid(&over, &rows[i].roster))
			add(&filings, &rows[i].roster, &rows[i].filing);
	add_overlaid(&over, from, to, &filings);
	*ret_filings = filings.n > 0
			       ? arena_dup(arena, filings.items, filings.n * sizeof *filings.items)
			       : NULL;
	*ret_n = filings.n;
	free(filings.items);
	return ERR_OK;
}
