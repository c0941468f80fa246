/* Reading: the snapshot in pages, then the feed. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "ask_priv.h"
#include "sync_priv.h"

/* A key of the server's goes into the query as it is, except what would end a word there. */
void add_query(struct str *path, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "-._~";

	for (; *text != '\0'; text++) {
		if (strchr(plain, *text) != NULL)
			str_add_char(path, *text);
		else
			str_addf(path, "%%%02X", (unsigned char)*text);
	}
}

void add_scope(const struct sync *sync, struct str *path)
{
	if (sync->mark.scope[0] == '\0')
		return;
	str_add(path, "&scope=");
	add_query(path, sync->mark.scope);
}

static void ask_snapshot(struct sync *sync, const char *key)
{
	bool first = key[0] == '\0';
	struct sync_request request = { .lane = LANE_READ, .method = "GET", .token = sync->token };
	struct str path = STR_INIT;

	str_addf(&path, "/v1/snapshot?max=%d",
		 line_is_thin(sync) ? THIN_PAGE : first ? FIRST_PAGE : PAGE);
	if (!first) {
		str_add(&path, "&after=");
		add_query(&path, key);
		add_scope(sync, &path); /* all pages are of one view */
	}
	request.path = str_get(&path);
	lane_send(sync, &request);
	str_release(&path);
}

static void ask_feed(struct sync *sync, int64_t since, int wait_s)
{
	struct sync_request request = { .lane = LANE_READ,
					.method = "GET",
					.token = sync->token,
					.wait_s = wait_s };
	struct str path = STR_INIT;

	str_addf(&path, "/v1/feed?epoch=%s&since=%lld&wait=%d&max=%d", sync->mark.epoch,
		 (long long)since, wait_s, line_is_thin(sync) ? THIN_PAGE : FEED_BYTES);
	add_scope(sync, &path);
	request.path = str_get(&path);
	lane_send(sync, &request);
	str_release(&path);
}

void read_next(struct sync *sync)
{
	if (sync->rescoped) /* whose view it is now comes with the session */
		return;
	if (sync->mark.complete)
		ask_feed(sync, sync->mark.cursor, may_park(sync) ? PARK_S : 0);
	else
		ask_snapshot(sync, sync->mark.snapshot);
}

/* Hands a page on; on success the machine stands where the page says.  While it is being kept, the
 * server makes the next one, if there is one. */
static enum err hand_on(struct sync *sync, struct sync_page *page, bool more, struct error *err)
{
	size_t n = 0;
	enum err code;

	if (more && page->mark.complete)
		ask_feed(sync, page->mark.cursor, 0);
	else if (more)
		ask_snapshot(sync, page->mark.snapshot);
	page->clear = sync->clear_next;
	page->usable = true;
	code = sync->ops->page(sync->ctx, page, sync->gaps + sync->n_gaps,
			       GAPS_MAX - sync->n_gaps, &n, err);
	if (code != ERR_OK) {
		lane_abandon(sync, LANE_READ);
		return code;
	}
	sync->n_gaps += n;
	for (size_t i = 0; i < page->n; i++)
		if (page->items[i].kind == FEED_DROP)
			ask_dropped(sync, &page->items[i].drop_id);
	compare_page(sync, page);
	sync->clear_next = false;
	sync->mark = page->mark;
	return ERR_OK;
}

/* ---- snapshot ---- */

struct shot {
	struct snapshot_line head;
	bool has_head, ended;
	const char *next;
	struct feed_item *items;
	size_t n, cap;
};

static enum err take_line(struct shot *shot, const char *line, size_t len, struct arena *arena,
			  struct error *err)
{
	struct snapshot_line got;
	enum err code = snapshot_line_decode(line, len, arena, &got, err);

	if (code != ERR_OK)
		return code;
	switch (got.kind) {
	case SNAPSHOT_HEAD:
		shot->head = got;
		shot->has_head = true;
		break;
	case SNAPSHOT_ENTITY:
		MEM_GROW(shot->items, shot->n, shot->cap);
		shot->items[shot->n++] = (struct feed_item){
			.kind = FEED_WHOLE,
			.entity = got.entity,
			.timeline_to = ((struct entity *)got.entity)->seq,
		};
		break;
	case SNAPSHOT_NEXT:
		shot->next = got.next;
		break;
	case SNAPSHOT_END:
		shot->ended = true;
		break;
	case SNAPSHOT_UNKNOWN:
		break;
	}
	return ERR_OK;
}

static enum err take_lines(struct shot *shot, const char *body, size_t len, struct arena *arena,
			   struct error *err)
{
	const char *end = body + len;
	enum err code = ERR_OK;

	while (body < end && code == ERR_OK) {
		const char *nl = memchr(body, '\n', (size_t)(end - body));
		size_t line = (size_t)((nl != NULL ? nl : end) - body);

		if (line > 0)
			code = take_line(shot, body, line, arena, err);
		body += line + 1;
	}
	if (code == ERR_OK && (!shot->has_head || shot->head.head.epoch == NULL ||
			       (!shot->ended && shot->next == NULL)))
		code = error_set(err, ERR_INPUT, "%s", _("the snapshot is not whole"));
	return code;
}

static void snapshot_mark(const struct sync *sync, const struct shot *shot, struct sync_mark *mark)
{
	bool first = sync->mark.snapshot[0] == '\0';

	*mark = sync->mark;
	if (first) {
		mark->snapshot_seq = shot->head.seq;
		if (!str_copy(mark->epoch, sizeof mark->epoch, shot->head.head.epoch))
			mark->epoch[0] = '\0';
		if (mark->scope[0] == '\0')
			memcpy(mark->scope, sync->scope, sizeof mark->scope);
	}
	if (shot->ended) {
		mark->complete = true;
		mark->cursor = mark->snapshot_seq;
		mark->snapshot_seq = 0;
		mark->snapshot[0] = '\0';
	} else if (!str_copy(mark->snapshot, sizeof mark->snapshot, shot->next)) {
		mark->snapshot[0] = '\0'; /* a key longer than any of ours: from the beginning */
	}
}

static void snapshot_page(struct sync *sync, const struct sync_response *response)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct shot shot = { .has_head = false };
	struct sync_page page = { .clear = false };
	enum err code = take_lines(&shot, response->body, response->len, &arena, &err);

	if (code == ERR_OK)
		code = note_head(sync, &shot.head.head);
	if (code == ERR_EPOCH) {
		another_epoch(sync);
	} else if (code == ERR_OK) {
		if (sync->mark.snapshot[0] == '\0')
			sync->got = 0;
		page.items = shot.items;
		page.n = shot.n;
		snapshot_mark(sync, &shot, &page.mark);
		code = hand_on(sync, &page, page.mark.snapshot[0] != '\0', &err);
	}
	if (code == ERR_OK) {
		sync->total = shot.head.total;
		sync->got += (int64_t)shot.n;
		lane_done(sync, LANE_READ);
		code = ask_about_documents(sync, shot.head.profile, shot.head.calendar, &err);
		if (code != ERR_OK)
			lane_failed(sync, LANE_ASK, code, &err);
		if (sync->mark.complete)
			ask_about_places(sync);
	} else if (code != ERR_EPOCH) {
		lane_failed(sync, LANE_READ, code, &err);
	}
	free(shot.items);
	arena_release(&arena);
}

/* ---- feed ---- */

/* Answers to our own acts, which may come this way when the request's own answer was lost. */
static enum err take_acks(struct sync *sync, const struct feed_answer *answer,
			  struct arena *arena, struct error *err)
{
	struct act_answer *acks = arena_array(arena, answer->n + 1, sizeof *acks);
	size_t n = 0;

	for (size_t i = 0; i < answer->n; i++)
		if (answer->items[i].kind == FEED_ACK &&
		    answer->items[i].answer.verdict != VERDICT_RETRY)
			acks[n++] = answer->items[i].answer;
	sync->n_answered += n;
	if (n > 0) /* what waited behind one of another author may go now */
		sync->dirty = true;
	return n > 0 ? sync->ops->answers(sync->ctx, acks, n, err) : ERR_OK;
}

static bool adopts(const struct feed_item *item)
{
	return item->kind == FEED_ENTRY && item->entry.act.target.kind == KIND_PROFILE;
}

/* A server holds one read of a session.  Where two consoles have one (files that were copied), each
 * would send the other's home at once, for ever: whoever is sent home twice takes his time. */
static void look_for_hurry(struct sync *sync, const struct feed_answer *answer)
{
	enum { SOON_MS = 2000, FREE = 2, LONGEST = 3 };
	struct lane *lane = &sync->lane[LANE_READ];
	int times;

	if (!lane->parked || answer->n > 0 || sync->now - lane->started >= SOON_MS) {
		sync->hurried = 0;
		return;
	}
	times = sync->hurried++ - FREE;
	if (times >= 0)
		lane->not_before =
		    sync->now + (INT64_C(1000) << (times < LONGEST ? times : LONGEST));
}

static void feed_page(struct sync *sync, const struct sync_response *response)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct feed_answer answer;
	struct sync_page page = { .mark = sync->mark };
	enum err code = feed_answer_decode(response->body, response->len, &arena, &answer, &err);

	if (code == ERR_OK)
		code = note_head(sync, &answer.head);
	if (code == ERR_EPOCH) {
		another_epoch(sync);
		arena_release(&arena);
		return;
	}
	if (code == ERR_OK)
		code = take_acks(sync, &answer, &arena, &err);
	if (code == ERR_OK) {
		page.items = answer.items;
		page.n = answer.n;
		if (answer.next > page.mark.cursor)
			page.mark.cursor = answer.next;
		page.data_at = answer.next >= answer.head_seq ? sync->now : 0;
		code = hand_on(sync, &page, answer.next < answer.head_seq, &err);
	}
	for (size_t i = 0; code == ERR_OK && i < answer.n; i++)
		sync->want_session |= adopts(&answer.items[i]);
	if (code == ERR_OK) {
		sync->at_head = answer.next >= answer.head_seq;
		sync->gone = 0;
		lane_done(sync, LANE_READ);
		look_for_hurry(sync, &answer);
	} else {
		sync->at_head = false;
		lane_failed(sync, LANE_READ, code, &err);
	}
	arena_release(&arena);
}

/* A snapshot is cheaper; what is here stays, newer rows replace it.  If even the feed behind a
 * snapshot is too far back there is time for the next try. */
static void too_far_behind(struct sync *sync, const struct refusal *refusal)
{
	view_anew(sync, true);
	sync->dirty = true;
	if (++sync->gone > 1)
		lane_fail(sync, LANE_READ, 0, refusal->words);
}

void read_answer(struct sync *sync, const struct sync_response *response)
{
	struct refusal refusal;

	if (response->status == 200 && sync->mark.complete) {
		feed_page(sync, response);
		return;
	}
	if (response->status == 200) {
		snapshot_page(sync, response);
		return;
	}
	refusal_of(response, &refusal);
	sync->at_head = false;
	if (refusal.ours && refusal.code == ERR_GONE)
		too_far_behind(sync, &refusal);
	else
		bad_status(sync, response, &refusal);
}
