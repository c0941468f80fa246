/* Corrections: merged field by field. */
#include <config.h>

#include "decide_priv.h"
#include "zhiban/base/i18n.h"

/* The value as the rules write it: a code for a category's name, an organisation's code. */
static enum err resolve(const struct draft *draft, const struct given *given,
			struct value *ret_value, struct error *err)
{
	const struct field *field = given->field;
	const struct choices *choices = rules_choices(draft->rules, field);
	const char *words = given->value.text;
	struct value value = given->value;

	if ((field->flags & F_MASK) && value.is_text && value.text != NULL && mask_is(value.text))
		return error_set(err, ERR_INPUT,
				 _("%s: %.80s is what is shown in its place, not the value: give the "
				   "whole value, or leave it as it is"),
				 _(field->title), value.text);
	if (!value_is_set(value) && field->flags & F_REQUIRED)
		return error_set(err, ERR_INPUT, _("%s cannot be empty"), _(field->title));
	if (value.is_text && value_is_set(value)) {
		const struct choice *choice =
			choices != NULL ? choices_named(choices, words) : NULL;
		const struct org *org =
			field->type == FIELD_ORG ? rules_org_named(draft->rules, words) : NULL;

		if (choice != NULL)
			value.text = choice->code;
		else if (org != NULL)
			value.text = org->code;
		else if (str_eq(field->name, "category") &&
			 !str_eq(words, draft->before->category))
			return error_set(err, ERR_INPUT,
					 _("%.80s is no category of this jurisdiction"), words);
	}
	*ret_value = value;
	return ERR_OK;
}

/* Somebody else changed the field since the author looked: the present value stays.  The author's
 * own stands in the timeline, in the arguments of his act (never in an open field of the incident:
 * it may be a caller's phone). */
static void keep_theirs(struct draft *draft, const struct field *field)
{
	if (draft->note == NULL)
		draft->note = arena_printf(draft->arena,
					   _("changed by somebody else meanwhile, and kept so: %s"),
					   _(field->title));
	else
		draft->note = arena_printf(draft->arena, "%s, %s", draft->note, _(field->title));
}

/* What a clock's limit is chosen by. */
static bool moves_clocks(const struct incident *a, const struct incident *b)
{
	return a->urgency != b->urgency || a->severity != b->severity ||
	       !str_eq(a->category, b->category) || !str_eq(a->type, b->type);
}

/* What the line of the duty list is chosen by. */
static bool moves_duty(const struct incident *a, const struct incident *b)
{
	return !str_eq(a->category, b->category) || !str_eq(a->street, b->street) ||
	       !str_eq(a->community, b->community) || !str_eq(a->grid, b->grid);
}

enum err apply_fix(struct draft *draft, struct error *err)
{
	const struct act *act = draft->act;
	const struct incident *base = draft->state->base_entity;

	for (size_t i = 0; i < act->n_given; i++) {
		const struct field *field = act->given[i].field;
		struct value value, now;
		enum err code;

		if (!(field->flags & F_FIX))
			continue;
		code = resolve(draft, &act->given[i], &value, err);
		if (code != ERR_OK)
			return code;
		now = field_get(field, draft->before);
		if (value_eq(now, value))
			continue;
		if (base != NULL && !value_eq(now, field_get(field, base)))
			keep_theirs(draft, field);
		else
			field_set(field, draft->after, value, draft->arena);
	}
	if (moves_duty(draft->before, draft->after))
		draft_duty(draft);
	if (moves_clocks(draft->before, draft->after))
		draft_refit(draft);
	return ERR_OK;
}
