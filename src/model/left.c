#include <config.h>

#include "zhiban/model/left.h"

#include <stdio.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum left_state left_state(int64_t due, int64_t now)
{
	if (!due)
		return LEFT_NONE;
	if (now >= due)
		return LEFT_OVER;
	return due - now <= LEFT_SOON_MS ? LEFT_SOON : LEFT_FAR;
}

static int whole_days(int64_t ms)
{
	return (int)(ms / DAY_MS > 9999 ? 9999 : ms / DAY_MS);
}

/* Days, with the hours while there are few of them. */
static void days_text(int64_t ms, bool hours, char text[LEFT_TEXT])
{
	int days = whole_days(ms);

	if (hours && days < 10)
		/* TRANSLATORS: days and hours that are left, in a narrow column: 5d 03h */
		snprintf(text, LEFT_TEXT, _("%dd %02dh"), days, (int)(ms % DAY_MS / HOUR_MS));
	else
		/* TRANSLATORS: days that are left, in a narrow column: 12d */
		snprintf(text, LEFT_TEXT, _("%dd"), days);
}

static void clock_text(int64_t ms, bool final, char text[LEFT_TEXT])
{
	int hours = (int)(ms % DAY_MS / HOUR_MS), minutes = (int)(ms % HOUR_MS / MINUTE_MS);

	if (final)
		/* TRANSLATORS: minutes and seconds that are left, in a narrow column: 4m59s */
		snprintf(text, LEFT_TEXT, _("%dm%02ds"), minutes, (int)(ms % MINUTE_MS / 1000));
	else
		snprintf(text, LEFT_TEXT, "%02d:%02d", hours, minutes);
}

static void list_text(int64_t due, int64_t now, bool seconds, char text[LEFT_TEXT])
{
	bool over = now >= due;
	int64_t ms = over ? now - due : due - now;
	char bare[LEFT_TEXT];

	text[0] = '\0';
	if (!due)
		return;
	if (ms >= DAY_MS)
		days_text(ms, !over, bare);
	else
		clock_text(ms, seconds && !over && ms < LEFT_FINAL_MS, bare);
	snprintf(text, LEFT_TEXT, "%s%.24s", over ? "-" : "", bare);
}

void left_text(int64_t due, int64_t now, char text[LEFT_TEXT])
{
	list_text(due, now, true, text);
}

void left_minutes(int64_t due, int64_t now, char text[LEFT_TEXT])
{
	list_text(due, now, false, text);
}

void left_words(int64_t due, int64_t now, char text[LEFT_TEXT])
{
	int64_t ms = now >= due ? now - due : due - now;

	text[0] = '\0';
	if (!due)
		return;
	if (ms >= DAY_MS)
		days_text(ms, true, text);
	else
		clock_text(ms, now < due && ms < LEFT_FINAL_MS, text);
}

int left_columns(void)
{
	static const int64_t widest[] = { 9 * DAY_MS, -9999 * DAY_MS, LEFT_FINAL_MS - 1000 };
	int most = 6; /* "-00:12" */

	for (size_t i = 0; i < ARRAY_LEN(widest); i++) {
		char text[LEFT_TEXT];
		int cols;

		left_text(20000 * DAY_MS + widest[i], 20000 * DAY_MS, text);
		cols = text_columns(text);
		most = cols > most ? cols : most;
	}
	return most;
}

int64_t left_moment(int64_t due, int64_t now)
{
	int64_t left = due - now;

	return left > -LEFT_FINAL_MS && left < LEFT_FINAL_MS + MINUTE_MS ? now
									 : now - now % MINUTE_MS;
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
