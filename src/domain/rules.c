#include <config.h>

#include "zhiban/domain/rules.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"

enum { TREE_DEPTH = 32 }; /* a ring in the tree ends the climb */

struct name { /* one word by which an organisation is found */
	const char *word;
	const struct org *org;
};

struct rules_index {
	struct name *codes, *names;
	size_t n_codes, n_names;
};

static int name_cmp(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	int order = strcmp(x->word, y->word);

	if (order != 0)
		return order;
	return (x->org > y->org) - (x->org < y->org);
}

void rules_index(struct rules *rules, struct arena *arena)
{
	struct rules_index *index = arena_alloc(arena, sizeof *index);

	index->codes = arena_array(arena, rules->n_orgs + 1, sizeof *index->codes);
	index->names = arena_array(arena, 2 * rules->n_orgs + 1, sizeof *index->names);
	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];
		index->codes[index->n_codes++] = (struct name){ org->code, org };
		if (org->name != NULL)
			index->names[index->n_names++] = (struct name){ org->name, org };
		if (org->brief != NULL && (org->name == NULL || strcmp(org->brief, org->name) != 0))
			index->names[index->n_names++] = (struct name){ org->brief, org };
	}
	qsort(index->codes, index->n_codes, sizeof *index->codes, name_cmp);
	qsort(index->names, index->n_names, sizeof *index->names, name_cmp);
	rules->org_index = index;
}

/* The first entry that is not before the word. */
static size_t lower_bound(const struct name *names, size_t n, const char *word)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (strcmp(names[mid].word, word) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct org *rules_org(const struct rules *rules, const char *code)
{
	const struct rules_index *index = rules->org_index;

	if (code == NULL)
		return NULL;
	if (index != NULL) {
		size_t i = lower_bound(index->codes, index->n_codes, code);
		if (i < index->n_codes && strcmp(index->codes[i].word, code) == 0)
			return index->codes[i].org;
		return NULL;
	}
	for (size_t i = 0; i < rules->n_orgs; i++)
		if (strcmp(rules->orgs[i].code, code) == 0)
			return &rules->orgs[i];
	return NULL;
}

/* Of the organisations a word fits, the only one; several count as none. */
struct choice_of_org {
	const struct org *org;
	bool several;
};

static void offer(struct choice_of_org *pick, const struct rules *rules, const struct org *org,
		  const char *within)
{
	if (within != NULL && !rules_org_within(rules, org->code, within))
		return;
	if (pick->org != NULL && pick->org != org)
		pick->several = true;
	pick->org = org;
}

static const struct org *only_named(const struct rules *rules, const char *words,
				    const char *within)
{
	const struct rules_index *index = rules->org_index;
	struct choice_of_org pick = { NULL, false };

	if (index != NULL) {
		size_t i = lower_bound(index->names, index->n_names, words);
		for (; i < index->n_names && strcmp(index->names[i].word, words) == 0; i++)
			offer(&pick, rules, index->names[i].org, within);
	} else {
		for (size_t i = 0; i < rules->n_orgs; i++)
			if (str_eq(rules->orgs[i].name, words) ||
			    str_eq(rules->orgs[i].brief, words))
				offer(&pick, rules, &rules->orgs[i], within);
	}
	return pick.several ? NULL : pick.org;
}

const struct org *rules_org_named_in(const struct rules *rules, const char *words,
				     const char *within)
{
	const struct org *org;

	if (words == NULL || *words == '\0')
		return NULL;
	org = rules_org(rules, words);
	if (org == NULL && within != NULL)
		org = only_named(rules, words, within);
	return org != NULL ? org : only_named(rules, words, NULL);
}

const struct org *rules_org_named(const struct rules *rules, const char *words)
{
	return rules_org_named_in(rules, words, NULL);
}

bool rules_org_within(const struct rules *rules, const char *code, const char *ancestor)
{
	if (code == NULL || ancestor == NULL)
		return false;
	for (int depth = 0; code != NULL && depth < TREE_DEPTH; depth++) {
		const struct org *org;
		if (strcmp(code, ancestor) == 0)
			return true;
		org = rules_org(rules, code);
		code = org != NULL ? org->parent : NULL;
	}
	return false;
}

const struct step *rules_step(const struct rules *rules, const char *id)
{
	for (size_t i = 0; id != NULL && i < rules->n_steps; i++)
		if (strcmp(rules->steps[i].id, id) == 0)
			return &rules->steps[i];
	return NULL;
}

const struct flow_act *step_act(const struct step *step, const struct act_desc *act)
{
	for (size_t i = 0; i < step->n_acts; i++)
		if (step->acts[i].act == act)
			return &step->acts[i];
	return NULL;
}

const char *rules_act_label(const struct rules *rules, const struct act_desc *act)
{
	for (size_t i = 0; i < rules->n_labels; i++)
		if (rules->labels[i].act == act)
			return rules->labels[i].label;
	return _(act->title);
}

const struct choice *choices_find(const struct choices *choices, const char *code)
{
	for (size_t i = 0; code != NULL && i < choices->n; i++)
		if (strcmp(choices->items[i].code, code) == 0)
			return &choices->items[i];
	return NULL;
}

/* Case does not count.  Most words differ in their first letter (bit 0x20 is its case). */
static bool same_word(const char *a, const char *b)
{
	return ((*a ^ *b) & ~0x20) == 0 && strcasecmp(a, b) == 0;
}

const struct choice *choices_named(const struct choices *choices, const char *words)
{
	const struct choice *choice = choices_find(choices, words);

	if (choice != NULL || words == NULL)
		return choice;
	for (size_t i = 0; i < choices->n; i++) {
		choice = &choices->items[i];
		if (same_word(choice->code, words) || same_word(choice->label, words))
			return choice;
		for (const char *const *w = choice->words; w != NULL && *w != NULL; w++)
			if (same_word(*w, words))
				return choice;
	}
	return NULL;
}

static bool in_night(const struct rules *rules, int minute)
{
	if (rules->night_from <= rules->night_to)
		return minute >= rules->night_from && minute < rules->night_to;
	return minute >= rules->night_from || minute < rules->night_to;
}

static bool in_hours(const struct hours *hours, int minute)
{
	for (int i = 0; i < hours->n; i++)
		if (minute >= hours->span[i].from && minute < hours->span[i].to)
			return true;
	return hours->n == 0;
}

/* By the calendar and the hours of a clock; NULL: the jurisdiction's. */
static bool in_period(const struct rules *rules, const struct clock_rule *rule, enum period period,
		      int64_t at)
{
	const struct calendar *calendar =
	    rules_calendar(rules, rule != NULL ? rule->calendar : NULL);
	const struct hours *hours = rules_hours(rules, rule != NULL ? rule->hours : NULL);
	int32_t day = civil_day_of_ms(at, rules->offset_min);
	int minute = (int)((at - civil_ms_of_day(day, rules->offset_min)) / MINUTE_MS);

	switch (period) {
	case PERIOD_ANY:
		return true;
	case PERIOD_WORK:
		return calendar_is_workday(calendar, day) && in_hours(hours, minute);
	case PERIOD_NIGHT:
		return in_night(rules, minute);
	case PERIOD_HOLIDAY:
		return !calendar_is_workday(calendar, day);
	}
	return false;
}

bool rules_in_period(const struct rules *rules, enum period period, int64_t at)
{
	return in_period(rules, NULL, period, at);
}

/* Whether a row's words about the incident fit it. */
static bool row_fits(const struct rules *rules, const struct clock_rule *rule,
		     const struct limit_row *row, const struct limit_ask *ask)
{
	const struct incident *incident = ask->incident;
	int64_t urgency = incident->urgency != 0 ? incident->urgency : URGENCY_PLAIN;
	const char *category = incident->category != NULL ? incident->category : "";

	if ((row->urgency != 0 && row->urgency != urgency) || incident->severity < row->severity)
		return false;
	if (row->category != NULL && !str_starts(category, row->category))
		return false;
	if (row->type != NULL && !str_eq(row->type, incident->type))
		return false;
	if (row->mode != NULL && !str_eq(row->mode, rules_mode(rules, ask->mode)->code))
		return false;
	if (row->org != NULL && !rules_org_within(rules, ask->org, row->org))
		return false;
	return in_period(rules, rule, row->period, ask->at);
}

const struct limit_row *clock_rule_row(const struct rules *rules, const struct clock_rule *rule,
				       const struct limit_ask *ask)
{
	for (size_t i = 0; i < rule->n_rows; i++)
		if (row_fits(rules, rule, &rule->rows[i], ask))
			return &rule->rows[i];
	return NULL;
}
