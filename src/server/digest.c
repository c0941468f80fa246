#include <config.h>

#include "service_priv.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entry.h"

enum { REWIND_MAX = 20000 }; /* entries between `at` and the head that are taken back */

struct older { /* the version an entity had at `at`, if it moved on since */
	struct uuid id;
	int64_t version;
};
struct digest {
	int64_t at;
	struct older *olders;
	size_t n_olders, cap_olders;
	int64_t *lost; /* numbers of entities that were seen at `at`, and dropped since */
	size_t n_lost, cap_lost;
	struct digest_pair *pairs[DIGEST_BUCKETS];
	size_t n[DIGEST_BUCKETS], cap[DIGEST_BUCKETS];
	enum err code;
};

static int by_id(const void *a, const void *b)
{
	return uuid_cmp(&((const struct older *)a)->id, &((const struct older *)b)->id);
}

static bool rewind_each(void *ctx, const struct db_entry *row)
{
	struct digest *digest = ctx;
	struct arena arena = ARENA_INIT;
	struct entry entry;

	digest->code = entry_decode(row->bytes, row->len, &arena, &entry, NULL);
	for (size_t i = 0; digest->code == ERR_OK && i < entry.n_effects; i++) {
		MEM_GROW(digest->olders, digest->n_olders, digest->cap_olders);
		digest->olders[digest->n_olders++] =
			(struct older){ entry.effects[i].id, entry.effects[i].from };
	}
	arena_release(&arena);
	return digest->code == ERR_OK;
}

/* Of several entries of one entity the first counts: versions only rise, so the lowest. */
static void sort_olders(struct digest *digest)
{
	size_t n = 0;

	if (digest->n_olders == 0)
		return;
	qsort(digest->olders, digest->n_olders, sizeof *digest->olders, by_id);
	for (size_t i = 1; i < digest->n_olders; i++) {
		struct older *kept = &digest->olders[n], *item = &digest->olders[i];

		if (!uuid_eq(&kept->id, &item->id))
			digest->olders[++n] = *item;
		else if (item->version < kept->version)
			kept->version = item->version;
	}
	digest->n_olders = n + 1;
}

/* The entity as it was at `at`. */
static void add_pair(struct digest *digest, const struct db_entity *row)
{
	unsigned bucket = digest_bucket(&row->id);
	struct digest_pair pair = { row->id, row->version };
	struct older key = { row->id, 0 };
	const struct older *older;

	if (row->seq > digest->at && digest->n_olders > 0) {
		older = bsearch(&key, digest->olders, digest->n_olders, sizeof *digest->olders,
				by_id);
		pair.version = older != NULL ? older->version : pair.version;
	}
	MEM_GROW(digest->pairs[bucket], digest->n[bucket], digest->cap[bucket]);
	digest->pairs[bucket][digest->n[bucket]++] = pair;
}

static bool scope_each(void *ctx, const struct db_entity *row)
{
	struct digest *digest = ctx;

	if (row->since <= digest->at)
		add_pair(digest, row);
	return true;
}

/* --- what the reader saw then, and does not see now -------------------------------------------- */

static bool absence_each(void *ctx, const struct db_absence *row)
{
	struct digest *digest = ctx;

	if (row->since == 0 || row->since > digest->at)
		return true;
	MEM_GROW(digest->lost, digest->n_lost, digest->cap_lost);
	digest->lost[digest->n_lost++] = row->eno;
	return true;
}

static int by_pair_id(const void *a, const void *b)
{
	return uuid_cmp(&((const struct digest_pair *)a)->id,
			&((const struct digest_pair *)b)->id);
}

/* The reader learns of the drop from the feed, behind `at`. */
static enum err add_lost(struct call *call, struct digest *digest, int64_t org, struct error *err)
{
	const struct db_ops *db = call->service->db;
	enum err code =
		db->absent_since(call->reader, org, digest->at, absence_each, digest, err);

	for (size_t i = 0; code == ERR_OK && i < digest->n_lost; i++) {
		struct db_entity row;

		code = db->entity_at(call->reader, digest->lost[i], &call->arena, &row, err);
		if (code == ERR_OK)
			add_pair(digest, &row);
	}
	for (unsigned i = 0; digest->n_lost > 0 && i < DIGEST_BUCKETS; i++)
		if (digest->n[i] > 0)
			qsort(digest->pairs[i], digest->n[i], sizeof *digest->pairs[i],
			      by_pair_id);
	return code;
}

static enum err read_digest(struct call *call, struct digest *digest, struct error *err)
{
	const struct db_ops *db = call->service->db;
	uint8_t hash[SHA256_LEN];
	int64_t org, head;
	enum err code = call_org(call, &org, err);

	if (code == ERR_OK)
		code = db->head(call->reader, &head, hash, err);
	if (code == ERR_OK)
		code = call_int(call, "at", head, 0, INT64_MAX, &digest->at, err);
	if (code == ERR_OK && digest->at > head)
		code = error_set(err, ERR_EPOCH, "%s", _(err_sentence(ERR_EPOCH)));
	if (code == ERR_OK && head - digest->at > REWIND_MAX)
		code = error_set(err, ERR_GONE, "%s", _("that is too long ago for a digest"));
	if (code == ERR_OK)
		code = db->journal_scan(call->reader, digest->at, rewind_each, digest, err);
	if (code == ERR_OK && digest->code != ERR_OK)
		code = error_set(err, ERR_CORRUPT, "%s", _(err_sentence(ERR_CORRUPT)));
	if (code != ERR_OK)
		return code;
	sort_olders(digest);
	code = db->scope_scan(call->reader, org, scope_each, digest, err);
	return code != ERR_OK ? code : add_lost(call, digest, org, err);
}

static void digest_release(struct digest *digest)
{
	for (unsigned i = 0; i < DIGEST_BUCKETS; i++)
		free(digest->pairs[i]);
	free(digest->olders);
	free(digest->lost);
}

static void answer_hashes(struct call *call, const struct digest *digest)
{
	struct digest_answer answer = { .head = call_head(call), .seq = digest->at };

	for (unsigned i = 0; i < DIGEST_BUCKETS; i++)
		answer.buckets[i] = digest_hash(digest->pairs[i], digest->n[i]);
	digest_answer_encode(&answer, &call->reply->body);
}

static enum err answer_pairs(struct call *call, const struct digest *digest, int64_t bucket,
			     struct error *err)
{
	struct digest_pairs_answer answer = { .head = call_head(call), .seq = digest->at };

	answer.pairs.items = digest->pairs[bucket];
	answer.pairs.n = digest->n[bucket];
	if (answer.pairs.n > DIGEST_PAIRS_MAX)
		return error_set(err, ERR_GONE, "%s",
				 _("that is too much for one answer: take a snapshot"));
	digest_pairs_answer_encode(&answer, &call->reply->body);
	return ERR_OK;
}

enum err digest_get(struct call *call, struct error *err)
{
	struct digest digest = { .code = ERR_OK };
	int64_t bucket = -1;
	enum err code = call_int(call, "bucket", -1, 0, DIGEST_BUCKETS - 1, &bucket, err);

	if (code == ERR_OK)
		code = call_scope(call, err);
	if (code == ERR_OK)
		code = read_digest(call, &digest, err);
	if (code == ERR_OK && bucket >= 0)
		code = answer_pairs(call, &digest, bucket, err);
	else if (code == ERR_OK)
		answer_hashes(call, &digest);
	digest_release(&digest);
	return code;
}
