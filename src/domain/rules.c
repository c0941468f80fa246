#include <config.h>

#include "zhiban/domain/rules.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"

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

static const char *label_of(const struct rules *rules, const struct act_desc *act)
{
	for (size_t i = 0; act != NULL && i < rules->n_labels; i++)
		if (rules->labels[i].act == act)
			return rules->labels[i].label;
	return NULL;
}

/* What is done to something else is called as it is of incidents, unless it has a name of its own. */
/* What cases' acts are called holds for that of another kind, too; of a meeting or an item only
 * where it is the same thing (its minutes are not signed for as a case is). */
static bool is_called_alike(const struct act_desc *act, const struct act_desc *of_cases)
{
	if (of_cases == NULL || act->target == KIND_INCIDENT)
		return false;
	return (act->target != KIND_MEETING && act->target != KIND_ITEM) ||
	       strcmp(act->title, of_cases->title) == 0;
}

const char *rules_act_label(const struct rules *rules, const struct act_desc *act)
{
	const struct act_desc *of_cases = act_desc_of(KIND_INCIDENT, act->verb);
	const char *label = label_of(rules, act);

	if (label == NULL && is_called_alike(act, of_cases))
		label = label_of(rules, of_cases);
	return label != NULL ? label : _(act->title);
}
