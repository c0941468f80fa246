/* Modes: peacetime first, then emergencies; what each changes of clocks, guards and the board. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { PERCENT_MAX = 1000 };

static enum err build_pause(struct build *build, const struct conf_section *section,
			    struct mode_rule *mode, struct error *err)
{
	if (!str_eq(conf_str(section, "pause"), "-"))
		return build_code(build, section, "pause", &build->profile->rules.roles,
				  &mode->pause, err);
	mode->pause = "-";
	return ERR_OK;
}

enum err build_modes(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "mode");
	size_t n = conf_count(from, "mode");
	struct mode_rule *modes = arena_array(&build->profile->arena, n + 1, sizeof *modes);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *section = conf_child(from, "mode", i);

		code = build_id(section, "mode", err);
		modes[i].code = arena_strdup(&build->profile->arena, conf_title(section));
		modes[i].label = build_str(build, section, "label");
		modes[i].emergency = conf_bool(section, "emergency");
		modes[i].quiet = conf_bool(section, "quiet");
		modes[i].posts = build_opt(build, section, "posts");
		modes[i].reports = build_opt(build, section, "reports");
		if (!code)
			code = build_pause(build, section, &modes[i], err);
		if (!code && i == 0 && modes[i].emergency)
			code = conf_error(section, "emergency", err,
					  _("mode \"%s\": the first mode is peacetime, no "
					    "emergency"),
					  modes[i].code);
	}
	build->modes = modes;
	rules->modes = modes;
	rules->n_modes = n;
	return code;
}

static bool whistles_have(const struct rules *rules, const char *kind)
{
	enum summons_clock clock = summons_clock_find(kind);

	for (size_t i = 0; clock != SUMMONS_CLOCKS && i < rules->n_summonses; i++)
		for (size_t k = 0; k < rules->summonses[i].n_classes; k++)
			if (rules->summonses[i].classes[k].limits[clock].unit != LIMIT_NONE)
				return true;
	return false;
}

/* Whether a clock of that kind runs anywhere, and the kinds there are: those of steps, and of
 * notices. */
static bool clock_known(struct build *build, const char *kind, const char **ret_words)
{
	const struct rules *rules = &build->profile->rules;
	const char *words[64] = { "receipt" };
	size_t n = 1;

	if (str_eq(kind, words[0]))
		return true;
	for (size_t i = 0; i < rules->n_steps; i++)
		for (size_t k = 0; k < rules->steps[i].n_clocks; k++) {
			bool twice = false;

			if (str_eq(rules->steps[i].clocks[k].kind, kind))
				return true;
			for (size_t w = 0; w < n; w++)
				twice = twice || str_eq(words[w], rules->steps[i].clocks[k].kind);
			if (!twice && n < ARRAY_LEN(words))
				words[n++] = rules->steps[i].clocks[k].kind;
		}
	if (whistles_have(rules, kind))
		return true;
	*ret_words = words_of(&build->profile->arena, words, n);
	return false;
}

static enum err build_limit_row(struct build *build, const struct conf_section *section, size_t i,
				struct mode_limit *row, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	const char *text = conf_item(section, "limits", i), *s = text;
	const char *amount;
	size_t len;
	long long percent;
	struct error why = ERROR_INIT;

	row->clock = word_take(arena, &s);
	amount = word_take(arena, &s);
	len = strlen(amount);
	if (len > 1 && amount[len - 1] == '%' &&
	    str_int(arena_strndup(arena, amount, len - 1), 1, PERCENT_MAX, &percent))
		row->percent = (int)percent;
	else if (limit_parse(amount, &row->limit, &why))
		return conf_item_error(section, "limits", i, err,
				       _("\"%s\": %s, or 50%% of the usual limit"), text, why.text);
	if (*s)
		return conf_item_error(section, "limits", i, err,
				       _("\"%s\": a clock and one limit, nothing more"), text);
	return ERR_OK;
}

static void leave_out(struct jurisdiction *profile, const struct mode_rule *mode, const char *row)
{
	const char *before = profile->left_out;

	profile->left_out = arena_printf(&profile->arena, "%s%smode %s %s", before ? before : "",
					 before ? ", " : "", mode->code, row);
}

/* A base speaks of clocks that not every profile has: those are left out. */
static enum err build_limits(struct build *build, const struct conf_section *section, bool of_base,
			     struct mode_rule *mode, struct error *err)
{
	size_t n = conf_count(section, "limits");
	struct mode_limit *limits = arena_array(&build->profile->arena, n + 1, sizeof *limits);
	const char *known;

	for (size_t i = 0; i < n; i++) {
		struct mode_limit row = { .percent = 0 };
		enum err code = build_limit_row(build, section, i, &row, err);

		if (code)
			return code;
		if (clock_known(build, row.clock, &known))
			limits[mode->n_limits++] = row;
		else if (!of_base)
			return conf_item_error(section, "limits", i, err,
					       _("\"%s\": no step has a clock \"%s\"; there are "
						 "%s"),
					       conf_item(section, "limits", i), row.clock, known);
		else
			leave_out(build->profile, mode, conf_item(section, "limits", i));
	}
	mode->limits = limits;
	return ERR_OK;
}

static enum err build_guards(struct build *build, const struct conf_section *section,
			     struct mode_rule *mode, struct error *err)
{
	size_t n = conf_count(section, "guards");
	struct mode_guard *guards = arena_array(&build->profile->arena, n + 1, sizeof *guards);

	for (size_t i = 0; i < n; i++) {
		const char *s = conf_item(section, "guards", i);
		const char *verb = word_take(&build->profile->arena, &s);
		enum err code = build_verb(build, section, "guards", i, verb, &guards[i].act, err);

		if (!code)
			code = build_guard(build, section, i, s, &guards[i].guard, err);
		if (code)
			return code;
	}
	mode->guards = guards;
	mode->n_guards = n;
	return ERR_OK;
}

static enum err build_columns(struct build *build, const struct conf_section *section,
			      struct mode_rule *mode, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; i < conf_count(section, "columns"); i++) {
		const char *name = conf_item(section, "columns", i);

		if (!field_find(kind->fields, kind->n_fields, name))
			return conf_item_error(section, "columns", i, err,
					       _("columns: \"%s\" is no field of an incident "
						 "(trapped, moved, water_cm, scene_at, …)"),
					       name);
	}
	mode->columns = build_list(build, section, "columns");
	return ERR_OK;
}

enum err build_mode_rules(struct build *build, struct error *err)
{
	const struct conf_section *from = build_from(build, "mode");
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < build->profile->rules.n_modes; i++) {
		const struct conf_section *section = conf_child(from, "mode", i);

		code = build_limits(build, section, from == build->base, &build->modes[i], err);
		if (!code)
			code = build_guards(build, section, &build->modes[i], err);
		if (!code)
			code = build_columns(build, section, &build->modes[i], err);
	}
	return code;
}
