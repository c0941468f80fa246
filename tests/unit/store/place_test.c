/* Addresses in the cache: found by their characters, and by pinyin where nothing has these. */
#include <config.h>

#include "store_help.h"

#include "zhiban/store/cache.h"
#include "zhiban/store/place.h"

static const struct place table[] = {
	{ .address = "飞龙东路", .numbers = "1-99 odd", .grid = "g1", .phone = "110" },
	{ .address = "飞龙东路", .numbers = "2-98 even", .grid = "g2" },
	{ .address = "清凉新村", .grid = "g3" },
	{ .address = "清凉新村 12幢", .name = "清凉幼儿园", .grid = "g4" },
	{ .address = "LED Street", .grid = "g5" },
};

static enum err fill(struct store *store, void *ctx, struct error *err)
{
	enum err code = cache_places_clear(store, err);

	(void)ctx;
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(table); i++)
		code = cache_places_add(store, &table[i], err);
	return code;
}

static void found(struct store *store, const char *words, bool pinyin, const char *grids)
{
	struct arena arena = ARENA_INIT;
	struct str all = STR_INIT;
	struct place *hits;
	size_t n;

	OK(cache_places(store, words, pinyin, 4, &arena, &hits, &n, NULL));
	for (size_t i = 0; i < n; i++)
		str_addf(&all, "%s%s", i > 0 ? " " : "", hits[i].grid);
	if (strcmp(str_get(&all), grids) != 0)
		fail_msg("%s: %s, not %s", words, str_get(&all), grids);
	if (n > 0 && strcmp(hits[0].grid, "g1") == 0) { /* read whole, however it was found */
		assert_string_equal(hits[0].address, "飞龙东路");
		assert_string_equal(hits[0].phone, "110");
	}
	str_release(&all);
	arena_release(&arena);
}

static void test_how_they_are_found(void **state)
{
	struct folder *folder = *state;
	struct store *store;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	OK(store_tx(store, fill, NULL, NULL));
	found(store, "飞龙东路7号", true, "g1");
	found(store, "清凉", true, "g3 g4");
	found(store, "led street", true, "g5");
	found(store, "feilong", true, "g1 g2");
	found(store, "fldl", true, "g1 g2");
	found(store, "fldl 8", true, "g2");
	found(store, "ＦＬＤＬ８", true, "g2");
	found(store, "fldl8", true, "g2");
	found(store, "qlxc", true, "g3 g4");
	found(store, "youeryuan", true, "g4");
	found(store, "hmgy", true, "");
	found(store, "", true, "");
	found(store, "红梅", true, "");
	/* not where it is not wanted: an incident's address is no pinyin */
	found(store, "fldl", false, "");
	found(store, "飞龙东路7号", false, "g1");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_how_they_are_found, folder_make, folder_remove),
	};
	return cmocka_run_group_tests_name("store/place", tests, NULL, NULL);
}
