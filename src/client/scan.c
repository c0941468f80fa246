/* Scans with a budget, and counts. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"

#include "client_priv.h"
#include "rows_priv.h"

enum { CHUNK = 250 };

struct client_scan {
	struct client *client;
	struct client_order order;
	const struct filter *filter;
	const struct filter_ctx *ctx;
	bool parts, promises; /* the filter looks at departments' shares, at call-backs owed */
	bool done;
	struct row_key at;
	struct uuid *ids; /* found, in order; none kept without a filter */
	size_t n, cap, found, looked;
	struct arena arena; /* of one chunk */
};

enum err client_scan_new(struct client *client, const struct client_order *order,
			 const struct filter *filter, const struct filter_ctx *ctx,
			 struct client_scan **ret_scan, struct error *err)
{
	struct client_scan *scan = mem_alloc(sizeof *scan);

	(void)err;
	scan->client = client;
	scan->order = *order;
	scan->filter = filter;
	scan->ctx = ctx;
	scan->parts = filter != NULL && filter_needs(filter, CHILD_PART);
	scan->promises = filter != NULL && filter_needs(filter, CHILD_PROMISE);
	*ret_scan = scan;
	return ERR_OK;
}

void client_scan_free(struct client_scan *scan)
{
	if (scan == NULL)
		return;
	free(scan->ids);
	arena_release(&scan->arena);
	free(scan);
}

/* Rows come without children: those that the filter looks at are read. */
static enum err read_children(struct client_scan *scan, const struct client_row *row,
			      struct error *err)
{
	struct client *client = scan->client;
	struct incident *incident = (struct incident *)row->incident;
	enum err code = ERR_OK;

	if (overlay_find(client, &incident->head.id) != NULL)
		return ERR_OK;
	if (scan->parts)
		code = cache_children(client->cache, row->key.tie, CHILD_PART, &scan->arena,
				      incident, err);
	if (code == ERR_OK && scan->promises)
		code = cache_children(client->cache, row->key.tie, CHILD_PROMISE, &scan->arena,
				      incident, err);
	return code;
}

static enum err look(struct client_scan *scan, const struct client_row *row, struct error *err)
{
	enum err code;

	scan->looked++;
	if (scan->filter == NULL) {
		scan->found++;
		return ERR_OK;
	}
	code = read_children(scan, row, err);
	if (code != ERR_OK)
		return code;
	if (!filter_match(scan->filter, row->incident, scan->ctx))
		return ERR_OK;
	MEM_GROW(scan->ids, scan->n, scan->cap);
	scan->ids[scan->n++] = row->incident->head.id;
	scan->found++;
	return ERR_OK;
}

enum err client_scan_step(struct client_scan *scan, size_t budget, struct error *err)
{
	while (!scan->done && budget > 0) {
		size_t n = budget < CHUNK ? budget : CHUNK;
		struct client_page page;
		enum err code;

		arena_reset(&scan->arena);
		code = client_page(scan->client, &scan->order, &scan->at, PAGE_AFTER, n,
				   &scan->arena, &page, err);
		for (size_t i = 0; i < page.n && code == ERR_OK; i++)
			code = look(scan, &page.rows[i], err);
		if (code != ERR_OK)
			return code;
		if (page.n > 0)
			scan->at = page.rows[page.n - 1].key;
		scan->done = !page.more;
		budget -= n;
	}
	return ERR_OK;
}

bool client_scan_done(const struct client_scan *scan)
{
	return scan->done;
}

size_t client_scan_found(const struct client_scan *scan)
{
	return scan->found;
}

size_t client_scan_looked(const struct client_scan *scan)
{
	return scan->looked;
}

static enum err row_of(struct client *client, const struct client_order *order,
		       const struct uuid *id, struct arena *arena, struct client_row *ret_row,
		       struct error *err)
{
	const struct overlay_row *over = overlay_find(client, id);
	struct page_row row;
	enum err code = ERR_NOT_FOUND;

	if (over != NULL) {
		row = (struct page_row){ .incident = entity_copy(over->shown, arena),
					 .tie = over->tie };
	} else {
		if (client->cache != NULL)
			code = cache_row(client->cache, id, arena, &row, err);
		if (code != ERR_OK)
			return code;
	}
	ret_row->incident = row.incident;
	rows_key(client->rules, order, row.incident, row.tie, &ret_row->key);
	ret_row->marks = row_marks(client, id);
	return ERR_OK;
}

enum err client_scan_rows(struct client_scan *scan, size_t first, size_t n, struct arena *arena,
			  struct client_page *ret_page, struct error *err)
{
	struct client_page page = { .n = 0 };

	page.rows = arena_array(arena, n + 1, sizeof *page.rows);
	for (size_t i = first; i < scan->n && i - first < n; i++) {
		enum err code = row_of(scan->client, &scan->order, &scan->ids[i], arena,
				       &page.rows[page.n], err);

		if (code == ERR_OK)
			page.n++;
		else if (code != ERR_NOT_FOUND)
			return code;
	}
	page.more = !scan->done || first + n < scan->n;
	*ret_page = page;
	return ERR_OK;
}

int64_t client_scan_index(const struct client_scan *scan, const struct uuid *id)
{
	for (size_t i = 0; i < scan->n; i++)
		if (uuid_eq(&scan->ids[i], id))
			return (int64_t)i;
	return -1;
}

/* ---- counts ---- */

struct counting {
	const struct client *client;
	struct client_counts counts;
};

static void count(void *ctx, const char *step, const char *holder, bool open, int64_t n)
{
	struct counting *counting = ctx;
	const struct rules *rules = counting->client->rules;
	const struct actor *actor = counting->client->actor;
	const struct step *at = step != NULL ? rules_step(rules, step) : NULL;

	counting->counts.total += n;
	if (at != NULL && at - rules->steps < COUNT_STEPS)
		counting->counts.step[at - rules->steps] += n;
	if (!open)
		return;
	counting->counts.open += n;
	if (actor != NULL && holder != NULL && strcmp(holder, actor->org) == 0)
		counting->counts.mine += n;
}

enum err client_counts(struct client *client, struct client_counts *ret_counts, struct error *err)
{
	struct counting counting = { .client = client };
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_tally(client->cache, count, &counting, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < client->overlay.n; i++) {
		const struct incident *base = client->overlay.rows[i].base;
		const struct incident *shown = client->overlay.rows[i].shown;

		if (base != NULL)
			count(&counting, base->step, base->holder, base->open != 0, -1);
		count(&counting, shown->step, shown->holder, shown->open != 0, 1);
	}
	*ret_counts = counting.counts;
	return ERR_OK;
}

static int64_t is_due(const struct incident *incident, int64_t until)
{
	return incident != NULL && incident->open && incident->due != 0 && incident->due <= until;
}

enum err client_count_due(struct client *client, int64_t until, int64_t most, int64_t *ret_count,
			  struct error *err)
{
	int64_t n = 0;
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_count_due(client->cache, until, most, &n, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < client->overlay.n && n < most; i++)
		n += is_due(client->overlay.rows[i].shown, until) -
		     is_due(client->overlay.rows[i].base, until);
	*ret_count = n < 0 ? 0 : n;
	return ERR_OK;
}
