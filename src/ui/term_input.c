#include <config.h>

#include "term_priv.h"

#include <string.h>

enum {
	PASTE_MAX = 1 << 20,
	COPY_MAX = 74000, /* bytes of text; xterm takes 100,000 of base64 */
};

static const struct {
	uint32_t c;
	struct key key;
} controls[] = {
	{ '\t', { UIKEY_TAB, 0 } },
	{ '\r', { UIKEY_ENTER, 0 } },
	{ '\n', { UIKEY_ENTER, 0 } },
	{ 033, { UIKEY_ESC, 0 } },
	{ '\b', { UIKEY_BACKSPACE, 0 } },
	{ 0x7F, { UIKEY_BACKSPACE, 0 } },
	{ 0, { ' ', KEY_CTRL } },
};

static struct key from_char(uint32_t c)
{
	for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
		if (controls[i].c == c)
			return controls[i].key;
	if (c < 27)
		return (struct key){ c - 1 + 'a', KEY_CTRL };
	if (c < ' ')
		return (struct key){ c + 0x40, KEY_CTRL };
	return (struct key){ c, 0 };
}

static struct term_raw next_raw(struct term_input *input, struct term_raw (*read)(void *ctx),
				void *ctx)
{
	if (!input->has_pending)
		return read(ctx);
	input->has_pending = false;
	return input->pending;
}

static void gather(struct term_input *input, const struct term_raw *raw)
{
	struct key key = { raw->c, 0 };

	if (raw->kind != RAW_CHAR || input->paste.len >= PASTE_MAX)
		return;
	if (raw->c == '\r' || raw->c == '\n')
		str_add_char(&input->paste, '\n');
	else if (raw->c == '\t')
		str_add_char(&input->paste, ' ');
	else
		key_utf8(key, &input->paste);
}

/* After Esc: a character that came with it was typed with Alt. */
static struct key after_escape(struct term_input *input, struct term_raw (*read)(void *ctx),
			       void *ctx)
{
	struct term_raw raw = next_raw(input, read, ctx);
	struct key key = { raw.c, KEY_ALT };

	if (raw.kind == RAW_CHAR && key_is_text((struct key){ raw.c, 0 }))
		return key;
	if (raw.kind != RAW_NONE) {
		input->pending = raw;
		input->has_pending = true;
	}
	return (struct key){ UIKEY_ESC, 0 };
}

bool term_input_next(struct term_input *input, struct term_raw (*read)(void *ctx), void *ctx,
		     struct key *ret_key)
{
	struct term_raw raw;

	while ((raw = next_raw(input, read, ctx)).kind != RAW_NONE) {
		struct key key = { 0, 0 };

		if (input->pasting && raw.kind != RAW_PASTE_END) {
			gather(input, &raw);
			continue;
		}
		switch (raw.kind) {
		case RAW_PASTE_BEGIN:
			str_clear(&input->paste);
			input->pasting = true;
			continue;
		case RAW_PASTE_END:
			if (input->pasting)
				key.code = UIKEY_PASTE;
			input->pasting = false;
			break;
		case RAW_KEY:
			key = raw.key;
			break;
		case RAW_CHAR:
			key = from_char(raw.c);
			if (key.code == UIKEY_ESC)
				key = after_escape(input, read, ctx);
			break;
		case RAW_NONE:
			break;
		}
		if (key.code == 0)
			continue;
		*ret_key = key;
		return true;
	}
	return false;
}

bool term_osc52(const char *text, struct str *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t len = strlen(text);

	if (len > COPY_MAX)
		return false;
	str_add(out, "\033]52;c;");
	for (size_t i = 0; i < len; i += 3) {
		uint32_t bits = (uint32_t)(unsigned char)text[i] << 16;

		if (i + 1 < len)
			bits |= (uint32_t)(unsigned char)text[i + 1] << 8;
		if (i + 2 < len)
			bits |= (uint32_t)(unsigned char)text[i + 2];
		str_add_char(out, digits[bits >> 18 & 63]);
		str_add_char(out, digits[bits >> 12 & 63]);
		str_add_char(out, i + 1 < len ? digits[bits >> 6 & 63] : '=');
		str_add_char(out, i + 2 < len ? digits[bits & 63] : '=');
	}
	str_add_char(out, '\a');
	return true;
}
