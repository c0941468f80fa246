/* Steps, where registrations lead, and what is always allowed. */
#include <config.h>

#include <string.h>

#include "clock_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { STEPS_MAX = 200 }; /* their graph is a square of that */

/* Whether a start names the step: cases begin there. */
static bool begins(const struct build *build, const char *id)
{
	for (size_t i = 0; i < conf_count(build->root, "start"); i++)
		if (str_eq(conf_str(conf_child(build->root, "start", i), "step"), id))
			return true;
	return false;
}

static enum err step_id(const struct conf_section *section, struct error *err)
{
	const char *id = conf_title(section);

	if (str_eq(id, "below"))
		return conf_error(section, NULL, err,
				  _("step \"below\": the word stands for the loop below"));
	return build_id(section, "step", err);
}

static enum err build_step(struct build *build, const struct conf_section *section, bool first,
			   struct step *step, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(section, "act");
	struct flow_act *acts = arena_array(arena, n + 1, sizeof *acts);
	enum err code = step_id(section, err);

	step->id = arena_strdup(arena, conf_title(section));
	step->label = build_str(build, section, "label");
	step->waiting = build_str(build, section, "waiting");
	step->open = conf_bool(section, "open");
	step->shares = conf_bool(section, "shares");
	step->response = (int)conf_int(section, "response");
	step->acts = acts;
	step->n_acts = n;
	if (!code)
		code = build_code(build, section, "tier", &rules->tiers, &step->tier, err);
	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *act = conf_child(section, "act", i);

		code = build_act(build, act, first || begins(build, step->id), &acts[i], err);
		if (!code && acts[i].closed)
			code = conf_error(act, "closed", err,
					  _("closed is for the acts of always"));
	}
	if (code)
		return code;
	return build_clocks(build, section, step, &step->clocks, &step->n_clocks, err);
}

static const struct conf_section *always_of(const struct conf_section *section)
{
	return section ? conf_child(section, "always", 0) : NULL;
}

static enum err add_always(struct build *build, const struct conf_section *section,
			   struct flow_act *acts, size_t *n, struct error *err)
{
	size_t own = *n;

	for (size_t i = 0; section && i < conf_count(section, "act"); i++) {
		const struct conf_section *child = conf_child(section, "act", i);
		struct flow_act act = { 0 };
		enum err code = build_act(build, child, false, &act, err);
		bool known = false;

		if (code)
			return code;
		for (size_t k = 0; k < own; k++) /* this file's win over the base's */
			known = known || acts[k].act == act.act;
		if (!known)
			acts[(*n)++] = act;
	}
	return ERR_OK;
}

static enum err build_always(struct build *build, struct error *err)
{
	struct step *always = &build->profile->rules.always;
	const struct conf_section *own = always_of(build->root), *base = always_of(build->base);
	size_t most = (own ? conf_count(own, "act") : 0) + (base ? conf_count(base, "act") : 0);
	struct flow_act *acts = arena_array(&build->profile->arena, most + 1, sizeof *acts);
	enum err code;

	*always = (struct step){ .id = "", .label = "", .waiting = "", .tier = "", .open = true,
				 .response = -1, .acts = acts };
	code = add_always(build, own, acts, &always->n_acts, err);
	if (!code)
		code = add_always(build, base, acts, &always->n_acts, err);
	return code ? code : build_beside(build, own, base, always, err);
}

static enum err build_starts(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t n = conf_count(build->root, "start");
	struct start *starts = arena_array(&build->profile->arena, n + 1, sizeof *starts);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *section = conf_child(build->root, "start", i);
		const struct step *step = rules_step(rules, conf_str(section, "step"));

		if (!step)
			return conf_error(section, "step", err,
					  _("there is no step \"%s\"; %s"),
					  conf_str(section, "step"),
					  step_words(build, conf_str(section, "step")));
		if (!step->open)
			return conf_error(section, "step", err,
					  _("step \"%s\" is closed: no case begins there"),
					  step->id);
		starts[i].step = step->id;
		code = build_code(build, section, "tier", &rules->tiers, &starts[i].tier, err);
		if (!code)
			code = build_code(build, section, "type", &rules->types, &starts[i].type,
					  err);
	}
	rules->starts = starts;
	rules->n_starts = n;
	return code;
}

enum err build_flow(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t n = conf_count(build->root, "step");
	struct step *steps = arena_array(&build->profile->arena, n + 1, sizeof *steps);
	enum err code = ERR_OK;

	if (n == 0)
		return conf_error(build->root, NULL, err, _("%s: at least one is needed"), "step");
	if (n > STEPS_MAX)
		return conf_error(build->root, NULL, err, _("at most %d steps"), STEPS_MAX);
	for (size_t i = 0; !code && i < n; i++)
		code = build_step(build, conf_child(build->root, "step", i), i == 0, &steps[i],
				  err);
	rules->steps = steps;
	rules->n_steps = n;
	if (!code)
		code = build_always(build, err);
	if (!code)
		code = build_starts(build, err);
	return code ? code : check_flow(build, err);
}
