/* zhiban due: a deadline without a server, by the shipped calendar. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/due.h"
#include "zhiban/profile/profile.h"

#define DEFAULT_HOURS "08:30-17:30"

/* NAME is a shipped calendar (cn), or a path. */
static enum err open_calendar(struct console *console, const char *name, struct workdays **ret_days,
			      struct error *err)
{
	const char *path = name;

	if (strchr(name, '/') == NULL)
		path = dirs_resource(&console->arena,
				     arena_printf(&console->arena, "profiles/calendar-%s.conf", name));
	if (!file_exists(path))
		return error_set(err, ERR_USAGE, _("there is no calendar %s: %s is not there"), name,
				 path);
	return workdays_load(path, ret_days, err);
}

static enum err print_due(const struct due *due, struct str *lines, struct error *err)
{
	struct str out = STR_INIT;
	char text[CIVIL_TEXT] = "-";
	enum err rc;

	if (due->at != 0)
		civil_iso(due->at, CIVIL_CHINA, text);
	str_addf(&out, "%s\n", text);
	str_add(&out, str_get(lines));
	if (due->provisional)
		str_add(&out, _("provisional: the calendar does not reach that far\n"));
	rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

enum err due_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *calendar = "cn", *hours_words = DEFAULT_HOURS, *rest[2];
	bool explain = false;
	const struct command_option options[] = {
		{ "calendar", &calendar, NULL },
		{ "hours", &hours_words, NULL },
		{ "explain", NULL, &explain },
	};
	struct str lines = STR_INIT;
	struct workdays *days = NULL;
	struct hours hours;
	struct limit limit;
	struct due due;
	int64_t from;
	size_t n;
	enum err rc = command_words(argc, argv, options, 3, rest, 2, &n, err);

	if (rc == ERR_OK && n != 2)
		rc = error_set(err, ERR_USAGE, _("say from when, and the limit: %s"),
			       "zhiban due 2026-09-25T10:00 7wd");
	if (rc == ERR_OK)
		rc = civil_parse(rest[0], CIVIL_CHINA, &from, err);
	if (rc == ERR_OK)
		rc = limit_parse(rest[1], &limit, err);
	if (rc == ERR_OK)
		rc = hours_parse(hours_words, &hours, err);
	if (rc == ERR_OK)
		rc = open_calendar(console, calendar, &days, err);
	if (rc != ERR_OK)
		return rc;
	due = due_compute(&days->calendar, &hours, CIVIL_CHINA, from, &limit,
			  explain ? &lines : NULL);
	rc = print_due(&due, &lines, err);
	str_release(&lines);
	workdays_free(days);
	return rc;
}
