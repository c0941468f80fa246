/* Words on paper: moments with their weekday, names in full. */
#include <config.h>

#include <stdio.h>

#include "whistle_paper_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"

static const char *in_words(struct sheet *sheet, const struct rules *rules, int64_t at,
			    const char *format)
{
	static const char *const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
						N_("Fri"), N_("Sat"), N_("Sun") };
	char date[CIVIL_TEXT], hour[CIVIL_TEXT];
	struct civil civil;

	if (at == 0)
		return "";
	civil_of_ms(at, rules->offset_min, &civil);
	civil_format(at, rules->offset_min, format, date, sizeof date);
	civil_format(at, rules->offset_min, "H:M", hour, sizeof hour);
	return arena_printf(&sheet->arena, "%s %s %s", date, _(weekdays[civil.weekday - 1]), hour);
}

const char *paper_moment(struct sheet *sheet, const struct rules *rules, int64_t at)
{
	return in_words(sheet, rules, at, "Y-m-d");
}

const char *paper_short(struct sheet *sheet, const struct rules *rules, int64_t at)
{
	return in_words(sheet, rules, at, "m-d");
}

const char *paper_org(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL ? org->name : code != NULL ? code : "";
}

const char *paper_brief(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL && org->brief != NULL ? org->brief : paper_org(rules, code);
}

const char *paper_value(struct sheet *sheet, const struct rules *rules, enum child child,
			const char *name, const void *thing)
{
	const struct child_desc *desc = child_desc(child);
	const struct field *field = field_find(desc->fields, desc->n_fields, name);
	struct value value = field_get(field, thing);
	char buf[80];

	if (!value_is_set(value))
		return "";
	if (field->type == FIELD_TIME)
		return paper_moment(sheet, rules, value.num);
	return arena_strdup(&sheet->arena, rules_show(rules, field, value, buf, sizeof buf));
}

const char *paper_by(struct sheet *sheet, const struct rules *rules, const char *who, int64_t at)
{
	if (at == 0)
		return "";
	if (who == NULL)
		return paper_moment(sheet, rules, at);
	return arena_printf(&sheet->arena, "%s  %s", officer_show(who),
			    paper_moment(sheet, rules, at));
}

const char *paper_workdays(struct sheet *sheet, const struct rules *rules, int64_t from, int64_t to)
{
	enum { TOO_LONG = 3660 };
	int32_t day = civil_day_of_ms(from, rules->offset_min);
	int32_t last = civil_day_of_ms(to, rules->offset_min);
	int n = 0;

	while (++day <= last && n < TOO_LONG)
		n += calendar_is_workday(rules->calendar, day);
	return n > 0 ? arena_printf(&sheet->arena, _("working day %d"), n) : "";
}
