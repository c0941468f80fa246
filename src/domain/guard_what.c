/* Guards that ask what the incident is, what is said with the act, and when it is done. */
#include <config.h>

#include <string.h>

#include "guard_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/clock_limit.h"

/* There already, or brought by this act; asked without arguments, an act that can bring it may. */
enum err guard_field_set(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, use->arg);

	if (field == NULL)
		return guard_refuse(use, err, use->arg, "");
	if (ask->incident != NULL && value_is_set(field_get(field, ask->incident)))
		return ERR_OK;
	if (ask->act != NULL ? value_is_set(act_value(ask->act, field->name, 0))
			     : act_arg_field(ask->desc, field->name) != NULL)
		return ERR_OK;
	return guard_refuse(use, err, _(field->title), "");
}

static bool has_words(const char *text)
{
	return text != NULL && text[strspn(text, " \t\r\n")] != '\0';
}

enum err guard_reason_given(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	static const char *const names[] = { "reason", "close_reason", "note" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (act_arg_field(ask->desc, names[i]) == NULL)
			continue;
		if (ask->act == NULL || has_words(act_text(ask->act, names[i])))
			return ERR_OK;
	}
	return guard_refuse(use, err, "", "");
}

/* The closing reason begins with one of the results; what follows are its particulars. */
enum err guard_close_as(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const char *said = ask->act != NULL ? act_text(ask->act, "close_reason") : NULL;
	struct str endings = STR_INIT;

	if (ask->act == NULL && act_arg_field(ask->desc, "close_reason") != NULL)
		return ERR_OK;
	for (const char *s = use->arg; *s != '\0'; s += strspn(s, "|")) {
		size_t len = strcspn(s, "|");

		if (said != NULL && strncmp(said, s, len) == 0) {
			str_release(&endings);
			return ERR_OK;
		}
		str_addf(&endings, "%s%.*s", endings.len > 0 ? _(", ") : "", (int)len, s);
		s += len;
	}
	guard_refuse(use, err, str_get(&endings), "");
	str_release(&endings);
	return ERR_REFUSED;
}

/* A line that the list has, or "none": then it is the list's owner who must say whose it is. */
enum err guard_list_line(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const char *line = ask->act != NULL ? act_text(ask->act, "list_line") : NULL;
	struct str wrong = STR_INIT;

	if (ask->act == NULL && act_arg_field(ask->desc, "list_line") != NULL)
		return ERR_OK;
	if (has_words(line) && (strcmp(line, "none") == 0 || ask->rules->n_duties == 0 ||
				rules_duty_line(ask->rules, line) != NULL))
		return ERR_OK;
	if (has_words(line))
		str_addf(&wrong, _(": there is no line %.80s"), line);
	guard_refuse(use, err, str_get(&wrong), "");
	str_release(&wrong);
	return ERR_REFUSED;
}

enum err guard_photo(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct child_desc *desc = child_desc(CHILD_FILE);
	const struct field *shows = field_find(desc->fields, desc->n_fields, "shows");
	const struct value value = { .is_text = true, .text = use->arg };
	const struct file *files = ask->incident != NULL ? ask->incident->files.items : NULL;
	char buf[80];

	for (size_t i = 0; files != NULL && i < ask->incident->files.n; i++)
		if (str_eq(files[i].shows, use->arg))
			return ERR_OK;
	return guard_refuse(use, err, rules_show(ask->rules, shows, value, buf, sizeof buf), "");
}

enum err guard_scene_reported(const struct ask *ask, const struct guard_use *use,
			      struct error *err)
{
	if (ask->incident != NULL && ask->incident->scene_at != 0)
		return ERR_OK;
	return guard_refuse(use, err, "", "");
}

/* A word of the incident; when it is being registered, of the registration. */
static const char *code_of(const struct ask *ask, const struct choices *choices, const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const char *words = ask->act != NULL ? act_text(ask->act, name) : NULL;
	const struct choice *choice;

	if (ask->incident != NULL)
		words =
		    field_get(field_find(kind->fields, kind->n_fields, name), ask->incident).text;
	choice = choices_named(choices, words);
	return choice != NULL ? choice->code : words;
}

/* Without one said it is of the first type of the profile. */
enum err guard_type_is(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct choices *types = &ask->rules->types;
	const char *type = code_of(ask, types, "type");
	struct str labels = STR_INIT;

	if (type == NULL && types->n > 0)
		type = types->items[0].code;
	if (guard_lists(use->arg, type))
		return ERR_OK;
	guard_labels(types, use->arg, &labels);
	guard_refuse(use, err, str_get(&labels), "");
	str_release(&labels);
	return ERR_REFUSED;
}

enum err guard_category_not(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct choices *categories = &ask->rules->categories;
	const char *category = code_of(ask, categories, "category");
	const struct choice *choice = choices_find(categories, category);

	for (const char *s = use->arg; category != NULL && *s != '\0'; s += strspn(s, "|")) {
		size_t len = strcspn(s, "|");
		if (strncmp(category, s, len) == 0)
			return guard_refuse(use, err, choice != NULL ? choice->label : category,
					    "");
		s += len;
	}
	return ERR_OK;
}

enum err guard_urgency_at_least(const struct ask *ask, const struct guard_use *use,
				struct error *err)
{
	const struct choices *urgencies = &ask->rules->urgencies;
	const struct choice *least = choices_find(urgencies, use->arg);
	int64_t urgency = ask->incident != NULL ? ask->incident->urgency
			  : ask->act != NULL	? act_value(ask->act, "urgency", 0).num
						: 0;

	if (urgency == 0)
		urgency = URGENCY_PLAIN;
	if (least != NULL && urgency <= least - urgencies->items + 1)
		return ERR_OK;
	return guard_refuse(use, err, least != NULL ? least->label : use->arg, "");
}

static enum err check_mode(const struct ask *ask, const struct guard_use *use, bool in,
			   struct error *err)
{
	const struct rules *rules = ask->rules;
	struct str labels = STR_INIT;

	if (guard_lists(use->arg, rules_mode(rules, ask->mode)->code) == in)
		return ERR_OK;
	for (size_t i = 0; i < rules->n_modes; i++)
		if (guard_lists(use->arg, rules->modes[i].code))
			str_addf(&labels, "%s%s", labels.len > 0 ? _(", ") : "",
				 rules->modes[i].label);
	guard_refuse(use, err, str_get(&labels), "");
	str_release(&labels);
	return ERR_REFUSED;
}

enum err guard_mode_is(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	return check_mode(ask, use, true, err);
}

enum err guard_mode_not(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	return check_mode(ask, use, false, err);
}

/* Asked without a moment nobody can tell. */
enum err guard_out_of_hours(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	if (ask->eff == 0 || !rules_in_period(ask->rules, PERIOD_WORK, ask->eff))
		return ERR_OK;
	return guard_refuse(use, err, "", "");
}
