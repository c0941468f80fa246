#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "client_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"
#include "zhiban/client/roster.h"
#include "zhiban/store/outbox_mark.h"

void marks_release(struct kept_marks *marks)
{
	free(marks->items);
	*marks = (struct kept_marks){ .n = 0 };
}

static int by_place(const void *x, const void *y)
{
	const struct own_mark *a = x, *b = y;

	return a->what != b->what ? (int)a->what - (int)b->what : uuid_cmp(&a->id, &b->id);
}

/* The place of a mark, or where it would stand. */
static bool find(const struct kept_marks *marks, enum mark_what what, const struct uuid *id,
		 size_t *ret_at)
{
	struct own_mark asked = { .id = *id, .what = what };
	size_t low = 0, high = marks->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = by_place(&marks->items[mid], &asked);

		if (c == 0) {
			*ret_at = mid;
			return true;
		}
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*ret_at = low;
	return false;
}

static void keep(struct kept_marks *marks, const struct own_mark *mark)
{
	size_t at;

	if (!find(marks, mark->what, &mark->id, &at)) {
		MEM_GROW(marks->items, marks->n, marks->cap);
		memmove(&marks->items[at + 1], &marks->items[at],
			(marks->n - at) * sizeof *marks->items);
		marks->items[at] = (struct own_mark){ .id = mark->id, .what = mark->what };
		marks->n++;
	}
	marks->count[mark->what] += (mark->value != 0) - (size_t)(marks->items[at].value != 0);
	marks->items[at].value = mark->value;
	marks->items[at].at = mark->at;
}

static void take(struct kept_marks *marks, const struct outbox_mark *rows, size_t n)
{
	struct own_mark *items = mem_alloc((n + 1) * sizeof *items);
	size_t kept = 0;

	memset(marks->count, 0, sizeof marks->count);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].what < 0 || rows[i].what >= MARK_COUNT)
			continue; /* of a newer program */
		items[kept++] = (struct own_mark){ rows[i].id, (enum mark_what)rows[i].what,
						   rows[i].value, rows[i].at };
		marks->count[rows[i].what] += rows[i].value != 0;
	}
	if (kept)
		qsort(items, kept, sizeof *items, by_place);
	free(marks->items);
	marks->items = items;
	marks->n = kept;
	marks->cap = n + 1;
}

enum err marks_load(struct client *client, bool *ret_changed, struct error *err)
{
	struct kept_marks *marks = &client->marks;
	int64_t version = outbox_marks_version(client->outbox);
	struct arena arena = ARENA_INIT;
	struct outbox_mark *rows = NULL;
	size_t n = 0;
	enum err code = ERR_OK;

	if (version == marks->version && client->actor == marks->of)
		return ERR_OK;
	if (client->actor)
		code = outbox_marks_list(client->outbox, client->actor->officer, false,
					 OUTBOX_MARKS_MOST * 2, &arena, &rows, &n, err);
	if (code == ERR_OK) {
		take(marks, rows, n);
		marks->version = version;
		marks->of = client->actor;
		marks->changes++;
		*ret_changed = true;
	}
	arena_release(&arena);
	return code;
}

/* ---- asking ---- */

int64_t client_mark_value(const struct client *client, const struct uuid *id, enum mark_what what)
{
	size_t at;

	return client->actor && find(&client->marks, what, id, &at) ? client->marks.items[at].value
								    : 0;
}

bool client_marked(const struct client *client, const struct uuid *id, enum mark_what what)
{
	return client_mark_value(client, id, what) != 0;
}

size_t client_mark_count(const struct client *client, enum mark_what what)
{
	return client->actor ? client->marks.count[what] : 0;
}

int64_t client_marks_version(const struct client *client)
{
	return client->marks.changes;
}

static int latest_first(const void *x, const void *y)
{
	const struct own_mark *a = x, *b = y;

	return a->at != b->at ? (a->at < b->at ? 1 : -1) : uuid_cmp(&a->id, &b->id);
}

enum err client_mark_list(struct client *client, enum mark_what what, struct arena *arena,
			  struct uuid **ret_ids, size_t *ret_n, struct error *err)
{
	const struct kept_marks *marks = &client->marks;
	struct own_mark *found = arena_array(arena, marks->n + 1, sizeof *found);
	struct uuid *ids = arena_array(arena, marks->n + 1, sizeof *ids);
	size_t n = 0;

	(void)err;
	for (size_t i = 0; client->actor && i < marks->n; i++)
		if (marks->items[i].what == what && marks->items[i].value)
			found[n++] = marks->items[i];
	if (n)
		qsort(found, n, sizeof *found, latest_first);
	for (size_t i = 0; i < n; i++)
		ids[i] = found[i].id;
	*ret_ids = ids;
	*ret_n = n;
	return ERR_OK;
}

static bool filter_marked(const void *client, const struct uuid *id, enum filter_mark mark)
{
	return client_marked(client, id, mark == FILTER_PINNED ? MARK_PIN : MARK_WATCH);
}

static int64_t filter_last_shift(void *client)
{
	return client_last_shift(client);
}

struct filter_ctx client_filter_ctx(struct client *client)
{
	return (struct filter_ctx){ .rules = client->rules,
				    .actor = client->actor,
				    .now = client_now(client),
				    .mode = client_mode_code(client),
				    .marked = filter_marked,
				    .marks = client,
				    .last_shift = filter_last_shift,
				    .shift_of = client };
}

/* ---- setting ---- */

/* Later than what it replaces, whatever the clock says. */
static int64_t later(const struct client *client, const struct own_mark *mark, int64_t now)
{
	size_t at;

	if (find(&client->marks, mark->what, &mark->id, &at) && client->marks.items[at].at >= now)
		return client->marks.items[at].at + 1;
	return now;
}

enum err client_marks_set(struct client *client, const struct own_mark *marks, size_t n,
			  struct error *err)
{
	int64_t now = client_now(client);
	struct arena arena = ARENA_INIT;
	struct outbox_mark *rows = arena_array(&arena, n + 1, sizeof *rows);
	size_t n_rows = 0;
	enum err code = ERR_OK;

	if (!client->actor)
		code = error_set(err, ERR_AUTH, "%s", _("nobody is logged in"));
	for (size_t i = 0; i < n && code == ERR_OK; i++)
		if (client_mark_value(client, &marks[i].id, marks[i].what) != marks[i].value)
			rows[n_rows++] = (struct outbox_mark){ marks[i].id, (int)marks[i].what,
							       marks[i].value,
							       later(client, &marks[i], now) };
	if (code == ERR_OK && n_rows)
		code = outbox_marks_put(client->outbox, client->actor->officer, rows, n_rows, true,
					err);
	for (size_t i = 0; i < n_rows && code == ERR_OK; i++) {
		struct own_mark mark = { rows[i].id, (enum mark_what)rows[i].what, rows[i].value,
					 rows[i].at };

		keep(&client->marks, &mark);
		client->marks.changes++;
	}
	arena_release(&arena);
	return code;
}

enum err client_mark_set(struct client *client, const struct uuid *id, enum mark_what what,
			 int64_t value, struct error *err)
{
	struct own_mark mark = { *id, what, value, 0 };

	return client_marks_set(client, &mark, 1, err);
}

/* ---- since when he looks ---- */

static enum err nobody(struct error *err)
{
	return error_set(err, ERR_AUTH, "%s", _("nobody is logged in"));
}

enum err client_looked_since(struct client *client, int64_t *ret_seq, struct error *err)
{
	if (!client->actor)
		return nobody(err);
	return outbox_looked_get(client->outbox, client->actor->officer, ret_seq, err);
}

enum err client_set_looked(struct client *client, int64_t seq, struct error *err)
{
	if (!client->actor)
		return nobody(err);
	return outbox_looked_set(client->outbox, client->actor->officer, seq, err);
}
