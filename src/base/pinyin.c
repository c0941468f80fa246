#include <config.h>

#include "zhiban/base/pinyin.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

#include "pinyin_priv.h"

/* Of the basic block, nearly all there is. */
static bool is_plain(uint32_t cp)
{
	return cp >= 0x4E00 && cp <= 0x9FFF;
}

/* Small letters of narrow forms, and the u that keyboards have as v. */
static uint32_t fold(uint32_t cp)
{
	if (is_plain(cp))
		return cp;
	cp = text_narrow_cp(cp);
	if (cp >= 'A' && cp <= 'Z')
		return cp + ('a' - 'A');
	return cp == 0xFC || cp == 0xDC ? 'v' : cp;
}

static bool is_border(uint32_t cp)
{
	return cp <= ' ' || cp == '\'' || cp == 0x2018 || cp == 0x2019;
}

/* Nothing that a person would type for the name. */
static bool is_sign(uint32_t cp)
{
	static const struct {
		uint32_t from, to;
	} signs[] = {
		{ 0x00, '/' },	    { ':', '@' },	{ '[', '`' },	    { '{', 0xBF },
		{ 0x2000, 0x206F }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 },
		{ 0x30FB, 0x30FB }, /* the dot of foreign names */
		{ 0xFE10, 0xFE6F }, { 0xFF61, 0xFF65 },
	};

	for (size_t i = 0; !is_plain(cp) && i < ARRAY_LEN(signs) && cp >= signs[i].from; i++)
		if (cp <= signs[i].to)
			return true;
	return false;
}

bool pinyin_type(struct pinyin_typed *typed, const char *text)
{
	size_t len = strlen(text), used;
	bool empty = len == 0;
	uint32_t cp;

	*typed = (struct pinyin_typed){ .n = 0 };
	for (; (used = text_next(text, len, &cp)) > 0; text += used, len -= used) {
		cp = fold(cp);
		if (is_border(cp)) {
			typed->borders |= UINT64_C(1) << typed->n;
			continue;
		}
		if (typed->n == PINYIN_TYPED)
			return false;
		typed->latin |= cp >= 'a' && cp <= 'z';
		typed->cp[typed->n++] = cp;
	}
	typed->borders |= UINT64_C(1) << typed->n;
	return typed->n > 0 || empty;
}

/* ---- comparing ---- */

struct matching {
	const struct pinyin_typed *typed;
	bool initials; /* a character may be typed by its initial alone */
};

/* How many letters of a syllable stand at a place of what is typed. */
static size_t common(const struct pinyin_typed *typed, size_t at, const char *syllable)
{
	size_t n = 0;

	while (syllable[n] != '\0' && typed->cp[at + n] == (uint32_t)(unsigned char)syllable[n])
		n++;
	return n;
}

/* c, s or z with its h: two letters may stand for the syllable. */
static bool is_initial(const char *syllable, size_t n)
{
	return n == 1 || (n == 2 && syllable[1] == 'h');
}

/* The places behind a syllable that is typed at a place, as bits. */
static uint64_t behind_syllable(const struct matching *m, size_t at, const char *syllable)
{
	const struct pinyin_typed *typed = m->typed;
	size_t n = common(typed, at, syllable), whole = strlen(syllable);
	uint64_t to = 0;

	for (size_t i = 1; i <= n; i++) {
		bool border = typed->borders >> (at + i) & 1;
		bool begun = border && (m->initials || (i >= 2 && at + i == typed->n));

		if (i == whole || begun || (m->initials && is_initial(syllable, i)))
			to |= UINT64_C(1) << (at + i);
		if (border)
			break; /* no syllable goes across it */
	}
	return to;
}

static uint64_t behind_readings(const struct matching *m, size_t at, uint16_t entry)
{
	const char letter = (char)m->typed->cp[at];
	uint16_t one[1];
	const uint16_t *number = pinyin_readings(entry, one);
	uint64_t to = 0;

	for (;; number++) {
		const char *syllable = pinyin_syllable(*number);

		if (*syllable == letter)
			to |= behind_syllable(m, at, syllable);
		if (*number & PINYIN_LAST)
			return to;
	}
}

/* The places reached when a character of the name is taken at each of some places. */
static uint64_t step(const struct matching *m, uint64_t places, const struct pinyin_char *c)
{
	const struct pinyin_typed *typed = m->typed;
	uint64_t to = 0;

	while (places != 0) {
		size_t at = (size_t)__builtin_ctzll(places);

		places &= places - 1;
		if (typed->cp[at] == c->cp && at < typed->n)
			to |= UINT64_C(1) << (at + 1);
		else if (c->entry != 0 && typed->cp[at] >= 'a' && typed->cp[at] <= 'z')
			to |= behind_readings(m, at, c->entry);
	}
	return to;
}

enum pinyin_fit pinyin_fit(const struct pinyin_typed *typed, const char *name)
{
	const struct matching m = { typed, true };
	const uint64_t end = UINT64_C(1) << typed->n;
	uint64_t begun = 1, within = 1; /* reached from the beginning, from anywhere */
	enum pinyin_fit fit = typed->n == 0 ? PINYIN_BEGINS : PINYIN_NOT;
	struct pinyin_reader reader;
	struct pinyin_char c;

	if (name == NULL)
		return PINYIN_NOT;
	pinyin_read(&reader, name);
	while ((begun != 0 || fit == PINYIN_NOT) && pinyin_next(&reader, &c)) {
		c.cp = fold(c.cp);
		if (is_sign(c.cp)) { /* typed or left out */
			begun |= step(&m, begun, &c);
			within |= step(&m, within | 1, &c);
		} else {
			begun = step(&m, begun & ~end, &c);
			within = step(&m, within | 1, &c);
			if (fit == PINYIN_WHOLE)
				fit = PINYIN_BEGINS; /* there is more of it */
		}
		if (begun & end)
			fit = PINYIN_WHOLE;
		else if (within & end && fit == PINYIN_NOT)
			fit = PINYIN_WITHIN;
	}
	return fit;
}

bool pinyin_fits(const char *name, const char *text)
{
	struct pinyin_typed typed;

	return pinyin_type(&typed, text) && pinyin_fit(&typed, name) != PINYIN_NOT;
}

bool pinyin_spelled(const struct pinyin_typed *typed, const char *text)
{
	const struct matching m = { typed, false };
	const uint64_t end = UINT64_C(1) << typed->n;
	uint64_t one = 0, more = 0; /* reached by one character, by several */
	struct pinyin_reader reader;
	struct pinyin_char c;

	if (text == NULL)
		return false;
	pinyin_read(&reader, text);
	while ((more & end) == 0 && pinyin_next(&reader, &c)) {
		c.cp = fold(c.cp);
		more = step(&m, one | more, &c);
		one = step(&m, 1, &c);
	}
	return (more & end) != 0;
}

void pinyin_spell(struct str *out, const char *name)
{
	struct pinyin_reader reader;
	struct pinyin_char c;
	bool apart = false; /* a syllable ended before */
	const char *at = name;

	pinyin_read(&reader, name);
	for (; pinyin_next(&reader, &c); at = reader.text) {
		uint16_t one[1];

		if (apart || (c.entry != 0 && at != name))
			str_add_char(out, ' ');
		apart = c.entry != 0;
		if (c.entry != 0) {
			str_add(out, pinyin_syllable(*pinyin_readings(c.entry, one)));
		} else if (fold(c.cp) < 0x80) {
			str_add_char(out, (char)fold(c.cp));
		} else {
			str_add_bytes(out, at, (size_t)(reader.text - at));
		}
	}
}
