#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/due.h"

enum { HOUR_MIN = 60, DAY_MIN = 24 * 60 };

static const struct {
	const char *suffix;
	enum limit_unit unit;
	int factor; /* of the unit */
	int max;    /* amount as written: ten years or so, far from any overflow */
} units[] = {
	{ "wm", LIMIT_WORK_MINUTES, 1, 1000000 },
	{ "wd", LIMIT_WORK_DAYS, 1, 3000 },
	{ "m", LIMIT_MINUTES, 1, 5000000 },
	{ "h", LIMIT_MINUTES, HOUR_MIN, 80000 },
	{ "d", LIMIT_DAYS, 1, 3650 },
};

/* "08:30" in minutes since midnight; "24:00" is the end of the day. */
static const char *read_clock(const char *s, int *ret_minute)
{
	int part[2] = { 0, 0 };

	for (int i = 0; i < 2; i++) {
		int digits = 0;
		for (; *s >= '0' && *s <= '9' && digits < 2; s++, digits++)
			part[i] = part[i] * 10 + (*s - '0');
		if (digits == 0 || (i == 1 && digits != 2))
			return NULL;
		if (i == 0 && *s++ != ':')
			return NULL;
	}
	if (part[1] > 59 || part[0] * HOUR_MIN + part[1] > DAY_MIN)
		return NULL;
	*ret_minute = part[0] * HOUR_MIN + part[1];
	return s;
}

static enum err bad_limit(const char *text, struct error *err)
{
	return error_set(err, ERR_INPUT,
			 _("\"%.60s\" is not a limit: write 30m, 4h, 90wm (working minutes), 3d, "
			   "7wd (working days), 2h@08:30 or -"),
			 text);
}

enum err limit_parse(const char *text, struct limit *ret_limit, struct error *err)
{
	struct limit limit = { .unit = LIMIT_NONE, .from_clock = -1 };
	const char *s = text;
	long amount = 0;

	if (strcmp(text, "-") == 0) {
		*ret_limit = limit;
		return ERR_OK;
	}
	for (; *s >= '0' && *s <= '9'; s++)
		if (amount < 100000000)
			amount = amount * 10 + (*s - '0');
	if (s == text || amount == 0)
		return bad_limit(text, err);
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		size_t len = strlen(units[i].suffix);
		if (strncmp(s, units[i].suffix, len) != 0)
			continue;
		if (amount > units[i].max)
			return error_set(err, ERR_INPUT, _("%.60s is too long: at most %d%s"), text,
					 units[i].max, units[i].suffix);
		limit.unit = units[i].unit;
		limit.amount = (int)amount * units[i].factor;
		s += len;
		break;
	}
	if (limit.unit != LIMIT_NONE && *s == '@') {
		s = read_clock(s + 1, &limit.from_clock);
		if (limit.from_clock == DAY_MIN)
			limit.from_clock = 0;
	}
	if (limit.unit == LIMIT_NONE || s == NULL || *s != '\0')
		return bad_limit(text, err);
	*ret_limit = limit;
	return ERR_OK;
}

void limit_text(const struct limit *limit, char text[24])
{
	static const char *const suffix[] = {
		[LIMIT_NONE] = "",	 [LIMIT_MINUTES] = "m", [LIMIT_WORK_MINUTES] = "wm",
		[LIMIT_DAYS] = "d",	 [LIMIT_WORK_DAYS] = "wd",
	};
	bool hours = limit->unit == LIMIT_MINUTES && limit->amount % HOUR_MIN == 0;
	int len;

	if (limit->unit == LIMIT_NONE) {
		snprintf(text, 24, "-");
		return;
	}
	len = snprintf(text, 24, "%d%s", hours ? limit->amount / HOUR_MIN : limit->amount,
		       hours ? "h" : suffix[limit->unit]);
	if (limit->from_clock >= 0)
		snprintf(text + len, 24 - (size_t)len, "@%02d:%02d",
			 limit->from_clock / HOUR_MIN % 24, limit->from_clock % HOUR_MIN);
}

enum err hours_parse(const char *text, struct hours *ret_hours, struct error *err)
{
	struct hours hours = { .n = 0 };
	const char *s = text;
	int last = 0;

	for (;;) {
		int from, to;
		if (hours.n == HOURS_SPANS)
			return error_set(err, ERR_INPUT, _("\"%.80s\": at most %d spans of hours"),
					 text, (int)HOURS_SPANS);
		s += strspn(s, " ");
		s = read_clock(s, &from);
		if (s != NULL)
			s = *s == '-' ? read_clock(s + 1, &to) : NULL;
		if (s == NULL)
			break;
		if (from >= to || (hours.n > 0 && from < last))
			return error_set(err, ERR_INPUT,
					 _("\"%.80s\": hours must follow each other within a day"),
					 text);
		hours.span[hours.n].from = from;
		hours.span[hours.n++].to = last = to;
		if (*s == '\0') {
			*ret_hours = hours;
			return ERR_OK;
		}
		if (*s++ != ',')
			break;
	}
	return error_set(err, ERR_INPUT,
			 _("\"%.80s\" are not hours: write 09:00-17:30 or 09:00-12:00,13:30-17:30"),
			 text);
}
