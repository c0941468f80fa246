/* What the protocol asks of the worker: the rows of worker_ops (zhiban/sync/ops.h says what each is
 * to do), by the file that has them.  ctx is the worker. */
#ifndef ZHIBAN_CLIENT_WORKER_OPS_PRIV_H
#define ZHIBAN_CLIENT_WORKER_OPS_PRIV_H

#include "worker_priv.h"

/* worker_page.c */
enum err op_page(void *ctx, const struct sync_page *page, struct sync_gap *ret_gaps,
		 size_t max_gaps, size_t *ret_n_gaps, struct error *err) MUST_CHECK;
enum err op_timeline(void *ctx, const struct uuid *id, const struct entry *entries, size_t n,
		     bool end, struct error *err) MUST_CHECK;

struct lines_tx { /* what was fetched of a timeline, or of the duty log */
	const struct uuid *id;
	const struct entry *entries;
	size_t n;
	bool end;
};
/* What a timeline shows of an entry: the act and its times, masked, as JSON. */
void worker_line_bytes(const struct entry *entry, struct str *out);

/* worker_log.c: ctx is a struct lines_tx of a part of the duty log (sync_log_id) */
enum err worker_write_log(struct store *cache, void *ctx, struct error *err) MUST_CHECK;

/* worker_marks.c */
enum err op_marks_waiting(void *ctx, struct str *out, size_t *ret_n, struct error *err) MUST_CHECK;
enum err op_marks_sent(void *ctx, const struct uuid *gone, size_t n, struct error *err) MUST_CHECK;
enum err op_marks_after(void *ctx, const char *epoch, int64_t *ret_after, struct error *err)
	MUST_CHECK;
enum err op_marks_came(void *ctx, const char *epoch, const struct marks *marks, int64_t next,
		       struct error *err) MUST_CHECK;

/* worker_heal.c */
enum err op_resend(void *ctx, int64_t from_n, struct error *err) MUST_CHECK;
enum err op_counters(void *ctx, int64_t *ret_given, int64_t *ret_answered, struct error *err)
	MUST_CHECK;
enum err op_agreed(void *ctx, const char *epoch, struct error *err) MUST_CHECK;
enum err op_renew(void *ctx, const struct session_answer *session, struct error *err) MUST_CHECK;
enum err op_digest(void *ctx, uint64_t ret_buckets[DIGEST_BUCKETS], struct error *err) MUST_CHECK;
enum err op_pairs(void *ctx, unsigned bucket, struct arena *arena, struct digest_pair **ret_pairs,
		  size_t *ret_n, struct error *err) MUST_CHECK;
enum err op_mend(void *ctx, const struct uuid *extra, size_t n, struct error *err) MUST_CHECK;
void op_compared(void *ctx);

/* worker_place.c: which address table is wanted */
void worker_places_wanted(void *ctx, char ret_hash[SHA256_HEX]);

#endif
