/* When a periodic check is due, as its words in the profile say. */
#ifndef ZHIBAN_DOMAIN_INSPECTION_PRIV_H
#define ZHIBAN_DOMAIN_INSPECTION_PRIV_H

#include <stdbool.h>
#include <stdint.h>

enum check_period { CHECK_DAILY, CHECK_WEEKLY, CHECK_MONTHLY };
struct check_when {
	enum check_period period;
	int day;    /* weekly: 1 Monday … 7; monthly: of the month, -1 the last one */
	int minute; /* of the day */
};
/* "daily 21:00", "weekly 7 21:00", "monthly -1 17:00"; false: it is none of these. */
bool check_when_parse(const char *words, struct check_when *ret_when);
/* Whether it is due on a day: a 31st in a month that has none is its last day. */
bool check_when_falls(const struct check_when *when, int32_t day);

#endif
