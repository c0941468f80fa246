/* The table of readings. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

#include "pinyin_priv.h"

enum {
	NEAR_FIRST = 0x4E00,
	BEGINS = 0x8000,    /* on an entry: known names begin with the character */
	HEAD = 0x100,	    /* on a name's length: only where a name begins (surnames) */
	LENGTH = HEAD - 1,
};

struct pinyin_far { /* beyond the basic block */
	uint32_t cp;
	uint16_t entry;
};

struct pinyin_start { /* a known name: its first character, and where in pinyin_names it stands */
	uint16_t cp, at;
};

#include "src/base/pinyin_table.h"

static int far_order(const void *key, const void *item)
{
	uint32_t a = *(const uint32_t *)key, b = ((const struct pinyin_far *)item)->cp;

	return (a > b) - (a < b);
}

/* text_next for the many: a character of the basic block. */
static size_t next_of(const char *text, size_t len, uint32_t *ret_cp)
{
	const unsigned char *s = (const unsigned char *)text;

	if (len >= 3 && s[0] >= 0xE4 && s[0] <= 0xE9 && (s[1] & 0xC0) == 0x80 &&
	    (s[2] & 0xC0) == 0x80) {
		*ret_cp = (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 |
			  (s[2] & 0x3F);
		return 3;
	}
	return text_next(text, len, ret_cp);
}

static uint16_t entry_of(uint32_t cp)
{
	const struct pinyin_far *found;

	if (cp >= NEAR_FIRST && cp - NEAR_FIRST < ARRAY_LEN(pinyin_near))
		return pinyin_near[cp - NEAR_FIRST];
	if (cp < 0x3000)
		return 0;
	found = bsearch(&cp, pinyin_far, ARRAY_LEN(pinyin_far), sizeof *pinyin_far, far_order);
	return found != NULL ? found->entry : 0;
}

const uint16_t *pinyin_readings(uint16_t entry, uint16_t one[1])
{
	if (entry >= PINYIN_SYLLABLES_MOST)
		return pinyin_sets + (entry - PINYIN_SYLLABLES_MOST);
	one[0] = (uint16_t)((entry - 1) | PINYIN_LAST);
	return one;
}

const char *pinyin_syllable(uint16_t number)
{
	return pinyin_syllables[number & ~PINYIN_LAST];
}

/* ---- known names ---- */

static bool stands_at(const uint16_t *name, const char *text, size_t len)
{
	for (size_t i = 1; i <= (name[0] & LENGTH); i++) {
		uint32_t cp;
		size_t used = next_of(text, len, &cp);

		if (used == 0 || cp != name[i])
			return false;
		text += used;
		len -= used;
	}
	return true;
}

/* The first of the names that begin with a character. */
static size_t first_start(uint32_t cp)
{
	size_t lo = 0, hi = ARRAY_LEN(pinyin_starts);

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (pinyin_starts[mid].cp < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The longest known name at a place, or NULL. */
static const uint16_t *name_at(const char *text, size_t len, uint32_t cp, bool head)
{
	uint32_t second;
	size_t used = next_of(text, len, &second);

	if (next_of(text + used, len - used, &second) == 0)
		second = 0;
	for (size_t i = first_start(cp);
	     i < ARRAY_LEN(pinyin_starts) && pinyin_starts[i].cp == cp; i++) {
		const uint16_t *name = &pinyin_names[pinyin_starts[i].at];
		size_t length = name[0] & LENGTH;

		if ((length == 1 || name[2] == second) && (head || (name[0] & HEAD) == 0) &&
		    (length <= 2 || stands_at(name, text, len)))
			return name;
	}
	return NULL;
}

/* Another known name begins in this one and goes beyond it: "shi zhang jiang lu" are the street
 * Changjiang in a city, not its mayor's. */
static bool is_cut(const uint16_t *name, const char *text, size_t len)
{
	size_t length = name[0] & LENGTH;

	for (size_t i = 0; i < length; i++) {
		uint32_t cp;
		size_t used = text_next(text, len, &cp);
		const uint16_t *other = NULL;

		if (i > 0 && entry_of(cp) & BEGINS)
			other = name_at(text, len, cp, false);
		if (other != NULL && i + (other[0] & LENGTH) > length)
			return true;
		text += used;
		len -= used;
	}
	return false;
}

void pinyin_read(struct pinyin_reader *reader, const char *text)
{
	*reader = (struct pinyin_reader){ .text = text, .len = strlen(text) };
}

bool pinyin_next(struct pinyin_reader *reader, struct pinyin_char *ret_char)
{
	size_t used = next_of(reader->text, reader->len, &ret_char->cp);

	if (used == 0)
		return false;
	ret_char->entry = entry_of(ret_char->cp);
	if (reader->n_name == 0 && ret_char->entry & BEGINS) {
		const uint16_t *name = name_at(reader->text, reader->len, ret_char->cp,
					       !reader->in_word);

		if (name != NULL && !is_cut(name, reader->text, reader->len)) {
			reader->n_name = name[0] & LENGTH;
			reader->name = name + 1 + reader->n_name;
		}
	}
	ret_char->entry &= (uint16_t)~BEGINS;
	reader->in_word = ret_char->entry != 0;
	if (reader->n_name > 0) {
		ret_char->entry = *reader->name++;
		reader->n_name--;
	}
	reader->text += used;
	reader->len -= used;
	return true;
}
