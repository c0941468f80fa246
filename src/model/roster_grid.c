/* The table of a roster: rows, days, and who stands where. */
#include <config.h>

#include "zhiban/model/roster_grid.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/workday.h"

struct grid_cell *grid_cell(const struct roster_grid *grid, size_t row, size_t day)
{
	return &grid->cells[row * grid->n_days + day];
}

size_t grid_day_find(const struct roster_grid *grid, int32_t day)
{
	if (!grid->n_days || day < grid->days[0].day || day > grid->days[grid->n_days - 1].day)
		return grid->n_days;
	return (size_t)(day - grid->days[0].day);
}

size_t grid_row_find(const struct roster_grid *grid, const char *shift, const char *post, int seat)
{
	size_t i = 0;

	while (i < grid->n_rows && !(str_eq(grid->rows[i].shift, shift) &&
				     str_eq(grid->rows[i].post, post) && grid->rows[i].seat == seat))
		i++;
	return i;
}

/* ---- days ---- */

static void make_days(const struct rules *rules, int32_t from, int32_t to, int64_t now,
		      struct arena *arena, struct roster_grid *grid)
{
	int32_t today = civil_day_of_ms(now, rules->offset_min);

	grid->n_days = to > from ? (size_t)(to - from) : 0;
	grid->days = arena_array(arena, grid->n_days + 1, sizeof *grid->days);
	for (size_t i = 0; i < grid->n_days; i++) {
		int32_t day = from + (int32_t)i;
		const struct calendar_day *named =
			rules->calendar ? calendar_exception(rules->calendar, day) : NULL;
		struct civil civil;

		civil_of_day(day, &civil);
		grid->days[i] = (struct grid_day){
			.day = day,
			.cls = day_class_of(rules, day),
			.off = rules->calendar ? !calendar_is_workday(rules->calendar, day)
					       : civil.weekday > 5,
			.makeup = named && named->work,
			.known = rules->calendar && calendar_knows(rules->calendar, day),
			.festival = named && !named->work ? named->name : NULL,
			.today = day == today,
			.weekday = civil.weekday,
			.number = civil.day,
			.month = civil.month,
		};
	}
}

/* ---- rows ---- */

struct rows {
	struct grid_row *items;
	size_t n, cap;
	struct arena *arena;
};

static size_t place_of_shift(const struct roster_plan *plan, const char *code)
{
	size_t i = 0;

	while (i < plan->n_shifts && strcmp(plan->shifts[i].code, code) != 0)
		i++;
	return i;
}

static size_t place_of_post(const struct roster_plan *plan, const char *code)
{
	size_t i = 0;

	while (i < plan->n_posts && strcmp(plan->posts[i].code, code) != 0)
		i++;
	return i;
}

static int row_cmp(const struct roster_plan *plan, const struct grid_row *a,
		   const struct grid_row *b)
{
	size_t p = place_of_shift(plan, a->shift), q = place_of_shift(plan, b->shift);
	int words;

	if (p != q)
		return p < q ? -1 : 1;
	if ((words = strcmp(a->shift, b->shift)) != 0)
		return words;
	p = place_of_post(plan, a->post);
	q = place_of_post(plan, b->post);
	if (p != q)
		return p < q ? -1 : 1;
	if ((words = strcmp(a->post, b->post)) != 0)
		return words;
	return a->seat - b->seat;
}

/* Kept in order; the same seat is there once. */
static void add_row(const struct roster_plan *plan, struct rows *rows, const char *shift,
		    const char *post, int seat)
{
	struct grid_row row = { .shift = shift, .post = post, .seat = seat,
				.shift_of = plan_shift(plan, shift),
				.post_of = plan_post(plan, post) };
	size_t at = rows->n;
	int order = 1;

	while (at > 0 && (order = row_cmp(plan, &row, &rows->items[at - 1])) < 0)
		at--;
	if (at > 0 && order == 0)
		return;
	if (rows->n == rows->cap) {
		struct grid_row *more;

		rows->cap = rows->cap ? rows->cap * 2 : 32;
		more = arena_array(rows->arena, rows->cap, sizeof *more);
		if (rows->n)
			memcpy(more, rows->items, rows->n * sizeof *more);
		rows->items = more;
	}
	memmove(&rows->items[at + 1], &rows->items[at], (rows->n - at) * sizeof row);
	rows->items[at] = row;
	rows->n++;
}

static bool in_span(const struct roster_view *view, const struct turn *turn, int32_t from, int32_t to)
{
	int32_t day = turn_day(view->rules, turn);

	return day >= from && day < to && turn->shift && turn->post;
}

static void make_rows(const struct roster_view *view, int32_t from, int32_t to, struct arena *arena,
		      struct roster_grid *grid)
{
	struct need *needs = arena_array(arena, NEEDS_MOST, sizeof *needs);
	struct rows rows = { .arena = arena };

	for (int32_t day = from; day < to; day++) {
		size_t n = roster_needs(view->rules, view->plan, day, view->mode, needs);

		for (size_t i = 0; i < n; i++)
			add_row(view->plan, &rows, needs[i].shift->code, needs[i].post->code,
				needs[i].seat);
	}
	for (size_t r = 0; r < view->n_rosters; r++) {
		for (size_t i = 0; i < view->rosters[r]->turns.n; i++) {
			const struct turn *turn = roster_turn(view->rosters[r], i);

			if (in_span(view, turn, from, to))
				add_row(view->plan, &rows, turn->shift, turn->post, (int)turn->seat);
		}
	}
	grid->rows = rows.items;
	grid->n_rows = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < rows.n; k++)
			grid->rows[i].seats += str_eq(rows.items[i].shift, rows.items[k].shift) &&
					       str_eq(rows.items[i].post, rows.items[k].post);
}

/* ---- cells ---- */

static void ask_for(const struct roster_view *view, struct arena *arena, struct roster_grid *grid)
{
	struct need *needs = arena_array(arena, NEEDS_MOST, sizeof *needs);

	for (size_t d = 0; d < grid->n_days; d++) {
		size_t n = roster_needs(view->rules, view->plan, grid->days[d].day, view->mode, needs);

		for (size_t i = 0; i < n; i++) {
			size_t row = grid_row_find(grid, needs[i].shift->code, needs[i].post->code,
						   needs[i].seat);
			struct grid_cell *cell = grid_cell(grid, row, d);

			cell->seat = true;
			cell->starts = needs[i].starts;
			cell->ends = needs[i].ends;
			cell->may_be_empty = needs[i].may_be_empty;
			grid->seats++;
		}
	}
}

static const struct staff *staff_of(const struct roster_view *view, const struct turn *turn)
{
	struct uuid id = turn->staff ? staff_uuid(turn->staff) : (struct uuid){ { 0 } };

	for (size_t i = 0; !uuid_is_nil(&id) && i < view->n_staff; i++)
		if (uuid_eq(&view->staff[i]->head.id, &id))
			return view->staff[i];
	return NULL;
}

static unsigned marks_of(const struct turn *turn, int64_t now)
{
	unsigned marks = turn->locked ? GRID_FIXED : 0;
	const struct {
		const char *how;
		unsigned mark;
	} ways[] = { { "cover", GRID_COVER }, { "takeover", GRID_TAKEOVER }, { "swap", GRID_SWAPPED } };

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (str_eq(turn->how, ways[i].how))
			marks |= ways[i].mark;
	if (marks & GRID_TAKEOVER && !turn->ok_at)
		marks |= GRID_UNALLOWED;
	if (turn->despite && *turn->despite)
		marks |= GRID_DESPITE;
	return marks | (turn->ends <= now ? GRID_PAST : turn->starts <= now ? GRID_NOW : 0);
}

static void stand(const struct roster_view *view, const struct roster *roster, int64_t now,
		  struct roster_grid *grid)
{
	for (size_t i = 0; i < roster->turns.n; i++) {
		const struct turn *turn = roster_turn(roster, i);
		size_t day = grid_day_find(grid, turn_day(view->rules, turn));
		size_t row = turn->shift && turn->post
				     ? grid_row_find(grid, turn->shift, turn->post, (int)turn->seat)
				     : grid->n_rows;
		struct grid_cell *cell;

		if (day == grid->n_days || row == grid->n_rows)
			continue;
		cell = grid_cell(grid, row, day);
		cell->roster = roster;
		cell->turn = turn;
		cell->staff = staff_of(view, turn);
		cell->marks = marks_of(turn, now) | (cell->seat ? 0 : GRID_STRAY);
		cell->starts = turn->starts;
		cell->ends = turn->ends;
		grid->stood += cell->seat;
		cell->seat = true;
	}
}

static bool is_asked(const struct turn *turn, const struct swap *const *swaps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct uuid mine = swaps[i]->turn ? staff_uuid(swaps[i]->turn) : (struct uuid){ { 0 } };
		struct uuid other = swaps[i]->other_turn ? staff_uuid(swaps[i]->other_turn)
							 : (struct uuid){ { 0 } };

		if (swaps[i]->open && (uuid_eq(&turn->id, &mine) || uuid_eq(&turn->id, &other)))
			return true;
	}
	return false;
}

/* ---- what is wrong ---- */

static struct grid_cell *cell_of(const struct roster_view *view, const struct roster_grid *grid,
				 const struct finding *finding, size_t *ret_day)
{
	const struct turn *turn = finding->turn;
	const struct need *need = &finding->need;
	size_t day, row;

	day = grid_day_find(grid, turn ? turn_day(view->rules, turn) : need->day);
	if (turn && turn->shift && turn->post)
		row = grid_row_find(grid, turn->shift, turn->post, (int)turn->seat);
	else if (need->shift && need->post)
		row = grid_row_find(grid, need->shift->code, need->post->code, need->seat);
	else
		return NULL;
	*ret_day = day;
	return day < grid->n_days && row < grid->n_rows ? grid_cell(grid, row, day) : NULL;
}

static void judge(const struct roster_view *view, struct roster_grid *grid)
{
	for (size_t i = 0; i < grid->n_findings; i++) {
		const struct finding *finding = &grid->findings[i];
		size_t day;
		struct grid_cell *cell = cell_of(view, grid, finding, &day);

		if (!cell)
			continue;
		cell->breaches |= 1u << finding->breach;
		if (finding->breach == BREACH_GAP)
			cell->marks |= GRID_GAP;
		else if (!(cell->marks & GRID_DESPITE))
			cell->marks |= GRID_BREACH;
	}
	for (size_t d = 0; d < grid->n_days; d++) {
		for (size_t r = 0; r < grid->n_rows; r++) {
			unsigned marks = grid_cell(grid, r, d)->marks;

			grid->gaps += (marks & GRID_GAP) != 0;
			grid->breaches += (marks & GRID_BREACH) != 0;
			grid->days[d].wrong += (marks & (GRID_GAP | GRID_BREACH)) != 0;
		}
	}
}

void roster_grid_make(const struct roster_view *view, int32_t from, int32_t to,
		      const struct swap *const *swaps, size_t n_swaps, int64_t now,
		      struct arena *arena, struct roster_grid *ret_grid)
{
	struct roster_grid grid = { .plan = view->plan };
	struct finding *findings;

	make_days(view->rules, from, to, now, arena, &grid);
	make_rows(view, from, to, arena, &grid);
	grid.cells = arena_array(arena, grid.n_rows * grid.n_days + 1, sizeof *grid.cells);
	ask_for(view, arena, &grid);
	for (size_t i = 0; i < view->n_rosters; i++)
		stand(view, view->rosters[i], now, &grid);
	for (size_t i = 0; i < grid.n_rows * grid.n_days; i++) {
		struct grid_cell *cell = &grid.cells[i];

		if (cell->turn && is_asked(cell->turn, swaps, n_swaps))
			cell->marks |= GRID_ASKED;
		if (!cell->turn && cell->seat)
			cell->marks |= cell->ends <= now     ? GRID_PAST
				       : cell->starts <= now ? GRID_NOW
							     : 0;
	}
	roster_findings(view, from, to, arena, &findings, &grid.n_findings);
	grid.findings = findings;
	judge(view, &grid);
	*ret_grid = grid;
}

/* ---- finding one's way ---- */

bool grid_now(const struct roster_grid *grid, size_t *ret_row, size_t *ret_day)
{
	int best = 0;

	for (size_t d = 0; d < grid->n_days; d++) {
		for (size_t r = 0; r < grid->n_rows; r++) {
			const struct duty_post *post = grid->rows[r].post_of;
			int rung = post && post->rung ? post->rung : 1000;

			if (!grid_cell(grid, r, d)->seat ||
			    !(grid_cell(grid, r, d)->marks & GRID_NOW) || (best && rung >= best))
				continue;
			best = rung;
			*ret_row = r;
			*ret_day = d;
		}
	}
	return best != 0;
}

bool grid_next_wrong(const struct roster_grid *grid, int step, size_t *row, size_t *day)
{
	size_t n = grid->n_rows * grid->n_days, by = step > 0 ? 1 : SIZE_MAX;

	for (size_t at = *day * grid->n_rows + *row + by; at < n; at += by) {
		size_t r = at % grid->n_rows, d = at / grid->n_rows;

		if (!(grid_cell(grid, r, d)->marks & (GRID_GAP | GRID_BREACH)))
			continue;
		*row = r;
		*day = d;
		return true;
	}
	return false;
}
