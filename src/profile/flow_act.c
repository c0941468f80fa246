/* An act that a step allows: who may do it, where it leads, what it writes, its guards. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"

static const struct who_word act_who[] = {
	{ "any", WHO_ANY },
	{ "centre", WHO_CENTRE },
	{ "seat", WHO_SEAT },
	{ "holder", WHO_HOLDER },
	{ "centre_or_holder", WHO_CENTRE_OR_HOLDER },
	{ "seat_or_holder", WHO_SEAT_OR_HOLDER },
	{ "origin", WHO_ORIGIN },
	{ "share", WHO_SHARE },
	{ "below", WHO_BELOW },
};

/* What an act may write beside what it is about: what cases are sorted by, nothing that the engine
 * keeps itself. */
static const char *const settable[] = {
	"response", "type", "category", "urgency", "severity", "object_class", "object_state",
	"hard", "candidate",
};
enum { RESPONSE_MAX = 2 };

enum err build_who(struct build *build, const struct conf_section *section,
		   const struct who_word *words, size_t n, enum who *ret_who, struct error *err)
{
	const char *word = conf_str(section, "who");
	const char *allowed[ARRAY_LEN(act_who)];

	for (size_t i = 0; i < n; i++) {
		allowed[i] = words[i].word;
		if (str_eq(word, words[i].word)) {
			*ret_who = words[i].who;
			return ERR_OK;
		}
	}
	return conf_error(section, "who", err, _("who: \"%s\" is none of %s"), word,
			  words_of(&build->profile->arena, allowed, n));
}

/* --- guards ----------------------------------------------------------------------------------- */

enum err build_guard(struct build *build, const struct conf_section *section, size_t index,
		     const char *words, struct guard_use *ret_use, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	const char *s = words, *name = word_take(arena, &s), *arg = arena_strdup(arena, s);
	const struct guard_desc *guard = guard_desc_find(name);
	const char *names[64];
	size_t n = 0;

	if (guard && guard_arg_ok(&build->profile->rules, guard, arg)) {
		*ret_use = (struct guard_use){ guard, arg };
		return ERR_OK;
	}
	if (guard)
		return conf_item_error(section, "guards", index, err,
				       _("\"%s\": the guard %s takes %s, not \"%s\""), words, name,
				       guard_arg_words(guard), arg);
	for (size_t i = 0; i < guard_desc_count() && n < ARRAY_LEN(names); i++)
		names[n++] = guard_desc_at(i)->name;
	return conf_item_error(section, "guards", index, err,
			       _("there is no guard \"%s\"; %s"), name,
			       words_near(arena, names, n, name));
}

static enum err build_guards(struct build *build, const struct conf_section *section,
			     struct flow_act *act, struct error *err)
{
	size_t n = conf_count(section, "guards");
	struct guard_use *guards = arena_array(&build->profile->arena, n + 1, sizeof *guards);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++)
		code = build_guard(build, section, i, conf_item(section, "guards", i), &guards[i],
				   err);
	act->guards = guards;
	act->n_guards = n;
	return code;
}

/* --- which act -------------------------------------------------------------------------------- */

/* Acts on an incident that people do; the one that makes it only where cases begin. */
static bool act_fits(const struct act_desc *act, bool registers)
{
	return act && act->target == KIND_INCIDENT && !(act->flags & (ACT_SYSTEM | ACT_SELF)) &&
	       (registers || act->conflict != CONFLICT_CREATES);
}

const char *act_words(struct arena *arena, bool all, const char *word)
{
	const char *names[128];
	size_t n = 0;

	for (size_t i = 0; i < act_desc_count() && n < ARRAY_LEN(names); i++) {
		const struct act_desc *act = act_desc_at(i);

		/* a verb that several kinds have stands once */
		if (all ? act_desc_find(act->verb) == act : act_fits(act, false))
			names[n++] = act->verb;
	}
	return words_near(arena, names, n, word);
}

enum err build_verb(struct build *build, const struct conf_section *section, const char *list,
		    size_t index, const char *word, const struct act_desc **ret_act,
		    struct error *err)
{
	const struct act_desc *act = act_desc_find(word);

	if (!act_fits(act, true))
		return conf_item_error(section, list, index, err,
				       _("there is no act \"%s\"; %s"), word,
				       act_words(&build->profile->arena, false, word));
	*ret_act = act;
	return ERR_OK;
}

/* --- where it leads --------------------------------------------------------------------------- */

static enum err build_way(struct build *build, const struct conf_section *section,
			  struct flow_act *act, struct error *err)
{
	const char *to = conf_str(section, "to");

	act->stay = build_opt(build, section, "stay");
	act->back = build_opt(build, section, "back");
	act->way = !*to			      ? WAY_STAYS
		   : str_eq(to, "below")       ? WAY_BACK
		   : str_eq(to, "below again") ? WAY_AGAIN
					       : WAY_STEP;
	if (act->way == WAY_STEP)
		act->to = arena_strdup(&build->profile->arena, to);
	if (act->stay && act->way != WAY_STEP)
		return conf_error(section, "stay", err,
				  _("stay is for acts whose \"to\" is a step of a higher tier"));
	if (act->back && act->way == WAY_STAYS)
		return conf_error(section, "back", err, _("back is for acts that have a \"to\""));
	if (act->way == WAY_BACK || act->way == WAY_AGAIN) {
		act->to = act->back;
		act->back = NULL;
	}
	return ERR_OK;
}

/* --- what it writes --------------------------------------------------------------------------- */

static bool may_set(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(settable); i++)
		if (str_eq(settable[i], name))
			return true;
	return false;
}

static bool value_fits(const struct rules *rules, const struct field *field, struct value value)
{
	const struct choices *choices = rules_choices(rules, field);

	if (str_eq(field->name, "response"))
		return value.num >= 0 && value.num <= RESPONSE_MAX;
	if (field->type == FIELD_CODE && choices)
		return choices_find(choices, value.text) != NULL;
	return true;
}

static enum err build_set(struct build *build, const struct conf_section *section, size_t index,
			  struct field_set *set, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	struct arena *arena = &build->profile->arena;
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const char *text = conf_item(section, "set", index), *equals = strchr(text, '=');
	const char *name = arena_strndup(arena, text, equals ? (size_t)(equals - text) : 0);
	struct error why = ERROR_INIT;

	if (!may_set(name))
		return conf_item_error(section, "set", index, err,
				       _("\"%s\": FIELD=VALUE, of the fields %s"), text,
				       words_of(arena, settable, ARRAY_LEN(settable)));
	set->field = field_find(kind->fields, kind->n_fields, name);
	if (rules_parse(rules, set->field, equals + 1, arena, &set->value, &why))
		return conf_item_error(section, "set", index, err, "\"%s\": %s", text, why.text);
	if (!value_fits(rules, set->field, set->value))
		return conf_item_error(section, "set", index, err,
				       _("\"%s\": %s has no \"%s\"; there are %s"), text, name,
				       equals + 1,
				       str_eq(name, "response")
					       ? "0, 1, 2"
					       : choice_words(arena,
							      rules_choices(rules, set->field)));
	return ERR_OK;
}

static enum err build_sets(struct build *build, const struct conf_section *section,
			   struct flow_act *act, struct error *err)
{
	size_t n = conf_count(section, "set");
	struct field_set *sets = arena_array(&build->profile->arena, n + 1, sizeof *sets);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++)
		code = build_set(build, section, i, &sets[i], err);
	act->sets = sets;
	act->n_sets = n;
	return code;
}

enum err build_act(struct build *build, const struct conf_section *section, bool registers,
		   struct flow_act *act, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	enum err code;

	act->act = act_desc_find(conf_title(section));
	act->label = build_opt(build, section, "label");
	act->closed = conf_bool(section, "closed");
	if (act_fits(act->act, true) && !act_fits(act->act, registers))
		return conf_error(section, NULL, err,
				  _("\"%s\" makes an incident: it stands where cases begin, in the "
				    "first step or one that a start names"),
				  conf_title(section));
	if (!act_fits(act->act, registers))
		return conf_error(section, NULL, err,
				  _("\"%s\" is no act that a step can allow; %s"), conf_title(section),
				  act_words(arena, false, conf_title(section)));
	code = build_who(build, section, act_who, ARRAY_LEN(act_who), &act->who, err);
	if (!code)
		code = build_way(build, section, act, err);
	if (!code)
		code = build_sets(build, section, act, err);
	return code ? code : build_guards(build, section, act, err);
}
