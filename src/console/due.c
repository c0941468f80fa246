/* zhiban due: a deadline without a server, by the shipped calendar. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/due.h"
#include "zhiban/profile/profile.h"

#define DEFAULT_HOURS "08:30-17:30"

/* NAME is a shipped calendar (cn), or a path. */
static enum err open_calendar(struct console *console, const char *name, struct workdays **ret_days,
			      struct error *err)
{
	const char *path = name;

	if (strchr(name, '/') == NULL)
		path =
		    dirs_resource(&console->arena,
				  arena_printf(&console->arena, "profiles/calendar-%s.conf", name));
	if (!file_exists(path))
		return error_set(err, ERR_USAGE, _("there is no calendar %s: %s is not there"),
				 name, path);
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

/* A pause, "FROM..UNTIL"; several with commas between. */
static enum err read_pauses(const char *words, struct arena *arena, struct due_ask *ask,
			    struct error *err)
{
	struct span *spans = arena_array(arena, strlen(words) + 1, sizeof *spans);
	enum err rc = ERR_OK;

	for (const char *s = words; rc == ERR_OK && *s != '\0'; s += strspn(s, ",")) {
		size_t len = strcspn(s, ",");
		char *from = arena_strndup(arena, s, len), *until = strstr(from, "..");
		struct span *span = &spans[ask->n_pauses];

		if (until == NULL)
			return error_set(err, ERR_USAGE, _("\"%s\" is no pause: write FROM..UNTIL"),
					 from);
		*until = '\0';
		rc = civil_parse(from, CIVIL_CHINA, &span->from, err);
		if (rc == ERR_OK)
			rc = civil_parse(until + 2, CIVIL_CHINA, &span->to, err);
		if (rc == ERR_OK && span->to <= span->from)
			rc = error_set(err, ERR_USAGE, _("the pause %s..%s ends before it begins"),
				       from, until + 2);
		ask->n_pauses++;
		s += len;
	}
	ask->pauses = spans;
	return rc;
}

/* Limits, computed on from the due one after the other; commas between. */
static enum err read_extensions(const char *words, struct arena *arena, struct due_ask *ask,
				struct error *err)
{
	struct limit *limits = arena_array(arena, strlen(words) + 1, sizeof *limits);
	enum err rc = ERR_OK;

	for (const char *s = words; rc == ERR_OK && *s != '\0'; s += strspn(s, ",")) {
		size_t len = strcspn(s, ",");

		rc = limit_parse(arena_strndup(arena, s, len), &limits[ask->n_extensions++], err);
		s += len;
	}
	ask->extensions = limits;
	return rc;
}

enum err due_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *calendar = "cn", *hours_words = DEFAULT_HOURS, *rest[2];
	const char *pauses = "", *extensions = "";
	bool explain = false;
	const struct command_option options[] = {
		{ "calendar", &calendar, NULL },
		{ "hours", &hours_words, NULL },
		{ "pause", &pauses, NULL },
		{ "extend", &extensions, NULL },
		{ "explain", NULL, &explain },
	};
	struct str lines = STR_INIT;
	struct workdays *days = NULL;
	struct hours hours;
	struct due_ask ask = { .hours = &hours, .offset_min = CIVIL_CHINA };
	struct due due;
	size_t n;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest, 2, &n, err);

	if (rc == ERR_OK && n != 2)
		rc = error_set(err, ERR_USAGE, _("say from when, and the limit: %s"),
			       "zhiban due 2026-09-25T10:00 7wd");
	if (rc == ERR_OK)
		rc = civil_parse(rest[0], CIVIL_CHINA, &ask.from, err);
	if (rc == ERR_OK)
		rc = limit_parse(rest[1], &ask.limit, err);
	if (rc == ERR_OK)
		rc = read_pauses(pauses, &console->arena, &ask, err);
	if (rc == ERR_OK)
		rc = read_extensions(extensions, &console->arena, &ask, err);
	if (rc == ERR_OK)
		rc = hours_parse(hours_words, &hours, err);
	if (rc == ERR_OK)
		rc = open_calendar(console, calendar, &days, err);
	if (rc != ERR_OK)
		return rc;
	ask.calendar = &days->calendar;
	due = due_of(&ask, explain ? &lines : NULL);
	rc = print_due(&due, &lines, err);
	str_release(&lines);
	workdays_free(days);
	return rc;
}
