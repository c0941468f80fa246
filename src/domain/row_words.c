/* Limits and the rows that choose them, as people read them. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

static void add_limit(struct str *out, const struct limit *limit)
{
	enum { HOUR_MIN = 60 };

	switch (limit->unit) {
	case LIMIT_NONE:
		str_add_char(out, '-');
		return;
	case LIMIT_MINUTES:
		if (limit->amount % HOUR_MIN == 0)
			/* TRANSLATORS: a limit of hours: 4h */
			str_addf(out, _("%dh"), limit->amount / HOUR_MIN);
		else
			/* TRANSLATORS: a limit of minutes: 30m */
			str_addf(out, _("%dm"), limit->amount);
		break;
	case LIMIT_WORK_MINUTES:
		/* TRANSLATORS: a limit of working minutes: 240wm */
		str_addf(out, _("%dwm"), limit->amount);
		break;
	case LIMIT_DAYS:
		/* TRANSLATORS: a limit of days: 3d */
		str_addf(out, _("%dd"), limit->amount);
		break;
	case LIMIT_WORK_DAYS:
		/* TRANSLATORS: a limit of working days: 5wd */
		str_addf(out, _("%dwd"), limit->amount);
		break;
	}
	if (limit->from_clock >= 0)
		/* TRANSLATORS: behind a limit, from when it is counted: 2h@08:30 */
		str_addf(out, _("@%02d:%02d"), limit->from_clock / HOUR_MIN % 24,
			 limit->from_clock % HOUR_MIN);
}

static const struct {
	const char *word, *title;
} periods[] = {
	{ "work", N_("working hours") },
	{ "night", N_("night") },
	{ "holiday", N_("holidays") },
	{ "stated", N_("as stated in it") }, /* the date of a whistle's clock */
};

static const char *own_word(const struct rules *rules, const char *word)
{
	const struct choice *urgency = choices_find(&rules->urgencies, word);

	if (urgency != NULL)
		return urgency->label;
	for (size_t i = 0; i < ARRAY_LEN(periods); i++)
		if (strcmp(periods[i].word, word) == 0)
			return _(periods[i].title);
	return NULL;
}

static const char *list_word(const struct choices *list, const char *code)
{
	const struct choice *choice = choices_find(list, code);

	return choice != NULL ? choice->label : code;
}

static const char *mode_word(const struct rules *rules, const char *code)
{
	for (size_t i = 0; i < rules->n_modes; i++)
		if (strcmp(rules->modes[i].code, code) == 0)
			return rules->modes[i].label;
	return code;
}

static const char *org_word(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org == NULL ? code : org->brief != NULL ? org->brief : org->name;
}

/* "category=0302" */
static bool add_selector(const struct rules *rules, const char *word, struct str *out)
{
	static const struct {
		const char *prefix, *title;
	} known[] = {
		{ "severity>=", N_("Severity") }, { "category=", N_("Category") },
		{ "type=", N_("Type") },	  { "mode=", N_("Mode") },
		{ "org=", N_("Organisation") },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		const char *value = word + strlen(known[i].prefix);

		if (!str_starts(word, known[i].prefix))
			continue;
		value = i == 0	 ? list_word(&rules->severities, value)
			: i == 1 ? list_word(&rules->categories, value)
			: i == 2 ? list_word(&rules->types, value)
			: i == 3 ? mode_word(rules, value)
				 : org_word(rules, value);
		str_addf(out, "%s%s%s", _(known[i].title), i == 0 ? ">=" : "=", value);
		return true;
	}
	return false;
}

static void add_word(const struct rules *rules, const char *word, struct str *out)
{
	const char *own = own_word(rules, word);
	struct limit limit;

	if (own != NULL)
		str_add(out, own);
	else if (limit_parse(word, &limit, NULL) == ERR_OK)
		add_limit(out, &limit);
	else if (!add_selector(rules, word, out))
		str_add(out, word);
}

void row_words(const struct rules *rules, const char *row, struct str *out)
{
	for (const char *s = row + strspn(row, " "); *s != '\0'; s += strspn(s, " ")) {
		size_t len = strcspn(s, " ");
		char *word = mem_dup(s, len + 1);
		bool ends = len > 0 && s[len - 1] == ';'; /* a mode follows */

		word[ends ? len - 1 : len] = '\0';
		add_word(rules, word, out);
		str_addf(out, "%s%s", ends ? ";" : "", s[len] != '\0' ? " " : "");
		free(word);
		s += len;
	}
}

bool field_is_limit(const struct field *field)
{
	static const char *const names[] = { "limit", "extended", "asked", "granted", "extend_by",
					     "row" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (field->type == FIELD_TEXT && strcmp(names[i], field->name) == 0)
			return true;
	return false;
}
