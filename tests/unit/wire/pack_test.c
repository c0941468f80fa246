#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/pack.h"

static const enum packing all[] = { PACK_NONE, PACK_GZIP, PACK_ZSTD };

static void fill(struct str *str, size_t len)
{
	for (size_t i = 0; str->len < len; i++)
		str_addf(str, "{\"n\":%zu,\"事由\":\"水\"}\n", i * i % 977);
	str_cut(str, len);
}

static void test_round_trip(void **state)
{
	static const size_t sizes[] = { 0, 1, 511, 512, 65536, 300001 };

	(void)state;
	for (size_t p = 0; p < ARRAY_LEN(all); p++)
		for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
			struct str plain = STR_INIT, packed = STR_INIT, back = STR_INIT;

			fill(&plain, sizes[i]);
			str_add(&back, "before");
			assert_int_equal(pack(all[p], str_get(&plain), plain.len, &packed, NULL),
					 ERR_OK);
			if (all[p] && sizes[i] > 1000)
				assert_true(packed.len < plain.len / 2);
			assert_int_equal(unpack(all[p], str_get(&packed), packed.len, sizes[i],
						&back, NULL), ERR_OK);
			assert_int_equal(back.len, plain.len + 6);
			assert_memory_equal(back.s + 6, str_get(&plain), plain.len);
			str_release(&plain);
			str_release(&packed);
			str_release(&back);
		}
}

/* A small body that would be a huge one is refused, and nothing is left in the output. */
static void test_bomb(void **state)
{
	struct str zeros = STR_INIT;

	(void)state;
	str_add_repeat(&zeros, '0', 3 * PACK_MAX);
	for (size_t p = 1; p < ARRAY_LEN(all); p++) {
		struct str packed = STR_INIT, out = STR_INIT;
		struct error err = ERROR_INIT;

		assert_int_equal(pack(all[p], zeros.s, zeros.len, &packed, NULL), ERR_OK);
		assert_true(packed.len < 100000);
		assert_int_equal(unpack(all[p], packed.s, packed.len, PACK_MAX, &out, &err),
				 ERR_TOO_LARGE);
		assert_int_equal(out.len, 0);
		str_release(&packed);
		str_release(&out);
	}
	assert_int_equal(unpack(PACK_NONE, zeros.s, zeros.len, PACK_MAX, &zeros, NULL),
			 ERR_TOO_LARGE);
	str_release(&zeros);
}

static void test_damaged(void **state)
{
	struct str plain = STR_INIT;

	(void)state;
	fill(&plain, 5000);
	for (size_t p = 1; p < ARRAY_LEN(all); p++) {
		struct str packed = STR_INIT;

		assert_int_equal(pack(all[p], plain.s, plain.len, &packed, NULL), ERR_OK);
		for (size_t cut = 0; cut < packed.len; cut += 1 + cut / 7) {
			struct str out = STR_INIT;

			assert_int_equal(unpack(all[p], packed.s, cut, PACK_MAX, &out, NULL),
					 ERR_INPUT);
			assert_int_equal(out.len, 0);
			str_release(&out);
		}
		packed.s[0] ^= 1;
		assert_int_equal(unpack(all[p], packed.s, packed.len, PACK_MAX, &plain, NULL),
				 ERR_INPUT);
		str_release(&packed);
	}
	str_release(&plain);
}

static void test_headers(void **state)
{
	static const struct {
		const char *accept;
		enum packing packing;
	} cases[] = {
		{ NULL, PACK_NONE },
		{ "", PACK_NONE },
		{ "zstd", PACK_ZSTD },
		{ "gzip", PACK_GZIP },
		{ "gzip, zstd", PACK_ZSTD },
		{ "deflate, GZIP;q=0.5", PACK_GZIP },
		{ "zstd;q=0, gzip", PACK_GZIP },
		{ "zstd;q=0.0,gzip;q=0", PACK_NONE },
		{ "zstdx, xgzip", PACK_NONE },
		{ "br,\tzstd ; q=1", PACK_ZSTD },
	};
	enum packing packing;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (packing_choose(cases[i].accept) != cases[i].packing)
			fail_msg("%s", cases[i].accept);
	assert_int_equal(packing_find(NULL, &packing, NULL), ERR_OK);
	assert_int_equal(packing, PACK_NONE);
	assert_int_equal(packing_find("ZSTD", &packing, NULL), ERR_OK);
	assert_int_equal(packing, PACK_ZSTD);
	assert_int_equal(packing_find("br", &packing, NULL), ERR_INPUT);
	assert_string_equal(packing_name(PACK_ZSTD), "zstd");
	assert_string_equal(packing_name(PACK_GZIP), "gzip");
	assert_string_equal(packing_name(PACK_NONE), "");
}

static enum err read_all(const char *path, struct str *out)
{
	struct packed_file *file;
	enum err code = packed_open(path, &file, NULL);
	size_t len = 1;
	char buf[1000];

	while (!code && len > 0) {
		code = packed_read(file, buf, sizeof buf, &len, NULL);
		if (!code)
			str_add_bytes(out, buf, len);
	}
	packed_close(file);
	return code;
}

static void test_files(void **state)
{
	char dir[] = "/tmp/zhiban-pack-XXXXXX";
	struct str plain = STR_INIT, packed = STR_INIT, out = STR_INIT;
	struct arena arena = ARENA_INIT;
	const char *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	path = path_join(&arena, dir, "f");
	fill(&plain, 100000);
	assert_int_equal(pack(PACK_GZIP, plain.s, plain.len, &packed, NULL), ERR_OK);
	assert_int_equal(file_write(path, plain.s, plain.len, 0600, NULL), ERR_OK);
	assert_int_equal(read_all(path, &out), ERR_OK);
	assert_string_equal(out.s, plain.s);
	str_clear(&out);
	assert_int_equal(file_write(path, packed.s, packed.len, 0600, NULL), ERR_OK);
	assert_int_equal(read_all(path, &out), ERR_OK);
	assert_string_equal(out.s, plain.s);
	assert_int_equal(file_write(path, packed.s, packed.len / 2, 0600, NULL), ERR_OK);
	assert_int_equal(read_all(path, &out), ERR_CORRUPT);
	assert_int_equal(dir_remove_all(dir, NULL), ERR_OK);
	str_release(&plain);
	str_release(&packed);
	str_release(&out);
	arena_release(&arena);
}

static void test_no_file(void **state)
{
	struct packed_file *file = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(packed_open("/nowhere/at/all", &file, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "/nowhere/at/all"));
	assert_null(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip), cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_damaged),	   cmocka_unit_test(test_headers),
		cmocka_unit_test(test_files),	   cmocka_unit_test(test_no_file),
	};

	return cmocka_run_group_tests_name("wire/pack", tests, NULL, NULL);
}
