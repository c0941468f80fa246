#include <config.h>

#include "zhiban/model/place.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static void clean(struct str *out, const char *text)
{
	text_clean(out, text, strlen(text), false);
}

static void line(struct str *out, const char *label, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	str_add(out, label);
	str_add_char(out, '\t');
	clean(out, text);
	str_add_char(out, '\n');
}

static const char *short_name(const struct org *org)
{
	return org->brief != NULL ? org->brief : org->name;
}

const char *place_label(const struct place *place, struct arena *arena)
{
	const char *label = place->address;

	if (place->numbers != NULL)
		label = arena_printf(arena, "%s %s", label, place->numbers);
	if (place->name != NULL && !str_eq(place->name, place->address))
		label = arena_printf(arena, "%s (%s)", label, place->name);
	return label;
}

const char *place_whose(const struct rules *rules, const struct place *place, struct arena *arena)
{
	const char *codes[] = { place->street, place->community, place->grid };
	const char *words = "";

	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		const struct org *org = rules_org(rules, codes[i]);

		if (org != NULL)
			words = arena_printf(arena, "%s%s%s", words, *words != '\0' ? " " : "",
					     short_name(org));
	}
	return words;
}

/* An organisation with whom to ask there and the number of its duty desk. */
static void org_line(struct str *out, const char *label, const struct org *org, struct arena *arena)
{
	const char *text;

	if (org == NULL)
		return;
	text = org->name;
	if (org->contact != NULL)
		text = arena_printf(arena, "%s  %s", text, org->contact);
	if (org->phone != NULL)
		text = arena_printf(arena, "%s  %s", text, org->phone);
	if (org->managed == 0)
		text = arena_printf(arena, "%s  %s", text, _("(not run from here)"));
	line(out, label, text);
}

static void people(struct str *out, const struct rules *rules, const struct place_card *card,
		   struct arena *arena)
{
	for (size_t i = 0; i < card->n_people; i++) {
		const struct person *person = card->people[i];
		const struct org *org = rules_org(rules, person->org);

		line(out, i == 0 ? _("Officers there") : "",
		     arena_printf(arena, "%s  %s  %s  %s", person->name,
				  person->post != NULL ? person->post : "",
				  org != NULL ? short_name(org) : "",
				  person->phone != NULL ? person->phone : ""));
	}
}

static void history(struct client *client, struct str *out, const struct place_card *card,
		    struct arena *arena)
{
	const struct rules *rules = client_rules(client);

	for (size_t i = 0; i < card->n_history; i++) {
		const struct incident *incident = card->history[i];
		const struct step *step = rules_step(rules, incident->step);
		char when[CIVIL_TEXT], mark[48];

		civil_format(incident->registered_at, rules->offset_min, "Y-m-d", when,
			     sizeof when);
		line(out, i == 0 ? _("Happened here") : "",
		     arena_printf(arena, "%s  %s  %s  %s", when,
				  client_mark(client, incident, mark),
				  incident->title != NULL ? incident->title : "",
				  step != NULL ? step->waiting : ""));
	}
	if (card->n_before > 0)
		line(out, "", arena_printf(arena, _("and %zu before"), card->n_before));
	else if (card->n_history == 0)
		line(out, _("Happened here"), _("nothing that is known here"));
	if (!card->all)
		line(out, "", _("(only the newest cases were looked at)"));
}

void place_card_text(struct client *client, const struct place_card *card, struct str *out)
{
	const struct rules *rules = client_rules(client);
	const struct place *place = card->place;
	struct arena arena = ARENA_INIT;

	if (place != NULL)
		line(out, _("Address"), place_label(place, &arena));
	org_line(out, _("Street"), card->street, &arena);
	org_line(out, _("Community"), card->community, &arena);
	org_line(out, _("Grid"), card->grid, &arena);
	for (size_t i = 0; i < card->n_overlays; i++)
		org_line(out, i == 0 ? _("Overlays") : "", card->overlays[i], &arena);
	if (place != NULL && place->contact != NULL)
		line(out, _("Contact"),
		     arena_printf(&arena, "%s  %s", place->contact,
				  place->phone != NULL ? place->phone : ""));
	people(out, rules, card, &arena);
	if (place != NULL) {
		line(out, _("Hazards"), place->hazards);
		line(out, _("Cameras"), place->cameras);
		line(out, _("Note"), place->note);
	}
	history(client, out, card, &arena);
	arena_release(&arena);
}

void place_card_padded(struct client *client, const struct place_card *card, struct str *out)
{
	struct str lines = STR_INIT;

	place_card_text(client, card, &lines);
	for (const char *s = str_get(&lines); *s != '\0';) {
		size_t label = strcspn(s, "\t"), all = strcspn(s, "\n");
		size_t begin = out->len;

		str_add_bytes(out, s, label);
		for (int cols = text_columns(str_get(out) + begin); cols < PLACE_LABEL_COLS; cols++)
			str_add_char(out, ' ');
		str_add_bytes(out, s + label + 1, all - label);
		s += all + 1;
	}
	str_release(&lines);
}
