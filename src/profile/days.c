/* Days off and working days that a profile says itself: over the calendar for the whole
 * jurisdiction (days_off, days_on), in calendars with a name, and hours with a name. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { SPAN_MAX = 31 };

/* "YYYY-MM-DD" at the front of s; false when it is none. */
static bool read_date(const char *s, int *ret_year, int32_t *ret_day)
{
	int year, month, day, used = 0;

	if (sscanf(s, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || used != 10 ||
	    !civil_valid(year, month, day))
		return false;
	*ret_year = year;
	*ret_day = civil_day(year, month, day);
	return true;
}

static enum err no_days(const struct conf_section *section, const char *list, size_t index,
			const char *text, struct error *err)
{
	return conf_item_error(section, list, index, err,
			       _("\"%s\": a date or two, and a name: 2026-10-01..2026-10-07 NAME"),
			       text);
}

enum err days_read(const struct conf_section *section, const char *list, size_t index, int year,
		   bool work, struct arena *arena, struct days *days, struct error *err)
{
	const char *text = conf_item(section, list, index), *s = text;
	int first_year, last_year;
	int32_t first, last;
	const char *name;

	if (!read_date(s, &first_year, &first))
		return no_days(section, list, index, text, err);
	s += 10;
	last = first;
	last_year = first_year;
	if (str_starts(s, "..")) {
		if (!read_date(s + 2, &last_year, &last))
			return no_days(section, list, index, text, err);
		s += 12;
	}
	if ((*s != ' ' || !s[1]) && (*s || year != 0))
		return no_days(section, list, index, text, err);
	if (year != 0 && (first_year != year || last_year != year))
		return conf_item_error(section, list, index, err,
				       _("\"%s\": the days must lie in %d"), text, year);
	if (last < first || last - first >= SPAN_MAX)
		return conf_item_error(section, list, index, err,
				       _("\"%s\": the days must be in order, at most %d of them"),
				       text, SPAN_MAX);
	name = arena_strdup(arena, *s ? s + 1 : "");
	for (int32_t day = first; day <= last; day++) {
		MEM_GROW(days->items, days->n, days->cap);
		days->items[days->n++] = (struct calendar_day){ day, work, name };
	}
	return ERR_OK;
}

static int by_day(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

enum err days_sort(const struct conf_section *section, struct days *days, struct error *err)
{
	char date[CIVIL_TEXT];

	if (days->n > 0)
		qsort(days->items, days->n, sizeof *days->items, by_day);
	for (size_t i = 1; i < days->n; i++) {
		if (days->items[i].day != days->items[i - 1].day)
			continue;
		civil_format(civil_ms_of_day(days->items[i].day, 0), 0, "Y-m-d", date, sizeof date);
		return conf_error(section, NULL, err, _("%s is named twice"), date);
	}
	return ERR_OK;
}

/* The days of two lists, days off and working days, into a calendar over another. */
static enum err own_days(struct build *build, const struct conf_section *off_section,
			 const char *off, const struct conf_section *work_section, const char *work,
			 struct calendar *calendar, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	struct days days = { 0 };
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < conf_count(off_section, off); i++)
		code = days_read(off_section, off, i, 0, false, arena, &days, err);
	for (size_t i = 0; !code && i < conf_count(work_section, work); i++)
		code = days_read(work_section, work, i, 0, true, arena, &days, err);
	if (!code)
		code = days_sort(off_section, &days, err);
	if (!code && days.n > 0) {
		calendar->days = arena_dup(arena, days.items, days.n * sizeof *days.items);
		calendar->n_days = days.n;
	}
	free(days.items);
	return code;
}

static enum err build_local(struct build *build, struct error *err)
{
	return own_days(build, build_from(build, "days_off"), "days_off",
			build_from(build, "days_on"), "days_on", &build->profile->local, err);
}

static enum err build_calendars(struct build *build, struct error *err)
{
	const struct conf_section *from = build_from(build, "calendar_set");
	size_t n = conf_count(from, "calendar_set");
	struct named_calendar *sets =
		arena_array(&build->profile->arena, n + 1, sizeof *sets);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *section = conf_child(from, "calendar_set", i);

		code = build_id(section, "calendar_set", err);
		sets[i].name = arena_strdup(&build->profile->arena, conf_title(section));
		sets[i].days.name = sets[i].name;
		if (!code)
			code = own_days(build, section, "off", section, "work", &sets[i].days,
					err);
	}
	build->profile->calendars = sets;
	build->profile->rules.calendars = sets;
	build->profile->rules.n_calendars = n;
	return code;
}

static enum err build_hours_sets(struct build *build, struct error *err)
{
	const struct conf_section *from = build_from(build, "hours_set");
	size_t n = conf_count(from, "hours_set");
	struct named_hours *sets = arena_array(&build->profile->arena, n + 1, sizeof *sets);

	for (size_t i = 0; i < n; i++) {
		const struct conf_section *section = conf_child(from, "hours_set", i);
		struct error why = ERROR_INIT;
		enum err code = build_id(section, "hours_set", err);

		if (code)
			return code;
		sets[i].name = arena_strdup(&build->profile->arena, conf_title(section));
		if (hours_parse(conf_str(section, "spans"), &sets[i].hours, &why))
			return conf_error(section, "spans", err, "spans: %s", why.text);
	}
	build->profile->rules.hours_sets = sets;
	build->profile->rules.n_hours_sets = n;
	return ERR_OK;
}

enum err build_days(struct build *build, struct error *err)
{
	enum err code = build_local(build, err);

	if (!code)
		code = build_calendars(build, err);
	return code ? code : build_hours_sets(build, err);
}
