/* Deadlines: one pure function computes them, and says how.
 *
 * Natural time runs day and night.  A limit in working days starts on the next working day and ends
 * at the end of the working time of the last one; working minutes run only inside working hours. */
#ifndef ZHIBAN_DOMAIN_DUE_H
#define ZHIBAN_DOMAIN_DUE_H

#include "zhiban/base/str.h"
#include "zhiban/domain/workday.h"

enum limit_unit { LIMIT_NONE, LIMIT_MINUTES, LIMIT_WORK_MINUTES, LIMIT_DAYS, LIMIT_WORK_DAYS };

struct limit {
	enum limit_unit unit;
	int amount;
	int from_clock; /* minute of the day; counting starts at the next such time; -1: at once */
};

enum { HOURS_SPANS = 4 };
struct hours { /* working hours of a day, minutes since midnight, ascending */
	struct {
		int from, to;
	} span[HOURS_SPANS];
	int n;
};

struct due {
	int64_t at;	  /* ms UTC; 0: no limit */
	bool provisional; /* it runs past the known calendar */
};

/* "30m" "4h" "90wm" "3d" "7wd" "-"; "2h@08:30": two hours from the next 08:30. */
enum err limit_parse(const char *text, struct limit *ret_limit, struct error *err) MUST_CHECK;
void limit_text(const struct limit *limit, char text[24]);
/* "09:00-17:30", "09:00-12:00,13:30-17:30". */
enum err hours_parse(const char *text, struct hours *ret_hours, struct error *err) MUST_CHECK;

/* explain, when not NULL, gets one line for each day counted, skipped or begun, with why, each
 * ended by a newline. */
struct due due_compute(const struct calendar *calendar, const struct hours *hours, int offset_min,
		       int64_t from, const struct limit *limit, struct str *explain);

#endif
