/* Rules of recurrence as words: RFC 5545, 3.3.10. */
#include <config.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ical_rule_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *const freqs[RULE_FREQS] = {"YEARLY", "MONTHLY",  "WEEKLY",  "DAILY",
					      "HOURLY", "MINUTELY", "SECONDLY"};
static const char *const weekdays[7] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

/* What parts with numbers are called, and between which they lie; with a sign: counted from the
 * end. */
static const struct {
	const char *name;
	int min, max;
	bool sign;
} parts[RULE_PARTS] = {
    [BY_SECOND] = {"BYSECOND", 0, 60, false},   [BY_MINUTE] = {"BYMINUTE", 0, 59, false},
    [BY_HOUR] = {"BYHOUR", 0, 23, false},       [BY_MONTHDAY] = {"BYMONTHDAY", 1, 31, true},
    [BY_YEARDAY] = {"BYYEARDAY", 1, 366, true}, [BY_WEEKNO] = {"BYWEEKNO", 1, 53, true},
    [BY_MONTH] = {"BYMONTH", 1, 12, false},     [BY_SETPOS] = {"BYSETPOS", 1, RULE_SET_MOST, true},
};

static int by_number(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return x < y ? -1 : x > y;
}

/* In order, each once. */
static void settle(struct by *by)
{
	size_t kept = 0;

	qsort(by->n > 0 ? by->at : (int[1]){0}, by->n, sizeof *by->at, by_number);
	for (size_t i = 0; i < by->n; i++)
		if (kept == 0 || by->at[kept - 1] != by->at[i])
			by->at[kept++] = by->at[i];
	by->n = kept;
}

static bool read_numbers(const char *s, int part, struct by *by)
{
	for (; by->n < BY_MOST; s++) {
		char *end;
		long n = strtol(s, &end, 10);
		long size = n < 0 && parts[part].sign ? -n : n;

		if (end == s || size < parts[part].min || size > parts[part].max)
			return false;
		by->at[by->n++] = (int)n;
		s = end;
		if (*s == '\0')
			return true;
		if (*s != ',')
			return false;
	}
	return false;
}

static int weekday_of(const char *s)
{
	for (int i = 0; i < 7; i++)
		if (strncasecmp(s, weekdays[i], 2) == 0)
			return i + 1;
	return 0;
}

/* "-1FR,MO": n * 8 + weekday. */
static bool read_days(const char *s, struct by *by)
{
	for (; by->n < BY_MOST; s++) {
		char *end;
		long n = strtol(s, &end, 10);
		int day = weekday_of(end);

		if (day == 0 || n < -53 || n > 53)
			return false;
		by->at[by->n++] = by_day((int)n, day);
		s = end + 2;
		if (*s == '\0')
			return true;
		if (*s != ',')
			return false;
	}
	return false;
}

static bool read_until(const struct ical_lib *lib, const char *s, struct arena *arena,
		       struct rule *rule)
{
	struct moment moment;
	const char *line =
	    arena_printf(arena, "DTSTART%s:%s", strlen(s) == 8 ? ";VALUE=DATE" : "", s);

	if (value_moment(lib, line, arena, &moment) != ERR_OK)
		return false;
	/* a day is over when the next begins */
	rule->until = moment.local + (moment.date ? DAY_MS - 1 : 0);
	return true;
}

static bool read_freq(const char *s, struct rule *rule)
{
	for (int i = 0; i < RULE_FREQS; i++)
		if (strcasecmp(s, freqs[i]) == 0) {
			rule->freq = (enum rule_freq)i;
			return rule->has_freq = true;
		}
	return false;
}

static bool read_part(const struct ical_lib *lib, const char *name, const char *value,
		      struct arena *arena, struct rule *rule)
{
	long long n;

	if (strcasecmp(name, "FREQ") == 0)
		return read_freq(value, rule);
	if (strcasecmp(name, "UNTIL") == 0)
		return read_until(lib, value, arena, rule);
	if (strcasecmp(name, "WKST") == 0)
		return (rule->week_starts = weekday_of(value)) != 0;
	if (strcasecmp(name, "BYDAY") == 0)
		return read_days(value, &rule->days);
	if (strcasecmp(name, "INTERVAL") == 0 || strcasecmp(name, "COUNT") == 0) {
		if (!str_int(value, 1, 1000000000, &n))
			return false;
		*(toupper((unsigned char)*name) == 'I' ? &rule->interval : &rule->count) = n;
		return true;
	}
	for (int i = 0; i < RULE_PARTS; i++)
		if (strcasecmp(name, parts[i].name) == 0)
			return read_numbers(value, i, &rule->by[i]);
	return false;
}

enum err rule_parse(const struct ical_lib *lib, const char *words, struct arena *arena,
		    struct rule *ret_rule, struct error *err)
{
	struct rule *rule = ret_rule;
	char *copy = arena_strdup(arena, words), *save = NULL;

	for (char *c = copy; *c != '\0'; c++) /* "MO, TU" is written, too */
		while (*c == ' ')
			memmove(c, c + 1, strlen(c));
	*rule = (struct rule){.interval = 1, .week_starts = 1, .until = INT64_MAX};
	for (char *part = strtok_r(copy, ";", &save); part != NULL;
	     part = strtok_r(NULL, ";", &save)) {
		char *value = strchr(part, '=');

		if (value != NULL)
			*value++ = '\0';
		if (value == NULL || !read_part(lib, part, value, arena, rule))
			return error_set(err, ERR_INPUT, _("this is no rule of recurrence: %s"),
					 words);
	}
	if (!rule->has_freq)
		return error_set(err, ERR_INPUT, _("this is no rule of recurrence: %s"), words);
	for (int i = 0; i < RULE_PARTS; i++)
		settle(&rule->by[i]);
	settle(&rule->days);
	return ERR_OK;
}
