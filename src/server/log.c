/* POST /v1/log: the duty log of the past, as far as the reader's organisation may see it: entries
 * of acts that the profile's log shows by itself, and those on records.  They are found in his
 * feed, so that nothing stands in it that he was not told. */
#include <config.h>

#include "mask_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/record.h"
#include "zhiban/wire/entry.h"
#include "zhiban/wire/feed.h"

enum {
	LOG_BYTES = 256 * 1024, /* of an answer, about */
	LOG_MOST = 1000,	/* entries of an answer */
	LOG_LOOKS = 8000,	/* entries of his feed looked at for one answer */
};

struct log {
	struct call *call;
	struct log_ask ask;
	int64_t org, after;
	struct log_group { /* rows of one entry in his feed */
		int64_t seq, n;
		bool dropped;
	} group;
	int64_t looked, shown, next; /* next: the last seq that was looked at */
	bool cut;
	struct arena arena; /* of one entry */
	enum err code;
	struct error err;
};

/* --- where it begins --------------------------------------------------------------------------- */

static enum err recv_of(struct log *log, int64_t seq, int64_t *ret_recv, struct error *err)
{
	struct call *call = log->call;
	struct db_entry row;
	struct entry entry;
	enum err code;

	arena_reset(&log->arena);
	code = call->service->db->journal_get(call->reader, seq, &log->arena, &row, err);
	if (code == ERR_OK)
		code = entry_decode(row.bytes, row.len, &log->arena, &entry, err);
	if (code == ERR_OK)
		*ret_recv = entry.recv;
	return code;
}

/* The journal is in the order of its times but for what a clock was set back: an hour is let for
 * that. */
static enum err find_start(struct log *log, struct error *err)
{
	struct call *call = log->call;
	uint8_t hash[SHA256_LEN];
	int64_t low = 0, high, recv = 0;
	enum err code = call->service->db->head(call->reader, &high, hash, err);

	while (code == ERR_OK && log->ask.from != 0 && low < high) {
		int64_t middle = low + (high - low) / 2 + 1;

		code = recv_of(log, middle, &recv, err);
		if (code == ERR_OK && recv < log->ask.from - HOUR_MS)
			low = middle;
		else
			high = middle - 1;
	}
	log->after = low > log->ask.after ? low : log->ask.after;
	log->next = log->after;
	return code;
}

/* --- one entry --------------------------------------------------------------------------------- */

static bool is_logged(const struct log *log, const struct entry *entry)
{
	const struct rules *rules = log->call->rules;
	const char *by = entry->act.actor.org;

	if (entry->recv < log->ask.from || (log->ask.to != 0 && entry->recv >= log->ask.to))
		return false;
	if (entry->act.target.kind != KIND_RECORD && rules_logged(rules, entry->act.desc) == NULL)
		return false;
	return log->ask.org == NULL || str_eq(by, log->ask.org) ||
	       rules_org_within(rules, by, log->ask.org);
}

static enum err show(struct log *log, const struct db_entry *row, struct error *err)
{
	struct gaze gaze = gaze_of(log->call, &log->arena);
	struct bytes bytes;
	enum err code = gaze_entry(&gaze, row->bytes, row->len, &bytes, err);

	if (code != ERR_OK)
		return code;
	timeline_entry(&log->call->reply->body, bytes.s, bytes.len, NULL);
	log->shown++;
	return ERR_OK;
}

/* An entry whose rows are all there: shown if all that it touches is seen. */
static enum err end_group(struct log *log, bool *ret_behind, struct error *err)
{
	struct call *call = log->call;
	struct db_entry row;
	struct entry entry;
	enum err code;

	arena_reset(&log->arena);
	code = call->service->db->journal_get(call->reader, log->group.seq, &log->arena, &row, err);
	if (code == ERR_OK)
		code = entry_decode(row.bytes, row.len, &log->arena, &entry, err);
	if (code != ERR_OK)
		return code;
	*ret_behind = log->ask.to != 0 && entry.recv >= log->ask.to + HOUR_MS;
	log->looked++;
	if (!log->group.dropped && log->group.n >= row.width && is_logged(log, &entry))
		code = show(log, &row, err);
	log->next = log->group.seq;
	return code;
}

static bool is_full(const struct log *log)
{
	return log->shown >= log->ask.most || log->looked >= LOG_LOOKS ||
	       log->call->reply->body.len > LOG_BYTES;
}

static bool row_each(void *ctx, const struct db_feed *row)
{
	struct log *log = ctx;
	bool behind = false;

	if (log->group.seq != 0 && log->group.seq != row->seq) {
		log->code = end_group(log, &behind, &log->err);
		log->group.seq = 0;
		log->cut = !behind && is_full(log);
		if (log->code != ERR_OK || behind || log->cut)
			return false;
	}
	if (log->group.seq == 0)
		log->group = (struct log_group){ .seq = row->seq };
	log->group.n++;
	log->group.dropped = log->group.dropped || row->kind == FEED_ROW_DROP;
	return true;
}

/* --- the request ------------------------------------------------------------------------------- */

static enum err read_ask(struct log *log, struct error *err)
{
	struct call *call = log->call;
	enum err code = log_ask_decode(call->request->body, call->request->body_len, &call->arena,
				       &log->ask, err);

	if (code != ERR_OK)
		return code;
	if (log->ask.org != NULL && rules_org(call->rules, log->ask.org) == NULL)
		return error_set(err, ERR_INPUT, _("%.60s is no organisation"), log->ask.org);
	if (log->ask.from < 0 || log->ask.to < 0 || log->ask.after < 0 || log->ask.most < 0 ||
	    log->ask.from > INT64_MAX / 2 || log->ask.to > INT64_MAX / 2)
		return error_set(err, ERR_INPUT, "%s", _("the log is asked for with moments"));
	if (log->ask.most == 0 || log->ask.most > LOG_MOST)
		log->ask.most = LOG_MOST;
	return ERR_OK;
}

static enum err scan(struct log *log, struct error *err)
{
	struct call *call = log->call;
	bool behind;
	enum err code = find_start(log, err);

	if (code == ERR_OK && log->org != 0)
		code = call->service->db->feed_scan(call->reader, log->org, log->after, row_each,
						    log, err);
	if (code == ERR_OK && log->code == ERR_OK && !log->cut && log->group.seq != 0)
		log->code = end_group(log, &behind, &log->err);
	if (code == ERR_OK && log->code != ERR_OK)
		code = error_set(err, log->code, "%s", log->err.text);
	return code;
}

enum err log_post(struct call *call, struct error *err)
{
	struct log log = { .call = call, .arena = ARENA_INIT };
	struct answer_head head = call_head(call);
	enum err code = read_ask(&log, err);

	if (code == ERR_OK)
		code = call_org(call, &log.org, err);
	timeline_begin(&call->reply->body);
	if (code == ERR_OK)
		code = scan(&log, err);
	log_end(&call->reply->body, &head, !log.cut, log.next);
	arena_release(&log.arena);
	return code;
}
