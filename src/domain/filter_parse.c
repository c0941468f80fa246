#include <config.h>

#include <string.h>

#include "filter_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/alarm.h"
#include "zhiban/domain/stand.h"

enum {
	CURLY_OPEN = 0x201C,
	CURLY_CLOSE = 0x201D,
	TITLE_OPEN = 0x300A,
	TITLE_CLOSE = 0x300B,
	AT_MOST = 0x2264,
	AT_LEAST = 0x2265,
};

/* --- flags ---------------------------------------------------------------------------------- */

static bool is_overdue(const struct incident *incident, const struct filter_ctx *ctx)
{
	return incident_is_overdue(incident, ctx->now);
}

static bool is_open(const struct incident *incident, const struct filter_ctx *ctx)
{
	(void)ctx;
	return incident->open != 0;
}

static bool is_closed(const struct incident *incident, const struct filter_ctx *ctx)
{
	return !is_open(incident, ctx);
}

static bool is_hard(const struct incident *incident, const struct filter_ctx *ctx)
{
	(void)ctx;
	return incident->hard != 0;
}

/* What is on the shown incident a number, a moment or a name: it is so while that is set. */
#define IS_SET(name, field)                                                                    \
	static bool name(const struct incident *incident, const struct filter_ctx *ctx)        \
	{                                                                                      \
		(void)ctx;                                                                     \
		return incident->field != 0;                                                   \
	}
IS_SET(is_owed, owed)
IS_SET(is_shelved, shelved_at)
IS_SET(is_proposed, proposed_at)
IS_SET(is_listed, listed_at)
IS_SET(is_offered, offered_at)
IS_SET(is_asked, asked_at)
IS_SET(is_supervised, supervised)
IS_SET(is_candidate, candidate)
IS_SET(is_merged, merged_into)
IS_SET(is_out, out_to)

static bool is_paused(const struct incident *incident, const struct filter_ctx *ctx)
{
	return incident->open != 0 && incident->paused_until > ctx->now;
}

/* On nobody's duty list: only a profile that has one can say so. */
static bool is_undetermined(const struct incident *incident, const struct filter_ctx *ctx)
{
	return incident->open != 0 && ctx->rules->n_duties > 0 && incident->duty_line == NULL &&
	       incident->holder == NULL;
}

static bool is_callback(const struct incident *incident, const struct filter_ctx *ctx)
{
	const struct promise *promises = incident->promises.items;

	(void)ctx;
	for (size_t i = 0; i < incident->promises.n; i++)
		if (promises[i].kept_at == 0)
			return true;
	return false;
}

static bool is_mine(const struct incident *incident, const struct filter_ctx *ctx)
{
	if (ctx->actor == NULL)
		return false;
	/* where rows are what runs out, it is theirs who are to act */
	return (incident->holder != NULL && str_eq(incident->holder, ctx->actor->org)) ||
	       (ctx->of == NULL && incident->registrar != NULL &&
		str_eq(incident->registrar, ctx->actor->officer));
}

static bool is_alarm(const struct incident *incident, const struct filter_ctx *ctx)
{
	return ctx->actor != NULL && alarm_of(ctx->rules, ctx->mode, ctx->actor->org, incident,
					      ctx->now).kind != ALARM_NONE;
}

static bool is_unsigned(const struct incident *incident, const struct filter_ctx *ctx)
{
	(void)ctx;
	return incident_stands(incident) & STAND_UNSIGNED;
}

static bool lacks_receipt(const struct incident *incident, const struct filter_ctx *ctx)
{
	(void)ctx;
	return incident_stands(incident) & STAND_RECEIPTS;
}

static bool is_instructed(const struct incident *incident, const struct filter_ctx *ctx)
{
	(void)ctx;
	return incident_stands(incident) & STAND_INSTRUCTED;
}

static bool is_marked(const struct incident *incident, const struct filter_ctx *ctx,
		      enum filter_mark mark)
{
	return ctx->marked != NULL && ctx->marked(ctx->marks, &incident->head.id, mark);
}

static bool is_watched(const struct incident *incident, const struct filter_ctx *ctx)
{
	return is_marked(incident, ctx, FILTER_WATCHED);
}

static bool is_pinned(const struct incident *incident, const struct filter_ctx *ctx)
{
	return is_marked(incident, ctx, FILTER_PINNED);
}

static const struct { /* also under their translations */
	const char *word;
	bool (*flag)(const struct incident *incident, const struct filter_ctx *ctx);
	unsigned children; /* that it looks at: bits 1 << enum child */
} flags[] = {
	{ N_("overdue"), is_overdue, 0 },
	{ N_("open"), is_open, 0 },
	{ N_("closed"), is_closed, 0 },
	{ N_("mine"), is_mine, 0 },
	{ N_("alarm"), is_alarm, 0 },
	{ N_("unsigned"), is_unsigned, 1u << CHILD_PART },
	{ N_("receipts"), lacks_receipt, 1u << CHILD_RECEIPT },
	{ N_("instructions"), is_instructed, 1u << CHILD_INSTRUCTION },
	{ N_("watched"), is_watched, 0 },
	{ N_("pinned"), is_pinned, 0 },
	{ N_("hard"), is_hard, 0 },
	{ N_("owed"), is_owed, 0 },
	{ N_("paused"), is_paused, 0 },
	{ N_("shelved"), is_shelved, 0 },
	{ N_("proposed"), is_proposed, 0 },
	{ N_("listed"), is_listed, 0 },
	{ N_("offered"), is_offered, 0 },
	{ N_("asked"), is_asked, 0 },
	{ N_("undetermined"), is_undetermined, 0 },
	{ N_("callback"), is_callback, 1u << CHILD_PROMISE },
	{ N_("supervised"), is_supervised, 0 },
	{ N_("merged"), is_merged, 0 },
	{ N_("candidate"), is_candidate, 0 },
	{ N_("elsewhere"), is_out, 0 },
};

const char *filter_flag(size_t i)
{
	return i < ARRAY_LEN(flags) ? flags[i].word : NULL;
}

/* --- the text, character by character --------------------------------------------------------- */

/* The next character as its ASCII where it is a full-width one; 0 at the end. */
static uint32_t peek(const struct parse *parse, size_t *ret_len)
{
	uint32_t cp = 0;

	*ret_len = text_next(parse->text + parse->at, parse->len - parse->at, &cp);
	return *ret_len > 0 ? text_narrow_cp(cp) : 0;
}

static bool take(struct parse *parse, uint32_t cp)
{
	size_t len;

	if (cp == 0 || peek(parse, &len) != cp)
		return false;
	parse->at += len;
	return true;
}

static bool is_space(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n';
}

static bool is_quote(uint32_t cp)
{
	return cp == '"' || cp == CURLY_OPEN || cp == CURLY_CLOSE;
}

static bool is_op(uint32_t cp)
{
	return cp == ':' || cp == '<' || cp == '>' || cp == '=';
}

/* What an input method sends for < and >, and the signs for "at most" and "at least": such only
 * behind the name of a field, for texts have title marks. */
static bool is_wide_op(uint32_t cp)
{
	return cp == TITLE_OPEN || cp == TITLE_CLOSE || cp == AT_MOST || cp == AT_LEAST;
}

static struct word read_quoted(struct parse *parse)
{
	struct word word;
	size_t len;
	uint32_t cp = peek(parse, &len);

	parse->at += len;
	word.at = parse->at;
	for (cp = peek(parse, &len); cp != 0 && !is_quote(cp); cp = peek(parse, &len))
		parse->at += len;
	word.len = parse->at - word.at;
	if (cp != 0)
		parse->at += len; /* the end of the line closes a phrase too: it is being typed */
	return word;
}

static struct word read_until(struct parse *parse, bool ops)
{
	struct word word = { parse->at, 0 };
	size_t len;
	uint32_t cp;

	for (cp = peek(parse, &len); cp != 0 && !is_space(cp) && cp != '|' && !is_quote(cp);
	     cp = peek(parse, &len)) {
		if (ops && (is_op(cp) || is_wide_op(cp)))
			break;
		parse->at += len;
	}
	word.len = parse->at - word.at;
	return word;
}

/* --- terms ------------------------------------------------------------------------------------ */

static enum err unknown_field(struct parse *parse, struct word name, const char *words)
{
	struct candidates list = candidates_of_fields(parse->arena);
	bool is_near;

	return parse_bad(parse, name,
			 _("there is no field %.60s; nearest: %s (quote what is a text)"), words,
			 candidates_near(&list, words, parse->arena, &is_near));
}

static enum op read_op(struct parse *parse)
{
	bool at_most = take(parse, AT_MOST), at_least = !at_most && take(parse, AT_LEAST);
	bool less = at_most || take(parse, '<') || take(parse, TITLE_OPEN);
	bool more = !less && (at_least || take(parse, '>') || take(parse, TITLE_CLOSE));
	bool equal = at_most || at_least || take(parse, '=');

	if (less)
		return equal ? OP_LESS_EQ : OP_LESS;
	if (more)
		return equal ? OP_MORE_EQ : OP_MORE;
	if (!equal)
		(void)take(parse, ':');
	return OP_IS;
}

/* Which field a term looks at; dept and since are words for more than one. */
static enum err find_field(struct parse *parse, struct term *term, struct word name,
			   const char *words)
{
	const char *field = words;

	term->kind = TERM_CODES;
	if (strcmp(words, "dept") == 0) {
		term->kind = TERM_PARTY;
		field = "holder";
	} else if (strcmp(words, "since") == 0) {
		term->op = OP_MORE_EQ;
		field = "reported_at";
	}
	term->field = filter_field(field);
	if (term->field == NULL)
		return unknown_field(parse, name, words);
	return ERR_OK;
}

static enum err field_term(struct parse *parse, struct term *term, struct word name)
{
	const char *words = parse_folded(parse, name);
	struct word op = { parse->at, 0 }, value;
	bool quoted;
	size_t len;
	enum err code;

	term->op = read_op(parse);
	op.len = parse->at - op.at;
	quoted = is_quote(peek(parse, &len));
	value = quoted ? read_quoted(parse) : read_until(parse, false);
	if (parse_is_sort(parse, words))
		return parse_sort(parse, term, words, value, quoted);
	code = find_field(parse, term, name, words);
	if (code != ERR_OK)
		return code;
	if (field_is_text(term->field) && term->op != OP_IS)
		return parse_bad(parse, op, _("%s cannot be less or more: write %s:"), words,
				 words);
	return parse_value(parse, term, words, value, quoted);
}

static void word_term(struct parse *parse, struct term *term, struct word word, bool quoted)
{
	term->needle = parse_folded(parse, word);
	term->kind = TERM_WORD;
	for (size_t i = 0; !quoted && i < ARRAY_LEN(flags); i++) {
		if (strcmp(flags[i].word, term->needle) != 0 &&
		    strcmp(_(flags[i].word), term->needle) != 0)
			continue;
		term->kind = TERM_FLAG;
		term->flag = flags[i].flag;
		term->children = flags[i].children;
		term->opens = flags[i].flag == is_open || flags[i].flag == is_overdue ||
			      flags[i].flag == is_paused || flags[i].flag == is_undetermined;
	}
	if (!quoted && term->kind == TERM_WORD)
		parse_named(parse, term);
}

/* A name before an operator; what begins with a digit (12:30) or is nothing (:) is text. */
static bool is_name(const struct parse *parse, struct word word)
{
	char first = parse->text[word.at];

	return word.len > 0 && !(first >= '0' && first <= '9');
}

static bool is_field_term(struct parse *parse, struct word word)
{
	size_t len;
	uint32_t cp = peek(parse, &len);
	const char *name;

	if (!is_name(parse, word) || !(is_op(cp) || is_wide_op(cp)))
		return false;
	name = parse_folded(parse, word);
	return is_op(cp) || filter_field(name) != NULL || strcmp(name, "since") == 0;
}

static enum err read_term(struct parse *parse, struct term *term)
{
	struct word word;
	size_t len, at;

	while (take(parse, '!'))
		term->negated = !term->negated;
	if (is_quote(peek(parse, &len))) {
		word_term(parse, term, read_quoted(parse), true);
		return ERR_OK;
	}
	at = parse->at;
	word = read_until(parse, true);
	if (is_field_term(parse, word))
		return field_term(parse, term, word);
	parse->at = at;
	word_term(parse, term, read_until(parse, false), false);
	return ERR_OK;
}

static enum err read_groups(struct parse *parse, struct filter *filter)
{
	struct group **group_end = &filter->groups, *group = NULL;
	struct term **term_end = NULL;
	size_t len;

	while (parse->at < parse->len) {
		struct term term = { .kind = TERM_WORD };
		uint32_t cp = peek(parse, &len);
		enum err code;

		if (is_space(cp) || cp == '|') {
			parse->at += len;
			if (cp == '|')
				group = NULL;
			continue;
		}
		code = read_term(parse, &term);
		if (code != ERR_OK)
			return code;
		if (term.kind == TERM_WORD && *term.needle == '\0')
			continue; /* a lone "!" or an empty phrase, as one types */
		if (group == NULL) {
			group = *group_end = arena_alloc(parse->arena, sizeof *group);
			group_end = &group->next;
			term_end = &group->terms;
		}
		*term_end = arena_dup(parse->arena, &term, sizeof term);
		term_end = &(*term_end)->next;
	}
	return ERR_OK;
}

enum err filter_parse(const char *text, const struct filter_ctx *ctx, struct arena *arena,
		      struct filter **ret_filter, struct filter_error *ret_error)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct filter *filter = arena_alloc(arena, sizeof *filter);
	struct filter_error ignored;
	struct parse parse = { .text = text, .len = strlen(text), .ctx = ctx, .arena = arena,
			       .error = ret_error != NULL ? ret_error : &ignored };
	enum err code;

	if (!text_valid(text, parse.len))
		return parse_bad(&parse, (struct word){ 0, parse.len },
				 _("the filter is not UTF-8"));
	for (size_t i = 0; i < kind->n_fields && filter->n_searched < ARRAY_LEN(filter->searched);
	     i++)
		if (kind->fields[i].flags & F_SEARCH && field_is_text(&kind->fields[i]))
			filter->searched[filter->n_searched++] = &kind->fields[i];
	code = read_groups(&parse, filter);
	if (code == ERR_OK)
		*ret_filter = filter;
	return code;
}
