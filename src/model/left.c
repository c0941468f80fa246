#include <config.h>

#include "zhiban/model/left.h"

#include <stdio.h>

#include "zhiban/base/civil.h"

enum left_state left_state(int64_t due, int64_t now)
{
	if (!due)
		return LEFT_NONE;
	if (now >= due)
		return LEFT_OVER;
	return due - now <= LEFT_SOON_MS ? LEFT_SOON : LEFT_FAR;
}

void left_text(int64_t due, int64_t now, char text[LEFT_TEXT])
{
	const char *sign = now >= due ? "-" : "";
	int64_t ms = now >= due ? now - due : due - now;
	int days = (int)(ms / DAY_MS > 9999 ? 9999 : ms / DAY_MS);
	int hours = (int)(ms % DAY_MS / HOUR_MS), minutes = (int)(ms % HOUR_MS / MINUTE_MS);

	text[0] = '\0';
	if (!due)
		return;
	if (now < due && ms < LEFT_FINAL_MS)
		snprintf(text, LEFT_TEXT, "%dm%02ds", minutes, (int)(ms % MINUTE_MS / 1000));
	else if (!days)
		snprintf(text, LEFT_TEXT, "%s%02d:%02d", sign, hours, minutes);
	else if (days < 10)
		snprintf(text, LEFT_TEXT, *sign ? "-%dd%02dh" : "%dd %02dh", days, hours);
	else
		snprintf(text, LEFT_TEXT, "%s%dd", sign, days);
}

int64_t left_moment(int64_t due, int64_t now)
{
	int64_t left = due - now;

	return left > -LEFT_FINAL_MS && left < LEFT_FINAL_MS + MINUTE_MS ? now : now - now % MINUTE_MS;
}

int64_t left_next(int64_t due, int64_t now, bool seconds)
{
	if (!due)
		return INT64_MAX;
	if (now >= due)
		return now + MINUTE_MS - (now - due) % MINUTE_MS;
	int64_t grain = due - now < LEFT_FINAL_MS && seconds ? 1000 : MINUTE_MS;
	int64_t next = now + (due - now) % grain + 1;

	return next > due ? due : next;
}
