/* Every order, from every place, both ways, against a plain sort of all rows; and each range is
 * served by an index. */
#include <config.h>

#include "store_help.h"

#include "zhiban/store/cache.h"
#include "zhiban/store/page.h"

enum { ROWS = 160 };

struct world {
	struct folder *folder;
	struct arena arena;
	struct store *store;
	struct page_row all[ROWS]; /* with the keys the cache gave them */
};

static enum err put_all(struct store *store, void *ctx, struct error *err)
{
	struct world *world = ctx;
	uint64_t seed = 11;

	for (unsigned i = 0; i < ROWS; i++) {
		struct applied applied;
		enum err code = cache_apply_entity(
			store, make_incident(&seed, i, &world->arena), 0, &applied, err);

		if (code != ERR_OK)
			return code;
	}
	return ERR_OK;
}

static void make_world(struct world *world, struct folder *folder, bool indexed)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	uint64_t seed = 11;
	size_t left = 1;

	*world = (struct world){ .folder = folder };
	OK(cache_open(folder->path, CACHE_WRITE, &world->store, NULL));
	OK(store_tx(world->store, put_all, world, NULL));
	while (indexed && left > 0)
		OK(cache_index(world->store, NULL, NULL, &left, NULL));
	assert_int_equal(cache_has_order(world->store,
					 field_find(kind->fields, kind->n_fields, "holder")),
			 indexed);
	for (unsigned i = 0; i < ROWS; i++) {
		struct incident *incident = make_incident(&seed, i, &world->arena);
		OK(cache_row(world->store, &incident->head.id, &world->arena, &world->all[i],
			     NULL));
	}
}

static int cmp(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int cmp_value(struct value a, struct value b)
{
	if (a.is_text)
		return strcmp(a.text, b.text);
	return cmp(a.num, b.num);
}

struct order {
	const struct field *field;
	bool descending;
};

static int by_order(const void *x, const void *y, void *ctx)
{
	const struct page_row *a = x, *b = y;
	const struct order *order = ctx;
	int sign = order->descending ? -1 : 1, c;

	if (order_is_plain(order->field)) {
		struct value va = field_get(order->field, a->incident);
		struct value vb = field_get(order->field, b->incident);

		if (value_is_set(va) != value_is_set(vb))
			return value_is_set(va) ? -1 : 1;
		c = value_is_set(va) ? cmp_value(va, vb) : 0;
		return c != 0 ? c * sign : cmp(a->tie, b->tie) * sign;
	}
	c = cmp(a->a, b->a);
	if (c == 0)
		c = cmp(a->b, b->b);
	return c != 0 ? c : cmp(a->tie, b->tie);
}

static void place_of(const struct page_row *row, const struct field *field,
		     struct page_place *place)
{
	*place = (struct page_place){ .set = true, .a = row->a, .b = row->b, .tie = row->tie };
	if (order_is_plain(field))
		place->value = field_get(field, row->incident);
}

/* All windows of one order (of one group) must be those of the sorted rows. */
static void check(struct world *world, struct page_ask ask)
{
	struct page_row want[ROWS], got[ROWS];
	struct order order = { ask.field, ask.descending };
	size_t n_want = 0, n;

	for (size_t i = 0; i < ROWS; i++) {
		const struct incident *incident = world->all[i].incident;

		if (ask.open_only && !incident->open)
			continue;
		if (ask.field != NULL && order_is_grouped(ask.field) &&
		    !value_eq(field_get(ask.field, incident), ask.group))
			continue;
		want[n_want++] = world->all[i];
	}
	qsort_r(want, n_want, sizeof *want, by_order, &order);
	for (size_t at = 0; at <= n_want; at++) {
		for (unsigned mode = 0; mode < 4; mode++) {
			struct arena arena = ARENA_INIT;
			size_t from, expect;

			ask.back = mode == 2;
			ask.inclusive = mode == 1;
			ask.place.set = false;
			ask.n = mode == 3 ? ROWS : 7;
			if (at < n_want)
				place_of(&want[at], ask.field, &ask.place);
			OK(cache_page(world->store, &ask, &arena, got, &n, NULL));
			if (ask.back)
				from = at < n_want ? at : n_want;
			else
				from = at == n_want ? 0 : ask.inclusive ? at : at + 1;
			expect = ask.back ? from : n_want - from;
			assert_int_equal(n, expect < ask.n ? expect : ask.n);
			for (size_t i = 0; i < n; i++) {
				size_t j = ask.back ? from - 1 - i : from + i;
				assert_int_equal(got[i].tie, want[j].tie);
			}
			arena_release(&arena);
		}
	}
}

static void windows(struct folder *folder, bool indexed)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct world *world = mem_alloc(sizeof *world);

	make_world(world, folder, indexed);
	for (int open_only = 0; open_only < 2; open_only++)
		check(world, (struct page_ask){ .open_only = open_only != 0 });
	for (size_t f = 0; f < kind->n_fields; f++) {
		const struct field *field = &kind->fields[f];
		struct page_ask ask = { .field = field };

		if ((field->flags & F_SORT) == 0)
			continue;
		for (int bits = 0; bits < 4; bits++) {
			struct value *groups = NULL;
			size_t n_groups = 0;

			ask.open_only = bits & 1;
			ask.descending = (bits & 2) != 0;
			if (order_is_plain(field)) {
				check(world, ask);
				continue;
			}
			ask.group = (struct value){ .is_text = field_is_text(field) };
			check(world, ask);
			OK(cache_groups(world->store, field, &world->arena, &groups, &n_groups,
					NULL));
			for (size_t g = 0; g < n_groups; g++) {
				ask.group = groups[g];
				check(world, ask);
			}
		}
	}
	store_close(world->store);
	arena_release(&world->arena);
	free(world);
}

static void windows_are_those_of_a_sort(void **state)
{
	windows(*state, true);
}

static void also_before_the_indexes_are_made(void **state)
{
	windows(*state, false);
}

static void due_ones_are_counted(void **state)
{
	struct world *world = mem_alloc(sizeof *world);
	int64_t want = 0, got;

	make_world(world, *state, true);
	for (size_t i = 0; i < ROWS; i++) {
		const struct incident *incident = world->all[i].incident;
		want += incident->open && incident->due != 0 && incident->due <= 1009;
	}
	OK(cache_count_due(world->store, 1009, 1000, &got, NULL));
	assert_int_equal(got, want);
	OK(cache_count_due(world->store, 1009, 3, &got, NULL));
	assert_int_equal(got, 3);
	store_close(world->store);
	arena_release(&world->arena);
	free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)
		T(windows_are_those_of_a_sort),
		T(also_before_the_indexes_are_made),
		T(due_ones_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
