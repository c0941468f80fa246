/* A picker from within: picker.c (what is chosen) and picker_draw.c (how it looks). */
#ifndef ZHIBAN_UI_PICKER_PRIV_H
#define ZHIBAN_UI_PICKER_PRIV_H

#include "zhiban/base/pinyin.h"
#include "zhiban/ui/picker.h"

enum { NUMBERS_PAGE = 9 }; /* PICKER_NUMBERS: so many lines a page */

enum { PICKER_WORDS = 16 }; /* more are not looked at */

struct picker_typed { /* what is typed, as it is compared */
	struct str folded;
	bool in_pinyin; /* letters are among it */
	struct pinyin_typed pinyin; /* the whole */
	char *split;
	struct {
		const char *folded;
		struct pinyin_typed pinyin; /* latin only when it can be looked for so */
	} words[PICKER_WORDS];
	size_t n;
};

struct picker_entry {
	struct picker_item item;
	int rank; /* how well it fits what is typed */
	char *folded; /* label, name, hint, help, each ended by a newline */
	bool marked;
};

struct picker {
	char *title;
	unsigned flags;
	struct edit edit; /* the filter */
	struct picker_entry *entries;
	size_t n;
	size_t *shown; /* indices of those that match, best first */
	size_t n_shown, cur;
	size_t top; /* first line shown: items and headings of groups */
	int page;   /* lines shown when last drawn */
	int keys_cols, label_cols;
};

#endif
