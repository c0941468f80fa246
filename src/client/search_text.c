/* What of an incident is looked through for words. */
#include <config.h>

#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/wire/entry.h"

#include "client_priv.h"
#include "search_hits_priv.h"

struct texts {
	search_text_fn fn;
	void *ctx;
	struct arena arena; /* of one line */
};

static const struct {
	const char *field;
	enum search_where where;
} places[] = {
	{ "title", WHERE_TITLE },     { "number", WHERE_NUMBER }, { "src_no", WHERE_NUMBER },
	{ "object_no", WHERE_NUMBER }, { "out_no", WHERE_NUMBER }, { "address", WHERE_ADDRESS },
};

void search_plain_text(void *ctx, const struct field *field, const char *text)
{
	struct search_plain *plain = ctx;
	enum search_where where = field != NULL ? WHERE_TEXT : WHERE_NUMBER;

	for (size_t i = 0; field != NULL && i < sizeof places / sizeof *places; i++)
		if (strcmp(places[i].field, field->name) == 0)
			where = places[i].where;
	plain->fn(plain->ctx, where, text);
}

void search_act_texts(const struct act *act, search_text_fn fn, void *ctx)
{
	if (act->desc->conflict == CONFLICT_CREATES)
		return;
	for (size_t i = 0; i < act->n_given; i++) {
		const struct given *given = &act->given[i];

		if (given->value.is_text && given->value.text != NULL &&
		    (given->field->flags & F_LONG) != 0 && (given->field->flags & F_HIDDEN) == 0 &&
		    given->field->sensitivity != SENS_PERSONAL)
			fn(ctx, WHERE_NOTE, given->value.text);
	}
	if (act->by_phone.wording != NULL)
		fn(ctx, WHERE_NOTE, act->by_phone.wording);
}

static enum err take_line(void *ctx, int64_t seq, const char *bytes, size_t len, struct error *err)
{
	struct texts *texts = ctx;
	struct entry entry;

	(void)seq;
	(void)err;
	arena_reset(&texts->arena);
	if (entry_decode(bytes, len, &texts->arena, &entry, NULL) == ERR_OK && entry.act.verb == NULL)
		search_act_texts(&entry.act, texts->fn, texts->ctx);
	return ERR_OK;
}

enum err search_texts(struct store *cache, const struct incident *incident, search_text_fn fn,
		      void *ctx, struct error *err)
{
	struct texts texts = { .fn = fn, .ctx = ctx };
	enum err code;

	incident_texts(incident, search_plain_text, &(struct search_plain){ fn, ctx });
	code = cache_lines(cache, &incident->head.id, take_line, &texts, err);
	arena_release(&texts.arena);
	return code;
}
