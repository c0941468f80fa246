/* What the server sends into the cache: pages and timelines. */
#include <config.h>

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/store/log.h"
#include "zhiban/store/outbox_desk.h"
#include "zhiban/wire/entry.h"

#include "client_priv.h"
#include "worker_ops_priv.h"
#include "worker_priv.h"

/* ---- where reading stands ---- */

enum err mark_save(struct store *cache, const struct sync_mark *mark, struct error *err)
{
	const struct {
		const char *key, *text;
	} texts[] = {
		{ "epoch", mark->epoch }, { "snapshot", mark->snapshot }, { "scope", mark->scope },
	};
	const struct {
		const char *key;
		int64_t num;
	} nums[] = {
		{ "cursor", mark->cursor },
		{ "snapshot_seq", mark->snapshot_seq },
		{ "complete", mark->complete },
	};
	enum err code = ERR_OK;

	for (size_t i = 0; i < ARRAY_LEN(texts) && code == ERR_OK; i++)
		code = store_meta_set(cache, texts[i].key, texts[i].text, err);
	for (size_t i = 0; i < ARRAY_LEN(nums) && code == ERR_OK; i++)
		code = store_meta_set_int(cache, nums[i].key, nums[i].num, err);
	return code;
}

void mark_load(struct store *cache, struct sync_mark *mark)
{
	memset(mark, 0, sizeof *mark);
	store_meta_text(cache, "epoch", mark->epoch, sizeof mark->epoch);
	store_meta_text(cache, "snapshot", mark->snapshot, sizeof mark->snapshot);
	store_meta_text(cache, "scope", mark->scope, sizeof mark->scope);
	mark->cursor = store_meta_int(cache, "cursor");
	mark->snapshot_seq = store_meta_int(cache, "snapshot_seq");
	mark->complete = store_meta_int(cache, "complete") != 0;
}

/* ---- pages ---- */

struct page_tx {
	struct worker *worker;
	const struct sync_page *page;
	struct sync_gap *gaps;
	size_t max_gaps, n_gaps;
	struct str bytes; /* of one line */
	bool changed;	  /* the view is another one now, and whole: */
	int64_t went, came;
};

/* Personal values stand in the entities of those who may hold them, and in no line. */
static void mask_given(struct act *act, struct arena *arena)
{
	struct given *given = arena_array(arena, act->n_given + 1, sizeof *given);

	for (size_t i = 0; i < act->n_given; i++) {
		struct str masked = STR_INIT;

		given[i] = act->given[i];
		if (given[i].field->sensitivity != SENS_PERSONAL || !given[i].value.is_text ||
		    given[i].value.text == NULL || mask_is(given[i].value.text))
			continue;
		mask_text(&masked, given[i].value.text);
		given[i].value.text = arena_strdup(arena, str_get(&masked));
		str_release(&masked);
	}
	act->given = given;
}

/* What a timeline shows of an entry: the act and its times.  The effects are in the entities. */
void worker_line_bytes(const struct entry *entry, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct entry line = *entry;

	line.effects = NULL;
	line.n_effects = 0;
	mask_given(&line.act, &arena);
	str_clear(out);
	entry_canonical(&line, out);
	arena_release(&arena);
}

static void add_gap(struct page_tx *tx, const struct applied *applied)
{
	for (size_t i = 0; i < tx->n_gaps; i++)
		if (uuid_eq(&tx->gaps[i].id, &applied->gap_id))
			return;
	if (tx->n_gaps < tx->max_gaps)
		tx->gaps[tx->n_gaps++] = (struct sync_gap){ applied->gap_kind, applied->gap_id };
}

static enum err apply_item(struct page_tx *tx, struct store *cache, const struct feed_item *item,
			   struct error *err)
{
	struct applied applied = { .changed = false };
	enum err code = ERR_OK;

	switch (item->kind) {
	case FEED_ENTRY:
		worker_line_bytes(&item->entry, &tx->bytes);
		code = cache_apply_entry(cache, &item->entry, str_get(&tx->bytes), tx->bytes.len,
					 &applied, err);
		break;
	case FEED_WHOLE:
		code = cache_apply_entity(cache, item->entity, item->timeline_to, &applied, err);
		break;
	case FEED_DROP:
		code = cache_drop(cache, item->drop_kind, &item->drop_id, err);
		break;
	case FEED_ACK:
	case FEED_UNKNOWN:
		break;
	}
	if (code == ERR_OK && applied.gap)
		add_gap(tx, &applied);
	return code;
}

/* What is here is another organisation's or role's view than what comes. */
static bool view_changes(struct store *cache, const struct sync_page *page)
{
	char scope[sizeof page->mark.scope];

	return page->clear && page->mark.scope[0] != '\0' &&
	       store_meta_text(cache, "scope", scope, sizeof scope) && scope[0] != '\0' &&
	       strcmp(scope, page->mark.scope) != 0;
}

static enum err write_page(struct store *cache, void *ctx, struct error *err)
{
	struct page_tx *tx = ctx;
	const struct sync_page *page = tx->page;
	struct str words = STR_INIT;
	enum err code = ERR_OK;

	tx->n_gaps = 0;
	if (view_changes(cache, page))
		code = cache_view_begin(cache, err);
	if (code == ERR_OK && page->clear)
		code = cache_clear(cache, err);
	for (size_t i = 0; i < page->n && code == ERR_OK; i++)
		code = apply_item(tx, cache, &page->items[i], err);
	if (code == ERR_OK)
		code = mark_save(cache, &page->mark, err);
	if (code == ERR_OK && page->mark.complete)
		code = cache_view_end(cache, &tx->changed, &tx->went, &tx->came, err);
	/* what a snapshot was made of lies before it: the duty log is whole from now on */
	if (code == ERR_OK && page->mark.complete && !tx->worker->complete)
		code = cache_log_set_from(cache, env_now(tx->worker->env) + tx->worker->link.offset,
					  err);
	if (code == ERR_OK && page->usable)
		code = store_meta_set_int(cache, "usable", 1, err);
	if (code == ERR_OK && page->data_at > 0)
		code = store_meta_set_int(cache, "data_at", page->data_at, err);
	link_words(&tx->worker->link, &words);
	if (code == ERR_OK)
		code = store_meta_set(cache, "link", str_get(&words), err);
	str_release(&words);
	return code;
}

enum { MUCH = 100 }; /* items of a page: more of the kind will follow */

void worker_trim(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}

enum err worker_bulk(struct worker *worker, bool on, struct error *err)
{
	enum err code = ERR_OK;

	if (worker->bulk != on)
		code = cache_bulk(worker->cache, on, err);
	if (worker->bulk && !on)
		worker_trim(); /* what loading took is not needed again for days */
	if (code == ERR_OK)
		worker->bulk = on;
	return code;
}

enum err worker_fold(struct worker *worker, int64_t seq, size_t *ret_n, struct error *err)
{
	bool any = false;
	enum err code = outbox_foldable(worker->outbox, seq, &any, err);

	if (code == ERR_OK && any)
		code = cache_settle(worker->cache, err);
	if (code != ERR_OK || !any)
		return code;
	return outbox_fold(worker->outbox, seq, env_now(worker->env), ret_n, err);
}

/* ---- what is not to be seen any more ---- */

/* Not one that only goes so that it comes anew. */
static bool is_dropped(const struct sync_page *page, size_t i)
{
	const struct feed_item *item = &page->items[i];

	if (item->kind != FEED_DROP)
		return false;
	for (size_t k = i + 1; k < page->n; k++)
		if (page->items[k].kind == FEED_WHOLE &&
		    uuid_eq(&((const struct entity *)page->items[k].entity)->id, &item->drop_id))
			return false;
	return true;
}

/* What it was called here; NULL: it is not here. */
static const char *called(struct worker *worker, const struct uuid *id, struct arena *arena)
{
	const struct incident *incident;
	char buf[24];
	void *entity;

	if (cache_get(worker->cache, KIND_INCIDENT, id, arena, &entity, NULL) != ERR_OK)
		return NULL;
	incident = entity;
	return arena_strdup(arena, incident_short_number(incident, buf));
}

/* What is kept of them beside the acts of this console goes too, before they go from the cache. */
static enum err let_go(struct worker *worker, const struct sync_page *page, struct tell *tell,
		       struct error *err)
{
	struct arena arena = ARENA_INIT;
	const char *last = NULL;
	size_t n = 0;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < page->n; i++) {
		const char *name;

		if (!is_dropped(page, i))
			continue;
		name = called(worker, &page->items[i].drop_id, &arena);
		code = outbox_unsee(worker->outbox, &page->items[i].drop_id, name, err);
		n += name != NULL;
		last = name != NULL ? name : last;
	}
	if (n == 1)
		snprintf(tell->text, sizeof tell->text,
			 _("%s is kept from your organisation from now on"), last);
	else if (n > 1)
		snprintf(tell->text, sizeof tell->text,
			 _("%zu incidents are kept from your organisation from now on"), n);
	arena_release(&arena);
	return code;
}

static void tell_view(struct worker *worker, const struct page_tx *tx, struct tell *tell)
{
	if (tx->changed && (tx->went || tx->came))
		snprintf(tell->text, sizeof tell->text,
			 _("this account sees other incidents now: %lld went, %lld came"),
			 (long long)tx->went, (long long)tx->came);
	if (tell->text[0] == '\0')
		return;
	trace_line(worker->trace, "view: %s", tell->text);
	worker_tell(worker, tell);
}

enum err op_page(void *ctx, const struct sync_page *page, struct sync_gap *ret_gaps,
		 size_t max_gaps, size_t *ret_n_gaps, struct error *err)
{
	struct worker *worker = ctx;
	struct page_tx tx = { .worker = worker, .page = page, .gaps = ret_gaps,
			      .max_gaps = max_gaps };
	struct tell tell = { .kind = TELL_CHANGED }, view = { .kind = TELL_VIEW };
	size_t folded = 0;
	enum err code = let_go(worker, page, &view, err);

	if (code == ERR_OK && (!page->mark.complete || page->n >= MUCH))
		code = worker_bulk(worker, true, err);
	if (code == ERR_OK)
		code = store_tx(worker->cache, write_page, &tx, err);

	str_release(&tx.bytes);
	if (code == ERR_CORRUPT)
		worker->damaged = true;
	if (code == ERR_OK && page->mark.complete) /* the screen has them now */
		code = worker_fold(worker, page->mark.cursor, &folded, err);
	if (code == ERR_OK)
		code = worker_forget_erased(worker, page, err);
	if (code == ERR_OK && page->mark.complete && page->n > 0)
		code = worker_arrivals_forget(worker, err);
	if (code != ERR_OK)
		return code;
	worker->link.cursor = page->mark.cursor;
	worker->complete = page->mark.complete;
	worker->link.usable |= page->usable;
	if (page->data_at > 0)
		worker->link.data_at = page->data_at;
	worker->link_new = true;
	if (page->n > 0 || folded > 0)
		worker_tell(worker, &tell);
	tell_view(worker, &tx, &view);
	*ret_n_gaps = tx.n_gaps;
	return ERR_OK;
}

/* ---- timeline ---- */

static enum err write_lines(struct store *cache, void *ctx, struct error *err)
{
	const struct lines_tx *tx = ctx;
	struct str bytes = STR_INIT;
	enum kind kind;
	enum err code = ERR_OK;

	for (size_t i = 0; i < tx->n && code == ERR_OK; i++) {
		worker_line_bytes(&tx->entries[i], &bytes);
		code = cache_put_line(cache, tx->id, tx->entries[i].seq, str_get(&bytes), bytes.len,
				      err);
		if (code == ERR_OK)
			code = cache_log_note(cache, &tx->entries[i], err);
	}
	if (code == ERR_OK && tx->end && cache_kind_of(cache, tx->id, &kind, NULL) == ERR_OK)
		code = cache_lines_complete(cache, kind, tx->id, err);
	str_release(&bytes);
	return code;
}

enum err op_timeline(void *ctx, const struct uuid *id, const struct entry *entries, size_t n,
		     bool end, struct error *err)
{
	struct worker *worker = ctx;
	struct lines_tx tx = { id, entries, n, end };
	struct tell tell = { .kind = TELL_CHANGED };
	enum err code = store_tx(worker->cache, sync_is_log(id) ? worker_write_log : write_lines, &tx,
				 err);

	if (code == ERR_OK && end)
		code = outbox_want_done(worker->outbox, id, err);
	if (code == ERR_OK)
		worker_tell(worker, &tell);
	return code;
}

/* ---- the window ---- */

static int64_t keep_after(const struct worker *worker, int64_t now)
{
	return worker->window_days > 0 ? now - worker->window_days * DAY_MS : 0;
}

static bool is_wider(int64_t days, int64_t was)
{
	return was != 0 && (days == 0 || days > was);
}

static enum err write_window(struct store *cache, void *ctx, struct error *err)
{
	const struct worker *worker = ctx;
	bool wider = is_wider(worker->window_days, store_meta_int(cache, "window_days"));
	enum err code = store_meta_set_int(cache, "window_days", worker->window_days, err);

	if (code == ERR_OK && wider)
		code = store_meta_set_int(cache, "complete", 0, err);
	if (code == ERR_OK && wider)
		code = store_meta_set(cache, "snapshot", NULL, err);
	return code == ERR_OK && wider ? cache_widen(cache, err) : code;
}

void window_begin(struct worker *worker, struct sync_mark *mark)
{
	cache_window(worker->cache, keep_after(worker, env_now(worker->env)));
	worker->next_prune = 0;
	if (store_meta_int(worker->cache, "window_days") != worker->window_days &&
	    store_tx(worker->cache, write_window, worker, NULL) != ERR_OK)
		trace_line(worker->trace, "the window could not be changed");
	mark_load(worker->cache, mark);
}

static enum err write_prune(struct store *cache, void *ctx, struct error *err)
{
	enum { AT_ONCE = 200 };
	bool *more = ctx;

	return cache_prune(cache, AT_ONCE, more, err);
}

enum err window_prune(struct worker *worker, int64_t now, bool *ret_more, struct error *err)
{
	enum err code = ERR_OK;

	*ret_more = false;
	if (now < worker->next_prune && worker->next_prune - now <= DAY_MS)
		return ERR_OK;
	cache_window(worker->cache, keep_after(worker, now));
	if (code == ERR_OK && worker->window_days > 0)
		code = store_tx(worker->cache, write_prune, ret_more, err);
	worker->next_prune = *ret_more ? 1 : now + DAY_MS;
	return code;
}
