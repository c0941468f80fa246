/* zhiban place: what the address table proposes, or the card of a place. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/place.h"

static enum err list_places(struct console *console, const char *words, struct str *out,
			    struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	struct place *places;
	size_t n;
	enum err rc = client_places(console->client, words, PLACE_PROPOSALS, &console->arena, &places,
				    &n, err);

	if (rc == ERR_OK && n == 0)
		rc = error_set(err, ERR_NOT_FOUND, _("no place here is called \"%.60s\""), words);
	for (size_t i = 0; rc == ERR_OK && i < n; i++)
		str_addf(out, "%s\t%s\n", place_label(&places[i], &console->arena),
			 place_whose(rules, &places[i], &console->arena));
	return rc;
}

/* An incident's number, or an address. */
static enum err find_card(struct console *console, const char *words, struct place_card *card,
			  struct error *err)
{
	struct incident *incident;
	struct uuid id;

	if (client_find(console->client, words, &id, NULL) == ERR_OK &&
	    client_get(console->client, &id, &console->arena, &incident, NULL) == ERR_OK)
		return client_place_card_of(console->client, incident, &console->arena, card, err);
	return client_place_card(console->client, words, &console->arena, card, err);
}

static const struct given *given_of(const struct given *given, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(given[i].field->name, name) == 0)
			return &given[i];
	return NULL;
}

enum err place_fill(struct console *console, const struct act_desc *act, struct given *given,
		    size_t *n, struct error *err)
{
	static const char *const levels[] = { "street", "community", "grid" };
	const struct given *address = given_of(given, *n, "address");
	const struct place *place = NULL;
	const char *codes[3];
	enum err rc;

	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		if (given_of(given, *n, levels[i]) != NULL)
			return ERR_OK; /* whoever says it knows better than a table */
	if (address == NULL || address->value.text == NULL)
		return ERR_OK;
	rc = client_place_of(console->client, address->value.text, &console->arena, &place, err);
	if (rc != ERR_OK || place == NULL)
		return rc;
	codes[0] = place->street;
	codes[1] = place->community;
	codes[2] = place->grid;
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		const struct field *field = act_arg_field(act, levels[i]);

		if (codes[i] != NULL && field != NULL && *n < ACT_ARGS_MAX)
			given[(*n)++] = (struct given){ field,
							{ .is_text = true, .text = codes[i] } };
	}
	fprintf(stderr, _("by the address table: %s\n"),
		place_whose(client_rules(console->client), place, &console->arena));
	return ERR_OK;
}

enum err place_command(struct console *console, int argc, char **argv, struct error *err)
{
	bool wants_card = false;
	const struct command_option options[] = { { "card", NULL, &wants_card } };
	const char *rest[1];
	struct place_card card;
	struct str out = STR_INIT;
	size_t n;
	enum err rc = command_words(argc, argv, options, 1, rest, 1, &n, err);

	if (rc == ERR_OK && n != 1)
		rc = error_set(err, ERR_USAGE, _("say which place: %s"), "zhiban place ADDRESS");
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK && !wants_card)
		rc = list_places(console, rest[0], &out, err);
	else if (rc == ERR_OK)
		rc = find_card(console, rest[0], &card, err);
	if (rc == ERR_OK && wants_card)
		place_card_padded(console->client, &card, &out);
	if (rc == ERR_OK)
		rc = console_print(&out, err);
	str_release(&out);
	return rc;
}
