/* zhiban report whistles: figures by department or by street, and the list behind one of them. */
#include <config.h>

#include <string.h>

#include "report.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/figures.h"
#include "zhiban/model/figures_sheet.h"
#include "zhiban/wire/jsonout.h"

enum { BUDGET = 1000 };

/* --- what is asked for ----------------------------------------------------------------------- */

/* A day stands for its beginning, as an end for that of the next: --until 2026-02-28 has that day. */
static enum err take_moment(const char *option, const char *words, bool until, int offset_min,
			    int64_t *ret_at, struct error *err)
{
	int64_t at;

	if (words == NULL)
		return ERR_OK;
	if (civil_parse(words, offset_min, &at, err) != ERR_OK) {
		error_prefix(err, "%s", option);
		if (err != NULL)
			err->code = ERR_USAGE;
		return ERR_USAGE;
	}
	*ret_at = until && strchr(words, ':') == NULL ? at + DAY_MS : at;
	return ERR_OK;
}

static enum err take_side(const char *words, enum stats_side *ret_side, struct error *err)
{
	if (words == NULL || strcmp(words, "department") == 0)
		*ret_side = STATS_DEPARTMENTS;
	else if (strcmp(words, "street") == 0)
		*ret_side = STATS_STREETS;
	else
		return error_set(err, ERR_USAGE, _("--by %s: it is department or street"), words);
	return ERR_OK;
}

enum err report_order(const char *words, enum stats_order *ret_order, struct error *err)
{
	if (words == NULL || strcmp(words, "protocol") == 0)
		*ret_order = STATS_PROTOCOL;
	else if (strcmp(words, "worst") == 0)
		*ret_order = STATS_WORST;
	else
		return error_set(err, ERR_USAGE, _("--order %s: it is protocol or worst"), words);
	return ERR_OK;
}

static enum err take_formula(const char *words, const struct stats_formula **ret_formula,
			     struct error *err)
{
	struct str names = STR_INIT;

	*ret_formula = words == NULL ? stats_formula(0) : stats_formula_find(words);
	if (*ret_formula != NULL)
		return ERR_OK;
	for (size_t i = 0; i < stats_formula_count(); i++)
		str_addf(&names, " %s", stats_formula(i)->name);
	error_set(err, ERR_USAGE, _("--formula %s: there are%s"), words, str_get(&names));
	str_release(&names);
	return ERR_USAGE;
}

static enum err take_summons(const struct rules *rules, const char *words, const char **ret_code,
			     struct error *err)
{
	struct str names = STR_INIT;

	*ret_code = NULL;
	for (size_t i = 0; words != NULL && i < rules->n_summonses; i++) {
		if (str_eq(rules->summonses[i].code, words) ||
		    str_eq(rules->summonses[i].label, words))
			*ret_code = rules->summonses[i].code;
		str_addf(&names, " %s", rules->summonses[i].code);
	}
	if (words != NULL && *ret_code == NULL)
		error_set(err, ERR_USAGE, _("--summons %s: there are%s"), words, str_get(&names));
	str_release(&names);
	return words == NULL || *ret_code != NULL ? ERR_OK : ERR_USAGE;
}

/* Nothing said: the month that is; only since when: until now. */
enum err report_window(const struct wanted *wanted, int offset_min, int64_t now,
		       struct stats_window *ret_window, struct error *err)
{
	enum err rc;

	ret_window->until = wanted->until == NULL ? now : 0;
	if (wanted->since == NULL && wanted->until == NULL) {
		*ret_window = stats_month(offset_min, now, 0);
		return ERR_OK;
	}
	rc = take_moment("--since", wanted->since, false, offset_min, &ret_window->since, err);
	if (rc == ERR_OK)
		rc = take_moment("--until", wanted->until, true, offset_min, &ret_window->until, err);
	if (rc == ERR_OK && ret_window->until != 0 && ret_window->until <= ret_window->since)
		rc = error_set(err, ERR_USAGE, "%s", _("--until lies before --since"));
	return rc;
}

static enum err take(struct console *console, const struct wanted *wanted,
		     struct figures_wanted *ret_asked, struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	enum err rc = take_side(wanted->by, &ret_asked->ask.side, err);

	if (rc == ERR_OK)
		rc = report_order(wanted->order, &ret_asked->order, err);
	if (rc == ERR_OK)
		rc = take_formula(wanted->formula, &ret_asked->formula, err);
	if (rc == ERR_OK)
		rc = take_summons(rules, wanted->summons, &ret_asked->ask.summons, err);
	if (rc == ERR_OK)
		rc = report_window(wanted, rules->offset_min, client_now(console->client),
				 &ret_asked->ask.window, err);
	ret_asked->ask.compare = true;
	return rc;
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void put_tenths(struct str *out, const char *key, bool known, int tenths)
{
	if (known)
		str_addf(out, ",\"%s\":%s%d.%d", key, tenths < 0 ? "-" : "",
			 (tenths < 0 ? -tenths : tenths) / 10, (tenths < 0 ? -tenths : tenths) % 10);
}

static void put_numbers(const struct figures_wanted *asked, const struct stats_row *row,
			struct str *out)
{
	bool streets = asked->ask.side == STATS_STREETS;
	int tenths = 0;

	for (size_t i = 0; i < STATS; i++)
		if (streets || stat_is_of_share((enum stat)i))
			str_addf(out, "%s\"%s\":%lld", i > 0 ? "," : "", stat_code((enum stat)i),
				 (long long)row->n[i]);
	str_addf(out, ",\"points\":%lld", (long long)row->points);
	if (streets)
		str_addf(out, ",\"cases\":%lld", (long long)row->cases);
	if (stats_report_ms(row) >= 0)
		str_addf(out, ",\"report_minutes\":%lld",
			 (long long)(stats_report_ms(row) / MINUTE_MS));
	if (streets)
		put_tenths(out, "per_100_cases", stats_per_100(row) >= 0, stats_per_100(row));
	else if (row->org != NULL && stats_score(row, asked->formula, &tenths))
		put_tenths(out, "score", true, tenths);
}

/* With the same numbers of what was just before, and of the year before. */
static void put_json(const struct figures *figures, const struct figures_wanted *asked,
		     const struct stats_row *row, struct str *out)
{
	static const struct {
		enum figures_of of;
		const char *key;
	} windows[] = { { FIGURES_PREVIOUS, "previous" }, { FIGURES_YEAR_AGO, "year_ago" } };
	const struct org *org = rules_org(figures_stats(figures, FIGURES_NOW)->rules, row->org);

	str_add(out, "{\"org\":");
	json_text(out, row->org != NULL ? row->org : "");
	str_add(out, ",\"name\":");
	json_text(out, org != NULL ? org->name : row->org != NULL ? row->org : "");
	str_add_char(out, ',');
	put_numbers(asked, row, out);
	for (size_t i = 0; i < ARRAY_LEN(windows); i++) {
		const struct stats_row *then = figures_row(figures, windows[i].of, row->org);

		if (then == NULL)
			continue;
		str_addf(out, ",\"%s\":{", windows[i].key);
		put_numbers(asked, then, out);
		str_add_char(out, '}');
	}
	str_add_char(out, '}');
}

static void put_all_json(struct console *console, const struct figures *figures,
			 const struct figures_wanted *asked, struct str *out)
{
	const struct stats *stats = figures_stats(figures, FIGURES_NOW);
	const struct stats_row **rows;
	char since[CIVIL_TEXT] = "", until[CIVIL_TEXT] = "";
	size_t n;

	if (stats->window.since != 0)
		civil_iso(stats->window.since, stats->rules->offset_min, since);
	if (stats->window.until != 0)
		civil_iso(stats->window.until, stats->rules->offset_min, until);
	rows = stats_rows(stats, asked->order, &console->arena, &n);
	str_addf(out, "{\"since\":\"%s\",\"until\":\"%s\",\"formula\":\"%s\",\"rows\":[", since, until,
		 asked->formula->name);
	for (size_t i = 0; i < n; i++) {
		str_add(out, i > 0 ? ",\n" : "\n");
		put_json(figures, asked, rows[i], out);
	}
	str_add(out, "],\n\"all\":");
	put_json(figures, asked, &stats->all, out);
	str_add(out, "}\n");
}

/* --- the report ------------------------------------------------------------------------------ */

static enum err gather(struct console *console, const struct figures_wanted *asked,
		       struct figures **ret_figures, struct error *err)
{
	struct figures *figures = NULL;
	enum err rc = figures_new(console->client, &asked->ask, &figures, err);

	while (rc == ERR_OK && !figures_done(figures))
		rc = figures_step(figures, BUDGET, err);
	if (rc != ERR_OK) {
		figures_free(figures);
		return rc;
	}
	*ret_figures = figures;
	return ERR_OK;
}

/* --list NUMBER[:ORG] */
static enum err list_behind(struct console *console, const struct wanted *wanted,
			    const struct figures_wanted *asked, enum sheet_format format,
			    struct str *out, struct error *err)
{
	struct stats_what what = { .side = asked->ask.side,
				   .summons = asked->ask.summons,
				   .window = asked->ask.window };
	char *words = arena_strdup(&console->arena, wanted->number_of);
	char *colon = strchr(words, ':');
	const struct org *org = NULL;
	struct sheet sheet;
	enum err rc = ERR_OK;

	if (colon != NULL) {
		*colon = '\0';
		rc = candidates_org(client_rules(console->client), colon + 1,
				    client_now(console->client), &org, err);
	}
	if (rc == ERR_OK && !stat_find(words, &what.stat))
		rc = error_set(err, ERR_USAGE, _("--list %s: there is no such number; --format json "
						 "has them all"),
			       words);
	what.org = org != NULL ? org->code : NULL;
	if (rc == ERR_OK)
		rc = figures_list_sheet(console->client, &what, &sheet, err);
	if (rc != ERR_OK)
		return rc;
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}

enum err report_figures(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err)
{
	bool json = wanted->format != NULL && strcmp(wanted->format, "json") == 0;
	struct figures_wanted asked = { .order = STATS_PROTOCOL };
	enum sheet_format format = SHEET_TEXT;
	struct figures *figures = NULL;
	struct sheet sheet;
	enum err rc = json ? ERR_OK : report_format(wanted, true, &format, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = take(console, wanted, &asked, err);
	if (rc == ERR_OK && wanted->number_of != NULL)
		return list_behind(console, wanted, &asked, format, out, err);
	if (rc == ERR_OK)
		rc = gather(console, &asked, &figures, err);
	if (rc != ERR_OK)
		return rc;
	if (json) {
		put_all_json(console, figures, &asked, out);
	} else {
		figures_sheet(figures, &asked, format == SHEET_CSV, &sheet);
		sheet_write(&sheet, format, out);
		sheet_release(&sheet);
	}
	figures_free(figures);
	return ERR_OK;
}
