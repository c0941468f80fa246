/* Scans with a budget, and counts. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "client_priv.h"
#include "rows_priv.h"
#include "search_priv.h"

/* A chunk of rows that are picked out of others may cost four times as much; PLACES of rows are
 * read for what it costs to look at one. */
enum { CHUNK = 250, PICKED_COST = 4, PLACES = 8 };

struct scan_place { /* in a grouped order */
	struct value value;
	bool over; /* open and past its due */
};

struct scan_spot { /* of a few: put in order first, then looked at */
	struct row_key key;
	const struct incident *overlaid; /* it has fitted; NULL: to be read */
};

struct client_scan {
	struct client *client;
	struct client_order order;
	const struct filter *filter;
	const struct filter_ctx *ctx;
	unsigned children; /* that the filter looks at: bits 1 << enum child */
	bool done;
	struct row_key at;
	struct uuid *ids; /* found, in order; none kept without a filter */
	size_t n, cap, found, looked;
	size_t hint; /* index of the latest one that was asked for */
	struct scan_group { /* of a grouped order, in its order: rows of one value follow each other */
		struct value value;
		struct client_group count;
	} *groups;
	size_t n_groups, cap_groups;
	struct arena words; /* of the groups */
	struct arena arena; /* of one chunk */
	/* By the index of texts: which rows may pass at all.  Few are read one by one. */
	bool narrows, few;
	struct ties ties;
	int64_t tie;
	bool placed;
	struct scan_spot *spots;
	size_t n_spots, cap_spots, spot;
};

enum err client_scan_new(struct client *client, const struct client_order *order,
			 const struct filter *filter, const struct filter_ctx *ctx,
			 struct client_scan **ret_scan, struct error *err)
{
	struct client_scan *scan = mem_alloc(sizeof *scan);
	enum err code = ERR_OK;

	scan->client = client;
	scan->order = *order;
	scan->order.open_only |= filter != NULL && filter_opens(filter);
	scan->filter = filter;
	scan->ctx = ctx;
	for (int child = 0; filter != NULL && child < CHILD_COUNT; child++)
		if (filter_needs(filter, (enum child)child))
			scan->children |= 1u << child;
	if (filter != NULL)
		code = search_narrow(client, filter, &scan->narrows, &scan->ties, err);
	scan->few = scan->narrows && search_are_few(client, &scan->ties, scan->order.open_only, true);
	if (code != ERR_OK)
		client_scan_free(scan);
	else
		*ret_scan = scan;
	return code;
}

void client_scan_free(struct client_scan *scan)
{
	if (scan == NULL)
		return;
	free(scan->ids);
	free(scan->spots);
	ties_release(&scan->ties);
	free(scan->groups);
	arena_release(&scan->words);
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
	for (int child = 0; child < CHILD_COUNT && code == ERR_OK; child++)
		if (scan->children & 1u << child)
			code = cache_children(client->cache, row->key.tie, (enum child)child,
					      &scan->arena, incident, err);
	return code;
}

/* Of a row in a grouped order: its group, kept for as long as the scan, and whether it is overdue. */
static struct scan_place place_of(struct client_scan *scan, const struct incident *incident)
{
	const struct field *field = scan->order.field;
	struct scan_place place = { .over = incident->open && incident->due != 0 &&
					    incident->due <= scan->ctx->now };
	const struct scan_group *last =
		scan->n_groups > 0 ? &scan->groups[scan->n_groups - 1] : NULL;

	if (field == NULL || !order_is_grouped(field))
		return place;
	place.value = field_get(field, incident);
	if (last != NULL && value_eq(last->value, place.value))
		place.value = last->value;
	else if (place.value.is_text && place.value.text != NULL)
		place.value.text = arena_strdup(&scan->words, place.value.text);
	return place;
}

/* One more of its group. */
static void count_group(struct client_scan *scan, const struct scan_place *place)
{
	struct scan_group *group = scan->n_groups > 0 ? &scan->groups[scan->n_groups - 1] : NULL;

	if (scan->order.field == NULL || !order_is_grouped(scan->order.field))
		return;
	if (group == NULL || !value_eq(group->value, place->value)) {
		MEM_GROW(scan->groups, scan->n_groups, scan->cap_groups);
		group = &scan->groups[scan->n_groups++];
		*group = (struct scan_group){ .value = place->value };
	}
	group->count.n++;
	group->count.overdue += place->over;
}

void client_scan_span(const struct client_scan *scan, size_t index, size_t *ret_begin,
		      size_t *ret_end)
{
	size_t begin = 0, end = 0;

	for (size_t i = 0; i < scan->n_groups && end <= index; i++) {
		begin = end;
		end += (size_t)scan->groups[i].count.n;
	}
	*ret_begin = begin;
	*ret_end = end;
}

struct client_group client_scan_group(const struct client_scan *scan, struct value value)
{
	for (size_t i = 0; i < scan->n_groups; i++)
		if (value_eq(scan->groups[i].value, value))
			return scan->groups[i].count;
	return (struct client_group){ 0, 0 };
}

static enum err fits(struct client_scan *scan, const struct client_row *row, bool *ret_fits,
		     struct error *err)
{
	enum err code = read_children(scan, row, err);

	scan->looked++;
	if (code == ERR_OK)
		*ret_fits = filter_match(scan->filter, row->incident, scan->ctx);
	return code;
}

static void add(struct client_scan *scan, const struct uuid *id, const struct scan_place *place)
{
	MEM_GROW(scan->ids, scan->n, scan->cap);
	scan->ids[scan->n++] = *id;
	scan->found++;
	count_group(scan, place);
}

static enum err look(struct client_scan *scan, const struct client_row *row, struct error *err)
{
	struct scan_place place;
	bool here = false;
	enum err code;

	if (scan->filter == NULL) {
		scan->looked++;
		scan->found++;
		return ERR_OK;
	}
	code = fits(scan, row, &here, err);
	if (code != ERR_OK || !here)
		return code;
	place = place_of(scan, row->incident);
	add(scan, &row->incident->head.id, &place);
	return ERR_OK;
}

/* --- few: one by one ------------------------------------------------------------------------ */

static int spot_order(const void *a, const void *b, void *order)
{
	return row_key_cmp(order, &((const struct scan_spot *)a)->key,
			   &((const struct scan_spot *)b)->key);
}

static struct row_key *add_spot(struct client_scan *scan, const struct incident *overlaid)
{
	MEM_GROW(scan->spots, scan->n_spots, scan->cap_spots);
	scan->spots[scan->n_spots] = (struct scan_spot){ .overlaid = overlaid };
	return &scan->spots[scan->n_spots++].key;
}

/* Our own are not in the index. */
static enum err place_overlaid(struct client_scan *scan, struct error *err)
{
	const struct overlay *overlay = &scan->client->overlay;
	enum err code = ERR_OK;

	for (size_t i = 0; i < overlay->n && code == ERR_OK; i++) {
		struct client_row row = { .incident = overlay->rows[i].shown };
		bool here = false;

		if (scan->order.open_only && !row.incident->open)
			continue;
		code = fits(scan, &row, &here, err);
		if (code == ERR_OK && here)
			rows_key(scan->client->rules, &scan->order, row.incident,
				 overlay->rows[i].tie,
				 add_spot(scan, entity_copy(row.incident, &scan->words)));
	}
	return code;
}

/* Where each of them stands: a small part of what looking at it costs. */
static enum err place_some(struct client_scan *scan, size_t *work, struct error *err)
{
	struct client *client = scan->client;
	const struct field *field = scan->order.field;
	enum err code = ERR_OK;

	while (code == ERR_OK && !scan->placed && *work > 0) {
		struct page_place place;
		struct row_key *key;

		--*work;
		arena_reset(&scan->arena);
		code = search_next_tie(client, &scan->ties, &scan->tie, err);
		if (code == ERR_OK && scan->tie == 0) {
			code = place_overlaid(scan, err);
			if (scan->n_spots > 1)
				qsort_r(scan->spots, scan->n_spots, sizeof *scan->spots, spot_order,
					&scan->order);
			scan->placed = true;
			return code;
		}
		if (code == ERR_OK)
			code = cache_place_at(client->cache, scan->tie, field, &scan->arena, &place,
					      err);
		if (code == ERR_NOT_FOUND) {
			code = ERR_OK;
			continue;
		}
		if (code != ERR_OK || (scan->order.open_only && place.a == BOARD_CLOSED))
			continue;
		key = add_spot(scan, NULL);
		*key = (struct row_key){ .set = true, .a = place.a, .b = place.b, .tie = place.tie };
		if (field != NULL)
			rows_key_value(client->rules, field, place.value, key);
	}
	return code;
}

static enum err look_at_spot(struct client_scan *scan, const struct scan_spot *spot,
			     struct error *err)
{
	struct client_row row = { .incident = spot->overlaid, .key = spot->key };
	struct page_row cached;
	struct scan_place place;
	enum err code;

	if (spot->overlaid != NULL) {
		place = place_of(scan, spot->overlaid);
		add(scan, &spot->overlaid->head.id, &place);
		return ERR_OK;
	}
	arena_reset(&scan->arena);
	code = cache_row_at(scan->client->cache, spot->key.tie, false, &scan->arena, &cached, err);
	if (code != ERR_OK)
		return code == ERR_NOT_FOUND ? ERR_OK : code;
	if (overlay_find(scan->client, &cached.incident->head.id) != NULL ||
	    (scan->order.open_only && !cached.incident->open))
		return ERR_OK;
	row.incident = cached.incident;
	return look(scan, &row, err);
}

static enum err step_few(struct client_scan *scan, size_t budget, struct error *err)
{
	size_t work = budget * PLACES;
	enum err code = place_some(scan, &work, err);

	while (code == ERR_OK && scan->placed && scan->spot < scan->n_spots && work >= PLACES) {
		work -= PLACES;
		code = look_at_spot(scan, &scan->spots[scan->spot++], err);
	}
	scan->done = scan->placed && scan->spot == scan->n_spots;
	if (scan->done) {
		free(scan->spots);
		scan->spots = NULL;
	}
	return code;
}

/* --- many: out of the order ----------------------------------------------------------------- */

enum err client_scan_step(struct client_scan *scan, size_t budget, struct error *err)
{
	const struct ties *only = scan->narrows ? &scan->ties : NULL;

	if (scan->few && !scan->done)
		return step_few(scan, budget, err);
	while (!scan->done && budget > 0) {
		size_t n = budget < CHUNK ? budget : CHUNK;
		size_t cost = only != NULL ? n * PICKED_COST : n;
		struct client_page page;
		enum err code;

		arena_reset(&scan->arena);
		code = rows_page(scan->client, &scan->order, only, &scan->at, PAGE_AFTER, n,
				 &scan->arena, &page, err);
		for (size_t i = 0; code == ERR_OK && i < page.n; i++)
			code = look(scan, &page.rows[i], err);
		if (code != ERR_OK)
			return code;
		if (page.n > 0)
			scan->at = page.rows[page.n - 1].key;
		scan->done = !page.more;
		budget -= cost < budget ? cost : budget;
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

enum err client_row_get(struct client *client, const struct client_order *order,
			const struct uuid *id, struct arena *arena, struct client_row *ret_row,
			struct error *err)
{
	const struct overlay_row *over = overlay_find(client, id);
	struct page_row row;
	enum err code = ERR_OK;

	if (over != NULL) {
		row = (struct page_row){ .incident = entity_copy(over->shown, arena),
					 .tie = over->tie };
	} else {
		code = client->cache != NULL ?
			       cache_row(client->cache, id, arena, &row, err) :
			       error_set(err, ERR_NOT_FOUND, "%s", _("that incident is not here"));
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
		enum err code = client_row_get(scan->client, &scan->order, &scan->ids[i], arena,
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

/* Cursors move by rows and pages: looked for from the latest place outwards. */
int64_t client_scan_index(struct client_scan *scan, const struct uuid *id)
{
	size_t below = scan->hint < scan->n ? scan->hint : scan->n, above = below;

	while (below > 0 || above < scan->n) {
		if (above < scan->n && uuid_eq(&scan->ids[above], id))
			return (int64_t)(scan->hint = above);
		if (below > 0 && uuid_eq(&scan->ids[below - 1], id))
			return (int64_t)(scan->hint = below - 1);
		above += above < scan->n;
		below -= below > 0;
	}
	return -1;
}

const struct uuid *client_scan_id(const struct client_scan *scan, size_t index)
{
	return index < scan->n ? &scan->ids[index] : NULL;
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
