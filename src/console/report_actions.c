/* zhiban report actions: what departments did with what meetings gave them, and what is behind it. */
#include <config.h>

#include <string.h>

#include "report.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/action_figures.h"
#include "zhiban/wire/jsonout.h"

static enum err take(struct console *console, const struct wanted *wanted,
		     struct action_figures_ask *ret_ask, struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	int64_t now = client_now(console->client);
	const struct org *org = NULL;
	enum err rc = report_order(wanted->order, &ret_ask->order, err);

	if (rc == ERR_OK && wanted->by != NULL && strcmp(wanted->by, "department") != 0)
		rc = error_set(err, ERR_USAGE, _("--by %s: it is department"), wanted->by);
	if (rc == ERR_OK && wanted->org != NULL)
		rc = candidates_org(rules, wanted->org, now, &org, err);
	if (rc == ERR_OK)
		rc = report_window(wanted, rules->offset_min, now, &ret_ask->window, err);
	ret_ask->org = org != NULL ? org->code : NULL;
	return rc;
}

static void put_json(const struct action_stats *stats, const struct action_stats_row *row,
		     struct str *out)
{
	const struct org *org = rules_org(stats->rules, row->org);
	int permille = action_stats_permille(row, ACTION_STAT_TIMELY, ACTION_STAT_OWED);

	str_add(out, "{\"org\":");
	json_text(out, row->org != NULL ? row->org : "");
	str_add(out, ",\"name\":");
	json_text(out, org != NULL ? org->name : row->org != NULL ? row->org : "");
	for (int i = 0; i < ACTION_STATS; i++)
		str_addf(out, ",\"%s\":%lld", action_stat_code((enum action_stat)i),
			 (long long)row->n[i]);
	if (permille >= 0)
		str_addf(out, ",\"rate\":%d.%d", permille / 10, permille % 10);
	str_add_char(out, '}');
}

static void put_all_json(struct console *console, const struct action_stats *stats,
			 enum stats_order order, struct str *out)
{
	const struct action_stats_row **rows;
	char since[CIVIL_TEXT] = "", until[CIVIL_TEXT] = "";
	size_t n = 0;

	if (stats->window.since != 0)
		civil_iso(stats->window.since, stats->rules->offset_min, since);
	if (stats->window.until != 0)
		civil_iso(stats->window.until, stats->rules->offset_min, until);
	str_addf(out, "{\"since\":\"%s\",\"until\":\"%s\",\"rows\":[", since, until);
	rows = action_stats_rows(stats, order, &console->arena, &n);
	for (size_t i = 0; i < n; i++) {
		str_add(out, i > 0 ? ",\n" : "\n");
		put_json(stats, rows[i], out);
	}
	str_add(out, "],\n\"all\":");
	put_json(stats, &stats->all, out);
	str_add(out, "}\n");
}

/* --list NUMBER[:ORG] */
static enum err list_behind(struct console *console, const struct wanted *wanted,
			    const struct action_figures_ask *ask, enum sheet_format format,
			    struct str *out, struct error *err)
{
	struct action_stats_what what = { .org = ask->org, .window = ask->window };
	char *words = arena_strdup(&console->arena, wanted->number_of), *colon = strchr(words, ':');
	const struct org *org = NULL;
	struct sheet sheet;
	enum err rc = ERR_OK;

	if (colon != NULL) {
		*colon = '\0';
		rc = candidates_org(client_rules(console->client), colon + 1,
				    client_now(console->client), &org, err);
	}
	if (rc == ERR_OK && !action_stat_find(words, &what.stat))
		rc = error_set(err, ERR_USAGE, _("--list %s: there is no such number; --format json "
						 "has them all"),
			       words);
	what.lead = org != NULL ? org->code : NULL;
	if (rc == ERR_OK)
		rc = action_figures_list(console->client, &what, &sheet, err);
	if (rc != ERR_OK)
		return rc;
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}

enum err report_actions(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err)
{
	bool json = wanted->format != NULL && strcmp(wanted->format, "json") == 0;
	struct action_figures_ask ask = { .order = STATS_PROTOCOL };
	enum sheet_format format = SHEET_TEXT;
	struct action_stats stats;
	struct sheet sheet;
	enum err rc = json ? ERR_OK : report_format(wanted, true, &format, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = take(console, wanted, &ask, err);
	if (rc == ERR_OK && wanted->number_of != NULL)
		return list_behind(console, wanted, &ask, format, out, err);
	if (rc == ERR_OK)
		rc = action_figures(console->client, &ask, &stats, err);
	if (rc != ERR_OK)
		return rc;
	if (json) {
		put_all_json(console, &stats, ask.order, out);
	} else {
		action_figures_sheet(&stats, ask.order, format == SHEET_CSV, &sheet);
		sheet_write(&sheet, format, out);
		sheet_release(&sheet);
	}
	action_stats_release(&stats);
	return ERR_OK;
}
