/* What the duty log (值班日志) shows by itself. */
#include <config.h>

#include <string.h>

#include "rosters_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/record.h"

enum { LOGGED_MAX = 256 };

/* The kinds, or the acts of one, that are near to a word. */
static const char *near_words(struct arena *arena, const struct kind_desc *kind, const char *word)
{
	const char *words[LOGGED_MAX];
	size_t n = 0;

	for (int k = 0; !kind && k < KIND_COUNT; k++)
		if (k != KIND_ORG)
			words[n++] = kind_desc((enum kind)k)->name;
	for (size_t i = 0; kind && i < act_desc_count() && n < ARRAY_LEN(words); i++)
		if (act_desc_at(i)->target == kind->kind)
			words[n++] = act_desc_at(i)->verb;
	return words_near(arena, words, n, word);
}

/* One item: "incident.register", or "mode": all acts on one kind. */
static enum err read_logged(struct build *build, const struct conf_section *section,
			    const char *list, size_t index, const struct kind_desc **ret_kind,
			    const struct act_desc **ret_act, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	const char *text = conf_item(section, list, index), *dot = strchr(text, '.');
	const char *name = dot ? arena_strndup(arena, text, (size_t)(dot - text)) : text;
	const struct kind_desc *kind = NULL;

	for (int k = 0; k < KIND_COUNT; k++)
		if (str_eq(kind_desc((enum kind)k)->name, name))
			kind = kind_desc((enum kind)k);
	if (!kind)
		return conf_item_error(section, list, index, err, _("%s: \"%s\": no such kind; %s"),
				       list, text, near_words(arena, NULL, name));
	*ret_kind = kind;
	*ret_act = dot ? act_desc_of(kind->kind, dot + 1) : NULL;
	if (dot && !*ret_act)
		return conf_item_error(section, list, index, err,
				       _("%s: \"%s\": there is no such act on it; %s"), list, text,
				       near_words(arena, kind, dot + 1));
	return ERR_OK;
}

static struct logged *find(struct logged *items, size_t n, const struct act_desc *act)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].act == act)
			return &items[i];
	return NULL;
}

static enum err take_acts(struct build *build, const struct conf_section *section,
			  struct logged *items, size_t *n, struct error *err)
{
	for (size_t i = 0; i < conf_count(section, "acts"); i++) {
		const struct kind_desc *kind;
		const struct act_desc *only;
		enum err code = read_logged(build, section, "acts", i, &kind, &only, err);

		if (code)
			return code;
		for (size_t k = 0; k < act_desc_count() && *n < LOGGED_MAX; k++) {
			const struct act_desc *act = act_desc_at(k);

			if (act->target == kind->kind && (!only || only == act) &&
			    !find(items, *n, act))
				items[(*n)++] = (struct logged){ act, false };
		}
	}
	return ERR_OK;
}

static enum err take_emphasis(struct build *build, const struct conf_section *section,
			      struct logged *items, size_t n, struct error *err)
{
	for (size_t i = 0; i < conf_count(section, "emphasis"); i++) {
		const struct kind_desc *kind;
		const struct act_desc *only;
		size_t drawn = 0;
		enum err code = read_logged(build, section, "emphasis", i, &kind, &only, err);

		if (code)
			return code;
		for (size_t k = 0; k < n; k++)
			if (items[k].act->target == kind->kind && (!only || only == items[k].act)) {
				items[k].emphasis = true;
				drawn++;
			}
		if (drawn == 0)
			return conf_item_error(section, "emphasis", i, err,
					       _("emphasis: \"%s\" is none of acts: the log does not "
						 "show it"),
					       conf_item(section, "emphasis", i));
	}
	return ERR_OK;
}

enum err build_logged(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *section = conf_child(build_from(build, "log"), "log", 0);
	struct logged *items = arena_array(&build->profile->arena, LOGGED_MAX, sizeof *items);
	size_t n = 0;
	enum err code;

	if (!section)
		return ERR_OK;
	code = take_acts(build, section, items, &n, err);
	if (!code)
		code = take_emphasis(build, section, items, n, err);
	rules->logged = items;
	rules->n_logged = n;
	return code;
}
