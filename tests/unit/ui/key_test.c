/* Names of keys, what ttys send, and the key map. */
#include <config.h>

#include "ui_test.h"

#include "term_priv.h"
#include "zhiban/ui/keymap.h"

static void names_go_both_ways(void **state)
{
	static const struct {
		const char *name;
		uint32_t code;
		uint8_t mods;
	} cases[] = {
		{ "a", 'a', 0 },	    { "A", 'A', 0 },		 { "/", '/', 0 },
		{ "中", 0x4E2D, 0 },	    { "Space", ' ', 0 },	 { "Comma", ',', 0 },
		{ "Ctrl-L", 'l', KEY_CTRL }, { "Alt-x", 'x', KEY_ALT },	 { "PgDn", UIKEY_PGDN, 0 },
		{ "F1", UIKEY_F1, 0 },	    { "F12", UIKEY_F12, 0 },	 { "-", '-', 0 },
		{ "Ctrl-Alt-x", 'x', KEY_CTRL | KEY_ALT },
		{ "Shift-Tab", UIKEY_TAB, KEY_SHIFT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str name = STR_INIT;
		struct key key;

		assert_int_equal(key_parse(cases[i].name, strlen(cases[i].name), &key, NULL), ERR_OK);
		assert_int_equal(key.code, cases[i].code);
		assert_int_equal(key.mods, cases[i].mods);
		key_add_name(key, &name);
		assert_string_equal(name.s, cases[i].name);
		str_release(&name);
	}
}

static void wrong_names_are_errors(void **state)
{
	static const char *const cases[] = { "", "ab", "Ctrl-", "Ctrl-Foo", "F13", "F0",
					     "Shift-a", " ", "\x01", "\xFF\xFE", "Hyper-a" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		struct key key = { 7, 7 };

		assert_int_equal(key_parse(cases[i], strlen(cases[i]), &key, &err), ERR_INPUT);
		assert_int_equal(key.code, 7);
		assert_true(strlen(err.text) > 10);
	}
}

static void input_methods_are_understood(void **state)
{
	static const struct {
		uint32_t typed, key;
	} cases[] = {
		{ 0xFF0F, '/' }, { 0xFF1A, ':' }, { 0xFF1F, '?' }, { 0xFF41, 'a' },
		{ 0x3000, ' ' }, { 0x3002, '.' }, { 0x3001, '\\' }, { 0x3010, '[' },
		{ 0x300A, '<' }, { 0x201D, '"' }, { 0x2026, '^' }, { 0x300C, '{' },
		{ 0xFF01, '!' }, { 0xFF0A, '*' }, { 0xFF0C, ',' }, { 0xFF1D, '=' },
		{ 0xFFE5, '$' }, { 0xFF11, '1' }, { 0xFF38, 'X' },
		{ 0x4E2D, 0x4E2D }, { 'a', 'a' }, { UIKEY_UP, UIKEY_UP },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(key_narrow((struct key){ cases[i].typed, 0 }).code, cases[i].key);
}

struct script {
	const struct term_raw *items;
	size_t n;
};

static struct term_raw next_raw(void *ctx)
{
	struct script *script = ctx;

	if (script->n == 0)
		return (struct term_raw){ RAW_NONE, 0, { 0, 0 } };
	script->n--;
	return *script->items++;
}

#define C(c) { RAW_CHAR, c, { 0, 0 } }
#define K(k) { RAW_KEY, 0, { k, 0 } }

static void what_ttys_send_becomes_keys(void **state)
{
	static const struct {
		struct term_raw raw[8];
		size_t n;
		const char *keys, *pasted;
	} cases[] = {
		{ { C('a'), C(1), C('\r'), C('\n'), C('\t'), C(0x7F) }, 6,
		  "a Ctrl-A Enter Enter Tab Backspace ", "" },
		{ { C(033) }, 1, "Esc ", "" },
		{ { C(033), C('x') }, 2, "Alt-x ", "" },
		{ { C(033), K(UIKEY_UP) }, 2, "Esc Up ", "" },
		{ { C(033), C(033), C('x') }, 3, "Esc Alt-x ", "" },
		{ { C(033), C(0x4E2D) }, 2, "Alt-中 ", "" },
		{ { { RAW_PASTE_BEGIN }, C('a'), C('\r'), C(033), C('\t'), C('b'), { RAW_PASTE_END }, C('c') },
		  8, "PASTE c ", "a\n b" },
		{ { C(033), { RAW_PASTE_BEGIN }, C('x'), { RAW_PASTE_END } }, 4, "Esc PASTE ", "x" },
		{ { { RAW_PASTE_END }, C('q') }, 2, "q ", "" },
		{ { K(0), C('q') }, 2, "q ", "" },
		{ { C(0) }, 1, "Ctrl-Space ", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct script script = { cases[i].raw, cases[i].n };
		struct term_input input = { 0 };
		struct str keys = STR_INIT;
		struct key key;

		while (term_input_next(&input, next_raw, &script, &key)) {
			if (key.code == UIKEY_PASTE)
				str_add(&keys, "PASTE");
			else
				key_add_name(key, &keys);
			str_add_char(&keys, ' ');
		}
		assert_string_equal(keys.s, cases[i].keys);
		assert_string_equal(str_get(&input.paste), cases[i].pasted);
		str_release(&keys);
		str_release(&input.paste);
	}
}

static void a_paste_may_come_in_pieces(void **state)
{
	static const struct term_raw first[] = { { RAW_PASTE_BEGIN }, C('a') };
	static const struct term_raw second[] = { C('q'), { RAW_PASTE_END } };
	struct script script = { first, 2 };
	struct term_input input = { 0 };
	struct key key;

	(void)state;
	assert_false(term_input_next(&input, next_raw, &script, &key));
	script = (struct script){ second, 2 };
	assert_true(term_input_next(&input, next_raw, &script, &key));
	assert_int_equal(key.code, UIKEY_PASTE);
	assert_string_equal(input.paste.s, "aq");
	str_release(&input.paste);
}

static void the_clipboard_takes_base64(void **state)
{
	static const struct {
		const char *text, *sequence;
	} cases[] = {
		{ "", "\033]52;c;\a" }, { "a", "\033]52;c;YQ==\a" }, { "ab", "\033]52;c;YWI=\a" },
		{ "abc", "\033]52;c;YWJj\a" }, { "值", "\033]52;c;5YC8\a" },
	};
	struct str out = STR_INIT;
	char *large = mem_alloc(80001);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&out);
		assert_true(term_osc52(cases[i].text, &out));
		assert_string_equal(out.s, cases[i].sequence);
	}
	memset(large, 'x', 80000);
	assert_false(term_osc52(large, &out));
	free(large);
	str_release(&out);
}

enum { BOARD = 1, PAGE = 2 };

static const struct ui_command table[] = {
	{ "down", NULL, "Move", "j Down", "", "one row down", 0, 0, 1 },
	{ "assign", "Assign", "Act", "a", "", "give it away", BOARD | PAGE, 0, 2 },
	{ "swap", NULL, "Roster", "s", "", "swap", PAGE, 0, 3 },
	{ "sign", NULL, "Act", "s", "", "sign", BOARD, 0, 4 },
	{ "first", NULL, "Move", "g,g Home", "", "to the first", 0, 0, 5 },
	{ "board", NULL, "Go", "g,b", "", "to the board", 0, 0, 6 },
	{ "filter", NULL, "Go", "/", "", "filter", 0, 0, 7 },
	{ "local", NULL, "Go", "x", "", "goes before the general one", PAGE, 0, 8 },
	{ "general", NULL, "Go", "x", "", "where nothing else has x", 0, 0, 9 },
	{ "keyless", NULL, "Go", "", "", "by name alone", 0, 0, 10 },
};
static const struct ui_commands commands = { table, ARRAY_LEN(table) };

/* Names of the commands that keys run: "down - .." (nothing, a sequence has begun). */
static void assert_keys(const struct keymap *keymap, unsigned where, const char *keys,
			const char *expected)
{
	struct keymap_state state = { 0 };
	struct str got = STR_INIT;
	struct key key;

	EACH_KEY(keys, key)
	{
		const struct ui_command *command = NULL;

		switch (keymap_feed(keymap, &state, key, where, &command)) {
		case KEYMAP_NONE:
			str_add(&got, "- ");
			break;
		case KEYMAP_MORE:
			str_add(&got, ".. ");
			break;
		case KEYMAP_FOUND:
			str_addf(&got, "%s ", command->name);
			break;
		}
	}
	assert_string_equal(got.s, expected);
	str_release(&got);
}

static void keys_find_commands(void **state)
{
	static const struct {
		unsigned where;
		const char *keys, *commands;
	} cases[] = {
		{ BOARD, "j Down a", "down down assign " },
		{ BOARD, "s", "sign " },
		{ PAGE, "s", "swap " },
		{ 0, "s a j", "- - down " },
		{ BOARD, "g g g b g z j", ".. first .. board .. - down " },
		{ BOARD, "g Esc g", ".. - .. " },
		{ BOARD, "／ ａ ｊ", "filter assign down " },
		{ BOARD, "x", "general " },
		{ PAGE, "x", "local " },
		{ BOARD, "Ctrl-J", "- " },
	};
	struct keymap *keymap;

	(void)state;
	assert_int_equal(keymap_new(&commands, &keymap, NULL), ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_keys(keymap, cases[i].where, cases[i].keys, cases[i].commands);
	keymap_free(keymap);
}

static void wrong_tables_are_refused(void **state)
{
	static const struct {
		struct ui_command items[2];
		const char *word;
	} cases[] = {
		{ { { "a", .keys = "x" }, { "b", .keys = "x" } }, "b and a" },
		{ { { "a", .keys = "g" }, { "b", .keys = "g,g" } }, "g,g" },
		{ { { "a", .keys = "Foo" }, { "b", .keys = "" } }, "Foo" },
		{ { { "a", .keys = "a,b,c,d,e" }, { "b", .keys = "" } }, "more than" },
		{ { { "a", .keys = "x", .where = 3 }, { "b", .keys = "x", .where = 2 } }, "b and a" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct ui_commands two = { cases[i].items, 2 };
		struct error err = ERROR_INIT;
		struct keymap *keymap = NULL;

		assert_int_equal(keymap_new(&two, &keymap, &err), ERR_INPUT);
		assert_null(keymap);
		assert_non_null(strstr(err.text, cases[i].word));
	}
}

static enum err rebind(struct keymap *keymap, const char *text, struct error *err)
{
	return keymap_rebind(keymap, "keys.conf", text, strlen(text), err);
}

static void users_choose_their_keys(void **state)
{
	struct keymap *keymap;
	struct str keys = STR_INIT;

	(void)state;
	assert_int_equal(keymap_new(&commands, &keymap, NULL), ERR_OK);
	assert_int_equal(rebind(keymap, "command \"assign\" { keys = { \"s\", \"F5\" } }\n", NULL),
			 ERR_OK);
	assert_keys(keymap, BOARD, "s F5 a", "assign assign - ");
	assert_keys(keymap, PAGE, "s", "assign ");
	assert_int_equal(rebind(keymap, "command \"assign\" { keys = { \"s\", \"F5\" } }\n"
					"command \"general\" { keys = { \"a\" } }\n"
					"command \"keyless\" { keys = { \"g,k\" } }\n",
				NULL),
			 ERR_OK);
	assert_keys(keymap, BOARD, "a x g k", "general - .. keyless ");
	keymap_keys(keymap, &table[1], &keys);
	assert_string_equal(keys.s, "s F5");
	str_clear(&keys);
	keymap_keys(keymap, &table[4], &keys);
	assert_string_equal(keys.s, "gg Home");
	str_clear(&keys);
	keymap_first_key(keymap, &table[4], &keys);
	assert_string_equal(keys.s, "gg");
	/* A text takes the place of the one before it, an empty one gives the own keys back. */
	str_clear(&keys);
	keymap_lost(keymap, &keys);
	assert_string_equal(keys.s, "swap, sign");
	assert_int_equal(rebind(keymap, "", NULL), ERR_OK);
	assert_keys(keymap, BOARD, "a s x F5", "assign sign general - ");
	str_clear(&keys);
	keymap_lost(keymap, &keys);
	assert_string_equal(str_get(&keys), "");
	str_release(&keys);
	keymap_free(keymap);
}

static void wrong_keys_leave_the_map_alone(void **state)
{
	static const struct {
		const char *text, *words[2];
	} cases[] = {
		{ "command \"nosuch\" { keys = { \"a\" } }", { "keys.conf:1", "nosuch" } },
		{ "\ncommand \"assign\" { keys = { \"Foo\" } }", { "keys.conf:2", "Foo" } },
		{ "command \"assign\" { keys = { \"z\" } }\ncommand \"down\" { keys = { \"z\" } }",
		  { "keys.conf:2", "assign" } },
		{ "command \"assign\" { key = \"z\" }", { "keys.conf:1", "key" } },
		{ "command \"assign\" { }", { "keys.conf:1", "keys" } },
		{ "command \"asign\" { keys = { \"a\" } }", { "keys.conf:1", "nearest: assign, sign" } },
	};
	struct keymap *keymap;

	(void)state;
	assert_int_equal(keymap_new(&commands, &keymap, NULL), ERR_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;

		/* The third is no conflict between an everywhere and a context command. */
		if (i == 2) {
			assert_int_equal(rebind(keymap, "command \"first\" { keys = { \"z\" } }\n"
							"command \"down\" { keys = { \"z\" } }",
						&err),
					 ERR_INPUT);
			assert_non_null(strstr(err.text, "first"));
		} else {
			assert_int_not_equal(rebind(keymap, cases[i].text, &err), ERR_OK);
			for (int k = 0; k < 2; k++)
				assert_non_null(strstr(err.text, cases[i].words[k]));
		}
		assert_keys(keymap, BOARD, "a j s", "assign down sign ");
	}
	keymap_free(keymap);
}

static void note_next(void *ctx, const char *key, const struct ui_command *command)
{
	str_addf(ctx, "%s=%s ", key, command != NULL ? command->name : "..");
}

static void sequences_show_what_can_follow(void **state)
{
	struct keymap_state keys = { 0 };
	const struct ui_command *command;
	struct keymap *keymap;
	struct str got = STR_INIT;

	(void)state;
	assert_int_equal(keymap_new(&commands, &keymap, NULL), ERR_OK);
	keymap_feed(keymap, &keys, (struct key){ 'g', 0 }, BOARD, &command);
	keymap_which(keymap, &keys, BOARD, note_next, &got);
	assert_string_equal(got.s, "g=first b=board ");
	str_release(&got);
	keymap_free(keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_go_both_ways),
		cmocka_unit_test(wrong_names_are_errors),
		cmocka_unit_test(input_methods_are_understood),
		cmocka_unit_test(what_ttys_send_becomes_keys),
		cmocka_unit_test(a_paste_may_come_in_pieces),
		cmocka_unit_test(the_clipboard_takes_base64),
		cmocka_unit_test(keys_find_commands),
		cmocka_unit_test(wrong_tables_are_refused),
		cmocka_unit_test(users_choose_their_keys),
		cmocka_unit_test(wrong_keys_leave_the_map_alone),
		cmocka_unit_test(sequences_show_what_can_follow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
