#include <config.h>

#include "zhiban/ui/list.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "list_priv.h"

enum { CHUNK = 500 };

/* Where id stands among the marks, or where it would. */
static size_t mark_place(const struct list *list, const struct uuid *id)
{
	size_t low = 0, high = list->n_marks;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (uuid_cmp(&list->marks[middle], id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool list_is_marked(const struct list *list, const struct uuid *id)
{
	size_t at = mark_place(list, id);

	return at < list->n_marks && uuid_eq(&list->marks[at], id);
}

static enum err too_many(struct error *err)
{
	return error_set(err, ERR_TOO_LARGE, _("at most %d rows can be marked: narrow the filter"),
			 LIST_MARKS_MAX);
}

enum err list_add_mark(struct list *list, const struct uuid *id, struct error *err)
{
	size_t at = mark_place(list, id);

	if (at < list->n_marks && uuid_eq(&list->marks[at], id))
		return ERR_OK;
	if (list->n_marks >= LIST_MARKS_MAX)
		return too_many(err);
	MEM_GROW(list->marks, list->n_marks, list->cap_marks);
	memmove(&list->marks[at + 1], &list->marks[at],
		(list->n_marks - at) * sizeof *list->marks);
	list->marks[at] = *id;
	list->n_marks++;
	return ERR_OK;
}

enum err list_mark(struct list *list, const struct uuid *id, struct error *err)
{
	return list_add_mark(list, id, err);
}

enum err list_mark_rows(struct list *list, int a, int b, struct error *err)
{
	int low = a < b ? a : b, high = a < b ? b : a;
	enum err code = ERR_OK;

	for (int i = low; i <= high && code == ERR_OK; i++)
		if ((list->rows[i].flags & LIST_ROW_HEADING) == 0)
			code = list_add_mark(list, &list->rows[i].id, err);
	return code;
}

unsigned list_mark_toggle(struct list *list)
{
	const struct list_row *row = list_current(list);

	if (row == NULL)
		return LIST_TAKEN;
	if (list_is_marked(list, &row->id)) {
		size_t at = mark_place(list, &row->id);

		list->n_marks--;
		memmove(&list->marks[at], &list->marks[at + 1],
			(list->n_marks - at) * sizeof *list->marks);
	} else if (list_add_mark(list, &row->id, &list->error) != ERR_OK) {
		return LIST_TAKEN | LIST_FAILED;
	}
	return list_move(list, LIST_DOWN) | LIST_DIRTY;
}

unsigned list_mark_range(struct list *list)
{
	list->range = !list->range;
	if (list->range && list->cur >= 0 &&
	    list_mark_rows(list, list->cur, list->cur, &list->error) != ERR_OK)
		return LIST_TAKEN | LIST_FAILED;
	return LIST_TAKEN | LIST_DIRTY;
}

/* Appends the ids of a page without those before and at the anchor; false when it is the last. */
static bool gather(const struct list_page *page, const struct uuid *after, struct uuid **ids,
		   size_t *n, size_t *cap)
{
	int from = 0;

	if (after != NULL)
		while (from < page->n && !uuid_eq(&page->rows[from++].id, after))
			continue;
	for (int i = from; i < page->n; i++)
		if ((page->rows[i].flags & LIST_ROW_HEADING) == 0) {
			MEM_GROW(*ids, *n, *cap);
			(*ids)[(*n)++] = page->rows[i].id;
		}
	return !page->last && from < page->n;
}

enum err list_mark_all(struct list *list, struct error *err)
{
	struct list_want want = { .from = LIST_FIRST, .n = CHUNK };
	struct arena arena = ARENA_INIT;
	struct uuid *ids = NULL;
	size_t n = 0, cap = 0;
	enum err code = ERR_OK;
	bool more = true;

	while (more && code == ERR_OK) {
		struct list_page page = { NULL, 0, false, false };

		arena_reset(&arena);
		code = list->source.fetch(list->source.ctx, &want, &arena, &page, err);
		if (code != ERR_OK)
			break;
		more = gather(&page, want.from == LIST_AT ? &want.anchor : NULL, &ids, &n, &cap);
		if (n > LIST_MARKS_MAX)
			code = too_many(err);
		else if (more) {
			want.from = LIST_AT;
			want.anchor = page.rows[page.n - 1].id;
			want.n = CHUNK + 1;
		}
	}
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		code = list_add_mark(list, &ids[i], err);
	arena_release(&arena);
	free(ids);
	return code;
}

void list_mark_clear(struct list *list)
{
	list->n_marks = 0;
	list->range = false;
}

const struct uuid *list_marked(const struct list *list, size_t *ret_n)
{
	*ret_n = list->n_marks;
	return list->marks;
}
