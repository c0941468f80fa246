#include <config.h>

#include "zhiban/base/civil.h"

#include <stdio.h>
#include <string.h>

/* Conversions between days and dates after Howard Hinnant, "chrono-compatible low-level date
 * algorithms": the year begins in March, an era has 400 years. */
enum { ERA_DAYS = 146097, EPOCH_SHIFT = 719468 };

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int32_t civil_day(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return (int32_t)(era * ERA_DAYS + yoe * 365 + yoe / 4 - yoe / 100 + doy - EPOCH_SHIFT);
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool civil_valid(int year, int month, int day)
{
	return year >= 1900 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_in_month(year, month);
}

void civil_of_day(int32_t day, struct civil *ret_civil)
{
	int64_t z = (int64_t)day + EPOCH_SHIFT;
	int64_t era = floor_div(z, ERA_DAYS);
	int64_t doe = z - era * ERA_DAYS;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	*ret_civil = (struct civil){
		.year = (int)(yoe + era * 400 + (month <= 2)),
		.month = month,
		.day = (int)(doy - (153 * mp + 2) / 5 + 1),
		/* 1970-01-01 was a Thursday */
		.weekday = (int)(((int64_t)day + 3) - floor_div((int64_t)day + 3, 7) * 7 + 1),
	};
}

/* Moments outside the years 1 to 9999 are shown as the nearest one inside: they are damage, and no
 * text of a time is ever longer than planned. */
static int64_t local_ms(int64_t ms, int offset_min)
{
	const int64_t first = civil_day(1, 1, 1) * DAY_MS;
	const int64_t last = civil_day(10000, 1, 1) * DAY_MS - 1;

	if (ms < first - DAY_MS || ms > last + DAY_MS)
		return ms < 0 ? first : last;
	ms += offset_min * MINUTE_MS;
	return ms < first ? first : ms > last ? last : ms;
}

int32_t civil_day_of_ms(int64_t ms, int offset_min)
{
	return (int32_t)floor_div(local_ms(ms, offset_min), DAY_MS);
}

int64_t civil_ms_of_day(int32_t day, int offset_min)
{
	return day * DAY_MS - offset_min * MINUTE_MS;
}

void civil_of_ms(int64_t ms, int offset_min, struct civil *ret_civil)
{
	int64_t local = local_ms(ms, offset_min);
	int32_t day = (int32_t)floor_div(local, DAY_MS);
	int rest = (int)(local - day * DAY_MS);

	civil_of_day(day, ret_civil);
	ret_civil->hour = rest / 3600000;
	ret_civil->minute = rest / 60000 % 60;
	ret_civil->second = rest / 1000 % 60;
	ret_civil->ms = rest % 1000;
}

int64_t civil_to_ms(const struct civil *civil, int offset_min)
{
	return civil_ms_of_day(civil_day(civil->year, civil->month, civil->day), offset_min) +
	       civil->hour * HOUR_MS + civil->minute * MINUTE_MS + civil->second * INT64_C(1000) +
	       civil->ms;
}

void civil_iso(int64_t ms, int offset_min, char text[CIVIL_TEXT])
{
	int minutes = offset_min < 0 ? -offset_min : offset_min;
	char fraction[8] = "";
	struct civil c;

	civil_of_ms(ms, offset_min, &c);
	if (c.ms != 0)
		snprintf(fraction, sizeof fraction, ".%03u", (unsigned)c.ms % 1000);
	snprintf(text, CIVIL_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d%s%c%02d:%02d", c.year, c.month,
		 c.day, c.hour, c.minute, c.second, fraction, offset_min < 0 ? '-' : '+',
		 minutes / 60, minutes % 60);
}

void civil_format(int64_t ms, int offset_min, const char *format, char *buf, unsigned long size)
{
	size_t at = 0, whole = 0; /* whole: up to the last complete character */
	struct civil c;

	civil_of_ms(ms, offset_min, &c);
	for (; *format != '\0'; format++) {
		char piece[16] = { *format, '\0' };
		const int *value = NULL;

		switch (*format) {
		case 'Y': snprintf(piece, sizeof piece, "%04d", c.year); break;
		case 'm': value = &c.month; break;
		case 'd': value = &c.day; break;
		case 'H': value = &c.hour; break;
		case 'M': value = &c.minute; break;
		case 'S': value = &c.second; break;
		}
		if (value != NULL)
			snprintf(piece, sizeof piece, "%02d", *value);
		if (at + strlen(piece) >= size)
			break;
		memcpy(buf + at, piece, strlen(piece));
		at += strlen(piece);
		if (((unsigned char)format[1] & 0xC0) != 0x80)
			whole = at;
	}
	if (size > 0)
		buf[whole] = '\0';
}
