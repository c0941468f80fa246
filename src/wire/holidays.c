#include <config.h>

#include "zhiban/wire/holidays.h"

#include <stdlib.h>
#include <string.h>

#include "json_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

enum { DAYS_MAX = 366, NAME_MAX_BYTES = 120, FIRST_YEAR = 1900, LAST_YEAR = 9999 };

bool holidays_is_json(const char *bytes, size_t len)
{
	size_t i = 0;

	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		i = 3;
	while (i < len && strchr(" \t\r\n", bytes[i]) != NULL && bytes[i] != '\0')
		i++;
	return i < len && bytes[i] == '{';
}

/* "2026-01-01"; false when it is no day. */
static bool read_date(const char *s, int *ret_year, int32_t *ret_day)
{
	int part[3] = { 0, 0, 0 };

	for (int i = 0; i < 10; i++) {
		if (i == 4 || i == 7) {
			if (s[i] != '-')
				return false;
		} else if (s[i] < '0' || s[i] > '9') {
			return false;
		} else {
			int *p = &part[i < 4 ? 0 : i < 7 ? 1 : 2];
			*p = *p * 10 + (s[i] - '0');
		}
	}
	if (s[10] != '\0' || !civil_valid(part[0], part[1], part[2]))
		return false;
	*ret_year = part[0];
	*ret_day = civil_day(part[0], part[1], part[2]);
	return true;
}

static enum err read_day(const struct json *json, int64_t year, struct arena *arena,
			 struct calendar_day *ret_day, struct error *err)
{
	const struct json *off = json_member(json, "isOffDay");
	const char *date, *name;
	int of = 0;
	int32_t day = 0;
	enum err code;

	if (!json_is(json, TREE_OBJECT))
		return error_set(err, ERR_INPUT, _("days: each is {name, date, isOffDay}"));
	code = json_get_text(json, "date", NAME_MAX_BYTES, arena, &date, err);
	if (code == ERR_OK)
		code = json_get_text(json, "name", NAME_MAX_BYTES, arena, &name, err);
	if (code != ERR_OK)
		return code;
	if (!read_date(date, &of, &day))
		return error_set(err, ERR_INPUT, _("\"%.40s\" is no date: 2026-01-01"), date);
	if (!json_is(off, TREE_TRUE) && !json_is(off, TREE_FALSE))
		return error_set(err, ERR_INPUT, _("%s: isOffDay is true or false"), date);
	if (of < year - 1 || of > year + 1)
		return error_set(err, ERR_INPUT, _("%s does not belong to the holidays of %lld"),
				 date, (long long)year);
	if (*name == '\0')
		return error_set(err, ERR_INPUT, _("%s: the festival has no name"), date);
	for (const char *s = name; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == '"' || *s == '\\' || *s == '$')
			return error_set(err, ERR_INPUT,
					 _("%s: the festival's name has characters that a calendar "
					   "does not take"), date);
	*ret_day = (struct calendar_day){ day, json_is(off, TREE_FALSE), name };
	return ERR_OK;
}

static int by_day(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static enum err check_twice(const struct calendar_day *days, size_t n, struct error *err)
{
	char date[CIVIL_TEXT];

	for (size_t i = 1; i < n; i++) {
		if (days[i].day != days[i - 1].day)
			continue;
		civil_format(civil_ms_of_day(days[i].day, 0), 0, "Y-m-d", date, sizeof date);
		return error_set(err, ERR_INPUT, _("%s is named twice"), date);
	}
	return ERR_OK;
}

static enum err read_year(const struct json *root, struct arena *arena, struct holidays *holidays,
			  struct error *err)
{
	const struct json *list;
	struct calendar_day *days;
	int64_t year = 0;
	size_t n = 0;
	enum err code = json_get_int(root, "year", &year, err);

	if (code == ERR_OK && (year < FIRST_YEAR || year > LAST_YEAR))
		code = error_set(err, ERR_INPUT, _("%lld is no year"), (long long)year);
	if (code == ERR_OK)
		code = json_get_array(root, "days", DAYS_MAX, &list, err);
	if (code != ERR_OK)
		return code;
	if (list->n == 0)
		return error_set(err, ERR_INPUT,
				 _("the holidays of %lld are not known yet: it names no day"),
				 (long long)year);
	days = arena_array(arena, list->n, sizeof *days);
	json_each(item, list) {
		code = read_day(item, year, arena, &days[n++], err);
		if (code != ERR_OK)
			return code;
	}
	qsort(days, n, sizeof *days, by_day);
	*holidays = (struct holidays){ (int)year, days, n };
	return check_twice(days, n, err);
}

enum err holidays_decode(const char *bytes, size_t len, struct arena *arena,
			 struct holidays *ret_holidays, struct error *err)
{
	struct holidays holidays = { 0 };
	struct json_doc doc;
	enum err code;

	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	code = json_read(bytes, len, &doc, err);
	if (code != ERR_OK)
		return code;
	code = read_year(doc.root, arena, &holidays, err);
	json_release(&doc);
	if (code == ERR_OK)
		*ret_holidays = holidays;
	return code;
}
