/* The names of a profile and its lists of choices, its own or its base's. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static enum err choices_build(struct build *build, const char *name, bool needed,
			      struct choices *ret, struct error *err)
{
	const struct conf_section *from = build_from(build, name);
	size_t n = conf_count(from, name);
	struct choice *items = arena_array(&build->profile->arena, n + 1, sizeof *items);

	if (n == 0 && needed)
		return conf_error(from, NULL, err, _("%s: at least one is needed"), name);
	for (size_t i = 0; i < n; i++) {
		const struct conf_section *section = conf_child(from, name, i);
		enum err code = build_id(section, name, err);

		if (code)
			return code;
		items[i].code = arena_strdup(&build->profile->arena, conf_title(section));
		items[i].label = build_str(build, section, "label");
		items[i].words = build_list(build, section, "words");
	}
	*ret = (struct choices){ items, n };
	return ERR_OK;
}

/* Urgencies and severities are numbers in the data: no more than their fields take. */
static enum err check_count(struct build *build, const char *name, const struct choices *choices,
			    struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	unsigned most = field_find(kind->fields, kind->n_fields, name)->max;

	if (choices->n <= most)
		return ERR_OK;
	return conf_error(conf_child(build_from(build, name), name, most), NULL, err,
			  _("%s: at most %u"), name, most);
}

static void build_names(struct build *build)
{
	struct rules *rules = &build->profile->rules;

	rules->name = build_str(build, build->root, "name");
	rules->title = build_str(build, build->root, "title");
	rules->brief = build_str(build, build->root, "brief");
	rules->centre = build_str(build, build->root, "centre");
	rules->closed_words = build_list(build, build_from(build, "closed_words"), "closed_words");
	build->profile->calendar = build_str(build, build_from(build, "calendar"), "calendar");
}

static enum err add_labels(struct build *build, const struct conf_section *from,
			   struct act_label *labels, size_t *n, struct error *err)
{
	size_t own = *n;

	for (size_t i = 0; from && i < conf_count(from, "act"); i++) {
		const struct conf_section *section = conf_child(from, "act", i);
		const struct act_desc *act = act_desc_find(conf_title(section));
		bool known = false;

		if (!act)
			return conf_error(section, NULL, err,
					  _("there is no act \"%s\"; %s"), conf_title(section),
					  act_words(&build->profile->arena, true,
						    conf_title(section)));
		for (size_t k = 0; k < own; k++) /* this file's win over the base's */
			known = known || labels[k].act == act;
		if (!known)
			labels[(*n)++] =
				(struct act_label){ act, build_str(build, section, "label") };
	}
	return ERR_OK;
}

static enum err build_labels(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t most = conf_count(build->root, "act") +
		      (build->base ? conf_count(build->base, "act") : 0);
	struct act_label *labels =
		arena_array(&build->profile->arena, most + 1, sizeof *labels);
	enum err code = add_labels(build, build->root, labels, &rules->n_labels, err);

	if (!code)
		code = add_labels(build, build->base, labels, &rules->n_labels, err);
	rules->labels = labels;
	return code;
}

/* Options that name one of a list. */
static enum err build_defaults(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "other_category");
	const char *source;
	enum err code;

	if (!conf_given(from, "other_category"))
		return conf_error(from, NULL, err, _("other_category: is missing"));
	code = build_code(build, from, "other_category", &rules->categories,
			  &rules->other_category, err);
	if (!code && !rules->other_category)
		code = conf_error(from, "other_category", err, _("other_category: is missing"));
	if (!code)
		code = build_code(build, build_from(build, "default_source"), "default_source",
				  &rules->sources, &source, err);
	if (!code)
		rules->default_source = source;
	return code;
}

enum err build_lists(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct {
		const char *name;
		struct choices *choices;
		bool needed;
	} lists[] = {
		{ "tier", &rules->tiers, true },
		{ "role", &rules->roles, true },
		{ "source", &rules->sources, true },
		{ "category", &rules->categories, true },
		{ "urgency", &rules->urgencies, true },
		{ "severity", &rules->severities, true },
		{ "type", &rules->types, false },
		{ "object", &rules->objects, false },
		{ "object_state", &rules->object_states, false },
		{ "out", &rules->outs, false },
		{ "reveal_why", &rules->reveal_whys, false },
	};
	enum err code = ERR_OK;

	build_names(build);
	for (size_t i = 0; !code && i < ARRAY_LEN(lists); i++)
		code = choices_build(build, lists[i].name, lists[i].needed, lists[i].choices, err);
	if (!code)
		code = build_roles(build, err);
	if (!code)
		code = check_count(build, "urgency", &rules->urgencies, err);
	if (!code)
		code = check_count(build, "severity", &rules->severities, err);
	if (!code)
		code = build_defaults(build, err);
	return code ? code : build_labels(build, err);
}
