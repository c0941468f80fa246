/* What becomes of warnings that come in, and whose they are. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *const levels[] = { "red", "orange", "yellow", "blue", "none" };
static const char *const messages[] = { "alert", "update", "cancel", "ack", "error" };
static const char *const statuses[] = { "actual", "exercise", "system", "test", "draft" };
static const char *const makes[] = { "nothing", "notice", "incident" };

static const struct { /* lists whose words are known */
	const char *name;
	const char *const *words;
	size_t n;
} known[] = {
	{ "levels", levels, ARRAY_LEN(levels) },
	{ "messages", messages, ARRAY_LEN(messages) },
	{ "statuses", statuses, ARRAY_LEN(statuses) },
};

static bool is_among(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static enum err check_lists(struct build *build, const struct conf_section *section,
			    struct error *err)
{
	struct arena *arena = &build->profile->arena;

	for (size_t k = 0; k < ARRAY_LEN(known); k++)
		for (size_t i = 0; i < conf_count(section, known[k].name); i++) {
			const char *word = conf_item(section, known[k].name, i);

			if (!is_among(known[k].words, known[k].n, word))
				return conf_item_error(section, known[k].name, i, err,
						       _("\"%s\": %s"), word,
						       words_near(arena, known[k].words, known[k].n,
								  word));
		}
	return ERR_OK;
}

/* "area", "all", "tier TIER", or an organisation's code.  What a base names that this profile has
 * not is left out. */
static enum err build_to(struct build *build, const struct conf_section *section,
			 struct warning_rule *rule, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	size_t n = conf_count(section, "to"), kept = 0;
	const char **to = arena_array(&build->profile->arena, n + 1, sizeof *to);

	for (size_t i = 0; i < n; i++) {
		const char *word = conf_item(section, "to", i);
		bool there = strcmp(word, "area") == 0 || strcmp(word, "all") == 0 ||
			     rules_org(rules, word) != NULL ||
			     (strncmp(word, "tier ", 5) == 0 &&
			      choices_find(&rules->tiers, word + 5) != NULL);

		if (!there && build_from(build, "warning") != build->base)
			return conf_item_error(section, "to", i, err,
					       _("\"%s\" is not area, all, tier and a tier, or the "
						 "code of an organisation"),
					       word);
		if (there)
			to[kept++] = arena_strdup(&build->profile->arena, word);
	}
	rule->to = to;
	return ERR_OK;
}

static enum err build_class(struct build *build, const struct conf_section *section,
			    struct warning_rule *rule, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	const char *class = conf_str(section, "class");

	for (size_t i = 0; i < rules->n_receipts; i++)
		if (strcmp(rules->receipts[i].class, class) == 0)
			rule->class = rules->receipts[i].class;
	if (*class && !rule->class)
		return conf_error(section, "class", err, _("\"%s\" is no class of receipts"), class);
	return ERR_OK;
}

static enum err build_what(struct build *build, const struct conf_section *section,
			   struct warning_rule *rule, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	const char *area = conf_str(section, "area"), *word = conf_str(section, "makes");
	const char *urgency = NULL;
	enum err code;

	if (strcmp(area, "own") != 0 && strcmp(area, "any") != 0)
		return conf_error(section, "area", err, _("\"%s\": own or any"), area);
	if (!is_among(makes, ARRAY_LEN(makes), word))
		return conf_error(section, "makes", err, _("\"%s\": notice, incident or nothing"),
				  word);
	rule->anywhere = strcmp(area, "any") == 0;
	for (size_t i = 0; i < ARRAY_LEN(makes); i++)
		if (strcmp(makes[i], word) == 0)
			rule->makes = (enum warning_makes)i;
	code = build_class(build, section, rule, err);
	if (!code)
		code = build_code(build, section, "category", &rules->categories, &rule->category,
				  err);
	if (!code)
		code = build_code(build, section, "urgency", &rules->urgencies, &urgency, err);
	rule->urgency = choice_position(&rules->urgencies, urgency);
	return code;
}

static enum err build_areas(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(build->root, "areas");
	struct warning_area *areas = arena_array(arena, n + 1, sizeof *areas);

	for (size_t i = 0; i < n; i++) {
		const char *words = conf_item(build->root, "areas", i);
		size_t len = strspn(words, "0123456789");

		if (len < 2 || len > 12 || words[len] != ' ' || words[len + 1] == '\0')
			return conf_item_error(build->root, "areas", i, err,
					       _("\"%s\" is not a code of 2 to 12 digits and a name"),
					       words);
		areas[i].code = arena_strndup(arena, words, len);
		areas[i].name = arena_strdup(arena, words + len + 1);
	}
	rules->warnings.areas = areas;
	rules->warnings.n_areas = n;
	return ERR_OK;
}

enum err build_warnings(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "warning");
	size_t n = conf_count(from, "warning");
	struct warning_rule *warnings = arena_array(&build->profile->arena, n + 1, sizeof *warnings);
	enum err code = build_areas(build, err);

	if (!code)
		code = build_code(build, build_from(build, "warning_source"), "warning_source",
				  &rules->sources, &rules->warnings.source, err);
	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *section = conf_child(from, "warning", i);

		code = build_id(section, "warning", err);
		warnings[i].id = arena_strdup(&build->profile->arena, conf_title(section));
		warnings[i].levels = build_list(build, section, "levels");
		warnings[i].events = build_list(build, section, "events");
		warnings[i].messages = build_list(build, section, "messages");
		warnings[i].statuses = build_list(build, section, "statuses");
		if (!code)
			code = check_lists(build, section, err);
		if (!code)
			code = build_to(build, section, &warnings[i], err);
		if (!code)
			code = build_what(build, section, &warnings[i], err);
	}
	rules->warnings.items = warnings;
	rules->warnings.n = n;
	return code;
}
