/* A month of a roster: made by the generator's first answer, set by one act or a few, with gaps. */
#include <config.h>

#include "roster_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/roster_build.h"

enum { CELLS_AT_ONCE = 250, SET_AHEAD_DAYS = 6, NEXT_AHEAD_DAYS = 4, HISTORY_MOST = 3 };

/* --- months ----------------------------------------------------------------------------------- */

int rota_months(const struct book *book, int month, char name[ROSTER_MONTH], int32_t *ret_first,
		int32_t *ret_end)
{
	int32_t first, end, day = civil_day_of_ms(book->now, book->demo->rules->offset_min);

	month_of_day(day, name);
	(void)month_days(name, &first, &end);
	if (month != 1)
		month_of_day(month == 0 ? first - 1 : end, name);
	(void)month_days(name, ret_first, ret_end);
	return *ret_end - *ret_first;
}

int64_t rota_month_at(const struct book *book, int month)
{
	char name[ROSTER_MONTH];
	int32_t first, end;
	int64_t at, latest = book->now - NEXT_AHEAD_DAYS * DAY_MS;

	(void)rota_months(book, month, name, &first, &end);
	at = civil_ms_of_day(first - SET_AHEAD_DAYS, book->demo->rules->offset_min) + 10 * HOUR_MS;
	return at < latest ? at : latest;
}

const struct roster *rota_roster(const struct book *book, const struct rota *rota, int32_t day)
{
	char month[ROSTER_MONTH];
	struct uuid id;

	month_of_day(day, month);
	id = roster_id(rota->org, rota->plan->code, month);
	return book_find(book, KIND_ROSTER, &id);
}

const struct turn *rota_on_duty(const struct book *book, const struct rota *rota, const char *post,
				int64_t at)
{
	int32_t today = civil_day_of_ms(at, book->demo->rules->offset_min);

	for (int32_t day = today - 1; day <= today; day++) {
		const struct roster *roster = rota_roster(book, rota, day);

		for (size_t i = 0; roster != NULL && i < roster->turns.n; i++) {
			const struct turn *turn = roster_turn(roster, i);

			if (turn->starts <= at && at < turn->ends && str_eq(turn->post, post))
				return turn;
		}
	}
	return NULL;
}

struct roster_view rota_view(const struct book *book, const struct rota *rota, int32_t day,
			     const struct roster *rosters[ROTA_MONTHS])
{
	struct roster_view view = { .rules = book->demo->rules,
				    .plan = rota->plan,
				    .rosters = rosters,
				    .staff = rota->staff,
				    .n_staff = rota->n_staff,
				    .org = rota->org };
	char month[ROSTER_MONTH];
	int32_t first, end;

	month_of_day(day, month);
	(void)month_days(month, &first, &end);
	for (int i = 0; i < ROTA_MONTHS; i++) {
		const struct roster *roster =
			rota_roster(book, rota, i == 0 ? first - 1 : i == 1 ? first : end);

		if (roster != NULL)
			rosters[view.n_rosters++] = roster;
	}
	return view;
}

/* --- who must be there now -------------------------------------------------------------------- */

static int named(const struct build_problem *problem, const char *name)
{
	for (size_t i = 0; i < problem->n_people; i++)
		if (str_eq(problem->people[i].staff->name, name))
			return (int)i;
	return -1;
}

/* Who sits at the demo's consoles is on duty at its present: the first officer, chief, leader. */
static void fix_present(const struct book *book, const struct rota *rota,
			struct build_problem *problem)
{
	const struct duty_post *main_post = rota_main(rota->plan), *chief = rota_chief(rota->plan);
	const struct duty_post *leader = rota_leader(rota->plan);

	if (!str_eq(rota->org, book->demo->rules->centre))
		return;
	for (size_t i = 0; i < problem->n_seats; i++) {
		struct build_seat *seat = &problem->seats[i];
		const struct duty_post *post = seat->need.post;

		if (seat->need.starts > book->now || book->now >= seat->need.ends ||
		    seat->need.seat > 1)
			continue;
		if (str_eq(post->code, main_post->code))
			seat->fixed = named(problem, book->people->items[0].name);
		else if (chief != NULL && str_eq(post->code, chief->code))
			seat->fixed = named(problem, book_chief(book).officer);
		else if (leader != NULL && str_eq(post->code, leader->code))
			seat->fixed = named(problem, book_boss(book).officer);
	}
}

/* Of those on standby one is named; the others are rung from a list. */
static void shut_standby(struct build_problem *problem)
{
	for (size_t i = 0; i < problem->n_seats; i++)
		if (problem->seats[i].need.may_be_empty && problem->seats[i].need.seat > 1)
			problem->seats[i].shut = true;
}

/* Before the month of the present nobody may stand in their way. */
static void keep_free(const struct book *book, struct build_problem *problem)
{
	const char *chief = book_chief(book).officer;
	int kept[] = { named(problem, book->people->items[0].name), named(problem, chief) };

	for (size_t i = 0; i < problem->n_seats; i++) {
		struct build_seat *seat = &problem->seats[i];
		int *may;
		size_t n = 0;

		if (seat->need.ends < book->now - 3 * DAY_MS || seat->need.starts > book->now)
			continue;
		if (seat->need.starts <= book->now && book->now < seat->need.ends)
			continue;
		may = arena_array(book->arena, seat->n_may + 1, sizeof *may);
		for (size_t k = 0; k < seat->n_may; k++)
			if (seat->may[k] != kept[0] && seat->may[k] != kept[1])
				may[n++] = seat->may[k];
		if (n < 2)
			continue;
		seat->may = may;
		seat->n_may = n;
	}
}

/* --- gaps ------------------------------------------------------------------------------------- */

/* A seat that nobody has been found for yet; of some organisations the end of the next month. */
static bool left_empty(const struct book *book, const struct rota *rota, int month,
		       const struct need *need)
{
	int32_t today = civil_day_of_ms(book->now, book->demo->rules->offset_min);
	bool last = str_eq(need->post->code, rota->plan->posts[rota->plan->n_posts - 1].code);

	if (str_eq(rota->org, book->demo->rules->centre))
		return last && (need->day == today + 2 || need->day == today + 9);
	if (month == 2 && rota->index % 8 == 5)
		return need->starts > book->now + 20 * DAY_MS;
	return last && rota->index % 7 == 3 && need->day == today + 3;
}

/* Two of each tier have not begun the next month. */
static bool not_begun(const struct book *book, const struct rota *rota, int month)
{
	return month == 2 && !str_eq(rota->org, book->demo->rules->centre) &&
	       rota->index % 11 == 6;
}

/* --- setting it ------------------------------------------------------------------------------- */

static struct act begin(struct book *book, const struct rota *rota, const char *month, int64_t at)
{
	struct uuid id = roster_id(rota->org, rota->plan->code, month);
	struct act act = book_act(book, KIND_ROSTER, "roster", &id, &rota->actor, at);

	book_text(book, &act, "org", rota->org);
	book_text(book, &act, "plan_code", rota->plan->code);
	book_text(book, &act, "month", month);
	return act;
}

static void set_seats(struct book *book, const struct rota *rota, int month,
		      const struct build_problem *problem, const struct build_answer *answer,
		      int64_t at)
{
	char name[ROSTER_MONTH];
	int32_t first, end;
	struct act act;
	size_t n = 0;

	(void)rota_months(book, month, name, &first, &end);
	act = begin(book, rota, arena_strdup(book->arena, name), at);
	for (size_t i = 0; i < problem->n_seats; i++) {
		const struct need *need = &problem->seats[i].need;
		struct cell cell = { .day = need->day, .shift = need->shift->code,
				     .post = need->post->code, .seat = need->seat };

		if (answer->who[i] < 0 || left_empty(book, rota, month, need))
			continue;
		if (n++ == CELLS_AT_ONCE) {
			(void)book_done(book, &act);
			at += MINUTE_MS;
			act = begin(book, rota, arena_strdup(book->arena, name), at);
			n = 1;
		}
		cell.now = problem->people[answer->who[i]].staff->head.id;
		book_text(book, &act, "cell", cell_words(&cell, book->arena));
	}
	if (n > 0) {
		book_num(book, &act, "score", answer->score.unfair);
		(void)book_done(book, &act);
	}
}

void rota_month(struct book *book, const struct rota *rota, int month, int64_t at)
{
	const struct roster *beside[ROTA_MONTHS], *history[HISTORY_MOST];
	struct arena scratch = ARENA_INIT;
	struct build_problem problem;
	struct build_answer answer;
	struct roster_view view;
	struct build_ask ask;
	char name[ROSTER_MONTH];
	int32_t first, end;
	size_t n = 0;

	(void)rota_months(book, month, name, &first, &end);
	if (rota->n_staff == 0 || not_begun(book, rota, month))
		return;
	view = rota_view(book, rota, first, beside);
	for (size_t i = 0; i < view.n_rosters; i++)
		history[n++] = beside[i];
	ask = (struct build_ask){ .history = history, .n_history = n, .from = first, .to = end };
	roster_problem(&view, &ask, &scratch, &problem);
	if (!rota->beside) /* who walks at night walks with others */
		shut_standby(&problem);
	fix_present(book, rota, &problem);
	if (str_eq(rota->org, book->demo->rules->centre))
		keep_free(book, &problem);
	roster_first(&problem, &scratch, &answer);
	set_seats(book, rota, month, &problem, &answer, at);
	arena_release(&scratch);
}
