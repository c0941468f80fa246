/* zhiban oncall: who is on duty, now and next, from what is here. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/value.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/oncall.h"
#include "zhiban/wire/jsonout.h"

struct oncall_ask {
	const char *org; /* code; NULL: all */
	int64_t at;
	bool table;
	enum out_format format;
};

/* --at: a moment in words, as forms take it ("02:41", "+2h", a whole time). */
static enum err take_at(struct console *console, const char *words, int64_t *ret_at,
			struct error *err)
{
	static const struct field field = { .name = "at", .title = "--at", .type = FIELD_TIME };
	struct value value;
	enum err rc;

	if (words == NULL) {
		*ret_at = client_now(console->client);
		return ERR_OK;
	}
	rc = client_value(console->client, &field, words, &console->arena, &value, err);
	if (rc == ERR_OK)
		*ret_at = value.num;
	else if (err != NULL)
		err->code = ERR_USAGE;
	return rc == ERR_OK ? ERR_OK : ERR_USAGE;
}

static enum err take_org(struct console *console, const char *words, bool all, const char **ret_org,
			 struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	const struct actor *actor = client_actor(console->client);
	const struct org *org;

	if (all && words != NULL)
		return error_set(err, ERR_USAGE, "%s", _("an organisation, or --all"));
	*ret_org = all ? NULL : actor != NULL ? actor->org : rules->centre;
	if (words == NULL)
		return ERR_OK;
	if (candidates_org(rules, words, client_now(console->client), &org, err) != ERR_OK) {
		if (err != NULL)
			err->code = ERR_USAGE;
		return ERR_USAGE;
	}
	*ret_org = org->code;
	return ERR_OK;
}

static enum err take_format(const char *word, struct oncall_ask *ask, struct error *err)
{
	ask->table = word == NULL || strcmp(word, "table") == 0;
	if (ask->table || out_format_find(word, &ask->format) == ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_USAGE,
			 _("--format is table, json, jsonl, csv, html or markdown, not \"%s\""), word);
}

/* ---- for people ---- */

enum { TABLE_COLUMNS = 7 };

static const char *moment(const struct rules *rules, int64_t at, struct arena *arena)
{
	char text[CIVIL_TEXT] = "";

	if (at != 0)
		civil_format(at, rules->offset_min, "m-d H:M", text, sizeof text);
	return arena_strdup(arena, text);
}

static const char *or_none(const char *text)
{
	return text != NULL ? text : "";
}

static const char *brief(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org == NULL ? or_none(code) : org->brief != NULL ? org->brief : org->name;
}

/* Whose phone it is where nobody is named, and why nobody is. */
static void put_table(struct console *console, const struct oncall_row *rows, size_t n,
		      struct str *out)
{
	const struct rules *rules = client_rules(console->client);
	const char *titles[TABLE_COLUMNS] = { _("Organisation"), _("When"), _("Post"), _("Full name"),
					      _("Duty phone"),	 _("From - to"), _("Note") };
	struct table table;

	table_init(&table, titles, TABLE_COLUMNS);
	for (size_t i = 0; i < n; i++) {
		const struct oncall_row *row = &rows[i];
		const char *from = moment(rules, row->starts, &console->arena);
		const char *to = moment(rules, row->ends, &console->arena);
		const char *cells[TABLE_COLUMNS] = {
			brief(rules, row->org),
			row->when,
			or_none(row->post),
			row->unit != NULL && !str_eq(row->unit, row->org)
				? arena_printf(&console->arena, "%s (%s)", or_none(row->name),
					       brief(rules, row->unit))
				: or_none(row->name),
			or_none(row->phone),
			row->starts != 0 ? arena_printf(&console->arena, "%s - %s", from, to) : to,
			or_none(row->note),
		};

		table_add(&table, cells);
	}
	table_write(&table, out);
	table_release(&table);
}

/* ---- for programs ---- */

static void put_rows(struct console *console, const struct oncall_ask *ask,
		     const struct oncall_row *rows, size_t n, struct str *out)
{
	const struct rules *rules = client_rules(console->client);
	const struct kind_desc *desc = oncall_desc();
	const struct field *fields[16];
	struct out_rows out_rows = { .format = ask->format, .fields = fields, .rules = rules,
				     .offset_min = rules->offset_min, .guard = true,
				     .title = _("Who is on duty"),
				     .note = moment(rules, ask->at, &console->arena) };

	for (size_t i = 0; i < desc->n_fields && i < ARRAY_LEN(fields); i++)
		fields[out_rows.n_fields++] = &desc->fields[i];
	out_rows_begin(&out_rows, out);
	for (size_t i = 0; i < n; i++)
		out_rows_add(&out_rows, &rows[i].id, &rows[i], out);
	out_rows_end(&out_rows, out);
}

static enum err run(struct console *console, const struct oncall_ask *ask, struct str *out,
		    struct error *err)
{
	struct oncall_row *rows = NULL;
	size_t n = 0;
	bool words = ask->table || ask->format == OUT_HTML || ask->format == OUT_MARKDOWN;
	enum err rc = oncall_rows(console->client, ask->org, ask->at, words, &console->arena, &rows,
				  &n, err);

	if (rc != ERR_OK)
		return rc;
	if (!ask->table)
		put_rows(console, ask, rows, n, out);
	else if (n > 0)
		put_table(console, rows, n, out);
	else
		fprintf(stderr, "%s\n", _("No organisation has a roster or a duty phone."));
	return ERR_OK;
}

enum err oncall_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *at = NULL, *format = NULL, *rest[1];
	bool all = false;
	const struct command_option options[] = {
		{ "at", &at, NULL }, { "format", &format, NULL }, { "all", NULL, &all },
	};
	struct oncall_ask ask = { .org = NULL };
	struct str out = STR_INIT;
	size_t n;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest, 1, &n, err);

	if (rc == ERR_OK)
		rc = take_format(format, &ask, err);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK && !client_has_rules(console->client))
		rc = error_set(err, ERR_OFFLINE, "%s", _("the rules are not here yet: zhiban sync"));
	if (rc == ERR_OK)
		rc = take_org(console, n > 0 ? rest[0] : NULL, all, &ask.org, err);
	if (rc == ERR_OK)
		rc = take_at(console, at, &ask.at, err);
	if (rc == ERR_OK)
		rc = run(console, &ask, &out, err);
	if (rc == ERR_OK && out.len > 0)
		rc = console_print(&out, err);
	str_release(&out);
	return rc;
}
