#include <config.h>

#include "zhiban/model/matrix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/left.h"

static const char *const states[] = {
	[CELL_NONE] = "none", [CELL_IDLE] = "idle", [CELL_RUNS] = "left", [CELL_SOON] = "left",
	[CELL_OVER] = "over", [CELL_DONE] = "done", [CELL_LATE] = "late",
};

const char *cell_state_code(enum cell_state state)
{
	return states[state];
}

bool matrix_is_of_share(enum summons_clock clock)
{
	return clock != SUMMONS_APPROVE && clock != SUMMONS_CHECK && clock != SUMMONS_RATE;
}

/* When a share came so far; 0: not yet. */
static int64_t reached(const struct summoned *share, enum summons_clock clock)
{
	switch (clock) {
	case SUMMONS_SIGN:
		return share->signed_at;
	case SUMMONS_CONTACT:
		return share->contacted_at;
	case SUMMONS_ARRIVE:
		return share->arrived_at;
	case SUMMONS_REPORT_IN:
		return share->reported_at;
	case SUMMONS_HANDLE:
		return share->handled_at;
	case SUMMONS_FEEDBACK:
		return share->replied_at;
	case SUMMONS_VERIFY:
		return share->verified_at;
	case SUMMONS_JUDGE:
		return share->judged_at;
	case SUMMONS_SETTLE:
		return share->settled_at;
	case SUMMONS_APPROVE:
	case SUMMONS_CHECK:
	case SUMMONS_RATE:
	case SUMMONS_CLOCKS:
		break;
	}
	return 0;
}

/* The same of the whole: what has no moment of its own is done when its clock was stopped. */
static int64_t reached_whole(const struct whistle *whistle, enum summons_clock clock,
			     const struct clock *child)
{
	if (clock == SUMMONS_APPROVE)
		return whistle->approved_at;
	return child ? child->stopped_at : 0;
}

static void run(struct matrix_cell *cell, int64_t now)
{
	int64_t due = cell->clock->due;

	switch (left_state(due, now)) {
	case LEFT_NONE:
		cell->state = CELL_RUNS;
		return;
	case LEFT_OVER:
		cell->state = CELL_OVER;
		cell->span = now - due;
		return;
	case LEFT_SOON:
		cell->state = CELL_SOON;
		break;
	case LEFT_FAR:
		cell->state = CELL_RUNS;
		break;
	}
	cell->span = due - now;
}

static struct matrix_cell make_cell(const struct clock *clock, int64_t done_at, int64_t asked_at,
				    bool has_limit, int64_t now)
{
	struct matrix_cell cell = { .clock = clock };
	int64_t from = clock && clock->started_at ? clock->started_at : asked_at;

	if (clock && !clock->stopped_at) {
		run(&cell, now);
	} else if (done_at) {
		cell.state = clock && clock->due && done_at > clock->due ? CELL_LATE : CELL_DONE;
		cell.span = from && done_at > from ? done_at - from : 0;
	} else if (has_limit || clock) {
		cell.state = CELL_IDLE;
	}
	return cell;
}

static bool has_limit(const struct summons_class *cls, enum summons_clock clock)
{
	return cls && cls->limits[clock].unit != LIMIT_NONE;
}

static void fill_row(const struct whistle *whistle, const struct summons *summons, int64_t now,
		     struct matrix_row *row)
{
	const struct summons_class *cls = summons_class(summons, whistle->cls);
	const struct summoned *share = row->share;

	row->worst = SUMMONS_CLOCKS;
	for (int c = 0; c < SUMMONS_CLOCKS; c++) {
		enum summons_clock kind = (enum summons_clock)c;
		const struct clock *clock =
			whistle_clock_of(whistle, &share->id, summons_clock_code(kind));
		struct matrix_cell *cell = &row->cells[c];

		if (!matrix_is_of_share(kind))
			continue;
		*cell = make_cell(clock, reached(share, kind), share->asked_at,
				  has_limit(cls, kind) && kind != SUMMONS_SETTLE, now);
		if (share->freed_at && cell->state == CELL_IDLE)
			cell->state = CELL_NONE; /* it is asked nothing any more */
		cell->open_proof = kind == SUMMONS_REPORT_IN && share->reported_at &&
				   !share->confirmed_at && summons && summons->confirmed;
		if (clock && !clock->stopped_at && clock->due &&
		    (row->worst == SUMMONS_CLOCKS ||
		     clock->due < row->cells[row->worst].clock->due))
			row->worst = kind;
	}
}

/* ---- the order of the rows ---- */

struct ordered {
	struct matrix_row row;
	size_t place; /* in protocol order */
};

static int64_t worst_due(const struct matrix_row *row)
{
	return row->worst == SUMMONS_CLOCKS ? INT64_MAX : row->cells[row->worst].clock->due;
}

static int by_worst(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;
	bool freed_x = x->row.share->freed_at != 0, freed_y = y->row.share->freed_at != 0;
	int64_t due_x = worst_due(&x->row), due_y = worst_due(&y->row);

	if (freed_x != freed_y)
		return freed_x ? 1 : -1;
	if (due_x != due_y)
		return due_x < due_y ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

/* Behind those of the rules stand unknown ones, as the whistle has them. */
static size_t place_of(const struct rules *rules, const struct whistle *whistle, size_t share)
{
	const struct org *org = rules_org(rules, whistle_share(whistle, share)->org);

	return org ? (size_t)(org - rules->orgs) : rules->n_orgs + share;
}

static void order_rows(const struct rules *rules, const struct whistle *whistle, int64_t now,
		       struct arena *arena, struct matrix *matrix)
{
	const struct summons *summons = whistle_summons(rules, whistle);
	size_t n = whistle->shares.n;
	struct ordered *all = arena_array(arena, n + 1, sizeof *all);

	for (size_t i = 0; i < n; i++) {
		all[i].row.share = whistle_share(whistle, i);
		all[i].place = place_of(rules, whistle, i);
		fill_row(whistle, summons, now, &all[i].row);
	}
	qsort(all, n, sizeof *all, by_worst);
	matrix->rows = arena_array(arena, n + 1, sizeof *matrix->rows);
	matrix->n_rows = n;
	for (size_t i = 0; i < n; i++)
		matrix->rows[i] = all[i].row;
}

/* ---- all of it ---- */

static bool is_used(const struct matrix *matrix, enum summons_clock clock)
{
	for (size_t i = 0; i < matrix->n_rows; i++)
		if (matrix->rows[i].cells[clock].state > CELL_IDLE)
			return true;
	return false;
}

void matrix_build(const struct rules *rules, const struct whistle *whistle, int64_t now,
		  struct arena *arena, struct matrix *ret_matrix)
{
	const struct summons *summons = whistle_summons(rules, whistle);
	const struct summons_class *cls = summons_class(summons, whistle->cls);
	struct matrix matrix = { .n_columns = 0 };

	order_rows(rules, whistle, now, arena, &matrix);
	for (int c = 0; c < SUMMONS_CLOCKS; c++) {
		enum summons_clock kind = (enum summons_clock)c;
		bool limited = has_limit(cls, kind);

		if (matrix_is_of_share(kind)) {
			if ((limited && kind != SUMMONS_SETTLE) || is_used(&matrix, kind))
				matrix.columns[matrix.n_columns++] = kind;
			continue;
		}
		const struct clock *clock =
			whistle_clock_of(whistle, NULL, summons_clock_code(kind));

		matrix.cells[c] = make_cell(clock, reached_whole(whistle, kind, clock),
					    whistle->blown_at, limited, now);
		if (matrix.cells[c].state != CELL_NONE)
			matrix.whole[matrix.n_whole++] = kind;
	}
	*ret_matrix = matrix;
}

/* ---- in words ---- */

/* "0:31", "18:20", "3d": a narrow column has no room for more. */
static void span_text(int64_t ms, char text[MATRIX_TEXT])
{
	if (ms >= DAY_MS)
		/* TRANSLATORS: whole days in a narrow column: 12d */
		snprintf(text, MATRIX_TEXT, _("%dd"), (int)(ms / DAY_MS > 9999 ? 9999 : ms / DAY_MS));
	else
		snprintf(text, MATRIX_TEXT, "%d:%02d", (int)(ms / HOUR_MS),
			 (int)(ms % HOUR_MS / MINUTE_MS));
}

void matrix_cell_text(const struct matrix_cell *cell, char text[MATRIX_TEXT])
{
	char span[MATRIX_TEXT];

	text[0] = '\0';
	span_text(cell->span, span);
	switch (cell->state) {
	case CELL_NONE:
		break;
	case CELL_IDLE:
		snprintf(text, MATRIX_TEXT, "-");
		break;
	case CELL_RUNS:
	case CELL_SOON:
		if (cell->clock && cell->clock->due)
			left_minutes(cell->clock->due, cell->clock->due - cell->span, text);
		else
			snprintf(text, MATRIX_TEXT, "..");
		break;
	case CELL_OVER:
		snprintf(text, MATRIX_TEXT, "X-%.20s", span);
		break;
	case CELL_DONE:
	case CELL_LATE:
		/* from ten hours on its blank makes room for the signs behind it */
		snprintf(text, MATRIX_TEXT, "Y%s%.20s%s%s", text_columns(span) > 4 ? "" : " ", span,
			 cell->state == CELL_LATE ? "!" : "",
			 cell->open_proof ? "?" : "");
		break;
	}
}

void matrix_cell_code(const struct matrix_cell *cell, char text[MATRIX_TEXT])
{
	text[0] = '\0';
	if (cell->state == CELL_IDLE)
		snprintf(text, MATRIX_TEXT, "%s", cell_state_code(cell->state));
	else if (cell->state != CELL_NONE)
		snprintf(text, MATRIX_TEXT, "%s %lld", cell_state_code(cell->state),
			 (long long)(cell->span / MINUTE_MS));
}

bool matrix_worst(const struct whistle *whistle, int64_t now, struct matrix_cell *ret_cell)
{
	const struct clock *clock = whistle_next_clock(whistle);

	if (!clock)
		return false;
	*ret_cell = (struct matrix_cell){ .clock = clock };
	run(ret_cell, now);
	return true;
}
