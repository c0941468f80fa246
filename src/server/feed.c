#include <config.h>

#include "mask_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/feed.h"

enum {
	PAGE_BYTES = 256 * 1024,
	PAGE_BYTES_MIN = 1024,
	PAGE_BYTES_MAX = 4 * 1024 * 1024,
	PAGE_ROWS = 4000
};

struct ack {
	int64_t seq;
	const char *bytes;
	size_t len;
};

struct page {
	struct call *call;
	int64_t org, since, head, max;
	struct db_feed *rows;
	size_t n_rows, cap_rows;
	struct ack *acks;
	size_t n_acks, cap_acks, next_ack;
	size_t items; /* written */
	int64_t next;
};

/* --- reading --------------------------------------------------------------------------------- */

/* Rows of at most PAGE_ROWS, but never a part of an entry's. */
static bool row_each(void *ctx, const struct db_feed *row)
{
	struct page *page = ctx;

	if (page->n_rows >= PAGE_ROWS && row->seq != page->rows[page->n_rows - 1].seq) {
		page->next = page->rows[page->n_rows - 1].seq;
		return false;
	}
	MEM_GROW(page->rows, page->n_rows, page->cap_rows);
	page->rows[page->n_rows++] = *row;
	return true;
}

static bool ack_each(void *ctx, const struct db_answer *row)
{
	struct page *page = ctx;

	MEM_GROW(page->acks, page->n_acks, page->cap_acks);
	page->acks[page->n_acks++] = (struct ack){
		row->seq, arena_strndup(&page->call->arena, row->bytes, row->len), row->len
	};
	return true; /* no more than rows: who acts sees what he did */
}

static enum err check_cursor(struct page *page, struct error *err)
{
	struct service *service = page->call->service;
	int64_t behind = 0;
	enum err code;

	if (page->since > page->head)
		return error_set(err, ERR_EPOCH, "%s", _(err_sentence(ERR_EPOCH)));
	if (page->head - page->since <= service->gone_after)
		return ERR_OK;
	code = service->db->feed_count(page->call->reader, page->org, page->since,
				       service->gone_after + 1, &behind, err);
	if (code == ERR_OK && behind > service->gone_after)
		code = error_set(err, ERR_GONE, "%s", _(err_sentence(ERR_GONE)));
	return code;
}

static enum err read_page(struct page *page, struct error *err)
{
	struct call *call = page->call;
	const struct db_ops *db = call->service->db;
	uint8_t hash[SHA256_LEN];
	enum err code = call_org(call, &page->org, err);

	if (code == ERR_OK)
		code = db->head(call->reader, &page->head, hash, err);
	if (code == ERR_OK)
		code = check_cursor(page, err);
	page->next = page->head;
	if (code == ERR_OK)
		code = db->feed_scan(call->reader, page->org, page->since, row_each, page, err);
	if (code == ERR_OK)
		code = db->answer_scan(call->reader, &call->session.console, page->since,
				       page->next, ack_each, page, err);
	return code;
}

/* --- writing --------------------------------------------------------------------------------- */

static enum err write_whole(struct page *page, const struct db_feed *row, struct arena *arena,
			    struct error *err)
{
	struct call *call = page->call;
	struct gaze gaze = gaze_of(call, arena);
	struct db_entity entity;
	struct bytes bytes;
	enum err code =
		call->service->db->entity_at(call->reader, row->eno, arena, &entity, err);

	if (code == ERR_OK)
		code = gaze_entity(&gaze, entity.bytes, entity.len, &bytes, err);
	if (code == ERR_OK) {
		feed_whole(&call->reply->body, bytes.s, bytes.len, row->seq);
		page->items++;
	}
	return code;
}

/* The entity is not the reader's any more: nothing of it but its id. */
static enum err write_drop(struct page *page, const struct db_feed *row, struct arena *arena,
			   struct error *err)
{
	struct call *call = page->call;
	struct db_entity entity;
	const struct kind_desc *kind;
	enum err code =
		call->service->db->entity_at(call->reader, row->eno, arena, &entity, err);

	if (code != ERR_OK)
		return code;
	kind = kind_find(entity.kind);
	if (kind == NULL)
		return error_set(err, ERR_CORRUPT, "%s", _(err_sentence(ERR_CORRUPT)));
	feed_drop(&call->reply->body, kind->kind, &entity.id);
	page->items++;
	return ERR_OK;
}

/* One entry's rows: the entry itself when all it touches was seen before or is new, else the
 * entities one by one. */
static enum err write_group(struct page *page, const struct db_feed *rows, size_t n,
			    struct error *err)
{
	struct call *call = page->call;
	struct arena arena = ARENA_INIT;
	struct gaze gaze = gaze_of(call, &arena);
	struct db_entry entry;
	struct bytes bytes;
	bool whole = false;
	enum err code =
		call->service->db->journal_get(call->reader, rows[0].seq, &arena, &entry, err);

	if (code == ERR_OK) {
		whole = (int64_t)n < entry.width;
		for (size_t i = 0; i < n; i++)
			whole = whole || rows[i].kind != FEED_ROW_ENTRY;
	}
	if (code == ERR_OK && !whole)
		code = gaze_entry(&gaze, entry.bytes, entry.len, &bytes, err);
	if (code == ERR_OK && !whole) {
		feed_entry(&call->reply->body, bytes.s, bytes.len, NULL);
		page->items++;
	}
	for (size_t i = 0; code == ERR_OK && whole && i < n; i++)
		code = rows[i].kind == FEED_ROW_DROP ? write_drop(page, &rows[i], &arena, err)
						     : write_whole(page, &rows[i], &arena, err);
	arena_release(&arena);
	return code;
}

static void write_acks(struct page *page, int64_t upto)
{
	for (; page->next_ack < page->n_acks && page->acks[page->next_ack].seq <= upto;
	     page->next_ack++) {
		const struct ack *ack = &page->acks[page->next_ack];

		feed_ack(&page->call->reply->body, ack->bytes, ack->len);
		page->items++;
	}
}

static enum err write_page(struct page *page, struct error *err)
{
	struct call *call = page->call;
	struct answer_head head = call_head(call);
	enum err code = ERR_OK;

	feed_begin(&call->reply->body);
	for (size_t i = 0, n; code == ERR_OK && i < page->n_rows; i += n) {
		int64_t seq = page->rows[i].seq;

		if (page->items > 0 && (int64_t)call->reply->body.len > page->max) {
			page->next = page->rows[i - 1].seq;
			break;
		}
		for (n = 1; i + n < page->n_rows && page->rows[i + n].seq == seq; n++)
			;
		write_acks(page, seq - 1);
		code = write_group(page, &page->rows[i], n, err);
		write_acks(page, seq);
	}
	write_acks(page, page->next);
	feed_end(&call->reply->body, &head, page->next, page->head);
	return code;
}

static void page_clear(struct page *page)
{
	free(page->rows);
	free(page->acks);
	page->rows = NULL;
	page->acks = NULL;
	page->n_rows = page->cap_rows = page->n_acks = page->cap_acks = 0;
}

/* --- parking --------------------------------------------------------------------------------- */

static bool wants_to_park(const struct page *page, int64_t wait)
{
	struct service *service = page->call->service;
	bool stopping;

	pthread_mutex_lock(&service->lock);
	stopping = service->stopping;
	pthread_mutex_unlock(&service->lock);
	return wait > 0 && !page->call->request->woken && !stopping && page->n_rows == 0 &&
	       page->n_acks == 0;
}

static bool park(const struct page *page, int64_t wait, uint64_t generation)
{
	struct call *call = page->call;
	int64_t spread = wait * 100; /* 10 % either way, so that not all come back at once */
	struct park parked = { .request = call->request,
			       .session = memo_key(call->session.token, SHA256_LEN),
			       .org = page->org };

	parked.deadline = service_ticks(call->service) + wait * 1000 - spread +
			  (int64_t)env_below(&call->service->env, (uint64_t)spread * 2 + 1);
	return park_add(call->service, &parked, generation);
}

static enum err check_epoch(const struct call *call, struct error *err)
{
	const char *epoch = call_arg(call, "epoch");

	if (epoch == NULL || strcmp(epoch, call->service->epoch) == 0)
		return ERR_OK;
	return error_set(err, ERR_EPOCH, "%s", _(err_sentence(ERR_EPOCH)));
}

enum err feed_get(struct call *call, struct error *err)
{
	struct page page = { .call = call };
	int64_t wait = 0;
	enum err code = check_epoch(call, err);

	if (code == ERR_OK)
		code = call_scope(call, err);
	if (code == ERR_OK)
		code = call_int(call, "since", 0, 0, INT64_MAX, &page.since, err);
	if (code == ERR_OK)
		code = call_int(call, "wait", 0, 0, 3600, &wait, err);
	if (code == ERR_OK)
		code = call_int(call, "max", PAGE_BYTES, PAGE_BYTES_MIN, PAGE_BYTES_MAX, &page.max,
				err);
	if (wait > PARK_MAX_S)
		wait = PARK_MAX_S;
	while (code == ERR_OK) {
		uint64_t generation = parks_generation(&call->service->parks);

		call_reader_end(call);
		code = read_page(&page, err);
		if (code != ERR_OK || !wants_to_park(&page, wait))
			break;
		call->parked = true; /* before: it may be woken at once */
		if (park(&page, wait, generation))
			break;
		call->parked = false;
		page_clear(&page);
	}
	if (code == ERR_OK && !call->parked)
		code = write_page(&page, err);
	page_clear(&page);
	return code;
}
