/* zhiban drafts: what was typed and not sent; zhiban undo: the last act taken back or answered. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/model/draft.h"
#include "zhiban/model/subject.h"
#include "zhiban/model/undo.h"
#include "zhiban/wire/jsonout.h"

/* ---- drafts ---- */

static const char *on_what(struct console *console, const struct draft *draft)
{
	const struct act_desc *act = draft_act(console->client, draft);
	struct subject subject;
	char mark[48];

	if (!act || subject_get(console->client, act->target, &draft->id, &console->arena, &subject,
				NULL) != ERR_OK)
		return "";
	return arena_strdup(&console->arena, subject_mark(console->client, &subject, mark));
}

static const char *label_of(struct console *console, const struct draft *draft)
{
	const struct act_desc *act = draft_act(console->client, draft);

	return act ? rules_act_label(client_rules(console->client), act) : draft->verb;
}

static void add_line(const struct draft *draft, struct str *out)
{
	char id[UUID_TEXT];

	uuid_text(&draft->id, id);
	str_addf(out, "{\"id\":\"%s\",\"verb\":\"%s\",\"at\":%lld", id, draft->verb,
		 (long long)draft->at);
	for (size_t i = 0; i < draft->n; i++) {
		if (*draft->values[i] == '\0')
			continue;
		str_add_char(out, ',');
		json_text(out, draft->names[i]);
		str_add_char(out, ':');
		json_text(out, draft->values[i]);
	}
	str_add(out, "}\n");
}

static void add_table(struct console *console, const struct draft *const *list, size_t n,
		      struct str *out)
{
	const char *titles[] = { "", _("Typed"), _("Act"), _("On"), _("Words") };
	struct table table;

	table_init(&table, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < n; i++) {
		char when[CIVIL_TEXT];
		const char *cells[] = { arena_printf(&console->arena, "%zu", i + 1), when,
					label_of(console, list[i]), on_what(console, list[i]),
					draft_words(list[i]) };

		civil_format(list[i]->at, client_rules(console->client)->offset_min, "m-d H:M", when,
			     sizeof when);
		table_add(&table, cells);
	}
	table_write(&table, out);
	table_release(&table);
}

static enum err drop(struct drafts *drafts, const struct draft *const *list, size_t n,
		     const char *word, struct error *err)
{
	long long at;

	if (!str_int(word, 1, DRAFTS_MAX, &at) || (size_t)at > n)
		return error_set(err, ERR_NOT_FOUND, _("there is no draft \"%s\""), word);
	drafts_drop(drafts, list[at - 1]->verb, &list[at - 1]->id);
	return ERR_OK;
}

enum err drafts_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *format = NULL, *rest[2];
	const struct command_option options[] = { { "format", &format, NULL } };
	const struct draft *list[DRAFTS_MAX];
	struct drafts *drafts;
	struct str out = STR_INIT;
	size_t n_rest, n;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest, 2, &n_rest, err);

	if (rc == ERR_OK && n_rest > 0 && (n_rest != 2 || strcmp(rest[0], "drop") != 0))
		rc = error_set(err, ERR_USAGE, "%s", _("zhiban drafts, or zhiban drafts drop N"));
	if (rc == ERR_OK && format && strcmp(format, "table") != 0 && strcmp(format, "jsonl") != 0)
		rc = error_set(err, ERR_USAGE, _("--format %s: table or jsonl"), format);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK && !client_actor(console->client))
		rc = error_set(err, ERR_AUTH, "%s", _("nobody is logged in on this console"));
	if (rc != ERR_OK)
		return rc;
	drafts = drafts_new(console->client, client_actor(console->client)->officer);
	n = drafts_list(drafts, list);
	if (n_rest == 2)
		rc = drop(drafts, list, n, rest[1], err);
	else if (format && strcmp(format, "jsonl") == 0)
		for (size_t i = 0; i < n; i++)
			add_line(list[i], &out);
	else
		add_table(console, list, n, &out);
	drafts_free(drafts);
	if (rc == ERR_OK)
		rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

/* ---- undo ---- */

/* The opposite, with the reason where it asks for one. */
static enum err do_inverse(struct console *console, const struct uuid *id, const struct undo *undo,
			   const char *reason, struct error *err)
{
	const struct field *field = act_arg_field(undo->inverse, "reason");
	struct given given = { field, { .is_text = true, .text = reason } };
	struct client_done done;

	if (!field)
		given.field = act_arg_field(undo->inverse, "note");
	return client_act(console->client, undo->inverse, id, &given, reason && given.field ? 1 : 0,
			  &done, err);
}

enum err undo_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *reason = NULL, *wait = NULL, *rest[1];
	const struct command_option options[] = { { "reason", &reason, NULL },
						  { "wait", &wait, NULL } };
	const struct rules *rules;
	struct str out = STR_INIT;
	struct undo undo;
	struct uuid id;
	int64_t wait_ms;
	size_t n_rest;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest, 1, &n_rest, err);

	if (rc == ERR_OK)
		rc = command_seconds("wait", wait, &wait_ms, err);
	if (rc == ERR_OK && n_rest != 1)
		rc = error_set(err, ERR_USAGE, "%s", _("which incident? zhiban undo ID"));
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_find(console->client, rest[0], &id, err);
	if (rc == ERR_OK)
		rc = undo_find(console->client, &id, &undo, err);
	if (rc == ERR_OK)
		rc = undo.inverse ? do_inverse(console, &id, &undo, reason, err)
				  : client_take_back(console->client, &undo.act, err);
	if (rc != ERR_OK)
		return rc;
	rules = client_rules(console->client);
	if (undo.inverse)
		str_addf(&out, _("%s: undone by %s\n"), rules_act_label(rules, undo.did),
			 rules_act_label(rules, undo.inverse));
	else
		str_addf(&out, _("%s: taken back\n"), rules_act_label(rules, undo.did));
	rc = console_print(&out, err);
	str_release(&out);
	if (rc == ERR_OK && wait_ms > 0)
		rc = console_sync(console, wait_ms, err);
	return rc;
}
