/* zhiban report whistle, supervise, matrix: papers of whistles, and where their departments stand. */
#include <config.h>

#include <string.h>

#include "report.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/model/matrix.h"
#include "zhiban/model/whistle_paper.h"
#include "zhiban/model/whistles.h"

enum err report_whistle(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err)
{
	enum sheet_format format;
	struct sheet sheet;
	struct uuid id;
	enum err rc = report_needs_id(wanted, "zhiban report whistle 22-W003 --format html", err);

	if (rc == ERR_OK)
		rc = report_format(wanted, false, &format, err);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_whistle_find(console->client, wanted->id, &id, err);
	if (rc == ERR_OK)
		rc = whistle_paper_of(console->client, &id, wanted->explain, &sheet, err);
	if (rc != ERR_OK)
		return rc;
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}

enum err report_supervise(struct console *console, const struct wanted *wanted, struct str *out,
			  struct error *err)
{
	enum { MOST = 100000 };
	enum sheet_format format;
	long long number = 0;
	struct sheet sheet;
	struct uuid id;
	enum kind kind;
	enum err rc = report_needs_id(wanted, "zhiban report supervise 22-0417 1", err);

	if (rc == ERR_OK && wanted->number != NULL && !str_int(wanted->number, 1, MOST, &number))
		rc = error_set(err, ERR_USAGE, _("\"%s\" is no number of a supervision"),
			       wanted->number);
	if (rc == ERR_OK)
		rc = report_format(wanted, false, &format, err);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_find_any(console->client, wanted->id, &kind, &id, err);
	if (rc == ERR_OK && kind != KIND_INCIDENT && kind != KIND_WHISTLE)
		rc = error_set(err, ERR_NOT_FOUND, "%s", _("no supervision was issued on it"));
	if (rc == ERR_OK)
		rc = supervision_paper_of(console->client, kind, &id, number, &sheet, err);
	if (rc != ERR_OK)
		return rc;
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}

/* --- the matrix ------------------------------------------------------------------------------ */

enum { FIXED = 4, CELLS = FIXED + SUMMONS_CLOCKS + 1 };

struct grid { /* one table of all whistles: the clocks that any of them has */
	const struct rules *rules;
	int64_t now;
	struct arena arena;
	bool used[SUMMONS_CLOCKS];
	bool csv;
};

static const char *brief_of(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	if (org == NULL)
		return code != NULL ? code : "";
	return org->brief != NULL ? org->brief : org->name;
}

static void put_rows(struct grid *grid, const struct client_whistle *of, struct sheet *sheet)
{
	const struct whistle *whistle = of->whistle;
	const struct summons *summons = whistle_summons(grid->rules, whistle);
	const struct summons_class *class = summons_class(summons, whistle->cls);
	const char *cells[CELLS];
	struct matrix matrix;
	char mark[48];

	matrix_build(grid->rules, whistle, grid->now, &grid->arena, &matrix);
	for (size_t r = 0; r < matrix.n_rows; r++) {
		size_t n = 0;

		cells[n++] = arena_strdup(&grid->arena, client_whistle_mark(of, mark));
		cells[n++] = class != NULL ? class->label : whistle->cls;
		cells[n++] = brief_of(grid->rules, whistle->origin);
		cells[n++] = brief_of(grid->rules, matrix.rows[r].share->org);
		for (size_t c = 0; c < SUMMONS_CLOCKS; c++) {
			char text[MATRIX_TEXT];

			if (!grid->used[c])
				continue;
			matrix_cell_text(&matrix.rows[r].cells[c], text);
			cells[n++] = grid->csv && strcmp(text, "-") == 0
					     ? ""
					     : arena_strdup(&grid->arena, text);
		}
		cells[n++] = whistle->title;
		sheet_row(sheet, cells);
	}
}

static void put_grid(struct grid *grid, const struct client_whistle *whistles, size_t n,
		     struct sheet *sheet)
{
	const char *titles[CELLS] = { _("Number"), _("Class"), _("Blown by"), _("Department") };
	size_t n_titles = FIXED;

	for (size_t i = 0; i < n; i++) {
		struct matrix matrix;

		matrix_build(grid->rules, whistles[i].whistle, grid->now, &grid->arena, &matrix);
		for (size_t c = 0; c < matrix.n_columns; c++)
			grid->used[matrix.columns[c]] = true;
	}
	for (size_t c = 0; c < SUMMONS_CLOCKS; c++)
		if (grid->used[c])
			titles[n_titles++] =
				summons_clock_label(grid->rules,
						    whistle_summons(grid->rules,
								    whistles[0].whistle),
						    summons_clock_code((enum summons_clock)c));
	titles[n_titles++] = _("Matter");
	sheet_table(sheet, titles, n_titles);
	for (size_t i = 0; i < n; i++)
		put_rows(grid, &whistles[i], sheet);
}

static enum err take_filter(struct console *console, const char *words,
			    const struct filter_ctx *ctx, struct whistle_filter **ret_filter,
			    struct error *err)
{
	struct filter_error bad;

	if (words == NULL || whistle_filter_parse(words, ctx, &console->arena, ret_filter, &bad) ==
				     ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_USAGE, _("in the filter, \"%.*s\": %s"), (int)bad.len,
			 words + bad.at, bad.text);
}

/* One by its id, or the open ones (with a filter all) that fit; whose clock ends first is first. */
static enum err take(struct console *console, const struct wanted *wanted,
		     struct client_whistle **ret_whistles, size_t *ret_n, struct error *err)
{
	struct arena *arena = &console->arena;
	struct client_whistle *whistles = NULL;
	struct filter_ctx ctx = client_filter_ctx(console->client);
	struct whistle_filter *filter = NULL;
	size_t n = 0, kept = 0;
	struct uuid id;
	enum err rc;

	if (wanted->id != NULL) {
		whistles = arena_alloc(arena, sizeof *whistles);
		rc = client_whistle_find(console->client, wanted->id, &id, err);
		if (rc == ERR_OK)
			rc = client_whistle_get(console->client, &id, arena, whistles, err);
		*ret_n = 1;
	} else {
		rc = take_filter(console, wanted->filter, &ctx, &filter, err);
		if (rc == ERR_OK)
			rc = client_whistles(console->client, filter != NULL ? WHISTLES_CLOSED : 0,
					     arena, &whistles, &n, err);
		for (size_t i = 0; rc == ERR_OK && i < n; i++)
			if (filter != NULL ? whistle_filter_match(filter, whistles[i].whistle, &ctx)
					   : whistles[i].whistle->open)
				rc = client_whistle_get(console->client,
							&whistles[i].whistle->head.id, arena,
							&whistles[kept++], err);
		*ret_n = kept;
	}
	*ret_whistles = whistles;
	return rc;
}

enum err report_matrix(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err)
{
	struct client_whistle *whistles = NULL;
	enum sheet_format format;
	struct grid grid = { .arena = ARENA_INIT };
	struct sheet sheet;
	char now[CIVIL_TEXT];
	size_t n = 0;
	enum err rc = report_format(wanted, true, &format, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = take(console, wanted, &whistles, &n, err);
	if (rc != ERR_OK)
		return rc;
	grid.rules = client_rules(console->client);
	grid.now = client_now(console->client);
	grid.csv = format == SHEET_CSV;
	civil_format(grid.now, grid.rules->offset_min, "Y-m-d H:M", now, sizeof now);
	sheet_init(&sheet, _("Whistles and departments"));
	sheet.columns = SHEET_WIDE;
	sheet_note(&sheet, now);
	put_grid(&grid, whistles, n, &sheet);
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	arena_release(&grid.arena);
	return ERR_OK;
}
