#include <config.h>

#include "inspection_priv.h"

#include <ctype.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/inspection.h"

static const struct {
	const char *word;
	enum check_period period;
	int first, last; /* of its day; 0: it names none */
} periods[] = {
	{ "daily", CHECK_DAILY, 0, 0 },
	{ "weekly", CHECK_WEEKLY, 1, 7 },
	{ "monthly", CHECK_MONTHLY, 1, 31 },
};

static const char *skip(const char *words)
{
	return words + strspn(words, " ");
}

/* One or two digits; NULL: there are none, or more. */
static const char *number(const char *words, int *ret_number)
{
	int n = 0, digits = 0;

	for (; isdigit((unsigned char)*words) && digits < 3; words++, digits++)
		n = n * 10 + (*words - '0');
	*ret_number = n;
	return digits == 1 || digits == 2 ? words : NULL;
}

static const char *day_of(const char *words, size_t which, int *ret_day)
{
	const char *rest;

	if (periods[which].last == 0)
		return words;
	if (periods[which].period == CHECK_MONTHLY && strncmp(words, "-1", 2) == 0 &&
	    !isdigit((unsigned char)words[2])) {
		*ret_day = -1;
		return words + 2;
	}
	rest = number(words, ret_day);
	return rest != NULL && *ret_day >= periods[which].first && *ret_day <= periods[which].last
		       ? rest
		       : NULL;
}

static const char *time_of(const char *words, int *ret_minute)
{
	int hour, minute;
	const char *rest = number(words, &hour);

	if (rest == NULL || *rest != ':' || rest[1] == '\0' || rest[2] == '\0')
		return NULL;
	rest = number(rest + 1, &minute);
	if (rest == NULL || hour > 23 || minute > 59)
		return NULL;
	*ret_minute = hour * 60 + minute;
	return rest;
}

bool check_when_parse(const char *words, struct check_when *ret_when)
{
	struct check_when when = { .day = 0 };
	size_t which = 0, len = strcspn(words, " ");
	const char *rest;

	while (which < ARRAY_LEN(periods) && (strlen(periods[which].word) != len ||
					      strncmp(periods[which].word, words, len) != 0))
		which++;
	if (which == ARRAY_LEN(periods))
		return false;
	when.period = periods[which].period;
	rest = day_of(skip(words + len), which, &when.day);
	if (rest != NULL)
		rest = time_of(skip(rest), &when.minute);
	if (rest == NULL || *skip(rest) != '\0')
		return false;
	*ret_when = when;
	return true;
}

bool check_when_ok(const char *when)
{
	struct check_when unused;

	return check_when_parse(when, &unused);
}

bool check_when_falls(const struct check_when *when, int32_t day)
{
	struct civil civil, next;

	civil_of_day(day, &civil);
	civil_of_day(day + 1, &next);
	switch (when->period) {
	case CHECK_DAILY:
		return true;
	case CHECK_WEEKLY:
		return civil.weekday == when->day;
	case CHECK_MONTHLY:
		return civil.day == when->day ||
		       (next.day == 1 && (when->day == -1 || when->day > civil.day));
	}
	return false;
}
