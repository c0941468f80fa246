/* The ledger of fairness, of the rosters that are here. */
#include <config.h>

#include "zhiban/base/i18n.h"

#include "roster_priv.h"

enum err client_ledger(struct client *client, const char *org, const struct roster_plan *plan,
		       const char *month, struct arena *arena, struct ledger_row **ret_rows,
		       size_t *ret_n, struct error *err)
{
	struct client_roster *rosters;
	const struct staff **staff;
	size_t n, n_staff;
	int32_t first, end, back;
	enum err code;

	if (!month_days(month, &first, &end))
		return error_set(err, ERR_INPUT, _("\"%s\" is no month: 2026-12"), month);
	back = first;
	for (int i = 1; i < LEDGER_MONTHS; i++) {
		char before[ROSTER_MONTH];

		month_of_day(back - 1, before);
		if (!month_days(before, &back, &(int32_t){ 0 }))
			break;
	}
	code = client_rosters(client, org, plan->code, back, end, arena, &rosters, &n, err);
	if (code == ERR_OK)
		code = client_pool(client, org, plan, arena, &staff, &n_staff, err);
	if (code == ERR_OK)
		ledger_of(client->rules, plan, rosters_only(rosters, n, arena), n,
			  (const struct staff *const *)staff, n_staff, arena, ret_rows, ret_n);
	return code;
}
