/* The table of readings, and a name taken character by character with the readings of each. */
#ifndef ZHIBAN_BASE_PINYIN_PRIV_H
#define ZHIBAN_BASE_PINYIN_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PINYIN_LAST = 0x8000, /* on a syllable's number: the last one of its set */
	PINYIN_SYLLABLES_MOST = 512,
};

struct pinyin_char {
	uint32_t cp;	/* not folded */
	uint16_t entry; /* for pinyin_readings; 0: it has none */
};

struct pinyin_reader {
	const char *text;
	size_t len;
	const uint16_t *name; /* entries of the known name that the next characters are */
	size_t n_name;
	bool in_word; /* a Chinese character came before */
};

void pinyin_read(struct pinyin_reader *reader, const char *text);
/* The next character; false at the end. */
bool pinyin_next(struct pinyin_reader *reader, struct pinyin_char *ret_char);
/* The syllables' numbers of an entry, the usual first, the last with PINYIN_LAST.  `one` is where
 * they are put when there is but one. */
const uint16_t *pinyin_readings(uint16_t entry, uint16_t one[1]);
const char *pinyin_syllable(uint16_t number); /* whatever its PINYIN_LAST */

#endif
