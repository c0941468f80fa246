/* Steps, the acts they allow, and guards. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"

static const struct who_word act_who[] = {
	{ "any", WHO_ANY },	{ "centre", WHO_CENTRE },
	{ "holder", WHO_HOLDER }, { "centre_or_holder", WHO_CENTRE_OR_HOLDER },
	{ "origin", WHO_ORIGIN },
};

enum err build_who(struct build *build, const struct conf_section *section,
		   const struct who_word *words, size_t n, enum who *ret_who, struct error *err)
{
	const char *word = conf_str(section, "who");
	const char *allowed[8];

	for (size_t i = 0; i < n; i++) {
		allowed[i] = words[i].word;
		if (str_eq(word, words[i].word)) {
			*ret_who = words[i].who;
			return ERR_OK;
		}
	}
	return conf_error(section, "who", err, _("\"%s\" is none of %s"), word,
			  words_of(&build->profile->arena, allowed, n));
}

/* Whether a guard's argument names what the guard asks for: an act, a field or a role. */
static bool guard_arg_known(const struct build *build, const struct guard_desc *guard,
			    const char *arg)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	if (str_eq(guard->arg, "event"))
		return act_desc_find(arg) != NULL;
	if (str_eq(guard->arg, "field"))
		return field_find(kind->fields, kind->n_fields, arg) != NULL;
	if (str_eq(guard->arg, "role"))
		return choices_find(&build->profile->rules.roles, arg) != NULL;
	return true;
}

static enum err build_guard(struct build *build, const struct conf_section *section,
			    size_t index, struct guard_use *ret_use, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	const char *words = conf_item(section, "guards", index);
	const char *space = strchr(words, ' ');
	const char *name = arena_strndup(arena, words, space ? (size_t)(space - words)
							      : strlen(words));
	const char *arg = arena_strdup(arena, space ? space + 1 : "");
	const struct guard_desc *guard = guard_desc_find(name);
	const char *names[32];
	size_t n = 0;

	if (guard && guard_arg_known(build, guard, arg)) {
		*ret_use = (struct guard_use){ guard, arg };
		return ERR_OK;
	}
	if (guard)
		return conf_item_error(section, "guards", index, err,
				  _("\"%s\": the guard %s needs the name of one %s, not \"%s\""),
				  words, name, guard->arg, arg);
	for (size_t i = 0; i < guard_desc_count() && n < ARRAY_LEN(names); i++)
		names[n++] = guard_desc_at(i)->name;
	return conf_item_error(section, "guards", index, err,
			       _("there is no guard \"%s\"; there are %s"), name,
			       words_of(arena, names, n));
}

/* Acts on an incident; the one that makes it only in the first step. */
static bool act_fits(const struct act_desc *act, bool first)
{
	return act && act->target == KIND_INCIDENT && (first || act->conflict != CONFLICT_CREATES);
}

static const char *act_words(struct arena *arena)
{
	const char *names[64];
	size_t n = 0;

	for (size_t i = 0; i < act_desc_count() && n < ARRAY_LEN(names); i++)
		if (act_fits(act_desc_at(i), false))
			names[n++] = act_desc_at(i)->verb;
	return words_of(arena, names, n);
}

static enum err build_act(struct build *build, const struct conf_section *section, bool first,
			  struct flow_act *act, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(section, "guards");
	struct guard_use *guards = arena_array(arena, n + 1, sizeof *guards);
	const char *to = conf_str(section, "to");
	enum err code;

	act->act = act_desc_find(conf_title(section));
	if (!act_fits(act->act, first))
		return conf_error(section, NULL, err,
				  _("\"%s\" is no act that a step can allow; there are %s"),
				  conf_title(section), act_words(arena));
	act->to = *to ? arena_strdup(arena, to) : NULL;
	act->way = act->to != NULL ? WAY_STEP : WAY_STAYS;
	code = build_who(build, section, act_who, ARRAY_LEN(act_who), &act->who, err);
	for (size_t i = 0; !code && i < n; i++)
		code = build_guard(build, section, i, &guards[i], err);
	act->guards = guards;
	act->n_guards = n;
	return code;
}

static enum err build_step(struct build *build, const struct conf_section *section, bool first,
			   struct step *step, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(section, "act");
	struct flow_act *acts = arena_array(arena, n + 1, sizeof *acts);
	enum err code = ERR_OK;

	step->id = arena_strdup(arena, conf_title(section));
	step->label = build_str(build, section, "label");
	step->waiting = build_str(build, section, "waiting");
	step->tier = build_str(build, section, "tier");
	step->open = conf_bool(section, "open");
	step->response = -1;
	step->acts = acts;
	step->n_acts = n;
	if (!*step->id || strlen(step->id) > 20)
		return conf_error(section, NULL, err, _("step \"%s\": an id has 1 to 20 letters"),
				  step->id);
	if (!choices_find(&rules->tiers, step->tier))
		return conf_error(section, "tier", err, _("\"%s\" is no tier; there are %s"),
				  step->tier, choice_words(arena, &rules->tiers));
	for (size_t i = 0; !code && i < n; i++)
		code = build_act(build, conf_child(section, "act", i), first, &acts[i], err);
	if (code)
		return code;
	return build_clocks(build, section, step, &step->clocks, &step->n_clocks, err);
}

static const struct step *find_step(const struct step *steps, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(steps[i].id, id))
			return &steps[i];
	return NULL;
}

/* Every "to" is a step, and every step but the first can be reached. */
static enum err check_reach(struct build *build, const struct step *steps, size_t n,
			    struct error *err)
{
	bool *reached = arena_array(&build->profile->arena, n + 1, sizeof *reached);
	const char **ids = arena_array(&build->profile->arena, n + 1, sizeof *ids);
	bool closed = false;

	for (size_t i = 0; i < n; i++)
		ids[i] = steps[i].id;
	for (size_t i = 0; i < n; i++) {
		const struct conf_section *section = conf_child(build->root, "step", i);

		closed = closed || !steps[i].open;
		for (size_t k = 0; k < steps[i].n_acts; k++) {
			const char *to = steps[i].acts[k].to;
			const struct step *next = to ? find_step(steps, n, to) : NULL;

			if (to && !next)
				return conf_error(conf_child(section, "act", k), "to", err,
						  _("there is no step \"%s\"; there are %s"), to,
						  words_of(&build->profile->arena, ids, n));
			if (next)
				reached[next - steps] = true;
		}
	}
	for (size_t i = 1; i < n; i++)
		if (!reached[i])
			return conf_error(conf_child(build->root, "step", i), NULL, err,
					  _("step \"%s\": no act leads to it"), steps[i].id);
	if (!closed)
		return conf_error(build->root, NULL, err,
				  _("step: one at least must have open = false"));
	return ERR_OK;
}

enum err build_flow(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t n = conf_count(build->root, "step");
	struct step *steps = arena_array(&build->profile->arena, n + 1, sizeof *steps);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++)
		code = build_step(build, conf_child(build->root, "step", i), i == 0, &steps[i],
				  err);
	if (!code)
		code = check_reach(build, steps, n, err);
	if (code)
		return code;
	rules->steps = steps;
	rules->n_steps = n;
	return ERR_OK;
}
