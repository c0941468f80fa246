/* Keys: what a terminal sends, and the names people write for them.
 *
 * A key is a Unicode code point or a named key, with modifiers.  Names: one printable character
 * stands for itself; "Space Comma Tab Enter Esc Backspace Del Ins Up Down Left Right Home End PgUp
 * PgDn F1"…"F12"; before them "Ctrl-", "Alt-", "Shift-" (Shift only with named keys). */
#ifndef ZHIBAN_UI_KEY_H
#define ZHIBAN_UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/error.h"
#include "zhiban/base/str.h"

enum key_mods { KEY_CTRL = 1 << 0, KEY_ALT = 1 << 1, KEY_SHIFT = 1 << 2 };

enum ui_key { /* above all code points */
	UIKEY_FIRST = 0x110000,
	UIKEY_UP = UIKEY_FIRST,
	UIKEY_DOWN,
	UIKEY_LEFT,
	UIKEY_RIGHT,
	UIKEY_HOME,
	UIKEY_END,
	UIKEY_PGUP,
	UIKEY_PGDN,
	UIKEY_INS,
	UIKEY_DEL,
	UIKEY_BACKSPACE,
	UIKEY_TAB,
	UIKEY_ENTER,
	UIKEY_ESC,
	UIKEY_PASTE,  /* text: term_pasted */
	UIKEY_RESIZE, /* the tty said so by itself */
	UIKEY_F1,
	UIKEY_F12 = UIKEY_F1 + 11,
	UIKEY_LAST = UIKEY_F12,
};

struct key {
	uint32_t code; /* code point or enum ui_key; Ctrl-L is 'l' with KEY_CTRL */
	uint8_t mods;  /* enum key_mods */
};

bool key_eq(struct key a, struct key b);
bool key_is_text(struct key key); /* a character to type, Space among them */
/* The key as its UTF-8 bytes; only for key_is_text. */
void key_utf8(struct key key, struct str *out);
/* Appends the name. */
void key_add_name(struct key key, struct str *out);
/* One whole name of len bytes.  ERR_INPUT with a sentence. */
enum err key_parse(const char *name, size_t len, struct key *ret_key, struct error *err) MUST_CHECK;
/* The key as command mode reads it: full-width letters and punctuation, and what Chinese input
 * methods type for them (U+3002 for ".", U+3001 for "\"), become their ASCII keys. */
struct key key_narrow(struct key key);

#endif
