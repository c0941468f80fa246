/* Windows of rows: the cache's, without the overlaid incidents, merged with the overlay's. */
#include <config.h>

#include "zhiban/client/rows.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"

#include "client_priv.h"
#include "rows_priv.h"

static int cmp(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int cmp_board(const struct row_key *a, const struct row_key *b)
{
	int c = cmp(a->a, b->a);

	if (c == 0)
		c = cmp(a->b, b->b);
	return c != 0 ? c : cmp(a->tie, b->tie);
}

int row_key_cmp(const struct client_order *order, const struct row_key *a, const struct row_key *b)
{
	int sign = order->descending ? -1 : 1, c;

	if (order->field == NULL)
		return cmp_board(a, b);
	if (a->none != b->none)
		return a->none ? 1 : -1;
	if (!a->none) {
		c = order_is_grouped(order->field) ? cmp(a->rank, b->rank) : 0;
		if (c == 0)
			c = cmp(a->num, b->num);
		if (c == 0)
			c = strcmp(a->text, b->text);
		if (c != 0)
			return c * sign;
	}
	return order_is_grouped(order->field) ? cmp_board(a, b) : cmp(a->tie, b->tie) * sign;
}

/* Where a value stands in the rules' own list; what they do not know stands behind it. */
static int64_t rank_of(const struct rules *rules, const struct field *field, struct value value)
{
	if (field->type == FIELD_ORG) {
		const struct org *org = rules_org(rules, value.text);
		return org != NULL ? org - rules->orgs : (int64_t)rules->n_orgs;
	}
	if (field->type == FIELD_CODE) {
		const struct step *step = rules_step(rules, value.text);
		return step != NULL ? step - rules->steps : (int64_t)rules->n_steps;
	}
	return 0;
}

void rows_key_value(const struct rules *rules, const struct field *field, struct value value,
		    struct row_key *key)
{
	key->none = !value_is_set(value);
	if (key->none)
		return;
	if (order_is_grouped(field))
		key->rank = rank_of(rules, field, value);
	if (!value.is_text) {
		key->num = value.num;
	} else {
		size_t len = strlen(value.text);

		if (len >= sizeof key->text) /* longer than any field: the order is near enough */
			len = sizeof key->text - 1;
		memcpy(key->text, value.text, len);
		key->text[len] = '\0';
	}
}

void rows_key(const struct rules *rules, const struct client_order *order,
	      const struct incident *incident, int64_t tie, struct row_key *ret_key)
{
	memset(ret_key, 0, sizeof *ret_key);
	ret_key->set = true;
	ret_key->tie = tie;
	board_rank(incident, &ret_key->a, &ret_key->b);
	if (order->field != NULL)
		rows_key_value(rules, order->field, field_get(order->field, incident), ret_key);
}

void client_group_key(const struct client *client, const struct client_order *order,
		      struct value value, struct row_key *ret_key)
{
	*ret_key = (struct row_key){ .set = true, .a = INT64_MIN, .b = INT64_MIN };
	rows_key_value(client->rules, order->field, value, ret_key);
}

void row_key_due(int64_t due, struct row_key *ret_key)
{
	*ret_key = (struct row_key){ .set = true, .a = due, .b = INT64_MAX, .tie = INT64_MAX };
}

static struct value key_value(const struct field *field, const struct row_key *key)
{
	struct value value = { .is_text = field_is_text(field) };

	if (value.is_text)
		value.text = key->none ? NULL : key->text;
	else
		value.num = key->none ? 0 : key->num;
	return value;
}

/* ---- rows of the cache ---- */

struct take { /* a walk through the cache's rows in one direction */
	struct client *client;
	const struct client_order *order;
	const struct ties *only;
	bool back;
	struct arena *arena;
	struct page_row *rows;
	size_t n, want;
};

/* Takes rows of one range until there are enough; ret_end: the range is used up. */
static enum err take_range(struct take *take, struct page_ask *ask, struct error *err)
{
	size_t room = take->want - take->n, got = 0;
	struct page_row *batch;
	enum err code;

	do {
		room = take->want - take->n;
		batch = arena_array(take->arena, room + 1, sizeof *batch);
		ask->n = room + 1;
		code = cache_page(take->client->cache, ask, take->arena, batch, &got, err);
		if (code != ERR_OK)
			return code;
		for (size_t i = 0; i < got && take->n < take->want; i++)
			if (overlay_find(take->client, &batch[i].incident->head.id) == NULL)
				take->rows[take->n++] = batch[i];
		if (got == ask->n) { /* some were overlaid: go on behind the last */
			const struct page_row *last = &batch[got - 1];

			ask->inclusive = false;
			ask->place = (struct page_place){ .set = true,
							  .a = last->a,
							  .b = last->b,
							  .tie = last->tie };
			if (order_is_plain(ask->field))
				ask->place.value = field_get(ask->field, last->incident);
		}
	} while (got == ask->n && take->n < take->want);
	return ERR_OK;
}

struct group_sort {
	const struct rules *rules;
	const struct field *field;
};

static int by_rank(const void *x, const void *y, void *ctx)
{
	const struct value *a = x, *b = y;
	const struct group_sort *sort = ctx;
	int c = cmp(rank_of(sort->rules, sort->field, *a), rank_of(sort->rules, sort->field, *b));

	if (c != 0)
		return c;
	return a->is_text ? strcmp(a->text, b->text) : cmp(a->num, b->num);
}

enum err rows_groups(struct client *client, const struct field *field,
		     const struct group_list **ret_list, struct error *err)
{
	struct group_sort sort = { client->rules, field };
	struct group_list *list;
	enum err code;

	for (size_t i = 0; i < client->n_groups; i++) {
		if (client->groups[i].field == field) {
			*ret_list = &client->groups[i];
			return ERR_OK;
		}
	}
	if (client->n_groups == ARRAY_LEN(client->groups)) {
		client->n_groups = 0;
		arena_reset(&client->group_arena);
	}
	list = &client->groups[client->n_groups];
	*list = (struct group_list){ .field = field };
	code = cache_groups(client->cache, field, &client->group_arena, &list->values, &list->n,
			    err);
	if (code != ERR_OK)
		return code;
	if (list->n > 0)
		qsort_r(list->values, list->n, sizeof *list->values, by_rank, &sort);
	client->n_groups++;
	*ret_list = list;
	return ERR_OK;
}

static enum err take_groups(struct take *take, const struct row_key *key, bool inclusive,
			    struct error *err)
{
	const struct client_order *order = take->order;
	const struct group_list *list;
	enum err code = rows_groups(take->client, order->field, &list, err);

	if (code != ERR_OK)
		return code;
	/* the absent value is one more group, always the last */
	for (size_t i = 0; i <= list->n && take->n < take->want; i++) {
		size_t at = take->back ? list->n - i : i;
		struct value none = { .is_text = field_is_text(order->field) };
		struct page_ask ask = { .field = order->field,
					.open_only = order->open_only,
					.only = take->only,
					.back = take->back };
		struct row_key edge = { .set = true };
		int c = 1;

		if (order->descending && at < list->n)
			at = list->n - 1 - at;
		ask.group = at < list->n ? list->values[at] : none;
		rows_key_value(take->client->rules, order->field, ask.group, &edge);
		if (key->set) {
			edge.a = key->a;
			edge.b = key->b;
			edge.tie = key->tie;
			c = row_key_cmp(order, &edge, key) * (take->back ? -1 : 1);
		}
		if (c < 0)
			continue;
		if (c == 0 && key->set) {
			ask.inclusive = inclusive;
			ask.place = (struct page_place){ .set = true,
							 .a = key->a,
							 .b = key->b,
							 .tie = key->tie };
		}
		code = take_range(take, &ask, err);
		if (code != ERR_OK)
			return code;
	}
	return ERR_OK;
}

static enum err take_rows(struct take *take, const struct row_key *key, bool inclusive,
			  struct error *err)
{
	const struct client_order *order = take->order;
	struct page_ask ask = { .field = order->field,
				.descending = order->descending,
				.open_only = order->open_only,
				.only = take->only,
				.back = take->back,
				.inclusive = inclusive };

	if (take->client->cache == NULL)
		return ERR_OK;
	if (order->field != NULL && order_is_grouped(order->field))
		return take_groups(take, key, inclusive, err);
	if (key->set) {
		ask.place = (struct page_place){ .set = true,
						 .a = key->a,
						 .b = key->b,
						 .tie = key->tie };
		if (order->field != NULL)
			ask.place.value = key_value(order->field, key);
	}
	return take_range(take, &ask, err);
}

/* ---- merged with the overlay ---- */

struct merged {
	struct client_row row;
	const struct client_order *order;
	bool back;
};

static int by_key(const void *x, const void *y)
{
	const struct merged *a = x, *b = y;
	int c = row_key_cmp(a->order, &a->row.key, &b->row.key);

	return a->back ? -c : c;
}

/* Overlaid rows that stand in the window's direction. */
static size_t overlaid(struct take *take, const struct row_key *key, bool inclusive,
		       struct merged *out)
{
	const struct overlay *overlay = &take->client->overlay;
	size_t n = 0;

	for (size_t i = 0; i < overlay->n; i++) {
		const struct overlay_row *row = &overlay->rows[i];
		struct merged *to = &out[n];
		int c = 1;

		if (take->order->open_only && !row->shown->open)
			continue;
		rows_key(take->client->rules, take->order, row->shown, row->tie, &to->row.key);
		if (key->set)
			c = row_key_cmp(take->order, &to->row.key, key) * (take->back ? -1 : 1);
		if (c < 0 || (c == 0 && !inclusive))
			continue;
		to->row.incident = row->shown;
		to->order = take->order;
		to->back = take->back;
		n++;
	}
	return n;
}

static bool stands_before(const struct take *take, const struct row_key *a, const struct row_key *b)
{
	int c = row_key_cmp(take->order, a, b);

	return take->back ? c > 0 : c < 0;
}

static void merge(struct take *take, struct merged *over, size_t n_over, size_t n,
		  struct client_page *page)
{
	struct client *client = take->client;
	size_t i = 0, j = 0;

	if (n_over > 0)
		qsort(over, n_over, sizeof *over, by_key);
	page->rows = arena_array(take->arena, n + 1, sizeof *page->rows);
	page->n = 0;
	while (page->n < n && (i < take->n || j < n_over)) {
		struct client_row *row = &page->rows[page->n++];

		if (i < take->n) {
			row->incident = take->rows[i].incident;
			rows_key(client->rules, take->order, row->incident, take->rows[i].tie,
				 &row->key);
		}
		if (j < n_over &&
		    (i == take->n || stands_before(take, &over[j].row.key, &row->key))) {
			*row = over[j++].row;
			row->incident = entity_copy(row->incident, take->arena);
		} else {
			i++;
		}
		row->marks = row_marks(client, &row->incident->head.id);
	}
	page->more = i < take->n || j < n_over;
	for (size_t k = 0; take->back && k < page->n / 2; k++) {
		struct client_row swap = page->rows[k];

		page->rows[k] = page->rows[page->n - 1 - k];
		page->rows[page->n - 1 - k] = swap;
	}
}

enum err rows_page(struct client *client, const struct client_order *order, const struct ties *only,
		   const struct row_key *key, enum page_dir dir, size_t n, struct arena *arena,
		   struct client_page *ret_page, struct error *err)
{
	static const struct row_key nowhere = { .set = false };
	struct take take = { .client = client,
			     .order = order,
			     .only = only,
			     .back = dir == PAGE_BEFORE,
			     .arena = arena,
			     .want = n + 1 };
	struct merged *over = NULL;
	size_t n_over = 0;
	enum err code;

	if (key == NULL)
		key = &nowhere;
	take.rows = arena_array(arena, n + 1, sizeof *take.rows);
	code = take_rows(&take, key, dir == PAGE_FROM, err);
	if (code != ERR_OK)
		return code;
	if (client->overlay.n > 0) {
		over = arena_array(arena, client->overlay.n, sizeof *over);
		n_over = overlaid(&take, key, dir == PAGE_FROM, over);
	}
	merge(&take, over, n_over, n, ret_page);
	return ERR_OK;
}

bool client_order_is_slow(struct client *client, const struct client_order *order)
{
	enum { MANY = 20000 }; /* fewer are sorted in some milliseconds */

	return client->cache != NULL && order->field != NULL &&
	       cache_last_tie(client->cache) > MANY && !cache_has_order(client->cache, order->field);
}

enum err client_page(struct client *client, const struct client_order *order,
		     const struct row_key *key, enum page_dir dir, size_t n, struct arena *arena,
		     struct client_page *ret_page, struct error *err)
{
	return rows_page(client, order, NULL, key, dir, n, arena, ret_page, err);
}

enum err client_row_children(struct client *client, const struct client_row *row, enum child child,
			     struct arena *arena, struct error *err)
{
	struct incident *incident = (struct incident *)row->incident; /* in that arena */

	if (client->cache == NULL || overlay_find(client, &incident->head.id) != NULL)
		return ERR_OK;
	return cache_children(client->cache, row->key.tie, child, arena, incident, err);
}

struct candidates {
	struct client *client;
	struct uuid *ids;
	size_t n;
};

static enum err add_candidate(void *ctx, const void *entity, struct error *err)
{
	struct candidates *found = ctx;
	const struct incident *incident = entity;

	(void)err;
	if (!incident->open && overlay_find(found->client, &incident->head.id) == NULL)
		found->ids[found->n++] = incident->head.id;
	return ERR_OK;
}

enum err client_closed_candidates(struct client *client, size_t most, struct arena *arena,
				  struct uuid **ret_ids, size_t *ret_n, struct error *err)
{
	struct candidates found = { client, NULL, 0 };
	enum err code = ERR_OK;

	found.ids = arena_array(arena, most + client->overlay.n + 1, sizeof *found.ids);
	if (client->cache != NULL)
		code = cache_each_where(client->cache, KIND_INCIDENT, "candidate", true, "moved_at",
					(int64_t)most, arena, add_candidate, &found, err);
	for (size_t i = 0; i < client->overlay.n && code == ERR_OK; i++) {
		const struct incident *shown = client->overlay.rows[i].shown;

		if (shown->candidate && !shown->open)
			found.ids[found.n++] = shown->head.id;
	}
	if (code == ERR_OK) {
		*ret_ids = found.ids;
		*ret_n = found.n;
	}
	return code;
}

enum err client_key(struct client *client, const struct client_order *order, const struct uuid *id,
		    struct row_key *ret_key, struct error *err)
{
	const struct overlay_row *over = overlay_find(client, id);
	struct arena arena = ARENA_INIT;
	struct page_row row;
	enum err code = ERR_NOT_FOUND;

	if (over != NULL) {
		rows_key(client->rules, order, over->shown, over->tie, ret_key);
		return ERR_OK;
	}
	if (client->cache != NULL)
		code = cache_row(client->cache, id, &arena, &row, err);
	else
		error_set(err, code, "%s", _("that incident is not here"));
	if (code == ERR_OK)
		rows_key(client->rules, order, row.incident, row.tie, ret_key);
	arena_release(&arena);
	return code;
}
