/* What brings the folder back in step: numbers of acts, another console id, the cache beside the
 * server. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "client_priv.h"
#include "renew_priv.h"
#include "worker_ops_priv.h"
#include "worker_priv.h"

/* ---- numbers ---- */

enum err op_resend(void *ctx, int64_t from_n, struct error *err)
{
	struct worker *worker = ctx;
	int64_t missing = 0;
	char words[160];
	enum err code = from_n > 0 ? outbox_resend(worker->outbox, from_n, &missing, err)
				   : console_resend_earlier(worker->outbox, err);

	worker->link_new = true;
	if (code == ERR_OK && missing > 0 && from_n + missing != worker->lost_said) {
		snprintf(words, sizeof words,
			 _("the server lost %lld acts that are no longer here"),
			 (long long)missing);
		worker_defect(worker, words);
		worker->lost_said = from_n + missing;
	}
	return code;
}

enum err op_counters(void *ctx, int64_t *ret_given, int64_t *ret_answered, struct error *err)
{
	struct worker *worker = ctx;

	enum err code = outbox_last(worker->outbox, ret_given, err);

	return code == ERR_OK ? outbox_answered(worker->outbox, ret_answered, err) : code;
}

enum err op_agreed(void *ctx, const char *epoch, struct error *err)
{
	struct worker *worker = ctx;

	worker->link_new = true;
	return console_agree(worker->outbox, epoch, err);
}

/* ---- another console id ---- */

/* Who must log in again, because what he did is unsent and his token is of the id before. */
static void others_unsent(const struct outbox_row *rows, size_t n, const char *officer,
			  struct str *out)
{
	for (size_t i = 0; i < n; i++) {
		bool said = strcmp(rows[i].officer, officer) == 0 || rows[i].state >= ACT_ANSWERED;

		for (size_t j = 0; j < i && !said; j++)
			said = rows[j].state < ACT_ANSWERED &&
			       strcmp(rows[j].officer, rows[i].officer) == 0;
		if (!said)
			str_addf(out, "%s%s", out->len > 0 ? ", " : "", rows[i].officer);
	}
}

enum err op_renew(void *ctx, const struct session_answer *session, struct error *err)
{
	struct worker *worker = ctx;
	struct arena arena = ARENA_INIT;
	struct str others = STR_INIT, words = STR_INIT;
	struct tell tell = { .kind = TELL_CHANGED };
	struct outbox_row *rows;
	size_t n;
	enum err code = outbox_list(worker->outbox, &arena, &rows, &n, err);

	if (code == ERR_OK) {
		others_unsent(rows, n, session->officer, &others);
		code = console_renew(worker->outbox, session, err);
	}
	if (code == ERR_OK) {
		str_add(&words, _("this console's files were copied or restored: it goes on under "
				  "an id of its own, and what waits here is sent under that"));
		if (others.len > 0)
			str_addf(&words, _("; to be sent, what they did waits for these to log in "
					   "again: %s"), str_get(&others));
		worker_defect(worker, str_get(&words));
		worker_tell(worker, &tell);
		worker->link_new = true;
		worker->console = session->console;
	}
	str_release(&others);
	str_release(&words);
	arena_release(&arena);
	return code;
}

/* ---- the cache beside the server ---- */

struct buckets {
	struct digest_pair *pairs[DIGEST_BUCKETS];
	size_t n[DIGEST_BUCKETS], cap[DIGEST_BUCKETS];
};

static void add_version(void *ctx, const struct uuid *id, int64_t version)
{
	struct buckets *buckets = ctx;
	unsigned at = digest_bucket(id);

	MEM_GROW(buckets->pairs[at], buckets->n[at], buckets->cap[at]);
	buckets->pairs[at][buckets->n[at]++] = (struct digest_pair){ *id, version };
}

enum err op_digest(void *ctx, uint64_t ret_buckets[DIGEST_BUCKETS], struct error *err)
{
	struct worker *worker = ctx;
	struct buckets *buckets = mem_alloc(sizeof *buckets);
	enum err code = cache_versions(worker->cache, add_version, buckets, err);

	for (int i = 0; i < DIGEST_BUCKETS; i++) {
		if (code == ERR_OK)
			ret_buckets[i] = digest_hash(buckets->pairs[i], buckets->n[i]);
		free(buckets->pairs[i]);
	}
	free(buckets);
	if (code == ERR_CORRUPT)
		worker->damaged = true;
	return code;
}

struct bucket {
	unsigned which;
	struct arena *arena;
	struct digest_pair *pairs;
	size_t n, cap;
};

static void add_pair(void *ctx, const struct uuid *id, int64_t version)
{
	struct bucket *bucket = ctx;

	if (digest_bucket(id) != bucket->which)
		return;
	if (bucket->n == bucket->cap) {
		size_t cap = bucket->cap != 0 ? bucket->cap * 2 : 64;
		struct digest_pair *pairs = arena_array(bucket->arena, cap, sizeof *pairs);

		if (bucket->n > 0)
			memcpy(pairs, bucket->pairs, bucket->n * sizeof *pairs);
		bucket->pairs = pairs;
		bucket->cap = cap;
	}
	bucket->pairs[bucket->n++] = (struct digest_pair){ *id, version };
}

enum err op_pairs(void *ctx, unsigned bucket, struct arena *arena, struct digest_pair **ret_pairs,
		  size_t *ret_n, struct error *err)
{
	struct worker *worker = ctx;
	struct bucket list = { .which = bucket, .arena = arena };
	enum err code = cache_versions(worker->cache, add_pair, &list, err);

	if (code == ERR_CORRUPT)
		worker->damaged = true;
	if (code != ERR_OK)
		return code;
	*ret_pairs = list.pairs;
	*ret_n = list.n;
	return ERR_OK;
}

struct extras {
	const struct uuid *ids;
	size_t n;
};

static enum err write_mend(struct store *cache, void *ctx, struct error *err)
{
	const struct extras *extras = ctx;
	enum err code = cache_mend(cache, err);

	for (size_t i = 0; i < extras->n; i++) /* of whatever kind: the server does not say */
		for (int kind = 0; kind < KIND_COUNT && code == ERR_OK; kind++)
			code = cache_drop(cache, (enum kind)kind, &extras->ids[i], err);
	return code;
}

enum err op_mend(void *ctx, const struct uuid *extra, size_t n, struct error *err)
{
	struct worker *worker = ctx;
	struct extras extras = { extra, n };
	struct tell tell = { .kind = TELL_CHANGED };
	enum err code = store_tx(worker->cache, write_mend, &extras, err);

	if (code == ERR_CORRUPT)
		worker->damaged = true;
	if (code == ERR_OK)
		worker_tell(worker, &tell);
	return code;
}

/* A wish of another process for it has been met. */
void op_compared(void *ctx)
{
	static const struct uuid everything = { { 0 } };
	struct worker *worker = ctx;
	struct extras none = { NULL, 0 };
	struct error err = ERROR_INIT;

	if (worker->compare_wished && /* also what is kept beside rows that are right */
	    (store_tx(worker->cache, write_mend, &none, &err) != ERR_OK ||
	     outbox_want_done(worker->outbox, &everything, &err) != ERR_OK))
		worker_defect(worker, err.text);
	worker->compare_wished = false;
	trace_line(worker->trace, "cache: compared with the server");
}
