#include <config.h>

#include "zhiban/domain/act.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static const struct act_desc acts[] = {
#define A(verb_, alias_, target_, title_, args_, conflict_, inverse_, flags_)                  \
	{ .verb = #verb_,                                                                      \
	  .alias = alias_,                                                                     \
	  .target = KIND_##target_,                                                            \
	  .title = title_,                                                                     \
	  .args = args_,                                                                       \
	  .conflict = CONFLICT_##conflict_,                                                    \
	  .inverse = #inverse_,                                                                \
	  .flags = flags_ },
#include "zhiban/domain/act.def"
#undef A
};

/* Arguments are no part of a struct: their offset has no meaning. */
static const struct field arguments[] = {
#define F(name_, ...) FIELD_DESC(0, name_, __VA_ARGS__),
#include "zhiban/domain/argument.def"
#undef F
};

static const struct field phone_fields[] = {
#define F(name_, ...) FIELD_DESC(offsetof(struct by_phone, name_), name_, __VA_ARGS__),
#include "zhiban/domain/by_phone.def"
#undef F
};

static const struct { /* words of act.def that stand for many fields */
	const char *word;
	unsigned flag;
} groups[] = {
	{ "intake", F_INTAKE },
	{ "fix", F_FIX },
};

size_t act_desc_count(void)
{
	return ARRAY_LEN(acts);
}

const struct act_desc *act_desc_at(size_t i)
{
	return &acts[i];
}

const struct act_desc *act_desc_find(const char *verb)
{
	if (*verb == '\0')
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (strcmp(acts[i].verb, verb) == 0 || strcmp(acts[i].alias, verb) == 0)
			return &acts[i];
	return NULL;
}

const struct act_desc *act_desc_of(enum kind kind, const char *verb)
{
	if (*verb == '\0')
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (acts[i].target == kind &&
		    (strcmp(acts[i].verb, verb) == 0 || strcmp(acts[i].alias, verb) == 0))
			return &acts[i];
	return NULL;
}

const struct act_desc *act_desc_unknown(void)
{
	static const struct act_desc unknown = { .verb = "", .alias = "", .target = KIND_INCIDENT,
						 .title = "", .args = "",
						 .conflict = CONFLICT_APPEND, .inverse = "none",
						 .flags = ACT_SYSTEM };

	return &unknown;
}

bool by_phone_is(const struct by_phone *phone)
{
	return phone->org != NULL || phone->role != NULL || phone->rung != NULL ||
	       phone->answered_by != NULL || phone->wording != NULL || phone->at != 0;
}

const struct field *by_phone_fields(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(phone_fields);
	return phone_fields;
}

bool act_follows(const struct act *act)
{
	return uuid_is_nil(&act->console) && !uuid_is_nil(&act->after);
}

const char *act_verb(const struct act *act)
{
	return act->verb != NULL ? act->verb : act->desc->verb;
}

static size_t add_arg(struct act_arg args[ACT_ARGS_MAX], size_t n, struct act_arg arg)
{
	for (size_t i = 0; i < n; i++)
		if (args[i].field == arg.field)
			return n;
	if (n == ACT_ARGS_MAX)
		return n;
	args[n] = arg;
	return n + 1;
}

/* One word of the specification: a group, a field of the target, or an argument. */
static size_t add_word(const struct act_desc *desc, const char *word, size_t len,
		       struct act_arg args[ACT_ARGS_MAX], size_t n)
{
	const struct kind_desc *kind = kind_desc(desc->target);
	struct act_arg arg = { 0 };
	char name[40];

	if (strchr("!*+", word[len - 1]) != NULL) {
		arg.required = word[len - 1] != '*';
		arg.repeat = word[len - 1] != '!';
		len--;
	}
	if (len >= sizeof name)
		return n;
	memcpy(name, word, len);
	name[len] = '\0';
	for (size_t g = 0; g < ARRAY_LEN(groups); g++) {
		if (strcmp(groups[g].word, name) != 0)
			continue;
		for (size_t i = 0; i < kind->n_fields; i++)
			if (kind->fields[i].flags & groups[g].flag)
				n = add_arg(args, n, (struct act_arg){ .field = &kind->fields[i] });
		return n;
	}
	arg.field = field_find(kind->fields, kind->n_fields, name);
	if (arg.field == NULL)
		arg.field = field_find(arguments, ARRAY_LEN(arguments), name);
	return arg.field != NULL ? add_arg(args, n, arg) : n;
}

size_t act_args(const struct act_desc *desc, struct act_arg args[ACT_ARGS_MAX])
{
	size_t n = 0;

	for (const char *s = desc->args; *s != '\0';) {
		size_t len = strcspn(s, " ");
		if (len > 0)
			n = add_word(desc, s, len, args, n);
		s += len;
		s += strspn(s, " ");
	}
	return n;
}

/* Whether a specification has the word, or a group of one of the flags. */
static bool spec_names(const char *args, const char *name, unsigned flags)
{
	size_t len, bare;

	for (const char *s = args; *s != '\0'; s += len + strspn(s + len, " ")) {
		len = strcspn(s, " ");
		bare = strcspn(s, " !*+");
		if (strncmp(s, name, bare) == 0 && name[bare] == '\0')
			return true;
		for (size_t g = 0; g < ARRAY_LEN(groups); g++)
			if (flags & groups[g].flag && strncmp(s, groups[g].word, bare) == 0 &&
			    groups[g].word[bare] == '\0')
				return true;
	}
	return false;
}

const struct field *act_arg_field(const struct act_desc *desc, const char *name)
{
	const struct kind_desc *kind = kind_desc(desc->target);
	const struct field *field = field_find(kind->fields, kind->n_fields, name);
	unsigned flags = field != NULL ? field->flags : 0;

	if (field == NULL)
		field = field_find(arguments, ARRAY_LEN(arguments), name);
	return field != NULL && spec_names(desc->args, name, flags) ? field : NULL;
}

bool act_gives(const struct act *act, const char *name)
{
	for (size_t i = 0; i < act->n_given; i++)
		if (strcmp(act->given[i].field->name, name) == 0)
			return true;
	return false;
}

struct value act_value(const struct act *act, const char *name, size_t i)
{
	for (size_t g = 0; g < act->n_given; g++)
		if (*act->given[g].field->name == *name &&
		    strcmp(act->given[g].field->name, name) == 0 && i-- == 0)
			return act->given[g].value;
	return (struct value){ .is_text = false };
}

const char *act_text(const struct act *act, const char *name)
{
	struct value value = act_value(act, name, 0);

	return value.is_text && value_is_set(value) ? value.text : NULL;
}

void act_give(struct act *act, const struct field *field, struct value value, struct arena *arena)
{
	if (act->n_given == act->cap_given) {
		size_t cap = act->cap_given != 0 ? act->cap_given * 2 : 8;
		struct given *given = arena_array(arena, cap, sizeof *given);
		if (act->n_given > 0)
			memcpy(given, act->given, act->n_given * sizeof *given);
		act->given = given;
		act->cap_given = cap;
	}
	if (value.is_text)
		value.text = arena_strdup(arena, value.text);
	act->given[act->n_given++] = (struct given){ field, value };
}

static enum err check_value(const struct field *field, struct value value, struct error *err)
{
	if (!value_is_set(value))
		return ERR_OK;
	if (value.is_text != field_is_text(field))
		return error_set(err, ERR_INPUT, _("%s has a value of the wrong type"),
				 _(field->title));
	if (value.is_text && !text_valid(value.text, strlen(value.text)))
		return error_set(err, ERR_INPUT, _("%s: the text is not UTF-8"), _(field->title));
	if (value.is_text && text_longer(value.text, field_max(field)))
		return error_set(err, ERR_INPUT, _("%s: %zu characters are too many, at most %u"),
				 _(field->title), text_chars(value.text), field_max(field));
	if (field->type == FIELD_CHOICE && (value.num < 1 || value.num > field->max))
		return error_set(err, ERR_INPUT, _("%s: choose 1 to %u"), _(field->title),
				 field->max);
	if (field->type == FIELD_BOOL && value.num != 1)
		return error_set(err, ERR_INPUT, _("%s: yes or no"), _(field->title));
	return ERR_OK;
}

static enum err check_given(const struct act *act, const struct act_arg *args, size_t n_args,
			    struct error *err)
{
	int seen[ACT_ARGS_MAX] = { 0 };

	for (size_t g = 0; g < act->n_given; g++) {
		const struct given *given = &act->given[g];
		size_t a = 0;
		enum err code;

		while (a < n_args && args[a].field != given->field)
			a++;
		if (a == n_args)
			return error_set(err, ERR_INPUT, _("%s takes no argument %s"),
					 _(act->desc->title), _(given->field->title));
		if (seen[a]++ > 0 && !args[a].repeat)
			return error_set(err, ERR_INPUT, _("%s is given twice"),
					 _(given->field->title));
		code = check_value(given->field, given->value, err);
		if (code != ERR_OK)
			return code;
	}
	return ERR_OK;
}

static enum err check_phone(const struct by_phone *phone, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(phone_fields); i++) {
		enum err code = check_value(&phone_fields[i], field_get(&phone_fields[i], phone),
					    err);

		if (code != ERR_OK)
			return code;
	}
	return ERR_OK;
}

enum err act_check(const struct act *act, struct error *err)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n_args = act_args(act->desc, args);
	enum err code = check_given(act, args, n_args, err);

	if (code == ERR_OK)
		code = check_phone(&act->by_phone, err);
	if (code != ERR_OK)
		return code;
	for (size_t a = 0; a < n_args; a++)
		if (args[a].required && !value_is_set(act_value(act, args[a].field->name, 0)))
			return error_set(err, ERR_INPUT, _("%s is missing"),
					 _(args[a].field->title));
	return ERR_OK;
}
