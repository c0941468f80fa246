#include <config.h>

#include <string.h>

#include "app_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* The order in which a registration is asked for: three fields, then what may follow.  What only an
 * import brings is not asked for at all. */
static const char *const register_order[] = {
	"title",    "street",	 "urgency",  "text",	    "address", "category", "source",
	"reporter", "phone",	 "community", "grid",	    "occurred_at", "severity", "src_no",
};

static size_t act_order(const struct act_desc *act, struct act_arg args[ACT_ARGS_MAX])
{
	struct act_arg all[ACT_ARGS_MAX];
	size_t n = act_args(act, all), used = 0;

	if (strcmp(act->verb, "register") != 0) {
		for (size_t i = 0; i < n; i++)
			if (!(all[i].field->flags & F_HIDDEN))
				args[used++] = all[i];
		return used;
	}
	for (size_t o = 0; o < ARRAY_LEN(register_order); o++)
		for (size_t i = 0; i < n; i++)
			if (strcmp(all[i].field->name, register_order[o]) == 0)
				args[used++] = all[i];
	return used;
}

/* ---- choices ---- */

static struct form_choice *choice_list(const struct choices *choices, bool by_number,
				       struct arena *arena, size_t *ret_n)
{
	struct form_choice *list = arena_array(arena, choices->n + 1, sizeof *list);

	for (size_t i = 0; i < choices->n; i++) {
		list[i].value = by_number ? arena_printf(arena, "%zu", i + 1)
					  : choices->items[i].code;
		list[i].label = choices->items[i].label;
		list[i].hint = choices->items[i].code;
	}
	*ret_n = choices->n;
	return list;
}

/* Organisations in protocol order; a field called like a tier (street, community, grid) takes only
 * those of it, the others none that is below a street. */
static bool org_fits(const struct rules *rules, const struct field *field, const struct org *org)
{
	bool tiered = choices_find(&rules->tiers, field->name) != NULL;

	if (tiered)
		return str_eq(org->tier, field->name);
	return !str_eq(org->tier, "community") && !str_eq(org->tier, "grid");
}

static struct form_choice *org_list(const struct rules *rules, const struct field *field,
				    struct arena *arena, size_t *ret_n)
{
	struct form_choice *list = arena_array(arena, rules->n_orgs + 1, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (!org_fits(rules, field, org))
			continue;
		list[n].value = org->code;
		list[n].label = org->brief ? org->brief : org->name;
		list[n].help = org->name;
		list[n++].hint = arena_printf(arena, "%s %s", org->code, org->name);
	}
	*ret_n = n;
	return list;
}

static struct form_choice *yes_no(struct arena *arena, size_t *ret_n)
{
	struct form_choice *list = arena_array(arena, 2, sizeof *list);

	list[0] = (struct form_choice){ .value = "1", .label = _("yes") };
	list[1] = (struct form_choice){ .value = "0", .label = _("no") };
	*ret_n = 2;
	return list;
}

/* ---- fields ---- */

static const char *field_help(const struct field *field)
{
	switch (field->type) {
	case FIELD_TIME:
		return _("2026-11-22 02:41, or 02:41 of today");
	case FIELD_MICRO:
		return _("degrees: 31.779400");
	case FIELD_ORG:
		return _("type to choose: name, short name or code");
	case FIELD_CHOICE:
	case FIELD_CODE:
		return _("type to choose");
	case FIELD_TEXT:
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_PERSON:
		break;
	}
	return field->flags & F_LONG ? _("several lines; Tab goes on") : NULL;
}

static void make_field(struct app *app, const struct act_arg *arg, struct arena *arena,
		       struct form_field *out)
{
	const struct rules *rules = client_rules(app->client);
	const struct field *field = arg->field;
	const struct choices *choices = rules_choices(rules, field);

	out->name = field->name;
	out->label = _(field->title);
	out->help = field_help(field);
	out->type = field->flags & F_LONG ? FORM_TEXT : FORM_LINE;
	out->flags = arg->required ? FORM_REQUIRED : 0;
	out->max_chars = field_is_text(field) ? field_max(field) : 0;
	out->rows = field->flags & F_LONG ? 5 : 1;
	if (field->type == FIELD_ORG)
		out->choices = org_list(rules, field, arena, &out->n_choices);
	else if (choices)
		out->choices = choice_list(choices, field->type == FIELD_CHOICE, arena,
					   &out->n_choices);
	else if (field->type == FIELD_BOOL)
		out->choices = yes_no(arena, &out->n_choices);
	if (out->n_choices)
		out->type = arg->repeat ? FORM_MANY : FORM_CHOICE;
}

void act_fields_build(struct app *app, const struct act_desc *act, struct arena *arena,
		      struct act_fields *ret_fields)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_order(act, args);

	ret_fields->fields = arena_array(arena, n + 1, sizeof *ret_fields->fields);
	ret_fields->args = arena_array(arena, n + 1, sizeof *ret_fields->args);
	ret_fields->n = n;
	for (size_t i = 0; i < n; i++) {
		make_field(app, &args[i], arena, &ret_fields->fields[i]);
		ret_fields->args[i] = args[i].field;
	}
}

static bool is_incident_field(const struct field *field)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	return field >= kind->fields && field < kind->fields + kind->n_fields;
}

/* As the form has it: a code, a number, a whole time. */
static const char *as_typed(struct app *app, const struct field *field, struct value value,
			    struct arena *arena)
{
	char text[CIVIL_TEXT];

	if (!value_is_set(value))
		return "";
	switch (field->type) {
	case FIELD_TIME:
		civil_format(value.num, client_rules(app->client)->offset_min, "Y-m-d H:M:S", text,
			     sizeof text);
		return arena_strdup(arena, text);
	case FIELD_MICRO:
		return arena_strdup(arena, rules_show(client_rules(app->client), field, value, text,
						      sizeof text));
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_CHOICE:
		return arena_printf(arena, "%lld", (long long)value.num);
	case FIELD_TEXT:
	case FIELD_CODE:
	case FIELD_ORG:
	case FIELD_PERSON:
		break;
	}
	return value.text;
}

const char *act_fields_present(struct app *app, const struct field *field,
			       const struct incident *incident, struct arena *arena)
{
	if (!incident || !is_incident_field(field) || field->flags & F_MASK)
		return "";
	return as_typed(app, field, field_get(field, incident), arena);
}

const char *act_fields_carried(struct app *app, const struct field *field, const struct act *act,
			       struct arena *arena)
{
	const char *joined = NULL;

	for (size_t i = 0; i < act->n_given; i++) {
		const char *text;

		if (act->given[i].field != field)
			continue;
		text = as_typed(app, field, act->given[i].value, arena);
		joined = joined ? arena_printf(arena, "%s,%s", joined, text) : text;
	}
	return joined;
}

/* ---- what was typed ---- */

/* "02:41" is of today. */
static const char *whole_time(struct app *app, const char *words, struct arena *arena)
{
	char day[CIVIL_TEXT];

	if (strlen(words) > 5 || !strchr(words, ':'))
		return words;
	civil_format(app_now(app), client_rules(app->client)->offset_min, "Y-m-d", day,
		     sizeof day);
	return arena_printf(arena, "%s %s", day, words);
}

static enum err give(struct app *app, const struct field *field, const char *words,
		     struct arena *arena, struct given *ret_given, struct error *err)
{
	if (field->type == FIELD_TIME)
		words = whole_time(app, words, arena);
	ret_given->field = field;
	return rules_parse(client_rules(app->client), field, words, arena, &ret_given->value, err);
}

/* A correction may empty a field. */
static enum err give_nothing(const struct field *field, struct given *ret_given)
{
	*ret_given = (struct given){ field, { .is_text = field_is_text(field) } };
	return ERR_OK;
}

/* Several choices are joined by commas. */
static enum err give_many(struct app *app, const struct field *field, char *words,
			  struct arena *arena, struct given *given, size_t *n, struct error *err)
{
	char *rest = words, *word;
	enum err code = ERR_OK;

	while (code == ERR_OK && *n < ACT_ARGS_MAX && (word = strsep(&rest, ",")) != NULL)
		if (*word)
			code = give(app, field, word, arena, &given[(*n)++], err);
	return code;
}

enum err act_fields_given(struct app *app, const struct act_fields *fields, const struct form *form,
			  const struct incident *incident, struct arena *arena,
			  struct given **ret_given, size_t *ret_n, const char **ret_field,
			  struct error *err)
{
	struct given *given = arena_array(arena, ACT_ARGS_MAX, sizeof *given);
	size_t n = 0;

	for (size_t i = 0; i < fields->n && n < ACT_ARGS_MAX; i++) {
		const struct field *field = fields->args[i];
		const char *words = form_get(form, field->name);
		enum err code;

		if (incident && is_incident_field(field) &&
		    strcmp(words, act_fields_present(app, field, incident, arena)) == 0)
			continue;
		if (!*words && !(incident && is_incident_field(field)))
			continue;
		if (fields->fields[i].type == FORM_MANY)
			code = give_many(app, field, arena_strdup(arena, words), arena, given, &n,
					 err);
		else if (!*words)
			code = give_nothing(field, &given[n++]);
		else
			code = give(app, field, words, arena, &given[n++], err);
		if (code != ERR_OK) {
			*ret_field = field->name;
			return code;
		}
	}
	*ret_given = given;
	*ret_n = n;
	return ERR_OK;
}
