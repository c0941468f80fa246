/* The words that can stand in a filter, for a prompt. */
#include <config.h>

#include "app_priv.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/filter_offer.h"

void filter_words(void *ctx, const char *text, size_t at, struct arena *arena,
		  struct prompt_words *words)
{
	struct app *app = ctx;
	struct filter_ctx filter = { .rules = client_rules(app->client),
				     .actor = client_actor(app->client),
				     .now = app_now(app) };
	struct filter_offers offers;

	filter_offers(text, at, &filter, arena, &offers);
	words->from = offers.from;
	words->items = arena_array(arena, offers.n + 1, sizeof *words->items);
	words->n = offers.n;
	for (size_t i = 0; i < offers.n; i++)
		words->items[i] = (struct prompt_word){ offers.items[i].word,
							offers.items[i].help };
}
