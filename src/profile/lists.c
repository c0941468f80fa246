/* The plain part of a profile: names, hours, and the lists of choices. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

const char *build_str(struct build *build, const struct conf_section *section, const char *name)
{
	return arena_strdup(&build->profile->arena, conf_str(section, name));
}

const char *words_of(struct arena *arena, const char *const *words, size_t n)
{
	struct str str = STR_INIT;
	const char *copy;

	for (size_t i = 0; i < n && str.len < 400; i++)
		str_addf(&str, "%s%s", i ? ", " : "", words[i]);
	if (str.len >= 400)
		str_add(&str, " …");
	copy = arena_strdup(arena, str_get(&str));
	str_release(&str);
	return copy;
}

const char *choice_words(struct arena *arena, const struct choices *choices)
{
	const char **words = arena_array(arena, choices->n + 1, sizeof *words);

	for (size_t i = 0; i < choices->n; i++)
		words[i] = choices->items[i].code;
	return words_of(arena, words, choices->n);
}

static const char *const *str_list(struct build *build, const struct conf_section *section,
				   const char *name)
{
	size_t n = conf_count(section, name);
	const char **list = arena_array(&build->profile->arena, n + 1, sizeof *list);

	for (size_t i = 0; i < n; i++)
		list[i] = arena_strdup(&build->profile->arena, conf_item(section, name, i));
	return list;
}

static enum err choices_build(struct build *build, const char *name, struct choices *ret,
			      struct error *err)
{
	size_t n = conf_count(build->root, name);
	struct choice *items = arena_array(&build->profile->arena, n + 1, sizeof *items);

	if (n == 0)
		return conf_error(build->root, NULL, err, _("%s: at least one is needed"), name);
	for (size_t i = 0; i < n; i++) {
		const struct conf_section *section = conf_child(build->root, name, i);
		const char *code = conf_title(section);

		if (!*code || strlen(code) > 20 || strpbrk(code, " \t,;=|\"'"))
			return conf_error(section, NULL, err,
					  _("%s \"%s\": a code has 1 to 20 letters and digits"),
					  name, code);
		items[i].code = arena_strdup(&build->profile->arena, code);
		items[i].label = build_str(build, section, "label");
		items[i].words = str_list(build, section, "words");
	}
	*ret = (struct choices){ items, n };
	return ERR_OK;
}

static enum err offset_parse(struct build *build, struct error *err)
{
	const char *s = conf_str(build->root, "offset");
	bool digits = strlen(s) == 6 && (s[0] == '+' || s[0] == '-') && s[3] == ':';
	int hours = 0, minutes = 0;

	for (int i = 1; digits && i < 6; i++)
		digits = i == 3 || (s[i] >= '0' && s[i] <= '9');
	if (digits) {
		hours = (s[1] - '0') * 10 + s[2] - '0';
		minutes = (s[4] - '0') * 10 + s[5] - '0';
	}
	if (!digits || hours > 14 || minutes > 59)
		return conf_error(build->root, "offset", err,
				  _("\"%s\": an offset from UTC such as +08:00"), s);
	build->profile->rules.offset_min = (hours * 60 + minutes) * (s[0] == '-' ? -1 : 1);
	return ERR_OK;
}

/* "17:30-08:30", which may cross midnight. */
static enum err night_parse(struct build *build, struct error *err)
{
	const char *s = conf_str(build->root, "night");
	int h1, m1, h2, m2, used = 0;

	if (sscanf(s, "%2d:%2d-%2d:%2d%n", &h1, &m1, &h2, &m2, &used) != 4 || s[used] || h1 > 24 ||
	    h2 > 24 || m1 > 59 || m2 > 59 || h1 < 0 || h2 < 0 || m1 < 0 || m2 < 0)
		return conf_error(build->root, "night", err,
				  _("\"%s\": times such as 17:30-08:30"), s);
	build->profile->rules.night_from = h1 * 60 + m1;
	build->profile->rules.night_to = h2 * 60 + m2;
	return ERR_OK;
}

static enum err build_names(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	struct error why = ERROR_INIT;

	rules->name = build_str(build, build->root, "name");
	rules->title = build_str(build, build->root, "title");
	rules->brief = build_str(build, build->root, "brief");
	rules->centre = build_str(build, build->root, "centre");
	rules->other_category = build_str(build, build->root, "other_category");
	rules->closed_words = str_list(build, build->root, "closed_words");
	rules->rooms = str_list(build, build->root, "rooms");
	build->profile->calendar = build_str(build, build->root, "calendar");
	if (hours_parse(conf_str(build->root, "hours"), &rules->hours, &why))
		return conf_error(build->root, "hours", err, "%s", why.text);
	if (offset_parse(build, err))
		return ERR_INPUT;
	return night_parse(build, err);
}

static enum err build_labels(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t n = conf_count(build->root, "act");
	struct act_label *labels = arena_array(&build->profile->arena, n + 1, sizeof *labels);

	for (size_t i = 0; i < n; i++) {
		const struct conf_section *section = conf_child(build->root, "act", i);

		labels[i].act = act_desc_find(conf_title(section));
		labels[i].label = build_str(build, section, "label");
		if (!labels[i].act)
			return conf_error(section, NULL, err,
					  _("there is no act \"%s\" (the acts: register, accept, "
					    "assign, sign, …; see `zhiban do --help`)"),
					  conf_title(section));
	}
	rules->labels = labels;
	rules->n_labels = n;
	return ERR_OK;
}

enum err build_lists(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct {
		const char *name;
		struct choices *choices;
	} lists[] = {
		{ "tier", &rules->tiers },	     { "role", &rules->roles },
		{ "source", &rules->sources },	     { "category", &rules->categories },
		{ "urgency", &rules->urgencies },    { "severity", &rules->severities },
	};
	enum err code = build_names(build, err);

	for (size_t i = 0; !code && i < ARRAY_LEN(lists); i++)
		code = choices_build(build, lists[i].name, lists[i].choices, err);
	if (code)
		return code;
	if (!choices_find(&rules->categories, rules->other_category))
		return conf_error(build->root, "other_category", err,
				  _("\"%s\" is none of the categories"), rules->other_category);
	if (*conf_str(build->root, "default_source")) {
		rules->default_source = build_str(build, build->root, "default_source");
		if (!choices_find(&rules->sources, rules->default_source))
			return conf_error(build->root, "default_source", err,
					  _("\"%s\" is none of the sources: %s"),
					  rules->default_source,
					  choice_words(&build->profile->arena, &rules->sources));
	}
	return build_labels(build, err);
}
