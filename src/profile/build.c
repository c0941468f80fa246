/* What all parts of a build share: where an option stands, strings in the arena, words of
 * errors. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { ID_MAX = 20, WORDS_MAX = 640 };

const struct conf_section *build_from(const struct build *build, const char *name)
{
	if (!build->base || conf_given(build->root, name) || !conf_given(build->base, name))
		return build->root;
	return build->base;
}

const char *build_str(struct build *build, const struct conf_section *section, const char *name)
{
	return arena_strdup(&build->profile->arena, conf_str(section, name));
}

const char *build_opt(struct build *build, const struct conf_section *section, const char *name)
{
	return *conf_str(section, name) ? build_str(build, section, name) : NULL;
}

const char *const *build_list(struct build *build, const struct conf_section *section,
			      const char *name)
{
	size_t n = conf_count(section, name);
	const char **list = arena_array(&build->profile->arena, n + 1, sizeof *list);

	for (size_t i = 0; i < n; i++)
		list[i] = arena_strdup(&build->profile->arena, conf_item(section, name, i));
	return list;
}

const char *words_of(struct arena *arena, const char *const *words, size_t n)
{
	struct str str = STR_INIT;
	const char *copy;

	for (size_t i = 0; i < n && str.len < WORDS_MAX; i++)
		str_addf(&str, "%s%s", i ? ", " : "", words[i]);
	if (str.len >= WORDS_MAX)
		str_add(&str, " …");
	copy = arena_strdup(arena, str_get(&str));
	str_release(&str);
	return copy;
}

const char *words_near(struct arena *arena, const char *const *words, size_t n, const char *word)
{
	const char *nearest = conf_nearest(words, n, word), *all = words_of(arena, words, n);

	if (!nearest)
		return arena_printf(arena, _("there are %s"), all);
	return arena_printf(arena, _("is %s meant? there are %s"), nearest, all);
}

const char *choice_words(struct arena *arena, const struct choices *choices)
{
	const char **words = arena_array(arena, choices->n + 1, sizeof *words);

	for (size_t i = 0; i < choices->n; i++)
		words[i] = choices->items[i].code;
	return words_of(arena, words, choices->n);
}

const char *step_words(struct build *build, const char *word)
{
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(build->root, "step");
	const char **words = arena_array(arena, n + 1, sizeof *words);

	for (size_t i = 0; i < n; i++)
		words[i] = conf_title(conf_child(build->root, "step", i));
	return words_near(arena, words, n, word);
}

const char *build_titles(struct build *build, const struct conf_section *section, const char *name)
{
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(section, name);
	const char **words = arena_array(arena, n + 1, sizeof *words);

	for (size_t i = 0; i < n; i++)
		words[i] = conf_title(conf_child(section, name, i));
	return n > 0 ? words_of(arena, words, n) : _("none");
}

enum err build_id(const struct conf_section *section, const char *what, struct error *err)
{
	const char *id = conf_title(section);

	if (!*id || strlen(id) > ID_MAX || strpbrk(id, " \t,;=|\"'"))
		return conf_error(section, NULL, err,
				  _("%s \"%s\": a code has 1 to 20 letters and digits"), what, id);
	return ERR_OK;
}

enum err build_code(struct build *build, const struct conf_section *section, const char *name,
		    const struct choices *choices, const char **ret_code, struct error *err)
{
	const char *code = conf_str(section, name);
	const struct choice *choice = choices_find(choices, code);

	if (*code && !choice)
		return conf_error(section, name, err, _("%s: \"%s\" is none of %s"), name, code,
				  choices->n ? choice_words(&build->profile->arena, choices)
					     : _("none: the list is empty"));
	*ret_code = choice ? choice->code : NULL;
	return ERR_OK;
}

enum err build_limit(const struct conf_section *section, const char *name, struct limit *ret_limit,
		     struct error *err)
{
	struct error why = ERROR_INIT;

	if (limit_parse(conf_str(section, name), ret_limit, &why))
		return conf_error(section, name, err, "%s: %s", name, why.text);
	return ERR_OK;
}

int choice_position(const struct choices *choices, const char *code)
{
	const struct choice *choice = choices_find(choices, code);

	return choice ? (int)(choice - choices->items) + 1 : 0;
}

bool category_known(const struct choices *categories, const char *prefix)
{
	for (size_t i = 0; i < categories->n; i++)
		if (*prefix && str_starts(categories->items[i].code, prefix))
			return true;
	return false;
}

const char *word_take(struct arena *arena, const char **s)
{
	const char *from = *s + strspn(*s, " "), *to = from + strcspn(from, " ");

	*s = to + strspn(to, " ");
	return arena_strndup(arena, from, (size_t)(to - from));
}
