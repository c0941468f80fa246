/* The words that can stand in a filter, and behind commands that take one, an address or an officer,
 * for a prompt. */
#include <config.h>

#include <string.h>

#include "app_priv.h"
#include "words_priv.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/client/place.h"
#include "zhiban/domain/filter_offer.h"
#include "zhiban/model/place.h"

void filter_without(const char *text, const struct filter_error *problem, struct str *out)
{
	size_t from, to;

	str_clear(out);
	str_add(out, text);
	from = problem->at < out->len ? problem->at : out->len;
	to = from + problem->len < out->len ? from + problem->len : out->len;
	while (from > 0 && text[from - 1] != ' ')
		from--;
	to += strcspn(text + to, " ");
	str_remove(out, from, to - from);
}

void filter_words_of(const struct filter_ctx *filter, const char *text, size_t at,
		     struct arena *arena, struct prompt_words *words)
{
	struct filter_offers offers;

	filter_offers(text, at, filter, arena, &offers);
	words->from = offers.from;
	words->items = arena_array(arena, offers.n + 1, sizeof *words->items);
	words->n = offers.n;
	for (size_t i = 0; i < offers.n; i++)
		words->items[i] = (struct prompt_word){ offers.items[i].word,
							offers.items[i].help };
}

void filter_words(void *ctx, const char *text, size_t at, struct arena *arena,
		  struct prompt_words *words)
{
	const struct app *app = ctx;
	const struct filter_ctx filter = client_filter_ctx(app->client);

	filter_words_of(&filter, text, at, arena, words);
}

static void offer_places(struct app *app, const char *typed, struct arena *arena,
			 struct prompt_words *words)
{
	struct place *places;
	size_t n;

	if (*typed == '\0' || client_places(app->client, typed, PLACE_PROPOSALS, arena, &places, &n,
					    NULL) != ERR_OK)
		return;
	words->items = arena_array(arena, n + 1, sizeof *words->items);
	for (size_t i = 0; i < n; i++)
		words->items[words->n++] = (struct prompt_word){
			places[i].address, place_whose(client_rules(app->client), &places[i], arena)
		};
}

static void offer_officers(struct app *app, const char *typed, struct arena *arena,
			   struct prompt_words *words)
{
	const struct rules *rules = client_rules(app->client);
	const struct person **people;
	struct pinyin_typed ready;
	size_t n;

	if (!pinyin_type(&ready, typed) ||
	    client_people(app->client, arena, &people, &n, NULL) != ERR_OK)
		return;
	words->items = arena_array(arena, n + 1, sizeof *words->items);
	for (size_t i = 0; i < n; i++) {
		const struct org *org = rules_org(rules, people[i]->org);

		if (people[i]->active != 0 && pinyin_fit(&ready, people[i]->name) >= PINYIN_BEGINS)
			words->items[words->n++] = (struct prompt_word){
				people[i]->name, org != NULL ? org->name : ""
			};
	}
}

bool argument_words(struct app *app, unsigned needs, const char *text, size_t at,
		   struct arena *arena, struct prompt_words *words)
{
	size_t from = words->from;
	const char *typed = arena_strndup(arena, text + from, at - from);

	if (needs & CMD_FILTER) {
		filter_words(app, typed, at - from, arena, words);
		words->from += from;
	} else if (needs & CMD_PLACE) {
		offer_places(app, typed, arena, words);
	} else if (needs & CMD_OFFICER) {
		offer_officers(app, typed, arena, words);
	} else {
		return false;
	}
	return true;
}
