#include <config.h>

#include "zhiban/domain/candidate.h"

#include <string.h>

void candidates_add(struct candidates *list, struct arena *arena, const char *code,
		    const char *const own[3], const char *const *words)
{
	size_t n = 0, n_words = 0;
	const char **names;

	while (words != NULL && words[n_words] != NULL)
		n_words++;
	names = arena_array(arena, 3 + n_words + 1, sizeof *names);
	for (size_t i = 0; i < 3; i++)
		if (own[i] != NULL)
			names[n++] = own[i];
	for (size_t i = 0; i < n_words; i++)
		names[n++] = words[i];
	if (list->n == list->cap) {
		size_t cap = list->cap != 0 ? 2 * list->cap : 32;
		struct candidate *items = arena_array(arena, cap, sizeof *items);
		if (list->n > 0)
			memcpy(items, list->items, list->n * sizeof *items);
		list->items = items;
		list->cap = cap;
	}
	list->items[list->n++] = (struct candidate){ code, names };
}

#define NAMES(...) ((const char *const[3]){ __VA_ARGS__ })

/* Organisations; of the tier the field is called after, where the rules have such a tier. */
static void add_orgs(struct candidates *list, const struct rules *rules, const struct field *field,
		     struct arena *arena)
{
	bool tier = choices_find(&rules->tiers, field->name) != NULL;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];
		const char *brief = org->brief != NULL ? org->brief : org->name;
		if (!tier || str_eq(org->tier, field->name))
			candidates_add(list, arena, org->code, NAMES(brief, org->name, org->code),
				       NULL);
	}
}

static void add_clocks(struct candidates *list, const struct rules *rules, struct arena *arena)
{
	for (size_t i = 0; i < rules->n_steps; i++) {
		const struct step *step = &rules->steps[i];
		for (size_t k = 0; k < step->n_clocks; k++)
			candidates_add(list, arena, step->clocks[k].kind,
				       NAMES(step->clocks[k].label, step->clocks[k].kind), NULL);
	}
	for (size_t i = 0; i < rules->n_summonses; i++)
		for (int c = 0; c < SUMMONS_CLOCKS; c++) {
			const char *kind = summons_clock_code((enum summons_clock)c);

			candidates_add(list, arena, kind,
				       NAMES(summons_clock_label(rules, &rules->summonses[i], kind),
					     kind),
				       NULL);
		}
}

static void add_codes(struct candidates *list, const struct rules *rules, const struct field *field,
		      struct arena *arena)
{
	const struct choices *choices = rules_choices_in(rules, field, arena);

	for (size_t i = 0; choices != NULL && i < choices->n; i++)
		candidates_add(list, arena, choices->items[i].code,
		    NAMES(choices->items[i].label, choices->items[i].code),
		    choices->items[i].words);
	for (size_t i = 0; str_eq(field->name, "step") && i < rules->n_steps; i++)
		candidates_add(list, arena, rules->steps[i].id,
		    NAMES(rules->steps[i].label, rules->steps[i].waiting, rules->steps[i].id),
		    NULL);
	for (size_t i = 0; str_eq(field->name, "moved_by") && i < act_desc_count(); i++)
		if (act_desc_at(i)->target == KIND_INCIDENT)
			candidates_add(list, arena, act_desc_at(i)->verb,
			    NAMES(rules_act_label(rules, act_desc_at(i)), act_desc_at(i)->verb),
			    NULL);
	for (size_t i = 0; str_eq(field->name, "supervised") && i < rules->n_channels; i++)
		candidates_add(list, arena, rules->channels[i].code,
		    NAMES(rules->channels[i].label, rules->channels[i].code), NULL);
	if (str_eq(field->name, "due_clock"))
		add_clocks(list, rules, arena);
}

bool candidates_of(const struct rules *rules, const struct field *field, struct arena *arena,
		   struct candidates *ret_list)
{
	struct candidates list = { .items = NULL };

	if (field->type != FIELD_CODE && field->type != FIELD_CHOICE && field->type != FIELD_ORG)
		return false;
	if (field->type == FIELD_ORG)
		add_orgs(&list, rules, field, arena);
	else
		add_codes(&list, rules, field, arena);
	/* an import names sources of its own */
	list.open = str_eq(field->name, "source");
	*ret_list = list;
	return true;
}

