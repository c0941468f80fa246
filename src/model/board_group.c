/* Grouping of the board: which groups there are, how many rows each has, where it begins. */
#include <config.h>

#include "zhiban/model/board.h"

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct board_group groups[] = {
	{ "none", N_("not grouped"), NULL },
	{ "step", N_("by step"), "step" },
	{ "dept", N_("by department"), "holder" },
	{ "street", N_("by street"), "street" },
};

size_t board_group_count(void)
{
	return ARRAY_LEN(groups);
}

const struct board_group *board_group_at(size_t i)
{
	return &groups[i];
}

bool board_group_find(const char *name, size_t *ret_group)
{
	for (size_t i = 0; i < ARRAY_LEN(groups); i++)
		if (strcmp(groups[i].name, name) == 0 || str_eq(groups[i].field, name)) {
			*ret_group = i;
			return true;
		}
	return false;
}

const struct field *board_group_field(const struct board *board)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const char *name = groups[board->group].field;

	return name ? field_find(kind->fields, kind->n_fields, name) : NULL;
}

void board_set_group(struct board *board, size_t group)
{
	board->group = group < ARRAY_LEN(groups) ? group : 0;
	board_settle_order(board);
}

size_t board_group(const struct board *board)
{
	return board->group;
}

bool board_open_only(const struct board *board)
{
	return board->by.open_only;
}

bool board_same_group(const struct board *board, const struct incident *a, const struct incident *b)
{
	return value_eq(field_get(board->by.field, a), field_get(board->by.field, b));
}

/* ---- how many ---- */

void board_forget_groups(struct board *board)
{
	board->n_counted = 0;
	arena_reset(&board->counted_words);
}

/* How many a value has, without a filter: kept until something changes. */
static struct board_heading count_of(struct board *board, struct value value)
{
	struct board_heading heading = { .value = value };
	struct client_group count;

	for (size_t i = 0; i < board->n_counted; i++)
		if (value_eq(board->counted[i].value, value))
			return board->counted[i];
	if (client_count_group(board->client, board->by.field, value, BOARD_GROUP_MOST, &count,
			       NULL) != ERR_OK)
		return heading;
	heading.n = count.n;
	heading.overdue = count.overdue;
	heading.more = count.n >= BOARD_GROUP_MOST;
	if (board->n_counted == ARRAY_LEN(board->counted))
		board_forget_groups(board);
	if (value.is_text && value.text)
		heading.value.text = arena_strdup(&board->counted_words, value.text);
	board->counted[board->n_counted++] = heading;
	heading.value = value;
	return heading;
}

void board_heading(struct board *board, const struct incident *incident,
		   struct board_heading *ret_heading)
{
	struct value value = field_get(board->by.field, incident);
	struct client_group count;

	if (!board->scan) {
		*ret_heading = count_of(board, value);
		ret_heading->value = value;
		return;
	}
	count = client_scan_group(board->scan, value);
	*ret_heading = (struct board_heading){ .value = value, .n = count.n,
					       .overdue = count.overdue,
					       .more = !client_scan_done(board->scan) };
}

/* ---- all of them ---- */

static enum err groups_of_scan(struct board *board, struct arena *arena,
			       struct board_place *places, size_t most, size_t *n,
			       struct error *err)
{
	size_t at = 0, begin;
	const struct uuid *id;

	while (*n < most && (id = client_scan_id(board->scan, at)) != NULL) {
		struct client_row row;
		enum err code = client_row_get(board->client, &board->by, id, arena, &row, err);

		if (code != ERR_OK && code != ERR_NOT_FOUND)
			return code;
		if (code == ERR_OK) {
			places[*n].first = *id;
			board_heading(board, row.incident, &places[(*n)++].heading);
		}
		client_scan_span(board->scan, at, &begin, &at);
	}
	return ERR_OK;
}

/* The first row of a value: the one behind the edge before it, if it has that value. */
static bool first_of(struct board *board, struct value value, struct uuid *ret_id)
{
	struct arena arena = ARENA_INIT;
	struct client_page page;
	struct row_key key;
	bool found;

	client_group_key(board->client, &board->by, value, &key);
	found = client_page(board->client, &board->by, &key, PAGE_AFTER, 1, &arena, &page, NULL) ==
			ERR_OK &&
		page.n && value_eq(field_get(board->by.field, page.rows[0].incident), value);
	if (found)
		*ret_id = page.rows[0].incident->head.id;
	arena_release(&arena);
	return found;
}

enum err board_groups(struct board *board, struct arena *arena, struct board_place **ret_groups,
		      size_t *ret_n, struct error *err)
{
	enum { MOST = 500 };
	const struct field *field = board_group_field(board);
	struct board_place *places = arena_array(arena, MOST, sizeof *places);
	const struct value *values;
	size_t n = 0, n_values = 0;
	enum err code = ERR_OK;

	if (field && board->scan)
		code = groups_of_scan(board, arena, places, MOST, &n, err);
	else if (field)
		code = client_groups(board->client, field, &values, &n_values, err);
	for (size_t i = 0; field && !board->scan && code == ERR_OK && i <= n_values; i++) {
		struct value value = { .is_text = field_is_text(field) }; /* those without one */

		if (i < n_values)
			value = values[i];
		if (n == MOST || !first_of(board, value, &places[n].first))
			continue;
		if (value.is_text && value.text)
			value.text = arena_strdup(arena, value.text);
		places[n].heading = count_of(board, value);
		places[n++].heading.value = value;
	}
	if (code != ERR_OK)
		return code;
	*ret_groups = places;
	*ret_n = n;
	return ERR_OK;
}

/* ---- from group to group ---- */

static bool first_behind(struct board *board, const struct row_key *key, enum page_dir dir,
			 struct uuid *ret_id, struct row_key *ret_key)
{
	struct arena arena = ARENA_INIT;
	struct client_page page;
	bool found = client_page(board->client, &board->by, key, dir, 1, &arena, &page, NULL) ==
			     ERR_OK && page.n;

	if (found) {
		*ret_id = page.rows[0].incident->head.id;
		*ret_key = page.rows[0].key;
	}
	arena_release(&arena);
	return found;
}

/* The edge of the group that a key stands in. */
static void to_edge(struct row_key *key, bool behind)
{
	key->a = key->b = key->tie = behind ? INT64_MAX : INT64_MIN;
}

static bool edge_by_index(struct board *board, const struct uuid *at, bool next,
			  struct uuid *ret_id)
{
	struct row_key key;
	struct uuid first;

	if (client_key(board->client, &board->by, at, &key, NULL) != ERR_OK)
		return false;
	to_edge(&key, next);
	if (next)
		return first_behind(board, &key, PAGE_AFTER, ret_id, &key);
	/* From within a group to its own beginning first. */
	if (first_behind(board, &key, PAGE_AFTER, &first, &key) && !uuid_eq(&first, at)) {
		*ret_id = first;
		return true;
	}
	to_edge(&key, false);
	if (!first_behind(board, &key, PAGE_BEFORE, &first, &key))
		return false;
	to_edge(&key, false);
	return first_behind(board, &key, PAGE_AFTER, ret_id, &key);
}

static bool edge_of_scan(struct board *board, const struct uuid *at, bool next,
			 struct uuid *ret_id)
{
	int64_t index = client_scan_index(board->scan, at);
	size_t begin = 0, end, to;

	if (index < 0)
		return false;
	client_scan_span(board->scan, (size_t)index, &begin, &end);
	to = end;
	if (!next && begin < (size_t)index)
		to = begin;
	else if (!next && begin > 0)
		client_scan_span(board->scan, begin - 1, &to, &end);
	else if (!next)
		return false;
	if (!client_scan_id(board->scan, to))
		return false;
	*ret_id = *client_scan_id(board->scan, to);
	return true;
}

bool board_next_group(struct board *board, const struct uuid *at, bool next, struct uuid *ret_id)
{
	if (!board->group)
		return false;
	return board->scan ? edge_of_scan(board, at, next, ret_id) :
			     edge_by_index(board, at, next, ret_id);
}
