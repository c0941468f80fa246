/* The counters of 当班: what stands open, and the filter that lists it. */
#include <config.h>

#include <string.h>

#include "home_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/deadlines.h"
#include "zhiban/client/marks.h"
#include "zhiban/domain/stand.h"
#include "zhiban/model/alarm.h"

static int64_t stands(struct client *client, unsigned what)
{
	int64_t n = 0;

	return client_stand_count(client, what, HOME_COUNT_MOST, &n, NULL) == ERR_OK ? n : 0;
}

static bool is_report_in(void *ctx, const struct client_deadline *row)
{
	(void)ctx;
	return str_eq(row->deadline.clock, summons_clock_code(SUMMONS_REPORT_IN));
}

static int64_t unreported(struct client *client)
{
	static const int64_t bounds[] = { INT64_MIN, INT64_MAX };
	const struct client_deadline_filter asked = { .sorts = 1U << DEADLINE_CLOCK,
						      .kinds = 1U << KIND_WHISTLE,
						      .lets = is_report_in };
	int64_t n = 0;
	bool exact;

	return client_deadlines_count(client, &asked, bounds, ARRAY_LEN(bounds),
				      HOME_COUNT_MOST, &n, &exact, NULL) == ERR_OK ? n : 0;
}

void home_recount(struct client *client, const struct alarms *alarms,
		  int64_t ret_counters[HOME_COUNTS])
{
	int64_t now = client_now(client), until = 0, over = 0;

	memset(ret_counters, 0, HOME_COUNTS * sizeof *ret_counters);
	if (!client_actor(client))
		return;
	if (alarms)
		ret_counters[HOME_ALARMS] = (int64_t)alarms_count(alarms, ALARM_ALL);
	ret_counters[HOME_UNSIGNED] = stands(client, STAND_UNSIGNED);
	ret_counters[HOME_RECEIPTS] = stands(client, STAND_RECEIPTS);
	ret_counters[HOME_INSTRUCTIONS] = stands(client, STAND_INSTRUCTED);
	ret_counters[HOME_UNREPORTED] = unreported(client);
	ret_counters[HOME_WATCHED] = (int64_t)client_mark_count(client, MARK_WATCH);
	if (client_count_due(client, now, HOME_COUNT_MOST, &over, NULL) == ERR_OK)
		ret_counters[HOME_OVERDUE] = over;
	if (client_count_due(client, now + HOME_SOON_MS, HOME_COUNT_MOST, &until, NULL) == ERR_OK)
		ret_counters[HOME_SOON] = until - over;
}

static const struct {
	const char *title, *filter; /* flags of the filter are known by their translations, too */
} counts[HOME_COUNTS] = {
	[HOME_ALARMS] = { N_("Unacknowledged"), N_("alarm") },
	[HOME_UNSIGNED] = { N_("Unsigned"), N_("unsigned") },
	/* TRANSLATORS: a filter: the field's title, the flag's translation */
	[HOME_SOON] = { N_("Within the hour"), N_("due<1h !overdue") },
	[HOME_OVERDUE] = { N_("Overdue"), N_("overdue") },
	[HOME_RECEIPTS] = { N_("No receipt"), N_("receipts") },
	[HOME_INSTRUCTIONS] = { N_("Instructions open"), N_("instructions") },
	[HOME_WATCHED] = { N_("Watched"), N_("watched") },
	/* on the deadlines screen */
	[HOME_UNREPORTED] = { N_("Not reported in"), "kind:whistle due_clock:report_in" },
};

const char *home_count_title(enum home_count count)
{
	return _(counts[count].title);
}

const char *home_count_filter(enum home_count count)
{
	return _(counts[count].filter);
}
