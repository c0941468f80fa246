/* Registering: a new incident, live or out of an old system's history. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static const char *const closed_states[] = { "closed", "resolved", "completed", "done" };

static void copy_given(struct draft *draft)
{
	for (size_t i = 0; i < draft->act->n_given; i++) {
		const struct given *given = &draft->act->given[i];
		if (given->field->flags & F_INTAKE)
			field_set(given->field, draft->after, given->value, draft->arena);
	}
}

static void add_attr(struct draft *draft, const char *name, const char *value)
{
	struct children *attrs = &draft->after->attrs;
	struct uuid id = uuid_child(&draft->act->id, "attr", (unsigned)attrs->n);
	struct attr *attr = children_add(attrs, child_desc(CHILD_ATTR), &id, draft->arena);

	attr->name = name;
	attr->value = value;
}

static enum err add_attrs(struct draft *draft, struct error *err)
{
	const struct child_desc *desc = child_desc(CHILD_ATTR);
	unsigned longest = field_max(field_find(desc->fields, desc->n_fields, "name"));

	for (size_t i = 0;; i++) {
		struct value value = act_value(draft->act, "attr", i);
		const char *equals;
		char *name;

		if (!value_is_set(value))
			return ERR_OK;
		equals = strchr(value.text, '=');
		if (equals == NULL || equals == value.text)
			return error_set(err, ERR_INPUT, _("\"%.60s\" is not NAME=VALUE"),
					 value.text);
		name = arena_strndup(draft->arena, value.text, (size_t)(equals - value.text));
		if (text_longer(name, longest))
			return error_set(err, ERR_INPUT,
					 _("%s: %zu characters are too many, at most %u"),
					 _("Attribute"), text_chars(name), longest);
		if (equals[1] != '\0')
			add_attr(draft, name, equals + 1);
	}
}

/* A component that somebody reports is out of order, unless he says otherwise. */
static void resolve_object(struct draft *draft)
{
	const struct rules *rules = draft->rules;
	struct incident *after = draft->after;
	const struct choice *object = choices_named(&rules->objects, after->object_class);
	const struct choice *state = choices_named(&rules->object_states, after->object_state);

	if (object != NULL)
		after->object_class = object->code;
	if (state == NULL && after->object_state == NULL &&
	    (after->object_class != NULL || str_eq(after->type, "component")))
		state = choices_find(&rules->object_states, "out_of_order");
	if (state != NULL)
		after->object_state = state->code;
}

/* Words of an import become codes where the rules know them; others are kept as they came. */
static void resolve_lists(struct draft *draft)
{
	const struct rules *rules = draft->rules;
	struct incident *after = draft->after;
	const struct choice *source = choices_named(&rules->sources, after->source);
	const struct choice *category = choices_named(&rules->categories, after->category);
	const struct choice *type = choices_named(&rules->types, after->type);

	if (source == NULL && after->source == NULL)
		source = choices_find(&rules->sources,
				      rules->default_source != NULL ? rules->default_source
								    : "manual");
	if (source != NULL)
		after->source = source->code;
	if (category != NULL) {
		after->category = category->code;
	} else {
		if (after->category != NULL)
			add_attr(draft, "category", after->category);
		after->category = rules->other_category;
	}
	if (type == NULL && after->type == NULL && rules->types.n > 0)
		type = &rules->types.items[0];
	if (type != NULL)
		after->type = type->code;
	resolve_object(draft);
	if (after->urgency == 0)
		after->urgency = URGENCY_PLAIN;
}

static void resolve_places(struct draft *draft)
{
	const struct rules *rules = draft->rules;
	struct incident *after = draft->after;
	const struct org *org = rules_org_named(rules, after->street);
	const char *within = org != NULL ? org->code : NULL;

	if (org != NULL)
		after->street = org->code;
	org = rules_org_named_in(rules, after->community, within);
	if (org != NULL) {
		after->community = org->code;
		within = org->code;
		/* who names the community need not name its street */
		if (after->street == NULL && !str_eq(org->parent, rules->centre))
			after->street = org->parent;
	}
	org = rules_org_named_in(rules, after->grid, within);
	if (org != NULL)
		after->grid = org->code;
}

static bool state_is_closed(const struct rules *rules, const char *state)
{
	if (state == NULL)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(closed_states); i++)
		if (strcasecmp(closed_states[i], state) == 0)
			return true;
	for (const char *const *w = rules->closed_words; w != NULL && *w != NULL; w++)
		if (strcasecmp(*w, state) == 0)
			return true;
	for (size_t i = 0; i < rules->n_steps; i++)
		if (!rules->steps[i].open && (str_eq(rules->steps[i].label, state) ||
					      str_eq(rules->steps[i].waiting, state)))
			return true;
	return false;
}

static const struct step *closed_step(const struct rules *rules)
{
	for (size_t i = 0; i < rules->n_steps; i++)
		if (!rules->steps[i].open)
			return &rules->steps[i];
	return NULL;
}

static void give_number(struct draft *draft)
{
	struct civil civil;
	char number[48];

	if (draft->state->serial == 0)
		return;
	civil_of_ms(draft->eff, draft->rules->offset_min, &civil);
	snprintf(number, sizeof number, "%04d%02d%02d-%04lld", civil.year, civil.month, civil.day,
		 (long long)draft->state->serial);
	draft->after->number = arena_strdup(draft->arena, number);
}

static enum err check_historic(const struct draft *draft, bool historic, struct error *err)
{
	if (historic && !actor_is_system(&draft->act->actor))
		return error_set(err, ERR_DENIED,
				 _("only an import by the administrator takes in history"));
	if (!historic && draft->after->closed_at != 0)
		return error_set(err, ERR_INPUT, _("a new incident cannot be closed already"));
	return ERR_OK;
}

/* The nearest place that is known of it. */
static const char *area_of(const struct rules *rules, const struct incident *incident)
{
	const char *const places[] = { incident->grid, incident->community, incident->street };

	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		if (rules_org(rules, places[i]) != NULL)
			return places[i];
	return NULL;
}

void draft_duty(struct draft *draft)
{
	struct incident *after = draft->after;
	const struct duty *duty = rules_duty(draft->rules, after->category,
					     area_of(draft->rules, after));

	if (draft->rules->n_duties == 0)
		return;
	after->duty_unit = duty != NULL ? duty->unit : NULL;
	after->duty_line = duty != NULL ? duty->line : NULL;
}

/* Where a registration leads: by the tier of who registers and the type; else by the first step. */
static const struct step *start_step(const struct draft *draft)
{
	const struct rules *rules = draft->rules;
	const struct org *org = rules_org(rules, draft->after->origin);
	const struct step *step = NULL;

	for (size_t i = 0; step == NULL && i < rules->n_starts; i++) {
		const struct start *start = &rules->starts[i];

		if ((start->tier == NULL || (org != NULL && str_eq(start->tier, org->tier))) &&
		    (start->type == NULL || str_eq(start->type, draft->after->type)))
			step = rules_step(rules, start->step);
	}
	if (step == NULL)
		step = rules_step(rules, draft->flow->to);
	return step != NULL ? step : &rules->steps[0];
}

enum err apply_register(struct draft *draft, struct error *err)
{
	const struct rules *rules = draft->rules;
	const struct actor *actor = &draft->act->actor;
	struct incident *after = draft->after;
	bool historic = act_value(draft->act, "historic", 0).num != 0;
	const struct org *org = rules_org(rules, draft_org(draft));
	const struct step *step = NULL;
	enum err code;

	copy_given(draft);
	code = check_historic(draft, historic, err);
	if (code == ERR_OK)
		code = add_attrs(draft, err);
	if (code != ERR_OK)
		return code;
	resolve_lists(draft);
	resolve_places(draft);
	draft_duty(draft);
	give_number(draft);
	after->registered_at = draft->eff;
	if (after->reported_at == 0)
		after->reported_at = draft->eff;
	after->registrar = actor->officer;
	after->origin = org != NULL ? org->code : rules->centre;
	after->imported = historic;
	if (historic && (after->closed_at != 0 || state_is_closed(rules, after->status)))
		step = closed_step(rules);
	if (step == NULL) /* history without a closed step stays where a new one goes */
		step = start_step(draft);
	after->seat = org_of_tier(rules, after->origin, step->tier);
	if (after->seat == NULL) /* taken in further up, for the loop of the place */
		after->seat = seat_below(rules, after, step->tier);
	if (after->seat == NULL)
		after->seat = rules->centre;
	draft_enter(draft, step);
	return ERR_OK;
}
