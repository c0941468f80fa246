/* Clocks of a step and their limits: rows of selectors, the first that fits wins.
 *
 * A row is words, the limit last: "plain night 2h@08:30", "severity>=major 30m", "category=0302
 * 1h", "-".  A word is an urgency, a period (work, night, holiday), severity>=X or category=X. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct who_word clock_who[] = {
	{ "centre", WHO_CENTRE },
	{ "holder", WHO_HOLDER },
};

static const struct {
	const char *word;
	enum period period;
} periods[] = {
	{ "work", PERIOD_WORK },
	{ "night", PERIOD_NIGHT },
	{ "holiday", PERIOD_HOLIDAY },
};

/* Position of a code in a list from 1; 0: not there. */
static int position(const struct choices *choices, const char *code)
{
	for (size_t i = 0; i < choices->n; i++)
		if (str_eq(choices->items[i].code, code))
			return (int)i + 1;
	return 0;
}

static bool category_known(const struct choices *categories, const char *prefix)
{
	for (size_t i = 0; i < categories->n; i++)
		if (*prefix && str_starts(categories->items[i].code, prefix))
			return true;
	return false;
}

static bool selector(const struct rules *rules, const char *word, struct limit_row *row)
{
	int urgency = position(&rules->urgencies, word);

	if (urgency) {
		row->urgency = urgency;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(periods); i++)
		if (str_eq(word, periods[i].word)) {
			row->period = periods[i].period;
			return true;
		}
	if (str_starts(word, "severity>=")) {
		row->severity = position(&rules->severities, word + strlen("severity>="));
		return row->severity > 0;
	}
	if (str_starts(word, "category=")) {
		row->category = word + strlen("category=");
		return category_known(&rules->categories, row->category);
	}
	return false;
}

static enum err build_row(struct build *build, const struct conf_section *section,
			  size_t index, struct limit_row *row, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	const struct rules *rules = &build->profile->rules;
	const char *text = conf_item(section, "limits", index);
	const char *s = text + strspn(text, " "), *last = "";
	struct error why = ERROR_INIT;

	*row = (struct limit_row){ .category = "", .words = arena_strdup(arena, text) };
	while (*s) {
		size_t len = strcspn(s, " ");
		const char *word = arena_strndup(arena, s, len);

		s += len;
		s += strspn(s, " ");
		if (!*s)
			last = word;
		else if (!selector(rules, word, row))
			return conf_item_error(section, "limits", index, err,
					  _("\"%s\": \"%s\" is none of %s, work, night, holiday, "
					    "severity>=…, category=…"),
					  text, word, choice_words(arena, &rules->urgencies));
	}
	if (limit_parse(last, &row->limit, &why))
		return conf_item_error(section, "limits", index, err, "\"%s\": %s", text, why.text);
	return ERR_OK;
}

static enum err build_clock(struct build *build, const struct conf_section *section,
			    struct clock_rule *clock, struct error *err)
{
	size_t n = conf_count(section, "limits");
	struct limit_row *rows = arena_array(&build->profile->arena, n + 1, sizeof *rows);
	enum err code;

	clock->kind = arena_strdup(&build->profile->arena, conf_title(section));
	clock->label = build_str(build, section, "label");
	clock->rows = rows;
	clock->n_rows = n;
	if (!*clock->kind || strlen(clock->kind) > 20)
		return conf_error(section, NULL, err, _("clock \"%s\": an id has 1 to 20 letters"),
				  clock->kind);
	code = build_who(build, section, clock_who, ARRAY_LEN(clock_who), &clock->who, err);
	for (size_t i = 0; !code && i < n; i++)
		code = build_row(build, section, i, &rows[i], err);
	return code;
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
