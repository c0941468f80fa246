/* What stands behind a field's name in a filter. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static const struct { /* days by name */
	const char *word;
	int days;
} days[] = {
	{ N_("today"), 0 },
	{ N_("yesterday"), -1 },
	{ N_("tomorrow"), 1 },
};

bool filter_is_last_shift(const char *words)
{
	return strcmp(words, FILTER_LAST_SHIFT) == 0 || strcmp(words, _("last-shift")) == 0;
}

const char *parse_folded(const struct parse *parse, struct word word)
{
	struct str out = STR_INIT;
	const char *text;

	text_fold(&out, arena_strndup(parse->arena, parse->text + word.at, word.len));
	text = arena_strdup(parse->arena, str_get(&out));
	str_release(&out);
	return text;
}

enum err parse_bad(struct parse *parse, struct word word, const char *fmt, ...)
{
	struct filter_error *error = parse->error;
	va_list ap;
	size_t len;

	error->at = word.at;
	error->len = word.len;
	va_start(ap, fmt);
	vsnprintf(error->text, sizeof error->text, fmt, ap);
	va_end(ap);
	len = strlen(error->text);
	while (len > 0 && !text_valid(error->text, len))
		len--; /* cut inside a character */
	error->text[len] = '\0';
	return ERR_INPUT;
}

static enum err unknown_value(struct parse *parse, struct word value, const char *name,
			      const char *words, const char *nearest)
{
	if (value.len == 0)
		return parse_bad(parse, value, _("%s: a value is missing, such as %s"), name,
				 nearest);
	return parse_bad(parse, value, _("%s: there is no %.60s; nearest: %s"), name, words,
			 nearest);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* An organisation stands for all below it, but the root for itself alone: else it were no
 * filter. */
static void widen(const struct rules *rules, struct term *term)
{
	size_t n_named = term->n_codes;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = rules_org(rules, rules->orgs[i].parent);
		bool named = false, below = false;

		for (size_t k = 0; k < n_named && !named; k++)
			named = str_eq(term->codes[k], rules->orgs[i].code);
		for (int depth = 0; !named && !below && org != NULL && depth < 16; depth++) {
			for (size_t k = 0; k < n_named && !below; k++)
				below = str_eq(term->codes[k], org->code) &&
					!str_eq(org->code, rules->centre);
			org = rules_org(rules, org->parent);
		}
		if (below)
			term->codes[term->n_codes++] = rules->orgs[i].code;
	}
}

static enum err listed_value(struct parse *parse, struct term *term, const char *name,
			     struct word value, bool quoted)
{
	const struct rules *rules = parse->ctx->rules;
	const char *words = parse_folded(parse, value);
	struct candidates list;
	bool *fits, is_near = false;
	size_t n = 0;

	if (!candidates_of(rules, term->field, parse->arena, &list))
		list = (struct candidates){ .open = true };
	fits = arena_array(parse->arena, list.n + 1, sizeof *fits);
	if (*words != '\0')
		candidates_match(&list, words, !quoted, fits, &n);
	if (n == 0) {
		const char *nearest = candidates_near(&list, words, parse->arena, &is_near);
		/* words of an import are kept where the rules know no such code */
		if (*words == '\0' || (!quoted && (!list.open || is_near)))
			return unknown_value(parse, value, name, words, nearest);
		term->kind = TERM_HAS;
		term->needle = words;
		return ERR_OK;
	}
	term->codes = arena_array(parse->arena, list.n + rules->n_orgs, sizeof *term->codes);
	for (size_t i = 0; i < list.n; i++)
		if (fits[i])
			term->codes[term->n_codes++] = list.items[i].code;
	if (term->kind == TERM_PARTY)
		widen(rules, term);
	qsort(term->codes, term->n_codes, sizeof *term->codes, by_text);
	return ERR_OK;
}

bool parse_is_sort(const struct parse *parse, const char *name)
{
	return parse->ctx->sorts != NULL &&
	       (strcmp(name, FILTER_SORT) == 0 || strcmp(name, _("kind")) == 0);
}

enum err parse_sort(struct parse *parse, struct term *term, const char *name, struct word value,
		    bool quoted)
{
	const char *words = parse_folded(parse, value);
	struct candidates list = candidates_of_sorts(parse->ctx->sorts, parse->arena);
	bool *fits = arena_array(parse->arena, list.n + 1, sizeof *fits), is_near;
	size_t n = 0;

	term->kind = TERM_SORT;
	if (*words != '\0')
		candidates_match(&list, words, !quoted, fits, &n);
	if (n == 0)
		return unknown_value(parse, value, name, words,
				     candidates_near(&list, words, parse->arena, &is_near));
	term->codes = arena_array(parse->arena, list.n, sizeof *term->codes);
	for (size_t i = 0; i < list.n; i++)
		if (fits[i])
			term->codes[term->n_codes++] = list.items[i].code;
	qsort(term->codes, term->n_codes, sizeof *term->codes, by_text);
	return ERR_OK;
}

static enum err choice_value(struct parse *parse, struct term *term, const char *name,
			     struct word value, bool quoted)
{
	const char *words = parse_folded(parse, value);
	struct candidates list;
	bool *fits, is_near;
	long long num;
	size_t n = 0;

	term->kind = TERM_NUM;
	if (!candidates_of(parse->ctx->rules, term->field, parse->arena, &list))
		list = (struct candidates){ .items = NULL };
	if (str_int(words, 0, term->field->max, &num)) {
		term->num = num;
		return ERR_OK;
	}
	fits = arena_array(parse->arena, list.n + 1, sizeof *fits);
	if (*words != '\0')
		candidates_match(&list, words, !quoted, fits, &n);
	for (size_t i = 0; n > 0 && i < list.n; i++)
		if (fits[i]) {
			term->num = (int64_t)i + 1;
			return ERR_OK;
		}
	return unknown_value(parse, value, name, words,
			     candidates_near(&list, words, parse->arena, &is_near));
}

static bool day_value(const char *words, struct when *ret_when)
{
	for (size_t i = 0; i < ARRAY_LEN(days); i++)
		if (strcmp(days[i].word, words) == 0 || strcmp(_(days[i].word), words) == 0) {
			*ret_when = (struct when){ WHEN_DAY, days[i].days, DAY_MS };
			return true;
		}
	return false;
}

/* A duration counts into the future for a deadline, into the past for what has happened. */
static bool duration_value(const char *words, bool future, struct when *ret_when)
{
	struct limit limit;
	int64_t ms;

	if (limit_parse(words, &limit, NULL) != ERR_OK || limit.from_clock >= 0)
		return false;
	if (limit.unit != LIMIT_MINUTES && limit.unit != LIMIT_DAYS)
		return false;
	ms = limit.amount * (limit.unit == LIMIT_DAYS ? DAY_MS : MINUTE_MS);
	*ret_when = (struct when){ WHEN_FROM_NOW, future ? ms : -ms, 0 };
	return true;
}

/* From the end of the actor's last shift on.  What was reported before it and moved since is news to
 * him too, so since: looks at the latest move. */
static enum err shift_value(struct parse *parse, struct term *term, const char *name,
			    struct word value)
{
	const struct filter_ctx *ctx = parse->ctx;
	int64_t ended = ctx->last_shift != NULL ? ctx->last_shift(ctx->shift_of) : 0;

	if (ended == 0)
		return parse_bad(parse, value, "%s",
				 _("no duty of yours that has ended is known here"));
	if (strcmp(name, "since") == 0)
		term->field = filter_field("moved_at");
	if (term->op == OP_IS)
		term->op = OP_MORE_EQ;
	term->when = (struct when){ WHEN_AT, ended, 0 };
	return ERR_OK;
}

static enum err time_value(struct parse *parse, struct term *term, const char *name,
			   struct word value)
{
	const char *words = parse_folded(parse, value);
	bool future = strcmp(term->field->name, "due") == 0;
	int64_t ms;

	term->kind = TERM_TIME;
	if (filter_is_last_shift(words))
		return shift_value(parse, term, name, value);
	if (day_value(words, &term->when))
		return ERR_OK;
	if (duration_value(words, future, &term->when)) {
		/* due:2h is within two hours, closed_at:2d in the last two days */
		if (term->op == OP_IS)
			term->op = future ? OP_LESS_EQ : OP_MORE_EQ;
		return ERR_OK;
	}
	/* folding made a T small */
	words = arena_strndup(parse->arena, parse->text + value.at, value.len);
	if (civil_parse(words, parse->ctx->rules->offset_min, &ms, NULL) != ERR_OK)
		return parse_bad(parse, value,
				 _("%s: \"%.60s\" is no time; write 2h, 3d, today, yesterday "
				   "or 2026-11-22"),
				 name, words);
	term->when = (struct when){ WHEN_AT, ms, strchr(words, ':') != NULL ? MINUTE_MS : DAY_MS };
	return ERR_OK;
}

static enum err plain_value(struct parse *parse, struct term *term, const char *name,
			    struct word value)
{
	const char *words = parse_folded(parse, value);
	struct value parsed;
	struct error err;

	if (field_is_text(term->field)) {
		term->kind = TERM_HAS;
		term->needle = words;
		if (value.len == 0)
			return parse_bad(parse, value, _("%s: a value is missing"), name);
		return ERR_OK;
	}
	term->kind = TERM_NUM;
	if (field_parse(term->field, words, 0, parse->arena, &parsed, &err) != ERR_OK)
		return parse_bad(parse, value, "%s", err.text);
	term->num = parsed.num;
	return ERR_OK;
}

/* ---- a word alone ---- */

/* What a word must be to name a place: streets by how they begin, from two characters on; the many
 * communities by the whole name, in pinyin spelled out a little. */
static bool names_place(const struct candidate *item, const struct candidate_typed *typed,
			bool street)
{
	size_t least = street ? 2 : 4;

	for (const char **name = item->names; *name != NULL; name++) {
		enum folded_fit text = folded_find(*name, typed->folded);
		enum pinyin_fit fit = PINYIN_NOT;

		if (text == FOLDED_SAME && strcmp(*name, item->code) != 0)
			return true;
		if (typed->pinyin.n >= (typed->by_pinyin ? least : 2))
			fit = pinyin_fit(&typed->pinyin, *name);
		if (fit == PINYIN_WHOLE || (street && fit == PINYIN_BEGINS))
			return strcmp(*name, item->code) != 0;
	}
	return false;
}

static void add_places(struct parse *parse, struct term *term, const char *tier,
		       const struct candidate_typed *typed)
{
	const struct rules *rules = parse->ctx->rules;
	const struct field *field = filter_field(tier);
	struct candidates list;
	const char **codes;

	if (field == NULL || choices_find(&rules->tiers, tier) == NULL ||
	    !candidates_of(rules, field, parse->arena, &list))
		return;
	codes = arena_array(parse->arena, term->n_codes + list.n + 1, sizeof *codes);
	for (size_t i = 0; i < term->n_codes; i++)
		codes[i] = term->codes[i];
	term->codes = codes;
	for (size_t i = 0; i < list.n; i++)
		if (names_place(&list.items[i], typed, strcmp(tier, "street") == 0))
			codes[term->n_codes++] = list.items[i].code;
}

void parse_named(struct parse *parse, struct term *term)
{
	enum { SPELLED_LEAST = 4 }; /* letters: shorter ones are found everywhere */
	struct candidate_typed typed;

	candidate_type(&typed, term->needle, true, parse->arena);
	if (strspn(term->needle, "0123456789-/.") == strlen(term->needle))
		return;
	if (!typed.by_pinyin && !pinyin_type(&typed.pinyin, term->needle))
		return;
	add_places(parse, term, "street", &typed);
	add_places(parse, term, "community", &typed);
	if (term->n_codes > 0)
		qsort(term->codes, term->n_codes, sizeof *term->codes, by_text);
	if (typed.by_pinyin && typed.pinyin.n >= SPELLED_LEAST)
		term->spelled = arena_dup(parse->arena, &typed.pinyin, sizeof typed.pinyin);
	if (term->n_codes > 0 || term->spelled != NULL)
		term->kind = TERM_NAMED;
}

enum err parse_value(struct parse *parse, struct term *term, const char *name, struct word value,
		     bool quoted)
{
	switch (term->field->type) {
	case FIELD_CODE:
	case FIELD_ORG:
		return listed_value(parse, term, name, value, quoted);
	case FIELD_CHOICE:
		return choice_value(parse, term, name, value, quoted);
	case FIELD_TIME:
		return time_value(parse, term, name, value);
	case FIELD_TEXT:
	case FIELD_PERSON:
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_MICRO:
		return plain_value(parse, term, name, value);
	}
	return ERR_INPUT;
}
