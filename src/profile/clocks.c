/* Clocks of a step and their limits: rows of selectors, the first that fits wins.
 *
 * A row is words, the limit last: "plain night 2h@08:30", "severity>=major 30m", "category=0302
 * 1h", "-".  A word is an urgency, a period (work, night, holiday), or one of severity>=X,
 * category=X, type=X, mode=X, org=X. */
#include <config.h>

#include <string.h>

#include "clock_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct who_word clock_who[] = {
	{ "centre", WHO_CENTRE },
	{ "seat", WHO_SEAT },
	{ "holder", WHO_HOLDER },
	{ "origin", WHO_ORIGIN },
	{ "share", WHO_SHARE },
};

static const struct {
	const char *word;
	enum period period;
} periods[] = {
	{ "work", PERIOD_WORK },
	{ "night", PERIOD_NIGHT },
	{ "holiday", PERIOD_HOLIDAY },
};

/* --- selectors: each takes what stands behind its prefix -------------------------------------- */

typedef bool select_fn(const struct rules *rules, const char *word, struct limit_row *row);

static bool select_severity(const struct rules *rules, const char *word, struct limit_row *row)
{
	row->severity = choice_position(&rules->severities, word);
	return row->severity > 0;
}

static bool select_category(const struct rules *rules, const char *word, struct limit_row *row)
{
	row->category = word;
	return category_known(&rules->categories, word);
}

static bool select_type(const struct rules *rules, const char *word, struct limit_row *row)
{
	row->type = word;
	return choices_find(&rules->types, word) != NULL;
}

static bool select_mode(const struct rules *rules, const char *word, struct limit_row *row)
{
	row->mode = word;
	for (size_t i = 0; i < rules->n_modes; i++)
		if (str_eq(rules->modes[i].code, word))
			return true;
	return false;
}

static bool select_org(const struct rules *rules, const char *word, struct limit_row *row)
{
	row->org = word;
	return rules_org(rules, word) != NULL;
}

static const char *severity_words(struct arena *arena, const struct rules *rules)
{
	return choice_words(arena, &rules->severities);
}

static const char *type_words(struct arena *arena, const struct rules *rules)
{
	return choice_words(arena, &rules->types);
}

static const char *mode_words(struct arena *arena, const struct rules *rules)
{
	const char **words = arena_array(arena, rules->n_modes + 1, sizeof *words);

	for (size_t i = 0; i < rules->n_modes; i++)
		words[i] = rules->modes[i].code;
	return words_of(arena, words, rules->n_modes);
}

static const struct {
	const char *prefix;
	select_fn *select;
	const char *unknown; /* msgid */
	/* what there is; NULL: too many to say */
	const char *(*words)(struct arena *arena, const struct rules *rules);
} selectors[] = {
	{ "severity>=", select_severity, N_("none of the severities"), severity_words },
	{ "category=", select_category, N_("not the beginning of a category"), NULL },
	{ "type=", select_type, N_("none of the types"), type_words },
	{ "mode=", select_mode, N_("none of the modes"), mode_words },
	{ "org=", select_org, N_("the code of no organisation"), NULL },
};

/* An item of limits, for errors. */
struct row_at {
	struct build *build;
	const struct conf_section *section;
	size_t index;
	const char *text;
};

static enum err no_such(const struct row_at *at, size_t selector, const char *word,
			struct error *err)
{
	struct arena *arena = &at->build->profile->arena;
	const struct rules *rules = &at->build->profile->rules;

	if (!selectors[selector].words)
		return conf_item_error(at->section, "limits", at->index, err,
				       _("\"%s\": \"%s\" is %s"), at->text, word,
				       _(selectors[selector].unknown));
	return conf_item_error(at->section, "limits", at->index, err,
			       _("\"%s\": \"%s\" is %s: %s"), at->text, word,
			       _(selectors[selector].unknown),
			       selectors[selector].words(arena, rules));
}

static enum err selector(const struct row_at *at, const char *word, struct limit_row *row,
			 struct error *err)
{
	const struct rules *rules = &at->build->profile->rules;
	int urgency = choice_position(&rules->urgencies, word);

	if (urgency) {
		row->urgency = urgency;
		return ERR_OK;
	}
	for (size_t i = 0; i < ARRAY_LEN(periods); i++)
		if (str_eq(word, periods[i].word)) {
			row->period = periods[i].period;
			return ERR_OK;
		}
	for (size_t i = 0; i < ARRAY_LEN(selectors); i++) {
		const char *value = word + strlen(selectors[i].prefix);

		if (!str_starts(word, selectors[i].prefix))
			continue;
		if (selectors[i].select(rules, value, row))
			return ERR_OK;
		return no_such(at, i, value, err);
	}
	return conf_item_error(at->section, "limits", at->index, err,
			       _("\"%s\": \"%s\" is none of %s, work, night, holiday, severity>=…, "
				 "category=…, type=…, mode=…, org=…"),
			       at->text, word,
			       choice_words(&at->build->profile->arena, &rules->urgencies));
}

static enum err build_row(struct build *build, const struct conf_section *section,
			  size_t index, struct limit_row *row, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	const char *text = conf_item(section, "limits", index), *s = text;
	const struct row_at at = { build, section, index, text };
	const char *word = word_take(arena, &s);
	struct error why = ERROR_INIT;

	*row = (struct limit_row){ .category = "", .words = arena_strdup(arena, text) };
	for (; *s; word = word_take(arena, &s)) {
		enum err code = selector(&at, word, row, err);

		if (code)
			return code;
	}
	if (limit_parse(word, &row->limit, &why))
		return conf_item_error(section, "limits", index, err, "\"%s\": %s", text, why.text);
	return ERR_OK;
}

static enum err build_rows(struct build *build, const struct conf_section *section,
			   struct clock_rule *clock, struct error *err)
{
	size_t n = conf_count(section, "limits");
	struct limit_row *rows = arena_array(&build->profile->arena, n + 1, sizeof *rows);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++)
		code = build_row(build, section, i, &rows[i], err);
	clock->rows = rows;
	clock->n_rows = n;
	return code;
}

/* --- clocks ----------------------------------------------------------------------------------- */

/* Verbs that stop or start a clock; NULL when none are named. */
static enum err build_verbs(struct build *build, const struct conf_section *section,
			    const char *name, const char *const **ret_verbs, struct error *err)
{
	size_t n = conf_count(section, name);
	const char **verbs = arena_array(&build->profile->arena, n + 1, sizeof *verbs);

	for (size_t i = 0; i < n; i++) {
		const struct act_desc *act;
		enum err code = build_verb(build, section, name, i, conf_item(section, name, i),
					   &act, err);

		if (code)
			return code;
		verbs[i] = act->verb;
	}
	*ret_verbs = n ? verbs : NULL;
	return ERR_OK;
}

/* The calendar and the hours a clock names must be there. */
static enum err build_time(struct build *build, const struct conf_section *section,
			   struct clock_rule *clock, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	const char *calendar = conf_str(section, "calendar"), *hours = conf_str(section, "hours");

	for (size_t i = 0; i < rules->n_calendars; i++)
		if (str_eq(rules->calendars[i].name, calendar))
			clock->calendar = rules->calendars[i].name;
	for (size_t i = 0; i < rules->n_hours_sets; i++)
		if (str_eq(rules->hours_sets[i].name, hours))
			clock->hours = rules->hours_sets[i].name;
	if (*calendar && !clock->calendar)
		return conf_error(section, "calendar", err,
				  _("there is no calendar_set \"%s\"; there are %s"), calendar,
				  build_titles(build, build_from(build, "calendar_set"),
					       "calendar_set"));
	if (*hours && !clock->hours)
		return conf_error(section, "hours", err,
				  _("there is no hours_set \"%s\"; there are %s"), hours,
				  build_titles(build, build_from(build, "hours_set"),
					       "hours_set"));
	return ERR_OK;
}

static enum err build_clock(struct build *build, const struct conf_section *section,
			    struct clock_rule *clock, struct error *err)
{
	enum err code = build_id(section, "clock", err);

	clock->kind = arena_strdup(&build->profile->arena, conf_title(section));
	clock->label = build_str(build, section, "label");
	clock->side = conf_bool(section, "side");
	if (!code)
		code = build_who(build, section, clock_who, ARRAY_LEN(clock_who), &clock->who, err);
	if (!code)
		code = build_rows(build, section, clock, err);
	if (!code)
		code = build_verbs(build, section, "stops", &clock->stops, err);
	if (!code)
		code = build_verbs(build, section, "starts", &clock->starts, err);
	if (!code)
		code = build_time(build, section, clock, err);
	return code ? code : build_clock_marks(build, section, clock, err);
}

enum err build_clocks(struct build *build, const struct conf_section *section,
		      const struct step *step, const struct clock_rule **ret_clocks, size_t *ret_n,
		      struct error *err)
{
	size_t n = conf_count(section, "clock");
	struct clock_rule *clocks = arena_array(&build->profile->arena, n + 1, sizeof *clocks);

	if (n > 0 && !step->open)
		return conf_error(section, "clock", err,
				  _("step \"%s\" is closed: no clock can run in it"), step->id);
	for (size_t i = 0; i < n; i++) {
		enum err code = build_clock(build, conf_child(section, "clock", i), &clocks[i],
					    err);

		if (code)
			return code;
	}
	*ret_clocks = clocks;
	*ret_n = n;
	return ERR_OK;
}
