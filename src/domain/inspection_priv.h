/* When a periodic check is due, as its words in the profile say. */
#ifndef ZHIBAN_DOMAIN_INSPECTION_PRIV_H
#define ZHIBAN_DOMAIN_INSPECTION_PRIV_H

#include <stdbool.h>

enum check_period { CHECK_DAILY, CHECK_WEEKLY, CHECK_MONTHLY };
struct check_when {
	enum check_period period;
	int day;    /* weekly: 1 Monday … 7; monthly: of the month, -1 the last one */
	int minute; /* of the day */
};
/* "daily 21:00", "weekly 7 21:00", "monthly -1 17:00"; false: it is none of these. */
bool check_when_parse(const char *words, struct check_when *ret_when);

#endif
