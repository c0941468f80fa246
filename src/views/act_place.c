/* Places in a form: proposals while an address is typed; the card of a place. */
#include <config.h>

#include <string.h>

#include "act_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/place.h"

enum { TYPED_LEAST = 6 }; /* bytes: two characters of Chinese say enough to look */

static bool has_field(const struct act_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->n; i++)
		if (fields->args[i] != NULL && strcmp(fields->args[i]->name, name) == 0)
			return true;
	return false;
}

static enum err find(struct app *app, struct form *form, struct arena *arena,
		     struct place **ret_places, size_t *ret_n)
{
	const char *typed = form_get(form, "address");

	*ret_n = 0;
	if (strlen(typed) < TYPED_LEAST)
		return ERR_OK;
	return client_places(app->client, typed, PLACE_PROPOSALS, arena, ret_places, ret_n, NULL);
}

void act_place_propose(struct app *app, const struct act_fields *fields, struct form *form)
{
	const struct rules *rules = client_rules(app->client);
	struct form_choice items[PLACE_PROPOSALS];
	struct arena arena = ARENA_INIT;
	struct place *places;
	size_t n;

	if (!has_field(fields, "address") || strcmp(form_focused(form), "address") != 0)
		return;
	if (find(app, form, &arena, &places, &n) != ERR_OK)
		n = 0;
	for (size_t i = 0; i < n; i++)
		items[i] = (struct form_choice){
			.value = places[i].address,
			.label = place_label(&places[i], &arena),
			.help = place_whose(rules, &places[i], &arena),
		};
	form_suggest(form, "address", items, n);
	arena_release(&arena);
}

void act_place_take(struct app *app, const struct act_fields *fields, struct form *form)
{
	struct arena arena = ARENA_INIT;
	struct str typed = STR_INIT;
	struct place *places;
	size_t n, at = form_taken(form);

	if (find(app, form, &arena, &places, &n) == ERR_OK && at < n) {
		const struct place *place = &places[at];
		const struct {
			const char *field, *code;
		} orgs[] = { { "street", place->street },
			     { "community", place->community },
			     { "grid", place->grid } };

		/* what was typed says more than the row, where the row stands whole in it */
		place_fold(&typed, form_get(form, "address"));
		if (!place_is_whole(place, str_get(&typed)))
			form_set(form, "address", place->address);
		for (size_t i = 0; i < ARRAY_LEN(orgs); i++)
			if (has_field(fields, orgs[i].field))
				form_set(form, orgs[i].field, orgs[i].code);
	}
	form_suggest(form, "address", NULL, 0);
	str_release(&typed);
	arena_release(&arena);
}

unsigned act_place_card(struct app *app, const char *words)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct place_card card;
	struct incident *incident;
	struct str text = STR_INIT;
	unsigned flags = UI_FRAME;
	enum err code;

	words += strspn(words, " ");
	if (*words != '\0') {
		code = client_place_card(app->client, words, &arena, &card, &err);
	} else if (!app_selected(app, &app->selected)) {
		code = error_set(&err, ERR_USAGE, "%s", _("which place? :place ADDRESS"));
	} else {
		code = client_get(app->client, &app->selected, &arena, &incident, &err);
		if (code == ERR_OK)
			code = client_place_card_of(app->client, incident, &arena, &card, &err);
	}
	if (code == ERR_OK) {
		place_card_text(app->client, &card, &text);
		flags = app_show(app, _("The place"), str_get(&text));
	} else {
		app_failed(app, &err);
	}
	str_release(&text);
	arena_release(&arena);
	return flags;
}
