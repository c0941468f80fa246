/* zhiban reveal ID FIELD --why CODE: one personal value in clear, for a reason of the profile's list.
 * Where this console holds it, also without the line; else the server is asked. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/crypto.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/client/ask.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/reveal.h"
#include "zhiban/wire/message.h"

static enum err find_item(const struct reveal_item *items, size_t n, const char *words,
			  const struct reveal_item **ret_item, struct error *err)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		if (str_eq(items[i].field->name, words) || str_eq(_(items[i].field->title), words)) {
			*ret_item = &items[i];
			return ERR_OK;
		}
		str_addf(&names, " %s", items[i].field->name);
	}
	error_set(err, ERR_USAGE, _("\"%s\" is not there to be shown; there are%s"), words,
		  str_get(&names));
	str_release(&names);
	return ERR_USAGE;
}

static enum err find_why(const struct rules *rules, const char *words, const char **ret_code,
			 struct error *err)
{
	const struct choice *why = candidates_choice(&rules->reveal_whys, words);
	struct str codes = STR_INIT;

	if (why != NULL) {
		*ret_code = why->code;
		return ERR_OK;
	}
	for (size_t i = 0; i < rules->reveal_whys.n; i++)
		str_addf(&codes, "%s%s %s", i > 0 ? ", " : "", rules->reveal_whys.items[i].code,
			 rules->reveal_whys.items[i].label);
	error_set(err, ERR_USAGE, _("say why with --why: %s"), str_get(&codes));
	str_release(&codes);
	return ERR_USAGE;
}

/* The value is the server's answer, and is kept nowhere here. */
static enum err ask_server(struct console *console, const struct uuid *id, const char *field,
			   const char *why, const char **ret_value, struct error *err)
{
	struct reveal_ask ask = { *id, field, why };
	struct reveal_answer answer = { .value = NULL };
	struct str body = STR_INIT;
	struct ask_reply reply;
	enum err rc = console_server(console, err);

	if (rc != ERR_OK)
		return rc;
	reveal_ask_encode(&ask, &body);
	rc = server_ask(console->server, "POST", "/v1/reveal", str_get(&body), body.len,
			&console->arena, &reply, err);
	str_release(&body);
	if (rc == ERR_OK)
		rc = reveal_answer_decode(reply.body, reply.len, &console->arena, &answer, err);
	if (rc == ERR_OK)
		*ret_value = answer.value != NULL ? answer.value : "";
	return rc;
}

static enum err show_value(struct console *console, const struct uuid *id, const char *words,
			   const char *why, struct error *err)
{
	struct reveal_item items[REVEALS_MOST];
	const struct reveal_item *item;
	const char *value = "";
	struct str out = STR_INIT;
	size_t n = 0;
	enum err rc = reveal_items(console->client, id, &console->arena, items, &n, err);

	if (rc == ERR_OK)
		rc = find_item(items, n, words, &item, err);
	if (rc == ERR_OK)
		rc = find_why(client_rules(console->client), why, &why, err);
	if (rc == ERR_OK && item->here)
		rc = reveal_here(console->client, id, item->field, why, &console->arena, &value,
				 err);
	else if (rc == ERR_OK)
		rc = ask_server(console, id, item->field->name, why, &value, err);
	if (rc != ERR_OK)
		return rc;
	text_clean(&out, value, strlen(value), false);
	str_add_char(&out, '\n');
	rc = console_print(&out, err);
	crypto_wipe(out.s, out.len);
	str_release(&out);
	return rc;
}

enum err reveal_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *why = NULL, *words[2];
	const struct command_option options[] = { { "why", &why, NULL } };
	struct uuid id;
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, words, 2, &n, err);

	if (rc == ERR_OK && n != 2)
		rc = error_set(err, ERR_USAGE, _("say what to do: %s"),
			       "zhiban reveal ID phone --why CODE");
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_find(console->client, words[0], &id, err);
	return rc == ERR_OK ? show_value(console, &id, words[1], why, err) : rc;
}
