/* The officer's own marks, between the outbox and the server: rows of worker_ops. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"
#include "zhiban/store/outbox_mark.h"
#include "zhiban/wire/marks.h"

#include "client_priv.h"
#include "worker_ops_priv.h"
#include "worker_priv.h"

enum { AT_ONCE = 400 }; /* within what the server takes in one body */

static const char *const words[MARK_COUNT] = {
	[MARK_WATCH] = "watch", [MARK_PIN] = "pin", [MARK_SEEN] = "seen"
};

void marks_given_free(struct marks_given *given)
{
	free(given->marks);
	free(given->officer);
	*given = (struct marks_given){ .n = 0 };
}

enum err op_marks_waiting(void *ctx, struct str *out, size_t *ret_n, struct error *err)
{
	struct worker *worker = ctx;
	struct marks_given *given = &worker->marks;
	struct arena arena = ARENA_INIT;
	struct outbox_mark *rows = NULL;
	struct outbox_who who;
	struct marks marks = { .n = 0 };
	size_t n = 0;
	enum err code = outbox_who(worker->outbox, NULL, &arena, &who, err);

	if (code == ERR_OK)
		code = outbox_marks_list(worker->outbox, who.officer, true, AT_ONCE, &arena, &rows,
					 &n, err);
	marks_given_free(given);
	if (code == ERR_OK && n > 0) {
		given->officer = mem_strdup(who.officer);
		given->marks = mem_dup(rows, n * sizeof *rows);
		given->n = n;
		marks.items = arena_array(&arena, n, sizeof *marks.items);
		for (size_t i = 0; i < n; i++)
			marks.items[marks.n++] = (struct officer_mark){
				rows[i].id, words[rows[i].what % MARK_COUNT], rows[i].value,
				rows[i].at };
		marks_encode(&marks, out);
	}
	arena_release(&arena);
	if (code == ERR_OK)
		*ret_n = n;
	return code;
}

enum err op_marks_sent(void *ctx, const struct uuid *gone, size_t n, struct error *err)
{
	struct worker *worker = ctx;
	struct marks_given *given = &worker->marks;
	enum err code = ERR_OK;

	if (given->officer != NULL)
		code = outbox_marks_sent(worker->outbox, given->officer, given->marks, given->n,
					 gone, n, err);
	marks_given_free(given);
	return code;
}

enum err op_marks_after(void *ctx, const char *epoch, int64_t *ret_after, struct error *err)
{
	struct worker *worker = ctx;
	struct arena arena = ARENA_INIT;
	struct outbox_who who;
	enum err code = outbox_who(worker->outbox, NULL, &arena, &who, err);

	if (code == ERR_OK)
		code = outbox_marks_after(worker->outbox, who.officer, epoch, ret_after, err);
	arena_release(&arena);
	return code;
}

struct coming {
	const char *officer, *epoch;
	const struct outbox_mark *rows;
	size_t n;
	int64_t next;
};

static enum err keep(struct store *outbox, void *ctx, struct error *err)
{
	const struct coming *coming = ctx;
	enum err code = outbox_marks_put(outbox, coming->officer, coming->rows, coming->n, false,
					 err);

	return code == ERR_OK ? outbox_marks_read(outbox, coming->officer, coming->epoch,
						  coming->next, err) : code;
}

static bool what_of(const char *word, int *ret_what)
{
	for (int i = 0; i < MARK_COUNT; i++)
		if (strcmp(words[i], word) == 0) {
			*ret_what = i;
			return true;
		}
	return false;
}

enum err op_marks_came(void *ctx, const char *epoch, const struct marks *marks, int64_t next,
		       struct error *err)
{
	struct worker *worker = ctx;
	struct arena arena = ARENA_INIT;
	struct outbox_mark *rows = arena_array(&arena, marks->n + 1, sizeof *rows);
	struct coming coming = { .epoch = epoch, .rows = rows, .next = next };
	struct tell tell = { .kind = TELL_CHANGED };
	struct outbox_who who;
	enum err code = outbox_who(worker->outbox, NULL, &arena, &who, err);

	for (size_t i = 0; i < marks->n; i++) {
		struct outbox_mark *row = &rows[coming.n];

		*row = (struct outbox_mark){ .id = marks->items[i].id,
					     .value = marks->items[i].value,
					     .at = marks->items[i].at };
		coming.n += what_of(marks->items[i].what, &row->what);
	}
	if (code == ERR_OK) {
		coming.officer = who.officer;
		code = store_tx(worker->outbox, keep, &coming, err);
	}
	if (code == ERR_OK && coming.n > 0)
		worker_tell(worker, &tell);
	arena_release(&arena);
	return code;
}

void worker_marks_look(struct worker *worker, int64_t now)
{
	int64_t version = outbox_marks_version(worker->outbox);

	if (version == worker->marks_version)
		return;
	worker->marks_version = version;
	sync_marks_changed(worker->sync, now);
}
