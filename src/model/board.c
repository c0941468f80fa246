#include <config.h>

#include "zhiban/model/board.h"

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct board_order orders[] = {
	{ "due", N_("by time left"), NULL, false },
	{ "newest", N_("newest first"), "registered_at", true },
	{ "move", N_("latest move first"), "moved_at", true },
	{ "urgency", N_("by urgency"), "urgency", false },
	{ "number", N_("by number"), "number", false },
	{ "street", N_("by street"), "street", false },
	{ "holder", N_("by holder"), "holder", false },
	{ "step", N_("by step"), "step", false },
	{ "closed", N_("latest closed first"), "closed_at", true },
	{ "reported", N_("latest reported first"), "reported_at", true },
};

size_t board_order_count(void)
{
	return ARRAY_LEN(orders);
}

const struct board_order *board_order_at(size_t i)
{
	return &orders[i];
}

bool board_order_find(const char *name, size_t *ret_order, bool *ret_turned)
{
	bool turned = *name == '-';

	name += turned;
	for (size_t i = 0; i < ARRAY_LEN(orders); i++)
		if (strcmp(orders[i].name, name) == 0 || str_eq(orders[i].field, name)) {
			*ret_order = i;
			*ret_turned = turned && orders[i].field;
			return true;
		}
	return false;
}

struct board *board_new(struct client *client)
{
	struct board *board = mem_alloc(sizeof *board);

	board->client = client;
	board->recount = true;
	board->whole = board_has_all(board);
	return board;
}

void board_drop_scans(struct board *board)
{
	client_scan_free(board->scan);
	client_scan_free(board->next);
	board->scan = NULL;
	board->next = NULL;
	board->rest_till = 0;
}

void board_free(struct board *board)
{
	if (!board)
		return;
	board_drop_scans(board);
	board_still_end(board);
	arena_release(&board->arena);
	arena_release(&board->counted_words);
	str_release(&board->text);
	free(board);
}

enum err board_scan(struct board *board, struct client_scan **ret_scan, struct error *err)
{
	board->ctx.now = client_now(board->client);
	board->began = env_now(client_env(board->client));
	board->stale = false;
	return client_scan_new(board->client, &board->by, board->filter, &board->ctx, ret_scan,
			       err);
}

/* The first hits at once: what an officer types is answered in the same moment. */
static void scan_begin(struct board *board)
{
	enum { FIRST_LOOK = 300 };

	board_drop_scans(board);
	if (board->frozen && !board->filter)
		board_still_begin(board, NULL);
	board->recount = true;
	board->count.shown = board->filter	  ? 0 :
			     board->by.open_only ? board->count.open :
						   board->count.total;
	board->count.more = board->filter != NULL;
	if (!board->filter || board_scan(board, &board->scan, NULL) != ERR_OK)
		return;
	if (client_scan_step(board->scan, FIRST_LOOK, NULL) != ERR_OK)
		board->stale = true;
	board->count.shown = (int64_t)client_scan_found(board->scan);
	board->count.more = !client_scan_done(board->scan);
}

enum err board_set_filter(struct board *board, const char *text, struct filter_error *ret_error)
{
	struct filter_ctx ctx = client_filter_ctx(board->client);
	struct arena arena = ARENA_INIT;
	struct filter *filter = NULL;
	enum err code;

	/* What is there already is not looked for again. */
	if (text != board->text.s && board->scan && strcmp(text, board_filter(board)) == 0)
		return ERR_OK;
	code = filter_parse(text, &ctx, &arena, &filter, ret_error);
	if (code != ERR_OK) {
		arena_release(&arena);
		return code;
	}
	board_drop_scans(board);
	arena_release(&board->arena);
	board->arena = arena;
	board->ctx = ctx;
	board->filter = filter_is_all(filter) ? NULL : filter;
	board->by.open_only = board->group && !board->filter;
	if (text != board->text.s) {
		str_clear(&board->text);
		str_add(&board->text, text);
	}
	scan_begin(board);
	board->recount = true;
	return ERR_OK;
}

void board_refilter(struct board *board)
{
	struct filter_error error;

	if (board->filter && board_set_filter(board, board->text.s, &error) != ERR_OK) {
		str_clear(&board->text);
		board->filter = NULL;
		board_settle_order(board);
	}
}

bool board_lets(const struct board *board, const struct incident *incident)
{
	return !board->filter || filter_match(board->filter, incident, &board->ctx);
}

const char *board_filter(const struct board *board)
{
	return str_get(&board->text);
}

void board_settle_order(struct board *board)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct board_order *order = &orders[board->order];
	const struct field *grouped = board_group_field(board);

	board->by = (struct client_order){
		.field = grouped	? grouped :
			 order->field ? field_find(kind->fields, kind->n_fields, order->field) :
					NULL,
		.descending = !grouped && order->descending != board->turned,
		.open_only = grouped && !board->filter,
	};
	board_forget_groups(board);
	scan_begin(board);
}

void board_set_order(struct board *board, size_t order)
{
	board->order = order < ARRAY_LEN(orders) ? order : 0;
	board->turned = false;
	board_settle_order(board);
}

void board_turn(struct board *board, bool turned)
{
	board->turned = turned && orders[board->order].field;
	board_settle_order(board);
}

bool board_is_turned(const struct board *board)
{
	return board->turned;
}

size_t board_order(const struct board *board)
{
	return board->order;
}

static enum err page_at(struct board *board, const struct uuid *anchor, size_t before, size_t n,
			struct arena *arena, struct board_page *page, struct error *err)
{
	struct client_page above, below;
	struct row_key key;
	enum err code = client_key(board->client, &board->by, anchor, &key, err);

	if (code == ERR_OK)
		code = client_page(board->client, &board->by, &key, PAGE_BEFORE,
				   before ? before : 1, arena, &above, err);
	if (code != ERR_OK)
		return code;
	page->first = before ? !above.more : above.n == 0;
	if (!before)
		above.n = 0;
	code = client_page(board->client, &board->by, &key, PAGE_FROM,
			   n > above.n ? n - above.n : 1, arena, &below, err);
	if (code != ERR_OK)
		return code;
	page->n = above.n + below.n;
	page->rows = arena_array(arena, page->n + 1, sizeof *page->rows);
	if (above.n)
		memcpy(page->rows, above.rows, above.n * sizeof *page->rows);
	if (below.n)
		memcpy(page->rows + above.n, below.rows, below.n * sizeof *page->rows);
	page->last = !below.more;
	return ERR_OK;
}

static enum err page_end(struct board *board, enum board_from from, size_t n, struct arena *arena,
			 struct board_page *page, struct error *err)
{
	struct client_page got;
	enum err code = client_page(board->client, &board->by, NULL,
				    from == BOARD_FIRST ? PAGE_FROM : PAGE_BEFORE, n, arena, &got,
				    err);

	if (code != ERR_OK)
		return code;
	page->rows = got.rows;
	page->n = got.n;
	page->first = from == BOARD_FIRST || !got.more;
	page->last = from == BOARD_LAST || !got.more;
	return ERR_OK;
}

static enum err page_scan(struct board *board, enum board_from from, const struct uuid *anchor,
			  size_t before, size_t n, struct arena *arena, struct board_page *page,
			  struct error *err)
{
	size_t found = client_scan_found(board->scan), start = 0;
	struct client_page got;
	enum err code;

	if (from == BOARD_LAST)
		start = found > n ? found - n : 0;
	if (from == BOARD_AT) {
		int64_t at = client_scan_index(board->scan, anchor);

		if (at < 0)
			return error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
		start = (size_t)at > before ? (size_t)at - before : 0;
	}
	code = client_scan_rows(board->scan, start, n, arena, &got, err);
	if (code != ERR_OK)
		return code;
	page->rows = got.rows;
	page->n = got.n;
	page->first = start == 0;
	page->last = start + n >= found;
	return ERR_OK;
}

enum err board_fetch(struct board *board, enum board_from from, const struct uuid *anchor,
		     size_t before, size_t n, struct arena *arena, struct board_page *ret_page,
		     struct error *err)
{
	struct board_page page = { 0 };
	enum err code;

	if (from == BOARD_AT && board_still_has(board, anchor))
		code = board_still_page(board, anchor, before, n, arena, &page, err);
	else if (board->scan)
		code = page_scan(board, from, anchor, before, n, arena, &page, err);
	else if (from == BOARD_AT)
		code = page_at(board, anchor, before, n, arena, &page, err);
	else
		code = page_end(board, from, n, arena, &page, err);
	if (code == ERR_OK)
		*ret_page = page;
	return code;
}
