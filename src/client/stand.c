/* What stands open beside the loop, as shown: the cache's list with the overlay's delta. */
#include <config.h>

#include "zhiban/domain/stand.h"

#include <string.h>

#include "client_priv.h"
#include "rows_priv.h"

static bool stands(const struct incident *incident, unsigned what)
{
	return incident != NULL && incident_stands(incident) & what;
}

enum err client_stand_count(struct client *client, unsigned what, int64_t most, int64_t *ret_count,
			    struct error *err)
{
	int64_t n = 0;
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_stand_count(client->cache, what, most, &n, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < client->overlay.n && n < most; i++)
		n += stands(client->overlay.rows[i].shown, what) -
		     stands(client->overlay.rows[i].base, what);
	*ret_count = n < 0 ? 0 : n;
	return ERR_OK;
}

static void add_row(struct client *client, struct client_page *page,
		    const struct incident *incident, int64_t tie)
{
	static const struct client_order board = { .field = NULL };
	struct client_row *row = &page->rows[page->n++];

	row->incident = incident;
	rows_key(client->rules, &board, incident, tie, &row->key);
	row->marks = row_marks(client, &incident->head.id);
}

enum err client_stand_page(struct client *client, unsigned what, const struct row_key *after,
			   size_t n, struct arena *arena, struct client_page *ret_page,
			   struct error *err)
{
	struct stand_place place = { after->a, after->tie };
	struct client_page page = { .rows = arena_array(arena, n + 1, sizeof *page.rows) };
	struct page_row *rows = arena_array(arena, n + 1, sizeof *rows);
	size_t got = 0;
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_stand_page(client->cache, what, &place, n, arena, rows, &got, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < got; i++) {
		const struct overlay_row *over = overlay_find(client, &rows[i].incident->head.id);

		add_row(client, &page, rows[i].incident, rows[i].tie);
		if (over != NULL) /* as shown, at the cache's place */
			page.rows[i].incident = entity_copy(over->shown, arena);
	}
	page.more = got == n;
	*ret_page = page;
	return ERR_OK;
}

void client_overlaid(struct client *client, struct arena *arena, struct client_page *ret_page)
{
	const struct overlay *overlay = &client->overlay;
	struct client_page page = { .rows = arena_array(arena, overlay->n + 1, sizeof *page.rows) };

	for (size_t i = 0; i < overlay->n; i++)
		add_row(client, &page, entity_copy(overlay->rows[i].shown, arena),
			overlay->rows[i].tie);
	*ret_page = page;
}
