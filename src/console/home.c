/* zhiban home: what needs the officer, without a screen.  zhiban mark: what he watches, has pinned. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"
#include "zhiban/model/alarm.h"
#include "zhiban/model/home.h"
#include "zhiban/model/left.h"
#include "zhiban/wire/jsonout.h"

/* ---- zhiban home ---- */

static void gather(struct home *home, struct alarms *alarms)
{
	while (alarms_busy(alarms))
		(void)alarms_step(alarms);
	do
		(void)home_step(home);
	while (!home_is_whole(home));
}

static const char *const group_names[HOME_GROUPS] = { "act", "next", "wait", "watch" };

static void add_counters(const struct home *home, struct str *out)
{
	for (int i = 0; i < HOME_COUNTS; i++)
		str_addf(out, "%s%s %lld", i ? "  " : "", home_count_title((enum home_count)i),
			 (long long)home_counter(home, (enum home_count)i));
	str_add_char(out, '\n');
}

static const char *org_words(const struct rules *rules, const char *code)
{
	const struct org *org = code ? rules_org(rules, code) : NULL;

	return org ? org->brief ? org->brief : org->name : code ? code : "";
}

static void add_row(struct console *console, const struct incident *incident, struct table *table)
{
	const struct rules *rules = client_rules(console->client);
	const struct step *step = rules_step(rules, incident->step);
	char left[LEFT_TEXT], mark[48];

	left_text(incident->open ? incident->due : 0, client_now(console->client), left);
	table_add(table, (const char *[]){ left, client_mark(console->client, incident, mark),
					   org_words(rules, incident->street),
					   incident->title ? incident->title : "",
					   org_words(rules, incident->holder),
					   step ? rules_state_words(rules, step, incident) : "" });
}

/* The rows of one group from `at` on; returns the place behind them. */
static size_t print_group(struct console *console, const struct home *home,
			  const struct home_row *rows, size_t n, size_t at, struct str *out)
{
	const char *titles[] = { _("Left"), _("Number"), _("Street"), _("Title"), _("Holder"),
				 _("State") };
	enum home_group group = rows[at].group;
	struct table table;

	str_addf(out, "\n%s %zu%s\n", home_group_title(group), home_group_count(home, group),
		 home_has_more(home, group) ? "+" : "");
	table_init(&table, titles, ARRAY_LEN(titles));
	for (; at < n && rows[at].group == group; at++) {
		struct incident *incident;

		if (client_get(console->client, &rows[at].id, &console->arena, &incident, NULL) ==
		    ERR_OK)
			add_row(console, incident, &table);
	}
	table_write(&table, out);
	table_release(&table);
	return at;
}

static void print_json(struct console *console, const struct home_row *rows, size_t n,
		       struct str *out)
{
	for (size_t i = 0; i < n; i++) {
		struct incident *incident;

		if (client_get(console->client, &rows[i].id, &console->arena, &incident, NULL) !=
		    ERR_OK)
			continue;
		str_addf(out, "{\"group\":\"%s\",\"incident\":", group_names[rows[i].group]);
		json_entity(out, incident);
		str_add(out, "}\n");
	}
}

enum err home_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *format = NULL;
	const struct command_option options[] = { { "format", &format, NULL } };
	struct alarms *alarms;
	struct str out = STR_INIT;
	struct home *home;
	const struct home_row *rows;
	bool json;
	size_t n;
	enum err code = command_words(argc, argv, options, ARRAY_LEN(options), NULL, 0, &n, err);

	json = format != NULL && strcmp(format, "jsonl") == 0;
	if (code == ERR_OK && format != NULL && !json && strcmp(format, "table") != 0)
		code = error_set(err, ERR_USAGE, _("--format is table or jsonl, not \"%s\""), format);
	if (code == ERR_OK)
		code = console_client(console, err);
	if (code != ERR_OK)
		return code;
	home = home_new(console->client);
	alarms = alarms_new(console->client);
	home_alarms(home, alarms);
	gather(home, alarms);
	rows = home_rows(home, &n);
	if (json)
		print_json(console, rows, n, &out);
	else
		add_counters(home, &out);
	for (size_t at = 0; !json && at < n;)
		at = print_group(console, home, rows, n, at, &out);
	code = console_print(&out, err);
	home_free(home);
	alarms_free(alarms);
	str_release(&out);
	return code;
}

/* ---- zhiban mark ---- */

static bool what_of(const char *word, enum mark_what *ret_what)
{
	static const char *const words[] = { [MARK_WATCH] = "watch", [MARK_PIN] = "pin" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i], word) == 0) {
			*ret_what = (enum mark_what)i;
			return true;
		}
	return false;
}

enum err mark_command(struct console *console, int argc, char **argv, struct error *err)
{
	enum { MOST = 100 };
	const char *words[MOST];
	bool off = false;
	const struct command_option options[] = { { "off", NULL, &off } };
	struct own_mark marks[MOST];
	enum mark_what what = MARK_WATCH;
	size_t n;
	enum err code = command_words(argc, argv, options, ARRAY_LEN(options), words, MOST, &n, err);

	if (code == ERR_OK && (n < 2 || !what_of(words[0], &what)))
		code = error_set(err, ERR_USAGE, "%s",
				 _("watch or pin, and which: zhiban mark watch 22-0417"));
	if (code == ERR_OK)
		code = console_client(console, err);
	for (size_t i = 1; i < n && code == ERR_OK; i++) {
		marks[i - 1] = (struct own_mark){ .what = what, .value = !off };
		code = client_find(console->client, words[i], &marks[i - 1].id, err);
	}
	return code == ERR_OK ? client_marks_set(console->client, marks, n - 1, err) : code;
}
