/* zhiban codes: what the street reads out to who has come, for each department that is awaited. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/arrival.h"
#include "zhiban/wire/jsonout.h"

static void put_code(const struct console *console, const struct client_arrivals *codes, size_t i,
		     bool json, struct str *out)
{
	const struct rules *rules = client_rules(console->client);
	const struct client_arrival *code = &codes->codes[i];
	const struct org *org = rules_org(rules, code->share->org);
	int64_t until = client_now(console->client) + codes->left;
	char when[CIVIL_TEXT];

	if (json) {
		str_add(out, "{\"org\":");
		json_text(out, code->share->org);
		str_addf(out, ",\"code\":\"%s\",\"until\":%lld}\n", code->digits,
			 (long long)until);
		return;
	}
	civil_format(until, rules->offset_min, "H:M", when, sizeof when);
	str_addf(out, "%s  %s  ", code->digits, when);
	str_add(out, org != NULL ? org->name : code->share->org);
	str_add_char(out, '\n');
}

/* The secret is asked for once; from then on the line may be cut. */
static enum err find_codes(struct console *console, const struct whistle *whistle,
			   struct client_arrivals *ret_codes, struct error *err)
{
	enum err rc = ERR_OK;

	if (client_arrival_wanted(console->client, whistle))
		rc = console_server(console, err);
	if (rc == ERR_OK && client_arrival_wanted(console->client, whistle))
		rc = client_arrival_fetch(console->client, console->server, whistle, err);
	if (rc != ERR_OK)
		return rc;
	return client_arrival_codes(console->client, whistle, &console->arena, ret_codes, err);
}

enum err codes_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *format = "text", *words[1];
	const struct command_option options[] = { { "format", &format, NULL } };
	struct client_arrivals codes = { .n = 0 };
	struct client_whistle shown;
	struct str out = STR_INIT;
	struct uuid id;
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, words, 1, &n, err);

	if (rc == ERR_OK && (n != 1 || (strcmp(format, "text") != 0 && strcmp(format, "jsonl") != 0)))
		rc = error_set(err, ERR_USAGE, _("say what to do: %s"),
			       "zhiban codes 22-W003 [--format text|jsonl]");
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_whistle_find(console->client, words[0], &id, err);
	if (rc == ERR_OK)
		rc = client_whistle_get(console->client, &id, &console->arena, &shown, err);
	if (rc == ERR_OK)
		rc = find_codes(console, shown.whistle, &codes, err);
	for (size_t i = 0; rc == ERR_OK && i < codes.n; i++)
		put_code(console, &codes, i, strcmp(format, "jsonl") == 0, &out);
	if (rc == ERR_OK)
		rc = console_print(&out, err);
	str_release(&out);
	return rc;
}
