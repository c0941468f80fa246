/* The classes of a summons: who approves, who must come, the limits, and the bounds within which the
 * blower states the report-in time. */
#include <config.h>

#include <string.h>

#include "summons_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* What is checked for every half hour of a week must stay small, whoever wrote the text. */
enum { CLASSES_MAX = 12, BOUND_DAYS_MAX = 366 };

static const struct limit no_limit = { .unit = LIMIT_NONE, .from_clock = -1 };

/* --- limits ----------------------------------------------------------------------------------- */

static const char *clock_names(struct build *build, const char *word)
{
	const char *codes[SUMMONS_CLOCKS];

	for (size_t k = 0; k < SUMMONS_CLOCKS; k++)
		codes[k] = summons_clock_code((enum summons_clock)k);
	return words_near(&build->profile->arena, codes, SUMMONS_CLOCKS, word);
}

/* A clock of something that this kind does not have would never start. */
static const char *never_runs(const struct summons *summons, const struct summons_class *class,
			      enum summons_clock clock)
{
	if (clock == SUMMONS_APPROVE && !class->approver)
		return _("nobody approves this class");
	if (clock == SUMMONS_CHECK && !summons->checked)
		return _("the centre does not check it");
	if (clock == SUMMONS_JUDGE && !summons->judged)
		return _("the departments do not judge it");
	return NULL;
}

static enum err build_limits(struct build *build, const struct conf_section *section,
			     const struct summons *summons, struct summons_class *class,
			     struct error *err)
{
	struct arena *arena = &build->profile->arena;
	bool said[SUMMONS_CLOCKS] = { false };

	for (size_t i = 0; i < SUMMONS_CLOCKS; i++)
		class->limits[i] = no_limit;
	for (size_t i = 0; i < conf_count(section, "limits"); i++) {
		const char *text = conf_item(section, "limits", i), *s = text;
		const char *name = word_take(arena, &s);
		enum summons_clock clock = summons_clock_find(name);
		struct error why = ERROR_INIT;

		if (clock == SUMMONS_CLOCKS)
			return conf_item_error(section, "limits", i, err,
					       _("\"%s\": a whistle has no clock \"%s\"; %s"), text,
					       name, clock_names(build, name));
		if (said[clock])
			return conf_item_error(section, "limits", i, err,
					       _("\"%s\": the limit of %s is said already"), text,
					       name);
		if (limit_parse(s, &class->limits[clock], &why))
			return conf_item_error(section, "limits", i, err, "\"%s\": %s", text,
					       why.text);
		if (class->limits[clock].unit != LIMIT_NONE && never_runs(summons, class, clock))
			return conf_item_error(section, "limits", i, err, "\"%s\": %s", text,
					       never_runs(summons, class, clock));
		said[clock] = true;
	}
	return ERR_OK;
}

/* --- bounds ----------------------------------------------------------------------------------- */

static int64_t plain_due(const struct rules *rules, int64_t from, const struct limit *limit)
{
	static const struct calendar plain = { .name = "", .first_year = 2026, .last_year = 2026 };

	return due_compute(&plain, &rules->hours, 0, from, limit, NULL).at;
}

/* Whether, of two limits, the first never ends after the second: at every half hour of a week without
 * holidays. */
static bool never_after(const struct rules *rules, const struct limit *first,
			const struct limit *second)
{
	enum { STEP_MS = 30 * 60 * 1000, STEPS = 7 * 48 };
	int64_t monday = civil_ms_of_day(civil_day(2026, 3, 2), 0);

	for (int64_t i = 0; i < STEPS; i++) {
		int64_t from = monday + i * STEP_MS;

		if (plain_due(rules, from, first) > plain_due(rules, from, second))
			return false;
	}
	return true;
}

static bool too_long(const struct rules *rules, const struct limit *limit)
{
	int64_t monday = civil_ms_of_day(civil_day(2026, 3, 2), 0);

	return plain_due(rules, monday, limit) > monday + BOUND_DAYS_MAX * DAY_MS;
}

static bool bound_parse(const char *text, size_t len, struct arena *arena, struct limit *ret_limit)
{
	struct error why = ERROR_INIT;

	return limit_parse(arena_strndup(arena, text, len), ret_limit, &why) == ERR_OK &&
	       ret_limit->unit != LIMIT_NONE;
}

/* "30m..1wd", with the class's own time between. */
static enum err build_bounds(struct build *build, const struct conf_section *section,
			     struct summons_class *class, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	struct arena *arena = &build->profile->arena;
	const char *text = conf_str(section, "bounds"), *dots = strstr(text, "..");
	const struct limit *own = &class->limits[SUMMONS_REPORT_IN];
	char words[24];

	class->least = class->most = no_limit;
	if (!*text)
		return ERR_OK;
	if (!dots || !bound_parse(text, (size_t)(dots - text), arena, &class->least) ||
	    !bound_parse(dots + 2, strlen(dots + 2), arena, &class->most))
		return conf_error(section, "bounds", err,
				  _("bounds: \"%s\": the least and the most, as 30m..1wd"), text);
	if (own->unit == LIMIT_NONE)
		return conf_error(section, "bounds", err,
				  _("bounds: \"%s\": the class says no report_in itself"), text);
	if (too_long(rules, own) || too_long(rules, &class->least) || too_long(rules, &class->most))
		return conf_error(section, "bounds", err,
				  _("bounds: \"%s\" and the class's report_in: at most %d days"), text,
				  BOUND_DAYS_MAX);
	limit_text(own, words);
	if (!never_after(rules, &class->least, own) || !never_after(rules, own, &class->most))
		return conf_error(section, "bounds", err,
				  _("bounds: \"%s\" do not always hold the class's own report_in %s"),
				  text, words);
	return ERR_OK;
}

/* --- classes ---------------------------------------------------------------------------------- */

static const char *class_label(const struct summons *summons, const char *code)
{
	const struct summons_class *class = summons_class(summons, code);

	return class ? class->label : NULL;
}

static enum err build_class(struct build *build, const struct conf_section *section,
			    const struct summons *summons, struct summons_class *class,
			    struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	enum err code = build_id(section, "class", err);

	if (!code)
		code = check_one_label(build, section, "class", class_label, err);
	if (code)
		return code;
	class->code = arena_strdup(&build->profile->arena, conf_title(section));
	class->label = build_str(build, section, "label");
	class->approver_words = build_opt(build, section, "approver_words");
	class->come = build_opt(build, section, "come");
	code = build_code(build, section, "approver", &rules->roles, &class->approver, err);
	if (!code && class->approver_words && !class->approver)
		code = conf_error(section, "approver_words", err,
				  _("approver_words: the class has no approver"));
	if (!code && class->approver && !class->approver_words)
		class->approver_words = rules_role_label(rules, class->approver);
	if (!code)
		code = build_limits(build, section, summons, class, err);
	if (!code)
		code = build_bounds(build, section, class, err);
	return code ? code
		    : build_extensions(build, section, &class->extensions, &class->n_extensions,
				       err);
}

enum err build_summons_classes(struct build *build, const struct conf_section *section,
			       struct summons *summons, struct error *err)
{
	size_t n = conf_count(section, "class");
	struct summons_class *classes =
		arena_array(&build->profile->arena, n + 1, sizeof *classes);

	if (n == 0)
		return conf_error(section, NULL, err, _("summons \"%s\": at least one class is needed"),
				  conf_title(section));
	if (n > CLASSES_MAX)
		return conf_error(conf_child(section, "class", CLASSES_MAX), NULL, err,
				  _("summons \"%s\": at most %d classes"), conf_title(section),
				  CLASSES_MAX);
	for (size_t i = 0; i < n; i++) {
		enum err code = build_class(build, conf_child(section, "class", i), summons,
					    &classes[i], err);

		if (code)
			return code;
	}
	summons->classes = classes;
	summons->n_classes = n;
	return ERR_OK;
}
