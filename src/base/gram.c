#include <config.h>

#include "zhiban/base/gram.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { CP_BITS = 21 };

/* Blocks of punctuation and signs; folding has made full-width forms narrow. */
static const struct {
	uint32_t from, to;
} signs[] = {
	{ 0x00, 0x2F },	    { 0x3A, 0x40 },	{ 0x5B, 0x60 },	    { 0x7B, 0xA9 },
	{ 0xAB, 0xB4 },	    { 0xB6, 0xB9 },	{ 0xBB, 0xBF },	    { 0x2000, 0x206F },
	{ 0x2190, 0x245F }, { 0x2500, 0x27BF }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 },
	{ 0x3030, 0x303F }, { 0xFE10, 0xFE6F }, { 0xFFFD, 0xFFFD },
};

static bool is_letter(uint32_t cp)
{
	for (size_t i = 0; i < ARRAY_LEN(signs) && cp >= signs[i].from; i++)
		if (cp <= signs[i].to)
			return false;
	return true;
}

static void add_folded(struct grams *grams, const char *s, size_t len)
{
	uint32_t before = 0, cp;

	for (size_t at = 0, used; at < len; at += used) {
		used = text_next(s + at, len - at, &cp);
		if (!is_letter(cp)) {
			before = 0;
			continue;
		}
		if (before != 0) {
			MEM_GROW(grams->items, grams->n, grams->cap);
			grams->items[grams->n++] = (int64_t)before << CP_BITS | cp;
		}
		before = cp;
	}
}

void grams_add(struct grams *grams, const char *text)
{
	struct str folded = STR_INIT;

	if (text == NULL)
		return;
	text_fold(&folded, text);
	add_folded(grams, str_get(&folded), folded.len);
	str_release(&folded);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void grams_sort(struct grams *grams)
{
	size_t n = 0;

	if (grams->n == 0)
		return;
	qsort(grams->items, grams->n, sizeof *grams->items, by_number);
	for (size_t i = 1; i < grams->n; i++)
		if (grams->items[i] != grams->items[n])
			grams->items[++n] = grams->items[i];
	grams->n = n + 1;
}

void grams_release(struct grams *grams)
{
	free(grams->items);
	*grams = (struct grams)GRAMS_INIT;
}

/* --- words ----------------------------------------------------------------------------------- */

static enum err check_word(const char *word, bool pairs, struct error *err)
{
	struct grams grams = GRAMS_INIT;
	size_t n = text_longer(word, 1);

	if (pairs) {
		add_folded(&grams, word, strlen(word));
		n = grams.n;
		grams_release(&grams);
	}
	if (n > 0)
		return ERR_OK;
	return error_set(err, ERR_INPUT,
			 _("\"%.60s\" is too short to be looked for: two characters at least"), word);
}

static enum err parse(const char *text, bool pairs, struct gram_words *ret_words,
		      struct error *err)
{
	struct gram_words words = { .folded = STR_INIT };
	enum err code = ERR_OK;
	char *at;

	text_fold(&words.folded, text);
	(void)str_get(&words.folded); /* an empty one too ends with NUL */
	at = words.folded.s;
	while (code == ERR_OK && at != NULL && *at != '\0') {
		char *word = at + strspn(at, " ");
		size_t len = strcspn(word, " ");

		if (len == 0)
			break;
		at = word + len + (word[len] != '\0');
		word[len] = '\0';
		if (words.n == GRAM_WORDS)
			code = error_set(err, ERR_INPUT, _("at most %d words can be looked for"),
					 GRAM_WORDS);
		else
			code = check_word(word, pairs, err);
		if (code == ERR_OK)
			words.word[words.n++] = word;
	}
	if (code == ERR_OK && words.n == 0)
		code = error_set(err, ERR_INPUT, "%s", _("words to look for are wanted"));
	if (code != ERR_OK)
		str_release(&words.folded);
	else
		*ret_words = words;
	return code;
}

enum err gram_words_parse(const char *text, struct gram_words *ret_words, struct error *err)
{
	return parse(text, true, ret_words, err);
}

enum err gram_words_split(const char *text, struct gram_words *ret_words, struct error *err)
{
	return parse(text, false, ret_words, err);
}

void gram_words_release(struct gram_words *words)
{
	str_release(&words->folded);
}

bool gram_words_in(const struct gram_words *words, const char *folded)
{
	for (size_t i = 0; i < words->n; i++)
		if (strstr(folded, words->word[i]) == NULL)
			return false;
	return true;
}

/* A text folded grapheme by grapheme, and for each byte of that where its grapheme begins. */
struct folding {
	struct str folded;
	uint32_t *from;
	size_t n, cap;
};

static void fold_each(struct folding *folding, const char *text)
{
	size_t len = strlen(text);

	for (size_t at = 0, used; at < len; at += used) {
		struct str one = STR_INIT, grapheme = STR_INIT;

		used = text_grapheme(text + at, len - at);
		str_add_bytes(&grapheme, text + at, used);
		text_fold(&one, str_get(&grapheme));
		if (str_get(&one)[0] != ' ' || folding->folded.len == 0 ||
		    folding->folded.s[folding->folded.len - 1] != ' ') {
			str_add_bytes(&folding->folded, one.s, one.len);
			for (size_t i = 0; i < one.len; i++) {
				MEM_GROW(folding->from, folding->n, folding->cap);
				folding->from[folding->n++] = (uint32_t)at;
			}
		}
		str_release(&one);
		str_release(&grapheme);
	}
	MEM_GROW(folding->from, folding->n, folding->cap);
	folding->from[folding->n] = (uint32_t)len;
}

size_t gram_words_spans(const struct gram_words *words, const char *text, struct gram_span *spans,
			size_t max)
{
	struct folding folding = { .folded = STR_INIT };
	const char *s;
	size_t n = 0, at = 0;

	fold_each(&folding, text);
	s = str_get(&folding.folded);
	while (n < max && at < folding.folded.len) {
		const char *first = NULL;
		size_t len = 0, end;

		for (size_t i = 0; i < words->n; i++) {
			const char *hit = strstr(s + at, words->word[i]);
			size_t word = strlen(words->word[i]);

			if (hit != NULL && (first == NULL || hit < first ||
					    (hit == first && word > len))) {
				first = hit;
				len = word;
			}
		}
		if (first == NULL)
			break;
		at = (size_t)(first - s);
		spans[n].at = folding.from[at];
		for (end = at + len; end < folding.n && end > 0 &&
				     folding.from[end] == folding.from[end - 1];)
			end++; /* a grapheme is marked whole */
		spans[n].len = folding.from[end] - spans[n].at;
		n++;
		at = end > at ? end : at + 1;
	}
	str_release(&folding.folded);
	free(folding.from);
	return n;
}
