/* zhiban roster show, check: months of rosters, out of what is here. */
#include <config.h>

#include <string.h>

#include "roster.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/roster_paper.h"

enum err roster_ready(struct console *console, struct error *err)
{
	enum err rc = console_client(console, err);

	if (rc == ERR_OK && !client_has_rules(console->client))
		rc = error_set(err, ERR_OFFLINE, "%s",
			       _("the rules are not here yet: zhiban sync"));
	return rc;
}

enum err roster_what(struct console *console, const char *org, const char *month, const char *plan,
		     struct paper_month *ret_what, struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	const struct actor *actor = client_actor(console->client);
	bool own = actor != NULL && rules_plan_of(rules, actor->org, 0) != NULL;
	struct paper_month what = { .org = NULL };
	char now[ROSTER_MONTH];
	enum err rc;

	month_of_day(civil_day_of_ms(client_now(console->client), rules->offset_min), now);
	what.month = arena_strdup(&console->arena, month != NULL ? month : now);
	if (!month_days(what.month, &(int32_t){ 0 }, &(int32_t){ 0 }))
		return error_set(err, ERR_USAGE, _("\"%s\" is no month: 2026-12"), what.month);
	rc = roster_plan_named(console, org != NULL ? org : own ? actor->org : rules->centre, plan,
			       &what.org, &what.plan, err);
	if (rc == ERR_OK)
		*ret_what = what;
	return rc;
}

enum err roster_sheet(struct console *console, const struct paper_month *what,
		      struct sheet *ret_sheet, struct error *err)
{
	int64_t now = client_now(console->client);
	struct roster_view view;
	struct roster_grid grid;
	int32_t from, to;
	enum err rc = month_days(what->month, &from, &to) ? ERR_OK : ERR_INPUT; /* it was looked at */

	if (rc == ERR_OK)
		rc = client_roster_view(console->client, what->org, what->plan, from, to,
					&console->arena, &view, err);
	if (rc != ERR_OK)
		return rc;
	roster_grid_make(&view, from, to, NULL, 0, now, &console->arena, &grid);
	roster_paper(client_rules(console->client), &grid, what->org, what->month, now, ret_sheet);
	return ERR_OK;
}

static enum err print_sheet(struct sheet *sheet, const char *format, struct error *err)
{
	enum sheet_format as = SHEET_TEXT;
	struct str out = STR_INIT;
	enum err rc = ERR_OK;

	if (format != NULL && sheet_format_find(format, &as) != ERR_OK)
		rc = error_set(err, ERR_USAGE,
			       _("--format is text, markdown, html or csv, not \"%s\""), format);
	if (rc == ERR_OK) {
		sheet_write(sheet, as, &out);
		rc = console_print(&out, err);
	}
	str_release(&out);
	sheet_release(sheet);
	return rc;
}

/* What is shown and checked takes the same words. */
static enum err words_of(struct console *console, int argc, char **argv, const char **ret_format,
			 struct paper_month *ret_what, struct error *err)
{
	const char *rest[2], *plan = NULL, *format = NULL;
	const struct command_option options[] = { { "plan", &plan, NULL },
						  { "format", &format, NULL } };
	size_t n;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest, 2, &n, err);

	if (rc == ERR_OK)
		rc = roster_ready(console, err);
	if (rc == ERR_OK)
		rc = roster_what(console, n == 2 ? rest[0] : NULL, n > 0 ? rest[n - 1] : NULL, plan,
				 ret_what, err);
	*ret_format = format;
	return rc;
}

enum err roster_show_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct paper_month what;
	struct sheet sheet;
	const char *format;
	enum err rc = words_of(console, argc, argv, &format, &what, err);

	if (rc == ERR_OK)
		rc = roster_sheet(console, &what, &sheet, err);
	return rc == ERR_OK ? print_sheet(&sheet, format, err) : rc;
}

/* Ends as refused when something breaks a rule, so that a script can tell. */
enum err roster_check_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct paper_month what;
	struct sheet sheet;
	const char *format;
	size_t n = 0;
	enum err rc = words_of(console, argc, argv, &format, &what, err);

	if (rc == ERR_OK)
		rc = roster_check_paper(console->client, &what, &sheet, &n, err);
	if (rc == ERR_OK)
		rc = print_sheet(&sheet, format, err);
	if (rc == ERR_OK && n > 0)
		rc = error_set(err, ERR_REFUSED, _("%s breaks a rule in %zu places"), what.month, n);
	return rc;
}
