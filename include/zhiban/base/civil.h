/* Civil dates and times.  A jurisdiction has a fixed offset from UTC in minutes (+480) and no
 * daylight saving; moments are milliseconds since 1970-01-01 UTC; days are counted from the same
 * date in the jurisdiction's own time. */
#ifndef ZHIBAN_BASE_CIVIL_H
#define ZHIBAN_BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#include "zhiban/base/error.h"

enum { CIVIL_CHINA = 480, CIVIL_TEXT = 40 };
#define MINUTE_MS INT64_C(60000)
#define HOUR_MS INT64_C(3600000)
#define DAY_MS INT64_C(86400000)

struct civil {
	int year, month, day;		   /* month and day from 1 */
	int hour, minute, second, ms;
	int weekday;			   /* 1 Monday … 7 Sunday (ISO 8601) */
};

int32_t civil_day(int year, int month, int day); /* day number of a date */
bool civil_valid(int year, int month, int day);	 /* years 1900 to 9999 */
void civil_of_day(int32_t day, struct civil *ret_civil); /* time of day 0 */
void civil_of_ms(int64_t ms, int offset_min, struct civil *ret_civil);
int64_t civil_to_ms(const struct civil *civil, int offset_min);
int32_t civil_day_of_ms(int64_t ms, int offset_min);
int64_t civil_ms_of_day(int32_t day, int offset_min); /* its first moment */

/* 2026-11-22T02:41:00+08:00 (milliseconds only when there are any: .250 before the offset).
 * Moments outside the years 1 to 9999 are shown as the nearest inside. */
void civil_iso(int64_t ms, int offset_min, char text[CIVIL_TEXT]);
/* A format of our own, for screens: Y 4-digit year, m month, d day, H hour, M minute, S second (two
 * digits each), anything else itself: "m-d H:M". */
void civil_format(int64_t ms, int offset_min, const char *format, char *buf, unsigned long size);
/* ISO 8601 (T or space, seconds and zone optional), YYYY-MM-DD, YYYY/M/D [H:M[:S]]; without a zone
 * it is the jurisdiction's time.  ERR_INPUT with a sentence that shows the forms. */
enum err civil_parse(const char *text, int offset_min, int64_t *ret_ms, struct error *err)
	MUST_CHECK;

#endif
