/* Which of the candidates is meant by what was typed, and which are near it. */
#include <config.h>

#include <string.h>
#include <strings.h>

#include "filter_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/candidate.h"

enum { NEAREST = 4, WORD_MAX = 48 };

void candidate_type(struct candidate_typed *typed, const char *words, bool pinyin,
		    struct arena *arena)
{
	struct str folded = STR_INIT;

	text_fold(&folded, words);
	typed->folded = arena_strdup(arena, str_get(&folded));
	typed->by_pinyin = pinyin && pinyin_type(&typed->pinyin, words) && typed->pinyin.latin;
	str_release(&folded);
}

/* A code is no name: a piece out of its middle says nothing. */
static bool in_code(const struct candidate *item, const char *name,
		    const struct candidate_typed *typed)
{
	return strcmp(name, item->code) == 0 && *typed->folded != '\0' &&
	       strncasecmp(name, typed->folded, strlen(typed->folded)) != 0;
}

static enum candidate_fit fit_name(const struct candidate *item, const char *name,
				   const struct candidate_typed *typed)
{
	enum folded_fit text = folded_find(name, typed->folded);

	if (text == FOLDED_PART && in_code(item, name, typed))
		return CANDIDATE_NOT;
	if (text != FOLDED_NOT)
		return text == FOLDED_SAME ? CANDIDATE_EXACT : CANDIDATE_PART;
	if (!typed->by_pinyin)
		return CANDIDATE_NOT;
	switch (pinyin_fit(&typed->pinyin, name)) {
	case PINYIN_WHOLE:
		return CANDIDATE_PART;
	case PINYIN_BEGINS:
		return CANDIDATE_BEGINS;
	case PINYIN_WITHIN:
		return CANDIDATE_WITHIN;
	case PINYIN_NOT:
		break;
	}
	return CANDIDATE_NOT;
}

enum candidate_fit candidate_fit(const struct candidate *item, const struct candidate_typed *typed)
{
	enum candidate_fit best = CANDIDATE_NOT;

	for (const char **name = item->names; *name != NULL && best != CANDIDATE_EXACT; name++) {
		enum candidate_fit fit = fit_name(item, *name, typed);

		best = fit > best ? fit : best;
	}
	return best;
}

enum candidate_fit candidates_match(const struct candidates *list, const char *words, bool pinyin,
				    bool *fits, size_t *ret_n)
{
	struct arena arena = ARENA_INIT;
	struct candidate_typed typed;
	enum candidate_fit best = CANDIDATE_NOT;
	size_t n = 0;

	candidate_type(&typed, words, pinyin, &arena);
	for (size_t i = 0; i < list->n; i++) {
		enum candidate_fit fit = candidate_fit(&list->items[i], &typed);

		if (fit > best) { /* what fitted less well is not meant */
			best = fit;
			n = 0;
			memset(fits, 0, i * sizeof *fits);
		}
		fits[i] = fit == best && fit != CANDIDATE_NOT;
		n += fits[i];
	}
	arena_release(&arena);
	*ret_n = n;
	return best;
}

/* ---- the nearest ---- */

static size_t code_points(const char *s, uint32_t cps[WORD_MAX])
{
	size_t len = strlen(s), n = 0;

	while (len > 0 && n < WORD_MAX) {
		size_t used = text_next(s, len, &cps[n++]);
		s += used;
		len -= used;
	}
	return n;
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	unsigned ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Levenshtein's distance of two folded words, in characters; most: as much or more does not
 * matter. */
static unsigned distance(const char *a, const char *b, unsigned most)
{
	uint32_t x[WORD_MAX], y[WORD_MAX];
	size_t nx = code_points(a, x), ny = code_points(b, y);
	unsigned row[WORD_MAX + 1], nearest = 0;

	if ((nx > ny ? nx - ny : ny - nx) >= most)
		return most; /* so many have to be added at least */
	for (size_t j = 0; j <= ny; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= nx && nearest < most; i++) {
		unsigned diagonal = row[0];
		nearest = row[0] = (unsigned)i;
		for (size_t j = 1; j <= ny; j++) {
			unsigned above = row[j];
			row[j] = least(above + 1, row[j - 1] + 1,
				       diagonal + (x[i - 1] != y[j - 1]));
			diagonal = above;
			nearest = row[j] < nearest ? row[j] : nearest;
		}
	}
	return nearest < most ? row[ny] : most;
}

struct near {
	const char *shown;
	unsigned distance;
	size_t length; /* of the name compared, in characters */
};

static bool take_nearer(struct near *best, const char *name, const char *word)
{
	unsigned d = distance(name, word, best->distance);

	if (d >= best->distance)
		return false;
	best->distance = d;
	best->length = text_chars(name);
	return true;
}

/* A name as it is typed in pinyin, without blanks. */
static void spell(struct str *out, const char *name)
{
	struct str spelled = STR_INIT;

	str_clear(out);
	pinyin_spell(&spelled, name);
	for (const char *s = str_get(&spelled); *s != '\0'; s++)
		if (*s != ' ')
			str_add_char(out, *s);
	str_release(&spelled);
}

/* Farther ones than that are of no use. */
static struct near nearest_name(const struct candidate *item, const char *word, bool pinyin,
				unsigned farthest)
{
	struct near best = { item->names[0], farthest, 0 };
	struct str folded = STR_INIT;

	for (const char **name = item->names; *name != NULL; name++) {
		str_clear(&folded);
		text_fold(&folded, *name);
		/* the name that is meant is shown, be it the code */
		if (take_nearer(&best, str_get(&folded), word) && *word != '\0')
			best.shown = *name;
		if (!pinyin || (unsigned char)**name < 0x80)
			continue; /* a code, most likely */
		spell(&folded, *name);
		if (take_nearer(&best, str_get(&folded), word))
			best.shown = *name;
	}
	str_release(&folded);
	return best;
}

const char *candidates_near(const struct candidates *list, const char *words, struct arena *arena,
			    bool *ret_near)
{
	struct near best[NEAREST + 1];
	struct str word = STR_INIT, out = STR_INIT;
	struct pinyin_typed typed;
	const char *text;
	bool pinyin = pinyin_type(&typed, words) && typed.latin;
	size_t n = 0;

	text_fold(&word, words);
	for (size_t i = 0; i < list->n && (*words != '\0' || n < NEAREST); i++) {
		unsigned farthest = n == NEAREST ? best[NEAREST - 1].distance : WORD_MAX + 1;
		struct near one = nearest_name(&list->items[i], str_get(&word), pinyin, farthest);
		size_t at = n;
		while (at > 0 && *words != '\0' && best[at - 1].distance > one.distance) {
			best[at] = best[at - 1];
			at--;
		}
		best[at] = one;
		if (n < NEAREST)
			n++;
	}
	for (size_t i = 0; i < n; i++)
		str_addf(&out, "%s%s", i > 0 ? ", " : "", best[i].shown);
	*ret_near = n > 0 && best[0].distance <= 1 + best[0].length / 5 &&
		    best[0].distance < best[0].length;
	text = arena_strdup(arena, str_get(&out));
	str_release(&out);
	str_release(&word);
	return text;
}

/* ---- one that is meant ---- */

static bool stands(const struct rules *rules, const struct field *field, const char *code,
		   int64_t now)
{
	const struct org *org = field->type == FIELD_ORG ? rules_org(rules, code) : NULL;

	return org == NULL || org->ends == 0 || org->ends > now;
}

static enum err several(const char *name, const char *words, const struct candidates *list,
			const bool *fits, struct error *err)
{
	struct str names = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		if (!fits[i])
			continue;
		if (n++ < NEAREST)
			str_addf(&names, "%s%s", n > 1 ? ", " : "", list->items[i].names[0]);
	}
	error_set(err, ERR_INPUT, _("%s: \"%.60s\" may be %s%s; write more of it"), name, words,
		  str_get(&names), n > NEAREST ? " .." : "");
	str_release(&names);
	return ERR_INPUT;
}

static enum err only_one(const struct rules *rules, const struct field *field, const char *words,
			 int64_t now, struct arena *arena, struct candidates *ret_list,
			 const char **ret_code, struct error *err)
{
	struct candidates list;
	bool *fits;
	const char *code = NULL;
	enum candidate_fit best;
	size_t n = 0;

	*ret_list = (struct candidates){ .items = NULL };
	if (words[strspn(words, "0123456789")] == '\0' || !candidates_of(rules, field, arena, &list))
		return ERR_NOT_FOUND;
	fits = arena_array(arena, list.n + 1, sizeof *fits);
	for (size_t i = 0; i < list.n; i++)
		if (stands(rules, field, list.items[i].code, now))
			list.items[n++] = list.items[i];
	list.n = n;
	*ret_list = list;
	best = candidates_match(&list, words, true, fits, &n);
	if (n == 0 || (list.open && best < CANDIDATE_PART))
		return ERR_NOT_FOUND;
	for (size_t i = 0; i < list.n; i++) {
		if (fits[i] && code != NULL && strcmp(code, list.items[i].code) != 0)
			return best == CANDIDATE_EXACT
				       ? ERR_NOT_FOUND
				       : several(_(field->title), words, &list, fits, err);
		if (fits[i])
			code = list.items[i].code;
	}
	*ret_code = code;
	return ERR_OK;
}

enum err candidates_meant(const struct rules *rules, const struct field *field, const char *words,
			  int64_t now, struct arena *arena, const char **ret_code, bool *ret_found,
			  struct error *err)
{
	struct candidates list;
	const char *found;
	enum err code = only_one(rules, field, words, now, arena, &list, &found, err);

	if (code == ERR_INPUT)
		return code;
	*ret_found = code == ERR_OK;
	if (code == ERR_OK)
		*ret_code = found;
	return ERR_OK;
}

const struct choice *candidates_choice(const struct choices *choices, const char *words)
{
	const struct choice *choice = choices_named(choices, words);
	struct arena arena = ARENA_INIT;
	struct candidates list = { .items = NULL };
	size_t n = 0;
	bool *fits;

	if (choice != NULL || words == NULL || *words == '\0')
		return choice;
	for (size_t i = 0; i < choices->n; i++) {
		const char *const own[3] = { choices->items[i].label, choices->items[i].code };

		candidates_add(&list, &arena, own[1], own, choices->items[i].words);
	}
	fits = arena_array(&arena, list.n + 1, sizeof *fits);
	candidates_match(&list, words, true, fits, &n);
	for (size_t i = 0; n == 1 && i < list.n; i++)
		if (fits[i])
			choice = &choices->items[i];
	arena_release(&arena);
	return choice;
}

static const struct field any_org = { .name = "org", .title = N_("Organisation"),
				       .type = FIELD_ORG };

static enum err no_such_org(const struct candidates *list, const char *words, struct arena *arena,
			    struct error *err)
{
	bool is_near;

	return error_set(err, ERR_INPUT, _("there is no organisation %.60s; nearest: %s"), words,
			 candidates_near(list, words, arena, &is_near));
}

enum err candidates_org_exactly(const struct rules *rules, const char *words,
				const struct org **ret_org, struct error *err)
{
	const struct org *org = rules_org_named(rules, words);
	struct arena arena = ARENA_INIT;
	struct candidates list;
	enum err code = ERR_OK;

	if (org == NULL && candidates_of(rules, &any_org, &arena, &list))
		code = no_such_org(&list, words, &arena, err);
	else
		*ret_org = org;
	arena_release(&arena);
	return code;
}

enum err candidates_org(const struct rules *rules, const char *words, int64_t now,
			const struct org **ret_org, struct error *err)
{
	const struct org *org = rules_org_named(rules, words);
	struct arena arena = ARENA_INIT;
	struct candidates list;
	const char *found;
	enum err code = ERR_OK;

	if (org == NULL)
		code = only_one(rules, &any_org, words, now, &arena, &list, &found, err);
	if (code == ERR_NOT_FOUND)
		code = no_such_org(&list, words, &arena, err);
	if (code == ERR_OK)
		*ret_org = org != NULL ? org : rules_org(rules, found);
	arena_release(&arena);
	return code;
}
