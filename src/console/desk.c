/* zhiban outbox, resolve. */
#include <config.h>

#include "desk.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/wire/jsonout.h"

enum { CELLS = 8 };
static const char *const titles[CELLS] = { N_("No."),  N_("Act"),  N_("Number"), N_("State"),
					   N_("Done"), N_("Officer"), N_("Id"), N_("Reason") };

static void fill_cells(const struct client_waiting *row, const struct rules *rules, bool words,
		       struct arena *arena, const char *cells[CELLS])
{
	char *id = arena_alloc(arena, UUID_TEXT), *at = arena_alloc(arena, CIVIL_TEXT);

	uuid_text(&row->act.id, id);
	civil_iso(row->act.at, rules->offset_min, at);
	cells[0] = arena_printf(arena, "%lld", (long long)row->act.n);
	cells[1] = words ? row->label : row->act.desc->verb;
	cells[2] = row->mark;
	cells[3] = words ? outbox_state_words(row->state) : outbox_state_name(row->state);
	cells[4] = at;
	cells[5] = row->act.actor.officer;
	cells[6] = id;
	cells[7] = row->sentence[0] != '\0' ? row->sentence : row->note;
}

static void add_member(struct str *out, const char *key, const char *text)
{
	str_addf(out, ",\"%s\":", key);
	json_text(out, text);
}

void desk_row_json(const struct client_waiting *row, struct str *out)
{
	char id[UUID_TEXT], target[UUID_TEXT];

	uuid_text(&row->act.id, id);
	uuid_text(&row->act.target.id, target);
	str_addf(out, "{\"id\":\"%s\",\"entity\":\"%s\",\"n\":%lld,\"at\":%lld", id, target,
		 (long long)row->act.n, (long long)row->act.at);
	add_member(out, "verb", row->act.desc->verb);
	add_member(out, "label", row->label);
	add_member(out, "target", row->mark);
	add_member(out, "state", outbox_state_name(row->state));
	add_member(out, "officer", row->act.actor.officer);
	add_member(out, "sentence", row->sentence);
	add_member(out, "note", row->note);
	str_add(out, ",\"args\":");
	json_given(out, &row->act);
}

static void add_csv(const char *const cells[CELLS], struct str *out)
{
	for (size_t i = 0; i < CELLS; i++) {
		if (i > 0)
			str_add_char(out, ',');
		csv_cell(out, cells[i]);
	}
	str_add_char(out, '\n');
}

static void write_rows(const struct client_waiting *rows, size_t n, const struct rules *rules,
		       enum out_format format, struct str *out)
{
	const char *cells[CELLS];
	struct arena arena = ARENA_INIT;

	if (format == OUT_CSV) {
		for (size_t k = 0; k < CELLS; k++)
			cells[k] = _(titles[k]);
		add_csv(cells, out);
	}
	if (format == OUT_JSON)
		str_add_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		fill_cells(&rows[i], rules, false, &arena, cells);
		if (format == OUT_CSV) {
			add_csv(cells, out);
			continue;
		}
		if (format == OUT_JSON && i > 0)
			str_add(out, ",\n");
		desk_row_json(&rows[i], out);
		str_add_char(out, '}');
		if (format == OUT_JSONL)
			str_add_char(out, '\n');
	}
	if (format == OUT_JSON)
		str_add(out, "]\n");
	arena_release(&arena);
}

static void write_table(const struct client_waiting *rows, size_t n, const struct rules *rules,
			struct str *out)
{
	const char *words[CELLS], *cells[CELLS];
	struct arena arena = ARENA_INIT;
	struct table table;

	for (size_t k = 0; k < CELLS; k++)
		words[k] = _(titles[k]);
	table_init(&table, words, CELLS);
	for (size_t i = 0; i < n; i++) {
		fill_cells(&rows[i], rules, true, &arena, cells);
		table_add(&table, cells);
	}
	table_write(&table, out);
	table_release(&table);
	arena_release(&arena);
}

enum err desk_list(struct console *console, bool desk_only, const char *format,
		   struct error *err)
{
	struct client_waiting *rows;
	struct str out = STR_INIT;
	enum out_format way = OUT_JSON;
	bool table = format == NULL || strcmp(format, "table") == 0;
	size_t n;
	enum err rc;

	if (!table && out_format_find(format, &way) != ERR_OK)
		return error_set(err, ERR_USAGE,
				 _("--format is table, json, jsonl or csv, not \"%s\""), format);
	rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_outbox(console->client, desk_only, &console->arena, &rows, &n, err);
	if (rc != ERR_OK)
		return rc;
	if (table)
		write_table(rows, n, client_rules(console->client), &out);
	else
		write_rows(rows, n, client_rules(console->client), way, &out);
	rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

enum err outbox_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *format = NULL;
	const struct command_option options[] = { { "format", &format, NULL } };
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, NULL, 0, &n, err);

	return rc != ERR_OK ? rc : desk_list(console, false, format, err);
}

static bool is_named(const struct field *field, const char *const *words, size_t n)
{
	size_t len = strlen(field->name);

	for (size_t i = 0; i < n; i++)
		if (str_starts(words[i], field->name) && words[i][len] == '=')
			return true;
	return false;
}

/* The arguments of an act with those named in words replaced; the others stay as they were. */
static enum err edited(struct console *console, const struct act *act, const char *const *words,
		       size_t n_words, struct given *given, size_t *n_given, struct error *err)
{
	for (size_t i = 0; i < act->n_given; i++)
		if (!is_named(act->given[i].field, words, n_words))
			given[(*n_given)++] = act->given[i];
	return console_given(console, act->desc, words, n_words, given, n_given, err);
}

static enum err tell_new(const struct client_done *done, struct error *err)
{
	struct str out = STR_INIT;
	char id[UUID_TEXT];
	enum err rc;

	uuid_text(&done->act, id);
	str_addf(&out, "%s\n", id);
	rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

static enum err do_again(struct console *console, const struct uuid *act,
			 const char *const *words, size_t n_words, struct error *err)
{
	struct client_waiting *rows;
	struct client_done done;
	struct given given[ACT_ARGS_MAX * 2];
	size_t n, n_given = 0;
	enum err rc = client_outbox(console->client, true, &console->arena, &rows, &n, err);

	if (rc != ERR_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (!uuid_eq(&rows[i].act.id, act))
			continue;
		if (n_words > 0)
			rc = edited(console, &rows[i].act, words, n_words, given, &n_given, err);
		if (rc == ERR_OK)
			rc = client_desk_again(console->client, act, n_words > 0 ? given : NULL,
					       n_given, &done, err);
		return rc == ERR_OK ? tell_new(&done, err) : rc;
	}
	return error_set(err, ERR_NOT_FOUND, _("that act does not lie on the desk"));
}

static enum err drop(struct console *console, const struct uuid *act, bool all, struct error *err)
{
	size_t n;

	return all ? client_desk_drop_all(console->client, act, &n, err)
		   : client_desk_drop(console->client, act, err);
}

enum err resolve_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *rest[ACT_ARGS_MAX];
	bool all = false;
	const struct command_option options[] = { { "all", NULL, &all } };
	struct uuid act;
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, rest, ARRAY_LEN(rest), &n, err);
	bool drops = rc == ERR_OK && n == 2 && strcmp(rest[1], "drop") == 0;
	bool keeps = rc == ERR_OK && n == 2 && strcmp(rest[1], "keep") == 0 && !all;
	bool edits = rc == ERR_OK && n > 2 && strcmp(rest[1], "edit") == 0 && !all;

	if (rc == ERR_OK && n < 2)
		rc = error_set(err, ERR_USAGE, _("say which act and what to do: %s"),
			       "zhiban resolve ACT keep|drop|edit FIELD=VALUE");
	else if (rc == ERR_OK && !drops && !keeps && !edits)
		rc = error_set(err, ERR_USAGE,
			       _("resolve is keep, drop, or edit with FIELD=VALUE"));
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_find_act(console->client, rest[0], &act, err);
	if (rc != ERR_OK)
		return rc;
	if (drops)
		return drop(console, &act, all, err);
	return do_again(console, &act, keeps ? NULL : rest + 2, keeps ? 0 : n - 2, err);
}
