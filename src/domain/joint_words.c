#include <config.h>

#include "joint_words.h"

#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/meeting.h"

/* The i-th word of a list; false: there are no more. */
typedef bool word_fn(const struct rules *rules, size_t i, struct choice *ret_choice);

static bool word_series(const struct rules *rules, size_t i, struct choice *ret_choice)
{
	if (i >= rules->meetings.n_series)
		return false;
	*ret_choice = (struct choice){ rules->meetings.series[i].code, rules->meetings.series[i].label,
				       NULL };
	return true;
}

/* Of all series, one behind the other. */
static bool word_stage(const struct rules *rules, size_t i, struct choice *ret_choice)
{
	for (size_t s = 0; s < rules->meetings.n_series; s++) {
		const struct meeting_series *series = &rules->meetings.series[s];

		if (i < series->n_stages) {
			*ret_choice = (struct choice){ series->stages[i].code, series->stages[i].label,
						       NULL };
			return true;
		}
		i -= series->n_stages;
	}
	return false;
}

#define WORD_FN(name, type, count, prefix)                                                         \
	static bool name(const struct rules *rules, size_t i, struct choice *ret_choice)           \
	{                                                                                          \
		(void)rules;                                                                       \
		if (i >= (count))                                                                  \
			return false;                                                              \
		*ret_choice = (struct choice){ prefix##_code((type)i), prefix##_label((type)i),     \
					       NULL };                                             \
		return true;                                                                       \
	}
WORD_FN(word_meeting_state, enum meeting_state, MEETING_STATES, meeting_state)
WORD_FN(word_item_state, enum item_state, ITEM_STATES, item_state)
WORD_FN(word_action_state, enum action_state, ACTION_STATES, action_state)
WORD_FN(word_outcome, enum item_outcome, OUTCOMES, outcome)
WORD_FN(word_role, enum attendee_role, ATTEND_ROLES, attendee_role)
WORD_FN(word_answer, enum attendee_answer, ANSWERS, attendee_answer)
WORD_FN(word_present, enum attendee_present, PRESENTS, attendee_present)
WORD_FN(word_meeting_clock, enum meeting_clock, MEETING_CLOCKS, meeting_clock)

static bool word_action_clock(const struct rules *rules, size_t i, struct choice *ret_choice)
{
	static const char *const kinds[] = { "sign", "handle", "verify" };
	const char *label;

	if (i >= ARRAY_LEN(kinds))
		return false;
	label = clock_label(rules, kinds[i]);
	for (size_t c = 0; c < rules->meetings.n_clocks; c++)
		if (str_eq(rules->meetings.clocks[c].kind, kinds[i]) &&
		    rules->meetings.clocks[c].label != NULL)
			label = rules->meetings.clocks[c].label;
	*ret_choice = (struct choice){ kinds[i], label, NULL };
	return true;
}

static bool is_among(const struct field *field, const struct field *fields, size_t n)
{
	return field >= fields && field < fields + n;
}

static bool is_of_kind(const struct field *field, enum kind kind)
{
	const struct kind_desc *desc = kind_desc(kind);

	return is_among(field, desc->fields, desc->n_fields);
}

static bool is_of_child(const struct field *field, enum child child)
{
	const struct child_desc *desc = child_desc(child);

	return is_among(field, desc->fields, desc->n_fields);
}

static bool is_argument(const struct field *field)
{
	static const struct { /* acts that have them all */
		enum kind kind;
		const char *verb;
	} acts[] = { { KIND_MEETING, "convene" }, { KIND_MEETING, "answer" },
		     { KIND_MEETING, "sign_in" }, { KIND_MEETING, "stage" },
		     { KIND_ITEM, "resolve" },	  { KIND_INCIDENT, "resolved" },
		     { KIND_INCIDENT, "tasked" }, { KIND_WHISTLE, "resolved" },
		     { KIND_WHISTLE, "tasked" } };

	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (act_arg_field(act_desc_of(acts[i].kind, acts[i].verb), field->name) == field)
			return true;
	return false;
}

enum whose { OF_MEETING, OF_ITEM, OF_ACTION, OF_ATTENDEE, OF_STAGE, OF_ACT };

static bool is_whose(const struct field *field, enum whose whose)
{
	switch (whose) {
	case OF_MEETING:
		return is_of_kind(field, KIND_MEETING);
	case OF_ITEM:
		return is_of_kind(field, KIND_ITEM);
	case OF_ACTION:
		return is_of_kind(field, KIND_ACTION);
	case OF_ATTENDEE:
		return is_of_child(field, CHILD_ATTENDEE);
	case OF_STAGE:
		return is_of_child(field, CHILD_STAGE);
	case OF_ACT:
		return is_argument(field);
	}
	return false;
}

static const struct {
	const char *field;
	enum whose whose;
	word_fn *word;
} lists[] = {
	{ "series", OF_MEETING, word_series },	     { "state", OF_MEETING, word_meeting_state },
	{ "due_clock", OF_MEETING, word_meeting_clock },
	{ "state", OF_ITEM, word_item_state },	     { "outcome", OF_ITEM, word_outcome },
	{ "state", OF_ACTION, word_action_state },   { "due_clock", OF_ACTION, word_action_clock },
	{ "role", OF_ATTENDEE, word_role },	     { "answer", OF_ATTENDEE, word_answer },
	{ "present", OF_ATTENDEE, word_present },    { "stage", OF_STAGE, word_stage },
	{ "series", OF_ACT, word_series },	     { "stage", OF_ACT, word_stage },
	{ "answer", OF_ACT, word_answer },	     { "presence", OF_ACT, word_present },
	{ "outcome", OF_ACT, word_outcome },	     { "state", OF_ACT, word_action_state },
};

static word_fn *words_of(const struct field *field)
{
	for (size_t i = 0; field->type == FIELD_CODE && i < ARRAY_LEN(lists); i++)
		if (strcmp(lists[i].field, field->name) == 0 && is_whose(field, lists[i].whose))
			return lists[i].word;
	return NULL;
}

/* Acts of meetings by their kind: several kinds have acts of one name. */
static const char *show_act(const struct rules *rules, const struct field *field, const char *code)
{
	static const enum kind kinds[] = { KIND_MEETING, KIND_ITEM, KIND_ACTION };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const struct act_desc *desc = act_desc_of(kinds[i], code);

		if (is_of_kind(field, kinds[i]) && desc != NULL)
			return rules_act_label(rules, desc);
	}
	return NULL;
}

const char *joint_show(const struct rules *rules, const struct field *field, const char *code)
{
	word_fn *word = words_of(field);
	struct choice choice;

	for (size_t i = 0; word != NULL && word(rules, i, &choice); i++)
		if (str_eq(choice.code, code))
			return choice.label;
	return strcmp(field->name, "moved_by") == 0 ? show_act(rules, field, code) : NULL;
}

const struct choices *joint_choices(const struct rules *rules, const struct field *field,
				    struct arena *arena)
{
	word_fn *word = words_of(field);
	struct choices *list;
	struct choice *items, choice;
	size_t most = 0;

	while (word != NULL && word(rules, most, &choice))
		most++;
	if (most == 0)
		return NULL;
	list = arena_alloc(arena, sizeof *list);
	items = arena_array(arena, most, sizeof *items);
	list->items = items;
	for (size_t i = 0; i < most; i++)
		if (word(rules, i, &choice) && choices_find(list, choice.code) == NULL)
			items[list->n++] = choice;
	return list;
}
