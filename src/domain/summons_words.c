#include <config.h>

#include "summons_words.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/whistle.h"

static bool is_of_whistles(const struct field *field)
{
	const struct kind_desc *kind = kind_desc(KIND_WHISTLE);

	return field >= kind->fields && field < kind->fields + kind->n_fields;
}

/* The i-th code of a summons in a list, and how it is called; false: there are no more. */
typedef bool item_fn(const struct summons *summons, size_t i, struct choice *ret_choice);

static bool item_summons(const struct summons *summons, size_t i, struct choice *ret_choice)
{
	*ret_choice = (struct choice){ summons->code, summons->label, NULL };
	return i == 0;
}

static bool item_class(const struct summons *summons, size_t i, struct choice *ret_choice)
{
	if (i >= summons->n_classes)
		return false;
	*ret_choice = (struct choice){ summons->classes[i].code, summons->classes[i].label, NULL };
	return true;
}

static bool item_ground(const struct summons *summons, size_t i, struct choice *ret_choice)
{
	if (i >= summons->grounds.n)
		return false;
	*ret_choice = summons->grounds.items[i];
	return true;
}

static const struct {
	const char *field;
	item_fn *item;
} lists[] = {
	{ "summons", item_summons }, { "cls", item_class }, { "ground", item_ground },
};

static item_fn *items_of(const struct field *field)
{
	for (size_t i = 0; is_of_whistles(field) && i < ARRAY_LEN(lists); i++)
		if (strcmp(lists[i].field, field->name) == 0)
			return lists[i].item;
	return NULL;
}

/* --- labels ---------------------------------------------------------------------------------- */

static const char *show_item(const struct rules *rules, item_fn *item, const char *code)
{
	struct choice choice;

	for (size_t s = 0; s < rules->n_summonses; s++)
		for (size_t i = 0; item(&rules->summonses[s], i, &choice); i++)
			if (str_eq(choice.code, code))
				return choice.label;
	return NULL;
}

static const char *show_step(const struct rules *rules, const char *code)
{
	const struct summons *usual = rules->n_summonses > 0 ? &rules->summonses[0] : NULL;
	const char *label = summons_step_label(rules, usual, code);

	return label != code ? label : NULL;
}

static const char *show_clock(const struct rules *rules, const char *code)
{
	const struct summons *usual = rules->n_summonses > 0 ? &rules->summonses[0] : NULL;

	return summons_clock_find(code) == SUMMONS_CLOCKS
		       ? NULL
		       : summons_clock_label(rules, usual, code);
}

static const char *show_act(const struct rules *rules, const char *code)
{
	const struct summons *usual = rules->n_summonses > 0 ? &rules->summonses[0] : NULL;
	const struct act_desc *desc = act_desc_of(KIND_WHISTLE, code);

	return desc != NULL ? summons_act_label(rules, usual, desc) : NULL;
}

const char *summons_show(const struct rules *rules, const struct field *field, const char *code)
{
	item_fn *item = items_of(field);

	if (item != NULL)
		return show_item(rules, item, code);
	if (!is_of_whistles(field))
		return NULL;
	if (strcmp(field->name, "step") == 0)
		return show_step(rules, code);
	if (strcmp(field->name, "moved_by") == 0)
		return show_act(rules, code);
	return strcmp(field->name, "due_clock") == 0 ? show_clock(rules, code) : NULL;
}

/* --- lists ----------------------------------------------------------------------------------- */

static void add_once(struct choices *list, struct choice *items, const struct choice *choice)
{
	if (choices_find(list, choice->code) == NULL)
		items[list->n++] = *choice;
}

const struct choices *summons_choices(const struct rules *rules, const struct field *field,
				      struct arena *arena)
{
	item_fn *item = items_of(field);
	struct choices *list;
	struct choice *items, choice;
	size_t most = 0;

	for (size_t s = 0; item != NULL && s < rules->n_summonses; s++)
		for (size_t i = 0; item(&rules->summonses[s], i, &choice); i++)
			most++;
	if (most == 0)
		return NULL;
	list = arena_alloc(arena, sizeof *list);
	items = arena_array(arena, most, sizeof *items);
	list->items = items;
	for (size_t s = 0; s < rules->n_summonses; s++)
		for (size_t i = 0; item(&rules->summonses[s], i, &choice); i++)
			add_once(list, items, &choice);
	return list;
}
