#include <config.h>

#include "zhiban/client/place.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/client/rows.h"
#include "zhiban/store/place.h"

#include "client_priv.h"

enum { LOOKED_AT = 10000, BUDGET = 2000, SAME_MAX = 2 };

static enum err find_places(struct client *client, const char *words, bool pinyin, size_t max,
			    struct arena *arena, struct place **ret_places, size_t *ret_n,
			    struct error *err)
{
	if (client->cache == NULL) {
		*ret_places = NULL;
		*ret_n = 0;
		return ERR_OK;
	}
	return cache_places(client->cache, words, pinyin, max, arena, ret_places, ret_n, err);
}

enum err client_places(struct client *client, const char *words, size_t max, struct arena *arena,
		       struct place **ret_places, size_t *ret_n, struct error *err)
{
	return find_places(client, words, true, max, arena, ret_places, ret_n, err);
}

enum err client_place_of(struct client *client, const char *address, struct arena *arena,
			 const struct place **ret_place, struct error *err)
{
	struct str typed = STR_INIT;
	struct place *hits;
	size_t n;
	enum err code = find_places(client, address, false, SAME_MAX, arena, &hits, &n, err);

	if (code != ERR_OK)
		return code;
	*ret_place = NULL;
	place_fold(&typed, address);
	if (n > 0 && place_is_whole(&hits[0], str_get(&typed)) &&
	    (n == 1 ||
	     place_fits(&hits[0], str_get(&typed)) > place_fits(&hits[1], str_get(&typed))))
		*ret_place = &hits[0];
	str_release(&typed);
	return ERR_OK;
}

/* --- the card --------------------------------------------------------------------------------- */

/* Whether a list of codes with blanks has this one. */
static bool has_code(const char *codes, const char *code)
{
	size_t len = strlen(code);

	for (const char *s = codes; s != NULL && *s != '\0'; s += strspn(s, " ")) {
		size_t word = strcspn(s, " ");

		if (word == len && strncmp(s, code, len) == 0)
			return true;
		s += word;
	}
	return false;
}

/* Overlays are linked to grids; those of the community or street hold for all its grids. */
static void find_overlays(const struct rules *rules, struct place_card *card)
{
	const struct org *levels[] = { card->grid, card->community, card->street };

	for (size_t i = 0; i < rules->n_orgs && card->n_overlays < PLACE_OVERLAYS; i++) {
		const struct org *org = &rules->orgs[i];
		bool over = false;

		for (size_t l = 0; org->over != NULL && l < 3 && !over; l++)
			over = levels[l] != NULL && has_code(org->over, levels[l]->code);
		if (over)
			card->overlays[card->n_overlays++] = org;
	}
}

struct gather {
	struct place_card *card;
	const struct org *org;
	struct arena *arena;
};

static enum err take_person(void *ctx, const void *entity, struct error *err)
{
	struct gather *gather = ctx;
	const struct person *person = entity;

	(void)err;
	if (person->active != 0 && str_eq(person->org, gather->org->code) &&
	    gather->card->n_people < PLACE_PEOPLE)
		gather->card->people[gather->card->n_people++] =
			entity_copy(person, gather->arena);
	return ERR_OK;
}

static enum err find_people(struct client *client, struct place_card *card, struct arena *arena,
			    struct error *err)
{
	const struct org *levels[] = { card->grid, card->community, card->street };
	enum err code = ERR_OK;

	for (size_t l = 0; l < 3 && code == ERR_OK && client->cache != NULL; l++) {
		struct gather gather = { card, levels[l], arena };
		struct arena passing = ARENA_INIT;

		if (levels[l] != NULL)
			code = cache_each(client->cache, KIND_PERSON, &passing, take_person,
					  &gather, err);
		arena_release(&passing);
	}
	return code;
}

/* The words of a filter for what happened here. */
static const char *history_words(const struct place_card *card, struct arena *arena)
{
	if (card->place != NULL && strchr(card->place->address, '"') == NULL)
		return arena_printf(arena, "address:\"%s\"", card->place->address);
	if (card->grid != NULL)
		return arena_printf(arena, "grid:%s", card->grid->code);
	if (card->community != NULL)
		return arena_printf(arena, "community:%s", card->community->code);
	if (card->street != NULL)
		return arena_printf(arena, "street:%s", card->street->code);
	return NULL;
}

static enum err find_history(struct client *client, struct place_card *card, struct arena *arena,
			     struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct client_order order = {
		.field = field_find(kind->fields, kind->n_fields, "registered_at"),
		.descending = true,
	};
	struct filter_ctx ctx = { .rules = client->rules, .now = client_now(client) };
	struct filter_error bad;
	struct filter *filter = NULL;
	struct client_scan *scan = NULL;
	struct client_page page = { .n = 0 };
	const char *words = history_words(card, arena);
	enum err code;

	card->all = true;
	if (words == NULL)
		return ERR_OK;
	code = filter_parse(words, &ctx, arena, &filter, &bad);
	if (code != ERR_OK) /* the words are ours: an organisation that is gone */
		return ERR_OK;
	code = client_scan_new(client, &order, filter, &ctx, &scan, err);
	while (code == ERR_OK && !client_scan_done(scan) && client_scan_looked(scan) < LOOKED_AT)
		code = client_scan_step(scan, BUDGET, err);
	if (code == ERR_OK)
		code = client_scan_rows(scan, 0, PLACE_HISTORY, arena, &page, err);
	for (size_t i = 0; code == ERR_OK && i < page.n; i++)
		card->history[card->n_history++] = page.rows[i].incident;
	if (code == ERR_OK) {
		card->n_before = client_scan_found(scan) - card->n_history;
		card->all = client_scan_done(scan);
	}
	client_scan_free(scan);
	return code;
}

static enum err fill(struct client *client, struct place_card *card, struct arena *arena,
		     struct error *err)
{
	enum err code;

	find_overlays(client->rules, card);
	code = find_people(client, card, arena, err);
	return code == ERR_OK ? find_history(client, card, arena, err) : code;
}

static void orgs_of(const struct rules *rules, const struct place *place, struct place_card *card)
{
	card->place = place;
	card->street = rules_org(rules, place->street);
	card->community = rules_org(rules, place->community);
	card->grid = rules_org(rules, place->grid);
}

enum err client_place_card(struct client *client, const char *words, struct arena *arena,
			   struct place_card *ret_card, struct error *err)
{
	struct place_card card = { .place = NULL };
	struct place *hits;
	size_t n;
	enum err code = client_places(client, words, 1, arena, &hits, &n, err);

	if (code == ERR_OK && n == 0)
		code = error_set(err, ERR_NOT_FOUND, _("no place here is called \"%.60s\""), words);
	if (code != ERR_OK)
		return code;
	orgs_of(client->rules, &hits[0], &card);
	code = fill(client, &card, arena, err);
	if (code == ERR_OK)
		*ret_card = card;
	return code;
}

enum err client_place_card_of(struct client *client, const struct incident *incident,
			      struct arena *arena, struct place_card *ret_card, struct error *err)
{
	const struct rules *rules = client->rules;
	struct place_card card = { .place = NULL };
	const struct place *place = NULL;
	enum err code = ERR_OK;

	if (incident->address != NULL)
		code = client_place_of(client, incident->address, arena, &place, err);
	if (code != ERR_OK)
		return code;
	if (place != NULL)
		orgs_of(rules, place, &card);
	/* what the incident itself says goes before what its address would mean */
	if (rules_org(rules, incident->street) != NULL)
		card.street = rules_org(rules, incident->street);
	if (rules_org(rules, incident->community) != NULL)
		card.community = rules_org(rules, incident->community);
	if (rules_org(rules, incident->grid) != NULL)
		card.grid = rules_org(rules, incident->grid);
	if (card.street == NULL && card.community == NULL && card.grid == NULL)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("its place is not known: neither address nor street is"));
	code = fill(client, &card, arena, err);
	if (code == ERR_OK)
		*ret_card = card;
	return code;
}
