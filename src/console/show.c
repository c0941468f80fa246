/* zhiban show ID: an incident on paper, or as JSON. */
#include <config.h>

#include <poll.h>
#include <string.h>

#include "console.h"
#include "show.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/mode.h"
#include "zhiban/client/notice.h"
#include "zhiban/client/whistle.h"
#include "zhiban/client/timeline.h"
#include "zhiban/client/value.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/page.h"
#include "zhiban/wire/jsonout.h"

enum { LABEL_COLUMNS = 16, PAGE_COLUMNS = 100 };

void show_clean(struct str *out, const char *text, bool keep_newlines)
{
	text_clean(out, text, strlen(text), keep_newlines);
}

void show_label(struct str *out, const char *label)
{
	text_pad(out, label, LABEL_COLUMNS);
	str_add_char(out, ' ');
}

static void put_masked(struct str *out, const char *text)
{
	struct str clean = STR_INIT;

	show_clean(&clean, text, false);
	mask_text(out, str_get(&clean));
	str_release(&clean);
}

static void put_fields(const struct incident *incident, const struct rules *rules,
		       struct str *out)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, incident);
		const char *shown;
		char buf[256];

		if ((field->flags & (F_LONG | F_HIDDEN)) != 0 || !value_is_set(value))
			continue;
		shown = rules_show(rules, field, value, buf, sizeof buf);
		show_label(out, _(field->title));
		if ((field->flags & F_MASK) != 0)
			put_masked(out, shown);
		else
			show_clean(out, shown, false);
		str_add_char(out, '\n');
	}
}

static void put_long(const struct incident *incident, struct str *out)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, incident);

		if ((field->flags & F_LONG) == 0 || !value_is_set(value))
			continue;
		str_addf(out, "\n%s\n", _(field->title));
		show_clean(out, value.text, true);
		str_add_char(out, '\n');
	}
}

static void put_attrs(const struct incident *incident, struct str *out)
{
	const struct attr *attrs = incident->attrs.items;

	if (incident->attrs.n > 0)
		str_addf(out, "\n%s\n", _("Kept from the source"));
	for (size_t i = 0; i < incident->attrs.n; i++) {
		struct str name = STR_INIT;

		show_clean(&name, attrs[i].name ? attrs[i].name : "", false);
		show_label(out, str_get(&name));
		show_clean(out, attrs[i].value ? attrs[i].value : "", false);
		str_add_char(out, '\n');
		str_release(&name);
	}
}

/* Texts of the page may go over several lines: those behind the first stand under it. */
static void put_text(struct str *out, const char *text, int under)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		text_clean(out, text, len, false);
		str_add_char(out, '\n');
		text += len;
		text += *text == '\n';
		if (*text != '\0')
			str_add_repeat(out, ' ', (size_t)under);
	}
}

static void put_section(const struct page_section *section, struct str *out)
{
	str_addf(out, "\n%s\n", strcmp(section->key, "clock") == 0 ? _("Clocks") : section->title);
	for (size_t i = 0; i < section->n; i++) {
		const struct page_line *line = &section->lines[i];

		str_add(out, "  ");
		if (line->label != NULL) {
			text_pad(out, line->label, LABEL_COLUMNS);
			str_add_char(out, ' ');
		}
		if (*line->text == '\0')
			str_add_char(out, '\n');
		put_text(out, line->text, line->label != NULL ? LABEL_COLUMNS + 3 : 4);
	}
}

/* What the page of the screen has, in its words: levels, clocks, shares, what was noted. */
static enum err put_page(struct console *console, const struct uuid *id, struct str *out,
			 struct error *err)
{
	static const char *const own[] = { "head", "fields", "attr", "timeline" };
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct page page;
	enum err rc = page_print(console->client, id, PAGE_COLUMNS, &console->arena, &page, err);

	for (size_t s = 0; rc == ERR_OK && s < page.n; s++) {
		const char *key = page.sections[s].key;
		bool skip = field_find(kind->fields, kind->n_fields, key) != NULL;

		for (size_t i = 0; i < ARRAY_LEN(own); i++)
			skip = skip || strcmp(own[i], key) == 0;
		if (!skip)
			put_section(&page.sections[s], out);
	}
	return rc;
}

static const char *line_mark(unsigned marks)
{
	if (marks & LINE_PENDING)
		return _(" [pending]");
	if (marks & LINE_LATE)
		return _(" [recorded later]");
	return marks & LINE_IMPORTED ? _(" [imported]") : "";
}

void show_timeline(const struct incident *incident, const struct client_timeline *timeline,
		   const struct rules *rules, struct str *out)
{
	str_addf(out, "\n%s\n", _("Timeline"));
	for (size_t i = 0; i < timeline->n; i++) {
		const struct client_line *line = &timeline->lines[i];
		const struct org *org = rules_org(rules, line->org);
		char when[32];

		civil_format(line->eff, rules->offset_min, "Y-m-d H:M", when, sizeof when);
		str_addf(out, "  %s ", when);
		show_clean(out, line->label, false);
		str_add_char(out, ' ');
		show_clean(out, line->officer, false);
		str_add_char(out, ' ');
		show_clean(out, org != NULL ? org->brief : line->org, false);
		if (line->whom[0] != '\0') {
			str_add(out, " > ");
			show_clean(out, line->whom, false);
		}
		if (incident != NULL ? page_on_behalf(incident, line) : line->phone[0] != '\0')
			str_addf(out, " %s", _("[by phone]"));
		str_add(out, line_mark(line->marks));
		if (line->phone[0] != '\0') {
			str_add(out, "  ");
			show_clean(out, line->phone, false);
		}
		if (line->text[0] != '\0') {
			str_add(out, "  ");
			show_clean(out, line->text, false);
		}
		str_add_char(out, '\n');
	}
	if (!timeline->complete)
		str_add(out, _("  (older lines are still to be fetched: `zhiban sync`)\n"));
}

static enum err show_text(struct console *console, const struct incident *incident,
			  struct str *out, struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	struct client_timeline timeline;
	char mark[48];
	enum err rc = client_timeline(console->client, &incident->head.id, &console->arena,
				      &timeline, err);

	if (rc != ERR_OK)
		return rc;
	show_clean(out, client_mark(console->client, incident, mark), false);
	str_add_char(out, ' ');
	show_clean(out, incident->title ? incident->title : "", false);
	str_add(out, "\n\n");
	put_fields(incident, rules, out);
	put_long(incident, out);
	put_attrs(incident, out);
	rc = put_page(console, &incident->head.id, out, err);
	if (rc == ERR_OK)
		show_timeline(incident, &timeline, rules, out);
	return rc;
}

/* Older lines come from the server when somebody looks at them: asked for, and waited for a little.
 * Without the server the page shows what is here. */
static void fetch_lines(struct console *console, const struct uuid *id)
{
	enum { PATIENCE_MS = 3000, STEP_MS = 100 };
	struct client_timeline timeline;
	struct client_change change;
	struct error err = ERROR_INIT;

	if (client_actor(console->client) == NULL)
		return;
	for (int waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
		if (client_poll(console->client, &change, &err) != ERR_OK ||
		    client_timeline(console->client, id, &console->arena, &timeline, &err) !=
			    ERR_OK ||
		    timeline.complete ||
		    (waited == 0 && console_sync(console, PATIENCE_MS, &err) != ERR_OK))
			return;
		if (waited > 0) /* another zhiban holds the cache and fetches them */
			poll(NULL, 0, STEP_MS);
	}
}

/* `show mode`: which is in force, and every change of it. */
static enum err show_mode(struct console *console, struct str *out, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_MODE);
	const struct rules *rules = client_rules(console->client);
	const struct mode *mode = client_mode(console->client);
	struct uuid id = uuid_named("mode");
	struct client_timeline timeline;
	enum err rc = client_timeline(console->client, &id, &console->arena, &timeline, err);

	if (rc != ERR_OK)
		return rc;
	if (mode == NULL)
		str_addf(out, "%s\n", rules_mode(rules, NULL)->label);
	for (size_t i = 0; mode != NULL && i < kind->n_fields; i++) {
		struct value value = field_get(&kind->fields[i], mode);
		char buf[256];

		if (!value_is_set(value))
			continue;
		show_label(out, _(kind->fields[i].title));
		show_clean(out, rules_show(rules, &kind->fields[i], value, buf, sizeof buf), false);
		str_add_char(out, '\n');
	}
	show_timeline(NULL, &timeline, rules, out);
	return ERR_OK;
}

static enum err show_notice(struct console *console, const struct uuid *id, const char *format,
			    struct str *out, struct error *err)
{
	struct client_entries entries;
	struct client_notice shown;
	enum err rc;

	fetch_lines(console, id);
	if (strcmp(format, "text") == 0)
		return notice_text(console, id, out, err);
	rc = client_notice_get(console->client, id, &console->arena, &shown, err);
	if (rc == ERR_OK)
		rc = client_entries(console->client, id, &console->arena, &entries, err);
	if (rc == ERR_OK)
		show_json(shown.notice, client_rules(console->client), entries.items, entries.n, out);
	return rc;
}

static enum err show_incident(struct console *console, const struct uuid *id, const char *format,
			      struct str *out, struct error *err)
{
	struct client_entries entries;
	struct incident *incident;
	enum err rc;

	fetch_lines(console, id);
	rc = client_get(console->client, id, &console->arena, &incident, err);
	if (rc == ERR_OK && strcmp(format, "text") == 0)
		return show_text(console, incident, out, err);
	if (rc == ERR_OK && strcmp(format, "json") != 0)
		return show_paper(console, id, strcmp(format, "html") == 0, out, err);
	if (rc == ERR_OK)
		rc = client_entries(console->client, id, &console->arena, &entries, err);
	if (rc == ERR_OK)
		show_json(incident, client_rules(console->client), entries.items, entries.n, out);
	return rc;
}

static bool is_plain(const char *format)
{
	return strcmp(format, "text") == 0 || strcmp(format, "json") == 0;
}

static enum err check_format(const char *format, struct error *err)
{
	if (is_plain(format) || strcmp(format, "html") == 0 || strcmp(format, "markdown") == 0)
		return ERR_OK;
	return error_set(err, ERR_USAGE,
			 _("--format is text, json, html or markdown, not \"%s\""), format);
}

/* The mode, an incident, a whistle, a notice, a meeting, what rosters consist of. */
static enum err show_any(struct console *console, const char *words, const char *format,
			 struct str *out, struct error *err)
{
	enum kind kind;
	struct uuid id;
	enum err rc;

	if (strcmp(words, "mode") == 0 && strcmp(format, "text") == 0)
		return show_mode(console, out, err);
	rc = client_find(console->client, words, &id, err);
	if (rc == ERR_OK)
		return show_incident(console, &id, format, out, err);
	if (rc != ERR_NOT_FOUND ||
	    client_find_any(console->client, words, &kind, &id, err) != ERR_OK)
		return rc;
	if (kind == KIND_WHISTLE) {
		fetch_lines(console, &id);
		return show_whistle(console, &id, format, out, err);
	}
	if (joint_is(kind) && is_plain(format)) {
		fetch_lines(console, &id);
		return show_meeting(console, kind, &id, format, out, err);
	}
	if (kind != KIND_NOTICE && is_plain(format)) {
		fetch_lines(console, &id);
		return show_duty(console, kind, &id, format, out, err);
	}
	return kind == KIND_NOTICE && is_plain(format) ? show_notice(console, &id, format, out, err)
						       : rc;
}

enum err show_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *format = "text", *rest[1];
	const struct command_option options[] = { { "format", &format, NULL } };
	struct str out = STR_INIT;
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, rest, 1, &n, err);

	if (rc == ERR_OK && n != 1)
		rc = error_set(err, ERR_USAGE, _("say which incident or notice: its number, "
						 "22-0417, or 8 or "
						 "more hex digits of its id"));
	if (rc == ERR_OK)
		rc = check_format(format, err);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = show_any(console, rest[0], format, &out, err);
	if (rc == ERR_OK)
		rc = console_print(&out, err);
	str_release(&out);
	return rc;
}
