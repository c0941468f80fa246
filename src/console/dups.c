/* zhiban dups: what may be the same as an incident, or as a report in words. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/dups.h"
#include "zhiban/wire/jsonout.h"

static void add_line(struct console *console, const struct dup *dup, struct table *table)
{
	const struct rules *rules = client_rules(console->client);
	const struct incident *incident = dup->incident;
	const struct org *street = incident->street ? rules_org(rules, incident->street) : NULL;
	const struct step *step = incident->step ? rules_step(rules, incident->step) : NULL;
	char mark[48], when[CIVIL_TEXT];

	civil_format(incident->reported_at, rules->offset_min, "Y-m-d H:M", when, sizeof when);
	table_add(table, (const char *[]){ dups_percent(dup, &console->arena),
					   client_mark(console->client, incident, mark),
					   incident->reported_at ? when : "",
					   street ? street->name : "", step ? step->label : "",
					   incident->title ? incident->title : "" });
}

static enum err print_table(struct console *console, const struct dups *dups, struct error *err)
{
	const char *titles[] = { "%", _("Number"), _("Reported"), _("Street"), _("Step"), _("Title") };
	struct table table;
	struct str out = STR_INIT;
	enum err code;

	table_init(&table, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < dups->n; i++)
		add_line(console, &dups->items[i], &table);
	table_write(&table, &out);
	if (dups->n == 0)
		fprintf(stderr, "%s\n", _("Nothing here is like it."));
	code = console_print(&out, err);
	table_release(&table);
	str_release(&out);
	return code;
}

static enum err print_json(struct console *console, const struct dups *dups, struct error *err)
{
	struct str out = STR_INIT;
	enum err code;

	(void)console;
	for (size_t i = 0; i < dups->n; i++) {
		str_addf(&out, "{\"score\":%d,\"incident\":", dups->items[i].score);
		json_entity(&out, dups->items[i].incident);
		str_add(&out, "}\n");
	}
	code = console_print(&out, err);
	str_release(&out);
	return code;
}

static enum err find(struct console *console, const char *words, const char *text,
		     struct dups *ret_dups, struct error *err)
{
	struct similar_report report = { .title = text, .at = client_now(console->client) };
	struct incident *incident;
	struct uuid id;
	enum err code;

	if (text != NULL)
		return dups_like(console->client, &report, NULL, &console->arena, ret_dups, err);
	code = client_find(console->client, words, &id, err);
	if (code == ERR_OK)
		code = dups_of(console->client, &id, &console->arena, &incident, ret_dups, err);
	return code;
}

enum err dups_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *format = NULL, *text = NULL, *words[1];
	const struct command_option options[] = {
		{ "format", &format, NULL },
		{ "text", &text, NULL },
	};
	struct dups dups = { .n = 0 };
	bool json;
	size_t n;
	enum err code = command_words(argc, argv, options, ARRAY_LEN(options), words,
				      ARRAY_LEN(words), &n, err);

	if (code == ERR_OK && (n == 0) == (text == NULL))
		code = error_set(err, ERR_USAGE, "%s",
				 _("a number, or --text with the words of a report"));
	json = format != NULL && strcmp(format, "jsonl") == 0;
	if (code == ERR_OK && format != NULL && !json && strcmp(format, "table") != 0)
		code = error_set(err, ERR_USAGE, _("--format is table or jsonl, not \"%s\""), format);
	if (code == ERR_OK)
		code = console_client(console, err);
	if (code == ERR_OK)
		code = find(console, n ? words[0] : NULL, text, &dups, err);
	if (code != ERR_OK)
		return code;
	if (dups.unseen > 0)
		fprintf(stderr, _("%lld incidents are not in the index yet: of these the newest were "
				  "looked at.\n"),
			(long long)dups.unseen);
	return json ? print_json(console, &dups, err) : print_table(console, &dups, err);
}
