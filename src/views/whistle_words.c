/* The words that can stand in the filter of the list of whistles. */
#include <config.h>

#include <string.h>

#include "whistle_priv.h"
#include "words_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/whistles.h"

static void offer_values(struct app *app, const char *name, const char *typed, struct arena *arena,
			 struct prompt_words *words)
{
	const struct rules *rules = client_rules(app->client);

	for (size_t s = 0; s < rules->n_summonses; s++) {
		const struct summons *kind = &rules->summonses[s];

		if (strcmp(name, "kind:") == 0)
			prompt_offer(arena, words, typed, kind->code, kind->label);
		for (size_t i = 0; strcmp(name, "class:") == 0 && i < kind->n_classes; i++)
			prompt_offer(arena, words, typed, kind->classes[i].code,
				     kind->classes[i].label);
		for (size_t i = 0; s == 0 && strcmp(name, "step:") == 0 && i < WHISTLE_STEPS; i++)
			prompt_offer(arena, words, typed, whistle_step_code((enum whistle_step)i),
				     summons_step_label(rules, kind,
							whistle_step_code((enum whistle_step)i)));
	}
}

/* What whistles have of their own is offered here, the rest as for incidents. */
void whistle_words(void *ctx, const char *text, size_t at, struct arena *arena,
		   struct prompt_words *words)
{
	static const struct {
		const char *word, *help;
	} own[] = {
		{ "class:", N_("of a class") },
		{ "kind:", N_("of a kind of whistle") },
		{ "unreported", N_("a department has not reported in") },
		{ "disputed", N_("a dispute is not settled") },
	};
	static const char *const names[] = { "class:", "step:", "kind:" };
	size_t from = at;

	while (from > 0 && !strchr(" |!", text[from - 1]))
		from--;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t len = strlen(names[i]);

		if (at - from < len || strncmp(text + from, names[i], len) != 0)
			continue;
		words->from = from + len;
		offer_values(ctx, names[i], arena_strndup(arena, text + from + len, at - from - len),
			     arena, words);
		return;
	}
	filter_words(ctx, text, at, arena, words);
	for (size_t i = 0; words->from == from && i < ARRAY_LEN(own); i++)
		prompt_offer(arena, words, arena_strndup(arena, text + from, at - from), own[i].word,
			     _(own[i].help));
}
