/* Which language speaks, under the locales of real machines. */
#include <config.h>

#include <langinfo.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static void add_word(struct str *out, uint32_t value)
{
	str_add_bytes(out, &value, sizeof value); /* a catalogue may have either byte order */
}

/* The smallest catalogue (GNU gettext manual, "The Format of GNU MO Files"): two sentences. */
static void make_catalogue(const char *path)
{
	static const char *const words[] = {
		"", "not allowed", "Content-Type: text/plain; charset=UTF-8\n", "不允许",
	};
	struct str mo = STR_INIT, texts = STR_INIT;
	const uint32_t head[] = { 0x950412DE, 0, 2, 28, 44, 0, 60 };

	for (size_t i = 0; i < ARRAY_LEN(head); i++)
		add_word(&mo, head[i]);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		add_word(&mo, (uint32_t)strlen(words[i]));
		add_word(&mo, (uint32_t)(60 + texts.len));
		str_add_bytes(&texts, words[i], strlen(words[i]) + 1);
	}
	str_add_bytes(&mo, texts.s, texts.len);
	assert_int_equal(file_write(path, mo.s, mo.len, 0600, NULL), ERR_OK);
	str_release(&mo);
	str_release(&texts);
}

struct place {
	struct arena arena;
	char dir[64];
};

static int make_place(void **state)
{
	struct place *place = mem_alloc(sizeof *place);
	char *folder;

	memcpy(place->dir, "/tmp/zhiban-i18n.XXXXXX", sizeof "/tmp/zhiban-i18n.XXXXXX");
	*state = place;
	if (mkdtemp(place->dir) == NULL)
		return -1;
	folder = path_join(&place->arena, place->dir, "zh_CN/LC_MESSAGES");
	if (dir_make(folder, 0700, NULL) != ERR_OK)
		return -1;
	make_catalogue(path_join(&place->arena, folder, "zhiban.mo"));
	return 0;
}

static int remove_place(void **state)
{
	struct place *place = *state;
	enum err code = dir_remove_all(place->dir, NULL);

	arena_release(&place->arena);
	free(place);
	return code == ERR_OK ? 0 : -1;
}

static void set_locale_of(const char *lc_all, const char *lang)
{
	unsetenv("LC_MESSAGES");
	unsetenv("LC_CTYPE");
	if (lc_all != NULL)
		setenv("LC_ALL", lc_all, 1);
	else
		unsetenv("LC_ALL");
	if (lang != NULL)
		setenv("LANG", lang, 1);
	else
		unsetenv("LANG");
}

static void the_locale_or_the_option_decides(void **state)
{
	static const struct {
		const char *lc_all, *lang, *option;
		bool chinese;
	} cases[] = {
		{ NULL, NULL, NULL, true },	      { NULL, "C", NULL, true },
		{ NULL, "C.UTF-8", NULL, true },      { NULL, "C.UTF-8", "en", false },
		{ NULL, "en_US.UTF-8", NULL, false }, { NULL, "en_US.UTF-8", "zh", true },
		{ NULL, "zh_CN.UTF-8", NULL, true },  { NULL, "zh_CN.UTF-8", "en", false },
		{ "en_GB.UTF-8", "zh_CN.UTF-8", "", false }, { "POSIX", "en_US", NULL, true },
		{ NULL, "no_such.LOCALE", NULL, true }, { "C", NULL, "zh_CN", true },
	};
	struct place *place = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		set_locale_of(cases[i].lc_all, cases[i].lang);
		i18n_init(cases[i].option, place->dir);
		assert_string_equal(_("not allowed"), cases[i].chinese ? "不允许" : "not allowed");
		assert_string_equal(nl_langinfo(CODESET), "UTF-8");
		assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_locale_or_the_option_decides, make_place,
						remove_place),
	};

	return cmocka_run_group_tests_name("base/i18n", tests, NULL, NULL);
}
