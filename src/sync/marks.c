/* What the officer has marked for himself: sent a while after he did, and read from time to time,
 * for he may sit at another console, too.  Behind everything else: a mark is never urgent. */
#include <config.h>

#include "sync_priv.h"

enum {
	SEND_AFTER_MS = 3000, /* so that several go together; ten times as long on a thin line */
	READ_EVERY_MS = 5 * 60 * 1000,
	THIN_TIMES = 10,
};

void marks_begin(struct sync *sync)
{
	sync->marking.want_put = sync->marking.want_get = true;
	sync->marking.put_at = INT64_MAX;
	sync->marking.get_at = sync->now + READ_EVERY_MS;
}

void sync_marks_changed(struct sync *sync, int64_t now)
{
	int64_t at = now + SEND_AFTER_MS * (line_is_thin(sync) ? THIN_TIMES : 1);

	clock_to(sync, now);
	if (sync->marking.put_at > at)
		sync->marking.put_at = at;
}

void marks_tick(struct sync *sync)
{
	if (sync->now >= sync->marking.put_at) {
		sync->marking.want_put = true;
		sync->marking.put_at = INT64_MAX;
	}
	if (sync->now >= sync->marking.get_at) {
		sync->marking.want_get = true;
		sync->marking.get_at = sync->now + READ_EVERY_MS *
						   (line_is_thin(sync) ? THIN_TIMES : 1);
	}
}

int64_t marks_next(const struct sync *sync)
{
	const struct marking *marking = &sync->marking;

	if (sync->ops->marks_waiting == NULL)
		return INT64_MAX;
	return marking->put_at < marking->get_at ? marking->put_at : marking->get_at;
}

void marks_shift(struct sync *sync, int64_t by)
{
	if (sync->marking.put_at != INT64_MAX)
		sync->marking.put_at += by;
	sync->marking.get_at += by;
}

/* Once the data are here; what waits is looked at when it can be sent. */
enum ask_what marks_what(struct sync *sync)
{
	struct marking *marking = &sync->marking;
	size_t n = 0;

	if (sync->ops->marks_waiting == NULL || !sync->mark.complete || !sync->at_head)
		return ASK_NOTHING;
	if (marking->want_get)
		return ASK_MARKS_GET;
	if (!marking->want_put)
		return ASK_NOTHING;
	str_clear(&marking->body);
	if (sync->ops->marks_waiting(sync->ctx, &marking->body, &n, NULL) != ERR_OK || n == 0) {
		marking->want_put = false;
		return ASK_NOTHING;
	}
	return ASK_MARKS_PUT;
}

enum err marks_path(struct sync *sync, enum ask_what what, struct str *path, struct error *err)
{
	int64_t after = 0;
	enum err code = ERR_OK;

	str_add(path, "/v1/marks");
	if (what == ASK_MARKS_PUT)
		return ERR_OK;
	code = sync->ops->marks_after(sync->ctx, sync->mark.epoch, &after, err);
	if (code == ERR_OK)
		str_addf(path, "?after=%lld", (long long)after);
	return code;
}

static enum err took_gone(struct sync *sync, const struct sync_response *response,
			  struct arena *arena, struct error *err)
{
	struct answer_head head;
	struct uuid *gone;
	size_t n;
	enum err code = marks_gone_decode(response->body, response->len, arena, &head, &gone, &n,
					  err);

	if (code == ERR_OK)
		code = note_head(sync, &head);
	/* want_put stays: when nothing waits any more, it goes */
	return code == ERR_OK ? sync->ops->marks_sent(sync->ctx, gone, n, err) : code;
}

static enum err took_list(struct sync *sync, const struct sync_response *response,
			  struct arena *arena, struct error *err)
{
	struct answer_head head;
	struct marks marks;
	int64_t next;
	enum err code = marks_list_decode(response->body, response->len, arena, &head, &marks,
					  &next, err);

	if (code == ERR_OK)
		code = note_head(sync, &head);
	if (code == ERR_OK)
		code = sync->ops->marks_came(sync->ctx, sync->mark.epoch, &marks, next, err);
	if (code == ERR_OK)
		sync->marking.want_get = marks.n == MARKS_MAX; /* there may be more */
	return code;
}

enum err marks_took(struct sync *sync, const struct sync_response *response, struct arena *arena,
		    struct error *err)
{
	return sync->asking == ASK_MARKS_PUT ? took_gone(sync, response, arena, err) :
					       took_list(sync, response, arena, err);
}

/* A server that knows no marks, or not for this role: they stay here. */
void marks_refused(struct sync *sync)
{
	sync->marking.want_put = sync->marking.want_get = false;
	sync->marking.get_at = sync->now + READ_EVERY_MS * THIN_TIMES;
}
