/* What was found, with what stands around it. */
#include <config.h>

#include <string.h>

#include "zhiban/base/text.h"

#include "client_priv.h"
#include "search_hits_priv.h"

enum { BEFORE = 12, AROUND = 80 }; /* characters shown before the word, and in all */

struct cutting {
	const struct gram_words *words;
	enum search_where where;
	struct arena *arena;
	const char *snippet;
};

static const char *back(const char *text, size_t at, size_t chars)
{
	while (at > 0 && chars > 0) {
		at--;
		if (((unsigned char)text[at] & 0xC0) != 0x80)
			chars--;
	}
	return text + at;
}

static void cut(void *ctx, enum search_where where, const char *text)
{
	struct cutting *cutting = ctx;
	struct gram_span span;
	struct str clean = STR_INIT;
	const char *from;
	size_t len = 0;
	uint32_t cp;

	if (where != cutting->where || cutting->snippet != NULL ||
	    gram_words_spans(cutting->words, text, &span, 1) == 0)
		return;
	from = back(text, span.at, BEFORE);
	for (size_t i = 0, left = strlen(from); i < AROUND && len < left; i++)
		len += text_next(from + len, left - len, &cp);
	if (from > text)
		str_add(&clean, "..");
	text_clean(&clean, from, len, false);
	cutting->snippet = arena_strdup(cutting->arena, str_get(&clean));
	str_release(&clean);
}

enum err client_search_snippet(struct client_search *search, const struct uuid *id,
			       struct arena *arena, enum search_where *ret_where,
			       const char **ret_snippet, struct error *err)
{
	struct client *client = search->client;
	int64_t at = client_search_index(search, id);
	struct cutting cutting = { .words = &search->words, .where = WHERE_TITLE, .arena = arena };
	struct incident *incident;
	struct arena passing = ARENA_INIT;
	enum err code;

	if (at >= 0)
		cutting.where = search->hits[at].where;
	code = client_get(client, id, &passing, &incident, err);
	if (code == ERR_OK && client->cache != NULL)
		code = search_texts(client->cache, incident, cut, &cutting, err);
	else if (code == ERR_OK)
		incident_texts(incident, search_plain_text, &(struct search_plain){ cut, &cutting });
	arena_release(&passing);
	if (code != ERR_OK)
		return code;
	*ret_where = cutting.where;
	*ret_snippet = cutting.snippet;
	return ERR_OK;
}

enum err client_search_hits(struct client_search *search, size_t first, size_t n,
			    struct arena *arena, struct client_hit *ret_hits, size_t *ret_n,
			    struct error *err)
{
	size_t found = client_search_found(search), got = 0;

	for (size_t i = first; i < found && i - first < n; i++) {
		struct client_hit *hit = &ret_hits[got];
		enum err code = client_row_get(search->client, &search->order,
					       &search->hits[i].id, arena, &hit->row, err);

		if (code == ERR_NOT_FOUND)
			continue;
		if (code != ERR_OK)
			return code;
		hit->where = search->hits[i].where;
		got++;
	}
	*ret_n = got;
	return ERR_OK;
}
