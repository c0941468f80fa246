#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/gram.h"
#include "zhiban/base/mem.h"

static size_t terms_of(const char *text)
{
	struct grams grams = GRAMS_INIT;
	size_t n;

	grams_add(&grams, text);
	grams_sort(&grams);
	n = grams.n;
	grams_release(&grams);
	return n;
}

static const struct {
	const char *text;
	size_t n;
} texts[] = {
	{ "", 0 },	     { "水", 0 },	   { "供水", 1 },	{ "供水管", 2 },
	{ "供水，管道", 2 }, { "供 水", 0 },	   { "AB ab ＡＢ", 1 }, { "22-0417", 4 },
	{ "管管管", 1 },     { "兰陵路12号", 5 }, { NULL, 0 },
};

static void test_terms(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		assert_int_equal(terms_of(texts[i].text), texts[i].n);
}

/* Every piece of two letters or more is found by its terms: that they are a part of the text's. */
static void test_pieces(void **state)
{
	static const char text[] = "兰陵路12号 Ｂ栋自来水管爆裂";
	struct grams all = GRAMS_INIT;

	(void)state;
	grams_add(&all, text);
	grams_sort(&all);
	for (size_t from = 0; from < strlen(text); from++) {
		for (size_t to = from + 1; to <= strlen(text); to++) {
			char piece[64] = "";
			struct grams part = GRAMS_INIT;

			if ((text[from] & 0xC0) == 0x80 || (text[to] & 0xC0) == 0x80)
				continue;
			memcpy(piece, text + from, to - from);
			grams_add(&part, piece);
			for (size_t i = 0; i < part.n; i++) {
				bool there = false;

				for (size_t k = 0; k < all.n && !there; k++)
					there = all.items[k] == part.items[i];
				assert_true(there);
			}
			grams_release(&part);
		}
	}
	grams_release(&all);
}

static const struct {
	const char *words;
	size_t n; /* 0: refused */
	const char *text;
	bool in;
} asked[] = {
	{ "供水", 1, "供水管爆裂", true },
	{ "供水 爆裂", 2, "供水管爆裂", true },
	{ "供水 停电", 2, "供水管爆裂", false },
	{ "供水　爆裂", 2, "供水管爆裂", true }, /* an ideographic blank */
	{ "水管 ABC", 2, "供水管 abc", true },
	{ "水", 0, NULL, false },
	{ "供水 管", 0, NULL, false },
	{ "  ", 0, NULL, false },
	{ "，。", 0, NULL, false },
	{ "a1 b1 c1 d1 e1 f1 g1 h1 i1", 0, NULL, false },
};

static void test_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		struct gram_words words;
		struct error err = ERROR_INIT;
		enum err code = gram_words_parse(asked[i].words, &words, &err);

		assert_int_equal(code, asked[i].n > 0 ? ERR_OK : ERR_INPUT);
		if (code != ERR_OK) {
			assert_true(err.text[0] != '\0');
			continue;
		}
		assert_int_equal(words.n, asked[i].n);
		assert_int_equal(gram_words_in(&words, asked[i].text), asked[i].in);
		gram_words_release(&words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests_name("grams", tests, NULL, NULL);
}
