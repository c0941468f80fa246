#include <config.h>

#include <string.h>

#include "search_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

/* How much of what is here the index knows; nothing when it is all but what changed just now. */
static void add_indexed(struct search_view *view, struct str *out)
{
	const struct client_indexed *indexed = &view->indexed;

	enum { FEW = 500 };

	if (indexed->waiting <= FEW || indexed->rows == 0 || view->at_server)
		return;
	str_addf(out, "  ");
	str_addf(out, _("index: %d%%, the rest is looked through"),
		 (int)((indexed->rows - indexed->waiting) * 100 / indexed->rows));
}

static void add_server(const struct search_view *view, struct str *out)
{
	const struct client *client = view->rows.app->client;

	switch (view->server) {
	case SERVER_NOT:
		break;
	case SERVER_ASKED:
		str_addf(out, "  %s", _("the server is asked ..."));
		break;
	case SERVER_FAILED:
		str_addf(out, "  %s %s", _("no answer:"), view->why);
		break;
	case SERVER_ANSWERED:
		if (!client_found_whole(client))
			str_addf(out, "  %s", _("its index is not complete yet"));
		break;
	}
}

static void add_number(const struct search_view *view, struct str *out)
{
	const struct client_search *search = view->search;

	if (view->at_server) {
		rows_add_number(out, (int64_t)client_found_count(view->rows.app->client));
		str_add(out, client_found_next(view->rows.app->client) != 0 ? "+ " : " ");
	} else if (search != NULL) {
		size_t found = client_search_found(search);
		int64_t most = client_search_most(search);

		rows_add_number(out, (int64_t)found);
		if (!client_search_done(search) || found == SEARCH_HITS) {
			str_add(out, "+ / ");
			rows_add_number(out, most > (int64_t)found ? most : (int64_t)found);
		}
		str_add(out, " ");
	}
}

static void draw_title(struct search_view *view, struct canvas *canvas, struct area area)
{
	struct str left = STR_INIT, loud = STR_INIT, right = STR_INIT;
	size_t marked;
	int col, width;

	list_marked(view->rows.list, &marked);
	if (view->at_server)
		str_addf(&left, " %s %s", _("At the server, not here:"), str_get(&view->words));
	else
		str_addf(&left, " %s %s  %s", _("Search:"), str_get(&view->words),
			 view->by_relevance ? _("best first") : _("by time left"));
	if (view->filter.len > 0 && !view->at_server)
		str_addf(&loud, "  %s %s", _("Filter:"), str_get(&view->filter));
	if (view->at_server)
		add_server(view, &loud);
	add_indexed(view, &loud);
	rows_add_count(&loud, _("marked"), (int64_t)marked);
	add_number(view, &right);
	width = text_columns(str_get(&right));
	col = canvas_text(canvas, area.row, area.col, area.cols - width, ROLE_HEADING, left.s);
	canvas_pad(canvas, area.row, area.col + col, area.cols - width - col,
		   loud.len ? ROLE_LIST_FILTERED : ROLE_HEADING, str_get(&loud), PAD_RIGHT);
	canvas_text(canvas, area.row, area.col + area.cols - width, width, ROLE_HEADING,
		    str_get(&right));
	str_release(&left);
	str_release(&loud);
	str_release(&right);
}

/* ---- where it was found ---- */

static void read_snippet(struct search_view *view)
{
	struct uuid id;

	if (!list_at(view->rows.list, &id) || view->search == NULL || view->at_server) {
		view->snippet = NULL;
		view->snippet_of = (struct uuid){ { 0 } };
		return;
	}
	if (uuid_eq(&id, &view->snippet_of))
		return;
	arena_reset(&view->snippet_arena);
	view->snippet = NULL;
	view->snippet_of = id;
	if (client_search_snippet(view->search, &id, &view->snippet_arena, &view->where,
				  &view->snippet, NULL) != ERR_OK)
		view->snippet = NULL;
}

static void mark_words(struct search_view *view, struct canvas *canvas, struct area line, int col,
		       const char *text)
{
	struct gram_span spans[8];
	struct str shown = STR_INIT;
	size_t n;

	text_pad(&shown, text, line.cols - col);
	n = gram_words_spans(client_search_words(view->search), str_get(&shown), spans, 8);
	for (size_t i = 0; i < n; i++) {
		struct str before = STR_INIT, word = STR_INIT;

		str_add_bytes(&before, shown.s, spans[i].at);
		str_add_bytes(&word, shown.s + spans[i].at, spans[i].len);
		canvas_paint(canvas, line.row, line.col + col + text_columns(str_get(&before)),
			     text_columns(str_get(&word)), ROLE_MATCH);
		str_release(&before);
		str_release(&word);
	}
	str_release(&shown);
}

/* Of long ago: the whole number, the day, and how its text begins. */
static void draw_date(struct search_view *view, struct canvas *canvas, struct area line)
{
	const struct client *client = view->rows.app->client;
	const struct incident *incident = NULL;
	struct str out = STR_INIT;
	char at[CIVIL_TEXT];
	struct uuid id;

	if (list_at(view->rows.list, &id))
		incident = client_found_of(client, &id);
	if (incident == NULL)
		return;
	civil_format(incident->registered_at, client_rules(client)->offset_min, "Y-m-d", at,
		     sizeof at);
	str_addf(&out, " %s  %s  ", incident->number != NULL ? incident->number : "", at);
	if (incident->text != NULL)
		text_clean(&out, incident->text, strlen(incident->text), false);
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_TEXT, str_get(&out), PAD_RIGHT);
	mark_words(view, canvas, line, 0, str_get(&out));
	str_release(&out);
}

static void draw_snippet(struct search_view *view, struct canvas *canvas, struct area line)
{
	static const char *const places[WHERE_COUNT] = { N_("Title"), N_("Number"), N_("Address"),
							 N_("Text"), N_("Note") };
	int col;

	read_snippet(view);
	canvas_erase(canvas, line);
	if (view->at_server)
		draw_date(view, canvas, line);
	if (view->snippet == NULL)
		return;
	/* TRANSLATORS: where the words were found (title, text, note), before what stands there */
	col = canvas_textf(canvas, line.row, line.col, line.cols, ROLE_HINT, _(" in %s: "),
			   _(places[view->where]));
	canvas_pad(canvas, line.row, line.col + col, line.cols - col, ROLE_TEXT, view->snippet,
		   PAD_RIGHT);
	mark_words(view, canvas, line, col, view->snippet);
}

void search_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct search_view *view = state;
	int typed = view->prompt ? prompt_rows(view->prompt) : 0;
	struct area prompt = area, title, foot, found;

	if (typed != view->prompt_rows) { /* it grew or went: what it covered is drawn */
		view->prompt_rows = typed;
		view->rows.dirty |= DIRTY_FOOT | DIRTY_LIST;
	}
	prompt = area_bottom(&prompt, typed);
	title = area_top(&area, 1);
	foot = area_bottom(&area, ROWS_FOOT);
	found = area_bottom(&area, 1);
	if (all || view->rows.dirty & (DIRTY_TITLE | DIRTY_LIST))
		draw_title(view, canvas, title);
	if (all || view->rows.dirty & DIRTY_LIST)
		view->rows.left_at = INT64_MAX;
	list_draw(view->rows.list, canvas, area, all || view->rows.dirty & DIRTY_LIST);
	if (all || view->rows.dirty & DIRTY_FOOT) {
		rows_draw_foot(&view->rows, canvas, foot);
		draw_snippet(view, canvas, found);
	}
	if (typed)
		prompt_draw(view->prompt, canvas, prompt);
	view->rows.dirty = 0;
}
