#include <config.h>

#include "zhiban/model/board.h"

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static bool place_of(const struct id_set *set, const struct uuid *id, size_t *ret_at)
{
	size_t low = 0, high = set->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = uuid_cmp(&set->ids[mid], id);

		if (cmp == 0) {
			*ret_at = mid;
			return true;
		}
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*ret_at = low;
	return false;
}

bool id_set_has(const struct id_set *set, const struct uuid *id)
{
	size_t at;

	return place_of(set, id, &at);
}

bool id_set_add(struct id_set *set, const struct uuid *id)
{
	size_t at;

	if (place_of(set, id, &at))
		return false;
	if (set->n == ARRAY_LEN(set->ids)) {
		set->full = true;
		return false;
	}
	memmove(&set->ids[at + 1], &set->ids[at], (set->n - at) * sizeof *set->ids);
	set->ids[at] = *id;
	set->n++;
	return true;
}

bool id_set_remove(struct id_set *set, const struct uuid *id)
{
	size_t at;

	if (!place_of(set, id, &at))
		return false;
	set->n--;
	memmove(&set->ids[at], &set->ids[at + 1], (set->n - at) * sizeof *set->ids);
	return true;
}

bool board_is_own(const struct board *board, const struct uuid *id)
{
	for (size_t i = 0; i < BOARD_OWN_MAX; i++)
		if (uuid_eq(&board->own[i], id))
			return true;
	return false;
}

static void mark(struct board *board, const struct uuid *id)
{
	if (!board_is_own(board, id))
		id_set_add(&board->changed, id);
}

/* Whether a filtered list lets it through; one that it no longer lets through is not looked for. */
static bool passes(struct board *board, const struct uuid *id)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	bool fits;

	if (!board->filter)
		return true;
	fits = client_get(board->client, id, &arena, &incident, NULL) == ERR_OK &&
	       filter_match(board->filter, incident, &board->ctx);
	arena_release(&arena);
	return fits;
}

/* While the list stands still: what it does not show yet. */
static void wait_for(struct board *board, const struct client_change *change)
{
	static const struct client_order by_due = { NULL, false, false };

	for (size_t i = 0; i < change->n; i++) {
		struct row_key key;

		if (id_set_has(&board->waiting, &change->ids[i]) ||
		    client_key(board->client, &by_due, &change->ids[i], &key, NULL) != ERR_OK ||
		    !passes(board, &change->ids[i]))
			continue;
		if (id_set_add(&board->waiting, &change->ids[i]))
			board->fresh += key.tie > board->frozen_at;
	}
	board->waiting.full = board->waiting.full || change->any;
}

bool board_has_all(const struct board *board)
{
	struct client_link link;

	client_link(board->client, &link);
	return link.data_at != 0 && link.left == 0;
}

bool board_changed(struct board *board, const struct client_change *change)
{
	if (change->bits & (CHANGE_RULES | CHANGE_ACTOR))
		board_refilter(board);
	if (change->bits & ~(unsigned)CHANGE_LINK)
		board->recount = true;
	if (!(change->bits & (CHANGE_DATA | CHANGE_OUTBOX | CHANGE_RULES)))
		return false;
	/* What comes with the first snapshot is not news. */
	for (size_t i = 0; i < change->n && board->whole; i++)
		mark(board, &change->ids[i]);
	board->whole = board_has_all(board);
	board->stale = true;
	board_forget_groups(board);
	if (board->frozen) {
		wait_for(board, change);
		return false;
	}
	return board->scan == NULL;
}

void board_minute(struct board *board)
{
	board_forget_groups(board);
	board->recount = true;
	board->stale = true;
}

void board_own(struct board *board, const struct uuid *id)
{
	if (board_is_own(board, id))
		return;
	board->own[board->own_at] = *id;
	board->own_at = (board->own_at + 1) % BOARD_OWN_MAX;
}

bool board_is_changed(const struct board *board, const struct uuid *id)
{
	return id_set_has(&board->changed, id);
}

void board_all_seen(struct board *board)
{
	board->changed.n = 0;
	board->changed.full = false;
}

bool board_seen(struct board *board, const struct uuid *id)
{
	return id_set_remove(&board->changed, id);
}

size_t board_changes(const struct board *board)
{
	return board->changed.n;
}

void board_freeze(struct board *board, bool frozen, const struct uuid *at)
{
	board->frozen = frozen;
	if (frozen)
		board_still_begin(board, at);
	else
		board_still_end(board);
	board->frozen_at = client_newest(board->client);
	board->waiting.n = board->fresh = 0;
	board->waiting.full = false;
}

bool board_is_frozen(const struct board *board)
{
	return board->frozen;
}

struct board_waiting board_waiting(const struct board *board)
{
	return (struct board_waiting){ .fresh = board->fresh,
				       .changed = board->waiting.n - board->fresh,
				       .more = board->waiting.full };
}

/* ---- work in idle time ---- */

enum { SLICE = 300, WINDOW = 200, DUE_MOST = 10000 };

static int64_t next_due(struct board *board, int64_t now, struct uuid *ret_id)
{
	static const struct client_order by_due = { NULL, false };
	struct arena arena = ARENA_INIT;
	struct client_page page;
	struct row_key key;
	int64_t due = 0;

	row_key_due(now, &key);
	if (client_page(board->client, &by_due, &key, PAGE_AFTER, 1, &arena, &page, NULL) ==
		    ERR_OK && page.n && page.rows[0].incident->open) {
		due = page.rows[0].incident->due;
		*ret_id = page.rows[0].incident->head.id;
	}
	arena_release(&arena);
	return due;
}

const struct board_count *board_count(const struct board *board)
{
	return &board->count;
}

static unsigned recount(struct board *board)
{
	struct board_count before = board->count, *count = &board->count;
	struct client_counts counts;
	int64_t now = client_now(board->client), until = 0;

	board->recount = false;
	if (client_counts(board->client, &counts, NULL) != ERR_OK)
		return BOARD_IDLE;
	count->total = counts.total;
	count->open = counts.open;
	count->mine = counts.mine;
	if (client_count_due(board->client, now, DUE_MOST, &count->overdue, NULL) != ERR_OK)
		count->overdue = 0;
	if (client_count_due(board->client, now + HOUR_MS, DUE_MOST, &until, NULL) == ERR_OK)
		count->soon = until - count->overdue;
	count->next_due = next_due(board, now, &count->next);
	if (!board->scan) {
		count->shown = board->by.open_only ? counts.open : counts.total;
		count->more = false;
	}
	return memcmp(&before, count, sizeof before) ? BOARD_COUNTS : BOARD_IDLE;
}

static unsigned scan_step(struct board *board, struct client_scan *scan)
{
	size_t before = client_scan_found(scan);

	if (client_scan_step(scan, SLICE, NULL) != ERR_OK)
		return BOARD_IDLE;
	board->count.shown = (int64_t)client_scan_found(scan);
	board->count.more = !client_scan_done(scan);
	if (client_scan_done(scan)) {
		int64_t now = env_now(client_env(board->client));

		board->rest_till = now + (now - board->began);
		return BOARD_MORE | BOARD_ROWS | BOARD_COUNTS;
	}
	return BOARD_MORE | BOARD_COUNTS |
	       (before < WINDOW && client_scan_found(scan) > before ? BOARD_ROWS : 0);
}

/* A newer scan runs beside the one that is shown, and takes its place when it is whole. */
static unsigned rescan(struct board *board)
{
	if (!board->next && board_scan(board, &board->next, NULL) != ERR_OK)
		return BOARD_IDLE;
	if (client_scan_step(board->next, SLICE, NULL) != ERR_OK) {
		client_scan_free(board->next);
		board->next = NULL;
		return BOARD_IDLE;
	}
	if (!client_scan_done(board->next))
		return BOARD_MORE;
	client_scan_free(board->scan);
	board->scan = board->next;
	board->next = NULL;
	board->count.shown = (int64_t)client_scan_found(board->scan);
	int64_t now = env_now(client_env(board->client));
	board->rest_till = now + (now - board->began);
	return BOARD_MORE | BOARD_ROWS | BOARD_COUNTS;
}

unsigned board_step(struct board *board)
{
	unsigned work = BOARD_IDLE;

	if (board->recount)
		work |= recount(board);
	if (board->scan && !client_scan_done(board->scan))
		return work | scan_step(board, board->scan);
	if (board->scan && !board->frozen &&
	    (board->next ||
	     (board->stale && board_next(board) <= env_now(client_env(board->client)))))
		return work | rescan(board);
	return work;
}

int64_t board_next(const struct board *board)
{
	if (board->recount || board->next)
		return 0;
	if (board->scan && !client_scan_done(board->scan))
		return 0;
	if (board->scan && board->stale && !board->frozen)
		return board->rest_till;
	return INT64_MAX;
}
