/* The address table: what a district brings, its canonical form, and back. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/places.h"

static const struct org orgs[] = {
	{ .code = "zx", .name = "中心", .tier = "district" },
	{ .code = "ll", .name = "兰陵街道", .brief = "兰陵", .tier = "street", .parent = "zx" },
	{ .code = "ll01", .name = "浦陵社区", .tier = "community", .parent = "ll" },
	{ .code = "ll01g1", .name = "第1网格", .tier = "grid", .parent = "ll01" },
	{ .code = "cs", .name = "茶山街道", .brief = "茶山", .tier = "street", .parent = "zx" },
	{ .code = "cs01", .name = "清凉社区", .tier = "community", .parent = "cs" },
	{ .code = "cs01g1", .name = "第1网格", .tier = "grid", .parent = "cs01" },
};
static const struct rules rules = { .centre = "zx", .orgs = orgs, .n_orgs = ARRAY_LEN(orgs) };

#define HEAD "address,numbers,name,street,community,grid,contact,phone,hazards,cameras,note\n"

static const struct {
	const char *file, *text;
	int64_t kept, rejected;
	const char *why; /* stands in the rejects */
} files[] = {
	/* names of columns in Chinese, organisations by name, each within the one above */
	{ "地址,门牌,街道,社区,网格,联系人\n清凉路,1-99单号,茶山,清凉社区,第1网格,王五\n",
	  HEAD "清凉路,1-99 odd,,cs,cs01,cs01g1,王五,,,,\n", 1, 0, NULL },
	/* who names the grid alone has all above it */
	{ "address,grid\n浦陵路,ll01g1\n", HEAD "浦陵路,,,ll,ll01,ll01g1,,,,,\n", 1, 0, NULL },
	/* the same name in two communities means nothing by itself */
	{ "address,grid\n某路,第1网格\n", HEAD, 0, 1, "none of this jurisdiction" },
	{ "address,street,community\n某路,兰陵,清凉社区\n", HEAD, 0, 1, "does not lie in" },
	{ "address,street\n某路,\n", HEAD, 0, 1, "names no street" },
	{ "address,street\n,兰陵\n兰陵路,兰陵\n", HEAD "兰陵路,,,ll,,,,,,,\n", 1, 1, "no address" },
	{ "address,numbers,street\n兰陵路,很多,兰陵\n", HEAD, 0, 1, "no house numbers" },
	/* a table of divisions */
	{ "code,level,name,parent\nll,4,兰陵街道,zx\nll01,5,浦陵社区居委会,ll\nxx,5,别处社区,zz\n",
	  HEAD "兰陵街道,,兰陵街道,ll,,,,,,,\n浦陵,,浦陵社区居委会,ll,ll01,,,,,,\n", 2, 1,
	  "no address" },
	/* cells with separators and quotes come back */
	{ "address,street,hazards\n\"a, \"\"b\"\"\",兰陵,\"煤气站, 深坑\"\n",
	  HEAD "\"a, \"\"b\"\"\",,,ll,,,,,\"煤气站, 深坑\",,\n", 1, 0, NULL },
};

static char *words;
static size_t words_len;

static enum err read_text(const char *text, struct str *out, struct places_read *read,
			  struct error *err)
{
	char path[] = "/tmp/zhiban-places-XXXXXX";
	int fd = mkstemp(path);
	enum err code;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	code = places_from_file(path, words, words_len, &rules, out, read, err);
	unlink(path);
	return code;
}

static void read_into_one_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct str out = STR_INIT;
		struct places_read read;
		struct error err = ERROR_INIT;

		if (read_text(files[i].file, &out, &read, &err) != ERR_OK)
			fail_msg("%zu: %s", i, err.text);
		if (strcmp(str_get(&out), files[i].text) != 0)
			fail_msg("%zu: \"%s\"", i, str_get(&out));
		assert_int_equal(read.kept, files[i].kept);
		assert_int_equal(read.rejected, files[i].rejected);
		assert_int_equal(read.rows, read.kept + read.rejected);
		if (files[i].why != NULL && strstr(str_get(&read.rejects), files[i].why) == NULL)
			fail_msg("%zu: rejects: %s", i, str_get(&read.rejects));
		str_release(&read.rejects);
		str_release(&out);
	}
}

static void no_address_column(void **state)
{
	struct str out = STR_INIT;
	struct places_read read;
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(read_text("a,b\n1,2\n", &out, &read, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "address"));
	str_release(&out);
}

static enum err count(void *ctx, const struct place *place, struct error *err)
{
	(void)err;
	assert_non_null(place->address);
	++*(size_t *)ctx;
	return ERR_OK;
}

static void back_again(void **state)
{
	static const struct {
		const char *text;
		enum err code;
		size_t n;
	} texts[] = {
		{ HEAD "a,1-9,,s,,,,,,,\nb,,,s,,,,,,,\n", ERR_OK, 2 },
		{ HEAD, ERR_OK, 0 },
		{ "", ERR_OK, 0 },
		{ "address\na\n", ERR_INPUT, 0 },
		{ HEAD "a,b\n", ERR_INPUT, 0 },
		{ HEAD ",,,s,,,,,,,\n", ERR_INPUT, 0 },
		{ HEAD "\xff,,,s,,,,,,,\n", ERR_INPUT, 0 },
		{ HEAD "\"a,,,s,,,,,,,\n", ERR_INPUT, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		size_t n = 0;
		struct error err = ERROR_INIT;
		enum err code = places_each(texts[i].text, strlen(texts[i].text), count, &n, &err);

		if (code != texts[i].code || n != texts[i].n)
			fail_msg("%zu: %d, %zu: %s", i, code, n, err.text);
	}
}

static int load_words(void **state)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	enum err code = file_read(path_join(&arena, top != NULL ? top : ".",
					    "profiles/place-columns.conf"),
				  1 << 20, &text, NULL);

	(void)state;
	words_len = text.len;
	words = mem_strdup(str_get(&text));
	str_release(&text);
	arena_release(&arena);
	return code == ERR_OK ? 0 : -1;
}

static int free_words(void **state)
{
	(void)state;
	free(words);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_into_one_form),
		cmocka_unit_test(no_address_column),
		cmocka_unit_test(back_again),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, load_words, free_words);
}
