/* The filter of whistles: what is theirs alone is taken out, the rest is the filter of incidents. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/whistles.h"

enum own_field { OWN_CLASS, OWN_STEP, OWN_KIND, OWN_FLAG };

struct own_term {
	enum own_field field;
	bool negated;
	const char **codes; /* NULL-terminated; of a flag its word alone */
	struct own_term *next;
};

struct alternative {
	struct own_term *own;
	struct filter *rest;
	struct alternative *next;
};

struct whistle_filter {
	struct alternative *alternatives; /* none: all pass */
};

/* ---- flags ---- */

static bool is_unreported(const struct whistle *whistle)
{
	return whistle_step(whistle) == WHISTLE_ISSUED && whistle->reported < whistle->asked;
}

static bool is_disputed(const struct whistle *whistle)
{
	return whistle->disputed > 0;
}

static const struct {
	const char *word;
	bool (*holds)(const struct whistle *whistle);
} flags[] = {
	{ N_("unreported"), is_unreported },
	{ N_("disputed"), is_disputed },
};

const char *whistle_filter_flag(size_t i)
{
	return i < ARRAY_LEN(flags) ? flags[i].word : NULL;
}

/* ---- parsing ---- */

static const struct {
	const char *word, *title;
	enum own_field field;
} fields[] = {
	{ "class", N_("Class"), OWN_CLASS },
	{ "step", N_("Step"), OWN_STEP },
	{ "kind", N_("Kind"), OWN_KIND },
};

struct reading {
	const struct filter_ctx *ctx;
	struct arena *arena;
	struct filter_error *error;
};

/* What a field may be: codes of all kinds of whistles that the profile has. */
static void gather(const struct reading *reading, enum own_field field, struct candidates *list)
{
	const struct rules *rules = reading->ctx->rules;
	const char *names[3] = { NULL, NULL, NULL };

	for (size_t s = 0; s < rules->n_summonses; s++) {
		const struct summons *kind = &rules->summonses[s];

		if (field == OWN_KIND) {
			names[0] = kind->label;
			names[1] = kind->code;
			candidates_add(list, reading->arena, kind->code, names, NULL);
		}
		for (size_t i = 0; field == OWN_CLASS && i < kind->n_classes; i++) {
			names[0] = kind->classes[i].label;
			names[1] = kind->classes[i].code;
			candidates_add(list, reading->arena, kind->classes[i].code, names, NULL);
		}
		for (size_t i = 0; field == OWN_STEP && i < WHISTLE_STEPS; i++) {
			const char *code = whistle_step_code((enum whistle_step)i);

			names[0] = summons_step_label(rules, kind, code);
			names[1] = whistle_step_label((enum whistle_step)i);
			names[2] = code;
			candidates_add(list, reading->arena, code, names, NULL);
		}
	}
}

static enum err bad_value(const struct reading *reading, size_t at, size_t len,
			  const struct candidates *list, const char *title, const char *words)
{
	bool near;

	reading->error->at = at;
	reading->error->len = len;
	snprintf(reading->error->text, sizeof reading->error->text,
		 _("%s: %.60s is none of them; nearest: %.200s"), title, words,
		 candidates_near(list, words, reading->arena, &near));
	return ERR_INPUT;
}

static enum err own_value(const struct reading *reading, struct own_term *term, const char *title,
			  const char *words, size_t at, size_t len)
{
	struct candidates list = { 0 };
	size_t n = 0, used = 0;
	bool *fits;

	gather(reading, term->field, &list);
	fits = arena_array(reading->arena, list.n + 1, sizeof *fits);
	if (*words)
		(void)candidates_match(&list, words, true, fits, &n);
	if (n == 0)
		return bad_value(reading, at, len, &list, title, words);
	term->codes = arena_array(reading->arena, n + 1, sizeof *term->codes);
	for (size_t i = 0; i < list.n; i++)
		if (fits[i])
			term->codes[used++] = list.items[i].code;
	return ERR_OK;
}

static const char *narrowed(const struct reading *reading, const char *text, size_t len)
{
	struct str folded = STR_INIT;
	const char *kept;

	text_fold(&folded, arena_strndup(reading->arena, text, len));
	kept = arena_strdup(reading->arena, str_get(&folded));
	str_release(&folded);
	return kept;
}

/* One word, without the ! before it: true when it is one of ours. */
static bool own_word(const struct reading *reading, const char *word, struct own_term *term,
		     const char **ret_title, const char **ret_value)
{
	size_t name = strcspn(word, ":=");

	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		if (strcmp(word, flags[i].word) != 0 && strcmp(word, _(flags[i].word)) != 0)
			continue;
		term->field = OWN_FLAG;
		term->codes = arena_array(reading->arena, 2, sizeof *term->codes);
		term->codes[0] = flags[i].word;
		return true;
	}
	for (size_t i = 0; word[name] && i < ARRAY_LEN(fields); i++) {
		const char *typed = arena_strndup(reading->arena, word, name);

		if (strcmp(typed, fields[i].word) != 0 && strcmp(typed, _(fields[i].title)) != 0)
			continue;
		term->field = fields[i].field;
		*ret_title = _(fields[i].title);
		*ret_value = word + name + 1;
		return true;
	}
	return false;
}

/* Takes our words out of an alternative: blanks stand in their place, so that an error in the rest
 * marks the right bytes. */
static enum err take_own(const struct reading *reading, char *text, size_t from, size_t to,
			 struct alternative *ret_alternative)
{
	for (size_t at = from; at < to;) {
		size_t begin = at + strspn(text + at, " \t"), end, word;
		struct own_term term = { .field = OWN_FLAG };
		const char *title = "", *value = NULL;

		if (begin >= to)
			break;
		for (end = begin; end < to && !strchr(" \t", text[end]); end++)
			if (text[end] == '"') /* a phrase, with its blanks */
				for (end++; end + 1 < to && text[end] != '"'; end++)
					;
		at = end;
		for (word = begin; word < end && text[word] == '!'; word++)
			term.negated = !term.negated;
		if (!own_word(reading, narrowed(reading, text + word, end - word), &term, &title,
			      &value))
			continue;
		if (value && own_value(reading, &term, title, value, begin, end - begin) != ERR_OK)
			return ERR_INPUT;
		term.next = ret_alternative->own;
		ret_alternative->own = arena_dup(reading->arena, &term, sizeof term);
		memset(text + begin, ' ', end - begin);
	}
	return ERR_OK;
}

static size_t next_bar(const char *text, size_t from, size_t len)
{
	bool quoted = false;

	for (size_t i = from; i < len; i++) {
		if (text[i] == '"')
			quoted = !quoted;
		else if (text[i] == '|' && !quoted)
			return i;
	}
	return len;
}

enum err whistle_filter_parse(const char *text, const struct filter_ctx *ctx, struct arena *arena,
			      struct whistle_filter **ret_filter, struct filter_error *ret_error)
{
	struct whistle_filter *filter = arena_alloc(arena, sizeof *filter);
	struct filter_error ignored;
	struct reading reading = { ctx, arena, ret_error ? ret_error : &ignored };
	struct alternative **end = &filter->alternatives;
	size_t len = strlen(text);

	for (size_t from = 0; from < len;) {
		size_t to = next_bar(text, from, len);
		struct alternative *one = arena_alloc(arena, sizeof *one);
		char *copy = arena_strndup(arena, text, to);

		memset(copy, ' ', from);
		if (take_own(&reading, copy, from, to, one) != ERR_OK ||
		    filter_parse(copy, ctx, arena, &one->rest, reading.error) != ERR_OK)
			return ERR_INPUT;
		if (one->own || !filter_is_all(one->rest)) { /* a lone "|" says nothing */
			*end = one;
			end = &one->next;
		}
		from = to + 1;
	}
	*ret_filter = filter;
	return ERR_OK;
}

/* ---- matching ---- */

static bool flag_holds(const char *word, const struct whistle *whistle)
{
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (strcmp(flags[i].word, word) == 0)
			return flags[i].holds(whistle);
	return false;
}

static bool own_holds(const struct own_term *term, const struct whistle *whistle)
{
	const char *value = term->field == OWN_CLASS  ? whistle->cls
			    : term->field == OWN_STEP ? whistle->step
						      : whistle->summons;

	if (term->field == OWN_FLAG)
		return flag_holds(term->codes[0], whistle);
	for (size_t i = 0; term->codes[i]; i++)
		if (str_eq(term->codes[i], value))
			return true;
	return false;
}

bool whistle_filter_match(const struct whistle_filter *filter, const struct whistle *whistle,
			  const struct filter_ctx *ctx)
{
	struct arena arena = ARENA_INIT;
	struct incident incident;
	bool passes = filter->alternatives == NULL;

	if (passes)
		return true;
	whistle_as_case(whistle, ctx, &arena, &incident);
	for (const struct alternative *one = filter->alternatives; one && !passes;
	     one = one->next) {
		const struct own_term *term = one->own;

		while (term && own_holds(term, whistle) != term->negated)
			term = term->next;
		passes = !term && filter_match(one->rest, &incident, ctx);
	}
	arena_release(&arena);
	return passes;
}
