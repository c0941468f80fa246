/* Forms of acts: what stands in their fields at first, and what was typed as arguments. */
#include <config.h>

#include <string.h>

#include "act_joint.h"
#include "act_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/value.h"

static bool is_field_of(const struct subject *subject, const struct field *field)
{
	const struct kind_desc *kind = kind_desc(subject->kind);

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

/* The departments that are called by a whistle, but the one that leads. */
static const char *called(const struct whistle *whistle, bool lead, struct arena *arena)
{
	const char *joined = "";

	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (share->freed_at || (lead && !str_eq(share->org, whistle->lead)))
			continue;
		joined = *joined ? arena_printf(arena, "%s,%s", joined, share->org) : share->org;
	}
	return joined;
}

bool act_fields_corrects(const struct act_desc *act)
{
	return act->conflict == CONFLICT_MERGE_FIELDS || act_joint_corrects(act) ||
	       (act->target == KIND_WHISTLE && strcmp(act->verb, "revise") == 0);
}

const char *act_fields_present(struct app *app, const struct field *field,
			       const struct subject *subject, struct arena *arena)
{
	if (subject && subject->kind == KIND_WHISTLE &&
	    (strcmp(field->name, "assist") == 0 || strcmp(field->name, "lead_org") == 0))
		return called(subject->whistle.whistle, *field->name == 'l', arena);
	if (subject && act_joint_present(field, subject, arena))
		return act_joint_present(field, subject, arena);
	if (!subject || !is_field_of(subject, field) || field->flags & F_MASK)
		return "";
	return as_typed(app, field, field_get(field, subject_entity(subject)), arena);
}

static bool subject_has_departments(enum kind kind)
{
	return kind == KIND_WHISTLE || kind == KIND_ITEM || kind == KIND_ACTION;
}

/* Whether it stands in the target, so that only another value is sent. */
static bool stands(const struct subject *subject, const struct field *field)
{
	return is_field_of(subject, field) ||
	       (subject_has_departments(subject->kind) && (strcmp(field->name, "assist") == 0 ||
						  strcmp(field->name, "lead_org") == 0));
}

const char *act_fields_phone_present(struct app *app, const struct field *field,
				     const struct by_phone *phone, struct arena *arena)
{
	return as_typed(app, field, field_get(field, phone), arena);
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

static enum err give(struct app *app, const struct field *field, const char *words,
		     struct arena *arena, struct given *ret_given, struct error *err)
{
	ret_given->field = field;
	return client_value(app->client, field, words, arena, &ret_given->value, err);
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

	while (code == ERR_OK && *n < ACT_ARGS_MAX && (word = strsep(&rest, ", ")) != NULL)
		if (*word)
			code = give(app, field, word, arena, &given[(*n)++], err);
	return code;
}

/* A name with its path is looked at; one that an act of the desk carried stays as it was. */
static enum err give_file(const struct act_fields *fields, const struct field *field,
			  const char *path, struct arena *arena, struct given *given, size_t *n,
			  struct error *err)
{
	if (!fields->again || file_exists(path))
		return client_file(fields->act, path, arena, given, n, err);
	given[(*n)++] = (struct given){ field, { .is_text = true, .text = path } };
	return ERR_OK;
}

static enum err give_one(struct app *app, const struct act_fields *fields, size_t i,
			 const char *words, struct arena *arena, struct given *given, size_t *n,
			 struct error *err)
{
	const struct field *field = fields->args[i];

	if (fields->fields[i].type == FORM_MANY || strcmp(field->name, "incident") == 0)
		return give_many(app, field, arena_strdup(arena, words), arena, given, n, err);
	if (!*words)
		return give_nothing(field, &given[(*n)++]);
	if (strcmp(field->name, "file_name") == 0)
		return give_file(fields, field, words, arena, given, n, err);
	return give(app, field, words, arena, &given[(*n)++], err);
}

enum err act_fields_given(struct app *app, const struct act_fields *fields, const struct form *form,
			  const struct subject *subject, struct arena *arena,
			  struct given **ret_given, size_t *ret_n, const char **ret_field,
			  struct error *err)
{
	struct given *given = arena_array(arena, ACT_ARGS_MAX + CLIENT_FILE_GIVEN, sizeof *given);
	size_t n = 0;

	for (size_t i = 0; i < fields->n_act && n < ACT_ARGS_MAX; i++) {
		const struct field *field = fields->args[i];
		const char *words = form_get(form, fields->fields[i].name);
		enum err code;

		if (subject && stands(subject, field) &&
		    strcmp(words, act_fields_present(app, field, subject, arena)) == 0)
			continue;
		if (!*words && !(subject && is_field_of(subject, field)))
			continue;
		code = give_one(app, fields, i, words, arena, given, &n, err);
		if (code != ERR_OK) {
			*ret_field = fields->fields[i].name;
			return code;
		}
	}
	*ret_given = given;
	*ret_n = n;
	return ERR_OK;
}

enum err act_fields_phone(struct app *app, const struct act_fields *fields, const struct form *form,
			  struct arena *arena, struct by_phone *phone, const char **ret_field,
			  struct error *err)
{
	for (size_t i = fields->n_act; i < fields->n; i++) {
		struct given given;
		const char *words = form_get(form, fields->fields[i].name);
		enum err code = give(app, fields->args[i], words, arena, &given, err);

		if (code != ERR_OK) {
			*ret_field = fields->fields[i].name;
			return code;
		}
		field_set(fields->args[i], phone, given.value, arena);
	}
	if (by_phone_is(phone) && !phone->org && !phone->role && !phone->rung &&
	    !phone->answered_by) {
		*ret_field = fields->fields[fields->n_act].name;
		return error_set(err, ERR_INPUT, "%s",
				 _("say for whom it is recorded, or who was rung; F5 leaves it out"));
	}
	return ERR_OK;
}
