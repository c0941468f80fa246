/* Forms filled in beforehand: what is reported again and again, and words that are written often. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* What a template may fill in; those of a list are found there by code, label or other names. */
static const struct {
	const char *name;
	size_t list; /* offset of the choices in rules; 0: words */
	bool by_number;
} parts[] = {
	{ "title", 0, false },
	{ "text", 0, false },
	{ "address", 0, false },
	{ "category", offsetof(struct rules, categories), false },
	{ "urgency", offsetof(struct rules, urgencies), true },
	{ "severity", offsetof(struct rules, severities), true },
	{ "type", offsetof(struct rules, types), false },
	{ "source", offsetof(struct rules, sources), false },
	{ "reason", 0, false },
	{ "note", 0, false },
	{ "result", 0, false },
	{ "reply", 0, false },
	{ "words", 0, false },
	{ "gist", 0, false },
};

struct filling {
	struct build *build;
	const struct conf_section *section;
	bool own; /* of the profile itself, not of its base */
	struct template *template;
	struct template_value *values;
};

/* A base's word that this profile's list does not have is left out: the lists are its own. */
static enum err of_list(const struct filling *filling, size_t part, const char **ret_value,
			struct error *err)
{
	const struct rules *rules = &filling->build->profile->rules;
	const struct choices *choices =
		(const struct choices *)((const char *)rules + parts[part].list);
	const char *words = conf_str(filling->section, parts[part].name);
	const struct choice *choice = choices_find(choices, words);

	for (size_t i = 0; !choice && i < choices->n; i++) /* a name goes before other names */
		if (strcmp(choices->items[i].label, words) == 0)
			choice = &choices->items[i];
	if (!choice)
		choice = choices_named(choices, words);
	*ret_value = NULL;
	if (choice)
		*ret_value = parts[part].by_number ?
				     arena_printf(&filling->build->profile->arena, "%zu",
						  (size_t)(choice - choices->items) + 1) :
				     choice->code;
	else if (filling->own)
		return conf_error(filling->section, parts[part].name, err,
				  _("%s: \"%s\" is none of %s"), parts[part].name, words,
				  choice_words(&filling->build->profile->arena, choices));
	return ERR_OK;
}

static enum err fill_part(const struct filling *filling, size_t part, struct error *err)
{
	struct template *template = filling->template;
	const char *words = conf_str(filling->section, parts[part].name), *value;
	const struct field *field;
	enum err code;

	if (!*words)
		return ERR_OK;
	field = act_arg_field(template->act, parts[part].name);
	if (!field)
		return conf_error(filling->section, parts[part].name, err,
				  _("%s: the act %s does not ask for it"), parts[part].name,
				  template->act->verb);
	if (!parts[part].list) {
		value = build_str(filling->build, filling->section, parts[part].name);
		if (field_max(field) && text_chars(value) > field_max(field))
			return conf_error(filling->section, parts[part].name, err,
					  _("%s: longer than %zu characters"), parts[part].name,
					  (size_t)field_max(field));
	} else if ((code = of_list(filling, part, &value, err)) != ERR_OK) {
		return code;
	}
	if (value)
		filling->values[template->n_values++] =
			(struct template_value){ parts[part].name, value };
	return ERR_OK;
}

static enum err fill(struct filling *filling, struct error *err)
{
	struct template *template = filling->template;
	const char *verb = conf_str(filling->section, "act");
	enum err code = build_id(filling->section, "template", err);

	if (code)
		return code;
	template->code = arena_strdup(&filling->build->profile->arena,
				      conf_title(filling->section));
	template->label = build_str(filling->build, filling->section, "label");
	template->ask = build_opt(filling->build, filling->section, "ask");
	template->act = act_desc_find(verb);
	if (!template->act || template->act->flags & ACT_SYSTEM)
		return conf_error(filling->section, "act", err, _("there is no act \"%s\"; %s"), verb,
				  act_words(&filling->build->profile->arena, true, verb));
	filling->values = arena_array(&filling->build->profile->arena, ARRAY_LEN(parts),
				      sizeof *filling->values);
	template->values = filling->values;
	for (size_t i = 0; !code && i < ARRAY_LEN(parts); i++)
		code = fill_part(filling, i, err);
	return code;
}

static enum err add_all(struct build *build, const struct conf_section *from,
			struct template *templates, size_t *n, struct error *err)
{
	size_t own = *n;
	enum err code = ERR_OK;

	for (size_t i = 0; from && !code && i < conf_count(from, "template"); i++) {
		struct filling filling = { .build = build,
					   .section = conf_child(from, "template", i),
					   .own = from == build->root,
					   .template = &templates[*n] };
		bool known = false;

		for (size_t k = 0; k < own; k++) /* this file's win over the base's */
			known = known || strcmp(templates[k].code, conf_title(filling.section)) == 0;
		if (known)
			continue;
		code = fill(&filling, err);
		(*n)++;
	}
	return code;
}

enum err build_templates(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t most = conf_count(build->root, "template") +
		      (build->base ? conf_count(build->base, "template") : 0);
	struct template *templates =
		arena_array(&build->profile->arena, most + 1, sizeof *templates);
	enum err code = add_all(build, build->root, templates, &rules->n_templates, err);

	if (!code)
		code = add_all(build, build->base, templates, &rules->n_templates, err);
	rules->templates = templates;
	return code;
}
