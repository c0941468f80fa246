/* A picker from within: picker.c (what is chosen) and picker_draw.c (how it looks). */
#ifndef ZHIBAN_UI_PICKER_PRIV_H
#define ZHIBAN_UI_PICKER_PRIV_H

#include "zhiban/ui/picker.h"

enum { NUMBERS_PAGE = 9 }; /* PICKER_NUMBERS: so many lines a page */

struct picker_entry {
	struct picker_item item;
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
