#include <config.h>

#include "zhiban/base/civil.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"

/* What is being read; why is the sentence of the first thing that is wrong. */
struct scan {
	const char *at;
	const char *why;
	int offset_min;
	struct civil c;
};

static bool wrong(struct scan *scan, const char *why)
{
	if (scan->why == NULL)
		scan->why = why;
	return false;
}

static bool skip(struct scan *scan, const char *any_of)
{
	if (*scan->at == '\0' || strchr(any_of, *scan->at) == NULL)
		return false;
	scan->at++;
	return true;
}

/* A number of min to max digits. */
static bool number(struct scan *scan, int min, int max, int *ret_value)
{
	int n = 0, value = 0;

	while (n < max && *scan->at >= '0' && *scan->at <= '9') {
		value = value * 10 + (*scan->at++ - '0');
		n++;
	}
	if (n < min)
		return wrong(scan, N_("it has no such form"));
	*ret_value = value;
	return true;
}

/* YYYY-MM-DD, or YYYY/M/D. */
static bool scan_date(struct scan *scan, int *ret_least)
{
	struct civil *c = &scan->c;
	char sign;

	if (!number(scan, 4, 4, &c->year))
		return false;
	sign = *scan->at;
	if (!skip(scan, "-/"))
		return wrong(scan, N_("it has no such form"));
	*ret_least = sign == '-' ? 2 : 1;
	if (!number(scan, *ret_least, 2, &c->month))
		return false;
	if (*scan->at++ != sign)
		return wrong(scan, N_("it has no such form"));
	if (!number(scan, *ret_least, 2, &c->day))
		return false;
	if (c->year < 1900)
		return wrong(scan, N_("years go from 1900 to 9999"));
	if (c->month < 1 || c->month > 12)
		return wrong(scan, N_("months go from 1 to 12"));
	if (!civil_valid(c->year, c->month, c->day))
		return wrong(scan, N_("that month has no such day"));
	return true;
}

/* .2, .25, .250, .250731: what is finer than milliseconds is dropped. */
static bool scan_fraction(struct scan *scan)
{
	int digit, unit = 100, n = 0;

	for (; n < 9 && *scan->at >= '0' && *scan->at <= '9'; n++, unit /= 10) {
		digit = *scan->at++ - '0';
		scan->c.ms += digit * unit;
	}
	return n > 0 || wrong(scan, N_("it has no such form"));
}

static bool scan_clock(struct scan *scan, int least)
{
	struct civil *c = &scan->c;

	if (!number(scan, least, 2, &c->hour))
		return false;
	if (!skip(scan, ":"))
		return wrong(scan, N_("a time of day is HOUR:MINUTE"));
	if (!number(scan, 2, 2, &c->minute))
		return false;
	if (skip(scan, ":")) {
		if (!number(scan, 2, 2, &c->second))
			return false;
		if (skip(scan, ".,") && !scan_fraction(scan))
			return false;
	}
	if (c->hour > 23)
		return wrong(scan, N_("hours go from 0 to 23"));
	if (c->minute > 59 || c->second > 59)
		return wrong(scan, N_("minutes and seconds go from 0 to 59"));
	return true;
}

/* Z, +08:00, +0800, +08, with at most one space before it. */
static bool scan_zone(struct scan *scan)
{
	int hours, minutes = 0, sign;

	if (*scan->at == '\0')
		return true;
	skip(scan, " ");
	if (skip(scan, "Zz")) {
		scan->offset_min = 0;
		return true;
	}
	sign = *scan->at == '-' ? -1 : 1;
	if (!skip(scan, "+-"))
		return wrong(scan, N_("it has no such form"));
	if (!number(scan, 2, 2, &hours))
		return false;
	if ((skip(scan, ":") || *scan->at != '\0') && !number(scan, 2, 2, &minutes))
		return false;
	if (hours > 14 || minutes > 59)
		return wrong(scan, N_("a zone lies between -14:00 and +14:00"));
	scan->offset_min = sign * (hours * 60 + minutes);
	return true;
}

static bool scan_all(struct scan *scan)
{
	int least;

	if (!scan_date(scan, &least))
		return false;
	if (*scan->at == '\0')
		return true;
	if (!skip(scan, "Tt "))
		return wrong(scan, N_("it has no such form"));
	if (!scan_clock(scan, least) || !scan_zone(scan))
		return false;
	return *scan->at == '\0' || wrong(scan, N_("it has no such form"));
}

enum err civil_parse(const char *text, int offset_min, int64_t *ret_ms, struct error *err)
{
	enum { SHOWN = 60 };
	struct scan scan = { .at = text, .offset_min = offset_min };
	struct str clean = STR_INIT;
	size_t len = strlen(text);

	if (scan_all(&scan)) {
		*ret_ms = civil_to_ms(&scan.c, scan.offset_min);
		return ERR_OK;
	}
	text_clean(&clean, text, len > SHOWN ? SHOWN : len, false);
	error_set(err, ERR_INPUT,
		  _("\"%s\" is not a date or time: %s; write 2026-11-22, 2026-11-22T02:41, "
		    "2026-11-22 02:41:30, 2026/11/22 2:41, with Z or +08:00 behind it for another "
		    "zone"),
		  clean.s, _(scan.why));
	str_release(&clean);
	return ERR_INPUT;
}
