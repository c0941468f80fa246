/* What the kinds of terminals share. */
#ifndef ZHIBAN_UI_TERM_PRIV_H
#define ZHIBAN_UI_TERM_PRIV_H

#include "zhiban/ui/term.h"

enum term_raw_kind { RAW_NONE, RAW_CHAR, RAW_KEY, RAW_PASTE_BEGIN, RAW_PASTE_END };

struct term_raw { /* one thing a tty gave */
	enum term_raw_kind kind;
	uint32_t c;	/* RAW_CHAR: code point, controls too */
	struct key key; /* RAW_KEY; code 0: one we have no use for */
};

struct term_input { /* all zero at first */
	bool pasting;
	bool has_pending; /* read too early, after Esc */
	struct term_raw pending;
	struct str paste; /* the last paste, until the next */
};

/* Makes the next key of what read gives: control characters get names, Esc with a character in its
 * wake is Alt, a bracketed paste becomes one UIKEY_PASTE.  false: nothing more is there now. */
bool term_input_next(struct term_input *input, struct term_raw (*read)(void *ctx), void *ctx,
		     struct key *ret_key);

/* Appends the sequence that sets the clipboard (OSC 52); false when the text is too long. */
bool term_osc52(const char *text, struct str *out);

/* ASCII that looks like a character of ambiguous width; NUL for all others. */
char term_plain_sign(uint32_t cp);
/* Appends the text with those in place of them. */
void term_make_plain(const char *text, size_t len, struct str *out);

#endif
