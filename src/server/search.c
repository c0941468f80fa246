/* GET /v1/search: incidents of the reader's by words, newest first; also those that consoles keep no
 * more. */
#include <config.h>

#include "mask_priv.h"
#include "search_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/feed.h"

enum { FOUND_MAX = 200, FOUND_USUAL = 50, LOOKED_AT_MAX = 20000, PAGE_BYTES = 1024 * 1024 };

struct hunt {
	struct call *call;
	struct gram_words words;
	int64_t since, until; /* of registered_at, ms UTC */
	int64_t closed;	      /* 1: only closed ones, 0: only open ones, -1: either */
	int64_t most;
	int64_t last; /* eno of the row looked at last */
	size_t looked_at, n;
	bool cut; /* there may be more */
	struct arena arena; /* of one row */
	struct str folded;
	enum err code;
	struct error err;
};

static void fold_text(void *ctx, const struct field *field, const char *text)
{
	struct str *folded = ctx;

	(void)field;
	text_fold(folded, text);
	str_add_char(folded, '\n'); /* no word goes over from one text to the next */
}

static bool fits(struct hunt *hunt, const struct incident *incident)
{
	if (incident->registered_at < hunt->since || incident->registered_at > hunt->until ||
	    (hunt->closed >= 0 && incident->open == (hunt->closed == 1)))
		return false;
	str_clear(&hunt->folded);
	incident_texts(incident, fold_text, &hunt->folded);
	return gram_words_in(&hunt->words, str_get(&hunt->folded));
}

static bool hunt_each(void *ctx, const struct db_entity *row)
{
	struct hunt *hunt = ctx;
	struct gaze gaze = gaze_of(hunt->call, &hunt->arena);
	struct bytes bytes;
	void *entity;

	if ((int64_t)hunt->n == hunt->most || hunt->looked_at == LOOKED_AT_MAX ||
	    hunt->call->reply->body.len > PAGE_BYTES) {
		hunt->cut = true;
		return false;
	}
	arena_reset(&hunt->arena);
	hunt->looked_at++;
	hunt->last = row->eno;
	hunt->code = entity_decode(row->bytes, row->len, &hunt->arena, &entity, &hunt->err);
	if (hunt->code != ERR_OK || !fits(hunt, entity))
		return hunt->code == ERR_OK;
	hunt->code = gaze_entity(&gaze, row->bytes, row->len, &bytes, &hunt->err);
	if (hunt->code == ERR_OK)
		snapshot_entity(&hunt->call->reply->body, bytes.s, bytes.len);
	hunt->n++;
	return hunt->code == ERR_OK;
}

static enum err read_ask(struct call *call, struct hunt *hunt, int64_t *ret_before,
			 struct error *err)
{
	const char *words = call_arg(call, "q");
	enum err code = call_int(call, "before", INT64_MAX, 1, INT64_MAX, ret_before, err);

	if (code == ERR_OK)
		code = call_int(call, "since", 0, 0, INT64_MAX, &hunt->since, err);
	if (code == ERR_OK)
		code = call_int(call, "until", INT64_MAX, 0, INT64_MAX, &hunt->until, err);
	if (code == ERR_OK)
		code = call_int(call, "closed", -1, 0, 1, &hunt->closed, err);
	if (code == ERR_OK)
		code = call_int(call, "max", FOUND_USUAL, 1, FOUND_MAX, &hunt->most, err);
	if (code == ERR_OK)
		code = gram_words_parse(words != NULL ? words : "", &hunt->words, err);
	return code;
}

/* "seq": up to which entry the index has come. */
static enum err write_head(struct call *call, struct error *err)
{
	struct snapshot_line line = { .kind = SNAPSHOT_HEAD,
				      .head = call_head(call),
				      .profile = call->rules->hash,
				      .calendar = call->rules->calendar_hash };
	struct searched searched;
	enum err code = searched_get(call->service->db, call->reader, &searched, err);

	if (code != ERR_OK)
		return code;
	line.seq = searched.begun && searched.eno == 0 ? searched.seq : 0;
	snapshot_head(&call->reply->body, &line);
	return ERR_OK;
}

static enum err find(struct call *call, struct hunt *hunt, int64_t before, struct error *err)
{
	struct grams grams = GRAMS_INIT;
	struct db_search ask = { .before = before };
	enum err code = call_org(call, &ask.org, err);

	for (size_t i = 0; i < hunt->words.n; i++)
		grams_add(&grams, hunt->words.word[i]);
	grams_sort(&grams);
	ask.terms = grams.items;
	ask.n = grams.n;
	if (code == ERR_OK)
		code = write_head(call, err);
	if (code == ERR_OK)
		code = call->service->db->search_find(call->reader, &ask, hunt_each, hunt, err);
	if (code == ERR_OK && hunt->code != ERR_OK)
		code = error_set(err, hunt->code, "%s", hunt->err.text);
	grams_release(&grams);
	return code;
}

enum err search_get(struct call *call, struct error *err)
{
	struct hunt hunt = { .call = call };
	int64_t before = 0;
	char key[32];
	enum err code = read_ask(call, &hunt, &before, err);

	if (code != ERR_OK)
		return code;
	code = find(call, &hunt, before, err);
	arena_release(&hunt.arena);
	str_release(&hunt.folded);
	gram_words_release(&hunt.words);
	if (code != ERR_OK)
		return code;
	snprintf(key, sizeof key, "%lld", (long long)hunt.last);
	if (hunt.cut)
		snapshot_next(&call->reply->body, key);
	else
		snapshot_end(&call->reply->body);
	call->reply->type = "application/x-ndjson";
	return ERR_OK;
}
