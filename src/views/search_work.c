/* Looking for words here, in slices, and at the server. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "search_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* In rows of a list (client/search.h): a slice is a few milliseconds. */
enum { SLICE = 400, SCREENFUL = 50, FIRST_SLICES = 2 };

static void parse_filter(struct search_view *view)
{
	struct app *app = view->rows.app;
	struct filter_error bad;

	arena_reset(&view->arena);
	view->parsed = NULL;
	view->ctx = client_filter_ctx(app->client);
	if (view->filter.len > 0 &&
	    filter_parse(str_get(&view->filter), &view->ctx, &view->arena, &view->parsed, &bad) !=
		    ERR_OK)
		view->parsed = NULL;
}

static bool one_more(struct search_view *view)
{
	struct error err = ERROR_INIT;

	if (client_search_step(view->search, SLICE, &err) == ERR_OK)
		return true;
	app_failed(view->rows.app, &err);
	client_search_free(view->search);
	view->search = NULL;
	return false;
}

void search_begin(struct search_view *view)
{
	struct client *client = view->rows.app->client;
	struct client_search_ask ask = { .words = str_get(&view->words),
					 .ctx = &view->ctx,
					 .by_relevance = view->by_relevance };

	client_search_free(view->search);
	view->search = NULL;
	view->stale = false;
	view->problem = (struct error)ERROR_INIT;
	view->snippet_of = (struct uuid){ { 0 } };
	parse_filter(view);
	ask.filter = view->parsed;
	if (client_indexed(client, &view->indexed, NULL) != ERR_OK)
		view->indexed = (struct client_indexed){ 0 };
	if (ask.words[strspn(ask.words, " ")] == '\0' ||
	    client_search_new(client, &ask, &view->search, &view->problem) != ERR_OK)
		return;
	for (int i = 0; i < FIRST_SLICES && view->search != NULL; i++)
		if (client_search_done(view->search) ||
		    client_search_found(view->search) >= SCREENFUL || !one_more(view))
			break;
}

bool search_is_busy(const struct search_view *view)
{
	return view->search != NULL && !client_search_done(view->search);
}

unsigned search_step(struct search_view *view)
{
	size_t before = view->search != NULL ? client_search_found(view->search) : 0;
	bool more;

	if (!search_is_busy(view) || !one_more(view))
		return UI_NOTHING;
	view->rows.dirty |= DIRTY_TITLE;
	more = client_search_found(view->search) > before || client_search_done(view->search);
	return more && (before < SCREENFUL || client_search_done(view->search)) ?
		       UI_RELOAD | UI_REDRAW : UI_REDRAW;
}

/* ---- rows ---- */

static size_t count(const struct search_view *view)
{
	if (view->at_server)
		return client_found_count(view->rows.app->client);
	return view->search != NULL ? client_search_found(view->search) : 0;
}

static int64_t place(const struct search_view *view, const struct uuid *id)
{
	if (!view->at_server)
		return view->search != NULL ? client_search_index(view->search, id) : -1;
	for (size_t i = 0; i < count(view); i++)
		if (uuid_eq(&client_found_at(view->rows.app->client, i)->head.id, id))
			return (int64_t)i;
	return -1;
}

static enum err rows_here(struct search_view *view, size_t from, size_t n, struct arena *arena,
			  struct list_page *page, struct error *err)
{
	struct client_hit *hits = arena_array(arena, n + 1, sizeof *hits);
	size_t got = 0;
	enum err code = ERR_OK;

	if (view->search != NULL)
		code = client_search_hits(view->search, from, n, arena, hits, &got, err);
	page->rows = arena_array(arena, got + 1, sizeof *page->rows);
	for (size_t i = 0; i < got; i++)
		page->rows[i] = (struct list_row){ .id = hits[i].row.incident->head.id,
						   .data = &hits[i].row };
	page->n = (int)got;
	return code;
}

static void rows_there(struct search_view *view, size_t from, size_t n, struct arena *arena,
		       struct list_page *page)
{
	struct client_row *rows = arena_array(arena, n + 1, sizeof *rows);

	page->rows = arena_array(arena, n + 1, sizeof *page->rows);
	for (size_t i = 0; i < n; i++) {
		rows[i].incident = client_found_at(view->rows.app->client, from + i);
		page->rows[i] = (struct list_row){ .id = rows[i].incident->head.id,
						   .data = &rows[i] };
	}
	page->n = (int)n;
}

enum err search_fetch(void *ctx, const struct list_want *want, struct arena *arena,
		      struct list_page *ret_page, struct error *err)
{
	struct search_view *view = ctx;
	size_t all = count(view), n = (size_t)want->n, from = 0;
	enum err code = ERR_OK;

	n = n < all ? n : all;
	if (want->from == LIST_LAST)
		from = all - n;
	if (want->from == LIST_AT) {
		int64_t at = place(view, &want->anchor);

		if (at < 0)
			return error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
		from = at > want->before ? (size_t)(at - want->before) : 0;
		n = n < all - from ? n : all - from;
	}
	if (view->at_server)
		rows_there(view, from, n, arena, ret_page);
	else
		code = rows_here(view, from, n, arena, ret_page, err);
	ret_page->first = from == 0;
	ret_page->last = from + n == all;
	return code;
}

/* ---- the server ---- */

unsigned search_ask(struct search_view *view, bool more)
{
	struct app *app = view->rows.app;
	struct ask ask = { .kind = ASK_SEARCH };

	view->rows.dirty |= DIRTY_TITLE;
	if (view->server == SERVER_ASKED)
		return UI_REDRAW;
	ask.number = more ? client_found_next(app->client) : 0;
	if (!str_copy(ask.words, sizeof ask.words, str_get(&view->words)) || app->ask == NULL) {
		view->server = SERVER_FAILED;
		snprintf(view->why, sizeof view->why, "%s",
			 app->ask == NULL ? _("there is no line to the server here") :
					    _("the words are too long"));
		return UI_REDRAW;
	}
	if (!more)
		client_found_keep(app->client, NULL, false);
	str_clear(&view->asked);
	str_add(&view->asked, str_get(&view->words));
	view->server = SERVER_ASKED;
	app->ask(app->ask_ctx, &ask);
	return UI_REDRAW;
}

unsigned search_view_told(struct app *app, const struct tell *tell)
{
	struct search_view *view = app->searching;
	bool asked = view != NULL && view->server == SERVER_ASKED;

	if (tell->code == ERR_OK && asked)
		client_found_keep(app->client, tell->found, client_found_next(app->client) != 0);
	else
		client_found_free(tell->found); /* nobody waits for it any more */
	if (!asked)
		return UI_NOTHING;
	view->server = tell->code == ERR_OK ? SERVER_ANSWERED : SERVER_FAILED;
	snprintf(view->why, sizeof view->why, "%s", tell->code == ERR_OK ? "" : tell->text);
	view->rows.dirty |= DIRTY_TITLE;
	return UI_RELOAD | UI_REDRAW;
}

/* ---- from outside ---- */

void search_view_stale(struct search_view *view)
{
	view->stale = true;
}

bool search_view_works(const struct app *app)
{
	return app->searching && ui_top(app->ui) == &search_view && search_is_busy(app->searching);
}

unsigned search_view_work(struct app *app)
{
	return search_view_works(app) ? search_step(app->searching) : UI_NOTHING;
}
