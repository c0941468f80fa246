#include <config.h>

#include "zhiban/domain/filter.h"

#include <string.h>

#include "filter_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/gram.h"
#include "zhiban/base/mem.h"

static bool has_code(const struct term *term, const char *code)
{
	size_t lo = 0, hi = term->n_codes;

	if (code == NULL)
		return false;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcmp(term->codes[mid], code);
		if (order == 0)
			return true;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

static bool match_party(const struct term *term, const struct incident *incident)
{
	if (has_code(term, incident->holder))
		return true;
	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);
		if (!str_eq(part->role, "past") && has_code(term, part->org))
			return true;
	}
	return false;
}

static bool match_word(const struct filter *filter, const struct term *term,
		       const struct incident *incident)
{
	for (size_t i = 0; i < filter->n_searched; i++)
		if (folded_contains(field_get(filter->searched[i], incident).text, term->needle))
			return true;
	return false;
}

/* A word that may be a street, a community, or pinyin. */
static bool match_named(const struct filter *filter, const struct term *term,
			const struct incident *incident)
{
	if (match_word(filter, term, incident) || has_code(term, incident->street) ||
	    has_code(term, incident->community))
		return true;
	for (size_t i = 0; term->spelled != NULL && i < filter->n_searched; i++)
		if (pinyin_spelled(term->spelled, field_get(filter->searched[i], incident).text))
			return true;
	return false;
}

static bool match_num(const struct term *term, int64_t num)
{
	switch (term->op) {
	case OP_IS:
		return num == term->num;
	case OP_LESS:
		return num != 0 && num < term->num;
	case OP_LESS_EQ:
		return num != 0 && num <= term->num;
	case OP_MORE:
		return num > term->num;
	case OP_MORE_EQ:
		return num >= term->num;
	}
	return false;
}

/* When the words begin and end, looked at from now. */
static void when_span(const struct when *when, const struct filter_ctx *ctx, int64_t *ret_from,
		      int64_t *ret_to)
{
	int offset = ctx->rules->offset_min;
	int64_t from = when->value;

	switch (when->form) {
	case WHEN_AT:
		break;
	case WHEN_FROM_NOW:
		from = ctx->now + when->value;
		break;
	case WHEN_DAY:
		from = civil_ms_of_day(civil_day_of_ms(ctx->now, offset), offset) +
		       when->value * DAY_MS;
		break;
	}
	*ret_from = from;
	*ret_to = from + when->span;
}

static bool match_time(const struct term *term, int64_t ms, const struct filter_ctx *ctx)
{
	int64_t from, to;

	if (ms == 0)
		return false;
	when_span(&term->when, ctx, &from, &to);
	switch (term->op) {
	case OP_IS:
		return ms >= from && (ms < to || ms == from);
	case OP_LESS:
		return ms < from;
	case OP_LESS_EQ:
		return ms < to || ms == from;
	case OP_MORE:
		return ms > from && ms >= to;
	case OP_MORE_EQ:
		return ms >= from;
	}
	return false;
}

static bool match_sort(const struct term *term, const struct filter_ctx *ctx)
{
	for (const char *const *of = ctx->of; of != NULL && *of != NULL; of++)
		if (has_code(term, *of))
			return true;
	return false;
}

static bool match_term(const struct filter *filter, const struct term *term,
		       const struct incident *incident, const struct filter_ctx *ctx)
{
	switch (term->kind) {
	case TERM_WORD:
		return match_word(filter, term, incident);
	case TERM_NAMED:
		return match_named(filter, term, incident);
	case TERM_HAS:
		return folded_contains(field_get(term->field, incident).text, term->needle);
	case TERM_CODES:
		return has_code(term, field_get(term->field, incident).text);
	case TERM_PARTY:
		return match_party(term, incident);
	case TERM_NUM:
		return match_num(term, field_get(term->field, incident).num);
	case TERM_TIME:
		return match_time(term, field_get(term->field, incident).num, ctx);
	case TERM_FLAG:
		return term->flag(incident, ctx);
	case TERM_SORT:
		return match_sort(term, ctx);
	}
	return false;
}

bool filter_match(const struct filter *filter, const struct incident *incident,
		  const struct filter_ctx *ctx)
{
	for (const struct group *group = filter->groups; group != NULL; group = group->next) {
		const struct term *term = group->terms;
		while (term != NULL &&
		       match_term(filter, term, incident, ctx) != term->negated)
			term = term->next;
		if (term == NULL)
			return true;
	}
	return filter->groups == NULL;
}

static bool needs(const struct term *term, enum child child)
{
	return (child == CHILD_PART && term->kind == TERM_PARTY) ||
	       (term->children & 1u << child) != 0;
}

bool filter_needs(const struct filter *filter, enum child child)
{
	for (const struct group *group = filter->groups; group != NULL; group = group->next)
		for (const struct term *term = group->terms; term != NULL; term = term->next)
			if (needs(term, child))
				return true;
	return false;
}

bool filter_is_all(const struct filter *filter)
{
	return filter->groups == NULL;
}

size_t filter_alternatives(const struct filter *filter)
{
	size_t n = 0;

	for (const struct group *group = filter->groups; group != NULL; group = group->next)
		n++;
	return n;
}

static bool is_indexed(const struct term *term)
{
	return term->kind == TERM_WORD ||
	       (term->kind == TERM_HAS && (term->field->flags & (F_SEARCH | F_LONG)) != 0 &&
		term->field->sensitivity != SENS_PERSONAL);
}

void filter_grams(const struct filter *filter, size_t i, struct grams *grams)
{
	const struct group *group = filter->groups;

	for (; group != NULL && i > 0; i--)
		group = group->next;
	for (const struct term *term = group != NULL ? group->terms : NULL; term != NULL;
	     term = term->next)
		if (!term->negated && is_indexed(term))
			grams_add(grams, term->needle);
}

bool filter_opens(const struct filter *filter)
{
	for (const struct group *group = filter->groups; group != NULL; group = group->next) {
		const struct term *term = group->terms;

		while (term != NULL && (term->negated || !term->opens))
			term = term->next;
		if (term == NULL)
			return false;
	}
	return filter->groups != NULL;
}
