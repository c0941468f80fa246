#include <config.h>

#include "zhiban/model/whistle_page.h"

#include <string.h>

#include "whistle_page_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/mark.h"
#include "zhiban/model/whistles.h"

/* ---- the first lines ---- */

const char *whistle_line(struct client *client, const struct client_whistle *shown,
			 struct arena *arena)
{
	const struct whistle *whistle = shown->whistle;
	const char *where = page_org(client_rules(client), whistle->street);
	char mark[48];

	return arena_printf(arena, "%s %s%s%s%s%s", client_whistle_mark(shown, mark),
			    whistle->title ? page_clean(whistle->title, arena) : "",
			    *where ? "  " : "", where, whistle->address ? "  " : "",
			    whistle->address ? page_clean(whistle->address, arena) : "");
}

static const char *head_line(struct page_maker *maker, const struct whistle_page *page)
{
	const struct whistle *whistle = page->whistle;

	return arena_printf(maker->arena, "%s %s  %s%s%s  %s",
			    page->summons ? page->summons->label : whistle->summons,
			    page->mark, page->cls ? page->cls->label : "",
			    page->cls ? "  " : "",
			    whistle_whom(maker->rules, whistle, 0, maker->arena),
			    summons_step_label(maker->rules, page->summons, whistle->step));
}

/* The handling that ends last: till then all of it goes on. */
static const struct clock *last_handling(const struct whistle_page *page)
{
	const struct clock *last = NULL;

	for (size_t i = 0; i < page->matrix.n_rows; i++) {
		const struct clock *clock = page->matrix.rows[i].cells[SUMMONS_HANDLE].clock;

		if (clock && !clock->stopped_at && clock->due && (!last || clock->due > last->due))
			last = clock;
	}
	return last;
}

static const char *until_line(struct page_maker *maker, const struct whistle_page *page)
{
	static const char *const days[] = { "", N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
					    N_("Fri"), N_("Sat"), N_("Sun") };
	const struct clock *clock = last_handling(page);
	struct limit limit;
	struct civil day;
	const char *nth = "";

	if (!clock)
		return "";
	civil_of_ms(clock->due, maker->rules->offset_min, &day);
	if (clock->limit && !clock->extended && limit_parse(clock->limit, &limit, NULL) == ERR_OK &&
	    limit.unit == LIMIT_WORK_DAYS)
		nth = arena_printf(maker->arena, _("  working day %d"), limit.amount);
	return arena_printf(maker->arena, _("%s to %02d-%02d (%s)%s"),
			    summons_clock_label(maker->rules, page->summons, clock->kind),
			    day.month, day.day, _(days[day.weekday]), nth);
}

/* running: of those that run alone, where there is room for no more. */
static const char *whole_line(struct page_maker *maker, const struct whistle_page *page,
			      bool running)
{
	const struct matrix *matrix = &page->matrix;
	struct str out = STR_INIT;
	const char *kept;

	for (size_t i = 0; i < matrix->n_whole; i++) {
		enum summons_clock clock = matrix->whole[i];
		const struct matrix_cell *at = &matrix->cells[clock];
		char cell[MATRIX_TEXT];

		if (running && at->state != CELL_RUNS && at->state != CELL_SOON &&
		    at->state != CELL_OVER)
			continue;
		matrix_cell_text(at, cell);
		str_addf(&out, "%s%s %s", out.len ? "  " : "",
			 summons_clock_label(maker->rules, page->summons,
					     summons_clock_code(clock)),
			 cell);
	}
	kept = arena_strdup(maker->arena, str_get(&out));
	str_release(&out);
	return kept;
}

/* ---- sections ---- */

static void add_head(struct page_maker *maker, const struct whistle_page *page)
{
	struct page_section *section = page_section(maker, "head", NULL);
	const struct whistle *whistle = page->whistle;

	page_line(maker, section, TONE_TITLE, NULL, 0,
		  arena_printf(maker->arena, "%s  %s",
			       whistle->number ? whistle->number : page->mark, page->title));
	page_line(maker, section, TONE_TEXT, NULL, 0,
		  arena_printf(maker->arena, "%s%s%s", page->head, *page->until ? "  " : "",
			       page->until));
}

/* What the class asks of both sides, in the profile's words. */
static void add_class(struct page_maker *maker, const struct whistle_page *page)
{
	const struct summons_class *cls = page->cls;
	struct str text = STR_INIT;
	struct page_section *section;

	if (!cls || (!cls->come && !cls->approver_words))
		return;
	section = page_section(maker, "class", NULL);
	if (cls->come)
		str_addf(&text, _("comes: %s"), cls->come);
	if (cls->approver_words)
		str_addf(&text, _("%sapproves: %s"), text.len ? "  " : "", cls->approver_words);
	page_line(maker, section, TONE_HINT, cls->label, page_label_cols(maker, 14),
		  arena_strdup(maker->arena, str_get(&text)));
	str_release(&text);
}

/* One department a line, for who has no columns. */
static void add_matrix(struct page_maker *maker, const struct whistle_page *page)
{
	const struct matrix *matrix = &page->matrix;
	struct page_section *section;

	if (!matrix->n_rows || (maker->still && !page->whistle->issued_at))
		return;
	section = page_section(maker, "matrix", _("Clocks of the departments"));
	if (*page->whole && !maker->still)
		page_line(maker, section, TONE_TEXT, "", page_label_cols(maker, 14), page->whole);
	for (size_t r = 0; r < matrix->n_rows; r++) {
		const struct matrix_row *row = &matrix->rows[r];
		struct str text = STR_INIT;
		enum tone tone = TONE_TEXT;

		for (size_t c = 0; c < matrix->n_columns; c++) {
			const struct matrix_cell *cell = &row->cells[matrix->columns[c]];
			char words[MATRIX_TEXT];

			matrix_cell_text(cell, words);
			if (!*words)
				continue;
			str_addf(&text, "%s%s %s", text.len ? "  " : "",
				 summons_clock_label(maker->rules, page->summons,
						     summons_clock_code(matrix->columns[c])),
				 words);
			if (cell->state == CELL_OVER)
				tone = TONE_OVER;
			else if (cell->state == CELL_SOON && tone == TONE_TEXT)
				tone = TONE_SOON;
		}
		page_line(maker, section, row->share->freed_at ? TONE_HINT : tone,
			  page_org(maker->rules, row->share->org), page_label_cols(maker, 14),
			  arena_strdup(maker->arena, str_get(&text)));
		str_release(&text);
	}
}

/* What was agreed on the spot. */
static void add_plan(struct page_maker *maker)
{
	const struct whistle *whistle = maker->whistle;
	struct page_section *section;
	const char *when;

	if (!whistle->consulted_at)
		return;
	section = page_section(maker, "plan", _("Consultation"));
	when = page_moment(maker->rules, whistle->consulted_at, maker->now, maker->arena);
	page_line(maker, section, TONE_TEXT, when, page_label_cols(maker, 14),
		  arena_printf(maker->arena, "%s%s%s",
			       whistle->present ? whistle->present : "",
			       whistle->present && whistle->plan ? "\n" : "",
			       whistle->plan ? whistle->plan : ""));
}

static enum err add_all(struct page_maker *maker, const struct whistle_page *page,
			struct error *err)
{
	add_head(maker, page);
	add_matrix(maker, page);
	page_fields(maker);
	add_class(maker, page);
	page_texts(maker);
	add_plan(maker);
	whistle_page_shares(maker, page);
	page_notes(maker);
	return page_timeline(maker, err);
}

struct page_maker whistle_page_maker(struct client *client, const struct whistle_page *page,
				     struct page *of, int cols, struct arena *arena)
{
	return (struct page_maker){
		.client = client,
		.rules = client_rules(client),
		.arena = arena,
		.page = of,
		.whistle = page->whistle,
		.summons = page->summons,
		.now = client_now(client),
		.cols = cols,
	};
}

static enum err build(struct client *client, const struct uuid *id, int cols, bool still,
		      struct arena *arena, struct whistle_page *ret_page, struct error *err)
{
	struct whistle_page page = { .mark = "" };
	struct filter_ctx ctx = client_filter_ctx(client);
	struct page_maker maker;
	char mark[48];
	enum err code = client_whistle_get(client, id, arena, &page.shown, err);

	if (code != ERR_OK)
		return code;
	page.whistle = page.shown.whistle;
	page.summons = whistle_summons(ctx.rules, page.whistle);
	page.cls = summons_class(page.summons, page.whistle->cls);
	page.page.incident = arena_alloc(arena, sizeof *page.page.incident);
	whistle_as_case(page.whistle, &ctx, arena, page.page.incident);
	matrix_build(ctx.rules, page.whistle, ctx.now, arena, &page.matrix);
	maker = whistle_page_maker(client, &page, &page.page, cols, arena);
	maker.still = still;
	page.mark = arena_strdup(arena, client_whistle_mark(&page.shown, mark));
	page.title = page.whistle->title ? page_clean(page.whistle->title, arena) : "";
	page.head = head_line(&maker, &page);
	page.until = until_line(&maker, &page);
	page.whole = whole_line(&maker, &page, false);
	page.running = whole_line(&maker, &page, true);
	code = add_all(&maker, &page, err);
	if (code == ERR_OK)
		*ret_page = page;
	return code;
}

enum err whistle_page_build(struct client *client, const struct uuid *id, int cols,
			    struct arena *arena, struct whistle_page *ret_page, struct error *err)
{
	return build(client, id, cols, false, arena, ret_page, err);
}

enum err whistle_page_print(struct client *client, const struct uuid *id, int cols,
			    struct arena *arena, struct whistle_page *ret_page, struct error *err)
{
	return build(client, id, cols, true, arena, ret_page, err);
}

/* ---- how clocks were computed ---- */

static bool is_about(const struct whistle *whistle, const struct clock *clock, const char *org)
{
	struct uuid id;

	if (!clock->about || uuid_parse(clock->about, &id) != ERR_OK)
		return !*org; /* of the whole */
	for (size_t i = 0; i < whistle->shares.n; i++)
		if (uuid_eq(&whistle_share(whistle, i)->id, &id))
			return str_eq(whistle_share(whistle, i)->org, org);
	return false;
}

static void explain_those(const struct rules *rules, const struct whistle *whistle,
			  const char *org, const char *kind, bool running, struct str *out)
{
	const struct summons *summons = whistle_summons(rules, whistle);

	for (size_t i = 0; i < whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(whistle, i);

		if ((clock->stopped_at == 0) != running || (*kind && !str_eq(clock->kind, kind)) ||
		    ((*org || *kind) && !is_about(whistle, clock, org)))
			continue;
		if (out->len)
			str_add(out, "\n");
		clock_explain_as(rules, NULL, clock,
				 summons_clock_label(rules, summons, clock->kind), out);
	}
}

enum err whistle_explain(struct client *client, const struct uuid *id, const char *org,
			 const char *clock, struct str *out, struct error *err)
{
	const struct rules *rules = client_rules(client);
	struct arena arena = ARENA_INIT;
	struct client_whistle shown;
	enum err code = client_whistle_get(client, id, &arena, &shown, err);

	if (code == ERR_OK) {
		explain_those(rules, shown.whistle, org, clock, true, out);
		explain_those(rules, shown.whistle, org, clock, false, out);
		if (!out->len && *clock)
			str_add(out, _("This clock has not begun."));
		else if (!out->len)
			str_add(out, _("No clock runs here."));
	}
	arena_release(&arena);
	return code;
}
