/* The next row that changed: found by where the changed ones stand, not by reading the list. */
#include <config.h>

#include "zhiban/model/board.h"

#include "board_priv.h"
#include "zhiban/store/page.h"

/* Beyond so many one is near: rows are read on from the cursor instead. */
enum { LOOKED_UP = 400, READ_ON = 2000, READ_PAGE = 200 };

static bool by_scan(struct board *board, const struct uuid *at, struct uuid *ret_id)
{
	size_t n = client_scan_found(board->scan);
	int64_t index = client_scan_index(board->scan, at);
	size_t from = index < 0 ? 0 : (size_t)index + 1;

	for (size_t i = 0; i < n; i++) {
		const struct uuid *id = client_scan_id(board->scan, (from + i) % n);

		if (board_is_changed(board, id) && !uuid_eq(id, at)) {
			*ret_id = *id;
			return true;
		}
	}
	return false;
}

static bool by_keys(struct board *board, const struct uuid *at, const struct row_key *from,
		    struct uuid *ret_id)
{
	struct row_key first = { .set = false }, next = { .set = false };
	struct uuid first_id, next_id;

	for (size_t i = 0; i < board->changed.n; i++) {
		const struct uuid *id = &board->changed.ids[i];
		struct row_key key;

		if (uuid_eq(id, at) ||
		    client_key(board->client, &board->by, id, &key, NULL) != ERR_OK ||
		    (board->by.open_only && key.a == BOARD_CLOSED))
			continue;
		if (!first.set || row_key_cmp(&board->by, &key, &first) < 0) {
			first = key;
			first_id = *id;
		}
		if (row_key_cmp(&board->by, &key, from) > 0 &&
		    (!next.set || row_key_cmp(&board->by, &key, &next) < 0)) {
			next = key;
			next_id = *id;
		}
	}
	if (next.set)
		*ret_id = next_id;
	else if (first.set)
		*ret_id = first_id;
	return next.set || first.set;
}

static bool by_reading(struct board *board, struct row_key key, struct uuid *ret_id)
{
	struct arena arena = ARENA_INIT;
	struct client_page page = { .more = true };
	bool found = false;

	for (int read = 0; read < READ_ON && page.more && !found; read += READ_PAGE) {
		arena_reset(&arena);
		if (client_page(board->client, &board->by, &key, PAGE_AFTER, READ_PAGE, &arena,
				&page, NULL) != ERR_OK || !page.n)
			break;
		for (size_t i = 0; i < page.n && !found; i++) {
			*ret_id = page.rows[i].incident->head.id;
			found = board_is_changed(board, ret_id);
		}
		key = page.rows[page.n - 1].key;
	}
	arena_release(&arena);
	return found;
}

bool board_next_changed(struct board *board, const struct uuid *at, struct uuid *ret_id)
{
	struct row_key key;
	struct uuid id;
	bool found;

	if (board->scan)
		return by_scan(board, at, ret_id);
	if (client_key(board->client, &board->by, at, &key, NULL) != ERR_OK)
		return false;
	found = board->changed.n <= LOOKED_UP ? by_keys(board, at, &key, &id) :
						by_reading(board, key, &id);
	if (found)
		*ret_id = id;
	return found;
}
