/* A list that stands still: the ids around the cursor as they stood when it was frozen, in their
 * order, however the rows move meanwhile.  What comes into reach at either end is taken from the
 * present state and then stays, too.  A filtered list needs none: its scan is kept. */
#include <config.h>

#include "zhiban/model/board.h"

#include <stdlib.h>
#include <string.h>

#include "board_priv.h"
#include "zhiban/base/mem.h"

enum { AROUND = 400, MORE = 200 };

static int64_t index_of(const struct still *still, const struct uuid *id)
{
	for (size_t i = 0; i < still->n; i++)
		if (uuid_eq(&still->ids[i], id))
			return (int64_t)i;
	return -1;
}

/* Puts the ids of a page that are not there yet before the others or behind them. */
static void take(struct still *still, const struct client_page *page, bool back)
{
	size_t n = 0;
	struct uuid *fresh = mem_alloc((page->n + 1) * sizeof *fresh);

	for (size_t i = 0; i < page->n; i++)
		if (index_of(still, &page->rows[i].incident->head.id) < 0)
			fresh[n++] = page->rows[i].incident->head.id;
	if (still->n + n > still->cap) {
		still->cap = 2 * (still->n + n);
		still->ids = mem_resize(still->ids, still->cap, sizeof *still->ids);
	}
	if (back && still->n)
		memmove(still->ids + n, still->ids, still->n * sizeof *still->ids);
	memcpy(still->ids + (back ? 0 : still->n), fresh, n * sizeof *fresh);
	still->n += n;
	free(fresh);
}

static enum err grow(struct board *board, enum page_dir dir, size_t n, struct error *err)
{
	struct still *still = &board->still;
	bool back = dir == PAGE_BEFORE;
	struct arena arena = ARENA_INIT;
	struct client_page page;
	enum err code = client_page(board->client, &board->by, back ? &still->head : &still->tail,
				    dir, n, &arena, &page, err);

	if (code == ERR_OK) {
		take(still, &page, back);
		if (page.n && back)
			still->head = page.rows[0].key;
		else if (page.n)
			still->tail = page.rows[page.n - 1].key;
		if (back)
			still->first = !page.more;
		else
			still->last = !page.more;
	}
	arena_release(&arena);
	return code;
}

void board_still_end(struct board *board)
{
	free(board->still.ids);
	board->still = (struct still){ .n = 0 };
}

void board_still_begin(struct board *board, const struct uuid *at)
{
	struct still *still = &board->still;
	struct row_key key = { .set = false };

	board_still_end(board);
	if (board->scan)
		return;
	if (at && client_key(board->client, &board->by, at, &key, NULL) != ERR_OK)
		key.set = false;
	still->head = still->tail = key;
	still->first = !key.set;
	if (grow(board, PAGE_FROM, AROUND, NULL) != ERR_OK ||
	    (key.set && grow(board, PAGE_BEFORE, AROUND, NULL) != ERR_OK))
		board_still_end(board); /* then it moves; a failing disk has told its own story */
}

bool board_still_has(const struct board *board, const struct uuid *id)
{
	return board->frozen && !board->scan && index_of(&board->still, id) >= 0;
}

/* Rows that have gone meanwhile are left out. */
static enum err rows_of(struct board *board, size_t from, size_t to, struct arena *arena,
			struct board_page *page, struct error *err)
{
	page->rows = arena_array(arena, to - from + 1, sizeof *page->rows);
	for (size_t i = from; i < to; i++) {
		enum err code = client_row_get(board->client, &board->by, &board->still.ids[i],
					       arena, &page->rows[page->n], err);

		if (code == ERR_OK)
			page->n++;
		else if (code != ERR_NOT_FOUND)
			return code;
	}
	return ERR_OK;
}

enum err board_still_page(struct board *board, const struct uuid *anchor, size_t before, size_t n,
			  struct arena *arena, struct board_page *page, struct error *err)
{
	struct still *still = &board->still;
	size_t at = (size_t)index_of(still, anchor), from, to;
	enum err code = ERR_OK;

	if (at < before && !still->first) {
		code = grow(board, PAGE_BEFORE, before - at + MORE, err);
		at = (size_t)index_of(still, anchor);
	}
	from = at > before ? at - before : 0;
	if (code == ERR_OK && from + n > still->n && !still->last)
		code = grow(board, PAGE_AFTER, from + n - still->n + MORE, err);
	if (code != ERR_OK)
		return code;
	to = from + n < still->n ? from + n : still->n;
	page->first = from == 0 && still->first;
	page->last = to == still->n && still->last;
	return rows_of(board, from, to, arena, page, err);
}
