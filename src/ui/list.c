#include <config.h>

#include "zhiban/ui/list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "list_priv.h"

struct list *list_new(const struct list_column *columns, int n, const struct list_source *source)
{
	struct list *list = mem_alloc(sizeof *list);

	arena_init(&list->arena);
	arena_init(&list->spare);
	list->source = *source;
	list->height = LIST_FIRST_HEIGHT;
	list->cur = -1;
	list->sorted = -1;
	list_set_columns(list, columns, n);
	return list;
}

void list_free(struct list *list)
{
	if (list == NULL)
		return;
	arena_release(&list->arena);
	arena_release(&list->spare);
	free(list->marks);
	free(list->lines);
	free(list);
}

void list_set_columns(struct list *list, const struct list_column *columns, int n)
{
	assert(n <= LIST_COLUMNS_MAX);
	list->columns = columns;
	list->n_columns = n;
	list->area.cols = -1; /* widths must be computed again */
}

void list_set_sorted(struct list *list, int column, bool descending)
{
	if (list->sorted == column && list->descending == descending)
		return;
	list->sorted = column;
	list->descending = descending;
	list->area.cols = -1; /* the titles are drawn again */
}

static bool selectable(const struct list *list, int index)
{
	return (list->rows[index].flags & LIST_ROW_HEADING) == 0;
}

/* The nearest row a cursor may stand on, from index onwards in a direction, else the other way. */
static int settle(const struct list *list, int index, int step)
{
	for (int turn = 0; turn < 2; turn++, step = -step)
		for (int i = index; i >= 0 && i < list->n; i += step)
			if (selectable(list, i))
				return i;
	return -1;
}

static int find(const struct list_page *page, const struct uuid *id)
{
	for (int i = 0; i < page->n; i++)
		if (uuid_eq(&page->rows[i].id, id))
			return i;
	return -1;
}

static enum err fetch(struct list *list, const struct list_want *want, struct list_page *ret_page)
{
	struct list_page page = { NULL, 0, false, false };
	enum err code;

	arena_reset(&list->spare);
	code = list->source.fetch(list->source.ctx, want, &list->spare, &page, &list->error);
	if (code == ERR_OK)
		*ret_page = page;
	return code;
}

/* Makes a fetched page the window. */
static void take(struct list *list, const struct list_page *page)
{
	struct arena old = list->arena;

	list->arena = list->spare;
	list->spare = old;
	list->rows = page->rows;
	list->n = page->n;
	list->first = page->first;
	list->last = page->last;
}

/* Keeps the cursor in view and the view within the rows. */
static void fit(struct list *list)
{
	if (list->cur < 0) {
		list->top = 0;
		return;
	}
	if (list->cur < list->top)
		list->top = list->cur;
	if (list->cur >= list->top + list->height)
		list->top = list->cur - list->height + 1;
	if (list->last && list->top + list->height > list->n)
		list->top = list->n - list->height;
	if (list->top < 0)
		list->top = 0;
	/* A heading just above the first row is worth its line. */
	if (list->top > 0 && !selectable(list, list->top - 1) &&
	    list->cur < list->top - 1 + list->height)
		list->top--;
}

/* Loads rows so that those from `up` above the cursor to `down` below it are there, if any. */
static enum err reach(struct list *list, int up, int down)
{
	struct list_want want = { .from = LIST_AT };
	struct list_page page;
	enum err code;
	int at;

	if (list->cur < 0 || ((list->cur - up >= 0 || list->first) &&
			      (list->cur + down < list->n || list->last)))
		return ERR_OK;
	want.anchor = list->rows[list->cur].id;
	want.before = up + list->height;
	want.n = want.before + 1 + down + list->height;
	code = fetch(list, &want, &page);
	if (code != ERR_OK)
		return code;
	at = find(&page, &want.anchor);
	if (at < 0)
		return error_set(&list->error, ERR_NOT_FOUND, _("the row is no longer there"));
	list->top += at - list->cur;
	list->cur = at;
	take(list, &page);
	return ERR_OK;
}

static enum err load_end(struct list *list, enum list_from from)
{
	struct list_want want = { .from = from, .n = 2 * list->height };
	struct list_page page;
	enum err code = fetch(list, &want, &page);

	if (code != ERR_OK)
		return code;
	take(list, &page);
	list->cur = from == LIST_FIRST ? settle(list, 0, 1) : settle(list, list->n - 1, -1);
	list->top = from == LIST_FIRST ? 0 : list->n - list->height;
	fit(list);
	return ERR_OK;
}

/* Loads the rows around an entity and puts the cursor on it, on a line of the screen. */
static enum err load_at(struct list *list, const struct uuid *id, int line)
{
	struct list_want want = { .from = LIST_AT, .anchor = *id };
	struct list_page page;
	enum err code;
	int at;

	want.before = line + list->height;
	want.n = 3 * list->height;
	code = fetch(list, &want, &page);
	if (code != ERR_OK)
		return code;
	at = find(&page, id);
	if (at < 0)
		return ERR_NOT_FOUND;
	take(list, &page);
	list->cur = settle(list, at, 1);
	list->top = at - line;
	fit(list);
	return ERR_OK;
}

/* While the beginning is shown it goes on being shown, if the cursor's entity is still in view. */
static enum err reload_first(struct list *list, const struct uuid *id)
{
	struct list_want want = { .from = LIST_FIRST, .n = 2 * list->height };
	struct list_page page;
	enum err code = fetch(list, &want, &page);
	int at;

	if (code != ERR_OK)
		return code;
	at = find(&page, id);
	if (at < 0 || at >= list->height)
		return ERR_NOT_FOUND;
	take(list, &page);
	list->cur = settle(list, at, 1);
	list->top = 0;
	fit(list);
	return ERR_OK;
}

/* The cursor's entity is gone: the nearest of those that stood around it. */
static enum err reload_near(struct list *list, const struct uuid *ids, int n, int cur, int line)
{
	for (int d = 1; d < n; d++)
		for (int sign = 1; sign >= -1; sign -= 2) {
			int i = cur + sign * d;
			enum err code = ERR_NOT_FOUND;

			if (i >= 0 && i < n)
				code = load_at(list, &ids[i], line);
			if (code != ERR_NOT_FOUND)
				return code;
		}
	return load_end(list, LIST_FIRST);
}

enum err list_reload(struct list *list, struct error *err)
{
	int line = list->cur - list->top, n = list->n, cur = list->cur;
	struct uuid *ids;
	enum err code = ERR_NOT_FOUND;

	list->fresh = true;
	if (cur < 0)
		return list_home(list, err);
	ids = mem_alloc((size_t)n * sizeof *ids);
	for (int i = 0; i < n; i++)
		ids[i] = list->rows[i].id;
	if (list_sees_first(list))
		code = reload_first(list, &ids[cur]);
	if (code == ERR_NOT_FOUND)
		code = load_at(list, &ids[cur], line);
	if (code == ERR_NOT_FOUND)
		code = reload_near(list, ids, n, cur, line);
	free(ids);
	if (code != ERR_OK)
		error_set(err, code, "%s", list->error.text);
	return code;
}

enum err list_home(struct list *list, struct error *err)
{
	enum err code = load_end(list, LIST_FIRST);

	list->fresh = true;
	if (code != ERR_OK)
		error_set(err, code, "%s", list->error.text);
	return code;
}

enum err list_goto(struct list *list, const struct uuid *id, struct error *err)
{
	enum err code;

	for (int i = list->top; i < list->n && i < list->top + list->height; i++)
		if (uuid_eq(&list->rows[i].id, id) && selectable(list, i)) {
			list->cur = i;
			return ERR_OK;
		}
	code = load_at(list, id, list->height / 3);
	if (code == ERR_NOT_FOUND)
		error_set(err, code, _("it is not in this list"));
	else if (code != ERR_OK)
		error_set(err, code, "%s", list->error.text);
	return code;
}

/* Moves by n rows that can be selected; a page also moves what is shown. */
static enum err move_by(struct list *list, int n, bool page)
{
	int step = n > 0 ? 1 : -1, wanted = n > 0 ? n : -n, cur, old;
	/* Headings are skipped, so a few rows more than counted. */
	enum err code = reach(list, n < 0 ? wanted + list->height : list->height,
			      n > 0 ? wanted + list->height : list->height);

	if (code != ERR_OK || list->cur < 0)
		return code;
	old = cur = list->cur;
	for (int i = cur + step; i >= 0 && i < list->n && wanted > 0; i += step)
		if (selectable(list, i)) {
			cur = i;
			wanted--;
		}
	list->cur = cur;
	if (page)
		list->top += cur - old;
	fit(list);
	if (list->range && list_mark_rows(list, old, cur, &list->error) != ERR_OK)
		return ERR_TOO_LARGE;
	return ERR_OK;
}

/* To an end; when moves mark, through all rows between. */
static enum err move_to_end(struct list *list, enum list_from from)
{
	int page = from == LIST_FIRST ? -list->height : list->height;
	enum err code = ERR_OK;

	if (!list->range)
		return load_end(list, from);
	while (code == ERR_OK && list->cur >= 0) {
		struct uuid before = list->rows[list->cur].id;

		code = move_by(list, page, true);
		if (code == ERR_OK && uuid_eq(&list->rows[list->cur].id, &before))
			break;
	}
	return code;
}

unsigned list_move(struct list *list, enum list_motion motion)
{
	struct uuid before = { { 0 } }, after = { { 0 } };
	enum err code = ERR_OK;

	list_at(list, &before);
	switch (motion) {
	case LIST_UP:
		code = move_by(list, -1, false);
		break;
	case LIST_DOWN:
		code = move_by(list, 1, false);
		break;
	case LIST_PAGE_UP:
		code = move_by(list, -list->height, true);
		break;
	case LIST_PAGE_DOWN:
		code = move_by(list, list->height, true);
		break;
	case LIST_TOP:
		code = move_to_end(list, LIST_FIRST);
		break;
	case LIST_END:
		code = move_to_end(list, LIST_LAST);
		break;
	}
	if (code != ERR_OK)
		return LIST_TAKEN | LIST_FAILED | LIST_DIRTY;
	list_at(list, &after);
	return uuid_eq(&before, &after) ? LIST_TAKEN : LIST_TAKEN | LIST_MOVED | LIST_DIRTY;
}

unsigned list_key(struct list *list, struct key key)
{
	static const struct {
		struct key key;
		enum list_motion motion;
	} keys[] = {
		{ { 'j', 0 }, LIST_DOWN },	       { { 'k', 0 }, LIST_UP },
		{ { UIKEY_DOWN, 0 }, LIST_DOWN },      { { UIKEY_UP, 0 }, LIST_UP },
		{ { UIKEY_PGDN, 0 }, LIST_PAGE_DOWN }, { { UIKEY_PGUP, 0 }, LIST_PAGE_UP },
		{ { 'f', KEY_CTRL }, LIST_PAGE_DOWN }, { { 'b', KEY_CTRL }, LIST_PAGE_UP },
		{ { 'g', 0 }, LIST_TOP },	       { { 'G', 0 }, LIST_END },
		{ { UIKEY_HOME, 0 }, LIST_TOP },       { { UIKEY_END, 0 }, LIST_END },
	};

	key = key_narrow(key);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (key_eq(keys[i].key, key))
			return list_move(list, keys[i].motion);
	return LIST_IGNORED;
}

const char *list_error(const struct list *list)
{
	return list->error.text;
}

const struct list_row *list_current(const struct list *list)
{
	return list->cur < 0 ? NULL : &list->rows[list->cur];
}

bool list_at(const struct list *list, struct uuid *ret_id)
{
	if (list->cur < 0)
		return false;
	*ret_id = list->rows[list->cur].id;
	return true;
}

bool list_sees_first(const struct list *list)
{
	return list->n == 0 || (list->first && list->top == 0);
}

bool list_sees_last(const struct list *list)
{
	return list->n == 0 || (list->last && list->top + list->height >= list->n);
}
