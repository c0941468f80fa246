/* What is offered by Open311: services from the categories, and what of a case leaves. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/open311.h"

/* Position of a word, or n. */
static size_t place_of(const char *const *words, size_t n, const char *word)
{
	size_t i = 0;

	while (i < n && strcmp(words[i], word) != 0)
		i++;
	return i;
}

static enum err build_word(struct build *build, const struct conf_section *section,
			   const char *name, const char *const *words, size_t n, size_t *ret_place,
			   struct error *err)
{
	const char *word = conf_str(section, name);
	size_t place = place_of(words, n, word);

	if (place == n)
		return conf_error(section, name, err, _("%s: \"%s\": %s"), name, word,
				  words_near(&build->profile->arena, words, n, word));
	*ret_place = place;
	return ERR_OK;
}

/* --- attributes ------------------------------------------------------------------------------- */

static enum err build_values(struct build *build, const struct conf_section *section,
			     struct open311_attribute *attribute, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(section, "values");
	struct open311_value *values = arena_array(arena, n + 1, sizeof *values);
	bool list = attribute->datatype == OPEN311_SINGLE || attribute->datatype == OPEN311_MULTI;

	for (size_t i = 0; i < n; i++) {
		const char *text = conf_item(section, "values", i), *equals = strchr(text, '=');

		if (equals == NULL || equals == text || equals[1] == '\0')
			return conf_item_error(section, "values", i, err,
					       _("values: \"%s\" is not KEY=NAME"), text);
		values[i].key = arena_strndup(arena, text, (size_t)(equals - text));
		values[i].name = arena_strdup(arena, equals + 1);
		for (size_t k = 0; k < i; k++)
			if (str_eq(values[k].key, values[i].key))
				return conf_item_error(section, "values", i, err,
						       _("values: \"%s\" stands there twice"),
						       values[i].key);
	}
	if (list != (n > 0))
		return conf_error(section, n > 0 ? "values" : NULL, err, "%s",
				  list ? _("values: a list needs some")
				       : _("values: only a list has them"));
	attribute->values = values;
	attribute->n_values = n;
	return ERR_OK;
}

static enum err build_attribute(struct build *build, const struct conf_section *section,
				struct open311_attribute *attribute, struct error *err)
{
	size_t datatype = 0;
	enum err code = build_id(section, "attribute", err);

	if (!code)
		code = build_word(build, section, "type", open311_datatype_words,
				  OPEN311_DATATYPES, &datatype, err);
	if (code)
		return code;
	attribute->code = arena_strdup(&build->profile->arena, conf_title(section));
	attribute->description = build_str(build, section, "description");
	attribute->hint = build_opt(build, section, "hint");
	attribute->datatype = (enum open311_datatype)datatype;
	attribute->variable = conf_bool(section, "variable");
	attribute->required = conf_bool(section, "required");
	if (attribute->required && !attribute->variable)
		return conf_error(section, "required", err, "%s",
				  _("required: what is only to be read cannot be"));
	return build_values(build, section, attribute, err);
}

/* --- services --------------------------------------------------------------------------------- */

/* The label of the nearest category that it lies under. */
static const char *group_of(const struct rules *rules, const char *code)
{
	const struct choice *best = NULL;

	for (size_t i = 0; i < rules->categories.n; i++) {
		const struct choice *choice = &rules->categories.items[i];

		if (strlen(choice->code) < strlen(code) && str_starts(code, choice->code) &&
		    (best == NULL || strlen(choice->code) > strlen(best->code)))
			best = choice;
	}
	return best != NULL ? best->label : NULL;
}

static const char *keywords_of(struct build *build, const struct conf_section *section)
{
	const char *words = NULL;

	for (size_t i = 0; i < conf_count(section, "keywords"); i++)
		words = arena_printf(&build->profile->arena, "%s%s%s", words != NULL ? words : "",
				     words != NULL ? ", " : "", conf_item(section, "keywords", i));
	return words;
}

static enum err build_attributes(struct build *build, const struct conf_section *section,
				 struct open311_service *service, struct error *err)
{
	size_t n = conf_count(section, "attribute");
	struct open311_attribute *attributes =
		arena_array(&build->profile->arena, n + 1, sizeof *attributes);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++)
		code = build_attribute(build, conf_child(section, "attribute", i), &attributes[i],
				       err);
	service->attributes = attributes;
	service->n_attributes = n;
	return code;
}

/* section NULL: nothing is said of it. */
static enum err build_service(struct build *build, const struct choice *category,
			      const struct conf_section *section, struct open311_service *service,
			      struct error *err)
{
	size_t type = 0;
	enum err code;

	service->code = category->code;
	service->name = category->label;
	service->group = group_of(&build->profile->rules, category->code);
	if (section == NULL)
		return ERR_OK;
	code = build_word(build, section, "type", open311_type_words, OPEN311_TYPES, &type, err);
	service->type = (enum open311_type)type;
	service->description = build_opt(build, section, "description");
	service->keywords = keywords_of(build, section);
	service->notice = build_opt(build, section, "notice");
	if (*conf_str(section, "group"))
		service->group = build_str(build, section, "group");
	return code ? code : build_attributes(build, section, service, err);
}

/* A category that no other lies under. */
static bool is_leaf(const struct choices *categories, const struct choice *category)
{
	for (size_t i = 0; i < categories->n; i++)
		if (&categories->items[i] != category &&
		    str_starts(categories->items[i].code, category->code))
			return false;
	return true;
}

static const struct conf_section *section_of(const struct conf_section *from, const char *code)
{
	for (size_t i = 0; i < conf_count(from, "service"); i++)
		if (str_eq(conf_title(conf_child(from, "service", i)), code))
			return conf_child(from, "service", i);
	return NULL;
}

/* Each section must be of a category; but a base may speak of categories that the profile has
 * replaced by its own. */
static enum err check_services(struct build *build, const struct conf_section *section,
			       struct error *err)
{
	const struct choices *categories = &build->profile->rules.categories;

	for (size_t i = 0; i < conf_count(section, "service"); i++) {
		const struct conf_section *service = conf_child(section, "service", i);

		if (choices_find(categories, conf_title(service)) == NULL)
			return conf_error(service, NULL, err,
					  _("service \"%s\": no such category; there are %s"),
					  conf_title(service),
					  choice_words(&build->profile->arena, categories));
	}
	return ERR_OK;
}

/* In the order of the categories: all that have none below them, or those that are listed. */
static enum err build_services(struct build *build, const struct conf_section *section,
			       bool others, struct open311 *open311, struct error *err)
{
	const struct choices *categories = &build->profile->rules.categories;
	bool all = !str_eq(conf_str(section, "offer"), "listed");
	struct open311_service *services =
		arena_array(&build->profile->arena, categories->n + 1, sizeof *services);
	enum err code = others ? ERR_OK : check_services(build, section, err);
	size_t n = 0;

	for (size_t i = 0; !code && i < categories->n; i++) {
		const struct choice *category = &categories->items[i];
		const struct conf_section *own =
			others ? NULL : section_of(section, category->code);

		if (own != NULL || (all && is_leaf(categories, category)))
			code = build_service(build, category, own, &services[n++], err);
	}
	open311->services = services;
	open311->n_services = n;
	return code;
}

/* --- the whole -------------------------------------------------------------------------------- */

static enum err check_sources(struct build *build, const struct conf_section *section,
			      struct error *err)
{
	const struct choices *sources = &build->profile->rules.sources;

	for (size_t i = 0; i < conf_count(section, "show"); i++) {
		const char *word = conf_item(section, "show", i);

		if (choices_find(sources, word) == NULL)
			return conf_item_error(section, "show", i, err,
					       _("show: \"%s\" is no source; there are %s"), word,
					       choice_words(&build->profile->arena, sources));
	}
	return ERR_OK;
}

enum err build_open311(struct build *build, struct error *err)
{
	static const char *const addresses[] = { [OPEN311_NOWHERE] = "none", [OPEN311_AREA] = "area",
						 [OPEN311_FULL] = "full" };
	static const char *const offers[] = { "all", "listed" };
	const struct conf_section *from = build_from(build, "open311");
	const struct conf_section *section = conf_child(from, "open311", 0);
	struct open311 *open311;
	size_t address = 0, offer = 0;
	enum err code;

	if (section == NULL)
		return ERR_OK;
	open311 = arena_alloc(&build->profile->arena, sizeof *open311);
	code = build_word(build, section, "address", addresses, ARRAY_LEN(addresses), &address, err);
	if (!code)
		code = build_word(build, section, "offer", offers, ARRAY_LEN(offers), &offer, err);
	if (!code)
		code = check_sources(build, section, err);
	open311->jurisdiction = build_opt(build, section, "jurisdiction");
	open311->contact = build_opt(build, section, "contact");
	open311->key_service = build_opt(build, section, "key_service");
	open311->endpoint = build_opt(build, section, "endpoint");
	open311->show = build_list(build, section, "show");
	open311->expected = build_opt(build, section, "expected");
	open311->text = conf_bool(section, "text");
	open311->position = conf_bool(section, "position");
	open311->notes = conf_bool(section, "notes");
	open311->agency = conf_bool(section, "agency");
	open311->address = (enum open311_address)address;
	open311->rate = (int)conf_int(section, "rate");
	if (!code)
		code = build_services(build, section, from != build_from(build, "category") &&
						      from == build->base, open311, err);
	build->profile->rules.open311 = open311;
	return code;
}
