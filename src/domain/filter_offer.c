#include <config.h>

#include "zhiban/domain/filter_offer.h"

#include <string.h>

#include "filter_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* The words of the language that are offered before anything is typed, with what they are for. */
static const struct {
	const char *word, *help;
} first[] = {
	{ "step:", N_("step of the flow") },
	{ "street:", N_("street or town") },
	{ "dept:", N_("who holds it") },
	{ "src:", N_("source, or number at the source") },
	{ "sev>=", N_("severity at least") },
	{ "urg:", N_("urgency") },
	{ "cat:", N_("category") },
	{ "due<", N_("less time left than 30m, 2h, 1d") },
	{ "since:", N_("reported since a date") },
};

static const struct { /* flags that their word alone does not explain */
	const char *flag, *help;
} explained[] = {
	{ "overdue", N_("past its deadline") },
	{ "open", N_("not closed") },
	{ "mine", N_("held by my organisation") },
	{ "hard", N_("marked as a hard case") },
	{ "owed", N_("recorded on behalf, not countersigned") },
	{ "paused", N_("its clocks stand still") },
	{ "offered", N_("may be sent up") },
	{ "asked", N_("an extension is asked for") },
	{ "undetermined", N_("on nobody's duty list") },
	{ "callback", N_("a call back is owed") },
	{ "candidate", N_("put to the meeting") },
	{ "elsewhere", N_("transferred out") },
};

static const char *const times_ahead[] = { "30m", "2h", "4h", "1d", "3d", "today", "tomorrow" };
static const char *const times_behind[] = { "today", "yesterday", "2h", "12h", "1d", "7d", "30d" };
static const char *const my_shift[] = { FILTER_LAST_SHIFT };
static const char *const truths[] = { "yes", "no" };

struct offering {
	const struct filter_ctx *ctx;
	struct arena *arena;
	struct filter_offers *offers;
	const char *word;		/* the typed part of it, unfolded */
	struct candidate_typed typed;	/* the same, or of the value */
	const char *before;		/* what stands before a value: "street:" */
};

static void offer(struct offering *to, const char *word, const char *help)
{
	struct filter_offers *offers = to->offers;

	if (offers->n == FILTER_OFFERS || strcmp(word, to->word) == 0)
		return;
	for (size_t i = 0; i < offers->n; i++)
		if (strcmp(offers->items[i].word, word) == 0)
			return;
	if (offers->items == NULL)
		offers->items = arena_array(to->arena, FILTER_OFFERS, sizeof *offers->items);
	offers->items[offers->n++] = (struct filter_offer){ word, help };
}

/* ---- fields and flags ---- */

enum how { HOW_NOT, HOW_PINYIN, HOW_TEXT };

static enum how begins(const struct offering *to, const char *name)
{
	struct str folded = STR_INIT;
	bool same;

	text_fold(&folded, name);
	same = str_starts(str_get(&folded), to->typed.folded);
	str_release(&folded);
	if (same)
		return HOW_TEXT;
	return to->typed.by_pinyin && pinyin_fit(&to->typed.pinyin, name) >= PINYIN_BEGINS
		       ? HOW_PINYIN
		       : HOW_NOT;
}

/* A word of the language, or its translation when that was typed. */
static void offer_either(struct offering *to, const char *word, const char *translated,
			 const char *help)
{
	if (begins(to, word) == HOW_TEXT)
		offer(to, word, help);
	else if (begins(to, translated) != HOW_NOT)
		offer(to, translated, help);
}

static const char *flag_help(const char *flag)
{
	for (size_t i = 0; i < ARRAY_LEN(explained); i++)
		if (strcmp(explained[i].flag, flag) == 0)
			return _(explained[i].help);
	return _(flag);
}

static void offer_flags(struct offering *to)
{
	const char *flag;

	for (size_t i = 0; (flag = filter_flag(i)) != NULL; i++) {
		const char *help = flag_help(flag);

		if (begins(to, flag) == HOW_TEXT)
			offer(to, flag, help);
		else if (begins(to, _(flag)) != HOW_NOT)
			offer(to, _(flag), help == _(flag) ? flag : help);
	}
}

static void offer_first(struct offering *to)
{
	for (size_t i = 0; i < ARRAY_LEN(first); i++) {
		const char *word = first[i].word;
		size_t len = strcspn(word, ":<>");
		const struct field *field =
			filter_field(arena_strndup(to->arena, word, len));
		const char *title = field != NULL ? _(field->title) : word;

		offer_either(to, word, arena_printf(to->arena, "%s%s", title, word + len),
			     _(first[i].help));
	}
}

static void offer_fields(struct offering *to)
{
	const struct candidates fields = candidates_of_fields(to->arena);

	for (size_t i = 0; i < fields.n; i++) {
		const struct field *field = filter_field(fields.items[i].code);
		const char *name = fields.items[i].names[0], *op = ":";

		if (field == NULL) /* dept, since: among the first */
			continue;
		if (field->type == FIELD_TIME)
			op = strcmp(field->name, "due") == 0 ? "<" : ">=";
		if (begins(to, name) == HOW_TEXT)
			offer(to, arena_printf(to->arena, "%s%s", name, op), _(field->title));
		else if (begins(to, _(field->title)) != HOW_NOT)
			offer(to, arena_printf(to->arena, "%s%s", _(field->title), op), name);
	}
}

/* ---- values ---- */

/* A name as it can stand in a filter. */
static const char *quoted(const char *name, struct arena *arena)
{
	return name[strcspn(name, " |\"!:<>=")] != '\0' ? arena_printf(arena, "\"%s\"", name)
							 : name;
}

/* The first of its names, but the code where others are called the same. */
static const char *only_name(const struct candidates *list, const struct candidate *item)
{
	for (size_t i = 0; i < list->n; i++)
		if (&list->items[i] != item && strcmp(list->items[i].names[0], item->names[0]) == 0 &&
		    strcmp(list->items[i].code, item->code) != 0)
			return item->code;
	return item->names[0];
}

static void offer_list(struct offering *to, const struct candidates *list,
		       enum candidate_fit least, size_t most)
{
	enum candidate_fit *fits = arena_array(to->arena, list->n + 1, sizeof *fits);
	size_t stop = to->offers->n + most;

	for (size_t i = 0; i < list->n; i++)
		fits[i] = candidate_fit(&list->items[i], &to->typed);
	for (int want = CANDIDATE_EXACT; want >= (int)least; want--)
		for (size_t i = 0; i < list->n && to->offers->n < stop; i++) {
			const struct candidate *item = &list->items[i];
			const char *name;

			if ((int)fits[i] != want || to->offers->n == FILTER_OFFERS)
				continue;
			name = only_name(list, item);
			offer(to,
			      arena_printf(to->arena, "%s%s", to->before,
					   quoted(name, to->arena)),
			      name == item->code || item->names[1] == NULL ? item->names[0]
									   : item->names[1]);
		}
}

static void offer_listed(struct offering *to, const struct field *field, enum candidate_fit least,
			 size_t most)
{
	struct candidates list;

	if (candidates_of(to->ctx->rules, field, to->arena, &list))
		offer_list(to, &list, least, most);
}

static void offer_sorts(struct offering *to)
{
	const struct candidates list = candidates_of_sorts(to->ctx->sorts, to->arena);

	offer_list(to, &list, CANDIDATE_WITHIN, FILTER_OFFERS);
}

static void offer_words(struct offering *to, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (begins(to, words[i]) == HOW_TEXT)
			offer(to, arena_printf(to->arena, "%s%s", to->before, words[i]),
			      _(words[i]));
		else if (begins(to, _(words[i])) != HOW_NOT)
			offer(to, arena_printf(to->arena, "%s%s", to->before, _(words[i])),
			      words[i]);
}

static void offer_values(struct offering *to, const char *name)
{
	const struct field *field;

	if (to->ctx->sorts != NULL &&
	    (strcmp(name, FILTER_SORT) == 0 || strcmp(name, _("kind")) == 0)) {
		offer_sorts(to);
		return;
	}
	if (strcmp(name, "dept") == 0)
		name = "holder";
	else if (strcmp(name, "since") == 0)
		name = "reported_at";
	field = filter_field(name);
	if (field == NULL)
		return;
	switch (field->type) {
	case FIELD_CODE:
	case FIELD_ORG:
	case FIELD_CHOICE:
		offer_listed(to, field, CANDIDATE_WITHIN, FILTER_OFFERS);
		break;
	case FIELD_TIME:
		if (strcmp(field->name, "due") == 0)
			offer_words(to, times_ahead, ARRAY_LEN(times_ahead));
		else
			offer_words(to, times_behind, ARRAY_LEN(times_behind));
		if (to->ctx->last_shift != NULL && to->ctx->last_shift(to->ctx->shift_of) != 0)
			offer_words(to, my_shift, ARRAY_LEN(my_shift));
		break;
	case FIELD_BOOL:
		offer_words(to, truths, ARRAY_LEN(truths));
		break;
	case FIELD_TEXT:
	case FIELD_PERSON:
	case FIELD_INT:
	case FIELD_MICRO:
		break;
	}
}

/* ---- the word at the cursor ---- */

struct at_cursor { /* bytes of the text */
	size_t from;  /* where the word begins, behind its "!" */
	size_t op;    /* where its operator begins; the cursor when it has none */
	size_t behind, value; /* the operator, and a quotation mark */
	bool is_text; /* a phrase, or a number before an operator */
};

/* As in filter_parse.c, with what input methods send for < and >. */
static bool is_op(uint32_t cp)
{
	return cp == ':' || cp == '<' || cp == '>' || cp == '=' || cp == 0x300A || cp == 0x300B ||
	       cp == 0x2264 || cp == 0x2265;
}

static struct at_cursor find_word(const char *text, size_t at)
{
	struct at_cursor word = { 0, at, at, at, false };
	bool in_quotes = false, has_op = false;
	uint32_t cp;

	for (size_t i = 0, used; i < at; i += used) {
		used = text_next(text + i, at - i, &cp);
		cp = text_narrow_cp(cp);
		if (cp == '"' || cp == 0x201C || cp == 0x201D) {
			in_quotes = !in_quotes;
			if (i == word.from)
				word.is_text = true;
			else if (has_op && word.value == i)
				word.value = i + used;
		} else if (!in_quotes && (cp == ' ' || cp == '\t' || cp == '|' ||
					  (cp == '!' && i == word.from))) {
			word = (struct at_cursor){ i + used, at, at, at, false };
			has_op = false;
		} else if (!in_quotes && is_op(cp) && (!has_op || word.value == i)) {
			if (!has_op)
				word.op = i;
			has_op = true;
			word.behind = word.value = i + used;
		}
	}
	word.is_text |= has_op && (word.op == word.from || (text[word.from] >= '0' &&
							    text[word.from] <= '9'));
	return word;
}

/* Who usually holds a case: neither a street, which is offered as one, nor what lies below. */
static bool is_department(const struct rules *rules, const struct org *org)
{
	const struct choice *tier = choices_find(&rules->tiers, org->tier);
	const struct choice *low = choices_find(&rules->tiers, "community");

	return org->layer == NULL && !str_eq(org->tier, "street") &&
	       (tier == NULL || low == NULL || tier < low);
}

static void offer_names(struct offering *to)
{
	enum { LEAST = 2, MOST = 8 }; /* characters typed; streets and departments offered */
	const struct rules *rules = to->ctx->rules;
	const struct field *street = filter_field("street");
	size_t n = 0;

	if (text_chars(to->typed.folded) < LEAST)
		return;
	to->before = "street:";
	if (street != NULL)
		offer_listed(to, street, CANDIDATE_BEGINS, MOST);
	for (size_t i = 0; i < rules->n_orgs && n < MOST; i++) {
		const struct org *org = &rules->orgs[i];
		const char *brief = org->brief != NULL ? org->brief : org->name;
		const char *names[] = { brief, org->name, NULL };
		struct candidate item = { org->code, names };

		if (!is_department(rules, org) || candidate_fit(&item, &to->typed) < CANDIDATE_BEGINS)
			continue;
		offer(to, arena_printf(to->arena, "dept:%s", quoted(brief, to->arena)), org->name);
		n++;
	}
}

void filter_offers(const char *text, size_t at, const struct filter_ctx *ctx, struct arena *arena,
		   struct filter_offers *ret_offers)
{
	struct at_cursor word = find_word(text, at);
	struct offering to = { .ctx = ctx, .arena = arena, .offers = ret_offers };
	bool has_value = word.op < at;
	size_t typed = has_value ? word.value : word.from;
	struct str words = STR_INIT;

	*ret_offers = (struct filter_offers){ .from = word.from };
	if (word.is_text)
		return;
	text_narrow(&words, arena_strndup(arena, text + word.from, at - word.from));
	to.word = arena_strdup(arena, str_get(&words));
	candidate_type(&to.typed, arena_strndup(arena, text + typed, at - typed), true, arena);
	if (has_value) {
		str_clear(&words);
		text_narrow(&words, arena_strndup(arena, text + word.from, word.behind - word.from));
		to.before = arena_strdup(arena, str_get(&words));
		str_clear(&words);
		text_fold(&words, arena_strndup(arena, text + word.from, word.op - word.from));
		offer_values(&to, str_get(&words));
		str_release(&words);
		return;
	}
	str_release(&words);
	if (ctx->sorts != NULL)
		offer_either(&to, FILTER_SORT ":", arena_printf(arena, "%s:", _("kind")),
			     _("case, whistle, check ...: what runs out"));
	offer_first(&to);
	offer_flags(&to);
	if (*to.typed.folded != '\0') {
		offer_fields(&to);
		offer_names(&to);
	}
}

const char *filter_finished(const char *text, struct arena *arena)
{
	size_t len = strlen(text);
	struct at_cursor word = find_word(text, len);
	const char *flag, *typed = text + word.from;
	size_t n = len - word.from;
	const struct candidates fields = candidates_of_fields(arena);

	if (n == 0 || word.is_text || word.op < len)
		return text;
	if (strncmp(FILTER_SORT, typed, n) == 0)
		return arena_strndup(arena, text, word.from);
	for (size_t i = 0; (flag = filter_flag(i)) != NULL; i++)
		if (strlen(flag) > n && strncmp(flag, typed, n) == 0)
			return arena_strndup(arena, text, word.from);
	for (size_t i = 0; i < fields.n; i++)
		if (strncmp(fields.items[i].names[0], typed, n) == 0)
			return arena_strndup(arena, text, word.from);
	return text;
}
