/* Chinese names found by what is typed for them without an input method.
 *
 * What is typed fits a piece of a name when each character of the piece, in turn, is typed as
 * itself, as its whole syllable (lan), as its initial (l; also zh ch sh) or, where the typing ends,
 * as the beginning of a syllable.  So lanlingjiedao, lljd, lanljd, l-ling and lan fit lan-ling-jie-
 * dao; a character may have several readings (chang and zhang), and well-known names and words have
 * theirs (the Liu'an of Anhui is lu'an).  A blank or ' in what is typed is the border of a syllable
 * (xi'an is two characters).  lv and lyu are the same; case and width make no difference.
 * Punctuation and blanks of the name may be left out.
 *
 * The table is made when the program is built, from Unihan and pinyin_names.txt beside it.  All is
 * pure, allocates nothing but in pinyin_spell, and is quick enough for thousands of names a key. */
#ifndef ZHIBAN_BASE_PINYIN_H
#define ZHIBAN_BASE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/str.h"

enum pinyin_fit { /* the more the better */
	PINYIN_NOT,
	PINYIN_WITHIN, /* a piece of the name */
	PINYIN_BEGINS, /* the name begins so */
	PINYIN_WHOLE,  /* and is typed to its last character, by whole syllables, initials or mixed */
};

enum { PINYIN_TYPED = 60 }; /* characters; longer fits nothing */

/* What is typed, made ready to be compared with many names. */
struct pinyin_typed {
	uint32_t cp[PINYIN_TYPED + 1]; /* folded, without borders, ended by 0 */
	size_t n;
	uint64_t borders; /* bit i: a syllable ends before cp[i] */
	bool latin;	  /* a letter among them: else it can only stand for itself */
};

/* "" fits every name as its beginning.  False when it is too long or nothing but borders. */
bool pinyin_type(struct pinyin_typed *typed, const char *text);
/* name: UTF-8 as people write it, not folded; NULL fits nothing. */
enum pinyin_fit pinyin_fit(const struct pinyin_typed *typed, const char *name);
/* The same at once, for a few names. */
bool pinyin_fits(const char *name, const char *text);
/* Whether text holds what is typed spelled out: two or more whole syllables or characters, of which
 * only the last may be begun, by two letters at least.  For long texts, in which initials would be
 * found everywhere. */
bool pinyin_spelled(const struct pinyin_typed *typed, const char *text);

/* Appends the name as it is read, for sorting: "lan ling jie dao", surnames as such; what is no
 * Chinese character stays, in small letters. */
void pinyin_spell(struct str *out, const char *name);

#endif
