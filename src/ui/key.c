#include <config.h>

#include "zhiban/ui/key.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static const struct {
	const char *name;
	uint32_t code;
} names[] = {
	{ "Up", UIKEY_UP },
	{ "Down", UIKEY_DOWN },
	{ "Left", UIKEY_LEFT },
	{ "Right", UIKEY_RIGHT },
	{ "Home", UIKEY_HOME },
	{ "End", UIKEY_END },
	{ "PgUp", UIKEY_PGUP },
	{ "PgDn", UIKEY_PGDN },
	{ "Ins", UIKEY_INS },
	{ "Del", UIKEY_DEL },
	{ "Backspace", UIKEY_BACKSPACE },
	{ "Tab", UIKEY_TAB },
	{ "Enter", UIKEY_ENTER },
	{ "Esc", UIKEY_ESC },
	{ "Space", ' ' },
	{ "Comma", ',' },
	{ "F1", UIKEY_F1 },
	{ "F2", UIKEY_F1 + 1 },
	{ "F3", UIKEY_F1 + 2 },
	{ "F4", UIKEY_F1 + 3 },
	{ "F5", UIKEY_F1 + 4 },
	{ "F6", UIKEY_F1 + 5 },
	{ "F7", UIKEY_F1 + 6 },
	{ "F8", UIKEY_F1 + 7 },
	{ "F9", UIKEY_F1 + 8 },
	{ "F10", UIKEY_F1 + 9 },
	{ "F11", UIKEY_F1 + 10 },
	{ "F12", UIKEY_F12 },
};

static const struct {
	const char *prefix;
	uint8_t mod;
} modifiers[] = {
	{ "Ctrl-", KEY_CTRL },
	{ "Alt-", KEY_ALT },
	{ "Shift-", KEY_SHIFT },
};

/* What Chinese input methods send for ASCII keys outside the full-width block. */
static const struct {
	uint32_t from, to;
} typed[] = {
	{ 0x3001, '\\' }, /* ideographic comma: the backslash key */
	{ 0x3002, '.' },
	{ 0x3010, '[' },
	{ 0x3011, ']' },
	{ 0x300C, '{' }, /* corner brackets: where the others are the square ones */
	{ 0x300D, '}' },
	{ 0x300E, '{' },
	{ 0x300F, '}' },
	{ 0x3014, '[' },
	{ 0x3015, ']' },
	{ 0x300A, '<' },
	{ 0x300B, '>' },
	{ 0x2018, '\'' },
	{ 0x2019, '\'' },
	{ 0x2014, '_' }, /* one of the two dashes that the key sends */
	{ 0x2026, '^' },
	{ 0x201C, '"' },
	{ 0x201D, '"' },
	{ 0xFFE5, '$' },
	{ 0x00A5, '$' },
	{ 0x00B7, '`' },
	{ 0x00D7, '*' },
	{ 0x2215, '/' },
};

bool key_eq(struct key a, struct key b)
{
	return a.code == b.code && a.mods == b.mods;
}

bool key_is_text(struct key key)
{
	return key.mods == 0 && key.code >= ' ' && key.code != 0x7F && key.code < UIKEY_FIRST;
}

static void add_code_point(uint32_t cp, struct str *out)
{
	if (cp < 0x80) {
		str_add_char(out, (char)cp);
	} else if (cp < 0x800) {
		str_add_char(out, (char)(0xC0 | cp >> 6));
		str_add_char(out, (char)(0x80 | (cp & 0x3F)));
	} else if (cp < 0x10000) {
		str_add_char(out, (char)(0xE0 | cp >> 12));
		str_add_char(out, (char)(0x80 | (cp >> 6 & 0x3F)));
		str_add_char(out, (char)(0x80 | (cp & 0x3F)));
	} else {
		str_add_char(out, (char)(0xF0 | cp >> 18));
		str_add_char(out, (char)(0x80 | (cp >> 12 & 0x3F)));
		str_add_char(out, (char)(0x80 | (cp >> 6 & 0x3F)));
		str_add_char(out, (char)(0x80 | (cp & 0x3F)));
	}
}

void key_utf8(struct key key, struct str *out)
{
	if (key_is_text(key))
		add_code_point(key.code, out);
}

void key_add_name(struct key key, struct str *out)
{
	for (size_t i = 0; i < ARRAY_LEN(modifiers); i++)
		if (key.mods & modifiers[i].mod)
			str_add(out, modifiers[i].prefix);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].code == key.code) {
			str_add(out, names[i].name);
			return;
		}
	if (key.mods == KEY_CTRL && key.code >= 'a' && key.code <= 'z')
		str_add_char(out, (char)(key.code - 'a' + 'A'));
	else if (key.code < UIKEY_FIRST)
		add_code_point(key.code, out);
}

static bool find_code(const char *name, size_t len, uint32_t *ret_code)
{
	uint32_t cp;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strlen(names[i].name) == len && strncmp(names[i].name, name, len) == 0) {
			*ret_code = names[i].code;
			return true;
		}
	if (len == 0 || text_next(name, len, &cp) != len || cp <= ' ' || cp == 0x7F)
		return false;
	*ret_code = cp;
	return true;
}

enum err key_parse(const char *name, size_t len, struct key *ret_key, struct error *err)
{
	struct key key = { 0, 0 };
	const char *s = name;
	size_t left = len;

	for (size_t i = 0; i < ARRAY_LEN(modifiers); i++) {
		size_t n = strlen(modifiers[i].prefix);

		if (left > n && strncmp(s, modifiers[i].prefix, n) == 0) {
			key.mods |= modifiers[i].mod;
			s += n;
			left -= n;
		}
	}
	if (!find_code(s, left, &key.code))
		return error_set(err, ERR_INPUT,
				 _("%.*s: no such key; keys are a character, Space, Comma, Tab, "
				   "Enter, Esc, Up, PgDn, F1 and the like, with Ctrl- or Alt-"),
				 (int)len, name);
	if ((key.mods & KEY_SHIFT) && key.code < UIKEY_FIRST)
		return error_set(err, ERR_INPUT, _("%.*s: write the capital letter itself"),
				 (int)len, name);
	if ((key.mods & KEY_CTRL) && key.code >= 'A' && key.code <= 'Z')
		key.code += 'a' - 'A';
	*ret_key = key;
	return ERR_OK;
}

struct key key_narrow(struct key key)
{
	if (key.code >= UIKEY_FIRST)
		return key;
	key.code = text_narrow_cp(key.code);
	for (size_t i = 0; i < ARRAY_LEN(typed); i++)
		if (typed[i].from == key.code)
			key.code = typed[i].to;
	return key;
}
