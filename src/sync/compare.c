/* The cache and the server's state: compared by hashes of 64 parts, what differs part by part, and
 * each entity that differs is fetched.
 *
 * * Invariants: what is here is taken down at the moment of asking, at the cursor that is asked
 * about, so pages that come in meanwhile make no difference.  One repair by parts, then one of
 * everything; what differs even then is said and left (a server of another version, say). */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"

#include "sync_priv.h"

static bool repairing(const struct comparing *comparing)
{
	return comparing->differ != 0 || comparing->n_lacks > 0;
}

bool compare_busy(const struct sync *sync)
{
	return sync->comparing.want || repairing(&sync->comparing);
}

enum ask_what compare_what(const struct sync *sync)
{
	const struct comparing *comparing = &sync->comparing;

	if (!sync->mark.complete || sync->mark.cursor < sync->fetched_seq)
		return ASK_NOTHING; /* single entities are newer than the rest: it will come */
	if (comparing->differ != 0)
		return ASK_BUCKET;
	if (comparing->n_lacks > 0)
		return ASK_MEND;
	return comparing->want && sync->at_head ? ASK_DIGEST : ASK_NOTHING;
}

static void forget_pairs(struct comparing *comparing)
{
	arena_release(&comparing->arena);
	comparing->pairs = NULL;
	comparing->n_pairs = 0;
}

void compare_forget(struct sync *sync)
{
	struct comparing *comparing = &sync->comparing;

	forget_pairs(comparing);
	comparing->differ = 0;
	comparing->n_lacks = comparing->n_extra = comparing->n_other = 0;
}

static unsigned first_bucket(uint64_t differ)
{
	unsigned bucket = 0;

	while ((differ >> bucket & 1) == 0)
		bucket++;
	return bucket;
}

enum err compare_ask(struct sync *sync, enum ask_what what, struct str *path, struct error *err)
{
	struct comparing *comparing = &sync->comparing;
	char id[UUID_TEXT];
	enum err code;

	if (what == ASK_MEND) {
		uuid_text(&comparing->lacks[0], id);
		str_addf(path, "/v1/entities/%s", id);
		comparing->moved = false;
		return ERR_OK;
	}
	comparing->at = sync->mark.cursor;
	str_addf(path, "/v1/digest?at=%lld", (long long)comparing->at);
	if (what == ASK_DIGEST) {
		add_scope(sync, path);
		return sync->ops->digest(sync->ctx, comparing->own, err);
	}
	forget_pairs(comparing);
	comparing->bucket = first_bucket(comparing->differ);
	str_addf(path, "&bucket=%u", comparing->bucket);
	add_scope(sync, path);
	code = sync->ops->pairs(sync->ctx, comparing->bucket, &comparing->arena, &comparing->pairs,
				&comparing->n_pairs, err);
	return code;
}

/* ---- what differs ---- */

static void all_anew(struct sync *sync, const char *words)
{
	sync->ops->defect(sync->ctx, words);
	view_anew(sync, false);
	sync->comparing.repair = REPAIR_ALL;
}

static void too_many(struct sync *sync)
{
	char words[200];

	snprintf(words, sizeof words,
		 _("the cache differed from the server at %lld: everything is fetched anew"),
		 (long long)sync->comparing.at);
	all_anew(sync, words);
}

/* Both lists by id. */
static bool note_differences(struct comparing *comparing, const struct digest_pairs *theirs)
{
	size_t i = 0, j = 0;

	while (i < comparing->n_pairs || j < theirs->n) {
		const struct digest_pair *own = &comparing->pairs[i], *their = &theirs->items[j];
		int order = i == comparing->n_pairs ? 1 : j == theirs->n ? -1
								: uuid_cmp(&own->id, &their->id);
		bool same = order == 0 && own->version == their->version;

		i += order <= 0;
		j += order >= 0;
		if (same)
			continue;
		if (comparing->n_lacks + comparing->n_extra == MEND_MAX)
			return false;
		if (order < 0)
			comparing->extra[comparing->n_extra++] = own->id;
		else
			comparing->lacks[comparing->n_lacks++] = their->id;
		comparing->n_other += order == 0;
	}
	return true;
}

/* All that differs is known: what is too many goes, and it is said what there was. */
static enum err all_known(struct sync *sync, struct error *err)
{
	struct comparing *comparing = &sync->comparing;
	char words[300];
	enum err code = sync->ops->mend(sync->ctx, comparing->extra, comparing->n_extra, err);

	if (code != ERR_OK)
		return code;
	if (comparing->n_lacks + comparing->n_extra > 0) {
		snprintf(words, sizeof words,
			 _("the cache differed from the server at %lld: %zu missing, %zu "
			   "different, %zu too many; put right"),
			 (long long)comparing->at, comparing->n_lacks - comparing->n_other,
			 comparing->n_other, comparing->n_extra);
		sync->ops->defect(sync->ctx, words);
	}
	comparing->n_extra = comparing->n_other = 0;
	comparing->repair = REPAIR_PARTS;
	comparing->want = true; /* and whether it is right now */
	return ERR_OK;
}

static enum err took_bucket(struct sync *sync, const struct sync_response *response,
			    struct arena *arena, struct error *err)
{
	struct comparing *comparing = &sync->comparing;
	struct digest_pairs_answer answer;
	struct digest_answer hashes;
	uint64_t left = comparing->differ & ~(UINT64_C(1) << comparing->bucket);
	size_t n_lacks = comparing->n_lacks, n_extra = comparing->n_extra;
	size_t n_other = comparing->n_other;
	enum err code = digest_pairs_answer_decode(response->body, response->len, arena, &answer,
						   err);

	if (code != ERR_OK &&
	    digest_answer_decode(response->body, response->len, arena, &hashes, NULL) == ERR_OK) {
		too_many(sync); /* a server of before knows no pairs */
		return ERR_OK;
	}
	if (code == ERR_OK)
		code = note_head(sync, &answer.head);
	if (code == ERR_OK && answer.seq != comparing->at)
		code = error_set(err, ERR_INPUT, "%s", _("the answer is not to what was asked"));
	if (code != ERR_OK)
		return code;
	if (!note_differences(comparing, &answer.pairs)) {
		too_many(sync);
		return ERR_OK;
	}
	if (left == 0)
		code = all_known(sync, err);
	if (code == ERR_OK) {
		comparing->differ = left;
		forget_pairs(comparing);
	} else { /* asked again: noted again */
		comparing->n_lacks = n_lacks;
		comparing->n_extra = n_extra;
		comparing->n_other = n_other;
	}
	return code;
}

static uint64_t buckets_that_differ(const struct comparing *comparing,
				    const struct digest_answer *answer)
{
	uint64_t differ = 0;

	for (unsigned i = 0; i < DIGEST_BUCKETS; i++)
		if (comparing->own[i] != answer->buckets[i])
			differ |= UINT64_C(1) << i;
	return differ;
}

static enum err took_hashes(struct sync *sync, const struct sync_response *response,
			    struct arena *arena, struct error *err)
{
	struct comparing *comparing = &sync->comparing;
	struct digest_answer answer;
	uint64_t differ;
	enum err code = digest_answer_decode(response->body, response->len, arena, &answer, err);

	if (code == ERR_OK)
		code = note_head(sync, &answer.head);
	if (code == ERR_OK && answer.seq != comparing->at)
		code = error_set(err, ERR_INPUT, "%s", _("the answer is not to what was asked"));
	if (code != ERR_OK)
		return code;
	comparing->want = false;
	differ = buckets_that_differ(comparing, &answer);
	if (differ == 0) {
		comparing->repair = REPAIR_NONE;
		sync->ops->compared(sync->ctx);
		return ERR_OK;
	}
	switch (comparing->repair) {
	case REPAIR_NONE:
		comparing->differ = differ;
		break;
	case REPAIR_PARTS:
		too_many(sync);
		break;
	case REPAIR_ALL: /* it has been said */
		sync->ops->compared(sync->ctx);
		break;
	}
	return ERR_OK;
}

/* ---- what is fetched ---- */

static void mended(struct comparing *comparing)
{
	comparing->n_lacks--;
	memmove(&comparing->lacks[0], &comparing->lacks[1],
		comparing->n_lacks * sizeof comparing->lacks[0]);
}

static bool touches(const struct feed_item *item, const struct uuid *id)
{
	if (item->kind == FEED_WHOLE)
		return uuid_eq(&((const struct entity *)item->entity)->id, id);
	if (item->kind == FEED_DROP)
		return uuid_eq(&item->drop_id, id);
	for (size_t i = 0; item->kind == FEED_ENTRY && i < item->entry.n_effects; i++)
		if (uuid_eq(&item->entry.effects[i].id, id))
			return true;
	return false;
}

void compare_page(struct sync *sync, const struct sync_page *page)
{
	struct comparing *comparing = &sync->comparing;

	for (size_t i = 0; comparing->n_lacks > 0 && i < page->n; i++)
		comparing->moved |= touches(&page->items[i], &comparing->lacks[0]);
}

/* The right one may be older than what is here.  But when a page has brought a newer one while this
 * was under way it must not be taken back: asked again. */
static enum err took_entity(struct sync *sync, const struct sync_response *response,
			    struct arena *arena, struct error *err)
{
	struct answer_head head;
	void *entity;
	enum err code = entity_answer_decode(response->body, response->len, arena, &head, &entity,
					     err);

	if (code == ERR_OK)
		code = note_head(sync, &head);
	if (code != ERR_OK || sync->comparing.moved)
		return code;
	if (entity != NULL) /* else of a newer kind: there is no place for it */
		code = keep_entity(sync, entity, true, err);
	if (code == ERR_OK)
		mended(&sync->comparing);
	return code;
}

enum err compare_took(struct sync *sync, const struct sync_response *response, struct arena *arena,
		      struct error *err)
{
	switch (sync->asking) {
	case ASK_DIGEST:
		return took_hashes(sync, response, arena, err);
	case ASK_BUCKET:
		return took_bucket(sync, response, arena, err);
	default:
		return took_entity(sync, response, arena, err);
	}
}

bool compare_refused(struct sync *sync, const struct refusal *refusal)
{
	struct comparing *comparing = &sync->comparing;

	if (refusal->code == ERR_AUTH || refusal->code == ERR_EPOCH || refusal->code == ERR_SCOPE)
		return false;
	if (sync->asking == ASK_DIGEST) { /* it does not reach back so far: next time */
		comparing->want = false;
		sync->ops->compared(sync->ctx);
	} else if (sync->asking == ASK_BUCKET) {
		too_many(sync);
	} else if (sync->ops->mend(sync->ctx, &comparing->lacks[0], 1, NULL) == ERR_OK) {
		mended(comparing); /* no longer to be seen */
	} else {
		return false;
	}
	return true;
}
