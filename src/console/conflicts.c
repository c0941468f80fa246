/* zhiban conflicts: the desk without a screen. */
#include <config.h>

#include <string.h>

#include "desk.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/desk.h"
#include "zhiban/wire/jsonout.h"

/* ---- for programs ---- */

static void add_entity(struct str *out, const char *key, const struct entity *entity)
{
	str_addf(out, ",\"%s\":", key);
	if (entity != NULL)
		json_entity(out, entity);
	else
		str_add(out, "null");
}

static void add_by(struct str *out, const struct client_waiting *waiting)
{
	const struct answer_by *by = &waiting->by;

	str_add(out, ",\"by\":");
	if (by->officer == NULL) {
		str_add(out, "null");
		return;
	}
	str_addf(out, "{\"at\":%lld,\"officer\":", (long long)by->at);
	json_text(out, by->officer);
	str_add(out, ",\"org\":");
	json_text(out, by->org != NULL ? by->org : "");
	str_addf(out, ",\"seq\":%lld,\"verb\":", (long long)by->seq);
	json_text(out, by->verb != NULL ? by->verb : "");
	str_add(out, ",\"label\":");
	json_text(out, waiting->by_label);
	str_add_char(out, '}');
}

/* The refused acts that hung on this one, by their n. */
static void add_dependants(struct str *out, const struct desk *desk, const struct desk_line *line)
{
	bool first = true;

	str_add(out, ",\"dependants\":[");
	for (size_t i = 0; i < desk->n; i++) {
		const struct client_waiting *waiting = desk->lines[i].waiting;

		if (waiting->leader == 0 || waiting->leader != line->waiting->act.n ||
		    waiting == line->waiting)
			continue;
		str_addf(out, "%s%lld", first ? "" : ",", (long long)waiting->act.n);
		first = false;
	}
	str_add_char(out, ']');
}

static void add_json(struct str *out, const struct desk *desk, const struct desk_line *line)
{
	const struct client_waiting *waiting = line->waiting;

	desk_row_json(waiting, out);
	str_addf(out, ",\"code\":\"%s\",\"own\":%s,\"leader\":%lld",
		 waiting->state == OUTBOX_REFUSED ? err_name(waiting->code) : "",
		 waiting->own ? "true" : "false", (long long)waiting->leader);
	add_by(out, waiting);
	add_dependants(out, desk, line);
	add_entity(out, "base", waiting->base);
	add_entity(out, "mine", waiting->mine);
	add_entity(out, "theirs", waiting->theirs);
	str_add_char(out, '}');
}

/* ---- for people ---- */

static void add_labelled(struct str *out, const char *label, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	str_addf(out, "  %s ", label);
	text_clean(out, text, strlen(text), false);
	str_add_char(out, '\n');
}

static void add_fields(struct str *out, const struct desk_item *item)
{
	const char *titles[] = { "", _("as seen"), _("mine"), _("there now"), "" };
	struct str rows = STR_INIT;
	struct table table;

	table_init(&table, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < item->n; i++) {
		const struct desk_row *row = &item->rows[i];
		const char *cells[] = { row->title, row->base, row->mine, row->theirs,
					row->clash ? "!" : "" };

		table_add(&table, cells);
	}
	table_write(&table, &rows);
	for (const char *line = str_get(&rows), *end; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		str_addf(out, "    %.*s\n", (int)(end - line), line);
	}
	str_release(&rows);
	table_release(&table);
}

static void add_text(struct console *console, struct str *out, const struct desk *desk,
		     const struct desk_line *line)
{
	const struct client_waiting *waiting = line->waiting;
	struct desk_item item;
	char id[UUID_TEXT];

	desk_item_make(console->client, desk, line, &console->arena, &item);
	uuid_text(&waiting->act.id, id);
	str_addf(out, "%lld  %s  %s", (long long)waiting->act.n,
		 desk_deed(line, &console->arena),
		 outbox_state_words(waiting->state));
	if (*line->words != '\0')
		str_addf(out, ": %s", line->words);
	str_add_char(out, '\n');
	add_labelled(out, _("incident:"), item.what);
	add_labelled(out, _("done:"), item.did);
	add_labelled(out, _("first was:"), item.first);
	add_labelled(out, _("hung on:"), item.after);
	if (line->hanging > 0)
		str_addf(out, "  %s %zu\n", _("hang on it:"), line->hanging);
	if (!waiting->own) /* its author may decide about it */
		add_labelled(out, _("to be decided by:"), waiting->act.actor.officer);
	if (item.n > 0)
		add_fields(out, &item);
	str_addf(out, "  %s\n", id);
}

static enum err print_desk(struct console *console, bool text, enum out_format way,
			   struct error *err)
{
	struct desk desk;
	struct str out = STR_INIT;
	size_t n = 0;
	enum err rc = desk_read(console->client, &console->arena, &desk, err);

	if (rc != ERR_OK)
		return rc;
	if (!text && way == OUT_JSON)
		str_add_char(&out, '[');
	for (size_t i = 0; i < desk.n; i++) {
		if (!desk_is_on(&desk.lines[i]))
			continue;
		if (n++ > 0)
			str_add(&out, text ? "\n" : way == OUT_JSON ? ",\n" : "");
		if (text)
			add_text(console, &out, &desk, &desk.lines[i]);
		else
			add_json(&out, &desk, &desk.lines[i]);
		if (!text && way == OUT_JSONL)
			str_add_char(&out, '\n');
	}
	if (!text && way == OUT_JSON)
		str_add(&out, "]\n");
	if (text && n == 0)
		str_addf(&out, "%s\n", _("Nothing lies on the conflict desk."));
	rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

enum err conflicts_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *format = NULL;
	const struct command_option options[] = { { "format", &format, NULL } };
	enum out_format way = OUT_JSON;
	bool text = false;
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, NULL, 0, &n, err);

	if (rc != ERR_OK)
		return rc;
	text = format == NULL || strcmp(format, "text") == 0;
	if (!text && (strcmp(format, "table") == 0 || strcmp(format, "csv") == 0))
		return desk_list(console, true, format, err);
	if (!text && out_format_find(format, &way) != ERR_OK)
		return error_set(err, ERR_USAGE,
				 _("--format is text, table, json, jsonl or csv, not \"%s\""),
				 format);
	rc = console_client(console, err);
	return rc == ERR_OK ? print_desk(console, text, way, err) : rc;
}
