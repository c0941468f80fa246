/* zhiban report roster [ORG] [--month M]: a month on paper. */
#include <config.h>

#include <string.h>

#include "report.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/roster.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/roster_paper.h"

static enum err whose(struct console *console, const char *words, const char **ret_org,
		      struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	const struct actor *actor = client_actor(console->client);
	const struct org *org = NULL;

	if (words != NULL) {
		enum err rc = candidates_org(rules, words, client_now(console->client), &org, err);

		if (rc != ERR_OK)
			return rc;
		*ret_org = org->code;
		return ERR_OK;
	}
	*ret_org = actor != NULL && rules_plan_of(rules, actor->org, 0) != NULL ? actor->org
										: rules->centre;
	return ERR_OK;
}

enum err report_roster(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err)
{
	enum sheet_format format = SHEET_TEXT;
	const struct roster_plan *plan = NULL;
	const struct rules *rules;
	struct roster_view view;
	struct roster_grid grid;
	struct sheet sheet;
	const char *org = NULL;
	char month[ROSTER_MONTH];
	int32_t from = 0, to = 0;
	enum err rc = report_format(wanted, true, &format, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = whose(console, wanted->id, &org, err);
	if (rc != ERR_OK)
		return rc;
	rules = client_rules(console->client);
	plan = org != NULL ? rules_plan_of(rules, org, 0) : NULL;
	if (plan == NULL)
		return error_set(err, ERR_NOT_FOUND, _("%s has no roster"), org != NULL ? org : "");
	month_of_day(civil_day_of_ms(client_now(console->client), rules->offset_min), month);
	if (!month_days(wanted->month != NULL ? wanted->month : month, &from, &to))
		return error_set(err, ERR_USAGE, _("--month takes a month like 2026-12, not \"%s\""),
				 wanted->month);
	month_of_day(from, month);
	rc = client_roster_view(console->client, org, plan, from, to, &console->arena, &view, err);
	if (rc != ERR_OK)
		return rc;
	roster_grid_make(&view, from, to, NULL, 0, client_now(console->client), &console->arena, &grid);
	roster_paper(rules, &grid, org, month, client_now(console->client), &sheet);
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}
